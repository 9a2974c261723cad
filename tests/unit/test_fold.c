#include "tests.h"

#include "plan_fixture.h"
#include "session/fold.h"

/* A fold and the events it was given, so that a test can fold them again from nothing. */
struct run {
    struct vb_fold *fold;
    struct vb_err err;
};

static const struct vb_sandbox_options no_flow;
static const struct vb_value yes = { .type = VB_VALUE_BOOL, .number = 1 };
static const struct vb_value no = { .type = VB_VALUE_BOOL, .number = 0 };

static struct run open_with(struct vb_plan *plan, const struct vb_opened *opened)
{
    struct run run = { .fold = vb_fold_create(plan, &no_flow) };
    struct vb_event event = {
        .type = VB_EVENT_OPENED, .seq = 1, .item = -1, .member = -1, .opened = opened
    };
    assert_int_equal(vb_fold_apply(run.fold, &event, &run.err), VB_OK);
    return run;
}

static struct vb_opened client(void)
{
    return (struct vb_opened){ .digest = "sha256:0",
                               .api = 1,
                               .person = "p-client",
                               .role = "client",
                               .language = "nl",
                               .format = "standard",
                               .mode = "self",
                               .opening = "1" };
}

static struct run open_client(struct vb_plan *plan)
{
    struct vb_opened opened = client();
    return open_with(plan, &opened);
}

static enum vb_code apply(struct run *run, struct vb_event event)
{
    event.seq = vb_fold_view(run->fold)->seq + 1;
    return vb_fold_apply(run->fold, &event, &run->err);
}

static void answer(struct run *run, struct vb_value value)
{
    const struct vb_view *view = vb_fold_view(run->fold);
    assert_int_equal(view->at, VB_AT_ITEM);
    struct vb_event event = {
        .type = VB_EVENT_ANSWERED, .item = view->item->index, .member = view->member, .value = value
    };
    assert_int_equal(apply(run, event), VB_OK);
}

static enum vb_code change(struct run *run, int item, struct vb_value value)
{
    return apply(run, (struct vb_event){ .type = VB_EVENT_ANSWERED,
                                         .item = item,
                                         .member = -1,
                                         .value = value,
                                         .changed = true });
}

static void back(struct run *run)
{
    assert_int_equal(apply(run, (struct vb_event){ .type = VB_EVENT_BACK, .item = -1 }), VB_OK);
}

static enum vb_code roster(struct run *run, const struct vb_member *members, int count)
{
    return apply(run, (struct vb_event){
                          .type = VB_EVENT_ROSTER, .members = members, .member_count = count });
}

static void assert_at(struct run *run, const char *id, int member)
{
    const struct vb_view *view = vb_fold_view(run->fold);
    assert_int_equal(view->at, VB_AT_ITEM);
    assert_string_equal(view->item->id, id);
    assert_int_equal(view->member, member);
}

static void assert_overview(struct run *run)
{
    assert_int_equal(vb_fold_view(run->fold)->at, VB_AT_OVERVIEW);
}

/* "a b:1 c" : ids, with the member behind a colon */
static void assert_path(struct run *run, struct vb_plan *plan, const char *expected)
{
    struct vb_buf text = { 0 };
    int count;
    const struct vb_place *path = vb_fold_path(run->fold, &count);
    vb_buf_puts(&text, "");
    for (int i = 0; i < count; i++) {
        vb_buf_printf(&text, "%s%s", i > 0 ? " " : "", plan->items[path[i].item].id);
        if (path[i].member >= 0)
            vb_buf_printf(&text, ":%d", path[i].member);
    }
    assert_string_equal(text.data, expected);
    vb_buf_finish(&text);
}

static void finish(struct run *run, struct vb_plan *plan)
{
    vb_fold_destroy(run->fold);
    vb_plan_release(plan);
}

/* stuck? then why; then going */
static struct vb_plan *branching(struct fixture *f)
{
    *f = fixture_begin();
    int stuck = fixture_ask(f, fixture_item(f, "stuck", VB_YESNO), NULL);
    fixture_ask(f, fixture_item(f, "why", VB_LIKERT), fixture_is(f, stuck, yes));
    fixture_ask(f, fixture_item(f, "going", VB_LIKERT), NULL);
    return fixture_end(f);
}

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
    assert_int_equal(apply(&run, (struct vb_event){ .type = VB_EVENT_BACK, .item = -1 }), VB_E_DATA);
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

