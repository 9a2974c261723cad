/* test_process.c - a child process speaks in lines, and nothing it does keeps its parent waiting.
 */
#include "tests.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "loop/process.h"

enum { LINE_MAX_BYTES = 64, BIG = 1 << 20 };

struct scene {
    struct vb_loop *loop;
    struct vb_process *process;
    struct vb_buf out, err; /* the lines, each with its newline */
    size_t out_len, longest;
    bool ended, wanted, out_closed, destroy_on_line, pause_on_line;
    const char *until; /* wanted is true once a line begins with this */
    int64_t code;
    int signal;
};

static void on_line(void *ctx, enum vb_stream stream, const char *text, size_t len)
{
    struct scene *scene = ctx;
    struct vb_buf *to = stream == VB_STREAM_OUT ? &scene->out : &scene->err;
    assert_false(scene->ended);
    if (len > scene->longest)
        scene->longest = len;
    scene->out_len += stream == VB_STREAM_OUT ? len : 0;
    assert_true(strlen(text) <= len);
    if (to->len < 4096)
        vb_buf_printf(to, "%s\n", text);
    if (scene->until != NULL && strncmp(text, scene->until, strlen(scene->until)) == 0)
        scene->wanted = true;
    if (scene->pause_on_line)
        vb_process_pause(scene->process, stream, true);
    if (scene->destroy_on_line) {
        vb_process_destroy(scene->process);
        scene->process = NULL;
        scene->wanted = true;
    }
}

static void on_closed(void *ctx, enum vb_stream stream)
{
    struct scene *scene = ctx;
    if (stream == VB_STREAM_OUT)
        scene->out_closed = true;
}

static void on_ended(void *ctx, int64_t code, int number)
{
    struct scene *scene = ctx;
    assert_false(scene->ended);
    scene->ended = true;
    scene->code = code;
    scene->signal = number;
}

static struct vb_process_options options_of(struct scene *scene, const char *const *argv)
{
    static const char *const environment[] = { "PATH=/usr/bin:/bin", "LANG=C", NULL };
    return (struct vb_process_options){
        .argv = argv,
        .environment = environment,
        .dir = "/",
        .line_max = { 0, LINE_MAX_BYTES, LINE_MAX_BYTES },
        .line = on_line,
        .closed = on_closed,
        .ended = on_ended,
        .ctx = scene,
    };
}

static void start(struct scene *scene, const char *script)
{
    struct vb_err err;
    const char *const argv[] = { "/bin/sh", "-c", script, NULL };
    const struct vb_process_options options = options_of(scene, argv);
    if (scene->loop == NULL)
        assert_int_equal(vb_loop_create(&scene->loop, &err), VB_OK);
    assert_int_equal(vb_process_start(&scene->process, scene->loop, &options, &err), VB_OK);
}

static void finish(struct scene *scene)
{
    vb_process_destroy(scene->process);
    vb_loop_destroy(scene->loop);
    vb_buf_finish(&scene->out);
    vb_buf_finish(&scene->err);
}

static void until(struct scene *scene, const bool *what)
{
    struct vb_err err;
    assert_int_equal(vb_loop_until(scene->loop, what, &err), VB_OK);
}

static void run(struct scene *scene, const char *script)
{
    start(scene, script);
    until(scene, &scene->ended);
}

static void lines_come_from_both_streams_and_then_the_end(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    run(&scene, "echo one; echo two; printf three; echo four >&2; exit 7");
    assert_string_equal(scene.out.data, "one\ntwo\nthree\n");
    assert_string_equal(scene.err.data, "four\n");
    assert_int_equal(scene.code, 7);
    assert_int_equal(scene.signal, 0);
    finish(&scene);
}

static void what_is_written_arrives_in_order_however_much_it_is(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    char *line = vb_alloc(BIG);
    memset(line, 'x', BIG);
    start(&scene, "read a; wc -c; echo $a");
    vb_process_write(scene.process, "first", 5);
    vb_process_write(scene.process, line, BIG);
    vb_process_write(scene.process, line, BIG);
    vb_process_finish_input(scene.process);
    vb_process_write(scene.process, line, BIG); /* too late: not sent */
    until(&scene, &scene.ended);
    assert_int_equal(vb_process_waiting(scene.process), 0);
    assert_string_equal(scene.out.data, "2097154\nfirst\n");
    free(line);
    finish(&scene);
}

static void what_a_child_does_not_read_waits_here(void **state)
{
    (void)state;
    struct scene scene = { .until = "up" };
    enum { PIPE = 65536 };
    char *line = vb_alloc(BIG);
    memset(line, 'x', BIG);
    start(&scene, "echo up; exec sleep 600");
    until(&scene, &scene.wanted);
    vb_process_write(scene.process, line, BIG);
    assert_in_range(vb_process_waiting(scene.process), BIG - PIPE, BIG);
    vb_process_write(scene.process, line, BIG);
    assert_in_range(vb_process_waiting(scene.process), 2 * BIG - PIPE, 2 * BIG + 2);
    free(line);
    finish(&scene);
}

