/* test_conform.c - the parts of the conformance suite that need no plugin. */
#include "tests.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "conform/conform.h"
#include "conform/group.h"
#include "conform/life.h"
#include "conform/sending.h"
#include "conform/suite.h"
#include "data/digest.h"
#include "data/json.h"

/* A trial in a folder of its own, of a plugin that is called out. */
struct scene {
    struct vb_conform_options asked;
    struct vb_suite suite;
    struct trial trial;
    char folder[64];
};

static void begin(struct scene *scene)
{
    *scene = (struct scene){ .asked = { .output = "out" }, .folder = "/tmp/test-conform-XXXXXX" };
    assert_non_null(mkdtemp(scene->folder));
    struct trial *trial = &scene->trial;
    scene->suite.asked = &scene->asked;
    trial->suite = &scene->suite;
    trial->folder = scene->folder;
    trial->files = vb_arena_printf(&trial->arena, "%s/files", scene->folder);
    trial->secrets = vb_arena_printf(&trial->arena, "%s/secrets", scene->folder);
    trial->handed = vb_arena_printf(&trial->arena, "%s/handed", scene->folder);
    assert_true(tree_make(trial->files));
    assert_true(tree_make(trial->secrets));
    assert_true(tree_make(trial->handed));
}

static void end(struct scene *scene)
{
    assert_true(tree_remove(scene->folder));
    vb_arena_finish(&scene->trial.arena);
}

/* -- samples ----------------------------------------------------------------------------------- */

static void every_name_of_a_test_stands_there_once(void **state)
{
    (void)state;
    for (int i = 0; vb_cases[i].name != NULL; i++) {
        assert_int_equal(strspn(vb_cases[i].name, "abcdefghijklmnopqrstuvwxyz-"),
                         strlen(vb_cases[i].name));
        assert_true(strlen(vb_cases[i].meaning) > 0);
        assert_null(strchr(vb_cases[i].meaning, '\n'));
        for (int j = 0; j < i; j++)
            assert_string_not_equal(vb_cases[i].name, vb_cases[j].name);
    }
}

static void a_sending_has_the_ids_and_words_of_its_round_and_no_others(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    struct sampled round = sampled_round(&scene.trial);
    struct sending sending = sending_of(&scene.trial, &round, "talk", 7);
    char id[64];
    snprintf(id, sizeof id, "\"id\":\"%s/7\",\"revision\":7,", round.round);
    assert_non_null(strstr(sending.result, id));
    assert_non_null(strstr(sending.result, round.client));
    for (int i = 0; i < 3; i++)
        assert_non_null(strstr(sending.result, sending.words[i]));
    assert_null(strstr(sending.result, "marker"));
    assert_null(strstr(sending.result, "aaaaaaaaaaa"));
    assert_non_null(strstr(sending.result, sending.digest));
    assert_non_null(strstr(sending.instrument, sending.digest));
    end(&scene);
}

/* What the result names lies there, and is what its digest says. */
static void blobs_are_what_their_digests_say(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    struct sampled round = sampled_round(&scene.trial);
    struct sending sending = sending_huge(&scene.trial, &round, 1);
    char digest[VB_DIGEST_SIZE];
    struct vb_buf bytes = { 0 };
    struct vb_err err;
    assert_int_equal(sending.blob_count, 2);
    assert_int_equal(vb_file_read(&bytes, sending.blobs[0].file, 1 << 24, &err), VB_OK);
    vb_digest(bytes.data, bytes.len, digest);
    assert_string_equal(digest, sending.blobs[0].digest);
    assert_non_null(strstr(sending.result, digest));
    assert_true(bytes.len > 5000000);
    assert_string_equal(sending.blobs[1].digest, "sheet.html");
    assert_in_range(sending.result_len, VB_PROTOCOL_LINE_MAX - 12000, VB_PROTOCOL_LINE_MAX - 1000);
    vb_buf_finish(&bytes);
    end(&scene);
}

