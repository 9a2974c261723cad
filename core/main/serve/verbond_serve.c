/* verbond_serve.c - the program behind `verbond serve`: a workplace, a house, a server, until it is
 * told to stop. A program of its own, so that no other command is linked with a server. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "main/serve/given.h"
#include "main/serve/house.h"

/* -- serving ----------------------------------------------------------------------------------- */

static void finished(void *ctx)
{
    *(bool *)ctx = true;
}

/* Sockets count as files: as many as this user may have. */
static void raise_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static void tell(const struct vb_serve_options *given, int port)
{
    bool colons = strchr(given->address, ':') != NULL;
    vb_workplace_say(stderr, "verbond: listening on %s://%s%s%s:%d\n",
                     given->cert != NULL ? "https" : "http", colons ? "[" : "", given->address,
                     colons ? "]" : "", port);
}

/* First nobody new, then what is on its way in, then what is on its way out. Another signal ends
 * the wait: everything acknowledged is durable already. */
static enum vb_code stop(struct vb_workplace *place, struct vb_serve *serve,
                         struct vb_housing *housing, struct vb_err *err)
{
    bool stopped = false, rested = false;
    vb_loop_forget_signal(place->loop);
    vb_serve_stop(serve, finished, &stopped);
    enum vb_code code = vb_loop_until_signal(place->loop, &stopped, err);
    if (code != VB_OK)
        return code;
    vb_housing_rest(housing, finished, &rested);
    return vb_loop_until_signal(place->loop, &rested, err);
}

static enum vb_code serve(struct vb_workplace *place, const struct vb_serve_options *given,
                          struct vb_housing *housing, struct vb_err *err)
{
    static const bool never = false;
    struct vb_serve *server;
    struct vb_err told;
    enum vb_code code = vb_serve_start(&server, vb_housing_house(housing), given, err);
    if (code != VB_OK)
        return code;
    tell(given, vb_serve_port(server));
    code = vb_loop_until_signal(place->loop, &never, &told);
    if (code == VB_E_STOPPED)
        code = stop(place, server, housing, &told);
    if (code == VB_E_STOPPED) {
        vb_workplace_say(stderr, "verbond: ended at once\n");
        exit(vb_exit_code(code)); /* what hangs on the server may still be in use: leave it */
    }
    if (code != VB_OK)
        *err = told;
    vb_serve_destroy(server);
    return code;
}

static enum vb_code run(struct vb_workplace *place, const struct vb_given_serve *words,
                        struct vb_err *err)
{
    struct vb_serve_options given;
    struct vb_housing *housing = NULL;
    enum vb_code code = vb_given_serve_options(words, place, &given, err);
    if (code == VB_OK)
        code = vb_workplace_open(place, err);
    if (code == VB_OK)
        code = vb_loop_catch_signals(place->loop, err);
    if (code == VB_OK)
        code = vb_housing_create(&housing, place, err);
    if (code == VB_OK)
        code = serve(place, &given, housing, err);
    vb_housing_destroy(housing);
    return code;
}

/* What a crash leaves behind must not hold anybody's answers. */
static void leave_no_core(void)
{
    const struct rlimit none = { 0, 0 };
    setrlimit(RLIMIT_CORE, &none);
}

int main(int argc, char **argv)
{
    struct vb_given_serve words;
    struct vb_workplace place;
    struct vb_err err;
    leave_no_core();
    raise_limit();
    signal(SIGPIPE, SIG_IGN); /* TLS writes to whoever went */
    vb_given_serve_read(&words, argc, argv);
    enum vb_code code = vb_workplace_begin(&place, words.data, &err);
    if (code == VB_OK)
        code = run(&place, &words, &err);
    return vb_workplace_end(&place, code, &err);
}
