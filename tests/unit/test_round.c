#include "tests.h"

#include "round_fixture.h"

/* -- beginning and finding again -------------------------------------------------------------- */

static size_t rounds_stored(struct scene *scene)
{
    struct vb_arena arena = { 0 };
    struct vb_round_row *rows;
    size_t count;
    assert_int_equal(scene->world.store->ops->rounds(scene->world.store, &arena, &rows, &count,
                                                     &scene->world.err),
                     VB_OK);
    vb_arena_finish(&arena);
    return count;
}

static void nothing_is_written_before_somebody_joins(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    assert_true(vb_round_is_new(scene.round));
    assert_int_equal(rounds_stored(&scene), 0);
    join(&scene, "client", NULL);
    assert_false(vb_round_is_new(scene.round));
    assert_int_equal(rounds_stored(&scene), 1);
    end(&scene);
}

static void an_open_round_of_the_same_case_and_wave_is_continued(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    give(client, vb_value_int(3));
    char *id = strdup(vb_round_row(scene.round)->id);
    vb_round_destroy(scene.round);
    assert_int_equal(open_round(&scene, &(struct vb_round_options){ .case_id = "c-1" }), VB_OK);
    assert_string_equal(vb_round_row(scene.round)->id, id);
    client = join(&scene, "client", NULL);
    assert_string_equal(vb_session_view(client)->item->id, "two");
    vb_round_destroy(scene.round);
    assert_int_equal(
        open_round(&scene, &(struct vb_round_options){ .case_id = "c-1", .wave = "t1" }), VB_OK);
    assert_true(vb_round_is_new(scene.round));
    free(id);
    end(&scene);
}

static void options_that_do_not_fit_the_open_round_are_refused(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    join(&scene, "client", NULL);
    vb_round_destroy(scene.round);
    scene.round = NULL;
    assert_int_equal(
        open_round(&scene, &(struct vb_round_options){ .case_id = "c-1", .format = "simple" }),
        VB_E_DATA);
    assert_int_equal(
        open_round(&scene, &(struct vb_round_options){ .case_id = "c-1", .format = "no" }),
        VB_E_DATA);
    assert_int_equal(
        open_round(&scene, &(struct vb_round_options){ .case_id = "c-1", .format = "standard" }),
        VB_OK);
    end(&scene);
}

static void a_released_round_is_not_opened_again(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    fill(join(&scene, "client", NULL), 4, "a");
    fill(join(&scene, "professional", NULL), 4, "b");
    assert_true(settle(&scene));
    vb_round_destroy(scene.round);
    scene.round = NULL;
    assert_int_equal(open_round(&scene, &(struct vb_round_options){ .case_id = "c-1" }), VB_E_BUSY);
    end(&scene);
}

static void another_digest_does_not_continue_a_round(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    join(&scene, "client", NULL);
    vb_round_destroy(scene.round);
    scene.round = NULL;
    scene.plan->digest[10] = 'f';
    assert_int_equal(open_round(&scene, &(struct vb_round_options){ .case_id = "c-1" }),
                     VB_E_CHANGED);
    end(&scene);
}

static void a_round_without_a_case_name_gets_a_new_case(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    vb_round_destroy(scene.round);
    assert_int_equal(open_round(&scene, &(struct vb_round_options){ 0 }), VB_OK);
    assert_true(vb_id_valid(vb_round_row(scene.round)->case_id));
    assert_string_equal(vb_round_row(scene.round)->wave, "t0");
    end(&scene);
}

/* -- who is who ------------------------------------------------------------------------------- */

static char *person_of_wave(struct scene *scene, const char *wave, const char *role,
                            const char *label)
{
    vb_round_destroy(scene->round);
    assert_int_equal(
        open_round(scene, &(struct vb_round_options){ .case_id = "c-1", .wave = wave }), VB_OK);
    join(scene, role, label);
    return strdup(person_at(scene, 0));
}

