/* Somebody takes back what was given: no revision has it any more. */
#include "round_fixture.h"

static enum vb_code withdraw(struct scene *scene, const char *person)
{
    return vb_round_withdraw(scene->round, person, "somebody", &scene->world.err);
}

static char *id_of(struct scene *scene, const char *role, const char *label)
{
    int count;
    const struct vb_participant *list = vb_round_participants(scene->round, &count);
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].role, role) == 0 && (label == NULL || strcmp(list[i].label, label) == 0))
            return strdup(list[i].person);
    fail_msg("nobody is %s", role);
    return NULL;
}

static enum vb_code withdraw_role(struct scene *scene, const char *role, const char *label)
{
    char *id = id_of(scene, role, label);
    enum vb_code code = withdraw(scene, id);
    free(id);
    return code;
}

static void share_alone(struct vb_session *session)
{
    struct heard heard = { 0 };
    struct vb_sharing sharing = { .one_sided = true };
    vb_session_share(session, vb_session_view(session)->seq, &sharing, hear, &heard);
    assert_int_equal(heard.code, VB_OK);
}

static void fill_alone(struct vb_session *session, const char *words)
{
    for (int i = 0; i < 3; i++)
        assert_int_equal(give(session, vb_value_int(4)), VB_OK);
    assert_int_equal(give(session, text(words)), VB_OK);
    share_alone(session);
}

/* In every revision, also as the next process reads it. */
static void is_nowhere(struct scene *scene, const char *words)
{
    for (int times = 0; times < 2; times++) {
        for (int revision = 0; result_code(scene, revision) == VB_OK; revision++) {
            char *bytes = bytes_of(scene, revision);
            assert_null(strstr(bytes, words));
            assert_null(strstr(bytes, "\"missing\":\"withdrawn\""));
            free(bytes);
        }
        restart(scene);
    }
}

static void what_was_taken_back_is_in_no_revision(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    fill(join(&scene, "client", NULL), 4, marker);
    fill_alone(join(&scene, "professional", NULL), "the other");
    assert_true(settle(&scene));
    char *before = bytes_of(&scene, 1);
    assert_non_null(strstr(before, marker));
    assert_int_equal(withdraw_role(&scene, "client", NULL), VB_OK);
    is_nowhere(&scene, marker);
    char *after = bytes_of(&scene, 0);
    assert_non_null(strstr(after, "\"revision\":2,\"reason\":\"withdrawn\""));
    assert_non_null(strstr(after, "the other")); /* who said yes to being shown alone */
    assert_non_null(strstr(after, "\"role\":\"client\",\"person\":null"));
    assert_false(settle(&scene));
    free(before);
    free(after);
    end(&scene);
}

static void the_other_voice_of_two_stays_only_after_its_yes_to_that(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    fill(join(&scene, "client", NULL), 4, "the client");
    fill(join(&scene, "professional", NULL), 4, "the worker");
    assert_true(settle(&scene));
    assert_int_equal(withdraw_role(&scene, "client", NULL), VB_OK);
    is_nowhere(&scene, "the client");
    is_nowhere(&scene, "the worker");
    char *bytes = bytes_of(&scene, 0);
    assert_non_null(strstr(bytes, "\"talk\":{\"well\":[],\"differ\":[]"));
    assert_non_null(strstr(bytes, "\"comparison\":[]"));
    free(bytes);
    end(&scene);
}

/* The round of a dyad, of which the worker stopped or took everything back after sharing. */
static char *closed_bytes(bool withdrawn)
{
    struct scene scene;
    begin(&scene, dyad());
    fill_alone(join(&scene, "client", NULL), "alone");
    struct vb_session *worker = join(&scene, "professional", "Anna");
    if (withdrawn) {
        fill(worker, 2, marker);
        assert_true(settle(&scene));
        assert_int_equal(withdraw_role(&scene, "professional", NULL), VB_OK);
    } else {
        stop(worker);
        assert_false(settle(&scene));
        assert_int_equal(vb_round_close(scene.round, "x", &scene.world.err), VB_OK);
    }
    char *bytes = bytes_of(&scene, 1);
    char *rest = strdup(strstr(bytes, "\"items\":{\"one\""));
    free(bytes);
    end(&scene);
    return rest;
}

static void it_looks_as_if_it_had_never_been_shared(void **state)
{
    (void)state;
    char *stopped = closed_bytes(false), *withdrawn = closed_bytes(true);
    assert_string_equal(stopped, withdrawn);
    free(stopped);
    free(withdrawn);
}

