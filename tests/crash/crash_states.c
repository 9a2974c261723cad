/* crash_states.c - cuts the power at every moment of a record and looks at what is left.
 *
 *   states RECORD DIR COUNT SEED [PARTS PART]
 *
 * RECORD was written by record.so of a program with a witness that worked in DIR. So many different
 * disks are put together (disk.h): first, at every step, what comes of nothing, all, lengths alone
 * and a torn last write, by both rules for names; then what chance gives. Each is opened by
 * verbond's own code and must hold, whole, exactly what was acknowledged before the cut, or that
 * and the one commit that was on its way. In a record in which a sync failed or a process was
 * killed, only what comes after that is cut. Every now and then the round on it is also played to
 * its end, or the power is cut once more while it is opened.
 *
 * PARTS PART: takes only the part of the disks that falls to it, so that several can share the
 * work. Ends with "N states, N played on, N cut again, N lost, N corrupt" and 0 when nothing was.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "again.h"
#include "base/str.h"
#include "disk.h"
#include "folder.h"
#include "witness.h"

enum { PLAYED_EVERY = 40, AGAIN_EVERY = 50, AGAIN = 12, SHOWN = 5 };

struct job {
    const char *dir;      /* the recorded one */
    const char *programs; /* where play and record.so are */
    char *work;           /* where states are put */
    struct disk *disk;
    const struct disk_mark *marks;
    size_t mark_count;
    unsigned parts, part;
    struct disk_image image;
    struct dump dump;
    struct dump_plans plans;
    struct vb_buf end; /* how every walk stands once all is played to its end */
    uint64_t *seen;    /* hashes, an open table; 0: free */
    size_t seen_size, seen_count;
    long states, played, again, lost, corrupt;
};

/* -- different disks -------------------------------------------------------------------------- */

/* False when it was there already. */
static bool remember(struct job *job, uint64_t hash)
{
    size_t at = hash % job->seen_size;
    while (job->seen[at] != 0 && job->seen[at] != hash)
        at = (at + 1) % job->seen_size;
    if (job->seen[at] == hash)
        return false;
    job->seen[at] = hash;
    job->seen_count++;
    return true;
}

/* -- what it must hold ------------------------------------------------------------------------ */

/* Of a mark; before the first one nothing. */
static struct witnessed expected_after(const struct job *job, size_t marks)
{
    if (marks == 0 || marks > job->mark_count)
        return (struct witnessed){ "", "", 0, 0 };
    const struct disk_mark *mark = &job->marks[marks - 1];
    return witness_read(mark->text, mark->len);
}

/* The first line in which they differ. */
static void show_difference(const struct dump *dump, const struct witnessed *expected)
{
    size_t line = 0, i = 0;
    while (i < dump->rows.len && i < expected->rows_len && dump->rows.data[i] == expected->rows[i])
        if (dump->rows.data[i++] == '\n')
            line = i;
    printf("#   has:    %.*s\n", (int)strcspn(dump->rows.data + line, "\n"),
           dump->rows.data + line);
    size_t rest = expected->rows_len - line, end = 0;
    while (end < rest && expected->rows[line + end] != '\n')
        end++;
    printf("#   should: %.*s\n", (int)end, expected->rows + line);
}

static size_t marks_before(const struct job *job, size_t step)
{
    size_t count = 0;
    while (count < job->mark_count && job->marks[count].step <= step)
        count++;
    return count;
}

/* -- one state -------------------------------------------------------------------------------- */

static void show(const struct job *job, const struct disk_cut *cut, const char *what)
{
    static const char *const lucks[DISK_LUCKS] = { "nothing", "all", "torn", "lengths", "chance" };
    if (job->lost + job->corrupt <= SHOWN)
        printf("# cut before step %zu, %s, %s, seed %llu, %zu acknowledged: %s\n", cut->step,
               lucks[cut->luck], cut->strict ? "strict" : "journalled",
               (unsigned long long)cut->seed, marks_before(job, cut->step), what);
}

static void play_on(struct job *job, const struct disk_cut *cut)
{
    struct vb_err err;
    struct vb_buf now = { 0 };
    enum vb_code code = folder_play_out(job->work, NULL, &job->plans, &job->dump, &now, &err);
    if (code == VB_OK && strcmp(now.data, job->end.data) != 0)
        vb_fail(&err, code = VB_E_DATA, "it does not end as it should:\n%s#   but:\n%s",
                job->end.data, now.data);
    job->played++;
    job->lost += code != VB_OK;
    if (code != VB_OK)
        show(job, cut, err.text);
    vb_buf_finish(&now);
}

/* The same disk is opened once more, and the power goes again in the middle of that. */
static void cut_again(struct job *job, const struct disk_cut *cut,
                      const struct witnessed allowed[2])
{
    struct vb_err err;
    const struct again again = { job->programs,         job->work, &job->image, allowed,
                                 cut->seed + cut->step, AGAIN };
    enum vb_code code = again_cut(&again, &job->plans, &job->dump, &job->again, &err);
    job->lost += code != VB_OK;
    if (code != VB_OK)
        show(job, cut, err.text);
}

