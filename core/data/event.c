#include "data/event.h"

#include <stdlib.h>
#include <string.h>

#include "data/event_names.h"
#include "data/json.h"
#include "data/value_json.h"

const char *const vb_event_type_names[VB_EVENT_COUNT] = {
    [VB_EVENT_OPENED] = "opened",      [VB_EVENT_ANSWERED] = "answer",
    [VB_EVENT_BACK] = "back",          [VB_EVENT_HELD] = "hold",
    [VB_EVENT_SHARED] = "share",       [VB_EVENT_STOPPED] = "stop",
    [VB_EVENT_WITHDRAWN] = "withdraw", [VB_EVENT_ROSTER] = "roster",
    [VB_EVENT_FOLLOWED] = "follow",    [VB_EVENT_REOPENED] = "reopen",
    [VB_EVENT_TALK] = "talk",          [VB_EVENT_EARLIER] = "earlier",
};

const char *const vb_event_value_types[VB_EVENT_VALUE_TYPES] = {
    [VB_VALUE_NONE] = "none", [VB_VALUE_MISSING] = "missing", [VB_VALUE_INT] = "int",
    [VB_VALUE_BOOL] = "bool", [VB_VALUE_MILLI] = "milli",     [VB_VALUE_OPTION] = "option",
    [VB_VALUE_TEXT] = "text", [VB_VALUE_DATE] = "date",       [VB_VALUE_JSON] = "json",
};

const char *const vb_event_reasons[VB_MISSING_COUNT] = {
    [VB_MISSING_NOT_SHOWN] = "n",      [VB_MISSING_SKIPPED] = "s", [VB_MISSING_DONT_KNOW] = "d",
    [VB_MISSING_RATHER_NOT_SAY] = "r", [VB_MISSING_HELD] = "h",    [VB_MISSING_WITHDRAWN] = "w",
};

const struct vb_event_short vb_event_purposes[VB_EVENT_PURPOSES] = {
    { "dossier", "d" },
    { "research", "r" },
};

const struct vb_event_short vb_event_methods[VB_EVENT_METHODS] = {
    { "pointer", "p" },
    { "keyboard", "k" },
    { "buttons", "b" },
};

/* -- pieces of an object ---------------------------------------------------------------------- */

/* ,"name":"text" unless text is NULL */
static void put_text(struct vb_buf *out, const char *name, const char *text)
{
    if (text == NULL)
        return;
    vb_buf_puts(out, ",\"");
    vb_buf_puts(out, name);
    vb_buf_puts(out, "\":");
    vb_json_text(out, text);
}

static void put_flag(struct vb_buf *out, const char *name, bool on)
{
    if (!on)
        return;
    vb_buf_puts(out, ",\"");
    vb_buf_puts(out, name);
    vb_buf_puts(out, "\":true");
}

static void put_list(struct vb_buf *out, const char *name, const char *const *list, int count)
{
    if (count == 0)
        return;
    vb_buf_puts(out, ",\"");
    vb_buf_puts(out, name);
    vb_buf_puts(out, "\":[");
    for (int i = 0; i < count; i++) {
        if (i > 0)
            vb_buf_putc(out, ',');
        vb_json_text(out, list[i]);
    }
    vb_buf_putc(out, ']');
}