static void before_the_release_nobody_can_tell_it_from_a_stop(void **state)
{
    (void)state;
    struct scene scene;
    int count;
    begin(&scene, dyad());
    fill(join(&scene, "client", NULL), 4, marker);
    assert_false(settle(&scene));
    assert_int_equal(withdraw_role(&scene, "client", NULL), VB_OK);
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_OPEN);
    assert_true(vb_round_participants(scene.round, &count)[0].ready);
    fill(join(&scene, "professional", NULL), 4, "b");
    assert_false(settle(&scene));
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_WITHDRAWN);
    assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
    end(&scene);
}

static void an_open_round_that_can_show_nothing_more_is_closed(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    stop(join(&scene, "professional", NULL));
    struct vb_session *client = join(&scene, "client", NULL);
    give(client, vb_value_int(1)); /* in the middle of it */
    assert_int_equal(withdraw_role(&scene, "client", NULL), VB_OK);
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_WITHDRAWN);
    restart(&scene);
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_WITHDRAWN);
    assert_int_equal(withdraw_role(&scene, "professional", NULL), VB_OK); /* a closed one too */
    end(&scene);
}

static void a_person_is_found_by_the_start_of_the_id_and_leaves_once(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, family());
    join(&scene, "youth", "Sam");
    assert_int_equal(vb_round_name_member(scene.round, "parent", "Kim", &scene.world.err), VB_OK);
    char *sam = id_of(&scene, "youth", "Sam"), *kim = id_of(&scene, "parent", "Kim");
    assert_int_equal(withdraw(&scene, "zzzzzz"), VB_E_ABSENT);
    assert_int_equal(withdraw(&scene, ""), VB_E_ABSENT);
    assert_int_equal(withdraw(&scene, kim), VB_E_ABSENT); /* named, and gave nothing */
    sam[3] = '\0';
    assert_int_equal(withdraw(&scene, sam), VB_E_ABSENT);
    free(sam);
    sam = id_of(&scene, "youth", "Sam");
    sam[5] = '\0';
    assert_int_equal(withdraw(&scene, sam), VB_OK);
    assert_int_equal(withdraw(&scene, sam), VB_E_BUSY);
    free(sam);
    free(kim);
    end(&scene);
}

static void what_was_given_together_goes_with_either_of_two(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_session *together;
    begin(&scene, dyad());
    fill_alone(join(&scene, "client", NULL), "a");
    fill_alone(join(&scene, "professional", NULL), "b");
    assert_true(settle(&scene));
    assert_int_equal(vb_round_together(scene.round, &together, &scene.world.err), VB_OK);
    give(together, vb_value_int(5));
    share(together);
    assert_int_equal(vb_round_settle_together(scene.round, &scene.world.err), VB_OK);
    assert_int_equal(withdraw_role(&scene, "client", NULL), VB_OK);
    is_nowhere(&scene, "\"joint\"");
    end(&scene);
}

/* Five of a family: the ones that are numbered share, the fourth stops, the fifth is away. */
static void begin_family(struct scene *scene)
{
    static const char *const labels[] = { "A", "B", "C", "D" };
    struct vb_session *sessions[4];
    begin(scene, family());
    assert_int_equal(vb_round_name_member(scene->round, "parent", "E", &scene->world.err), VB_OK);
    for (int i = 0; i < 4; i++)
        sessions[i] = join(scene, "youth", labels[i]);
    for (int i = 0; i < 2; i++) {
        give_all(sessions[i], (const int[]){ i + 1, i + 1 });
        assert_int_equal(share(sessions[i]), VB_OK);
    }
    give(sessions[2], vb_value_int(3));
    stop(sessions[3]);
    assert_false(settle(scene));
}

static bool shows(struct scene *scene, int revision, int number)
{
    char words[32];
    snprintf(words, sizeof words, "\"own\":{\"value\":%d}", number);
    char *bytes = bytes_of(scene, revision);
    bool there = strstr(bytes, words) != NULL;
    free(bytes);
    return there;
}

/* In a round of one side: somebody who stopped, or is busy still, leaves. No revision says so. */
static void who_was_never_shown_leaves_no_revision_behind(void **state)
{
    (void)state;
    for (int busy = 0; busy < 2; busy++) {
        struct scene scene;
        struct vb_session *together;
        bool released;
        begin(&scene, dyad());
        fill_alone(join(&scene, "client", NULL), "the client");
        if (!busy)
            stop(join(&scene, "professional", NULL));
        assert_int_equal(vb_round_close(scene.round, "x", &scene.world.err), VB_OK);
        if (busy)
            give(join(&scene, "professional", NULL), vb_value_int(2));
        assert_int_equal(vb_round_together(scene.round, &together, &scene.world.err), VB_OK);
        give(together, vb_value_int(5));
        share(together);
        assert_int_equal(vb_round_settle_together(scene.round, &scene.world.err), VB_OK);
        char *before = bytes_of(&scene, 0);
        assert_non_null(strstr(before, "\"joint\":{\"value\":5}"));
        assert_int_equal(withdraw_role(&scene, "professional", NULL), VB_OK);
        for (int times = 0; times < 2; times++) {
            assert_int_equal(vb_round_settle(scene.round, &released, &scene.world.err), VB_OK);
            char *after = bytes_of(&scene, 0);
            assert_string_equal(before, after);
            free(after);
            restart(&scene);
        }
        assert_int_equal(result_code(&scene, 3), VB_E_ABSENT);
        free(before);
        end(&scene);
    }
}

