#include "tests.h"

#include "data/digest.h"
#include "loads.h"
#include "plan_fixture.h"
#include "session_fixture.h"

static const struct vb_value yes = { .type = VB_VALUE_BOOL, .number = 1 };
static const struct vb_value no = { .type = VB_VALUE_BOOL, .number = 0 };

/* stuck? then why (words); going, 1..5; needed */
static struct vb_plan *branching(void)
{
    struct fixture f = fixture_begin();
    int stuck = fixture_ask(&f, fixture_item(&f, "stuck", VB_YESNO), NULL);
    int why = fixture_ask(&f, fixture_item(&f, "why", VB_TEXT), fixture_is(&f, stuck, yes));
    f.items[why].max = 40;
    f.items[why].has_max = true;
    fixture_ask(&f, fixture_item(&f, "going", VB_LIKERT), NULL);
    int needed = fixture_ask(&f, fixture_item(&f, "needed", VB_YESNO), NULL);
    f.items[needed].required = true;
    return fixture_end(&f);
}

struct scene {
    struct world world;
    struct vb_plan *plan;
    struct vb_round *round;
    struct vb_session *session;
};

static void begin_with(struct scene *scene, struct vb_plan *plan)
{
    scene->plan = plan;
    world_begin(&scene->world);
    assert_int_equal(vb_round_open(&scene->round, scene->world.store, &scene->world.env, plan,
                                   &(struct vb_round_options){ .case_id = "c-1" },
                                   &scene->world.err),
                     VB_OK);
    assert_int_equal(vb_round_join(scene->round, &(struct vb_join){ .role = "client" },
                                   &scene->session, &scene->world.err),
                     VB_OK);
}

static void begin(struct scene *scene)
{
    begin_with(scene, branching());
}

static void end(struct scene *scene)
{
    vb_round_destroy(scene->round);
    vb_plan_release(scene->plan);
    world_end(&scene->world);
}

static struct vb_session *load_again(struct scene *scene)
{
    struct vb_session *session;
    assert_int_equal(vb_session_load(&session, scene->world.store, &scene->world.env, scene->plan,
                                     vb_session_id(scene->session), &scene->world.err),
                     VB_OK);
    return session;
}

static struct vb_session_row stored(struct scene *scene, struct vb_arena *arena)
{
    struct vb_session_row row;
    assert_int_equal(scene->world.store->ops->session(scene->world.store,
                                                      vb_session_id(scene->session), arena, &row,
                                                      &scene->world.err),
                     VB_OK);
    return row;
}

static struct heard answer_as(struct scene *scene, int64_t after, const char *id,
                              struct vb_value value)
{
    struct heard heard = { 0 };
    vb_session_answer(scene->session, after, id, &value, NULL, hear, &heard);
    assert_int_equal(heard.times, 1);
    return heard;
}

static void a_refused_value_stores_nothing_and_says_why(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    enum vb_refusal refusal;
    struct heard heard = { 0 };
    struct vb_value wrong = vb_value_int(9);
    vb_session_answer(scene.session, 1, NULL, &wrong, &refusal, hear, &heard);
    assert_int_equal(heard.code, VB_E_DATA);
    assert_int_equal(refusal, VB_REFUSED_TYPE);
    assert_null(strstr(heard.err.text, "9"));
    give(scene.session, no);
    wrong = vb_value_int(6);
    vb_session_answer(scene.session, 2, NULL, &wrong, &refusal, hear, &heard);
    assert_int_equal(refusal, VB_REFUSED_RANGE);
    struct vb_arena arena = { 0 };
    assert_int_equal(stored(&scene, &arena).last_seq, 2);
    assert_int_equal(vb_session_view(scene.session)->seq, 2);
    vb_arena_finish(&arena);
    end(&scene);
}

static void a_required_question_stays_until_it_is_answered(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    give(scene.session, no);
    give(scene.session, vb_value_missing(VB_MISSING_SKIPPED));
    assert_int_equal(give(scene.session, vb_value_missing(VB_MISSING_DONT_KNOW)), VB_E_DATA);
    assert_string_equal(vb_session_view(scene.session)->item->id, "needed");
    assert_int_equal(give(scene.session, yes), VB_OK);
    end(&scene);
}

