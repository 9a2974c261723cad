/* test_desk_aloud.c - a sheet that is read aloud to people who sit at a member of staff's screen.
 */
#include "desk_scene.h"

#include <dirent.h>
#include <unistd.h>

#include "serve/audio.h"

static const char *const both[] = { "client", "professional", NULL };

struct reading {
    struct desk desk;
    char *round;
    char data[64];
};

static void begin(struct reading *reading, const char *words)
{
    strcpy(reading->data, "/tmp/verbond-aloud-XXXXXX");
    assert_non_null(mkdtemp(reading->data));
    desk_begin(&reading->desk);
    reading->desk.scene.house.data = reading->data;
    reading->round = desk_round(&reading->desk, "m-1", "menger-monitor");
    all_share(&reading->desk, reading->round, both, words);
}

static void end(struct reading *reading)
{
    char command[128];
    free(reading->round);
    desk_end(&reading->desk);
    snprintf(command, sizeof command, "rm -rf '%s'", reading->data);
    assert_int_equal(system(command), 0);
}

static const struct serve_reply *lines(struct reading *reading, const char *query)
{
    return ask_with(&reading->desk, vb_api_sheet_aloud, reading->round, NULL, query, NULL);
}

/* The key of the first line that has these words; strdup'd. */
static char *key_of(struct reading *reading, const char *words)
{
    const cJSON *line;
    const struct serve_reply *reply = lines(reading, "lang=nl");
    serve_status(reply, 200);
    cJSON_ArrayForEach(
        line,
        at(reply->json, "lines")) if (strstr(cJSON_GetStringValue(at(line, "text")), words) !=
                                      NULL) return strdup(cJSON_GetStringValue(at(line, "audio")));
    fail_msg("no line has \"%s\"", words);
    return NULL;
}

static const struct serve_reply *sound_of(struct reading *reading, const char *key)
{
    return ask_with(&reading->desk, vb_api_sheet_audio, reading->round, key, NULL, NULL);
}

static int files_in(const struct reading *reading)
{
    char path[96];
    int count = 0;
    snprintf(path, sizeof path, "%s/audio", reading->data);
    DIR *folder = opendir(path);
    for (const struct dirent *one = NULL; folder != NULL && (one = readdir(folder)) != NULL;)
        count += one->d_name[0] != '.';
    if (folder != NULL)
        closedir(folder);
    return count;
}

static bool has_voice(void)
{
    return access("/usr/bin/espeak-ng", X_OK) == 0;
}

static void the_lines_are_those_of_the_sheet_in_its_language(void **state)
{
    (void)state;
    struct reading reading;
    begin(&reading, marker);
    char *title = NULL;
    static const char *const languages[] = { "lang=nl", "lang=en" };
    for (int i = 0; i < 2; i++) {
        const struct serve_reply *reply = lines(&reading, languages[i]);
        serve_status(reply, 200);
        assert_true(count_of(reply, "lines") > 10);
        assert_non_null(strstr(reply->text, marker));
        assert_null(strchr(reply->text, '<'));
        const char *first = cJSON_GetStringValue(at(at(reply->json, "lines")->child->next, "text"));
        assert_true(title == NULL || !vb_streq(first, title));
        free(title);
        title = strdup(first);
    }
    free(title);
    serve_status(lines(&reading, "lang=xx"), 422);
    serve_status(lines(&reading, "for=nobody"), 422);
    assert_int_equal(audited(&reading.desk, "sheet", "robin"), 2);
    end(&reading);
}

static void a_key_is_of_one_browser_and_one_sheet(void **state)
{
    (void)state;
    struct reading reading;
    static const char talk[] = "{\"revision\":1,\"talk\":{\"topic\":\"a topic\"}}";
    begin(&reading, marker);
    char *key = key_of(&reading, marker);
    vb_auth_give_case(reading.desk.scene.serve.auth, "noor", "m-1", &reading.desk.err);
    reading.desk.who = &reading.desk.noor;
    serve_status(sound_of(&reading, key), 404);
    reading.desk.who = &reading.desk.robin;
    serve_status(sound_of(&reading, "00112233445566778899aabbccddeeff"), 404);
    if (has_voice()) {
        serve_status(sound_of(&reading, key), 200);
        asked(&reading.desk, vb_api_put_talk, reading.round, talk); /* a newer sheet */
        serve_status(sound_of(&reading, key), 404);
        char *newer = key_of(&reading, marker);
        assert_string_not_equal(newer, key);
        serve_status(sound_of(&reading, newer), 200);
        free(newer);
    }
    free(key);
    end(&reading);
}

static void of_what_people_wrote_no_sound_is_written_down(void **state)
{
    (void)state;
    struct reading reading;
    if (!has_voice())
        skip();
    begin(&reading, marker);
    const struct serve_reply *reply = lines(&reading, "lang=nl");
    serve_status(reply, 200);
    cJSON *all = cJSON_Duplicate(at(reply->json, "lines"), true), *line;
    int heard = 0;
    cJSON_ArrayForEach(line, all)
    {
        const char *text = cJSON_GetStringValue(at(line, "text"));
        int before = files_in(&reading);
        const struct serve_reply *sound =
            sound_of(&reading, cJSON_GetStringValue(at(line, "audio")));
        serve_status(sound, 200);
        assert_string_equal(sound->type, "audio/wav");
        assert_memory_equal(sound->text, "RIFF", 4);
        if (strstr(text, marker) != NULL)
            assert_int_equal(files_in(&reading), before);
        heard += strstr(text, marker) != NULL;
    }
    cJSON_Delete(all);
    assert_true(heard > 0);
    end(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lines_are_those_of_the_sheet_in_its_language),
        cmocka_unit_test(a_key_is_of_one_browser_and_one_sheet),
        cmocka_unit_test(of_what_people_wrote_no_sound_is_written_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
