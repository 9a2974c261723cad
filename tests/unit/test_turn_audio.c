/* Reading aloud: who may hear what, and what of it is ever written down. */
#include "serve_scene.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "serve/audio.h"
#include "serve/audio_keys.h"
#include "serve/voice.h"
#include "session/named.h"
#include "turn_scene.h"

struct heard {
    struct serve_scene scene;
    struct vb_err err;
    struct vb_round *round;
    struct serve_browser client;
    char data[64];
};

static void remove_all(const char *path)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", path);
    assert_int_equal(system(command), 0);
}

/* An open round of menger-monitor in which the client sits, called Sam. */
static void begin(struct heard *heard)
{
    struct vb_plan *plan;
    char token[VB_TOKEN_SIZE], code[VB_SHORT_CODE_SIZE], body[256];
    *heard = (struct heard){ .data = "/tmp/verbond-audio-XXXXXX" };
    assert_non_null(mkdtemp(heard->data));
    serve_scene_begin(&heard->scene, "instruments");
    heard->scene.house.data = heard->data;
    struct vb_house *house = &heard->scene.house;
    assert_int_equal(house->plan(house->ctx, "menger-monitor", &plan, &heard->err), VB_OK);
    const struct vb_round_options options = { .case_id = "k1" };
    if (vb_round_open(&heard->round, heard->scene.store, &heard->scene.env, plan, &options,
                      &heard->err) != VB_OK ||
        vb_round_write(heard->round, &heard->err) != VB_OK)
        fail_msg("%s", heard->err.text);
    vb_live_adopt(heard->scene.serve.live, heard->round);
    const struct vb_invitation invitation = { .round = vb_round_row(heard->round)->id,
                                              .role = "client",
                                              .language = "nl",
                                              .until_wall_ms = heard->scene.wall_ms + 3600000 };
    if (vb_auth_invite(heard->scene.serve.auth, &invitation, token, code, &heard->err) != VB_OK)
        fail_msg("%s", heard->err.text);
    snprintf(body, sizeof body, "{\"token\":\"%s\"}", token);
    serve_status(serve_ask(&heard->scene, &heard->client, "POST", "/api/v1/seat", body), 200);
    vb_plan_release(plan);
}

static void end(struct heard *heard)
{
    serve_scene_end(&heard->scene);
    remove_all(heard->data);
}

static const struct serve_reply *ask_key(struct heard *heard, struct serve_browser *browser,
                                         const char *key)
{
    char target[128];
    snprintf(target, sizeof target, "/api/v1/turn/audio/%s", key);
    return serve_ask(&heard->scene, browser, "GET", target, NULL);
}

static const char *key_of(const cJSON *said)
{
    const char *key = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(said, "audio"));
    assert_non_null(key);
    return key;
}

/* The first question's words, and the key that is theirs. */
static const cJSON *first_question(struct heard *heard)
{
    const struct serve_reply *reply = serve_ask(&heard->scene, &heard->client, "POST",
                                                "/api/v1/turn/begin", "{\"language\":\"nl\"}");
    serve_status(reply, 200);
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(reply->json, "item");
    return cJSON_GetObjectItemCaseSensitive(item, "text");
}

static int files_in(const struct heard *heard)
{
    char path[96];
    int count = 0;
    snprintf(path, sizeof path, "%s/audio", heard->data);
    DIR *folder = opendir(path);
    if (folder == NULL)
        return 0;
    for (const struct dirent *one = readdir(folder); one != NULL; one = readdir(folder))
        count += one->d_name[0] != '.';
    closedir(folder);
    return count;
}

static bool has_voice(void)
{
    return access("/usr/bin/espeak-ng", X_OK) == 0;
}

/* -- keys ------------------------------------------------------------------------------------- */

static void every_text_of_a_step_has_a_key_of_its_own(void **state)
{
    (void)state;
    struct heard heard;
    begin(&heard);
    const cJSON *question = first_question(&heard);
    const struct serve_reply *again =
        serve_ask(&heard.scene, &heard.client, "GET", "/api/v1/turn/step", NULL);
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(again->json, "item"), *option;
    assert_string_equal(key_of(question), key_of(cJSON_GetObjectItemCaseSensitive(item, "text")));
    cJSON_ArrayForEach(option, cJSON_GetObjectItemCaseSensitive(item, "options"))
        assert_string_not_equal(key_of(option), key_of(question));
    end(&heard);
}