static void the_same_answer_again_is_acknowledged_and_stored_once(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    begin(&scene);
    assert_int_equal(answer_as(&scene, 1, "one", no).code, VB_OK);
    assert_int_equal(answer_as(&scene, 1, "one", no).code, VB_OK);
    assert_int_equal(stored(&scene, &arena).last_seq, 2);
    assert_int_equal(answer_as(&scene, 2, "two", vb_value_int(3)).code, VB_OK);
    assert_int_equal(answer_as(&scene, 1, "one", no).code, VB_OK); /* read in the log */
    assert_int_equal(stored(&scene, &arena).last_seq, 3);
    vb_arena_finish(&arena);
    end(&scene);
}

static void another_answer_at_a_taken_place_is_a_conflict(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    answer_as(&scene, 1, "one", no);
    assert_int_equal(answer_as(&scene, 1, "other", yes).code, VB_E_CONFLICT);
    assert_int_equal(answer_as(&scene, 7, "later", yes).code, VB_E_CONFLICT);
    struct vb_value value = no;
    struct heard heard = { 0 };
    vb_session_answer(scene.session, 1, NULL, &value, NULL, hear, &heard);
    assert_int_equal(heard.code, VB_E_CONFLICT);
    assert_string_equal(vb_session_view(scene.session)->item->id, "going");
    end(&scene);
}

static void an_answer_id_that_is_too_long_is_refused(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    assert_int_equal(answer_as(&scene, 1, "0123456789012345678901234567890123", no).code,
                     VB_E_DATA);
    assert_int_equal(vb_session_view(scene.session)->seq, 1);
    end(&scene);
}

static void the_stored_state_follows_the_events(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct heard heard = { 0 };
    begin(&scene);
    assert_int_equal(stored(&scene, &arena).state, VB_SESSION_OPEN);
    give(scene.session, no);
    give(scene.session, vb_value_int(3));
    give(scene.session, yes);
    assert_int_equal(stored(&scene, &arena).state, VB_SESSION_DONE);
    vb_session_back(scene.session, vb_session_view(scene.session)->seq, hear, &heard);
    assert_int_equal(stored(&scene, &arena).state, VB_SESSION_OPEN);
    give(scene.session, yes);
    assert_int_equal(share(scene.session), VB_OK);
    assert_int_equal(stored(&scene, &arena).state, VB_SESSION_SHARED);
    assert_int_equal(vb_session_state(scene.session), VB_SESSION_SHARED);
    vb_arena_finish(&arena);
    end(&scene);
}

/* -- a store that fails or answers late ------------------------------------------------------- */

struct moody { /* passes everything on to another store, but commits as it likes */
    struct vb_store store;
    struct vb_store *below;
    enum vb_code refuse;
    bool unreadable;
    struct vb_session *looked_at; /* its view is noted while a commit runs */
    int64_t seq_seen;
    enum vb_code verb_seen;
};

static enum vb_code moody_commit(struct vb_store *store, const struct vb_change *changes,
                                 size_t count, struct vb_err *err)
{
    struct moody *moody = (struct moody *)store;
    if (moody->looked_at != NULL) {
        struct heard heard = { 0 };
        moody->seq_seen = vb_session_view(moody->looked_at)->seq;
        vb_session_back(moody->looked_at, moody->seq_seen, hear, &heard);
        moody->verb_seen = heard.code;
    }
    if (moody->refuse != VB_OK)
        return vb_fail(err, moody->refuse, "the disk is full");
    return moody->below->ops->commit(moody->below, changes, count, err);
}

static enum vb_code moody_events(struct vb_store *store, const char *session, int64_t first_seq,
                                 struct vb_arena *arena, struct vb_event_row **out, size_t *count,
                                 struct vb_err *err)
{
    struct vb_store *below = ((struct moody *)store)->below;
    if (((struct moody *)store)->unreadable)
        return vb_fail(err, VB_E_IO, "the disk is gone");
    return below->ops->events(below, session, first_seq, arena, out, count, err);
}

static enum vb_code moody_person(struct vb_store *store, const char *id, struct vb_arena *arena,
                                 struct vb_person_row *out, struct vb_err *err)
{
    struct vb_store *below = ((struct moody *)store)->below;
    return below->ops->person(below, id, arena, out, err);
}

static const struct vb_store_ops moody_ops = {
    .name = "moody", .commit = moody_commit, .events = moody_events, .person = moody_person
};

static void begin_moody(struct scene *scene, struct moody *moody)
{
    begin(scene);
    *moody = (struct moody){ .store = { &moody_ops }, .below = scene->world.store };
    struct vb_session *session;
    assert_int_equal(vb_session_load(&session, &moody->store, &scene->world.env, scene->plan,
                                     vb_session_id(scene->session), &scene->world.err),
                     VB_OK);
    scene->session = session;
}

