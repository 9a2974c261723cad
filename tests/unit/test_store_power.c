/* The power goes, at every moment of a store's life.
 *
 * What SQLite writes is recorded. Then for every place in the record the disk is put together as it
 * may look after a power cut there: what was synced is there for certain; of what was written since
 * then nothing, everything, or some of the 512-byte sectors in any order. Each such disk is opened:
 * what was acknowledged before the cut must be on it, and the file whole.
 *
 * A sync may also fail. The kernel then gives up what it could not write, and no later sync brings
 * it to the disk, although whoever reads the file goes on seeing it: only writing it again does. */
#include "store_suite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "faulty_disk.h"
#include "store_place.h"

enum { SECTOR = 512, FILES = 3, RANDOM_STATES = 3, ANSWERS = 6 };
static const char *const names[FILES] = { "verbond.db", "verbond.db-wal", "verbond.db-journal" };

struct step { /* one call that went by */
    enum faulty_call call;
    int file;
    int64_t at, len;
    char *bytes;
    int64_t acknowledged; /* last seq that was acknowledged before it */
};
static struct {
    struct step *steps;
    size_t count, cap;
    int64_t acknowledged;
} record;

static void watch(enum faulty_call call, const char *path, int64_t at, const void *bytes,
                  int64_t len)
{
    int file = 0;
    while (file < FILES && !vb_ends_with(path, names[file]))
        file++;
    assert_true(file < FILES);
    struct step *step = vb_push(&record.steps, record.count, &record.cap, sizeof *step);
    record.count++;
    *step = (struct step){ call, file, at, len, NULL, record.acknowledged };
    if (bytes == NULL)
        return;
    step->bytes = vb_alloc((size_t)len);
    memcpy(step->bytes, bytes, (size_t)len);
}

static void forget_record(void)
{
    for (size_t i = 0; i < record.count; i++)
        free(record.steps[i].bytes);
    free(record.steps);
    memset(&record, 0, sizeof record);
}

/* -- a disk as it may look -- */

struct image { /* one file */
    struct vb_buf bytes;
    bool there;
};

static void write_at(struct image *image, int64_t at, const char *bytes, int64_t len)
{
    while (image->bytes.len < (size_t)(at + len))
        vb_buf_putc(&image->bytes, '\0');
    memcpy(image->bytes.data + at, bytes, (size_t)len);
    image->there = true;
}

enum luck { NOTHING, EVERYTHING, CHANCE };
static unsigned seed;

static bool lucky(enum luck luck)
{
    seed = seed * 1103515245u + 12345u;
    return luck == EVERYTHING || (luck == CHANCE && (seed >> 16) % 2 == 0);
}

static void apply(struct image *image, const struct step *step, enum luck luck)
{
    if (step->call == FAULTY_WRITE) {
        for (int64_t done = 0, len; done < step->len; done += len) {
            len = SECTOR - (step->at + done) % SECTOR; /* a sector arrives whole or not */
            if (len > step->len - done)
                len = step->len - done;
            if (lucky(luck))
                write_at(image, step->at + done, step->bytes + done, len);
        }
    } else if (step->call == FAULTY_TRUNCATE && lucky(luck)) {
        if (image->bytes.len > (size_t)step->len)
            image->bytes.len = (size_t)step->len;
    } else if (step->call == FAULTY_DELETE && lucky(luck)) {
        vb_buf_clear(&image->bytes);
        image->there = false;
    }
}

/* What became of a step that was taken before end: the next sync of its file decides. */
static enum luck fate(size_t at, size_t end, enum luck luck)
{
    for (size_t i = at; i < end; i++)
        if (record.steps[i].file == record.steps[at].file && record.steps[i].call == FAULTY_SYNC)
            return record.steps[i].len < 0 ? NOTHING : EVERYTHING;
    return luck;
}

static void rebuild(struct image *image, const struct vb_buf *start, int file, size_t end,
                    enum luck luck)
{
    *image = (struct image){ .there = start->len > 0 };
    vb_buf_put(&image->bytes, start->data, start->len);
    for (size_t i = 0; i < end; i++)
        if (record.steps[i].file == file)
            apply(image, &record.steps[i], fate(i, end, luck));
}

