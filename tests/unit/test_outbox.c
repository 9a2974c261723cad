/* The outbox: what goes when, in which order, and what becomes of what does not arrive. */
#include "outbox_world.h"

#include "base/buf.h"
#include "base/str.h"

static struct world_answer says_retry(struct outbox_world *world, const char *output,
                                      const struct vb_deliver *deliver)
{
    (void)world, (void)output, (void)deliver;
    return (struct world_answer){ VB_ANSWER_RETRY, 0, "nobody at home" };
}

static struct world_answer crashes(struct outbox_world *world, const char *output,
                                   const struct vb_deliver *deliver)
{
    (void)world, (void)output, (void)deliver;
    return (struct world_answer){ VB_ANSWER_BROKEN, 0, "it ended by signal 11" };
}

static struct world_answer takes_it(void)
{
    return (struct world_answer){ VB_ANSWER_DELIVERED, 0, NULL };
}

static int64_t told_deadline_ms;

static struct world_answer notes_the_deadline(struct outbox_world *world, const char *output,
                                              const struct vb_deliver *deliver)
{
    (void)world, (void)output;
    told_deadline_ms = deliver->deadline_ms;
    return takes_it();
}

/* -- what arrives ------------------------------------------------------------------------------ */

static void what_waits_is_delivered_and_then_it_rests(void **state)
{
    struct outbox_world *world = *state;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_release(world, "r2", NULL);
    world_open(world);
    assert_int_equal(vb_outbox_count(world->box).waiting, 2);
    world_rest(world);
    assert_string_equal(world_said(world), "r1/o/1#1 r2/o/1#1 ");
    assert_string_equal(world_parcels(world, VB_PARCEL_DELIVERED), "r1/o/1 r2/o/1 ");
    struct vb_outbox_count count = vb_outbox_count(world->box);
    assert_int_equal(count.waiting, 0);
    assert_int_equal(count.delivered, 2);
    assert_int_equal(count.dead, 0);
    assert_int_equal(vb_outbox_next_ms(world->box), 0);
    struct vb_parcel_row row = world_parcel(world, "r1", 1);
    assert_int_equal(row.attempts, 1);
    assert_int_equal(row.lease_wall_ms, 0);
    assert_int_equal(world->starts, 1);
}

static void nothing_to_send_starts_nothing(void **state)
{
    struct outbox_world *world = *state;
    world_output(world, NULL, "o");
    world_open(world);
    world_rest(world);
    assert_int_equal(world->starts, 0);
}

static void what_comes_later_goes_after_a_wake(void **state)
{
    struct outbox_world *world = *state;
    struct vb_err err;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_open(world);
    world_rest(world);
    world_revise(world, "r1", 2, "talk");
    world_output(world, "r2", "p");
    world_release(world, "r2", "k1");
    assert_int_equal(vb_outbox_wake(world->box, &err), VB_OK);
    assert_false(*vb_outbox_rested(world->box));
    world_rest(world);
    assert_string_equal(world_parcels(world, VB_PARCEL_WAITING), "");
    assert_int_equal(vb_outbox_count(world->box).delivered, 4);
    world_said(world);
    assert_int_equal(vb_outbox_wake(world->box, &err), VB_OK); /* and once more is nothing */
    world_rest(world);
    assert_string_equal(world_said(world), "");
}

static void only_the_round_that_was_asked_for_goes(void **state)
{
    struct outbox_world *world = *state;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_release(world, "r2", "k2");
    world->options.only_round = "r2";
    world_open(world);
    world_rest(world);
    assert_string_equal(world_said(world), "r2/o/1#1 ");
}

/* -- order ------------------------------------------------------------------------------------- */

static void a_waiting_parcel_holds_up_its_case_and_no_other(void **state)
{
    struct outbox_world *world = *state;
    world->receiver = world_refuses_first;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_release(world, "r2", "k2");
    world_revise(world, "r1", 2, "talk");
    world_release(world, "r3", "k1");
    world_open(world);
    world_rest(world);
    assert_string_equal(world_said(world), "r1/o/1#1 r2/o/1#1 ");
    assert_string_equal(world_parcel(world, "r1", 1).reason, "nobody at home");
    assert_true(vb_outbox_next_ms(world->box) > world->now_ms);
    world_pass(world, 2000);
    assert_string_equal(world_said(world), "r1/o/1#2 r1/o/2#1 r3/o/1#1 ");
}

