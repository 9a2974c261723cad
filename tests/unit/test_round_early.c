/* test_round_early.c - rounds that are written down before anybody joined, and who acts in them. */
#include "round_fixture.h"

#include "base/str.h"

static int participants(struct scene *scene)
{
    int count;
    vb_round_participants(scene->round, &count);
    return count;
}

static size_t settings(struct scene *scene)
{
    struct vb_arena arena = { 0 };
    struct vb_setting_row *rows;
    size_t count;
    assert_int_equal(scene->world.store->ops->settings(scene->world.store, VB_ROSTER_SETTINGS,
                                                       &arena, &rows, &count, &scene->world.err),
                     VB_OK);
    vb_arena_finish(&arena);
    return count;
}

static void write_down(struct scene *scene)
{
    assert_int_equal(vb_round_write(scene->round, &scene->world.err), VB_OK);
}

static void name(struct scene *scene, const char *role, const char *label)
{
    assert_int_equal(vb_round_name_member(scene->round, role, label, &scene->world.err), VB_OK);
}

static void a_round_is_written_down_before_anybody_joins(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    write_down(&scene);
    write_down(&scene);
    assert_false(vb_round_is_new(scene.round));
    assert_int_equal(rounds_stored(&scene), 1);
    assert_int_equal(settings(&scene), 0);
    restart(&scene);
    assert_int_equal(participants(&scene), 0);
    fill(join(&scene, "client", NULL), 4, "yes");
    fill(join(&scene, "professional", NULL), 4, "yes");
    assert_true(settle(&scene));
    end(&scene);
}

static void who_was_named_before_anybody_began_survives_a_restart(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, family());
    name(&scene, "youth", "Sam");
    write_down(&scene);
    name(&scene, "parent", "Kim");
    assert_int_equal(settings(&scene), 1);
    restart(&scene);
    assert_int_equal(participants(&scene), 2);
    char *sam = strdup(person_at(&scene, 0));
    struct vb_session *parent = join(&scene, "parent", "Kim");
    int members;
    vb_fold_members(vb_session_fold(parent), &members);
    assert_int_equal(members, 2);
    assert_int_equal(settings(&scene), 0);
    restart(&scene);
    assert_int_equal(participants(&scene), 2);
    join(&scene, "youth", "Sam");
    assert_string_equal(person_at(&scene, 0), sam);
    free(sam);
    end(&scene);
}

static void nobody_is_named_in_the_setting_itself(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct vb_setting_row *rows;
    size_t count;
    begin(&scene, family());
    name(&scene, "youth", marker);
    write_down(&scene);
    assert_int_equal(scene.world.store->ops->settings(scene.world.store, "", &arena, &rows, &count,
                                                      &scene.world.err),
                     VB_OK);
    assert_int_equal(count, 1);
    assert_null(strstr(rows[0].value, "MARKER"));
    assert_null(strstr(rows[0].name, "MARKER"));
    assert_string_equal(rows[0].value, person_at(&scene, 0));
    vb_arena_finish(&arena);
    end(&scene);
}

static void who_acts_is_who_the_audit_names(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    size_t count;
    begin(&scene, dyad());
    vb_round_act_as(scene.round, "robin");
    write_down(&scene);
    join(&scene, "client", NULL);
    vb_round_act_as(scene.round, NULL);
    join(&scene, "professional", NULL);
    vb_round_act_as(scene.round, "kit");
    assert_int_equal(vb_round_end(scene.round, "professional", &scene.world.err), VB_OK);
    assert_int_equal(
        scene.world.store->ops->audit(scene.world.store, &arena, &rows, &count, &scene.world.err),
        VB_OK);
    assert_int_equal(count, 3);
    assert_string_equal(rows[0].action, "open");
    assert_string_equal(rows[0].by, "robin");
    assert_string_equal(rows[1].action, "begin");
    assert_string_equal(rows[1].by, "robin");
    assert_string_equal(rows[2].by, "kit");
    vb_arena_finish(&arena);
    end(&scene);
}

static void the_newest_revision_is_told_with_the_day_of_the_first(void **state)
{
    (void)state;
    struct scene scene;
    int64_t first = 0, later = 0;
    begin(&scene, dyad());
    assert_int_equal(vb_round_revision(scene.round, &first), 0);
    fill(join(&scene, "client", NULL), 4, "yes");
    fill(join(&scene, "professional", NULL), 4, "yes");
    assert_true(settle(&scene));
    assert_int_equal(vb_round_revision(scene.round, &first), 1);
    assert_int_equal(vb_round_put_talk(scene.round,
                                       &(struct vb_talk_record){ .next = "2026-12-01" },
                                       "professional", &scene.world.err),
                     VB_OK);
    assert_int_equal(vb_round_revision(scene.round, &later), 2);
    assert_true(first > 0 && first == later);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_round_is_written_down_before_anybody_joins),
        cmocka_unit_test(who_was_named_before_anybody_began_survives_a_restart),
        cmocka_unit_test(nobody_is_named_in_the_setting_itself),
        cmocka_unit_test(who_acts_is_who_the_audit_names),
        cmocka_unit_test(the_newest_revision_is_told_with_the_day_of_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