static void a_commit_that_fails_leaves_the_view_where_it_was(void **state)
{
    (void)state;
    struct scene scene;
    struct moody moody;
    begin_moody(&scene, &moody);
    moody.refuse = VB_E_IO;
    assert_int_equal(give(scene.session, yes), VB_E_IO);
    assert_string_equal(vb_session_view(scene.session)->item->id, "stuck");
    assert_int_equal(vb_session_view(scene.session)->seq, 1);
    moody.refuse = VB_OK;
    assert_int_equal(give(scene.session, no), VB_OK);
    assert_string_equal(vb_session_view(scene.session)->item->id, "going");
    vb_session_destroy(scene.session);
    end(&scene);
}

static void a_session_that_lost_its_log_says_so_and_finds_it_again(void **state)
{
    (void)state;
    struct scene scene;
    struct moody moody;
    begin_moody(&scene, &moody);
    give(scene.session, yes);
    moody.refuse = VB_E_IO;
    moody.unreadable = true;
    int64_t seq = vb_session_view(scene.session)->seq;
    struct vb_value why = { .type = VB_VALUE_TEXT, .text = "it stands still", .len = 15 };
    assert_int_equal(give(scene.session, why), VB_E_IO);
    assert_int_equal(vb_session_view(scene.session)->at, VB_AT_NOTHING);
    assert_int_equal(answer_as(&scene, seq, "again", why).code, VB_E_IO);
    moody.refuse = VB_OK;
    moody.unreadable = false;
    assert_int_equal(answer_as(&scene, seq, "again", why).code, VB_OK);
    assert_string_equal(vb_session_view(scene.session)->item->id, "going");
    vb_session_destroy(scene.session);
    end(&scene);
}

static void until_the_commit_nothing_moves_and_no_other_verb_is_taken(void **state)
{
    (void)state;
    struct scene scene;
    struct moody moody;
    begin_moody(&scene, &moody);
    give(scene.session, yes);
    moody.looked_at = scene.session;
    struct vb_value why = { .type = VB_VALUE_TEXT, .text = "it stands still", .len = 15 };
    assert_int_equal(give(scene.session, why), VB_OK);
    assert_int_equal(moody.seq_seen, 2);
    assert_int_equal(moody.verb_seen, VB_E_BUSY);
    assert_int_equal(vb_session_view(scene.session)->seq, 3);
    moody.looked_at = NULL;
    vb_session_destroy(scene.session);
    end(&scene);
}

/* -- the log ---------------------------------------------------------------------------------- */

static void assert_same_view(const struct vb_session *a, const struct vb_session *b)
{
    const struct vb_view *one = vb_session_view(a), *two = vb_session_view(b);
    assert_int_equal(one->at, two->at);
    assert_int_equal(one->seq, two->seq);
    assert_ptr_equal(one->item, two->item);
    assert_int_equal(one->member, two->member);
    assert_int_equal(one->say_count, two->say_count);
    assert_int_equal(one->can_back, two->can_back);
    assert_int_equal(one->offered == NULL, two->offered == NULL);
    if (one->offered != NULL)
        assert_true(vb_value_equal(one->offered, two->offered));
}

static void a_session_that_waits_takes_a_handle_and_wakes_where_it_stood(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    give(scene.session, yes);
    char kept[VB_ID_SIZE];
    memcpy(kept, vb_session_id(scene.session), sizeof kept);
    struct vb_session *other = load_again(&scene);
    vb_session_evict(scene.session);
    vb_session_evict(scene.session);
    assert_string_equal(vb_session_id(scene.session), kept);
    assert_int_equal(vb_session_wake(scene.session, &scene.world.err), VB_OK);
    assert_int_equal(vb_session_wake(scene.session, &scene.world.err), VB_OK);
    assert_same_view(scene.session, other);
    vb_session_destroy(other);
    assert_int_equal(answer_as(&scene, 1, "another", no).code, VB_E_CONFLICT);
    assert_int_equal(
        give(scene.session, (struct vb_value){ .type = VB_VALUE_TEXT, .text = "so", .len = 2 }),
        VB_OK);
    assert_string_equal(vb_session_view(scene.session)->item->id, "going");
    vb_session_evict(scene.session);
    end(&scene);
}

