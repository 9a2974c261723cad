/* try_receiver.c - a receiver that is not there, one that refuses, and what is said about it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "conform/life.h"
#include "conform/receiver.h"
#include "conform/try.h"

static void close_up(struct trial *trial, struct life *life)
{
    if (trial_goes_on(trial))
        trial_finish(life);
    else
        life_end(life);
}

/* -- where its files go becomes a file itself ----------------------------------------------------
 */

static const char *away(struct trial *trial)
{
    return vb_arena_printf(&trial->arena, "%s.away", trial->files);
}

static void block_files(struct trial *trial)
{
    if (rename(trial->files, away(trial)) != 0 || !tree_write(trial->files, "", 0))
        trial_fail(trial, "the suite cannot put a file in the place of %s", trial->files);
}

static void free_files(struct trial *trial)
{
    if (unlink(trial->files) != 0 || rename(away(trial), trial->files) != 0)
        trial_fail(trial, "the suite cannot put %s back", trial->files);
}

/* Ready and retry, or not ready and gone: both wait. NULL: it is gone, as it may, or the trial
 * failed. */
static struct life *waits(struct trial *trial, const char *options, const struct sending *sending)
{
    struct life *life = life_start(trial, &(struct birth){ .options = options });
    if (life == NULL)
        return NULL;
    if (life_until_ready(life)) {
        const struct answer *answer = trial_answer(life, sending, 1);
        if (answer != NULL && answer->says == VB_SAYS_RETRY)
            return life;
        if (answer != NULL)
            trial_fail(trial, "its receiver was not there, and it said %s: that is final",
                       answer->says == VB_SAYS_REJECTED ? "rejected" : "delivered");
    } else if (!life_ended(life)) {
        trial_fail(trial, "its receiver was not there, and it neither was ready nor ended");
    } else if (life_signal(life) != 0) {
        trial_fail(trial, "its receiver was not there, and %s", life_fate(life));
    }
    life_end(life);
    return NULL;
}

static void retry_files(struct trial *trial)
{
    struct sampled round = sampled_round(trial);
    struct sending sending = sending_of(trial, &round, "items", 1);
    const char *options = trial_options(trial, NULL, false);
    block_files(trial);
    struct life *life = trial_goes_on(trial) ? waits(trial, options, &sending) : NULL;
    free_files(trial);
    if (life == NULL && trial_goes_on(trial))
        life = trial_begin(trial);
    if (life == NULL)
        return;
    if (trial_goes_on(trial))
        trial_deliver(life, &sending, 2);
    close_up(trial, life);
}

/* -- a receiver that answers, or does not --------------------------------------------------------
 */

static void retries(struct trial *trial, struct life *life, const struct sending *sending,
                    int attempt, const char *what)
{
    const struct answer *answer = trial_answer(life, sending, attempt);
    if (answer != NULL && answer->says != VB_SAYS_RETRY)
        trial_fail(trial, "%s, and it said %s: that is final", what,
                   answer->says == VB_SAYS_REJECTED ? "rejected" : "delivered");
}

static void retry_http(struct trial *trial)
{
    static const struct {
        int status, retry_after_s;
        const char *what;
    } bad[] = { { 503, 1, "its receiver answered 503" },
                { 429, 1, "its receiver answered 429" },
                { 500, 0, "its receiver answered 500" },
                { 0, 0, "its receiver hung up" } };
    struct sampled round = sampled_round(trial);
    struct sending sending = sending_of(trial, &round, "items", 1);
    struct life *life = trial_begin(trial);
    int attempt = 1;
    if (life == NULL)
        return;
    for (size_t i = 0; i < sizeof bad / sizeof *bad && trial_goes_on(trial); i++) {
        receiver_answers(trial->suite, bad[i].status, bad[i].retry_after_s, 0);
        retries(trial, life, &sending, attempt++, bad[i].what);
    }
    receiver_answers(trial->suite, 200, 0, 0);
    if (trial_goes_on(trial))
        trial_deliver(life, &sending, attempt);
    close_up(trial, life);
}

static void retry_nats(struct trial *trial)
{
    struct sampled round = sampled_round(trial);
    struct sending sending = sending_of(trial, &round, "items", 1);
    const char *options = trial_options(trial, NULL, false);
    receiver_down(trial->suite);
    struct life *life = waits(trial, options, &sending);
    receiver_up(trial->suite);
    if (life == NULL && trial_goes_on(trial))
        life = trial_begin(trial);
    if (life == NULL)
        return;
    if (trial_goes_on(trial))
        trial_deliver(life, &sending, 2);
    close_up(trial, life);
}

void try_retry_then_success(struct trial *trial)
{
    switch (trial->suite->to) {
    case VB_TO_FILES:
        retry_files(trial);
        break;
    case VB_TO_HTTP:
        retry_http(trial);
        break;
    case VB_TO_NATS:
        retry_nats(trial);
        break;
    case VB_TO_NOBODY:
        trial_skip(trial, "it has no receiver that can be taken away");
        break;
    }
}

enum { SLOW_MS = 700, GIVEN_MS = 1500, NEVER_MS = 6000 };

/* The receiver is held up by the caller; it is answered in the time that was given. */
static void answers_in_time(struct trial *trial, struct life *life, const struct sending *sending)
{
    size_t count;
    const struct answer *answers = life_answers(life, &count);
    life_give(life, sending, 2, GIVEN_MS);
    if (!life_until_answers(life, count + 1, GIVEN_MS))
        trial_fail(trial,
                   "its receiver was silent, and it did not say so within the %d ms it "
                   "was given: %s",
                   GIVEN_MS, life_fate(life));
    else if ((answers = life_answers(life, &count))[count - 1].says != VB_SAYS_RETRY)
        trial_fail(trial, "its receiver was silent, and it did not say retry");
}