static void every_sample_is_json_of_one_line(void **state)
{
    (void)state;
    const char *name, *bytes;
    size_t len;
    int results = 0;
    for (int i = 0; vb_sample(i, &name, &bytes, &len); i++) {
        cJSON *tree;
        struct vb_err err;
        if (strcmp(name, "sheet.html") == 0 || strcmp(name, "picture") == 0)
            continue;
        assert_int_equal(vb_json_parse(&tree, bytes, len, len, &err), VB_OK);
        assert_ptr_equal(memchr(bytes, '\n', len), bytes + len - 1);
        cJSON_Delete(tree);
        results++;
    }
    assert_int_equal(results, 19);
}

/* -- options ----------------------------------------------------------------------------------- */

static void a_secret_is_told_by_a_whole_word_of_its_name(void **state)
{
    (void)state;
    assert_true(vb_option_is_secret("secret-file"));
    assert_true(vb_option_is_secret("api-token"));
    assert_true(vb_option_is_secret("key"));
    assert_false(vb_option_is_secret("monkey"));
    assert_false(vb_option_is_secret("keys-of"));
    assert_false(vb_option_is_secret("path"));
    assert_false(vb_option_is_secret(""));
}

static void the_receiver_is_told_by_the_url_else_by_the_paths(void **state)
{
    (void)state;
    const struct vb_wire_option options[] = {
        { .name = "secret-file", .type = "path", .example = "s" },
        { .name = "path", .type = "path", .example = "p" },
        { .name = "url", .type = "url", .example = "https://example.org/", .check = "http://a/" },
        { .name = "server", .type = "url", .example = "nats://a:1" },
    };
    assert_int_equal(vb_receiver_of(options, 1), VB_TO_NOBODY);
    assert_int_equal(vb_receiver_of(options, 2), VB_TO_FILES);
    assert_int_equal(vb_receiver_of(options, 3), VB_TO_HTTP);
    assert_int_equal(vb_receiver_of(options + 3, 1), VB_TO_NATS);
}

static void options_are_check_else_example_in_the_folder(void **state)
{
    (void)state;
    struct scene scene;
    const struct vb_wire_option known[] = {
        { .name = "path", .type = "path", .example = "deep/er/x.txt", .required = true },
        { .name = "n", .type = "int", .example = "1", .check = "2" },
        { .name = "words", .type = "text", .example = "a" },
        { .name = "secret-file", .type = "path", .example = "/etc/s" },
    };
    begin(&scene);
    scene.suite.options = known;
    scene.suite.option_count = 4;
    const char *want = vb_arena_printf(&scene.trial.arena,
                                       "{\"path\":\"%s/deep/er/x.txt\",\"n\":\"2\",\"words\":\"a\","
                                       "\"secret-file\":\"%s/s\"}",
                                       scene.trial.files, scene.trial.secrets);
    assert_string_equal(trial_options(&scene.trial, NULL, false), want);
    struct tree tree;
    tree_read(&tree, scene.folder);
    assert_int_equal(tree.count, 1);
    assert_string_equal(tree.files[0].name, "secrets/s");
    assert_true(tree.files[0].bytes.len > 32);
    tree_finish(&tree);
    const char *less = trial_options(&scene.trial, NULL, true);
    assert_null(strstr(less, "words"));
    assert_non_null(strstr(less, "\"n\":\"2\""));
    const struct changed_option without = { .name = "path" };
    assert_null(strstr(trial_options(&scene.trial, &without, false), "\"path\""));
    const struct changed_option more = { .name = "later", .value = "x", .added = true };
    assert_non_null(strstr(trial_options(&scene.trial, &more, false), ",\"later\":\"x\"}"));
    end(&scene);
}

/* -- folders ----------------------------------------------------------------------------------- */

static void a_word_is_found_in_bytes_and_in_names(void **state)
{
    (void)state;
    struct scene scene;
    struct vb_arena *arena = &scene.trial.arena;
    begin(&scene);
    assert_true(tree_make(vb_arena_printf(arena, "%s/a/b", scene.trial.files)));
    assert_true(tree_write(vb_arena_printf(arena, "%s/a/b/one", scene.trial.files), "x\0word", 6));
    assert_true(tree_write(vb_arena_printf(arena, "%s/named", scene.trial.files), "", 0));
    assert_true(tree_write(vb_arena_printf(arena, "%s/a/two", scene.trial.files), "wordword", 8));
    assert_string_equal(tree_find(arena, scene.trial.files, "named"), "named");
    assert_string_equal(tree_find(arena, scene.trial.files, "\0word" + 1), "a/b/one");
    assert_null(tree_find(arena, scene.trial.files, "nowhere"));
    assert_int_equal(tree_count(scene.trial.files, "word"), 3);
    end(&scene);
}

