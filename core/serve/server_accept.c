/* server_accept.c - listening, and who is let in: limits before a byte is read. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/str.h"
#include "serve/server_inner.h"

/* -- listening --------------------------------------------------------------------------------- */

static int open_spare(void)
{
    return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static enum vb_code bind_one(struct vb_server *server, const struct addrinfo *at,
                             struct vb_err *err)
{
    enum { BACKLOG = 512 };
    const struct vb_serve_options *options = &server->serve->options;
    int yes = 1, no = 0;
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return vb_fail(err, VB_E_IO, "listening on %s: %s", options->address, strerror(errno));
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (at->ai_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
    if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) {
        server->listening = fd;
        return VB_OK;
    }
    int why = errno;
    close(fd);
    return vb_fail(err, why == EADDRINUSE ? VB_E_BUSY : VB_E_IO, "listening on %s, port %d: %s",
                   options->address, options->port, strerror(why));
}

static enum vb_code find_port(struct vb_server *server, struct vb_err *err)
{
    struct sockaddr_storage address;
    socklen_t len = sizeof address;
    if (getsockname(server->listening, (struct sockaddr *)&address, &len) != 0)
        return vb_fail(err, VB_E_IO, "listening: %s", strerror(errno));
    server->port =
        ntohs(address.ss_family == AF_INET6 ? ((const struct sockaddr_in6 *)&address)->sin6_port
                                            : ((const struct sockaddr_in *)&address)->sin_port);
    return VB_OK;
}

static void on_listen(void *ctx);

enum vb_code vb_server_listen(struct vb_server *server, struct vb_err *err)
{
    const struct vb_serve_options *options = &server->serve->options;
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
                                    .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
    struct addrinfo *found;
    char port[16];
    snprintf(port, sizeof port, "%d", options->port);
    int rc = getaddrinfo(options->address, port, &hints, &found);
    if (rc != 0)
        return vb_fail(err, VB_E_CONFIG, "listening on %s: %s", options->address, gai_strerror(rc));
    enum vb_code code = bind_one(server, found, err);
    freeaddrinfo(found);
    if (code == VB_OK)
        code = find_port(server, err);
    if (code == VB_OK)
        code = vb_watch_create(&server->listen_watch, server->loop, server->listening, on_listen,
                               server, err);
    server->spare = open_spare();
    return code;
}

void vb_server_unlisten(struct vb_server *server)
{
    vb_watch_destroy(server->listen_watch);
    server->listen_watch = NULL;
    if (server->accept_timer != NULL)
        vb_timer_stop(server->accept_timer);
    if (server->listening >= 0)
        close(server->listening);
    if (server->spare >= 0)
        close(server->spare);
    server->listening = server->spare = -1;
}

/* -- who is let in ----------------------------------------------------------------------------- */

static void read_address(struct vb_connection *connection, const struct sockaddr_storage *from)
{
    static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF };
    if (from->ss_family == AF_INET6) {
        memcpy(connection->address, &((const struct sockaddr_in6 *)from)->sin6_addr, 16);
    } else {
        memcpy(connection->address, mapped, sizeof mapped);
        memcpy(connection->address + 12, &((const struct sockaddr_in *)from)->sin_addr, 4);
    }
    if (memcmp(connection->address, mapped, sizeof mapped) == 0)
        inet_ntop(AF_INET, connection->address + 12, connection->name, sizeof connection->name);
    else
        inet_ntop(AF_INET6, connection->address, connection->name, sizeof connection->name);
}

static bool is_mapped(const unsigned char *address)
{
    static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF };
    return memcmp(address, mapped, sizeof mapped) == 0;
}

static bool is_this_machine(const unsigned char *address)
{
    static const unsigned char loopback[16] = { [15] = 1 };
    return is_mapped(address) ? address[12] == 127 : memcmp(address, loopback, 16) == 0;
}

/* Of IPv6 a house has a whole /64. */
static bool is_same(const unsigned char *a, const unsigned char *b)
{
    return memcmp(a, b, is_mapped(a) ? 16 : 8) == 0;
}

/* A proxy on this machine brings everybody by one address, so that is not counted unless somebody
 * said how many there may be. */
static bool is_too_many(const struct vb_server *server, const struct vb_connection *one)
{
    int same = 0;
    if (!server->per_address_given && is_this_machine(one->address))
        return false;
    for (const struct vb_connection *at = server->first; at != NULL; at = at->next)
        same += is_same(at->address, one->address);
    return same >= server->per_address;
}

/* At the limit the one that has waited longest for its head makes room: for the next, since it is
 * gone a turn of the loop later. */
