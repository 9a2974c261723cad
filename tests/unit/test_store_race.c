/* test_store_race.c - two runners at one session, a thousand times, over the real store and its
 * threads: there is one log, and each acknowledged answer stands in it once. */
#include "tests.h"

#include "base/str.h"
#include "plan_fixture.h"
#include "session_fixture.h"
#include "store/store_queue.h"
#include "store/store_sqlite.h"
#include "store_place.h"

enum { ROUNDS = 20, RACES = 50, RUNNERS = 2, ITEMS = 3 };

struct scene {
    struct world world;
    char *place;
    struct vb_loop *loop;
    struct vb_plan *plan;
};

static int set_up(void **state)
{
    struct scene *scene = vb_new(struct scene);
    struct fixture f = fixture_begin();
    for (int i = 0; i < ITEMS; i++)
        fixture_ask(&f, fixture_item(&f, i == 0 ? "a" : i == 1 ? "b" : "c", VB_LIKERT), NULL);
    scene->plan = fixture_end(&f);
    world_begin(&scene->world);
    vb_store_destroy(scene->world.store);
    scene->place = place_make();
    assert_int_equal(vb_loop_create(&scene->loop, &scene->world.err), VB_OK);
    struct vb_store_queue_options stores = { .writer = place_open(scene->place),
                                             .loop = scene->loop };
    stores.reader = vb_store_sqlite_reader(stores.writer);
    assert_int_equal(vb_store_queue_create(&scene->world.store, &stores, &scene->world.err), VB_OK);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    world_end(&scene->world);
    vb_loop_destroy(scene->loop);
    vb_plan_release(scene->plan);
    place_end(scene->place);
    free(scene);
    return 0;
}

/* -- a runner: answers where it stands, goes back from the overview -- */

struct attempt {
    char id[24]; /* "" for going back */
    int64_t seq;
    bool acknowledged, heard;
    enum vb_code code;
};
struct runner {
    struct vb_session *session;
    struct attempt attempts[RACES];
    int count;
    int *left; /* to be heard in this race */
    bool *all;
};

static void on_done(void *ctx, enum vb_code code, const struct vb_err *err)
{
    (void)err;
    struct runner *runner = ctx;
    struct attempt *attempt = &runner->attempts[runner->count++];
    assert_false(attempt->heard);
    attempt->heard = true;
    attempt->code = code;
    attempt->acknowledged = code == VB_OK;
    *runner->all = --*runner->left == 0;
}

static void act(struct runner *runner, char name)
{
    const struct vb_view *view = vb_session_view(runner->session);
    struct attempt *attempt = &runner->attempts[runner->count];
    struct vb_value value = vb_value_int(1 + runner->count % 5);
    attempt->seq = view->seq + 1;
    if (view->at != VB_AT_ITEM) {
        vb_session_back(runner->session, view->seq, on_done, runner);
        return;
    }
    snprintf(attempt->id, sizeof attempt->id, "%c%d", name, runner->count);
    vb_session_answer(runner->session, view->seq, attempt->id, &value, NULL, on_done, runner);
}

/* Both at once, on whatever each of them saw last. */
static void race(struct scene *scene, struct runner *runners, int number)
{
    int left = RUNNERS;
    bool all = false;
    for (int i = 0; i < RUNNERS; i++) {
        struct runner *runner = &runners[(number + i) % RUNNERS];
        runner->left = &left;
        runner->all = &all;
        act(runner, "ab"[runner - runners]);
    }
    assert_int_equal(vb_loop_until(scene->loop, &all, &scene->world.err), VB_OK);
    int won = 0;
    for (int i = 0; i < RUNNERS; i++) {
        enum vb_code code = runners[i].attempts[number].code;
        assert_true(code == VB_OK || code == VB_E_CONFLICT);
        won += code == VB_OK;
    }
    assert_int_equal(won, 1);
}

static int attempts_with(const struct runner *runners, const char *id, int64_t seq)
{
    int found = 0;
    for (int r = 0; r < RUNNERS; r++)
        for (int i = 0; i < RACES; i++)
            found += runners[r].attempts[i].acknowledged && runners[r].attempts[i].seq == seq &&
                     vb_streq(runners[r].attempts[i].id, id);
    return found;
}

