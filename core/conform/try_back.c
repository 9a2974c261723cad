/* try_back.c - what somebody takes back goes: no byte of it is left in the plugin's folders. */
#include <string.h>

#include "conform/life.h"
#include "conform/receiver.h"
#include "conform/try.h"

static bool is_gone(struct trial *trial, const char *word, const char *what, const char *reason)
{
    const char *places[] = { trial->files, trial->dir };
    for (int i = 0; i < 2; i++) {
        const char *file = tree_find(&trial->arena, places[i], word);
        if (file != NULL)
            return trial_fail(trial, "after a revision with reason %s, %s is still in %s", reason,
                              what, file);
    }
    return true;
}

static void all_gone(struct trial *trial, const struct sending *before, const char *reason)
{
    static const char *const whose[] = { "what the client said", "what the worker said before",
                                         "what was written down together" };
    for (int i = 0; i < 3; i++)
        if (!is_gone(trial, before->words[i], whose[i], reason))
            return;
}

/* first, then back, of one round, with another round before and behind that is to stay as it is.
 * persons: how many of the round's persons are in it no more. */
static void takes_back(struct trial *trial, const char *back, const char *reason, int persons)
{
    struct sampled round = sampled_round(trial), other = sampled_round(trial);
    struct sending beside = sending_of(trial, &other, "items", 1),
                   earlier = sending_of(trial, &round, "items", 1),
                   talk = sending_of(trial, &round, "talk", 2),
                   later = sending_of(trial, &round, back, 3);
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    if (trial_deliver(life, &beside, 1) && trial_deliver(life, &earlier, 1) &&
        trial_deliver(life, &talk, 1) && trial_deliver(life, &later, 1))
        trial_finish(life);
    else
        life_end(life);
    if (trial_goes_on(trial) && trial->suite->to == VB_TO_HTTP &&
        !receiver_heard(trial->suite, reason))
        trial_fail(trial, "the receiver was not told the reason %s", reason);
    if (trial_goes_on(trial))
        all_gone(trial, &earlier, reason);
    if (trial_goes_on(trial))
        all_gone(trial, &talk, reason);
    if (trial_goes_on(trial) && persons > 0)
        is_gone(trial, round.client, "the id of the client", reason);
    if (trial_goes_on(trial) && persons > 1)
        is_gone(trial, round.worker, "the id of the worker", reason);
}

/* Somebody else's round is not to go with it. */
static void spares_others(struct trial *trial)
{
    struct sampled round = sampled_round(trial), other = sampled_round(trial);
    struct sending beside = sending_of(trial, &other, "items", 1),
                   earlier = sending_of(trial, &round, "items", 1),
                   later = sending_of(trial, &round, "erased", 2);
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    bool delivered = trial_deliver(life, &beside, 1) && trial_deliver(life, &earlier, 1);
    size_t before = tree_count(trial->files, beside.words[1]);
    if (delivered && trial_deliver(life, &later, 1))
        trial_finish(life);
    else
        life_end(life);
    if (trial_goes_on(trial) && tree_count(trial->files, beside.words[1]) < before)
        trial_fail(trial, "when one round was erased, answers of another round went too");
}

static void afresh(struct trial *trial)
{
    tree_remove(trial->files);
    tree_remove(trial->dir);
    tree_make(trial->files);
    tree_make(trial->dir);
}

void try_erased_person(struct trial *trial)
{
    takes_back(trial, "erased-person", "erased", 1);
    afresh(trial);
    if (trial_goes_on(trial))
        takes_back(trial, "erased", "erased", 2);
    afresh(trial);
    if (trial_goes_on(trial))
        spares_others(trial);
}

void try_withdrawal(struct trial *trial)
{
    takes_back(trial, "withdrawn-person", "withdrawn", 1);
    afresh(trial);
    if (trial_goes_on(trial))
        takes_back(trial, "withdrawn", "withdrawn", 2);
}

void try_correction(struct trial *trial)
{
    takes_back(trial, "corrected", "corrected", 0);
}