static struct world_answer rejects_first_of_r1(struct outbox_world *world, const char *output,
                                               const struct vb_deliver *deliver)
{
    (void)world, (void)output;
    if (vb_streq(deliver->parcel, "r1/o/1"))
        return (struct world_answer){ VB_ANSWER_REJECTED, 0, "no such dossier" };
    return takes_it();
}

static void a_dead_parcel_holds_nothing_up(void **state)
{
    struct outbox_world *world = *state;
    world->receiver = rejects_first_of_r1;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_revise(world, "r1", 2, "talk");
    world_open(world);
    world_rest(world);
    assert_string_equal(world_said(world), "r1/o/1#1 r1/o/2#1 ");
    assert_string_equal(world_parcels(world, VB_PARCEL_DEAD), "r1/o/1 ");
    assert_string_equal(world_parcel(world, "r1", 1).reason, "no such dossier");
    assert_int_equal(vb_outbox_count(world->box).dead, 1);
}

static void a_round_without_case_keeps_its_own_order(void **state)
{
    struct outbox_world *world = *state;
    world->receiver = world_refuses_first;
    world_output(world, NULL, "o");
    world_release(world, "r1", NULL);
    world_revise(world, "r1", 2, "talk");
    world_release(world, "r2", NULL);
    world_open(world);
    world_rest(world);
    assert_string_equal(world_said(world), "r1/o/1#1 r2/o/1#1 ");
}

static void one_output_of_several_rounds_is_one_process_and_one_order(void **state)
{
    struct outbox_world *world = *state;
    world->receiver = world_refuses_first;
    world_output(world, "r1", "o");
    world_output(world, "r2", "o");
    world_release(world, "r1", "k1");
    world_release(world, "r2", "k1");
    world_open(world);
    world_rest(world);
    assert_string_equal(world_said(world), "r1/o/1#1 ");
    world_pass(world, 2000);
    assert_string_equal(world_said(world), "r1/o/1#2 r2/o/1#1 ");
    assert_int_equal(world->starts, 1);
}

static struct world_answer only_p_works(struct outbox_world *world, const char *output,
                                        const struct vb_deliver *deliver)
{
    return vb_streq(output, "p") ? takes_it() : crashes(world, output, deliver);
}

static void an_output_that_breaks_disturbs_no_other(void **state)
{
    struct outbox_world *world = *state;
    world->receiver = only_p_works;
    world_output(world, NULL, "o");
    world_output(world, NULL, "p");
    for (int i = 0; i < 5; i++) {
        char round[8], of[8];
        snprintf(round, sizeof round, "r%d", i);
        snprintf(of, sizeof of, "k%d", i);
        world_release(world, round, of);
    }
    world_open(world);
    world_rest(world);
    assert_string_equal(world_parcels(world, VB_PARCEL_DELIVERED),
                        "r0/p/1 r1/p/1 r2/p/1 r3/p/1 r4/p/1 ");
    assert_int_equal(vb_outbox_count(world->box).waiting, 5);
}

/* -- what does not arrive ---------------------------------------------------------------------- */

static void the_wait_doubles_up_to_a_quarter_of_an_hour(void **state)
{
    struct outbox_world *world = *state;
    int64_t low = 1000;
    for (int attempts = 1; attempts < 40; attempts++) {
        for (int i = 0; i < 50; i++) {
            int64_t wait_ms = vb_outbox_backoff_ms(attempts, &world->options.random);
            assert_true(wait_ms >= low * 3 / 4 && wait_ms <= low * 5 / 4);
        }
        low = low * 2 < 900000 ? low * 2 : 900000;
    }
}

