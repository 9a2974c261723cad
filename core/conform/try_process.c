/* try_process.c - its process: how it ends, what it leaves, how much it takes. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/sanitized.h"
#include "base/str.h"
#include "conform/group.h"
#include "conform/life.h"
#include "conform/try.h"

static void close_up(struct trial *trial, struct life *life)
{
    if (trial_goes_on(trial))
        trial_finish(life);
    else
        life_end(life);
}

static bool deliver_one(struct trial *trial, struct life *life)
{
    struct sampled round = sampled_round(trial);
    struct sending sending = sending_of(trial, &round, "items", 1);
    return trial_deliver(life, &sending, 1);
}

/* -- its end ----------------------------------------------------------------------------------- */

void try_shutdown(struct trial *trial)
{
    struct life *idle = trial_begin(trial);
    if (idle == NULL || !trial_finish(idle))
        return;
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    deliver_one(trial, life);
    close_up(trial, life);
}

void try_end_of_input(struct trial *trial)
{
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    if (deliver_one(trial, life)) {
        life_close_input(life);
        if (!life_until_ended(life, FINISH_MS))
            trial_fail(trial, "its input ended, and it ran on");
        else if (life_signal(life) != 0)
            trial_fail(trial, "its input ended, and %s", life_fate(life));
    }
    life_end(life);
}

void try_fork(struct trial *trial)
{
    char name[64] = "";
    (void)suite_reap(trial->suite, name, sizeof name); /* of others */
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    deliver_one(trial, life);
    close_up(trial, life);
    int left = suite_reap(trial->suite, name, sizeof name);
    if (trial_goes_on(trial) && left > 0)
        trial_fail(trial, "it ended, and %d process%s of it ran on (%s)", left,
                   left == 1 ? "" : "es", name);
}

void try_closed_descriptors(struct trial *trial)
{
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    if (deliver_one(trial, life) && life_closed(life))
        trial_fail(trial, "it closed its output, and can never answer again");
    close_up(trial, life);
    if (!trial_goes_on(trial))
        return;
    life = life_start(trial, &(struct birth){ .options = trial_options(trial, NULL, false),
                                              .stderr_to = "/dev/full" });
    if (life == NULL)
        return;
    if (!life_until_ready(life))
        trial_fail(trial, "nothing can be written to its stderr, and it was not ready: %s",
                   life_fate(life));
    else
        deliver_one(trial, life);
    close_up(trial, life);
}

/* -- killed in the middle -----------------------------------------------------------------------
 */

enum { KILLS = 10 };

static void afresh(struct trial *trial)
{
    tree_remove(trial->files);
    tree_remove(trial->dir);
    tree_make(trial->files);
    tree_make(trial->dir);
}

/* What it leaves when nothing happens. */
static void undisturbed(struct trial *trial, const struct sending *sending, struct tree *out)
{
    struct life *life = trial_begin(trial);
    if (life != NULL) {
        trial_deliver(life, sending, 1);
        close_up(trial, life);
    }
    tree_read(out, trial->files);
    afresh(trial);
}

static bool is_same(const struct tree *a, const struct tree *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = vb_streq(a->files[i].name, b->files[i].name) &&
               a->files[i].bytes.len == b->files[i].bytes.len &&
               (a->files[i].bytes.len == 0 ||
                memcmp(a->files[i].bytes.data, b->files[i].bytes.data, a->files[i].bytes.len) == 0);
    return same;
}

static const struct tree_file *file_of(const struct tree *tree, const char *name)
{
    for (size_t i = 0; i < tree->count; i++)
        if (vb_streq(tree->files[i].name, name))
            return &tree->files[i];
    return NULL;
}

static bool has_line(const struct vb_buf *bytes, const char *line, size_t len)
{
    for (const char *at = bytes->data, *end = at + bytes->len; at != NULL && at < end;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t n = newline == NULL ? (size_t)(end - at) : (size_t)(newline + 1 - at);
        if (n == len && memcmp(at, line, n) == 0)
            return true;
        at += n;
    }
    return false;
}

/* Every line of the one is a line of the other: none is half. */
static bool lines_are_whole(const struct vb_buf *after, const struct vb_buf *whole)
{
    for (const char *at = after->data, *end = at + after->len; at != NULL && at < end;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t n = newline == NULL ? (size_t)(end - at) : (size_t)(newline + 1 - at);
        if (!has_line(whole, at, n))
            return false;
        at += n;
    }
    return true;
}

/* exact: two runs with nothing in between left the same bytes, so a line that is in neither is
 * half of one. */
