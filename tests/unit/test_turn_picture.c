/* Pictures over the web runner: what is kept, what of it comes back, what goes with the yes. */
#include "turn_scene.h"

#include "data/strokes.h"
#include "tiny_png.h"

#define STROKES(colour)                                                                            \
    "{\"schema\":\"verbond.strokes/1\",\"canvas\":[1600,1200],\"strokes\":[{\"colour\":\"" colour  \
    "\",\"width\":8,\"points\":[1,2,50]}]}"

/* The client stands at the first drawing of the drawing dialogue. */
static const struct serve_reply *begin(struct turn_place *place, struct serve_browser *client)
{
    turn_begin(place, "drawing-dialogue");
    turn_sit(place, client, "client", NULL);
    const struct serve_reply *step = turn_post(place, client, "/begin", "{'language':'en'}");
    serve_status(step, 200);
    step = turn_post(place, client, "/answer", "{'after':%d,'id':'way','value':'draw'}",
                     turn_seq(step));
    serve_status(step, 200);
    assert_string_equal(turn_item(step, "id"), "well");
    return step;
}

static const struct serve_reply *give(struct turn_place *place, struct serve_browser *client,
                                      const char *keep, const char *type, const void *bytes,
                                      size_t len)
{
    char target[128];
    snprintf(target, sizeof target, "/api/v1/turn/image?item=well&keep=%s", keep);
    return serve_put(&place->scene, client, "POST", target, type, bytes, len);
}

/* The digest of what was kept; fails when nothing was. */
static const char *kept(const struct serve_reply *reply)
{
    serve_status(reply, 200);
    const char *digest = cJSON_GetStringValue(
        cJSON_GetObjectItem(cJSON_GetObjectItem(reply->json, "value"), "blob"));
    assert_non_null(digest);
    return digest;
}

static int blobs(struct turn_place *place)
{
    struct vb_store *store = place->scene.store;
    struct vb_arena arena = { 0 };
    struct vb_session_row *sessions;
    struct vb_blob_row *rows;
    struct vb_err err;
    size_t count, each;
    int there = 0;
    assert_int_equal(store->ops->sessions(store, place->round, &arena, &sessions, &count, &err),
                     VB_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(
            store->ops->session_blobs(store, sessions[i].id, &arena, &rows, &each, &err), VB_OK);
        for (size_t k = 0; k < each; k++)
            there += !rows[k].erased;
    }
    vb_arena_finish(&arena);
    return there;
}

static void what_was_drawn_comes_back_as_strokes_and_nothing_rides_along(void **state)
{
    (void)state;
    struct turn_place place;
    struct serve_browser client;
    static const char spaced[] = " {\"a\":1}", given[] = STROKES("blue");
    begin(&place, &client);
    serve_status(give(&place, &client, "give", VB_STROKES_TYPE, spaced, sizeof spaced - 1), 422);
    serve_status(give(&place, &client, "give", VB_STROKES_TYPE, "{\"a\":1}", 7), 422);
    serve_status(give(&place, &client, "give", "image/png", given, sizeof given - 1), 422);
    assert_int_equal(blobs(&place), 0);
    char target[128];
    snprintf(target, sizeof target, "/image/%s",
             kept(give(&place, &client, "give", VB_STROKES_TYPE, given, sizeof given - 1)));
    const struct serve_reply *back = turn_get(&place, &client, target);
    serve_status(back, 200);
    assert_string_equal(back->type, VB_STROKES_TYPE);
    assert_string_equal(back->text, given);
    turn_end(&place);
}

static void a_photo_comes_back_without_what_was_written_into_it(void **state)
{
    (void)state;
    struct turn_place place;
    struct serve_browser client;
    static const char given[] = TINY_PNG_HEAD "\0\0\0\x06"
                                              "tEXt"
                                              "MARKER"
                                              "\0\0\0\0"
                                              "\0\0\0\x06"
                                              "IDAT"
                                              "pixels"
                                              "\0\0\0\0" TINY_PNG_END;
    begin(&place, &client);
    char target[128];
    snprintf(target, sizeof target, "/image/%s",
             kept(give(&place, &client, "until", "image/png", given, sizeof given - 1)));
    const struct serve_reply *back = turn_get(&place, &client, target);
    serve_status(back, 200);
    assert_non_null(memmem(back->text, back->len, "pixels", 6));
    assert_null(memmem(back->text, back->len, "MARKER", 6));
    serve_status(give(&place, &client, "until", "image/png", given, 40), 422);
    turn_end(&place);
}

static void what_nobody_chose_to_keep_is_nowhere(void **state)
{
    (void)state;
    struct turn_place place;
    struct serve_browser client;
    static const char given[] = STROKES("red");
    begin(&place, &client);
    const struct serve_reply *reply =
        give(&place, &client, "none", VB_STROKES_TYPE, given, sizeof given - 1);
    serve_status(reply, 200);
    assert_string_equal(reply->text, "{\"value\":{\"paper\":true}}");
    assert_int_equal(blobs(&place), 0);
    turn_end(&place);
}

