#include "store_suite.h"

#include "base/mem.h"
#include "store/store_memory.h"
#include "store/store_memory_inner.h"
#include "store/store_table.h"

static void *no_place(void)
{
    return NULL;
}

static struct vb_store *open_memory(void *place)
{
    (void)place;
    return vb_store_memory_create();
}

static struct vb_store *same(void *place, struct vb_store *store)
{
    (void)place;
    return store;
}

static void nothing(void *place)
{
    (void)place;
}

static void what_was_read_stays_when_the_store_is_gone(void **state)
{
    (void)state;
    struct vb_store *store = vb_store_memory_create();
    suite_begin_round(store);
    struct vb_arena arena = { 0 };
    struct vb_err err;
    struct vb_round_row row;
    assert_int_equal(vb_store_find_round(store, "round-1", &arena, &row, &err), VB_OK);
    vb_store_destroy(store);
    assert_string_equal(row.with, "pulse,strengths");
    vb_arena_finish(&arena);
}

static bool all_zero(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] != 0)
            return false;
    }
    return true;
}

/* Not only no longer pointed at: a later read past some end must not find it either. */
static void erased_content_is_overwritten(void **state)
{
    (void)state;
    struct vb_store *store = vb_store_memory_create();
    const struct vb_event_part part = { "p2", "said", 4 };
    struct vb_change event = suite_event("s1", 1, "one");
    suite_begin_round(store);
    suite_one(store, suite_person("p2", "c1"));
    event.event.parts = &part;
    event.event.part_count = 1;
    suite_one(store, event);
    suite_one(store, suite_blob("sha256:b", "s1"));
    const struct memory_store *memory = (struct memory_store *)store;
    const struct memory_session *session = vb_table_find(&memory->sessions, "s1");
    const struct memory_person *person = vb_table_find(&memory->persons, "p1");
    const struct vb_event_row kept = *(struct vb_event_row *)session->events.items[0];
    const struct vb_blob_row blob = ((struct memory_blob *)session->blobs.items[0])->row;
    const char *label = person->row.label, *said = kept.parts[0].bytes;
    suite_one(store, suite_erase(VB_ERASE_PERSON, "p2"));
    assert_true(all_zero(said, 4));
    assert_memory_equal(kept.body, event.event.body, kept.body_len);
    suite_one(store, suite_erase(VB_ERASE_PERSON, "p1"));
    assert_true(all_zero(kept.body, kept.body_len));
    assert_true(all_zero(kept.answer_id, 3));
    assert_true(all_zero(blob.bytes, blob.len));
    assert_true(all_zero(label, 3));
    vb_store_destroy(store);
}

static void destroying_nothing_is_fine(void **state)
{
    (void)state;
    vb_store_destroy(NULL);
}

static void a_table_finds_what_was_not_dropped(void **state)
{
    (void)state;
    enum { MANY = 500 };
    static struct named {
        const char *key;
        char text[16];
    } rows[MANY];
    struct vb_table table = { 0 };
    for (int i = 0; i < MANY; i++) {
        snprintf(rows[i].text, sizeof rows[i].text, "%d", i);
        rows[i].key = rows[i].text;
        vb_table_add(&table, &rows[i]);
    }
    for (int left = MANY; left > 0; left -= 100) {
        for (int i = 0; i < MANY; i++)
            assert_ptr_equal(vb_table_find(&table, rows[i].key), i < left ? &rows[i] : NULL);
        for (int i = 0; i < 100; i++)
            vb_table_drop_last(&table);
    }
    assert_int_equal(table.count, 0);
    vb_table_finish(&table);
}

int main(void)
{
    const struct store_maker memory = { "a store in memory", no_place, open_memory, same, nothing,
                                        .parts = true };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_read_stays_when_the_store_is_gone),
        cmocka_unit_test(erased_content_is_overwritten),
        cmocka_unit_test(destroying_nothing_is_fine),
        cmocka_unit_test(a_table_finds_what_was_not_dropped),
    };
    int failed = store_suite_run(&memory);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
