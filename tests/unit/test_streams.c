/* Event streams: who hears what, and that nobody hears longer than they may come in. */
#include "turn_scene.h"

#include "serve/auth_inner.h"
#include "serve/live_inner.h"

struct hall { /* a worker at two browsers, a colleague, a client and a professional by invitation */
    struct turn_place place;
    struct serve_browser kim, kim_home, alex, client, other;
};

static void hall_begin(struct hall *hall)
{
    memset(hall, 0, sizeof *hall);
    turn_begin(&hall->place, "menger-monitor");
    turn_sign_in(&hall->place, &hall->kim, "kim", VB_WORKER);
    turn_sign_in(&hall->place, &hall->alex, "alex", VB_WORKER | VB_ADMIN);
    turn_sit(&hall->place, &hall->client, "client", NULL);
    turn_sit(&hall->place, &hall->other, "professional", NULL);
}

static void hall_end(struct hall *hall)
{
    turn_end(&hall->place);
}

static const struct serve_reply *desk(struct hall *hall, struct serve_browser *browser,
                                      const char *method, const char *what, const char *body)
{
    char target[256];
    snprintf(target, sizeof target, "/api/v1/staff%s", what);
    return serve_ask(&hall->place.scene, browser, method, target, body);
}

static const struct serve_reply *round_act(struct hall *hall, struct serve_browser *browser,
                                           const char *what, const char *body)
{
    char path[128];
    snprintf(path, sizeof path, "/rounds/%s%s", hall->place.round, what);
    return desk(hall, browser, body == NULL && vb_streq(what, "/events") ? "GET" : "POST", path,
                body);
}

static struct vb_stream *staff_hears(struct hall *hall, struct serve_browser *browser)
{
    const struct serve_reply *reply = round_act(hall, browser, "/events", NULL);
    serve_status(reply, 200);
    assert_non_null(reply->stream);
    return reply->stream;
}

static struct vb_stream *seat_hears(struct hall *hall, struct serve_browser *browser)
{
    const struct serve_reply *reply = turn_get(&hall->place, browser, "/events");
    serve_status(reply, 200);
    assert_non_null(reply->stream);
    return reply->stream;
}

static void leave(struct hall *hall, struct serve_browser *browser)
{
    serve_status(serve_ask(&hall->place.scene, browser, "POST", "/api/v1/turn/leave", NULL), 204);
}

static void tell(struct hall *hall)
{
    vb_live_tell_round(hall->place.scene.serve.live, turn_live(&hall->place));
}

/* Goes on, and an event still comes. */
static void assert_hears(struct hall *hall, struct vb_stream *stream)
{
    size_t before = stream->waiting.len;
    tell(hall);
    assert_false(stream->cut);
    assert_true(stream->waiting.len > before);
}

/* Ended before anything else is said, and nothing waits. */
static void assert_over(const struct vb_stream *stream)
{
    assert_true(stream->cut);
    assert_int_equal(stream->waiting.len, 0);
}

/* Let in up to now, and told nothing: the next thing that is sent is what ends it. */
static void assert_ends_at_a_beat(struct vb_stream *stream)
{
    assert_false(stream->cut);
    vb_stream_beat(stream);
    assert_over(stream);
}

static void put(struct hall *hall, const struct vb_change *changes, size_t count)
{
    struct vb_err err;
    if (vb_store_commit(hall->place.scene.store, changes, count, &err) != VB_OK)
        fail_msg("%s", err.text);
}

static struct vb_staff_row account(struct hall *hall, struct vb_arena *arena, const char *name)
{
    struct vb_staff_row row;
    struct vb_err err;
    assert_int_equal(vb_account_find(hall->place.scene.store, name, arena, &row, &err), VB_OK);
    return row;
}

/* -- who hears what ---------------------------------------------------------------------------- */

