/* receiver.c - verbond-receiver: an HTTP receiver that answers as it is told, for the conformance
 * suite of outputs (conform/receiver.h).
 *
 * A program of its own, so that verbond itself is not linked with an HTTP server. It listens on
 * this machine only, on a port that is free, and ends when its input ends. A line on its input says
 * how it answers from now on; it repeats the line on its output when that holds. Each request is a
 * line of JSON on its output, written before it is answered.
 *
 *      STATUS RETRY_AFTER_S DELAY_MS      0 as STATUS: it hangs up; RETRY_AFTER_S 0: no such header
 *
 * What is refused (400 and above) is answered with the body that came, as some servers do. */
#include <microhttpd.h>

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "data/json.h"

enum { BODY_MAX_BYTES = 64 * 1024 * 1024, REFUSED = 400 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of how, and of stdout */
static struct how {
    int status, retry_after_s;
    long delay_ms;
} how = { .status = 200 };

static void say(const struct vb_buf *line)
{
    pthread_mutex_lock(&lock);
    fwrite(line->data, 1, line->len, stdout);
    putchar('\n');
    fflush(stdout);
    pthread_mutex_unlock(&lock);
}

static enum MHD_Result put_header(void *ctx, enum MHD_ValueKind kind, const char *name,
                                  const char *value)
{
    struct vb_buf *line = ctx;
    (void)kind;
    if (line->data[line->len - 1] != '{')
        vb_buf_putc(line, ',');
    vb_json_text(line, name);
    vb_buf_putc(line, ':');
    vb_json_text(line, value == NULL || !vb_utf8_valid(value, strlen(value), NULL) ? "" : value);
    return MHD_YES;
}

static void tell(struct MHD_Connection *connection, const char *method, const char *path,
                 const struct vb_buf *body)
{
    struct vb_buf line = { 0 };
    vb_json_put_text(&line, "{\"method\":", method);
    vb_json_put_text(&line, ",\"path\":", path);
    vb_buf_puts(&line, ",\"headers\":{");
    MHD_get_connection_values(connection, MHD_HEADER_KIND, put_header, &line);
    vb_buf_puts(&line, "},\"body\":");
    if (body->len > 0 && vb_utf8_valid(body->data, body->len, NULL))
        vb_json_string(&line, body->data, body->len);
    else
        vb_buf_puts(&line, "null");
    vb_buf_putc(&line, '}');
    say(&line);
    vb_buf_finish(&line);
}

/* Each connection has a thread of its own. */
static void wait_ms(long ms)
{
    struct timespec left = { ms / 1000, ms % 1000 * 1000000 };
    while (nanosleep(&left, &left) != 0)
        continue;
}

static enum MHD_Result answer(struct MHD_Connection *connection, const struct vb_buf *body)
{
    pthread_mutex_lock(&lock);
    const struct how now = how;
    pthread_mutex_unlock(&lock);
    wait_ms(now.delay_ms);
    if (now.status == 0)
        return MHD_NO;
    bool back = now.status >= REFUSED && body->len > 0;
    struct MHD_Response *response = MHD_create_response_from_buffer(
        back ? body->len : 0, back ? body->data : NULL, MHD_RESPMEM_MUST_COPY);
    if (now.retry_after_s > 0) {
        char seconds[16];
        snprintf(seconds, sizeof seconds, "%d", now.retry_after_s);
        MHD_add_response_header(response, "Retry-After", seconds);
    }
    enum MHD_Result queued = MHD_queue_response(connection, (unsigned)now.status, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *data,
                                  size_t *len, void **request)
{
    struct vb_buf *body = *request;
    (void)ctx, (void)version;
    if (body == NULL) {
        *request = vb_new(struct vb_buf);
        return MHD_YES;
    }
    if (*len > 0) {
        if (body->len + *len > BODY_MAX_BYTES)
            return MHD_NO;
        vb_buf_put(body, data, *len);
        *len = 0;
        return MHD_YES;
    }
    tell(connection, method, path, body);
    return answer(connection, body);
}

static void on_end(void *ctx, struct MHD_Connection *connection, void **request,
                   enum MHD_RequestTerminationCode why)
{
    struct vb_buf *body = *request;
    (void)ctx, (void)connection, (void)why;
    if (body != NULL)
        vb_buf_finish(body);
    free(body);
    *request = NULL;
}

static void obey(const char *line)
{
    struct vb_buf said = { 0 };
    struct how next;
    if (sscanf(line, "%d %d %ld", &next.status, &next.retry_after_s, &next.delay_ms) != 3) {
        fprintf(stderr, "verbond-receiver: wants STATUS RETRY_AFTER_S DELAY_MS, not: %s", line);
        exit(4);
    }
    pthread_mutex_lock(&lock);
    how = next;
    pthread_mutex_unlock(&lock);
    vb_buf_puts(&said, "{\"holds\":true}");
    say(&said);
    vb_buf_finish(&said);
}

int main(void)
{
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    char line[128];
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION, 0, NULL,
                         NULL, on_request, NULL, MHD_OPTION_SOCK_ADDR, &here,
                         MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_END);
    const union MHD_DaemonInfo *bound =
        daemon == NULL ? NULL : MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    if (bound == NULL) {
        fputs("verbond-receiver: it cannot listen on 127.0.0.1\n", stderr);
        return 5;
    }
    printf("{\"port\":%d}\n", (int)bound->port);
    fflush(stdout);
    while (fgets(line, sizeof line, stdin) != NULL)
        obey(line);
    _exit(0); /* whoever is being answered late is not waited for */
}
