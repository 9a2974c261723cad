#include "store_suite.h"

#include "base/mem.h"
#include "store/store_memory.h"
#include "store/store_stage.h"
#include "store_place.h"

/* -- the suite, on three kinds of stage -- */

struct below {
    struct vb_store *store;
    char *place; /* NULL: the store below is in memory */
};

static void *over_memory(void)
{
    struct below *below = vb_new(struct below);
    below->store = vb_store_memory_create();
    return below;
}

static void *over_sqlite(void)
{
    struct below *below = vb_new(struct below);
    below->place = place_make();
    below->store = place_open(below->place);
    return below;
}

static struct vb_store *open_stage(void *place)
{
    return vb_store_stage_create(((struct below *)place)->store);
}

static struct vb_store *same_stage(void *place, struct vb_store *stage)
{
    (void)place;
    return stage;
}

/* Everything goes down, and the next stage has to bring it up again. */
static struct vb_store *next_stage(void *place, struct vb_store *stage)
{
    struct vb_err err;
    if (vb_store_stage_flush(stage, &err) != VB_OK)
        fail_msg("%s", err.text);
    vb_store_destroy(stage);
    return open_stage(place);
}

static void end_below(void *place)
{
    struct below *below = place;
    vb_store_destroy(below->store);
    if (below->place != NULL)
        place_end(below->place);
    free(below);
}

/* -- what only a stage does -- */

static size_t round_count(struct vb_store *store)
{
    struct vb_arena arena = { 0 };
    struct vb_err err;
    struct vb_round_row *rows;
    size_t count;
    assert_int_equal(store->ops->rounds(store, &arena, &rows, &count, &err), VB_OK);
    vb_arena_finish(&arena);
    return count;
}

static void a_stage_without_a_flush_leaves_nothing_below(void **state)
{
    (void)state;
    struct vb_store *below = vb_store_memory_create();
    struct vb_store *stage = vb_store_stage_create(below);
    suite_begin_round(stage);
    suite_one(stage, suite_event("s1", 1, "a"));
    assert_int_equal(round_count(stage), 1);
    assert_int_equal(round_count(below), 0);
    vb_store_destroy(stage);
    assert_int_equal(round_count(below), 0);
    assert_int_equal(suite_last_seq(below, "s1"), -1);
    vb_store_destroy(below);
}

static void a_flush_brings_all_of_it_below_once(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_store *below = vb_store_memory_create();
    struct vb_store *stage = vb_store_stage_create(below);
    suite_begin_round(stage);
    suite_one(stage, suite_event("s1", 1, "a"));
    suite_one(stage, suite_audit("walk"));
    for (int i = 0; i < 2; i++) { /* the second has nothing left to do */
        assert_int_equal(vb_store_stage_flush(stage, &err), VB_OK);
        assert_int_equal(suite_last_seq(below, "s1"), 1);
        struct vb_arena arena = { 0 };
        struct vb_audit_row *rows;
        size_t count;
        assert_int_equal(below->ops->audit(below, &arena, &rows, &count, &err), VB_OK);
        assert_int_equal(count, 1);
        assert_int_equal(stage->ops->audit(stage, &arena, &rows, &count, &err), VB_OK);
        assert_int_equal(count, 1);
        vb_arena_finish(&arena);
    }
    suite_one(stage, suite_event("s1", 2, "b")); /* and it goes on */
    assert_int_equal(suite_last_seq(below, "s1"), 1);
    assert_int_equal(vb_store_stage_flush(stage, &err), VB_OK);
    assert_int_equal(suite_last_seq(below, "s1"), 2);
    vb_store_destroy(stage);
    vb_store_destroy(below);
}

static void what_is_below_is_seen_and_gone_on_with(void **state)
{
    (void)state;
    struct vb_store *below = vb_store_memory_create();
    suite_begin_round(below);
    suite_one(below, suite_event("s1", 1, "a"));
    suite_one(below, suite_event("s1", 2, "b"));
    struct vb_store *stage = vb_store_stage_create(below);
    suite_one_refused(stage, suite_event("s1", 2, "c"), VB_E_CONFLICT, NULL);
    suite_one(stage, suite_event("s1", 2, "b"));
    suite_one(stage, suite_event("s1", 3, "c"));
    suite_one_refused(stage, suite_round("round-2", "c1", "t0"), VB_E_CONFLICT, "round-1");
    suite_one_refused(stage, suite_instrument(&suite_other_digest), VB_E_CHANGED, "sha256:one");
    suite_one_refused(stage, suite_session("s2", "round-1", "p1"), VB_E_CONFLICT, NULL);
    assert_int_equal(suite_last_seq(stage, "s1"), 3);
    assert_int_equal(suite_last_seq(below, "s1"), 2);
    vb_store_destroy(stage);
    vb_store_destroy(below);
}

