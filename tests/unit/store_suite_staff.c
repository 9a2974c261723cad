/* What every store does with accounts, tokens, and whose a case is. */
#include "store_suite_inner.h"

static struct vb_change staff(const char *name, const char *roles)
{
    return (struct vb_change){ .kind = VB_PUT_STAFF,
                               .staff = { .name = name,
                                          .roles = roles,
                                          .secrets = "{\"password\":\"$argon2id$x\"}",
                                          .created_wall_ms = 100,
                                          .seen_wall_ms = 200 } };
}

static struct vb_change token(const char *hash, enum vb_token_kind kind)
{
    return (struct vb_change){ .kind = VB_PUT_TOKEN,
                               .token = { .hash = hash,
                                          .kind = kind,
                                          .round = "round-1",
                                          .body = "{\"role\":\"client\"}",
                                          .created_wall_ms = 300,
                                          .until_wall_ms = 400 } };
}

static struct vb_change token_for(const char *hash, const char *person)
{
    struct vb_change change = token(hash, VB_TOKEN_SEAT);
    change.token.person = person;
    return change;
}

static struct vb_change token_of(const char *hash, const char *name)
{
    struct vb_change change = token(hash, VB_TOKEN_STAFF);
    change.token.round = NULL;
    change.token.staff = name;
    return change;
}

static struct vb_change ends(struct vb_token_query query)
{
    return (struct vb_change){ .kind = VB_END_TOKENS, .tokens = query };
}

static struct vb_change forgets(int64_t before_wall_ms)
{
    return (struct vb_change){ .kind = VB_FORGET_TOKENS,
                               .tokens = { .before_wall_ms = before_wall_ms } };
}

static struct vb_change assignment(const char *name, const char *case_id, int64_t from)
{
    return (struct vb_change){ .kind = VB_PUT_ASSIGNMENT,
                               .assignment = {
                                   .case_id = case_id, .staff = name, .from_wall_ms = from } };
}

/* What query gives: "HASH KIND" and "over" or the body, a line each. */
static const char *told(struct suite *suite, struct vb_token_query query)
{
    struct vb_token_row *rows;
    const char *text = "";
    size_t count;
    READ(suite, tokens, &query, &suite->arena, &rows, &count);
    for (size_t i = 0; i < count; i++)
        text = vb_arena_printf(&suite->arena, "%s%s %s %s%s\n", text, rows[i].hash,
                               vb_token_kind_name(rows[i].kind), rows[i].over ? "over" : "",
                               rows[i].body);
    return text;
}

static const struct vb_token_query every = { 0 };

/* -- staff -- */

static void an_account_comes_back_and_the_last_word_counts(void **state)
{
    struct suite *suite = *state;
    struct vb_staff_row *rows;
    size_t count;
    suite_put(suite, staff("els", "worker"));
    suite_put(suite, staff("anna", "worker,convenor"));
    READ(suite, staff, "", &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].name, "anna"); /* by name */
    assert_string_equal(rows[0].roles, "worker,convenor");
    assert_string_equal(rows[0].secrets, "{\"password\":\"$argon2id$x\"}");
    assert_false(rows[0].disabled);
    assert_int_equal(rows[0].created_wall_ms, 100);
    assert_int_equal(rows[0].seen_wall_ms, 200);
    struct vb_change anew = staff("els", "admin");
    anew.staff.secrets = "{}";
    anew.staff.disabled = true;
    anew.staff.seen_wall_ms = 900;
    suite_put(suite, anew);
    READ(suite, staff, "e", &suite->arena, &rows, &count);
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].roles, "admin");
    assert_string_equal(rows[0].secrets, "{}");
    assert_true(rows[0].disabled);
    assert_int_equal(rows[0].seen_wall_ms, 900);
    READ(suite, staff, "E", &suite->arena, &rows, &count);
    assert_int_equal(count, 0);
}

/* -- tokens -- */

