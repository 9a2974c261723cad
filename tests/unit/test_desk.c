/* test_desk.c - cases and rounds as a worker asks for them, and whose they are. */
#include "desk_scene.h"

/* -- cases ------------------------------------------------------------------------------------ */

static void a_case_is_its_makers_and_nobody_elses(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    const struct serve_reply *made = asked(&desk, vb_api_new_case, NULL, "{\"id\":\"m-1\"}");
    assert_string_equal(serve_text(made, "case"), "m-1");
    const struct serve_reply *mine = ask(&desk, vb_api_cases, NULL, NULL);
    assert_int_equal(count_of(mine, "cases"), 1);
    desk.who = &desk.noor;
    const struct serve_reply *theirs = ask(&desk, vb_api_cases, NULL, NULL);
    assert_int_equal(count_of(theirs, "cases"), 0);
    refused(&desk, vb_api_case, "m-1", NULL, 404, NULL);
    refused(&desk, vb_api_new_case, NULL, "{\"id\":\"m-1\"}", 422, "id");
    desk_end(&desk);
}

static void a_case_gets_a_name_of_its_own_when_none_is_said(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    const struct serve_reply *made = ask(&desk, vb_api_new_case, NULL, "{}");
    assert_true(vb_id_valid(serve_text(made, "case")));
    refused(&desk, vb_api_new_case, NULL, "{\"id\":\"Sam de Vries\"}", 422, "id");
    refused(&desk, vb_api_new_case, NULL, "{\"id\":7}", 422, "id");
    desk_end(&desk);
}

/* -- beginning a round ------------------------------------------------------------------------ */

static void a_round_is_begun_once_and_then_gone_on_with(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    const struct serve_reply *again =
        ask(&desk, vb_api_new_round, NULL, "{\"case\":\"m-1\",\"instrument\":\"menger-monitor\"}");
    assert_string_equal(serve_text(again, "round"), id);
    assert_false(is_true(again->json, "new"));
    assert_int_equal(vb_live_counts(desk.scene.serve.live).rounds, 1);
    assert_int_equal(audited(&desk, "open", "robin"), 1);
    vb_live_forget(desk.scene.serve.live, id);
    const struct serve_reply *later = ask(&desk, vb_api_round, id, NULL);
    assert_int_equal(later->status, 200);
    assert_string_equal(serve_text(later, "state"), "open");
    free(id);
    desk_end(&desk);
}

