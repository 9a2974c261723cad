#include "store_suite.h"

#include "base/mem.h"
#include "store/store_memory.h"
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
    const struct store_maker memory = { "a store in memory", no_place, open_memory, same, nothing };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_read_stays_when_the_store_is_gone),
        cmocka_unit_test(destroying_nothing_is_fine),
        cmocka_unit_test(a_table_finds_what_was_not_dropped),
    };
    int failed = store_suite_run(&memory);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
