/* A round that nobody is at sleeps, and the way a place on a line was given stays with the answer.
 */
#include "round_fixture.h"

#include "data/event.h"
#include "data/event_pack.h"
#include "session/shown.h"
#include "store/store.h"

static struct vb_plan *with_a_line(void)
{
    struct fixture f = fixture_begin();
    fixture_ask(&f, fixture_item(&f, "line", VB_VAS), NULL);
    fixture_ask(&f, fixture_item(&f, "say", VB_TEXT), NULL);
    return fixture_end(&f);
}

static void a_round_that_rests_wakes_where_it_stood(void **state)
{
    struct scene scene;
    (void)state;
    begin(&scene, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    assert_int_equal(give(client, vb_value_int(4)), VB_OK);
    assert_true(vb_round_rest(scene.round));
    assert_true(vb_session_asleep(client));
    assert_true(vb_round_rest(scene.round)); /* again is fine */
    assert_int_equal(vb_round_wake(scene.round, &scene.world.err), VB_OK);
    assert_false(vb_session_asleep(client));
    assert_string_equal(vb_session_view(client)->item->id, "two");
    fill(join(&scene, "professional", NULL), 2, "x");
    end(&scene);
}

/* Every answer of a line, read back from the store. */
static const char *method_of(struct scene *scene, struct vb_session *session, int64_t seq,
                             struct vb_arena *arena, size_t *packed)
{
    struct vb_event_row *rows;
    struct vb_event event = { 0 };
    size_t count;
    assert_int_equal(scene->world.store->ops->events(scene->world.store, vb_session_id(session),
                                                     seq, arena, &rows, &count, &scene->world.err),
                     VB_OK);
    assert_true(count > 0);
    struct vb_event_ids ids = { .plan = scene->plan };
    struct vb_event_pieces pieces = { .answer_id = rows[0].answer_id,
                                      .body = rows[0].body,
                                      .body_len = rows[0].body_len };
    assert_int_equal(vb_event_decode(&event, arena, &ids, &pieces, &scene->world.err), VB_OK);
    *packed = vb_event_packed_length(rows[0].body, rows[0].body_len);
    return event.method;
}

static void the_input_method_of_a_line_is_kept_with_the_answer(void **state)
{
    static const char *const methods[] = { "pointer", "keyboard", "buttons" };
    struct scene scene;
    struct vb_arena arena = { 0 };
    struct heard heard = { 0 };
    size_t packed;
    (void)state;
    begin(&scene, with_a_line());
    struct vb_session *client = join(&scene, "client", NULL);
    struct vb_value place = vb_value_int(640);
    for (int i = 0; i < 3; i++) {
        int64_t after = vb_session_view(client)->seq;
        vb_session_answer_by(client, after, NULL, &place, methods[i], NULL, hear, &heard);
        assert_int_equal(heard.code, VB_OK);
        assert_string_equal(method_of(&scene, client, after + 1, &arena, &packed), methods[i]);
        assert_true(packed + VB_ID_BYTES <= vb_event_room(scene.plan)); /* told apart by nothing */
        vb_session_back(client, vb_session_view(client)->seq, hear, &heard);
        assert_int_equal(heard.code, VB_OK);
    }
    assert_int_equal(give(client, place), VB_OK); /* not said: nothing is kept */
    assert_null(method_of(&scene, client, vb_session_view(client)->seq, &arena, &packed));
    assert_ptr_equal(vb_input_method("mouse"), NULL);
    vb_arena_finish(&arena);
    end(&scene);
}

static void an_own_answer_reads_back_in_words(void **state)
{
    struct scene scene;
    struct vb_buf words = { 0 };
    (void)state;
    begin(&scene, with_a_line());
    struct vb_session *client = join(&scene, "client", NULL);
    const struct vb_value values[] = { vb_value_int(640), vb_value_missing(VB_MISSING_DONT_KNOW),
                                       vb_value_missing(VB_MISSING_SKIPPED) };
    static const char *const wanted[] = { "64 van 100", "weet ik niet", "niet ingevuld" };
    for (int i = 0; i < 3; i++) {
        vb_buf_clear(&words);
        vb_shown_answer(&words, client, &scene.plan->items[0], &values[i]);
        assert_string_equal(words.data, wanted[i]);
    }
    vb_buf_finish(&words);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_round_that_rests_wakes_where_it_stood),
        cmocka_unit_test(the_input_method_of_a_line_is_kept_with_the_answer),
        cmocka_unit_test(an_own_answer_reads_back_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
