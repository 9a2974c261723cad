#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

static void *checked(void *p)
{
    if (p == NULL) {
        fputs("verbond: out of memory; what was acknowledged is on disk\n", stderr);
        abort();
    }
    return p;
}

void *vb_alloc(size_t size)
{
    return checked(calloc(1, size > 0 ? size : 1));
}

void *vb_realloc(void *old, size_t size)
{
    return checked(realloc(old, size > 0 ? size : 1));
}

char *vb_strdup(const char *s)
{
    return s == NULL ? NULL : checked(strdup(s));
}

void *vb_push(void *items_ptr, size_t count, size_t *cap, size_t size)
{
    void *items;
    memcpy(&items, items_ptr, sizeof items);
    if (count == *cap) {
        *cap = *cap == 0 ? 8 : *cap * 2;
        vb_assert(*cap < SIZE_MAX / size);
        items = vb_realloc(items, *cap * size);
        memcpy(items_ptr, &items, sizeof items);
    }
    return memset((char *)items + count * size, 0, size);
}

struct vb_arena_block {
    struct vb_arena_block *next;
    size_t used, size;
    _Alignas(16) char bytes[];
};

enum { BLOCK_SIZE = 4096 - sizeof(struct vb_arena_block) };

static struct vb_arena_block *new_block(size_t size)
{
    struct vb_arena_block *block = checked(malloc(sizeof *block + size));
    block->next = NULL;
    block->used = 0;
    block->size = size;
    return block;
}

static void free_blocks(struct vb_arena_block *block)
{
    while (block != NULL) {
        struct vb_arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void vb_arena_finish(struct vb_arena *arena)
{
    free_blocks(arena->block);
    arena->block = NULL;
}

void vb_arena_reset(struct vb_arena *arena)
{
    if (arena->block == NULL)
        return;
    free_blocks(arena->block->next);
    arena->block->next = NULL;
    arena->block->used = 0;
}

void *vb_arena_alloc(struct vb_arena *arena, size_t size)
{
    size = (size + 15) & ~(size_t)15;
    struct vb_arena_block *block = arena->block;
    if (block == NULL || block->size - block->used < size) {
        size_t grown = block == NULL ? BLOCK_SIZE : block->size * 2;
        if (grown > 1 << 20)
            grown = 1 << 20;
        block = new_block(size > grown ? size : grown);
        block->next = arena->block;
        arena->block = block;
    }
    void *p = block->bytes + block->used;
    block->used += size;
    return memset(p, 0, size);
}

char *vb_arena_strndup(struct vb_arena *arena, const char *s, size_t len)
{
    char *copy = vb_arena_alloc(arena, len + 1);
    if (len > 0)
        memcpy(copy, s, len);
    return copy;
}

char *vb_arena_strdup(struct vb_arena *arena, const char *s)
{
    return s == NULL ? NULL : vb_arena_strndup(arena, s, strlen(s));
}

char *vb_arena_printf(struct vb_arena *arena, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    vb_assert(n >= 0);
    char *text = vb_arena_alloc(arena, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, fmt, again);
    va_end(again);
    return text;
}

void *vb_arena_push(struct vb_arena *arena, void *items_ptr, size_t count, size_t *cap, size_t size)
{
    void *items;
    memcpy(&items, items_ptr, sizeof items);
    if (count == *cap) {
        size_t grown = *cap == 0 ? 8 : *cap * 2;
        void *bigger = vb_arena_alloc(arena, grown * size);
        if (count > 0)
            memcpy(bigger, items, count * size);
        items = bigger;
        *cap = grown;
        memcpy(items_ptr, &items, sizeof items);
    }
    return (char *)items + count * size;
}