/* -- what is said ------------------------------------------------------------------------------ */

static void the_first_thing_that_goes_wrong_is_the_reason(void **state)
{
    (void)state;
    struct trial trial = { 0 };
    assert_true(trial_goes_on(&trial));
    assert_false(trial_fail(&trial, "first %d", 1));
    assert_false(trial_fail(&trial, "second"));
    assert_false(trial_skip(&trial, "third"));
    assert_int_equal(trial.verdict, VB_FAILED);
    assert_string_equal(trial.reason, "first 1");
}

static void the_list_is_json_and_skipped_ones_are_counted_apart(void **state)
{
    (void)state;
    struct vb_conform_test tests[] = { { "a", "does a", VB_PASSED, NULL },
                                       { "b", "does b", VB_FAILED, "it \"did\" not" } };
    struct vb_conform_report report = { .tests = tests, .count = 2, .passed = 1, .failed = 1 };
    struct vb_buf text = { 0 };
    vb_conform_json(&text, &report);
    assert_string_equal(
        text.data,
        "[{\"name\":\"a\",\"meaning\":\"does a\",\"verdict\":\"passed\",\"reason\":null},\n"
        " {\"name\":\"b\",\"meaning\":\"does b\",\"verdict\":\"failed\","
        "\"reason\":\"it \\\"did\\\" not\"}]\n");
    vb_buf_clear(&text);
    vb_conform_closing(&text, &report);
    assert_string_equal(text.data, "1 passed, 1 failed\n");
    vb_buf_clear(&text);
    report.skipped = 3;
    vb_conform_closing(&text, &report);
    assert_string_equal(text.data, "1 passed, 1 failed, 3 skipped\n");
    vb_buf_finish(&text);
}

static void our_own_group_has_memory_and_another_has_none(void **state)
{
    (void)state;
    assert_true(group_memory_kib((int)getpgrp()) > 100);
    assert_int_equal(group_memory_kib(-5), 0);
}

/* The longest waits there are, missed in every process of a run. */
static void a_run_in_which_everything_hangs_ends_within_half_a_minute(void **state)
{
    enum { PROCESSES = 50, WAIT_MS = 4000, WHOLE_RUN_MS = 25000 };
    int64_t percent = 100, waited_ms = 0;
    (void)state;
    for (int i = 0; i < PROCESSES; i++) {
        waited_ms += WAIT_MS * percent / 100;
        percent = patience_after_miss(percent);
        assert_true(WAIT_MS * percent / 100 >= 300);
    }
    assert_true(waited_ms < WHOLE_RUN_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_of_a_test_stands_there_once),
        cmocka_unit_test(a_sending_has_the_ids_and_words_of_its_round_and_no_others),
        cmocka_unit_test(blobs_are_what_their_digests_say),
        cmocka_unit_test(every_sample_is_json_of_one_line),
        cmocka_unit_test(a_secret_is_told_by_a_whole_word_of_its_name),
        cmocka_unit_test(the_receiver_is_told_by_the_url_else_by_the_paths),
        cmocka_unit_test(options_are_check_else_example_in_the_folder),
        cmocka_unit_test(a_word_is_found_in_bytes_and_in_names),
        cmocka_unit_test(the_first_thing_that_goes_wrong_is_the_reason),
        cmocka_unit_test(the_list_is_json_and_skipped_ones_are_counted_apart),
        cmocka_unit_test(our_own_group_has_memory_and_another_has_none),
        cmocka_unit_test(a_run_in_which_everything_hangs_ends_within_half_a_minute),
    };
    return cmocka_run_group_tests_name("conform", tests, NULL, NULL);
}
