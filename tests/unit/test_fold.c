/* test_fold.c - the fold of one person: the order of the questions, back, changes, refusals. */
#include "fold_fixture.h"

static void questions_come_in_their_order_and_end_in_the_overview(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = branching(&f);
    struct run run = open_client(plan);
    assert_at(&run, "stuck", -1);
    assert_false(vb_fold_view(run.fold)->can_back);
    answer(&run, yes);
    assert_at(&run, "why", -1);
    assert_true(vb_fold_view(run.fold)->can_back);
    answer(&run, vb_value_int(2));
    answer(&run, vb_value_int(4));
    assert_overview(&run);
    assert_path(&run, plan, "stuck why going");
    finish(&run, plan);
}

static void a_condition_on_a_missing_answer_is_false(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = branching(&f);
    struct run run = open_client(plan);
    answer(&run, vb_value_missing(VB_MISSING_DONT_KNOW));
    assert_at(&run, "going", -1);
    finish(&run, plan);
}

static void a_condition_on_a_hidden_answer_is_false_even_when_it_was_given_once(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    int stuck = fixture_ask(&f, fixture_item(&f, "stuck", VB_YESNO), NULL);
    int why = fixture_ask(&f, fixture_item(&f, "why", VB_YESNO), fixture_is(&f, stuck, yes));
    fixture_ask(&f, fixture_item(&f, "more", VB_YESNO), fixture_is(&f, why, yes));
    struct vb_plan *plan = fixture_end(&f);
    struct run run = open_client(plan);
    answer(&run, yes);
    answer(&run, yes);
    assert_at(&run, "more", -1);
    back(&run);
    back(&run);
    answer(&run, no); /* why was answered yes, but is off the path now */
    assert_overview(&run);
    assert_path(&run, plan, "stuck");
    finish(&run, plan);
}

static void back_offers_what_was_said_and_only_a_new_answer_counts(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = branching(&f);
    struct run run = open_client(plan);
    answer(&run, yes);
    answer(&run, vb_value_int(2));
    back(&run);
    assert_at(&run, "why", -1);
    assert_non_null(vb_fold_view(run.fold)->offered);
    assert_int_equal(vb_fold_view(run.fold)->offered->number, 2);
    assert_int_equal(vb_fold_values(run.fold)[1].type, VB_VALUE_NONE);
    answer(&run, vb_value_int(5));
    assert_int_equal(vb_fold_values(run.fold)[1].number, 5);
    assert_at(&run, "going", -1);
    finish(&run, plan);
}

static void back_at_the_first_question_is_refused(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = branching(&f);
    struct run run = open_client(plan);
    assert_int_equal(apply(&run, (struct vb_event){ .type = VB_EVENT_BACK, .item = -1 }),
                     VB_E_DATA);
    assert_int_equal(vb_fold_view(run.fold)->seq, 1);
    finish(&run, plan);
}

static void a_change_at_the_overview_keeps_what_is_reached_and_asks_what_is_new(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = branching(&f);
    struct run run = open_client(plan);
    answer(&run, no);
    answer(&run, vb_value_int(4));
    assert_overview(&run);
    assert_int_equal(change(&run, 0, yes), VB_OK);
    assert_at(&run, "why", -1);
    assert_path(&run, plan, "stuck");
    answer(&run, vb_value_int(1));
    assert_overview(&run); /* going was answered long ago */
    assert_path(&run, plan, "stuck why going");
    assert_int_equal(vb_fold_values(run.fold)[2].number, 4);
    finish(&run, plan);
}

static void what_falls_away_by_a_change_is_only_offered_when_it_comes_back(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = branching(&f);
    struct run run = open_client(plan);
    answer(&run, yes);
    answer(&run, vb_value_int(2));
    answer(&run, vb_value_int(4));
    assert_int_equal(change(&run, 0, no), VB_OK);
    assert_overview(&run);
    assert_path(&run, plan, "stuck going");
    assert_int_equal(vb_fold_values(run.fold)[1].type, VB_VALUE_NONE);
    assert_int_equal(change(&run, 0, yes), VB_OK);
    assert_at(&run, "why", -1);
    assert_int_equal(vb_fold_view(run.fold)->offered->number, 2);
    finish(&run, plan);
}

static void only_what_was_asked_can_be_changed_or_held(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = branching(&f);
    struct run run = open_client(plan);
    assert_int_equal(change(&run, 0, yes), VB_E_DATA); /* not at the overview yet */
    answer(&run, no);
    answer(&run, vb_value_int(4));
    assert_int_equal(change(&run, 1, vb_value_int(1)), VB_E_DATA);
    struct vb_event hold = { .type = VB_EVENT_HELD, .item = 1, .member = -1, .on = true };
    assert_int_equal(apply(&run, hold), VB_E_DATA);
    hold.item = 2;
    assert_int_equal(apply(&run, hold), VB_OK);
    assert_true(vb_fold_held(run.fold, 2, -1));
    hold.on = false;
    assert_int_equal(apply(&run, hold), VB_OK);
    assert_false(vb_fold_held(run.fold, 2, -1));
    finish(&run, plan);
}

