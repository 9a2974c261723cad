/* Rounds that are past their time: found, and erased at the next opening. */
#include "round_fixture.h"

#include "base/str.h"
#include "session/retention.h"

static const int64_t day_ms = 24LL * 60 * 60 * 1000;

struct kept {
    struct scene scene;
    struct vb_arena arena;
    struct vb_retention_due *due;
    size_t count;
};

static void kept_begin(struct kept *kept)
{
    *kept = (struct kept){ 0 };
    begin(&kept->scene, dyad());
}

static void kept_end(struct kept *kept)
{
    vb_arena_finish(&kept->arena);
    end(&kept->scene);
}

static void set(struct kept *kept, const char *name, const char *value)
{
    struct vb_change change = { .kind = VB_PUT_SETTING, .setting = { name, value } };
    assert_int_equal(vb_store_commit(kept->scene.world.store, &change, 1, &kept->scene.world.err),
                     VB_OK);
}

static size_t due_in(struct kept *kept, int days)
{
    struct world *world = &kept->scene.world;
    assert_int_equal(vb_retention_find(world->store, world->now_ms + days * day_ms, NULL, NULL,
                                       &kept->arena, &kept->due, &kept->count, &world->err),
                     VB_OK);
    return kept->count;
}

static int enforce(struct kept *kept)
{
    int erased;
    struct world *world = &kept->scene.world;
    enum vb_code code =
        vb_retention_enforce(world->store, world->now_ms, NULL, &erased, &world->err);
    if (code != VB_OK)
        print_error("%s\n", world->err.text);
    assert_int_equal(code, VB_OK);
    return erased;
}

static enum vb_round_state state_of(struct kept *kept, const char *id)
{
    struct vb_round_row row;
    assert_int_equal(vb_store_find_round(kept->scene.world.store, id, &kept->arena, &row,
                                         &kept->scene.world.err),
                     VB_OK);
    return row.state;
}

static const char *round_id(struct kept *kept)
{
    return vb_arena_strdup(&kept->arena, vb_round_row(kept->scene.round)->id);
}

static void next_wave(struct kept *kept, const char *wave)
{
    vb_round_destroy(kept->scene.round);
    assert_int_equal(
        open_round(&kept->scene, &(struct vb_round_options){ .case_id = "c-1", .wave = wave }),
        VB_OK);
}

static void days_are_whole_and_at_most_a_hundred_years(void **state)
{
    (void)state;
    static const char *const wrong[] = { "",    "0",     "-1",          "1.5", "30 ", " 30",
                                         "030", "36501", "99999999999", "ten", "1e3" };
    int days;
    assert_true(vb_retention_days("1", &days) && days == 1);
    assert_true(vb_retention_days("36500", &days) && days == 36500);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(vb_retention_days(wrong[i], &days));
}

static void without_a_setting_nothing_is_ever_due(void **state)
{
    (void)state;
    struct kept kept;
    kept_begin(&kept);
    fill(join(&kept.scene, "client", NULL), 4, marker);
    assert_int_equal(due_in(&kept, 36500), 0);
    assert_int_equal(enforce(&kept), 0);
    kept_end(&kept);
}

static void a_round_is_due_so_many_days_after_the_last_thing_written_in_it(void **state)
{
    (void)state;
    struct kept kept;
    kept_begin(&kept);
    set(&kept, "retention.fixture", "30");
    struct vb_session *client = join(&kept.scene, "client", NULL);
    kept.scene.world.now_ms += 10 * day_ms;
    give(client, vb_value_int(4)); /* ten days after it began */
    int64_t last = kept.scene.world.now_ms;
    assert_int_equal(due_in(&kept, 29), 0);
    assert_int_equal(due_in(&kept, 30), 1);
    assert_int_equal(kept.due[0].due_wall_ms, last + 30 * day_ms);
    assert_string_equal(kept.due[0].round.id, round_id(&kept));
    kept_end(&kept);
}

static void what_is_due_is_erased_with_its_names_and_once(void **state)
{
    (void)state;
    struct kept kept;
    struct vb_person_row person;
    kept_begin(&kept);
    set(&kept, "retention.fixture", "30");
    fill(join(&kept.scene, "client", "Sam"), 4, marker);
    const char *id = round_id(&kept), *client = person_at(&kept.scene, 0);
    struct vb_store *store = kept.scene.world.store;
    assert_int_equal(enforce(&kept), 0);
    kept.scene.world.now_ms += 30 * day_ms;
    assert_int_equal(enforce(&kept), 1);
    assert_int_equal(state_of(&kept, id), VB_ROUND_ERASED);
    assert_int_equal(store->ops->person(store, client, &kept.arena, &person, &kept.scene.world.err),
                     VB_OK);
    assert_true(person.erased);
    assert_null(person.label);
    assert_int_equal(enforce(&kept), 0);
    kept_end(&kept);
}