static bool make_room(struct vb_server *server)
{
    struct vb_connection *oldest = NULL;
    int count = 0;
    for (struct vb_connection *at = server->first; at != NULL; at = at->next) {
        count++;
        if (at->phase == VB_PHASE_HEAD && !at->closing &&
            (oldest == NULL || at->deadline_ns < oldest->deadline_ns))
            oldest = at;
    }
    if (count < server->connections_most)
        return true;
    if (oldest != NULL)
        vb_connection_cut(oldest);
    return false;
}

static void set_up(int fd)
{
    enum { UNHEARD_MS = 60000 };
    int yes = 1;
    unsigned unheard = UNHEARD_MS;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &unheard, sizeof unheard);
}

static void let_in(struct vb_server *server, int fd, const struct sockaddr_storage *from,
                   socklen_t len)
{
    struct vb_connection *connection = vb_new(struct vb_connection);
    connection->server = server;
    connection->fd = fd;
    read_address(connection, from);
    if (is_too_many(server, connection) || !make_room(server)) {
        server->counts.shed++;
        free(connection);
        close(fd);
        return;
    }
    set_up(fd);
    server->counts.accepted++;
    server->accepting = connection;
    if (MHD_add_connection(server->daemon, fd, (const struct sockaddr *)from, len) != MHD_YES &&
        server->accepting != NULL) {
        server->counts.shed++;
        free(connection);
    }
    server->accepting = NULL;
    vb_server_kick(server);
}

/* No descriptor is left: the spare one is given for a moment, so that whoever knocks hears at once
 * that there is no room, and the listener does not turn in a circle. */
static bool shed_one(struct vb_server *server)
{
    if (server->spare < 0)
        return false;
    close(server->spare);
    int fd = accept4(server->listening, NULL, NULL, SOCK_CLOEXEC);
    if (fd >= 0)
        close(fd);
    server->spare = open_spare();
    server->counts.shed += fd >= 0;
    return fd >= 0;
}

static void on_listen(void *ctx)
{
    enum { AT_ONCE = 64, REST_MS = 200 };
    struct vb_server *server = ctx;
    for (int i = 0; i < AT_ONCE; i++) {
        struct sockaddr_storage from;
        socklen_t len = sizeof from;
        int fd = accept4(server->listening, (struct sockaddr *)&from, &len,
                         SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd >= 0)
            let_in(server, fd, &from, len);
        else if (errno == EAGAIN || errno == EWOULDBLOCK)
            return;
        else if ((errno == EMFILE || errno == ENFILE) && shed_one(server))
            continue;
        else if (errno != EINTR && errno != ECONNABORTED) { /* no memory: a while later */
            vb_watch_stop(server->listen_watch);
            vb_timer_start(server->accept_timer, REST_MS);
            return;
        }
    }
}

/* The last of the last line is the one that the proxy itself saw; what is before it anybody may
 * write, also as a line of its own: a proxy may add another one to it. */
static const char *behind_proxy(struct vb_call *call)
{
    const char *list = NULL;
    for (size_t i = 0; i < call->head.count; i++)
        if (strcasecmp(call->head.rows[i].name, "X-Forwarded-For") == 0)
            list = call->head.rows[i].value;
    const char *comma = list == NULL ? NULL : strrchr(list, ',');
    const char *last = comma == NULL ? list : comma + 1 + strspn(comma + 1, " \t");
    unsigned char bytes[16];
    bool good = last != NULL &&
                (inet_pton(AF_INET, last, bytes) == 1 || inet_pton(AF_INET6, last, bytes) == 1);
    return good ? last : NULL;
}

void vb_server_meet(const struct vb_connection *connection, struct vb_call *call)
{
    const struct vb_serve_options *options = &connection->server->serve->options;
    const char *behind = NULL;
    if (options->proxy != NULL && vb_streq(options->proxy, connection->name))
        behind = behind_proxy(call);
    call->exchange.address = behind != NULL ? behind : connection->name;
    call->secure = options->cert != NULL ||
                   (options->origin != NULL && vb_starts_with(options->origin, "https://"));
}

/* -- who is too slow --------------------------------------------------------------------------- */

/* What waits for a reply of ours is not slow: that is us. */
void vb_server_sweep(struct vb_server *server)
{
    int64_t now = vb_server_now(server);
    bool beat = now >= server->beat_ns;
    if (beat)
        server->beat_ns = now + (int64_t)VB_BEAT_SECONDS * 1000000000;
    for (struct vb_connection *at = server->first; at != NULL; at = at->next) {
        bool late = at->deadline_ns != 0 && now >= at->deadline_ns;
        if (server->stopping && now >= server->grace_ns && at->phase != VB_PHASE_WORK)
            late = true;
        if (late && !at->closing) {
            server->counts.slow++;
            vb_connection_cut(at);
        } else if (beat && at->phase == VB_PHASE_STREAM) {
            vb_server_beat(at);
        }
    }
}
