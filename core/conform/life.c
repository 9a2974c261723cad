#include "conform/life.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "loop/process.h"
#include "loop/timer.h"
#include "outbox/options.h"

enum {
    MEMORY_MAX = 512 * 1024 * 1024, /* as the engine gives it */
    SAID_MAX = 1024 * 1024,
    STDERR_LINE_MAX = 64 * 1024,
    LOUD_LINES = 100000, /* of a flood no more is kept */
    MISSED_PERCENT = 25, /* after the first deadline that was missed */
    LEAST_PERCENT = 8
};

struct life {
    struct trial *trial;
    struct vb_process *process;
    struct vb_timer *timer;
    struct vb_arena arena;
    /* -- what came -- */
    struct vb_plugin_line ready;
    bool is_ready, ended, closed;
    int64_t code;
    int signal;
    struct answer *answers;
    size_t answer_count, answer_cap;
    char wrong[512], complaint[512];
    struct vb_buf said;
    int lines;
    /* -- what is waited for -- */
    enum { FOR_READY, FOR_ANSWERS, FOR_END, FOR_TIME } wanted;
    size_t wanted_answers;
    bool finished, in_time;
    /* -- what was said to it -- */
    bool shutting;
    const char *heard; /* the digest of the instrument it heard last */
};

/* -- waiting ---------------------------------------------------------------------------------- */

static bool holds(const struct life *life)
{
    switch (life->wanted) {
    case FOR_READY:
        return life->is_ready;
    case FOR_ANSWERS:
        return life->answer_count >= life->wanted_answers;
    case FOR_END:
        return life->ended;
    case FOR_TIME:
        break;
    }
    return false;
}

static void something_came(struct life *life)
{
    life->finished = life->finished || holds(life) || life->ended;
}

static void on_timer(void *ctx)
{
    struct life *life = ctx;
    life->in_time = false;
    life->finished = true;
}

/* Turns the loop until what is wanted holds, it ended, or the time is over. */
static bool wait_for(struct life *life, int64_t wait_ms)
{
    struct vb_suite *suite = life->trial->suite;
    life->finished = life->ended || holds(life);
    life->in_time = true;
    if (life->wanted != FOR_TIME)
        wait_ms = wait_ms * suite->patience_percent / 100;
    vb_timer_start(life->timer, wait_ms);
    if (!life->finished && suite->broken == VB_OK)
        suite->broken = vb_loop_until_signal(suite->asked->loop, &life->finished, &suite->err);
    vb_timer_stop(life->timer);
    return holds(life);
}

/* One that missed a deadline most likely misses them all: the others are shorter. */
int64_t patience_after_miss(int64_t percent)
{
    int64_t less = percent > MISSED_PERCENT ? MISSED_PERCENT : percent * 3 / 4;
    return less > LEAST_PERCENT ? less : LEAST_PERCENT;
}

static bool wait_missing(struct life *life, int64_t wait_ms)
{
    int64_t *patience = &life->trial->suite->patience_percent;
    bool came = wait_for(life, wait_ms);
    if (!came && !life->in_time)
        *patience = patience_after_miss(*patience);
    return came;
}

bool life_until_ready(struct life *life)
{
    life->wanted = FOR_READY;
    return wait_missing(life, READY_MS);
}

bool life_until_answers(struct life *life, size_t count, int64_t wait_ms)
{
    life->wanted = FOR_ANSWERS;
    life->wanted_answers = count;
    return wait_missing(life, wait_ms);
}

bool life_until_ended(struct life *life, int64_t wait_ms)
{
    life->wanted = FOR_END;
    return wait_missing(life, wait_ms);
}

void life_listen(struct life *life, int64_t wait_ms)
{
    life->wanted = FOR_TIME;
    (void)wait_for(life, wait_ms);
}

/* -- hearing ---------------------------------------------------------------------------------- */

