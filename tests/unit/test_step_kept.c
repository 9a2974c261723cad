/* Questions that are written once: everybody gets what is theirs, and nobody what is another's. */
#include "turn_scene.h"

#include "serve/audio.h"
#include "serve/seat.h"
#include "serve/step_kept.h"

static int set_up(void **state)
{
    struct turn_place *place = vb_new(struct turn_place);
    turn_begin(place, "menger-monitor");
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    turn_end(*state);
    free(*state);
    return 0;
}

static const struct serve_reply *begin(struct turn_place *place, struct serve_browser *browser,
                                       const char *role, const char *label, const char *language)
{
    turn_sit(place, browser, role, label);
    const struct serve_reply *step =
        turn_post(place, browser, "/begin", "{'language':'%s','mode':'self'}", language);
    serve_status(step, 200);
    return step;
}

static const cJSON *words(const struct serve_reply *step)
{
    return cJSON_GetObjectItemCaseSensitive(turn_field(step, "item"), "text");
}

static const char *text_of(const struct serve_reply *step)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(words(step), "text"));
}

static const char *key_of(const struct serve_reply *step)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(words(step), "audio"));
}

static const char *token_of(const struct serve_reply *step)
{
    return step->call->exchange.who.token;
}

/* -- what is the same, and what is not --------------------------------------------------------- */

static void a_question_is_written_once_and_its_keys_are_each_seats_own(void **state)
{
    struct turn_place *place = *state;
    struct vb_serve *serve = &place->scene.serve;
    struct serve_browser first = { 0 }, second = { 0 };
    const struct serve_reply *one = begin(place, &first, "client", NULL, "en");
    size_t kept = vb_step_kept_count(serve->kept);
    assert_true(kept > 0);
    turn_round(place, "menger-monitor", "c-2");
    const struct serve_reply *two = begin(place, &second, "client", NULL, "en");
    assert_int_equal(vb_step_kept_count(serve->kept), kept);
    assert_string_equal(text_of(one), text_of(two));
    assert_string_not_equal(key_of(one), key_of(two));
    assert_string_equal(vb_audio_text(serve, token_of(one), key_of(one)), text_of(one));
    assert_string_equal(vb_audio_text(serve, token_of(two), key_of(two)), text_of(two));
    assert_null(vb_audio_text(serve, token_of(two), key_of(one)));
    assert_null(vb_audio_text(serve, token_of(one), key_of(two)));
}

/* A gap that was not filled would be a byte that no JSON may hold, which the reply's reader
 * refuses.
 */
static void another_role_and_another_language_are_another_question(void **state)
{
    struct turn_place *place = *state;
    struct serve_browser client = { 0 }, worker = { 0 }, dutch = { 0 };
    const struct serve_reply *one = begin(place, &client, "client", NULL, "en");
    const struct serve_reply *two = begin(place, &worker, "professional", NULL, "en");
    turn_round(place, "menger-monitor", "c-2");
    const struct serve_reply *three = begin(place, &dutch, "client", NULL, "nl");
    assert_string_not_equal(text_of(one), text_of(two));
    assert_string_not_equal(text_of(one), text_of(three));
    assert_int_equal(strlen(key_of(three)), VB_AUDIO_KEY);
}

/* What is given again is what was written the first time, but for nothing. */
static void what_is_given_again_is_the_same_to_the_byte(void **state)
{
    struct turn_place *place = *state;
    struct serve_browser client = { 0 };
    const struct serve_reply *begun = begin(place, &client, "client", NULL, "en");
    const struct serve_reply *again = turn_get(place, &client, "/step");
    assert_string_equal(begun->text, again->text);
}

