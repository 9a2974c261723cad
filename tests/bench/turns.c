/* turns.c - how long an honest session waits beside twenty flows that do not end.
 *
 * A request comes in through a pipe; what is measured is the time until the loop hears it. Real
 * time by the monotonic clock: first with nobody else there, then beside the runaways, which begin
 * again whenever their fuel is gone.
 *
 * usage: turns INSTRUMENTS [STEPS] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "loop/lines.h"
#include "script/load.h"
#include "session/session.h"

enum { RUNAWAYS = 20, WAYS = 6, STEPS = 2000, PERCENT = 100 };
static const char *const ways[WAYS] = { "loop", "caught", "tower", "sorting", "strings", "tables" };

struct bench {
    struct vb_loop *loop;
    struct vb_env env;
    struct vb_plan *plan;
    struct vb_lines *requests;
    int ends[2];
    struct vb_session *runaways[RUNAWAYS], *honest;
};

static void must(enum vb_code code, const struct vb_err *err)
{
    if (code == VB_OK)
        return;
    fprintf(stderr, "turns: %s\n", err->text);
    exit(1);
}

/* Nothing waits for a runaway; that it is parked in the end is what it is for. */
static void ignore(void *ctx, enum vb_code code, const struct vb_err *err)
{
    (void)ctx;
    (void)code;
    (void)err;
}

static struct vb_session *begin(struct bench *bench, const char *way)
{
    struct vb_session *session;
    struct vb_err err;
    struct vb_opened opened = { .digest = bench->plan->digest,
                                .api = 1,
                                .person = "person0000000001",
                                .role = "client",
                                .language = "en",
                                .variant = way,
                                .mode = "self",
                                .opening = "1" };
    must(vb_session_begin(&session, NULL, &bench->env, bench->plan, "session000000001", &opened,
                          &err),
         &err);
    return session;
}

static void answer(struct vb_session *session)
{
    const struct vb_value yes = { .type = VB_VALUE_BOOL, .number = 1 };
    vb_session_answer(session, vb_session_view(session)->seq, NULL, &yes, NULL, ignore, NULL);
}

static void keep_running(struct bench *bench)
{
    for (int i = 0; i < RUNAWAYS; i++) {
        if (bench->runaways[i] != NULL && vb_session_busy(bench->runaways[i]))
            continue;
        vb_session_destroy(bench->runaways[i]);
        bench->runaways[i] = begin(bench, ways[i % WAYS]);
        answer(bench->runaways[i]);
    }
}

static int64_t now_ns(const struct bench *bench)
{
    return bench->env.clock.mono_ns(bench->env.clock.ctx);
}

static int by_size(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* Prints the worst wait and the 99th percentile, in milliseconds. */
static void measure(struct bench *bench, int steps, bool crowded)
{
    int64_t *waits = malloc(sizeof *waits * (size_t)steps);
    struct vb_err err;
    char *line;
    size_t len;
    for (int i = 0; i < steps; i++) {
        if (crowded)
            keep_running(bench);
        int64_t asked = now_ns(bench);
        if (write(bench->ends[1], "go\n", 3) != 3)
            exit(1);
        must(vb_lines_next(bench->requests, &line, &len, &err), &err);
        waits[i] = now_ns(bench) - asked;
        vb_session_destroy(bench->honest);
        bench->honest = begin(bench, "honest");
        answer(bench->honest);
    }
    qsort(waits, (size_t)steps, sizeof *waits, by_size);
    printf("%.2f %.2f\n", (double)waits[steps - 1] / 1e6,
           (double)waits[(steps - 1) * (PERCENT - 1) / PERCENT] / 1e6);
    free(waits);
}

int main(int argc, char **argv)
{
    static struct bench bench;
    struct vb_err err;
    struct vb_findings findings = { 0 };
    if (argc < 2) {
        fputs("usage: turns INSTRUMENTS [STEPS]\n", stderr);
        return 2;
    }
    int steps = argc > 2 ? atoi(argv[2]) : STEPS;
    struct vb_folder folder = { .root = argv[1] };
    struct vb_source source = vb_source_folder(&folder);
    bench.env = (struct vb_env){ .clock = vb_clock_system(), .random = vb_random_system() };
    bench.env.sandbox =
        (struct vb_sandbox_options){ .limits = vb_limits_load(), .clock = bench.env.clock };
    must(vb_load(&bench.plan, &source, "runaway/instrument.lua", &bench.env.sandbox, &findings,
                 &err),
         &err);
    bench.env.sandbox.limits = vb_limits_flow();
    must(vb_loop_create(&bench.loop, &err), &err);
    must(vb_turns_create(&bench.env.turns, bench.loop, &err), &err);
    if (pipe(bench.ends) != 0)
        return 1;
    must(vb_lines_create(&bench.requests, bench.loop, bench.ends[0], &err), &err);
    measure(&bench, steps, false);
    measure(&bench, steps, true);
    for (int i = 0; i < RUNAWAYS; i++)
        vb_session_destroy(bench.runaways[i]);
    vb_session_destroy(bench.honest);
    vb_lines_destroy(bench.requests);
    vb_turns_destroy(bench.env.turns);
    vb_loop_destroy(bench.loop);
    vb_plan_release(bench.plan);
    vb_findings_finish(&findings);
    return 0;
}
