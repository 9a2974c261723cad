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

static void a_locked_tablet_hears_the_code_and_where_it_stands_alone(void **state)
{
    (void)state;
    for (int ask = 0; ask < VB_HANDOVER_ASKS; ask++)
        assert_int_equal(vb_handover_hears(VB_LOCKED, (enum vb_handover_ask)ask),
                         ask == VB_HANDOVER_CODE || ask == VB_HANDOVER_WHERE);
}

static void with_a_person_it_hears_their_turn_and_nothing_of_the_staff(void **state)
{
    (void)state;
    assert_true(vb_handover_hears(VB_WITH_PERSON, VB_HANDOVER_SEAT));
    assert_false(vb_handover_hears(VB_WITH_PERSON, VB_HANDOVER_STAFF));
    assert_false(vb_handover_hears(VB_WITH_PERSON, VB_HANDOVER_HAND));
    assert_true(vb_handover_hears(VB_WITH_PERSON, VB_HANDOVER_CODE));
}

static void the_next_one_gets_it_only_from_the_staff(void **state)
{
    (void)state;
    assert_true(vb_handover_hears(VB_AT_STAFF, VB_HANDOVER_HAND));
    assert_true(vb_handover_hears(VB_AT_STAFF, VB_HANDOVER_STAFF));
    assert_false(vb_handover_hears(VB_AT_STAFF, VB_HANDOVER_CODE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_stands_by_three_facts_and_so_survives_a_restart),
        cmocka_unit_test(a_locked_tablet_hears_the_code_and_where_it_stands_alone),
        cmocka_unit_test(with_a_person_it_hears_their_turn_and_nothing_of_the_staff),
        cmocka_unit_test(the_next_one_gets_it_only_from_the_staff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
