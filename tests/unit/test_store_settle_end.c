/* test_store_settle_end.c - what the start of a sealed store ends: erasures that a crash broke off
 * or a restored file does not know, pictures whose date has come. */
#include "sealed_family.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include "faulty_disk.h"
#include "store_place.h"

/* -- erasures -- */

static void an_erasure_is_done_when_it_is_acknowledged(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_store *store = open_family(sealed);
    assert_all_there(store);
    suite_one(store, suite_erase(VB_ERASE_PERSON, "p1"));
    assert_p1_gone(store);
    assert_int_equal(number(sealed, done), 1);
    assert_true(vb_keys_is_erased(sealed->keys, VB_ERASE_PERSON, "p1"));
    assert_true(vb_keys_is_erased(sealed->keys, VB_ERASE_SESSION, "joint"));
    assert_p1_gone(sealed_place_open(sealed, 2000));
    assert_int_equal(sealed->ended, 0);
}

/* The joint session was made before p2 had shared, under p1 alone; it falls with p2 all the same.
 */
static void the_joint_key_falls_with_whoever_is_in_the_round(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_store *store = sealed_place_open(sealed, 1000);
    suite_begin_round(store);
    const struct vb_change changes[] = {
        suite_person("p2", "c1"),
        suite_session("s2", "round-1", "p2"),
        { .kind = VB_SET_SESSION, .session = { .id = "s1", .state = VB_SESSION_SHARED } },
        suite_session("joint", "round-1", NULL),
    };
    suite_commit(store, changes, 4);
    suite_one(store, suite_erase(VB_ERASE_PERSON, "p2"));
    assert_true(vb_keys_is_erased(sealed->keys, VB_ERASE_SESSION, "joint"));
}

/* What a copy of the database of before holds can be read by nobody, whichever keys are left. */
static void a_database_that_is_put_back_has_nothing_of_who_was_erased(void **state)
{
    struct sealed_place *sealed = *state;
    open_family(sealed);
    sealed_place_close(sealed);
    struct vb_buf copy = keys_place_read(sealed->place, "data/verbond.db");
    suite_one(sealed_place_open(sealed, 2000), suite_erase(VB_ERASE_PERSON, "p1"));
    sealed_place_close(sealed);
    keys_place_write(sealed->place, "data/verbond.db", copy.data, copy.len);
    struct vb_store *store = sealed_place_open(sealed, 3000);
    assert_p1_gone(store);
    assert_int_equal(sealed->ended, 1);
    assert_int_equal(number(sealed, done), 1);
    assert_int_equal(number(sealed, "SELECT count(*) FROM audit WHERE action = 'erase'"
                                    " AND subject = 'p1' AND \"by\" = 'rule' AND wall_ms = 3000"),
                     1);
    assert_int_equal(number(sealed, "SELECT count(*) FROM session WHERE state = 'withdrawn'"), 1);
    sealed_place_open(sealed, 4000);
    assert_int_equal(sealed->ended, 0);
    vb_buf_finish(&copy);
}

/* Both put back: the list of erasures is what is left to say so. */
static void a_database_and_keys_that_are_put_back_bring_nobody_back(void **state)
{
    struct sealed_place *sealed = *state;
    open_family(sealed);
    sealed_place_close(sealed);
    struct vb_buf rows = keys_place_read(sealed->place, "data/verbond.db");
    struct vb_buf keys = keys_place_read(sealed->place, "data/keys.db");
    suite_one(sealed_place_open(sealed, 2000), suite_erase(VB_ERASE_PERSON, "p1"));
    suite_one(sealed->store, suite_erase(VB_ERASE_SESSION, "s2"));
    sealed_place_close(sealed);
    keys_place_write(sealed->place, "data/verbond.db", rows.data, rows.len);
    keys_place_write(sealed->place, "data/keys.db", keys.data, keys.len);
    struct seen seen = look(sealed_place_open(sealed, 3000));
    assert_int_equal(seen.events, 0);
    assert_int_equal(number(sealed, done), 2);
    vb_buf_finish(&rows);
    vb_buf_finish(&keys);
}