static void put_members(struct vb_buf *out, const struct vb_member *members, int count)
{
    vb_buf_puts(out, ",\"members\":[");
    for (int i = 0; i < count; i++) {
        vb_buf_puts(out, i > 0 ? ",{\"person\":" : "{\"person\":");
        vb_json_text(out, members[i].person);
        put_text(out, "role", members[i].role);
        put_text(out, "form", members[i].form);
        put_flag(out, "gone", members[i].gone);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

static void put_last(struct vb_buf *out, const struct vb_last *last)
{
    if (last->round == NULL)
        return;
    vb_buf_puts(out, ",\"last\":{\"round\":");
    vb_json_text(out, last->round);
    vb_buf_puts(out, ",\"revision\":");
    vb_buf_int(out, last->revision);
    vb_buf_puts(out, ",\"agreements\":");
    vb_buf_int(out, last->agreement_count);
    vb_buf_putc(out, '}');
}

/* Whose names fill the texts. */
static void put_names(struct vb_buf *out, const struct vb_opened *opened)
{
    if (opened->client == NULL && opened->professional == NULL)
        return;
    vb_buf_puts(out, ",\"names\":{");
    if (opened->client != NULL) {
        vb_buf_puts(out, "\"client\":");
        vb_json_text(out, opened->client);
    }
    if (opened->professional != NULL) {
        vb_buf_puts(out, opened->client == NULL ? "\"professional\":" : ",\"professional\":");
        vb_json_text(out, opened->professional);
    }
    vb_buf_putc(out, '}');
}

static void put_opened(struct vb_buf *out, const struct vb_opened *opened)
{
    put_text(out, "digest", opened->digest);
    vb_buf_puts(out, ",\"api\":");
    vb_buf_int(out, opened->api);
    put_text(out, "person", opened->person);
    put_text(out, "role", opened->role);
    put_text(out, "language", opened->language);
    put_text(out, "format", opened->format);
    put_text(out, "form", opened->form);
    put_text(out, "variant", opened->variant);
    put_text(out, "setting", opened->setting);
    put_text(out, "mode", opened->mode);
    put_text(out, "helper", opened->helper);
    put_text(out, "opening", opened->opening);
    put_names(out, opened);
    put_list(out, "with", opened->with, opened->with_count);
    if (opened->member_count > 0)
        put_members(out, opened->members, opened->member_count);
    put_last(out, &opened->last);
}

static void put_sharing(struct vb_buf *out, const struct vb_sharing *sharing)
{
    const char *purposes[VB_EVENT_PURPOSES];
    int count = 0;
    for (int i = 0; i < VB_EVENT_PURPOSES; i++)
        for (int k = 0; k < sharing->purpose_count; k++)
            if (strcmp(sharing->purposes[k], vb_event_purposes[i].name) == 0)
                purposes[count++] = vb_event_purposes[i].written;
    vb_assert(count == sharing->purpose_count); /* there are only these, each once */
    put_flag(out, "o", sharing->one_sided);
    if (sharing->earlier != VB_WORD_NONE)
        vb_buf_printf(out, ",\"%s\":%s", VB_KEY_EARLIER,
                      sharing->earlier == VB_WORD_YES ? "true" : "false");
    put_list(out, "private", sharing->private_yes, sharing->private_count);
    put_list(out, "p", purposes, count);
}

static void put_value(struct vb_buf *out, const struct vb_item *item, const struct vb_value *value)
{
    if (value->type == VB_VALUE_MISSING) {
        put_text(out, "x", vb_event_reasons[value->number]);
    } else if (value->type != VB_VALUE_NONE) {
        vb_buf_puts(out, ",\"v\":");
        vb_value_write(out, item, value);
    }
}

/* A letter for those that every answer of a line has; others as they are. */
static const char *short_method(const char *method)
{
    for (int i = 0; method != NULL && i < VB_EVENT_METHODS; i++)
        if (strcmp(vb_event_methods[i].name, method) == 0)
            return vb_event_methods[i].written;
    return method;
}

const char *vb_input_method(const char *word)
{
    for (int i = 0; i < VB_EVENT_METHODS; i++)
        if (strcmp(vb_event_methods[i].name, word) == 0)
            return vb_event_methods[i].name;
    return NULL;
}

/* -- the object, but for its end: of an item, where the key of its id says what happened ------ */

static const char *item_key(const struct vb_event *event)
{
    switch (event->type) {
    case VB_EVENT_ANSWERED:
        return event->changed ? VB_KEY_CHANGED : VB_KEY_ANSWERED;
    case VB_EVENT_HELD:
        return event->on ? VB_KEY_HELD : VB_KEY_LET_GO;
    case VB_EVENT_BACK:
        return VB_KEY_BACK;
    default:
        return NULL;
    }
}

static void put_item_event(struct vb_buf *out, const struct vb_event_ids *ids,
                           const struct vb_event *event)
{
    const struct vb_item *item = &ids->plan->items[event->item];
    vb_buf_printf(out, "{\"%s\":", item_key(event));
    vb_json_text(out, item->id);
    if (event->member >= 0 && ids->joint)
        put_text(out, "m", ids->members[event->member].person);
    if (event->type == VB_EVENT_ANSWERED) {
        vb_assert(event->value.type != VB_VALUE_NONE);
        put_value(out, item, &event->value);
        put_text(out, "by", short_method(event->method));
    }
}

/* Of an agreement of last time: how it went, or held back. */
static void put_agreement(struct vb_buf *out, const struct vb_event *event)
{
    vb_buf_printf(out, "{\"g\":%d", event->agreement);
    if (event->type == VB_EVENT_HELD) {
        vb_buf_puts(out, event->on ? ",\"h\":true" : ",\"h\":false");
        return;
    }
    put_text(out, "is", vb_followed_name(event->followed));
    put_flag(out, "c", event->changed);
}

/* Of anything else. */
static void put_event(struct vb_buf *out, const struct vb_event *event)
{
    vb_buf_printf(out, "{\"t\":\"%s\"", vb_event_type_names[event->type]);
    switch (event->type) {
    case VB_EVENT_OPENED:
        put_opened(out, event->opened);
        break;
    case VB_EVENT_SHARED:
        put_sharing(out, event->sharing);
        break;
    case VB_EVENT_ROSTER:
        put_members(out, event->members, event->member_count);
        break;
    case VB_EVENT_FOLLOWED:
        put_agreement(out, event);
        put_text(out, "is", vb_followed_name(event->followed));
        put_flag(out, "changed", event->changed);
        break;
    case VB_EVENT_TALK:
        vb_buf_puts(out, ",\"talk\":");
        vb_talk_record_write(out, event->talk, NULL, 0);
        break;
    default:
        break;
    }
}

/* -- pieces ----------------------------------------------------------------------------------- */

struct writing {
    struct vb_event_page *page;
    const struct vb_event_ids *ids;
    size_t body_len;
    int part_count;
};

/* What was put since the last piece is about somebody. The pointer follows when all is written. */
static void end_part(struct writing *writing, const char *about, size_t from)
{
    struct vb_event_part *part = vb_push(&writing->page->parts, (size_t)writing->part_count,
                                         &writing->page->part_cap, sizeof *part);
    writing->part_count++;
    part->about = about;
    part->len = writing->page->text.len - from;
}

static void put_earlier(struct vb_buf *out, const struct vb_plan *plan,
                        const struct vb_earlier *earlier)
{
    int item = plan == NULL ? -1 : vb_plan_item(plan, earlier->item);
    vb_assert(item >= 0 || earlier->value.type != VB_VALUE_OPTION);
    vb_buf_puts(out, "{\"wave\":");
    vb_json_text(out, earlier->wave);
    put_text(out, "item", earlier->item);
    put_text(out, "is", vb_event_value_types[earlier->value.type]);
    put_value(out, item < 0 ? NULL : &plan->items[item], &earlier->value);
    vb_buf_putc(out, '}');
}

static int compare(const char *left, const char *right)
{
    return strcmp(left == NULL ? "" : left, right == NULL ? "" : right);
}

/* Do they fall with the same: where it was said, and whom it is about? */
static bool same_part(const struct vb_earlier *left, const struct vb_earlier *right)
{
    return compare(left->session, right->session) == 0 && compare(left->member, right->member) == 0;
}

/* Sessions stay in their order, for a flow asks for the newest; one session's values stand together
 * in the list. */
static int in_parts(const void *a, const void *b, void *context)
{
    const struct vb_earlier *list = context;
    int i = *(const int *)a, j = *(const int *)b;
    int order = compare(list[i].session, list[j].session) != 0
                    ? 0
                    : compare(list[i].member, list[j].member);
    return order != 0 ? order : (i > j) - (i < j);
}

/* The places of earlier values, those that fall with nothing first, then part by part. */
static int *in_order(const struct vb_opened *opened)
{
    int *order = vb_alloc((size_t)(opened->earlier_count + 1) * sizeof *order);
    for (int i = 0; i < opened->earlier_count; i++)
        order[i] = i;
    if (opened->earlier_count > 1)
        qsort_r(order, (size_t)opened->earlier_count, sizeof *order, in_parts,
                (void *)opened->earlier);
    return order;
}

/* From place *at on, all that fall with the same: a list. The first of them is given back. */
static const struct vb_earlier *put_same(struct vb_buf *out, const struct vb_plan *plan,
                                         const struct vb_opened *opened, const int *order, int *at)
{
    const struct vb_earlier *first = &opened->earlier[order[*at]];
    const char *between = "";
    vb_buf_putc(out, '[');
    for (; *at < opened->earlier_count; ++*at) {
        const struct vb_earlier *earlier = &opened->earlier[order[*at]];
        if (!same_part(first, earlier))
            break;
        vb_buf_puts(out, between);
        put_earlier(out, plan, earlier);
        between = ",";
    }
    vb_buf_putc(out, ']');
    return first;
}

static const char *about_of(struct vb_event_page *page, const struct vb_earlier *earlier)
{
    if (earlier->session == NULL || earlier->member == NULL)
        return earlier->session == NULL ? earlier->member : earlier->session;
    return vb_arena_printf(&page->names, "%s %s", earlier->session, earlier->member);
}

/* Those that fall with nothing end the body, the others are parts. */
static void write_opened(struct writing *writing, const struct vb_event *event)
{
    const struct vb_opened *opened = event->opened;
    const struct vb_plan *plan = writing->ids->plan;
    struct vb_buf *out = &writing->page->text;
    int *order = in_order(opened), at = 0;
    put_event(out, event);
    if (opened->earlier_count > 0 &&
        same_part(&opened->earlier[order[0]], &(struct vb_earlier){ 0 })) {
        vb_buf_puts(out, ",\"earlier\":");
        put_same(out, plan, opened, order, &at);
    }
    vb_buf_putc(out, '}');
    writing->body_len = out->len;
    while (at < opened->earlier_count) {
        size_t from = out->len;
        const struct vb_earlier *same = put_same(out, plan, opened, order, &at);
        end_part(writing, about_of(writing->page, same), from);
    }
    free(order);
}

/* From place *at on, all about the same member: a list of items. */
static void put_left(struct vb_buf *out, const struct vb_plan *plan,
                     const struct vb_sharing *sharing, int *at)
{
    int member = sharing->left[*at].member;
    vb_buf_putc(out, '[');
    for (int first = *at; *at < sharing->left_count && sharing->left[*at].member == member; ++*at) {
        if (*at > first)
            vb_buf_putc(out, ',');
        vb_json_text(out, plan->items[sharing->left[*at].item].id);
    }
    vb_buf_putc(out, ']');
}

static void write_shared(struct writing *writing, const struct vb_event *event)
{
    const struct vb_sharing *sharing = event->sharing;
    const struct vb_event_ids *ids = writing->ids;
    struct vb_buf *out = &writing->page->text;
    int at = 0;
    put_event(out, event);
    if (sharing->left_count > 0 && sharing->left[0].member < 0) {
        vb_buf_puts(out, ",\"left\":");
        put_left(out, ids->plan, sharing, &at);
    }
    vb_buf_putc(out, '}');
    writing->body_len = out->len;
    while (at < sharing->left_count && !ids->joint) {
        size_t from = out->len;
        const char *about = ids->members[sharing->left[at].member].person;
        put_left(out, ids->plan, sharing, &at);
        end_part(writing, about, from);
    }
}

static void write_event(struct writing *writing, const struct vb_event *event)
{
    struct vb_buf *out = &writing->page->text;
    if (event->type == VB_EVENT_OPENED) {
        write_opened(writing, event);
        return;
    }
    if (event->type == VB_EVENT_SHARED) {
        write_shared(writing, event);
        return;
    }
    bool of_item = event->item >= 0 && item_key(event) != NULL;
    if (of_item)
        put_item_event(out, writing->ids, event);
    else if (event->type == VB_EVENT_FOLLOWED || event->type == VB_EVENT_HELD)
        put_agreement(out, event);
    else if (event->type == VB_EVENT_EARLIER)
        vb_buf_printf(out, "{\"%s\":%s", VB_KEY_EARLIER, event->on ? "true" : "false");
    else
        put_event(out, event);
    vb_buf_putc(out, '}');
    if (of_item && event->member >= 0 && !writing->ids->joint)
        end_part(writing, writing->ids->members[event->member].person, 0);
    else
        writing->body_len = out->len;
}

struct vb_event_pieces vb_event_encode(struct vb_event_page *page, const struct vb_event_ids *ids,
                                       const struct vb_event *event)
{
    struct writing writing = { .page = page, .ids = ids };
    vb_assert((int)event->type >= 0 && event->type < VB_EVENT_COUNT);
    vb_buf_clear(&page->text);
    vb_arena_reset(&page->names);
    write_event(&writing, event);
    const char *at = page->text.data + writing.body_len;
    for (int i = 0; i < writing.part_count; i++) {
        page->parts[i].bytes = at;
        at += page->parts[i].len;
    }
    return (struct vb_event_pieces){ .answer_id = event->answer_id,
                                     .body = writing.body_len == 0 ? "" : page->text.data,
                                     .body_len = writing.body_len,
                                     .parts = page->parts,
                                     .part_count = writing.part_count };
}

void vb_event_page_finish(struct vb_event_page *page)
{
    vb_buf_finish(&page->text);
    vb_arena_finish(&page->names);
    free(page->parts);
    *page = (struct vb_event_page){ 0 };
}
