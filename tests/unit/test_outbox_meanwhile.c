/* The outbox: what is taken back, ends or lasts while parcels are on their way. */
#include "outbox_world.h"

/* -- what changes meanwhile -------------------------------------------------------------------- */

static void what_was_taken_back_meanwhile_does_not_go_out(void **state)
{
    struct outbox_world *world = *state;
    struct vb_err err;
    world_output(world, NULL, "o");
    for (int i = 0; i < 4; i++)
        world_release(world, (const char *[]){ "r1", "r2", "r3", "r4" }[i],
                      (const char *[]){ "k1", "k2", "k3", "k4" }[i]);
    world_open(world);
    world_revise(world, "r3", 2, "erased");
    world_rest(world);
    assert_string_equal(world_said(world), "r1/o/1#1 r2/o/1#1 r4/o/1#1 ");
    assert_int_equal(vb_outbox_wake(world->box, &err), VB_OK);
    world_rest(world);
    assert_string_equal(world_said(world), "r3/o/2#1 ");
    assert_string_equal(world_parcels(world, VB_PARCEL_REPLACED), "r3/o/1 ");
    assert_int_equal(vb_outbox_count(world->box).waiting, 0);
}

static void what_was_taken_back_on_its_way_does_not_go_again(void **state)
{
    struct outbox_world *world = *state;
    struct vb_err err;
    world->receiver = world_refuses_first;
    world->holds = true;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_open(world);
    world_pass(world, 0);
    assert_string_equal(world_said(world), "r1/o/1#1 ");
    world_revise(world, "r1", 2, "withdrawn");
    world->holds = false;
    world_answer_all(world);
    assert_int_equal(vb_outbox_wake(world->box, &err), VB_OK);
    world_pass(world, 100000);
    assert_string_equal(world_said(world), "r1/o/2#1 ");
    assert_string_equal(world_parcels(world, VB_PARCEL_REPLACED), "r1/o/1 ");
}

/* -- leases and restarts ----------------------------------------------------------------------- */

static void what_another_run_had_on_its_way_waits_for_the_end_of_its_lease(void **state)
{
    struct outbox_world *world = *state;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    suite_one(world->store, (struct vb_change){ .kind = VB_SET_PARCEL,
                                                .parcel = { .round = "r1",
                                                            .output = "o",
                                                            .revision = 1,
                                                            .attempts = 1,
                                                            .due_wall_ms = world->now_ms,
                                                            .lease_wall_ms = world->now_ms + 40000,
                                                            .reason = "" } });
    world_open(world);
    world_rest(world);
    assert_int_equal(vb_outbox_next_ms(world->box), world->now_ms + 40000);
    world_pass(world, 39999);
    assert_string_equal(world_said(world), "");
    world_pass(world, 1);
    assert_string_equal(world_said(world), "r1/o/1#2 ");
}

static void a_clock_that_was_put_back_holds_nothing_for_years(void **state)
{
    struct outbox_world *world = *state;
    world->now_ms += 10 * 365 * 86400000LL;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world->now_ms -= 10 * 365 * 86400000LL;
    world_open(world);
    world_pass(world, 86400000);
    assert_string_equal(world_said(world), "r1/o/1#1 ");
}

static void a_claim_is_written_before_anything_goes(void **state)
{
    struct outbox_world *world = *state;
    world->holds = true;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_open(world);
    world_pass(world, 0);
    struct vb_parcel_row row = world_parcel(world, "r1", 1);
    assert_int_equal(row.attempts, 1);
    assert_int_equal(row.lease_wall_ms, world->now_ms + 40000);
    assert_false(*vb_outbox_rested(world->box));
}

/* "ACTION SUBJECT BY " each. */
static const char *audited(struct outbox_world *world, struct vb_arena *arena)
{
    struct vb_audit_row *rows;
    struct vb_err err;
    const char *text = "";
    size_t count;
    assert_int_equal(world->store->ops->audit(world->store, arena, &rows, &count, &err), VB_OK);
    for (size_t i = 0; i < count; i++)
        text = vb_arena_printf(arena, "%s%s %s %s ", text, rows[i].action, rows[i].subject,
                               rows[i].by);
    return text;
}