static void the_same_role_without_a_new_label_is_the_same_person(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    char *first = person_of_wave(&scene, "t0", "professional", "Anna");
    char *again = person_of_wave(&scene, "t1", "professional", NULL);
    char *other = person_of_wave(&scene, "t2", "professional", "Bert");
    char *other_again = person_of_wave(&scene, "t3", "professional", NULL);
    char *back = person_of_wave(&scene, "t4", "professional", "Anna");
    char *client = person_of_wave(&scene, "t5", "client", NULL);
    assert_string_equal(first, again);
    assert_string_not_equal(first, other);
    assert_string_equal(other, other_again);
    assert_string_equal(first, back);
    assert_string_not_equal(first, client);
    free(first);
    free(again);
    free(other);
    free(other_again);
    free(back);
    free(client);
    end(&scene);
}

static void a_role_that_is_full_or_unknown_is_refused(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    join(&scene, "client", NULL);
    assert_int_equal(join_code(&scene, "client", "somebody else"), VB_E_DATA);
    assert_null(strstr(scene.world.err.text, "somebody else"));
    assert_int_equal(join_code(&scene, "neighbour", NULL), VB_E_DATA);
    assert_int_equal(join_code(&scene, "clent", NULL), VB_E_DATA);
    assert_non_null(strstr(scene.world.err.text, "did you mean \"client\""));
    struct vb_session *session;
    struct vb_join wrong = { .role = "professional", .mode = "telepathy" };
    assert_int_equal(vb_round_join(scene.round, &wrong, &session, &scene.world.err), VB_E_DATA);
    end(&scene);
}

static void of_several_in_a_role_each_needs_a_name(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, family());
    assert_int_equal(join_code(&scene, "youth", NULL), VB_E_DATA);
    join(&scene, "youth", "Sam");
    join(&scene, "youth", "Noa");
    int count;
    vb_round_participants(scene.round, &count);
    assert_int_equal(count, 2);
    end(&scene);
}

/* -- release ---------------------------------------------------------------------------------- */

static void a_dyad_is_released_when_both_shared(void **state)
{
    (void)state;
    struct scene scene;
    const char *names[4];
    begin(&scene, dyad());
    assert_int_equal(vb_round_missing(scene.round, names, 4), 2);
    fill(join(&scene, "client", NULL), 4, "a");
    assert_false(settle(&scene));
    assert_int_equal(vb_round_missing(scene.round, names, 4), 1);
    assert_string_equal(names[0], "professional");
    assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
    fill(join(&scene, "professional", NULL), 4, "b");
    assert_true(settle(&scene));
    assert_false(settle(&scene));
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_RELEASED);
    assert_int_equal(result_code(&scene, 0), VB_OK);
    assert_int_equal(result_code(&scene, 2), VB_E_ABSENT);
    assert_int_equal(vb_round_missing(scene.round, names, 4), 0);
    end(&scene);
}

static void one_voice_that_is_asked_alone_is_released_when_it_shared(void **state)
{
    (void)state;
    struct scene scene;
    struct fixture f = fixture_bare();
    fixture_role(&f, "client", 1, false);
    fixture_role(&f, "professional", 1, false);
    f.plan->roles[1].optional = true;
    fixture_ask(&f, fixture_item(&f, "today", VB_LIKERT), NULL);
    begin(&scene, fixture_end(&f));
    struct vb_session *client = join(&scene, "client", NULL);
    give(client, vb_value_int(5));
    assert_false(settle(&scene));
    share(client);
    assert_true(settle(&scene));
    end(&scene);
}

/* The client shared, the worker stopped. */
static void one_shares_and_one_stops(struct scene *scene, bool one_sided)
{
    struct heard heard = { 0 };
    struct vb_sharing sharing = { .one_sided = one_sided };
    struct vb_session *client = join(scene, "client", NULL);
    for (int i = 0; i < 3; i++)
        assert_int_equal(give(client, vb_value_int(4)), VB_OK);
    assert_int_equal(give(client, text("a")), VB_OK);
    vb_session_share(client, vb_session_view(client)->seq, &sharing, hear, &heard);
    assert_int_equal(heard.code, VB_OK);
    assert_false(settle(scene));
    struct vb_session *worker = join(scene, "professional", NULL);
    give(worker, vb_value_int(2));
    assert_int_equal(stop(worker), VB_OK);
}

