/* test_event_parts.c - what is about a member stands in a part of its own; how large events are. */
#include "event_fixture.h"

#include "base/id.h"
#include "data/event_pack.h"

/* -- pieces ----------------------------------------------------------------------------------- */

static struct vb_event about_roster(enum vb_event_type type, int item, int member)
{
    return (struct vb_event){
        .type = type, .item = item, .member = member, .value = vb_value_int(4), .on = true
    };
}

static void written_as(const struct vb_plan *plan, bool joint, struct vb_event event,
                       const char *about, const char *text)
{
    struct vb_event_page page = { 0 };
    struct vb_event_ids ids = ids_of(plan);
    ids.joint = joint;
    struct vb_event_pieces pieces = vb_event_encode(&page, &ids, &event);
    const char *bytes = about == NULL ? pieces.body : pieces.parts[0].bytes;
    size_t len = about == NULL ? pieces.body_len : pieces.parts[0].len;
    assert_int_equal(pieces.part_count, about != NULL);
    assert_int_equal(len, strlen(text));
    assert_memory_equal(bytes, text, len);
    if (about != NULL) {
        assert_string_equal(pieces.parts[0].about, about);
        assert_int_equal(pieces.body_len, 0);
    }
    vb_event_page_finish(&page);
}

static void what_is_said_of_a_member_stands_in_a_part_about_it(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    const char *who = roster[1].person;
    written_as(plan, false, about_roster(VB_EVENT_ANSWERED, SMALL_MEMBER, 1), who,
               "{\"i\":\"each.close\",\"v\":4}");
    written_as(plan, false, about_roster(VB_EVENT_HELD, SMALL_MEMBER, 1), who,
               "{\"h\":\"each.close\"}");
    written_as(plan, false, about_roster(VB_EVENT_BACK, SMALL_MEMBER, 1), who,
               "{\"b\":\"each.close\"}");
    written_as(plan, false, about_roster(VB_EVENT_BACK, SMALL_TRUST, -1), NULL,
               "{\"b\":\"trust.a\"}");
    written_as(plan, false, about_roster(VB_EVENT_BACK, -1, -1), NULL, "{\"t\":\"back\"}");
    vb_plan_release(plan);
}

static void the_joint_session_has_no_parts(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    written_as(plan, true, about_roster(VB_EVENT_ANSWERED, SMALL_MEMBER, 1), NULL,
               "{\"i\":\"each.close\",\"m\":\"zzzzzzzzzzzzzzzz\",\"v\":4}");
    vb_plan_release(plan);
}

static void nobodys_name_is_written(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    struct vb_opened full = full_opened();
    struct vb_event_page page = { 0 };
    struct vb_event_ids ids = ids_of(plan);
    struct vb_event events[] = {
        { .type = VB_EVENT_OPENED, .item = -1, .member = -1, .opened = &full },
        { .type = VB_EVENT_ROSTER, .item = -1, .member = -1, .members = roster, .member_count = 2 },
    };
    for (int i = 0; i < 2; i++) {
        vb_event_encode(&page, &ids, &events[i]);
        assert_non_null(strstr(page.text.data, roster[0].person));
        assert_null(strstr(page.text.data, "Sam"));
        assert_null(strstr(page.text.data, "Kim"));
        assert_null(strstr(page.text.data, "Noor"));
        assert_null(strstr(page.text.data, "isin"));
    }
    vb_event_page_finish(&page);
    vb_plan_release(plan);
}

static void what_earlier_waves_said_of_a_member_goes_with_its_part(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    struct vb_opened full = full_opened();
    struct vb_event_page page = { 0 };
    struct vb_arena arena = { 0 };
    struct vb_event_ids ids = ids_of(plan);
    struct vb_event back;
    struct vb_err err;
    struct vb_event_pieces pieces =
        vb_event_encode(&page, &ids, &(struct vb_event){ .item = -1, .opened = &full });
    assert_int_equal(pieces.part_count, 1);
    assert_string_equal(pieces.parts[0].about, roster[0].person);
    page.parts[0].bytes = NULL;
    assert_int_equal(vb_event_decode(&back, &arena, &ids, &pieces, &err), VB_OK);
    assert_int_equal(back.opened->earlier_count, full.earlier_count - 1);
    for (int i = 0; i < back.opened->earlier_count; i++)
        assert_null(back.opened->earlier[i].member);
    assert_int_equal(back.opened->member_count, 2);
    vb_event_page_finish(&page);
    vb_arena_finish(&arena);
    vb_plan_release(plan);
}

