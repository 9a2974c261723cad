#include "serve/server.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "data/json.h"
#include "serve/server_inner.h"

int64_t vb_server_now(const struct vb_server *server)
{
    struct vb_clock clock = server->serve->house->env->clock;
    return clock.mono_ns(clock.ctx);
}

/* -- turning ----------------------------------------------------------------------------------- */

static bool is_over(const struct vb_server *server)
{
    return server->stopping && server->first == NULL && !server->stopped;
}

static void on_pump(void *ctx)
{
    struct vb_server *server = ctx;
    MHD_UNSIGNED_LONG_LONG wait;
    server->again = false;
    server->pumping = true;
    MHD_run(server->daemon);
    server->pumping = false;
    if (is_over(server)) {
        server->stopped = true;
        vb_timer_stop(server->sweep_timer);
        server->on_stopped(server->ctx);
    } else if (server->again) {
        vb_timer_start(server->pump_timer, 0);
    } else if (MHD_get_timeout(server->daemon, &wait) == MHD_YES) {
        vb_timer_start(server->pump_timer, (int64_t)wait);
    }
}

/* Never at once: who resumes a connection may be in the middle of its own work, and the next
 * request would begin within it. */
void vb_server_kick(struct vb_server *server)
{
    server->again = true;
    if (!server->pumping)
        vb_timer_start(server->pump_timer, 0);
}

enum { SWEEP_MS = 500 };

static void on_sweep(void *ctx)
{
    struct vb_server *server = ctx;
    vb_server_sweep(server);
    if (server->first != NULL)
        vb_timer_start(server->sweep_timer, SWEEP_MS);
}

void vb_connection_enter(struct vb_connection *connection, enum vb_phase phase, int seconds)
{
    struct vb_server *server = connection->server;
    connection->phase = phase;
    connection->deadline_ns =
        seconds == 0 ? 0 : vb_server_now(server) + (int64_t)seconds * 1000000000;
    if (!vb_timer_running(server->sweep_timer))
        vb_timer_start(server->sweep_timer, SWEEP_MS);
}

/* A suspended one is left to its reply: libmicrohttpd would not hear of it. */
void vb_connection_cut(struct vb_connection *connection)
{
    connection->closing = true;
    shutdown(connection->fd, SHUT_RDWR);
    if (connection->resting) {
        connection->resting = false;
        MHD_resume_connection(connection->mhd);
    }
    vb_server_kick(connection->server);
}

/* -- starting ---------------------------------------------------------------------------------- */

static void on_log(void *cls, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
static void on_log(void *cls, const char *format, va_list args)
{
    struct vb_server *server = cls;
    vsnprintf(server->refusal, sizeof server->refusal, format, args);
    server->refusal[strcspn(server->refusal, "\r\n")] = '\0';
}

/* The escapes of a target are ours to read, once, in the gate. */
static size_t leave_escaped(void *cls, struct MHD_Connection *mhd, char *text)
{
    (void)cls;
    (void)mhd;
    return strlen(text);
}

/* Runs within MHD_add_connection, and when a connection is gone for good. */
static void on_connection(void *cls, struct MHD_Connection *mhd, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct vb_server *server = cls;
    struct vb_connection *connection = *context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        connection = *context = server->accepting;
        server->accepting = NULL;
        connection->mhd = mhd;
        connection->next = server->first;
        if (server->first != NULL)
            server->first->previous = connection;
        server->first = connection;
        vb_connection_enter(connection, VB_PHASE_HEAD, server->patience_s);
        return;
    }
    if (connection->previous != NULL)
        connection->previous->next = connection->next;
    else
        server->first = connection->next;
    if (connection->next != NULL)
        connection->next->previous = connection->previous;
    vb_assert(connection->request == NULL);
    free(connection);
}

/* PEM files are read whole, so that a wrong one is told by its name. */
static enum vb_code read_pem(struct vb_buf *out, const char *option, const char *path,
                             const char *what, struct vb_err *err)
{
    enum { PEM_MOST = 256 * 1024 };
    if (vb_file_read(out, path, PEM_MOST, err) != VB_OK) {
        vb_while(err, "%s", option);
        return err->code = VB_E_CONFIG;
    }
    if (out->len == 0 || strstr(out->data, what) == NULL)
        return vb_fail(err, VB_E_CONFIG, "%s: %s holds no \"%s\" in PEM", option, path, what);
    return VB_OK;
}

static enum vb_code start_daemon(struct vb_server *server, const char *cert, const char *key,
                                 struct vb_err *err)
{
    enum { POOL = 16 * 1024, INCREMENT = 1024 };
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET |
                     MHD_USE_ERROR_LOG | (cert != NULL ? MHD_USE_TLS : 0);
    struct MHD_OptionItem tls[] = {
        { MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)cert },
        { MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)key },
        { MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)"SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2" },
        { MHD_OPTION_END, 0, NULL },
    };
    struct MHD_OptionItem none = { MHD_OPTION_END, 0, NULL };
    server->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, vb_server_on_request, server, MHD_OPTION_EXTERNAL_LOGGER, on_log,
        server, MHD_OPTION_URI_LOG_CALLBACK, vb_server_on_target, server,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL, MHD_OPTION_NOTIFY_COMPLETED,
        vb_server_on_completed, server, MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)server->connections_most,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL, MHD_OPTION_CONNECTION_MEMORY_INCREMENT,
        (size_t)INCREMENT, MHD_OPTION_CONNECTION_TIMEOUT, 0u, MHD_OPTION_ARRAY,
        cert != NULL ? tls : &none, MHD_OPTION_END);
    if (server->daemon != NULL)
        return VB_OK;
    if (cert != NULL)
        return vb_fail(err, VB_E_CONFIG,
                       "--tls-cert and --tls-key: they do not fit each other, or are damaged (%s)",
                       server->refusal);
    return vb_fail(err, VB_E_IO, "starting the HTTP server: %s", server->refusal);
}