static void an_answer_looks_through_nobodys_stream_and_a_closed_account_does(void **state)
{
    struct hall hall;
    (void)state;
    hall_begin(&hall);
    seat_hears(&hall, &hall.client);
    serve_status(turn_post(&hall.place, &hall.client, "/begin", "{}"), 200);
    const struct vb_live *live = hall.place.scene.serve.live;
    unsigned before = live->searched;
    const struct serve_reply *step = turn_get(&hall.place, &hall.client, "/step");
    serve_status(turn_post(&hall.place, &hall.client, "/answer",
                           "{'after':%d,'id':'a','value':{'missing':'skipped'}}", turn_seq(step)),
                 200);
    assert_int_equal(live->searched, before);
    serve_status(desk(&hall, &hall.alex, "POST", "/accounts/kim/disable", NULL), 200);
    assert_int_equal(live->searched, before + 1);
    hall_end(&hall);
}

static void staff_hear_who_is_ready_and_a_seat_its_own_step(void **state)
{
    struct hall hall;
    struct vb_buf said = { 0 };
    (void)state;
    hall_begin(&hall);
    const struct serve_reply *staff = round_act(&hall, &hall.kim, "/events", NULL);
    const struct serve_reply *client = turn_get(&hall.place, &hall.client, "/events");
    const struct serve_reply *other = turn_get(&hall.place, &hall.other, "/events");
    struct vb_live *live = hall.place.scene.serve.live;
    assert_int_equal(vb_live_counts(live).streams, 3);
    vb_live_tell_step(live, hall.place.round, "client", NULL, 7);
    serve_heard(client, &said);
    assert_string_equal(said.data, "event: step\ndata: {\"seq\":7}\n\n");
    assert_int_equal(staff->stream->waiting.len + other->stream->waiting.len, 0);
    serve_status(turn_post(&hall.place, &hall.client, "/begin", "{}"), 200);
    vb_buf_clear(&said);
    serve_heard(staff, &said);
    vb_buf_putc(&said, '\0');
    assert_non_null(strstr(said.data, "\"role\":\"client\",\"label\":null,\"ready\":false"));
    vb_buf_clear(&said);
    serve_heard(other, &said);
    vb_buf_putc(&said, '\0');
    assert_non_null(strstr(said.data, "{\"state\":\"opening\",\"sheet\":false}"));
    assert_null(strstr(said.data, "client"));
    vb_stream_close(client->stream);
    assert_int_equal(vb_live_counts(live).streams, 2);
    vb_buf_finish(&said);
    hall_end(&hall);
}

static int audited(struct hall *hall, const char *action, const char *by)
{
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    struct vb_err err;
    size_t count;
    int found = 0;
    struct vb_store *store = hall->place.scene.store;
    assert_int_equal(store->ops->audit(store, &arena, &rows, &count, &err), VB_OK);
    for (size_t i = 0; i < count; i++)
        found += vb_streq(rows[i].action, action) && vb_streq(rows[i].by, by) &&
                 vb_streq(rows[i].subject, hall->place.round);
    vb_arena_finish(&arena);
    return found;
}

static void who_hears_who_is_ready_has_a_row_of_the_audit(void **state)
{
    struct hall hall;
    (void)state;
    hall_begin(&hall);
    for (int i = 0; i < VB_LIVE_STREAMS_EACH; i++)
        staff_hears(&hall, &hall.kim);
    assert_int_equal(audited(&hall, "rounds", "kim"), VB_LIVE_STREAMS_EACH);
    serve_status(round_act(&hall, &hall.kim, "/events", NULL), 429);
    assert_int_equal(audited(&hall, "rounds", "kim"), VB_LIVE_STREAMS_EACH);
    seat_hears(&hall, &hall.client);
    assert_int_equal(audited(&hall, "rounds", "invitation"), 0);
    hall_end(&hall);
}

/* -- staff ------------------------------------------------------------------------------------- */

static void signing_out_ends_what_this_browser_hears_and_no_other(void **state)
{
    struct hall hall;
    (void)state;
    hall_begin(&hall);
    turn_sign_in(&hall.place, &hall.kim_home, "kim", VB_WORKER);
    struct vb_stream *here = staff_hears(&hall, &hall.kim), *tab = staff_hears(&hall, &hall.kim);
    struct vb_stream *home = staff_hears(&hall, &hall.kim_home);
    serve_status(desk(&hall, &hall.kim, "POST", "/sign-out", NULL), 204);
    assert_over(here);
    assert_over(tab);
    assert_hears(&hall, home);
    hall_end(&hall);
}