static void an_erased_event_says_only_that_it_was(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    struct vb_arena arena = { 0 };
    struct vb_event_ids ids = ids_of(plan);
    struct vb_event back;
    struct vb_err err;
    const struct vb_event_part part = { roster[1].person, NULL, 0 };
    struct vb_event_pieces in_part = body_of("", 0), whole = body_of("", 0);
    in_part.parts = &part;
    in_part.part_count = 1;
    whole.erased = true;
    assert_int_equal(vb_event_decode(&back, &arena, &ids, &in_part, &err), VB_OK);
    assert_int_equal(back.type, VB_EVENT_ERASED);
    assert_int_equal(vb_event_decode(&back, &arena, &ids, &whole, &err), VB_OK);
    assert_int_equal(back.type, VB_EVENT_ERASED);
    vb_arena_finish(&arena);
    vb_plan_release(plan);
}

/* -- how large -------------------------------------------------------------------------------- */

/* As it is sealed, but for a few bytes of lengths. */
static size_t size_of(const struct vb_event_pieces *pieces)
{
    size_t len = vb_id_valid(pieces->answer_id) ? VB_ID_BYTES : strlen(pieces->answer_id);
    len += vb_event_packed_length(pieces->body, pieces->body_len);
    for (int i = 0; i < pieces->part_count; i++)
        len += strlen(pieces->parts[i].about) + VB_EVENT_PART_COST +
               vb_event_packed_length(pieces->parts[i].bytes, pieces->parts[i].len);
    return len;
}

static void an_ordinary_answer_takes_one_step_of_padding(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    struct vb_event_page page = { 0 };
    struct vb_event_ids ids = ids_of(plan);
    struct vb_event event = { .type = VB_EVENT_ANSWERED,
                              .item = SMALL_TRUST,
                              .member = -1,
                              .value = vb_value_int(4),
                              .answer_id = "0123456789abcdef" };
    struct vb_event_pieces pieces = vb_event_encode(&page, &ids, &event);
    assert_string_equal(pieces.body, "{\"i\":\"trust.a\",\"v\":4}");
    assert_true(size_of(&pieces) + 5 <= 32);
    vb_event_page_finish(&page);
    vb_plan_release(plan);
}

/* Nothing but own words, pictures and lists of persons is larger than what all are padded to. */
static void whatever_has_no_words_of_its_own_fits_in_the_room(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    struct vb_event_page page = { 0 };
    struct vb_event_ids ids = ids_of(plan);
    size_t room = vb_event_room(plan), most = 0;
    for (int item = 0; item < SMALL_COUNT; item++) {
        const struct vb_item *asked = &plan->items[item];
        for (unsigned n = 0; n < 24 * VB_MISSING_COUNT; n++) {
            struct vb_event event = { .type = VB_EVENT_ANSWERED,
                                      .item = item,
                                      .member = asked->per_member ? 0 : -1,
                                      .answer_id = "0123456789abcdef" };
            bool missing = n % 2 == 0;
            if (!missing && (asked->kind == VB_TEXT || vb_kind_is_picture(asked->kind) ||
                             (asked->kind == VB_CHOICE && n % 4 == 3)))
                continue;
            event.value =
                missing ? vb_value_missing(n % VB_MISSING_COUNT) : some_value(asked->kind, n);
            event.changed = n % 3 == 0;
            event.on = n % 5 == 0;
            event.type = n % 7 == 0   ? VB_EVENT_HELD
                         : n % 7 == 1 ? VB_EVENT_BACK
                                      : VB_EVENT_ANSWERED;
            struct vb_event_pieces pieces = vb_event_encode(&page, &ids, &event);
            if (size_of(&pieces) > room)
                fail_msg("%zu of %zu: %s", size_of(&pieces), room, page.text.data);
            most = size_of(&pieces) > most ? size_of(&pieces) : most;
        }
    }
    assert_true(most + 16 >= room); /* and it is not much larger than that */
    vb_event_page_finish(&page);
    vb_plan_release(plan);
}

