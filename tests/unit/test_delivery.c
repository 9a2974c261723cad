/* test_delivery.c - one output's process and its parcel: outputs that behave, and that cannot
 * begin. */
#include "tests.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "delivery_scene.h"

/* -- outputs that behave ---------------------------------------------------------------------- */

static void a_good_plugin_takes_one_parcel_after_the_other(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    scene_begin_echo(&scene, "out");
    scene_give(&scene, "r/echo/1");
    scene_until_answered(&scene);
    assert_true(scene.free);
    scene_give(&scene, "r/echo/2");
    scene_until_answered(&scene);
    assert_string_equal(scene.events.data, "free delivered free delivered free ");
    char *said = scene_content("out");
    assert_string_equal(
        said, "got r/echo/1 try 2 in 60000 ms: {\"schema\":\"verbond.result/1\",\"pomp\":70.0} by "
              "{\"schema\":\"verbond.instrument/1\"} sheet 0 none\n"
              "got r/echo/2 try 2 in 60000 ms: {\"schema\":\"verbond.result/1\",\"pomp\":70.0} by "
              "{\"schema\":\"verbond.instrument/1\"} sheet 0 none\n");
    free(said);
    vb_delivery_shutdown(scene.delivery, LONG_MS);
    scene_until(&scene, &scene.broken);
    assert_string_equal(scene.reason, "");
    scene_finish(&scene);
}

static void the_next_parcel_may_be_given_while_an_answer_is_told(void **state)
{
    (void)state;
    struct scene scene = { .give_next = "r/echo/2" };
    scene_begin_echo(&scene, "out");
    scene_give(&scene, "r/echo/1");
    scene_until_answered(&scene);
    scene_until(&scene, &scene.free);
    assert_string_equal(scene.events.data, "free delivered delivered free ");
    free(scene_content("out"));
    scene_finish(&scene);
}

static void what_ready_said_is_kept(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    scene_begin_echo(&scene, "out");
    const struct vb_plugin_line *ready = vb_delivery_ready(scene.delivery);
    assert_non_null(ready);
    assert_int_equal(ready->option_count, 3);
    assert_string_equal(ready->options[0].name, "path");
    assert_true(ready->options[0].required);
    assert_string_equal(ready->options[1].default_value, "got");
    free(scene_content("out"));
    scene_finish(&scene);
}

static void a_plugin_that_only_describes_itself_is_ready_and_ends(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    scene_start(&scene, (struct given){ "bad", NULL, 0, 0, 0 });
    scene_until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "free broken ");
    assert_string_equal(scene.reason, "");
    assert_int_equal(vb_delivery_ready(scene.delivery)->option_count, 4);
    scene_finish(&scene);
}

static void a_program_that_reads_to_the_end_has_described_itself_as_well(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    scene_start(&scene, (struct given){ "liar.py", NULL, 10000, 0, 0 });
    scene_until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "free broken ");
    assert_string_equal(scene.reason, "");
    scene_finish(&scene);
}

static void blobs_and_the_sheet_reach_the_plugin(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    struct vb_err err;
    char picture[1024], sheet[1024];
    scene_begin_echo(&scene, "out");
    scene_write("sheet", "<html>");
    snprintf(picture, sizeof picture, "%s/none", scene_folder);
    snprintf(sheet, sizeof sheet, "%s/sheet", scene_folder);
    const struct vb_wire_blob blobs[] = { { "sha256:ab", "image/png", picture },
                                          { "sheet.html", "text/html", sheet } };
    const struct vb_deliver deliver = { .parcel = "r/echo/1",
                                        .attempt = 1,
                                        .deadline_ms = 5000,
                                        .digest = "d",
                                        .result = "{}",
                                        .result_len = 2,
                                        .blobs = blobs,
                                        .blob_count = 2 };
    assert_int_equal(vb_delivery_give(scene.delivery, &deliver, "{}", 2, &err), VB_OK);
    scene_until_answered(&scene);
    char *said = scene_content("out");
    assert_string_equal(said, "got r/echo/1 try 1 in 5000 ms: {} by {} +sha256:ab image/png "
                              "+sheet.html text/html sheet 6 <html>\n");
    free(said);
    free(scene_content("sheet"));
    scene_finish(&scene);
}

