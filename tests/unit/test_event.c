#include "tests.h"

#include "base/id.h"
#include "data/event.h"
#include "data/event_pack.h"
#include "data/json.h"
#include "small_plan.h"

static const struct vb_member roster[] = {
    { "0123456789abcdef", "youth", "Sam", NULL, false },
    { "zzzzzzzzzzzzzzzz", "parent", "Kim \"K\"", "short", true },
};

/* What is written of them: nobody's label. */
static const struct vb_member unnamed[] = {
    { "0123456789abcdef", "youth", NULL, NULL, false },
    { "zzzzzzzzzzzzzzzz", "parent", NULL, "short", true },
};

static struct vb_event_ids ids_of(const struct vb_plan *plan)
{
    return (struct vb_event_ids){ .plan = plan, .members = roster, .member_count = 2 };
}

static struct vb_event_pieces body_of(const char *body, size_t len)
{
    return (struct vb_event_pieces){ .answer_id = "", .body = body, .body_len = len };
}

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

static struct vb_value text_value(enum vb_value_type type, const char *text)
{
    return (struct vb_value){ .type = type, .text = text, .len = (uint32_t)strlen(text) };
}

/* A value of every form that the item's kind has; n picks one. */
static struct vb_value some_value(enum vb_kind_id kind, unsigned n)
{
    switch (kind) {
    case VB_LIKERT:
    case VB_FACES:
        return vb_value_int(1 + n % 5);
    case VB_VAS:
        return vb_value_int(n % 1001);
    case VB_YESNO:
        return (struct vb_value){ .type = VB_VALUE_BOOL, .number = n % 2 };
    case VB_CHOICE:
        if (n % 4 == 3)
            return text_value(VB_VALUE_JSON, "{\"other\":\"bij oma \\\"thuis\\\"\"}");
        return (struct vb_value){ .type = VB_VALUE_OPTION, .number = n % 3 };
    case VB_WORDS:
        return text_value(VB_VALUE_JSON, n % 2 ? "[\"home\",\"\xC3\xA9\xC3\xA9n\"]" : "[]");
    case VB_TEXT:
        return text_value(VB_VALUE_TEXT, n % 2 ? "a\n\"b\"\t\\ \xF0\x9F\x98\x80" : "x");
    case VB_NUMBER:
        return (struct vb_value){ .type = VB_VALUE_MILLI,
                                  .number = (int64_t)(n % 200001) - 100000 };
    case VB_DATE:
        return text_value(VB_VALUE_DATE, "2026-11-21");
    default:
        return text_value(VB_VALUE_JSON, n % 2 ? "{\"paper\":true}" : "{\"words\":[\"a\"]}");
    }
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
        event.on = event.type == VB_EVENT_HELD && (n >> 3 & 1);
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

static struct vb_opened full_opened(void)
{
    static const char *const with[] = { "strengths" };
    static struct vb_earlier earlier[10];
    static const int items[10] = {
        SMALL_TRUST,  SMALL_VAS,  SMALL_YESNO, SMALL_CHOICE, SMALL_WORDS,
        SMALL_NUMBER, SMALL_DATE, SMALL_TEXT,  SMALL_DRAW,   SMALL_FACES
    };
    struct vb_plan *plan = small_plan();
    static char ids[10][32];
    for (int i = 0; i < 10; i++) {
        snprintf(ids[i], sizeof ids[i], "%s", plan->items[items[i]].id);
        earlier[i] = (struct vb_earlier){ "t0", ids[i], i == 9 ? roster[0].person : NULL,
                                          some_value(plan->items[items[i]].kind, 1), NULL };
    }
    earlier[9].value = vb_value_missing(VB_MISSING_HELD);
    vb_plan_release(plan);
    return (struct vb_opened){ .digest = "sha256:00",
                               .api = 1,
                               .person = "0123456789abcdef",
                               .role = "client",
                               .label = "Sam",
                               .language = "nl",
                               .format = "standard",
                               .form = "short",
                               .variant = "music",
                               .setting = "probation",
                               .mode = "aloud",
                               .helper = "professional",
                               .opening = "1",
                               .with = with,
                               .with_count = 1,
                               .members = roster,
                               .member_count = 2,
                               .earlier = earlier,
                               .earlier_count = 10,
                               .last = { "7m2k9x0q4rbw8ezn", 2, 3 },
                               .client = "0123456789abcdef",
                               .professional = "yyyyyyyyyyyyyyyy",
                               .client_name = "Noor",
                               .professional_name = "R\xC3\xB3isin" };
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
            if (!missing && (asked->kind == VB_TEXT || asked->kind >= VB_DRAW ||
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
        cmocka_unit_test(a_random_event_of_every_type_comes_back),
        cmocka_unit_test(opened_comes_back_with_everything_a_flow_reads),
        cmocka_unit_test(opened_is_read_without_a_plan_choices_as_their_ids),
        cmocka_unit_test(what_is_said_of_a_member_stands_in_a_part_about_it),
        cmocka_unit_test(the_joint_session_has_no_parts),
        cmocka_unit_test(nobodys_name_is_written),
        cmocka_unit_test(what_earlier_waves_said_of_a_member_goes_with_its_part),
        cmocka_unit_test(what_was_said_before_goes_with_the_session_it_was_said_in),
        cmocka_unit_test(an_erased_event_says_only_that_it_was),
        cmocka_unit_test(whatever_has_no_words_of_its_own_fits_in_the_room),
        cmocka_unit_test(a_yes_with_everything_in_it_fits_in_the_room),
        cmocka_unit_test(a_part_that_does_not_belong_is_refused),
        cmocka_unit_test(an_old_log_is_read_as_it_was_meant),
        cmocka_unit_test(an_ordinary_answer_takes_one_step_of_padding),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(a_roster_past_its_limit_is_refused),
        cmocka_unit_test(broken_bodies_never_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
