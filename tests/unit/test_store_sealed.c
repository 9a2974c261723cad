/* The sealed store: what the suite asks of every store, and what only this one promises. */
#include "store_suite.h"

#include "data/digest.h"
#include <sqlite3.h>

#include "faulty_disk.h"
#include "sealed_place.h"
#include "store/store_memory.h"
#include "store_place.h"

/* -- the suite, over both stores -- */

struct sealed {
    char *place;
    bool on_disk;
    struct vb_keys *keys;
};

static void *begin(bool on_disk)
{
    struct sealed *sealed = vb_new(struct sealed);
    sealed->place = place_make();
    sealed->on_disk = on_disk;
    return sealed;
}

static void *begin_on_disk(void)
{
    return begin(true);
}

static void *begin_in_memory(void)
{
    return begin(false);
}

static struct vb_store *open_sealed(void *place)
{
    struct sealed *sealed = place;
    struct vb_store *below = sealed->on_disk ? place_open(sealed->place) : vb_store_memory_create();
    sealed->keys = keys_place_open(sealed->place);
    return vb_store_sealed_create(below, sealed->keys);
}

static struct vb_store *reopen(void *place, struct vb_store *store)
{
    struct sealed *sealed = place;
    vb_store_destroy(store);
    vb_keys_close(sealed->keys);
    return open_sealed(sealed);
}

static struct vb_store *same(void *place, struct vb_store *store)
{
    (void)place;
    return store;
}

static void end(void *place)
{
    struct sealed *sealed = place;
    vb_keys_close(sealed->keys);
    place_end(sealed->place);
    free(sealed);
}

/* -- what only a sealed store does -- */

static int set_up(void **state)
{
    struct sealed_place *sealed = sealed_place_make();
    sealed_place_open(sealed, 1000);
    *state = sealed;
    return 0;
}

static int tear_down(void **state)
{
    sealed_place_end(*state);
    return 0;
}

static struct vb_change said(const char *session, int64_t seq, const char *answer_id,
                             const char *body, size_t room)
{
    struct vb_change change = suite_event(session, seq, answer_id);
    change.event.body = body;
    change.event.body_len = strlen(body);
    change.event.room = room;
    return change;
}

static int64_t number(struct sealed_place *sealed, const char *sql)
{
    return place_number(sealed->place, sql);
}

static void no_byte_of_it_is_in_the_folder(void **state)
{
    struct sealed_place *sealed = *state;
    static const char *const markers[] = { "MARKER-ANSWER", "MARKER-ID",      "MARKER-PART",
                                           "MARKER-NAME",   "MARKER-PICTURE", "image/marker",
                                           "MARKER-TOKEN",  "MARKER-REASON" };
    enum { MARKERS = sizeof markers / sizeof *markers };
    const struct vb_event_part part = { "p2", "MARKER-PART", 11 };
    struct vb_change person = suite_person("p2", "c1"), blob = suite_blob("sha256:MARKER", "s1");
    struct vb_change event = said("s1", 1, "MARKER-ID", "{\"v\":\"MARKER-ANSWER\"}", 0);
    char digest[VB_DIGEST_SIZE];
    vb_digest("MARKER-PICTURE", 14, digest);
    person.person.label = "MARKER-NAME";
    event.event.parts = &part;
    event.event.part_count = 1;
    blob.blob.digest = digest;
    blob.blob.type = "image/marker";
    blob.blob.bytes = "MARKER-PICTURE";
    blob.blob.len = 14;
    suite_begin_round(sealed->store);
    const struct vb_change changes[] = {
        person,
        event,
        blob,
        { .kind = VB_PUT_OUTPUT,
          .output = { .name = "o", .plugin = "p", .options = "{\"token\":\"MARKER-TOKEN\"}" } },
        suite_revision("round-1", 1),
    };
    const struct vb_change dead = { .kind = VB_SET_PARCEL,
                                    .parcel = { .round = "round-1",
                                                .output = "o",
                                                .revision = 1,
                                                .state = VB_PARCEL_DEAD,
                                                .reason = "MARKER-REASON" } };
    suite_commit(sealed->store, changes, 5);
    suite_one(sealed->store, dead);
    for (int closed = 0; closed < 2; closed++) {
        for (int i = 0; i < MARKERS; i++)
            assert_int_equal(sealed_place_finds(sealed, markers[i], strlen(markers[i])), 0);
        assert_int_equal(sealed_place_finds(sealed, digest + 7, 16), 0);
        assert_true(sealed_place_finds(sealed, "round-1", 7) > 0); /* it does look */
        sealed_place_close(sealed);
    }
    struct vb_arena arena = { 0 };
    struct vb_event_row *rows;
    struct vb_blob_row back;
    struct vb_output_row *outputs;
    struct vb_parcel_row *parcels;
    const struct vb_parcel_query all = { .state = VB_PARCEL_ANY };
    size_t count;
    struct vb_err err;
    struct vb_store *store = sealed_place_open(sealed, 1000);
    assert_int_equal(store->ops->outputs(store, NULL, &arena, &outputs, &count, &err), VB_OK);
    assert_string_equal(outputs[0].options, "{\"token\":\"MARKER-TOKEN\"}");
    assert_int_equal(store->ops->parcels(store, &all, &arena, &parcels, &count, &err), VB_OK);
    assert_string_equal(parcels[0].reason, "MARKER-REASON");
    assert_int_equal(store->ops->events(store, "s1", 1, &arena, &rows, &count, &err), VB_OK);
    assert_string_equal(rows[0].answer_id, "MARKER-ID");
    assert_memory_equal(rows[0].parts[0].bytes, "MARKER-PART", 11);
    assert_int_equal(store->ops->blob(store, digest, &arena, &back, &err), VB_OK);
    assert_string_equal(back.type, "image/marker");
    assert_string_equal(back.digest, digest);
    vb_arena_finish(&arena);
}

