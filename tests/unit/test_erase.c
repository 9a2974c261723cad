/* Erasing a person, a round and a case: what becomes of the rows. */
#include "erase_fixture.h"

static void a_person_goes_with_its_name_and_its_sessions_and_the_other_stays(void **state)
{
    (void)state;
    struct look look;
    size_t count;
    released_dyad(&look);
    const char *client = person_of(&look, "client"), *worker = person_of(&look, "professional");
    erase(&look, VB_ERASE_OF_PERSON, client);
    assert_true(person_row(&look, client).erased);
    assert_null(person_row(&look, client).label);
    assert_false(person_row(&look, worker).erased);
    struct vb_session_row *rows = sessions_of(&look, round_id(&look), &count);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(rows[i].erased, vb_streq(rows[i].person, client));
        assert_int_equal(rows[i].state, rows[i].erased ? VB_SESSION_WITHDRAWN : VB_SESSION_SHARED);
    }
    assert_int_equal(audited(&look, "erase", client), 1);
    assert_int_equal(audited(&look, "erased", round_id(&look)), 1);
    look_end(&look);
}

static void a_released_round_with_somebody_left_gets_a_revision(void **state)
{
    (void)state;
    struct look look;
    size_t count;
    released_dyad(&look);
    erase(&look, VB_ERASE_OF_PERSON, person_of(&look, "client"));
    assert_int_equal(row_of(&look, round_id(&look)).state, VB_ROUND_RELEASED);
    struct vb_revision_row *rows = revisions_of(&look, &count);
    assert_int_equal(count, 2);
    assert_string_equal(rows[1].reason, "erased");
    assert_int_equal(rows[1].wall_ms, 77000);
    assert_string_equal(rows[1].upto, rows[0].upto); /* the same logs, as long as they were */
    assert_int_equal(look.erase.rounds[0].revision, 2);
    look_end(&look);
}

static void a_round_of_which_nothing_is_left_is_erased(void **state)
{
    (void)state;
    struct look look;
    size_t count;
    released_dyad(&look);
    erase(&look, VB_ERASE_OF_PERSON, person_of(&look, "client"));
    erase(&look, VB_ERASE_OF_PERSON, person_of(&look, "professional"));
    assert_int_equal(row_of(&look, round_id(&look)).state, VB_ROUND_ERASED);
    revisions_of(&look, &count);
    assert_int_equal(count, 2); /* of nothing there is no revision */
    look_end(&look);
}

static void an_open_round_stays_open_for_the_other(void **state)
{
    (void)state;
    struct look look;
    size_t count;
    look_begin(&look, dyad());
    fill(join(&look.scene, "client", NULL), 4, marker);
    join(&look.scene, "professional", NULL);
    erase(&look, VB_ERASE_OF_PERSON, person_of(&look, "client"));
    assert_int_equal(row_of(&look, round_id(&look)).state, VB_ROUND_OPEN);
    revisions_of(&look, &count);
    assert_int_equal(count, 0);
    look_end(&look);
}

static void a_round_goes_with_everybodys_sessions_and_keeps_their_names(void **state)
{
    (void)state;
    struct look look;
    size_t count;
    struct vb_session *together;
    released_dyad(&look);
    assert_int_equal(vb_round_together(look.scene.round, &together, &look.scene.world.err), VB_OK);
    const char *client = person_of(&look, "client");
    erase(&look, VB_ERASE_OF_ROUND, round_id(&look));
    struct vb_session_row *rows = sessions_of(&look, round_id(&look), &count);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++)
        assert_true(rows[i].erased);
    assert_int_equal(row_of(&look, round_id(&look)).state, VB_ROUND_ERASED);
    assert_string_equal(person_row(&look, client).label, "Sam");
    assert_int_equal(look.erase.session_count, 2);
    assert_int_equal(audited(&look, "erase", round_id(&look)), 1);
    look_end(&look);
}

/* The settings whose name begins so. */
static size_t settings(struct look *look, const char *prefix)
{
    struct vb_setting_row *rows;
    size_t count;
    assert_int_equal(store_of(look)->ops->settings(store_of(look), prefix, &look->arena, &rows,
                                                   &count, &look->scene.world.err),
                     VB_OK);
    return count;
}