static void a_flush_that_is_refused_writes_nothing_and_may_come_again(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_store *below = vb_store_memory_create();
    suite_begin_round(below);
    struct vb_store *stage = vb_store_stage_create(below);
    suite_one(stage, suite_case("c2"));
    suite_one(stage, suite_round("round-3", "c1", "t1"));
    suite_one(below, suite_round("round-2", "c1", "t1")); /* somebody was faster */
    for (int i = 0; i < 2; i++) {
        assert_int_equal(vb_store_stage_flush(stage, &err), VB_E_CONFLICT);
        assert_int_equal(round_count(below), 2);
        struct vb_arena arena = { 0 };
        assert_int_equal(
            below->ops->case_row(below, "c2", &arena, &(struct vb_case_row){ 0 }, &err),
            VB_E_ABSENT);
        vb_arena_finish(&arena);
    }
    suite_one(below,
              (struct vb_change){ .kind = VB_SET_ROUND,
                                  .round = { .id = "round-2", .state = VB_ROUND_RELEASED } });
    assert_int_equal(vb_store_stage_flush(stage, &err), VB_OK);
    assert_int_equal(round_count(below), 3);
    vb_store_destroy(stage);
    vb_store_destroy(below);
}

static void a_flush_keeps_the_files_of_an_instrument(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_arena arena = { 0 };
    struct vb_store *below = vb_store_memory_create();
    struct vb_store *stage = vb_store_stage_create(below);
    suite_one(stage, suite_instrument(&suite_plan));
    assert_int_equal(vb_store_stage_flush(stage, &err), VB_OK);
    struct vb_file *files;
    size_t count;
    const char *main_path;
    suite_one(stage, suite_round("loose", NULL, "t0")); /* brings the name up */
    assert_int_equal(
        stage->ops->instrument(stage, "sha256:one", &arena, &files, &count, &main_path, &err),
        VB_OK);
    assert_int_equal(count, 2);
    assert_string_equal(main_path, "talk/instrument.lua");
    vb_arena_finish(&arena);
    vb_store_destroy(stage);
    vb_store_destroy(below);
}

static void what_was_staged_is_a_copy(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_store *below = vb_store_memory_create();
    struct vb_store *stage = vb_store_stage_create(below);
    char *id = vb_strdup("c1");
    suite_one(stage, suite_case(id));
    memset(id, 'x', 2);
    free(id);
    assert_int_equal(vb_store_stage_flush(stage, &err), VB_OK);
    struct vb_arena arena = { 0 };
    assert_int_equal(below->ops->case_row(below, "c1", &arena, &(struct vb_case_row){ 0 }, &err),
                     VB_OK);
    vb_arena_finish(&arena);
    vb_store_destroy(stage);
    vb_store_destroy(below);
}

static size_t erasure_count(struct vb_store *store)
{
    struct vb_arena arena = { 0 };
    struct vb_err err;
    struct vb_erasure_row *rows;
    size_t count;
    assert_int_equal(store->ops->erasures(store, &arena, &rows, &count, &err), VB_OK);
    vb_arena_finish(&arena);
    return count;
}

static bool first_event_erased(struct vb_store *store, const char *session)
{
    struct vb_arena arena = { 0 };
    struct vb_err err;
    struct vb_event_row *rows;
    size_t count;
    assert_int_equal(store->ops->events(store, session, 1, &arena, &rows, &count, &err), VB_OK);
    assert_int_equal(count, 1);
    bool erased = rows[0].erased;
    vb_arena_finish(&arena);
    return erased;
}

