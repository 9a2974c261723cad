/* verbond_serve.c - the program behind `verbond serve`: a workplace, a house, a server, until it is
 * told to stop. A program of its own, so that no other command is linked with a server. */
#include <argp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/str.h"
#include "main/serve/house.h"

struct arguments {
    const char *data, *listen, *cert, *key, *origin, *connections, *per_address;
};
enum {
    KEY_DATA = 256,
    KEY_LISTEN,
    KEY_CERT,
    KEY_KEY,
    KEY_ORIGIN,
    KEY_CONNECTIONS,
    KEY_PER_ADDRESS
};
static const struct argp_option options[] = {
    { "listen", KEY_LISTEN, "ADDR:PORT", 0,
      "where it listens: 127.0.0.1:8480 when nothing is said, [::1]:8480, 0.0.0.0:443; port 0: any "
      "that is free",
      0 },
    { "tls-cert", KEY_CERT, "FILE", 0, "the certificate chain (PEM); with --tls-key: HTTPS", 0 },
    { "tls-key", KEY_KEY, "FILE", 0, "the certificate's private key (PEM)", 0 },
    { "origin", KEY_ORIGIN, "URL", 0,
      "how browsers call it, such as https://praat.example: behind a proxy", 0 },
    { "connections", KEY_CONNECTIONS, "N", 0, "connections at once (4096)", 0 },
    { "per-address", KEY_PER_ADDRESS, "N", 0,
      "connections of one address at once (256; this machine's own are not counted)", 0 },
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    const char **const places[] = {
        [KEY_DATA - KEY_DATA] = &arguments->data,
        [KEY_LISTEN - KEY_DATA] = &arguments->listen,
        [KEY_CERT - KEY_DATA] = &arguments->cert,
        [KEY_KEY - KEY_DATA] = &arguments->key,
        [KEY_ORIGIN - KEY_DATA] = &arguments->origin,
        [KEY_CONNECTIONS - KEY_DATA] = &arguments->connections,
        [KEY_PER_ADDRESS - KEY_DATA] = &arguments->per_address,
    };
    if (key >= KEY_DATA && key <= KEY_PER_ADDRESS)
        *places[key - KEY_DATA] = arg;
    else if (key == ARGP_KEY_ARG)
        argp_error(state, "serve takes no name; --listen ADDR:PORT says where");
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    NULL,
    "Runs the web runner: pages for clients on a tablet or phone and for practitioners, over the "
    "rounds of the data folder.\v"
    "Ends on SIGTERM or SIGINT, after what is on its way was saved; a second one ends it at once.",
    NULL,
    NULL,
    NULL
};

/* -- the words --------------------------------------------------------------------------------- */

enum { PORT_MOST = 65535, COUNT_MOST = 100000 };

static bool read_number(const char *text, long least, long most, int *out)
{
    char *end;
    long number = strtol(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || number < least || number > most)
        return false;
    *out = (int)number;
    return true;
}

/* ADDR:PORT, and [ADDR]:PORT for an address with colons in it. */
static enum vb_code read_listen(struct vb_workplace *place, const char *text,
                                struct vb_serve_options *out, struct vb_err *err)
{
    const char *colon = strrchr(text, ':');
    size_t len = colon == NULL ? 0 : (size_t)(colon - text);
    if (len >= 2 && text[0] == '[' && text[len - 1] == ']')
        out->address = vb_arena_strndup(&place->arena, text + 1, len - 2);
    else if (len > 0 && memchr(text, ':', len) == NULL)
        out->address = vb_arena_strndup(&place->arena, text, len);
    if (out->address == NULL || !read_number(colon + 1, 0, PORT_MOST, &out->port))
        return vb_fail(err, VB_E_USAGE,
                       "--listen %s: an address and a port are wanted, such as 127.0.0.1:8480 or "
                       "[::1]:8480",
                       text);
    return VB_OK;
}

static enum vb_code check_origin(const char *origin, struct vb_err *err)
{
    const char *host = origin == NULL                       ? ""
                       : vb_starts_with(origin, "https://") ? origin + strlen("https://")
                       : vb_starts_with(origin, "http://")  ? origin + strlen("http://")
                                                            : "";
    if (origin == NULL ||
        (host[0] != '\0' && strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                         "0123456789.-:[]") == strlen(host)))
        return VB_OK;
    return vb_fail(err, VB_E_USAGE,
                   "--origin %s: a scheme and a host are wanted and nothing behind them, such as "
                   "https://praat.example",
                   origin);
}

static enum vb_code read_count(const char *option, const char *text, int *out, struct vb_err *err)
{
    if (text == NULL || read_number(text, 1, COUNT_MOST, out))
        return VB_OK;
    return vb_fail(err, VB_E_USAGE, "%s %s: a number from 1 to %d is wanted", option, text,
                   COUNT_MOST);
}

static enum vb_code read_options(struct vb_workplace *place, const struct arguments *arguments,
                                 struct vb_serve_options *out, struct vb_err *err)
{
    const char *where = arguments->listen != NULL ? arguments->listen : "127.0.0.1:8480";
    *out = (struct vb_serve_options){ .cert = arguments->cert,
                                      .key = arguments->key,
                                      .origin = arguments->origin };
    enum vb_code code = read_listen(place, where, out, err);
    if (code == VB_OK)
        code = check_origin(out->origin, err);
    if (code == VB_OK)
        code = read_count("--connections", arguments->connections, &out->connections, err);
    if (code == VB_OK)
        code = read_count("--per-address", arguments->per_address, &out->per_address, err);
    return code;
}

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

static enum vb_code run(struct vb_workplace *place, const struct arguments *arguments,
                        struct vb_err *err)
{
    struct vb_serve_options given;
    struct vb_housing *housing = NULL;
    enum vb_code code = read_options(place, arguments, &given, err);
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
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    leave_no_core();
    raise_limit();
    signal(SIGPIPE, SIG_IGN); /* TLS writes to whoever went */
    argp_err_exit_status = vb_exit_code(VB_E_USAGE);
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code code = vb_workplace_begin(&place, arguments.data, &err);
    if (code == VB_OK)
        code = run(&place, &arguments, &err);
    return vb_workplace_end(&place, code, &err);
}