static void forms_variants_roles_and_includes_decide_what_is_asked(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    int a = fixture_ask(&f, fixture_item(&f, "a", VB_LIKERT), NULL);
    int b = fixture_ask(&f, fixture_item(&f, "b", VB_LIKERT), NULL);
    int c = fixture_ask(&f, fixture_item(&f, "c", VB_LIKERT), NULL);
    int d = fixture_ask(&f, fixture_item(&f, "d", VB_LIKERT), NULL);
    int e = fixture_ask(&f, fixture_item(&f, "e", VB_LIKERT), NULL);
    fixture_not_for(&f, a, 0);
    fixture_form_without(&f, "short", (const int[]){ b, -1 });
    fixture_variant(&f, "music");
    fixture_variant(&f, "drama");
    f.items[c].variants = 2; /* drama only */
    fixture_include(&f, "always", false);
    fixture_include(&f, "extra", true);
    f.items[d].include = 1;
    f.items[e].include = 0;
    struct vb_plan *plan = fixture_end(&f);

    struct vb_opened opened = client();
    opened.form = "short";
    opened.variant = "music";
    struct run run = open_with(plan, &opened);
    assert_at(&run, "e", -1);
    vb_fold_destroy(run.fold);

    const char *with[] = { "extra" };
    opened.variant = "drama";
    opened.with = with;
    opened.with_count = 1;
    run = open_with(plan, &opened);
    assert_at(&run, "c", -1);
    answer(&run, vb_value_int(1));
    assert_at(&run, "d", -1);
    assert_false(vb_fold_asks(run.fold, a, -1));
    assert_false(vb_fold_asks(run.fold, b, -1));
    assert_true(vb_fold_asks(run.fold, e, -1));
    finish(&run, plan);
}

static void an_unknown_form_or_role_is_refused_before_anything_is_taken_in(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = branching(&f);
    struct run run = { .fold = vb_fold_create(plan, &no_flow) };
    struct vb_opened opened = client();
    opened.form = "shortest";
    struct vb_event event = { .type = VB_EVENT_OPENED, .opened = &opened };
    assert_int_equal(apply(&run, event), VB_E_DATA);
    opened.form = NULL;
    opened.role = "neighbour";
    assert_int_equal(apply(&run, event), VB_E_DATA);
    assert_int_equal(vb_fold_view(run.fold)->at, VB_AT_NOTHING);
    finish(&run, plan);
}

/* each member: close? then how; after it: end */
static struct vb_plan *family(struct fixture *f, enum vb_op op)
{
    *f = fixture_bare();
    fixture_role(f, "youth", 2, true);
    fixture_role(f, "parent", 2, true);
    fixture_role(f, "professional", 1, false);
    fixture_ask(f, fixture_item(f, "start", VB_YESNO), NULL);
    fixture_each(f, op);
    int close = fixture_ask(f, fixture_item(f, "close", VB_YESNO), NULL);
    fixture_ask(f, fixture_item(f, "how", VB_LIKERT), fixture_is(f, close, yes));
    fixture_next(f);
    fixture_ask(f, fixture_item(f, "end", VB_YESNO), NULL);
    f->plan->roster_max = 8;
    return fixture_end(f);
}

static const struct vb_member three[] = {
    { "p-sam", "youth", "Sam", NULL, false },
    { "p-kim", "parent", "Kim", NULL, false },
    { "p-lee", "parent", "Lee", NULL, false },
};

static struct run open_member(struct vb_plan *plan, const char *person, const char *role, int count)
{
    struct vb_opened opened = client();
    opened.person = person;
    opened.role = role;
    opened.members = three;
    opened.member_count = count;
    return open_with(plan, &opened);
}

static void an_each_block_asks_about_every_member_and_conditions_mean_that_member(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = family(&f, VB_OP_EACH);
    struct run run = open_member(plan, "p-worker", "professional", 3);
    answer(&run, yes);
    answer(&run, yes);
    assert_at(&run, "how", 0);
    answer(&run, vb_value_int(3));
    answer(&run, no);
    assert_at(&run, "close", 2);
    answer(&run, yes);
    assert_at(&run, "how", 2);
    answer(&run, vb_value_int(3));
    answer(&run, no);
    assert_overview(&run);
    assert_path(&run, plan, "start close:0 how:0 close:1 close:2 how:2 end");
    finish(&run, plan);
}

static void a_member_speaks_only_of_itself_in_a_run_about_members(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = family(&f, VB_OP_EACH_ABOUT);
    struct run run = open_member(plan, "p-kim", "parent", 3);
    answer(&run, yes);
    assert_at(&run, "close", 1);
    answer(&run, no);
    assert_at(&run, "end", -1);
    finish(&run, plan);
}

