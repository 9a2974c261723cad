/* Seats that staff take themselves: their own turn, and what is asked together. They are nobody
 * else's, last as long as the sign-in and the case are theirs, and show no more than a sheet does.
 */
#include "turn_scene.h"

#include "serve/auth_inner.h"

struct office { /* two workers of one case; kim has another browser */
    struct turn_place place;
    struct serve_browser kim, kim_home, noor, client;
};

static void office_begin(struct office *office, const char *instrument)
{
    memset(office, 0, sizeof *office);
    turn_begin(&office->place, instrument);
    turn_sign_in(&office->place, &office->kim, "kim", VB_WORKER);
    turn_sign_in(&office->place, &office->noor, "noor", VB_WORKER | VB_ADMIN);
}

static void office_end(struct office *office)
{
    turn_end(&office->place);
}

static const struct serve_reply *desk(struct office *office, struct serve_browser *browser,
                                      const char *method, const char *what, const char *body)
{
    char target[256];
    snprintf(target, sizeof target, "/api/v1/staff%s", what);
    browser->token[0] = '\0';
    serve_status(serve_ask(&office->place.scene, browser, "GET", "/api/v1/staff/me", NULL), 200);
    return serve_ask(&office->place.scene, browser, method, target, body);
}

static const struct serve_reply *act(struct office *office, struct serve_browser *browser,
                                     const char *what, const char *body)
{
    char path[128];
    snprintf(path, sizeof path, "/rounds/%s%s", office->place.round, what);
    return desk(office, browser, "POST", path, body);
}

static const struct serve_reply *sheet(struct office *office, struct serve_browser *browser)
{
    char path[128];
    snprintf(path, sizeof path, "/rounds/%s/sheet", office->place.round);
    return desk(office, browser, "GET", path, NULL);
}

static const char own[] = "{\"role\":\"professional\"}";

/* Sits at their own turn and has its token. */
static void sit(struct office *office, struct serve_browser *browser)
{
    serve_status(act(office, browser, "/turn", own), 200);
    serve_status(turn_get(&office->place, browser, ""), 200);
}

/* The professional's first answer, not shared; the seq of the step behind it. */
static int give_one(struct office *office, struct serve_browser *browser)
{
    sit(office, browser);
    const struct serve_reply *step = turn_post(&office->place, browser, "/begin", "{}");
    serve_status(step, 200);
    step = turn_post(&office->place, browser, "/answer", "{'after':%d,'id':'a','value':2}",
                     turn_seq(step));
    serve_status(step, 200);
    return turn_seq(step);
}

static void put(struct office *office, const struct vb_change *changes, size_t count)
{
    struct vb_err err;
    if (vb_store_commit(office->place.scene.store, changes, count, &err) != VB_OK)
        fail_msg("%s", err.text);
}

static struct vb_staff_row account(struct office *office, struct vb_arena *arena, const char *name)
{
    struct vb_staff_row row;
    struct vb_err err;
    assert_int_equal(vb_account_find(office->place.scene.store, name, arena, &row, &err), VB_OK);
    return row;
}

/* As `verbond staff unassign` writes it. */
static void unassign(struct office *office, const char *name)
{
    struct vb_store *store = office->place.scene.store;
    struct vb_arena arena = { 0 };
    struct vb_assignment_row *rows;
    struct vb_err err;
    size_t count;
    assert_int_equal(store->ops->assignments(store, name, &arena, &rows, &count, &err), VB_OK);
    for (size_t i = 0; i < count; i++) {
        struct vb_change change = { .kind = VB_PUT_ASSIGNMENT, .assignment = rows[i] };
        change.assignment.until_wall_ms = office->place.scene.wall_ms;
        put(office, &change, 1);
    }
    vb_arena_finish(&arena);
}

static void assign(struct office *office, const char *name)
{
    struct vb_err err;
    assert_int_equal(vb_auth_give_case(office->place.scene.serve.auth, name, "c-1", &err), VB_OK);
}

