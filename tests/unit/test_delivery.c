/* test_delivery.c - one output's process and its parcel: outputs that behave, and that do not.
 *
 * The plugins are in tests/output; they run in processes of the verbond beside this program. */
#include "tests.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "data/json.h"
#include "loop/timer.h"
#include "outbox/delivery.h"

enum { SOON_MS = 150, LONG_MS = 60000 };

static char build[512], folder[] = "/tmp/verbond-delivery-XXXXXX";

struct scene {
    struct vb_loop *loop;
    struct vb_delivery *delivery;
    struct vb_log log;
    struct vb_buf events; /* what was called, in order, one word each with its reason */
    struct vb_buf heard;  /* the log */
    bool free, broken, answered;
    const char *give_next; /* from within answered */
    char reason[512];
    int64_t after_ms;
    int log_lines;
};

/* -- a scene ---------------------------------------------------------------------------------- */

static void on_log(void *ctx, enum vb_log_level level, const char *room, const char *text)
{
    struct scene *scene = ctx;
    (void)room;
    scene->log_lines++;
    if (scene->heard.len < 1 << 20)
        vb_buf_printf(&scene->heard, "%d %s\n", (int)level, text);
}

static void give(struct scene *scene, const char *parcel)
{
    static const char result[] = "{\"schema\":\"verbond.result/1\",\"pomp\":70.0}";
    static const char instrument[] = "{\"schema\":\"verbond.instrument/1\"}";
    struct vb_err err;
    scene->free = false;
    scene->answered = false;
    const struct vb_deliver deliver = { .parcel = parcel,
                                        .attempt = 2,
                                        .digest = "sha256:1",
                                        .result = result,
                                        .result_len = sizeof result - 1 };
    if (vb_delivery_give(scene->delivery, &deliver, instrument, sizeof instrument - 1, &err) !=
        VB_OK)
        fail_msg("%s", err.text);
    assert_int_equal(vb_delivery_state(scene->delivery), VB_DELIVERY_BUSY);
}

static void on_changed(void *ctx, enum vb_delivery_state state, const char *reason)
{
    struct scene *scene = ctx;
    assert_false(scene->broken); /* nothing comes after it */
    assert_int_equal(vb_delivery_state(scene->delivery), state);
    vb_buf_puts(&scene->events, state == VB_DELIVERY_FREE ? "free " : "broken ");
    scene->free = state == VB_DELIVERY_FREE;
    scene->broken = state == VB_DELIVERY_BROKEN;
    snprintf(scene->reason, sizeof scene->reason, "%s", reason);
}

static void on_answered(void *ctx, enum vb_answer_kind kind, int64_t after_ms, const char *reason)
{
    static const char *const kinds[] = { "delivered ", "retry ", "rejected ", "unanswered " };
    struct scene *scene = ctx;
    vb_buf_puts(&scene->events, kinds[kind]);
    scene->answered = true;
    scene->after_ms = after_ms;
    snprintf(scene->reason, sizeof scene->reason, "%s", reason);
    if (scene->give_next != NULL && kind != VB_ANSWER_BROKEN) {
        const char *parcel = scene->give_next;
        scene->give_next = NULL;
        give(scene, parcel);
    }
}

static void path_of(char out[1024], const char *plugin)
{
    if (strstr(plugin, ".py") != NULL)
        snprintf(out, 1024, "%s/../tests/output/%s", build, plugin);
    else
        snprintf(out, 1024, "%s/tests/output/%s.so", build, plugin);
}

static struct vb_delivery_options options_of(struct scene *scene)
{
    scene->log = (struct vb_log){ on_log, scene, VB_LOG_DEBUG };
    return (struct vb_delivery_options){
        .loop = scene->loop,
        .log = &scene->log,
        .dir = folder,
        .ready_ms = LONG_MS,
        .deadline_ms = LONG_MS,
        .changed = on_changed,
        .answered = on_answered,
        .ctx = scene,
    };
}

struct given {
    const char *plugin, *options; /* options: "" for none, NULL to describe only */
    int64_t ready_ms, deadline_ms;
    size_t memory_max;
};