static void one_log(struct scene *scene, const struct runner *runners)
{
    struct vb_arena arena = { 0 };
    struct vb_event_row *rows;
    size_t count;
    struct vb_store *store = scene->world.store;
    assert_int_equal(store->ops->events(store, vb_session_id(runners[0].session), 1, &arena, &rows,
                                        &count, &scene->world.err),
                     VB_OK);
    assert_int_equal(count, 1 + RACES); /* the opening, and one for each race */
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(rows[i].seq, i + 1);
        if (i > 0)
            assert_int_equal(attempts_with(runners, rows[i].answer_id, rows[i].seq), 1);
    }
    vb_arena_finish(&arena);
}

/* The runner whose acknowledgement got lost sends the same again. */
static void the_same_again_changes_nothing(struct scene *scene, struct runner *runners)
{
    for (int r = 0; r < RUNNERS; r++) {
        for (int i = 0; i < RACES; i++) {
            const struct attempt *attempt = &runners[r].attempts[i];
            struct vb_value value = vb_value_int(1 + i % 5);
            struct heard heard = { 0 };
            if (attempt->id[0] == '\0')
                continue;
            vb_session_answer(runners[!r].session, attempt->seq - 1, attempt->id, &value, NULL,
                              hear, &heard);
            assert_int_equal(heard.times, 1); /* nothing to write: known from the log */
            assert_int_equal(heard.code, attempt->acknowledged ? VB_OK : VB_E_CONFLICT);
        }
    }
    one_log(scene, runners);
}

/* Both stand where the log says, whichever of them wrote its end. */
static void both_end_at_the_same_step(struct scene *scene, struct runner *runners)
{
    for (int r = 0; r < RUNNERS;
         r++) { /* who lost the last race looked again; the other wrote it */
        const struct vb_view *view = vb_session_view(runners[r].session);
        assert_int_equal(view->seq, 1 + RACES);
        assert_int_equal(view->at, vb_session_view(runners[0].session)->at);
        assert_ptr_equal(view->item, vb_session_view(runners[0].session)->item);
    }
    struct vb_session *fresh;
    assert_int_equal(vb_session_load(&fresh, scene->world.store, &scene->world.env, scene->plan,
                                     vb_session_id(runners[0].session), &scene->world.err),
                     VB_OK);
    assert_ptr_equal(vb_session_view(fresh)->item, vb_session_view(runners[0].session)->item);
    vb_session_destroy(fresh);
}

static void two_runners_at_one_session_make_one_log_a_thousand_times(void **state)
{
    struct scene *scene = *state;
    struct world *world = &scene->world;
    for (int i = 0; i < ROUNDS; i++) {
        struct vb_round *round;
        struct runner runners[RUNNERS] = { 0 };
        char case_id[16];
        snprintf(case_id, sizeof case_id, "c-%d", i);
        assert_int_equal(vb_round_open(&round, world->store, &world->env, scene->plan,
                                       &(struct vb_round_options){ .case_id = case_id },
                                       &world->err),
                         VB_OK);
        assert_int_equal(vb_round_join(round, &(struct vb_join){ .role = "client" },
                                       &runners[0].session, &world->err),
                         VB_OK);
        assert_int_equal(vb_session_load(&runners[1].session, world->store, &world->env,
                                         scene->plan, vb_session_id(runners[0].session),
                                         &world->err),
                         VB_OK);
        for (int number = 0; number < RACES; number++)
            race(scene, runners, number);
        one_log(scene, runners);
        both_end_at_the_same_step(scene, runners);
        the_same_again_changes_nothing(scene, runners);
        vb_session_destroy(runners[1].session);
        vb_round_destroy(round);
    }
    struct vb_store_counts counts = vb_store_queue_counts(world->store);
    assert_int_equal(counts.refused, ROUNDS * RACES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_runners_at_one_session_make_one_log_a_thousand_times,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
