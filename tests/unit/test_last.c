/* What was done with the agreements of last time: asked before the items. */
#include "tests.h"

#include "loads.h"
#include "plan_fixture.h"
#include "session/fold.h"

struct run {
    struct vb_plan *plan;
    struct vb_fold *fold;
    struct vb_err err;
};

static const struct vb_sandbox_options no_flow;
static const struct vb_member family[] = { { "p-sam", "client", "Sam", NULL, false },
                                           { "p-kim", "client", "Kim", NULL, false } };

static enum vb_code apply(struct run *run, struct vb_event event)
{
    event.seq = vb_fold_view(run->fold)->seq + 1;
    return vb_fold_apply(run->fold, &event, &run->err);
}

static struct run open_with(struct vb_plan *plan, const struct vb_sandbox_options *sandbox,
                            int agreements, const struct vb_member *members, int count)
{
    struct run run = { plan, vb_fold_create(plan, sandbox), { 0 } };
    struct vb_opened opened = { .digest = "sha256:0",
                                .person = "p-client",
                                .role = "client",
                                .language = "nl",
                                .format = "standard",
                                .members = members,
                                .member_count = count,
                                .last = { "r-1", 2, agreements } };
    struct vb_event event = { .type = VB_EVENT_OPENED, .item = -1, .member = -1 };
    event.opened = &opened;
    assert_int_equal(apply(&run, event), VB_OK);
    return run;
}

static struct vb_plan *two_items(void)
{
    struct fixture f = fixture_begin();
    fixture_say(&f, "hello", NULL);
    fixture_ask(&f, fixture_item(&f, "first", VB_LIKERT), NULL);
    fixture_ask(&f, fixture_item(&f, "second", VB_LIKERT), NULL);
    return fixture_end(&f);
}

static struct run begin(int agreements)
{
    return open_with(two_items(), &no_flow, agreements, NULL, 0);
}

static void finish(struct run *run)
{
    vb_fold_destroy(run->fold);
    vb_plan_release(run->plan);
}

static enum vb_code follow(struct run *run, int agreement, enum vb_followed followed)
{
    return apply(run, (struct vb_event){ .type = VB_EVENT_FOLLOWED,
                                         .item = -1,
                                         .member = -1,
                                         .agreement = agreement,
                                         .followed = followed });
}

static enum vb_code follow_anew(struct run *run, int agreement, enum vb_followed followed)
{
    return apply(run, (struct vb_event){ .type = VB_EVENT_FOLLOWED,
                                         .item = -1,
                                         .member = -1,
                                         .agreement = agreement,
                                         .followed = followed,
                                         .changed = true });
}

static enum vb_code hold(struct run *run, int agreement, bool on)
{
    return apply(
        run,
        (struct vb_event){
            .type = VB_EVENT_HELD, .item = -1, .member = -1, .agreement = agreement, .on = on });
}

static enum vb_code back(struct run *run)
{
    return apply(run, (struct vb_event){ .type = VB_EVENT_BACK, .item = -1, .member = -1 });
}

static void answer(struct run *run)
{
    const struct vb_view *view = vb_fold_view(run->fold);
    assert_int_equal(view->at, VB_AT_ITEM);
    struct vb_event event = { .type = VB_EVENT_ANSWERED,
                              .item = view->item->index,
                              .member = view->member,
                              .value = vb_value_int(4) };
    assert_int_equal(apply(run, event), VB_OK);
}

static void assert_agreement(const struct run *run, int number, enum vb_followed before)
{
    const struct vb_view *view = vb_fold_view(run->fold);
    assert_int_equal(view->at, VB_AT_LAST);
    assert_int_equal(view->agreement, number);
    assert_int_equal(view->followed, before);
    assert_int_equal(view->can_back, number > 0);
    assert_int_equal(view->say_count, 0);
}

static void assert_item(const struct run *run, const char *id)
{
    assert_int_equal(vb_fold_view(run->fold)->at, VB_AT_ITEM);
    assert_string_equal(vb_fold_view(run->fold)->item->id, id);
}

static void each_agreement_is_asked_before_the_first_item(void **state)
{
    (void)state;
    struct run run = begin(2);
    assert_agreement(&run, 0, VB_FOLLOWED_NONE);
    assert_int_equal(follow(&run, 1, VB_FOLLOWED_DONE), VB_E_DATA); /* not this one */
    assert_int_equal(follow(&run, 0, VB_FOLLOWED_DONE), VB_OK);
    assert_agreement(&run, 1, VB_FOLLOWED_NONE);
    assert_int_equal(follow(&run, 1, VB_FOLLOWED_NONE), VB_OK); /* passed over */
    assert_item(&run, "first");
    assert_int_equal(vb_fold_view(run.fold)->say_count, 1);
    assert_int_equal(follow(&run, 1, VB_FOLLOWED_DONE), VB_E_DATA);
    assert_int_equal(vb_fold_followed(run.fold, 0), VB_FOLLOWED_DONE);
    assert_int_equal(vb_fold_followed(run.fold, 1), VB_FOLLOWED_NONE);
    finish(&run);
}

