/* test_delivery_bad.c - outputs that do what they may not: tests/output/bad.c and liar.py. */
#include "tests.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "delivery_scene.h"
#include "loop/timer.h"

/* -- outputs that do something bad ------------------------------------------------------------ */

static void does(struct scene *scene, const char *deed, int64_t deadline_ms)
{
    char options[256];
    snprintf(options, sizeof options, "{\"does\":\"%s\"}", deed);
    scene_start(scene, (struct given){ "bad", options, 0, deadline_ms, 0 });
    scene_until(scene, &scene->free);
    scene_give(scene, "bad/1");
}

/* The parcel comes back without an answer, the child is gone, and the reason says what it did. */
static void breaks_by(const char *deed, int64_t deadline_ms, const char *reason)
{
    struct scene scene = { 0 };
    does(&scene, deed, deadline_ms);
    scene_until(&scene, &scene.broken);
    if (strstr(scene.reason, reason) == NULL)
        fail_msg("%s: \"%s\", not \"%s\"", deed, scene.reason, reason);
    assert_string_equal(scene.events.data, "free unanswered broken ");
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* it was reaped: there is no child */
    assert_int_equal(errno, ECHILD);
    scene_finish(&scene);
}

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
    scene_begin_echo(&scene, "out");
    kill(our_only_child(), SIGKILL);
    scene_until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "free broken ");
    assert_string_equal(scene.reason, "it was ended by signal 9 (Killed)");
    free(scene_content("out"));
    scene_finish(&scene);
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
    scene_until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "free delivered free broken ");
    assert_string_equal(scene.reason, "it answered twice for bad/1");
    scene_finish(&scene);
}

/* The second answer for the first parcel arrives when the second is with it. */
static void a_second_answer_costs_the_next_parcel_its_turn_and_no_more(void **state)
{
    (void)state;
    struct scene scene = { .give_next = "good/2" };
    does(&scene, "twice", 0);
    scene_until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "free delivered unanswered broken ");
    assert_string_equal(scene.reason, "it answered twice for bad/1");
    scene_finish(&scene);
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

/* What it wrote comes by another pipe than its answer, and is all there when it has ended. */
static void until_all_is_heard(struct scene *scene)
{
    scene_until_answered(scene);
    assert_string_equal(scene->events.data, "free delivered free ");
    vb_delivery_shutdown(scene->delivery, LONG_MS);
    scene_until(scene, &scene->broken);
}

static void what_a_plugin_prints_is_not_the_protocol(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    does(&scene, "print", 0);
    until_all_is_heard(&scene);
    assert_non_null(strstr(scene.heard.data, "mine writes: {\"type\":\"rejected\""));
    assert_non_null(strstr(scene.heard.data, "mine writes: stdin gives nothing"));
    scene_finish(&scene);
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
        does(&scene, floods[i], 0);
        assert_int_equal(vb_timer_create(&timer, scene.loop, on_tick, &ticked, &err), VB_OK);
        vb_timer_start(timer, 1);
        scene_until(&scene, &ticked);
        assert_false(scene.broken);
        scene_until(&scene, &scene.log_full);
        vb_delivery_shutdown(scene.delivery, SOON_MS);
        scene_until(&scene, &scene.broken);
        assert_string_equal(scene.reason, "it did not end when it was asked to");
        assert_in_range(scene.log_lines, 100, 101); /* the last says how many more there were */
        vb_timer_destroy(timer);
        scene_finish(&scene);
    }
}

static void an_answer_behind_much_talk_arrives_and_what_was_not_kept_is_counted(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    does(&scene, "gush", 0);
    scene_until_answered(&scene);
    assert_string_equal(scene.events.data, "free delivered free ");
    assert_int_equal(scene.log_lines, 100);
    scene_give(&scene, "good/2");
    scene_until_answered(&scene);
    assert_int_equal(scene.log_lines, 101);
    assert_non_null(strstr(scene.heard.data, "mine said 2900 more lines, not kept"));
    scene_finish(&scene);
}

static void memory_and_descriptors_have_an_end(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    if (!SANITIZED)
        breaks_by("eat-memory", 0, "it ended with exit code 8 without an answer");
    does(&scene, "eat-descriptors", 0);
    until_all_is_heard(&scene);
    const char *said = strstr(scene.heard.data, "mine writes: ");
    assert_non_null(said);
    assert_in_range(atoi(said + strlen("mine writes: ")), 100, 256);
    scene_finish(&scene);
}