static void signing_in_elsewhere_ends_nothing_and_again_here_ends_what_was(void **state)
{
    static const char kim[] = "{\"name\":\"kim\",\"password\":\"een lang wachtwoord\"}";
    struct hall hall;
    (void)state;
    hall_begin(&hall);
    struct vb_stream *here = staff_hears(&hall, &hall.kim);
    serve_status(desk(&hall, &hall.kim_home, "POST", "/sign-in", kim), 200);
    assert_hears(&hall, here);
    serve_status(desk(&hall, &hall.kim, "POST", "/sign-in", kim), 200);
    assert_over(here);
    hall_end(&hall);
}

static void a_closed_account_hears_nothing_at_any_browser(void **state)
{
    struct hall hall;
    (void)state;
    hall_begin(&hall);
    turn_sign_in(&hall.place, &hall.kim_home, "kim", VB_WORKER);
    struct vb_stream *here = staff_hears(&hall, &hall.kim);
    struct vb_stream *home = staff_hears(&hall, &hall.kim_home);
    struct vb_stream *alex = staff_hears(&hall, &hall.alex);
    serve_status(desk(&hall, &hall.alex, "POST", "/accounts/kim/disable", NULL), 200);
    assert_over(here);
    assert_over(home);
    assert_hears(&hall, alex);
    hall_end(&hall);
}

/* As `verbond staff password` writes it. */
static void another_password_signs_out_and_ends_the_streams(void **state)
{
    struct hall hall;
    struct vb_arena arena = { 0 };
    (void)state;
    hall_begin(&hall);
    struct vb_stream *kim = staff_hears(&hall, &hall.kim), *alex = staff_hears(&hall, &hall.alex);
    const struct vb_change changes[] = {
        { .kind = VB_PUT_STAFF, .staff = account(&hall, &arena, "kim") },
        { .kind = VB_END_TOKENS, .tokens = { .staff = "kim" } },
    };
    put(&hall, changes, 2);
    assert_over(kim);
    assert_hears(&hall, alex);
    vb_arena_finish(&arena);
    hall_end(&hall);
}

/* As `verbond staff role` writes it: they stay signed in, and are asked again. */
static void other_roles_end_the_streams_that_were_opened_with_the_old_ones(void **state)
{
    struct hall hall;
    struct vb_arena arena = { 0 };
    (void)state;
    hall_begin(&hall);
    struct vb_stream *kim = staff_hears(&hall, &hall.kim);
    struct vb_change change = { .kind = VB_PUT_STAFF, .staff = account(&hall, &arena, "kim") };
    change.staff.roles = "researcher";
    put(&hall, &change, 1);
    assert_over(kim);
    serve_status(round_act(&hall, &hall.kim, "/events", NULL), 403);
    vb_arena_finish(&arena);
    hall_end(&hall);
}

static void a_tablet_that_is_handed_over_hears_nothing_of_staff(void **state)
{
    struct hall hall;
    (void)state;
    hall_begin(&hall);
    struct vb_stream *staff = staff_hears(&hall, &hall.kim);
    serve_status(
        round_act(&hall, &hall.kim, "/handover", "{\"role\":\"client\",\"code\":\"2468\"}"), 200);
    assert_over(staff);
    serve_status(turn_get(&hall.place, &hall.kim, ""), 200);
    struct vb_stream *person = seat_hears(&hall, &hall.kim);
    assert_hears(&hall, person);
    serve_status(desk(&hall, &hall.kim, "GET", "/me", NULL), 200);
    serve_status(desk(&hall, &hall.kim, "POST", "/handover/code", "{\"code\":\"2468\"}"), 200);
    assert_over(person); /* the person's page is gone */
    assert_hears(&hall, staff_hears(&hall, &hall.kim));
    hall_end(&hall);
}

