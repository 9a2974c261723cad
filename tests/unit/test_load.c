/* What a good instrument becomes. */
#include "loads.h"

static void menger_monitor_loads_with_its_scales_forms_and_formats(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("instruments", "menger-monitor/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    assert_string_equal(plan->id, "menger-monitor");
    assert_int_equal(plan->item_count, 22);
    assert_int_equal(plan->scale_count, 4);
    assert_int_equal(plan->format_count, 2);
    assert_string_equal(plan->formats[0].name, "standard");
    assert_int_equal(plan->formats[0].answers.count, 5);
    assert_int_equal(plan->form_count, 1);
    assert_int_equal(plan->file_count, 2);
    assert_string_equal(plan->files[1].path, "shared/agree.lua");
    assert_int_equal(strlen(plan->digest), 71);
    assert_int_equal(loaded.findings.warnings, 0);
    unload(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(menger_monitor_loads_with_its_scales_forms_and_formats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
