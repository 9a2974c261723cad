/* Killed in the middle, over and over: the engine with its store, or the process of the output.
 * Then nothing is missing, and nothing comes twice for a reader that knows a parcel by its name.
 *
 * The engine is a child of this program; a timer of the kernel ends it at a moment that is drawn.
 * The plugin (tests/output/echo.c) runs under the verbond beside this program. */
#include "tests.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "outbox/outbox.h"
#include "outbox/parcel.h"
#include "store/store_queue.h"
#include "store/store_sqlite.h"
#include "store_place.h"
#include "store_suite.h"

/* OUTBOX_KILLS=50 is the whole of it; by itself, as in make check, it takes a part. */
enum {
    KILLS_MOST = 50,
    PER_KILL = 30,
    ROUNDS_MOST = KILLS_MOST * PER_KILL,
    CASES = 100,
    PARCELS_MOST = 6,
    AFTER_US_MOST = 300
};

static char build[512];
static int kills = 10, rounds;

/* -- the moment -------------------------------------------------------------------------------- */

static uint32_t drawn = 1;
static int until_armed; /* parcels to be made until the timer runs; 0: it never does */

static long draw(long most)
{
    drawn = drawn * 1664525u + 1013904223u;
    return 1 + (long)(drawn >> 8) % most;
}

static void set_timer(long after_us)
{
    const struct itimerval timer = { .it_value = { 0, after_us } };
    assert_int_equal(setitimer(ITIMER_REAL, &timer, NULL), 0);
}

/* -- the engine -------------------------------------------------------------------------------- */

struct engine {
    struct vb_loop *loop;
    struct vb_store *store;
    struct vb_outbox *box;
};

static enum vb_code render(void *ctx, const struct vb_parcel_row *parcel,
                           const struct vb_output_row *output, const char *blob_dir,
                           struct vb_arena *arena, struct vb_rendered *out, struct vb_err *err)
{
    (void)ctx, (void)output, (void)blob_dir, (void)err;
    if (until_armed > 0 && --until_armed == 0)
        set_timer(draw(AFTER_US_MOST));
    out->result = vb_arena_printf(arena, "{\"round\":\"%s\"}", parcel->round);
    out->result_len = strlen(out->result);
    out->instrument = "{}";
    out->instrument_len = 2;
    out->digest = "sha256:one";
    return VB_OK;
}

static void well(enum vb_code code, const struct vb_err *err)
{
    if (code != VB_OK)
        fail_msg("%s", err->text);
}

/* A child that was just forked holds the lock of a killed engine until it runs something else. */
static void wait_for_lock(const char *place)
{
    char *path = place_path(place, "data/lock");
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd >= 0) {
        assert_int_equal(flock(fd, LOCK_EX), 0);
        close(fd);
    }
    free(path);
}

static struct vb_store *open_store(const char *place)
{
    struct vb_store *store;
    struct vb_err err;
    char *dir = place_path(place, "data");
    wait_for_lock(place);
    well(vb_store_sqlite_open(&store, dir, &err), &err);
    free(dir);
    return store;
}

static void engine_open(struct engine *engine, const char *place)
{
    struct vb_err err;
    struct vb_store *writer = open_store(place);
    char *dir = place_path(place, "outputs"), program[600];
    snprintf(program, sizeof program, "%s/verbond", build);
    well(vb_loop_create(&engine->loop, &err), &err);
    const struct vb_store_queue_options queue = { .writer = writer,
                                                  .reader = vb_store_sqlite_reader(writer),
                                                  .loop = engine->loop };
    well(vb_store_queue_create(&engine->store, &queue, &err), &err);
    const struct vb_outbox_options options = {
        .loop = engine->loop,
        .store = engine->store,
        .clock = vb_clock_system(),
        .random = vb_random_system(),
        .program = program,
        .dir = dir,
        .render = render,
    };
    well(vb_outbox_create(&engine->box, &options, &err), &err);
    free(dir);
}

static void engine_rest(struct engine *engine)
{
    struct vb_err err;
    well(vb_loop_until(engine->loop, vb_outbox_rested(engine->box), &err), &err);
}

static void engine_close(struct engine *engine)
{
    vb_outbox_destroy(engine->box);
    vb_store_destroy(engine->store);
    vb_loop_destroy(engine->loop);
}

/* -- the place --------------------------------------------------------------------------------- */

/* All rounds, in CASES cases, and one output of all of them. */
static char *begin(void)
{
    char *place = place_make(), *file = place_path(place, "out");
    struct vb_store *store = open_store(place);
    struct vb_buf options = { 0 };
    char plugin[600], round[16], of[16];
    snprintf(plugin, sizeof plugin, "%s/tests/output/echo.so", build);
    vb_buf_printf(&options, "{\"path\":\"%s\"}", file);
    suite_begin_round(store);
    suite_one(store, (struct vb_change){
                         .kind = VB_PUT_OUTPUT,
                         .output = { .name = "echo", .plugin = plugin, .options = options.data } });
    for (int i = 0; i < rounds; i++) {
        snprintf(round, sizeof round, "r%04d", i);
        snprintf(of, sizeof of, "k%d", i % CASES);
        const struct vb_change changes[] = { suite_case(of), suite_round(round, of, round),
                                             suite_revision(round, 1) };
        suite_commit(store, changes, 3);
    }
    vb_store_destroy(store);
    vb_buf_finish(&options);
    free(file);
    return place;
}

