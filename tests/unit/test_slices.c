/* A flow that runs in slices: when it runs changes, what it does never. */
#include "flows.h"

#include "loop/turns.h"

/* A clock that moves with every look at it, so that slices end at the same places in every run. */
struct ticking {
    int64_t now_ns, step_ns, looks;
};

static int64_t tick(void *ctx)
{
    struct ticking *ticking = ctx;
    ticking->looks++;
    return ticking->now_ns += ticking->step_ns;
}

enum { LOOK_NS = 10000, SLICE_NS = 1000000, HOOKS_A_SLICE = SLICE_NS / LOOK_NS };

static void begin_ticking(struct flow_fixture *fix, struct ticking *ticking, const char *body)
{
    *ticking = (struct ticking){ .step_ns = LOOK_NS };
    fixture_begin(fix);
    fixture_item(fix, "first", VB_LIKERT);
    fixture_item(fix, "second", VB_LIKERT);
    fixture_flow(fix, body);
    fix->options.clock = (struct vb_clock){ tick, tick, ticking };
    fix->options.limits.deadline_ms = 1000000;
    assert_int_equal(fixture_open(fix), VB_OK);
}

/* Resumes until it is something else than busy; how many slices that took. */
static int resume_all(struct flow_fixture *fix, const struct vb_value *value)
{
    int slices = 1;
    while (fixture_step(fix, value) == VB_OK && fix->at.step == VB_FLOW_BUSY) {
        value = NULL;
        slices++;
    }
    return slices;
}

static const char counting[] = "local n = 0 for i = 1, 100000 do n = n + i % 7 end "
                               "local a = s:ask 'first' "
                               "for i = 1, 100000 do n = n + i % 5 end "
                               "s:say(tostring(n + a)) s:ask 'second'";

static void a_sliced_flow_asks_and_says_what_it_says_in_one_run(void **state)
{
    (void)state;
    struct flow_fixture whole, sliced;
    struct ticking time, other;
    const struct vb_value four = vb_value_int(4);
    begin_ticking(&whole, &time, counting);
    begin_ticking(&sliced, &other, counting);
    vb_flow_slice(sliced.flow, SLICE_NS);
    assert_asks(&whole, NULL, "first");
    assert_true(resume_all(&sliced, NULL) > 10);
    assert_string_equal(sliced.plan->items[sliced.at.item].id, "first");
    assert_int_equal(fixture_step(&whole, &four), VB_OK);
    assert_true(resume_all(&sliced, &four) > 10);
    assert_int_equal(sliced.at.step, VB_FLOW_SAY);
    assert_string_equal(sliced.at.text, whole.at.text);
    resume_all(&sliced, NULL);
    assert_int_equal(sliced.at.step, VB_FLOW_ASK);
    assert_string_equal(sliced.plan->items[sliced.at.item].id, "second");
    resume_all(&sliced, &four);
    assert_int_equal(sliced.at.step, VB_FLOW_DONE);
    fixture_end(&whole);
    fixture_end(&sliced);
}

/* Every way to run for ever that the sandbox knows how to end. */
static const char *const runaways[] = {
    "while true do end",
    "while true do pcall(function() while true do end end) end",
    "local function f() return pcall(f) end while true do f() end",
    "local t = {} for i = 1, 4000 do t[i] = i end "
    "while true do table.sort(t, function(a, b) return a > b end) end",
    "local t = {} for i = 1, 8000 do t[i] = -i end while true do table.sort(t) end",
    "local x = string.rep('a', 1000) while true do x = x:sub(1, 999) .. 'b' end",
    "while true do s.members = nil end",
};
enum { RUNAWAYS = sizeof runaways / sizeof *runaways };

static void slices_end_a_runaway_with_the_same_words_as_one_run(void **state)
{
    (void)state;
    for (int i = 0; i < RUNAWAYS; i++) {
        struct flow_fixture whole, sliced;
        struct ticking time, other;
        begin_ticking(&whole, &time, runaways[i]);
        begin_ticking(&sliced, &other, runaways[i]);
        vb_flow_slice(sliced.flow, SLICE_NS);
        fixture_step(&whole, NULL);
        resume_all(&sliced, NULL);
        assert_int_not_equal(whole.code, VB_OK);
        assert_int_equal(sliced.code, whole.code);
        assert_string_equal(sliced.err.text, whole.err.text);
        fixture_end(&whole);
        fixture_end(&sliced);
    }
}

static void no_slice_looks_at_the_clock_more_often_than_it_may(void **state)
{
    (void)state;
    for (int i = 0; i < RUNAWAYS; i++) {
        struct flow_fixture fix;
        struct ticking time;
        begin_ticking(&fix, &time, runaways[i]);
        vb_flow_slice(fix.flow, SLICE_NS);
        do {
            int64_t before = time.looks;
            fixture_step(&fix, NULL);
            assert_true(time.looks - before <= HOOKS_A_SLICE + 2);
        } while (fix.code == VB_OK && fix.at.step == VB_FLOW_BUSY);
        fixture_end(&fix);
    }
}

