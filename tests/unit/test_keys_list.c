/* test_keys_list.c - the list of erasures after a crash and after somebody's hands; a disk that
 * fails. */
#include "tests.h"

#include <sqlite3.h>

#include "faulty_disk.h"
#include "keys_place.h"
#include "store_place.h"

/* -- DIR/erasures after a crash, and after somebody's hands -- */

static void four_erasures(const char *place)
{
    struct vb_keys *keys = keys_place_open(place);
    keys_make_family(keys);
    keys_destroy(keys, VB_ERASE_BLOB, "s1 name-1");
    keys_destroy(keys, VB_ERASE_SESSION, "s2");
    keys_destroy(keys, VB_ERASE_BLOB, "s1 name-2");
    keys_destroy(keys, VB_ERASE_SESSION, "s1");
    vb_keys_close(keys);
}

static size_t start_of_line(const struct vb_buf *text, int number)
{
    const char *at = text->data;
    while (--number > 0)
        at = strchr(at, '\n') + 1;
    return (size_t)(at - text->data);
}

static void a_torn_last_line_is_passed_over_and_written_anew(void **state)
{
    four_erasures(*state);
    struct vb_buf text = keys_place_read(*state, "data/erasures");
    struct vb_buf file = keys_place_read(*state, "data/keys.db");
    size_t last = start_of_line(&text, 5);
    for (size_t len = last; len < text.len; len++) {
        for (int zeroes = 0; zeroes < 2; zeroes++) { /* the rest may be there as zeroes */
            struct vb_buf torn = { 0 };
            vb_buf_put(&torn, text.data, len);
            for (size_t i = len; zeroes && i < text.len; i++)
                vb_buf_putc(&torn, '\0');
            keys_place_write(*state, "data/erasures", torn.data, torn.len);
            keys_place_write(*state, "data/keys.db", file.data, file.len);
            struct vb_keys *keys = keys_place_open(*state);
            assert_false(vb_keys_is_erased(keys, VB_ERASE_SESSION, "s1"));
            assert_true(vb_keys_is_erased(keys, VB_ERASE_BLOB, "s1 name-2"));
            keys_destroy(keys, VB_ERASE_SESSION, "s1");
            keys = keys_place_reopen(*state, keys);
            assert_true(vb_keys_is_erased(keys, VB_ERASE_SESSION, "s1"));
            vb_keys_close(keys);
            struct vb_buf whole = keys_place_read(*state, "data/erasures");
            assert_int_equal(whole.len, text.len);
            vb_buf_finish(&whole);
            vb_buf_finish(&torn);
        }
    }
    vb_buf_finish(&text);
    vb_buf_finish(&file);
}

static void a_torn_first_line_is_passed_over(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    keys_make_family(keys);
    vb_keys_close(keys);
    struct vb_buf file = keys_place_read(*state, "data/keys.db");
    keys = keys_place_open(*state);
    keys_destroy(keys, VB_ERASE_PERSON, "p1");
    vb_keys_close(keys);
    struct vb_buf text = keys_place_read(*state, "data/erasures");
    for (size_t len = 0; len < text.len; len++) {
        keys_place_write(*state, "data/erasures", text.data, len);
        keys_place_write(*state, "data/keys.db", file.data, file.len);
        keys = keys_place_open(*state);
        assert_int_equal(keys_person_of(keys, "p1").found, VB_KEY_HERE);
        keys_destroy(keys, VB_ERASE_PERSON, "p1");
        keys = keys_place_reopen(*state, keys);
        keys_assert_erased(keys_person_of(keys, "p1"));
        vb_keys_close(keys);
    }
    vb_buf_finish(&text);
    vb_buf_finish(&file);
}

static void a_line_that_was_changed_taken_out_or_moved_is_named(void **state)
{
    struct vb_err err;
    four_erasures(*state);
    struct vb_buf text = keys_place_read(*state, "data/erasures");
    size_t third = start_of_line(&text, 3), fourth = start_of_line(&text, 4);
    struct vb_buf other = { 0 };
    for (size_t at = third; at < fourth; at++) { /* one byte */
        vb_buf_clear(&other);
        vb_buf_put(&other, text.data, text.len);
        other.data[at] ^= 1;
        keys_place_write(*state, "data/erasures", other.data, other.len);
        assert_int_equal(keys_place_refused(*state, &err), VB_E_DATA);
        place_says(&err, "line 3 is broken");
    }
    vb_buf_clear(&other); /* one line */
    vb_buf_put(&other, text.data, third);
    vb_buf_put(&other, text.data + fourth, text.len - fourth);
    keys_place_write(*state, "data/erasures", other.data, other.len);
    assert_int_equal(keys_place_refused(*state, &err), VB_E_DATA);
    size_t fifth = start_of_line(&text, 5); /* two lines */
    vb_buf_clear(&other);
    vb_buf_put(&other, text.data, third);
    vb_buf_put(&other, text.data + fourth, fifth - fourth);
    vb_buf_put(&other, text.data + third, fourth - third);
    vb_buf_put(&other, text.data + fifth, text.len - fifth);
    keys_place_write(*state, "data/erasures", other.data, other.len);
    assert_int_equal(keys_place_refused(*state, &err), VB_E_DATA);
    keys_place_write(*state, "data/erasures", "something else\n", 15);
    assert_int_equal(keys_place_refused(*state, &err), VB_E_DATA);
    place_says(&err, "no list of erasures");
    vb_buf_finish(&text);
    vb_buf_finish(&other);
}

