#include "conform/receiver.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "base/err.h"
#include "base/str.h"
#include "data/json.h"
#include "loop/process.h"
#include "loop/timer.h"

enum { START_MS = 10000, LINE_MAX_BYTES = 8 * 1024 * 1024, REQUESTS_MAX = 1024 };

struct receiver {
    struct vb_suite *suite;
    struct vb_process *process;
    struct vb_timer *timer;
    struct vb_arena arena;
    int port;
    bool ready, ended; /* nats: it listens; http: the line that was said holds */
    bool finished;
    char *store, *complaint;
    /* -- requests -- */
    size_t count;
    const char *ids[REQUESTS_MAX];
    size_t id_count;
    struct vb_buf bodies;
};

/* -- what it says ------------------------------------------------------------------------------ */

static const char *text_of(const cJSON *object, const char *name)
{
    return cJSON_GetStringValue(cJSON_GetObjectItem(object, name)); /* headers in any case */
}

/* By what somebody would tell that two requests are the same: where it was put, a header, the id of
 * a JSON body, else the body. */
static const char *id_of(const cJSON *request)
{
    static const char *const names[] = { "Idempotency-Key", "ce-id" };
    const cJSON *headers = cJSON_GetObjectItemCaseSensitive(request, "headers");
    const char *body = text_of(request, "body"), *id = NULL;
    if (vb_streq(text_of(request, "method"), "PUT"))
        return text_of(request, "path");
    for (size_t i = 0; i < 2 && id == NULL; i++)
        id = text_of(headers, names[i]);
    return id != NULL ? id : body == NULL ? "" : body;
}

static void keep_request(struct receiver *receiver, const cJSON *request)
{
    const char *body = text_of(request, "body"), *id = id_of(request);
    cJSON *inner = id == body && body != NULL ? cJSON_Parse(body) : NULL;
    const char *own = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(inner, "id"));
    size_t at = 0;
    id = own != NULL ? own : id;
    while (at < receiver->id_count && !vb_streq(receiver->ids[at], id))
        at++;
    if (at == receiver->id_count && at < REQUESTS_MAX)
        receiver->ids[receiver->id_count++] = vb_arena_strdup(&receiver->arena, id);
    if (body != NULL)
        vb_buf_puts(&receiver->bodies, body);
    receiver->count++;
    cJSON_Delete(inner);
}

static void hear_http(struct receiver *receiver, const char *text, size_t len)
{
    cJSON *line = cJSON_ParseWithLength(text, len);
    const cJSON *port = cJSON_GetObjectItemCaseSensitive(line, "port");
    if (cJSON_IsNumber(port))
        receiver->port = port->valueint;
    if (cJSON_HasObjectItem(line, "method"))
        keep_request(receiver, line);
    else
        receiver->ready = true;
    cJSON_Delete(line);
}

static void hear_nats(struct receiver *receiver, const char *text)
{
    static const char listening[] = "Listening for client connections on ";
    const char *at = strstr(text, listening), *colon = at == NULL ? NULL : strrchr(at, ':');
    if (colon != NULL)
        receiver->port = atoi(colon + 1);
    if (strstr(text, "Server is ready") != NULL)
        receiver->ready = true;
    if (strstr(text, "[FTL]") != NULL)
        receiver->complaint = vb_arena_strdup(&receiver->arena, strstr(text, "[FTL]") + 5);
}

static void on_line(void *ctx, enum vb_stream stream, const char *text, size_t len)
{
    struct receiver *receiver = ctx;
    (void)stream;
    if (receiver->suite->to == VB_TO_HTTP)
        hear_http(receiver, text, len);
    else
        hear_nats(receiver, text);
    receiver->finished |= receiver->ready;
}

static void on_ended(void *ctx, int64_t code, int number)
{
    struct receiver *receiver = ctx;
    (void)code, (void)number;
    receiver->ended = receiver->finished = true;
}