static int audited(struct office *office, const char *action, const char *by)
{
    struct vb_store *store = office->place.scene.store;
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    struct vb_err err;
    size_t count;
    int found = 0;
    assert_int_equal(store->ops->audit(store, &arena, &rows, &count, &err), VB_OK);
    for (size_t i = 0; i < count; i++)
        found += vb_streq(rows[i].action, action) && vb_streq(rows[i].by, by);
    vb_arena_finish(&arena);
    return found;
}

/* -- whose it is ------------------------------------------------------------------------------- */

/* No verb and no look is taken from this browser at the turn. */
static void assert_kept_out(struct office *office, struct serve_browser *browser, int seq,
                            int status)
{
    static const char *const verbs[][2] = {
        { "/begin", "{}" },
        { "/back", "{'after':%d}" },
        { "/answer", "{'after':%d,'id':'x','value':1}" },
        { "/change", "{'after':%d,'id':'x','item':'direction.mandate','value':1}" },
        { "/hold", "{'after':%d,'item':'direction.mandate','on':true}" },
        { "/share", "{'after':%d,'yes':true}" },
        { "/stop", "{'after':%d}" },
    };
    static const char *const looks[] = { "", "/step", "/sheet", "/events" };
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        serve_status(turn_get(&office->place, browser, looks[i]), status);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        char body[128];
        snprintf(body, sizeof body, verbs[i][1], seq);
        serve_status(turn_post(&office->place, browser, verbs[i][0], "%s", body), status);
    }
}

static void
a_colleague_neither_reads_nor_changes_nor_shares_what_the_professional_gave(void **state)
{
    struct office office;
    (void)state;
    office_begin(&office, "menger-monitor");
    sit(&office, &office.noor); /* before anybody began */
    int seq = give_one(&office, &office.kim);
    assert_kept_out(&office, &office.noor, seq, 410);
    const struct serve_reply *reply = act(&office, &office.noor, "/turn", own);
    serve_status(reply, 409);
    assert_string_equal(serve_refusal(reply), "busy");
    serve_status(
        act(&office, &office.noor, "/handover", "{\"role\":\"professional\",\"code\":\"2468\"}"),
        409);
    serve_status(
        act(&office, &office.kim, "/handover", "{\"role\":\"professional\",\"code\":\"2468\"}"),
        409);
    /* It is as kim left it, and shows to her at any browser of hers. */
    turn_sign_in(&office.place, &office.kim_home, "kim", VB_WORKER);
    sit(&office, &office.kim_home);
    const struct serve_reply *back =
        turn_post(&office.place, &office.kim_home, "/back", "{'after':%d}", seq);
    serve_status(back, 200);
    assert_int_equal(
        cJSON_GetObjectItemCaseSensitive(turn_field(back, "offered"), "value")->valueint, 2);
    office_end(&office);
}

static void an_invitation_opens_no_turn_that_a_member_of_staff_began(void **state)
{
    struct office office;
    struct serve_browser phone;
    (void)state;
    office_begin(&office, "menger-monitor");
    turn_sit(&office.place, &phone, "professional", NULL); /* before it began */
    int seq = give_one(&office, &office.kim);
    assert_kept_out(&office, &phone, seq, 410);
    office_end(&office);
}

static void what_a_professional_began_by_invitation_is_no_colleagues_either(void **state)
{
    struct office office;
    struct serve_browser phone;
    (void)state;
    office_begin(&office, "menger-monitor");
    turn_sit(&office.place, &phone, "professional", NULL);
    serve_status(turn_post(&office.place, &phone, "/begin", "{}"), 200);
    serve_status(act(&office, &office.kim, "/turn", own), 409);
    serve_status(turn_get(&office.place, &phone, "/step"), 200);
    office_end(&office);
}