static void start(struct scene *scene, struct given given)
{
    char program[1024], plugin[1024];
    struct vb_err err;
    if (scene->loop == NULL)
        assert_int_equal(vb_loop_create(&scene->loop, &err), VB_OK);
    struct vb_delivery_options options = options_of(scene);
    snprintf(program, sizeof program, "%s/verbond", build);
    path_of(plugin, given.plugin);
    options.program = program;
    options.plugin = plugin;
    options.output = "mine";
    options.options = given.options != NULL && given.options[0] == '\0' ? "{}" : given.options;
    options.memory_max = given.memory_max;
    if (given.ready_ms > 0)
        options.ready_ms = given.ready_ms;
    if (given.deadline_ms > 0)
        options.deadline_ms = given.deadline_ms;
    if (vb_delivery_start(&scene->delivery, &options, &err) != VB_OK)
        fail_msg("%s", err.text);
    assert_int_equal(vb_delivery_state(scene->delivery), VB_DELIVERY_STARTING);
    assert_null(vb_delivery_ready(scene->delivery));
}

static void until(struct scene *scene, const bool *what)
{
    struct vb_err err;
    assert_int_equal(vb_loop_until(scene->loop, what, &err), VB_OK);
}

static void finish(struct scene *scene)
{
    vb_delivery_destroy(scene->delivery);
    vb_loop_destroy(scene->loop);
    vb_buf_finish(&scene->events);
    vb_buf_finish(&scene->heard);
}

/* -- outputs that behave ---------------------------------------------------------------------- */

static void until_answered(struct scene *scene)
{
    until(scene, &scene->answered);
}

static char *content(const char *name)
{
    char path[1024];
    struct vb_buf bytes = { 0 };
    struct vb_err err;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (vb_file_read(&bytes, path, 1 << 20, &err) != VB_OK)
        fail_msg("%s", err.text);
    unlink(path);
    return bytes.data;
}

static void write_file(const char *name, const char *text)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void begin_echo(struct scene *scene, const char *file)
{
    char options[1024];
    snprintf(options, sizeof options, "{\"path\":\"%s/%s\"}", folder, file);
    start(scene, (struct given){ "echo", options, 0, 0, 0 });
    until(scene, &scene->free);
}

static void a_good_plugin_takes_one_parcel_after_the_other(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    begin_echo(&scene, "out");
    give(&scene, "r/echo/1");
    until_answered(&scene);
    assert_true(scene.free);
    give(&scene, "r/echo/2");
    until_answered(&scene);
    assert_string_equal(scene.events.data, "free delivered free delivered free ");
    char *said = content("out");
    assert_string_equal(
        said, "got r/echo/1 try 2 in 60000 ms: {\"schema\":\"verbond.result/1\",\"pomp\":70.0} by "
              "{\"schema\":\"verbond.instrument/1\"} sheet 0 none\n"
              "got r/echo/2 try 2 in 60000 ms: {\"schema\":\"verbond.result/1\",\"pomp\":70.0} by "
              "{\"schema\":\"verbond.instrument/1\"} sheet 0 none\n");
    free(said);
    vb_delivery_shutdown(scene.delivery, LONG_MS);
    until(&scene, &scene.broken);
    assert_string_equal(scene.reason, "");
    finish(&scene);
}

static void the_next_parcel_may_be_given_while_an_answer_is_told(void **state)
{
    (void)state;
    struct scene scene = { .give_next = "r/echo/2" };
    begin_echo(&scene, "out");
    give(&scene, "r/echo/1");
    until_answered(&scene);
    until(&scene, &scene.free);
    assert_string_equal(scene.events.data, "free delivered delivered free ");
    free(content("out"));
    finish(&scene);
}

static void what_ready_said_is_kept(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    begin_echo(&scene, "out");
    const struct vb_plugin_line *ready = vb_delivery_ready(scene.delivery);
    assert_non_null(ready);
    assert_int_equal(ready->option_count, 3);
    assert_string_equal(ready->options[0].name, "path");
    assert_true(ready->options[0].required);
    assert_string_equal(ready->options[1].default_value, "got");
    free(content("out"));
    finish(&scene);
}

