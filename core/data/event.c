#include "data/event.h"

#include "data/event_names.h"
#include "data/json.h"
#include "data/value_json.h"

const char *const vb_event_type_names[VB_EVENT_COUNT] = {
    [VB_EVENT_OPENED] = "opened",      [VB_EVENT_ANSWERED] = "answer",
    [VB_EVENT_BACK] = "back",          [VB_EVENT_HELD] = "hold",
    [VB_EVENT_SHARED] = "share",       [VB_EVENT_STOPPED] = "stop",
    [VB_EVENT_WITHDRAWN] = "withdraw", [VB_EVENT_ROSTER] = "roster",
    [VB_EVENT_FOLLOWED] = "follow",    [VB_EVENT_REOPENED] = "reopen",
    [VB_EVENT_TALK] = "talk",
};

const char *const vb_event_value_types[VB_EVENT_VALUE_TYPES] = {
    [VB_VALUE_NONE] = "none", [VB_VALUE_MISSING] = "missing", [VB_VALUE_INT] = "int",
    [VB_VALUE_BOOL] = "bool", [VB_VALUE_MILLI] = "milli",     [VB_VALUE_OPTION] = "option",
    [VB_VALUE_TEXT] = "text", [VB_VALUE_DATE] = "date",       [VB_VALUE_JSON] = "json",
};

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
        put_text(out, "label", members[i].label);
        put_text(out, "form", members[i].form);
        put_flag(out, "gone", members[i].gone);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

static void put_earlier(struct vb_buf *out, const struct vb_plan *plan,
                        const struct vb_earlier *earlier)
{
    int item = plan == NULL ? -1 : vb_plan_item(plan, earlier->item);
    vb_buf_puts(out, "{\"wave\":");
    vb_json_text(out, earlier->wave);
    put_text(out, "item", earlier->item);
    put_text(out, "member", earlier->member);
    put_text(out, "is", vb_event_value_types[earlier->value.type]);
    if (vb_value_given(&earlier->value)) {
        vb_assert(item >= 0 || earlier->value.type != VB_VALUE_OPTION);
        vb_buf_puts(out, ",\"v\":");
        vb_value_write(out, item >= 0 ? &plan->items[item] : NULL, &earlier->value);
    } else if (earlier->value.type == VB_VALUE_MISSING) {
        put_text(out, "x", vb_missing_name((enum vb_missing)earlier->value.number));
    }
    vb_buf_putc(out, '}');
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

static void put_opened(struct vb_buf *out, const struct vb_plan *plan,
                       const struct vb_opened *opened)
{
    put_text(out, "digest", opened->digest);
    vb_buf_puts(out, ",\"api\":");
    vb_buf_int(out, opened->api);
    put_text(out, "person", opened->person);
    put_text(out, "role", opened->role);
    put_text(out, "label", opened->label);
    put_text(out, "language", opened->language);
    put_text(out, "format", opened->format);
    put_text(out, "form", opened->form);
    put_text(out, "variant", opened->variant);
    put_text(out, "setting", opened->setting);
    put_text(out, "mode", opened->mode);
    put_text(out, "helper", opened->helper);
    put_text(out, "opening", opened->opening);
    put_text(out, "client", opened->client_name);
    put_text(out, "professional", opened->professional_name);
    put_list(out, "with", opened->with, opened->with_count);
    if (opened->member_count > 0)
        put_members(out, opened->members, opened->member_count);
    put_last(out, &opened->last);
    if (opened->earlier_count == 0)
        return;
    vb_buf_puts(out, ",\"earlier\":[");
    for (int i = 0; i < opened->earlier_count; i++) {
        if (i > 0)
            vb_buf_putc(out, ',');
        put_earlier(out, plan, &opened->earlier[i]);
    }
    vb_buf_putc(out, ']');
}

static void put_place(struct vb_buf *out, const struct vb_plan *plan,
                      const struct vb_member *members, const struct vb_event *event)
{
    vb_assert(event->item >= 0 && event->item < plan->item_count);
    put_text(out, "i", plan->items[event->item].id);
    if (event->member >= 0)
        put_text(out, "m", members[event->member].person);
}

static void put_answer(struct vb_buf *out, const struct vb_plan *plan, const struct vb_event *event)
{
    vb_assert(event->value.type != VB_VALUE_NONE);
    if (event->value.type == VB_VALUE_MISSING) {
        put_text(out, "x", vb_missing_name((enum vb_missing)event->value.number));
    } else {
        vb_buf_puts(out, ",\"v\":");
        vb_value_write(out, &plan->items[event->item], &event->value);
    }
    put_text(out, "by", event->method);
    put_flag(out, "changed", event->changed);
}

static void put_agreement(struct vb_buf *out, const struct vb_event *event)
{
    vb_buf_puts(out, ",\"g\":");
    vb_buf_int(out, event->agreement);
}

static void put_held(struct vb_buf *out, const struct vb_plan *plan,
                     const struct vb_member *members, const struct vb_event *event)
{
    if (event->item < 0)
        put_agreement(out, event);
    else
        put_place(out, plan, members, event);
    put_flag(out, "on", event->on);
}

void vb_event_encode(struct vb_buf *out, const struct vb_plan *plan,
                     const struct vb_member *members, const struct vb_event *event)
{
    vb_assert((int)event->type >= 0 && event->type < VB_EVENT_COUNT);
    vb_buf_puts(out, "{\"t\":\"");
    vb_buf_puts(out, vb_event_type_names[event->type]);
    vb_buf_putc(out, '"');
    switch (event->type) {
    case VB_EVENT_OPENED:
        put_opened(out, plan, event->opened);
        break;
    case VB_EVENT_ANSWERED:
        put_place(out, plan, members, event);
        put_answer(out, plan, event);
        break;
    case VB_EVENT_HELD:
        put_held(out, plan, members, event);
        break;
    case VB_EVENT_SHARED:
        put_flag(out, "one_sided", event->sharing->one_sided);
        put_list(out, "private", event->sharing->private_yes, event->sharing->private_count);
        put_list(out, "purposes", event->sharing->purposes, event->sharing->purpose_count);
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
    put_text(out, "a", event->answer_id[0] == '\0' ? NULL : event->answer_id);
    vb_buf_putc(out, '}');
}
