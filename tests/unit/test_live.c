/* The rounds at hand: one object each, asleep when nobody comes, read anew when they are gone. */
#include "round_fixture.h"

#include "serve/live.h"
#include "serve/serve.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_that_ask_meet_in_one_object),
        cmocka_unit_test(sessions_sleep_and_wake_where_they_stood),
        cmocka_unit_test(a_round_nobody_comes_to_goes_and_is_read_anew),
        cmocka_unit_test(what_is_held_stays_whatever_the_clock_says),
        cmocka_unit_test(the_beginning_of_an_id_opens_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
