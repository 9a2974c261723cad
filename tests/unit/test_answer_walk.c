/* test_answer_walk.c - answer files that are walked: what they give, and what is refused. */
#include "term_fixture.h"

#include "tiny_png.h"

/* -- walking ---------------------------------------------------------------------------------- */

#define CLIENT                                                                                     \
    "\"client\": {\"trust.report\": 2, \"trust.word\": 4, \"stuck\": true, \"stuck.what\": "       \
    "\"Veel.\"}"
#define PROFESSIONAL                                                                               \
    "\"professional\": {\"trust.report\": 5, \"trust.word\": 4, \"stuck\": false, \"plan\": "      \
    "\"Praten.\"}"

/* Walks the files in a world where before (may be NULL) was stored, and wants this refusal. */
static void walk_refuses(const char *lua, const char *before, const char *a, const char *b,
                         const char *message)
{
    struct world world;
    struct vb_buf was = { 0 }, is = { 0 };
    struct vb_err err = { 0 };
    world_begin(&world, lua);
    if (before != NULL && walk_files(&world, (const char *[]){ before, NULL }, &err) != VB_OK)
        fail_msg("%s", err.text);
    store_dump(world.store, &was);
    enum vb_code code = walk_files(&world, (const char *[]){ a, b, NULL }, &err);
    if (code == VB_OK)
        fail_msg("accepted: %s", a);
    assert_string_equal(err.text, message);
    assert_int_equal(vb_exit_code(code), 4);
    store_dump(world.store, &is);
    assert_string_equal(is.data, was.data);
    vb_buf_finish(&was);
    vb_buf_finish(&is);
    world_end(&world);
}

static void client_refuses(const char *answers, const char *message)
{
    char json[512];
    snprintf(json, sizeof json, "{\"client\": {%s}}", answers);
    walk_refuses(dyad_lua, NULL, json, NULL, message);
}

static void values_that_do_not_fit_are_refused_with_their_field(void **state)
{
    (void)state;
    client_refuses("\"stuck\": false, \"trust.report\": 7",
                   "a.json: client.trust.report: 7 is outside 1..5");
    client_refuses("\"stuck\": false, \"trust.report\": \"four\"",
                   "a.json: client.trust.report: a whole number was expected");
    client_refuses(
        "\"stuck\": false, \"trust.report\": 3.5",
        "a.json: client.trust.report: a whole number was expected, not one with decimals");
    client_refuses("\"stuck\": 1", "a.json: client.stuck: true or false was expected");
    client_refuses("\"stuck\": true, \"stuck.what\": \"\"",
                   "a.json: client.stuck.what: nothing visible in it; leave the item out instead");
    client_refuses("\"stuck\": true, \"stuck.what\": \"01234567890123456789012345678901234567890\"",
                   "a.json: client.stuck.what: more than 40 characters");
    client_refuses("\"stuck\": false, \"trust.word\": {\"missing\": \"held\"}",
                   "a.json: client.trust.word: \"missing\" is \"skipped\", \"dont_know\" or "
                   "\"rather_not_say\", alone");
    client_refuses("\"stuck\": false, \"trust.word\": {\"youth:Sam\": 3}",
                   "a.json: client.trust.word: is not asked for each member");
}

static void unknown_names_are_refused_with_what_was_meant(void **state)
{
    (void)state;
    client_refuses("\"stuck\": false, \"trust.reprot\": 4",
                   "a.json: client.trust.reprot: no such item; did you mean trust.report?");
    client_refuses("\"stuck\": false, \"zzz\": 4", "a.json: client.zzz: no such item");
    client_refuses("\"stuck\": false, \"@hold\": [\"trust.reprot\"]",
                   "a.json: client.@hold.trust.reprot: no such item; did you mean trust.report?");
    client_refuses("\"stuck\": false, \"@lang\": \"fr\"",
                   "a.json: client.@lang: no such language in this instrument");
    client_refuses("\"stuck\": false, \"@form\": \"short\"", "a.json: client.@form: no such form");
    client_refuses("\"stuck\": false, \"@private\": [\"trust\"]",
                   "a.json: client.@private.trust: is not a private scale");
    walk_refuses(dyad_lua, NULL, "{\"clent\": {}}", NULL,
                 "a.json: clent: no such role; did you mean client?");
}