static void a_dyad_in_which_one_stopped_is_closed_and_the_wave_begins_again(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    one_shares_and_one_stops(&scene, false);
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_OPEN);
    assert_false(settle(&scene));
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_WITHDRAWN);
    int count;
    const struct vb_participant *list = vb_round_participants(scene.round, &count);
    assert_true(list[0].ready);
    assert_true(list[1].ready); /* stopped and shared look the same */
    restart(&scene);
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_WITHDRAWN);
    assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
    char *id = strdup(vb_round_row(scene.round)->id);
    vb_round_destroy(scene.round);
    assert_int_equal(open_round(&scene, &(struct vb_round_options){ .case_id = "c-1" }), VB_OK);
    assert_string_not_equal(vb_round_row(scene.round)->id, id);
    fill(join(&scene, "client", NULL), 4, "b");
    fill(join(&scene, "professional", NULL), 4, "c");
    assert_true(settle(&scene));
    free(id);
    end(&scene);
}

static void who_stopped_alone_is_not_told_before_the_other_is_ready(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    stop(join(&scene, "client", NULL));
    assert_false(settle(&scene));
    join(&scene, "professional", NULL);
    assert_false(settle(&scene));
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_OPEN);
    end(&scene);
}

static void a_yes_to_a_sheet_of_one_side_keeps_the_round_open(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    one_shares_and_one_stops(&scene, true);
    assert_false(settle(&scene));
    assert_int_equal(vb_round_row(scene.round)->state, VB_ROUND_OPEN);
    end(&scene);
}

/* What a process that ended behind the stop leaves behind. */
static void a_round_that_was_not_settled_is_settled_when_it_is_opened(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    one_shares_and_one_stops(&scene, false);
    char *id = strdup(vb_round_row(scene.round)->id);
    vb_round_destroy(scene.round);
    assert_int_equal(open_round(&scene, &(struct vb_round_options){ .case_id = "c-1" }), VB_OK);
    assert_true(vb_round_is_new(scene.round));
    assert_string_not_equal(vb_round_row(scene.round)->id, id);
    free(id);
    end(&scene);
}

static void a_family_is_released_by_somebody_at_two_shared_voices(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, family());
    struct vb_session *sam = join(&scene, "youth", "Sam");
    struct vb_session *kim = join(&scene, "parent", "Kim");
    give_all(sam, (const int[]){ 5, 4 });
    share(sam);
    assert_false(settle(&scene));
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_E_BUSY);
    give_all(kim, (const int[]){ 2, 1 });
    share(kim);
    assert_false(settle(&scene));
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_OK);
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_E_BUSY);
    end(&scene);
}

static void who_shares_after_the_release_makes_a_revision(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, family());
    struct vb_session *sam = join(&scene, "youth", "Sam"), *kim = join(&scene, "parent", "Kim");
    struct vb_session *worker = join(&scene, "professional", NULL);
    give_all(sam, (const int[]){ 5, 4 });
    give_all(kim, (const int[]){ 2, 1 });
    share(sam);
    share(kim);
    vb_round_release(scene.round, &scene.world.err);
    char *first = bytes_of(&scene, 1);
    give_all(worker, (const int[]){ 3, 3, 3 });
    assert_false(settle(&scene));
    share(worker);
    assert_true(settle(&scene));
    char *first_again = bytes_of(&scene, 1), *second = bytes_of(&scene, 0);
    assert_string_equal(first, first_again);
    assert_non_null(strstr(second, "\"revision\":2,\"reason\":\"late\""));
    assert_non_null(strstr(first, "\"revision\":1,\"reason\":\"released\""));
    restart(&scene);
    char *after_restart = bytes_of(&scene, 1);
    assert_string_equal(first, after_restart);
    free(first);
    free(first_again);
    free(second);
    free(after_restart);
    end(&scene);
}

/* -- the roster ------------------------------------------------------------------------------- */