static void on_timer(void *ctx)
{
    struct receiver *receiver = ctx;
    receiver->finished = true;
}

/* Until it is ready, or gone. */
static bool until_ready(struct receiver *receiver)
{
    struct vb_suite *suite = receiver->suite;
    receiver->finished = receiver->ready || receiver->ended;
    vb_timer_start(receiver->timer, START_MS);
    if (!receiver->finished && suite->broken == VB_OK)
        suite->broken = vb_loop_until_signal(suite->asked->loop, &receiver->finished, &suite->err);
    vb_timer_stop(receiver->timer);
    return receiver->ready && !receiver->ended;
}

/* -- starting ---------------------------------------------------------------------------------- */

static const char *const environment[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8",
                                           NULL };

static bool start(struct receiver *receiver, const char *const *argv)
{
    struct vb_suite *suite = receiver->suite;
    const struct vb_process_options process = { .argv = argv,
                                                .environment = environment,
                                                .dir = suite->root,
                                                .line_max = { 0, LINE_MAX_BYTES, LINE_MAX_BYTES },
                                                .line = on_line,
                                                .ended = on_ended,
                                                .ctx = receiver };
    struct vb_err err;
    receiver->ready = receiver->ended = false;
    if (vb_process_start(&receiver->process, suite->asked->loop, &process, &err) != VB_OK) {
        suite->unreceived = vb_arena_strdup(&suite->arena, err.text);
        return false;
    }
    return until_ready(receiver);
}

static bool start_http(struct receiver *receiver)
{
    const char *program = receiver->suite->asked->receiver;
    const char *const argv[] = { program, NULL };
    if (program == NULL) {
        receiver->suite->unreceived = "there is no verbond-receiver beside verbond or in its lib";
        return false;
    }
    return start(receiver, argv);
}

/* Debian has it in sbin. */
static const char *nats_server(void)
{
    static const char *const places[] = { "/usr/local/bin/nats-server", "/usr/bin/nats-server",
                                          "/usr/sbin/nats-server", "/usr/local/sbin/nats-server" };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (access(places[i], X_OK) == 0)
            return places[i];
    return NULL;
}

/* port 0: one that is free. */
static bool start_nats(struct receiver *receiver)
{
    struct vb_arena *arena = &receiver->arena;
    const char *program = nats_server();
    receiver->store = vb_arena_printf(arena, "%s/nats", receiver->suite->root);
    const char *const argv[] = { program,
                                 "-a",
                                 "127.0.0.1",
                                 "-p",
                                 receiver->port == 0 ? "-1"
                                                     : vb_arena_printf(arena, "%d", receiver->port),
                                 "-js",
                                 "-sd",
                                 receiver->store,
                                 NULL };
    if (program == NULL) {
        receiver->suite->unreceived = "nats-server is not installed";
        return false;
    }
    return start(receiver, argv);
}

void receiver_begin(struct vb_suite *suite)
{
    if (suite->to != VB_TO_HTTP && suite->to != VB_TO_NATS)
        return;
    struct receiver *receiver = vb_new(struct receiver);
    receiver->suite = suite;
    suite->receiver = receiver;
    suite->broken =
        vb_timer_create(&receiver->timer, suite->asked->loop, on_timer, receiver, &suite->err);
    if (suite->broken != VB_OK)
        return;
    bool started = suite->to == VB_TO_HTTP ? start_http(receiver) : start_nats(receiver);
    if (!started && suite->unreceived == NULL)
        suite->unreceived = receiver->complaint == NULL
                                ? "the suite's receiver did not start"
                                : vb_arena_strdup(&suite->arena, receiver->complaint);
}

/* Gone before anybody looks for children that were left. */
static void bury(struct receiver *receiver)
{
    struct vb_err err;
    if (receiver->process == NULL)
        return;
    vb_process_signal(receiver->process, SIGKILL);
    receiver->finished = receiver->ended;
    vb_timer_start(receiver->timer, START_MS);
    if (!receiver->finished)
        (void)vb_loop_until(receiver->suite->asked->loop, &receiver->finished, &err);
    vb_timer_stop(receiver->timer);
    vb_process_destroy(receiver->process);
    receiver->process = NULL;
}