static void who_does_nothing_for_half_an_hour_hears_nothing_more(void **state)
{
    struct hall hall;
    (void)state;
    hall_begin(&hall);
    struct vb_stream *idle = staff_hears(&hall, &hall.kim);
    struct vb_stream *busy = staff_hears(&hall, &hall.alex);
    serve_scene_pass(&hall.place.scene, VB_IDLE_MS - 1000);
    assert_hears(&hall, idle);
    serve_status(desk(&hall, &hall.alex, "GET", "/me", NULL), 200);
    serve_scene_pass(&hall.place.scene, 2000);
    assert_ends_at_a_beat(idle);
    assert_hears(&hall, busy);
    hall_end(&hall);
}

static void after_twelve_hours_nobody_is_signed_in_however_busy(void **state)
{
    struct hall hall;
    (void)state;
    hall_begin(&hall);
    struct vb_stream *stream = staff_hears(&hall, &hall.kim);
    for (int64_t gone = 0; gone + VB_IDLE_MS / 2 < VB_SIGNED_IN_MS; gone += VB_IDLE_MS / 2) {
        serve_scene_pass(&hall.place.scene, VB_IDLE_MS / 2);
        serve_status(desk(&hall, &hall.kim, "GET", "/me", NULL), 200);
        vb_stream_beat(stream);
        assert_false(stream->cut);
    }
    serve_scene_pass(&hall.place.scene, VB_IDLE_MS / 2);
    assert_ends_at_a_beat(stream);
    hall_end(&hall);
}

/* -- seats ------------------------------------------------------------------------------------- */

static void a_withdrawn_invitation_ends_the_seats_by_it_and_no_others(void **state)
{
    struct hall hall;
    char what[160];
    (void)state;
    hall_begin(&hall);
    struct vb_stream *client = seat_hears(&hall, &hall.client);
    struct vb_stream *other = seat_hears(&hall, &hall.other);
    struct vb_stream *staff = staff_hears(&hall, &hall.kim);
    struct vb_arena arena = { 0 };
    struct vb_invitation *list;
    struct vb_err err;
    int count, found = -1;
    assert_int_equal(vb_auth_invitations(hall.place.scene.serve.auth, hall.place.round, &arena,
                                         &list, &count, &err),
                     VB_OK);
    for (int i = 0; i < count; i++)
        if (vb_streq(list[i].role, "client"))
            found = i;
    assert_in_range(found, 0, count - 1);
    snprintf(what, sizeof what, "/rounds/%s/invitations/%s", hall.place.round, list[found].id);
    serve_status(desk(&hall, &hall.kim, "DELETE", what, NULL), 204);
    assert_over(client);
    assert_hears(&hall, other);
    assert_hears(&hall, staff);
    vb_arena_finish(&arena);
    hall_end(&hall);
}

static void a_closed_round_is_heard_of_by_staff_alone(void **state)
{
    struct hall hall;
    (void)state;
    hall_begin(&hall);
    struct vb_stream *client = seat_hears(&hall, &hall.client);
    struct vb_stream *staff = staff_hears(&hall, &hall.kim);
    serve_status(round_act(&hall, &hall.kim, "/end", NULL), 200);
    assert_over(client);
    assert_hears(&hall, staff);
    serve_status(turn_get(&hall.place, &hall.client, "/events"), 401);
    hall_end(&hall);
}

static void who_came_to_a_released_round_hears_on(void **state)
{
    struct hall hall;
    (void)state;
    hall_begin(&hall);
    turn_share(&hall.place, &hall.client, turn_fill(&hall.place, &hall.client, NULL));
    turn_share(&hall.place, &hall.other, turn_fill(&hall.place, &hall.other, NULL));
    assert_int_equal(vb_round_row(turn_live(&hall.place))->state, VB_ROUND_RELEASED);
    assert_hears(&hall, seat_hears(&hall, &hall.client));
    assert_hears(&hall, seat_hears(&hall, &hall.other));
    hall_end(&hall);
}

