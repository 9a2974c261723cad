/* life.h - one process of the plugin, as its engine sees it. Of this room only.
 *
 * Says lines, waits for lines, and keeps all that came: answers, what is not of the protocol, logs
 * and stderr. Nothing is judged here but by the functions that say so, which fail the trial. */
#ifndef VB_CONFORM_LIFE_H
#define VB_CONFORM_LIFE_H

#include "conform/sending.h"
#include "conform/suite.h"

enum { READY_MS = 6000, DEADLINE_MS = 4000, FINISH_MS = 3000 };
struct answer {
    enum vb_plugin_says says; /* delivered, retry, rejected */
    const char *parcel, *reason;
    int64_t after_ms;
};
struct life;
/* How it is started, where that is not as usual. */
struct birth {
    const char *options;   /* NULL: "null", it is only to describe itself */
    const char *hello;     /* this line instead of a hello of our own */
    const char *stderr_to; /* a path that stderr is opened on; NULL: a pipe to us */
};
/* Starts it and says hello; NULL: the trial failed. Ended by life_end. */
struct life *life_start(struct trial *trial, const struct birth *birth);
void life_end(struct life *life); /* NULL is fine; what still runs is killed */

void life_close_input(struct life *life);
void life_shut(struct life *life, int64_t deadline_ms); /* asks it to finish; its input ends too */
void life_kill(struct life *life); /* SIGKILL to the group, and waits until it is gone */

/* Each waits at most that long, scaled by the suite's patience; false: it did not happen (it ended,
 * or was silent). */
bool life_until_ready(struct life *life);
bool life_until_answers(struct life *life, size_t count, int64_t wait_ms);
bool life_until_ended(struct life *life, int64_t wait_ms);
void life_listen(struct life *life, int64_t wait_ms); /* whatever comes meanwhile */
/* The suite's patience, in percent, once another deadline was missed: so that a run in which
 * everything hangs ends within half a minute. */
int64_t patience_after_miss(int64_t percent);

const struct vb_plugin_line *life_described(const struct life *life); /* NULL: not ready yet */
bool life_ended(const struct life *life);
int life_signal(const struct life *life);  /* 0: it ended by itself */
bool life_closed(const struct life *life); /* its output, before it ended */
const struct answer *life_answers(const struct life *life, size_t *count);
const char *life_wrong(const struct life *life); /* first line not of the protocol; NULL: none */
const struct vb_buf *life_said(const struct life *life); /* logs, reasons and stderr */
int life_group(const struct life *life);
/* "it was ended by signal 11 (Segmentation fault)": what became of it, in the trial's arena. */
const char *life_fate(const struct life *life);

/* -- what most tests do; each fails the trial when it goes otherwise ----------------------------
 */

struct life *trial_begin(struct trial *trial); /* with all options, until it is ready */
/* Hands it over without waiting: the instrument first, where it was not said yet. */
void life_give(struct life *life, const struct sending *sending, int attempt, int64_t deadline_ms);
/* The same, and the answer to it; NULL: none came in time, and the trial failed. */
const struct answer *trial_answer(struct life *life, const struct sending *sending, int attempt);
/* The same, and it must be delivered. */
bool trial_deliver(struct life *life, const struct sending *sending, int attempt);
/* Asks it to finish: it must end by itself with 0. Then the life is over (life_end is done). */
bool trial_finish(struct life *life);

#endif