static void a_key_opens_nothing_for_anybody_else(void **state)
{
    (void)state;
    struct heard heard;
    begin(&heard);
    const char *key = key_of(first_question(&heard));
    struct serve_browser nobody = { 0 };
    serve_status(ask_key(&heard, &nobody, key), 401);
    assert_null(vb_audio_text(&heard.scene.serve, "another-token", key));
    serve_status(ask_key(&heard, &heard.client, "00112233445566778899aabbccddeeff"), 404);
    serve_status(ask_key(&heard, &heard.client, "zz"), 404);
    serve_status(ask_key(&heard, &heard.client, "..%2f..%2fverbond.db"), 404);
    end(&heard);
}

/* -- sound ------------------------------------------------------------------------------------ */

static void the_instruments_own_words_are_made_once_and_kept(void **state)
{
    (void)state;
    struct heard heard;
    if (!has_voice())
        skip();
    begin(&heard);
    const char *key = key_of(first_question(&heard));
    const struct serve_reply *sound = ask_key(&heard, &heard.client, key);
    serve_status(sound, 200);
    assert_string_equal(sound->type, "audio/wav");
    assert_true(sound->len > 10000 && memcmp(sound->text, "RIFF", 4) == 0);
    const unsigned char *bytes = (const unsigned char *)sound->text;
    size_t data = bytes[40] | bytes[41] << 8 | bytes[42] << 16 | (size_t)bytes[43] << 24;
    assert_int_equal(data, sound->len - 44);
    assert_int_equal(files_in(&heard), 1);
    const struct serve_reply *again = ask_key(&heard, &heard.client, key);
    assert_int_equal(again->len, sound->len);
    assert_memory_equal(again->text, sound->text, sound->len);
    assert_int_equal(files_in(&heard), 1);
    end(&heard);
}

/* The one file of the sounds that are kept. */
static void path_of_kept(const struct heard *heard, char *out, size_t size)
{
    char folder[96];
    snprintf(folder, sizeof folder, "%s/audio", heard->data);
    DIR *there = opendir(folder);
    assert_non_null(there);
    for (const struct dirent *one = readdir(there); one != NULL; one = readdir(there))
        if (one->d_name[0] != '.')
            snprintf(out, size, "%s/%.128s", folder, one->d_name);
    closedir(there);
}

static void a_sound_of_which_only_the_name_was_kept_is_made_again(void **state)
{
    (void)state;
    struct heard heard;
    char path[256] = "";
    if (!has_voice())
        skip();
    begin(&heard);
    const char *key = key_of(first_question(&heard));
    const struct serve_reply *sound = ask_key(&heard, &heard.client, key);
    serve_status(sound, 200);
    path_of_kept(&heard, path, sizeof path);
    assert_int_equal(truncate(path, 0), 0);
    const struct serve_reply *again = ask_key(&heard, &heard.client, key);
    serve_status(again, 200);
    assert_int_equal(again->len, sound->len);
    end(&heard);
}

static void that_a_sound_cannot_be_kept_is_told_and_it_is_heard(void **state)
{
    (void)state;
    struct heard heard;
    if (!has_voice())
        skip();
    begin(&heard);
    remove_all(heard.data); /* where the folder would be made */
    serve_status(ask_key(&heard, &heard.client, key_of(first_question(&heard))), 200);
    assert_true(heard.scene.logged.len > 0);
    assert_non_null(strstr(heard.scene.logged.data, "a sound could not be kept"));
    end(&heard);
}