static void waiting_between_two_slices_does_not_count_towards_the_deadline(void **state)
{
    (void)state;
    struct flow_fixture fix;
    struct ticking time;
    begin_ticking(&fix, &time, counting);
    fix.options.limits.deadline_ms = 100;
    assert_int_equal(fixture_open(&fix), VB_OK);
    vb_flow_slice(fix.flow, SLICE_NS);
    while (fixture_step(&fix, NULL) == VB_OK && fix.at.step == VB_FLOW_BUSY)
        time.now_ns += 1000000000;
    assert_int_equal(fix.code, VB_OK);
    assert_int_equal(fix.at.step, VB_FLOW_ASK);
    fixture_end(&fix);
}

static void running_over_many_slices_meets_the_deadline_all_the_same(void **state)
{
    (void)state;
    struct flow_fixture fix;
    struct ticking time;
    begin_ticking(&fix, &time, "while true do end");
    fix.options.limits.deadline_ms = 5;
    assert_int_equal(fixture_open(&fix), VB_OK);
    vb_flow_slice(fix.flow, SLICE_NS);
    assert_true(resume_all(&fix, NULL) >= 4);
    assert_int_equal(fix.code, VB_E_LIMIT);
    assert_non_null(strstr(fix.err.text, "longer than 5 ms"));
    fixture_end(&fix);
}

/* -- turns ------------------------------------------------------------------------------------ */

struct piece {
    struct vb_turn turn;
    int left, *log, *at, name;
    bool *done;
};

static bool one_piece(struct vb_turn *turn)
{
    struct piece *piece = (struct piece *)turn;
    piece->log[(*piece->at)++] = piece->name;
    if (--piece->left > 0)
        return true;
    if (piece->done != NULL)
        *piece->done = true;
    return false;
}

static void everybody_gets_one_piece_by_turns(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop;
    struct vb_turns *turns;
    int log[16], at = 0;
    bool done = false;
    assert_int_equal(vb_loop_create(&loop, &err), VB_OK);
    assert_int_equal(vb_turns_create(&turns, loop, &err), VB_OK);
    struct piece a = { { .go = one_piece }, 3, log, &at, 1, NULL };
    struct piece b = { { .go = one_piece }, 1, log, &at, 2, NULL };
    struct piece c = { { .go = one_piece }, 4, log, &at, 3, &done };
    struct piece d = { { .go = one_piece }, 1, log, &at, 4, NULL };
    vb_turns_add(turns, &a.turn);
    vb_turns_add(turns, &b.turn);
    vb_turns_add(turns, &d.turn);
    vb_turns_add(turns, &c.turn);
    vb_turns_add(turns, &a.turn);
    vb_turns_drop(turns, &d.turn);
    vb_turns_drop(turns, &d.turn);
    assert_int_equal(vb_turns_waiting(turns), 3);
    assert_int_equal(vb_loop_until(loop, &done, &err), VB_OK);
    static const int expected[] = { 1, 2, 3, 1, 3, 1, 3, 3 };
    assert_int_equal(at, sizeof expected / sizeof *expected);
    assert_memory_equal(log, expected, sizeof expected);
    assert_int_equal(vb_turns_waiting(turns), 0);
    vb_turns_destroy(turns);
    vb_loop_destroy(loop);
}

static void who_drops_out_last_is_not_waited_for(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop;
    struct vb_turns *turns;
    int log[4], at = 0;
    bool never = false;
    struct piece a = { { .go = one_piece }, 1, log, &at, 1, NULL };
    assert_int_equal(vb_loop_create(&loop, &err), VB_OK);
    assert_int_equal(vb_turns_create(&turns, loop, &err), VB_OK);
    vb_turns_add(turns, &a.turn);
    vb_turns_drop(turns, &a.turn);
    assert_int_equal(vb_loop_until(loop, &never, &err), VB_E_INTERNAL);
    assert_int_equal(at, 0);
    vb_turns_destroy(turns);
    vb_loop_destroy(loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sliced_flow_asks_and_says_what_it_says_in_one_run),
        cmocka_unit_test(slices_end_a_runaway_with_the_same_words_as_one_run),
        cmocka_unit_test(no_slice_looks_at_the_clock_more_often_than_it_may),
        cmocka_unit_test(waiting_between_two_slices_does_not_count_towards_the_deadline),
        cmocka_unit_test(running_over_many_slices_meets_the_deadline_all_the_same),
        cmocka_unit_test(everybody_gets_one_piece_by_turns),
        cmocka_unit_test(who_drops_out_last_is_not_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