static void a_child_that_closed_its_input_is_written_to_in_vain(void **state)
{
    (void)state;
    struct scene scene = { .until = "closed" };
    struct sigaction before, after;
    sigaction(SIGPIPE, NULL, &before);
    start(&scene, "exec 0<&-; echo closed; while kill -0 $$; do sleep 1; done");
    until(&scene, &scene.wanted);
    for (int i = 0; i < 3; i++)
        vb_process_write(scene.process, "hello", 5);
    assert_int_equal(vb_process_waiting(scene.process), 0);
    sigaction(SIGPIPE, NULL, &after);
    assert_true(before.sa_handler == after.sa_handler);
    vb_process_signal(scene.process, SIGKILL);
    until(&scene, &scene.ended);
    assert_int_equal(scene.signal, SIGKILL);
    vb_process_write(scene.process, "hello", 5);
    finish(&scene);
}

static void a_line_that_is_too_long_comes_in_pieces(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    run(&scene, "printf '%064d\\n' 1; printf '%0130d\\n' 2; echo end");
    assert_int_equal(scene.longest, LINE_MAX_BYTES + 1);
    struct vb_buf want = { 0 };
    vb_buf_printf(&want, "%064d\n%064d\n%064d\n%02d\nend\n", 1, 0, 0, 2);
    assert_string_equal(scene.out.data, want.data);
    vb_buf_finish(&want);
    finish(&scene);
}

static void a_nul_byte_does_not_end_a_line(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    run(&scene, "printf 'a\\0bc\\n'");
    assert_int_equal(scene.out_len, 4);
    finish(&scene);
}

static void it_has_the_environment_and_the_folder_it_was_given_and_no_more(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    setenv("VERBOND_SECRET", "sesame", 1);
    run(&scene, "pwd; env | grep -c '^VERBOND'; env | grep '^PATH'");
    assert_string_equal(scene.out.data, "/\n0\nPATH=/usr/bin:/bin\n");
    unsetenv("VERBOND_SECRET");
    finish(&scene);
}

static void its_pipes_can_be_opened_again_by_name(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    start(&scene, "cat /dev/stdin >/dev/stdout; echo oops >/dev/stderr");
    vb_process_write(scene.process, "through", 7);
    vb_process_finish_input(scene.process);
    until(&scene, &scene.ended);
    assert_string_equal(scene.out.data, "through\n");
    assert_string_equal(scene.err.data, "oops\n");
    finish(&scene);
}

/* A process that was sent SIGKILL ends soon, but not at once: its descriptor becomes readable then,
 * also when it is nobody's child here. */
static bool ends_soon(int id)
{
    enum { PATIENCE_MS = 10000 };
    struct pollfd process = { .fd = (int)syscall(SYS_pidfd_open, id, 0), .events = POLLIN };
    if (process.fd < 0)
        return errno == ESRCH;
    bool ended = poll(&process, 1, PATIENCE_MS) == 1;
    close(process.fd);
    return ended;
}

static void it_leads_a_session_and_group_of_its_own(void **state)
{
    (void)state;
    struct scene scene = { .until = "up" };
    start(&scene, "echo up; read never");
    until(&scene, &scene.wanted);
    int id = vb_process_id(scene.process);
    assert_int_equal(getpgid(id), id);
    assert_int_equal(getsid(id), id);
    finish(&scene);
}

static void what_it_forked_goes_with_the_group(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    run(&scene, "sleep 600 & echo $!; exit 0");
    assert_int_equal(scene.code, 0);
    assert_true(ends_soon(atoi(scene.out.data)));
    finish(&scene);
}

/* setsid takes it out of the group; it still holds the pipes, and writes into one of them. */
static void a_grandchild_that_holds_the_pipes_open_does_not_hold_up_the_end(void **state)
{
    (void)state;
    struct scene scene = { .until = "at" };
    start(&scene, "setsid sh -c 'echo at $$; while echo y; do :; done' & read go; exit 3");
    until(&scene, &scene.wanted);
    int grandchild = atoi(strstr(scene.out.data, "at ") + 3);
    vb_process_finish_input(scene.process);
    until(&scene, &scene.ended);
    assert_int_equal(scene.code, 3);
    /* Nobody reads any more: its next line is its last. */
    assert_true(ends_soon(grandchild));
    finish(&scene);
}