static enum vb_code begin_daemon(struct vb_server *server, struct vb_err *err)
{
    const struct vb_serve_options *options = &server->serve->options;
    struct vb_buf cert = { 0 }, key = { 0 };
    enum vb_code code = VB_OK;
    if ((options->cert == NULL) != (options->key == NULL))
        return vb_fail(err, VB_E_CONFIG, "--tls-cert and --tls-key go together");
    if (options->cert != NULL)
        code = read_pem(&cert, "--tls-cert", options->cert, "BEGIN CERTIFICATE", err);
    if (code == VB_OK && options->key != NULL)
        code = read_pem(&key, "--tls-key", options->key, "PRIVATE KEY", err);
    if (code == VB_OK)
        code = start_daemon(server, cert.data, key.data, err);
    vb_buf_finish(&cert);
    vb_buf_finish(&key);
    return code;
}

static enum vb_code watch_daemon(struct vb_server *server, struct vb_err *err)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    if (info == NULL || info->epoll_fd < 0)
        return vb_fail(err, VB_E_INTERNAL, "libmicrohttpd has no descriptor to be watched by");
    return vb_watch_create(&server->daemon_watch, server->loop, info->epoll_fd, on_pump, server,
                           err);
}

static void on_accept_again(void *ctx)
{
    struct vb_server *server = ctx;
    struct vb_err err;
    if (server->listen_watch != NULL && vb_watch_start(server->listen_watch, &err) != VB_OK)
        vb_log(server->serve->house->env->log, VB_LOG_ERROR, "serve", "%s", err.text);
}

static enum vb_code make_timers(struct vb_server *server, struct vb_err *err)
{
    enum vb_code code = vb_timer_create(&server->pump_timer, server->loop, on_pump, server, err);
    if (code == VB_OK)
        code = vb_timer_create(&server->sweep_timer, server->loop, on_sweep, server, err);
    if (code == VB_OK)
        code = vb_timer_create(&server->accept_timer, server->loop, on_accept_again, server, err);
    return code;
}

enum vb_code vb_server_start(struct vb_server **out, struct vb_serve *serve, struct vb_err *err)
{
    struct vb_server *server = vb_new(struct vb_server);
    const struct vb_serve_options *options = &serve->options;
    server->serve = serve;
    server->loop = serve->house->loop;
    server->listening = server->spare = -1;
    server->connections_most = options->connections > 0 ? options->connections : VB_CONNECTIONS;
    server->patience_s = options->patience_s > 0 ? options->patience_s : VB_PATIENCE_SECONDS;
    server->per_address_given = options->per_address > 0;
    server->per_address = server->per_address_given ? options->per_address : VB_PER_ADDRESS;
    enum vb_code code = make_timers(server, err);
    if (code == VB_OK)
        code = begin_daemon(server, err);
    if (code == VB_OK)
        code = watch_daemon(server, err);
    if (code == VB_OK)
        code = vb_server_listen(server, err);
    if (code != VB_OK) {
        vb_server_destroy(server);
        return code;
    }
    *out = server;
    return VB_OK;
}

int vb_server_port(const struct vb_server *server)
{
    return server->port;
}

struct vb_server_counts vb_server_counts(const struct vb_server *server)
{
    struct vb_server_counts counts = server->counts;
    for (const struct vb_connection *at = server->first; at != NULL; at = at->next) {
        counts.connections++;
        counts.streams += at->phase == VB_PHASE_STREAM;
        counts.waiting += at->phase == VB_PHASE_WORK;
    }
    return counts;
}

/* -- the end ----------------------------------------------------------------------------------- */

/* What is read or written goes on for a while; what waits for a commit, as long as that takes. */
void vb_server_stop(struct vb_server *server, void (*stopped)(void *ctx), void *ctx)
{
    vb_assert(!server->stopping);
    server->stopping = true;
    server->on_stopped = stopped;
    server->ctx = ctx;
    server->grace_ns = vb_server_now(server) + (int64_t)VB_GRACE_SECONDS * 1000000000;
    vb_server_unlisten(server);
    for (struct vb_connection *at = server->first; at != NULL; at = at->next)
        if (at->phase == VB_PHASE_STREAM)
            vb_server_end_stream(at);
        else if (at->phase == VB_PHASE_HEAD)
            vb_connection_cut(at);
    vb_server_kick(server);
}

void vb_server_destroy(struct vb_server *server)
{
    if (server == NULL)
        return;
    vb_server_unlisten(server);
    vb_watch_destroy(server->daemon_watch);
    vb_timer_destroy(server->pump_timer);
    vb_timer_destroy(server->sweep_timer);
    vb_timer_destroy(server->accept_timer);
    vb_assert(server->first == NULL); /* it was not stopped */
    if (server->daemon != NULL)
        MHD_stop_daemon(server->daemon);
    free(server);
}
