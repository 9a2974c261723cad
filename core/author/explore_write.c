/* explore_write.c - what vb_explore found, in words and as JSON. */
#include <inttypes.h>
#include <string.h>

#include "author/explore.h"
#include "data/json.h"

/* With a role or form picked out, only what those sessions could have asked is missed. */
static bool is_missed(const struct vb_explored *explored, int item)
{
    return explored->asked[item] && !explored->reached[item];
}

static int count_missed(const struct vb_explored *explored, const struct vb_plan *plan)
{
    int count = 0;
    for (int i = 0; i < plan->item_count; i++)
        count += is_missed(explored, i);
    return count;
}

static int count_asked(const struct vb_explored *explored, const struct vb_plan *plan)
{
    int count = 0;
    for (int i = 0; i < plan->item_count; i++)
        count += explored->asked[i];
    return count;
}

bool vb_explored_well(const struct vb_explored *explored, const struct vb_plan *plan)
{
    return explored->end_count == 0 && explored->deterministic && count_missed(explored, plan) == 0;
}

/* -- words ------------------------------------------------------------------------------------- */

static void say_missed(struct vb_buf *out, const struct vb_explored *explored,
                       const struct vb_plan *plan, const char *shown)
{
    for (int i = 0; i < plan->item_count; i++) {
        const struct vb_item *item = &plan->items[i];
        if (!is_missed(explored, i))
            continue;
        if (item->file >= 0 && item->file < plan->file_count && item->line > 0)
            vb_buf_printf(out, "%s%s:%d: ", shown, plan->files[item->file].path, item->line);
        vb_buf_printf(out, "no path %sreaches the item \"%s\"\n",
                      explored->complete ? "" : "walked so far ", item->id);
    }
}

/* A flow that compares a text, or a number, may know a way that no answer tried here takes. */
static void say_partly(struct vb_buf *out, const struct vb_explored *explored,
                       const struct vb_plan *plan)
{
    bool any = false;
    for (int i = 0; i < plan->item_count; i++) {
        if (!explored->partly[i])
            continue;
        vb_buf_printf(out, any ? ", \"%s\"" : "  the flow reads \"%s\"", plan->items[i].id);
        any = true;
    }
    if (any)
        vb_buf_puts(out, ", of which not every answer was tried: if one leads there, a case in "
                         "tests.lua shows it\n");
}

/* A script names its file as the instruments folder does. */
static const char *prefix_of(const struct vb_plan *plan, const char *message, const char *shown)
{
    for (int i = 0; i < plan->file_count; i++)
        if (strncmp(message, plan->files[i].path, strlen(plan->files[i].path)) == 0)
            return shown;
    return "";
}

static void say_ends(struct vb_buf *out, const struct vb_explored *explored,
                     const struct vb_plan *plan, const char *shown)
{
    for (size_t i = 0; i < explored->end_count; i++) {
        const struct vb_dead_end *end = &explored->ends[i];
        vb_buf_printf(out, "%s%s\n", prefix_of(plan, end->message, shown), end->message);
        if (end->answers == NULL)
            continue;
        vb_buf_printf(out, "  %" PRId64 " path%s %s; the shortest, as a case for tests.lua:\n%s",
                      end->paths, end->paths == 1 ? "" : "s",
                      end->differs ? "led elsewhere the second time" : "end so", end->answers);
    }
}

void vb_explored_text(struct vb_buf *out, const struct vb_explored *explored,
                      const struct vb_plan *plan, const char *shown)
{
    int missed = count_missed(explored, plan), asked = count_asked(explored, plan);
    say_missed(out, explored, plan, shown);
    if (missed > 0)
        say_partly(out, explored, plan);
    say_ends(out, explored, plan, shown);
    vb_buf_printf(out, "%s %s: %s%" PRId64 " path%s in %d kind%s of session%s\n", plan->id,
                  plan->version, explored->complete ? "" : "the first ", explored->paths,
                  explored->paths == 1 ? "" : "s", explored->sessions,
                  explored->sessions == 1 ? "" : "s",
                  explored->complete ? "" : "; more exist (--limit)");
    vb_buf_printf(out,
                  "  %d of %d items reached; the longest session has %d question%s, the "
                  "shortest %d\n",
                  asked - missed, asked, explored->longest, explored->longest == 1 ? "" : "s",
                  explored->shortest);
    if (explored->deterministic)
        vb_buf_puts(out, "  every path was walked twice and led to the same\n");
}

/* -- JSON -------------------------------------------------------------------------------------- */

static void put_item(struct vb_buf *out, bool *any, const char *id)
{
    vb_buf_puts(out, *any ? "," : "");
    vb_json_text(out, id);
    *any = true;
}

static void put_items(struct vb_buf *out, const struct vb_explored *explored,
                      const struct vb_plan *plan)
{
    bool missed = false, partly = false;
    vb_buf_puts(out, ",\"unreachable\":[");
    for (int i = 0; i < plan->item_count; i++)
        if (is_missed(explored, i))
            put_item(out, &missed, plan->items[i].id);
    vb_buf_puts(out, "],\"partly\":[");
    for (int i = 0; i < plan->item_count; i++)
        if (explored->partly[i])
            put_item(out, &partly, plan->items[i].id);
    vb_buf_putc(out, ']');
}

static void put_ends(struct vb_buf *out, const struct vb_explored *explored)
{
    vb_buf_puts(out, ",\"dead_ends\":[");
    for (size_t i = 0; i < explored->end_count; i++) {
        const struct vb_dead_end *end = &explored->ends[i];
        vb_buf_printf(out, "%s{\"message\":", i > 0 ? "," : "");
        vb_json_text(out, end->message);
        vb_buf_printf(out, ",\"paths\":%" PRId64 ",\"answers\":%d,\"case\":", end->paths,
                      end->length);
        vb_json_text(out, end->answers);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

void vb_explored_json(struct vb_buf *out, const struct vb_explored *explored,
                      const struct vb_plan *plan)
{
    vb_buf_puts(out, "{\"instrument\":");
    vb_json_text(out, plan->id);
    vb_buf_printf(out, ",\"paths\":%" PRId64 ",\"longest\":%d,\"shortest\":%d", explored->paths,
                  explored->longest, explored->shortest);
    put_items(out, explored, plan);
    vb_buf_printf(out, ",\"deterministic\":%s,\"complete\":%s,\"sessions\":%d",
                  explored->deterministic ? "true" : "false", explored->complete ? "true" : "false",
                  explored->sessions);
    put_ends(out, explored);
    vb_buf_puts(out, "}\n");
}
