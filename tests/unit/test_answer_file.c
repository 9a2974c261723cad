/* test_answer_file.c - an answer file as it is read, without an instrument. */
#include "term_fixture.h"

/* -- reading, without an instrument ----------------------------------------------------------- */

static void parse_says(const char *json, const char *message)
{
    struct vb_err err;
    struct vb_answer_file *file = NULL;
    enum vb_code code = vb_answer_file_parse(&file, "a.json", json, strlen(json), &err);
    if (code == VB_OK)
        fail_msg("accepted: %s", json);
    assert_int_equal(vb_exit_code(code), 4);
    assert_string_equal(err.text, message);
}

static void parse_refuses(const char *json, size_t len, const char *part)
{
    struct vb_err err;
    struct vb_answer_file *file = NULL;
    enum vb_code code = vb_answer_file_parse(&file, "a.json", json, len, &err);
    assert_int_equal(vb_exit_code(code), 4);
    if (strncmp(err.text, "a.json: ", 8) != 0 || strstr(err.text, part) == NULL)
        fail_msg("'%s' should name a.json and say '%s'", err.text, part);
}

static void what_is_no_json_is_refused_with_the_file(void **state)
{
    (void)state;
    parse_refuses("{\"client\": ", 11, "");
    parse_refuses("", 0, "");
    parse_refuses("{} {}", 5, "");
    parse_refuses("{\"client\": {\"a\": 1, \"a\": 2}}", 28, "\"a\"");
    parse_refuses("{\"client\": {}, \"client\": {}}", 28, "client");
    parse_refuses("{\"client\": {\"a\": \"\xff\"}}", 21, "UTF-8");
    parse_refuses("{\"client\": {\"a\": \"\0\"}}", 21, "NUL");
    parse_refuses("{\"client\": {\"a\": \"\\u0000\"}}", 26, "u0000");
}

static void a_file_is_an_object_of_persons(void **state)
{
    (void)state;
    parse_says("[]", "a.json: wants an object of persons, as {\"client\": {...}}");
    parse_says("{\"client\": 4}", "a.json: client: wants an object of answers, or null for "
                                  "somebody who is named but does not answer");
    parse_says("{\"parent:\": {}}",
               "a.json: parent:: wants a name after the colon, as \"parent:Kim\"");
    parse_says("{\":Kim\": {}}", "a.json: :Kim: wants a role, as \"client\" or \"parent:Kim\"");
}

static void every_key_says_what_it_takes(void **state)
{
    (void)state;
    static const char *const bools[] = { "@share", "@one_sided" };
    static const char *const lists[] = { "@hold", "@private", "@purposes" };
    static const char *const words[] = { "@mode", "@form", "@lang" };
    char json[128], message[128];
    for (size_t i = 0; i < 2; i++) {
        snprintf(json, sizeof json, "{\"client\": {\"%s\": 1}}", bools[i]);
        snprintf(message, sizeof message, "a.json: client.%s: wants true or false", bools[i]);
        parse_says(json, message);
    }
    for (size_t i = 0; i < 3; i++) {
        snprintf(json, sizeof json, "{\"client\": {\"%s\": [1]}}", lists[i]);
        snprintf(message, sizeof message,
                 "a.json: client.%s: wants a list of words, as [\"a\", \"b\"]", lists[i]);
        parse_says(json, message);
        snprintf(json, sizeof json, "{\"client\": {\"%s\": true}}", lists[i]);
        parse_says(json, message);
        snprintf(json, sizeof json, "{\"client\": {\"%s\": 3}}", words[i]);
        snprintf(message, sizeof message, "a.json: client.%s: wants a word, as \"word\"", words[i]);
        parse_says(json, message);
    }
    parse_says("{\"@release\": \"yes\"}", "a.json: @release: wants true or false");
    parse_says("{\"@variant\": true}", "a.json: @variant: wants a word, as \"word\"");
    parse_says("{\"@setting\": \"\"}", "a.json: @setting: wants a word, as \"word\"");
    parse_says("{\"@with\": \"x\"}", "a.json: @with: wants a list of words, as [\"a\", \"b\"]");
    parse_says("{\"@together\": []}", "a.json: @together: wants an object of answers");
}

static void unknown_keys_come_with_what_was_meant(void **state)
{
    (void)state;
    parse_says("{}", "a.json: nothing in it; it wants persons, as {\"client\": {...}}");
    parse_says("{\"@relase\": true}", "a.json: @relase: no such key; did you mean @release?");
    parse_says("{\"client\": {\"@shar\": true}}",
               "a.json: client.@shar: no such key; did you mean @share?");
    parse_says(
        "{\"client\": {\"@mode\": \"alout\"}}",
        "a.json: client.@mode: no such value; it takes self, aloud, helper, interpreter, phone, "
        "paper");
    parse_says("{\"client\": {\"@purposes\": [\"dosier\"]}}",
               "a.json: client.@purposes: no such value; it takes dossier, research");
    parse_says("{\"client\": {\"@hold\": [\"a\", \"a\"]}}",
               "a.json: client.@hold: a stands there twice");
}

static void a_missing_file_is_named(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_answer_file *file;
    enum vb_code code = vb_answer_file_read(&file, "/nowhere/c.json", &err);
    assert_int_equal(vb_exit_code(code), 4);
    assert_non_null(strstr(err.text, "/nowhere/c.json"));
}

static struct vb_answer_file *parsed(const char *name, const char *json)
{
    struct vb_err err;
    struct vb_answer_file *file = NULL;
    if (vb_answer_file_parse(&file, name, json, strlen(json), &err) != VB_OK)
        fail_msg("%s", err.text);
    return file;
}

static void what_a_file_says_of_the_round_may_not_contradict(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_answer_file *a = parsed(
        "a.json", "{\"@variant\": \"music\", \"@setting\": \"home\", \"@with\": [\"x\", \"y\"]}");
    struct vb_answer_file *same =
        parsed("b.json", "{\"@variant\": \"music\", \"@with\": [\"y\", \"x\"]}");
    struct vb_answer_file *other = parsed("b.json", "{\"@variant\": \"drama\"}");
    struct vb_answer_file *fewer = parsed("b.json", "{\"@with\": [\"x\"]}");
    struct vb_round_options options = { 0 };
    assert_int_equal(vb_answer_file_options(a, &options, &err), VB_OK);
    assert_string_equal(options.variant, "music");
    assert_string_equal(options.setting, "home");
    assert_int_equal(options.with_count, 2);
    assert_int_equal(vb_answer_file_options(same, &options, &err), VB_OK);
    assert_int_equal(vb_answer_file_options(other, &options, &err), VB_E_DATA);
    assert_string_equal(err.text, "b.json: @variant: says drama, but music was asked for before");
    assert_int_equal(vb_answer_file_options(fewer, &options, &err), VB_E_DATA);
    assert_string_equal(err.text, "b.json: @with: is not the same as what was asked for before");
    vb_answer_file_destroy(a);
    vb_answer_file_destroy(same);
    vb_answer_file_destroy(other);
    vb_answer_file_destroy(fewer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_json_is_refused_with_the_file),
        cmocka_unit_test(a_file_is_an_object_of_persons),
        cmocka_unit_test(every_key_says_what_it_takes),
        cmocka_unit_test(unknown_keys_come_with_what_was_meant),
        cmocka_unit_test(a_missing_file_is_named),
        cmocka_unit_test(what_a_file_says_of_the_round_may_not_contradict),
    };
    return cmocka_run_group_tests_name("answer_file", tests, NULL, NULL);
}