static void of_words_with_a_name_in_them_nothing_is_written(void **state)
{
    (void)state;
    struct heard heard;
    char target[] = "/api/v1/turn?lang=nl";
    if (!has_voice())
        skip();
    begin(&heard);
    const struct serve_reply *turn = serve_ask(&heard.scene, &heard.client, "GET", target, NULL);
    const cJSON *opening = cJSON_GetObjectItemCaseSensitive(turn->json, "opening");
    const cJSON *whom = cJSON_GetObjectItemCaseSensitive(opening, "paragraphs")->child->next;
    serve_status(ask_key(&heard, &heard.client, key_of(whom)), 200);
    serve_status(ask_key(&heard, &heard.client, key_of(whom)), 200);
    assert_int_equal(files_in(&heard), 0);
    end(&heard);
}

/* The sheet says what was said; each line of it is for this seat alone. */
static void the_sheet_is_heard_line_by_line_once_it_is_open(void **state)
{
    (void)state;
    struct turn_place place;
    struct serve_browser client = { 0 }, professional = { 0 };
    turn_begin(&place, "menger-monitor");
    turn_sit(&place, &client, "client", NULL);
    turn_share(&place, &client, turn_fill(&place, &client, "MARKER"));
    serve_status(turn_get(&place, &client, "/sheet/aloud"), 409);
    turn_sit(&place, &professional, "professional", NULL);
    turn_share(&place, &professional, turn_fill(&place, &professional, "other"));
    const struct serve_reply *reply = turn_get(&place, &client, "/sheet/aloud");
    serve_status(reply, 200);
    const cJSON *lines = turn_field(reply, "lines"), *line;
    bool said = false;
    assert_true(cJSON_GetArraySize(lines) > 10);
    cJSON_ArrayForEach(line, lines)
    {
        const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(line, "text"));
        assert_null(strchr(text, '<'));
        assert_non_null(key_of(line));
        said |= strstr(text, "MARKER") != NULL;
    }
    assert_true(said);
    turn_end(&place);
}

static enum vb_code recording(void *ctx, const char *instrument, const char *name,
                              struct vb_buf *out, struct vb_err *err)
{
    (void)ctx;
    if (!vb_streq(instrument, "menger-monitor") || !vb_starts_with(name, "nl/item/") ||
        !vb_ends_with(name, ".mp3"))
        return vb_fail(err, VB_E_ABSENT, "none");
    vb_buf_puts(out, "a person's voice");
    return VB_OK;
}

static void a_persons_recording_takes_the_place_of_the_voice(void **state)
{
    (void)state;
    struct heard heard;
    begin(&heard);
    heard.scene.house.recording = recording;
    const struct serve_reply *sound =
        ask_key(&heard, &heard.client, key_of(first_question(&heard)));
    serve_status(sound, 200);
    assert_string_equal(sound->type, "audio/mpeg");
    assert_string_equal(sound->text, "a person's voice");
    assert_int_equal(files_in(&heard), 0);
    end(&heard);
}

/* -- the voice -------------------------------------------------------------------------------- */

struct said {
    int done, sounds, busy;
    bool over;
};

static void on_said(void *ctx, enum vb_code code, const struct vb_buf *wav)
{
    struct said *said = ctx;
    said->sounds += wav != NULL;
    said->busy += code == VB_E_BUSY;
    said->over = ++said->done == 40;
}

static void without_a_program_there_is_no_sound(void **state)
{
    (void)state;
    struct vb_loop *loop;
    struct vb_err err;
    struct said said = { 0 };
    assert_int_equal(vb_loop_create(&loop, &err), VB_OK);
    struct vb_voice *voice = vb_voice_create(loop, "/nowhere/espeak-ng");
    vb_voice_say(voice, "a", "nl", "hallo", on_said, &said);
    vb_voice_say(voice, "a", "nl; rm", "hallo", on_said, &said);
    vb_voice_say(voice, "a", "", "hallo", on_said, &said);
    said.over = said.done == 3;
    if (!said.over) { /* whoever waits still hears of the end */
        vb_voice_destroy(voice);
        voice = NULL;
    }
    assert_int_equal(said.done, 3);
    assert_int_equal(said.sounds, 0);
    vb_voice_destroy(voice);
    vb_loop_destroy(loop);
}

