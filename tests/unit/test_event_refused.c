/* test_event_refused.c - bodies that are no event, that are broken, and those of an old log. */
#include "event_fixture.h"

/* -- what is refused -------------------------------------------------------------------------- */

static void refused(struct vb_plan *plan, const char *body, const char *message)
{
    struct vb_arena arena = { 0 };
    struct vb_event_ids ids = ids_of(plan);
    struct vb_event_pieces pieces = body_of(body, strlen(body));
    struct vb_event back;
    struct vb_err err = { 0 };
    assert_int_equal(vb_event_decode(&back, &arena, &ids, &pieces, &err), VB_E_DATA);
    assert_string_equal(err.text, message);
    vb_arena_finish(&arena);
}

static void a_part_that_does_not_belong_is_refused(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    struct vb_arena arena = { 0 };
    struct vb_event_ids ids = ids_of(plan);
    struct vb_event back;
    struct vb_err err;
    static const struct {
        const char *body, *part, *about, *message;
    } cases[] = {
        { "{\"i\":\"trust.a\",\"v\":4}", "{}", "0123456789abcdef",
          "event: a part stands where none belongs" },
        { "", "{\"i\":\"each.close\",\"v\":4}", "nobody",
          "event: \"m\" names nobody in the roster" },
        { "", "{\"i\":\"trust.a\",\"v\":4}", "0123456789abcdef",
          "event: \"m\" stands at an item that is not per member" },
        { "", "{\"i\":\"each.close\",\"m\":\"zzzzzzzzzzzzzzzz\",\"v\":4}", "0123456789abcdef",
          "event: \"t\" holds a field that no version of this engine wrote" },
        { "{\"t\":\"share\"}", "[\"trust.a\"]", "0123456789abcdef",
          "event: \"left\" names no such item of this instrument" },
        { "{\"t\":\"share\"}", "[\"each.close\"]", "nobody",
          "event: \"left\" is about nobody in the roster" },
        { "{\"t\":\"opened\",\"digest\":\"d\",\"api\":1}", "{}", "0123456789abcdef",
          "event: \"earlier\" is not a list" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct vb_event_pieces pieces = body_of(cases[i].body, strlen(cases[i].body));
        const struct vb_event_part part = { cases[i].about, cases[i].part, strlen(cases[i].part) };
        pieces.parts = &part;
        pieces.part_count = 1;
        assert_int_equal(vb_event_decode(&back, &arena, &ids, &pieces, &err), VB_E_DATA);
        assert_string_equal(err.text, cases[i].message);
    }
    vb_arena_finish(&arena);
    vb_plan_release(plan);
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    refused(plan, "[]", "event: \"t\" is missing");
    refused(plan, "{\"t\":\"party\"}", "event: \"t\" names no event");
    refused(plan, "{\"t\":\"answer\",\"v\":1}", "event: \"i\" is missing");
    refused(plan, "{\"t\":\"answer\",\"i\":\"gone\",\"v\":1}",
            "event: \"i\" names no item of this instrument");
    refused(plan, "{\"t\":\"answer\",\"i\":\"trust.a\"}", "event: \"v\" or a reason was expected");
    refused(plan, "{\"t\":\"answer\",\"i\":\"trust.a\",\"v\":1,\"x\":\"skipped\"}",
            "event: \"v\" or a reason was expected");
    refused(plan, "{\"t\":\"answer\",\"i\":\"trust.a\",\"x\":\"lazy\"}",
            "event: \"x\" names no reason");
    refused(plan, "{\"t\":\"answer\",\"i\":\"trust.a\",\"v\":\"4\"}",
            "event: \"v\" is not a value of this item");
    refused(plan, "{\"t\":\"answer\",\"i\":\"trust.a\",\"v\":1e300}",
            "event: \"v\" is not a value of this item");
    refused(plan, "{\"t\":\"answer\",\"i\":\"place\",\"v\":\"moon\"}",
            "event: \"v\" is not a value of this item");
    refused(plan, "{\"t\":\"answer\",\"i\":\"each.close\",\"v\":1}",
            "event: \"m\" is missing at an item per member");
    refused(plan, "{\"t\":\"answer\",\"i\":\"trust.a\",\"m\":\"0123456789abcdef\",\"v\":1}",
            "event: \"m\" stands at an item that is not per member");
    refused(plan, "{\"t\":\"answer\",\"i\":\"each.close\",\"m\":\"nobody\",\"v\":1}",
            "event: \"m\" names nobody in the roster");
    refused(plan, "{\"t\":\"back\",\"mood\":1}",
            "event: \"t\" holds a field that no version of this engine wrote");
    refused(plan, "{\"t\":\"back\",\"a\":\"01234567890123456\"}",
            "event: \"a\" is longer than 16 characters");
    refused(plan, "{\"i\":\"trust.a\",\"x\":\"z\"}", "event: \"x\" names no reason");
    refused(plan, "{\"b\":\"gone\"}", "event: \"b\" names no item of this instrument");
    refused(plan, "{\"h\":\"trust.a\",\"i\":\"trust.a\"}",
            "event: \"t\" holds a field that no version of this engine wrote");
    refused(plan, "{\"t\":\"share\",\"left\":[\"each.close\"]}",
            "event: \"left\" names no such item of this instrument");
    refused(plan, "{\"t\":\"share\",\"p\":[\"x\"]}", "event: \"p\" names no purpose");
    refused(plan, "{\"t\":\"opened\",\"api\":1}", "event: \"digest\" is missing");
    refused(plan, "{\"t\":\"roster\",\"members\":[3]}", "event: \"person\" is missing");
    refused(plan, "{\"t\":\"share\",\"purposes\":[1]}",
            "event: \"purposes\" holds something that is not a text");
    refused(plan, "{\"g\":12,\"is\":\"done\"}", "event: \"g\" is no number that belongs here");
    refused(plan, "{\"g\":0,\"is\":\"perhaps\"}", "event: \"is\" does not say how it went");
    refused(plan, "{\"t\":\"talk\",\"talk\":{\"goals\":[{\"text\":\"x\"}]}}",
            "event: \"talk\" goals[0].whose: is missing");
    refused(plan, "{\"t\":\"ba",
            "event: line 1, column 6: a text without its closing double quote");
    vb_plan_release(plan);
}

static void a_roster_past_its_limit_is_refused(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    struct vb_buf body = { 0 };
    vb_buf_puts(&body, "{\"t\":\"roster\",\"members\":[");
    for (int i = 0; i <= VB_MEMBERS_MAX; i++)
        vb_buf_printf(&body, "%s{\"person\":\"p%d\"}", i > 0 ? "," : "", i);
    vb_buf_puts(&body, "]}");
    refused(plan, body.data, "event: \"members\" holds too many");
    vb_buf_finish(&body);
    vb_plan_release(plan);
}

/* Bodies as the first schema has them, in all their fields. */
static void an_old_log_is_read_as_it_was_meant(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    struct vb_arena arena = { 0 };
    struct vb_event_ids ids = ids_of(plan);
    struct vb_event back;
    struct vb_err err;
    static const char *const bodies[] = {
        "{\"t\":\"opened\",\"digest\":\"d\",\"api\":1,\"person\":\"p\",\"role\":\"client\","
        "\"label\":"
        "\"Sam\",\"client\":\"Sam\",\"professional\":\"Kim\",\"members\":[{\"person\":\"p\","
        "\"label\":"
        "\"Sam\",\"gone\":true}],\"earlier\":[{\"wave\":\"t0\",\"item\":\"each.close\",\"member\":"
        "\"p\","
        "\"is\":\"missing\",\"x\":\"skipped\"}]}",
        "{\"t\":\"answer\",\"i\":\"trust.a\",\"v\":4,\"changed\":true,\"a\":\"0123456789abcdef\"}",
        "{\"t\":\"answer\",\"i\":\"each.close\",\"m\":\"zzzzzzzzzzzzzzzz\",\"x\":\"rather_not_"
        "say\"}",
        "{\"t\":\"hold\",\"i\":\"trust.a\",\"on\":true}",
        "{\"t\":\"share\",\"one_sided\":true,\"purposes\":[\"dossier\"]}",
        "{\"t\":\"back\"}",
    };
    struct vb_event events[6];
    for (int i = 0; i < 6; i++) {
        struct vb_event_pieces pieces = body_of(bodies[i], strlen(bodies[i]));
        if (vb_event_decode(&back, &arena, &ids, &pieces, &err) != VB_OK)
            fail_msg("%s: %s", bodies[i], err.text);
        events[i] = back;
    }
    assert_string_equal(events[0].opened->label, "Sam");
    assert_string_equal(events[0].opened->professional_name, "Kim");
    assert_true(events[0].opened->members[0].gone);
    assert_string_equal(events[0].opened->earlier[0].member, "p");
    assert_true(events[1].changed);
    assert_string_equal(events[1].answer_id, "0123456789abcdef");
    assert_int_equal(events[2].member, 1);
    assert_int_equal(events[2].value.number, VB_MISSING_RATHER_NOT_SAY);
    assert_true(events[3].on);
    assert_true(events[4].sharing->one_sided);
    assert_string_equal(events[4].sharing->purposes[0], "dossier");
    assert_int_equal(events[5].item, -1);
    vb_arena_finish(&arena);
    vb_plan_release(plan);
}

/* Every cut and every changed byte is either refused as data or still an event. */
static void broken_bodies_never_crash(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    struct vb_opened full = full_opened();
    struct vb_event_page page = { 0 };
    struct vb_event_ids ids = ids_of(plan);
    struct vb_event back;
    struct vb_err err;
    struct vb_event_pieces pieces =
        vb_event_encode(&page, &ids, &(struct vb_event){ .item = -1, .opened = &full });
    struct vb_event_part *part = page.parts;
    const size_t body_len = pieces.body_len, part_len = part->len;
    for (size_t len = 0; len < body_len + part_len; len++) {
        struct vb_arena arena = { 0 };
        pieces.body_len = len < body_len ? len : body_len;
        part->len = len < body_len ? 0 : len - body_len;
        assert_int_equal(vb_event_decode(&back, &arena, &ids, &pieces, &err), VB_E_DATA);
        vb_arena_finish(&arena);
    }
    pieces.body_len = body_len;
    part->len = part_len;
    static const char odd[] = "\"{}[],:01ntf\\\x80 ";
    for (size_t i = 0; i < page.text.len; i++) {
        char was = page.text.data[i];
        for (size_t k = 0; k < sizeof odd; k++) {
            struct vb_arena arena = { 0 };
            page.text.data[i] = odd[k];
            enum vb_code code = vb_event_decode(&back, &arena, &ids, &pieces, &err);
            assert_true(code == VB_OK || code == VB_E_DATA);
            vb_arena_finish(&arena);
        }
        page.text.data[i] = was;
    }
    vb_event_page_finish(&page);
    vb_plan_release(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_that_does_not_belong_is_refused),
        cmocka_unit_test(an_old_log_is_read_as_it_was_meant),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(a_roster_past_its_limit_is_refused),
        cmocka_unit_test(broken_bodies_never_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
