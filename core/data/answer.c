#include "data/answer.h"

#include <string.h>

#include "base/err.h"

static const char *const missing_names[VB_MISSING_COUNT] = {
    [VB_MISSING_NOT_SHOWN] = "not_shown", [VB_MISSING_SKIPPED] = "skipped",
    [VB_MISSING_DONT_KNOW] = "dont_know", [VB_MISSING_RATHER_NOT_SAY] = "rather_not_say",
    [VB_MISSING_HELD] = "held",           [VB_MISSING_WITHDRAWN] = "withdrawn",
};

const char *vb_missing_name(enum vb_missing reason)
{
    vb_assert((int)reason >= 0 && reason < VB_MISSING_COUNT);
    return missing_names[reason];
}

bool vb_missing_parse(const char *name, enum vb_missing *out)
{
    for (int i = VB_MISSING_SKIPPED; i <= VB_MISSING_RATHER_NOT_SAY; i++) {
        if (strcmp(name, missing_names[i]) == 0) {
            *out = (enum vb_missing)i;
            return true;
        }
    }
    return false;
}

static bool has_text(const struct vb_value *value)
{
    return value->type == VB_VALUE_TEXT || value->type == VB_VALUE_DATE ||
           value->type == VB_VALUE_JSON;
}

bool vb_value_equal(const struct vb_value *a, const struct vb_value *b)
{
    if (a->type != b->type)
        return false;
    if (has_text(a))
        return a->len == b->len && (a->len == 0 || memcmp(a->text, b->text, a->len) == 0);
    return a->type == VB_VALUE_NONE || a->number == b->number;
}

struct vb_value vb_value_copy(struct vb_arena *arena, const struct vb_value *value)
{
    struct vb_value copy = *value;
    copy.text = has_text(value) ? vb_arena_strndup(arena, value->text, value->len) : NULL;
    return copy;
}

void vb_milli_write(struct vb_buf *out, int64_t milli)
{
    char digits[32], *end = digits + sizeof digits, *p = end;
    uint64_t rest = milli < 0 ? 0 - (uint64_t)milli : (uint64_t)milli;
    int decimals = 3;
    for (; decimals > 0 && rest % 10 == 0; decimals--)
        rest /= 10;
    for (int written = 0; rest > 0 || written <= decimals; written++, rest /= 10) {
        if (written == decimals && decimals > 0)
            *--p = '.';
        *--p = (char)('0' + rest % 10);
    }
    if (milli < 0)
        *--p = '-';
    vb_buf_put(out, p, (size_t)(end - p));
}
