/* test_loop.c - the loop waits, hears signals and hands out lines. */
#include "tests.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/buf.h"
#include "loop/lines.h"
#include "loop/loop.h"
#include "loop/timer.h"
#include "loop/watch.h"

static struct vb_loop *make_loop(void)
{
    struct vb_err err;
    struct vb_loop *loop;
    assert_int_equal(vb_loop_create(&loop, &err), VB_OK);
    return loop;
}

struct fired {
    bool yes;
    int order, *next;
};
static void on_fire(void *ctx)
{
    struct fired *fired = ctx;
    fired->yes = true;
    if (fired->next != NULL)
        fired->order = ++*fired->next;
}

static void a_timer_fires_once(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop = make_loop();
    struct fired fired = { 0 };
    struct vb_timer *timer;
    assert_int_equal(vb_timer_create(&timer, loop, on_fire, &fired, &err), VB_OK);
    vb_timer_start(timer, 1);
    assert_true(vb_timer_running(timer));
    assert_int_equal(vb_loop_until(loop, &fired.yes, &err), VB_OK);
    assert_false(vb_timer_running(timer));
    vb_timer_destroy(timer);
    vb_loop_destroy(loop);
}

static void the_shorter_timer_fires_first(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop = make_loop();
    int next = 0;
    struct fired late = { .next = &next }, early = { .next = &next };
    struct vb_timer *a, *b;
    assert_int_equal(vb_timer_create(&a, loop, on_fire, &late, &err), VB_OK);
    assert_int_equal(vb_timer_create(&b, loop, on_fire, &early, &err), VB_OK);
    vb_timer_start(a, 20);
    vb_timer_start(b, 0);
    assert_int_equal(vb_loop_until(loop, &late.yes, &err), VB_OK);
    assert_int_equal(early.order, 1);
    assert_int_equal(late.order, 2);
    vb_timer_destroy(a);
    vb_timer_destroy(b);
    vb_loop_destroy(loop);
}

static void a_stopped_timer_leaves_the_loop_dry_and_that_is_said(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop = make_loop();
    struct fired fired = { 0 };
    struct vb_timer *timer;
    assert_int_equal(vb_timer_create(&timer, loop, on_fire, &fired, &err), VB_OK);
    vb_timer_start(timer, 1);
    vb_timer_stop(timer);
    assert_int_equal(vb_loop_until(loop, &fired.yes, &err), VB_E_INTERNAL);
    assert_false(fired.yes);
    vb_timer_destroy(timer);
    vb_loop_destroy(loop);
}

static void a_signal_ends_the_wait_and_stays_until_forgotten(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop = make_loop();
    struct fired fired = { 0 };
    struct vb_timer *timer;
    assert_int_equal(vb_timer_create(&timer, loop, on_fire, &fired, &err), VB_OK);
    assert_int_equal(vb_loop_catch_signals(loop, &err), VB_OK);
    vb_timer_start(timer, 600000);
    raise(SIGTERM);
    assert_int_equal(vb_loop_until_signal(loop, &fired.yes, &err), VB_E_STOPPED);
    assert_int_equal(vb_loop_signal(loop), SIGTERM);
    assert_int_equal(vb_loop_until_signal(loop, &fired.yes, &err), VB_E_STOPPED);
    vb_loop_forget_signal(loop);
    vb_timer_start(timer, 0);
    assert_int_equal(vb_loop_until_signal(loop, &fired.yes, &err), VB_OK);
    vb_timer_destroy(timer);
    vb_loop_release_signals(loop);
    vb_loop_destroy(loop);
}

static void a_commit_is_waited_for_though_a_signal_came(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop = make_loop();
    struct fired fired = { 0 };
    struct vb_timer *timer;
    assert_int_equal(vb_timer_create(&timer, loop, on_fire, &fired, &err), VB_OK);
    assert_int_equal(vb_loop_catch_signals(loop, &err), VB_OK);
    vb_timer_start(timer, 5);
    raise(SIGINT);
    assert_int_equal(vb_loop_until(loop, &fired.yes, &err), VB_OK);
    assert_int_equal(vb_loop_signal(loop), SIGINT);
    vb_timer_destroy(timer);
    vb_loop_release_signals(loop);
    vb_loop_destroy(loop);
}

