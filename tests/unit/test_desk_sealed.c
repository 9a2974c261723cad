/* test_desk_sealed.c - until somebody shared, no reply of any staff route, no event, no error and
 * no line of the log holds what they gave; and the same for the other one. */
#include "desk_scene.h"

static const char client_words[] = "MARKER-of-the-client";
static const char worker_words[] = "MARKER-of-the-worker";

struct sealed {
    struct desk desk;
    const struct serve_reply *events;
    char *round, *person;
};

static void begin_sealed(struct sealed *sealed)
{
    memset(sealed, 0, sizeof *sealed);
    desk_begin_as(&sealed->desk, "worker,convenor,researcher,privacy,admin");
    sealed->round = desk_round(&sealed->desk, "m-1", "menger-monitor");
    sealed->events = ask(&sealed->desk, vb_api_round_events, sealed->round, NULL);
    assert_non_null(sealed->events->stream);
}

static void end_sealed(struct sealed *sealed)
{
    free(sealed->round);
    free(sealed->person);
    desk_end(&sealed->desk);
}

/* Answers all and says neither yes nor no. */
static struct vb_session *plant(struct sealed *sealed, const char *role, const char *words)
{
    int count;
    struct vb_session *session = sit(&sealed->desk, sealed->round, role, NULL);
    answer_all(session, words);
    const struct vb_participant *list =
        vb_round_participants(live_round(&sealed->desk, sealed->round), &count);
    for (int i = 0; i < count; i++)
        if (vb_streq(list[i].role, role)) {
            free(sealed->person);
            sealed->person = strdup(list[i].person);
        }
    return session;
}

static void is_sealed(const char *text, const char *words, const char *where)
{
    if (strstr(text, words) != NULL)
        fail_msg("%s holds %s: %s", where, words, text);
}

/* What a parameter of this name stands for. */
static const char *param_of(const struct sealed *sealed, const char *path, int index)
{
    const char *at = path;
    for (int i = 0; at != NULL && i <= index; i++)
        at = strchr(at + 1, '{');
    if (at == NULL)
        return NULL;
    return vb_starts_with(at, "{case}")     ? "m-1"
           : vb_starts_with(at, "{round}")  ? sealed->round
           : vb_starts_with(at, "{person}") ? sealed->person
           : vb_starts_with(at, "{digest}")
               ? "sha256:0000000000000000000000000000000000000000000000000000000000000000"
               : "x";
}

/* Bodies with which a change does something, or is refused by a handler. */
static const char *const bodies[] = {
    "{}",
    "{\"id\":\"m-1\"}",
    "{\"case\":\"m-1\",\"instrument\":\"menger-monitor\"}",
    "{\"role\":\"client\",\"label\":\"Sam\"}",
    "{\"role\":\"client\",\"language\":\"nl\",\"hours\":1}",
    "{\"revision\":1,\"talk\":{\"topic\":\"x\"}}",
    "{\"person\":\"nobody\"}",
};

/* Those that end what is tried, or the sign-in with which it is. */
static bool ends_it(const struct vb_route *route)
{
    return route->handle == vb_api_sign_out || route->handle == vb_api_hand_over ||
           route->handle == vb_api_own_turn || route->handle == vb_api_end ||
           route->handle == vb_api_close || route->handle == vb_api_withdraw ||
           route->handle == vb_api_erase_person || route->handle == vb_api_erase_round ||
           route->handle == vb_api_erase_case || route->handle == vb_api_round_events;
}

static void try_route(struct sealed *sealed, const struct vb_route *route, const char *words)
{
    static const char *const queries[] = { NULL, "as=html&lang=nl&for=professional&case=m-1" };
    const char *one = param_of(sealed, route->path, 0), *two = param_of(sealed, route->path, 1);
    size_t body_count = route->takes == VB_TAKES_JSON ? sizeof bodies / sizeof *bodies : 1;
    for (size_t i = 0; i < body_count; i++)
        for (size_t j = 0; j < 2; j++) {
            const struct serve_reply *reply =
                ask_with(&sealed->desk, route->handle, one, two, queries[j],
                         route->takes == VB_TAKES_JSON ? bodies[i] : NULL);
            is_sealed(reply->text, words, route->path);
        }
}

static void all_is_sealed(struct sealed *sealed, const char *words)
{
    struct vb_buf heard = { 0 };
    int tried = 0;
    for (const struct vb_route *route = vb_staff_routes; route->path != NULL; route++)
        if (!ends_it(route)) {
            try_route(sealed, route, words);
            tried++;
        }
    assert_true(tried > 20);
    serve_heard(sealed->events, &heard);
    if (heard.len > 0)
        is_sealed(heard.data, words, "an event");
    vb_buf_finish(&heard);
    if (sealed->desk.scene.logged.len > 0)
        is_sealed(sealed->desk.scene.logged.data, words, "the log");
}

