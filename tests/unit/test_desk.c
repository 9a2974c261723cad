/* test_desk.c - cases and rounds as a worker asks for them, and whose they are. */
#include "desk_scene.h"

/* -- cases ------------------------------------------------------------------------------------ */

static void a_case_is_its_makers_and_nobody_elses(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    struct asked made = ask(&desk, vb_api_new_case, NULL, "{\"id\":\"m-1\"}");
    assert_string_equal(word_at(made.json, "case"), "m-1");
    done(&made);
    struct asked mine = ask(&desk, vb_api_cases, NULL, NULL);
    assert_int_equal(cJSON_GetArraySize(at(mine.json, "cases")), 1);
    done(&mine);
    desk.who = "noor";
    struct asked theirs = ask(&desk, vb_api_cases, NULL, NULL);
    assert_int_equal(cJSON_GetArraySize(at(theirs.json, "cases")), 0);
    done(&theirs);
    refused(&desk, vb_api_case, "m-1", NULL, 404, NULL);
    refused(&desk, vb_api_new_case, NULL, "{\"id\":\"m-1\"}", 422, "id");
    desk_end(&desk);
}

static void a_case_gets_a_name_of_its_own_when_none_is_said(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    struct asked made = ask(&desk, vb_api_new_case, NULL, "{}");
    assert_true(vb_id_valid(word_at(made.json, "case")));
    done(&made);
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
    desk_has(&desk, "menger-monitor");
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    struct asked again =
        ask(&desk, vb_api_new_round, NULL, "{\"case\":\"m-1\",\"instrument\":\"menger-monitor\"}");
    assert_string_equal(word_at(again.json, "round"), id);
    assert_false(is_true(again.json, "new"));
    assert_int_equal(desk.live.count, 1);
    done(&again);
    assert_int_equal(audited(&desk, "open", "robin"), 1);
    vb_live_forget(&desk.live, id);
    struct asked later = ask(&desk, vb_api_round, id, NULL);
    assert_int_equal(later.status, 200);
    assert_string_equal(word_at(later.json, "state"), "open");
    done(&later);
    free(id);
    desk_end(&desk);
}

static void what_does_not_fit_is_refused_by_its_field(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    desk_has(&desk, "menger-monitor");
    desk_has(&desk, "team-reflection");
    struct asked made = ask(&desk, vb_api_new_case, NULL, "{\"id\":\"m-1\"}");
    done(&made);
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
    desk_has(&desk, "pulse");
    char *id = desk_round(&desk, "m-1", "pulse");
    struct vb_session *client = sit(&desk, id, "client", NULL);
    answer_all(client, "x");
    share(client);
    settle_it(&desk, id);
    refused(&desk, vb_api_new_round, NULL, "{\"case\":\"m-1\",\"instrument\":\"pulse\"}", 409,
            NULL);
    struct asked next = ask(&desk, vb_api_new_round, NULL,
                            "{\"case\":\"m-1\",\"instrument\":\"pulse\",\"wave\":\"t1\"}");
    assert_true(is_true(next.json, "new"));
    done(&next);
    free(id);
    desk_end(&desk);
}

static void a_round_without_a_case_is_of_who_began_it(void **state)
{
    (void)state;
    struct desk desk;
    static const char autumn[] = "{\"instrument\":\"team-reflection\",\"wave\":\"autumn\"}";
    desk_begin(&desk);
    desk_has(&desk, "team-reflection");
    desk.roles = VB_CONVENOR;
    struct asked mine = ask(&desk, vb_api_new_round, NULL, autumn);
    assert_int_equal(mine.status, 200);
    char *id = strdup(word_at(mine.json, "round"));
    done(&mine);
    struct asked again = ask(&desk, vb_api_new_round, NULL, autumn);
    assert_string_equal(word_at(again.json, "round"), id);
    done(&again);
    desk.who = "noor";
    refused(&desk, vb_api_round, id, NULL, 404, NULL);
    struct asked theirs = ask(&desk, vb_api_new_round, NULL, autumn);
    assert_true(is_true(theirs.json, "new"));
    assert_string_not_equal(word_at(theirs.json, "round"), id);
    done(&theirs);
    free(id);
    desk_end(&desk);
}

/* -- who is ready ----------------------------------------------------------------------------- */

static char *persons_of(struct desk *desk, const char *id)
{
    struct asked asked = ask(desk, vb_api_round, id, NULL);
    assert_int_equal(asked.status, 200);
    char *out = strdup(asked.body);
    done(&asked);
    return out;
}