static void released_signals_are_the_process_own_again(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop = make_loop();
    struct sigaction action;
    assert_int_equal(vb_loop_catch_signals(loop, &err), VB_OK);
    assert_int_equal(vb_loop_catch_signals(loop, &err), VB_OK);
    vb_loop_release_signals(loop);
    sigaction(SIGINT, NULL, &action);
    assert_true(action.sa_handler != SIG_DFL);
    vb_loop_release_signals(loop);
    sigaction(SIGINT, NULL, &action);
    assert_true(action.sa_handler == SIG_DFL);
    vb_loop_destroy(loop);
}

static void next_is(struct vb_lines *lines, const char *expected)
{
    struct vb_err err;
    char *line;
    size_t len;
    assert_int_equal(vb_lines_next(lines, &line, &len, &err), VB_OK);
    if (expected == NULL) {
        assert_null(line);
        return;
    }
    assert_non_null(line);
    assert_string_equal(line, expected);
    assert_int_equal(len, strlen(expected));
}

static void put(int fd, const char *text)
{
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

static void lines_come_whole_from_a_pipe_however_they_arrive(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop = make_loop();
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    struct vb_lines *lines;
    assert_int_equal(vb_lines_create(&lines, loop, ends[0], &err), VB_OK);
    put(ends[1], "one\n\ntwo\r\nthr");
    next_is(lines, "one");
    next_is(lines, "");
    next_is(lines, "two");
    put(ends[1], "ee\nlast");
    next_is(lines, "three");
    close(ends[1]);
    next_is(lines, "last");
    next_is(lines, NULL);
    next_is(lines, NULL);
    vb_lines_destroy(lines);
    close(ends[0]);
    vb_loop_destroy(loop);
}

static void what_was_typed_ahead_can_be_forgotten(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop = make_loop();
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    struct vb_lines *lines;
    assert_int_equal(vb_lines_create(&lines, loop, ends[0], &err), VB_OK);
    put(ends[1], "one\ntwo\nthr");
    next_is(lines, "one");
    vb_lines_discard(lines);
    put(ends[1], "four\n");
    next_is(lines, "four");
    assert_false(vb_lines_cut(lines));
    vb_lines_destroy(lines);
    close(ends[1]);
    close(ends[0]);
    vb_loop_destroy(loop);
}

static void lines_come_from_a_regular_file_too(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop = make_loop();
    FILE *file = tmpfile();
    assert_non_null(file);
    fputs("a\nb", file);
    assert_int_equal(fflush(file), 0);
    assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
    struct vb_lines *lines;
    assert_int_equal(vb_lines_create(&lines, loop, fileno(file), &err), VB_OK);
    next_is(lines, "a");
    next_is(lines, "b");
    next_is(lines, NULL);
    vb_lines_destroy(lines);
    fclose(file);
    vb_loop_destroy(loop);
}

static void a_descriptor_keeps_its_blocking_mode(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop = make_loop();
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    struct vb_lines *lines;
    assert_int_equal(vb_lines_create(&lines, loop, ends[0], &err), VB_OK);
    assert_false(fcntl(ends[0], F_GETFL) & O_NONBLOCK);
    put(ends[1], "x\n");
    next_is(lines, "x");
    assert_false(fcntl(ends[0], F_GETFL) & O_NONBLOCK);
    vb_lines_destroy(lines);
    close(ends[0]);
    close(ends[1]);
    vb_loop_destroy(loop);
}

static void a_signal_ends_waiting_for_a_line_and_no_byte_is_lost(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop = make_loop();
    int ends[2];
    char *line;
    size_t len;
    assert_int_equal(pipe(ends), 0);
    struct vb_lines *lines;
    assert_int_equal(vb_lines_create(&lines, loop, ends[0], &err), VB_OK);
    assert_int_equal(vb_loop_catch_signals(loop, &err), VB_OK);
    put(ends[1], "hal");
    raise(SIGINT);
    assert_int_equal(vb_lines_next(lines, &line, &len, &err), VB_E_STOPPED);
    vb_loop_forget_signal(loop);
    put(ends[1], "f\n");
    next_is(lines, "half");
    vb_loop_release_signals(loop);
    vb_lines_destroy(lines);
    close(ends[0]);
    close(ends[1]);
    vb_loop_destroy(loop);
}

static void a_line_without_end_is_refused_at_its_limit(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop = make_loop();
    FILE *file = tmpfile();
    char *line;
    size_t len;
    assert_non_null(file);
    for (int i = 0; i < VB_LINE_MAX / 1024 + 8; i++)
        fprintf(file, "%01024d", 0);
    assert_int_equal(fflush(file), 0);
    assert_int_equal(lseek(fileno(file), 0, SEEK_SET), 0);
    struct vb_lines *lines;
    assert_int_equal(vb_lines_create(&lines, loop, fileno(file), &err), VB_OK);
    assert_int_equal(vb_lines_next(lines, &line, &len, &err), VB_E_LIMIT);
    vb_lines_destroy(lines);
    fclose(file);
    vb_loop_destroy(loop);
}

struct watching {
    struct vb_watch *watch;
    int fd, times;
    bool finished;
};

static void read_one(void *ctx)
{
    struct watching *watching = ctx;
    char byte;
    assert_int_equal(read(watching->fd, &byte, 1), 1);
    watching->times++;
    watching->finished = byte == '.';
    if (watching->finished)
        vb_watch_stop(watching->watch);
}

static void a_descriptor_that_can_be_read_is_told_until_it_is_empty(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop = make_loop();
    struct watching watching = { 0 };
    bool never = false;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    watching.fd = ends[0];
    assert_int_equal(vb_watch_create(&watching.watch, loop, ends[0], read_one, &watching, &err),
                     VB_OK);
    put(ends[1], "ab.c");
    assert_int_equal(vb_loop_until(loop, &watching.finished, &err), VB_OK);
    assert_int_equal(watching.times, 3);
    /* Stopped, it keeps nothing alive; started, it goes on where it was. */
    assert_int_equal(vb_loop_until(loop, &never, &err), VB_E_INTERNAL);
    assert_int_equal(watching.times, 3);
    put(ends[1], ".");
    watching.finished = false;
    assert_int_equal(vb_watch_start(watching.watch, &err), VB_OK);
    assert_int_equal(vb_loop_until(loop, &watching.finished, &err), VB_OK);
    assert_int_equal(watching.times, 5);
    vb_watch_destroy(watching.watch);
    close(ends[0]);
    close(ends[1]);
    vb_loop_destroy(loop);
}

static void a_watched_descriptor_may_be_no_file(void **state)
{
    (void)state;
    struct vb_err err;
    struct vb_loop *loop = make_loop();
    struct vb_watch *watch = NULL;
    FILE *file = tmpfile();
    assert_int_equal(vb_watch_create(&watch, loop, fileno(file), read_one, NULL, &err), VB_E_IO);
    assert_null(watch);
    fclose(file);
    vb_loop_destroy(loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_timer_fires_once),
        cmocka_unit_test(the_shorter_timer_fires_first),
        cmocka_unit_test(a_stopped_timer_leaves_the_loop_dry_and_that_is_said),
        cmocka_unit_test(a_signal_ends_the_wait_and_stays_until_forgotten),
        cmocka_unit_test(a_commit_is_waited_for_though_a_signal_came),
        cmocka_unit_test(released_signals_are_the_process_own_again),
        cmocka_unit_test(lines_come_whole_from_a_pipe_however_they_arrive),
        cmocka_unit_test(what_was_typed_ahead_can_be_forgotten),
        cmocka_unit_test(lines_come_from_a_regular_file_too),
        cmocka_unit_test(a_descriptor_keeps_its_blocking_mode),
        cmocka_unit_test(a_signal_ends_waiting_for_a_line_and_no_byte_is_lost),
        cmocka_unit_test(a_line_without_end_is_refused_at_its_limit),
        cmocka_unit_test(a_descriptor_that_can_be_read_is_told_until_it_is_empty),
        cmocka_unit_test(a_watched_descriptor_may_be_no_file),
    };
    return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}