static void named_members_wait_for_their_session_and_survive_a_restart(void **state)
{
    (void)state;
    struct scene scene;
    int count;
    begin(&scene, family());
    assert_int_equal(vb_round_name_member(scene.round, "youth", "Sam", &scene.world.err), VB_OK);
    assert_int_equal(vb_round_name_member(scene.round, "youth", "Sam", &scene.world.err), VB_OK);
    assert_int_equal(vb_round_name_member(scene.round, "youth", NULL, &scene.world.err), VB_E_DATA);
    assert_int_equal(vb_round_name_member(scene.round, "professional", "A", &scene.world.err),
                     VB_E_DATA);
    struct vb_session *worker = join(&scene, "professional", NULL);
    assert_int_equal(vb_round_name_member(scene.round, "parent", "Kim", &scene.world.err), VB_OK);
    vb_fold_members(vb_session_fold(worker), &count);
    assert_int_equal(count, 2);
    restart(&scene);
    const struct vb_participant *list = vb_round_participants(scene.round, &count);
    assert_int_equal(count, 3);
    assert_string_equal(list[0].label, "Sam");
    assert_null(list[0].session);
    assert_string_equal(list[2].role, "professional");
    join(&scene, "youth", "Sam");
    vb_round_participants(scene.round, &count);
    assert_int_equal(count, 3);
    end(&scene);
}

static void somebody_named_before_may_come_with_another_form(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_session *sam;
    begin(&scene, family());
    vb_round_name_member(scene.round, "youth", "Sam", &scene.world.err);
    struct vb_session *worker = join(&scene, "professional", NULL);
    int64_t seq = vb_session_view(worker)->seq;
    struct vb_join child = { .role = "youth", .label = "Sam", .form = "child" };
    assert_int_equal(vb_round_join(scene.round, &child, &sam, &scene.world.err), VB_OK);
    assert_int_equal(vb_session_view(sam)->seq, 1);
    assert_int_equal(vb_session_view(worker)->seq, seq + 1);
    restart(&scene);
    assert_int_equal(vb_round_join(scene.round, &child, &sam, &scene.world.err), VB_OK);
    assert_string_equal(vb_fold_opened(vb_session_fold(sam))->form, "child");
    assert_string_equal(vb_session_view(sam)->item->id, "close");
    end(&scene);
}

static void who_joins_is_told_to_everybody_who_is_still_busy(void **state)
{
    (void)state;
    struct scene scene;
    int count;
    begin(&scene, family());
    struct vb_session *worker = join(&scene, "professional", NULL);
    int64_t seq = vb_session_view(worker)->seq;
    join(&scene, "youth", "Sam");
    assert_int_equal(vb_session_view(worker)->seq, seq + 1);
    vb_fold_members(vb_session_fold(worker), &count);
    assert_int_equal(count, 1);
    give(worker, vb_value_int(3));
    assert_string_equal(vb_session_view(worker)->item->id, "close");
    assert_int_equal(vb_session_view(worker)->member, 0);
    end(&scene);
}

static void a_roster_has_room_for_no_more_than_the_instrument_says(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, family());
    const char *youths[] = { "A", "B", "C", "D" }, *parents[] = { "E", "F" };
    for (int i = 0; i < 4; i++)
        join(&scene, "youth", youths[i]);
    assert_int_equal(join_code(&scene, "youth", "X"), VB_E_DATA);
    for (int i = 0; i < 2; i++)
        join(&scene, "parent", parents[i]);
    assert_int_equal(join_code(&scene, "parent", "Y"), VB_E_DATA);
    assert_non_null(strstr(scene.world.err.text, "roster"));
    end(&scene);
}

/* -- what nobody may see ---------------------------------------------------------------------- */

static void before_both_shared_no_result_is_given(void **state)
{
    (void)state;
    struct scene scene;
    bool released;
    begin(&scene, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    struct vb_session *worker = join(&scene, "professional", NULL);
    assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
    fill(client, 4, marker);
    assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
    assert_int_equal(result_code(&scene, 1), VB_E_BUSY);
    for (int i = 0; i < 3; i++)
        give(worker, vb_value_int(2));
    give(worker, text("b"));
    vb_round_settle(scene.round, &released, &scene.world.err);
    assert_false(released); /* done, but not shared */
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_E_BUSY);
    restart(&scene);
    assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
    end(&scene);
}