static void what_is_given_away_stands_in_the_audit_before_it_is(void **state)
{
    struct outbox_world *world = *state;
    struct vb_arena arena = { 0 };
    world->receiver = world_refuses_first;
    world->holds = true;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_open(world);
    assert_string_equal(audited(world, &arena), "");
    world_pass(world, 0);
    assert_string_equal(audited(world, &arena), "send r1 rule ");
    world->holds = false;
    world_answer_all(world);
    world_pass(world, 5000);
    assert_string_equal(world_parcels(world, VB_PARCEL_DELIVERED), "r1/o/1 ");
    assert_string_equal(audited(world, &arena), "send r1 rule "); /* once, for two attempts */
    vb_arena_finish(&arena);
}

static void what_ends_in_the_middle_gives_its_claims_back(void **state)
{
    struct outbox_world *world = *state;
    world->holds = true;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_release(world, "r2", "k2");
    world_open(world);
    world_pass(world, 0);
    world_close(world);
    assert_int_equal(world_parcel(world, "r1", 1).attempts, 1); /* it may have arrived */
    assert_int_equal(world_parcel(world, "r1", 1).lease_wall_ms, 0);
    assert_int_equal(world_parcel(world, "r2", 1).attempts, 0);
    assert_int_equal(world_parcel(world, "r2", 1).lease_wall_ms, 0);
    world->holds = false;
    world_said(world);
    world_open(world);
    world_rest(world);
    assert_string_equal(world_said(world), "r1/o/1#2 r2/o/1#1 ");
}

static void finishing_waits_for_what_is_on_its_way(void **state)
{
    struct outbox_world *world = *state;
    world->holds = true;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_release(world, "r2", "k2");
    world_open(world);
    world_pass(world, 0);
    vb_outbox_finish(world->box, 5000);
    world_rest(world);
    assert_string_equal(world_said(world), "r1/o/1#1 ");
    assert_string_equal(world_parcels(world, VB_PARCEL_DELIVERED), "r1/o/1 ");
    assert_int_equal(world->running, 0);
    assert_int_equal(world_parcel(world, "r2", 1).lease_wall_ms, 0);
}

static void slow_ones_are_claimed_again_before_their_lease_ends(void **state)
{
    struct outbox_world *world = *state;
    world->holds = true;
    world_output(world, NULL, "o");
    for (int i = 0; i < 6; i++) {
        char name[8];
        snprintf(name, sizeof name, "r%d", i);
        world_release(world, name, NULL);
    }
    world_open(world);
    for (int i = 0; i < 6; i++) {
        world_pass(world, 20000);
        struct vb_parcel_query query = { 0 };
        struct vb_parcel_row *rows;
        struct vb_arena arena = { 0 };
        struct vb_err err;
        size_t count;
        world->store->ops->parcels(world->store, &query, &arena, &rows, &count, &err);
        assert_true(count > 0);
        assert_true(rows[0].lease_wall_ms >= world->now_ms + 10000); /* the one that is with it */
        vb_arena_finish(&arena);
        world_answer_all(world);
    }
    world_pass(world, 0);
    assert_int_equal(vb_outbox_count(world->box).delivered, 6);
    assert_string_equal(world_said(world),
                        "r0/o/1#1 r1/o/1#1 r2/o/1#1 r3/o/1#1 r4/o/1#1 r5/o/1#1 ");
}

static void many_outputs_take_turns_in_few_processes(void **state)
{
    struct outbox_world *world = *state;
    char name[16];
    for (int i = 0; i < 100; i++) {
        snprintf(name, sizeof name, "o%d", i);
        world_output(world, NULL, name);
    }
    world_release(world, "r1", "k1");
    world_open(world);
    world_rest(world);
    assert_int_equal(vb_outbox_count(world->box).delivered, 100);
    assert_int_equal(world->most_running, BOX_PROCESSES);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_set_up, world_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_taken_back_meanwhile_does_not_go_out),
        TEST(what_was_taken_back_on_its_way_does_not_go_again),
        TEST(what_another_run_had_on_its_way_waits_for_the_end_of_its_lease),
        TEST(a_clock_that_was_put_back_holds_nothing_for_years),
        TEST(a_claim_is_written_before_anything_goes),
        TEST(what_is_given_away_stands_in_the_audit_before_it_is),
        TEST(what_ends_in_the_middle_gives_its_claims_back),
        TEST(finishing_waits_for_what_is_on_its_way),
        TEST(slow_ones_are_claimed_again_before_their_lease_ends),
        TEST(many_outputs_take_turns_in_few_processes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
