/* test_desk_rights.c - invitations, a team that is counted, research, erasing, exports, accounts.
 */
#include "desk_scene.h"

static const char *const both[] = { "client", "professional", NULL };

/* -- inviting --------------------------------------------------------------------------------- */

static void an_invitation_opens_a_seat_until_it_is_taken_back(void **state)
{
    (void)state;
    struct desk desk;
    struct serve_browser phone = { 0 }, tablet = { 0 };
    char body[256];
    desk_begin(&desk);
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    const struct serve_reply *made =
        asked(&desk, vb_api_invite, id, "{\"role\":\"client\",\"language\":\"nl\",\"hours\":2}");
    const char *link = serve_text(made, "link");
    assert_non_null(strstr(link, "/i#"));
    assert_non_null(strstr(serve_text(made, "qr"), "<svg"));
    const struct serve_reply *round = asked(&desk, vb_api_round, id, NULL);
    assert_int_equal(count_of(round, "invitations"), 1);
    assert_null(strstr(round->text, strchr(link, '#') + 1));
    assert_null(strstr(round->text, serve_text(made, "code")));
    snprintf(body, sizeof body, "{\"token\":\"%s\"}", strchr(link, '#') + 1);
    serve_status(serve_ask(&desk.scene, &phone, "POST", "/api/v1/seat", body), 200);
    const struct serve_reply *gone =
        ask_with(&desk, vb_api_uninvite, id, serve_text(made, "id"), NULL, NULL);
    serve_status(gone, 204);
    assert_int_equal(serve_ask(&desk.scene, &tablet, "POST", "/api/v1/seat", body)->status / 100,
                     4);
    serve_status(ask_with(&desk, vb_api_uninvite, id, "000000000000", NULL, NULL), 404);
    assert_int_equal(count_of(asked(&desk, vb_api_round, id, NULL), "invitations"), 0);
    free(id);
    desk_end(&desk);
}

static void an_invitation_that_fits_nobody_is_refused_by_its_field(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    char *id = desk_round(&desk, "m-1", "family-alliance");
    refused(&desk, vb_api_invite, id, "{}", 422, "role");
    refused(&desk, vb_api_invite, id, "{\"role\":\"king\"}", 422, "role");
    refused(&desk, vb_api_invite, id, "{\"role\":\"parent\"}", 422, "label");
    refused(&desk, vb_api_invite, id, "{\"role\":\"parent\",\"label\":\"a\\nb\"}", 422, "label");
    refused(&desk, vb_api_invite, id, "{\"role\":\"parent\",\"label\":\"Kim\",\"hours\":0}", 422,
            "hours");
    refused(&desk, vb_api_invite, id, "{\"role\":\"parent\",\"label\":\"Kim\",\"language\":\"xx\"}",
            422, "language");
    refused(&desk, vb_api_invite, id, "{\"role\":\"parent\",\"label\":\"Kim\",\"more\":1}", 422,
            "more");
    asked(&desk, vb_api_invite, id, "{\"role\":\"parent\",\"label\":\"Kim\"}");
    assert_non_null(strstr(asked(&desk, vb_api_round, id, NULL)->text, "Kim"));
    asked(&desk, vb_api_end, id, NULL);
    refused(&desk, vb_api_invite, id, "{\"role\":\"parent\",\"label\":\"Kim\"}", 409, NULL);
    free(id);
    desk_end(&desk);
}

/* -- a team ----------------------------------------------------------------------------------- */

static void of_a_team_the_convenor_sees_numbers_and_no_word(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin_as(&desk, "convenor");
    const struct serve_reply *begun =
        asked(&desk, vb_api_new_round, NULL, "{\"instrument\":\"team-reflection\",\"wave\":\"w\"}");
    char *id = strdup(serve_text(begun, "round"));
    refused(&desk, vb_api_invite, id, "{\"role\":\"member\",\"label\":\"Sam\"}", 422, "label");
    asked(&desk, vb_api_invite, id, "{\"role\":\"member\"}");
    const cJSON *invitation =
        cJSON_GetArrayItem(at(asked(&desk, vb_api_round, id, NULL)->json, "invitations"), 0);
    assert_true(cJSON_IsNull(at(invitation, "label")));
    answer_all(sit(&desk, id, "member", marker), marker);
    const struct serve_reply *all = asked(&desk, vb_api_campaigns, NULL, NULL);
    const cJSON *one = cJSON_GetArrayItem(at(all->json, "campaigns"), 0);
    assert_int_equal(at(one, "began")->valueint, 1);
    assert_int_equal(at(one, "ready")->valueint, 0);
    assert_null(strstr(all->text, "MARKER"));
    assert_null(strstr(asked(&desk, vb_api_round, id, NULL)->text, "MARKER"));
    desk.who = &desk.noor;
    assert_int_equal(count_of(asked(&desk, vb_api_campaigns, NULL, NULL), "campaigns"), 0);
    free(id);
    desk_end(&desk);
}

/* -- research --------------------------------------------------------------------------------- */

static void share_for(struct desk *desk, const char *id, const char *role, const char *purpose)
{
    struct heard heard = { 0 };
    const char *purposes[] = { purpose };
    struct vb_sharing sharing = { .purposes = purposes, .purpose_count = purpose != NULL };
    struct vb_session *session = sit(desk, id, role, NULL);
    answer_all(session, role);
    vb_session_share(session, vb_session_view(session)->seq, &sharing, hear, &heard);
    assert_int_equal(heard.code, VB_OK);
}