static void the_wait_is_spread(void **state)
{
    struct outbox_world *world = *state;
    int64_t least = INT64_MAX, most = 0;
    for (int i = 0; i < 200; i++) {
        int64_t wait_ms = vb_outbox_backoff_ms(30, &world->options.random);
        least = wait_ms < least ? wait_ms : least;
        most = wait_ms > most ? wait_ms : most;
    }
    assert_true(least < 720000 && most > 1080000);
}

static struct world_answer names_a_moment(struct outbox_world *world, const char *output,
                                          const struct vb_deliver *deliver)
{
    (void)world, (void)output;
    return deliver->attempt > 1 ? takes_it()
                                : (struct world_answer){ VB_ANSWER_RETRY, 60000, "later" };
}

static void a_plugin_may_name_the_moment(void **state)
{
    struct outbox_world *world = *state;
    world->receiver = names_a_moment;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_open(world);
    world_rest(world);
    assert_int_equal(vb_outbox_next_ms(world->box), world->now_ms + 60000);
    assert_int_equal(world_parcel(world, "r1", 1).due_wall_ms, world->now_ms + 60000);
    world_pass(world, 59999);
    assert_string_equal(world_parcels(world, VB_PARCEL_WAITING), "r1/o/1 ");
    world_pass(world, 1);
    assert_string_equal(world_parcels(world, VB_PARCEL_WAITING), "");
}

static void what_breaks_the_plugin_each_time_is_dead_at_last(void **state)
{
    struct outbox_world *world = *state;
    world->receiver = crashes;
    world->options.attempts_max = 3;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_open(world);
    world_pass(world, 60000);
    assert_string_equal(world_said(world), "r1/o/1#1 r1/o/1#2 r1/o/1#3 ");
    assert_string_equal(world_parcels(world, VB_PARCEL_DEAD), "r1/o/1 ");
    assert_string_equal(world_parcel(world, "r1", 1).reason,
                        "tried 3 times; at last: it ended by signal 11");
    assert_int_equal(world->starts, 3);
}

static struct world_answer never_takes_r1(struct outbox_world *world, const char *output,
                                          const struct vb_deliver *deliver)
{
    return vb_starts_with(deliver->parcel, "r1/") ? says_retry(world, output, deliver) : takes_it();
}

static void what_alone_is_never_taken_is_dead_at_last(void **state)
{
    struct outbox_world *world = *state;
    struct vb_err err;
    world->receiver = never_takes_r1;
    world->options.attempts_max = 3;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_open(world);
    world_rest(world);
    world_release(world, "r2", "k2");
    assert_int_equal(vb_outbox_wake(world->box, &err), VB_OK);
    world_pass(world, 60000);
    assert_string_equal(world_parcels(world, VB_PARCEL_DEAD), "r1/o/1 ");
    assert_string_equal(world_parcel(world, "r1", 1).reason,
                        "tried 3 times; at last: nobody at home");
}

/* A receiver that is down for a week kills nothing. */
static void nothing_dies_of_a_receiver_that_takes_nothing(void **state)
{
    struct outbox_world *world = *state;
    world->receiver = says_retry;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_open(world);
    world_pass(world, 7 * 86400000LL);
    assert_string_equal(world_parcels(world, VB_PARCEL_WAITING), "r1/o/1 ");
    assert_true(world_parcel(world, "r1", 1).attempts > 600);
    assert_true(world_parcel(world, "r1", 1).attempts < 1000); /* it is not pestered */
}

static void a_plugin_that_does_not_start_makes_its_parcels_wait(void **state)
{
    struct outbox_world *world = *state;
    world->will_not_start = true;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_open(world);
    world_rest(world);
    struct vb_parcel_row row = world_parcel(world, "r1", 1);
    assert_int_equal(row.state, VB_PARCEL_WAITING);
    assert_int_equal(row.attempts, 0); /* nobody can have it */
    assert_string_equal(row.reason, "no plugin at /p.so");
    world->will_not_start = false;
    world_pass(world, 2000);
    assert_string_equal(world_parcels(world, VB_PARCEL_DELIVERED), "r1/o/1 ");
}