static void a_drawing_that_was_replaced_goes_with_the_yes_and_the_new_one_stays(void **state)
{
    (void)state;
    struct turn_place place;
    struct serve_browser client;
    static const char first[] = STROKES("blue"), second[] = STROKES("green");
    const struct serve_reply *step = begin(&place, &client);
    kept(give(&place, &client, "give", VB_STROKES_TYPE, first, sizeof first - 1));
    const char *digest =
        kept(give(&place, &client, "give", VB_STROKES_TYPE, second, sizeof second - 1));
    step = turn_post(&place, &client, "/answer",
                     "{'after':%d,'id':'well','value':{'blob':'%s','type':'" VB_STROKES_TYPE "'}}",
                     turn_seq(step), digest);
    serve_status(step, 200);
    step = turn_post(&place, &client, "/answer",
                     "{'after':%d,'id':'better','value':{'paper':true}}", turn_seq(step));
    serve_status(step, 200);
    assert_int_equal(blobs(&place), 2);
    turn_share(&place, &client, step);
    assert_int_equal(blobs(&place), 1);
    turn_end(&place);
}

/* One invitation must not fill the store. */
static void pictures_that_nobody_answers_with_make_room_for_others(void **state)
{
    static const char type[] = "application/vnd.verbond.strokes+json";
    struct turn_place place;
    struct serve_browser client;
    char drawn[256], answer[256];
    (void)state;
    const struct serve_reply *step = begin(&place, &client), *last = NULL;
    for (int i = 0; i < 50; i++) {
        snprintf(drawn, sizeof drawn,
                 "{\"schema\":\"verbond.strokes/1\",\"canvas\":[1600,1200],\"strokes\":[{"
                 "\"colour\":\"black\",\"width\":8,\"points\":[%d,2,50]}]}",
                 i);
        last = give(&place, &client, "give", type, drawn, strlen(drawn));
        serve_status(last, 200);
    }
    assert_in_range(blobs(&place), 1, 16);
    snprintf(answer, sizeof answer, "{'blob':'%s','type':'%s'}", kept(last), type);
    serve_status(turn_post(&place, &client, "/answer", "{'after':%d,'id':'well','value':%s}",
                           turn_seq(step), answer),
                 200);
    turn_end(&place);
}

/* Whoever takes another photo, shares, and wants the first one after all. Twice, for each has an
 * end of its own; and the sheet shows it. */
static void given_again_after_it_was_erased(const char *type, const void *bytes, size_t len,
                                            const char *shows)
{
    static const char other[] = STROKES("green");
    struct turn_place place;
    struct serve_browser client, worker;
    char first[128], target[160];
    const struct serve_reply *step = begin(&place, &client);
    snprintf(first, sizeof first, "%s", kept(give(&place, &client, "give", type, bytes, len)));
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < 16; k++) { /* until nothing that waits is left */
            char drawn[256];
            snprintf(drawn, sizeof drawn,
                     "{\"schema\":\"verbond.strokes/1\",\"canvas\":[1600,1200],\"strokes\":[{"
                     "\"colour\":\"black\",\"width\":8,\"points\":[%d,2,50]}]}",
                     100 * i + k);
            kept(give(&place, &client, "give", VB_STROKES_TYPE, drawn, strlen(drawn)));
        }
        snprintf(target, sizeof target, "/image/%s", first);
        serve_status(turn_get(&place, &client, target), 404);
        const char *again = kept(give(&place, &client, "give", type, bytes, len));
        assert_string_not_equal(again, first);
        snprintf(first, sizeof first, "%s", again);
        snprintf(target, sizeof target, "/image/%s", first);
        serve_status(turn_get(&place, &client, target), 200);
    }
    assert_string_equal(kept(give(&place, &client, "give", type, bytes, len)), first);
    kept(give(&place, &client, "give", VB_STROKES_TYPE, other, sizeof other - 1));
    step = turn_post(&place, &client, "/answer",
                     "{'after':%d,'id':'well','value':{'blob':'%s','type':'%s'}}", turn_seq(step),
                     first, type);
    serve_status(step, 200);
    step = turn_post(&place, &client, "/answer",
                     "{'after':%d,'id':'better','value':{'paper':true}}", turn_seq(step));
    turn_share(&place, &client, step);
    turn_sit(&place, &worker, "professional", NULL);
    turn_share(&place, &worker, turn_fill(&place, &worker, NULL));
    const struct serve_reply *sheet = turn_get(&place, &client, "/sheet");
    serve_status(sheet, 200);
    assert_non_null(strstr(sheet->text, shows));
    turn_end(&place);
}

static void a_picture_that_was_erased_can_be_given_again(void **state)
{
    static const char strokes[] = STROKES("blue");
    static const char png[] = TINY_PNG_HEAD "\0\0\0\x06"
                                            "IDAT"
                                            "pixels"
                                            "\0\0\0\0" TINY_PNG_END;
    (void)state;
    given_again_after_it_was_erased(VB_STROKES_TYPE, strokes, sizeof strokes - 1,
                                    "<svg class=\"strokes\"");
    given_again_after_it_was_erased("image/png", png, sizeof png - 1, "data:image/png;base64,");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_drawn_comes_back_as_strokes_and_nothing_rides_along),
        cmocka_unit_test(a_photo_comes_back_without_what_was_written_into_it),
        cmocka_unit_test(what_nobody_chose_to_keep_is_nowhere),
        cmocka_unit_test(a_drawing_that_was_replaced_goes_with_the_yes_and_the_new_one_stays),
        cmocka_unit_test(pictures_that_nobody_answers_with_make_room_for_others),
        cmocka_unit_test(a_picture_that_was_erased_can_be_given_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