static void a_wrong_seq_is_a_conflict_and_changes_nothing(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = branching(&f);
    struct run run = open_client(plan);
    struct vb_event event = {
        .type = VB_EVENT_ANSWERED, .seq = 3, .item = 0, .member = -1, .value = yes
    };
    assert_int_equal(vb_fold_apply(run.fold, &event, &run.err), VB_E_CONFLICT);
    event.seq = 1;
    assert_int_equal(vb_fold_apply(run.fold, &event, &run.err), VB_E_CONFLICT);
    event.seq = 2;
    event.item = 2;
    assert_int_equal(vb_fold_apply(run.fold, &event, &run.err), VB_E_DATA);
    assert_at(&run, "stuck", -1);
    finish(&run, plan);
}

static void the_same_item_twice_parks_the_session(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    int a = fixture_ask(&f, fixture_item(&f, "a", VB_YESNO), NULL);
    fixture_ask(&f, a, NULL);
    struct vb_plan *plan = fixture_end(&f);
    struct run run = open_client(plan);
    const struct vb_view *view = vb_fold_view(run.fold);
    struct vb_event event = { .type = VB_EVENT_ANSWERED, .item = a, .member = -1, .value = yes };
    assert_int_equal(apply(&run, event), VB_E_SCRIPT);
    assert_non_null(strstr(run.err.text, "asked twice"));
    assert_int_equal(view->at, VB_AT_ITEM);
    assert_int_equal(view->seq, 2);
    assert_int_equal(apply(&run, event), VB_E_SCRIPT);
    assert_non_null(vb_fold_parked(run.fold));
    assert_int_equal(apply(&run, (struct vb_event){ .type = VB_EVENT_STOPPED }), VB_OK);
    assert_int_equal(view->at, VB_AT_STOPPED);
    finish(&run, plan);
}

static void messages_stand_before_their_question_and_come_again_after_back(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    int stuck = fixture_ask(&f, fixture_item(&f, "stuck", VB_YESNO), NULL);
    fixture_say(&f, "take your time", fixture_is(&f, stuck, yes));
    fixture_say(&f, "thanks", NULL);
    fixture_ask(&f, fixture_item(&f, "why", VB_LIKERT), NULL);
    struct vb_plan *plan = fixture_end(&f);
    struct run run = open_client(plan);
    assert_int_equal(vb_fold_view(run.fold)->say_count, 0);
    answer(&run, yes);
    assert_int_equal(vb_fold_view(run.fold)->say_count, 2);
    assert_string_equal(vb_fold_view(run.fold)->says[0], "take your time (nl)");
    answer(&run, vb_value_int(1));
    assert_int_equal(vb_fold_view(run.fold)->say_count, 0);
    back(&run);
    assert_int_equal(vb_fold_view(run.fold)->say_count, 2);
    finish(&run, plan);
}

static void what_is_shared_or_stopped_takes_nothing_more(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = branching(&f);
    struct run run = open_client(plan);
    struct vb_sharing sharing = { .one_sided = true };
    struct vb_event share = { .type = VB_EVENT_SHARED, .sharing = &sharing };
    assert_int_equal(apply(&run, share), VB_E_DATA);
    answer(&run, no);
    answer(&run, vb_value_int(4));
    assert_int_equal(apply(&run, share), VB_OK);
    assert_true(vb_fold_sharing(run.fold)->one_sided);
    assert_int_equal(vb_fold_view(run.fold)->at, VB_AT_SHARED);
    assert_int_equal(change(&run, 0, yes), VB_E_DATA);
    assert_int_equal(apply(&run, (struct vb_event){ .type = VB_EVENT_BACK, .item = -1 }),
                     VB_E_DATA);
    assert_int_equal(apply(&run, (struct vb_event){ .type = VB_EVENT_WITHDRAWN }), VB_OK);
    assert_int_equal(vb_fold_view(run.fold)->at, VB_AT_WITHDRAWN);
    finish(&run, plan);
}