static void a_plugin_that_only_describes_itself_is_ready_and_ends(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    start(&scene, (struct given){ "bad", NULL, 0, 0, 0 });
    until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "free broken ");
    assert_string_equal(scene.reason, "");
    assert_int_equal(vb_delivery_ready(scene.delivery)->option_count, 4);
    finish(&scene);
}

static void blobs_and_the_sheet_reach_the_plugin(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    struct vb_err err;
    char picture[1024], sheet[1024];
    begin_echo(&scene, "out");
    write_file("sheet", "<html>");
    snprintf(picture, sizeof picture, "%s/none", folder);
    snprintf(sheet, sizeof sheet, "%s/sheet", folder);
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
    until_answered(&scene);
    char *said = content("out");
    assert_string_equal(said, "got r/echo/1 try 1 in 5000 ms: {} by {} +sha256:ab image/png "
                              "+sheet.html text/html sheet 6 <html>\n");
    free(said);
    free(content("sheet"));
    finish(&scene);
}

static void each_instrument_is_said_once_and_kept(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    struct vb_err err;
    static const char *const digests[] = { "one", "two", "one", "two" };
    begin_echo(&scene, "out");
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
        until_answered(&scene);
    }
    char *said = content("out");
    assert_string_equal(said, "got r/echo/1 try 1 in 60000 ms: {} by {\"one\":1} sheet 0 none\n"
                              "got r/echo/2 try 1 in 60000 ms: {} by {\"two\":1} sheet 0 none\n"
                              "got r/echo/3 try 1 in 60000 ms: {} by {\"one\":1} sheet 0 none\n"
                              "got r/echo/4 try 1 in 60000 ms: {} by {\"two\":1} sheet 0 none\n");
    free(said);
    finish(&scene);
}

static void a_parcel_too_large_for_a_line_is_refused_and_nothing_is_sent(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    struct vb_err err;
    begin_echo(&scene, "out");
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
    give(&scene, "r/echo/2");
    until_answered(&scene);
    char *said = content("out");
    assert_non_null(strstr(said, "got r/echo/2"));
    assert_null(strstr(said, "echo/1"));
    free(said);
    finish(&scene);
}

static void an_older_plugin_loads_with_its_tail_read_as_zero(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    start(&scene, (struct given){ "older", "", 0, 0, 0 });
    until(&scene, &scene.free);
    assert_non_null(strstr(scene.heard.data, "mine says: 22"));
    assert_null(vb_delivery_ready(scene.delivery)->options[1].choices);
    give(&scene, "r/older/1");
    until_answered(&scene);
    vb_delivery_shutdown(scene.delivery, LONG_MS);
    until(&scene, &scene.broken);
    assert_string_equal(scene.reason, ""); /* it has no close, and none was called */
    assert_string_equal(scene.events.data, "free delivered free broken ");
    finish(&scene);
}

/* -- outputs that cannot begin ---------------------------------------------------------------- */

static void cannot_begin(struct given given, const char *reason)
{
    struct scene scene = { 0 };
    start(&scene, given);
    until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "broken ");
    if (strstr(scene.reason, reason) == NULL)
        fail_msg("%s: \"%s\", not \"%s\"", given.plugin, scene.reason, reason);
    finish(&scene);
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

/* -- outputs that do something bad ------------------------------------------------------------ */

static void does(struct scene *scene, const char *deed, int64_t deadline_ms)
{
    char options[256];
    snprintf(options, sizeof options, "{\"does\":\"%s\"}", deed);
    start(scene, (struct given){ "bad", options, 0, deadline_ms, 0 });
    until(scene, &scene->free);
    give(scene, "bad/1");
}

/* The parcel comes back without an answer, the child is gone, and the reason says what it did. */
static void breaks_by(const char *deed, int64_t deadline_ms, const char *reason)
{
    struct scene scene = { 0 };
    does(&scene, deed, deadline_ms);
    until(&scene, &scene.broken);
    if (strstr(scene.reason, reason) == NULL)
        fail_msg("%s: \"%s\", not \"%s\"", deed, scene.reason, reason);
    assert_string_equal(scene.events.data, "free unanswered broken ");
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* it was reaped: there is no child */
    assert_int_equal(errno, ECHILD);
    finish(&scene);
}

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED true
#else
#define SANITIZED false
#endif

