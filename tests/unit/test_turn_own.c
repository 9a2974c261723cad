/* Seats that staff take themselves: their own turn, and what is asked together. They are nobody
 * else's, last as long as the sign-in and the case are theirs, and show no more than a sheet does.
 */
#include "turn_office.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_colleague_neither_reads_nor_changes_nor_shares_what_the_professional_gave),
        cmocka_unit_test(an_invitation_opens_no_turn_that_a_member_of_staff_began),
        cmocka_unit_test(what_a_professional_began_by_invitation_is_no_colleagues_either),
        cmocka_unit_test(a_round_of_which_nothing_is_kept_waits_twelve_hours_and_is_gone),
        cmocka_unit_test(whose_a_turn_is_lies_with_its_session_and_of_a_passing_round_nowhere),
        cmocka_unit_test(a_new_worker_gets_nothing_together_that_the_sheet_refuses),
        cmocka_unit_test(who_comes_back_to_a_case_is_new_to_it_at_the_seat_they_had),
        cmocka_unit_test(the_audit_names_the_worker_who_sits_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
