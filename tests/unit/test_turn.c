/* One person's own turn over HTTP: a dyad to its release, and whoever comes twice. */
#include "turn_scene.h"

#include "session/shown.h"
#include "term/term_walk.h"

/* -- as at the terminal ----------------------------------------------------------------------- */

/* What turn_value gives, for the terminal's own walk. */
static enum vb_code next(void *ctx, struct vb_session *session, struct vb_arena *arena,
                         struct vb_action *out, struct vb_err *err)
{
    const struct vb_view *view = vb_session_view(session);
    const char *words = ctx;
    (void)arena;
    (void)err;
    if (view->at == VB_AT_OVERVIEW) {
        out->kind = VB_DO_SHARE;
        return VB_OK;
    }
    out->kind = VB_DO_ANSWER;
    switch (view->item->kind) {
    case VB_LIKERT:
        out->value = vb_value_int(4);
        break;
    case VB_TEXT:
        out->value = (struct vb_value){ .type = VB_VALUE_TEXT,
                                        .text = words,
                                        .len = (uint32_t)strlen(words) };
        break;
    default:
        out->value = vb_value_missing(VB_MISSING_DONT_KNOW);
    }
    return VB_OK;
}

static void at_the_terminal(struct vb_round *round, const char *role, const char *words)
{
    struct vb_session *session;
    struct vb_err err;
    bool released;
    struct vb_term_input input = { .ctx = (void *)words, .next = next };
    const struct vb_join join = { .role = role, .language = "en", .mode = "self" };
    if (vb_round_join(round, &join, &session, &err) != VB_OK ||
        vb_term_walk(session, &input, NULL, &err) != VB_OK ||
        vb_round_settle(round, &released, &err) != VB_OK)
        fail_msg("%s", err.text);
}

/* Ids are random: each is written as its place instead. */
static char *without_ids(const char *text, struct vb_round *round)
{
    struct vb_buf out = { 0 };
    int count;
    const struct vb_participant *list = vb_round_participants(round, &count);
    const char *ids[8] = { vb_round_row(round)->id, vb_round_row(round)->case_id };
    for (int i = 0; i < count; i++) {
        ids[2 + 2 * i] = list[i].person;
        ids[3 + 2 * i] = vb_session_id(list[i].session);
    }
    for (const char *at = text; *at != '\0';) {
        int found = -1;
        for (int i = 0; i < 2 + 2 * count; i++)
            if (ids[i] != NULL && vb_starts_with(at, ids[i]))
                found = i;
        if (found < 0) {
            vb_buf_putc(&out, *at++);
        } else {
            vb_buf_printf(&out, "<%d>", found);
            at += strlen(ids[found]);
        }
    }
    vb_buf_putc(&out, '\0');
    return out.data;
}

/* The log of each, without answer ids, and the result. */
static char *all_of(struct serve_scene *scene, struct vb_round *round)
{
    struct vb_arena arena = { 0 };
    struct vb_buf out = { 0 };
    struct vb_result result;
    struct vb_err err;
    int count;
    const struct vb_participant *list = vb_round_participants(round, &count);
    for (int i = 0; i < count; i++) {
        struct vb_event_row *rows;
        size_t events;
        assert_int_equal(scene->store->ops->events(scene->store, vb_session_id(list[i].session), 1,
                                                   &arena, &rows, &events, &err),
                         VB_OK);
        for (size_t k = 0; k < events; k++)
            vb_buf_printf(&out, "%lld %lld %.*s\n", (long long)rows[k].seq,
                          (long long)rows[k].wall_ms, (int)rows[k].body_len, rows[k].body);
    }
    if (vb_round_result(round, 0, &arena, &result, &err) != VB_OK)
        fail_msg("%s", err.text);
    vb_result_write(&out, &result, VB_CONTENT_ITEMS);
    vb_buf_putc(&out, '\0');
    vb_arena_finish(&arena);
    char *plain = without_ids(out.data, round);
    vb_buf_finish(&out);
    return plain;
}

