/* sandbox_alloc.c - the memory of one Lua state.
 *
 *   arena   one block, handed out from its start; cells up to VB_CELL_MAX bytes go to a list of
 *           their size when they are freed
 *   malloc  for all that does not fit there
 *
 * A usual flow lives and dies in the arena, so that throwing it away is one free. The ceiling
 * counts what Lua asked for. A refused growth makes Lua collect and ask once more; what is refused
 * then is a verdict, because a script could catch the error and ask for ever. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/sandbox_box.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#endif
#endif
#ifndef ASAN_POISON_MEMORY_REGION
#define ASAN_POISON_MEMORY_REGION(p, size)   ((void)(p), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(p, size) ((void)(p), (void)(size))
#endif

enum { STRING_HEADER = 32 }; /* what Lua adds to a string's bytes, at most */

static size_t cell_size(size_t size)
{
    return (size + VB_CELL_STEP - 1) & ~(size_t)(VB_CELL_STEP - 1);
}

static bool in_arena(const struct vb_sandbox *box, const void *ptr)
{
    return (uintptr_t)ptr - (uintptr_t)box->arena < VB_ARENA_BYTES;
}

static void *take(struct vb_sandbox *box, size_t size)
{
    size_t cell = cell_size(size);
    void **list = cell <= VB_CELL_MAX ? &box->cells[cell / VB_CELL_STEP] : NULL;
    if (list != NULL && *list != NULL) {
        void *ptr = *list;
        ASAN_UNPOISON_MEMORY_REGION(ptr, cell);
        memcpy(list, ptr, sizeof *list);
        return ptr;
    }
    if (cell <= VB_ARENA_BYTES - box->arena_used) {
        void *ptr = box->arena + box->arena_used;
        box->arena_used += cell;
        ASAN_UNPOISON_MEMORY_REGION(ptr, cell);
        return ptr;
    }
    void *ptr = malloc(size);
    if (ptr != NULL)
        box->outside++;
    return ptr;
}

static void give_back(struct vb_sandbox *box, void *ptr, size_t size)
{
    size_t cell = cell_size(size);
    if (ptr == NULL)
        return;
    if (!in_arena(box, ptr)) {
        free(ptr);
        box->outside--;
        return;
    }
    if ((char *)ptr + cell == box->arena + box->arena_used)
        box->arena_used -= cell;
    else if (cell <= VB_CELL_MAX) {
        void **list = &box->cells[cell / VB_CELL_STEP];
        memcpy(ptr, list, sizeof *list);
        *list = ptr;
    }
    ASAN_POISON_MEMORY_REGION(ptr, cell);
}

static void *resize(struct vb_sandbox *box, void *ptr, size_t osize, size_t nsize)
{
    if (!in_arena(box, ptr)) {
        void *moved = realloc(ptr, nsize);
        return moved == NULL && nsize <= osize ? ptr : moved;
    }
    if (cell_size(nsize) <= cell_size(osize))
        return ptr; /* shrinking must not fail; the tail of the cell is lost until the end */
    void *moved = take(box, nsize);
    if (moved != NULL) {
        memcpy(moved, ptr, osize);
        give_back(box, ptr, osize);
    }
    return moved;
}

/* Of 8 MiB this is 384 KiB: 8192 names, 16384 list elements; also room for the buffer (one and a
 * half times) in which the longest string is put together. */
size_t vb_sandbox_block_max(const struct vb_sandbox *box)
{
    return box->limits.memory_bytes / 64 * 3 - 1;
}

static bool past_ceiling(struct vb_sandbox *box, size_t more)
{
    size_t ceiling = box->limits.memory_bytes;
    /* After a collection an eighth must be free, or the script could have every few allocations
     * pay for a full collection. */
    if (box->pressed)
        ceiling -= ceiling / 8;
    return more > ceiling || box->used > ceiling - more;
}

static bool refused(struct vb_sandbox *box, const void *ptr, size_t osize, size_t nsize)
{
    lua_State *L = box->running != NULL ? box->running : box->L;
    bool string = ptr == NULL && osize == LUA_TSTRING;
    box->allocations++;
    if (box->fail_allocation > 0 && box->allocations >= box->fail_allocation) {
        vb_sandbox_judge(box, L, VB_VERDICT_MEMORY);
        return true;
    }
    if (string && nsize > box->limits.string_bytes + STRING_HEADER) {
        vb_sandbox_judge(box, L, VB_VERDICT_STRING);
        return true;
    }
    if (!string && nsize > vb_sandbox_block_max(box)) {
        vb_sandbox_judge(box, L, VB_VERDICT_BLOCK);
        return true;
    }
    if (past_ceiling(box, nsize - (ptr == NULL ? 0 : osize))) {
        if (box->pressed)
            vb_sandbox_judge(box, L, VB_VERDICT_MEMORY);
        else if (box->clock.mono_ns(box->clock.ctx) > box->deadline_ns)
            vb_sandbox_judge(box, L, VB_VERDICT_DEADLINE);
        box->pressed = true;
        return true;
    }
    /* Long strings cost what they weigh: an instruction may join 256 KiB. Short ones are not
     * counted, as whether they are new depends on the collector. */
    if (string && nsize > VB_CELL_MAX)
        box->fuel -= (int64_t)(nsize / VB_CELL_STEP);
    if (nsize >= VB_HEAVY_BYTES)
        vb_sandbox_look_closely(box, L);
    box->pressed = false;
    return false;
}

void *vb_sandbox_allocate(void *ctx, void *ptr, size_t osize, size_t nsize)
{
    struct vb_sandbox *box = ctx;
    size_t held = ptr == NULL ? 0 : osize;
    if (nsize == 0) {
        give_back(box, ptr, osize);
        box->used -= held;
        return NULL;
    }
    if (nsize > held && refused(box, ptr, osize, nsize))
        return NULL;
    void *result = ptr == NULL ? take(box, nsize) : resize(box, ptr, osize, nsize);
    if (result != NULL)
        box->used += nsize - held;
    return result;
}

void vb_sandbox_arena_make(struct vb_sandbox *box)
{
    box->arena = vb_realloc(NULL, VB_ARENA_BYTES);
    ASAN_POISON_MEMORY_REGION(box->arena, VB_ARENA_BYTES);
}

void vb_sandbox_arena_free(struct vb_sandbox *box)
{
    ASAN_UNPOISON_MEMORY_REGION(box->arena, VB_ARENA_BYTES);
    free(box->arena);
}