/* As verbond outbox retry does; how many wait. */
static size_t retry_all(const char *place)
{
    struct vb_store *store = open_store(place);
    struct vb_arena arena = { 0 };
    struct vb_parcel_row *rows;
    struct vb_err err;
    size_t count;
    const struct vb_parcel_query waiting = { 0 };
    well(store->ops->parcels(store, &waiting, &arena, &rows, &count, &err), &err);
    struct vb_change *changes = vb_arena_alloc(&arena, (count + 1) * sizeof *changes);
    for (size_t i = 0; i < count; i++)
        well(vb_parcel_retry(store, &rows[i], 1, &changes[i], &err), &err);
    suite_commit(store, changes, count);
    vb_arena_finish(&arena);
    vb_store_destroy(store);
    return count;
}

/* Reads what arrived; every parcel once for who leaves out those it has, in the order of its case.
 * How many lines there were. */
static int check_all_arrived(const char *place)
{
    char *path = place_path(place, "out"), *line = NULL;
    bool there[ROUNDS_MOST] = { false };
    int lines = 0, arrived = 0, last[CASES];
    size_t size = 0;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (int i = 0; i < CASES; i++)
        last[i] = -1;
    while (getline(&line, &size, file) > 0) {
        int number = -1;
        lines++;
        if (sscanf(line, "got r%d/echo/1 try", &number) != 1 || number < 0 || number >= rounds)
            fail_msg("a line that nobody wrote whole: %s", line);
        if (there[number])
            continue;
        there[number] = true;
        arrived++;
        assert_true(number > last[number % CASES]);
        last[number % CASES] = number;
    }
    fclose(file);
    free(line);
    free(path);
    assert_int_equal(arrived, rounds);
    return lines;
}

/* What is left goes, and all of it is there. */
static void finish(char *place, int killed)
{
    struct engine engine;
    until_armed = 0;
    retry_all(place);
    engine_open(&engine, place);
    engine_rest(&engine);
    assert_int_equal(vb_outbox_count(engine.box).waiting, 0);
    assert_int_equal(vb_outbox_count(engine.box).dead, 0);
    engine_close(&engine);
    print_message("%d kills, %d lines for %d parcels\n", killed, check_all_arrived(place), rounds);
    place_end(place);
}

/* -- the engine is killed ---------------------------------------------------------------------- */

/* SIGALRM is not caught: it ends the process wherever it is, as SIGKILL does. */
static bool engine_killed(const char *place)
{
    until_armed = (int)draw(PARCELS_MOST);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct engine engine;
        engine_open(&engine, place);
        engine_rest(&engine);
        engine_close(&engine);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM;
}

static void a_killed_engine_loses_nothing_and_nothing_comes_out_of_order(void **state)
{
    (void)state;
    char *place = begin();
    int killed = 0;
    for (int i = 0; i < kills; i++) {
        killed += engine_killed(place);
        assert_true(retry_all(place) > 0); /* it was in the middle */
    }
    assert_int_equal(killed, kills);
    finish(place, killed);
}

/* -- the output is killed ---------------------------------------------------------------------- */

static volatile sig_atomic_t shots;

static void kill_children(int number)
{
    char path[64], text[256];
    (void)number;
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    if (n <= 0)
        return;
    text[n] = '\0';
    for (char *at = text, *end; *at != '\0'; at = end) {
        long child = strtol(at, &end, 10);
        if (end == at)
            break;
        if (child > 0 && kill((pid_t)child, SIGKILL) == 0)
            shots++;
    }
}

static void a_killed_output_loses_nothing_and_nothing_comes_out_of_order(void **state)
{
    (void)state;
    char *place = begin();
    const struct sigaction on_alarm = { .sa_handler = kill_children, .sa_flags = SA_RESTART };
    struct sigaction before;
    int opened = 0;
    assert_int_equal(sigaction(SIGALRM, &on_alarm, &before), 0);
    for (shots = 0; shots < kills && opened < 4 * kills; opened++) {
        struct engine engine;
        until_armed = (int)draw(PARCELS_MOST);
        engine_open(&engine, place);
        engine_rest(&engine); /* as soon as its output waits to be started again */
        engine_close(&engine);
        assert_true(retry_all(place) > 0);
    }
    set_timer(0);
    assert_int_equal(sigaction(SIGALRM, &before, NULL), 0);
    assert_int_equal(shots, kills);
    finish(place, (int)shots);
}

#define TEST(name) cmocka_unit_test(name)

int main(int argc, char **argv)
{
    (void)argc;
    char *end = realpath(argv[0], build) == NULL ? NULL : strstr(build, "/tests/");
    if (end == NULL)
        return 1;
    *end = '\0';
    const char *wanted = getenv("OUTBOX_KILLS");
    if (wanted != NULL)
        kills = atoi(wanted);
    if (kills < 1 || kills > KILLS_MOST) {
        fprintf(stderr, "OUTBOX_KILLS is 1 to %d\n", KILLS_MOST);
        return 1;
    }
    rounds = kills * PER_KILL;
    const struct CMUnitTest tests[] = {
        TEST(a_killed_engine_loses_nothing_and_nothing_comes_out_of_order),
        TEST(a_killed_output_loses_nothing_and_nothing_comes_out_of_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
