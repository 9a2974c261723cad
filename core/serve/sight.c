#include "serve/sight.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

bool vb_sight_is_open(const char *sight)
{
    return vb_streq(sight, VB_SIGHT_ALL) || (sight != NULL && vb_ends_with(sight, "-"));
}

bool vb_sight_sees(const char *sight, int64_t seq)
{
    if (seq == 0 || vb_streq(sight, VB_SIGHT_ALL))
        return true;
    for (const char *at = sight; at != NULL && *at != '\0';) {
        char *end;
        int64_t first = strtoll(at, &end, 10);
        if (*end != '-')
            return false;
        at = end + 1;
        int64_t last = *at == '\0' ? INT64_MAX : strtoll(at, &end, 10);
        if (first <= seq && seq <= last)
            return true;
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    return false;
}

const char *vb_sight_opened(const char *sight, int64_t last, struct vb_arena *arena)
{
    if (vb_sight_is_open(sight))
        return sight;
    return vb_arena_printf(arena, "%s%s%" PRId64 "-", sight == NULL ? "" : sight,
                           sight == NULL ? "" : " ", last + 1);
}

const char *vb_sight_closed(const char *sight, int64_t last, struct vb_arena *arena)
{
    if (!vb_sight_is_open(sight) || vb_streq(sight, VB_SIGHT_ALL))
        return sight;
    return vb_arena_printf(arena, "%s%" PRId64, sight, last);
}

struct span {
    int64_t first, last; /* last INT64_MAX: and all that come */
};

static size_t read_spans(const char *sight, struct span *out)
{
    size_t count = 0;
    for (const char *at = sight; at != NULL && *at != '\0';) {
        char *end;
        struct span *span = &out[count];
        span->first = strtoll(at, &end, 10);
        if (*end != '-')
            return count;
        at = end + 1;
        span->last = *at == '\0' ? INT64_MAX : strtoll(at, &end, 10);
        count++;
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    return count;
}

static int by_first(const void *a, const void *b)
{
    const struct span *one = a, *two = b;
    return (one->first > two->first) - (one->first < two->first);
}

/* Each event once, however often the same is shown: a seat must not grow by that. */
const char *vb_sight_joined(const char *a, const char *b, struct vb_arena *arena)
{
    if (a == NULL || b == NULL)
        return a == NULL ? b : a;
    if (vb_streq(a, VB_SIGHT_ALL) || vb_streq(b, VB_SIGHT_ALL))
        return VB_SIGHT_ALL;
    struct span *spans = vb_arena_alloc(arena, (strlen(a) + strlen(b) + 2) * sizeof *spans);
    size_t count = read_spans(a, spans);
    count += read_spans(b, spans + count);
    qsort(spans, count, sizeof *spans, by_first);
    const char *out = NULL;
    for (size_t i = 0; i < count;) {
        struct span one = spans[i++];
        for (; i < count && (one.last == INT64_MAX || spans[i].first <= one.last + 1); i++)
            if (spans[i].last > one.last)
                one.last = spans[i].last;
        out = vb_arena_printf(arena, "%s%s%" PRId64 "-", out == NULL ? "" : out,
                              out == NULL ? "" : " ", one.first);
        if (one.last != INT64_MAX)
            out = vb_arena_printf(arena, "%s%" PRId64, out, one.last);
    }
    return out;
}
