/* Somebody who shared mends something: what was shared stands until it is shared again. */
#include "round_fixture.h"

static enum vb_code change(struct vb_session *session, int item, struct vb_value value)
{
    struct heard heard = { 0 };
    vb_session_change(session, vb_session_view(session)->seq, item, -1, &value, NULL, hear, &heard);
    return heard.code;
}

static enum vb_code correct(struct scene *scene, struct vb_session *session)
{
    return vb_round_correct(scene->round, session, &scene->world.err);
}

static void share_with(struct vb_session *session, const struct vb_sharing *sharing)
{
    struct heard heard = { 0 };
    vb_session_share(session, vb_session_view(session)->seq, sharing, hear, &heard);
    assert_int_equal(heard.code, VB_OK);
}

static void begin_released(struct scene *scene, struct vb_session **client)
{
    begin(scene, dyad());
    *client = join(scene, "client", NULL);
    fill(*client, 4, "as it was");
    fill(join(scene, "professional", NULL), 2, "the worker");
    assert_true(settle(scene));
}

static bool is_in(struct scene *scene, int revision, const char *words)
{
    char *bytes = bytes_of(scene, revision);
    bool there = strstr(bytes, words) != NULL;
    free(bytes);
    return there;
}

static void a_correction_is_a_revision_and_older_ones_stay(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_session *client;
    begin_released(&scene, &client);
    char *first = bytes_of(&scene, 1);
    assert_int_equal(correct(&scene, client), VB_OK);
    assert_int_equal(change(client, 3, text("as it is")), VB_OK);
    assert_int_equal(change(client, 0, vb_value_int(1)), VB_OK);
    assert_int_equal(share(client), VB_OK);
    assert_true(settle(&scene));
    assert_false(settle(&scene));
    for (int times = 0; times < 2; times++) {
        char *again = bytes_of(&scene, 1), *newest = bytes_of(&scene, 0);
        assert_string_equal(first, again);
        assert_non_null(strstr(newest, "\"revision\":2,\"reason\":\"corrected\""));
        assert_non_null(strstr(newest, "as it is"));
        assert_null(strstr(newest, "as it was"));
        assert_non_null(strstr(newest, "\"one\":{\"value\":1}"));
        free(again);
        free(newest);
        restart(&scene);
    }
    free(first);
    end(&scene);
}

static void what_is_being_corrected_is_nowhere_until_it_is_shared(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_session *client;
    begin_released(&scene, &client);
    char *first = bytes_of(&scene, 0);
    assert_int_equal(correct(&scene, client), VB_OK);
    assert_int_equal(change(client, 3, text(marker)), VB_OK);
    for (int times = 0; times < 2; times++) {
        assert_false(settle(&scene));
        char *now = bytes_of(&scene, 0);
        assert_string_equal(first, now);
        assert_int_equal(result_code(&scene, 2), VB_E_ABSENT);
        assert_true(vb_round_participants(scene.round, &(int){ 0 })[0].ready);
        free(now);
        restart(&scene);
    }
    /* It goes on where it was. */
    client = join(&scene, "client", NULL);
    assert_int_equal(vb_session_view(client)->at, VB_AT_OVERVIEW);
    assert_int_equal(correct(&scene, client), VB_OK);
    assert_int_equal(share(client), VB_OK);
    assert_true(settle(&scene));
    assert_true(is_in(&scene, 0, marker));
    assert_false(is_in(&scene, 1, marker));
    free(first);
    end(&scene);
}

static void who_leaves_a_correction_leaves_everything_as_it_was(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_session *client;
    begin_released(&scene, &client);
    char *first = bytes_of(&scene, 0);
    assert_int_equal(correct(&scene, client), VB_OK);
    assert_int_equal(change(client, 3, text(marker)), VB_OK);
    assert_int_equal(stop(client), VB_OK);
    assert_int_equal(vb_session_state(client), VB_SESSION_SHARED);
    for (int times = 0; times < 2; times++) {
        assert_false(settle(&scene));
        char *now = bytes_of(&scene, 0);
        assert_string_equal(first, now);
        free(now);
        restart(&scene);
    }
    client = join(&scene, "client", NULL);
    assert_int_equal(correct(&scene, client), VB_OK);
    assert_int_equal(change(client, 0, vb_value_int(3)), VB_OK);
    assert_int_equal(share(client), VB_OK);
    assert_true(settle(&scene));
    assert_true(is_in(&scene, 0, "as it was"));
    assert_false(is_in(&scene, 0, marker));
    free(first);
    end(&scene);
}

