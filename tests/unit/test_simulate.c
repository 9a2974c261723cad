/* Rounds that nobody filled in: the same again, plausible, and never among real ones. */
#include "loads.h"
#include "scripts.h"

#include <math.h>

#include "author/chance.h"
#include "author/simulate.h"
#include "author/simulate_value.h"
#include "session/round.h"
#include "store/store_memory.h"

static struct vb_env environment(void)
{
    return (struct vb_env){ .clock = vb_clock_system(),
                            .random = vb_random_system(),
                            .sandbox = script_options(vb_limits_flow()) };
}

struct world {
    struct loaded loaded;
    struct vb_store *store;
    struct vb_env env;
    struct vb_simulation simulation;
};

static void begin(struct world *world, const char *path, uint64_t seed)
{
    world->loaded = load_folder("instruments", path);
    assert_non_null(world->loaded.plan);
    world->store = vb_store_memory_create();
    world->env = environment();
    world->env.sandbox.limits.deadline_ms = SCRIPT_DEADLINE_MS;
    vb_simulation_begin(&world->simulation, &world->env, seed, "test", 1767603600000);
}

static void finish(struct world *world)
{
    vb_store_destroy(world->store);
    unload(&world->loaded);
}

static struct vb_round *simulate(struct world *world, int index)
{
    struct vb_round *round;
    struct vb_err err;
    char name[16];
    snprintf(name, sizeof name, "c%d", index);
    const struct vb_round_options options = { .case_id = name, .simulated = true };
    vb_simulation_next(&world->simulation, index);
    assert_int_equal(vb_round_open(&round, world->store, &world->simulation.env, world->loaded.plan,
                                   &options, &err),
                     VB_OK);
    if (vb_simulate_round(&world->simulation, round, &err) != VB_OK)
        fail_msg("%s", err.text);
    return round;
}

static void write_result(struct vb_buf *out, struct vb_round *round)
{
    struct vb_arena arena = { 0 };
    struct vb_result result;
    struct vb_err err;
    assert_int_equal(vb_round_result(round, 0, &arena, &result, &err), VB_OK);
    vb_result_write(out, &result, VB_CONTENT_ITEMS);
    vb_arena_finish(&arena);
}

static void the_same_seed_gives_the_same_bytes_and_another_does_not(void **state)
{
    (void)state;
    struct vb_buf written[3] = { 0 };
    for (int run = 0; run < 3; run++) {
        struct world world;
        begin(&world, "family-alliance/instrument.lua", run == 2 ? 8 : 7);
        for (int i = 0; i < 5; i++) {
            struct vb_round *round = simulate(&world, i);
            write_result(&written[run], round);
            vb_round_destroy(round);
        }
        finish(&world);
    }
    assert_non_null(strstr(written[0].data, "\"simulated\":true"));
    assert_null(strstr(written[0].data, "\"simulated\":false"));
    assert_string_equal(written[0].data, written[1].data);
    assert_string_not_equal(written[0].data, written[2].data);
    for (int run = 0; run < 3; run++)
        vb_buf_finish(&written[run]);
}

/* Mean of all POMP scores of one side that are given. */
static bool side(const struct vb_respondent *respondent, const struct vb_plan *plan, double *out)
{
    double sum = 0;
    int count = 0;
    for (int i = 0; i < plan->scale_count; i++) {
        if (plan->scales[i].negative || !respondent->own.scores[i].given)
            continue;
        sum += (double)respondent->own.scores[i].pomp_tenths / 10;
        count++;
    }
    *out = count > 0 ? sum / count : 0;
    return count > 0;
}

