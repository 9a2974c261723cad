/* turns.h - long work done in short pieces: one piece in each turn of the loop, by turns.
 *
 * Between two pieces the loop hears its sockets and timers. So whoever comes in meanwhile waits for
 * one piece, however many are at work. Belongs to its loop's thread; destroyed before the loop. */
#ifndef VB_TURNS_H
#define VB_TURNS_H

#include <stddef.h>

#include "loop/loop.h"

struct vb_turns;
struct vb_turn { /* a caller's own struct holds one; zero-initialise */
    struct vb_turn *next;
    bool waiting;
    /* One piece. True: there is more, after everybody else had a turn. It may add and drop turns,
     * and when it returns false free its own memory. */
    bool (*go)(struct vb_turn *turn);
};

enum vb_code vb_turns_create(struct vb_turns **out, struct vb_loop *loop, struct vb_err *err);
void vb_turns_destroy(struct vb_turns *turns); /* NULL is fine; nobody waits any more */
/* At the end of the row; one that waits already keeps its place. A waiting turn keeps the loop
 * alive. */
void vb_turns_add(struct vb_turns *turns, struct vb_turn *turn);
void vb_turns_drop(struct vb_turns *turns,
                   struct vb_turn *turn); /* one that is not there is fine */
size_t vb_turns_waiting(const struct vb_turns *turns);

#endif