static void what_one_did_not_share_is_nowhere_in_the_result(void **state)
{
    (void)state;
    struct scene scene;
    struct fixture f = fixture_bare();
    fixture_role(&f, "youth", 4, true);
    fixture_role(&f, "parent", 4, true);
    fixture_role(&f, "professional", 1, false);
    int say = fixture_ask(&f, fixture_item(&f, "say", VB_TEXT), NULL);
    f.items[say].max = 200;
    f.plan->roster_max = 6;
    begin(&scene, fixture_end(&f));
    assert_int_equal(vb_round_name_member(scene.round, "youth", "Away", &scene.world.err), VB_OK);
    struct vb_session *sam = join(&scene, "youth", "Sam"), *kim = join(&scene, "parent", "Kim");
    struct vb_session *noa = join(&scene, "youth", "Noa"), *lee = join(&scene, "parent", "Lee");
    give(sam, text("hello"));
    share(sam);
    give(kim, text(marker)); /* held back */
    hold(kim, 0, -1);
    share(kim);
    give(noa, text(marker)); /* ready, not shared */
    give(lee, text(marker)); /* stopped */
    stop(lee);
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_OK);
    char *bytes = bytes_of(&scene, 0);
    assert_null(strstr(bytes, marker));
    assert_non_null(strstr(bytes, "hello"));
    assert_null(strstr(bytes, "held"));
    assert_null(strstr(bytes, "stopped"));
    free(bytes);
    end(&scene);
}

static void absent_stopped_and_unshared_look_alike(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, family());
    const char *labels[] = { "Away", "Busy", "Stop", "Done" };
    struct vb_session *sessions[4];
    vb_round_name_member(scene.round, "parent", "Away", &scene.world.err);
    for (int i = 1; i < 4; i++)
        sessions[i] = join(&scene, "parent", labels[i]);
    give(sessions[1], vb_value_int(1));
    give(sessions[2], vb_value_int(1));
    stop(sessions[2]);
    give_all(sessions[3], (const int[]){ 1, 1 });
    struct vb_session *sam = join(&scene, "youth", "Sam"), *noa = join(&scene, "youth", "Noa");
    give_all(sam, (const int[]){ 5, 4 });
    give_all(noa, (const int[]){ 5, 4 });
    share(sam);
    share(noa);
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_OK);
    char *bytes = bytes_of(&scene, 0), *seen[4];
    int count, found = 0;
    const struct vb_participant *list = vb_round_participants(scene.round, &count);
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].role, "parent") == 0)
            seen[found++] = respondent_of(bytes, list[i].person);
    assert_int_equal(found, 4);
    for (int i = 1; i < 4; i++)
        assert_string_equal(seen[0], seen[i]);
    for (int i = 0; i < 4; i++)
        free(seen[i]);
    free(bytes);
    end(&scene);
}

static void held_and_skipped_answers_look_alike(void **state)
{
    (void)state;
    struct scene held, skipped;
    struct scene *both[] = { &held, &skipped };
    char *bytes[2];
    for (int i = 0; i < 2; i++) {
        begin(both[i], dyad());
        struct vb_session *client = join(both[i], "client", NULL);
        give(client, vb_value_int(4));
        give(client, i == 0 ? vb_value_int(1) : vb_value_missing(VB_MISSING_RATHER_NOT_SAY));
        give(client, vb_value_int(4));
        give(client, text("a"));
        if (i == 0)
            assert_int_equal(hold(client, 1, -1), VB_OK);
        share(client);
        fill(join(both[i], "professional", NULL), 4, "b");
        assert_true(settle(both[i]));
        bytes[i] = bytes_of(both[i], 0);
    }
    char *one = respondent_of(bytes[0], person_at(&held, 0));
    char *two = respondent_of(bytes[1], person_at(&skipped, 0));
    assert_string_equal(one, two);
    assert_string_equal(strstr(bytes[0], "\"talk\":"), strstr(bytes[1], "\"talk\":"));
    free(one);
    free(two);
    free(bytes[0]);
    free(bytes[1]);
    end(&held);
    end(&skipped);
}