/* An introduction stands before the first question of its scale, and behind back it does again. */
static void the_introduction_comes_where_its_scale_begins(void **state)
{
    struct turn_place *place = *state;
    struct serve_browser client = { 0 };
    const struct serve_reply *first = begin(place, &client, "client", NULL, "en"), *step = first;
    for (int i = 0; i < 3; i++)
        step = turn_post(place, &client, "/answer", "{'after':%d,'id':'a%d','value':%s}",
                         turn_seq(step), i, turn_value(step, NULL));
    for (int i = 0; i < 3; i++)
        step = turn_post(place, &client, "/back", "{'after':%d}", turn_seq(step));
    assert_string_equal(text_of(step), text_of(first));
    char *before = cJSON_PrintUnformatted(
        cJSON_GetObjectItemCaseSensitive(turn_field(first, "item"), "intro"));
    char *after =
        cJSON_PrintUnformatted(cJSON_GetObjectItemCaseSensitive(turn_field(step, "item"), "intro"));
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void where_somebody_has_a_name_nothing_is_kept(void **state)
{
    struct turn_place *place = *state;
    struct serve_browser named = { 0 }, other = { 0 };
    const struct serve_reply *step = begin(place, &named, "client", "Marigold", "en");
    for (int i = 0; i < 3; i++)
        step = turn_post(place, &named, "/answer", "{'after':%d,'id':'a%d','value':%s}",
                         turn_seq(step), i, turn_value(step, NULL));
    serve_status(step, 200);
    assert_int_equal(vb_step_kept_count(place->scene.serve.kept), 0);
    turn_round(place, "menger-monitor", "c-2");
    const struct serve_reply *theirs = begin(place, &other, "professional", NULL, "en");
    assert_null(strstr(theirs->text, "Marigold"));
    assert_true(vb_step_kept_count(place->scene.serve.kept) > 0);
}

/* -- bounds ------------------------------------------------------------------------------------ */

static void write_number(struct vb_buf *out, const struct vb_seat *seat, const struct vb_item *item,
                         int member, bool intro)
{
    char text[32];
    (void)member;
    (void)intro;
    snprintf(text, sizeof text, "question %d", item->index);
    vb_buf_putc(out, '{');
    vb_audio_put_said(out, seat->exchange->serve,
                      seat->for_anybody ? NULL : seat->exchange->who.token, "en", text);
    vb_buf_putc(out, '}');
}

/* One question of this number, as a seat gets it; key: what it may be heard by. */
static void ask(struct vb_seat *seat, int number, char key[VB_AUDIO_KEY + 1])
{
    struct vb_item item = { .kind = VB_LIKERT, .index = number };
    struct vb_buf out = { 0 };
    char text[32], wanted[64];
    vb_step_keep(&out, seat, &item, -1, false, write_number);
    snprintf(text, sizeof text, "question %d", number);
    snprintf(wanted, sizeof wanted, "{\"text\":\"%s\",\"audio\":\"", text);
    assert_int_equal(strncmp(out.data, wanted, strlen(wanted)), 0);
    assert_int_equal(out.len, strlen(wanted) + VB_AUDIO_KEY + 2);
    snprintf(key, VB_AUDIO_KEY + 1, "%s", out.data + strlen(wanted));
    vb_buf_finish(&out);
    assert_string_equal(vb_audio_text(seat->exchange->serve, seat->exchange->who.token, key), text);
}

static void past_its_bound_everything_is_kept_anew(void **state)
{
    struct turn_place *place = *state;
    struct vb_serve *serve = &place->scene.serve;
    struct serve_browser client = { 0 };
    char first[VB_AUDIO_KEY + 1], key[VB_AUDIO_KEY + 1];
    const struct serve_reply *step = begin(place, &client, "client", NULL, "en");
    struct vb_round *round = turn_live(place);
    struct vb_seat seat = { .exchange = &step->call->exchange,
                            .round = round,
                            .session = vb_seat_find(round, "client", NULL) };
    int before = (int)vb_step_kept_count(serve->kept);
    ask(&seat, 1000, first);
    for (int i = before + 1; i < VB_STEP_KEPT_MOST; i++)
        ask(&seat, 1000 + i, key);
    assert_int_equal(vb_step_kept_count(serve->kept), VB_STEP_KEPT_MOST);
    ask(&seat, 1000, key);
    assert_string_equal(key, first);
    assert_int_equal(vb_step_kept_count(serve->kept), VB_STEP_KEPT_MOST);
    ask(&seat, 10, key);
    assert_int_equal(vb_step_kept_count(serve->kept), 1);
    ask(&seat, 1000, key);
    assert_string_equal(key, first);
    assert_int_equal(vb_step_kept_count(serve->kept), 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_question_is_written_once_and_its_keys_are_each_seats_own),
        TEST(another_role_and_another_language_are_another_question),
        TEST(what_is_given_again_is_the_same_to_the_byte),
        TEST(the_introduction_comes_where_its_scale_begins),
        TEST(where_somebody_has_a_name_nothing_is_kept),
        TEST(past_its_bound_everything_is_kept_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
