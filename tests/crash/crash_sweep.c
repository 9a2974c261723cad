/* crash_sweep.c - lets every call of a life fail, one run each.
 *
 *   sweep DIR CALLS CODE LIFE [half] [stays] [from=N] [step=N]
 *
 * LIFE (lives.h) is played in a process of its own, on what the lives before it left, with the
 * first of CALLS failing with CODE (preload_fault.c), then with the second one, until none is left
 * to fail. Every run must
 *
 *   - end with 0, 3, 4 or 5, and say why when it is not 0; with CODE KILL it is killed;
 *   - leave a folder that opens, whole, and holds what it acknowledged, and at most what one commit
 * brings more;
 *   - be taken up by playing again, to the same end as if nothing had happened.
 *
 * DIR is a work folder. Ends with "N runs, N refused, N killed, N wrong" and 0 when none was. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "folder.h"
#include "lives.h"
#include "witness.h"

enum { MARKS = 9, SHOWN = 5 };

struct sweep {
    const char *dir, *calls, *code, *life;
    bool half, stays, kills;
    long from, step;
    char *base, *count;
    int events; /* that the life brings, when it brings them in one commit; else 1 */
    struct dump dump;
    struct dump_plans plans;
    struct vb_buf before, end, said, marks, now; /* before: the rows the life begins with */
    long runs, refused, killed, wrong;
};

/* -- one run ---------------------------------------------------------------------------------- */

static void set(const char *name, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void set(const char *name, const char *fmt, ...)
{
    char text[4096];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    setenv(name, text, 1);
}

/* A fork, no new program: fault.so is in this one already, and wakes with the environment. */
_Noreturn static void be_the_player(const struct sweep *sweep, long at, int marks, int said)
{
    struct vb_workplace place;
    struct vb_err err;
    struct vb_buf data = { 0 };
    vb_buf_printf(&data, "%s/here/data", sweep->dir);
    set("VERBOND_KEY", "%s/key/master", sweep->dir);
    dup2(marks, MARKS);
    dup2(said, STDERR_FILENO);
    dup2(said, STDOUT_FILENO);
    set("CRASH_MARKS", "%d", MARKS);
    set("CRASH_ROWS_ONLY", "1");
    set("FAULT_CALLS", "%s", sweep->calls);
    set("FAULT_CODE", "%s", sweep->code);
    set("FAULT_AT", "%ld", at);
    set("FAULT_HALF", "%d", sweep->half);
    set("FAULT_STAYS", "%d", sweep->stays);
    set("FAULT_COUNT", "%s", sweep->count);
    set("CRASH_DIR", "%s", vb_streq(sweep->code, "EMFILE") ? "/" : sweep->dir);
    enum vb_code code = vb_workplace_begin(&place, data.data, &err);
    if (code == VB_OK)
        code = life_named(sweep->life)->play(&place, &err);
    exit(vb_workplace_end(&place, code, &err));
}

static void read_back(int fd, struct vb_buf *out)
{
    char chunk[16384];
    ssize_t n;
    vb_buf_clear(out);
    vb_buf_puts(out, "");
    lseek(fd, 0, SEEK_SET);
    while ((n = read(fd, chunk, sizeof chunk)) > 0)
        vb_buf_put(out, chunk, (size_t)n);
    close(fd);
}

/* Plays with the call number `at` failing; the status as waitpid gives it. */
static int run(struct sweep *sweep, long at)
{
    int marks = memfd_create("marks", MFD_CLOEXEC), said = memfd_create("said", MFD_CLOEXEC);
    int status = -1;
    unlink(sweep->count);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        be_the_player(sweep, at, marks, said);
    waitpid(child, &status, 0);
    read_back(marks, &sweep->marks);
    read_back(said, &sweep->said);
    return status;
}

/* -- what it left ----------------------------------------------------------------------------- */

static enum vb_code ended_well(struct sweep *sweep, int status, struct vb_err *err)
{
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL && sweep->kills) {
        sweep->killed++;
        return VB_OK;
    }
    if (code == 0)
        return VB_OK;
    if (code < 3 || code > 5)
        return vb_fail(err, VB_E_DATA, "it ended with status %x: %s", (unsigned)status,
                       sweep->said.data);
    sweep->refused++;
    return strstr(sweep->said.data, "verbond: ") != NULL
               ? VB_OK
               : vb_fail(err, VB_E_DATA, "it ended with %d and did not say why", code);
}

