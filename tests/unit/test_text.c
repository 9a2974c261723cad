#include "tests.h"

#include "base/utf8.h"
#include "data/text.h"
#include "small_plan.h"

static struct vb_plan *plan;

static int set_up(void **state)
{
    (void)state;
    plan = small_plan();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vb_plan_release(plan);
    return 0;
}

static struct vb_naming naming_in(int language)
{
    return (struct vb_naming){ .plan = plan, .language = language, .variant = -1, .setting = -1 };
}

static void fills(const struct vb_naming *naming, const char *text, const char *expected)
{
    struct vb_buf out = { 0 };
    vb_text_fill(&out, naming, text);
    assert_string_equal(out.data == NULL ? "" : out.data, expected);
    vb_buf_finish(&out);
}

static void a_slot_without_a_name_takes_the_roles_word(void **state)
{
    (void)state;
    struct vb_naming nl = naming_in(0), en = naming_in(1);
    fills(&nl, "Ik zeg {client} wat {professional} van {member} vindt.",
          "Ik zeg de cli\xC3\xABnt wat de werker van dit gezinslid vindt.");
    fills(&en, "I tell {client} what {professional} thinks of {member}.",
          "I tell the client what the worker thinks of this family member.");
    fills(&en, "{client}", "The client");
    fills(&en, "", "");
}

static void a_name_takes_the_place_of_the_word(void **state)
{
    (void)state;
    struct vb_naming naming = naming_in(0);
    naming.client = "Noor";
    naming.professional = "\xC3\xA9mile";
    fills(&naming, "{professional} belt {client}.", "\xC3\x89mile belt Noor.");
}

static void a_sentence_begins_with_a_capital(void **state)
{
    (void)state;
    struct vb_naming naming = naming_in(1);
    fills(&naming, "{client} came. {professional} left (e.g. {client}).\n{member} stayed: {client}",
          "The client came. The worker left (e.g. The client).\nThis family member stayed: the "
          "client");
}

static void an_unknown_slot_stays_as_it_is_written(void **state)
{
    (void)state;
    struct vb_naming naming = naming_in(1);
    fills(&naming, "a {nobody} {client", "a {nobody} {client");
    fills(&naming, "{{client}} {}", "{the client} {}");
}

static void the_nearest_source_of_a_slot_wins(void **state)
{
    (void)state;
    struct vb_slot general[] = { { "medium", small_text("het materiaal", "the material") },
                                 { "place", small_text("de plek", "the place") },
                                 { "plan", small_text("het plan", "the plan") } };
    struct vb_slot of_variant[] = { { "medium", small_text("de muziek", "the music") },
                                    { "plan", small_text("de partituur", "the score") } };
    struct vb_slot of_setting[] = { { "plan", small_text("de aanwijzing", "the order") } };
    struct vb_variant variant = { .name = "music", .slots = of_variant, .slot_count = 2 };
    struct vb_setting setting = { "probation", of_setting, 1 };
    struct vb_naming naming = naming_in(1);
    plan->slots = general;
    plan->slot_count = 3;
    plan->variants = &variant;
    plan->variant_count = 1;
    plan->settings = &setting;
    plan->setting_count = 1;
    fills(&naming, "a {medium} {place} {plan}", "a the material the place the plan");
    naming.variant = 0;
    fills(&naming, "a {medium} {place} {plan}", "a the music the place the score");
    naming.setting = 0;
    fills(&naming, "a {medium} {place} {plan}", "a the music the place the order");
}

static int width_of(const char *text)
{
    return vb_text_width(text, strlen(text));
}

static void width_counts_columns_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(width_of("abc"), 3);
    assert_int_equal(width_of("cli\xC3\xABnt"), 6);
    assert_int_equal(width_of("e\xCC\x81"), 1);
    assert_int_equal(width_of("\xE4\xBD\xA0"), 2);
    assert_int_equal(width_of("a\n\x07"), 1);
    assert_int_equal(width_of(""), 0);
}

static void wraps(const char *text, int width, int indent, int start, const char *expected)
{
    struct vb_buf out = { 0 };
    vb_text_wrap(&out, text, width, indent, start);
    assert_string_equal(out.data == NULL ? "" : out.data, expected);
    vb_buf_finish(&out);
}

