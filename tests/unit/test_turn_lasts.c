/* How long a seat lasts that staff took themselves: as long as their sign-in, their account and the
 * case are theirs, and one at a browser. */
#include "turn_office.h"

/* -- how long it lasts ------------------------------------------------------------------------- */

static void signs_out(struct office *office)
{
    serve_status(desk(office, &office->kim, "POST", "/sign-out", NULL), 204);
}

static void is_disabled(struct office *office)
{
    serve_status(desk(office, &office->noor, "POST", "/accounts/kim/disable", NULL), 200);
}

static void has_another_password(struct office *office) /* `verbond staff password` */
{
    struct vb_arena arena = { 0 };
    const struct vb_change changes[] = {
        { .kind = VB_PUT_STAFF, .staff = account(office, &arena, "kim") },
        { .kind = VB_END_TOKENS, .tokens = { .staff = "kim" } },
    };
    put(office, changes, 2);
    vb_arena_finish(&arena);
}

static void has_other_roles(struct office *office)
{
    struct vb_arena arena = { 0 };
    struct vb_change change = { .kind = VB_PUT_STAFF, .staff = account(office, &arena, "kim") };
    change.staff.roles = "researcher";
    put(office, &change, 1);
    vb_arena_finish(&arena);
}

static void has_the_case_no_more(struct office *office)
{
    unassign(office, "kim");
}

static void signs_in_again_here(struct office *office)
{
    static const char kim[] = "{\"name\":\"kim\",\"password\":\"een lang wachtwoord\"}";
    serve_status(
        serve_ask(&office->place.scene, &office->kim, "POST", "/api/v1/staff/sign-in", kim), 200);
}

/* Beside the tablet's new seat nothing is left of the one before, even when its cookie was kept. */
static void hands_the_tablet_over(struct office *office)
{
    struct serve_browser kept = office->kim;
    serve_status(act(office, &office->kim, "/handover", "{\"role\":\"client\",\"code\":\"2468\"}"),
                 200);
    office->kim = kept;
}

static void own_seats_end_with_whatever_they_stand_on(void **state)
{
    static void (*const ends[])(struct office * office) = {
        signs_out,
        is_disabled,
        has_another_password,
        has_other_roles,
        has_the_case_no_more,
        signs_in_again_here,
        hands_the_tablet_over,
    };
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct office office;
        office_begin(&office, "menger-monitor");
        int seq = give_one(&office, &office.kim);
        struct serve_browser kept = office.kim;
        struct vb_stream *stream = turn_get(&office.place, &office.kim, "/events")->stream;
        assert_non_null(stream);
        ends[i](&office);
        assert_true(stream->cut); /* at once */
        int status = ends[i] == hands_the_tablet_over ? 423 : 401;
        serve_status(turn_get(&office.place, &kept, ""), status); /* and at the next request */
        serve_status(turn_post(&office.place, &kept, "/back", "{'after':%d}", seq), status);
        office_end(&office);
    }
}

static void an_own_seat_in_memory_ends_with_the_sign_in_too(void **state)
{
    struct office office;
    (void)state;
    office_begin(&office, "menger-monitor");
    const struct serve_reply *begun =
        desk(&office, &office.kim, "POST", "/rounds",
             "{\"instrument\":\"worker-stance\",\"variant\":\"seven\"}");
    assert_in_range(begun->status, 200, 201);
    snprintf(office.place.round, sizeof office.place.round, "%s", serve_text(begun, "round"));
    sit(&office, &office.kim);
    serve_status(turn_post(&office.place, &office.kim, "/begin", "{}"), 200);
    struct serve_browser kept = office.kim;
    struct vb_stream *stream = turn_get(&office.place, &office.kim, "/events")->stream;
    is_disabled(&office);
    assert_true(stream->cut);
    serve_status(turn_get(&office.place, &kept, ""), 401);
    office_end(&office);
}

static void who_is_busy_at_their_own_turn_is_not_idle_and_who_does_nothing_is(void **state)
{
    struct office office;
    (void)state;
    office_begin(&office, "menger-monitor");
    give_one(&office, &office.kim);
    for (int i = 0; i < 3; i++) {
        serve_scene_pass(&office.place.scene, VB_IDLE_MS / 2);
        serve_status(turn_get(&office.place, &office.kim, "/step"), 200);
    }
    serve_scene_pass(&office.place.scene, VB_IDLE_MS + 1000);
    serve_status(turn_get(&office.place, &office.kim, "/step"), 401);
    office_end(&office);
}

static void a_seat_by_invitation_stays_when_staff_sign_out_at_that_browser(void **state)
{
    struct office office;
    (void)state;
    office_begin(&office, "menger-monitor");
    turn_sit(&office.place, &office.client, "client", NULL);
    static const char kim[] = "{\"name\":\"kim\",\"password\":\"een lang wachtwoord\"}";
    serve_status(
        serve_ask(&office.place.scene, &office.client, "POST", "/api/v1/staff/sign-in", kim), 200);
    serve_status(desk(&office, &office.client, "POST", "/sign-out", NULL), 204);
    serve_status(turn_get(&office.place, &office.client, ""), 200);
    office_end(&office);
}