static void a_crash_ends_its_parcel_without_an_answer(void **state)
{
    (void)state;
    /* With sanitizers a crash is an exit code of theirs. */
    breaks_by("crash", 0,
              SANITIZED ? "without an answer"
                        : "it was ended by signal 11 (Segmentation fault) without an "
                          "answer");
    breaks_by("abort", 0, SANITIZED ? "without an answer" : "signal 6 (Aborted)");
    breaks_by("leave", 0, "it ended with exit code 0 without an answer");
}

static int our_only_child(void)
{
    char text[64] = "";
    FILE *file = fopen("/proc/thread-self/children", "r");
    assert_non_null(file);
    assert_non_null(fgets(text, sizeof text, file));
    fclose(file);
    return atoi(text);
}

static void who_is_killed_with_nothing_to_do_is_told(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    begin_echo(&scene, "out");
    kill(our_only_child(), SIGKILL);
    until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "free broken ");
    assert_string_equal(scene.reason, "it was ended by signal 9 (Killed)");
    free(content("out"));
    finish(&scene);
}

static void who_is_silent_past_the_deadline_is_ended(void **state)
{
    (void)state;
    breaks_by("hang", SOON_MS, "it gave no answer within 150 ms");
    breaks_by("spin", SOON_MS, "it gave no answer within 150 ms");
}

static void who_lies_is_ended(void **state)
{
    (void)state;
    breaks_by("other", 0, "it answered for a parcel that it did not have");
    breaks_by("garbage", 0, "it wrote a line that is not of the protocol: line 1, column 1");
    breaks_by("half", 0, "it wrote a line that is not of the protocol");
    breaks_by("long-line", 0, "it wrote a line of more than 1048576 bytes");
}

static void a_second_answer_ends_it_and_the_first_one_counts(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    does(&scene, "twice", 0);
    until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "free delivered free broken ");
    assert_string_equal(scene.reason, "it answered twice for bad/1");
    finish(&scene);
}

/* The second answer for the first parcel arrives when the second is with it. */
static void a_second_answer_costs_the_next_parcel_its_turn_and_no_more(void **state)
{
    (void)state;
    struct scene scene = { .give_next = "good/2" };
    does(&scene, "twice", 0);
    until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "free delivered unanswered broken ");
    assert_string_equal(scene.reason, "it answered twice for bad/1");
    finish(&scene);
}

static void who_closes_its_descriptors_is_ended(void **state)
{
    (void)state;
    breaks_by("close-all", 0, "without an answer");
    breaks_by("close-and-stay", 0, "it closed its output and ran on");
}

static void who_forks_and_goes_is_not_waited_for(void **state)
{
    (void)state;
    breaks_by("fork", 0, "it ended with exit code 9 without an answer");
    breaks_by("fork-session", 0, "it ended with exit code 9 without an answer");
}

static void what_a_plugin_prints_is_not_the_protocol(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    does(&scene, "print", 0);
    until_answered(&scene);
    assert_string_equal(scene.events.data, "free delivered free ");
    assert_non_null(strstr(scene.heard.data, "mine writes: {\"type\":\"rejected\""));
    assert_non_null(strstr(scene.heard.data, "mine writes: stdin gives nothing"));
    finish(&scene);
}

static void on_tick(void *ctx)
{
    *(bool *)ctx = true;
}

static void a_flood_leaves_the_loop_to_others_and_the_log_small(void **state)
{
    (void)state;
    static const char *const floods[] = { "flood-stdout", "flood-stderr", "flood-line",
                                          "flood-log" };
    for (size_t i = 0; i < sizeof floods / sizeof floods[0]; i++) {
        struct scene scene = { 0 };
        struct vb_timer *timer;
        struct vb_err err;
        bool ticked = false;
        does(&scene, floods[i], SOON_MS);
        assert_int_equal(vb_timer_create(&timer, scene.loop, on_tick, &ticked, &err), VB_OK);
        vb_timer_start(timer, 1);
        until(&scene, &ticked);
        assert_false(scene.broken);
        until(&scene, &scene.broken);
        assert_string_equal(scene.reason, "it gave no answer within 150 ms");
        assert_in_range(scene.log_lines, 50, 110);
        assert_non_null(strstr(scene.heard.data, "more lines, not kept"));
        vb_timer_destroy(timer);
        finish(&scene);
    }
}

