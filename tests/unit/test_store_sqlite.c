#include "store_place.h"
#include "store_suite.h"

static void *begin(void)
{
    return place_make();
}

/* Plain, a part would outlive the person it is about: only the sealed store may write one. */
static void parts_are_refused(void **state)
{
    (void)state;
    char *place = place_make();
    struct vb_store *store = place_open(place);
    const struct vb_event_part part = { "p1", "said", 4 };
    struct vb_change event = suite_event("s1", 1, "");
    event.event.parts = &part;
    event.event.part_count = 1;
    suite_begin_round(store);
    suite_one_refused(store, event, VB_E_INTERNAL, "sealed store");
    assert_int_equal(suite_last_seq(store, "s1"), 0);
    vb_store_destroy(store);
    place_end(place);
}

static void what_was_erased_is_not_in_the_file(void **state)
{
    (void)state;
    char *place = place_make();
    struct vb_store *store = place_open(place);
    suite_begin_round(store);
    suite_one(store, suite_event("s1", 1, "an answer id"));
    suite_one(store, suite_blob("sha256:b", "s1"));
    suite_one(store, suite_erase(VB_ERASE_PERSON, "p1"));
    vb_store_destroy(store);
    assert_int_equal(place_number(place, "SELECT count(*) FROM event WHERE seq = 1 AND wall_ms > 0"
                                         " AND answer_id = '' AND length(body) = 0"),
                     1);
    assert_int_equal(place_number(place, "SELECT count(*) FROM person WHERE label IS NULL"), 1);
    assert_int_equal(place_number(place, "SELECT sum(length(bytes)) FROM blob"), 0);
    place_end(place);
}

int main(void)
{
    const struct store_maker sqlite = { "a store on disk", begin,     place_open,
                                        place_reopen,      place_end, .parts = false };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_refused),
        cmocka_unit_test(what_was_erased_is_not_in_the_file),
    };
    return store_suite_run(&sqlite) + cmocka_run_group_tests(tests, NULL, NULL);
}