static void items_off_the_path_are_refused(void **state)
{
    (void)state;
    client_refuses("\"stuck\": false, \"stuck.what\": \"Veel.\"",
                   "a.json: client.stuck.what: is not asked on the path these answers take: leave "
                   "it out");
    client_refuses("\"stuck\": false, \"plan\": \"Praten.\"",
                   "a.json: client.plan: is not asked of role client");
    client_refuses("\"stuck\": false, \"@hold\": [\"stuck.what\"]",
                   "a.json: client.@hold.stuck.what: is not asked on the path these answers take");
    client_refuses("\"trust.report\": 4", "a.json: client.stuck: is required: give an answer");
    client_refuses("\"stuck\": {\"missing\": \"dont_know\"}",
                   "a.json: client.stuck: this question wants an answer");
}

static void the_same_person_answers_once(void **state)
{
    (void)state;
    walk_refuses(dyad_lua, NULL, "{" CLIENT "}", "{" CLIENT "}",
                 "b.json: client: the same person stands in a.json too (client)");
    walk_refuses(dyad_lua, NULL, "{" CLIENT ", \"client:Jan\": {}}", NULL,
                 "a.json: client:Jan: the same person stands in a.json too (client)");
    walk_refuses(dyad_lua, "{" CLIENT "}", "{" CLIENT "}", NULL,
                 "a.json: client: is ready already; nothing can be added");
    walk_refuses(dyad_lua, "{\"client\": {\"stuck\": false, \"@share\": false}}", "{" CLIENT "}",
                 NULL, "a.json: client: is ready already; nothing can be added");
}

static void a_second_file_with_an_error_takes_the_first_with_it(void **state)
{
    (void)state;
    walk_refuses(dyad_lua, NULL, "{" CLIENT "}",
                 "{\"professional\": {\"stuck\": false, \"trust.report\": 0}}",
                 "b.json: professional.trust.report: 0 is outside 1..5");
}

static void family_errors_name_member_and_stage(void **state)
{
    (void)state;
    walk_refuses(family_lua, NULL, "{\"youth\": {}}", NULL,
                 "a.json: youth: role youth takes several: write who, as \"youth:Kim\"");
    walk_refuses(family_lua, NULL, "{\"professional\": null}", NULL,
                 "a.json: professional: wants an object of answers: only members of a roster are "
                 "named without answering");
    walk_refuses(family_lua, NULL,
                 "{\"youth:Sam\": null, \"professional\": {\"bond.hear\": {\"youth:Sm\": 2}}}",
                 NULL,
                 "a.json: professional.bond.hear.youth:Sm: no such member of this round; did you "
                 "mean youth:Sam?");
    walk_refuses(family_lua, NULL, "{\"youth:Sam\": null, \"professional\": {\"bond.hear\": 2}}",
                 NULL,
                 "a.json: professional.bond.hear: wants an answer for each member, as "
                 "{\"youth:Sam\": ...}");
    walk_refuses(family_lua, NULL,
                 "{\"youth:Sam\": null, \"professional\": {\"bond.hear\": {\"youth:Sam\": 9}}}",
                 NULL, "a.json: professional.bond.hear.youth:Sam: 9 is outside 1..3");
    walk_refuses(family_lua, NULL, "{\"youth:Sam\": {\"promise\": \"Ja.\"}}", NULL,
                 "a.json: youth:Sam.promise: is asked of everybody together, after the release: "
                 "write it under @together");
    walk_refuses(family_lua, NULL, "{\"youth:Sam\": {}, \"@together\": {\"promise\": \"Ja.\"}}",
                 NULL, "a.json: @together: the round is not released yet");
    walk_refuses(family_lua, NULL, "{\"youth:Sam\": {\"@private\": [\"sav\"]}}", NULL,
                 "a.json: youth:Sam.@private.sav: no such private scale; did you mean safe?");
}