static void without_agreements_the_first_item_comes_first(void **state)
{
    (void)state;
    struct run run = begin(0);
    assert_item(&run, "first");
    assert_false(vb_fold_view(run.fold)->can_back);
    assert_int_equal(follow(&run, 0, VB_FOLLOWED_DONE), VB_E_DATA);
    finish(&run);
}

static void back_from_the_first_item_comes_to_the_agreements_and_through_them(void **state)
{
    (void)state;
    struct run run = begin(2);
    follow(&run, 0, VB_FOLLOWED_DONE);
    follow(&run, 1, VB_FOLLOWED_PARTLY);
    answer(&run);
    assert_item(&run, "second");
    assert_int_equal(back(&run), VB_OK);
    assert_item(&run, "first");
    assert_true(vb_fold_view(run.fold)->can_back);
    assert_int_equal(back(&run), VB_OK);
    assert_agreement(&run, 1, VB_FOLLOWED_PARTLY);
    assert_int_equal(back(&run), VB_OK);
    assert_agreement(&run, 0, VB_FOLLOWED_DONE);
    assert_int_equal(back(&run), VB_E_DATA);
    follow(&run, 0, VB_FOLLOWED_NOT_YET);
    follow(&run, 1, VB_FOLLOWED_PARTLY);
    assert_item(&run, "first");
    assert_int_equal(vb_fold_view(run.fold)->offered->number, 4); /* what was said stays offered */
    assert_int_equal(vb_fold_view(run.fold)->say_count, 1);
    finish(&run);
}

static void at_the_overview_they_are_said_anew_and_held_back(void **state)
{
    (void)state;
    struct run run = begin(2);
    assert_int_equal(hold(&run, 0, true), VB_E_DATA); /* not before the overview */
    follow(&run, 0, VB_FOLLOWED_DONE);
    follow(&run, 1, VB_FOLLOWED_DONE);
    answer(&run);
    answer(&run);
    assert_int_equal(vb_fold_view(run.fold)->at, VB_AT_OVERVIEW);
    assert_int_equal(follow(&run, 1, VB_FOLLOWED_NOT_YET), VB_E_DATA);
    assert_int_equal(follow_anew(&run, 1, VB_FOLLOWED_NOT_YET), VB_OK);
    assert_int_equal(vb_fold_view(run.fold)->at, VB_AT_OVERVIEW);
    assert_int_equal(vb_fold_followed(run.fold, 1), VB_FOLLOWED_NOT_YET);
    assert_int_equal(follow_anew(&run, 2, VB_FOLLOWED_DONE), VB_E_DATA);
    assert_int_equal(hold(&run, 2, true), VB_E_DATA);
    assert_int_equal(hold(&run, 1, true), VB_OK);
    assert_true(vb_fold_followed_held(run.fold, 1));
    assert_false(vb_fold_followed_held(run.fold, 0));
    assert_int_equal(hold(&run, 1, false), VB_OK);
    assert_false(vb_fold_followed_held(run.fold, 1));
    finish(&run);
}

static void bare(struct run *run, enum vb_event_type type)
{
    static const struct vb_sharing sharing;
    assert_int_equal(
        apply(run,
              (struct vb_event){ .type = type, .item = -1, .member = -1, .sharing = &sharing }),
        VB_OK);
}

static void a_correction_that_is_left_leaves_them_as_they_were(void **state)
{
    (void)state;
    struct run run = begin(2);
    follow(&run, 0, VB_FOLLOWED_DONE);
    follow(&run, 1, VB_FOLLOWED_DONE);
    answer(&run);
    answer(&run);
    bare(&run, VB_EVENT_SHARED);
    bare(&run, VB_EVENT_REOPENED);
    assert_int_equal(follow_anew(&run, 0, VB_FOLLOWED_NOT_YET), VB_OK);
    assert_int_equal(hold(&run, 1, true), VB_OK);
    for (int i = 0; i < 4; i++)
        assert_int_equal(back(&run), VB_OK);
    assert_agreement(&run, 0, VB_FOLLOWED_NOT_YET);
    assert_true(vb_fold_view(run.fold)->stands);
    bare(&run, VB_EVENT_STOPPED);
    assert_int_equal(vb_fold_view(run.fold)->at, VB_AT_SHARED);
    assert_int_equal(vb_fold_followed(run.fold, 0), VB_FOLLOWED_DONE);
    assert_false(vb_fold_followed_held(run.fold, 1));
    finish(&run);
}

