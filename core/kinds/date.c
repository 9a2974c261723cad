#include <string.h>

#include "kinds/kind_parts.h"

static int digits(const char *text, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + text[i] - '0';
    }
    return number;
}

static int days_in(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* YYYYMMDD of a day that is in the calendar, or -1. */
static int64_t day_of(const char *text, size_t len)
{
    if (len != 10 || text[4] != '-' || text[7] != '-')
        return -1;
    int year = digits(text, 4), month = digits(text + 5, 2), day = digits(text + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in(year, month))
        return -1;
    return (int64_t)year * 10000 + month * 100 + day;
}

enum vb_refusal vb_day_check(const char *text, size_t len)
{
    return day_of(text, len) < 0 ? VB_REFUSED_DATE : VB_ACCEPTED;
}

static enum vb_refusal check(const struct vb_ask *ask, const struct vb_value *value)
{
    if (value->type != VB_VALUE_DATE)
        return VB_REFUSED_TYPE;
    int64_t day = day_of(value->text, value->len);
    if (day < 0)
        return VB_REFUSED_DATE;
    if ((ask->item->min != 0 && day < ask->item->min) ||
        (ask->item->max != 0 && day > ask->item->max))
        return VB_REFUSED_RANGE;
    return VB_ACCEPTED;
}

static enum vb_refusal from_json(const struct vb_ask *ask, const cJSON *json,
                                 struct vb_arena *arena, struct vb_value *out, struct vb_err *why)
{
    (void)ask;
    if (!cJSON_IsString(json))
        return vb_wrong_type(why, "a day such as \"2026-11-21\"");
    *out = (struct vb_value){ .type = VB_VALUE_DATE, .len = (uint32_t)strlen(json->valuestring) };
    out->text = vb_arena_strndup(arena, json->valuestring, out->len);
    return VB_ACCEPTED;
}

const struct vb_kind vb_kind_date = { VB_DATE, check, from_json };