static void about_a_member_only_the_items_of_that_members_form_are_asked(void **state)
{
    (void)state;
    struct fixture f = fixture_bare();
    fixture_role(&f, "professional", 1, false);
    fixture_each(&f, VB_OP_EACH);
    int a = fixture_ask(&f, fixture_item(&f, "a", VB_LIKERT), NULL);
    int b = fixture_ask(&f, fixture_item(&f, "b", VB_LIKERT), NULL);
    fixture_next(&f);
    fixture_form_without(&f, "child", (const int[]){ a, -1 });
    fixture_form_without(&f, "grown", (const int[]){ b, -1 });
    struct vb_plan *plan = fixture_end(&f);
    struct vb_member members[] = { { "p-1", "youth", "Sam", "child", false },
                                   { "p-2", "parent", "Kim", "grown", false } };
    struct vb_opened opened = client();
    opened.role = "professional";
    opened.members = members;
    opened.member_count = 2;
    struct run run = open_with(plan, &opened);
    assert_at(&run, "b", 0);
    answer(&run, vb_value_int(1));
    assert_at(&run, "a", 1);
    answer(&run, vb_value_int(1));
    assert_overview(&run);
    finish(&run, plan);
}

static void a_new_member_is_met_only_by_blocks_that_have_not_begun(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = family(&f, VB_OP_EACH);
    struct run begun = open_member(plan, "p-worker", "professional", 2);
    answer(&begun, yes);
    assert_at(&begun, "close", 0);
    assert_int_equal(roster(&begun, three, 3), VB_OK);
    answer(&begun, no);
    answer(&begun, no);
    assert_at(&begun, "end", -1);
    vb_fold_destroy(begun.fold);

    struct run before = open_member(plan, "p-worker", "professional", 2);
    assert_int_equal(roster(&before, three, 3), VB_OK);
    answer(&before, yes);
    answer(&before, no);
    answer(&before, no);
    assert_at(&before, "close", 2);
    finish(&before, plan);
}

static void answers_about_who_left_leave_the_path_and_are_not_offered(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = family(&f, VB_OP_EACH);
    struct run run = open_member(plan, "p-worker", "professional", 3);
    answer(&run, yes);
    answer(&run, yes);
    answer(&run, vb_value_int(5));
    assert_at(&run, "close", 1);
    struct vb_member left[3];
    memcpy(left, three, sizeof left);
    left[0].gone = true;
    assert_int_equal(roster(&run, left, 3), VB_OK);
    assert_path(&run, plan, "start");
    assert_at(&run, "close", 1);
    back(&run);
    assert_at(&run, "start", -1);
    answer(&run, yes);
    assert_at(&run, "close", 1);
    left[1].gone = true; /* the one the question stands at */
    assert_int_equal(roster(&run, left, 3), VB_OK);
    assert_at(&run, "close", 2);
    answer(&run, no);
    answer(&run, no);
    assert_path(&run, plan, "start close:2 end");
    finish(&run, plan);
}

static void a_roster_only_grows(void **state)
{
    (void)state;
    struct fixture f;
    struct vb_plan *plan = family(&f, VB_OP_EACH);
    struct run run = open_member(plan, "p-worker", "professional", 3);
    assert_int_equal(roster(&run, three, 2), VB_E_DATA);
    assert_int_equal(roster(&run, three + 1, 3 - 1), VB_E_DATA);
    int count;
    vb_fold_members(run.fold, &count);
    assert_int_equal(count, 3);
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
    assert_int_equal(apply(&run, (struct vb_event){ .type = VB_EVENT_BACK, .item = -1 }), VB_E_DATA);
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

static void together_asks_only_its_own_stage(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    fixture_ask(&f, fixture_item(&f, "apart", VB_YESNO), NULL);
    int joint = fixture_ask(&f, fixture_item(&f, "joint", VB_YESNO), NULL);
    f.items[joint].stage = f.steps[1].stage = VB_TOGETHER;
    struct vb_plan *plan = fixture_end(&f);
    struct run run = open_client(plan);
    answer(&run, yes);
    assert_overview(&run);
    vb_fold_destroy(run.fold);
    struct vb_opened opened = client();
    opened.person = NULL;
    run = open_with(plan, &opened);
    assert_at(&run, "joint", -1);
    answer(&run, yes);
    assert_overview(&run);
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
        cmocka_unit_test(forms_variants_roles_and_includes_decide_what_is_asked),
        cmocka_unit_test(an_unknown_form_or_role_is_refused_before_anything_is_taken_in),
        cmocka_unit_test(an_each_block_asks_about_every_member_and_conditions_mean_that_member),
        cmocka_unit_test(a_member_speaks_only_of_itself_in_a_run_about_members),
        cmocka_unit_test(about_a_member_only_the_items_of_that_members_form_are_asked),
        cmocka_unit_test(a_new_member_is_met_only_by_blocks_that_have_not_begun),
        cmocka_unit_test(answers_about_who_left_leave_the_path_and_are_not_offered),
        cmocka_unit_test(a_roster_only_grows),
        cmocka_unit_test(what_is_shared_or_stopped_takes_nothing_more),
        cmocka_unit_test(a_fold_that_is_emptied_serves_the_next_session),
        cmocka_unit_test(conditions_compare_numbers_choices_and_dates),
        cmocka_unit_test(together_asks_only_its_own_stage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
