/* test_event.c - what is written of an event comes back as it was. */
#include "event_fixture.h"

/* What is written of them: nobody's label. */
static const struct vb_member unnamed[] = {
    { "0123456789abcdef", "youth", NULL, NULL, false },
    { "zzzzzzzzzzzzzzzz", "parent", NULL, "short", true },
};

static void same_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        assert_ptr_equal(a, b);
    else
        assert_string_equal(a, b);
}

static void same_members(const struct vb_member *a, const struct vb_member *b, int count)
{
    for (int i = 0; i < count; i++) {
        same_text(a[i].person, b[i].person);
        same_text(a[i].role, b[i].role);
        same_text(unnamed[i].label, b[i].label);
        same_text(a[i].form, b[i].form);
        assert_int_equal(a[i].gone, b[i].gone);
    }
}

static void same_talk(const struct vb_talk_record *a, const struct vb_talk_record *b)
{
    struct vb_buf one = { 0 }, other = { 0 };
    vb_talk_record_write(&one, a, NULL, 0);
    vb_talk_record_write(&other, b, NULL, 0);
    assert_string_equal(one.data, other.data);
    vb_buf_finish(&one);
    vb_buf_finish(&other);
}

static void same_opened(const struct vb_opened *a, const struct vb_opened *b)
{
    same_text(a->digest, b->digest);
    assert_int_equal(a->api, b->api);
    same_text(a->person, b->person);
    same_text(a->role, b->role);
    assert_null(b->label);
    same_text(a->language, b->language);
    same_text(a->format, b->format);
    same_text(a->form, b->form);
    same_text(a->variant, b->variant);
    same_text(a->setting, b->setting);
    same_text(a->mode, b->mode);
    same_text(a->helper, b->helper);
    same_text(a->opening, b->opening);
    same_text(a->client, b->client);
    same_text(a->professional, b->professional);
    assert_null(b->client_name);
    assert_null(b->professional_name);
    assert_int_equal(a->with_count, b->with_count);
    for (int i = 0; i < a->with_count; i++)
        same_text(a->with[i], b->with[i]);
    assert_int_equal(a->member_count, b->member_count);
    same_members(a->members, b->members, a->member_count);
    assert_int_equal(a->earlier_count, b->earlier_count);
    for (int i = 0; i < a->earlier_count; i++) {
        same_text(a->earlier[i].wave, b->earlier[i].wave);
        same_text(a->earlier[i].item, b->earlier[i].item);
        same_text(a->earlier[i].member, b->earlier[i].member);
        assert_true(vb_value_equal(&a->earlier[i].value, &b->earlier[i].value));
    }
    same_text(a->last.round, b->last.round);
    assert_int_equal(a->last.revision, b->last.revision);
    assert_int_equal(a->last.agreement_count, b->last.agreement_count);
}

static void same_event(const struct vb_event *a, const struct vb_event *b)
{
    assert_int_equal(a->type, b->type);
    assert_string_equal(a->answer_id, b->answer_id);
    assert_int_equal(a->item, b->item);
    assert_int_equal(a->member, b->member);
    assert_true(vb_value_equal(&a->value, &b->value));
    same_text(a->method, b->method);
    assert_int_equal(a->changed, b->changed);
    assert_int_equal(a->on, b->on);
    assert_int_equal(a->member_count, b->member_count);
    same_members(a->members, b->members, a->member_count);
    assert_int_equal(a->opened != NULL, b->opened != NULL);
    if (a->opened != NULL)
        same_opened(a->opened, b->opened);
    assert_int_equal(a->agreement, b->agreement);
    assert_int_equal(a->followed, b->followed);
    assert_int_equal(a->talk != NULL, b->talk != NULL);
    if (a->talk != NULL)
        same_talk(a->talk, b->talk);
    assert_int_equal(a->sharing != NULL, b->sharing != NULL);
    if (a->sharing == NULL)
        return;
    assert_int_equal(a->sharing->one_sided, b->sharing->one_sided);
    assert_int_equal(a->sharing->earlier, b->sharing->earlier);
    assert_int_equal(a->sharing->private_count, b->sharing->private_count);
    assert_int_equal(a->sharing->purpose_count, b->sharing->purpose_count);
    for (int i = 0; i < a->sharing->purpose_count; i++)
        same_text(a->sharing->purposes[i], b->sharing->purposes[i]);
    assert_int_equal(a->sharing->left_count, b->sharing->left_count);
    for (int i = 0; i < a->sharing->left_count; i++) {
        assert_int_equal(a->sharing->left[i].item, b->sharing->left[i].item);
        assert_int_equal(a->sharing->left[i].member, b->sharing->left[i].member);
    }
}

static void same_pieces(const struct vb_event_pieces *a, const struct vb_event_pieces *b)
{
    assert_string_equal(a->answer_id, b->answer_id);
    assert_int_equal(a->body_len, b->body_len);
    assert_memory_equal(a->body, b->body, a->body_len);
    assert_int_equal(a->part_count, b->part_count);
    for (int i = 0; i < a->part_count; i++) {
        assert_string_equal(a->parts[i].about, b->parts[i].about);
        assert_int_equal(a->parts[i].len, b->parts[i].len);
        assert_memory_equal(a->parts[i].bytes, b->parts[i].bytes, a->parts[i].len);
    }
}

static void comes_back(struct vb_plan *plan, const struct vb_event *event)
{
    struct vb_event_page page = { 0 }, second = { 0 };
    struct vb_arena arena = { 0 };
    struct vb_event_ids ids = ids_of(plan);
    struct vb_event back;
    struct vb_err err = { 0 };
    struct vb_event_pieces pieces = vb_event_encode(&page, &ids, event);
    if (vb_event_decode(&back, &arena, &ids, &pieces, &err) != VB_OK)
        fail_msg("%s: %s", page.text.data, err.text);
    same_event(event, &back);
    struct vb_event_pieces again = vb_event_encode(&second, &ids, &back);
    same_pieces(&pieces, &again);
    vb_event_page_finish(&page);
    vb_event_page_finish(&second);
    vb_arena_finish(&arena);
}

