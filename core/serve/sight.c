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

const char *vb_sight_joined(const char *a, const char *b, struct vb_arena *arena)
{
    if (a == NULL || b == NULL)
        return a == NULL ? b : a;
    if (vb_streq(a, VB_SIGHT_ALL) || vb_streq(b, VB_SIGHT_ALL))
        return VB_SIGHT_ALL;
    return vb_sight_is_open(a) ? vb_arena_printf(arena, "%s %s", b, a)
                               : vb_arena_printf(arena, "%s %s", a, b);
}