static void a_session_that_cannot_be_read_sleeps_on(void **state)
{
    (void)state;
    struct scene scene;
    struct moody moody;
    begin_moody(&scene, &moody);
    give(scene.session, no);
    vb_session_evict(scene.session);
    moody.unreadable = true;
    assert_int_equal(vb_session_wake(scene.session, &scene.world.err), VB_E_IO);
    moody.unreadable = false;
    assert_int_equal(vb_session_wake(scene.session, &scene.world.err), VB_OK);
    assert_string_equal(vb_session_view(scene.session)->item->id, "going");
    vb_session_destroy(scene.session);
    end(&scene);
}

static void a_session_that_is_read_back_after_every_event_stands_at_the_same_place(void **state)
{
    (void)state;
    struct scene scene;
    struct heard heard = { 0 };
    begin(&scene);
    struct vb_value why = { .type = VB_VALUE_TEXT, .text = "it \"stands\" still", .len = 17 };
    for (int step = 0; step < 9; step++) {
        struct vb_session *again = load_again(&scene);
        assert_same_view(scene.session, again);
        vb_session_destroy(again);
        int64_t seq = vb_session_view(scene.session)->seq;
        switch (step) {
        case 0:
            give(scene.session, yes);
            break;
        case 1:
            give(scene.session, why);
            break;
        case 2:
            vb_session_back(scene.session, seq, hear, &heard);
            break;
        case 3:
            give(scene.session, vb_value_missing(VB_MISSING_RATHER_NOT_SAY));
            break;
        case 4:
            give(scene.session, vb_value_int(5));
            break;
        case 5:
            give(scene.session, no);
            break;
        case 6:
            vb_session_change(scene.session, seq, 0, -1, &no, NULL, hear, &heard);
            break;
        case 7:
            hold(scene.session, 2, -1);
            break;
        default:
            share(scene.session);
        }
        assert_int_equal(vb_session_view(scene.session)->seq, seq + 1);
    }
    assert_int_equal(vb_session_state(scene.session), VB_SESSION_SHARED);
    struct vb_session *again = load_again(&scene);
    assert_same_view(scene.session, again);
    assert_true(vb_fold_held(vb_session_fold(again), 2, -1));
    vb_session_destroy(again);
    end(&scene);
}

static void a_session_whose_script_fails_is_parked_and_says_so_after_a_restart(void **state)
{
    (void)state;
    struct scene scene;
    struct fixture f = fixture_begin();
    int a = fixture_ask(&f, fixture_item(&f, "a", VB_YESNO), NULL);
    fixture_ask(&f, a, NULL); /* what a script could do, without one */
    begin_with(&scene, fixture_end(&f));
    assert_int_equal(give(scene.session, yes), VB_E_SCRIPT);
    assert_non_null(vb_session_parked(scene.session));
    assert_int_equal(give(scene.session, yes), VB_E_SCRIPT);
    struct vb_session *again = load_again(&scene);
    assert_same_view(scene.session, again);
    assert_non_null(strstr(vb_session_parked(again)->text, "asked twice"));
    assert_int_equal(give(again, yes), VB_E_SCRIPT);
    assert_int_equal(stop(again), VB_OK); /* nobody has to stay */
    assert_int_equal(vb_session_state(again), VB_SESSION_STOPPED);
    vb_session_destroy(again);
    end(&scene);
}

static struct vb_plan *flow_of(const char *flow)
{
    struct vb_buf text = { 0 };
    vb_buf_printf(
        &text,
        "local v <const> = require \"verbond\"\n"
        "return v.instrument { id = \"one\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"
        "  basis = \"own\", source = \"a test\", title = { nl = \"Een\" },\n"
        "  languages = { \"nl\" }, status = { nl = \"draft\" },\n"
        "  respondents = { \"client\", \"professional\" },\n"
        "  formats = { standard = v.answers { { 1, nl = \"1\" }, { 2, nl = \"2\" } } },\n"
        "  flow = function(s) %s end,\n"
        "  v.yesno \"a\" { text = { nl = \"A?\" } },\n"
        "  v.yesno \"b\" { text = { nl = \"B?\" } },\n"
        "}\n",
        flow);
    struct loaded loaded = load_text(text.data);
    if (loaded.code != VB_OK)
        print_findings(&loaded);
    assert_int_equal(loaded.code, VB_OK);
    vb_findings_finish(&loaded.findings);
    vb_buf_finish(&text);
    return loaded.plan;
}

