#include "outbox/delivery.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/str.h"
#include "loop/process.h"
#include "loop/timer.h"
#include "outbox/delivery_inner.h"

enum {
    MEMORY_MAX = 512 * 1024 * 1024,
    READY_MS = 10000,
    DEADLINE_MS = 30000,
    CLOSED_MS = 500, /* from the end of its output to its own end */
    WINDOW_MS = 100, /* so often a stream may say WINDOW_BYTES; then it waits in its pipe */
    WINDOW_BYTES = 64 * 1024,
    LOG_LINES = 100, /* for each parcel */
    LOG_LINE_MAX = 1000
};

enum vb_delivery_state vb_delivery_state(const struct vb_delivery *delivery)
{
    return delivery->state;
}

const struct vb_plugin_line *vb_delivery_ready(const struct vb_delivery *delivery)
{
    return delivery->is_ready ? &delivery->ready : NULL;
}

/* -- its log ---------------------------------------------------------------------------------- */

void vb_delivery_log(struct vb_delivery *delivery, enum vb_log_level level, const char *how,
                     const char *text, size_t len)
{
    struct vb_arena arena = { 0 };
    if (delivery->logged >= LOG_LINES) {
        delivery->dropped++;
        return;
    }
    delivery->logged++;
    vb_log(delivery->options.log, level, "outbox", "%s %s: %s", delivery->options.output, how,
           vb_protocol_line(&arena, text, len, LOG_LINE_MAX));
    vb_arena_finish(&arena);
}

static void begin_log(struct vb_delivery *delivery)
{
    if (delivery->dropped > 0)
        vb_log(delivery->options.log, VB_LOG_WARNING, "outbox", "%s said %d more lines, not kept",
               delivery->options.output, delivery->dropped);
    delivery->logged = 0;
    delivery->dropped = 0;
}

/* -- its end ---------------------------------------------------------------------------------- */

void vb_delivery_end(struct vb_delivery *delivery, const char *fmt, ...)
{
    va_list args;
    if (delivery->state == VB_DELIVERY_BROKEN)
        return;
    va_start(args, fmt);
    vsnprintf(delivery->reason, sizeof delivery->reason, fmt, args);
    va_end(args);
    delivery->state = VB_DELIVERY_BROKEN;
    vb_timer_stop(delivery->patience);
    vb_process_signal(delivery->process, SIGKILL);
}

static void say_the_end(const struct vb_delivery *delivery, int64_t code, int number, char *out)
{
    const char *when = !delivery->is_ready        ? " before it was ready"
                       : delivery->parcel != NULL ? " without an answer"
                                                  : "";
    if (delivery->complaint[0] != '\0' && !delivery->is_ready)
        snprintf(out, VB_DELIVERY_REASON_MAX, "%s", delivery->complaint);
    else if (number != 0)
        snprintf(out, VB_DELIVERY_REASON_MAX, "it was ended by signal %d (%s)%s", number,
                 strsignal(number), when);
    else if (code != 0 || when[0] != '\0')
        snprintf(out, VB_DELIVERY_REASON_MAX, "it ended with exit code %lld%s", (long long)code,
                 when);
    else
        snprintf(out, VB_DELIVERY_REASON_MAX, "it ended by itself");
}

/* Asked to, or after it only described itself. */
static bool ended_as_asked(const struct vb_delivery *delivery, int64_t code, int number)
{
    bool asked = delivery->shutting || (delivery->options.options == NULL && delivery->is_ready);
    return asked && code == 0 && number == 0 && delivery->parcel == NULL;
}

static void on_ended(void *ctx, int64_t code, int number)
{
    struct vb_delivery *delivery = ctx;
    const struct vb_delivery_options *options = &delivery->options;
    if (delivery->state != VB_DELIVERY_BROKEN && !ended_as_asked(delivery, code, number))
        say_the_end(delivery, code, number, delivery->reason);
    delivery->state = VB_DELIVERY_BROKEN;
    vb_timer_stop(delivery->patience);
    vb_timer_stop(delivery->window);
    begin_log(delivery);
    if (delivery->parcel != NULL) {
        free(delivery->parcel);
        delivery->parcel = NULL;
        options->answered(options->ctx, VB_ANSWER_BROKEN, 0, delivery->reason);
    }
    options->changed(options->ctx, VB_DELIVERY_BROKEN, delivery->reason);
}