static void what_it_logs_is_one_clean_line_each(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    does(&scene, "controls", 0);
    until_all_is_heard(&scene);
    assert_non_null(strstr(scene.heard.data, "2 mine says: a\xEF\xBF\xBD[2Jb c\xEF\xBF\xBD\n"));
    assert_non_null(strstr(scene.heard.data, "2 mine writes: a\xEF\xBF\xBD[2Jb\n"));
    scene_finish(&scene);
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
        scene_start(&scene, (struct given){ "bad", cases[i].options, 0, 0, 0 });
        scene_until(&scene, &scene.free);
        scene_give(&scene, "bad/1");
        scene.reason[0] = '\0';
        scene_until_answered(&scene);
        assert_string_equal(scene.events.data, cases[i].events);
        assert_int_equal(scene.after_ms, cases[i].after_ms);
        scene_finish(&scene);
    }
}

static void a_plugin_that_does_not_close_is_ended_at_the_deadline(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    scene_start(&scene, (struct given){ "bad", "{\"close\":\"hang\"}", 0, 0, 0 });
    scene_until(&scene, &scene.free);
    vb_delivery_shutdown(scene.delivery, SOON_MS);
    scene_until(&scene, &scene.broken);
    assert_string_equal(scene.reason, "it did not end when it was asked to");
    scene_finish(&scene);
}

static void a_parcel_on_its_way_is_answered_before_the_end(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    scene_begin_echo(&scene, "out");
    scene_give(&scene, "r/echo/1");
    vb_delivery_shutdown(scene.delivery, LONG_MS);
    vb_delivery_shutdown(scene.delivery, LONG_MS); /* once is enough */
    scene_until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "free delivered broken ");
    assert_string_equal(scene.reason, "");
    free(scene_content("out"));
    scene_finish(&scene);
}

static void a_bad_one_costs_its_neighbour_nothing(void **state)
{
    (void)state;
    struct scene bad = { 0 }, good = { 0 };
    does(&bad, "flood-stderr", SOON_MS);
    good.loop = bad.loop;
    scene_begin_echo(&good, "out");
    for (int i = 0; i < 20; i++) {
        char parcel[32];
        snprintf(parcel, sizeof parcel, "r/echo/%d", i);
        scene_give(&good, parcel);
        scene_until_answered(&good);
        assert_true(good.free);
    }
    scene_until(&bad, &bad.broken);
    vb_delivery_destroy(good.delivery);
    free(scene_content("out"));
    vb_buf_finish(&good.events);
    vb_buf_finish(&good.heard);
    scene_finish(&bad);
}

/* -- programs --------------------------------------------------------------------------------- */

static void begin_liar(struct scene *scene, const char *deed, int64_t ready_ms, int64_t deadline_ms)
{
    scene_write("does", deed);
    scene_start(scene, (struct given){ "liar.py", "", ready_ms, deadline_ms, 0 });
}

static void a_program_speaks_for_itself(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    begin_liar(&scene, "nothing", 0, 0);
    scene_until(&scene, &scene.free);
    scene_give(&scene, "r/liar/1");
    scene_until_answered(&scene);
    vb_delivery_shutdown(scene.delivery, LONG_MS);
    scene_until(&scene, &scene.broken);
    assert_string_equal(scene.events.data, "free delivered free broken ");
    assert_string_equal(scene.reason, "");
    scene_finish(&scene);
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
        scene_until(&scene, &scene.free);
        scene_give(&scene, "r/liar/1");
        scene_until_answered(&scene);
        assert_string_equal(scene.events.data, cases[i][1]);
        assert_int_equal(scene.after_ms, i == 0 ? 7 : 0);
        scene_finish(&scene);
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
        scene_until(&scene, &scene.broken);
        assert_string_equal(scene.reason, cases[i].reason);
        scene_finish(&scene);
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
        scene_until(&scene, &scene.free);
        scene_give(&scene, "bad/1");
        scene_until(&scene, &scene.broken);
        assert_string_equal(scene.reason, cases[i].reason);
        assert_string_equal(scene.events.data, cases[i].events);
        scene_finish(&scene);
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
        scene_until(&scene, &scene.free);
        vb_delivery_shutdown(scene.delivery, i == 0 ? LONG_MS : SOON_MS);
        scene_until(&scene, &scene.broken);
        assert_string_equal(scene.reason, cases[i][1]);
        scene_finish(&scene);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
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
        cmocka_unit_test(an_answer_behind_much_talk_arrives_and_what_was_not_kept_is_counted),
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
    };
    return cmocka_run_group_tests(tests, scene_set_up, scene_tear_down);
}
