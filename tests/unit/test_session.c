/* test_session.c - what one session takes and refuses, without a store too, and its images. */
#include "session_scene.h"

#include "data/digest.h"
#include "tiny_png.h"

static const char drawn_1[] = TINY_PNG("\x01", "1"), drawn_2[] = TINY_PNG("\x01", "2");

static void a_refused_value_stores_nothing_and_says_why(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    enum vb_refusal refusal;
    struct heard heard = { 0 };
    struct vb_value wrong = vb_value_int(9);
    vb_session_answer(scene.session, 1, NULL, &wrong, &refusal, hear, &heard);
    assert_int_equal(heard.code, VB_E_DATA);
    assert_int_equal(refusal, VB_REFUSED_TYPE);
    assert_null(strstr(heard.err.text, "9"));
    give(scene.session, no);
    wrong = vb_value_int(6);
    vb_session_answer(scene.session, 2, NULL, &wrong, &refusal, hear, &heard);
    assert_int_equal(refusal, VB_REFUSED_RANGE);
    struct vb_arena arena = { 0 };
    assert_int_equal(stored(&scene, &arena).last_seq, 2);
    assert_int_equal(vb_session_view(scene.session)->seq, 2);
    vb_arena_finish(&arena);
    end(&scene);
}

static void a_required_question_stays_until_it_is_answered(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    give(scene.session, no);
    give(scene.session, vb_value_missing(VB_MISSING_SKIPPED));
    assert_int_equal(give(scene.session, vb_value_missing(VB_MISSING_DONT_KNOW)), VB_E_DATA);
    assert_string_equal(vb_session_view(scene.session)->item->id, "needed");
    assert_int_equal(give(scene.session, yes), VB_OK);
    end(&scene);
}

static void the_same_answer_again_is_acknowledged_and_stored_once(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    begin(&scene);
    assert_int_equal(answer_as(&scene, 1, "one", no).code, VB_OK);
    assert_int_equal(answer_as(&scene, 1, "one", no).code, VB_OK);
    assert_int_equal(stored(&scene, &arena).last_seq, 2);
    assert_int_equal(answer_as(&scene, 2, "two", vb_value_int(3)).code, VB_OK);
    assert_int_equal(answer_as(&scene, 1, "one", no).code, VB_OK); /* read in the log */
    assert_int_equal(stored(&scene, &arena).last_seq, 3);
    vb_arena_finish(&arena);
    end(&scene);
}

static void another_answer_at_a_taken_place_is_a_conflict(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    answer_as(&scene, 1, "one", no);
    assert_int_equal(answer_as(&scene, 1, "other", yes).code, VB_E_CONFLICT);
    assert_int_equal(answer_as(&scene, 7, "later", yes).code, VB_E_CONFLICT);
    struct vb_value value = no;
    struct heard heard = { 0 };
    vb_session_answer(scene.session, 1, NULL, &value, NULL, hear, &heard);
    assert_int_equal(heard.code, VB_E_CONFLICT);
    assert_string_equal(vb_session_view(scene.session)->item->id, "going");
    end(&scene);
}

static void an_answer_id_that_is_too_long_is_refused(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    assert_int_equal(answer_as(&scene, 1, "0123456789012345678901234567890123", no).code,
                     VB_E_DATA);
    assert_int_equal(vb_session_view(scene.session)->seq, 1);
    end(&scene);
}

static void the_stored_state_follows_the_events(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct heard heard = { 0 };
    begin(&scene);
    assert_int_equal(stored(&scene, &arena).state, VB_SESSION_OPEN);
    give(scene.session, no);
    give(scene.session, vb_value_int(3));
    give(scene.session, yes);
    assert_int_equal(stored(&scene, &arena).state, VB_SESSION_DONE);
    vb_session_back(scene.session, vb_session_view(scene.session)->seq, hear, &heard);
    assert_int_equal(stored(&scene, &arena).state, VB_SESSION_OPEN);
    give(scene.session, yes);
    assert_int_equal(share(scene.session), VB_OK);
    assert_int_equal(stored(&scene, &arena).state, VB_SESSION_SHARED);
    assert_int_equal(vb_session_state(scene.session), VB_SESSION_SHARED);
    vb_arena_finish(&arena);
    end(&scene);
}

/* -- the log ---------------------------------------------------------------------------------- */

static void without_a_store_the_same_object_serves_one_person_after_another(void **state)
{
    (void)state;
    struct world world;
    struct vb_session *session;
    struct vb_plan *plan = branching();
    world_begin(&world);
    struct vb_opened opened = { .digest = plan->digest,
                                .api = 1,
                                .person = "p",
                                .role = "client",
                                .language = "nl",
                                .format = "standard",
                                .mode = "self",
                                .opening = "1" };
    assert_int_equal(vb_session_begin(&session, NULL, &world.env, plan, "s", &opened, &world.err),
                     VB_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(give(session, i == 1 ? no : yes), VB_OK);
        assert_string_equal(vb_session_view(session)->item->id, i == 1 ? "going" : "why");
        assert_int_equal(vb_session_rebegin(session, "s", &opened, &world.err), VB_OK);
        assert_int_equal(vb_session_view(session)->seq, 1);
        assert_null(vb_session_view(session)->offered);
    }
    vb_session_destroy(session);
    vb_plan_release(plan);
    world_end(&world);
}