static void on_patience(void *ctx)
{
    struct vb_delivery *delivery = ctx;
    if (delivery->shutting)
        vb_delivery_end(delivery, "it did not end when it was asked to");
    else if (delivery->closed)
        vb_delivery_end(delivery, "it closed its output and ran on");
    else if (!delivery->is_ready)
        vb_delivery_end(delivery, "it was not ready within %lld ms",
                        (long long)delivery->options.ready_ms);
    else if (delivery->parcel != NULL)
        vb_delivery_end(delivery, "it gave no answer within %lld ms",
                        (long long)delivery->deadline_ms);
    else
        vb_delivery_end(delivery, "it did not end after it had described itself");
}

/* -- its streams ------------------------------------------------------------------------------ */

/* A flood is read at a pace that leaves the loop to others; meanwhile it stands in its pipe. */
static void count(struct vb_delivery *delivery, enum vb_stream stream, size_t bytes)
{
    delivery->heard[stream] += bytes;
    if (!vb_timer_running(delivery->window))
        vb_timer_start(delivery->window, WINDOW_MS);
    if (delivery->heard[stream] > WINDOW_BYTES)
        vb_process_pause(delivery->process, stream, true);
}

static void on_window(void *ctx)
{
    struct vb_delivery *delivery = ctx;
    for (int stream = VB_STREAM_OUT; stream <= VB_STREAM_ERR; stream++) {
        delivery->heard[stream] = 0;
        vb_process_pause(delivery->process, stream, false);
    }
}

static void on_line(void *ctx, enum vb_stream stream, const char *text, size_t len)
{
    struct vb_delivery *delivery = ctx;
    count(delivery, stream, len + 1);
    if (stream == VB_STREAM_OUT)
        vb_delivery_hear(delivery, text, len);
    else
        vb_delivery_log(delivery, VB_LOG_INFO, "writes", text, strlen(text));
}

/* Mostly the sign that it has just ended, which is told soon, and better. */
static void on_closed(void *ctx, enum vb_stream stream)
{
    struct vb_delivery *delivery = ctx;
    if (stream != VB_STREAM_OUT || delivery->shutting || delivery->state == VB_DELIVERY_BROKEN)
        return;
    delivery->closed = true;
    vb_timer_start(delivery->patience, CLOSED_MS);
}

/* -- what it is asked ------------------------------------------------------------------------- */

static bool has_heard(const struct vb_delivery *delivery, const char *digest)
{
    for (const struct vb_digest *at = delivery->said; at != NULL; at = at->next)
        if (vb_streq(at->text, digest))
            return true;
    return false;
}

static void remember(struct vb_delivery *delivery, const char *digest)
{
    size_t size = strlen(digest) + 1;
    struct vb_digest *one = vb_arena_alloc(&delivery->arena, sizeof *one + size);
    memcpy(one->text, digest, size);
    one->next = delivery->said;
    delivery->said = one;
}

static void send(struct vb_delivery *delivery, const struct vb_buf *line)
{
    vb_process_write(delivery->process, line->data, line->len);
}

static enum vb_code check_line(const struct vb_buf *line, const char *what, struct vb_err *err)
{
    if (line->len > VB_PROTOCOL_LINE_MAX)
        return vb_fail(err, VB_E_LIMIT, "%s is %zu bytes; an output takes %d", what, line->len,
                       VB_PROTOCOL_LINE_MAX);
    return VB_OK;
}

static void hand_over(struct vb_delivery *delivery, const struct vb_deliver *deliver,
                      const struct vb_buf *instrument, const struct vb_buf *parcel)
{
    begin_log(delivery);
    if (instrument->len > 0) {
        send(delivery, instrument);
        remember(delivery, deliver->digest);
    }
    delivery->parcel = vb_strdup(deliver->parcel);
    delivery->deadline_ms = deliver->deadline_ms;
    delivery->state = VB_DELIVERY_BUSY;
    vb_timer_start(delivery->patience, delivery->closed ? CLOSED_MS : deliver->deadline_ms);
    send(delivery, parcel);
}

enum vb_code vb_delivery_give(struct vb_delivery *delivery, const struct vb_deliver *deliver,
                              const char *instrument_json, size_t instrument_len,
                              struct vb_err *err)
{
    struct vb_buf instrument = { 0 }, parcel = { 0 };
    struct vb_deliver given = *deliver;
    vb_assert(delivery->state == VB_DELIVERY_FREE);
    vb_assert(!delivery->shutting);
    if (given.deadline_ms <= 0)
        given.deadline_ms = delivery->options.deadline_ms;
    if (!has_heard(delivery, given.digest))
        vb_protocol_instrument(&instrument, given.digest, instrument_json, instrument_len);
    vb_protocol_deliver(&parcel, &given);
    enum vb_code rc = check_line(&instrument, "the instrument", err);
    if (rc == VB_OK)
        rc = check_line(&parcel, "the parcel", err);
    if (rc == VB_OK)
        hand_over(delivery, &given, &instrument, &parcel);
    vb_buf_finish(&instrument);
    vb_buf_finish(&parcel);
    return rc;
}