/* keys.db and its list are older than the tombstones: what was erased is erased once more. */
static void keys_that_are_put_back_are_destroyed_again(void **state)
{
    struct sealed_place *sealed = *state;
    open_family(sealed);
    sealed_place_close(sealed);
    struct vb_buf keys = keys_place_read(sealed->place, "data/keys.db");
    suite_one(sealed_place_open(sealed, 2000), suite_erase(VB_ERASE_PERSON, "p1"));
    sealed_place_close(sealed);
    keys_place_write(sealed->place, "data/keys.db", keys.data, keys.len);
    keys_place_remove(sealed->place, "data/erasures");
    assert_p1_gone(sealed_place_open(sealed, 3000));
    assert_int_equal(sealed->ended, 1);
    assert_true(vb_keys_is_erased(sealed->keys, VB_ERASE_PERSON, "p1"));
    assert_true(vb_keys_is_erased(sealed->keys, VB_ERASE_SESSION, "s1"));
    vb_buf_finish(&keys);
}

static void block_erasures(struct sealed_place *sealed)
{
    char *path = place_path(sealed->place, "data/erasures");
    assert_int_equal(mkdir(path, 0700), 0);
    free(path);
}

static void free_erasures(struct sealed_place *sealed)
{
    char *path = place_path(sealed->place, "data/erasures");
    assert_int_equal(remove(path), 0);
    free(path);
}

/* Between the tombstone and the line in the list. */
static void an_erasure_that_stops_before_its_line_is_carried_on(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_store *store = open_family(sealed);
    block_erasures(sealed);
    suite_one_refused(store, suite_erase(VB_ERASE_PERSON, "p1"), VB_E_CONFIG, "erasures");
    assert_p1_gone(store); /* nobody reads it meanwhile */
    assert_int_equal(number(sealed, undone), 1);
    free_erasures(sealed);
    sealed_place_close(sealed);
    assert_false(keys_place_has(sealed->place, "data/erasures"));
    assert_p1_gone(sealed_place_open(sealed, 2000));
    assert_int_equal(sealed->ended, 1);
    assert_int_equal(number(sealed, undone), 0);
    assert_true(vb_keys_is_erased(sealed->keys, VB_ERASE_SESSION, "s1"));
}

/* Sent again in the same process. */
static void an_erasure_that_failed_may_be_asked_again(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_store *store = open_family(sealed);
    block_erasures(sealed);
    suite_one_refused(store, suite_erase(VB_ERASE_PERSON, "p1"), VB_E_CONFIG, "erasures");
    free_erasures(sealed);
    suite_one(store, suite_erase(VB_ERASE_PERSON, "p1"));
    assert_int_equal(number(sealed, undone), 0);
    assert_p1_gone(store);
}

/* Whichever call on the disk fails while it erases, the next start has it erased. */
static bool erase_with(enum faulty_call call, int nth, int code)
{
    struct sealed_place *sealed = sealed_place_make();
    struct vb_change erase = suite_erase(VB_ERASE_PERSON, "p1");
    struct vb_err err;
    struct vb_store *store = open_family(sealed);
    faulty_disk_order(call, nth, code);
    enum vb_code said = vb_store_commit(store, &erase, 1, &err);
    bool failed = faulty_disk_failed();
    faulty_disk_order(call, 0, 0);
    if (said != VB_OK && !failed)
        fail_msg("%s", err.text);
    store = sealed_place_open(sealed, 2000);
    if (said == VB_OK || number(sealed, "SELECT count(*) FROM erasure") > 0) {
        assert_p1_gone(store);
        assert_true(vb_keys_is_erased(sealed->keys, VB_ERASE_SESSION, "s1"));
        assert_int_equal(number(sealed, undone), 0);
    } else {
        assert_all_there(store); /* its tombstone never came to stand */
    }
    sealed_place_end(sealed);
    return failed;
}

static void every_call_may_fail_while_it_erases(void **state)
{
    (void)state;
    static const struct {
        enum faulty_call call;
        int code;
    } kinds[] = { { FAULTY_WRITE, SQLITE_IOERR_WRITE },
                  { FAULTY_SYNC, SQLITE_IOERR_FSYNC },
                  { FAULTY_READ, SQLITE_IOERR_READ } };
    faulty_disk_begin();
    for (int i = 0; i < 3; i++) {
        int nth = 1;
        while (erase_with(kinds[i].call, nth, kinds[i].code))
            nth++;
        assert_true(nth > 1); /* it did meet some */
    }
    faulty_disk_end();
}