static void an_answer_behind_much_talk_still_arrives(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    does(&scene, "gush", 0);
    until_answered(&scene);
    assert_string_equal(scene.events.data, "free delivered free ");
    finish(&scene);
}

static void memory_and_descriptors_have_an_end(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    if (!SANITIZED)
        breaks_by("eat-memory", 0, "it ended with exit code 8 without an answer");
    does(&scene, "eat-descriptors", 0);
    until_answered(&scene);
    const char *said = strstr(scene.heard.data, "mine writes: ");
    assert_non_null(said);
    assert_in_range(atoi(said + strlen("mine writes: ")), 100, 256);
    finish(&scene);
}

static void what_it_logs_is_one_clean_line_each(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    does(&scene, "controls", 0);
    until_answered(&scene);
    assert_non_null(strstr(scene.heard.data, "2 mine says: a\xEF\xBF\xBD[2Jb c\xEF\xBF\xBD\n"));
    assert_non_null(strstr(scene.heard.data, "2 mine writes: a\xEF\xBF\xBD[2Jb\n"));
    finish(&scene);
}

static void what_deliver_gives_back_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *options, *events;
        int64_t after_ms;
    } cases[] = {
        { "{\"answers\":\"1\"}", "free retry free ", 1234 },
        { "{\"answers\":\"2\"}", "free rejected free ", 0 },
        { "{\"answers\":\"77\"}", "free rejected free ", 0 },
    };
    for (size_t i = 0; i < 3; i++) {
        struct scene scene = { 0 };
        start(&scene, (struct given){ "bad", cases[i].options, 0, 0, 0 });
        until(&scene, &scene.free);
        give(&scene, "bad/1");
        scene.reason[0] = '\0';
        until_answered(&scene);
        assert_string_equal(scene.events.data, cases[i].events);
        assert_int_equal(scene.after_ms, cases[i].after_ms);
        finish(&scene);
    }
}

static void a_plugin_that_does_not_close_is_ended_at_the_deadline(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    start(&scene, (struct given){ "bad", "{\"close\":\"hang\"}", 0, 0, 0 });
    until(&scene, &scene.free);
    vb_delivery_shutdown(scene.delivery, SOON_MS);
    until(&scene, &scene.broken);
    assert_string_equal(scene.reason, "it did not end when it was asked to");
    finish(&scene);
}

static void a_parcel_on_its_way_is_answered_before_the_end(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    begin_echo(&scene, "out");
    give(&scene, "r/echo/1");
    vb_delivery_shutdown(scene.delivery, LONG_MS);
    vb_delivery_shutdown(scene.delivery, LONG_MS); /* once is enough */
    until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "free delivered broken ");
    assert_string_equal(scene.reason, "");
    free(content("out"));
    finish(&scene);
}

static void a_bad_one_costs_its_neighbour_nothing(void **state)
{
    (void)state;
    struct scene bad = { 0 }, good = { 0 };
    does(&bad, "flood-stderr", SOON_MS);
    good.loop = bad.loop;
    begin_echo(&good, "out");
    for (int i = 0; i < 20; i++) {
        char parcel[32];
        snprintf(parcel, sizeof parcel, "r/echo/%d", i);
        give(&good, parcel);
        until_answered(&good);
        assert_true(good.free);
    }
    until(&bad, &bad.broken);
    vb_delivery_destroy(good.delivery);
    free(content("out"));
    vb_buf_finish(&good.events);
    vb_buf_finish(&good.heard);
    finish(&bad);
}

/* -- programs --------------------------------------------------------------------------------- */

static void begin_liar(struct scene *scene, const char *deed, int64_t ready_ms, int64_t deadline_ms)
{
    write_file("does", deed);
    start(scene, (struct given){ "liar.py", "", ready_ms, deadline_ms, 0 });
}