static void a_flow_that_fails_parks_the_session_and_a_restart_changes_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *flow;
        enum vb_code code;
    } flows[] = {
        { "if s:ask \"a\" then error(\"no\") end s:ask \"b\"", VB_E_SCRIPT },
        { "if s:ask \"a\" then s:ask \"a\" end s:ask \"b\"", VB_E_SCRIPT },
        { "if s:ask \"a\" then while true do end end s:ask \"b\"", VB_E_LIMIT },
    };
    for (size_t i = 0; i < sizeof flows / sizeof *flows; i++) {
        struct scene scene;
        begin_with(&scene, flow_of(flows[i].flow));
        assert_int_equal(give(scene.session, yes), flows[i].code);
        struct vb_session *again = load_again(&scene);
        assert_same_view(scene.session, again);
        assert_int_equal(vb_session_parked(again)->code, flows[i].code);
        assert_int_equal(give(again, no), flows[i].code);
        assert_string_equal(vb_session_view(again)->item->id, "a");
        vb_session_destroy(again);
        end(&scene);
    }
}

static void back_in_a_flow_starts_it_again_over_what_was_said(void **state)
{
    (void)state;
    struct scene scene;
    struct heard heard = { 0 };
    begin_with(&scene, flow_of("if s:ask \"a\" then s:say \"well\" s:ask \"b\" end"));
    give(scene.session, yes);
    assert_string_equal(vb_session_view(scene.session)->says[0], "well");
    give(scene.session, yes);
    for (int i = 0; i < 2; i++) {
        int64_t seq = vb_session_view(scene.session)->seq;
        vb_session_back(scene.session, seq, hear, &heard);
        assert_int_equal(heard.code, VB_OK);
        struct vb_session *again = load_again(&scene);
        assert_same_view(scene.session, again);
        vb_session_destroy(again);
    }
    assert_string_equal(vb_session_view(scene.session)->item->id, "a");
    give(scene.session, no);
    assert_int_equal(vb_session_view(scene.session)->at, VB_AT_OVERVIEW);
    end(&scene);
}

static void a_flow_that_fails_at_once_begins_no_session(void **state)
{
    (void)state;
    struct world world;
    struct vb_round *round;
    struct vb_session *session;
    struct vb_round_row *rows;
    struct vb_arena arena = { 0 };
    size_t count;
    struct vb_plan *plan = flow_of("error(\"never\")");
    world_begin(&world);
    vb_round_open(&round, world.store, &world.env, plan, &(struct vb_round_options){ 0 },
                  &world.err);
    assert_int_equal(
        vb_round_join(round, &(struct vb_join){ .role = "client" }, &session, &world.err),
        VB_E_SCRIPT);
    assert_true(vb_round_is_new(round));
    world.store->ops->rounds(world.store, &arena, &rows, &count, &world.err);
    assert_int_equal(count, 0);
    vb_round_destroy(round);
    vb_plan_release(plan);
    vb_arena_finish(&arena);
    world_end(&world);
}

static void without_a_store_the_same_object_serves_one_person_after_another(void **state)
{
    (void)state;
    struct world world;
    struct vb_session *session;
    struct vb_plan *plan = branching();
    world_begin(&world);
    struct vb_opened opened = { .digest = plan->digest,
                                .api = 1,
                                .person = "p",
                                .role = "client",
                                .language = "nl",
                                .format = "standard",
                                .mode = "self",
                                .opening = "1" };
    assert_int_equal(vb_session_begin(&session, NULL, &world.env, plan, "s", &opened, &world.err),
                     VB_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(give(session, i == 1 ? no : yes), VB_OK);
        assert_string_equal(vb_session_view(session)->item->id, i == 1 ? "going" : "why");
        assert_int_equal(vb_session_rebegin(session, "s", &opened, &world.err), VB_OK);
        assert_int_equal(vb_session_view(session)->seq, 1);
        assert_null(vb_session_view(session)->offered);
    }
    vb_session_destroy(session);
    vb_plan_release(plan);
    world_end(&world);
}

static void an_image_is_kept_and_named_by_its_digest(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct vb_value value;
    struct vb_blob_row row;
    const struct vb_item item = { .keep = VB_KEEP_GIVE };
    begin(&scene);
    assert_int_equal(
        vb_session_keep_image(scene.session, &item, "GIF89a", 6, &arena, &value, &scene.world.err),
        VB_E_DATA);
    assert_int_equal(vb_session_keep_image(scene.session, &item, "\x89PNG\r\n\x1a\n", 8, &arena,
                                           &value, &scene.world.err),
                     VB_OK);
    assert_int_equal(value.type, VB_VALUE_JSON);
    assert_non_null(strstr(value.text, "\"type\":\"image/png\"}"));
    char *digest = vb_arena_strndup(&arena, value.text + 9, 71);
    assert_int_equal(
        scene.world.store->ops->blob(scene.world.store, digest, &arena, &row, &scene.world.err),
        VB_OK);
    assert_int_equal(row.len, 8);
    vb_arena_finish(&arena);
    end(&scene);
}

