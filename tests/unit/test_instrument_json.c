#include "loads.h"

#include "base/buf.h"
#include "data/instrument_json.h"
#include "data/json.h"

/* What a plan of tests/fixtures/good gives, and the kept document beside it. With
 * VERBOND_WRITE_GOLDEN=1 the document is written anew. */
static void check_document(const char *name)
{
    struct vb_folder folder = { .root = "tests/fixtures/good" };
    struct vb_source source = vb_source_folder(&folder);
    struct vb_buf path = { 0 }, kept = { 0 }, first = { 0 }, again = { 0 };
    struct vb_err err = { 0 };
    vb_buf_printf(&path, "%s/instrument.lua", name);
    struct loaded loaded = load_from(&source, path.data);
    assert_int_equal(loaded.code, VB_OK);
    vb_instrument_write(&first, loaded.plan);
    vb_instrument_write(&again, loaded.plan);
    assert_string_equal(first.data, again.data);
    vb_buf_clear(&path);
    vb_buf_printf(&path, "tests/fixtures/documents/%s.json", name);
    if (getenv("VERBOND_WRITE_GOLDEN") != NULL) {
        FILE *file = fopen(path.data, "w");
        assert_non_null(file);
        fprintf(file, "%s\n", first.data);
        fclose(file);
    }
    if (vb_file_read(&kept, path.data, 1 << 20, &err) != VB_OK)
        fail_msg("%s", err.text);
    vb_buf_putc(&first, '\n');
    assert_string_equal(first.data, kept.data);
    vb_buf_finish(&path);
    vb_buf_finish(&kept);
    vb_buf_finish(&first);
    vb_buf_finish(&again);
    vb_findings_finish(&loaded.findings);
    vb_plan_release(loaded.plan);
}

static void every_kind_condition_and_scale_stands_in_the_document(void **state)
{
    (void)state;
    check_document("everything");
}
static void a_roster_and_questions_about_its_members_do_too(void **state)
{
    (void)state;
    check_document("family");
}
static void what_is_included_carries_its_own_licence_and_source(void **state)
{
    (void)state;
    check_document("including");
}
static void a_scripted_one_says_so_and_names_its_questions(void **state)
{
    (void)state;
    check_document("scripted");
}
static void variants_carry_their_words(void **state)
{
    (void)state;
    check_document("medium");
}
static void a_campaign_and_its_card_name_roles_and_questions(void **state)
{
    (void)state;
    check_document("team");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_condition_and_scale_stands_in_the_document),
        cmocka_unit_test(a_roster_and_questions_about_its_members_do_too),
        cmocka_unit_test(what_is_included_carries_its_own_licence_and_source),
        cmocka_unit_test(a_scripted_one_says_so_and_names_its_questions),
        cmocka_unit_test(variants_carry_their_words),
        cmocka_unit_test(a_campaign_and_its_card_name_roles_and_questions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
