/* try.h - the tests, by the file they stand in. docs/reference/conformance.md says what each asks.
 * Of this room only. */
#ifndef VB_CONFORM_TRY_H
#define VB_CONFORM_TRY_H

#include "conform/suite.h"

/* try_hello.c */
trial_run try_handshake_older, try_handshake_newer, try_handshake_major;
/* try_options.c */
trial_run try_options_described, try_options_secret, try_options_unknown, try_options_type,
    try_options_missing, try_options_least;
/* try_deliver.c */
trial_run try_delivery, try_revisions, try_duplicate, try_huge_drawing, try_missing_scores,
    try_consent_levels;
/* try_back.c */
trial_run try_erased_person, try_withdrawal, try_correction;
/* try_answer.c */
trial_run try_wrong_stream, try_no_answer, try_two_answers, try_answer_after_shutdown, try_crash,
    try_abort, try_hang;
/* try_process.c */
trial_run try_shutdown, try_end_of_input, try_restart, try_fork, try_closed_descriptors,
    try_memory_growth;
/* try_receiver.c */
trial_run try_retry_then_success, try_rejection, try_slow_receiver, try_no_answers_in_logs;

#endif