static void too_many_at_once_are_told_so_and_the_others_are_heard(void **state)
{
    (void)state;
    struct vb_loop *loop;
    struct vb_err err;
    struct said said = { 0 };
    assert_int_equal(vb_loop_create(&loop, &err), VB_OK);
    struct vb_voice *voice = vb_voice_create(loop, "/bin/cat"); /* no sound, but it ends */
    for (int i = 0; i < 40; i++)
        vb_voice_say(voice, "a", "nl", "-x --stdin", on_said, &said);
    assert_int_equal(said.done, 40 - VB_VOICE_EACH);
    assert_int_equal(said.busy, said.done);
    assert_int_equal(vb_loop_until(loop, &said.over, &err), VB_OK);
    assert_int_equal(said.sounds, 0);
    vb_voice_destroy(voice);
    vb_loop_destroy(loop);
}

struct turns {
    int greedy, other_at;
    bool over;
};

static void on_greedy(void *ctx, enum vb_code code, const struct vb_buf *wav)
{
    (void)wav;
    ((struct turns *)ctx)->greedy += code != VB_E_BUSY;
}

static void on_other(void *ctx, enum vb_code code, const struct vb_buf *wav)
{
    struct turns *turns = ctx;
    (void)wav;
    assert_int_not_equal(code, VB_E_BUSY);
    turns->other_at = turns->greedy;
    turns->over = true;
}

/* Both that run are of one hearer, and four more wait: the other comes when one of those ends. */
static void who_asks_for_much_waits_for_who_asks_for_one(void **state)
{
    (void)state;
    struct vb_loop *loop;
    struct vb_err err;
    struct turns turns = { 0 };
    assert_int_equal(vb_loop_create(&loop, &err), VB_OK);
    struct vb_voice *voice = vb_voice_create(loop, "/bin/cat");
    for (int i = 0; i < 100; i++)
        vb_voice_say(voice, "a", "nl", "hallo", on_greedy, &turns);
    assert_int_equal(turns.greedy, 0);
    vb_voice_say(voice, "b", "nl", "hallo", on_other, &turns);
    assert_int_equal(vb_loop_until(loop, &turns.over, &err), VB_OK);
    assert_in_range(turns.other_at, 1, 3); /* with the one beside it, and one more at most */
    vb_voice_destroy(voice);
    vb_loop_destroy(loop);
}

static void more_hearers_than_there_is_time_for_are_told_so(void **state)
{
    (void)state;
    struct vb_loop *loop;
    struct vb_err err;
    struct said said = { 0 };
    char hearer[16];
    assert_int_equal(vb_loop_create(&loop, &err), VB_OK);
    struct vb_voice *voice = vb_voice_create(loop, "/bin/cat");
    for (int i = 0; i < 200; i++) {
        snprintf(hearer, sizeof hearer, "h%d", i / 2);
        vb_voice_say(voice, hearer, "nl", "hallo", on_said, &said);
    }
    assert_int_equal(said.busy, 200 - 98);
    vb_voice_destroy(voice); /* whoever waits still hears of the end */
    assert_int_equal(said.done, 200);
    vb_loop_destroy(loop);
}

/* -- room ------------------------------------------------------------------------------------- */

static void number_id(unsigned char id[VB_AUDIO_ID_SIZE], int number)
{
    memset(id, 0, VB_AUDIO_ID_SIZE);
    memcpy(id, &number, sizeof number);
}

static void what_one_is_shown_pushes_out_nothing_of_another(void **state)
{
    (void)state;
    struct vb_audio_keys *keys = vb_audio_keys_create();
    unsigned char id[VB_AUDIO_ID_SIZE];
    char text[32];
    for (int i = 0; i < 100; i++) {
        number_id(id, -1 - i);
        vb_audio_keys_add(keys, "quiet", id, "nl", "hallo");
    }
    for (int i = 0; i < 20 * VB_AUDIO_TEXTS; i++) {
        number_id(id, i);
        snprintf(text, sizeof text, "t%d", i);
        vb_audio_keys_add(keys, "loud", id, "nl", text);
        vb_audio_keys_add(keys, "loud", id, "nl", text);
    }
    for (int i = 0; i < 100; i++) {
        number_id(id, -1 - i);
        assert_non_null(vb_audio_keys_find(keys, "quiet", id));
        assert_null(vb_audio_keys_find(keys, "loud", id));
    }
    for (int i = 0; i < 20 * VB_AUDIO_TEXTS; i++) {
        number_id(id, i);
        const struct vb_audio_entry *entry = vb_audio_keys_find(keys, "loud", id);
        snprintf(text, sizeof text, "t%d", i);
        if (i < 19 * VB_AUDIO_TEXTS)
            assert_null(entry);
        else
            assert_string_equal(entry->text, text);
    }
    vb_audio_keys_destroy(keys);
}