static void a_plugin_that_ends_at_once_is_started_ever_later(void **state)
{
    struct outbox_world *world = *state;
    world->ends_at_start = true;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_open(world);
    world_pass(world, 86400000);
    assert_true(world->starts > 90 && world->starts < 130);
    assert_int_equal(world_parcel(world, "r1", 1).attempts, 0);
    assert_string_equal(world_parcel(world, "r1", 1).reason, "it ended before it was ready");
    assert_int_equal(world->running, 0);
}

static void what_cannot_be_made_is_dead_and_what_cannot_be_made_now_waits(void **state)
{
    struct outbox_world *world = *state;
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world->render_code = VB_E_IO;
    world_open(world);
    world_rest(world);
    assert_int_equal(world_parcel(world, "r1", 1).attempts, 0);
    assert_string_equal(world_parcel(world, "r1", 1).reason, "it cannot be made");
    world->render_code = VB_E_DATA;
    world_pass(world, 2000);
    assert_string_equal(world_parcels(world, VB_PARCEL_DEAD), "r1/o/1 ");
    assert_string_equal(world_said(world), "");
    assert_int_equal(world_parcel(world, "r1", 1).attempts, 0); /* it reached nobody */
}

static void what_may_not_go_out_is_dropped_and_seems_to_have_reached_nobody(void **state)
{
    struct outbox_world *world = *state;
    world->nothing = "nobody said yes to research";
    world_output(world, NULL, "o");
    world_release(world, "r1", "k1");
    world_open(world);
    world_rest(world);
    assert_string_equal(world_said(world), "");
    assert_string_equal(world_parcels(world, VB_PARCEL_DROPPED), "r1/o/1 ");
    assert_string_equal(world_parcel(world, "r1", 1).reason, "nobody said yes to research");
    assert_int_equal(world_parcel(world, "r1", 1).attempts, 0);
    assert_int_equal(vb_outbox_count(world->box).dead, 0);
    assert_int_equal(vb_outbox_count(world->box).waiting, 0);
}

/* -- a day without a receiver ------------------------------------------------------------------ */

struct day {
    int64_t down_until_ms;
    unsigned char *times; /* how often each number arrived */
    int *last;            /* of each case: the last number that arrived */
    long arrived, out_of_order;
    int cases;
};
static struct day day;

static struct world_answer is_down_for_a_day(struct outbox_world *world, const char *output,
                                             const struct vb_deliver *deliver)
{
    if (world->now_ms < day.down_until_ms)
        return says_retry(world, output, deliver);
    int number = atoi(deliver->parcel + 1), of = number % day.cases;
    day.arrived++;
    day.times[number]++;
    day.out_of_order += number < day.last[of];
    day.last[of] = number;
    return takes_it();
}

/* OUTBOX_PARCELS=100000 is the size that the figures are of. */
static void after_a_day_without_receiver_everything_arrives_once_and_in_order(void **state)
{
    struct outbox_world *world = *state;
    const char *wanted = getenv("OUTBOX_PARCELS");
    int parcels = wanted == NULL ? 4000 : atoi(wanted);
    day = (struct day){ .down_until_ms = world->now_ms + 86400000, .cases = parcels / 5 };
    day.times = calloc((size_t)parcels, 1);
    day.last = calloc((size_t)day.cases, sizeof *day.last);
    world->receiver = is_down_for_a_day;
    world->quiet = true;
    world_output(world, NULL, "o");
    for (int i = 0; i < parcels; i++) {
        char round[16], of[16];
        snprintf(round, sizeof round, "r%d", i);
        snprintf(of, sizeof of, "k%d", i % day.cases);
        world_release(world, round, of);
    }
    world_open(world);
    world_pass(world, 86400000);
    assert_int_equal(day.arrived, 0);
    assert_true(world->given < 200); /* and it was not pestered */
    world_pass(world, 20 * 60000);
    assert_int_equal(day.arrived, parcels);
    assert_int_equal(day.out_of_order, 0);
    for (int i = 0; i < parcels; i++)
        assert_int_equal(day.times[i], 1);
    assert_int_equal(vb_outbox_count(world->box).delivered, parcels);
    assert_int_equal(vb_outbox_count(world->box).waiting, 0);
    free(day.times);
    free(day.last);
}

