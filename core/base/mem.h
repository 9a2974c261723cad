/* mem.h - memory that is there, and arenas that go at once.
 *
 * vb_alloc and friends abort when memory is gone: the answer log is durable and a restart replays
 * it. What comes from outside has a limit first. An arena belongs to one thread and one owner. */
#ifndef VB_MEM_H
#define VB_MEM_H

#include <stddef.h>

void *vb_alloc(size_t size);              /* zeroed; the caller frees it with free() */
void *vb_realloc(void *old, size_t size); /* as realloc, never NULL */
char *vb_strdup(const char *s);           /* NULL gives NULL */
#define vb_new(type) ((type *)vb_alloc(sizeof(type)))

/* Makes room for one more element: grows *items (of size bytes each) when count == *cap, and
 * returns a pointer to the new, zeroed element at index count. The caller raises its count. */
void *vb_push(void *items_ptr, size_t count, size_t *cap, size_t size);

struct vb_arena_block;
struct vb_arena {
    struct vb_arena_block *block; /* the one being filled; zero-initialise the struct */
};
void vb_arena_finish(struct vb_arena *arena); /* frees everything; the arena may be used again */
void vb_arena_reset(struct vb_arena *arena);  /* empties it and keeps one block for the next use */
void *vb_arena_alloc(struct vb_arena *arena, size_t size); /* zeroed, 16-byte aligned */
char *vb_arena_strdup(struct vb_arena *arena, const char *s);
char *vb_arena_strndup(struct vb_arena *arena, const char *s, size_t len); /* adds the NUL */
char *vb_arena_printf(struct vb_arena *arena, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* As vb_push, in an arena: the old array is left behind when it grows. */
void *vb_arena_push(struct vb_arena *arena, void *items_ptr, size_t count, size_t *cap,
                    size_t size);
#define vb_arena_new(arena, type) ((type *)vb_arena_alloc((arena), sizeof(type)))

#endif
