/* receiver.h - what results are sent to, by the scheme of a plugin's url: an HTTP receiver of our
 * own, or a nats-server. Started when first needed, each once a run. Of this room only. */
#ifndef VB_CONFORM_RECEIVER_H
#define VB_CONFORM_RECEIVER_H

#include "conform/suite.h"

/* Starts the one this plugin needs; where it cannot be, suite->unreceived says why. */
void receiver_begin(struct vb_suite *suite);
void receiver_end(struct vb_suite *suite);
/* The url that takes sample's place, with its path; sample itself where there is no receiver. */
const char *vb_receiver_url(struct vb_suite *suite, struct vb_arena *arena, const char *sample);

/* -- HTTP: how it answers from now on, and what came --------------------------------------------
 */

/* status 0: it hangs up. Requests that came are forgotten by receiver_forget. */
void receiver_answers(struct vb_suite *suite, int status, int retry_after_s, int delay_ms);
void receiver_forget(struct vb_suite *suite);
size_t receiver_requests(struct vb_suite *suite);              /* all that arrived until now */
size_t receiver_ids(struct vb_suite *suite);                   /* how many different ones, by id */
bool receiver_heard(struct vb_suite *suite, const char *word); /* in a body */

/* -- NATS ---------------------------------------------------------------------------------------
 */

void receiver_stop(struct vb_suite *suite, bool stopped); /* it is frozen, and goes on */
void receiver_down(struct vb_suite *suite);               /* it is killed */
void receiver_up(struct vb_suite *suite);                 /* again, where it was */
void receiver_afresh(struct vb_suite *suite);             /* again, with nothing in its store */

/* Children of ours that are no plugin's. */
size_t receiver_children(const struct vb_suite *suite, int out[2]);

#endif
