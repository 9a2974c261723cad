/* What every store does with outputs, and with the parcels that a revision writes. */
#include "store_suite_inner.h"

#include <stddef.h>

static struct vb_change output(const char *round, const char *name)
{
    return (struct vb_change){ .kind = VB_PUT_OUTPUT,
                               .output = { .round = round,
                                           .name = name,
                                           .plugin = "/plugins/jsonl.so",
                                           .purpose = VB_PURPOSE_DOSSIER,
                                           .content = VB_CONTENT_SCORES,
                                           .options = "{\"path\":\"/home/o.jsonl\"}" } };
}

static struct vb_change revision(int number, const char *reason)
{
    struct vb_change change = suite_revision("round-1", number);
    change.revision.reason = reason;
    change.revision.wall_ms = 7000 + number;
    return change;
}

static struct vb_change moved(const char *name, int number, enum vb_parcel_state state)
{
    return (struct vb_change){ .kind = VB_SET_PARCEL,
                               .parcel = { .round = "round-1",
                                           .output = name,
                                           .revision = number,
                                           .state = state,
                                           .attempts = 2,
                                           .due_wall_ms = 8500,
                                           .lease_wall_ms = 8600,
                                           .reason = "the disk is full",
                                           .changed_wall_ms = 8001 } };
}

/* round-1 (s1 of p1) of case c1, with an output of its own and one of every round. */
static void two_outputs(struct suite *suite)
{
    suite_one(suite->store, output("round-1", "own"));
    suite_begin_round(suite->store);
    suite_put(suite, output(NULL, "all"));
}

/* What query gives as "NUMBER ROUND/OUTPUT/REVISION STATE", a line each. */
static const char *told(struct suite *suite, struct vb_parcel_query query)
{
    struct vb_parcel_row *rows;
    const char *text = "";
    size_t count;
    READ(suite, parcels, &query, &suite->arena, &rows, &count);
    for (size_t i = 0; i < count; i++)
        text = vb_arena_printf(&suite->arena, "%s%d %s/%s/%d %s\n", text, (int)rows[i].number,
                               rows[i].round, rows[i].output, rows[i].revision,
                               vb_parcel_state_name(rows[i].state));
    return text;
}

static const struct vb_parcel_query every = { .state = VB_PARCEL_ANY };

static struct vb_parcel_row first_parcel(struct suite *suite)
{
    struct vb_parcel_row *rows;
    size_t count;
    READ(suite, parcels, &every, &suite->arena, &rows, &count);
    assert_true(count > 0);
    return rows[0];
}

/* -- outputs -- */

static void an_output_comes_back_and_the_last_word_counts(void **state)
{
    struct suite *suite = *state;
    struct vb_output_row *rows;
    size_t count;
    suite_put(suite, output("round-9", "jsonl")); /* its round may come later */
    suite_put(suite, output(NULL, "jsonl"));
    READ(suite, outputs, NULL, &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].round, "round-9");
    assert_null(rows[1].round);
    assert_string_equal(rows[0].name, "jsonl");
    assert_string_equal(rows[0].plugin, "/plugins/jsonl.so");
    assert_int_equal(rows[0].purpose, VB_PURPOSE_DOSSIER);
    assert_int_equal(rows[0].content, VB_CONTENT_SCORES);
    assert_string_equal(rows[0].options, "{\"path\":\"/home/o.jsonl\"}");
    assert_int_equal(rows[0].memory_mib, 0);
    assert_int_equal(rows[0].deadline_s, 0);
    struct vb_change anew = output("round-9", "jsonl");
    anew.output.plugin = "/plugins/other";
    anew.output.purpose = VB_PURPOSE_LOCAL;
    anew.output.content = VB_CONTENT_ITEMS;
    anew.output.options = "{}";
    anew.output.memory_mib = VB_MEMORY_NONE;
    anew.output.deadline_s = 90;
    suite_put(suite, anew);
    suite_put(suite, anew);
    READ(suite, outputs, NULL, &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].plugin, "/plugins/other");
    assert_int_equal(rows[0].purpose, VB_PURPOSE_LOCAL);
    assert_int_equal(rows[0].content, VB_CONTENT_ITEMS);
    assert_string_equal(rows[0].options, "{}");
    assert_int_equal(rows[0].memory_mib, VB_MEMORY_NONE);
    assert_int_equal(rows[0].deadline_s, 90);
    assert_string_equal(rows[1].plugin, "/plugins/jsonl.so");
}

