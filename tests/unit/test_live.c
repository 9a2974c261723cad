/* The rounds at hand: one object each, asleep when nobody comes, read anew when they are gone. */
#include "loads.h"
#include "round_fixture.h"

#include "serve/live.h"
#include "serve/serve.h"
#include "session/stage.h"

struct place {
    struct scene scene;
    struct vb_house house;
    struct vb_live *live;
    int read; /* plans that were asked for */
};

static enum vb_code pinned(void *ctx, const char *digest, struct vb_plan **out, struct vb_err *err)
{
    struct place *place = ctx;
    (void)err;
    assert_string_equal(digest, place->scene.plan->digest);
    place->read++;
    *out = vb_plan_keep(place->scene.plan);
    return VB_OK;
}

/* A dyad whose client answered once; the round is the live ones' from here on. */
static const char *place_begin(struct place *place)
{
    *place = (struct place){ 0 };
    begin(&place->scene, dyad());
    assert_int_equal(give(join(&place->scene, "client", NULL), vb_value_int(4)), VB_OK);
    place->house = (struct vb_house){ .ctx = place,
                                      .store = place->scene.world.store,
                                      .env = &place->scene.world.env,
                                      .pinned = pinned };
    assert_int_equal(vb_live_create(&place->live, &place->house, &place->scene.world.err), VB_OK);
    const char *id = vb_strdup(vb_round_row(place->scene.round)->id);
    vb_live_adopt(place->live, place->scene.round);
    place->scene.round = NULL;
    return id;
}

static void place_end(struct place *place, const char *id)
{
    vb_live_destroy(place->live);
    end(&place->scene);
    free((void *)id);
}

static struct vb_round *ask(struct place *place, const char *id)
{
    struct vb_round *round = NULL;
    assert_int_equal(vb_live_round(place->live, id, &round, &place->scene.world.err), VB_OK);
    return round;
}

static struct vb_session *client_of(struct vb_round *round)
{
    int count;
    return vb_round_participants(round, &count)[0].session;
}

static void pass(struct place *place, int64_t ms)
{
    place->scene.world.now_ms += ms;
    vb_live_tidy(place->live);
}

static void two_that_ask_meet_in_one_object(void **state)
{
    struct place place;
    const char *id = place_begin(&place);
    (void)state;
    assert_ptr_equal(ask(&place, id), ask(&place, id));
    assert_int_equal(place.read, 0);
    place_end(&place, id);
}

static void sessions_sleep_and_wake_where_they_stood(void **state)
{
    struct place place;
    const char *id = place_begin(&place);
    struct vb_round *round = ask(&place, id);
    struct vb_session *client = client_of(round);
    (void)state;
    pass(&place, VB_LIVE_REST_MS + 1);
    assert_true(vb_session_asleep(client));
    assert_ptr_equal(ask(&place, id), round);
    assert_string_equal(vb_session_view(client)->item->id, "two");
    place_end(&place, id);
}

static void a_round_nobody_comes_to_goes_and_is_read_anew(void **state)
{
    struct place place;
    const char *id = place_begin(&place);
    (void)state;
    pass(&place, VB_LIVE_REST_MS + 1);
    pass(&place, VB_LIVE_KEEP_MS);
    assert_int_equal(vb_live_counts(place.live).rounds, 0);
    assert_string_equal(vb_session_view(client_of(ask(&place, id)))->item->id, "two");
    assert_int_equal(place.read, 1);
    place_end(&place, id);
}

static void what_is_held_stays_whatever_the_clock_says(void **state)
{
    struct place place;
    const char *id = place_begin(&place);
    struct vb_round *round = ask(&place, id);
    (void)state;
    vb_live_hold(place.live, round);
    vb_live_forget(place.live, id);
    pass(&place, VB_LIVE_KEEP_MS * 2);
    assert_false(vb_session_asleep(client_of(round)));
    assert_ptr_not_equal(ask(&place, id), round); /* forgotten: who asks now reads it anew */
    vb_live_release(place.live, round);
    assert_int_equal(vb_live_counts(place.live).rounds, 1);
    place_end(&place, id);
}

static void the_beginning_of_an_id_opens_nothing(void **state)
{
    struct place place;
    const char *id = place_begin(&place);
    struct vb_round *round;
    char prefix[6] = { 0 };
    (void)state;
    memcpy(prefix, id, 5);
    vb_live_forget(place.live, id);
    assert_int_equal(vb_live_round(place.live, prefix, &round, &place.scene.world.err),
                     VB_E_ABSENT);
    assert_int_equal(vb_live_round(place.live, "zzzzzzzz", &round, &place.scene.world.err),
                     VB_E_ABSENT);
    place_end(&place, id);
}