static void research_has_only_what_was_given_to_it(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin_as(&desk, "worker,researcher");
    char *with = desk_round(&desk, "m-1", "menger-monitor");
    share_for(&desk, with, "client", "research");
    share_for(&desk, with, "professional", NULL);
    settle_it(&desk, with);
    char *without = desk_round(&desk, "m-2", "menger-monitor");
    all_share(&desk, without, both, marker);
    char *open = desk_round(&desk, "m-3", "menger-monitor");
    const struct serve_reply *list = asked(&desk, vb_api_research, NULL, NULL);
    assert_int_equal(count_of(list, "rounds"), 1);
    const cJSON *one = cJSON_GetArrayItem(at(list->json, "rounds"), 0);
    assert_int_equal(at(one, "persons")->valueint, 1);
    const struct serve_reply *result = asked(&desk, vb_api_research_round, with, NULL);
    assert_null(strstr(result->text, "\"professional\",\"person\":\""));
    refused(&desk, vb_api_research_round, without, NULL, 404, NULL);
    refused(&desk, vb_api_research_round, open, NULL, 404, NULL);
    refused(&desk, vb_api_research_round, "x", NULL, 404, NULL);
    assert_int_equal(audited(&desk, "result --purpose research", "robin"), 1);
    free(with);
    free(without);
    free(open);
    desk_end(&desk);
}

/* -- rights ----------------------------------------------------------------------------------- */

static void a_person_is_erased_and_nobody_works_on_with_what_is_gone(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin_as(&desk, "worker,privacy");
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    all_share(&desk, id, both, marker);
    const struct serve_reply *rights = asked(&desk, vb_api_rights, "m-1", NULL);
    assert_int_equal(count_of(rights, "persons"), 2);
    const cJSON *one = cJSON_GetArrayItem(at(rights->json, "persons"), 0);
    char *person = strdup(cJSON_GetStringValue(at(one, "person")));
    person[8] = '\0';
    serve_status(ask(&desk, vb_api_erase_person, person, NULL), 404);
    const struct serve_reply *erased =
        asked(&desk, vb_api_erase_person, cJSON_GetStringValue(at(one, "person")), NULL);
    assert_true(count_of(erased, "says") >= 2);
    assert_int_equal(count_of(erased, "sent"), 0);
    assert_int_equal(audited(&desk, "erase", "robin"), 1);
    refused(&desk, vb_api_erase_person, cJSON_GetStringValue(at(one, "person")), NULL, 409, NULL);
    asked(&desk, vb_api_erase_case, "m-1", NULL);
    refused(&desk, vb_api_sheet, id, NULL, 404, NULL);
    refused(&desk, vb_api_rights, "m-9", NULL, 404, NULL);
    free(person);
    free(id);
    desk_end(&desk);
}

static void the_audit_is_read_by_day_and_case_and_is_a_look_itself(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin_as(&desk, "worker,privacy");
    char *one = desk_round(&desk, "m-1", "menger-monitor");
    char *two = desk_round(&desk, "m-2", "menger-monitor");
    const struct serve_reply *all = asked(&desk, vb_api_audit, NULL, NULL);
    assert_true(is_true(all->json, "whole"));
    assert_non_null(strstr(all->text, one));
    assert_non_null(strstr(all->text, two));
    const struct serve_reply *of = ask_with(&desk, vb_api_audit, NULL, NULL, "case=m-1", NULL);
    assert_non_null(strstr(of->text, one));
    assert_null(strstr(of->text, two));
    const struct serve_reply *past =
        ask_with(&desk, vb_api_audit, NULL, NULL, "to=2001-01-01", NULL);
    assert_int_equal(count_of(past, "rows"), 0);
    serve_status(ask_with(&desk, vb_api_audit, NULL, NULL, "from=monday", NULL), 422);
    assert_int_equal(audited(&desk, "audit", "robin"), 3);
    free(one);
    free(two);
    desk_end(&desk);
}

/* -- accounts --------------------------------------------------------------------------------- */

static void an_administrator_sees_accounts_and_counts_and_closes_one(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin_as(&desk, "worker,admin");
    char *id = desk_round(&desk, "m-1", "menger-monitor");
    all_share(&desk, id, both, marker);
    const struct serve_reply *list = asked(&desk, vb_api_accounts, NULL, NULL);
    assert_int_equal(count_of(list, "accounts"), 2);
    const struct serve_reply *server = asked(&desk, vb_api_state, NULL, NULL);
    assert_string_equal(serve_text(server, "store"), "ok");
    assert_null(strstr(server->text, id));
    refused(&desk, vb_api_disable, "nobody", NULL, 404, NULL);
    asked(&desk, vb_api_disable, "noor", NULL);
    desk.who = &desk.noor;
    refused(&desk, vb_api_cases, NULL, NULL, 401, NULL);
    free(id);
    desk_end(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_invitation_opens_a_seat_until_it_is_taken_back),
        cmocka_unit_test(an_invitation_that_fits_nobody_is_refused_by_its_field),
        cmocka_unit_test(of_a_team_the_convenor_sees_numbers_and_no_word),
        cmocka_unit_test(research_has_only_what_was_given_to_it),
        cmocka_unit_test(a_person_is_erased_and_nobody_works_on_with_what_is_gone),
        cmocka_unit_test(the_audit_is_read_by_day_and_case_and_is_a_look_itself),
        cmocka_unit_test(an_administrator_sees_accounts_and_counts_and_closes_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