static void each_instrument_is_said_once_and_kept(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    struct vb_err err;
    static const char *const digests[] = { "one", "two", "one", "two" };
    scene_begin_echo(&scene, "out");
    for (int i = 0; i < 4; i++) {
        char parcel[32], instrument[32];
        /* The second time other bytes are given for it: they are not sent. */
        snprintf(instrument, sizeof instrument, "{\"%s\":%d}", digests[i], i < 2);
        snprintf(parcel, sizeof parcel, "r/echo/%d", i + 1);
        const struct vb_deliver deliver = { .parcel = parcel,
                                            .attempt = 1,
                                            .deadline_ms = LONG_MS,
                                            .digest = digests[i],
                                            .result = "{}",
                                            .result_len = 2 };
        scene.answered = false;
        assert_int_equal(
            vb_delivery_give(scene.delivery, &deliver, instrument, strlen(instrument), &err),
            VB_OK);
        scene_until_answered(&scene);
    }
    char *said = scene_content("out");
    assert_string_equal(said, "got r/echo/1 try 1 in 60000 ms: {} by {\"one\":1} sheet 0 none\n"
                              "got r/echo/2 try 1 in 60000 ms: {} by {\"two\":1} sheet 0 none\n"
                              "got r/echo/3 try 1 in 60000 ms: {} by {\"one\":1} sheet 0 none\n"
                              "got r/echo/4 try 1 in 60000 ms: {} by {\"two\":1} sheet 0 none\n");
    free(said);
    scene_finish(&scene);
}

static void a_parcel_too_large_for_a_line_is_refused_and_nothing_is_sent(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    struct vb_err err;
    scene_begin_echo(&scene, "out");
    char *large = vb_alloc(VB_PROTOCOL_LINE_MAX + 1);
    memset(large, ' ', VB_PROTOCOL_LINE_MAX);
    large[0] = '{';
    large[VB_PROTOCOL_LINE_MAX - 1] = '}';
    struct vb_deliver deliver = { .parcel = "r/echo/1",
                                  .attempt = 1,
                                  .digest = "d",
                                  .result = large,
                                  .result_len = VB_PROTOCOL_LINE_MAX };
    assert_int_equal(vb_delivery_give(scene.delivery, &deliver, "{}", 2, &err), VB_E_LIMIT);
    assert_non_null(strstr(err.text, "the parcel is 10486"));
    deliver.result_len = 2;
    deliver.result = "{}";
    assert_int_equal(vb_delivery_give(scene.delivery, &deliver, large, VB_PROTOCOL_LINE_MAX, &err),
                     VB_E_LIMIT);
    assert_int_equal(vb_delivery_state(scene.delivery), VB_DELIVERY_FREE);
    free(large);
    scene_give(&scene, "r/echo/2");
    scene_until_answered(&scene);
    char *said = scene_content("out");
    assert_non_null(strstr(said, "got r/echo/2"));
    assert_null(strstr(said, "echo/1"));
    free(said);
    scene_finish(&scene);
}

static void an_older_plugin_loads_with_its_tail_read_as_zero(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    scene_start(&scene, (struct given){ "older", "", 0, 0, 0 });
    scene_until(&scene, &scene.free);
    assert_non_null(strstr(scene.heard.data, "mine says: 22"));
    assert_null(vb_delivery_ready(scene.delivery)->options[1].choices);
    scene_give(&scene, "r/older/1");
    scene_until_answered(&scene);
    vb_delivery_shutdown(scene.delivery, LONG_MS);
    scene_until(&scene, &scene.broken);
    assert_string_equal(scene.reason, ""); /* it has no close, and none was called */
    assert_string_equal(scene.events.data, "free delivered free broken ");
    scene_finish(&scene);
}

/* -- outputs that cannot begin ---------------------------------------------------------------- */

static void cannot_begin(struct given given, const char *reason)
{
    struct scene scene = { 0 };
    scene_start(&scene, given);
    scene_until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "broken ");
    if (strstr(scene.reason, reason) == NULL)
        fail_msg("%s: \"%s\", not \"%s\"", given.plugin, scene.reason, reason);
    scene_finish(&scene);
}

static void a_plugin_of_another_version_is_refused_with_both_versions(void **state)
{
    (void)state;
    cannot_begin((struct given){ "newer", "", 0, 0, 0 },
                 "newer.so: it wants version 1.1 of verbond/output.h, and this verbond has 1.0");
    cannot_begin((struct given){ "other", "", 0, 0, 0 },
                 "other.so: it was built for version 2.0 of verbond/output.h, and this verbond has "
                 "1.0, which is another major version");
}

static void a_plugin_that_is_none_is_refused_with_what_it_lacks(void **state)
{
    (void)state;
    cannot_begin((struct given){ "lacking", "", 0, 0, 0 }, "lacks the member deliver");
    cannot_begin((struct given){ "hidden", "", 0, 0, 0 }, "it has no vb_output_entry");
    cannot_begin((struct given){ "absent", "", 0, 0, 0 }, "No such file or directory");
    cannot_begin((struct given){ "absent.py", "", 0, 0, 0 }, "no such file");
}