static void who_leaves_hears_nothing_at_that_browser(void **state)
{
    struct hall hall;
    (void)state;
    hall_begin(&hall);
    struct vb_stream *client = seat_hears(&hall, &hall.client);
    leave(&hall, &hall.client);
    assert_over(client);
    hall_end(&hall);
}

static void a_seat_goes_with_its_days(void **state)
{
    struct hall hall;
    (void)state;
    hall_begin(&hall);
    struct vb_stream *client = seat_hears(&hall, &hall.client);
    serve_scene_pass(&hall.place.scene, VB_SEAT_HOURS * INT64_C(3600000) - 1000);
    assert_hears(&hall, client);
    serve_scene_pass(&hall.place.scene, 1000);
    assert_ends_at_a_beat(client);
    hall_end(&hall);
}

static void who_is_erased_hears_nothing_and_the_other_does(void **state)
{
    struct hall hall;
    (void)state;
    hall_begin(&hall);
    serve_status(turn_post(&hall.place, &hall.client, "/begin", "{}"), 200);
    serve_status(turn_post(&hall.place, &hall.other, "/begin", "{}"), 200);
    struct vb_stream *client = seat_hears(&hall, &hall.client);
    int count;
    const struct vb_participant *list = vb_round_participants(turn_live(&hall.place), &count);
    const struct vb_change change = {
        .kind = VB_ERASE,
        .erasure = { .what = VB_ERASE_PERSON, .id = list[0].person, .reason = "asked" },
    };
    put(&hall, &change, 1);
    assert_over(client);
    hall_end(&hall);
}

/* Nothing is written down of it, so no store tells. */
static void a_seat_in_memory_ends_when_it_is_left(void **state)
{
    struct hall hall;
    (void)state;
    hall_begin(&hall);
    const struct serve_reply *begun =
        desk(&hall, &hall.kim, "POST", "/rounds",
             "{\"instrument\":\"worker-stance\",\"variant\":\"seven\"}");
    assert_in_range(begun->status, 200, 201);
    snprintf(hall.place.round, sizeof hall.place.round, "%s", serve_text(begun, "round"));
    serve_status(round_act(&hall, &hall.kim, "/turn", "{\"role\":\"professional\"}"), 200);
    serve_status(turn_get(&hall.place, &hall.kim, ""), 200);
    struct vb_stream *own = seat_hears(&hall, &hall.kim);
    assert_hears(&hall, own);
    leave(&hall, &hall.kim);
    assert_over(own);
    hall_end(&hall);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_looks_through_nobodys_stream_and_a_closed_account_does),
        cmocka_unit_test(staff_hear_who_is_ready_and_a_seat_its_own_step),
        cmocka_unit_test(who_hears_who_is_ready_has_a_row_of_the_audit),
        cmocka_unit_test(signing_out_ends_what_this_browser_hears_and_no_other),
        cmocka_unit_test(signing_in_elsewhere_ends_nothing_and_again_here_ends_what_was),
        cmocka_unit_test(a_closed_account_hears_nothing_at_any_browser),
        cmocka_unit_test(another_password_signs_out_and_ends_the_streams),
        cmocka_unit_test(other_roles_end_the_streams_that_were_opened_with_the_old_ones),
        cmocka_unit_test(a_tablet_that_is_handed_over_hears_nothing_of_staff),
        cmocka_unit_test(who_does_nothing_for_half_an_hour_hears_nothing_more),
        cmocka_unit_test(after_twelve_hours_nobody_is_signed_in_however_busy),
        cmocka_unit_test(a_withdrawn_invitation_ends_the_seats_by_it_and_no_others),
        cmocka_unit_test(a_closed_round_is_heard_of_by_staff_alone),
        cmocka_unit_test(who_came_to_a_released_round_hears_on),
        cmocka_unit_test(who_leaves_hears_nothing_at_that_browser),
        cmocka_unit_test(a_seat_goes_with_its_days),
        cmocka_unit_test(who_is_erased_hears_nothing_and_the_other_does),
        cmocka_unit_test(a_seat_in_memory_ends_when_it_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
