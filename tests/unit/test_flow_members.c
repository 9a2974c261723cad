#include "flows.h"

static const struct vb_value skipped = { .type = VB_VALUE_MISSING, .number = VB_MISSING_SKIPPED };

static const struct vb_member family[] = {
    { .person = "person1", .role = "youth", .label = "Sam", .form = "short" },
    { .person = "person2", .role = "parent", .label = "Kim" },
    { .person = "person3", .role = "grandparent" },
};

static void begin_family(struct flow_fixture *fix, const char *body)
{
    fixture_begin(fix);
    fixture_item(fix, "plain", VB_LIKERT);
    fixture_item(fix, "each", VB_LIKERT)->per_member = true;
    struct vb_item *about = fixture_item(fix, "about", VB_LIKERT);
    about->per_member = about->about = true;
    fix->opened.members = family;
    fix->opened.member_count = 3;
    fixture_flow(fix, body);
    assert_int_equal(fixture_open(fix), VB_OK);
}

static void every_member_is_asked_about_in_turn(void **state)
{
    (void)state;
    struct flow_fixture fix;
    const struct vb_value one = vb_value_int(1);
    begin_family(&fix, "for _, m in ipairs(s.members) do s:ask('each', m) end "
                       "s:say(tostring(s:reason('each', 'parent:Kim')))");
    for (int i = 0; i < 3; i++) {
        assert_asks(&fix, i == 0 ? NULL : i == 2 ? &skipped : &one, "each");
        assert_int_equal(fix.at.member, i);
    }
    assert_says(&fix, &one, "skipped");
    assert_done(&fix, NULL);
    fixture_end(&fix);
}

static void persons_are_described_alike(void **state)
{
    (void)state;
    struct flow_fixture fix;
    begin_family(&fix, "local function tell(m) s:say(m.id .. '|' .. m.role .. '|' .. "
                       "tostring(m.label) .. '|' .. tostring(m.form)) end "
                       "tell(s.me) tell(s.members[1]) tell(s.members[3]) s:say('' .. #s.members)");
    assert_says(&fix, NULL, "youth:Sam|youth|Sam|nil");
    assert_says(&fix, NULL, "youth:Sam|youth|Sam|short");
    assert_says(&fix, NULL, "grandparent|grandparent|nil|nil");
    assert_says(&fix, NULL, "3");
    assert_done(&fix, NULL);
    fixture_end(&fix);
}

static void assert_family_stops(const char *body, const char *part)
{
    struct flow_fixture fix;
    const struct vb_value one = vb_value_int(1);
    begin_family(&fix, body);
    fixture_step(&fix, NULL);
    while (fix.code == VB_OK && fix.at.step != VB_FLOW_DONE)
        fixture_step(&fix, fix.at.step == VB_FLOW_ASK ? &one : NULL);
    if (fix.code != VB_E_SCRIPT || strstr(fix.err.text, part) == NULL)
        fail_msg("%s\n  gave %d: %s", body, fix.code, fix.code == VB_OK ? "done" : fix.err.text);
    fixture_end(&fix);
}

static void a_member_is_given_where_one_is_due(void **state)
{
    (void)state;
    assert_family_stops("s:ask 'each'", "\"each\" is asked per member; give one of s.members");
    assert_family_stops("s:ask('each', 'parent:Kin')", "there is no member \"parent:Kin\"");
    assert_family_stops("s:ask('each', { id = 'parent:Kim' })", "not one of s.members");
    assert_family_stops("s:ask('each', 2)", "a member is one of s.members or its id, not number");
    assert_family_stops("s:ask('each', 'parent:Kim') s:ask('each', s.members[2])",
                        "was asked already of this member");
    assert_family_stops("s:ask('about', 'parent:Kim')", "a member answers it only of itself");
    assert_family_stops("s:earlier 'each'", "asked per member");
}

static void somebody_outside_the_roster_answers_about_every_member(void **state)
{
    (void)state;
    struct flow_fixture fix;
    begin_family(&fix, "s:ask('about', 'parent:Kim')");
    fix.opened.role = "professional";
    fix.opened.person = "worker";
    assert_int_equal(fixture_open(&fix), VB_OK);
    assert_asks(&fix, NULL, "about");
    assert_int_equal(fix.at.member, 1);
    fixture_end(&fix);
}

static void a_new_roster_is_read_from_then_on(void **state)
{
    (void)state;
    struct flow_fixture fix;
    const struct vb_value one = vb_value_int(1);
    struct vb_member changed[4];
    memcpy(changed, family, sizeof family);
    changed[1].gone = true;
    changed[3] = (struct vb_member){ .person = "person4", .role = "uncle", .label = "Jo" };
    begin_family(&fix, "local old = s.members s:ask 'plain' "
                       "s:say(#old .. ' ' .. #s.members .. ' ' .. s.members[3].id) "
                       "for _, m in ipairs(old) do s:ask('each', m) end "
                       "s:ask('each', s.members[3])");
    assert_asks(&fix, NULL, "plain");
    vb_flow_roster(fix.flow, changed, 4);
    assert_says(&fix, &one, "3 3 uncle:Jo");
    for (int i = 0; i < 3; i++) {
        assert_asks(&fix, i == 0 ? NULL : &one, "each");
        assert_int_equal(fix.at.member, i);
    }
    assert_asks(&fix, &one, "each");
    assert_int_equal(fix.at.member, 3);
    assert_done(&fix, &one);
    fixture_end(&fix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_is_asked_about_in_turn),
        cmocka_unit_test(persons_are_described_alike),
        cmocka_unit_test(a_member_is_given_where_one_is_due),
        cmocka_unit_test(somebody_outside_the_roster_answers_about_every_member),
        cmocka_unit_test(a_new_roster_is_read_from_then_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