static void a_program_speaks_for_itself(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    begin_liar(&scene, "nothing", 0, 0);
    until(&scene, &scene.free);
    give(&scene, "r/liar/1");
    until_answered(&scene);
    vb_delivery_shutdown(scene.delivery, LONG_MS);
    until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "free delivered free broken ");
    assert_string_equal(scene.reason, "");
    finish(&scene);
}

static void a_programs_retry_and_rejection_come_with_their_reason(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        { "retry", "free retry free ", "the receiver is full" },
        { "reject", "free rejected free ", "no such dossier" },
    };
    for (int i = 0; i < 2; i++) {
        struct scene scene = { 0 };
        begin_liar(&scene, cases[i][0], 0, 0);
        until(&scene, &scene.free);
        give(&scene, "r/liar/1");
        until_answered(&scene);
        assert_string_equal(scene.events.data, cases[i][1]);
        assert_int_equal(scene.after_ms, i == 0 ? 7 : 0);
        finish(&scene);
    }
}

static void a_program_that_breaks_the_protocol_at_its_start_is_ended(void **state)
{
    (void)state;
    static const struct {
        const char *deed, *reason;
        int64_t wait_ms;
    } cases[] = {
        { "early", "it answered before it was ready", 0 },
        { "silent", "it was not ready within 150 ms", SOON_MS },
        { "major", "it speaks protocol 2.0, and this verbond speaks 1.0", 0 },
        { "minor", "it speaks protocol 1.7, and this verbond speaks 1.0", 0 },
        { "ready-twice", "it said ready twice", 0 },
        { "unasked", "it answered for a parcel that it did not have", 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scene scene = { 0 };
        begin_liar(&scene, cases[i].deed, cases[i].wait_ms, 0);
        until(&scene, &scene.broken);
        assert_string_equal(scene.reason, cases[i].reason);
        finish(&scene);
    }
}

static void a_program_that_breaks_the_protocol_later_is_ended(void **state)
{
    (void)state;
    static const struct {
        const char *deed, *reason, *events;
        int64_t wait_ms;
    } cases[] = {
        { "twice", "it answered twice for bad/1", "free delivered free broken ", 0 },
        { "late", "it gave no answer within 150 ms", "free unanswered broken ", SOON_MS },
        { "closes", "it closed its output and ran on", "free unanswered broken ", 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scene scene = { 0 };
        begin_liar(&scene, cases[i].deed, 0, cases[i].wait_ms);
        until(&scene, &scene.free);
        give(&scene, "bad/1");
        until(&scene, &scene.broken);
        assert_string_equal(scene.reason, cases[i].reason);
        assert_string_equal(scene.events.data, cases[i].events);
        finish(&scene);
    }
}

static void who_answers_or_stays_after_the_shutdown_is_ended(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "after-shutdown", "it answered for a parcel that it did not have" },
        { "stays", "it did not end when it was asked to" },
    };
    for (int i = 0; i < 2; i++) {
        struct scene scene = { 0 };
        begin_liar(&scene, cases[i][0], 0, 0);
        until(&scene, &scene.free);
        vb_delivery_shutdown(scene.delivery, i == 0 ? LONG_MS : SOON_MS);
        until(&scene, &scene.broken);
        assert_string_equal(scene.reason, cases[i][1]);
        finish(&scene);
    }
}

/* -- its environment -------------------------------------------------------------------------- */