static void two_clean_files_release_a_dyad(void **state)
{
    (void)state;
    struct world world;
    struct vb_err err;
    struct vb_buf result = { 0 };
    world_begin(&world, dyad_lua);
    const char *files[] = { "{" CLIENT "}", "{" PROFESSIONAL "}", NULL };
    if (walk_files(&world, files, &err) != VB_OK)
        fail_msg("%s", err.text);
    struct vb_buf dump = { 0 };
    store_dump(world.store, &dump);
    assert_non_null(strstr(dump.data, " released\n"));
    assert_non_null(strstr(dump.data, "Praten."));
    vb_buf_finish(&dump);
    vb_buf_finish(&result);
    world_end(&world);
}

static void one_file_leaves_the_round_open_for_the_other(void **state)
{
    (void)state;
    struct world world;
    struct vb_err err;
    struct vb_buf dump = { 0 };
    world_begin(&world, dyad_lua);
    assert_int_equal(walk_files(&world, (const char *[]){ "{" CLIENT "}", NULL }, &err), VB_OK);
    store_dump(world.store, &dump);
    assert_non_null(strstr(dump.data, " open\n"));
    assert_int_equal(walk_files(&world, (const char *[]){ "{" PROFESSIONAL "}", NULL }, &err),
                     VB_OK);
    vb_buf_clear(&dump);
    store_dump(world.store, &dump);
    assert_non_null(strstr(dump.data, " released\n"));
    vb_buf_finish(&dump);
    world_end(&world);
}

static void a_family_is_released_when_the_file_says_so(void **state)
{
    (void)state;
    struct world world;
    struct vb_err err;
    struct vb_buf dump = { 0 };
    const char *family =
        "{\"youth:Sam\": {\"bond.hear\": 2, \"safe.speak\": 3, \"@private\": [\"safe\"]},"
        " \"youth:Kim\": null, \"professional\": {\"bond.hear\": {\"youth:Sam\": 3,"
        " \"youth:Kim\": {\"missing\": \"dont_know\"}}}, \"@release\": true,"
        " \"@together\": {\"promise\": \"Elke week bellen.\"}}";
    world_begin(&world, family_lua);
    if (walk_files(&world, (const char *[]){ family, NULL }, &err) != VB_OK)
        fail_msg("%s", err.text);
    store_dump(world.store, &dump);
    assert_non_null(strstr(dump.data, " released\n"));
    assert_non_null(strstr(dump.data, "Elke week bellen."));
    assert_non_null(strstr(dump.data, "\"safe\""));
    vb_buf_finish(&dump);
    world_end(&world);
}

static void a_family_with_one_voice_is_not_released(void **state)
{
    (void)state;
    struct world world;
    struct vb_err err;
    struct vb_buf dump = { 0 };
    world_begin(&world, family_lua);
    enum vb_code code = walk_files(
        &world, (const char *[]){ "{\"youth:Sam\": {}, \"@release\": true}", NULL }, &err);
    assert_int_equal(code, VB_E_BUSY);
    assert_int_equal(strncmp(err.text, "a.json: @release: ", 18), 0);
    store_dump(world.store, &dump);
    assert_string_equal(dump.data, ".\n");
    vb_buf_finish(&dump);
    world_end(&world);
}