static void options_that_do_not_fit_are_refused_by_name(void **state)
{
    (void)state;
    cannot_begin((struct given){ "echo", "", 0, 0, 0 },
                 "mine wants option path, such as path=/tmp/echo.txt (the file)");
    cannot_begin((struct given){ "echo", "{\"path\":\"o\"}", 0, 0, 0 },
                 "option path of mine wants a path that begins with /");
    cannot_begin((struct given){ "echo", "{\"path\":\"/o\",\"tims\":\"1\"}", 0, 0, 0 },
                 "mine has no option tims; did you mean times?");
    cannot_begin((struct given){ "echo", "{\"path\":\"/o\",\"times\":\"many\"}", 0, 0, 0 },
                 "option times of mine wants a whole number, such as 2");
    cannot_begin((struct given){ "bad", "{\"open\":\"so-so\"}", 0, 0, 0 },
                 "option open of mine is one of: well crash hang refuse silent");
}

static void an_open_that_fails_says_why_in_one_clean_line(void **state)
{
    (void)state;
    cannot_begin((struct given){ "bad", "{\"open\":\"refuse\"}", 0, 0, 0 },
                 "mine cannot begin: the receiver is \xEF\xBF\xBD[31mred");
    cannot_begin((struct given){ "bad", "{\"open\":\"silent\"}", 0, 0, 0 },
                 "mine cannot begin: it does not say why");
    cannot_begin((struct given){ "bad", "{\"open\":\"crash\"}", 0, 0, 0 }, "before it was ready");
    cannot_begin((struct given){ "bad", "{\"open\":\"hang\"}", SOON_MS, 0, 0 },
                 "it was not ready within 150 ms");
    cannot_begin((struct given){ "echo", "{\"path\":\"/no/such/folder/o\"}", 0, 0, 0 },
                 "mine cannot begin: /no/such/folder/o: No such file or directory");
}

/* -- its environment -------------------------------------------------------------------------- */

static void a_process_that_is_destroyed_leaves_nobody(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    scene_start(&scene, (struct given){ "bad", "{\"does\":\"hang\"}", 0, 0, 0 });
    scene_until(&scene, &scene.free);
    scene_give(&scene, "bad/1");
    scene_finish(&scene);
    assert_false(scene.broken);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void its_folder_is_made_for_it_alone(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    struct vb_err err;
    struct stat about;
    char program[1024], plugin[1024], dir[1024];
    assert_int_equal(vb_loop_create(&scene.loop, &err), VB_OK);
    struct vb_delivery_options options = scene_options(&scene);
    snprintf(program, sizeof program, "%s/verbond", scene_build);
    snprintf(dir, sizeof dir, "%s/own", scene_folder);
    scene_plugin(plugin, "bad");
    options.program = program;
    options.plugin = plugin;
    options.output = "mine";
    options.dir = dir;
    assert_int_equal(vb_delivery_start(&scene.delivery, &options, &err), VB_OK);
    assert_int_equal(stat(dir, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0700);
    scene_until(&scene, &scene.broken);
    vb_delivery_destroy(scene.delivery);
    rmdir(dir);
    snprintf(dir, sizeof dir, "%s/no/own", scene_folder);
    assert_int_equal(vb_delivery_start(&scene.delivery, &options, &err), VB_E_IO);
    options.dir = scene_folder;
    options.program = "/no/such/verbond";
    assert_int_equal(vb_delivery_start(&scene.delivery, &options, &err), VB_E_ABSENT);
    assert_non_null(strstr(err.text, "output mine: starting /no/such/verbond"));
    scene.delivery = NULL;
    scene_finish(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_plugin_takes_one_parcel_after_the_other),
        cmocka_unit_test(the_next_parcel_may_be_given_while_an_answer_is_told),
        cmocka_unit_test(what_ready_said_is_kept),
        cmocka_unit_test(a_plugin_that_only_describes_itself_is_ready_and_ends),
        cmocka_unit_test(a_program_that_reads_to_the_end_has_described_itself_as_well),
        cmocka_unit_test(blobs_and_the_sheet_reach_the_plugin),
        cmocka_unit_test(each_instrument_is_said_once_and_kept),
        cmocka_unit_test(a_parcel_too_large_for_a_line_is_refused_and_nothing_is_sent),
        cmocka_unit_test(an_older_plugin_loads_with_its_tail_read_as_zero),
        cmocka_unit_test(a_plugin_of_another_version_is_refused_with_both_versions),
        cmocka_unit_test(a_plugin_that_is_none_is_refused_with_what_it_lacks),
        cmocka_unit_test(options_that_do_not_fit_are_refused_by_name),
        cmocka_unit_test(an_open_that_fails_says_why_in_one_clean_line),
        cmocka_unit_test(a_process_that_is_destroyed_leaves_nobody),
        cmocka_unit_test(its_folder_is_made_for_it_alone),
    };
    return cmocka_run_group_tests(tests, scene_set_up, scene_tear_down);
}