/* The name is in no setting that says more than it, and of a round in memory nowhere. */
static void a_round_of_which_nothing_is_kept_waits_twelve_hours_and_is_gone(void **state)
{
    struct office office;
    (void)state;
    office_begin(&office, "menger-monitor");
    struct vb_live *live = office.place.scene.serve.live;
    const struct serve_reply *begun =
        desk(&office, &office.kim, "POST", "/rounds",
             "{\"instrument\":\"worker-stance\",\"variant\":\"seven\"}");
    assert_in_range(begun->status, 200, 201);
    const char *round = serve_text(begun, "round");
    serve_scene_pass(&office.place.scene, VB_LIVE_PASSING_MS - 1);
    vb_live_tidy(live); /* it sleeps */
    vb_live_tidy(live);
    assert_true(vb_live_is_passing(live, round));
    serve_scene_pass(&office.place.scene, 1);
    vb_live_tidy(live);
    assert_false(vb_live_is_passing(live, round));
    assert_int_equal(vb_live_counts(live).rounds, 0);
    office_end(&office);
}

static void whose_a_turn_is_lies_with_its_session_and_of_a_passing_round_nowhere(void **state)
{
    struct office office;
    struct vb_store *store;
    struct vb_arena arena = { 0 };
    struct vb_setting_row *rows;
    struct vb_err err;
    size_t count;
    (void)state;
    office_begin(&office, "menger-monitor");
    store = office.place.scene.store;
    give_one(&office, &office.kim);
    assert_int_equal(store->ops->settings(store, VB_TURN_SETTINGS, &arena, &rows, &count, &err),
                     VB_OK);
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].value, "kim");
    const struct serve_reply *begun =
        desk(&office, &office.kim, "POST", "/rounds",
             "{\"instrument\":\"worker-stance\",\"variant\":\"seven\"}");
    assert_in_range(begun->status, 200, 201);
    snprintf(office.place.round, sizeof office.place.round, "%s", serve_text(begun, "round"));
    sit(&office, &office.kim);
    serve_status(turn_post(&office.place, &office.kim, "/begin", "{}"), 200);
    assert_int_equal(store->ops->settings(store, VB_TURN_SETTINGS, &arena, &rows, &count, &err),
                     VB_OK);
    assert_int_equal(count, 1);
    vb_arena_finish(&arena);
    office_end(&office);
}

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

/* -- no more than the sheet -------------------------------------------------------------------- */

/* Says a word where one is asked for, and of the rest that it is not known; then yes. */
static void fill_and_share(struct office *office, struct serve_browser *browser, const char *words)
{
    const struct serve_reply *step = turn_post(&office->place, browser, "/begin", "{}");
    serve_status(step, 200);
    for (int i = 0; i < 200 && turn_at(step, "item"); i++) {
        bool said = vb_streq(turn_item(step, "kind"), "text");
        step =
            turn_post(&office->place, browser, "/answer", "{'after':%d,'id':'f%d','value':%s%s%s}",
                      turn_seq(step), i, said ? "'" : "", said ? words : "{'missing':'dont_know'}",
                      said ? "'" : "");
        serve_status(step, 200);
    }
    turn_share(&office->place, browser, step);
}

/* Both shared, and something is asked together now. */
static void release(struct office *office)
{
    turn_sit(&office->place, &office->client, "client", NULL);
    fill_and_share(office, &office->client, "MARKER");
    sit(office, &office->kim);
    fill_and_share(office, &office->kim, "x");
    assert_int_equal(vb_round_row(turn_live(&office->place))->state, VB_ROUND_RELEASED);
}

static void assert_sees_nothing(struct office *office, struct serve_browser *browser)
{
    static const char together[] = "{\"role\":\"together\"}",
                      handed[] = "{\"role\":\"together\",\"code\":\"2468\"}";
    serve_status(sheet(office, browser), 404);
    serve_status(act(office, browser, "/together", NULL), 404);
    serve_status(act(office, browser, "/turn", together), 404);
    serve_status(act(office, browser, "/handover", handed), 404);
    serve_status(turn_get(&office->place, browser, "/sheet"), 401);
}