static void look(struct job *job, const struct disk_cut *cut)
{
    struct vb_err err;
    size_t acknowledged = marks_before(job, cut->step);
    struct witnessed now = expected_after(job, acknowledged);
    struct witnessed next = expected_after(job, acknowledged + 1);
    enum vb_code code = disk_put(&job->image, job->work, &err);
    if (code == VB_OK)
        code = folder_read(job->work, &job->plans, &job->dump, &err);
    job->states++;
    if (code != VB_OK) {
        job->corrupt++;
        show(job, cut, err.text);
    } else if (!witness_is(&job->dump, &now) &&
               (acknowledged == job->mark_count || !witness_is(&job->dump, &next))) {
        job->lost++;
        show(job, cut, "it does not hold what was acknowledged");
        if (job->lost + job->corrupt <= SHOWN)
            show_difference(&job->dump, &now);
    } else if (job->states % PLAYED_EVERY == 0) {
        play_on(job, cut);
    } else if (job->states % AGAIN_EVERY == 1) {
        cut_again(job, cut, (const struct witnessed[]){ now, next });
    }
}

/* Builds it; looks at it when it is a new one and falls to this part. */
static void try_cut(struct job *job, const struct disk_cut *cut)
{
    disk_build(job->disk, cut, &job->image);
    /* The same disk with more acknowledged is another test. */
    uint64_t hash = (job->image.hash + marks_before(job, cut->step)) | 1;
    if (remember(job, hash) && (hash >> 8) % job->parts == job->part)
        look(job, cut);
}

/* -- all of them ------------------------------------------------------------------------------ */

static size_t common_divisor(size_t a, size_t b)
{
    return b == 0 ? a : common_divisor(b, a % b);
}

/* Every step once, in an order that begins all over the record. */
static size_t nth_step(size_t n, size_t first, size_t steps)
{
    size_t range = steps + 1 - first, stride = range * 5 / 8 | 1;
    while (common_divisor(range, stride) != 1)
        stride -= 2;
    return first + n * stride % range;
}

/* Round after round over the steps, each time with another kind of luck; chance is asked more
 * often, and in the end alone, since it always has something new. */
static void try_all(struct job *job, size_t count, uint64_t seed)
{
    enum { CERTAIN = 2 * DISK_CHANCE, KINDS = CERTAIN + 4 };
    size_t steps = disk_steps(job->disk), first = disk_first_trouble(job->disk);
    first = first > steps ? steps : first;
    size_t range = steps + 1 - first;
    for (size_t n = 0; job->seen_count < count && n < 100 * (count + range); n++) {
        size_t kind = n < KINDS * range ? (n + n / range) % KINDS : CERTAIN + n / range % 2;
        struct disk_cut cut = {
            .step = nth_step(n % range, first, steps),
            .luck = kind < CERTAIN ? (enum disk_luck)(kind / 2) : DISK_CHANCE,
            .strict = kind % 2 == 1,
            .seed = seed + n,
        };
        try_cut(job, &cut);
    }
}

/* The recorder saw all of it: everything that was written is what the folder holds. */
static enum vb_code saw_everything(struct job *job, struct vb_err *err)
{
    struct disk_cut end = { .step = disk_steps(job->disk), .luck = DISK_ALL };
    disk_build(job->disk, &end, &job->image);
    return disk_same(&job->image, job->dir, err);
}

static enum vb_code begin(struct job *job, char **argv, struct vb_err *err)
{
    struct vb_buf work = { 0 };
    char *slash = strrchr(argv[0], '/');
    *slash = '\0';
    job->programs = argv[0];
    job->dir = argv[2];
    job->parts = argv[5] == NULL ? 1 : (unsigned)atoi(argv[5]);
    job->part = argv[5] == NULL ? 0 : (unsigned)atoi(argv[6]);
    job->seen_size = (size_t)atol(argv[3]) * 2 + 1001;
    job->seen = vb_alloc(job->seen_size * sizeof *job->seen);
    vb_buf_printf(&work, "%s.state-%u", job->dir, job->part);
    job->work = work.data;
    enum vb_code code = folder_empty(job->work, err);
    if (code == VB_OK)
        code = disk_read(&job->disk, argv[1], job->dir, NULL, err);
    if (code == VB_OK)
        code = saw_everything(job, err);
    if (code == VB_OK)
        code = folder_play_out(job->work, NULL, &job->plans, &job->dump, &job->end, err);
    if (code == VB_OK)
        job->marks = disk_marks(job->disk, &job->mark_count);
    return code;
}

int main(int argc, char **argv)
{
    struct job job = { 0 };
    struct vb_err err;
    if ((argc != 5 && argc != 7) || strchr(argv[0], '/') == NULL) {
        fputs("usage: .../states RECORD DIR COUNT SEED [PARTS PART]\n", stderr);
        return 2;
    }
    enum vb_code code = begin(&job, argv, &err);
    if (code == VB_OK)
        try_all(&job, (size_t)atol(argv[3]), strtoull(argv[4], NULL, 10));
    else
        fprintf(stderr, "states: %s\n", err.text);
    printf("%ld states of %zu steps and %zu commits, %ld played on, %ld cut again, %ld lost, "
           "%ld corrupt\n",
           job.states, job.disk == NULL ? 0 : disk_steps(job.disk), job.mark_count, job.played,
           job.again, job.lost, job.corrupt);
    disk_destroy(job.disk);
    disk_image_finish(&job.image);
    dump_finish(&job.dump);
    vb_buf_finish(&job.end);
    dump_plans_finish(&job.plans);
    free(job.seen);
    free(job.work);
    return code != VB_OK || job.lost + job.corrupt > 0;
}
