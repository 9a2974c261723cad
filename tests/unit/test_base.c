#include "tests.h"

#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/id.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

static void a_message_says_what_was_being_done(void **state)
{
    (void)state;
    struct vb_err err;
    assert_int_equal(vb_fail(&err, VB_E_IO, "disk %d", 7), VB_E_IO);
    assert_int_equal(vb_while(&err, "storing %s", "an answer"), VB_E_IO);
    assert_string_equal(err.text, "storing an answer: disk 7");
}

static void a_message_too_long_is_cut_and_ends(void **state)
{
    (void)state;
    struct vb_err err;
    char wide[2000];
    memset(wide, 'x', sizeof wide - 1);
    wide[sizeof wide - 1] = '\0';
    vb_fail(&err, VB_E_DATA, "%s", wide);
    vb_while(&err, "%s", wide);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
}

static void every_code_has_its_exit(void **state)
{
    (void)state;
    assert_int_equal(vb_exit_code(VB_OK), 0);
    assert_int_equal(vb_exit_code(VB_E_USAGE), 2);
    assert_int_equal(vb_exit_code(VB_E_CONFIG), 3);
    assert_int_equal(vb_exit_code(VB_E_DATA), 4);
    assert_int_equal(vb_exit_code(VB_E_BUSY), 5);
    assert_int_equal(vb_exit_code(VB_E_INTERNAL), 70);
    assert_int_equal(vb_exit_code(VB_E_STOPPED), 130);
}

static void an_arena_gives_aligned_zeroed_memory(void **state)
{
    (void)state;
    struct vb_arena arena = { 0 };
    for (size_t size = 1; size < 20000; size = size * 2 + 1) {
        unsigned char *p = vb_arena_alloc(&arena, size);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xA5, size);
    }
    vb_arena_reset(&arena);
    unsigned char *again = vb_arena_alloc(&arena, 64);
    for (size_t i = 0; i < 64; i++)
        assert_int_equal(again[i], 0);
    vb_arena_finish(&arena);
}

static void a_buffer_writes_every_integer(void **state)
{
    (void)state;
    struct vb_buf buf = { 0 };
    vb_buf_int(&buf, INT64_MIN);
    vb_buf_putc(&buf, ' ');
    vb_buf_int(&buf, 0);
    vb_buf_putc(&buf, ' ');
    vb_buf_int(&buf, INT64_MAX);
    assert_string_equal(buf.data, "-9223372036854775808 0 9223372036854775807");
    vb_buf_finish(&buf);
}

static void a_slip_finds_the_word_that_was_meant(void **state)
{
    (void)state;
    const char *words[] = { "optional", "options", "other", NULL, "reverse" };
    assert_string_equal(vb_did_you_mean("optionl", words, 5), "optional");
    assert_string_equal(vb_did_you_mean("revesre", words, 5), "reverse");
    assert_null(vb_did_you_mean("zebra", words, 5));
}

static void utf8_refuses_what_unicode_refuses(void **state)
{
    (void)state;
    size_t bad = 99;
    assert_true(vb_utf8_valid("Rap\xc3\xbc \xf0\x9f\x8c\xb1", 10, NULL));
    assert_false(vb_utf8_valid("ab\xc0\x80", 4, &bad)); /* overlong NUL */
    assert_int_equal(bad, 2);
    assert_false(vb_utf8_valid("\xed\xa0\x80", 3, NULL));     /* surrogate */
    assert_false(vb_utf8_valid("\xf4\x90\x80\x80", 4, NULL)); /* past U+10FFFF */
    assert_false(vb_utf8_valid("\xe2\x82", 2, NULL));         /* cut off */
    assert_false(vb_utf8_valid("\x80", 1, NULL));
}

static void ids_are_sixteen_letters_without_ambiguity(void **state)
{
    (void)state;
    struct vb_random random = vb_random_system();
    char one[VB_ID_SIZE], two[VB_ID_SIZE];
    vb_id_make(&random, one);
    vb_id_make(&random, two);
    assert_true(vb_id_valid(one));
    assert_string_not_equal(one, two);
    assert_false(vb_id_valid("0123456789abcdei"));
    assert_false(vb_id_valid("short"));
}

static void times_are_written_in_utc(void **state)
{
    (void)state;
    char text[VB_TIME_SIZE];
    vb_time_format(1795255200999, text);
    assert_string_equal(text, "2026-11-21T10:00:00Z");
    vb_time_format(-1, text);
    assert_string_equal(text, "1969-12-31T23:59:59Z");
    vb_time_format(INT64_MIN, text);
    assert_string_equal(text, "");
    vb_time_format(INT64_MAX, text);
    assert_string_equal(text, "");
}

/* Against the C library: every day of six centuries, leap years and century years among them. */
static void every_day_is_the_calendars(void **state)
{
    (void)state;
    char text[VB_TIME_SIZE], expected[VB_TIME_SIZE];
    for (int64_t day = -140000; day < 80000; day++) {
        time_t second = (time_t)(day * 86400 + (day & 0xFFFF));
        struct tm parts;
        assert_non_null(gmtime_r(&second, &parts));
        strftime(expected, sizeof expected, "%Y-%m-%dT%H:%M:%SZ", &parts);
        vb_time_format((int64_t)second * 1000, text);
        assert_string_equal(text, expected);
    }
}

static void a_day_is_read_as_it_is_written(void **state)
{
    (void)state;
    static const char *const wrong[] = { "",           "2026-11-2",  "2026-11-221", "2026-02-29",
                                         "2026-00-10", "2026-13-10", "2026-11-00",  "2026-11-31",
                                         "0000-01-01", "2026/11/21", "-026-11-21",  "2026-1a-21",
                                         " 026-11-21", "1900-02-29" };
    char text[VB_TIME_SIZE];
    int64_t wall_ms;
    for (int64_t day = -719162; day < 2932897; day += 37) { /* the years 1 to 9999 */
        vb_time_format(day * 86400000, text);
        text[10] = '\0';
        assert_true(vb_time_read_day(text, &wall_ms));
        assert_int_equal(wall_ms, day * 86400000);
    }
    assert_true(vb_time_read_day("2000-02-29", &wall_ms));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(vb_time_read_day(wrong[i], &wall_ms));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_says_what_was_being_done),
        cmocka_unit_test(a_message_too_long_is_cut_and_ends),
        cmocka_unit_test(every_code_has_its_exit),
        cmocka_unit_test(an_arena_gives_aligned_zeroed_memory),
        cmocka_unit_test(a_buffer_writes_every_integer),
        cmocka_unit_test(a_slip_finds_the_word_that_was_meant),
        cmocka_unit_test(utf8_refuses_what_unicode_refuses),
        cmocka_unit_test(ids_are_sixteen_letters_without_ambiguity),
        cmocka_unit_test(times_are_written_in_utc),
        cmocka_unit_test(every_day_is_the_calendars),
        cmocka_unit_test(a_day_is_read_as_it_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