static void a_token_comes_back_field_by_field(void **state)
{
    struct suite *suite = *state;
    struct vb_token_row *rows;
    size_t count;
    suite_begin_round(suite->store);
    suite_put(suite, token_for("h1", "p1"));
    READ(suite, tokens, &(struct vb_token_query){ .hash = "h1" }, &suite->arena, &rows, &count);
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].hash, "h1");
    assert_int_equal(rows[0].kind, VB_TOKEN_SEAT);
    assert_null(rows[0].staff);
    assert_string_equal(rows[0].round, "round-1");
    assert_string_equal(rows[0].person, "p1");
    assert_string_equal(rows[0].body, "{\"role\":\"client\"}");
    assert_int_equal(rows[0].created_wall_ms, 300);
    assert_int_equal(rows[0].until_wall_ms, 400);
    assert_false(rows[0].over);
    READ(suite, tokens, &(struct vb_token_query){ .hash = "h" }, &suite->arena, &rows, &count);
    assert_int_equal(count, 0); /* no prefix will do */
}

static void tokens_are_asked_for_by_hash_round_staff_and_kind(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_one(suite->store, staff("els", "worker"));
    suite_one(suite->store, token("h1", VB_TOKEN_INVITATION));
    suite_one(suite->store, token("h2", VB_TOKEN_CODE));
    suite_put(suite, token_of("h3", "els"));
    assert_string_equal(told(suite, every), "h1 invitation {\"role\":\"client\"}\n"
                                            "h2 code {\"role\":\"client\"}\n"
                                            "h3 staff {\"role\":\"client\"}\n");
    assert_string_equal(
        told(suite, (struct vb_token_query){ .round = "round-1", .kinds = 1 << VB_TOKEN_CODE }),
        "h2 code {\"role\":\"client\"}\n");
    assert_string_equal(told(suite, (struct vb_token_query){ .staff = "els" }),
                        "h3 staff {\"role\":\"client\"}\n");
    assert_string_equal(told(suite, (struct vb_token_query){ .staff = "an" }), "");
    assert_string_equal(told(suite, (struct vb_token_query){ .hash = "h1", .round = "round-2" }),
                        "");
}

static void a_token_names_only_what_is_there(void **state)
{
    struct suite *suite = *state;
    suite_one_refused(suite->store, token("h1", VB_TOKEN_SEAT), VB_E_ABSENT,
                      "no round \"round-1\"");
    suite_begin_round(suite->store);
    suite_one_refused(suite->store, token_of("h1", "els"), VB_E_ABSENT, "els");
    suite_one_refused(suite->store, token_for("h1", "p9"), VB_E_ABSENT, "p9");
    assert_string_equal(told(suite, every), "");
}

static void a_token_that_is_over_holds_nothing_and_stays_over(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_one(suite->store, token("h1", VB_TOKEN_INVITATION));
    suite_one(suite->store, token("h2", VB_TOKEN_INVITATION));
    suite_put(suite, ends((struct vb_token_query){ .hash = "h1" }));
    assert_string_equal(told(suite, every),
                        "h1 invitation over\nh2 invitation {\"role\":\"client\"}\n");
    suite_one_refused(suite->store, token("h1", VB_TOKEN_INVITATION), VB_E_CONFLICT, "is over");
    suite_put(suite, ends((struct vb_token_query){ .round = "round-1" }));
    assert_string_equal(told(suite, every), "h1 invitation over\nh2 invitation over\n");
}

