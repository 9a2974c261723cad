/* A store that takes its time, or cannot write: what a page is told then. */
#include "turn_scene.h"

#include "store/store_queue.h"

/* -- a store behind a thread ------------------------------------------------------------------ */

static void begin_slow(struct turn_place *place)
{
    struct vb_store *queue;
    struct vb_err err;
    memset(place, 0, sizeof *place);
    serve_scene_begin(&place->scene, "instruments");
    const struct vb_store_queue_options options = { .writer = place->scene.store,
                                                    .loop = place->scene.loop };
    if (vb_store_queue_create(&queue, &options, &err) != VB_OK)
        fail_msg("%s", err.text);
    place->scene.store = place->scene.house.store = queue;
    turn_restart(place);
    turn_round(place, "menger-monitor", "c-1");
}

static struct vb_session *session_of(struct turn_place *place, const char *role)
{
    int count;
    const struct vb_participant *list = vb_round_participants(turn_live(place), &count);
    for (int i = 0; i < count; i++)
        if (vb_streq(list[i].role, role))
            return list[i].session;
    fail_msg("nobody is %s", role);
    return NULL;
}

static void heard(void *ctx, enum vb_code code, const struct vb_err *err)
{
    (void)err;
    *(enum vb_code *)ctx = code;
}

static void a_dyad_goes_on_when_every_commit_comes_later(void **state)
{
    struct turn_place place;
    struct serve_browser client, professional;
    (void)state;
    begin_slow(&place);
    turn_sit(&place, &client, "client", NULL);
    turn_sit(&place, &professional, "professional", NULL);
    turn_share(&place, &client, turn_fill(&place, &client, "x"));
    turn_share(&place, &professional, turn_fill(&place, &professional, "y"));
    serve_status(turn_get(&place, &client, "/sheet"), 200);
    turn_end(&place);
}

/* An answer of another tab is on its way: done has not run. */
static void begin_in_flight(struct turn_place *place, struct serve_browser *client,
                            enum vb_code *code)
{
    static const struct vb_value four = { .type = VB_VALUE_INT, .number = 4 };
    begin_slow(place);
    turn_sit(place, client, "client", NULL);
    serve_status(turn_post(place, client, "/begin", "{}"), 200);
    *code = VB_E_STOPPED;
    vb_session_answer(session_of(place, "client"), 1, "one", &four, NULL, heard, code);
    assert_int_equal(*code, VB_E_STOPPED);
}

/* Its done is the test's own here, so whoever waits is told by hand, as every handler does. */
static void tell(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct turn_place *place = ctx;
    (void)err;
    assert_int_equal(code, VB_OK);
    vb_live_arrived(place->scene.serve.live, session_of(place, "client"));
}

static void begin_told(struct turn_place *place, struct serve_browser *client)
{
    static const struct vb_value four = { .type = VB_VALUE_INT, .number = 4 };
    begin_slow(place);
    turn_sit(place, client, "client", NULL);
    serve_status(turn_post(place, client, "/begin", "{}"), 200);
    vb_session_answer(session_of(place, "client"), 1, "one", &four, NULL, tell, place);
}

static void whoever_asks_while_an_answer_is_saved_waits_for_it(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    begin_told(&place, &client);
    assert_int_equal(turn_seq(turn_get(&place, &client, "/step")), 2);
    turn_end(&place);
}

static void the_same_answer_sent_again_before_the_commit_is_acknowledged_once(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    begin_told(&place, &client);
    const struct serve_reply *again =
        turn_post(&place, &client, "/answer", "{'after':1,'id':'one','value':4}");
    serve_status(again, 200);
    assert_int_equal(turn_seq(again), 2);
    turn_end(&place);
}

static void another_answer_before_the_commit_meets_the_step_behind_it(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    begin_told(&place, &client);
    const struct serve_reply *other =
        turn_post(&place, &client, "/answer", "{'after':1,'id':'two','value':1}");
    serve_status(other, 409);
    assert_int_equal(cJSON_GetObjectItemCaseSensitive(turn_field(other, "step"), "seq")->valueint,
                     2);
    turn_end(&place);
}

static void a_round_is_not_put_away_while_an_answer_is_saved(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    enum vb_code code;
    (void)state;
    begin_in_flight(&place, &client, &code);
    struct vb_session *session = session_of(&place, "client");
    serve_scene_pass(&place.scene, VB_LIVE_KEEP_MS * 2);
    vb_live_tidy(place.scene.serve.live);
    assert_false(vb_session_asleep(session));
    vb_store_queue_settle(place.scene.store);
    assert_int_equal(code, VB_OK);
    turn_end(&place);
}

/* -- a store that cannot write ---------------------------------------------------------------- */

static struct vb_store_ops broken_ops;
static const struct vb_store_ops *whole_ops;

static enum vb_code no_commit(struct vb_store *store, const struct vb_change *changes, size_t count,
                              struct vb_err *err)
{
    (void)store;
    (void)changes;
    (void)count;
    return vb_fail(err, VB_E_IO, "no space left on /var/lib/somewhere");
}

static void break_store(struct turn_place *place, bool broken)
{
    if (whole_ops == NULL)
        whole_ops = place->scene.store->ops;
    broken_ops = *whole_ops;
    broken_ops.commit = no_commit;
    broken_ops.submit = NULL;
    place->scene.store->ops = broken ? &broken_ops : whole_ops;
}

static void what_cannot_be_saved_is_said_and_nothing_moves(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    const struct serve_reply *step = turn_post(&place, &client, "/begin", "{}");
    break_store(&place, true);
    const struct serve_reply *unsaved =
        turn_post(&place, &client, "/answer", "{'after':1,'id':'one','value':4}");
    serve_status(unsaved, 503);
    assert_string_equal(serve_refusal(unsaved), "unsaved");
    assert_null(strstr(unsaved->text, "somewhere")); /* our own troubles are for the log */
    break_store(&place, false);
    assert_string_equal(turn_get(&place, &client, "/step")->text, step->text);
    serve_status(turn_post(&place, &client, "/answer", "{'after':1,'id':'one','value':4}"), 200);
    turn_end(&place);
}

static void a_yes_that_cannot_be_saved_is_none_and_is_said_again(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    turn_fill(&place, &client, "x");
    const struct serve_reply *overview = turn_get(&place, &client, "/step");
    break_store(&place, true);
    serve_status(
        turn_post(&place, &client, "/share", "{'after':%d,'yes':true}", turn_seq(overview)), 503);
    break_store(&place, false);
    assert_string_equal(turn_get(&place, &client, "/step")->text, overview->text);
    turn_share(&place, &client, overview);
    turn_end(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dyad_goes_on_when_every_commit_comes_later),
        cmocka_unit_test(whoever_asks_while_an_answer_is_saved_waits_for_it),
        cmocka_unit_test(the_same_answer_sent_again_before_the_commit_is_acknowledged_once),
        cmocka_unit_test(another_answer_before_the_commit_meets_the_step_behind_it),
        cmocka_unit_test(a_round_is_not_put_away_while_an_answer_is_saved),
        cmocka_unit_test(what_cannot_be_saved_is_said_and_nothing_moves),
        cmocka_unit_test(a_yes_that_cannot_be_saved_is_none_and_is_said_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