static void look(struct sweep *sweep, long at, int status)
{
    struct vb_err err;
    enum vb_code code = ended_well(sweep, status, &err);
    if (code == VB_OK)
        code = folder_read(sweep->dir, &sweep->plans, &sweep->dump, &err);
    if (code == VB_OK)
        code = witness_holds(&sweep->marks, &sweep->before, &sweep->dump, sweep->events, &err);
    if (code == VB_OK)
        code = folder_play_out(sweep->dir, sweep->life, &sweep->plans, &sweep->dump, &sweep->now,
                               &err);
    if (code == VB_OK && strcmp(sweep->now.data, sweep->end.data) != 0)
        vb_fail(&err, code = VB_E_DATA, "it does not end as it should:\n%s#   but:\n%s",
                sweep->end.data, sweep->now.data);
    sweep->runs++;
    if (code == VB_OK)
        return;
    if (++sweep->wrong <= SHOWN)
        printf("# %s, %s number %ld of life %s: %s\n#   said: %s\n", sweep->code, sweep->calls, at,
               sweep->life, err.text, sweep->said.data);
}

/* Were there so many calls? A process that was killed leaves no count. */
static bool was_met(const struct sweep *sweep, long at, int status)
{
    long met = 0;
    FILE *file = fopen(sweep->count, "r");
    if (file == NULL)
        return WIFSIGNALED(status);
    if (fscanf(file, "%ld", &met) != 1)
        met = 0;
    fclose(file);
    return met >= at;
}

static enum vb_code sweep_all(struct sweep *sweep, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    for (long at = sweep->from; code == VB_OK; at += sweep->step) {
        code = folder_copy(sweep->base, sweep->dir, err);
        if (code != VB_OK)
            break;
        int status = run(sweep, at);
        if (!was_met(sweep, at, status))
            return VB_OK;
        look(sweep, at, status);
    }
    return code;
}

/* -- all runs --------------------------------------------------------------------------------- */

static char *beside(const char *dir, const char *name)
{
    struct vb_buf path = { 0 };
    vb_buf_printf(&path, "%s.%s", dir, name);
    return path.data;
}

static enum vb_code begin(struct sweep *sweep, char **argv, struct vb_err *err)
{
    sweep->dir = argv[1];
    sweep->calls = argv[2];
    sweep->code = argv[3];
    sweep->life = argv[4];
    sweep->kills = vb_streq(sweep->code, "KILL");
    sweep->from = sweep->step = 1;
    for (char **word = argv + 5; *word != NULL; word++) {
        sweep->half |= vb_streq(*word, "half");
        sweep->stays |= vb_streq(*word, "stays");
        if (vb_starts_with(*word, "from="))
            sweep->from = atol(*word + 5);
        if (vb_starts_with(*word, "step="))
            sweep->step = atol(*word + 5);
    }
    sweep->base = beside(sweep->dir, "base");
    sweep->count = beside(sweep->dir, "count");
    enum vb_code code = folder_empty(sweep->dir, err);
    if (code == VB_OK)
        code = folder_play(sweep->dir, sweep->life, err);
    if (code == VB_OK)
        code = folder_copy(sweep->dir, sweep->base, err);
    if (code == VB_OK)
        code = folder_read(sweep->dir, &sweep->plans, &sweep->dump, err);
    if (code != VB_OK)
        return code;
    vb_buf_put(&sweep->before, sweep->dump.rows.data, sweep->dump.rows.len);
    code = folder_play_out(sweep->dir, sweep->life, &sweep->plans, &sweep->dump, &sweep->end, err);
    sweep->events = 1;
    if (code == VB_OK && life_named(sweep->life)->whole)
        sweep->events = witness_events(sweep->dump.rows.data, sweep->dump.rows.len) -
                        witness_events(sweep->before.data, sweep->before.len);
    return code;
}

/* Once more, with fault.so in it. */
static void load_the_faults(char **argv)
{
    if (getenv("LD_PRELOAD") != NULL)
        return;
    char *slash = strrchr(argv[0], '/');
    set("LD_PRELOAD", "%.*s/fault.so", (int)(slash - argv[0]), argv[0]);
    execv(argv[0], argv);
}

int main(int argc, char **argv)
{
    struct sweep sweep = { .dump.rows_only = true };
    struct vb_err err;
    if (argc < 5 || strchr(argv[0], '/') == NULL || life_named(argv[4]) == NULL) {
        fputs("usage: .../sweep DIR CALLS CODE LIFE [half] [stays] [from=N] [step=N]\n", stderr);
        return 2;
    }
    load_the_faults(argv);
    enum vb_code code = begin(&sweep, argv, &err);
    if (code == VB_OK)
        code = sweep_all(&sweep, &err);
    if (code != VB_OK)
        fprintf(stderr, "sweep: %s\n", err.text);
    printf("%ld runs, %ld refused, %ld killed, %ld wrong\n", sweep.runs, sweep.refused,
           sweep.killed, sweep.wrong);
    dump_finish(&sweep.dump);
    dump_plans_finish(&sweep.plans);
    vb_buf_finish(&sweep.before);
    vb_buf_finish(&sweep.end);
    vb_buf_finish(&sweep.said);
    vb_buf_finish(&sweep.marks);
    vb_buf_finish(&sweep.now);
    free(sweep.base);
    free(sweep.count);
    return code != VB_OK || sweep.wrong > 0;
}