static void a_fold_that_is_emptied_serves_the_next_session(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = branching(&f);
    struct run run = open_client(plan);
    answer(&run, yes);
    answer(&run, vb_value_int(5));
    vb_fold_reset(run.fold);
    assert_int_equal(vb_fold_view(run.fold)->at, VB_AT_NOTHING);
    struct vb_opened opened = client();
    struct vb_event event = { .type = VB_EVENT_OPENED, .opened = &opened };
    assert_int_equal(apply(&run, event), VB_OK);
    answer(&run, yes);
    assert_at(&run, "why", -1);
    assert_null(vb_fold_view(run.fold)->offered);
    finish(&run, plan);
}

static void conditions_compare_numbers_choices_and_dates(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    struct vb_option *options = fixture_alloc(&f, sizeof *options * 2);
    struct vb_answers *answers = fixture_alloc(&f, sizeof *answers);
    options[0].id = "walk";
    options[1].id = "talk";
    *answers = (struct vb_answers){ .options = options, .count = 2 };
    int likert = fixture_ask(&f, fixture_item(&f, "likert", VB_LIKERT), NULL);
    int several = fixture_ask(&f, fixture_item(&f, "several", VB_CHOICE), NULL);
    int day = fixture_ask(&f, fixture_item(&f, "day", VB_DATE), NULL);
    f.items[several].answers = answers;
    struct vb_value talk = { .type = VB_VALUE_OPTION, .number = 1 };
    fixture_ask(&f, fixture_item(&f, "below", VB_YESNO),
                fixture_leaf(&f, VB_COND_BELOW, likert, 3, 0));
    fixture_ask(&f, fixture_item(&f, "above", VB_YESNO),
                fixture_leaf(&f, VB_COND_ABOVE, likert, 0, 3));
    fixture_ask(&f, fixture_item(&f, "between", VB_YESNO),
                fixture_leaf(&f, VB_COND_BETWEEN, day, 20260101, 20261231));
    fixture_ask(&f, fixture_item(&f, "talked", VB_YESNO), fixture_is(&f, several, talk));
    fixture_ask(&f, fixture_item(&f, "neither", VB_YESNO),
                fixture_join(&f, VB_COND_NEITHER, fixture_leaf(&f, VB_COND_ANSWERED, likert, 0, 0),
                             fixture_leaf(&f, VB_COND_ANSWERED, day, 0, 0)));
    fixture_ask(&f, fixture_item(&f, "all", VB_YESNO),
                fixture_join(&f, VB_COND_ALL, fixture_leaf(&f, VB_COND_ANSWERED, likert, 0, 0),
                             fixture_leaf(&f, VB_COND_ABOVE, likert, 0, 4)));
    struct vb_plan *plan = fixture_end(&f);
    struct run run = open_client(plan);
    struct vb_value list = { .type = VB_VALUE_JSON, .text = "[\"walk\",\"talk\"]", .len = 15 };
    struct vb_value date = { .type = VB_VALUE_DATE, .text = "2026-11-21", .len = 10 };
    answer(&run, vb_value_int(5));
    answer(&run, list);
    answer(&run, date);
    while (vb_fold_view(run.fold)->at == VB_AT_ITEM)
        answer(&run, no);
    assert_path(&run, plan, "likert several day above between talked all");
    vb_fold_destroy(run.fold);

    run = open_client(plan);
    list.text = "[{\"other\":\"talk\"}]";
    list.len = (uint32_t)strlen(list.text);
    answer(&run, vb_value_missing(VB_MISSING_SKIPPED));
    answer(&run, list);
    answer(&run, vb_value_missing(VB_MISSING_SKIPPED));
    while (vb_fold_view(run.fold)->at == VB_AT_ITEM)
        answer(&run, no);
    assert_path(&run, plan, "likert several day neither");
    finish(&run, plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_come_in_their_order_and_end_in_the_overview),
        cmocka_unit_test(a_condition_on_a_missing_answer_is_false),
        cmocka_unit_test(a_condition_on_a_hidden_answer_is_false_even_when_it_was_given_once),
        cmocka_unit_test(back_offers_what_was_said_and_only_a_new_answer_counts),
        cmocka_unit_test(back_at_the_first_question_is_refused),
        cmocka_unit_test(a_change_at_the_overview_keeps_what_is_reached_and_asks_what_is_new),
        cmocka_unit_test(what_falls_away_by_a_change_is_only_offered_when_it_comes_back),
        cmocka_unit_test(only_what_was_asked_can_be_changed_or_held),
        cmocka_unit_test(a_wrong_seq_is_a_conflict_and_changes_nothing),
        cmocka_unit_test(the_same_item_twice_parks_the_session),
        cmocka_unit_test(messages_stand_before_their_question_and_come_again_after_back),
        cmocka_unit_test(what_is_shared_or_stopped_takes_nothing_more),
        cmocka_unit_test(a_fold_that_is_emptied_serves_the_next_session),
        cmocka_unit_test(conditions_compare_numbers_choices_and_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
