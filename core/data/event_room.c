/* event_room.c - how long an event of a plan can be when it holds nobody's own words. */
#include <string.h>

#include "base/id.h"
#include "data/event.h"
#include "data/event_pack.h"
#include "data/value_json.h"

static size_t longer(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Of the numbers from low to high, in thousandths. */
static size_t range_length(int64_t low, int64_t high, bool whole)
{
    struct vb_buf from = { 0 }, to = { 0 };
    vb_milli_write(&from, low - low % 1000);
    vb_milli_write(&to, high - high % 1000);
    size_t len = longer(from.len, to.len) + (whole ? 0 : strlen("-.001"));
    vb_buf_finish(&from);
    vb_buf_finish(&to);
    return len;
}

static size_t answers_length(const struct vb_answers *answers)
{
    return range_length(answers->min * 1000, answers->max * 1000, true);
}

static size_t likert_length(const struct vb_plan *plan, const struct vb_item *item)
{
    size_t most = 0;
    if (item->answers != NULL)
        return answers_length(item->answers);
    for (int i = 0; i < plan->format_count; i++)
        most = longer(most, answers_length(&plan->formats[i].answers));
    return most;
}

static size_t number_length(const struct vb_item *item)
{
    const int64_t most = (int64_t)VB_NUMBER_MAX * 1000;
    return range_length(item->has_min ? item->min : -most, item->has_max ? item->max : most,
                        item->integer);
}

/* One option, or as many as may be chosen. */
static size_t options_length(const struct vb_item *item, bool several)
{
    size_t one = 0, all = strlen("[]"), count = 0;
    for (int i = 0; item->answers != NULL && i < item->answers->count; i++) {
        size_t len = strlen(item->answers->options[i].id) + strlen("\"\"");
        one = longer(one, len);
        all += len + strlen(",");
        count++;
    }
    if (!several)
        return one;
    size_t most = item->max > 0 && (size_t)item->max < count ? (size_t)item->max : count;
    return most == count ? all : strlen("[]") + most * (one + strlen(","));
}

/* Three places, each as long as it can be. */
static size_t triangle_length(const struct vb_item *item)
{
    size_t len = strlen("{}");
    for (int i = 0; item->answers != NULL && i < item->answers->count; i++)
        len += strlen(item->answers->options[i].id) + strlen("\"\":[1000,1000],");
    return len;
}

/* 0: every answer holds the person's own words, or names an image that lies beside it anyway. */
static size_t value_length(const struct vb_plan *plan, const struct vb_item *item)
{
    switch (item->kind) {
    case VB_LIKERT:
    case VB_FACES:
        return likert_length(plan, item);
    case VB_VAS:
        return strlen("1000,\"by\":\"p"); /* whose end is packed as one, too */
    case VB_YESNO:
        return strlen("false");
    case VB_CHOICE:
        return options_length(item, item->max > 1);
    case VB_WORDS:
        return options_length(item, true);
    case VB_NUMBER:
        return number_length(item);
    case VB_DATE:
        return strlen("\"2026-11-21\"");
    case VB_DRAW:
    case VB_PHOTO:
    case VB_COLLAGE: /* of which pieces that are kept are many or few, as own words are */
        return strlen("{\"paper\":true}");
    case VB_TRIANGLE:
        return triangle_length(item);
    default:
        return 0;
    }
}

static size_t packed(const struct vb_buf *text)
{
    return vb_event_packed_length(text->data, text->len);
}

/* What stands before a value is packed; the value itself is taken as it is, and its end as one. */
static size_t item_length(const struct vb_plan *plan, const struct vb_item *item)
{
    struct vb_buf text = { 0 };
    vb_buf_printf(&text, "{\"i\":\"%s\",\"v\":", item->id);
    size_t with_value = packed(&text) + value_length(plan, item) + strlen("}");
    vb_buf_clear(&text);
    vb_buf_printf(&text, "{\"i\":\"%s\",\"x\":\"r\"}", item->id);
    size_t len = longer(with_value, packed(&text));
    vb_buf_finish(&text);
    return item->per_member ? len + VB_ID_SIZE - 1 + VB_EVENT_PART_COST : len;
}

static size_t share_length(const struct vb_plan *plan)
{
    struct vb_buf text = { 0 };
    int scales = 0;
    vb_buf_puts(&text, "{\"t\":\"share\",\"o\":true,\"e\":false");
    for (int i = 0; i < plan->scale_count; i++)
        if (plan->scales[i].hidden == VB_PRIVATE_WORKER)
            vb_buf_printf(&text, "%s\"%s\"", scales++ == 0 ? ",\"private\":[" : ",",
                          plan->scales[i].id);
    vb_buf_puts(&text, scales > 0 ? "],\"p\":[\"d\",\"r\"]}" : ",\"p\":[\"d\",\"r\"]}");
    size_t len = packed(&text);
    vb_buf_finish(&text);
    return len;
}

size_t vb_event_room(const struct vb_plan *plan)
{
    static const char *const others[] = { "{\"g\":11,\"is\":\"not_yet\",\"c\":true}",
                                          "{\"g\":11,\"h\":false}", "{\"t\":\"withdraw\"}",
                                          "{\"t\":\"reopen\"}" };
    size_t most = share_length(plan);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        most = longer(most, vb_event_packed_length(others[i], strlen(others[i])));
    for (int i = 0; i < plan->item_count; i++)
        most = longer(most, item_length(plan, &plan->items[i]));
    return VB_ID_BYTES + most;
}
