/* try_receiver.c - a receiver that is not there, one that refuses, and what is said about it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "conform/life.h"
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

void try_retry_then_success(struct trial *trial)
{
    switch (trial->suite->to) {
    case VB_TO_FILES:
        retry_files(trial);
        break;
    case VB_TO_HTTP:
    case VB_TO_NATS:
    case VB_TO_NOBODY:
        trial_skip(trial, "it has no receiver that can be taken away");
        break;
    }
}

/* -- what can never be taken ---------------------------------------------------------------------
 */

void try_rejection(struct trial *trial)
{
    struct sampled round = sampled_round(trial), plain = sampled_round(trial);
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    struct sending odd = sending_of(trial, &round, "items", 1),
                   usual = sending_of(trial, &plain, "items", 1);
    sending_change(trial, &odd, "verbond.result/1", "verbond.result/9");
    const struct answer *answer = trial_answer(life, &odd, 1);
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
    for (size_t i = 0; i < count && trial_goes_on(trial); i++)
        (void)trial_answer(life, &sent[i], 1);
    life_shut(life, FINISH_MS);
    (void)life_until_ended(life, FINISH_MS);
    for (size_t i = 0; i < count && trial_goes_on(trial); i++) {
        said_nothing(trial, life, &sent[i]);
        named_nothing(trial, trial->files, &sent[i]);
        named_nothing(trial, trial->dir, &sent[i]);
    }
    life_end(life);
}