static void a_dyad_over_http_is_the_log_and_the_result_of_the_terminal(void **state)
{
    static const char words[] = "in our own words";
    struct turn_place place;
    struct serve_browser client, professional;
    (void)state;
    turn_begin(&place, "menger-monitor");
    assert_string_equal(serve_text(turn_sit(&place, &client, "client", NULL), "state"), "opening");
    turn_sit(&place, &professional, "professional", NULL);
    turn_share(&place, &client, turn_fill(&place, &client, words));
    assert_int_equal(turn_get(&place, &client, "/sheet")->status, 409);
    turn_share(&place, &professional, turn_fill(&place, &professional, words));
    char *http = all_of(&place.scene, turn_live(&place));
    assert_int_equal(place.scene.brought, 1);

    turn_round(&place, "menger-monitor", "c-2");
    at_the_terminal(turn_live(&place), "client", words);
    at_the_terminal(turn_live(&place), "professional", words);
    char *terminal = all_of(&place.scene, turn_live(&place));
    assert_string_equal(http, terminal);
    assert_non_null(strstr(http, words));
    free(http);
    free(terminal);
    turn_end(&place);
}

static void each_reads_the_sheet_once_it_is_open_and_the_audit_says_so(void **state)
{
    struct turn_place place;
    struct serve_browser client, professional;
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    turn_sit(&place, &professional, "professional", NULL);
    turn_share(&place, &client, turn_fill(&place, &client, "MARKER"));
    turn_share(&place, &professional, turn_fill(&place, &professional, "x"));
    const struct serve_reply *sheet = turn_get(&place, &client, "/sheet");
    serve_status(sheet, 200);
    assert_non_null(strstr(sheet->text, "MARKER"));
    assert_true(cJSON_IsTrue(turn_field(turn_get(&place, &client, ""), "sheet")));
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    struct vb_err err;
    size_t count;
    int begins = 0, sheets = 0;
    place.scene.store->ops->audit(place.scene.store, &arena, &rows, &count, &err);
    for (size_t i = 0; i < count; i++) {
        begins += vb_streq(rows[i].action, "begin") && vb_streq(rows[i].by, "invitation");
        sheets += vb_streq(rows[i].action, "sheet") && vb_streq(rows[i].by, "invitation");
    }
    assert_int_equal(begins, 2);
    assert_int_equal(sheets, 1);
    vb_arena_finish(&arena);
    turn_end(&place);
}

/* -- before the yes --------------------------------------------------------------------------- */

static void nothing_of_one_is_in_any_reply_to_the_other_before_both_said_yes(void **state)
{
    struct turn_place place;
    struct serve_browser client, professional;
    struct vb_buf heard = { 0 };
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    turn_sit(&place, &professional, "professional", NULL);
    const struct serve_reply *events = turn_get(&place, &professional, "/events");
    turn_share(&place, &client, turn_fill(&place, &client, "MARKER"));
    const struct serve_reply *replies[] = { turn_get(&place, &professional, ""),
                                            turn_fill(&place, &professional, "x"),
                                            turn_get(&place, &professional, "/step"),
                                            turn_get(&place, &professional, "/sheet") };
    for (int i = 0; i < 4; i++)
        assert_null(strstr(replies[i]->text, "MARKER"));
    serve_heard(events, &heard);
    vb_buf_putc(&heard, '\0');
    assert_null(strstr(heard.data, "MARKER"));
    assert_non_null(strstr(heard.data, "event: state"));
    assert_true(place.scene.logged.len == 0 || strstr(place.scene.logged.data, "MARKER") == NULL);
    /* Nor in a reply to themselves, once it is shared: whoever takes the tablet finds nothing. */
    assert_null(strstr(turn_get(&place, &client, "/step")->text, "MARKER"));
    assert_null(strstr(turn_get(&place, &client, "")->text, "MARKER"));
    vb_buf_finish(&heard);
    turn_end(&place);
}

static void a_reload_at_every_question_shows_what_was_there(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    const struct serve_reply *step = turn_post(&place, &client, "/begin", "{'language':'en'}");
    while (turn_at(step, "item")) {
        assert_string_equal(turn_get(&place, &client, "/step")->text, step->text);
        if (turn_seq(step) % 5 == 0) /* and after a restart */
            turn_restart(&place);
        assert_string_equal(turn_get(&place, &client, "/step")->text, step->text);
        step = turn_post(&place, &client, "/answer", "{'after':%d,'id':'a%d','value':%s}",
                         turn_seq(step), turn_seq(step), turn_value(step, "x"));
        serve_status(step, 200);
    }
    assert_string_equal(turn_get(&place, &client, "/step")->text, step->text);
    turn_end(&place);
}