static void private_scales_are_in_nobodys_result(void **state)
{
    (void)state;
    struct scene scene;
    struct fixture f = fixture_begin();
    fixture_ask(&f, fixture_item(&f, "open.one", VB_LIKERT), NULL);
    fixture_ask(&f, fixture_item(&f, "safe.one", VB_LIKERT), NULL);
    fixture_ask(&f, fixture_item(&f, "study.one", VB_LIKERT), NULL);
    fixture_scale(&f, "open", 0, 1);
    fixture_hidden(&f, fixture_scale(&f, "safe", 1, 1), VB_PRIVATE_WORKER);
    fixture_hidden(&f, fixture_scale(&f, "study", 2, 1), VB_PRIVATE_RESEARCH);
    begin(&scene, fixture_end(&f));
    struct vb_session *client = join(&scene, "client", NULL);
    struct vb_session *worker = join(&scene, "professional", NULL);
    give_all(client, (const int[]){ 5, 5, 5 });
    give_all(worker, (const int[]){ 5, 5, 5 });
    share(client);
    share(worker);
    assert_true(settle(&scene));
    char *bytes = bytes_of(&scene, 0);
    assert_non_null(strstr(bytes, "open.one"));
    assert_null(strstr(bytes, "safe"));
    assert_null(strstr(bytes, "study"));
    free(bytes);
    end(&scene);
}

static void somebody_who_withdraws_is_in_no_revision_any_more(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    begin(&scene, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    fill(client, 4, marker);
    fill(join(&scene, "professional", NULL), 4, "b");
    assert_true(settle(&scene));
    char *before = bytes_of(&scene, 1);
    assert_non_null(strstr(before, marker));
    struct vb_change leave = { .kind = VB_APPEND,
                               .event = { .session = vb_session_id(client),
                                          .seq = vb_session_view(client)->seq + 1,
                                          .answer_id = "",
                                          .body = "{\"t\":\"withdraw\"}",
                                          .body_len = strlen("{\"t\":\"withdraw\"}") } };
    assert_int_equal(vb_store_commit(scene.world.store, &leave, 1, &scene.world.err), VB_OK);
    restart(&scene);
    assert_true(settle(&scene));
    for (int revision = 1; revision <= 2; revision++) {
        char *after = bytes_of(&scene, revision);
        assert_null(strstr(after, marker));
        free(after);
    }
    free(before);
    vb_arena_finish(&arena);
    end(&scene);
}

/* -- restarts and revisions ------------------------------------------------------------------- */

static void a_round_that_is_restarted_after_every_step_ends_with_the_same_bytes(void **state)
{
    (void)state;
    struct scene calm, shaken;
    struct scene *both[] = { &calm, &shaken };
    const char *roles[] = { "client", "professional" };
    char *bytes[2];
    for (int i = 0; i < 2; i++) {
        begin(both[i], dyad());
        join(both[i], "client", NULL);
        join(both[i], "professional", NULL);
        for (int step = 0; step < 10; step++) {
            if (i == 1)
                restart(both[i]);
            both[i]->world.now_ms = 1795255200000 + step * 60000;
            struct vb_session *session = join(both[i], roles[step % 2], NULL);
            const struct vb_view *view = vb_session_view(session);
            if (view->at == VB_AT_OVERVIEW)
                share(session);
            else
                give(session, view->item->kind == VB_TEXT ? text("w") : vb_value_int(step % 5 + 1));
        }
        if (i == 1)
            restart(both[i]);
        both[i]->world.now_ms = 1795265200000;
        assert_true(settle(both[i]));
        if (i == 1)
            restart(both[i]);
        bytes[i] = bytes_of(both[i], 0);
        assert_int_equal(strncmp(bytes[i], "{\"schema\"", 9), 0);
    }
    assert_string_equal(bytes[0], bytes[1]);
    free(bytes[0]);
    free(bytes[1]);
    end(&calm);
    end(&shaken);
}

static void a_family_that_is_restarted_after_every_step_ends_with_the_same_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *role, *label;
    } turns[] = {
        { "professional", NULL }, { "youth", "Sam" },       { "professional", NULL },
        { "parent", "Kim" },      { "youth", "Sam" },       { "professional", NULL },
        { "youth", "Noa" },       { "parent", "Kim" },      { "professional", NULL },
        { "youth", "Sam" },       { "professional", NULL }, { "parent", "Kim" },
        { "professional", NULL },
    };
    struct scene calm, shaken;
    struct scene *both[] = { &calm, &shaken };
    char *bytes[2];
    for (int i = 0; i < 2; i++) {
        begin(both[i], family());
        for (size_t step = 0; step < sizeof turns / sizeof *turns; step++) {
            if (i == 1 && step > 0)
                restart(both[i]);
            both[i]->world.now_ms = 1795255200000 + (int64_t)step * 60000;
            both[i]->world.seed = step; /* a session that is read back draws again */
            struct vb_session *session = join(both[i], turns[step].role, turns[step].label);
            if (vb_session_view(session)->at == VB_AT_OVERVIEW)
                share(session);
            else if (vb_session_view(session)->at == VB_AT_ITEM)
                give(session, vb_value_int((int64_t)step % 5 + 1));
        }
        both[i]->world.now_ms = 1795265200000;
        assert_int_equal(vb_round_release(both[i]->round, &both[i]->world.err), VB_OK);
        if (i == 1)
            restart(both[i]);
        bytes[i] = bytes_of(both[i], 0);
    }
    assert_non_null(strstr(bytes[0], "\"about\":[{\"person\""));
    assert_string_equal(bytes[0], bytes[1]);
    free(bytes[0]);
    free(bytes[1]);
    end(&calm);
    end(&shaken);
}