/* What can be done only once, at its end. */
static void ending_it_is_sealed(struct sealed *sealed, const char *words)
{
    handler *const ends[] = { vb_api_close, vb_api_end, vb_api_withdraw, vb_api_erase_person,
                              vb_api_erase_round };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const struct vb_route *route = route_of(ends[i]);
        const struct serve_reply *reply =
            ask_with(&sealed->desk, ends[i], param_of(sealed, route->path, 0), NULL, NULL,
                     ends[i] == vb_api_withdraw ? "{\"person\":\"client\"}" : NULL);
        is_sealed(reply->text, words, route->path);
    }
}

static void what_is_only_filled_in_is_nowhere(void **state)
{
    (void)state;
    static struct sealed sealed;
    begin_sealed(&sealed);
    plant(&sealed, "client", client_words);
    all_is_sealed(&sealed, client_words);
    ending_it_is_sealed(&sealed, client_words);
    end_sealed(&sealed);
}

static void what_one_shared_and_the_other_did_not_is_nowhere(void **state)
{
    (void)state;
    static struct sealed sealed;
    begin_sealed(&sealed);
    plant(&sealed, "professional", worker_words);
    struct vb_session *client = plant(&sealed, "client", client_words);
    assert_int_equal(share(client), VB_OK);
    settle_it(&sealed.desk, sealed.round);
    vb_live_tell_round(sealed.desk.scene.serve.live, live_round(&sealed.desk, sealed.round));
    all_is_sealed(&sealed, client_words);
    all_is_sealed(&sealed, worker_words);
    ending_it_is_sealed(&sealed, client_words);
    end_sealed(&sealed);
}

static void who_stopped_stays_sealed(void **state)
{
    (void)state;
    static struct sealed sealed;
    struct heard heard = { 0 };
    begin_sealed(&sealed);
    struct vb_session *client = plant(&sealed, "client", client_words);
    vb_session_stop(client, vb_session_view(client)->seq, hear, &heard);
    settle_it(&sealed.desk, sealed.round);
    all_is_sealed(&sealed, client_words);
    end_sealed(&sealed);
}

/* The test can fail: what both shared is on the sheet, in the result and in the export. */
static void what_both_shared_is_shown(void **state)
{
    (void)state;
    static struct sealed sealed;
    begin_sealed(&sealed);
    assert_int_equal(share(plant(&sealed, "professional", worker_words)), VB_OK);
    assert_int_equal(share(plant(&sealed, "client", client_words)), VB_OK);
    settle_it(&sealed.desk, sealed.round);
    handler *const shows[] = { vb_api_sheet, vb_api_sheet_aloud, vb_api_result };
    for (size_t i = 0; i < sizeof shows / sizeof *shows; i++)
        assert_non_null(
            strstr(asked(&sealed.desk, shows[i], sealed.round, NULL)->text, client_words));
    assert_non_null(
        strstr(asked(&sealed.desk, vb_api_export, sealed.person, NULL)->text, client_words));
    end_sealed(&sealed);
}

static void what_was_held_back_is_in_no_export_that_staff_see(void **state)
{
    (void)state;
    static struct sealed sealed;
    begin_sealed(&sealed);
    assert_int_equal(share(plant(&sealed, "professional", "x")), VB_OK);
    struct vb_session *client = plant(&sealed, "client", client_words);
    const struct vb_plan *plan = vb_round_plan(live_round(&sealed.desk, sealed.round));
    for (int i = 0; i < plan->item_count; i++)
        if (plan->items[i].kind == VB_TEXT && vb_fold_asks(vb_session_fold(client), i, -1))
            (void)hold(client, i, -1);
    assert_int_equal(share(client), VB_OK);
    settle_it(&sealed.desk, sealed.round);
    asked(&sealed.desk, vb_api_sheet, sealed.round, NULL);
    all_is_sealed(&sealed, client_words);
    end_sealed(&sealed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_only_filled_in_is_nowhere),
        cmocka_unit_test(what_one_shared_and_the_other_did_not_is_nowhere),
        cmocka_unit_test(who_stopped_stays_sealed),
        cmocka_unit_test(what_both_shared_is_shown),
        cmocka_unit_test(what_was_held_back_is_in_no_export_that_staff_see),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