/* -- flows that run by turns ------------------------------------------------------------------- */

/* The clock moves with every look at it, and every hook looks: so a flow yields by work. */
static int64_t look(void *ctx)
{
    int64_t *looks = ctx;
    return ++*looks * 10000;
}

static const char counting[] =
    "local v <const> = require 'verbond'\n"
    "return v.instrument { id = 'counting', version = '1.0.0', licence = 'CC0-1.0',\n"
    "basis = 'own', source = 'a test', title = { en = 'Counting' }, languages = { 'en' },\n"
    "status = { en = 'draft' }, respondents = { 'client' },\n"
    "flow = function(s) s:ask 'one'\n"
    "local n = 0 for i = 1, 100000 do n = n + i end s:ask 'two' end,\n"
    "v.yesno 'one' { text = { en = 'One?' } }, v.yesno 'two' { text = { en = 'Two?' } } }";

static void went_on(void *ctx)
{
    *(bool *)ctx = true;
}

static void on_answered(void *ctx, enum vb_code code, const struct vb_err *err)
{
    (void)err;
    assert_int_equal(code, VB_OK);
    went_on(ctx);
}

static void who_waits_for_a_commit_that_fails_is_told_when_the_flow_is_back(void **state)
{
    struct place place = { 0 };
    struct world *world = &place.scene.world;
    struct vb_loop *loop;
    int64_t looks = 0;
    bool first = false, second = false;
    (void)state;
    world_begin(world);
    assert_int_equal(vb_loop_create(&loop, &world->err), VB_OK);
    assert_int_equal(vb_turns_create(&world->env.turns, loop, &world->err), VB_OK);
    world->env.clock = (struct vb_clock){ look, look, &looks };
    world->env.sandbox.clock = world->env.clock;
    world->env.sandbox.limits.deadline_ms = 1000000;
    struct loaded loaded = load_text(counting);
    place.scene.plan = plan_of(&loaded);
    assert_int_equal(open_round(&place.scene, &(struct vb_round_options){ .case_id = "c-1" }),
                     VB_OK);
    struct vb_session *session = join(&place.scene, "client", NULL);
    struct vb_round *round = place.scene.round;
    place.house = (struct vb_house){ .store = world->store, .env = &world->env };
    assert_int_equal(vb_live_create(&place.live, &place.house, &world->err), VB_OK);
    vb_live_adopt(place.live, round);

    /* one is answered, two is about to be left again, and the store refuses that */
    const struct vb_value yes = { .type = VB_VALUE_BOOL, .number = 1 };
    bool answered = false;
    vb_session_answer(session, vb_session_view(session)->seq, NULL, &yes, NULL, on_answered,
                      &answered);
    assert_int_equal(vb_loop_until(loop, &answered, &world->err), VB_OK);
    const struct vb_view *view = vb_session_view(session);
    struct vb_event back = { .type = VB_EVENT_BACK, .seq = view->seq + 1, .item = 0, .member = -1 };
    struct vb_change changes[VB_STAGE_CHANGES];
    size_t count;
    assert_int_equal(vb_session_stage(session, &back, changes, &count, &world->err), VB_OK);
    vb_live_await(place.live, round, session, went_on, &first);
    vb_live_await(place.live, round, session, went_on, &second);
    vb_session_stage_end(session, VB_E_IO);
    assert_true(vb_session_busy(session));
    vb_live_arrived(place.live, session);
    assert_false(first || second);
    assert_int_equal(vb_loop_until(loop, &second, &world->err), VB_OK);
    assert_true(first);
    assert_string_equal(vb_session_view(session)->item->id, "two");

    vb_live_destroy(place.live);
    unload(&loaded);
    vb_turns_destroy(world->env.turns);
    vb_loop_destroy(loop);
    world_end(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_that_ask_meet_in_one_object),
        cmocka_unit_test(sessions_sleep_and_wake_where_they_stood),
        cmocka_unit_test(a_round_nobody_comes_to_goes_and_is_read_anew),
        cmocka_unit_test(what_is_held_stays_whatever_the_clock_says),
        cmocka_unit_test(the_beginning_of_an_id_opens_nothing),
        cmocka_unit_test(who_waits_for_a_commit_that_fails_is_told_when_the_flow_is_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