void receiver_end(struct vb_suite *suite)
{
    struct receiver *receiver = suite->receiver;
    if (receiver == NULL)
        return;
    bury(receiver);
    vb_timer_destroy(receiver->timer);
    vb_buf_finish(&receiver->bodies);
    vb_arena_finish(&receiver->arena);
    free(receiver);
    suite->receiver = NULL;
}

const char *vb_receiver_url(struct vb_suite *suite, struct vb_arena *arena, const char *sample)
{
    const char *scheme = suite->to == VB_TO_HTTP ? "http" : "nats";
    const char *host = strstr(sample, "://"), *path = host == NULL ? NULL : strchr(host + 3, '/');
    if (suite->receiver == NULL || suite->receiver->port == 0 || !vb_starts_with(sample, scheme) ||
        sample[strlen(scheme)] != ':')
        return sample;
    return vb_arena_printf(arena, "%s://127.0.0.1:%d%s", scheme, suite->receiver->port,
                           path == NULL ? "" : path);
}

size_t receiver_children(const struct vb_suite *suite, int out[2])
{
    if (suite->receiver == NULL || suite->receiver->process == NULL)
        return 0;
    out[0] = vb_process_id(suite->receiver->process);
    return 1;
}

/* -- HTTP -------------------------------------------------------------------------------------- */

/* Its lines come in order: when it says that this holds, every request before it was told. */
void receiver_answers(struct vb_suite *suite, int status, int retry_after_s, int delay_ms)
{
    struct receiver *receiver = suite->receiver;
    if (suite->to != VB_TO_HTTP || receiver == NULL || receiver->process == NULL)
        return;
    struct vb_buf line = { 0 };
    vb_buf_printf(&line, "%d %d %d", status, retry_after_s, delay_ms);
    receiver->ready = false;
    vb_process_write(receiver->process, line.data, line.len);
    vb_buf_finish(&line);
    (void)until_ready(receiver);
}

void receiver_forget(struct vb_suite *suite)
{
    if (suite->receiver == NULL)
        return;
    suite->receiver->count = suite->receiver->id_count = 0;
    vb_buf_clear(&suite->receiver->bodies);
}

/* From here on it answers as usual. */
static void settle(struct vb_suite *suite)
{
    receiver_answers(suite, 200, 0, 0);
}

size_t receiver_requests(struct vb_suite *suite)
{
    settle(suite);
    return suite->receiver == NULL ? 0 : suite->receiver->count;
}

size_t receiver_ids(struct vb_suite *suite)
{
    settle(suite);
    return suite->receiver == NULL ? 0 : suite->receiver->id_count;
}

bool receiver_heard(struct vb_suite *suite, const char *word)
{
    settle(suite);
    const struct vb_buf *bodies = &suite->receiver->bodies;
    return bodies->len > 0 && memmem(bodies->data, bodies->len, word, strlen(word)) != NULL;
}

/* -- NATS -------------------------------------------------------------------------------------- */

void receiver_stop(struct vb_suite *suite, bool stopped)
{
    vb_process_signal(suite->receiver->process, stopped ? SIGSTOP : SIGCONT);
}

void receiver_down(struct vb_suite *suite)
{
    bury(suite->receiver);
}

void receiver_afresh(struct vb_suite *suite)
{
    if (suite->to != VB_TO_NATS || suite->receiver == NULL || suite->unreceived != NULL)
        return;
    receiver_down(suite);
    tree_remove(suite->receiver->store);
    receiver_up(suite);
}

void receiver_up(struct vb_suite *suite)
{
    if (!start_nats(suite->receiver) && suite->broken == VB_OK)
        suite->broken = vb_fail(&suite->err, VB_E_IO, "nats-server did not start a second time");
}