static void of_too_many_who_hear_the_one_who_was_silent_longest_goes(void **state)
{
    (void)state;
    struct vb_audio_keys *keys = vb_audio_keys_create();
    unsigned char id[VB_AUDIO_ID_SIZE];
    char hearer[32];
    number_id(id, 1);
    vb_audio_keys_add(keys, "silent", id, "nl", "hallo");
    vb_audio_keys_add(keys, "awake", id, "nl", "hallo");
    for (int i = 0; i < 3 * VB_AUDIO_HEARERS; i++) {
        snprintf(hearer, sizeof hearer, "h%d", i);
        vb_audio_keys_add(keys, hearer, id, "nl", "hallo");
        assert_non_null(vb_audio_keys_find(keys, "awake", id));
    }
    assert_null(vb_audio_keys_find(keys, "silent", id));
    vb_audio_keys_destroy(keys);
}

/* A sound that is gone is made again; the text stays. */
static void sound_is_held_up_to_a_size(void **state)
{
    (void)state;
    struct vb_audio_keys *keys = vb_audio_keys_create();
    unsigned char id[VB_AUDIO_ID_SIZE];
    struct vb_buf sound = { 0 };
    char hearer[16];
    size_t held = 0, quiet = 0;
    for (int i = 0; i < 1024; i++)
        vb_buf_printf(&sound, "%01023d", i);
    for (int i = 0; i < 16 * 16; i++) {
        snprintf(hearer, sizeof hearer, "h%d", i % 16 == 0 ? 0 : 1 + i / 16);
        number_id(id, i);
        vb_audio_keys_add(keys, hearer, id, "nl", "hallo");
        vb_audio_keys_hold(keys, hearer, id, &sound);
    }
    for (int i = 0; i < 16 * 16; i++) {
        snprintf(hearer, sizeof hearer, "h%d", i % 16 == 0 ? 0 : 1 + i / 16);
        number_id(id, i);
        const struct vb_audio_entry *entry = vb_audio_keys_find(keys, hearer, id);
        assert_non_null(entry);
        held += entry->sound.len;
        quiet += i % 16 == 0 ? entry->sound.len : 0;
    }
    assert_in_range(held, 32 * 1024 * 1024, 48 * 1024 * 1024);
    assert_in_range(quiet, 4 * 1024 * 1024, 8 * 1024 * 1024);
    vb_buf_finish(&sound);
    vb_audio_keys_destroy(keys);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_of_a_step_has_a_key_of_its_own),
        cmocka_unit_test(a_key_opens_nothing_for_anybody_else),
        cmocka_unit_test(the_instruments_own_words_are_made_once_and_kept),
        cmocka_unit_test(a_sound_of_which_only_the_name_was_kept_is_made_again),
        cmocka_unit_test(that_a_sound_cannot_be_kept_is_told_and_it_is_heard),
        cmocka_unit_test(of_words_with_a_name_in_them_nothing_is_written),
        cmocka_unit_test(the_sheet_is_heard_line_by_line_once_it_is_open),
        cmocka_unit_test(a_persons_recording_takes_the_place_of_the_voice),
        cmocka_unit_test(without_a_program_there_is_no_sound),
        cmocka_unit_test(too_many_at_once_are_told_so_and_the_others_are_heard),
        cmocka_unit_test(who_asks_for_much_waits_for_who_asks_for_one),
        cmocka_unit_test(more_hearers_than_there_is_time_for_are_told_so),
        cmocka_unit_test(what_one_is_shown_pushes_out_nothing_of_another),
        cmocka_unit_test(of_too_many_who_hear_the_one_who_was_silent_longest_goes),
        cmocka_unit_test(sound_is_held_up_to_a_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