/* -- twice ------------------------------------------------------------------------------------ */

static void the_same_answer_again_is_the_same_and_another_one_meets_the_step(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    turn_post(&place, &client, "/begin", "{}");
    const struct serve_reply *first =
        turn_post(&place, &client, "/answer", "{'after':1,'id':'one','value':4}");
    serve_status(first, 200);
    const struct serve_reply *again =
        turn_post(&place, &client, "/answer", "{'after':1,'id':'one','value':4}");
    assert_string_equal(again->text, first->text);
    /* Whatever it says now: what was taken was taken, also when a question of another kind waits.
     */
    again = turn_post(&place, &client, "/answer", "{'after':1,'id':'one','value':'words'}");
    assert_string_equal(again->text, first->text);
    turn_restart(&place);
    again = turn_post(&place, &client, "/answer", "{'after':1,'id':'one','value':4}");
    assert_string_equal(again->text, first->text);
    const struct serve_reply *other =
        turn_post(&place, &client, "/answer", "{'after':1,'id':'two','value':2}");
    serve_status(other, 409);
    assert_string_equal(serve_refusal(other), "conflict");
    assert_int_equal(cJSON_GetObjectItemCaseSensitive(turn_field(other, "step"), "seq")->valueint,
                     2);
    turn_end(&place);
}

static void two_tabs_are_at_one_session_and_hear_of_each_other(void **state)
{
    struct turn_place place;
    struct serve_browser client;
    struct vb_buf heard = { 0 };
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    turn_post(&place, &client, "/begin", "{}");
    struct serve_browser second = client;
    const struct serve_reply *events = turn_get(&place, &second, "/events");
    serve_status(turn_post(&place, &client, "/answer", "{'after':1,'id':'one','value':4}"), 200);
    serve_heard(events, &heard);
    vb_buf_putc(&heard, '\0');
    assert_string_equal(heard.data, "event: step\ndata: {\"seq\":2}\n\n");
    serve_status(turn_post(&place, &second, "/answer", "{'after':1,'id':'b','value':2}"), 409);
    serve_status(turn_post(&place, &second, "/answer", "{'after':2,'id':'b','value':2}"), 200);
    vb_buf_finish(&heard);
    turn_end(&place);
}

static void after_sharing_nothing_is_taken_any_more(void **state)
{
    static const char *const verbs[] = {
        "/answer", "/back", "/change", "/hold", "/share", "/stop"
    };
    static const char *const more[] = { "'id':'z','value':1",
                                        "'id':'x'",
                                        "'item':'direction.goal','value':1",
                                        "'item':'direction.goal','on':true",
                                        "'yes':true",
                                        "'id':'y'" };
    struct turn_place place;
    struct serve_browser client;
    (void)state;
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    int seq = turn_seq(turn_share(&place, &client, turn_fill(&place, &client, "x")));
    for (int i = 0; i < 6; i++) {
        const struct serve_reply *reply =
            turn_post(&place, &client, verbs[i], "{'after':%d,%s}", seq, more[i]);
        serve_status(reply, 409);
        assert_int_equal(
            cJSON_GetObjectItemCaseSensitive(turn_field(reply, "step"), "seq")->valueint, seq);
        assert_null(strstr(reply->text, "meanwhile")); /* nothing was, and it is not said */
    }
    turn_end(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dyad_over_http_is_the_log_and_the_result_of_the_terminal),
        cmocka_unit_test(each_reads_the_sheet_once_it_is_open_and_the_audit_says_so),
        cmocka_unit_test(nothing_of_one_is_in_any_reply_to_the_other_before_both_said_yes),
        cmocka_unit_test(a_reload_at_every_question_shows_what_was_there),
        cmocka_unit_test(the_same_answer_again_is_the_same_and_another_one_meets_the_step),
        cmocka_unit_test(two_tabs_are_at_one_session_and_hear_of_each_other),
        cmocka_unit_test(after_sharing_nothing_is_taken_any_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
