/* test_round.c - how a round begins and is found again, and who is in it. */
#include "round_fixture.h"

/* -- beginning and finding again -------------------------------------------------------------- */

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

/* -- restarts and revisions ------------------------------------------------------------------- */

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
        cmocka_unit_test(named_members_wait_for_their_session_and_survive_a_restart),
        cmocka_unit_test(somebody_named_before_may_come_with_another_form),
        cmocka_unit_test(who_joins_is_told_to_everybody_who_is_still_busy),
        cmocka_unit_test(a_roster_has_room_for_no_more_than_the_instrument_says),
        cmocka_unit_test(included_instruments_are_those_that_are_turned_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