static void a_new_worker_gets_nothing_together_that_the_sheet_refuses(void **state)
{
    struct office office;
    (void)state;
    office_begin(&office, "strengths");
    release(&office);
    unassign(&office, "noor");
    serve_scene_pass(&office.place.scene, 1000);
    assign(&office, "noor");
    assert_sees_nothing(&office, &office.noor);
    serve_status(sheet(&office, &office.kim), 200); /* who was there then goes on */
    serve_status(act(&office, &office.kim, "/together", NULL), 204);
    serve_status(turn_get(&office.place, &office.kim, ""), 200);
    office_end(&office);
}

static void who_comes_back_to_a_case_is_new_to_it_at_the_seat_they_had(void **state)
{
    struct office office;
    (void)state;
    office_begin(&office, "strengths");
    release(&office);
    serve_status(act(&office, &office.kim, "/together", NULL), 204);
    serve_status(turn_get(&office.place, &office.kim, ""), 200);
    fill_and_share(&office, &office.kim, "both");
    const struct serve_reply *page = turn_get(&office.place, &office.kim, "/sheet");
    serve_status(page, 200);
    unassign(&office, "kim");
    serve_status(turn_get(&office.place, &office.kim, "/sheet"), 401);
    serve_scene_pass(&office.place.scene, 1000);
    assign(&office, "kim");
    serve_status(turn_get(&office.place, &office.kim, "/sheet"), 410);
    serve_status(turn_get(&office.place, &office.kim, ""), 410);
    office_end(&office);
}

/* -- who did it -------------------------------------------------------------------------------- */

static void the_audit_names_the_worker_who_sits_there(void **state)
{
    struct office office;
    (void)state;
    office_begin(&office, "menger-monitor");
    release(&office);
    serve_status(turn_get(&office.place, &office.kim, "/sheet"), 200);
    assert_int_equal(audited(&office, "seat", "kim"), 1);
    assert_int_equal(audited(&office, "begin", "kim"), 1);
    assert_int_equal(audited(&office, "sheet", "kim"), 1);
    assert_int_equal(audited(&office, "begin", "invitation"), 1); /* the client's */
    assert_int_equal(audited(&office, "sheet", "invitation"), 0);
    turn_sign_in(&office.place, &office.kim_home, "kim", VB_WORKER);
    turn_restart(&office.place);
    serve_status(turn_get(&office.place, &office.kim, ""), 200);
    assert_int_equal(audited(&office, "go on", "kim"), 1);
    assert_int_equal(audited(&office, "go on", "invitation"), 0);
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
        cmocka_unit_test(
            a_colleague_neither_reads_nor_changes_nor_shares_what_the_professional_gave),
        cmocka_unit_test(an_invitation_opens_no_turn_that_a_member_of_staff_began),
        cmocka_unit_test(what_a_professional_began_by_invitation_is_no_colleagues_either),
        cmocka_unit_test(a_round_of_which_nothing_is_kept_waits_twelve_hours_and_is_gone),
        cmocka_unit_test(whose_a_turn_is_lies_with_its_session_and_of_a_passing_round_nowhere),
        cmocka_unit_test(own_seats_end_with_whatever_they_stand_on),
        cmocka_unit_test(an_own_seat_in_memory_ends_with_the_sign_in_too),
        cmocka_unit_test(who_is_busy_at_their_own_turn_is_not_idle_and_who_does_nothing_is),
        cmocka_unit_test(a_seat_by_invitation_stays_when_staff_sign_out_at_that_browser),
        cmocka_unit_test(a_new_worker_gets_nothing_together_that_the_sheet_refuses),
        cmocka_unit_test(who_comes_back_to_a_case_is_new_to_it_at_the_seat_they_had),
        cmocka_unit_test(the_audit_names_the_worker_who_sits_there),
        cmocka_unit_test(a_sign_in_may_end_between_two_looks_at_it),
        cmocka_unit_test(a_browser_has_one_seat_also_when_the_one_before_was_in_memory),
        cmocka_unit_test(who_cannot_leave_keeps_the_cookie_of_what_lives_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