static void two_sides_resemble_each_other_and_some_answers_are_missing(void **state)
{
    enum { ROUNDS = 300 };
    (void)state;
    struct world world;
    double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
    int n = 0, missing = 0, given = 0;
    begin(&world, "menger-monitor/instrument.lua", 3);
    for (int i = 0; i < ROUNDS; i++) {
        struct vb_arena arena = { 0 };
        struct vb_result result;
        struct vb_err err;
        struct vb_round *round = simulate(&world, i);
        assert_int_equal(vb_round_result(round, 0, &arena, &result, &err), VB_OK);
        assert_true(result.simulated);
        assert_int_equal(result.respondent_count, 2);
        double x, y;
        if (side(&result.respondents[0], world.loaded.plan, &x) &&
            side(&result.respondents[1], world.loaded.plan, &y)) {
            sx += x, sy += y, sxx += x * x, syy += y * y, sxy += x * y;
            n++;
        }
        for (int k = 0; k < world.loaded.plan->item_count; k++) {
            const struct vb_item *item = &world.loaded.plan->items[k];
            const struct vb_value *value = &result.respondents[0].own.values[k];
            if (item->scale < 0 || item->include >= 0)
                continue; /* asked of everybody, whatever they answer */
            missing += !vb_value_given(value);
            given += vb_value_given(value);
        }
        vb_arena_finish(&arena);
        vb_round_destroy(round);
    }
    finish(&world);
    double r = (n * sxy - sx * sy) / sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
    assert_true(n > ROUNDS * 9 / 10);
    assert_true(r > 0.15 && r < 0.6);
    assert_true(sqrt(sxx / n - sx / n * sx / n) > 8); /* persons differ */
    assert_true(missing * 100 > given && missing * 10 < given);
}

static void every_kind_gets_an_answer_that_it_takes(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/instruments", "kinds/instrument.lua");
    assert_non_null(loaded.plan);
    struct vb_arena arena = { 0 };
    uint64_t chance = 5;
    for (int i = 0; i < loaded.plan->item_count; i++) {
        struct vb_ask ask = { loaded.plan, &loaded.plan->items[i], 0, &loaded.plan->policy };
        int given = 0;
        for (int k = 0; k < 500; k++) {
            struct vb_value value;
            int64_t level = vb_chance_normal(&chance) * 2;
            assert_true(vb_simulate_value(&ask, level, "nl", &chance, &arena, &value));
            assert_int_equal(vb_kind_check(&ask, &value), VB_ACCEPTED);
            given += vb_value_given(&value);
        }
        assert_true(given > 400);
    }
    vb_arena_finish(&arena);
    unload(&loaded);
}

static void a_case_is_of_real_people_or_simulated_and_never_both(void **state)
{
    (void)state;
    struct world world;
    struct vb_err err;
    struct vb_round *round;
    begin(&world, "menger-monitor/instrument.lua", 3);
    vb_round_destroy(simulate(&world, 1));
    struct vb_round_options options = { .case_id = "c1", .wave = "t1" };
    assert_int_equal(
        vb_round_open(&round, world.store, &world.env, world.loaded.plan, &options, &err),
        VB_E_DATA);
    assert_string_equal(err.text,
                        "the rounds of case c1 are simulated: real people want another case");
    options.simulated = true;
    assert_int_equal(
        vb_round_open(&round, world.store, &world.env, world.loaded.plan, &options, &err), VB_OK);
    vb_round_destroy(round);
    options = (struct vb_round_options){ .case_id = "real" };
    assert_int_equal(
        vb_round_open(&round, world.store, &world.env, world.loaded.plan, &options, &err), VB_OK);
    struct vb_session *session;
    assert_int_equal(vb_round_join(round, &(struct vb_join){ .role = "client" }, &session, &err),
                     VB_OK);
    vb_round_destroy(round);
    options.simulated = true;
    assert_int_equal(
        vb_round_open(&round, world.store, &world.env, world.loaded.plan, &options, &err),
        VB_E_DATA);
    assert_string_equal(err.text,
                        "case real has rounds of real people: simulated ones want another case");
    finish(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same_bytes_and_another_does_not),
        cmocka_unit_test(two_sides_resemble_each_other_and_some_answers_are_missing),
        cmocka_unit_test(every_kind_gets_an_answer_that_it_takes),
        cmocka_unit_test(a_case_is_of_real_people_or_simulated_and_never_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