static void others_revisions_rest_on_what_stands(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, family());
    struct vb_session *sam = join(&scene, "youth", "Sam"), *kim = join(&scene, "parent", "Kim");
    struct vb_session *lee = join(&scene, "parent", "Lee");
    give_all(sam, (const int[]){ 5, 4 });
    give_all(kim, (const int[]){ 2, 2 });
    share(sam);
    share(kim);
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_OK);
    assert_int_equal(correct(&scene, sam), VB_OK);
    assert_int_equal(change(sam, 0, vb_value_int(1)), VB_OK);
    give_all(lee, (const int[]){ 3, 3 });
    share(lee);
    assert_true(settle(&scene));
    assert_true(is_in(&scene, 2, "\"reason\":\"late\""));
    assert_true(is_in(&scene, 2, "\"own\":{\"value\":5}"));
    assert_false(is_in(&scene, 2, "\"own\":{\"value\":1}"));
    assert_int_equal(share(sam), VB_OK);
    assert_true(settle(&scene));
    restart(&scene);
    assert_true(is_in(&scene, 3, "\"reason\":\"corrected\""));
    assert_true(is_in(&scene, 3, "\"own\":{\"value\":1}"));
    assert_true(is_in(&scene, 2, "\"own\":{\"value\":5}"));
    end(&scene);
}

static void what_is_held_back_later_is_not_in_the_newest_one(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_session *client;
    begin_released(&scene, &client);
    assert_int_equal(correct(&scene, client), VB_OK);
    assert_int_equal(hold(client, 3, -1), VB_OK);
    assert_int_equal(share(client), VB_OK);
    assert_true(settle(&scene));
    assert_false(is_in(&scene, 0, "as it was"));
    assert_true(is_in(&scene, 1, "as it was"));
    end(&scene);
}

static void nothing_is_read_again_before_it_is_on_the_table(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_sharing alone = { .one_sided = true };
    begin(&scene, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    fill(client, 4, "a");
    assert_int_equal(correct(&scene, client), VB_E_BUSY);
    struct vb_session *worker = join(&scene, "professional", NULL);
    for (int i = 0; i < 3; i++)
        give(worker, vb_value_int(2));
    give(worker, text("b"));
    share_with(worker, &alone);
    assert_true(settle(&scene));
    assert_int_equal(vb_round_withdraw(scene.round, person_at(&scene, 1), "x", &scene.world.err),
                     VB_OK);
    /* The client shared, and is not shown without the other. */
    assert_int_equal(correct(&scene, client), VB_E_BUSY);
    assert_int_equal(correct(&scene, worker), VB_E_BUSY);
    assert_false(vb_session_view(client)->stands);
    end(&scene);
}

static void a_new_yes_takes_the_place_of_the_old_one(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_sharing alone = { .one_sided = true };
    begin(&scene, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    for (int i = 0; i < 3; i++)
        give(client, vb_value_int(4));
    give(client, text("alone"));
    share_with(client, &alone);
    assert_int_equal(vb_round_close(scene.round, "x", &scene.world.err), VB_OK);
    assert_int_equal(correct(&scene, client), VB_OK);
    assert_int_equal(share(client), VB_OK); /* and no longer without the other */
    assert_true(settle(&scene));
    assert_true(is_in(&scene, 1, "alone"));
    assert_false(is_in(&scene, 2, "alone"));
    fill(join(&scene, "professional", NULL), 2, "the worker");
    assert_true(settle(&scene));
    assert_true(is_in(&scene, 3, "alone"));
    assert_true(is_in(&scene, 3, "\"reason\":\"late\""));
    end(&scene);
}

static void a_correction_can_end_in_taking_everything_back(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_session *client;
    begin_released(&scene, &client);
    assert_int_equal(correct(&scene, client), VB_OK);
    assert_int_equal(change(client, 3, text(marker)), VB_OK);
    assert_int_equal(vb_round_withdraw(scene.round, person_at(&scene, 0), "x", &scene.world.err),
                     VB_OK);
    for (int revision = 1; revision <= 2; revision++) {
        assert_false(is_in(&scene, revision, "as it was"));
        assert_false(is_in(&scene, revision, marker));
    }
    assert_true(is_in(&scene, 2, "\"reason\":\"withdrawn\""));
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_correction_is_a_revision_and_older_ones_stay),
        cmocka_unit_test(what_is_being_corrected_is_nowhere_until_it_is_shared),
        cmocka_unit_test(who_leaves_a_correction_leaves_everything_as_it_was),
        cmocka_unit_test(others_revisions_rest_on_what_stands),
        cmocka_unit_test(what_is_held_back_later_is_not_in_the_newest_one),
        cmocka_unit_test(nothing_is_read_again_before_it_is_on_the_table),
        cmocka_unit_test(a_new_yes_takes_the_place_of_the_old_one),
        cmocka_unit_test(a_correction_can_end_in_taking_everything_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