static void a_destroyed_process_is_ended_with_its_group_and_reaped(void **state)
{
    (void)state;
    struct scene scene = { .until = "at" };
    start(&scene, "sleep 600 & echo at $!; read never");
    until(&scene, &scene.wanted);
    int child = vb_process_id(scene.process);
    int grandchild = atoi(scene.out.data + 3);
    finish(&scene);
    assert_false(scene.ended);
    assert_int_equal(waitpid(child, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    assert_true(ends_soon(grandchild));
}

static void it_may_be_destroyed_while_a_line_is_handed_out(void **state)
{
    (void)state;
    struct scene scene = { .destroy_on_line = true };
    start(&scene, "echo one; echo two; echo three");
    until(&scene, &scene.wanted);
    assert_string_equal(scene.out.data, "one\n");
    finish(&scene);
    assert_false(scene.ended);
}

static void a_paused_flood_waits_in_its_pipe_and_the_other_stream_goes_on(void **state)
{
    (void)state;
    struct scene scene = { .pause_on_line = true, .until = "out" };
    start(&scene, "(while echo out; do :; done) & read a; echo err >&2; wait");
    until(&scene, &scene.wanted);
    size_t heard = scene.out_len;
    assert_true(heard <= 65536); /* one read of the pipe, and no more */
    scene.wanted = false;
    scene.until = "err";
    vb_process_write(scene.process, "go", 2);
    until(&scene, &scene.wanted);
    assert_int_equal(scene.out_len, heard);
    scene.wanted = false;
    scene.until = "out";
    vb_process_pause(scene.process, VB_STREAM_OUT, false);
    until(&scene, &scene.wanted);
    assert_true(scene.out_len > heard);
    finish(&scene);
}

static void what_a_paused_child_wrote_before_its_end_is_still_heard(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    start(&scene, "read a; echo last; exit 4");
    vb_process_pause(scene.process, VB_STREAM_OUT, true);
    vb_process_write(scene.process, "go", 2);
    until(&scene, &scene.ended);
    assert_string_equal(scene.out.data, "last\n");
    assert_int_equal(scene.code, 4);
    finish(&scene);
}

static void a_stream_that_was_closed_is_told_while_the_child_runs_on(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    start(&scene, "exec 1>&-; read never");
    until(&scene, &scene.out_closed);
    assert_false(scene.ended);
    vb_process_finish_input(scene.process);
    until(&scene, &scene.ended);
    finish(&scene);
}

static void a_signal_that_ended_it_is_told(void **state)
{
    (void)state;
    struct scene scene = { 0 };
    run(&scene, "kill -SEGV $$");
    assert_int_equal(scene.signal, SIGSEGV);
    assert_int_equal(scene.code, 0);
    vb_process_signal(scene.process, SIGTERM); /* nobody is there: nothing happens */
    finish(&scene);
}

static void refused(const char *program, const char *dir, enum vb_code code, const char *text)
{
    struct scene scene = { 0 };
    struct vb_err err;
    const char *const argv[] = { program, NULL };
    struct vb_process_options options = options_of(&scene, argv);
    options.dir = dir;
    assert_int_equal(vb_loop_create(&scene.loop, &err), VB_OK);
    assert_int_equal(vb_process_start(&scene.process, scene.loop, &options, &err), code);
    assert_string_equal(err.text, text);
    scene.process = NULL;
    finish(&scene);
    assert_false(scene.ended);
}

static void what_cannot_be_started_is_told_and_leaves_nothing(void **state)
{
    (void)state;
    refused("/no/such/program", "/", VB_E_ABSENT,
            "starting /no/such/program in /: no such file or directory");
    refused("/bin/true", "/no/such/folder", VB_E_ABSENT,
            "starting /bin/true in /no/such/folder: no such file or directory");
    refused("/etc/passwd", "/", VB_E_IO, "starting /etc/passwd in /: permission denied");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_from_both_streams_and_then_the_end),
        cmocka_unit_test(what_is_written_arrives_in_order_however_much_it_is),
        cmocka_unit_test(what_a_child_does_not_read_waits_here),
        cmocka_unit_test(a_child_that_closed_its_input_is_written_to_in_vain),
        cmocka_unit_test(a_line_that_is_too_long_comes_in_pieces),
        cmocka_unit_test(a_nul_byte_does_not_end_a_line),
        cmocka_unit_test(it_has_the_environment_and_the_folder_it_was_given_and_no_more),
        cmocka_unit_test(its_pipes_can_be_opened_again_by_name),
        cmocka_unit_test(it_leads_a_session_and_group_of_its_own),
        cmocka_unit_test(what_it_forked_goes_with_the_group),
        cmocka_unit_test(a_grandchild_that_holds_the_pipes_open_does_not_hold_up_the_end),
        cmocka_unit_test(a_destroyed_process_is_ended_with_its_group_and_reaped),
        cmocka_unit_test(it_may_be_destroyed_while_a_line_is_handed_out),
        cmocka_unit_test(a_paused_flood_waits_in_its_pipe_and_the_other_stream_goes_on),
        cmocka_unit_test(what_a_paused_child_wrote_before_its_end_is_still_heard),
        cmocka_unit_test(a_stream_that_was_closed_is_told_while_the_child_runs_on),
        cmocka_unit_test(a_signal_that_ended_it_is_told),
        cmocka_unit_test(what_cannot_be_started_is_told_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