static void is_whole(struct trial *trial, const struct tree *whole, bool exact)
{
    struct tree after;
    tree_read(&after, trial->files);
    for (size_t i = 0; i < whole->count && trial_goes_on(trial); i++) {
        const struct tree_file *before = &whole->files[i], *file = file_of(&after, before->name);
        if (file == NULL)
            trial_fail(trial,
                       "it was killed %d times in a delivery, then said delivered, and %s "
                       "is not there",
                       KILLS, before->name);
        else if (file->bytes.len < before->bytes.len)
            trial_fail(trial,
                       "it was killed %d times in a delivery, then said delivered, and %s "
                       "has %zu bytes instead of %zu",
                       KILLS, before->name, file->bytes.len, before->bytes.len);
        else if (exact && !lines_are_whole(&file->bytes, &before->bytes))
            trial_fail(trial,
                       "it was killed %d times in a delivery, then said delivered, and %s "
                       "has a line that is not whole",
                       KILLS, before->name);
    }
    tree_finish(&after);
}

static void kill_in_the_middle(struct trial *trial, const struct sending *sending, int attempt)
{
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    life_give(life, sending, attempt, DEADLINE_MS);
    life_listen(life, attempt - 1); /* later each time */
    life_kill(life);
    life_end(life);
}

/* What a kill left beside its files goes as well when everything is erased. */
static void nothing_is_left(struct trial *trial, const struct sending *sending,
                            const struct sampled *round)
{
    struct life *life = trial_begin(trial);
    struct sending erased = sending_of(trial, round, "erased", 2);
    if (life == NULL)
        return;
    trial_deliver(life, &erased, 1);
    close_up(trial, life);
    const char *in_files = tree_find(&trial->arena, trial->files, sending->words[0]),
               *in_dir = tree_find(&trial->arena, trial->dir, sending->words[0]);
    if (trial_goes_on(trial) && (in_files != NULL || in_dir != NULL))
        trial_fail(trial,
                   "what it was killed in the middle of is still in %s after everything "
                   "was erased",
                   in_files != NULL ? in_files : in_dir);
}

void try_restart(struct trial *trial)
{
    struct sampled round = sampled_round(trial);
    struct sending sending = sending_long(trial, &round, "items", 1, 300000);
    struct tree first, second;
    undisturbed(trial, &sending, &first);
    undisturbed(trial, &sending, &second);
    bool exact = is_same(&first, &second);
    for (int i = 0; i < KILLS && trial_goes_on(trial); i++)
        kill_in_the_middle(trial, &sending, i + 1);
    struct life *life = trial_begin(trial);
    if (life != NULL) {
        trial_deliver(life, &sending, KILLS + 1);
        close_up(trial, life);
    }
    if (trial_goes_on(trial))
        is_whole(trial, &first, exact);
    if (trial_goes_on(trial))
        nothing_is_left(trial, &sending, &round);
    tree_finish(&first);
    tree_finish(&second);
}

/* -- memory -------------------------------------------------------------------------------------
 */

enum {
    MANY = 240,
    FEW = MANY / 4,
    FEWEST = 40, /* that tell anything, of a plugin that is slow */
    MANY_MS = 4000,
    MORE_BYTES = 32 * 1024, /* of words in each */
    GROWTH_KIB = 3 * 1024
};

/* One round, so that a plugin that keeps the newest of each keeps one. */
void try_memory_growth(struct trial *trial)
{
    const struct vb_clock clock = vb_clock_system();
    struct sampled round = sampled_round(trial);
    long few = 0;
    int n = 0, at_few = 0;
    if (VB_SANITIZED) {
        trial_skip(trial, "this verbond was built with a sanitizer, which keeps what is freed");
        return;
    }
    struct life *life = trial_begin(trial);
    if (life == NULL)
        return;
    for (int64_t begin = clock.mono_ns(clock.ctx); n < MANY && trial_goes_on(trial); n++) {
        int64_t spent_ms = (clock.mono_ns(clock.ctx) - begin) / 1000000;
        if (spent_ms > MANY_MS)
            break;
        if (few == 0 && (n == FEW || spent_ms > MANY_MS / 4)) {
            few = group_memory_kib(life_group(life));
            at_few = n;
        }
        struct sending sending =
            sending_long(trial, &round, n == 0 ? "items" : "talk", n + 1, MORE_BYTES);
        trial_deliver(life, &sending, 1);
    }
    long many = trial_goes_on(trial) ? group_memory_kib(life_group(life)) : 0;
    close_up(trial, life);
    if (trial_goes_on(trial) && n < FEWEST)
        trial_skip(trial, "it is too slow to tell: not 40 deliveries in 4 seconds");
    else if (trial_goes_on(trial) && many > few + few / 4 && many > few + GROWTH_KIB)
        trial_fail(trial, "after %d deliveries it had %ld KiB, after %d it has %ld KiB", at_few,
                   few, n, many);
}