void vb_delivery_shutdown(struct vb_delivery *delivery, int64_t deadline_ms)
{
    struct vb_buf line = { 0 };
    if (delivery->state == VB_DELIVERY_BROKEN || delivery->shutting)
        return;
    vb_protocol_shutdown(&line, deadline_ms);
    send(delivery, &line);
    vb_process_finish_input(delivery->process);
    delivery->shutting = true;
    vb_timer_start(delivery->patience, deadline_ms);
    vb_buf_finish(&line);
}

/* -- its beginning ---------------------------------------------------------------------------- */

static void say_hello(struct vb_delivery *delivery)
{
    struct vb_buf line = { 0 };
    vb_protocol_hello(&line, &(struct vb_hello){ .major = VB_PROTOCOL_MAJOR,
                                                 .minor = VB_PROTOCOL_MINOR,
                                                 .output = delivery->options.output,
                                                 .options = delivery->options.options,
                                                 .dir = delivery->options.dir });
    send(delivery, &line);
    vb_buf_finish(&line);
    vb_timer_start(delivery->patience, delivery->options.ready_ms);
}

static void copy_options(struct vb_delivery *delivery, const struct vb_delivery_options *from)
{
    struct vb_delivery_options *to = &delivery->options;
    *to = *from;
    to->program = vb_arena_strdup(&delivery->arena, from->program);
    to->plugin = vb_arena_strdup(&delivery->arena, from->plugin);
    to->output = vb_arena_strdup(&delivery->arena, from->output);
    to->options = vb_arena_strdup(&delivery->arena, from->options);
    to->dir = vb_arena_strdup(&delivery->arena, from->dir);
    if (to->memory_max == 0)
        to->memory_max = MEMORY_MAX;
    if (to->ready_ms <= 0)
        to->ready_ms = READY_MS;
    if (to->deadline_ms <= 0)
        to->deadline_ms = DEADLINE_MS;
}

/* A clean environment: a secret of the engine's own is none of an output's business. */
static enum vb_code start_child(struct vb_delivery *delivery, struct vb_err *err)
{
    const struct vb_delivery_options *options = &delivery->options;
    struct vb_arena *arena = &delivery->arena;
    const char *const environment[] = {
        "PATH=/usr/local/bin:/usr/bin:/bin",
        "LANG=C.UTF-8",
        vb_arena_printf(arena, "HOME=%s", options->dir),
        vb_arena_printf(arena, "TMPDIR=%s", options->dir),
        NULL,
    };
    bool limited = options->memory_max != VB_DELIVERY_UNLIMITED;
    const char *const argv[] = {
        options->program,
        "output-host",
        limited ? vb_arena_printf(arena, "--memory=%zu", options->memory_max) : options->plugin,
        limited ? options->plugin : NULL,
        NULL,
    };
    const struct vb_process_options process = {
        .argv = argv,
        .environment = environment,
        .dir = options->dir,
        .line_max = { 0, VB_PROTOCOL_LINE_MAX, LOG_LINE_MAX },
        .line = on_line,
        .closed = on_closed,
        .ended = on_ended,
        .ctx = delivery,
    };
    if (mkdir(options->dir, 0700) != 0 && errno != EEXIST)
        return vb_fail(err, VB_E_IO, "making the folder %s: %s", options->dir, strerror(errno));
    return vb_process_start(&delivery->process, options->loop, &process, err);
}

enum vb_code vb_delivery_start(struct vb_delivery **out, const struct vb_delivery_options *options,
                               struct vb_err *err)
{
    struct vb_delivery *delivery = vb_new(struct vb_delivery);
    copy_options(delivery, options);
    enum vb_code rc =
        vb_timer_create(&delivery->patience, options->loop, on_patience, delivery, err);
    if (rc == VB_OK)
        rc = vb_timer_create(&delivery->window, options->loop, on_window, delivery, err);
    if (rc == VB_OK)
        rc = start_child(delivery, err);
    if (rc != VB_OK) {
        vb_delivery_destroy(delivery);
        return vb_while(err, "output %s", options->output);
    }
    say_hello(delivery);
    *out = delivery;
    return VB_OK;
}

void vb_delivery_destroy(struct vb_delivery *delivery)
{
    if (delivery == NULL)
        return;
    vb_process_destroy(delivery->process);
    vb_timer_destroy(delivery->patience);
    vb_timer_destroy(delivery->window);
    free(delivery->parcel);
    free(delivery->before);
    vb_arena_finish(&delivery->arena);
    free(delivery);
}