static void an_ending_reaches_only_what_it_names(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_one(suite->store, staff("els", "worker"));
    suite_one(suite->store, staff("anna", "worker"));
    suite_one(suite->store, token_of("h1", "els"));
    suite_one(suite->store, token_of("h2", "anna"));
    suite_one(suite->store, token("h3", VB_TOKEN_SEAT));
    suite_put(suite, ends((struct vb_token_query){ .staff = "els" }));
    assert_string_equal(told(suite, (struct vb_token_query){ .staff = "els" }), "h1 staff over\n");
    assert_string_equal(told(suite, (struct vb_token_query){ .staff = "anna" }),
                        "h2 staff {\"role\":\"client\"}\n");
    suite_put(suite, ends((struct vb_token_query){ .kinds = 1 << VB_TOKEN_SEAT }));
    assert_string_equal(told(suite, (struct vb_token_query){ .round = "round-1" }),
                        "h3 seat over\n");
    suite_put(suite, ends(every));
    assert_string_equal(told(suite, (struct vb_token_query){ .staff = "anna" }), "h2 staff over\n");
}

static void tokens_whose_time_has_gone_are_forgotten(void **state)
{
    struct suite *suite = *state;
    struct vb_change late = token("h2", VB_TOKEN_SEAT);
    late.token.until_wall_ms = 401;
    suite_begin_round(suite->store);
    suite_one(suite->store, token("h1", VB_TOKEN_SEAT));
    suite_one(suite->store, late);
    suite_put(suite, forgets(400));
    assert_string_equal(told(suite, every), "h1 seat {\"role\":\"client\"}\n"
                                            "h2 seat {\"role\":\"client\"}\n");
    suite_put(suite, forgets(401));
    assert_string_equal(told(suite, every), "h2 seat {\"role\":\"client\"}\n");
    suite_put(suite, token("h1", VB_TOKEN_SEAT)); /* nobody remembers it */
}

static void a_round_that_is_closed_or_erased_lets_nobody_in(void **state)
{
    static const enum vb_round_state states[] = { VB_ROUND_RELEASED, VB_ROUND_WITHDRAWN,
                                                  VB_ROUND_ERASED };
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    for (int i = 0; i < 3; i++) {
        const char *id = vb_arena_printf(&suite->arena, "r%d", i);
        struct vb_change round = suite_round(id, "c1", id), mine = token(id, VB_TOKEN_INVITATION);
        mine.token.round = id;
        suite_one(suite->store, round);
        suite_one(suite->store, mine);
        round.kind = VB_SET_ROUND;
        round.round.state = states[i];
        suite_put(suite, round);
    }
    assert_string_equal(told(suite, every), "r0 invitation {\"role\":\"client\"}\n"
                                            "r1 invitation over\nr2 invitation over\n");
}

/* Two persons of a case with two rounds: p1 has answered in the first, p2 in none. */
static void people_with_tokens(struct suite *suite)
{
    struct vb_change second = token_for("of-p1-later", "p1");
    struct vb_change elsewhere = token("elsewhere", VB_TOKEN_INVITATION);
    suite_begin_round(suite->store);
    suite_one(suite->store, suite_person("p2", "c1"));
    suite_one(suite->store, suite_round("round-2", "c1", "t1"));
    suite_one(suite->store, suite_case("c2"));
    suite_one(suite->store, suite_round("round-3", "c2", "t0"));
    second.token.round = "round-2";
    elsewhere.token.round = "round-3";
    suite_one(suite->store, token_for("of-p1", "p1"));
    suite_one(suite->store, token_for("of-p2", "p2"));
    suite_one(suite->store, token("unknown", VB_TOKEN_INVITATION));
    suite_one(suite->store, second);
    suite_put(suite, elsewhere);
}

static void tokens_go_with_the_person_they_are_for(void **state)
{
    struct suite *suite = *state;
    people_with_tokens(suite);
    suite_put(suite, suite_erase(VB_ERASE_PERSON, "p1"));
    assert_string_equal(told(suite, every), "of-p1 seat over\nof-p2 seat {\"role\":\"client\"}\n"
                                            "unknown invitation over\nof-p1-later seat over\n"
                                            "elsewhere invitation {\"role\":\"client\"}\n");
    suite_one_refused(suite->store, token_for("of-p1", "p1"),
                      suite_has_keys() ? VB_E_ABSENT : VB_E_CONFLICT, NULL);
}

