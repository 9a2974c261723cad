/* One tablet, given from hand to hand: what it hears in each state. */
#include "tests.h"

#include "session/handover.h"

static void it_stands_by_three_facts_and_so_survives_a_restart(void **state)
{
    (void)state;
    assert_int_equal(vb_handover_of(false, false, false), VB_AT_STAFF);
    assert_int_equal(vb_handover_of(false, true, true), VB_AT_STAFF); /* an own turn, not handed */
    assert_int_equal(vb_handover_of(true, true, false), VB_WITH_PERSON);
    assert_int_equal(vb_handover_of(true, true, true), VB_LOCKED);   /* shared or stopped */
    assert_int_equal(vb_handover_of(true, false, false), VB_LOCKED); /* later: the seat is gone */
    assert_string_equal(vb_handover_name(VB_AT_STAFF), "at_staff");
    assert_string_equal(vb_handover_name(VB_WITH_PERSON), "with_person");
    assert_string_equal(vb_handover_name(VB_LOCKED), "locked");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_stands_by_three_facts_and_so_survives_a_restart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