static void nobody_is_named_for_a_round_that_is_erased(void **state)
{
    struct look look;
    (void)state;
    look_begin(&look, dyad());
    struct vb_session *session = join(&look.scene, "professional", NULL);
    const char *names[] = { VB_TURN_SETTINGS, VB_ROSTER_SETTINGS };
    const char *ids[] = { vb_session_id(session), round_id(&look) };
    for (int i = 0; i < 2; i++) {
        const char *own = vb_arena_printf(&look.arena, "%s%s", names[i], ids[i]);
        const char *other = vb_arena_printf(&look.arena, "%sanother", names[i]);
        const struct vb_change changes[] = {
            { .kind = VB_PUT_SETTING, .setting = { .name = own, .value = "anna" } },
            { .kind = VB_PUT_SETTING, .setting = { .name = other, .value = "anna" } },
        };
        assert_int_equal(vb_store_commit(store_of(&look), changes, 2, &look.scene.world.err),
                         VB_OK);
    }
    erase(&look, VB_ERASE_OF_ROUND, round_id(&look));
    assert_int_equal(settings(&look, VB_TURN_SETTINGS), 1);
    assert_int_equal(settings(&look, VB_ROSTER_SETTINGS), 1);
    look_end(&look);
}

static void a_case_goes_whole_and_no_other_case_does(void **state)
{
    (void)state;
    struct look look;
    released_dyad(&look);
    char *first = vb_strdup(round_id(&look));
    vb_round_destroy(look.scene.round);
    assert_int_equal(open_round(&look.scene, &(struct vb_round_options){ .case_id = "c-2" }),
                     VB_OK);
    fill(join(&look.scene, "client", "Kim"), 3, "kept");
    const char *other = person_of(&look, "client");
    erase(&look, VB_ERASE_OF_CASE, "c-1");
    assert_int_equal(look.erase.person_count, 2);
    assert_int_equal(row_of(&look, first).state, VB_ROUND_ERASED);
    assert_int_equal(row_of(&look, round_id(&look)).state, VB_ROUND_OPEN);
    assert_false(person_row(&look, other).erased);
    assert_int_equal(audited(&look, "erase", "c-1"), 1);
    free(first);
    look_end(&look);
}

static void what_was_erased_is_not_erased_twice(void **state)
{
    (void)state;
    struct look look;
    released_dyad(&look);
    const char *client = person_of(&look, "client");
    erase(&look, VB_ERASE_OF_PERSON, client);
    assert_int_equal(find(&look, VB_ERASE_OF_PERSON, client), VB_E_BUSY);
    erase(&look, VB_ERASE_OF_ROUND, round_id(&look));
    assert_int_equal(find(&look, VB_ERASE_OF_ROUND, round_id(&look)), VB_E_BUSY);
    erase(&look, VB_ERASE_OF_CASE, "c-1"); /* the professional's name was left */
    assert_int_equal(look.erase.person_count, 1);
    assert_int_equal(find(&look, VB_ERASE_OF_CASE, "c-1"), VB_E_BUSY);
    assert_int_equal(find(&look, VB_ERASE_OF_CASE, "c-9"), VB_E_ABSENT);
    assert_int_equal(find(&look, VB_ERASE_OF_PERSON, "0000000000000000"), VB_E_ABSENT);
    look_end(&look);
}

static void looking_changes_nothing_and_counts_what_was_given_out(void **state)
{
    (void)state;
    struct look look;
    released_dyad(&look);
    struct vb_change printed[] = {
        { .kind = VB_PUT_AUDIT,
          .audit = { .action = "sheet", .subject = round_id(&look), .by = "tester" } },
        { .kind = VB_PUT_AUDIT,
          .audit = { .action = "sheet", .subject = "another", .by = "tester" } },
        { .kind = VB_PUT_AUDIT,
          .audit = { .action = "resume", .subject = round_id(&look), .by = "tester" } },
        { .kind = VB_PUT_AUDIT,
          .audit = { .action = "result --purpose research",
                     .subject = round_id(&look),
                     .by = "tester" } },
    };
    assert_int_equal(vb_store_commit(store_of(&look), printed, 4, &look.scene.world.err), VB_OK);
    const char *client = person_of(&look, "client");
    assert_int_equal(find(&look, VB_ERASE_OF_PERSON, client), VB_OK);
    assert_int_equal(look.erase.look_count, 2);
    assert_int_equal(look.erase.session_count, 1);
    assert_false(look.erase.rounds[0].whole);
    assert_false(person_row(&look, client).erased);
    look_end(&look);
}