static void an_erasure_says_that_it_was_its_time_and_not_a_person(void **state)
{
    (void)state;
    struct kept kept;
    struct vb_erasure_row *tombstones;
    struct vb_audit_row *audit;
    size_t count;
    bool told = false;
    kept_begin(&kept);
    set(&kept, "retention.fixture", "1");
    fill(join(&kept.scene, "client", NULL), 4, marker);
    kept.scene.world.now_ms += 2 * day_ms;
    enforce(&kept);
    struct vb_store *store = kept.scene.world.store;
    assert_int_equal(
        store->ops->erasures(store, &kept.arena, &tombstones, &count, &kept.scene.world.err),
        VB_OK);
    assert_int_equal(count, 2); /* the session and the person */
    for (size_t i = 0; i < count; i++)
        assert_string_equal(tombstones[i].reason, "retention");
    assert_int_equal(store->ops->audit(store, &kept.arena, &audit, &count, &kept.scene.world.err),
                     VB_OK);
    for (size_t i = 0; i < count; i++)
        told |= vb_streq(audit[i].action, "retention") && vb_streq(audit[i].by, "rule") &&
                vb_streq(audit[i].subject, round_id(&kept));
    assert_true(told);
    kept_end(&kept);
}

static void a_younger_round_of_the_case_and_its_people_stay(void **state)
{
    (void)state;
    struct kept kept;
    struct vb_person_row person;
    kept_begin(&kept);
    set(&kept, "retention.fixture", "30");
    fill(join(&kept.scene, "client", "Sam"), 4, marker);
    const char *old = round_id(&kept);
    const char *client = vb_arena_strdup(&kept.arena, person_at(&kept.scene, 0));
    kept.scene.world.now_ms += 20 * day_ms;
    next_wave(&kept, "t1");
    join(&kept.scene, "client", NULL);
    kept.scene.world.now_ms += 15 * day_ms;
    assert_int_equal(enforce(&kept), 1);
    assert_int_equal(state_of(&kept, old), VB_ROUND_ERASED);
    assert_int_equal(state_of(&kept, round_id(&kept)), VB_ROUND_OPEN);
    struct vb_store *store = kept.scene.world.store;
    assert_int_equal(store->ops->person(store, client, &kept.arena, &person, &kept.scene.world.err),
                     VB_OK);
    assert_string_equal(person.label, "Sam");
    kept_end(&kept);
}

static void a_setting_of_another_instrument_changes_nothing(void **state)
{
    (void)state;
    struct kept kept;
    kept_begin(&kept);
    set(&kept, "retention.fixture-two", "1");
    set(&kept, "retention.fix", "1");
    fill(join(&kept.scene, "client", NULL), 4, marker);
    assert_int_equal(due_in(&kept, 1000), 0);
    kept_end(&kept);
}

static void a_setting_can_be_tried_before_it_is_kept(void **state)
{
    (void)state;
    struct kept kept;
    struct vb_setting_row wish = { "retention.fixture", "5" };
    struct world *world = &kept.scene.world;
    kept_begin(&kept);
    set(&kept, "retention.fixture", "400");
    fill(join(&kept.scene, "client", NULL), 4, marker);
    world->now_ms += 10 * day_ms;
    assert_int_equal(vb_retention_find(world->store, world->now_ms, &wish, NULL, &kept.arena,
                                       &kept.due, &kept.count, &world->err),
                     VB_OK);
    assert_int_equal(kept.count, 1);
    assert_int_equal(enforce(&kept), 0);
    kept_end(&kept);
}

static void a_setting_that_says_nothing_is_not_followed(void **state)
{
    (void)state;
    struct kept kept;
    kept_begin(&kept);
    set(&kept, "retention.fixture", "soon");
    fill(join(&kept.scene, "client", NULL), 4, marker);
    kept.scene.world.now_ms += 10000 * day_ms;
    assert_int_equal(enforce(&kept), 0);
    kept_end(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_whole_and_at_most_a_hundred_years),
        cmocka_unit_test(without_a_setting_nothing_is_ever_due),
        cmocka_unit_test(a_round_is_due_so_many_days_after_the_last_thing_written_in_it),
        cmocka_unit_test(what_is_due_is_erased_with_its_names_and_once),
        cmocka_unit_test(an_erasure_says_that_it_was_its_time_and_not_a_person),
        cmocka_unit_test(a_younger_round_of_the_case_and_its_people_stay),
        cmocka_unit_test(a_setting_of_another_instrument_changes_nothing),
        cmocka_unit_test(a_setting_can_be_tried_before_it_is_kept),
        cmocka_unit_test(a_setting_that_says_nothing_is_not_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