/* -- sizes -- */

static int64_t size_of_event(struct sealed_place *sealed, int64_t seq)
{
    char sql[64];
    snprintf(sql, sizeof sql, "SELECT length(body) FROM event WHERE seq = %d", (int)seq);
    return number(sealed, sql);
}

static void what_fits_in_the_room_has_one_size(void **state)
{
    struct sealed_place *sealed = *state;
    static const char *const bodies[] = { "", "{}", "{\"i\":\"a\",\"v\":4}",
                                          "{\"i\":\"trust.report\",\"x\":\"r\"}" };
    const struct vb_event_part part = { "p2", "{}", 2 };
    int64_t seq = 0;
    suite_begin_round(sealed->store);
    suite_one(sealed->store, suite_person("p2", "c1"));
    for (int i = 0; i < 4; i++) {
        suite_one(sealed->store,
                  said("s1", ++seq, i % 2 == 0 ? "" : "0123456789abcdef", bodies[i], 100));
    }
    struct vb_change about = said("s1", ++seq, "a", "", 100);
    about.event.parts = &part;
    about.event.part_count = 1;
    suite_one(sealed->store, about);
    for (int64_t i = 1; i <= seq; i++)
        assert_int_equal(size_of_event(sealed, i), 112 + VB_SEAL_BYTES);
}

static void own_words_have_few_sizes(void **state)
{
    struct sealed_place *sealed = *state;
    static const struct {
        size_t len, size;
    } cases[] = { { 20, 64 },     { 51, 64 },     { 57, 64 },     { 61, 256 },
                  { 250, 256 },   { 252, 1024 },  { 1000, 1024 }, { 1020, 4096 },
                  { 4000, 4096 }, { 4096, 8192 }, { 9000, 12288 } };
    static char text[9001];
    int64_t seq = 0;
    suite_begin_round(sealed->store);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memset(text, 'x', cases[i].len);
        text[cases[i].len] = '\0';
        suite_one(sealed->store, said("s1", ++seq, "", text, 5));
        assert_int_equal(size_of_event(sealed, seq), cases[i].size + VB_SEAL_BYTES);
    }
}

/* Two whose answers differ, with equally many questions. */
static void two_who_answered_otherwise_look_alike(void **state)
{
    struct sealed_place *sealed = *state;
    suite_begin_round(sealed->store);
    suite_one(sealed->store, suite_person("p2", "c1"));
    suite_one(sealed->store, suite_session("s2", "round-1", "p2"));
    suite_one(sealed->store, said("s1", 1, "0123456789abcdef", "{\"i\":\"stuck\",\"v\":true}", 40));
    suite_one(sealed->store, said("s1", 2, "0123456789abcdeg", "{\"i\":\"stuck.n\",\"v\":2}", 40));
    suite_one(sealed->store,
              said("s2", 1, "0123456789abcdeh", "{\"i\":\"stuck\",\"v\":false}", 40));
    suite_one(sealed->store, said("s2", 2, "0123456789abcdej", "{\"i\":\"well\",\"x\":\"r\"}", 40));
    assert_int_equal(number(sealed, "SELECT count(DISTINCT length(body) || answer_id) FROM event"),
                     1);
    assert_int_equal(number(sealed, "SELECT count(DISTINCT body) FROM event"), 4);
}