static void names_go_with_the_last_that_is_kept_of_them(void **state)
{
    (void)state;
    struct look look;
    struct vb_erase_why why = { "retention", "rule", NULL, 77000 };
    look_begin(&look, family());
    join(&look.scene, "youth", "Sam");
    assert_int_equal(vb_round_name_member(look.scene.round, "parent", "Kim", &look.scene.world.err),
                     VB_OK);
    const char *youth = person_of(&look, "youth");
    assert_int_equal(find(&look, VB_ERASE_OF_ROUND, round_id(&look)), VB_OK);
    assert_int_equal(
        vb_erase_add_persons_left(&look.erase, store_of(&look), &look.arena, &look.scene.world.err),
        VB_OK);
    assert_int_equal(
        vb_erase_commit(&look.erase, store_of(&look), &why, &look.arena, &look.scene.world.err),
        VB_OK);
    assert_true(person_row(&look, youth).erased);
    int count;
    const struct vb_participant *all = vb_round_participants(look.scene.round, &count);
    assert_int_equal(count, 2);
    for (int i = 0; i < count; i++) /* also who was only named */
        assert_true(person_row(&look, all[i].person).erased);
    assert_int_equal(audited(&look, "retention", round_id(&look)), 1);
    look_end(&look);
}

static void names_stay_while_another_round_needs_them(void **state)
{
    (void)state;
    struct look look;
    released_dyad(&look);
    char *first = vb_strdup(round_id(&look));
    vb_round_destroy(look.scene.round);
    assert_int_equal(
        open_round(&look.scene, &(struct vb_round_options){ .case_id = "c-1", .wave = "t1" }),
        VB_OK);
    join(&look.scene, "client", NULL);
    assert_int_equal(find(&look, VB_ERASE_OF_ROUND, first), VB_OK);
    assert_int_equal(
        vb_erase_add_persons_left(&look.erase, store_of(&look), &look.arena, &look.scene.world.err),
        VB_OK);
    assert_int_equal(look.erase.person_count, 1); /* the professional, who is in no other */
    assert_string_equal(look.erase.persons[0].role, "professional");
    free(first);
    look_end(&look);
}

/* -- what is left for everybody else -- */

static void nothing_of_the_erased_is_in_any_revision_and_the_others_stay(void **state)
{
    (void)state;
    struct look look;
    look_begin(&look, family());
    struct vb_session *sam = join(&look.scene, "youth", "Sam");
    struct vb_session *kim = join(&look.scene, "parent", "Kim");
    struct vb_session *worker = join(&look.scene, "professional", NULL);
    struct vb_session *all[] = { sam, kim, worker };
    for (int i = 0; i < 3; i++) {
        while (vb_session_view(all[i])->at == VB_AT_ITEM)
            assert_int_equal(give(all[i], vb_value_int(2 + i)), VB_OK);
        assert_int_equal(share(all[i]), VB_OK);
    }
    assert_int_equal(vb_round_release(look.scene.round, &look.scene.world.err), VB_OK);
    const char *youth = person_of(&look, "youth"), *parent = person_of(&look, "parent");
    char *before = bytes_of(&look.scene, 1);
    assert_non_null(strstr(before, youth));
    assert_non_null(strstr(before, "{\"value\":2}"));
    erase(&look, VB_ERASE_OF_PERSON, youth);
    restart(&look.scene);
    for (int revision = 1; revision <= 2; revision++) {
        char *after = bytes_of(&look.scene, revision);
        assert_null(strstr(after, "{\"value\":2}")); /* the youth's own */
        assert_non_null(strstr(after, "{\"value\":3}"));
        assert_non_null(strstr(after, parent));
        char about[64];
        snprintf(about, sizeof about, "\"about\":[{\"person\":\"%s\"", youth);
        assert_null(strstr(after, about)); /* what the worker said about the youth */
        free(after);
    }
    free(before);
    look_end(&look);
}

static void a_wave_after_it_has_somebody_new_in_the_place_of_the_erased(void **state)
{
    (void)state;
    struct look look;
    released_dyad(&look);
    const char *client = person_of(&look, "client"), *worker = person_of(&look, "professional");
    erase(&look, VB_ERASE_OF_PERSON, client);
    vb_round_destroy(look.scene.round);
    assert_int_equal(
        open_round(&look.scene, &(struct vb_round_options){ .case_id = "c-1", .wave = "t1" }),
        VB_OK);
    fill(join(&look.scene, "client", NULL), 3, "again");
    fill(join(&look.scene, "professional", NULL), 3, "again");
    assert_string_not_equal(person_of(&look, "client"), client);
    assert_string_equal(person_of(&look, "professional"), worker);
    assert_true(settle(&look.scene));
    look_end(&look);
}

