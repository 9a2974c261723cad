/* witness.h - says what a program has acknowledged.
 *
 * A program linked with witness.c and
 *
 *      -Wl,--wrap=NAME of vb_store_commit, vb_store_submit, vb_workplace_open,
 * vb_workplace_open_kept
 *
 * is the same program, only that after every commit that is durable, before anybody is told of it,
 * and after every opening, before anything is shown, all that the store now holds (dump.h) is
 * written in one piece to the descriptor $CRASH_MARKS: into the record, or into a pipe. Without
 * $CRASH_MARKS it says nothing. Stores that keep nothing (a stage, one in memory) are passed by.
 * One commit at a time. */
#ifndef CRASH_WITNESS_H
#define CRASH_WITNESS_H

#include "dump.h"

#define WITNESS_MARK  "-- kept --\n"  /* every mark begins with it */
#define WITNESS_AUDIT "-- audit --\n" /* stands between rows and audit */

struct witnessed { /* a mark, taken apart; borrowed from it */
    const char *rows, *audit;
    size_t rows_len, audit_len;
};
struct witnessed witness_read(const char *mark, size_t len);

/* Is it the same: the rows exactly? The audit may have gone on: whoever opens a store may have to
 * say so. */
bool witness_is(const struct dump *dump, const struct witnessed *mark);

/* Does the store hold what the last of these marks says (before: what it held without any), and
 * nothing more but what one commit brings: no event, or `events` of them? VB_E_DATA names what is
 * lost. States may have gone on; what was acknowledged for good (events, persons, revisions,
 * pictures) stands as it was. */
enum vb_code witness_holds(const struct vb_buf *marks, const struct vb_buf *before,
                           const struct dump *dump, int events, struct vb_err *err);
int witness_events(const char *rows, size_t len); /* how many there are */

#endif