static void an_erasure_waits_for_the_flush(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_store *below = vb_store_memory_create();
    suite_begin_round(below);
    suite_one(below, suite_event("s1", 1, "a"));
    suite_one(below, suite_blob("sha256:b", "s1"));
    struct vb_store *stage = vb_store_stage_create(below);
    suite_one(stage, suite_erase(VB_ERASE_PERSON, "p1"));
    assert_true(first_event_erased(stage, "s1"));
    assert_false(first_event_erased(below, "s1"));
    struct vb_arena arena = { 0 };
    struct vb_blob_row blob;
    struct vb_person_row person;
    struct vb_person_row *persons;
    size_t count;
    assert_int_equal(stage->ops->blob(stage, "sha256:b", &arena, &blob, &err), VB_OK);
    assert_true(blob.erased);
    assert_null(blob.bytes);
    assert_int_equal(below->ops->blob(below, "sha256:b", &arena, &blob, &err), VB_OK);
    assert_false(blob.erased);
    assert_int_equal(stage->ops->prefix_persons(stage, "p", &arena, &persons, &count, &err), VB_OK);
    assert_int_equal(count, 1);
    assert_true(persons[0].erased);
    assert_int_equal(below->ops->person(below, "p1", &arena, &person, &err), VB_OK);
    assert_string_equal(person.label, "Sam");
    assert_int_equal(erasure_count(stage), 1);
    assert_int_equal(erasure_count(below), 0);
    assert_int_equal(vb_store_stage_flush(stage, &err), VB_OK);
    assert_true(first_event_erased(below, "s1"));
    assert_int_equal(erasure_count(below), 1);
    vb_arena_finish(&arena);
    vb_store_destroy(stage);
    vb_store_destroy(below);
}

/* Brought up late, after the erasure was staged: it must not come back. */
static void what_comes_up_after_an_erasure_stays_erased(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_store *below = vb_store_memory_create();
    suite_begin_round(below);
    suite_one(below, suite_person("loner", NULL));
    suite_one(below, suite_round("round-2", "c1", "t1"));
    suite_one(below, suite_person("p2", "c1"));
    suite_one(below, suite_session("s2", "round-2", "p2"));
    const struct vb_event_part parts[] = { { "p1", "said", 4 }, { "loner", "more", 4 } };
    struct vb_change said = suite_event("s2", 1, "");
    said.event.parts = parts;
    said.event.part_count = 2;
    suite_one(below, said);
    struct vb_store *stage = vb_store_stage_create(below);
    suite_one(stage, suite_erase(VB_ERASE_PERSON, "p1"));
    suite_one(stage, suite_erase(VB_ERASE_PERSON, "loner"));
    struct vb_arena arena = { 0 };
    struct vb_event_row *rows;
    struct vb_person_row *persons;
    size_t count;
    assert_int_equal(stage->ops->events(stage, "s2", 1, &arena, &rows, &count, &err), VB_OK);
    assert_null(rows[0].parts[0].bytes);
    assert_null(rows[0].parts[1].bytes);
    assert_int_equal(stage->ops->persons(stage, NULL, &arena, &persons, &count, &err), VB_OK);
    assert_int_equal(count, 1);
    assert_true(persons[0].erased);
    vb_arena_finish(&arena);
    vb_store_destroy(stage);
    vb_store_destroy(below);
}

int main(void)
{
    const struct store_maker kept = { "a stage",  over_memory, open_stage,
                                      same_stage, end_below,   .parts = true };
    const struct store_maker flushed = { "a stage flushed after every commit",
                                         over_memory,
                                         open_stage,
                                         next_stage,
                                         end_below,
                                         .parts = true };
    const struct store_maker disk = {
        "a stage flushed to disk", over_sqlite, open_stage, next_stage, end_below, .parts = false
    };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stage_without_a_flush_leaves_nothing_below),
        cmocka_unit_test(a_flush_brings_all_of_it_below_once),
        cmocka_unit_test(what_is_below_is_seen_and_gone_on_with),
        cmocka_unit_test(a_flush_that_is_refused_writes_nothing_and_may_come_again),
        cmocka_unit_test(a_flush_keeps_the_files_of_an_instrument),
        cmocka_unit_test(what_was_staged_is_a_copy),
        cmocka_unit_test(an_erasure_waits_for_the_flush),
        cmocka_unit_test(what_comes_up_after_an_erasure_stays_erased),
    };
    int failed = store_suite_run(&kept) + store_suite_run(&flushed) + store_suite_run(&disk);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