static void a_round_goes_to_its_own_outputs_and_to_those_of_every_round(void **state)
{
    struct suite *suite = *state;
    struct vb_output_row *rows;
    size_t count;
    const struct vb_change changes[] = { output(NULL, "a"), output(NULL, "b"),
                                         output("round-1", "b"), output("round-2", "c"),
                                         output("round-1", "d") };
    suite_commit(suite->store, changes, 5);
    suite_again(suite);
    READ(suite, outputs, "round-1", &suite->arena, &rows, &count);
    assert_int_equal(count, 3);
    assert_string_equal(rows[0].name, "a");
    assert_string_equal(rows[1].name, "b");
    assert_string_equal(rows[1].round, "round-1"); /* in the place of the other b */
    assert_string_equal(rows[2].name, "d");
    READ(suite, outputs, "round-7", &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
}

/* -- a revision writes parcels -- */

static void a_revision_writes_a_waiting_parcel_for_each_output(void **state)
{
    struct suite *suite = *state;
    two_outputs(suite);
    assert_string_equal(told(suite, every), "");
    suite_put(suite, revision(1, "released"));
    assert_string_equal(told(suite, every), "1 round-1/own/1 waiting\n2 round-1/all/1 waiting\n");
    struct vb_parcel_row row = first_parcel(suite);
    assert_string_equal(row.case_id, "c1");
    assert_int_equal(row.attempts, 0);
    assert_int_equal(row.due_wall_ms, 7001);
    assert_int_equal(row.lease_wall_ms, 0);
    assert_int_equal(row.changed_wall_ms, 7001);
    assert_string_equal(row.reason, "");
    suite_put(suite, revision(1, "released")); /* sent again: nothing twice */
    suite_put(suite, revision(2, "talk"));
    assert_string_equal(told(suite, every), "1 round-1/own/1 waiting\n2 round-1/all/1 waiting\n"
                                            "3 round-1/own/2 waiting\n4 round-1/all/2 waiting\n");
}

static void a_revision_that_is_refused_writes_no_parcel(void **state)
{
    struct suite *suite = *state;
    two_outputs(suite);
    const struct vb_change bad[] = { revision(2, "erased"), suite_event("s9", 1, "") };
    suite_put(suite, revision(1, "released"));
    suite_one_refused(suite->store, revision(3, "erased"), VB_E_CONFLICT, NULL);
    suite_refused(suite->store, bad, 2, VB_E_ABSENT, NULL);
    suite_again(suite);
    assert_string_equal(told(suite, every), "1 round-1/own/1 waiting\n2 round-1/all/1 waiting\n");
}

static void an_output_that_comes_later_gets_what_comes_later(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_put(suite, revision(1, "released"));
    suite_put(suite, output("round-1", "late"));
    assert_string_equal(told(suite, every), "");
    suite_put(suite, revision(2, "talk"));
    assert_string_equal(told(suite, every), "1 round-1/late/2 waiting\n");
}

static void a_parcel_of_a_round_without_case_has_none(void **state)
{
    struct suite *suite = *state;
    const struct vb_change changes[] = { suite_instrument(&suite_plan),
                                         suite_round("round-1", NULL, "t0"), output(NULL, "all"),
                                         revision(1, "released") };
    suite_commit(suite->store, changes, 4);
    suite_again(suite);
    assert_null(first_parcel(suite).case_id);
}

/* -- parcels move on -- */

static void a_parcel_that_moved_on_comes_back_field_by_field(void **state)
{
    struct suite *suite = *state;
    two_outputs(suite);
    suite_put(suite, revision(1, "released"));
    suite_put(suite, moved("own", 1, VB_PARCEL_WAITING));
    suite_put(suite, moved("own", 1, VB_PARCEL_WAITING)); /* of unknown outcome: sent again */
    struct vb_parcel_row row = first_parcel(suite);
    assert_int_equal(row.number, 1);
    assert_int_equal(row.state, VB_PARCEL_WAITING);
    assert_int_equal(row.attempts, 2);
    assert_int_equal(row.due_wall_ms, 8500);
    assert_int_equal(row.lease_wall_ms, 8600);
    assert_int_equal(row.changed_wall_ms, 8001);
    assert_string_equal(row.reason, "the disk is full");
    assert_string_equal(row.case_id, "c1");
    suite_one_refused(suite->store, moved("other", 1, VB_PARCEL_DEAD), VB_E_ABSENT,
                      "round-1/other/1");
    suite_one_refused(suite->store, moved("own", 2, VB_PARCEL_DEAD), VB_E_ABSENT, NULL);
}

static void a_parcel_becomes_only_what_it_may(void **state)
{
    static const char may[5][6] = {
        /*            waiting delivered dead dropped replaced */
        "yyyyy", /* waiting */
        "nynnn", /* delivered */
        "ynyyn", /* dead */
        "nynyn", /* dropped */
        "nynny", /* replaced */
    };
    struct suite *suite = *state;
    two_outputs(suite);
    for (int from = 0; from < 5; from++)
        for (int to = 0; to < 5; to++) {
            int number = from * 5 + to + 1;
            struct vb_change change = moved("own", number, (enum vb_parcel_state)to);
            suite_one(suite->store, revision(number, "talk"));
            suite_one(suite->store, moved("own", number, (enum vb_parcel_state)from));
            if (may[from][to] == 'y')
                suite_one(suite->store, change);
            else
                suite_one_refused(suite->store, change, VB_E_CONFLICT, "it cannot become");
        }
}

static void parcels_are_asked_for_by_state_round_and_page(void **state)
{
    struct suite *suite = *state;
    two_outputs(suite);
    const struct vb_change changes[] = {
        suite_round("round-2", "c1", "t1"), revision(1, "released"),
        suite_revision("round-2", 1),       revision(2, "talk"),
        moved("all", 1, VB_PARCEL_DEAD),
    };
    suite_commit(suite->store, changes, 5);
    suite_again(suite);
    assert_string_equal(told(suite, (struct vb_parcel_query){ 0 }),
                        "1 round-1/own/1 waiting\n3 round-2/all/1 waiting\n"
                        "4 round-1/own/2 waiting\n5 round-1/all/2 waiting\n");
    assert_string_equal(told(suite, (struct vb_parcel_query){ .state = VB_PARCEL_DEAD }),
                        "2 round-1/all/1 dead\n");
    assert_string_equal(told(suite, (struct vb_parcel_query){ .round = "round-2" }),
                        "3 round-2/all/1 waiting\n");
    assert_string_equal(
        told(suite,
             (struct vb_parcel_query){ .round = "round-1", .state = VB_PARCEL_ANY, .after = 1 }),
        "2 round-1/all/1 dead\n4 round-1/own/2 waiting\n5 round-1/all/2 waiting\n");
    assert_string_equal(told(suite, (struct vb_parcel_query){ .after = 1, .most = 2 }),
                        "3 round-2/all/1 waiting\n4 round-1/own/2 waiting\n");
    assert_string_equal(told(suite, (struct vb_parcel_query){ .round = "none" }), "");
}

/* -- taken back -- */

static void what_takes_back_replaces_what_did_not_go_out(void **state)
{
    static const char *const reasons[] = { "withdrawn", "erased" };
    struct suite *suite = *state;
    two_outputs(suite);
    for (int i = 0; i < 2; i++) {
        int first = 4 * i;
        suite_one(suite->store, revision(first + 1, "released"));
        suite_one(suite->store, revision(first + 2, "late"));
        suite_one(suite->store, revision(first + 3, "corrected"));
        suite_one(suite->store, moved("own", first + 1, VB_PARCEL_DELIVERED));
        suite_one(suite->store, moved("own", first + 2, VB_PARCEL_DEAD));
        suite_one(suite->store, moved("all", first + 2, VB_PARCEL_DROPPED));
        suite_put(suite, revision(first + 4, reasons[i]));
    }
    assert_string_equal(told(suite, every), "1 round-1/own/1 delivered\n2 round-1/all/1 replaced\n"
                                            "3 round-1/own/2 replaced\n4 round-1/all/2 dropped\n"
                                            "5 round-1/own/3 replaced\n6 round-1/all/3 replaced\n"
                                            "7 round-1/own/4 replaced\n8 round-1/all/4 replaced\n"
                                            "9 round-1/own/5 delivered\n10 round-1/all/5 replaced\n"
                                            "11 round-1/own/6 replaced\n12 round-1/all/6 dropped\n"
                                            "13 round-1/own/7 replaced\n14 round-1/all/7 replaced\n"
                                            "15 round-1/own/8 waiting\n16 round-1/all/8 waiting\n");
    struct vb_parcel_row *rows;
    size_t count;
    READ(suite, parcels, &every, &suite->arena, &rows, &count);
    assert_int_equal(rows[2].lease_wall_ms, 0);
    assert_int_equal(rows[2].changed_wall_ms, 7004);
    assert_int_equal(rows[2].attempts, 2);
    assert_string_equal(rows[2].reason, "");
}

static void a_recall_goes_only_to_who_may_have_something(void **state)
{
    struct suite *suite = *state;
    struct vb_change recall = revision(2, "erased");
    recall.revision.recall = true;
    two_outputs(suite);
    suite_one(suite->store, output("round-1", "tried"));
    suite_one(suite->store, revision(1, "released"));
    suite_one(suite->store, moved("all", 1, VB_PARCEL_DELIVERED));
    suite_one(suite->store, moved("tried", 1, VB_PARCEL_WAITING)); /* no answer came, yet */
    suite_put(suite, recall);
    assert_string_equal(told(suite, every), "1 round-1/own/1 replaced\n2 round-1/all/1 delivered\n"
                                            "3 round-1/tried/1 replaced\n4 round-1/all/2 waiting\n"
                                            "5 round-1/tried/2 waiting\n");
}

static const char *reason_after(struct suite *suite, struct vb_change erasure)
{
    two_outputs(suite);
    const struct vb_change changes[] = {
        suite_person("p2", "c1"),
        suite_person("p3", "c1"),
        suite_session("s2", "round-1", "p2"),
        revision(1, "released"),
        moved("own", 1, VB_PARCEL_DEAD),
    };
    suite_commit(suite->store, changes, 5);
    suite_again(suite);
    assert_string_equal(first_parcel(suite).reason, "the disk is full");
    suite_put(suite, erasure);
    return first_parcel(suite).reason;
}

/* Whatever a plugin repeated of somebody is gone with that person. */
static void a_reason_goes_with_a_person(void **state)
{
    assert_string_equal(reason_after(*state, suite_erase(VB_ERASE_PERSON, "p1")), "");
}

static void a_reason_goes_with_a_session(void **state)
{
    assert_string_equal(reason_after(*state, suite_erase(VB_ERASE_SESSION, "s2")), "");
}

static void a_reason_goes_with_somebody_who_never_began(void **state)
{
    assert_string_equal(reason_after(*state, suite_erase(VB_ERASE_PERSON, "p3")), "");
}

static void a_reason_can_be_given_when_everybody_is_gone(void **state)
{
    struct suite *suite = *state;
    two_outputs(suite);
    suite_one(suite->store, revision(1, "released"));
    suite_put(suite, suite_erase(VB_ERASE_PERSON, "p1"));
    suite_put(suite, moved("own", 1, VB_PARCEL_DEAD));
    assert_string_equal(first_parcel(suite).reason, "the disk is full");
}

int store_suite_run_parcels(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(an_output_comes_back_and_the_last_word_counts),
        SUITE_TEST(a_round_goes_to_its_own_outputs_and_to_those_of_every_round),
        SUITE_TEST(a_revision_writes_a_waiting_parcel_for_each_output),
        SUITE_TEST(a_revision_that_is_refused_writes_no_parcel),
        SUITE_TEST(an_output_that_comes_later_gets_what_comes_later),
        SUITE_TEST(a_parcel_of_a_round_without_case_has_none),
        SUITE_TEST(a_parcel_that_moved_on_comes_back_field_by_field),
        SUITE_TEST(a_parcel_becomes_only_what_it_may),
        SUITE_TEST(parcels_are_asked_for_by_state_round_and_page),
        SUITE_TEST(what_takes_back_replaces_what_did_not_go_out),
        SUITE_TEST(a_recall_goes_only_to_who_may_have_something),
        SUITE_TEST(a_reason_goes_with_a_person),
        SUITE_TEST(a_reason_goes_with_a_session),
        SUITE_TEST(a_reason_goes_with_somebody_who_never_began),
        SUITE_TEST(a_reason_can_be_given_when_everybody_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