static void what_is_asked_together_comes_after_the_release_and_makes_a_revision(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_session *together;
    begin(&scene, dyad());
    fill(join(&scene, "client", NULL), 4, "a");
    assert_int_equal(vb_round_together(scene.round, &together, &scene.world.err), VB_E_BUSY);
    fill(join(&scene, "professional", NULL), 4, "b");
    assert_true(settle(&scene));
    char *first = bytes_of(&scene, 0);
    assert_int_equal(vb_round_together(scene.round, &together, &scene.world.err), VB_OK);
    assert_string_equal(vb_session_view(together)->item->id, "joint");
    assert_int_equal(vb_round_settle_together(scene.round, &scene.world.err), VB_E_BUSY);
    give(together, vb_value_int(5));
    share(together);
    restart(&scene);
    assert_int_equal(vb_round_settle_together(scene.round, &scene.world.err), VB_OK);
    assert_int_equal(vb_round_settle_together(scene.round, &scene.world.err), VB_OK);
    char *second = bytes_of(&scene, 0), *first_again = bytes_of(&scene, 1);
    assert_string_equal(first, first_again);
    assert_non_null(strstr(second, "\"revision\":2,\"reason\":\"talk\""));
    assert_non_null(strstr(second, "\"together\":{\"joint\":"));
    assert_null(strstr(first, "joint"));
    assert_int_equal(result_code(&scene, 3), VB_E_ABSENT);
    free(first);
    free(second);
    free(first_again);
    end(&scene);
}

static void what_may_not_be_kept_never_reaches_the_store(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_plan *plan = dyad();
    plan->retain = VB_RETAIN_NONE;
    begin(&scene, plan);
    fill(join(&scene, "client", NULL), 4, "a");
    fill(join(&scene, "professional", NULL), 4, "b");
    assert_true(settle(&scene));
    char *bytes = bytes_of(&scene, 0);
    assert_non_null(strstr(bytes, "\"well\":[\"one\""));
    assert_int_equal(rounds_stored(&scene), 0);
    free(bytes);
    end(&scene);
}

static void a_plan_without_such_questions_has_no_stage_together(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_session *together = NULL;
    begin(&scene, family());
    assert_int_equal(vb_round_together(scene.round, &together, &scene.world.err), VB_OK);
    assert_null(together);
    end(&scene);
}

