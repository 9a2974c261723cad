/* A parcel by its name, tried again or dropped by somebody. */
#include "store_suite.h"

#include "outbox/parcel.h"
#include "store/store_memory.h"

struct scene {
    struct vb_store *store;
    struct vb_arena arena;
    struct vb_err err;
};

static struct vb_change moved(const char *output, int revision, enum vb_parcel_state state)
{
    return (struct vb_change){ .kind = VB_SET_PARCEL,
                               .parcel = { .round = "round-1",
                                           .output = output,
                                           .revision = revision,
                                           .state = state,
                                           .attempts = 20,
                                           .due_wall_ms = 9000,
                                           .lease_wall_ms = 9500,
                                           .reason = "nobody at home" } };
}

/* round-1 with outputs o and a/b, two revisions. */
static int set_up(void **state)
{
    struct scene *scene = vb_new(struct scene);
    static const char *const names[] = { "o", "a/b" };
    scene->store = vb_store_memory_create();
    suite_begin_round(scene->store);
    for (int i = 0; i < 2; i++)
        suite_one(
            scene->store,
            (struct vb_change){ .kind = VB_PUT_OUTPUT,
                                .output = { .name = names[i], .plugin = "p", .options = "{}" } });
    suite_one(scene->store, suite_revision("round-1", 1));
    suite_one(scene->store, suite_revision("round-1", 2));
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    vb_store_destroy(scene->store);
    vb_arena_finish(&scene->arena);
    free(scene);
    return 0;
}

static struct vb_parcel_row found(struct scene *scene, const char *name)
{
    struct vb_parcel_row row;
    if (vb_parcel_find(scene->store, name, &scene->arena, &row, &scene->err) != VB_OK)
        fail_msg("%s", scene->err.text);
    return row;
}

static void a_parcel_is_found_by_its_name(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(found(scene, "round-1/o/2").number, 3);
    assert_int_equal(found(scene, "roun/o/1").number, 1);
    assert_int_equal(found(scene, "round-1/a/b/2").number, 4);
}

static void what_names_no_parcel_is_refused(void **state)
{
    struct scene *scene = *state;
    static const char *const names[] = {
        "",           "round-1",      "round-1/o",    "round-1/o/",
        "round-1//1", "round-1/o/x",  "/o/1",         "round-1/o/0",
        "round-1/1",  "round-1/o/+1", "round-1/o/01", "round-1/o/99999999999999999999"
    };
    struct vb_parcel_row row;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (vb_parcel_find(scene->store, names[i], &scene->arena, &row, &scene->err) != VB_E_DATA)
            fail_msg("\"%s\" is taken", names[i]);
    assert_int_equal(vb_parcel_find(scene->store, "round-1/o/3", &scene->arena, &row, &scene->err),
                     VB_E_ABSENT);
    assert_int_equal(vb_parcel_find(scene->store, "round-7/o/1", &scene->arena, &row, &scene->err),
                     VB_E_ABSENT);
}

static enum vb_code retry(struct scene *scene, const char *name)
{
    struct vb_parcel_row row = found(scene, name);
    struct vb_change change;
    enum vb_code code = vb_parcel_retry(scene->store, &row, 30000, &change, &scene->err);
    if (code == VB_OK)
        suite_one(scene->store, change);
    return code;
}

static void a_retry_makes_it_wait_no_longer(void **state)
{
    struct scene *scene = *state;
    suite_one(scene->store, moved("o", 1, VB_PARCEL_WAITING));
    assert_int_equal(retry(scene, "round-1/o/1"), VB_OK);
    struct vb_parcel_row row = found(scene, "round-1/o/1");
    assert_int_equal(row.due_wall_ms, 30000);
    assert_int_equal(row.lease_wall_ms, 0);
    assert_int_equal(row.attempts, 20);
    assert_string_equal(row.reason, "nobody at home");
}

static void a_dead_one_comes_back(void **state)
{
    struct scene *scene = *state;
    suite_one(scene->store, moved("o", 1, VB_PARCEL_DEAD));
    assert_int_equal(retry(scene, "round-1/o/1"), VB_OK);
    assert_int_equal(found(scene, "round-1/o/1").state, VB_PARCEL_WAITING);
}

static void a_dead_one_stays_dead_when_a_newer_arrived(void **state)
{
    struct scene *scene = *state;
    suite_one(scene->store, moved("o", 1, VB_PARCEL_DEAD));
    suite_one(scene->store, moved("a/b", 2, VB_PARCEL_DELIVERED)); /* elsewhere */
    assert_int_equal(retry(scene, "round-1/o/1"), VB_OK);
    suite_one(scene->store, moved("o", 1, VB_PARCEL_DEAD));
    suite_one(scene->store, moved("o", 2, VB_PARCEL_DELIVERED));
    assert_int_equal(retry(scene, "round-1/o/1"), VB_E_CONFLICT);
    assert_non_null(strstr(scene->err.text, "older revision than 2"));
    assert_int_equal(found(scene, "round-1/o/1").state, VB_PARCEL_DEAD);
}

static void what_is_over_is_not_tried_again(void **state)
{
    struct scene *scene = *state;
    const enum vb_parcel_state over[] = { VB_PARCEL_DELIVERED, VB_PARCEL_DROPPED,
                                          VB_PARCEL_REPLACED };
    for (int i = 0; i < 3; i++) {
        struct vb_parcel_row row = moved("o", 1, over[i]).parcel;
        struct vb_change change;
        assert_int_equal(vb_parcel_retry(scene->store, &row, 1, &change, &scene->err),
                         VB_E_CONFLICT);
        assert_int_equal(vb_parcel_drop(&row, "no", 1, &change, &scene->err), VB_E_CONFLICT);
    }
}

static void a_dropped_one_says_why(void **state)
{
    struct scene *scene = *state;
    struct vb_parcel_row row = found(scene, "round-1/o/1");
    struct vb_change change;
    assert_int_equal(vb_parcel_drop(&row, "the dossier was closed", 30000, &change, &scene->err),
                     VB_OK);
    suite_one(scene->store, change);
    row = found(scene, "round-1/o/1");
    assert_int_equal(row.state, VB_PARCEL_DROPPED);
    assert_string_equal(row.reason, "the dossier was closed");
    assert_int_equal(row.changed_wall_ms, 30000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_parcel_is_found_by_its_name),
        TEST(what_names_no_parcel_is_refused),
        TEST(a_retry_makes_it_wait_no_longer),
        TEST(a_dead_one_comes_back),
        TEST(a_dead_one_stays_dead_when_a_newer_arrived),
        TEST(what_is_over_is_not_tried_again),
        TEST(a_dropped_one_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
