/* term_run.h - one vb_term_run: everybody who comes to this keyboard. Room term only. */
#ifndef VB_TERM_RUN_H
#define VB_TERM_RUN_H

#include "term/term.h"
#include "term/term_ask.h"
#include "term/term_people.h"

struct vb_term {
    struct vb_term_options options;
    struct vb_desk desk;
    struct vb_loop *loop;
};

struct vb_run {
    struct vb_term *term;
    struct vb_round *round;
    const struct vb_plan *plan;
    const char *only;
    struct vb_people people;
    struct vb_arena arena;
    bool someone_was; /* the next person needs a hand-over */
    bool released;
    bool warn_later;       /* staff share the terminal with whoever answers */
    bool takes_back;       /* the last one left a correction to take everything back */
    enum vb_tongue tongue; /* of whoever started it */
    struct vb_err broken;  /* of the first session whose script failed; code VB_OK: none did */
};

/* Signals come to this terminal from enter on, and stop what waits for a line; leave gives them
 * back. code: how it ended. */
enum vb_code vb_term_enter(struct vb_term *term, struct vb_err *err);
enum vb_code vb_term_leave(struct vb_term *term, enum vb_code code, struct vb_err *err);

/* term_person.c: one person's turn, from who sits here to the yes or no. */
enum vb_code vb_run_person(struct vb_run *run, const struct vb_due *due, struct vb_err *err);
/* A session's questions until it is over. stop: its first step is to stop. */
enum vb_code vb_run_walk(struct vb_run *run, struct vb_session *session, bool stop,
                         struct vb_err *err);
/* Its script failed: the person reads a word about it. */
enum vb_code vb_run_broken(struct vb_run *run, const struct vb_session *session,
                           struct vb_err *err);
enum vb_code vb_run_settle(struct vb_run *run, struct vb_err *err);
/* term_correct.c */
enum vb_code vb_run_correct(struct vb_run *run, struct vb_err *err);

#endif