static struct vb_talk_record some_talk(unsigned n)
{
    static const char *const yes[] = { "0123456789abcdef", "zzzzzzzzzzzzzzzz" };
    static struct vb_goal goals[2];
    static const struct vb_agreement agreements[] = {
        { "Sam \"S\"", "belt de\ngemeente", "2026-12-01" },
        { "wij", "samen eten", NULL },
    };
    goals[0] = (struct vb_goal){ "rust", "together", true, "2027-02-28", yes, (int)n % 3 };
    goals[1] = (struct vb_goal){ "een baan", yes[0], false, NULL, yes, 0 };
    return (struct vb_talk_record){ n & 1 ? "geld" : NULL, agreements,
                                    (int)(n >> 1) % 3,     goals,
                                    (int)(n >> 3) % 3,     n & 8 ? "2026-12-12" : NULL };
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static void a_random_event_of_every_type_comes_back(void **state)
{
    (void)state;
    static const char *const purposes[] = { "dossier", "research" }, *const scales[] = { "trust" };
    static const struct vb_left left[] = {
        { SMALL_TRUST, -1 }, { SMALL_VAS, -1 }, { SMALL_MEMBER, 0 }, { SMALL_MEMBER, 1 }
    };
    struct vb_plan *plan = small_plan();
    uint32_t seed = 2463534242u;
    for (int round = 0; round < 4000; round++) {
        unsigned n = next_random(&seed);
        struct vb_sharing sharing = { .one_sided = n % 2,
                                      .earlier = (enum vb_word)((n >> 9) % 3),
                                      .private_yes = scales,
                                      .private_count = (int)(n >> 1) % 2,
                                      .purposes = purposes,
                                      .purpose_count = (int)(n >> 2) % 3,
                                      .left = left + (n >> 5) % 2,
                                      .left_count = (int)(n >> 6) % 4 };
        struct vb_event event = { .type = VB_EVENT_ANSWERED + n % (VB_EVENT_COUNT - 1),
                                  .item = -1,
                                  .member = -1 };
        if (n >> 4 & 1)
            snprintf(event.answer_id, sizeof event.answer_id, "id-%u", n);
        if (event.type == VB_EVENT_ANSWERED || event.type == VB_EVENT_HELD ||
            (event.type == VB_EVENT_BACK && n % 8 != 0)) {
            event.item = (int)(next_random(&seed) % SMALL_COUNT);
            if (plan->items[event.item].per_member)
                event.member = (int)(n >> 5) % 2;
        }
        if (event.type == VB_EVENT_ANSWERED) {
            event.value = n >> 6 & 1 ? vb_value_missing(n % VB_MISSING_COUNT)
                                     : some_value(plan->items[event.item].kind, n >> 7);
            event.method = n >> 8 & 1 ? "image" : NULL;
            event.changed = n >> 9 & 1;
        }
        event.on = (event.type == VB_EVENT_HELD || event.type == VB_EVENT_EARLIER) && (n >> 3 & 1);
        struct vb_talk_record talk = some_talk(n >> 4);
        bool agreement = event.type == VB_EVENT_HELD && (n >> 10 & 3) == 0;
        if (agreement)
            event.item = event.member = -1;
        if (agreement || event.type == VB_EVENT_FOLLOWED)
            event.agreement = (int)(n >> 12) % VB_AGREEMENTS_MAX;
        if (event.type == VB_EVENT_FOLLOWED)
            event.followed = (enum vb_followed)((n >> 4) % 4), event.changed = n >> 9 & 1;
        event.talk = event.type == VB_EVENT_TALK ? &talk : NULL;
        event.sharing = event.type == VB_EVENT_SHARED ? &sharing : NULL;
        if (event.type == VB_EVENT_ROSTER) {
            event.members = roster;
            event.member_count = (int)(n >> 3) % 3;
        }
        comes_back(plan, &event);
    }
    vb_plan_release(plan);
}

static void opened_comes_back_with_everything_a_flow_reads(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    struct vb_opened full = full_opened();
    struct vb_opened bare = { .digest = "sha256:00", .api = 1 };
    comes_back(plan, &(struct vb_event){ .item = -1, .member = -1, .opened = &full });
    comes_back(plan, &(struct vb_event){ .item = -1, .member = -1, .opened = &bare });
    vb_plan_release(plan);
}

static void opened_is_read_without_a_plan_choices_as_their_ids(void **state)
{
    (void)state;
    struct vb_plan *plan = small_plan();
    struct vb_opened full = full_opened();
    struct vb_event_page page = { 0 };
    struct vb_arena arena = { 0 };
    struct vb_event_ids ids = ids_of(plan), none = { 0 };
    struct vb_event back;
    struct vb_err err;
    struct vb_event_pieces pieces =
        vb_event_encode(&page, &ids, &(struct vb_event){ .item = -1, .opened = &full });
    assert_int_equal(vb_event_decode(&back, &arena, &none, &pieces, &err), VB_OK);
    assert_int_equal(back.opened->earlier[3].value.type, VB_VALUE_TEXT);
    assert_string_equal(back.opened->earlier[3].value.text, "school");
    vb_event_page_finish(&page);
    vb_arena_finish(&arena);
    vb_plan_release(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_random_event_of_every_type_comes_back),
        cmocka_unit_test(opened_comes_back_with_everything_a_flow_reads),
        cmocka_unit_test(opened_is_read_without_a_plan_choices_as_their_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