static void of_a_family_two_stay_when_one_of_three_leaves(void **state)
{
    (void)state;
    struct scene scene;
    begin_family(&scene);
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_OK);
    struct vb_session *late = join(&scene, "youth", "C");
    give(late, vb_value_int(3));
    share(late);
    assert_true(settle(&scene));
    assert_true(shows(&scene, 0, 1) && shows(&scene, 0, 2) && shows(&scene, 0, 3));
    assert_int_equal(withdraw_role(&scene, "youth", "A"), VB_OK);
    assert_false(shows(&scene, 0, 1));
    assert_true(shows(&scene, 0, 2) && shows(&scene, 0, 3));
    /* Of the first revision one voice is left: too few for a family's sheet. */
    assert_false(shows(&scene, 1, 1) || shows(&scene, 1, 2) || shows(&scene, 1, 3));
    assert_true(shows(&scene, 2, 2) && shows(&scene, 2, 3));
    assert_int_equal(result_code(&scene, 4), VB_E_ABSENT);
    end(&scene);
}

static void of_two_voices_in_a_family_the_last_one_is_not_left_alone(void **state)
{
    (void)state;
    struct scene scene;
    begin_family(&scene);
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_OK);
    assert_int_equal(withdraw_role(&scene, "youth", "B"), VB_OK);
    assert_false(shows(&scene, 0, 1) || shows(&scene, 0, 2));
    struct vb_session *late = join(&scene, "youth", "C");
    give(late, vb_value_int(3));
    share_alone(late);
    assert_true(settle(&scene));
    assert_true(shows(&scene, 0, 1) && shows(&scene, 0, 3)); /* two again */
    assert_int_equal(withdraw_role(&scene, "youth", "A"), VB_OK);
    assert_true(shows(&scene, 0, 3)); /* who said yes to being alone */
    assert_false(shows(&scene, 1, 1) || shows(&scene, 2, 1) || shows(&scene, 3, 1));
    end(&scene);
}

static void a_family_is_not_released_at_one_voice_that_is_left(void **state)
{
    (void)state;
    struct scene scene;
    begin_family(&scene);
    assert_int_equal(withdraw_role(&scene, "youth", "A"), VB_OK);
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_OPEN);
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_E_BUSY);
    assert_null(strpbrk(strchr(scene.world.err.text, ':'), "0123456789"));
    end(&scene);
}

/* What the audit says about it: that, and by whom; nothing of the answers. */
static void the_audit_has_a_row_and_the_log_an_event(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    struct vb_event_row *events;
    size_t count;
    begin(&scene, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    fill(client, 4, marker);
    int64_t seq = vb_session_view(client)->seq;
    assert_int_equal(withdraw_role(&scene, "client", NULL), VB_OK);
    struct vb_store *store = scene.world.store;
    store->ops->audit(store, &arena, &rows, &count, &scene.world.err);
    assert_string_equal(rows[count - 1].action, "withdraw");
    assert_string_equal(rows[count - 1].by, "somebody");
    store->ops->events(store, vb_session_id(client), 1, &arena, &events, &count, &scene.world.err);
    assert_int_equal(count, seq + 1);
    assert_string_equal(events[count - 1].body, "{\"t\":\"withdraw\"}");
    assert_int_equal(vb_session_state(client), VB_SESSION_WITHDRAWN);
    vb_arena_finish(&arena);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_taken_back_is_in_no_revision),
        cmocka_unit_test(the_other_voice_of_two_stays_only_after_its_yes_to_that),
        cmocka_unit_test(it_looks_as_if_it_had_never_been_shared),
        cmocka_unit_test(before_the_release_nobody_can_tell_it_from_a_stop),
        cmocka_unit_test(an_open_round_that_can_show_nothing_more_is_closed),
        cmocka_unit_test(a_person_is_found_by_the_start_of_the_id_and_leaves_once),
        cmocka_unit_test(what_was_given_together_goes_with_either_of_two),
        cmocka_unit_test(who_was_never_shown_leaves_no_revision_behind),
        cmocka_unit_test(of_a_family_two_stay_when_one_of_three_leaves),
        cmocka_unit_test(of_two_voices_in_a_family_the_last_one_is_not_left_alone),
        cmocka_unit_test(a_family_is_not_released_at_one_voice_that_is_left),
        cmocka_unit_test(the_audit_has_a_row_and_the_log_an_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