/* -- limits ------------------------------------------------------------------------------------ */

static void put_limited(struct outbox_world *world, const char *round, int64_t memory_mib,
                        int64_t deadline_s)
{
    suite_one(world->store, (struct vb_change){ .kind = VB_PUT_OUTPUT,
                                                .output = { .round = round,
                                                            .name = "o",
                                                            .plugin = "/p.so",
                                                            .options = "{}",
                                                            .memory_mib = memory_mib,
                                                            .deadline_s = deadline_s } });
}

static void an_output_has_the_limits_of_the_house_unless_it_has_its_own(void **state)
{
    struct outbox_world *world = *state;
    const struct {
        const char *round;
        int64_t memory_mib, deadline_s;
        size_t memory_max;
        int64_t deadline_ms;
    } outputs[] = {
        { "r1", 0, 0, 700 << 20, 40000 },
        { "r2", 64, 90, 64 << 20, 90000 },
        { "r3", VB_MEMORY_NONE, 0, VB_DELIVERY_UNLIMITED, 40000 },
        { "r4", 64, 90, 64 << 20, 90000 },
    };
    enum { COUNT = sizeof outputs / sizeof *outputs };
    world->receiver = notes_the_deadline;
    world->options.memory_max = 700 << 20;
    world->options.deadline_ms = 40000;
    world->options.ready_ms = 3000;
    for (int i = 0; i < COUNT; i++) {
        put_limited(world, outputs[i].round, outputs[i].memory_mib, outputs[i].deadline_s);
        world_release(world, outputs[i].round, NULL);
        world->options.only_round = outputs[i].round;
        world_open(world);
        world_rest(world);
        assert_int_equal(world->started.memory_max, outputs[i].memory_max);
        assert_int_equal(world->started.deadline_ms, outputs[i].deadline_ms);
        assert_int_equal(world->started.ready_ms, 3000);
        assert_int_equal(told_deadline_ms, outputs[i].deadline_ms);
        world_close(world);
    }
    /* Together: those with the same limits are one process. */
    for (int i = 0; i < COUNT; i++)
        world_revise(world, outputs[i].round, 2, "talk");
    world->options.only_round = NULL;
    world->starts = 0;
    world_open(world);
    world_rest(world);
    assert_int_equal(world->starts, 3);
    assert_int_equal(vb_outbox_count(world->box).delivered, COUNT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_set_up, world_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_waits_is_delivered_and_then_it_rests),
        TEST(nothing_to_send_starts_nothing),
        TEST(what_comes_later_goes_after_a_wake),
        TEST(only_the_round_that_was_asked_for_goes),
        TEST(a_waiting_parcel_holds_up_its_case_and_no_other),
        TEST(a_dead_parcel_holds_nothing_up),
        TEST(a_round_without_case_keeps_its_own_order),
        TEST(one_output_of_several_rounds_is_one_process_and_one_order),
        TEST(an_output_has_the_limits_of_the_house_unless_it_has_its_own),
        TEST(an_output_that_breaks_disturbs_no_other),
        TEST(the_wait_doubles_up_to_a_quarter_of_an_hour),
        TEST(the_wait_is_spread),
        TEST(a_plugin_may_name_the_moment),
        TEST(what_breaks_the_plugin_each_time_is_dead_at_last),
        TEST(what_alone_is_never_taken_is_dead_at_last),
        TEST(nothing_dies_of_a_receiver_that_takes_nothing),
        TEST(a_plugin_that_does_not_start_makes_its_parcels_wait),
        TEST(a_plugin_that_ends_at_once_is_started_ever_later),
        TEST(what_cannot_be_made_is_dead_and_what_cannot_be_made_now_waits),
        TEST(what_may_not_go_out_is_dropped_and_seems_to_have_reached_nobody),
        TEST(after_a_day_without_receiver_everything_arrives_once_and_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