static void whether_somebody_began_is_not_to_be_seen(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    desk_has(&desk, "menger-monitor");
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    char *nobody = persons_of(&desk, id);
    struct asked before = ask(&desk, vb_api_case, "m-1", NULL);
    struct vb_session *client = sit(&desk, id, "client", "Sam");
    answer_all(client, marker);
    char *somebody = persons_of(&desk, id);
    struct asked meanwhile = ask(&desk, vb_api_case, "m-1", NULL);
    assert_string_equal(nobody, somebody);
    assert_string_equal(before.body, meanwhile.body);
    done(&before);
    done(&meanwhile);
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
    desk_has(&desk, "menger-monitor");
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
    struct asked shown = ask(&desk, vb_api_case, "m-1", NULL);
    out = realloc(out, strlen(out) + shown.len + 1);
    strcat(out, shown.body);
    done(&shown);
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
    desk_has(&desk, "menger-monitor");
    desk_has(&desk, "pulse");
    assert_true(desk.plans[0]->mandated && !desk.plans[1]->mandated);
    char *monitor = desk_round(&desk, "m-1", "menger-monitor");
    char *pulse = desk_round(&desk, "m-2", "pulse");
    struct asked warned = ask(&desk, vb_api_round, monitor, NULL);
    struct asked plain = ask(&desk, vb_api_round, pulse, NULL);
    assert_true(is_true(warned.json, "reporting_missing"));
    assert_false(is_true(plain.json, "reporting_missing"));
    done(&warned);
    done(&plain);
    desk.house.reporting = "what we must report";
    struct asked told = ask(&desk, vb_api_round, monitor, NULL);
    assert_false(is_true(told.json, "reporting_missing"));
    done(&told);
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
    desk_has(&desk, "family-alliance");
    char *id = desk_round(&desk, "m-1", "family-alliance");
    struct asked sam = ask(&desk, vb_api_name_person, id, "{\"role\":\"youth\",\"label\":\"Sam\"}");
    assert_int_equal(sam.status, 200);
    done(&sam);
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
    struct asked shown = ask(&desk, vb_api_round, id, NULL);
    assert_true(is_true(shown.json, "may_release"));
    done(&shown);
    refused(&desk, vb_api_release, id, NULL, 409, NULL);
    struct vb_session *other = sit(&desk, id, "parent", "Alex");
    answer_all(other, marker);
    share(other);
    struct asked released = ask(&desk, vb_api_release, id, NULL);
    assert_int_equal(released.status, 200);
    assert_string_equal(word_at(released.json, "state"), "released");
    assert_int_equal(desk.brought, 2);
    assert_int_equal(audited(&desk, "released", "robin"), 1);
    done(&released);
    refused(&desk, vb_api_release, id, NULL, 409, NULL);
    free(id);
    desk_end(&desk);
}

static void a_round_that_ends_lets_nobody_in_any_more(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    desk_has(&desk, "menger-monitor");
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    struct asked ended = ask(&desk, vb_api_end, id, NULL);
    assert_string_equal(word_at(ended.json, "state"), "withdrawn");
    assert_int_equal(desk.auth.ended, 1);
    assert_int_equal(audited(&desk, "closed without a sheet", "robin"), 1);
    done(&ended);
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
    desk_has(&desk, "menger-monitor");
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    answer_all(sit(&desk, id, "client", NULL), marker);
    refused(&desk, vb_api_withdraw, id, "{\"person\":\"parent:Kim\"}", 422, "person");
    refused(&desk, vb_api_withdraw, id, "{}", 422, "person");
    struct asked gone = ask(&desk, vb_api_withdraw, id, "{\"person\":\"client\"}");
    assert_int_equal(gone.status, 200);
    assert_int_equal(audited(&desk, "withdraw", "robin"), 1);
    done(&gone);
    free(id);
    desk_end(&desk);
}

static void of_somebody_elses_round_nothing_is_there(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    desk_has(&desk, "menger-monitor");
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    desk.who = "noor";
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
    desk.who = "robin";
    for (size_t i = 0; i < 3; i++)
        refused(&desk, vb_api_round,
                i == 0   ? "x"
                : i == 1 ? "../../etc/passwd"
                         : "0123456789abcdef",
                NULL, 404, NULL);
    free(id);
    desk_end(&desk);
}

static void instruments_are_listed_with_what_a_round_may_be_begun_with(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    desk_has(&desk, "menger-monitor");
    desk_has(&desk, "team-reflection");
    struct asked worker = ask(&desk, vb_api_instruments, NULL, NULL);
    const cJSON *list = at(worker.json, "instruments");
    assert_int_equal(cJSON_GetArraySize(list), 1);
    const cJSON *monitor = cJSON_GetArrayItem(list, 0);
    assert_string_equal(word_at(monitor, "id"), "menger-monitor");
    assert_true(is_true(monitor, "mandated") && is_true(monitor, "case"));
    assert_true(cJSON_GetArraySize(at(monitor, "roles")) >= 2);
    done(&worker);
    desk.roles = VB_CONVENOR;
    struct asked convenor = ask(&desk, vb_api_instruments, NULL, NULL);
    assert_int_equal(cJSON_GetArraySize(at(convenor.json, "instruments")), 2);
    done(&convenor);
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
