/* Erasing what went out, or was to: who is told, and what never goes. */
#include "erase_fixture.h"

static void change(struct look *look, struct vb_change one)
{
    assert_int_equal(vb_store_commit(store_of(look), &one, 1, &look->scene.world.err), VB_OK);
}

static void put_output(struct look *look, const char *name)
{
    change(look, (struct vb_change){ .kind = VB_PUT_OUTPUT,
                                     .output = { .name = name, .plugin = "p", .options = "{}" } });
}

/* A released dyad whose result arrived at "got", was tried at "tried", and waits for "waits". */
static void sent_dyad(struct look *look)
{
    look_begin(look, dyad());
    put_output(look, "got");
    put_output(look, "tried");
    put_output(look, "waits");
    fill(join(&look->scene, "client", "Sam"), 4, marker);
    fill(join(&look->scene, "professional", NULL), 5, "fine");
    assert_true(settle(&look->scene));
    struct vb_parcel_row row = { .round = round_id(look), .revision = 1, .reason = "" };
    row.attempts = 1;
    row.output = "tried";
    change(look, (struct vb_change){ .kind = VB_SET_PARCEL, .parcel = row });
    row.output = "got";
    row.state = VB_PARCEL_DELIVERED;
    change(look, (struct vb_change){ .kind = VB_SET_PARCEL, .parcel = row });
}

/* "OUTPUT/REVISION STATE " each. */
static const char *parcels_of(struct look *look)
{
    const struct vb_parcel_query all = { .round = round_id(look), .state = VB_PARCEL_ANY };
    struct vb_parcel_row *rows;
    const char *text = "";
    size_t count;
    assert_int_equal(store_of(look)->ops->parcels(store_of(look), &all, &look->arena, &rows, &count,
                                                  &look->scene.world.err),
                     VB_OK);
    for (size_t i = 0; i < count; i++)
        text = vb_arena_printf(&look->arena, "%s%s/%d %s ", text, rows[i].output, rows[i].revision,
                               vb_parcel_state_name(rows[i].state));
    return text;
}

static void an_erased_round_is_recalled_where_it_may_have_arrived(void **state)
{
    (void)state;
    struct look look;
    size_t count;
    sent_dyad(&look);
    assert_string_equal(parcels_of(&look), "got/1 delivered tried/1 waiting waits/1 waiting ");
    erase(&look, VB_ERASE_OF_ROUND, round_id(&look));
    assert_string_equal(parcels_of(&look), "got/1 delivered tried/1 replaced waits/1 replaced "
                                           "got/2 waiting tried/2 waiting ");
    assert_int_equal(row_of(&look, round_id(&look)).state, VB_ROUND_ERASED);
    struct vb_revision_row *rows = revisions_of(&look, &count);
    assert_int_equal(count, 2);
    assert_string_equal(rows[1].reason, "erased");
    assert_int_equal(look.erase.rounds[0].revision, 2);
    assert_int_equal(look.erase.sent_count, 2);
    assert_string_equal(look.erase.sent[0].output, "got");
    assert_int_equal(look.erase.sent[0].revision, 1);
    assert_true(look.erase.sent[0].arrived);
    assert_string_equal(look.erase.sent[1].output, "tried");
    assert_false(look.erase.sent[1].arrived);
    look_end(&look);
}

static void who_goes_while_the_other_stays_is_told_to_everybody(void **state)
{
    (void)state;
    struct look look;
    sent_dyad(&look);
    erase(&look, VB_ERASE_OF_PERSON, person_of(&look, "client"));
    assert_string_equal(parcels_of(&look), "got/1 delivered tried/1 replaced waits/1 replaced "
                                           "got/2 waiting tried/2 waiting waits/2 waiting ");
    erase(&look, VB_ERASE_OF_PERSON, person_of(&look, "professional")); /* nothing is left now */
    assert_string_equal(parcels_of(&look), "got/1 delivered tried/1 replaced waits/1 replaced "
                                           "got/2 replaced tried/2 replaced waits/2 replaced "
                                           "got/3 waiting tried/3 waiting ");
    look_end(&look);
}

static void a_round_that_went_nowhere_is_recalled_nowhere(void **state)
{
    (void)state;
    struct look look;
    look_begin(&look, dyad());
    put_output(&look, "waits");
    fill(join(&look.scene, "client", "Sam"), 4, marker);
    fill(join(&look.scene, "professional", NULL), 5, "fine");
    assert_true(settle(&look.scene));
    erase(&look, VB_ERASE_OF_ROUND, round_id(&look));
    assert_string_equal(parcels_of(&look), "waits/1 replaced ");
    assert_int_equal(look.erase.sent_count, 0);
    look_end(&look);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_erased_round_is_recalled_where_it_may_have_arrived),
        cmocka_unit_test(who_goes_while_the_other_stays_is_told_to_everybody),
        cmocka_unit_test(a_round_that_went_nowhere_is_recalled_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