static int64_t day_after(const struct world *world, int days)
{
    return world->now_ms + days * 24LL * 60 * 60 * 1000;
}

static void a_kept_image_has_its_end_date_and_one_that_is_given_along_thirty_days(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct vb_value value;
    struct vb_blob_row *rows;
    size_t count;
    const struct vb_item give = { .keep = VB_KEEP_GIVE };
    const struct vb_item until = { .keep = VB_KEEP_UNTIL, .keep_days = 90 };
    begin(&scene);
    struct vb_store *store = scene.world.store;
    assert_int_equal(vb_session_keep_image(scene.session, &give, "\x89PNG\r\n\x1a\n1", 9, &arena,
                                           &value, &scene.world.err),
                     VB_OK);
    int64_t given = day_after(&scene.world, 30);
    assert_int_equal(vb_session_keep_image(scene.session, &until, "\x89PNG\r\n\x1a\n2", 9, &arena,
                                           &value, &scene.world.err),
                     VB_OK);
    int64_t kept = day_after(&scene.world, 90);
    assert_int_equal(store->ops->session_blobs(store, vb_session_id(scene.session), &arena, &rows,
                                               &count, &scene.world.err),
                     VB_OK);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].until_wall_ms, given);
    assert_int_equal(rows[1].until_wall_ms, kept);
    vb_arena_finish(&arena);
    end(&scene);
}

static void of_an_image_that_is_not_kept_nothing_stays(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct vb_value value;
    struct vb_blob_row row;
    char digest[VB_DIGEST_SIZE];
    const struct vb_item item = { .keep = VB_KEEP_NONE };
    begin(&scene);
    assert_int_equal(
        vb_session_keep_image(scene.session, &item, "GIF89a", 6, &arena, &value, &scene.world.err),
        VB_E_DATA);
    assert_int_equal(vb_session_keep_image(scene.session, &item, "\x89PNG\r\n\x1a\n", 8, &arena,
                                           &value, &scene.world.err),
                     VB_OK);
    assert_string_equal(value.text, "{\"paper\":true}");
    assert_int_equal(value.len, strlen(value.text));
    vb_digest("\x89PNG\r\n\x1a\n", 8, digest);
    assert_int_equal(
        scene.world.store->ops->blob(scene.world.store, digest, &arena, &row, &scene.world.err),
        VB_E_ABSENT);
    vb_arena_finish(&arena);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refused_value_stores_nothing_and_says_why),
        cmocka_unit_test(a_required_question_stays_until_it_is_answered),
        cmocka_unit_test(the_same_answer_again_is_acknowledged_and_stored_once),
        cmocka_unit_test(another_answer_at_a_taken_place_is_a_conflict),
        cmocka_unit_test(an_answer_id_that_is_too_long_is_refused),
        cmocka_unit_test(the_stored_state_follows_the_events),
        cmocka_unit_test(a_commit_that_fails_leaves_the_view_where_it_was),
        cmocka_unit_test(a_session_that_lost_its_log_says_so_and_finds_it_again),
        cmocka_unit_test(until_the_commit_nothing_moves_and_no_other_verb_is_taken),
        cmocka_unit_test(a_session_that_waits_takes_a_handle_and_wakes_where_it_stood),
        cmocka_unit_test(a_session_that_cannot_be_read_sleeps_on),
        cmocka_unit_test(a_session_that_is_read_back_after_every_event_stands_at_the_same_place),
        cmocka_unit_test(a_session_whose_script_fails_is_parked_and_says_so_after_a_restart),
        cmocka_unit_test(a_flow_that_fails_parks_the_session_and_a_restart_changes_nothing),
        cmocka_unit_test(back_in_a_flow_starts_it_again_over_what_was_said),
        cmocka_unit_test(a_flow_that_fails_at_once_begins_no_session),
        cmocka_unit_test(without_a_store_the_same_object_serves_one_person_after_another),
        cmocka_unit_test(a_kept_image_has_its_end_date_and_one_that_is_given_along_thirty_days),
        cmocka_unit_test(of_an_image_that_is_not_kept_nothing_stays),
        cmocka_unit_test(an_image_is_kept_and_named_by_its_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