static void an_image_is_kept_and_named_by_its_digest(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct vb_value value;
    struct vb_blob_row row;
    const struct vb_item item = { .keep = VB_KEEP_GIVE };
    begin(&scene);
    assert_int_equal(
        vb_session_keep_image(scene.session, &item, "GIF89a", 6, &arena, &value, &scene.world.err),
        VB_E_DATA);
    assert_int_equal(vb_session_keep_image(scene.session, &item, drawn_1, sizeof drawn_1 - 1,
                                           &arena, &value, &scene.world.err),
                     VB_OK);
    assert_int_equal(value.type, VB_VALUE_JSON);
    assert_non_null(strstr(value.text, "\"type\":\"image/png\"}"));
    char *digest = vb_arena_strndup(&arena, value.text + 9, 71);
    assert_int_equal(
        scene.world.store->ops->blob(scene.world.store, digest, &arena, &row, &scene.world.err),
        VB_OK);
    assert_int_equal(row.len, sizeof drawn_1 - 1);
    vb_arena_finish(&arena);
    end(&scene);
}

static int64_t day_after(const struct world *world, int days)
{
    return world->now_ms + days * 24LL * 60 * 60 * 1000;
}

static void a_kept_image_has_its_end_date_and_one_that_is_given_along_thirty_days(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct vb_value value;
    struct vb_blob_row *rows;
    size_t count;
    const struct vb_item give = { .keep = VB_KEEP_GIVE };
    const struct vb_item until = { .keep = VB_KEEP_UNTIL, .keep_days = 90 };
    begin(&scene);
    struct vb_store *store = scene.world.store;
    assert_int_equal(vb_session_keep_image(scene.session, &give, drawn_1, sizeof drawn_1 - 1,
                                           &arena, &value, &scene.world.err),
                     VB_OK);
    int64_t given = day_after(&scene.world, 30);
    assert_int_equal(vb_session_keep_image(scene.session, &until, drawn_2, sizeof drawn_2 - 1,
                                           &arena, &value, &scene.world.err),
                     VB_OK);
    int64_t kept = day_after(&scene.world, 90);
    assert_int_equal(store->ops->session_blobs(store, vb_session_id(scene.session), &arena, &rows,
                                               &count, &scene.world.err),
                     VB_OK);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].until_wall_ms, given);
    assert_int_equal(rows[1].until_wall_ms, kept);
    vb_arena_finish(&arena);
    end(&scene);
}

static void an_image_that_no_answer_names_goes_before_sharing(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct vb_value value;
    struct vb_blob_row *rows;
    size_t count;
    const struct vb_item give = { .keep = VB_KEEP_GIVE };
    begin(&scene);
    struct vb_store *store = scene.world.store;
    assert_int_equal(vb_session_keep_image(scene.session, &give, drawn_1, sizeof drawn_1 - 1,
                                           &arena, &value, &scene.world.err),
                     VB_OK);
    assert_int_equal(vb_session_drop_images(scene.session, &scene.world.err), VB_OK);
    assert_int_equal(store->ops->session_blobs(store, vb_session_id(scene.session), &arena, &rows,
                                               &count, &scene.world.err),
                     VB_OK);
    for (size_t i = 0; i < count; i++)
        assert_true(rows[i].erased && rows[i].bytes == NULL);
    assert_int_equal(vb_session_drop_images(scene.session, &scene.world.err), VB_OK);
    vb_arena_finish(&arena);
    end(&scene);
}

static void of_an_image_that_is_not_kept_nothing_stays(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct vb_value value;
    struct vb_blob_row row;
    char digest[VB_DIGEST_SIZE];
    const struct vb_item item = { .keep = VB_KEEP_NONE };
    const struct vb_item asking = { .keep = VB_KEEP_ASK, .keep_days = 90 };
    begin(&scene);
    assert_int_equal(vb_session_keep_image(scene.session, &asking, drawn_1, sizeof drawn_1 - 1,
                                           &arena, &value, &scene.world.err),
                     VB_OK); /* nobody chose */
    assert_string_equal(value.text, "{\"paper\":true}");
    assert_int_equal(
        vb_session_keep_image(scene.session, &item, "GIF89a", 6, &arena, &value, &scene.world.err),
        VB_E_DATA);
    assert_int_equal(vb_session_keep_image(scene.session, &item, drawn_1, sizeof drawn_1 - 1,
                                           &arena, &value, &scene.world.err),
                     VB_OK);
    assert_string_equal(value.text, "{\"paper\":true}");
    assert_int_equal(value.len, strlen(value.text));
    vb_digest(drawn_1, sizeof drawn_1 - 1, digest);
    assert_int_equal(
        scene.world.store->ops->blob(scene.world.store, digest, &arena, &row, &scene.world.err),
        VB_E_ABSENT);
    vb_arena_finish(&arena);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refused_value_stores_nothing_and_says_why),
        cmocka_unit_test(a_required_question_stays_until_it_is_answered),
        cmocka_unit_test(the_same_answer_again_is_acknowledged_and_stored_once),
        cmocka_unit_test(another_answer_at_a_taken_place_is_a_conflict),
        cmocka_unit_test(an_answer_id_that_is_too_long_is_refused),
        cmocka_unit_test(the_stored_state_follows_the_events),
        cmocka_unit_test(without_a_store_the_same_object_serves_one_person_after_another),
        cmocka_unit_test(a_kept_image_has_its_end_date_and_one_that_is_given_along_thirty_days),
        cmocka_unit_test(an_image_that_no_answer_names_goes_before_sharing),
        cmocka_unit_test(of_an_image_that_is_not_kept_nothing_stays),
        cmocka_unit_test(an_image_is_kept_and_named_by_its_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