/* Nothing is asked of this role, but what became of the agreements can still be told. */
static void a_session_of_agreements_alone_ends_at_the_overview_and_goes_back(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    struct run run = open_with(fixture_end(&f), &no_flow, 1, NULL, 0);
    follow(&run, 0, VB_FOLLOWED_DONE);
    assert_int_equal(vb_fold_view(run.fold)->at, VB_AT_OVERVIEW);
    assert_int_equal(back(&run), VB_OK);
    assert_agreement(&run, 0, VB_FOLLOWED_DONE);
    finish(&run);
}

static void who_joins_the_family_meanwhile_is_asked_about(void **state)
{
    (void)state;
    struct fixture f = fixture_begin();
    fixture_each(&f, VB_OP_EACH);
    fixture_ask(&f, fixture_item(&f, "each", VB_LIKERT), NULL);
    fixture_next(&f);
    struct run run = open_with(fixture_end(&f), &no_flow, 1, family, 1);
    struct vb_event event = { .type = VB_EVENT_ROSTER, .item = -1, .member = -1 };
    event.members = family;
    event.member_count = 2;
    assert_int_equal(apply(&run, event), VB_OK);
    assert_agreement(&run, 0, VB_FOLLOWED_NONE);
    struct vb_member left[] = { family[0], family[1] };
    left[0].gone = true;
    event.members = left;
    assert_int_equal(apply(&run, event), VB_OK);
    assert_agreement(&run, 0, VB_FOLLOWED_NONE);
    follow(&run, 0, VB_FOLLOWED_DONE);
    assert_item(&run, "each");
    assert_int_equal(vb_fold_view(run.fold)->member, 1);
    finish(&run);
}

/* A flow begins behind the agreements, each time anew, and with the roster of then. */
static void a_flow_begins_behind_the_agreements(void **state)
{
    (void)state;
    struct loaded loaded = load_text(
        "local v <const> = require \"verbond\"\n"
        "return v.instrument { id = \"one\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"
        "  basis = \"own\", source = \"a test\", title = { nl = \"Een\" }, languages = { \"nl\" "
        "},\n"
        "  status = { nl = \"draft\" }, respondents = { \"client\" },\n"
        "  formats = { standard = v.answers { { 1, nl = \"1\" }, { 4, nl = \"4\" } } },\n"
        "  flow = function(s) s:say(\"hello\") s:ask \"first\" s:ask \"second\" end,\n"
        "  v.likert \"first\" { text = { nl = \"A\" } },\n"
        "  v.likert \"second\" { text = { nl = \"B\" } },\n"
        "}\n");
    assert_int_equal(loaded.code, VB_OK);
    vb_findings_finish(&loaded.findings);
    struct vb_sandbox_options sandbox = { .limits = vb_limits_flow(), .clock = vb_clock_system() };
    struct run run = open_with(loaded.plan, &sandbox, 1, NULL, 0);
    assert_agreement(&run, 0, VB_FOLLOWED_NONE);
    follow(&run, 0, VB_FOLLOWED_DONE);
    assert_item(&run, "first");
    assert_int_equal(vb_fold_view(run.fold)->say_count, 1);
    answer(&run);
    assert_int_equal(back(&run), VB_OK);
    assert_int_equal(back(&run), VB_OK);
    assert_agreement(&run, 0, VB_FOLLOWED_DONE);
    follow(&run, 0, VB_FOLLOWED_NONE);
    answer(&run);
    answer(&run);
    assert_int_equal(vb_fold_view(run.fold)->at, VB_AT_OVERVIEW);
    finish(&run);
}

static void more_agreements_than_there_can_be_do_not_open_a_session(void **state)
{
    (void)state;
    struct run run = begin(0);
    struct vb_opened opened = *vb_fold_opened(run.fold);
    struct vb_fold *other = vb_fold_create(run.plan, &no_flow);
    struct vb_event event = { .type = VB_EVENT_OPENED, .seq = 1, .item = -1, .member = -1 };
    opened.last.agreement_count = VB_AGREEMENTS_MAX + 1;
    event.opened = &opened;
    assert_int_equal(vb_fold_apply(other, &event, &run.err), VB_E_LIMIT);
    vb_fold_destroy(other);
    finish(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_agreement_is_asked_before_the_first_item),
        cmocka_unit_test(without_agreements_the_first_item_comes_first),
        cmocka_unit_test(back_from_the_first_item_comes_to_the_agreements_and_through_them),
        cmocka_unit_test(at_the_overview_they_are_said_anew_and_held_back),
        cmocka_unit_test(a_correction_that_is_left_leaves_them_as_they_were),
        cmocka_unit_test(a_session_of_agreements_alone_ends_at_the_overview_and_goes_back),
        cmocka_unit_test(who_joins_the_family_meanwhile_is_asked_about),
        cmocka_unit_test(a_flow_begins_behind_the_agreements),
        cmocka_unit_test(more_agreements_than_there_can_be_do_not_open_a_session),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