static void held_answers_and_a_stop_are_written_as_such(void **state)
{
    (void)state;
    struct world world;
    struct vb_err err;
    struct vb_buf dump = { 0 };
    world_begin(&world, dyad_lua);
    const char *held = "{\"client\": {\"trust.report\": 1, \"stuck\": false,"
                       " \"@hold\": [\"trust.report\"], \"@one_sided\": true,"
                       " \"@purposes\": [\"research\"], \"@mode\": \"aloud\", \"@lang\": \"en\"},"
                       " \"professional\": {\"stuck\": false, \"@share\": false}}";
    if (walk_files(&world, (const char *[]){ held, NULL }, &err) != VB_OK)
        fail_msg("%s", err.text);
    store_dump(world.store, &dump);
    assert_non_null(strstr(dump.data, "\"aloud\""));
    assert_non_null(strstr(dump.data, "\"p\":[\"r\"]"));
    assert_non_null(strstr(dump.data, "stopped"));
    assert_non_null(strstr(dump.data, "{\"h\":"));
    vb_buf_finish(&dump);
    world_end(&world);
}

/* -- images ----------------------------------------------------------------------------------- */

static void write_file(const char *folder, const char *name, const char *bytes, size_t len)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    fclose(file);
}

static void remove_folder(const char *folder)
{
    static const char *const names[] = { "a.json", "p.png", "t.txt" };
    char path[256];
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(folder), 0);
}

/* Walks {"client": {"draw": value}} as a file in folder. */
static enum vb_code walk_drawing(struct world *world, const char *folder, const char *value,
                                 struct vb_err *err)
{
    char path[256], json[512];
    struct vb_answer_file *file;
    snprintf(json, sizeof json, "{\"client\": {\"draw\": %s}}", value);
    write_file(folder, "a.json", json, strlen(json));
    snprintf(path, sizeof path, "%s/a.json", folder);
    assert_int_equal(vb_answer_file_read(&file, path, err), VB_OK);
    struct vb_store *stage = vb_store_stage_create(world->store);
    struct vb_round *round = world_round(world, stage);
    enum vb_code code = vb_answer_files_walk(&file, 1, round, NULL, &world->env, err);
    if (code == VB_OK)
        code = vb_store_stage_flush(stage, err);
    vb_round_destroy(round);
    vb_store_destroy(stage);
    vb_answer_file_destroy(file);
    return code;
}

static void an_image_beside_the_file_is_kept(void **state)
{
    (void)state;
    static const char png[] = TINY_PNG("\x08", "and more");
    struct world world;
    struct vb_err err;
    struct vb_buf dump = { 0 };
    char folder[] = "/tmp/verbond-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    world_begin(&world, kinds_lua);
    write_file(folder, "p.png", png, sizeof png - 1);
    if (walk_drawing(&world, folder, "{\"file\": \"p.png\"}", &err) != VB_OK)
        fail_msg("%s", err.text);
    store_dump(world.store, &dump);
    const char *digest = strstr(dump.data, "sha256:");
    while (digest != NULL && strncmp(digest - 7, "blob\":\"", 7) != 0)
        digest = strstr(digest + 1, "sha256:");
    assert_non_null(digest);
    struct vb_arena arena = { 0 };
    struct vb_blob_row blob;
    const char *name = vb_arena_strndup(&arena, digest, 71);
    assert_int_equal(world.store->ops->blob(world.store, name, &arena, &blob, &err), VB_OK);
    assert_int_equal(blob.len, sizeof png - 1);
    assert_memory_equal(blob.bytes, png, blob.len);
    vb_arena_finish(&arena);
    vb_buf_finish(&dump);
    world_end(&world);
    remove_folder(folder);
}

static void drawing_refuses(const char *lua, const char *folder, const char *value,
                            const char *part)
{
    struct world world;
    struct vb_err err;
    struct vb_buf dump = { 0 };
    world_begin(&world, lua);
    enum vb_code code = walk_drawing(&world, folder, value, &err);
    assert_int_equal(vb_exit_code(code), 4);
    if (strstr(err.text, "a.json: client.draw: ") == NULL || strstr(err.text, part) == NULL)
        fail_msg("'%s' should name client.draw and say '%s'", err.text, part);
    store_dump(world.store, &dump);
    assert_string_equal(dump.data, ".\n");
    vb_buf_finish(&dump);
    world_end(&world);
}