static void a_picture_ends_on_its_date(void **state)
{
    struct sealed_place *sealed = *state;
    open_family(sealed); /* the suite's pictures end at 90000 */
    assert_all_there(sealed_place_open(sealed, 89999));
    assert_int_equal(sealed->ended, 0);
    struct vb_store *store = sealed_place_open(sealed, 90000);
    struct seen seen = look(store);
    assert_int_equal(sealed->ended, 1);
    assert_false(seen.picture);
    assert_int_equal(seen.events, 3);
    assert_int_equal(number(sealed, "SELECT count(*) FROM audit WHERE action = 'retention'"
                                    " AND subject = 's1' AND \"by\" = 'rule'"),
                     1);
    struct vb_arena arena = { 0 };
    struct vb_erasure_row *rows;
    struct vb_blob_row *blobs;
    struct vb_err err;
    size_t count;
    assert_int_equal(store->ops->erasures(store, &arena, &rows, &count, &err), VB_OK);
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].id, "s1 sha256:b");
    assert_string_equal(rows[0].reason, "end date");
    assert_true(rows[0].done);
    assert_int_equal(store->ops->session_blobs(store, "s1", &arena, &blobs, &count, &err), VB_OK);
    assert_string_equal(blobs[0].digest, "sha256:b"); /* its name outlives it */
    assert_true(blobs[0].erased);
    vb_arena_finish(&arena);
    sealed_place_open(sealed, 90001);
    assert_int_equal(sealed->ended, 0);
}

/* -- every window of every file -- */

/* Does any stretch of the file open under this key as the event it was? */
static bool opens_somewhere(const struct vb_buf *file, const unsigned char key[VB_KEY_BYTES],
                            const char *about, size_t len)
{
    struct vb_buf out = { 0 };
    struct vb_err err;
    bool opens = false;
    for (size_t at = 0; !opens && at + len <= file->len; at++)
        opens = vb_unseal(key, file->data + at, len, about, &out, &err) == VB_OK;
    vb_buf_finish(&out);
    return opens;
}

/* The copy of everything but keys.db, the master key, and every key that is left: before the
 * erasure they open it, after it they do not. */
static void no_key_that_is_left_opens_any_stretch_of_any_copy(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_err err;
    enum vb_key_found found;
    unsigned char own[VB_KEY_BYTES], left[4][VB_KEY_BYTES];
    open_family(sealed);
    size_t len = (size_t)number(sealed, "SELECT length(body) FROM event WHERE session ="
                                        " (SELECT row FROM session WHERE id = 's1')");
    sealed_place_close(sealed);
    struct vb_buf copy = keys_place_read(sealed->place, "data/verbond.db");
    sealed_place_open(sealed, 1000);
    assert_int_equal(vb_keys_session(sealed->keys, "s1", own, &found, &err), VB_OK);
    assert_true(opens_somewhere(&copy, own, "event 1|s1|1", len)); /* the control */
    suite_one(sealed->store, suite_erase(VB_ERASE_PERSON, "p1"));
    assert_int_equal(vb_keys_session(sealed->keys, "s2", left[0], &found, &err), VB_OK);
    assert_int_equal(vb_keys_person(sealed->keys, "p2", left[1], &found, &err), VB_OK);
    vb_keys_purpose(sealed->keys, "audit", left[2]);
    vb_keys_purpose(sealed->keys, "wrap session", left[3]);
    for (int i = 0; i < 4; i++)
        assert_false(opens_somewhere(&copy, left[i], "event 1|s1|1", len));
    /* And no window of what is left of the keys is one. */
    sealed_place_close(sealed);
    static const char *const files[] = { "data/keys.db", "data/keys.db-journal", "data/erasures",
                                         "data/verbond.db" };
    for (int i = 0; i < 4; i++) {
        struct vb_buf file = keys_place_read(sealed->place, files[i]);
        for (size_t at = 0; at + VB_KEY_BYTES <= file.len; at++)
            assert_memory_not_equal(file.data + at, own, VB_KEY_BYTES);
        assert_false(opens_somewhere(&file, own, "event 1|s1|1", len));
        vb_buf_finish(&file);
    }
    vb_buf_finish(&copy);
}

int main(void)
{
#define TEST(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, sealed_place_set_up, sealed_place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(an_erasure_is_done_when_it_is_acknowledged),
        TEST(the_joint_key_falls_with_whoever_is_in_the_round),
        TEST(a_database_that_is_put_back_has_nothing_of_who_was_erased),
        TEST(a_database_and_keys_that_are_put_back_bring_nobody_back),
        TEST(keys_that_are_put_back_are_destroyed_again),
        TEST(an_erasure_that_stops_before_its_line_is_carried_on),
        TEST(an_erasure_that_failed_may_be_asked_again),
        TEST(every_call_may_fail_while_it_erases),
        TEST(a_picture_ends_on_its_date),
        TEST(no_key_that_is_left_opens_any_stretch_of_any_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