static void tokens_go_with_somebody_who_never_began(void **state)
{
    struct suite *suite = *state;
    people_with_tokens(suite);
    suite_put(suite, suite_erase(VB_ERASE_PERSON, "p2"));
    assert_string_equal(told(suite, every),
                        "of-p1 seat {\"role\":\"client\"}\nof-p2 seat over\n"
                        "unknown invitation over\nof-p1-later seat {\"role\":\"client\"}\n"
                        "elsewhere invitation {\"role\":\"client\"}\n");
}

static void tokens_of_a_round_go_with_a_session_of_it(void **state)
{
    struct suite *suite = *state;
    people_with_tokens(suite);
    suite_put(suite, suite_erase(VB_ERASE_SESSION, "s1"));
    assert_string_equal(told(suite, every),
                        "of-p1 seat over\nof-p2 seat {\"role\":\"client\"}\n"
                        "unknown invitation over\nof-p1-later seat {\"role\":\"client\"}\n"
                        "elsewhere invitation {\"role\":\"client\"}\n");
}

static void a_commit_that_is_refused_ends_no_token(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_one(suite->store, token("h1", VB_TOKEN_SEAT));
    const struct vb_change changes[] = { ends(every), forgets(9000),
                                         suite_erase(VB_ERASE_SESSION, "s9") };
    suite_refused(suite->store, changes, 3, VB_E_ABSENT, NULL);
    suite_again(suite);
    assert_string_equal(told(suite, every), "h1 seat {\"role\":\"client\"}\n");
}

/* -- assignments -- */

static void a_case_is_somebodys_for_a_time(void **state)
{
    struct suite *suite = *state;
    struct vb_assignment_row *rows;
    size_t count;
    suite_one_refused(suite->store, assignment("els", "c1", 10), VB_E_ABSENT, "els");
    suite_one(suite->store, staff("els", "worker"));
    suite_one(suite->store, staff("anna", "worker"));
    suite_one_refused(suite->store, assignment("els", "c1", 10), VB_E_ABSENT, "c1");
    suite_one(suite->store, suite_case("c1"));
    suite_one(suite->store, assignment("els", "c1", 10));
    suite_one(suite->store, assignment("anna", "c1", 10));
    struct vb_change ended = assignment("els", "c1", 10);
    ended.assignment.until_wall_ms = 50;
    suite_one(suite->store, ended);
    suite_put(suite, assignment("els", "c1", 60));
    READ(suite, assignments, NULL, &suite->arena, &rows, &count);
    assert_int_equal(count, 3);
    READ(suite, assignments, "els", &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].case_id, "c1");
    assert_string_equal(rows[0].staff, "els");
    assert_int_equal(rows[0].from_wall_ms, 10);
    assert_int_equal(rows[0].until_wall_ms, 50);
    assert_int_equal(rows[1].from_wall_ms, 60);
    assert_int_equal(rows[1].until_wall_ms, 0);
}

int store_suite_run_staff(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(an_account_comes_back_and_the_last_word_counts),
        SUITE_TEST(a_token_comes_back_field_by_field),
        SUITE_TEST(tokens_are_asked_for_by_hash_round_staff_and_kind),
        SUITE_TEST(a_token_names_only_what_is_there),
        SUITE_TEST(a_token_that_is_over_holds_nothing_and_stays_over),
        SUITE_TEST(an_ending_reaches_only_what_it_names),
        SUITE_TEST(tokens_whose_time_has_gone_are_forgotten),
        SUITE_TEST(a_round_that_is_closed_or_erased_lets_nobody_in),
        SUITE_TEST(tokens_go_with_the_person_they_are_for),
        SUITE_TEST(tokens_go_with_somebody_who_never_began),
        SUITE_TEST(tokens_of_a_round_go_with_a_session_of_it),
        SUITE_TEST(a_commit_that_is_refused_ends_no_token),
        SUITE_TEST(a_case_is_somebodys_for_a_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
