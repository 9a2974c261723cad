#include "store_suite_inner.h"

static const struct store_maker *making;

int suite_set_up(void **state)
{
    struct suite *suite = calloc(1, sizeof *suite);
    suite->place = making->begin();
    suite->store = making->open(suite->place);
    *state = suite;
    return suite->store == NULL ? -1 : 0;
}

bool suite_takes_parts(void)
{
    return making->parts;
}

bool suite_has_keys(void)
{
    return making->keys;
}

int suite_tear_down(void **state)
{
    struct suite *suite = *state;
    vb_store_destroy(suite->store);
    making->end(suite->place);
    vb_arena_finish(&suite->arena);
    free(suite);
    return 0;
}

void suite_again(struct suite *suite)
{
    suite->store = making->reopen(suite->place, suite->store);
    assert_non_null(suite->store);
}

void suite_wait(struct suite *suite)
{
    if (making->wait != NULL)
        making->wait(suite->store);
}

void suite_put(struct suite *suite, struct vb_change change)
{
    suite_one(suite->store, change);
    suite_again(suite);
}

/* -- what was put comes back -- */

static void an_empty_store_has_nothing(void **state)
{
    struct suite *suite = *state;
    struct vb_arena *arena = &suite->arena;
    size_t count = 9;
    READ(suite, rounds, arena, &(struct vb_round_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, case_rounds, "c1", arena, &(struct vb_round_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, persons, "c1", arena, &(struct vb_person_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, sessions, "round-1", arena, &(struct vb_session_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, events, "s1", 1, arena, &(struct vb_event_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, revisions, "round-1", arena, &(struct vb_revision_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, audit, arena, &(struct vb_audit_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, cases, arena, &(struct vb_case_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, prefix_persons, "", arena, &(struct vb_person_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, person_sessions, "p1", arena, &(struct vb_session_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, session_blobs, "s1", arena, &(struct vb_blob_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, erasures, arena, &(struct vb_erasure_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, settings, "", arena, &(struct vb_setting_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, outputs, NULL, arena, &(struct vb_output_row *){ NULL }, &count);
    assert_int_equal(count, 0);
    READ(suite, parcels, &(struct vb_parcel_query){ 0 }, arena, &(struct vb_parcel_row *){ NULL },
         &count);
    assert_int_equal(count, 0);
    READ_NOT(suite, VB_E_ABSENT, case_row, "c1", arena, &(struct vb_case_row){ 0 });
    READ_NOT(suite, VB_E_ABSENT, person, "p1", arena, &(struct vb_person_row){ 0 });
    READ_NOT(suite, VB_E_ABSENT, session, "s1", arena, &(struct vb_session_row){ 0 });
    READ_NOT(suite, VB_E_ABSENT, blob, "sha256:b", arena, &(struct vb_blob_row){ 0 });
    READ_NOT(suite, VB_E_ABSENT, version, "talk", "1.0.0", arena, &(const char *){ NULL });
}

static void a_round_comes_back_field_by_field(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_again(suite);
    struct vb_round_row *rows, want = suite_round("round-1", "c1", "t0").round;
    size_t count;
    READ(suite, rounds, &suite->arena, &rows, &count);
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].id, want.id);
    assert_string_equal(rows[0].case_id, want.case_id);
    assert_string_equal(rows[0].instrument, want.instrument);
    assert_string_equal(rows[0].version, want.version);
    assert_string_equal(rows[0].digest, want.digest);
    assert_string_equal(rows[0].wave, want.wave);
    assert_string_equal(rows[0].format, want.format);
    assert_string_equal(rows[0].form, want.form);
    assert_null(rows[0].variant);
    assert_string_equal(rows[0].setting, want.setting);
    assert_string_equal(rows[0].with, want.with);
    assert_int_equal(rows[0].state, VB_ROUND_OPEN);
    assert_int_equal(rows[0].created_wall_ms, want.created_wall_ms);
    assert_true(rows[0].simulated);
    READ(suite, case_rounds, "c1", &suite->arena, &rows, &count);
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].setting, want.setting);
}

static void cases_and_persons_come_back(void **state)
{
    struct suite *suite = *state;
    suite_put(suite, suite_case("c1"));
    suite_put(suite, suite_person("p2", "c1"));
    suite_put(suite, suite_person("p1", "c1"));
    struct vb_change loner = suite_person("p3", NULL);
    loner.person.label = NULL;
    suite_put(suite, loner);
    struct vb_case_row row;
    READ(suite, case_row, "c1", &suite->arena, &row);
    assert_int_equal(row.opened_wall_ms, 1000);
    struct vb_person_row *persons, one;
    size_t count;
    READ(suite, persons, "c1", &suite->arena, &persons, &count);
    assert_int_equal(count, 2);
    assert_string_equal(persons[0].id, "p2"); /* in order of creation */
    assert_string_equal(persons[1].id, "p1");
    assert_string_equal(persons[1].case_id, "c1");
    assert_string_equal(persons[1].role, "client");
    assert_string_equal(persons[1].label, "Sam");
    assert_string_equal(persons[1].language, "nl");
    READ(suite, person, "p3", &suite->arena, &one);
    assert_null(one.case_id);
    assert_null(one.label);
    READ(suite, persons, NULL, &suite->arena, &persons, &count);
    assert_int_equal(count, 1);
    assert_string_equal(persons[0].id, "p3");
}

static void sessions_come_in_order_of_creation(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_put(suite, suite_person("p0", "c1"));
    suite_put(suite, suite_session("s0", "round-1", "p0"));
    suite_put(suite, suite_session("a0", "round-1", NULL));
    suite_put(suite, suite_event("s0", 1, ""));
    struct vb_session_row *rows;
    size_t count;
    READ(suite, sessions, "round-1", &suite->arena, &rows, &count);
    assert_int_equal(count, 3);
    assert_string_equal(rows[0].id, "s1");
    assert_string_equal(rows[0].person, "p1");
    assert_string_equal(rows[0].round, "round-1");
    assert_int_equal(rows[0].last_seq, 0);
    assert_string_equal(rows[1].id, "s0");
    assert_int_equal(rows[1].last_seq, 1);
    assert_string_equal(rows[2].id, "a0");
    assert_null(rows[2].person);
}

static void events_come_back_from_the_seq_that_was_asked(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    char answer_id[8];
    for (int64_t seq = 1; seq <= 5; seq++) {
        snprintf(answer_id, sizeof answer_id, "a%d", (int)seq);
        suite_put(suite, suite_event("s1", seq, seq == 1 ? "" : answer_id));
    }
    struct vb_event_row *rows;
    size_t count;
    READ(suite, events, "s1", 4, &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].seq, 4);
    assert_int_equal(rows[1].seq, 5);
    READ(suite, events, "s1", 6, &suite->arena, &rows, &count);
    assert_int_equal(count, 0);
    READ(suite, events, "s1", 99, &suite->arena, &rows, &count);
    assert_int_equal(count, 0);
    READ(suite, events, "s1", 0, &suite->arena, &rows, &count);
    assert_int_equal(count, 5);
    assert_string_equal(rows[0].answer_id, "");
    assert_string_equal(rows[3].answer_id, "a4");
    assert_string_equal(rows[3].session, "s1");
    assert_int_equal(rows[3].wall_ms, 9004);
    struct vb_event_row want = suite_event("s1", 4, "a4").event;
    assert_int_equal(rows[3].body_len, want.body_len);
    assert_memory_equal(rows[3].body, want.body, want.body_len);
    assert_int_equal(rows[3].body[want.body_len], '\0');
    assert_int_equal(suite_last_seq(suite->store, "s1"), 5);
}

static void revisions_come_back_by_number(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_put(suite, suite_revision("round-1", 1));
    suite_put(suite, suite_revision("round-1", 2));
    struct vb_revision_row *rows;
    size_t count;
    READ(suite, revisions, "round-1", &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    assert_int_equal(rows[1].number, 2);
    assert_string_equal(rows[1].round, "round-1");
    assert_string_equal(rows[1].reason, "released");
    assert_int_equal(rows[1].wall_ms, 7000);
    assert_string_equal(rows[1].upto, "{\"s1\":3}");
    suite_one_refused(suite->store, suite_revision("round-1", 4), VB_E_CONFLICT, NULL);
    struct vb_change other = suite_revision("round-1", 2);
    other.revision.reason = "late";
    suite_one_refused(suite->store, other, VB_E_CONFLICT, NULL);
}

static void a_blob_comes_back_byte_for_byte(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_put(suite, suite_blob("sha256:b", "s1"));
    suite_put(suite, suite_blob("sha256:b", "s1")); /* the same again is fine */
    struct vb_blob_row row, want = suite_blob("sha256:b", "s1").blob;
    READ(suite, blob, "sha256:b", &suite->arena, &row);
    assert_int_equal(row.len, want.len);
    assert_memory_equal(row.bytes, want.bytes, want.len);
    assert_string_equal(row.type, want.type);
    assert_string_equal(row.session, "s1");
    assert_int_equal(row.until_wall_ms, 90000);
    assert_false(row.erased);
    struct vb_change empty = suite_blob("sha256:none", "s1");
    empty.blob.bytes = NULL;
    empty.blob.len = 0;
    suite_put(suite, empty);
    READ(suite, blob, "sha256:none", &suite->arena, &row);
    assert_int_equal(row.len, 0);
}

static void audit_comes_back_in_order(void **state)
{
    struct suite *suite = *state;
    suite_put(suite, suite_audit("replay.values"));
    suite_put(suite, suite_audit("erase"));
    struct vb_audit_row *rows;
    size_t count;
    READ(suite, audit, &suite->arena, &rows, &count);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].action, "replay.values");
    assert_string_equal(rows[1].action, "erase");
    assert_string_equal(rows[1].subject, "round-1");
    assert_string_equal(rows[1].by, "local");
    assert_int_equal(rows[1].wall_ms, 8000);
    assert_null(rows[1].on_behalf);
}

static void every_audit_row_is_chained_to_the_one_before(void **state)
{
    struct suite *suite = *state;
    struct vb_audit_row *rows;
    struct vb_err err = { 0 };
    size_t count;
    struct vb_change for_another = suite_audit("sheet");
    for_another.audit.on_behalf = "team-4";
    assert_int_equal(vb_store_audit_check(suite->store, &err), VB_OK);
    suite_put(suite, suite_audit("sheet"));
    suite_put(suite, for_another);
    suite_put(suite, suite_audit("sheet"));
    READ(suite, audit, &suite->arena, &rows, &count);
    assert_int_equal(count, 3);
    assert_string_equal(rows[0].previous, "");
    assert_string_equal(rows[0].hash, /* the form in docs/reference/store.md, by sha256sum */
                        "sha256:e5e3d74f5f89035bd8d48bb6fb8e0ed0bc7ef63cd76d449c2f4f3692364b798b");
    assert_string_equal(rows[1].previous, rows[0].hash);
    assert_string_equal(rows[1].on_behalf, "team-4");
    assert_string_equal(rows[2].previous, rows[1].hash);
    assert_string_not_equal(rows[2].hash, rows[0].hash);
    assert_int_equal(vb_store_audit_check(suite->store, &err), VB_OK);
}

static void the_head_of_the_audit_follows_its_last_row(void **state)
{
    struct suite *suite = *state;
    struct vb_audit_head head;
    struct vb_audit_row *rows;
    size_t count;
    READ(suite, audit_head, &suite->arena, &head);
    assert_int_equal(head.rows, 0);
    assert_string_equal(head.hash, "");
    assert_true(head.sealed);
    for (int i = 1; i <= 3; i++) {
        suite_put(suite, suite_audit("sheet"));
        READ(suite, audit_head, &suite->arena, &head);
        READ(suite, audit, &suite->arena, &rows, &count);
        assert_int_equal(head.rows, i);
        assert_int_equal(count, i);
        assert_string_equal(head.hash, rows[i - 1].hash);
        assert_true(head.sealed);
    }
    const struct vb_change bad[] = { suite_audit("never"), suite_event("s9", 1, "") };
    suite_refused(suite->store, bad, 2, VB_E_ABSENT, NULL);
    READ(suite, audit_head, &suite->arena, &head);
    assert_int_equal(head.rows, 3);
}

static void states_move_on_and_stay(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    for (int i = VB_ROUND_OPEN; i <= VB_ROUND_ERASED; i++) {
        suite_put(suite, (struct vb_change){ .kind = VB_SET_ROUND,
                                             .round = { .id = "round-1", .state = (unsigned)i } });
        struct vb_round_row row;
        assert_int_equal(
            vb_store_find_round(suite->store, "round-1", &suite->arena, &row, &suite->err), VB_OK);
        assert_int_equal(row.state, i);
        assert_string_equal(row.wave, "t0"); /* only the state is read of the change */
    }
    for (int i = VB_SESSION_OPEN; i <= VB_SESSION_WITHDRAWN; i++) {
        suite_put(suite, (struct vb_change){ .kind = VB_SET_SESSION,
                                             .session = { .id = "s1", .state = (unsigned)i } });
        struct vb_session_row row;
        READ(suite, session, "s1", &suite->arena, &row);
        assert_int_equal(row.state, i);
        assert_string_equal(row.person, "p1");
    }
}

/* -- instruments -- */

static void an_instrument_is_kept_whole_under_its_digest(void **state)
{
    struct suite *suite = *state;
    suite_put(suite, suite_instrument(&suite_plan));
    suite_put(suite, suite_instrument(&suite_plan));
    struct vb_file *files;
    size_t count;
    const char *main_path, *digest;
    READ(suite, instrument, "sha256:one", &suite->arena, &files, &count, &main_path);
    assert_int_equal(count, 2);
    assert_string_equal(main_path, "talk/instrument.lua");
    for (int i = 0; i < 2; i++) {
        assert_string_equal(files[i].path, suite_plan.files[i].path);
        assert_int_equal(files[i].len, suite_plan.files[i].len);
        assert_memory_equal(files[i].bytes, suite_plan.files[i].bytes, files[i].len + 1);
    }
    READ(suite, version, "talk", "1.0.0", &suite->arena, &digest);
    assert_string_equal(digest, "sha256:one");
    READ_NOT(suite, VB_E_ABSENT, instrument, "sha256:two", &suite->arena, &files, &count,
             &main_path);
}

static void a_version_cannot_change_under_its_name(void **state)
{
    struct suite *suite = *state;
    suite_put(suite, suite_instrument(&suite_plan));
    struct vb_change change = suite_instrument(&suite_other_digest);
    suite_one_refused(suite->store, change, VB_E_CHANGED, "sha256:one");
    suite_one_refused(suite->store, change, VB_E_CHANGED, "sha256:two");
    suite_one_refused(suite->store, change, VB_E_CHANGED, "raise the version");
    suite_again(suite);
    const char *digest;
    READ(suite, version, "talk", "1.0.0", &suite->arena, &digest);
    assert_string_equal(digest, "sha256:one");
}

static void a_dev_version_changes_freely(void **state)
{
    struct suite *suite = *state;
    suite_put(suite, suite_instrument(&suite_dev_plan));
    suite_put(suite, suite_instrument(&suite_dev_again));
    const char *digest, *main_path;
    READ(suite, version, "talk", "1.1.0-dev", &suite->arena, &digest);
    assert_string_equal(digest, "sha256:four");
    struct vb_file *files;
    size_t count;
    READ(suite, instrument, "sha256:three", &suite->arena, &files, &count, &main_path);
}

/* -- order and look-up -- */

static void rounds_come_by_time_then_id(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    const char *ids[] = { "late", "bb", "aa" };
    for (int i = 0; i < 3; i++) {
        struct vb_change change = suite_round(ids[i], NULL, "t0");
        change.round.created_wall_ms = i == 0 ? 6000 : 4000;
        suite_put(suite, change);
    }
    struct vb_round_row *rows;
    size_t count;
    READ(suite, rounds, &suite->arena, &rows, &count);
    assert_int_equal(count, 4);
    assert_string_equal(rows[0].id, "aa");
    assert_string_equal(rows[1].id, "bb");
    assert_string_equal(rows[2].id, "round-1");
    assert_string_equal(rows[3].id, "late");
    READ(suite, case_rounds, NULL, &suite->arena, &rows, &count);
    assert_int_equal(count, 3);
    assert_string_equal(rows[0].id, "aa");
    assert_null(rows[0].case_id);
}

static void a_round_is_found_by_a_prefix_only_it_has(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_put(suite, suite_round("abcd1111", NULL, "t0"));
    suite_put(suite, suite_round("abcd2222", NULL, "t0"));
    suite_put(suite, suite_round("abcd", NULL, "t0"));
    struct vb_round_row row;
    struct vb_store *store = suite->store;
    struct vb_arena *arena = &suite->arena;
    struct vb_err *err = &suite->err;
    assert_int_equal(vb_store_find_round(store, "abcd1", arena, &row, err), VB_OK);
    assert_string_equal(row.id, "abcd1111");
    assert_int_equal(vb_store_find_round(store, "abcd", arena, &row, err), VB_OK);
    assert_string_equal(row.id, "abcd"); /* an id that is also a prefix is itself */
    assert_int_equal(vb_store_find_round(store, "roun", arena, &row, err), VB_OK);
    assert_int_equal(vb_store_find_round(store, "abc", arena, &row, err), VB_E_DATA);
    assert_non_null(strstr(err->text, "4 characters"));
    assert_int_equal(vb_store_find_round(store, "", arena, &row, err), VB_E_DATA);
    assert_int_equal(vb_store_find_round(store, "zzzz", arena, &row, err), VB_E_ABSENT);
    assert_int_equal(vb_store_find_round(store, "%___", arena, &row, err), VB_E_ABSENT);
    assert_int_equal(vb_store_find_round(store, "****", arena, &row, err), VB_E_ABSENT);
    assert_int_equal(vb_store_find_round(store, "ABCD1", arena, &row, err), VB_E_ABSENT);
}

static void a_prefix_of_several_rounds_is_refused(void **state)
{
    struct suite *suite = *state;
    suite_begin_round(suite->store);
    suite_put(suite, suite_round("abcd1111", NULL, "t0"));
    suite_put(suite, suite_round("abcd2222", NULL, "t0"));
    struct vb_round_row row;
    assert_int_equal(vb_store_find_round(suite->store, "abcd", &suite->arena, &row, &suite->err),
                     VB_E_DATA);
    assert_non_null(strstr(suite->err.text, "2 rounds"));
}

int store_suite_run(const struct store_maker *maker)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(an_empty_store_has_nothing),
        SUITE_TEST(a_round_comes_back_field_by_field),
        SUITE_TEST(cases_and_persons_come_back),
        SUITE_TEST(sessions_come_in_order_of_creation),
        SUITE_TEST(events_come_back_from_the_seq_that_was_asked),
        SUITE_TEST(revisions_come_back_by_number),
        SUITE_TEST(a_blob_comes_back_byte_for_byte),
        SUITE_TEST(audit_comes_back_in_order),
        SUITE_TEST(every_audit_row_is_chained_to_the_one_before),
        SUITE_TEST(the_head_of_the_audit_follows_its_last_row),
        SUITE_TEST(states_move_on_and_stay),
        SUITE_TEST(an_instrument_is_kept_whole_under_its_digest),
        SUITE_TEST(a_version_cannot_change_under_its_name),
        SUITE_TEST(a_dev_version_changes_freely),
        SUITE_TEST(rounds_come_by_time_then_id),
        SUITE_TEST(a_round_is_found_by_a_prefix_only_it_has),
        SUITE_TEST(a_prefix_of_several_rounds_is_refused),
    };
    making = maker;
    return cmocka_run_group_tests_name(maker->name, tests, NULL, NULL) +
           store_suite_run_refusals() + store_suite_run_lists() + store_suite_run_erasures() +
           store_suite_run_parcels() + store_suite_run_staff();
}
