/* bare.c - libmicrohttpd and nothing behind it: what its part of an answer costs.
 *
 * usage: bare      listens on a port of its own on 127.0.0.1, prints it, until stdin ends
 *
 * Set up as core/serve sets it up: epoll, driven from outside, each request suspended when it is
 * there and resumed behind the turn in which it came; then an empty 200. load.c asks it. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CONNECTIONS = 4096, POOL = 16 * 1024, INCREMENT = 1024 };

static struct MHD_Connection *waiting[CONNECTIONS];
static int waiting_count;
static struct MHD_Response *empty;

enum { AT_HEAD, AT_BODY, AT_REPLY };
static int steps[] = { AT_BODY, AT_REPLY }; /* what a request's context points to */

static enum MHD_Result on_request(void *cls, struct MHD_Connection *mhd, const char *url,
                                  const char *method, const char *version, const char *bytes,
                                  size_t *len, void **context)
{
    (void)cls, (void)url, (void)method, (void)version, (void)bytes;
    if (*context == NULL) {
        *context = &steps[0];
        return MHD_YES;
    }
    if (*len > 0) {
        *len = 0;
        return MHD_YES;
    }
    if (*(int *)*context == AT_REPLY)
        return MHD_queue_response(mhd, MHD_HTTP_OK, empty);
    *context = &steps[1];
    waiting[waiting_count++] = mhd;
    MHD_suspend_connection(mhd);
    return MHD_YES;
}

static void resume_all(struct MHD_Daemon *daemon)
{
    while (waiting_count > 0) {
        int count = waiting_count;
        waiting_count = 0;
        for (int i = 0; i < count; i++)
            MHD_resume_connection(waiting[i]);
        MHD_run(daemon);
    }
}

int main(void)
{
    struct sockaddr_in at = { .sin_family = AF_INET };
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    empty = MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_request,
        NULL, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL,
        MHD_OPTION_CONNECTION_MEMORY_INCREMENT, (size_t)INCREMENT, MHD_OPTION_END);
    if (daemon == NULL)
        return 1;
    printf("%d\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    struct pollfd watched[] = {
        { .fd = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, .events = POLLIN },
        { .fd = STDIN_FILENO, .events = POLLIN },
    };
    while (poll(watched, 2, -1) > 0 && watched[1].revents == 0) {
        MHD_run(daemon);
        resume_all(daemon);
    }
    MHD_stop_daemon(daemon);
    MHD_destroy_response(empty);
    return 0;
}
