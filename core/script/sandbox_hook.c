/* sandbox_hook.c - how a script that does not end is ended.
 *
 * The count hook yields, because a script's own pcall can catch an error but no yield. Where it
 * cannot yield (inside the comparison of a sort) it raises, and goes on raising at every
 * instruction until it can. */
#include <stdio.h>
#include <string.h>

#include "script/sandbox_box.h"

enum {
    COLLECT_FROM = 512 * 1024, /* most states die before a collection would pay */
    FRAMES_MAX = 64,           /* looked at for a place */
    CLOCK_FROM = 1000,         /* C work worth so many instructions looks at the clock first */
};

void vb_sandbox_place(lua_State *L, char place[VB_PLACE_SIZE])
{
    lua_Debug ar;
    place[0] = '\0';
    for (int level = 0; level < FRAMES_MAX && lua_getstack(L, level, &ar); level++) {
        if (lua_getinfo(L, "Sl", &ar) && ar.currentline > 0) {
            snprintf(place, VB_PLACE_SIZE, "%s:%d", ar.short_src, ar.currentline);
            return;
        }
    }
}

void vb_sandbox_judge(struct vb_sandbox *box, lua_State *L, enum vb_verdict verdict)
{
    if (box->verdict != VB_VERDICT_NONE)
        return;
    box->verdict = verdict;
    if (L != NULL)
        lua_sethook(L, vb_sandbox_hook, LUA_MASKCOUNT, 1);
}

void vb_sandbox_look_closely(struct vb_sandbox *box, lua_State *L)
{
    if (L == NULL || box->hook_count == VB_HOOK_COUNT_HEAVY || box->verdict != VB_VERDICT_NONE)
        return;
    box->hook_count = VB_HOOK_COUNT_HEAVY;
    lua_sethook(L, vb_sandbox_hook, LUA_MASKCOUNT, VB_HOOK_COUNT_HEAVY);
}

static const char *const verdict_words[] = {
    [VB_VERDICT_NONE] = "",
    [VB_VERDICT_FUEL] = "out of fuel",
    [VB_VERDICT_DEADLINE] = "out of time",
    [VB_VERDICT_MEMORY] = "out of memory",
    [VB_VERDICT_STRING] = "a string is too long",
    [VB_VERDICT_BLOCK] = "a table is too large",
};

static bool slice_over(struct vb_sandbox *box, lua_State *L, int64_t now)
{
    box->sliced = box->slice_ns > 0 && now >= box->slice_end_ns && lua_isyieldable(L);
    if (box->sliced)
        box->left_ns = box->deadline_ns - now;
    return box->sliced;
}

/* Books what ran since the last hook. True when the script has to stop: for good, or because its
 * slice is over and it is where it can. */
static bool account(struct vb_sandbox *box, lua_State *L)
{
    box->fuel -= box->hook_count;
    if (box->fuel < 0) {
        vb_sandbox_judge(box, L, VB_VERDICT_FUEL);
        return true;
    }
    int64_t now = box->clock.mono_ns(box->clock.ctx);
    if (now > box->deadline_ns) {
        vb_sandbox_judge(box, L, VB_VERDICT_DEADLINE);
        return true;
    }
    if (!box->collecting && box->used > COLLECT_FROM) {
        box->collecting = true;
        lua_gc(L, LUA_GCRESTART);
    }
    return slice_over(box, L, now);
}

bool vb_sandbox_pause(lua_State *L)
{
    struct vb_sandbox *box = vb_sandbox_of(L);
    return box->verdict == VB_VERDICT_NONE && box->slice_ns > 0 &&
           slice_over(box, L, box->clock.mono_ns(box->clock.ctx));
}

void vb_sandbox_hook(lua_State *L, lua_Debug *ar)
{
    struct vb_sandbox *box = vb_sandbox_of(L);
    (void)ar;
    if (box->verdict == VB_VERDICT_NONE && !account(box, L))
        return;
    if (!box->sliced && box->place[0] == '\0')
        vb_sandbox_place(L, box->place);
    if (lua_isyieldable(L)) {
        lua_yield(L, 0); /* returns: Lua leaves the hook first, then the function */
        return;
    }
    luaL_error(L, "%s", verdict_words[box->verdict]);
}

/* Raises the verdict where no hook can: in a C function. */
static void raise_verdict(struct vb_sandbox *box, lua_State *L, enum vb_verdict verdict)
{
    vb_sandbox_judge(box, L, verdict);
    if (box->place[0] == '\0')
        vb_sandbox_place(L, box->place);
    luaL_error(L, "%s", verdict_words[box->verdict]);
}

void vb_sandbox_charge(lua_State *L, int64_t instructions)
{
    struct vb_sandbox *box = vb_sandbox_of(L);
    if (box->fuel < instructions) {
        box->fuel = -1;
        raise_verdict(box, L, VB_VERDICT_FUEL);
    }
    box->fuel -= instructions;
    if (instructions >= CLOCK_FROM && box->clock.mono_ns(box->clock.ctx) > box->deadline_ns)
        raise_verdict(box, L, VB_VERDICT_DEADLINE);
}

void vb_sandbox_string(lua_State *L, size_t len)
{
    struct vb_sandbox *box = vb_sandbox_of(L);
    if (len > box->limits.string_bytes)
        raise_verdict(box, L, VB_VERDICT_STRING);
    vb_sandbox_charge(L, (int64_t)(len / 16));
}

enum vb_code vb_sandbox_sentence(const struct vb_sandbox *box, struct vb_err *err)
{
    const struct vb_limits *limits = &box->limits;
    const char *colon = box->place[0] == '\0' ? "" : ": ";
    switch (box->verdict) {
    case VB_VERDICT_FUEL:
        return vb_fail(err, VB_E_LIMIT,
                       "%s%sthe script ran out of fuel (%lld instructions); is there a loop that "
                       "does not end?",
                       box->place, colon, (long long)limits->fuel);
    case VB_VERDICT_DEADLINE:
        return vb_fail(err, VB_E_LIMIT, "%s%sthe script took longer than %lld ms", box->place,
                       colon, (long long)limits->deadline_ms);
    case VB_VERDICT_STRING:
        return vb_fail(err, VB_E_LIMIT,
                       "%s%sa string may have %zu bytes at most; make it of smaller parts",
                       box->place, colon, limits->string_bytes);
    case VB_VERDICT_BLOCK:
        return vb_fail(err, VB_E_LIMIT,
                       "%s%sa table or the stack of calls grew past %zu KiB; is there a recursion "
                       "that does not end?",
                       box->place, colon, (vb_sandbox_block_max(box) + 1) / 1024);
    case VB_VERDICT_MEMORY:
    case VB_VERDICT_NONE:
        break;
    }
    return vb_fail(err, VB_E_LIMIT, "%s%sthe script needs more than its %zu KiB of memory",
                   box->place, colon, limits->memory_bytes / 1024);
}
