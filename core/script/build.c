#include "script/build.h"
#include "script/within.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

static char *format(struct vb_arena *arena, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    vb_assert(n >= 0);
    char *text = vb_arena_alloc(arena, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, fmt, args);
    return text;
}

enum { TOLD_MAX = 200 };

bool vb_go_on(struct vb_build *build, const struct vb_place *place)
{
    if (--build->loading->work_left > 0)
        return true;
    if (build->loading->work_left == 0)
        vb_error_at(build, place, "too-many", "split the instrument",
                    "from here on there is too much to check");
    return false;
}

const char *vb_guess(struct vb_build *build, const char *word, const char *const *names,
                     size_t count)
{
    int64_t *left = &build->loading->guesses_left;
    *left -= (int64_t)(count * strlen(word));
    return *left < 0 ? NULL : vb_did_you_mean(word, names, count);
}

void vb_complain(struct vb_loading *loading, enum vb_level level, const struct vb_place *place,
                 const char *code, const char *mend, const char *fmt, ...)
{
    va_list args;
    int *told = level == VB_ERROR ? &loading->errors_told : &loading->warnings_told;
    if (++*told > TOLD_MAX)
        return; /* nobody reads on, and a file could be made to have millions */
    va_start(args, fmt);
    const char *message = format(&loading->scratch, fmt, args);
    va_end(args);
    const char *file = place->file >= 0 ? loading->files[place->file].shown : NULL;
    vb_findings_add(loading->findings, level, code, file, place->line, mend, "%s%s%s",
                    place->subject == NULL ? "" : place->subject,
                    place->subject == NULL ? "" : ": ", message);
}

const char *vb_mend(struct vb_build *build, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    const char *text = format(&build->loading->scratch, fmt, args);
    va_end(args);
    return text;
}

struct vb_place vb_place_of(struct vb_build *build, const struct vb_raw_node *node)
{
    struct vb_arena *scratch = &build->loading->scratch;
    const char *name = node->constructor->name;
    return (struct vb_place){
        .file = node->file,
        .line = node->line,
        .node = node,
        .subject = node->id == NULL ? vb_arena_printf(scratch, "v.%s", name)
                                    : vb_arena_printf(scratch, "v.%s \"%s\"", name, node->id),
    };
}

static bool letter(char c)
{
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Is this occurrence of a name the beginning of `name =`, or of ["name"] =? */
static bool assigns(const char *text, const char *at, size_t len)
{
    const char *after = at + len;
    if ((at > text && (letter(at[-1]) || at[-1] == '.' || at[-1] == '-')) || letter(*after))
        return false;
    after += strspn(after, "\"]");
    after += strspn(after, " \t\r\n");
    return *after == '=' && after[1] != '=';
}

struct vb_place vb_place_field(struct vb_build *build, const char *name)
{
    struct vb_place place = build->place;
    const char *text = build->loading->files[place.file].bytes;
    size_t len = build->loading->errors_told > TOLD_MAX ? 0 : strlen(name);
    int line = 1;
    for (const char *at = text; len > 0 && *at != '\0'; at++) {
        line += *at == '\n';
        if (line >= place.line && *at == name[0] && strncmp(at, name, len) == 0 &&
            assigns(text, at, len)) {
            place.line = line;
            return place;
        }
    }
    return place;
}

struct vb_place vb_place_within(struct vb_build *build, const struct vb_place *place,
                                const char *path)
{
    struct vb_place there = *place;
    const struct vb_raw_node *node = place->node;
    if (node == NULL || node->constructor->id == VB_MAKE_INSTRUMENT ||
        build->loading->errors_told > TOLD_MAX)
        return there;
    const struct vb_read_file *file = &build->loading->files[node->file];
    int line = vb_within_line(file->bytes, file->len, node->line, node->id, path);
    if (line != node->line)
        there.line = line;
    return there;
}

int vb_find_item(const struct vb_build *build, const char *id)
{
    for (int i = 0; i < build->plan->item_count; i++)
        if (strcmp(build->items[i].id, id) == 0)
            return i;
    return -1;
}

int vb_find_scale(const struct vb_build *build, const char *id)
{
    for (int i = 0; i < build->plan->scale_count; i++)
        if (strcmp(build->scales[i].id, id) == 0)
            return i;
    return -1;
}

const char *vb_guess_item(struct vb_build *build, const char *id)
{
    size_t count = (size_t)build->plan->item_count;
    const char **ids = vb_arena_alloc(&build->loading->scratch, count * sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = build->items[i].id;
    const char *guess = vb_guess(build, id, ids, count);
    return guess == NULL ? NULL : vb_mend(build, "did you mean \"%s\"?", guess);
}

/* Hands the growing arrays to the plan; its readers want const ones. */
static void close_arrays(struct vb_build *build)
{
    build->plan->scales = build->scales;
    build->plan->totals = build->totals;
    build->plan->includes = build->includes;
}

void vb_build_plan(struct vb_build *build)
{
    vb_build_head(build);
    vb_build_terms(build);
    vb_fill_translations(build, false);
    vb_build_entries(build);
    close_arrays(build);
    vb_plan_finish(build->plan, build->items);
    vb_build_steps(build);
    vb_fill_translations(build, true);
    vb_build_forms(build);
    vb_build_card(build);
    vb_check_plan(build);
}