static void included_instruments_are_those_that_are_turned_on(void **state)
{
    (void)state;
    struct scene scene;
    struct fixture f = fixture_begin();
    int extra = fixture_ask(&f, fixture_item(&f, "extra.one", VB_LIKERT), NULL);
    int always = fixture_ask(&f, fixture_item(&f, "always.one", VB_LIKERT), NULL);
    fixture_include(&f, "extra", true);
    fixture_include(&f, "always", false);
    f.items[extra].include = 0;
    f.items[always].include = 1;
    begin(&scene, fixture_end(&f));
    struct vb_session *client = join(&scene, "client", NULL);
    assert_string_equal(vb_session_view(client)->item->id, "always.one");
    vb_round_destroy(scene.round);
    const char *with[] = { "extra", "extra" };
    struct vb_round_options options = { .case_id = "c-2", .with = with, .with_count = 2 };
    assert_int_equal(open_round(&scene, &options), VB_OK);
    assert_string_equal(vb_round_row(scene.round)->with, "extra");
    client = join(&scene, "client", NULL);
    assert_string_equal(vb_session_view(client)->item->id, "extra.one");
    restart(&scene);
    client = join(&scene, "professional", NULL);
    assert_string_equal(vb_session_view(client)->item->id, "extra.one");
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_written_before_somebody_joins),
        cmocka_unit_test(an_open_round_of_the_same_case_and_wave_is_continued),
        cmocka_unit_test(options_that_do_not_fit_the_open_round_are_refused),
        cmocka_unit_test(a_released_round_is_not_opened_again),
        cmocka_unit_test(another_digest_does_not_continue_a_round),
        cmocka_unit_test(a_round_without_a_case_name_gets_a_new_case),
        cmocka_unit_test(the_same_role_without_a_new_label_is_the_same_person),
        cmocka_unit_test(a_role_that_is_full_or_unknown_is_refused),
        cmocka_unit_test(of_several_in_a_role_each_needs_a_name),
        cmocka_unit_test(a_dyad_is_released_when_both_shared),
        cmocka_unit_test(one_voice_that_is_asked_alone_is_released_when_it_shared),
        cmocka_unit_test(a_dyad_in_which_one_stopped_is_closed_and_the_wave_begins_again),
        cmocka_unit_test(who_stopped_alone_is_not_told_before_the_other_is_ready),
        cmocka_unit_test(a_yes_to_a_sheet_of_one_side_keeps_the_round_open),
        cmocka_unit_test(a_round_that_was_not_settled_is_settled_when_it_is_opened),
        cmocka_unit_test(a_family_is_released_by_somebody_at_two_shared_voices),
        cmocka_unit_test(who_shares_after_the_release_makes_a_revision),
        cmocka_unit_test(named_members_wait_for_their_session_and_survive_a_restart),
        cmocka_unit_test(somebody_named_before_may_come_with_another_form),
        cmocka_unit_test(who_joins_is_told_to_everybody_who_is_still_busy),
        cmocka_unit_test(a_roster_has_room_for_no_more_than_the_instrument_says),
        cmocka_unit_test(before_both_shared_no_result_is_given),
        cmocka_unit_test(what_one_did_not_share_is_nowhere_in_the_result),
        cmocka_unit_test(absent_stopped_and_unshared_look_alike),
        cmocka_unit_test(held_and_skipped_answers_look_alike),
        cmocka_unit_test(private_scales_are_in_nobodys_result),
        cmocka_unit_test(somebody_who_withdraws_is_in_no_revision_any_more),
        cmocka_unit_test(a_round_that_is_restarted_after_every_step_ends_with_the_same_bytes),
        cmocka_unit_test(a_family_that_is_restarted_after_every_step_ends_with_the_same_bytes),
        cmocka_unit_test(what_is_asked_together_comes_after_the_release_and_makes_a_revision),
        cmocka_unit_test(what_may_not_be_kept_never_reaches_the_store),
        cmocka_unit_test(a_plan_without_such_questions_has_no_stage_together),
        cmocka_unit_test(included_instruments_are_those_that_are_turned_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