static void who_was_there_before_the_erased_is_not_meant_by_the_role_alone(void **state)
{
    (void)state;
    struct look look;
    look_begin(&look, dyad());
    fill(join(&look.scene, "client", NULL), 3, "first");
    fill(join(&look.scene, "professional", "Ada"), 3, "first");
    const char *ada = person_of(&look, "professional");
    vb_round_destroy(look.scene.round);
    assert_int_equal(
        open_round(&look.scene, &(struct vb_round_options){ .case_id = "c-1", .wave = "t1" }),
        VB_OK);
    fill(join(&look.scene, "professional", "Bo"), 3, "second");
    erase(&look, VB_ERASE_OF_PERSON, person_of(&look, "professional"));
    vb_round_destroy(look.scene.round);
    assert_int_equal(
        open_round(&look.scene, &(struct vb_round_options){ .case_id = "c-1", .wave = "t2" }),
        VB_OK);
    join(&look.scene, "professional", NULL);
    assert_string_not_equal(person_of(&look, "professional"), ada);
    look_end(&look);
}

static void an_open_round_in_which_one_was_erased_is_closed_and_can_be_begun_again(void **state)
{
    (void)state;
    struct look look;
    look_begin(&look, dyad());
    fill(join(&look.scene, "client", NULL), 4, marker);
    fill(join(&look.scene, "professional", NULL), 4, "fine");
    const char *first = vb_arena_strdup(&look.arena, round_id(&look));
    erase(&look, VB_ERASE_OF_PERSON, person_of(&look, "client"));
    restart(&look.scene);
    settle(&look.scene);
    assert_int_equal(row_of(&look, first).state, VB_ROUND_WITHDRAWN);
    vb_round_destroy(look.scene.round);
    assert_int_equal(open_round(&look.scene, &(struct vb_round_options){ .case_id = "c-1" }),
                     VB_OK);
    fill(join(&look.scene, "client", NULL), 3, "again");
    fill(join(&look.scene, "professional", NULL), 3, "again");
    assert_true(settle(&look.scene));
    assert_string_not_equal(round_id(&look), first);
    look_end(&look);
}

static void an_erased_round_opens_and_has_nothing_to_show(void **state)
{
    (void)state;
    struct look look;
    int count;
    released_dyad(&look);
    erase(&look, VB_ERASE_OF_ROUND, round_id(&look));
    restart(&look.scene);
    assert_int_equal(result_code(&look.scene, 0), VB_E_BUSY);
    assert_int_equal(result_code(&look.scene, 1), VB_E_BUSY);
    vb_round_participants(look.scene.round, &count);
    assert_int_equal(vb_round_release(look.scene.round, &look.scene.world.err), VB_E_BUSY);
    look_end(&look);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_goes_with_its_name_and_its_sessions_and_the_other_stays),
        cmocka_unit_test(a_released_round_with_somebody_left_gets_a_revision),
        cmocka_unit_test(a_round_of_which_nothing_is_left_is_erased),
        cmocka_unit_test(an_open_round_stays_open_for_the_other),
        cmocka_unit_test(a_round_goes_with_everybodys_sessions_and_keeps_their_names),
        cmocka_unit_test(nobody_is_named_for_a_round_that_is_erased),
        cmocka_unit_test(a_case_goes_whole_and_no_other_case_does),
        cmocka_unit_test(what_was_erased_is_not_erased_twice),
        cmocka_unit_test(looking_changes_nothing_and_counts_what_was_given_out),
        cmocka_unit_test(names_go_with_the_last_that_is_kept_of_them),
        cmocka_unit_test(names_stay_while_another_round_needs_them),
        cmocka_unit_test(nothing_of_the_erased_is_in_any_revision_and_the_others_stay),
        cmocka_unit_test(a_wave_after_it_has_somebody_new_in_the_place_of_the_erased),
        cmocka_unit_test(who_was_there_before_the_erased_is_not_meant_by_the_role_alone),
        cmocka_unit_test(an_open_round_in_which_one_was_erased_is_closed_and_can_be_begun_again),
        cmocka_unit_test(an_erased_round_opens_and_has_nothing_to_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
