/* The table of fields and the page that is printed from it. */
#include "base/str.h"
#include "data/json.h"
#include "data/instrument.h"
#include "script/fields.h"
#include "tests.h"

static const char page_path[] = "docs/reference/lua.md";

/* VERBOND_WRITE_PAGES=1 writes it again. */
static void the_page_says_what_the_table_says(void **state)
{
    (void)state;
    struct vb_buf printed = { 0 }, kept = { 0 };
    struct vb_err err;
    vb_fields_page(&printed);
    if (getenv("VERBOND_WRITE_PAGES") != NULL) {
        FILE *file = fopen(page_path, "w");
        assert_non_null(file);
        assert_int_equal(fwrite(printed.data, 1, printed.len, file), printed.len);
        assert_int_equal(fclose(file), 0);
    }
    assert_int_equal(vb_file_read(&kept, page_path, 1 << 20, &err), VB_OK);
    if (kept.len != printed.len || memcmp(kept.data, printed.data, kept.len) != 0)
        fail_msg("%s is old: VERBOND_WRITE_PAGES=1 %s", page_path, "build/tests/test_fields");
    vb_buf_finish(&printed);
    vb_buf_finish(&kept);
}

static void every_constructor_is_in_its_place_and_has_words_for_its_page(void **state)
{
    (void)state;
    for (int i = 0; i < VB_CONSTRUCTOR_COUNT; i++) {
        const struct vb_constructor *constructor = &vb_constructors[i];
        assert_int_equal(constructor->id, i);
        if (i == VB_MAKE_UNKNOWN)
            continue;
        assert_non_null(constructor->name);
        assert_non_null(constructor->help);
        assert_non_null(constructor->example);
        for (const struct vb_field *f = constructor->fields; f != NULL && f->name != NULL; f++)
            assert_true(f->help != NULL && (f->type != VB_FIELD_WORD || f->words != NULL));
    }
}

static void expect_examples(const struct vb_constructor *constructor, const struct vb_field *fields)
{
    for (const struct vb_field *f = fields; f != NULL && f->name != NULL; f++) {
        char begin[64];
        const char *example = vb_field_example(constructor, f->name);
        snprintf(begin, sizeof begin, "%s = ", f->name);
        if (example == NULL || !vb_starts_with(example, begin))
            fail_msg("%s.%s has no example: write one in core/script/fields_example.c",
                     constructor == NULL ? "item" : constructor->name, f->name);
    }
}

/* tests/cli/docs.sh loads them, as they stand on the page. */
static void every_field_has_an_example(void **state)
{
    (void)state;
    expect_examples(NULL, vb_item_fields);
    for (int i = 0; i < VB_CONSTRUCTOR_COUNT; i++)
        if (i != VB_MAKE_UNKNOWN)
            expect_examples(&vb_constructors[i], vb_constructors[i].fields);
    assert_null(vb_field_example(&vb_constructors[VB_MAKE_LIKERT], "bicycle"));
}

static void the_kinds_of_question_come_first_in_their_own_order(void **state)
{
    (void)state;
    for (int i = 0; i < VB_MAKE_SAY; i++)
        assert_string_equal(vb_constructors[i].name, vb_kind_name((enum vb_kind_id)i));
}

static void a_field_is_found_by_name_and_a_misspelt_one_is_guessed(void **state)
{
    (void)state;
    const struct vb_constructor *likert = vb_constructor_find("likert");
    assert_non_null(vb_field_find(likert, "answers"));
    assert_non_null(vb_field_find(likert, "reverse"));
    assert_null(vb_field_find(likert, "options"));
    assert_null(vb_constructor_find("roster"));
    assert_string_equal(vb_field_guess(likert, "revers"), "reverse");
    assert_null(vb_field_guess(likert, "bicycle"));
    assert_true(vb_field_takes_word(vb_field_find(likert, "relation"), "act"));
    assert_false(vb_field_takes_word(vb_field_find(likert, "relation"), "ac"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_says_what_the_table_says),
        cmocka_unit_test(every_constructor_is_in_its_place_and_has_words_for_its_page),
        cmocka_unit_test(every_field_has_an_example),
        cmocka_unit_test(the_kinds_of_question_come_first_in_their_own_order),
        cmocka_unit_test(a_field_is_found_by_name_and_a_misspelt_one_is_guessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
