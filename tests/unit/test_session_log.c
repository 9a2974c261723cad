/* test_session_log.c - a session and its log: a store that fails, waking up, failing scripts. */
#include "session_scene.h"

#include "loads.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