static void slow_http(struct trial *trial, struct life *life, const struct sending *sending)
{
    receiver_answers(trial->suite, 200, 0, SLOW_MS);
    if (!trial_deliver(life, sending, 1))
        return;
    receiver_answers(trial->suite, 200, 0, NEVER_MS);
    answers_in_time(trial, life, sending);
    receiver_answers(trial->suite, 200, 0, 0);
}

static void slow_nats(struct trial *trial, struct life *life, const struct sending *sending)
{
    if (!trial_deliver(life, sending, 1))
        return;
    receiver_stop(trial->suite, true);
    answers_in_time(trial, life, sending);
    receiver_stop(trial->suite, false);
}

void try_slow_receiver(struct trial *trial)
{
    enum vb_receiver to = trial->suite->to;
    struct sampled round = sampled_round(trial);
    if (to != VB_TO_HTTP && to != VB_TO_NATS) {
        trial_skip(trial, "it has no receiver that could be slow");
        return;
    }
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    struct sending sending = sending_of(trial, &round, "items", 1);
    if (to == VB_TO_HTTP)
        slow_http(trial, life, &sending);
    else
        slow_nats(trial, life, &sending);
    if (trial_goes_on(trial))
        trial_deliver(life, &sending, 3);
    close_up(trial, life);
}

/* -- what can never be taken ---------------------------------------------------------------------
 */

static void is_rejected(struct trial *trial, struct life *life, const struct sending *sending,
                        int status)
{
    receiver_answers(trial->suite, status, 0, 0);
    const struct answer *answer = trial_answer(life, sending, 1);
    if (answer != NULL && answer->says != VB_SAYS_REJECTED)
        trial_fail(trial, "its receiver answered %d, and it did not say rejected", status);
    else if (answer != NULL && answer->reason[0] == '\0')
        trial_fail(trial, "it said rejected without a reason, and somebody has to look at it");
    receiver_answers(trial->suite, 200, 0, 0);
}

void try_rejection(struct trial *trial)
{
    struct sampled round = sampled_round(trial), plain = sampled_round(trial);
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    struct sending odd = sending_of(trial, &round, "items", 1),
                   usual = sending_of(trial, &plain, "items", 1);
    if (trial->suite->to == VB_TO_HTTP) {
        is_rejected(trial, life, &odd, 400);
        if (trial_goes_on(trial))
            is_rejected(trial, life, &odd, 422);
    }
    sending_change(trial, &odd, "verbond.result/1", "verbond.result/9");
    const struct answer *answer = trial_goes_on(trial) ? trial_answer(life, &odd, 1) : NULL;
    if (answer != NULL && answer->says == VB_SAYS_REJECTED && answer->reason[0] == '\0')
        trial_fail(trial, "it said rejected without a reason, and somebody has to look at it");
    if (trial_goes_on(trial))
        trial_deliver(life, &usual, 1);
    close_up(trial, life);
}

/* -- logs ----------------------------------------------------------------------------------------
 */

static void said_nothing(struct trial *trial, const struct life *life,
                         const struct sending *sending)
{
    const struct vb_buf *said = life_said(life);
    for (int i = 0; i < 3; i++)
        if (said->len > 0 &&
            memmem(said->data, said->len, sending->words[i], strlen(sending->words[i])) != NULL)
            trial_fail(trial, "words of an answer are in a log line or a reason");
}

static void named_nothing(struct trial *trial, const char *folder, const struct sending *sending)
{
    struct tree tree;
    tree_read(&tree, folder);
    for (size_t i = 0; i < tree.count; i++)
        for (int w = 0; w < 3; w++)
            if (strstr(tree.files[i].name, sending->words[w]) != NULL)
                trial_fail(trial, "words of an answer are in the name of a file");
    tree_finish(&tree);
}

void try_no_answers_in_logs(struct trial *trial)
{
    struct sampled round = sampled_round(trial), other = sampled_round(trial);
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    struct sending sent[] = { sending_of(trial, &round, "items", 1),
                              sending_of(trial, &round, "talk", 2),
                              sending_of(trial, &other, "items", 1),
                              sending_of(trial, &round, "withdrawn-person", 3) };
    sending_change(trial, &sent[2], "verbond.result/1", "verbond.result/9");
    size_t count = sizeof sent / sizeof *sent;
    /* This one answers with what it was sent. */
    receiver_answers(trial->suite, 400, 0, 0);
    (void)trial_answer(life, &sent[0], 1);
    receiver_answers(trial->suite, 503, 1, 0);
    if (trial_goes_on(trial))
        (void)trial_answer(life, &sent[0], 2);
    receiver_answers(trial->suite, 200, 0, 0);
    for (size_t i = 0; i < count && trial_goes_on(trial); i++)
        (void)trial_answer(life, &sent[i], 3);
    life_shut(life, FINISH_MS);
    (void)life_until_ended(life, FINISH_MS);
    for (size_t i = 0; i < count && trial_goes_on(trial); i++) {
        said_nothing(trial, life, &sent[i]);
        named_nothing(trial, trial->files, &sent[i]);
        named_nothing(trial, trial->dir, &sent[i]);
    }
    life_end(life);
}