/* -- a clock that does not wait -----------------------------------------------------------------
 */

struct ticking {
    int64_t wall_ms, mono_ns;
    int looks, at; /* how often it was looked at; from which look on it is a millisecond later */
};

static int64_t tick(void *ctx)
{
    struct ticking *ticking = ctx;
    return ticking->wall_ms + (++ticking->looks > ticking->at);
}

static int64_t stands(void *ctx)
{
    return ((struct ticking *)ctx)->mono_ns;
}

static void a_sign_in_may_end_between_two_looks_at_it(void **state)
{
    struct office office;
    (void)state;
    office_begin(&office, "menger-monitor");
    sit(&office, &office.kim);
    give_one(&office, &office.kim);
    struct vb_clock *clock = &office.place.scene.env.clock;
    const struct vb_clock old = *clock;
    struct ticking ticking = { .wall_ms = office.place.scene.wall_ms + VB_SIGNED_IN_MS - 1 };
    for (int minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
        serve_scene_pass(&office.place.scene, 20 * 60000);
        serve_status(turn_get(&office.place, &office.kim, "/step"), 200);
    }
    int let_in = 0, refused = 0;
    for (ticking.at = 0; ticking.at < 16; ticking.at++) {
        ticking.looks = 0;
        ticking.mono_ns = office.place.scene.mono_ns;
        *clock = (struct vb_clock){ tick, stands, &ticking };
        int status = turn_get(&office.place, &office.kim, "/step")->status;
        *clock = old;
        let_in += status == 200;
        refused += status == 401;
    }
    assert_true(let_in > 0 && refused > 0);
    assert_int_equal(let_in + refused, 16);
    office_end(&office);
}

/* -- one seat, one commit ---------------------------------------------------------------------- */

static int own_cookies(const struct serve_reply *reply)
{
    int count = 0;
    for (size_t i = 0; i < reply->call->reply.count; i++)
        count += vb_streq(reply->call->reply.rows[i].name, "Set-Cookie");
    return count;
}

static void a_browser_has_one_seat_also_when_the_one_before_was_in_memory(void **state)
{
    struct office office;
    char first[VB_ID_SIZE];
    (void)state;
    office_begin(&office, "menger-monitor");
    snprintf(first, sizeof first, "%s", office.place.round);
    const struct serve_reply *begun =
        desk(&office, &office.kim, "POST", "/rounds",
             "{\"instrument\":\"worker-stance\",\"variant\":\"seven\"}");
    assert_in_range(begun->status, 200, 201);
    snprintf(office.place.round, sizeof office.place.round, "%s", serve_text(begun, "round"));
    sit(&office, &office.kim);
    struct serve_browser kept = office.kim;
    assert_int_equal(own_cookies(act(&office, &office.kim, "/turn", own)), 1);
    serve_status(turn_get(&office.place, &kept, ""), 401);
    serve_status(turn_get(&office.place, &office.kim, ""), 200);
    kept = office.kim;
    snprintf(office.place.round, sizeof office.place.round, "%s", first);
    sit(&office, &office.kim);
    serve_status(turn_get(&office.place, &kept, ""), 401);
    serve_status(turn_get(&office.place, &office.kim, ""), 200);
    office_end(&office);
}

static enum vb_code no_commit(struct vb_store *store, const struct vb_change *changes, size_t count,
                              struct vb_err *err)
{
    (void)store;
    (void)changes;
    (void)count;
    return vb_fail(err, VB_E_IO, "the disk is full");
}

static void who_cannot_leave_keeps_the_cookie_of_what_lives_on(void **state)
{
    struct office office;
    (void)state;
    office_begin(&office, "menger-monitor");
    sit(&office, &office.kim);
    struct vb_store *store = office.place.scene.store;
    const struct vb_store_ops *whole = store->ops;
    struct vb_store_ops full = *whole;
    full.commit = no_commit;
    store->ops = &full;
    const struct serve_reply *left =
        serve_ask(&office.place.scene, &office.kim, "POST", "/api/v1/turn/leave", NULL);
    assert_true(left->status >= 500);
    assert_int_equal(own_cookies(left), 0);
    const struct serve_reply *out = desk(&office, &office.kim, "POST", "/sign-out", NULL);
    assert_true(out->status >= 500);
    assert_int_equal(own_cookies(out), 0);
    store->ops = whole;
    serve_status(turn_get(&office.place, &office.kim, ""), 200);
    office_end(&office);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_seats_end_with_whatever_they_stand_on),
        cmocka_unit_test(an_own_seat_in_memory_ends_with_the_sign_in_too),
        cmocka_unit_test(who_is_busy_at_their_own_turn_is_not_idle_and_who_does_nothing_is),
        cmocka_unit_test(a_seat_by_invitation_stays_when_staff_sign_out_at_that_browser),
        cmocka_unit_test(a_sign_in_may_end_between_two_looks_at_it),
        cmocka_unit_test(a_browser_has_one_seat_also_when_the_one_before_was_in_memory),
        cmocka_unit_test(who_cannot_leave_keeps_the_cookie_of_what_lives_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