static void a_process_that_is_destroyed_leaves_nobody(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    does(&scene, "hang", 0);
    finish(&scene);
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
    struct vb_delivery_options options = options_of(&scene);
    snprintf(program, sizeof program, "%s/verbond", build);
    snprintf(dir, sizeof dir, "%s/own", folder);
    path_of(plugin, "bad");
    options.program = program;
    options.plugin = plugin;
    options.output = "mine";
    options.dir = dir;
    assert_int_equal(vb_delivery_start(&scene.delivery, &options, &err), VB_OK);
    assert_int_equal(stat(dir, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0700);
    until(&scene, &scene.broken);
    vb_delivery_destroy(scene.delivery);
    rmdir(dir);
    snprintf(dir, sizeof dir, "%s/no/own", folder);
    assert_int_equal(vb_delivery_start(&scene.delivery, &options, &err), VB_E_IO);
    options.dir = folder;
    options.program = "/no/such/verbond";
    assert_int_equal(vb_delivery_start(&scene.delivery, &options, &err), VB_E_ABSENT);
    assert_non_null(strstr(err.text, "output mine: starting /no/such/verbond"));
    scene.delivery = NULL;
    finish(&scene);
}

/* -- all -------------------------------------------------------------------------------------- */

static int find_the_build(void **state)
{
    (void)state;
    ssize_t n = readlink("/proc/self/exe", build, sizeof build - 1);
    if (n < 0)
        return -1;
    build[n] = '\0';
    *strrchr(build, '/') = '\0'; /* test_delivery */
    *strrchr(build, '/') = '\0'; /* tests */
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int remove_the_folder(void **state)
{
    (void)state;
    char path[1024];
    snprintf(path, sizeof path, "%s/does", folder);
    unlink(path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_plugin_takes_one_parcel_after_the_other),
        cmocka_unit_test(the_next_parcel_may_be_given_while_an_answer_is_told),
        cmocka_unit_test(what_ready_said_is_kept),
        cmocka_unit_test(a_plugin_that_only_describes_itself_is_ready_and_ends),
        cmocka_unit_test(blobs_and_the_sheet_reach_the_plugin),
        cmocka_unit_test(each_instrument_is_said_once_and_kept),
        cmocka_unit_test(a_parcel_too_large_for_a_line_is_refused_and_nothing_is_sent),
        cmocka_unit_test(an_older_plugin_loads_with_its_tail_read_as_zero),
        cmocka_unit_test(a_plugin_of_another_version_is_refused_with_both_versions),
        cmocka_unit_test(a_plugin_that_is_none_is_refused_with_what_it_lacks),
        cmocka_unit_test(options_that_do_not_fit_are_refused_by_name),
        cmocka_unit_test(an_open_that_fails_says_why_in_one_clean_line),
        cmocka_unit_test(a_crash_ends_its_parcel_without_an_answer),
        cmocka_unit_test(who_is_killed_with_nothing_to_do_is_told),
        cmocka_unit_test(who_is_silent_past_the_deadline_is_ended),
        cmocka_unit_test(who_lies_is_ended),
        cmocka_unit_test(a_second_answer_ends_it_and_the_first_one_counts),
        cmocka_unit_test(a_second_answer_costs_the_next_parcel_its_turn_and_no_more),
        cmocka_unit_test(who_closes_its_descriptors_is_ended),
        cmocka_unit_test(who_forks_and_goes_is_not_waited_for),
        cmocka_unit_test(what_a_plugin_prints_is_not_the_protocol),
        cmocka_unit_test(a_flood_leaves_the_loop_to_others_and_the_log_small),
        cmocka_unit_test(an_answer_behind_much_talk_still_arrives),
        cmocka_unit_test(memory_and_descriptors_have_an_end),
        cmocka_unit_test(what_it_logs_is_one_clean_line_each),
        cmocka_unit_test(what_deliver_gives_back_is_told),
        cmocka_unit_test(a_plugin_that_does_not_close_is_ended_at_the_deadline),
        cmocka_unit_test(a_parcel_on_its_way_is_answered_before_the_end),
        cmocka_unit_test(a_bad_one_costs_its_neighbour_nothing),
        cmocka_unit_test(a_program_speaks_for_itself),
        cmocka_unit_test(a_programs_retry_and_rejection_come_with_their_reason),
        cmocka_unit_test(a_program_that_breaks_the_protocol_at_its_start_is_ended),
        cmocka_unit_test(a_program_that_breaks_the_protocol_later_is_ended),
        cmocka_unit_test(who_answers_or_stays_after_the_shutdown_is_ended),
        cmocka_unit_test(a_process_that_is_destroyed_leaves_nobody),
        cmocka_unit_test(its_folder_is_made_for_it_alone),
    };
    return cmocka_run_group_tests(tests, find_the_build, remove_the_folder);
}