static void keep(struct life *life, const char *text, size_t len)
{
    if (life->said.len + len < SAID_MAX) {
        vb_buf_put(&life->said, text, len);
        vb_buf_putc(&life->said, '\n');
    }
}

static void keep_answer(struct life *life, const struct vb_plugin_line *line)
{
    struct answer *answer = vb_arena_push(&life->arena, &life->answers, life->answer_count,
                                          &life->answer_cap, sizeof *answer);
    *answer = (struct answer){ line->says, line->parcel, line->reason, line->after_ms };
    life->answer_count++;
}

static void say_wrong(struct life *life, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
static void say_wrong(struct life *life, const char *fmt, ...)
{
    va_list args;
    if (life->wrong[0] != '\0')
        return;
    va_start(args, fmt);
    vsnprintf(life->wrong, sizeof life->wrong, fmt, args);
    va_end(args);
}

static void hear(struct life *life, const char *text, size_t len)
{
    struct vb_plugin_line line;
    struct vb_err err;
    if (vb_protocol_read_plugin(&line, &life->arena, text, len, &err) != VB_OK) {
        say_wrong(life, "it wrote a line that is not of the protocol: %s", err.text);
        return;
    }
    /* As it was written: what is read is cut, and an answer may stand behind the cut. */
    if (line.says != VB_SAYS_READY)
        keep(life, text, len);
    if (line.says == VB_SAYS_LOG) {
        if (vb_streq(line.level, "error"))
            snprintf(life->complaint, sizeof life->complaint, "%s", line.text);
    } else if (line.says == VB_SAYS_READY) {
        if (life->is_ready)
            say_wrong(life, "it said ready twice");
        life->ready = line;
        life->is_ready = true;
    } else {
        keep_answer(life, &line);
    }
}

static void on_line(void *ctx, enum vb_stream stream, const char *text, size_t len)
{
    struct life *life = ctx;
    if (++life->lines > LOUD_LINES)
        return;
    if (stream == VB_STREAM_ERR)
        keep(life, text, len);
    else if (len > VB_PROTOCOL_LINE_MAX)
        say_wrong(life, "it wrote a line of more than %d bytes", VB_PROTOCOL_LINE_MAX);
    else
        hear(life, text, len);
    something_came(life);
}

static void on_closed(void *ctx, enum vb_stream stream)
{
    struct life *life = ctx;
    if (stream == VB_STREAM_OUT)
        life->closed = true;
}

static void on_ended(void *ctx, int64_t code, int number)
{
    struct life *life = ctx;
    life->ended = true;
    life->code = code;
    life->signal = number;
    something_came(life);
}

/* -- beginning and end ------------------------------------------------------------------------ */

/* As the engine starts it; stderr elsewhere is a shell's work. */
static const char *const *command_of(struct life *life, const struct birth *birth)
{
    const struct vb_conform_options *asked = life->trial->suite->asked;
    struct vb_arena *arena = &life->arena;
    const char **argv = vb_arena_alloc(arena, 10 * sizeof *argv);
    int n = 0;
    if (birth->stderr_to != NULL) {
        argv[n++] = "/bin/sh";
        argv[n++] = "-c";
        argv[n++] = "to=$1; shift; exec \"$@\" 2>\"$to\"";
        argv[n++] = "sh";
        argv[n++] = birth->stderr_to;
    }
    argv[n++] = asked->program;
    argv[n++] = "output-host";
    argv[n++] = vb_arena_printf(arena, "--memory=%d", MEMORY_MAX);
    argv[n] = asked->plugin;
    return argv;
}

static enum vb_code spawn(struct life *life, const struct birth *birth, struct vb_err *err)
{
    const struct trial *trial = life->trial;
    struct vb_arena *arena = &life->arena;
    const char *const environment[] = {
        "PATH=/usr/local/bin:/usr/bin:/bin",
        "LANG=C.UTF-8",
        vb_arena_printf(arena, "HOME=%s", trial->dir),
        vb_arena_printf(arena, "TMPDIR=%s", trial->dir),
        NULL,
    };
    const struct vb_process_options process = {
        .argv = command_of(life, birth),
        .environment = environment,
        .dir = trial->dir,
        .line_max = { 0, VB_PROTOCOL_LINE_MAX, STDERR_LINE_MAX },
        .line = on_line,
        .closed = on_closed,
        .ended = on_ended,
        .ctx = life,
    };
    return vb_process_start(&life->process, trial->suite->asked->loop, &process, err);
}

static void say(struct life *life, const struct vb_buf *line)
{
    vb_process_write(life->process, line->data, line->len);
}

static void say_hello(struct life *life, const struct birth *birth)
{
    struct vb_buf line = { 0 };
    if (birth->hello != NULL)
        vb_buf_puts(&line, birth->hello);
    else
        vb_protocol_hello(&line, &(struct vb_hello){ .major = VB_PROTOCOL_MAJOR,
                                                     .minor = VB_PROTOCOL_MINOR,
                                                     .output = life->trial->suite->asked->output,
                                                     .options = birth->options,
                                                     .dir = life->trial->dir });
    say(life, &line);
    vb_buf_finish(&line);
}

struct life *life_start(struct trial *trial, const struct birth *birth)
{
    struct vb_suite *suite = trial->suite;
    if (suite->broken != VB_OK || !trial_goes_on(trial))
        return NULL;
    struct life *life = vb_new(struct life);
    life->trial = trial;
    suite->broken = vb_timer_create(&life->timer, suite->asked->loop, on_timer, life, &suite->err);
    if (suite->broken == VB_OK)
        suite->broken = spawn(life, birth, &suite->err);
    if (suite->broken != VB_OK) {
        life_end(life);
        return NULL;
    }
    say_hello(life, birth);
    return life;
}

/* Until it is gone: the loop reaps its own child, before the others are looked for (group.h). */
static void bury(struct life *life)
{
    struct vb_err err;
    vb_process_signal(life->process, SIGKILL);
    life->wanted = FOR_END;
    life->finished = life->ended;
    vb_timer_start(life->timer, FINISH_MS);
    if (!life->finished)
        (void)vb_loop_until(life->trial->suite->asked->loop, &life->finished, &err);
}

void life_end(struct life *life)
{
    if (life == NULL)
        return;
    if (life->process != NULL)
        bury(life);
    vb_process_destroy(life->process);
    vb_timer_destroy(life->timer);
    vb_buf_finish(&life->said);
    vb_arena_finish(&life->arena);
    free(life);
}

/* -- saying ----------------------------------------------------------------------------------- */

void life_close_input(struct life *life)
{
    vb_process_finish_input(life->process);
}

void life_kill(struct life *life)
{
    vb_process_signal(life->process, SIGKILL);
    (void)life_until_ended(life, FINISH_MS);
}

void life_give(struct life *life, const struct sending *sending, int attempt, int64_t deadline_ms)
{
    struct vb_buf line = { 0 };
    const struct vb_deliver deliver = { .parcel = sending->parcel,
                                        .attempt = attempt,
                                        .deadline_ms = deadline_ms,
                                        .digest = sending->digest,
                                        .result = sending->result,
                                        .result_len = sending->result_len,
                                        .blobs = sending->blobs,
                                        .blob_count = sending->blob_count };
    if (!vb_streq(life->heard, sending->digest)) {
        vb_protocol_instrument(&line, sending->digest, sending->instrument,
                               strlen(sending->instrument));
        say(life, &line);
        vb_buf_clear(&line);
        life->heard = vb_arena_strdup(&life->arena, sending->digest);
    }
    vb_protocol_deliver(&line, &deliver);
    vb_assert(line.len <= VB_PROTOCOL_LINE_MAX);
    say(life, &line);
    vb_buf_finish(&line);
}

/* -- what came -------------------------------------------------------------------------------- */

const struct vb_plugin_line *life_described(const struct life *life)
{
    return life->is_ready ? &life->ready : NULL;
}

bool life_ended(const struct life *life)
{
    return life->ended;
}

int life_signal(const struct life *life)
{
    return life->signal;
}

bool life_closed(const struct life *life)
{
    return life->closed && !life->ended;
}

const struct answer *life_answers(const struct life *life, size_t *count)
{
    *count = life->answer_count;
    return life->answers;
}

const char *life_wrong(const struct life *life)
{
    return life->wrong[0] == '\0' ? NULL : life->wrong;
}

const struct vb_buf *life_said(const struct life *life)
{
    return &life->said;
}

int life_group(const struct life *life)
{
    return vb_process_id(life->process);
}

const char *life_fate(const struct life *life)
{
    struct vb_arena *arena = &life->trial->arena;
    if (life->wrong[0] != '\0')
        return vb_arena_strdup(arena, life->wrong);
    if (life->ended && life->signal != 0)
        return vb_arena_printf(arena, "it was ended by signal %d (%s)", life->signal,
                               strsignal(life->signal));
    const char *complaint =
        life->complaint[0] == '\0' ? "" : vb_arena_printf(arena, ": %s", life->complaint);
    if (life->ended)
        return vb_arena_printf(arena, "it ended with exit code %lld%s", (long long)life->code,
                               complaint);
    return life->closed ? "it closed its output and ran on" : "it was silent";
}

/* -- what most tests do ----------------------------------------------------------------------- */

struct life *trial_begin(struct trial *trial)
{
    struct life *life =
        life_start(trial, &(struct birth){ .options = trial_options(trial, NULL, false) });
    if (life == NULL || life_until_ready(life))
        return life;
    trial_fail(trial, "it was not ready: %s", life_fate(life));
    life_end(life);
    return NULL;
}

const struct answer *trial_answer(struct life *life, const struct sending *sending, int attempt)
{
    struct trial *trial = life->trial;
    size_t before = life->answer_count;
    life_give(life, sending, attempt, DEADLINE_MS * trial->suite->patience_percent / 100);
    if (!life_until_answers(life, before + 1, DEADLINE_MS)) {
        trial_fail(trial, "no answer for %s (attempt %d): %s", sending->parcel, attempt,
                   life_fate(life));
        return NULL;
    }
    const struct answer *answer = &life->answers[before];
    if (vb_streq(answer->parcel, sending->parcel))
        return answer;
    trial_fail(trial, "it answered for %s, and it had %s", answer->parcel, sending->parcel);
    return NULL;
}

bool trial_deliver(struct life *life, const struct sending *sending, int attempt)
{
    const struct answer *answer = trial_answer(life, sending, attempt);
    if (answer == NULL)
        return false;
    if (answer->says != VB_SAYS_DELIVERED)
        return trial_fail(life->trial, "it did not deliver %s (attempt %d) but said %s: %s",
                          sending->parcel, attempt,
                          answer->says == VB_SAYS_RETRY ? "retry" : "rejected",
                          answer->reason[0] == '\0' ? "no reason" : answer->reason);
    if (life->wrong[0] != '\0')
        return trial_fail(life->trial, "%s", life->wrong);
    return true;
}

void life_shut(struct life *life, int64_t deadline_ms)
{
    struct vb_buf line = { 0 };
    vb_protocol_shutdown(&line, deadline_ms);
    say(life, &line);
    life_close_input(life);
    life->shutting = true;
    vb_buf_finish(&line);
}

bool trial_finish(struct life *life)
{
    struct trial *trial = life->trial;
    life_shut(life, FINISH_MS * trial->suite->patience_percent / 100);
    if (!life_until_ended(life, FINISH_MS))
        trial_fail(trial, "it did not end when it was asked to");
    else if (life->code != 0 || life->signal != 0)
        trial_fail(trial, "it was asked to end, and %s", life_fate(life));
    life_end(life);
    return trial_goes_on(trial);
}