static void a_yes_with_everything_in_it_fits_in_the_room(void **state)
{
    (void)state;
    static const char *const purposes[] = { "research", "dossier" };
    struct vb_plan *plan = small_plan();
    struct vb_event_page page = { 0 };
    struct vb_event_ids ids = ids_of(plan);
    const char *scales[VB_ROLES_MAX];
    struct vb_sharing sharing = {
        .one_sided = true, .private_yes = scales, .purposes = purposes, .purpose_count = 2
    };
    for (int i = 0; i < plan->scale_count; i++)
        if (plan->scales[i].hidden == VB_PRIVATE_WORKER)
            scales[sharing.private_count++] = plan->scales[i].id;
    struct vb_event event = {
        .type = VB_EVENT_SHARED, .item = -1, .member = -1, .sharing = &sharing
    };
    struct vb_event_pieces pieces = vb_event_encode(&page, &ids, &event);
    assert_true(size_of(&pieces) <= vb_event_room(plan) - VB_ID_BYTES);
    vb_event_page_finish(&page);
    vb_plan_release(plan);
}

/* -- what is refused -------------------------------------------------------------------------- */

static void what_was_said_before_goes_with_the_session_it_was_said_in(void **state)
{
    (void)state;
    struct vb_arena arena = { 0 };
    struct vb_plan *plan = small_plan();
    struct vb_event_page page = { 0 };
    struct vb_err err;
    static const struct vb_member member[] = { { .person = "p", .role = "client" } };
    const struct vb_earlier earlier[] = {
        { "t0", "trust.a", NULL, { .type = VB_VALUE_INT, .number = 1 }, "s0" },
        { "t0", "each.close", "p", { .type = VB_VALUE_INT, .number = 3 }, "s0" },
        { "t0", "trust.b", NULL, { .type = VB_VALUE_INT, .number = 4 }, "s0" },
        { "t1", "trust.a", NULL, { .type = VB_VALUE_INT, .number = 2 }, "a1" },
    };
    const struct vb_opened opened = { .digest = "d",
                                      .api = 1,
                                      .members = member,
                                      .member_count = 1,
                                      .earlier = earlier,
                                      .earlier_count = 4 };
    const struct vb_event event = {
        .type = VB_EVENT_OPENED, .item = -1, .member = -1, .opened = &opened
    };
    const struct vb_event_ids ids = { .plan = plan };
    struct vb_event back;
    struct vb_event_pieces pieces = vb_event_encode(&page, &ids, &event);
    assert_int_equal(pieces.part_count, 3);
    assert_string_equal(pieces.parts[0].about, "s0");
    assert_string_equal(pieces.parts[1].about, "s0 p");
    assert_string_equal(pieces.parts[2].about, "a1");
    assert_null(memmem(pieces.body, pieces.body_len, "t0", 2));
    assert_int_equal(vb_event_decode(&back, &arena, &ids, &pieces, &err), VB_OK);
    assert_int_equal(back.opened->earlier_count, 4);
    assert_string_equal(back.opened->earlier[2].member, "p");
    assert_string_equal(back.opened->earlier[2].session, "s0");
    assert_null(back.opened->earlier[3].member);
    assert_string_equal(back.opened->earlier[3].wave, "t1");
    for (int i = 0; i < 2; i++) { /* the first session was erased */
        struct vb_event_part *part = (struct vb_event_part *)&pieces.parts[i];
        part->bytes = NULL;
        part->len = 0;
    }
    assert_int_equal(vb_event_decode(&back, &arena, &ids, &pieces, &err), VB_OK);
    assert_int_equal(back.opened->earlier_count, 1);
    assert_string_equal(back.opened->earlier[0].wave, "t1");
    vb_event_page_finish(&page);
    vb_plan_release(plan);
    vb_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_of_a_member_stands_in_a_part_about_it),
        cmocka_unit_test(the_joint_session_has_no_parts),
        cmocka_unit_test(nobodys_name_is_written),
        cmocka_unit_test(what_earlier_waves_said_of_a_member_goes_with_its_part),
        cmocka_unit_test(what_was_said_before_goes_with_the_session_it_was_said_in),
        cmocka_unit_test(an_erased_event_says_only_that_it_was),
        cmocka_unit_test(whatever_has_no_words_of_its_own_fits_in_the_room),
        cmocka_unit_test(a_yes_with_everything_in_it_fits_in_the_room),
        cmocka_unit_test(an_ordinary_answer_takes_one_step_of_padding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