static void lines_break_between_words(void **state)
{
    (void)state;
    wraps("een twee drie vier", 9, 0, 0, "een twee\ndrie vier");
    wraps("een twee drie", 8, 2, 0, "een twee\n  drie");
    wraps("een twee", 8, 2, 6, "\n  een\n  twee");
    wraps("een  twee ", 80, 0, 0, "een twee");
    wraps("een\ntwee", 80, 1, 0, "een\n twee");
    wraps("", 80, 0, 0, "");
}

static void a_word_longer_than_a_line_is_cut_between_characters(void **state)
{
    (void)state;
    wraps("abcdefgh", 3, 0, 0, "abc\ndef\ngh");
    wraps("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 3, 1, 0, "\xC3\xA9\xC3\xA9\xC3\xA9\n \xC3\xA9");
    wraps("\xE4\xBD\xA0\xE4\xBD\xA0", 3, 0, 0, "\xE4\xBD\xA0\n\xE4\xBD\xA0");
}

/* Whatever the text, no line is wider than it may be and no visible character is lost. */
static void no_line_is_too_wide(void **state)
{
    (void)state;
    static const char letters[] = "ab cd \n\xC3\xAB";
    uint32_t seed = 7;
    for (int round = 0; round < 2000; round++) {
        char text[64];
        size_t len = 0, visible = 0, seen = 0;
        struct vb_buf out = { 0 };
        int width = 6 + round % 20, indent = round % 4;
        while (len < sizeof text - 2) {
            seed = seed * 1664525 + 1013904223;
            size_t n = seed >> 24 & 7;
            if (n == 7) {
                text[len++] = letters[7];
                text[len++] = letters[8];
            } else {
                text[len++] = letters[n];
            }
        }
        text[len] = '\0';
        for (size_t i = 0; i < len; i++)
            visible += text[i] != ' ' && text[i] != '\n';
        vb_text_wrap(&out, text, width, indent, indent);
        assert_true(vb_utf8_valid(out.data, out.len, NULL));
        for (char *line = strtok(out.data, "\n"); line != NULL; line = strtok(NULL, "\n")) {
            assert_true(width_of(line) <= width);
            for (char *c = line; *c != '\0'; c++)
                seen += *c != ' ';
        }
        assert_int_equal(seen, visible);
        vb_buf_finish(&out);
    }
}

static void cleans(const char *text, size_t len, const char *expected)
{
    struct vb_buf out = { 0 };
    vb_text_clean(&out, text, len);
    assert_string_equal(out.data == NULL ? "" : out.data, expected);
    vb_buf_finish(&out);
}

#define BAD "\xEF\xBF\xBD"

static void nothing_that_steers_a_terminal_gets_through(void **state)
{
    (void)state;
    cleans("a\033[31mb", 7, "a" BAD "[31mb");
    cleans("a\nb\tc\r", 6, "a\nb c" BAD);
    cleans("\0", 1, BAD);
    cleans("\x7F\xC2\x85", 3, BAD BAD);
    cleans("\xE2\x80\xAE"
           "abc\xE2\x81\xA6",
           9, BAD "abc" BAD);
    cleans("\xE2\x80\xA8", 3, BAD);
    cleans("a\xFF\xC3", 3, "a" BAD BAD);
    cleans(BAD "\xC3\xA9", 5, BAD "\xC3\xA9");
}

static void what_is_cleaned_is_always_utf8(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 5000; round++) {
        char bytes[12];
        struct vb_buf out = { 0 };
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = (char)(seed >> 24);
        }
        vb_text_clean(&out, bytes, sizeof bytes);
        assert_true(vb_utf8_valid(out.data, out.len, NULL));
        for (size_t i = 0; i < out.len; i++)
            assert_true((unsigned char)out.data[i] >= 0x20 || out.data[i] == '\n');
        vb_buf_finish(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_slot_without_a_name_takes_the_roles_word, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_name_takes_the_place_of_the_word, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_sentence_begins_with_a_capital, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_slot_stays_as_it_is_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_nearest_source_of_a_slot_wins, set_up, tear_down),
        cmocka_unit_test(width_counts_columns_not_bytes),
        cmocka_unit_test(lines_break_between_words),
        cmocka_unit_test(a_word_longer_than_a_line_is_cut_between_characters),
        cmocka_unit_test(no_line_is_too_wide),
        cmocka_unit_test(nothing_that_steers_a_terminal_gets_through),
        cmocka_unit_test(what_is_cleaned_is_always_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