/* The line is there, the disk fails before the rows are gone: erased for every reader, and carried
 * on with at the next start. */
static void an_erasure_that_stops_after_its_line_is_carried_on(void **state)
{
    faulty_disk_begin();
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_err err;
    keys_make_family(keys);
    faulty_disk_order(FAULTY_SYNC, 1, SQLITE_IOERR_FSYNC);
    assert_int_equal(vb_keys_destroy(keys, VB_ERASE_PERSON, "p1", &err), VB_E_IO);
    place_says(&err, "erasing the key of person p1");
    keys_assert_erased(keys_session_of(keys, "s1"));
    vb_keys_close(keys);
    faulty_disk_end();
    keys = keys_place_open(*state);
    keys_assert_erased(keys_person_of(keys, "p1"));
    vb_keys_close(keys);
    struct vb_buf file = keys_place_read(*state, "data/keys.db");
    assert_null(memmem(file.data, file.len, "joint", 5));
    assert_non_null(memmem(file.data, file.len, "sessions2", 9));
    vb_buf_finish(&file);
}

/* -- a disk that fails -- */

static bool live_with(enum faulty_call call, int nth, int code)
{
    char *place = place_make();
    struct vb_err err;
    faulty_disk_order(call, nth, code);
    char dir[256], master[256];
    struct vb_keys_options options = keys_place_options(place, dir, master);
    struct vb_keys *keys;
    const char *p1 = "p1";
    const struct vb_key_wish wishes[] = {
        { .what = VB_ERASE_PERSON, .id = "p1" },
        { .what = VB_ERASE_SESSION, .id = "s1", .persons = &p1, .person_count = 1 },
        { .what = VB_ERASE_SESSION, .id = "s2", .persons = &p1, .person_count = 1 },
    };
    /* Each step once more when the disk failed; a key that was read stays what it was. */
#define TWICE(step)                                                                                \
    do {                                                                                           \
        enum vb_code code_ = (step);                                                               \
        if (code_ != VB_OK) {                                                                      \
            if (!faulty_disk_failed() || (code_ != VB_E_IO && code_ != VB_E_CONFIG))               \
                fail_msg("%d: %s", (int)code_, err.text);                                          \
            keys_well((step), &err);                                                               \
        }                                                                                          \
    } while (0)
    TWICE(vb_keys_open(&keys, &options, NULL, &err));
    TWICE(vb_keys_make(keys, wishes, 3, &err));
    struct key first = { 0 }, again = { 0 };
    TWICE(vb_keys_session(keys, "s1", first.bytes, &first.found, &err));
    TWICE(vb_keys_make(keys, wishes, 3, &err));
    vb_keys_close(keys);
    TWICE(vb_keys_open(&keys, &options, NULL, &err));
    TWICE(vb_keys_session(keys, "s1", again.bytes, &again.found, &err));
    keys_assert_same(first, again);
    TWICE(vb_keys_destroy(keys, VB_ERASE_SESSION, "s2", &err));
    vb_keys_close(keys);
    TWICE(vb_keys_open(&keys, &options, NULL, &err));
    TWICE(vb_keys_session(keys, "s2", again.bytes, &again.found, &err));
    keys_assert_erased(again);
    TWICE(vb_keys_session(keys, "s1", again.bytes, &again.found, &err));
    keys_assert_same(first, again);
    vb_keys_close(keys);
#undef TWICE
    bool failed = faulty_disk_failed();
    faulty_disk_order(call, 0, 0);
    place_end(place);
    return failed;
}

static void live_through(enum faulty_call call, int code, int at_least)
{
    int nth = 1;
    faulty_disk_begin();
    while (live_with(call, nth, code))
        nth++;
    faulty_disk_end();
    if (nth <= at_least)
        fail_msg("call %d: only %d", (int)call, nth);
}

static void every_call_to_the_disk_may_fail(void **state)
{
    (void)state;
    live_through(FAULTY_WRITE, SQLITE_FULL, 10);
    live_through(FAULTY_WRITE, SQLITE_IOERR_WRITE, 10);
    live_through(FAULTY_SYNC, SQLITE_IOERR_FSYNC, 5);
    live_through(FAULTY_READ, SQLITE_IOERR_READ, 5);
    live_through(FAULTY_OPEN, SQLITE_CANTOPEN, 3);
    live_through(FAULTY_DELETE, SQLITE_IOERR_DELETE, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_torn_last_line_is_passed_over_and_written_anew),
        TEST(a_torn_first_line_is_passed_over),
        TEST(a_line_that_was_changed_taken_out_or_moved_is_named),
        TEST(an_erasure_that_stops_after_its_line_is_carried_on),
        TEST(every_call_to_the_disk_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