static void what_does_not_fit_is_refused_by_its_field(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    asked(&desk, vb_api_new_case, NULL, "{\"id\":\"m-1\"}");
    static const struct {
        const char *body;
        int status;
        const char *field;
    } wrong[] = {
        { "{}", 422, "instrument" },
        { "{\"instrument\":\"nothing\"}", 422, "instrument" },
        { "{\"instrument\":\"menger-monitor\"}", 422, "case" },
        { "{\"instrument\":\"menger-monitor\",\"case\":\"m-2\"}", 404, NULL },
        { "{\"instrument\":\"menger-monitor\",\"case\":[1]}", 422, "case" },
        { "{\"instrument\":\"menger-monitor\",\"case\":\"m-1\",\"format\":\"no\"}", 422, "format" },
        { "{\"instrument\":\"menger-monitor\",\"case\":\"m-1\",\"form\":\"no\"}", 422, "form" },
        { "{\"instrument\":\"menger-monitor\",\"case\":\"m-1\",\"setting\":\"no\"}", 422,
          "setting" },
        { "{\"instrument\":\"menger-monitor\",\"case\":\"m-1\",\"variant\":\"no\"}", 422,
          "variant" },
        { "{\"instrument\":\"menger-monitor\",\"case\":\"m-1\",\"with\":[\"no\"]}", 422, "with" },
        { "{\"instrument\":\"menger-monitor\",\"case\":\"m-1\",\"with\":\"no\"}", 422, "with" },
        { "{\"instrument\":\"menger-monitor\",\"case\":\"m-1\",\"wave\":\"after the summer\"}", 422,
          "wave" },
        { "{\"instrument\":\"menger-monitor\",\"case\":\"m-1\",\"persons\":[7]}", 422, "persons" },
        { "{\"instrument\":\"menger-monitor\",\"case\":\"m-1\",\"persons\":[{\"role\":\"client\","
          "\"label\":\"Sam\"}]}",
          422, "persons" },
        { "{\"instrument\":\"team-reflection\"}", 403, NULL },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        refused(&desk, vb_api_new_round, NULL, wrong[i].body, wrong[i].status, wrong[i].field);
    desk_end(&desk);
}

static void a_released_round_is_not_begun_again(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *id = desk_round(&desk, "m-1", "pulse");
    struct vb_session *client = sit(&desk, id, "client", NULL);
    answer_all(client, "x");
    share(client);
    settle_it(&desk, id);
    refused(&desk, vb_api_new_round, NULL, "{\"case\":\"m-1\",\"instrument\":\"pulse\"}", 409,
            NULL);
    const struct serve_reply *next =
        ask(&desk, vb_api_new_round, NULL,
            "{\"case\":\"m-1\",\"instrument\":\"pulse\",\"wave\":\"t1\"}");
    assert_true(is_true(next->json, "new"));
    free(id);
    desk_end(&desk);
}

static void a_round_without_a_case_is_of_who_began_it(void **state)
{
    (void)state;
    struct desk desk;
    static const char autumn[] = "{\"instrument\":\"team-reflection\",\"wave\":\"autumn\"}";
    desk_begin_as(&desk, "convenor");
    const struct serve_reply *mine = ask(&desk, vb_api_new_round, NULL, autumn);
    assert_int_equal(mine->status, 200);
    char *id = strdup(serve_text(mine, "round"));
    const struct serve_reply *again = ask(&desk, vb_api_new_round, NULL, autumn);
    assert_string_equal(serve_text(again, "round"), id);
    desk.who = &desk.noor;
    refused(&desk, vb_api_round, id, NULL, 404, NULL);
    const struct serve_reply *theirs = ask(&desk, vb_api_new_round, NULL, autumn);
    assert_true(is_true(theirs->json, "new"));
    assert_string_not_equal(serve_text(theirs, "round"), id);
    free(id);
    desk_end(&desk);
}

/* -- who is ready ----------------------------------------------------------------------------- */

static char *persons_of(struct desk *desk, const char *id)
{
    const struct serve_reply *asked = ask(desk, vb_api_round, id, NULL);
    assert_int_equal(asked->status, 200);
    char *out = strdup(asked->text);
    return out;
}

static void whether_somebody_began_is_not_to_be_seen(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    char *nobody = persons_of(&desk, id);
    const struct serve_reply *before = ask(&desk, vb_api_case, "m-1", NULL);
    struct vb_session *client = sit(&desk, id, "client", "Sam");
    answer_all(client, marker);
    char *somebody = persons_of(&desk, id);
    const struct serve_reply *meanwhile = ask(&desk, vb_api_case, "m-1", NULL);
    assert_string_equal(nobody, somebody);
    assert_string_equal(before->text, meanwhile->text);
    free(nobody);
    free(somebody);
    free(id);
    desk_end(&desk);
}

/* The same, by the same person, with a yes or a no. */
static char *after(bool yes)
{
    struct desk desk;
    desk_begin(&desk);
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    struct vb_session *client = sit(&desk, id, "client", "Sam");
    answer_all(client, marker);
    struct heard heard = { 0 };
    if (yes)
        share(client);
    else
        vb_session_stop(client, vb_session_view(client)->seq, hear, &heard);
    settle_it(&desk, id);
    char *out = persons_of(&desk, id);
    const struct serve_reply *shown = ask(&desk, vb_api_case, "m-1", NULL);
    out = realloc(out, strlen(out) + shown->len + 1);
    strcat(out, shown->text);
    free(id);
    desk_end(&desk);
    return out;
}

static void a_yes_and_a_no_look_alike(void **state)
{
    (void)state;
    char *yes = after(true), *no = after(false);
    assert_non_null(strstr(yes, "\"ready\":true"));
    assert_string_equal(yes, no);
    free(yes);
    free(no);
}

static void a_mandated_instrument_without_the_reporting_text_is_warned_of(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *monitor = desk_round(&desk, "m-1", "menger-monitor");
    char *pulse = desk_round(&desk, "m-2", "pulse");
    const struct serve_reply *warned = ask(&desk, vb_api_round, monitor, NULL);
    const struct serve_reply *plain = ask(&desk, vb_api_round, pulse, NULL);
    assert_true(is_true(warned->json, "reporting_missing"));
    assert_false(is_true(plain->json, "reporting_missing"));
    desk.scene.house.reporting = "what we must report";
    const struct serve_reply *told = ask(&desk, vb_api_round, monitor, NULL);
    assert_false(is_true(told->json, "reporting_missing"));
    free(monitor);
    free(pulse);
    desk_end(&desk);
}

/* -- a family --------------------------------------------------------------------------------- */

static void a_family_is_released_at_two_and_a_refusal_says_nothing_more(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *id = desk_round(&desk, "m-1", "family-alliance");
    const struct serve_reply *sam =
        ask(&desk, vb_api_name_person, id, "{\"role\":\"youth\",\"label\":\"Sam\"}");
    assert_int_equal(sam->status, 200);
    refused(&desk, vb_api_name_person, id, "{\"role\":\"nobody\",\"label\":\"Sam\"}", 422, "role");
    refused(&desk, vb_api_name_person, id, "{\"role\":\"parent\"}", 422, "label");
    refused(&desk, vb_api_release, id, NULL, 409, NULL);
    struct vb_session *youth = sit(&desk, id, "youth", "Sam");
    struct vb_session *parent = sit(&desk, id, "parent", "Kim");
    answer_all(youth, marker);
    share(youth);
    answer_all(parent, marker);
    struct heard heard = { 0 };
    vb_session_stop(parent, vb_session_view(parent)->seq, hear, &heard);
    const struct serve_reply *shown = ask(&desk, vb_api_round, id, NULL);
    assert_true(is_true(shown->json, "may_release"));
    refused(&desk, vb_api_release, id, NULL, 409, NULL);
    struct vb_session *other = sit(&desk, id, "parent", "Alex");
    answer_all(other, marker);
    share(other);
    const struct serve_reply *released = ask(&desk, vb_api_release, id, NULL);
    assert_int_equal(released->status, 200);
    assert_string_equal(serve_text(released, "state"), "released");
    assert_int_equal(desk.scene.brought, 2);
    assert_int_equal(audited(&desk, "released", "robin"), 1);
    refused(&desk, vb_api_release, id, NULL, 409, NULL);
    free(id);
    desk_end(&desk);
}

static void a_round_that_ends_lets_nobody_in_any_more(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    struct vb_arena arena = { 0 };
    struct vb_invitation *left;
    int count;
    char token[VB_TOKEN_SIZE], code[VB_SHORT_CODE_SIZE];
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    const struct vb_invitation one = { .round = id, .role = "client" };
    assert_int_equal(vb_auth_invite(desk.scene.serve.auth, &one, token, code, &desk.err), VB_OK);
    const struct serve_reply *ended = ask(&desk, vb_api_end, id, NULL);
    assert_string_equal(serve_text(ended, "state"), "withdrawn");
    assert_int_equal(
        vb_auth_invitations(desk.scene.serve.auth, id, &arena, &left, &count, &desk.err), VB_OK);
    assert_int_equal(count, 0);
    vb_arena_finish(&arena);
    assert_int_equal(audited(&desk, "closed without a sheet", "robin"), 1);
    refused(&desk, vb_api_end, id, NULL, 409, NULL);
    refused(&desk, vb_api_close, id, NULL, 409, NULL);
    free(id);
    desk_end(&desk);
}

static void somebody_takes_it_back_by_id_or_as_they_are_called(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    answer_all(sit(&desk, id, "client", NULL), marker);
    refused(&desk, vb_api_withdraw, id, "{\"person\":\"parent:Kim\"}", 422, "person");
    refused(&desk, vb_api_withdraw, id, "{}", 422, "person");
    const struct serve_reply *gone = ask(&desk, vb_api_withdraw, id, "{\"person\":\"client\"}");
    assert_int_equal(gone->status, 200);
    assert_int_equal(audited(&desk, "withdraw", "robin"), 1);
    free(id);
    desk_end(&desk);
}

static void of_somebody_elses_round_nothing_is_there(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    desk.who = &desk.noor;
    void (*const all[])(struct vb_exchange *) = {
        vb_api_round, vb_api_round_events, vb_api_release, vb_api_close,
        vb_api_end,   vb_api_sheet,        vb_api_result,  vb_api_guide,
        vb_api_talk,  vb_api_together,     vb_api_blob,
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        refused(&desk, all[i], id, NULL, 404, NULL);
    refused(&desk, vb_api_withdraw, id, "{\"person\":\"client\"}", 404, NULL);
    refused(&desk, vb_api_name_person, id, "{\"role\":\"client\",\"label\":\"S\"}", 404, NULL);
    refused(&desk, vb_api_put_talk, id, "{\"revision\":1,\"talk\":{}}", 404, NULL);
    desk.who = &desk.robin;
    for (size_t i = 0; i < 3; i++)
        refused(&desk, vb_api_round,
                i == 0   ? "x"
                : i == 1 ? "../../etc/passwd"
                         : "0123456789abcdef",
                NULL, 404, NULL);
    free(id);
    desk_end(&desk);
}

/* A monitor and a team's campaign. */
static enum vb_code both(void *ctx, struct vb_arena *arena, struct vb_plan ***out, int *count,
                         struct vb_err *err)
{
    static const char *const ids[] = { "menger-monitor", "team-reflection" };
    struct serve_scene *scene = ctx;
    enum vb_code code = VB_OK;
    *count = 2;
    *out = vb_arena_alloc(arena, 2 * sizeof **out);
    for (int i = 0; code == VB_OK && i < *count; i++) {
        code = scene->house.plan(ctx, ids[i], &(*out)[i], err);
        vb_plan_release((*out)[i]); /* the scene has one of its own */
    }
    return code;
}

static void instruments_are_listed_with_what_a_round_may_be_begun_with(void **state)
{
    (void)state;
    struct desk desk;
    struct serve_browser convenor = { 0 };
    desk_begin(&desk);
    hire(&desk.scene, "kit", "convenor");
    sign_in(&desk.scene, &convenor, "kit");
    desk.scene.house.instruments = both;
    const struct serve_reply *worker = ask(&desk, vb_api_instruments, NULL, NULL);
    const cJSON *list = at(worker->json, "instruments");
    assert_int_equal(cJSON_GetArraySize(list), 1);
    const cJSON *monitor = cJSON_GetArrayItem(list, 0);
    assert_string_equal(cJSON_GetStringValue(at(monitor, "id")), "menger-monitor");
    assert_true(is_true(monitor, "mandated") && is_true(monitor, "case"));
    assert_true(cJSON_GetArraySize(at(monitor, "roles")) >= 2);
    desk.who = &convenor;
    const struct serve_reply *more = ask(&desk, vb_api_instruments, NULL, NULL);
    assert_int_equal(count_of(more, "instruments"), 2);
    desk_end(&desk);
}

/* Whoever shared last was answered before the release could be written. */
static void a_release_that_is_made_up_for_is_brought_out_like_any_other(void **state)
{
    static const char *const roles[] = { "client", "professional", NULL };
    struct desk desk;
    (void)state;
    desk_begin(&desk);
    char *id = desk_round(&desk, "late", "menger-monitor");
    for (const char *const *role = roles; *role != NULL; role++) {
        struct vb_session *session = sit(&desk, id, *role, NULL);
        answer_all(session, "x");
        assert_int_equal(share(session), VB_OK);
    }
    assert_int_equal(vb_round_row(live_round(&desk, id))->state, VB_ROUND_OPEN);
    int brought = desk.scene.brought;
    (void)ask(&desk, vb_api_new_round, NULL,
              "{\"case\":\"late\",\"instrument\":\"menger-monitor\",\"wave\":\"t0\"}");
    assert_int_equal(vb_round_row(live_round(&desk, id))->state, VB_ROUND_RELEASED);
    assert_int_equal(desk.scene.brought, brought + 1);
    free(id);
    desk_end(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_is_its_makers_and_nobody_elses),
        cmocka_unit_test(a_case_gets_a_name_of_its_own_when_none_is_said),
        cmocka_unit_test(a_round_is_begun_once_and_then_gone_on_with),
        cmocka_unit_test(what_does_not_fit_is_refused_by_its_field),
        cmocka_unit_test(a_released_round_is_not_begun_again),
        cmocka_unit_test(a_round_without_a_case_is_of_who_began_it),
        cmocka_unit_test(whether_somebody_began_is_not_to_be_seen),
        cmocka_unit_test(a_yes_and_a_no_look_alike),
        cmocka_unit_test(a_mandated_instrument_without_the_reporting_text_is_warned_of),
        cmocka_unit_test(a_family_is_released_at_two_and_a_refusal_says_nothing_more),
        cmocka_unit_test(a_round_that_ends_lets_nobody_in_any_more),
        cmocka_unit_test(somebody_takes_it_back_by_id_or_as_they_are_called),
        cmocka_unit_test(of_somebody_elses_round_nothing_is_there),
        cmocka_unit_test(instruments_are_listed_with_what_a_round_may_be_begun_with),
        cmocka_unit_test(a_release_that_is_made_up_for_is_brought_out_like_any_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