static void names_have_few_sizes(void **state)
{
    struct sealed_place *sealed = *state;
    static const char *const labels[] = { "S", "Sam", "De moeder van Sam, die er vaak is" };
    suite_one(sealed->store, suite_case("c1"));
    for (int i = 0; i < 3; i++) {
        struct vb_change person = suite_person(labels[i], "c1");
        person.person.label = labels[i];
        suite_one(sealed->store, person);
    }
    assert_int_equal(number(sealed, "SELECT count(DISTINCT length(label)) FROM person"), 1);
    assert_int_equal(number(sealed, "SELECT count(DISTINCT label) FROM person"), 3);
}

static int64_t size_at_rest(struct sealed_place *sealed)
{
    sealed_place_close(sealed);
    return number(sealed, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
}

/* What menger-monitor needs for its longest id, nonce and tag, what SQLite keeps of a row, and
 * pages that are not full, because many fill in side by side. */
static void an_ordinary_answer_takes_at_most_128_bytes_on_disk(void **state)
{
    enum { SESSIONS = 20, ANSWERS = 200 };
    struct sealed_place *sealed = *state;
    static struct vb_change changes[SESSIONS];
    static char ids[SESSIONS][16];
    suite_begin_round(sealed->store);
    for (int i = 0; i < SESSIONS; i++) {
        snprintf(ids[i], sizeof ids[i], "x%d", i);
        suite_one(sealed->store, suite_person(ids[i], "c1"));
        suite_one(sealed->store, suite_session(ids[i], "round-1", ids[i]));
    }
    int64_t before = size_at_rest(sealed);
    sealed_place_open(sealed, 1000);
    for (int seq = 1; seq <= ANSWERS; seq++) {
        for (int i = 0; i < SESSIONS; i++) {
            changes[i] = said(ids[i], seq, "0123456789abcdef",
                              "{\"i\":\"trust.report.of.the.day\",\"v\":4}", 36);
            changes[i].event.wall_ms = 1795306138633 + seq;
        }
        suite_commit(sealed->store, changes, SESSIONS);
    }
    int64_t after = size_at_rest(sealed);
    if (after - before > (int64_t)ANSWERS * SESSIONS * 128)
        fail_msg("%d bytes an answer", (int)((after - before) / (ANSWERS * SESSIONS)));
}

/* -- sent again -- */

static void a_commit_of_unknown_outcome_may_be_sent_again(void **state)
{
    struct sealed_place *sealed = *state;
    suite_begin_round(sealed->store);
    const struct vb_change changes[] = {
        suite_person("p2", "c1"),
        suite_session("s2", "round-1", "p2"),
        said("s1", 1, "a", "{\"v\":1}", 40),
        said("s2", 1, "b", "{\"v\":2}", 40),
        suite_blob("sha256:b", "s1"),
        { .kind = VB_SET_SESSION, .session = { .id = "s1", .state = VB_SESSION_DONE } },
        suite_revision("round-1", 1),
    };
    size_t count = sizeof changes / sizeof *changes;
    suite_commit(sealed->store, changes, count);
    for (int i = 0; i < 2; i++) {
        suite_commit(sealed->store, changes, count);
        assert_int_equal(suite_last_seq(sealed->store, "s1"), 1);
        sealed_place_open(sealed, 1000);
    }
    /* Another answer at that place is a conflict, and nothing of its commit is kept. */
    const struct vb_change other[] = { said("s2", 1, "b", "{\"v\":2}", 40),
                                       said("s1", 1, "x", "{\"v\":1}", 40), suite_audit("read") };
    suite_refused(sealed->store, other, 3, VB_E_CONFLICT, "s1");
    const struct vb_change renamed[] = { suite_person("p2", "c1") };
    struct vb_change name = renamed[0];
    name.person.label = "Kim";
    suite_one_refused(sealed->store, name, VB_E_CONFLICT, "p2");
    assert_int_equal(number(sealed, "SELECT count(*) FROM audit"), 0);
}

static void a_batch_stands_or_falls_request_by_request(void **state)
{
    struct sealed_place *sealed = *state;
    suite_begin_round(sealed->store);
    suite_one(sealed->store, said("s1", 1, "a", "{}", 40));
    const struct vb_change again = said("s1", 1, "a", "{}", 40),
                           next = said("s1", 2, "b", "{}", 40),
                           taken = said("s1", 1, "z", "{}", 40), person = suite_person("p2", "c1"),
                           session = suite_session("s2", "round-1", "p2"),
                           first = said("s2", 1, "c", "{}", 40),
                           nobody = suite_session("s9", "round-1", "p9"),
                           nowhere = said("s8", 1, "d", "{}", 40);
    struct vb_request requests[] = {
        { .changes = &again, .count = 1 },   { .changes = &nobody, .count = 1 },
        { .changes = &next, .count = 1 },    { .changes = &taken, .count = 1 },
        { .changes = &person, .count = 1 },  { .changes = &session, .count = 1 },
        { .changes = &first, .count = 1 },   { .changes = &next, .count = 1 },
        { .changes = &nowhere, .count = 1 },
    };
    static const enum vb_code codes[] = { VB_OK, VB_E_ABSENT, VB_OK, VB_E_CONFLICT, VB_OK,
                                          VB_OK, VB_OK,       VB_OK, VB_E_ABSENT };
    vb_store_batch(sealed->store, requests, 9);
    for (int i = 0; i < 9; i++)
        if (requests[i].code != codes[i])
            fail_msg("request %d: %d, %s", i, (int)requests[i].code, requests[i].err.text);
    assert_int_equal(suite_last_seq(sealed->store, "s1"), 2);
    assert_int_equal(suite_last_seq(sealed->store, "s2"), 1);
}

static void a_batch_of_answers_is_one_sync(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_change changes[20];
    struct vb_request requests[20];
    sealed_place_close(sealed);
    faulty_disk_begin();
    struct vb_store *store = sealed_place_open(sealed, 1000);
    suite_begin_round(store);
    int before = faulty_disk_count(FAULTY_SYNC);
    for (int i = 0; i < 20; i++) {
        changes[i] = said("s1", i + 1, "a", "{}", 40);
        requests[i] = (struct vb_request){ .changes = &changes[i], .count = 1 };
    }
    vb_store_batch(store, requests, 20);
    assert_int_equal(faulty_disk_count(FAULTY_SYNC), before + 1);
    assert_int_equal(suite_last_seq(store, "s1"), 20);
    sealed_place_close(sealed);
    faulty_disk_end();
}

/* The power goes when the keys are there and the rows are not: the same commit finds them. */
static void a_key_without_its_rows_is_taken_up(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_err err;
    assert_int_equal(vb_keys_make_person(sealed->keys, "p1", &err), VB_OK);
    assert_int_equal(vb_keys_make_session(sealed->keys, "s1", "p1", &err), VB_OK);
    sealed_place_open(sealed, 1000);
    suite_begin_round(sealed->store);
    suite_one(sealed->store, said("s1", 1, "a", "{}", 40));
    sealed_place_open(sealed, 1000);
    assert_int_equal(suite_last_seq(sealed->store, "s1"), 1);
}

/* keys.db fails before the rows come: refused, and nothing of the commit is below. */
static void where_no_key_can_be_made_nothing_is_kept(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_change person = suite_person("p2", "c1");
    sealed_place_close(sealed);
    faulty_disk_begin();
    struct vb_store *store = sealed_place_open(sealed, 1000);
    suite_begin_round(store);
    faulty_disk_order(FAULTY_SYNC, 1, SQLITE_IOERR_FSYNC);
    suite_one_refused(store, person, VB_E_IO, "keys.db");
    struct vb_arena arena = { 0 };
    struct vb_person_row row;
    struct vb_err err;
    assert_int_equal(store->ops->person(store, "p2", &arena, &row, &err), VB_E_ABSENT);
    suite_one(store, person);
    vb_arena_finish(&arena);
    sealed_place_close(sealed);
    faulty_disk_end();
}

/* -- hands in the file -- */

static void assert_events_refused(struct sealed_place *sealed, const char *sql, const char *says)
{
    struct vb_arena arena = { 0 };
    struct vb_event_row *rows;
    struct vb_err err;
    size_t count;
    sealed_place_close(sealed);
    struct vb_buf whole = keys_place_read(sealed->place, "data/verbond.db");
    place_sql(sealed->place, sql);
    struct vb_store *store = sealed_place_open(sealed, 1000);
    assert_int_equal(store->ops->events(store, "s1", 1, &arena, &rows, &count, &err), VB_E_DATA);
    if (strstr(err.text, says) == NULL)
        fail_msg("%s: \"%s\" does not say \"%s\"", sql, err.text, says);
    sealed_place_close(sealed);
    keys_place_write(sealed->place, "data/verbond.db", whole.data, whole.len);
    vb_buf_finish(&whole);
    vb_arena_finish(&arena);
}

static void an_event_that_was_changed_or_moved_is_named(void **state)
{
    struct sealed_place *sealed = *state;
    suite_begin_round(sealed->store);
    suite_one(sealed->store, suite_person("p2", "c1"));
    suite_one(sealed->store, suite_session("s2", "round-1", "p2"));
    for (int64_t seq = 1; seq <= 3; seq++) {
        suite_one(sealed->store, said("s1", seq, "a", "{\"v\":1}", 40));
        suite_one(sealed->store, said("s2", seq, "b", "{\"v\":2}", 40));
    }
#define BODY(session, seq)                                                                         \
    "(SELECT body FROM event WHERE session = (SELECT row FROM session WHERE id = '" session        \
    "') AND seq = " seq ")"
#define SET(seq, value)                                                                            \
    "UPDATE event SET body = " value                                                               \
    " WHERE session = (SELECT row FROM session WHERE id = 's1') AND seq = " seq
    static const char *const two = "event 2 of session s1";
    assert_events_refused(sealed, SET("2", "randomblob(length(body))"), two);
    assert_events_refused(sealed, SET("2", "x''"), two);
    assert_events_refused(sealed, SET("2", "CAST('{\"v\":5}' AS BLOB)"), two);
    assert_events_refused(sealed, SET("2", "substr(body, 1, length(body) - 1)"), two);
    assert_events_refused(sealed, SET("2", "CAST(body || x'00' AS BLOB)"), two);
    assert_events_refused(sealed, SET("2", BODY("s2", "2")), two); /* another person's */
    assert_events_refused(sealed, SET("2", BODY("s1", "3")), two); /* another place */
    assert_events_refused(sealed, SET("1", BODY("s1", "2")), "event 1 of session s1");
}

static void a_name_or_a_picture_that_was_moved_is_named(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_arena arena = { 0 };
    struct vb_person_row person;
    struct vb_blob_row blob;
    struct vb_err err;
    suite_begin_round(sealed->store);
    suite_one(sealed->store, suite_person("p2", "c1"));
    suite_one(sealed->store, suite_blob("sha256:a", "s1"));
    suite_one(sealed->store, suite_blob("sha256:b", "s1"));
    sealed_place_close(sealed);
    place_sql(sealed->place, "UPDATE person SET label = (SELECT label FROM person WHERE id = 'p2')"
                             " WHERE id = 'p1';"
                             "UPDATE blob SET bytes = (SELECT bytes FROM blob WHERE row = 1)");
    struct vb_store *store = sealed_place_open(sealed, 1000);
    assert_int_equal(store->ops->person(store, "p1", &arena, &person, &err), VB_E_DATA);
    assert_non_null(strstr(err.text, "the name of person p1"));
    assert_int_equal(store->ops->person(store, "p2", &arena, &person, &err), VB_OK);
    assert_int_equal(store->ops->blob(store, "sha256:a", &arena, &blob, &err), VB_OK);
    assert_int_equal(store->ops->blob(store, "sha256:b", &arena, &blob, &err), VB_E_DATA);
    assert_non_null(strstr(err.text, "of session s1"));
    place_sql(sealed->place, "UPDATE person SET label = 'Sam' WHERE id = 'p1'"); /* plain */
    assert_int_equal(store->ops->person(store, "p1", &arena, &person, &err), VB_E_DATA);
    vb_arena_finish(&arena);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct store_maker on_disk = { "sealed, on disk", begin_on_disk, open_sealed, reopen, end,
                                         .parts = true,     .keys = true };
    const struct store_maker in_memory = {
        "sealed, in memory", begin_in_memory, open_sealed, same, end, .parts = true, .keys = true
    };
    const struct CMUnitTest tests[] = {
        TEST(no_byte_of_it_is_in_the_folder),
        TEST(what_fits_in_the_room_has_one_size),
        TEST(own_words_have_few_sizes),
        TEST(two_who_answered_otherwise_look_alike),
        TEST(names_have_few_sizes),
        TEST(an_ordinary_answer_takes_at_most_128_bytes_on_disk),
        TEST(a_commit_of_unknown_outcome_may_be_sent_again),
        TEST(a_batch_stands_or_falls_request_by_request),
        TEST(a_batch_of_answers_is_one_sync),
        TEST(a_key_without_its_rows_is_taken_up),
        TEST(where_no_key_can_be_made_nothing_is_kept),
        TEST(an_event_that_was_changed_or_moved_is_named),
        TEST(a_name_or_a_picture_that_was_moved_is_named),
    };
    return store_suite_run(&on_disk) + store_suite_run(&in_memory) +
           cmocka_run_group_tests(tests, NULL, NULL);
}