static void what_is_no_image_is_refused(void **state)
{
    (void)state;
    char folder[] = "/tmp/verbond-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    write_file(folder, "t.txt", "no image", 8);
    drawing_refuses(kinds_lua, folder, "{\"file\": \"t.txt\"}", "is no PNG, JPEG or WebP");
    drawing_refuses(kinds_lua, folder, "{\"file\": \"p.png\"}", "p.png");
    drawing_refuses(kinds_lua, folder,
                    "{\"blob\": \"sha256:"
                    "0000000000000000000000000000000000000000000000000000000000000000\","
                    " \"type\": \"image/png\"}",
                    "not a digest");
    drawing_refuses(kinds_lua, folder, "{\"file\": 3}", "");
    drawing_refuses(kinds_lua, folder, "{\"words\": []}", "");
    drawing_refuses(kinds_lua, folder, "{\"paper\": false}", "");
    write_file(folder, "p.png", TINY_PNG("\x01", "1"), sizeof TINY_PNG("\x01", "1") - 1);
    drawing_refuses(unkept_lua, folder, "{\"file\": \"p.png\"}", "keeps no drawing or photo");
    remove_folder(folder);
}

/* -- somebody who began at the keyboard ------------------------------------------------------- */

static void a_file_goes_on_where_a_person_broke_off(void **state)
{
    (void)state;
    struct world world;
    struct play play;
    struct vb_err err;
    struct vb_buf dump = { 0 };
    world_begin(&world, dyad_lua);
    struct vb_round *round = world_round(&world, world.store);
    play_keys(&play, &world, round, "client", "nl", "\n2\n4\n");
    assert_int_equal(play.code, VB_E_STOPPED);
    vb_round_destroy(round);
    play_finish(&play);
    enum vb_code code = walk_files(
        &world, (const char *[]){ "{\"client\": {\"stuck\": false, \"@lang\": \"en\"}}", NULL },
        &err);
    assert_int_equal(code, VB_E_DATA);
    assert_string_equal(err.text,
                        "a.json: client.@lang: says en, but the session was begun with nl");
    const char *rest = "{\"client\": {\"trust.report\": 5, \"trust.word\": 4, \"stuck\": false}}";
    if (walk_files(&world, (const char *[]){ rest, NULL }, &err) != VB_OK)
        fail_msg("%s", err.text);
    store_dump(world.store, &dump);
    const char *changed = strstr(dump.data, "{\"c\":");
    assert_non_null(changed); /* trust.report, from 2 to 5 */
    assert_null(strstr(changed + 1, "{\"c\":"));
    assert_non_null(strstr(dump.data, " shared\n"));
    vb_buf_finish(&dump);
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_that_do_not_fit_are_refused_with_their_field),
        cmocka_unit_test(unknown_names_are_refused_with_what_was_meant),
        cmocka_unit_test(items_off_the_path_are_refused),
        cmocka_unit_test(the_same_person_answers_once),
        cmocka_unit_test(a_second_file_with_an_error_takes_the_first_with_it),
        cmocka_unit_test(family_errors_name_member_and_stage),
        cmocka_unit_test(two_clean_files_release_a_dyad),
        cmocka_unit_test(one_file_leaves_the_round_open_for_the_other),
        cmocka_unit_test(a_family_is_released_when_the_file_says_so),
        cmocka_unit_test(a_family_with_one_voice_is_not_released),
        cmocka_unit_test(held_answers_and_a_stop_are_written_as_such),
        cmocka_unit_test(an_image_beside_the_file_is_kept),
        cmocka_unit_test(what_is_no_image_is_refused),
        cmocka_unit_test(a_file_goes_on_where_a_person_broke_off),
    };
    return cmocka_run_group_tests_name("answer_file", tests, NULL, NULL);
}