static void save(const char *place, const char *name, const struct image *image)
{
    struct vb_buf path = { 0 };
    vb_buf_printf(&path, "%s/data/%s", place, name);
    unlink(path.data);
    if (image->there) {
        int fd = open(path.data, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        assert_int_equal(write(fd, image->bytes.data, image->bytes.len), (ssize_t)image->bytes.len);
        close(fd);
    }
    vb_buf_finish(&path);
}

/* What a cut before step end may leave is opened: is everything there that was acknowledged? */
static void come_back(const struct vb_buf *start, size_t end, enum luck luck)
{
    char *place = place_make();
    char *data = place_path(place, "data");
    assert_int_equal(mkdir(data, 0700), 0);
    static const struct vb_buf empty;
    for (int file = 0; file < FILES; file++) {
        struct image image;
        rebuild(&image, file == 0 ? start : &empty, file, end, luck);
        save(place, names[file], &image);
        vb_buf_finish(&image.bytes);
    }
    struct vb_store *store = place_open(place);
    int64_t kept = suite_last_seq(store, "s1");
    int64_t acknowledged =
        end < record.count ? record.steps[end].acknowledged : record.acknowledged;
    if (kept != acknowledged && kept != acknowledged + 1)
        fail_msg("cut at %zu: %d kept, %d acknowledged", end, (int)kept, (int)acknowledged);
    vb_store_destroy(store);
    assert_int_equal(place_number(place, "SELECT count(*) FROM pragma_integrity_check"
                                         " WHERE integrity_check = 'ok'"),
                     1);
    free(data);
    place_end(place);
}

/* -- the test -- */

static struct vb_buf read_start(const char *place)
{
    char *path = place_path(place, "data/verbond.db");
    struct vb_buf bytes = { 0 };
    char chunk[4096];
    ssize_t n;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    while ((n = read(fd, chunk, sizeof chunk)) > 0)
        vb_buf_put(&bytes, chunk, (size_t)n);
    close(fd);
    free(path);
    return bytes;
}

static struct vb_change answer(int64_t seq)
{
    static char body[6000]; /* some are large enough for a commit of several pages */
    memset(body, 'x', sizeof body);
    struct vb_change change = suite_event("s1", seq, "a");
    change.event.body = body;
    change.event.body_len = seq % 2 == 0 ? sizeof body : 40;
    return change;
}

/* Opens, answers, closes. */
static void live(char *place)
{
    struct vb_store *store = place_open(place);
    for (int64_t seq = 1; seq <= ANSWERS; seq++) {
        suite_one(store, answer(seq));
        record.acknowledged = seq;
    }
    vb_store_destroy(store);
}

/* The same where a sync may fail. Whoever is refused asks again: at once, or of a store that was
 * opened anew; both are met. */
static void live_on(char *place, bool reopens)
{
    struct vb_err err;
    struct vb_store *store = place_open(place);
    for (int64_t seq = 1; seq <= ANSWERS; seq++) {
        struct vb_change change = answer(seq);
        if (vb_store_commit(store, &change, 1, &err) != VB_OK) {
            assert_true(faulty_disk_failed());
            if (reopens)
                store = place_reopen(place, store);
            suite_one(store, change);
        }
        record.acknowledged = seq;
    }
    vb_store_destroy(store);
}

static size_t failed_sync(void)
{
    for (size_t i = 0; i < record.count; i++)
        if (record.steps[i].call == FAULTY_SYNC && record.steps[i].len < 0)
            return i;
    return record.count;
}

/* False when there were fewer syncs than nth. */
static bool cut_after_a_failed_sync(int nth, bool reopens)
{
    char *place = place_make();
    struct vb_store *store = place_open(place);
    suite_begin_round(store);
    vb_store_destroy(store);
    struct vb_buf start = read_start(place);
    faulty_disk_begin();
    faulty_disk_watch(watch);
    faulty_disk_order(FAULTY_SYNC, nth, SQLITE_IOERR_FSYNC);
    live_on(place, reopens);
    faulty_disk_end();
    bool met = faulty_disk_failed();
    for (size_t end = failed_sync(); met && end <= record.count; end++)
        come_back(&start, end, NOTHING);
    forget_record();
    vb_buf_finish(&start);
    place_end(place);
    return met;
}

static void a_failed_sync_takes_nothing_that_was_acknowledged_with_it(void **state)
{
    (void)state;
    int nth = 1;
    while (cut_after_a_failed_sync(nth, nth % 2 == 0) && cut_after_a_failed_sync(nth, nth % 2 != 0))
        nth++;
    assert_true(nth > ANSWERS);
}

static void what_was_acknowledged_is_there_after_a_power_cut_at_any_moment(void **state)
{
    (void)state;
    char *place = place_make();
    struct vb_store *store = place_open(place);
    suite_begin_round(store);
    vb_store_destroy(store);
    struct vb_buf start = read_start(place);
    faulty_disk_begin();
    faulty_disk_watch(watch);
    live(place);
    faulty_disk_end();
    assert_true(record.count > 20);
    seed = 20261121;
    for (size_t end = 0; end <= record.count; end++) {
        come_back(&start, end, NOTHING);
        come_back(&start, end, EVERYTHING);
        for (int i = 0; i < RANDOM_STATES; i++)
            come_back(&start, end, CHANCE);
    }
    forget_record();
    vb_buf_finish(&start);
    place_end(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_acknowledged_is_there_after_a_power_cut_at_any_moment),
        cmocka_unit_test(a_failed_sync_takes_nothing_that_was_acknowledged_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
