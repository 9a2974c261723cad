/* try_deliver.c - results of all kinds, and the same one twice. */
#include <string.h>

#include "conform/life.h"
#include "conform/receiver.h"
#include "conform/try.h"

/* Finishes a life that is to be finished only when all went well. */
static void close_up(struct trial *trial, struct life *life)
{
    if (trial_goes_on(trial))
        trial_finish(life);
    else
        life_end(life);
}

static void deliver_sample(struct life *life, struct trial *trial, const struct sampled *round,
                           const char *sample, int revision)
{
    struct sending sending = sending_of(trial, round, sample, revision);
    if (trial_goes_on(trial))
        trial_deliver(life, &sending, 1);
}

static size_t bytes_below(const char *path)
{
    struct tree tree;
    size_t bytes = 0;
    tree_read(&tree, path);
    for (size_t i = 0; i < tree.count; i++)
        bytes += tree.files[i].bytes.len;
    tree_finish(&tree);
    return bytes;
}

/* Whoever says where it goes looks there as well. */
static bool is_ours(const struct trial *trial)
{
    return trial->suite->to == VB_TO_FILES && trial->suite->asked->given_count == 0;
}

void try_delivery(struct trial *trial)
{
    struct sampled round = sampled_round(trial);
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    deliver_sample(life, trial, &round, "items", 1);
    if (trial_goes_on(trial) && is_ours(trial) && bytes_below(trial->files) == 0)
        trial_fail(trial, "it said delivered, and there is nothing at any path it was given");
    if (trial_goes_on(trial) && trial->suite->to == VB_TO_HTTP &&
        receiver_requests(trial->suite) == 0)
        trial_fail(trial, "it said delivered, and no request came");
    close_up(trial, life);
}

void try_revisions(struct trial *trial)
{
    struct sampled one = sampled_round(trial), other = sampled_round(trial);
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    deliver_sample(life, trial, &one, "one-side", 1);
    deliver_sample(life, trial, &other, "items", 1);
    deliver_sample(life, trial, &one, "late", 2);
    deliver_sample(life, trial, &one, "talk", 3);
    deliver_sample(life, trial, &other, "talk", 2);
    deliver_sample(life, trial, &one, "corrected", 4);
    close_up(trial, life);
}

void try_missing_scores(struct trial *trial)
{
    struct sampled one = sampled_round(trial), other = sampled_round(trial);
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    deliver_sample(life, trial, &one, "missing", 1);
    deliver_sample(life, trial, &other, "missing-research", 1);
    close_up(trial, life);
}

void try_consent_levels(struct trial *trial)
{
    static const char *const samples[] = { "event",           "sheet",         "scores",
                                           "items",           "dossier-event", "dossier",
                                           "research-scores", "research",      "withdrawn" };
    for (size_t i = 0; i < sizeof samples / sizeof *samples && trial_goes_on(trial); i++) {
        /* An output has one content and purpose: each is tried in a life of its own. */
        struct sampled round = sampled_round(trial);
        struct life *life = trial_begin(trial);
        if (life == NULL)
            return;
        deliver_sample(life, trial, &round, samples[i], 1);
        close_up(trial, life);
        tree_remove(trial->files);
        tree_make(trial->files);
    }
}

void try_huge_drawing(struct trial *trial)
{
    struct sampled round = sampled_round(trial);
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    struct sending sending = sending_huge(trial, &round, 1);
    const struct answer *answer = trial_answer(life, &sending, 1);
    if (answer != NULL && answer->says == VB_SAYS_RETRY)
        trial_fail(trial, "it said retry (%s), and it will be as large the next time",
                   answer->reason);
    if (answer != NULL && answer->says == VB_SAYS_REJECTED && trial->suite->to == VB_TO_FILES)
        trial_fail(trial, "it said rejected: %s", answer->reason);
    close_up(trial, life);
}

/* -- the same parcel again --------------------------------------------------------------------- */

struct count {
    size_t words, ids;
};

static struct count count_of(const struct trial *trial, const struct sampled *round,
                             const struct sending *sending)
{
    return (struct count){
        .words =
            tree_count(trial->files, sending->words[0]) + tree_count(trial->dir, sending->words[0]),
        .ids = tree_count(trial->files, round->round) + tree_count(trial->dir, round->round),
    };
}

/* Where its words stand more often, so does the round's id: a reader tells by it. */
static void once_or_told(struct trial *trial, struct count before, struct count after)
{
    if (after.words > before.words && after.ids <= before.ids)
        trial_fail(trial,
                   "after the same parcel came again, the answers stand there %zu times instead of "
                   "%zu, and nothing tells that they are the same result: write its id along, or "
                   "keep it once",
                   after.words, before.words);
}

void try_duplicate(struct trial *trial)
{
    struct sampled round = sampled_round(trial);
    struct sending sending = sending_of(trial, &round, "items", 1);
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    trial_deliver(life, &sending, 1);
    struct count first = count_of(trial, &round, &sending);
    size_t ids = receiver_ids(trial->suite);
    if (trial_goes_on(trial))
        trial_deliver(life, &sending, 2);
    close_up(trial, life);
    if (trial_goes_on(trial) && (life = trial_begin(trial)) != NULL) {
        trial_deliver(life, &sending, 3);
        close_up(trial, life);
    }
    if (trial_goes_on(trial))
        once_or_told(trial, first, count_of(trial, &round, &sending));
    if (trial_goes_on(trial) && receiver_ids(trial->suite) != ids)
        trial_fail(trial, "when the same parcel came again, the receiver got it with another id");
}
