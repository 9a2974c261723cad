#include "main/serve/given.h"

#include <argp.h>
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum {
    KEY_DATA = 256,
    KEY_LISTEN,
    KEY_CERT,
    KEY_KEY,
    KEY_ORIGIN,
    KEY_PROXY,
    KEY_CONNECTIONS,
    KEY_PER_ADDRESS,
    KEY_PATIENCE
};
static const struct argp_option options[] = {
    { "listen", KEY_LISTEN, "ADDR:PORT", 0,
      "where it listens (127.0.0.1:8480), such as [::1]:8480; port 0: any that is free", 0 },
    { "tls-cert", KEY_CERT, "FILE", 0, "the certificate chain (PEM); with --tls-key: HTTPS", 0 },
    { "tls-key", KEY_KEY, "FILE", 0, "the certificate's private key (PEM)", 0 },
    { "origin", KEY_ORIGIN, "URL", 0,
      "how browsers call it, such as https://praat.example: behind a proxy", 0 },
    { "proxy", KEY_PROXY, "ADDR", 0,
      "the address of that proxy, which is believed when it says who asks (X-Forwarded-For)", 0 },
    { "connections", KEY_CONNECTIONS, "N", 0, "connections at once (4096)", 0 },
    { "per-address", KEY_PER_ADDRESS, "N", 0,
      "connections of one address at once (256; this machine's own are not counted)", 0 },
    { "patience", KEY_PATIENCE, "SECONDS", 0,
      "how long a request's head may take, and its body again (20)", 0 },
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct vb_given_serve *given = state->input;
    const char **const places[] = {
        &given->data,  &given->listen,      &given->cert,        &given->key,      &given->origin,
        &given->proxy, &given->connections, &given->per_address, &given->patience,
    };
    if (key >= KEY_DATA && key <= KEY_PATIENCE)
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

void vb_given_serve_read(struct vb_given_serve *out, int argc, char **argv)
{
    *out = (struct vb_given_serve){ 0 };
    argp_err_exit_status = vb_exit_code(VB_E_USAGE);
    argp_parse(&argp, argc, argv, 0, NULL, out);
}

/* -- one by one -------------------------------------------------------------------------------- */

/* A word, and how it is called where it is wrong. */
struct word {
    const char *text;
    const char *name;
    enum vb_code code; /* of what is wrong in it */
};

static struct word choose(const struct vb_workplace *place, const char *typed, const char *option,
                          enum vb_configurable_id id)
{
    if (typed != NULL)
        return (struct word){ typed, option, VB_E_USAGE };
    return (struct word){ place->configuration.set[id].text, vb_configurables[id].name,
                          VB_E_CONFIG };
}

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
static enum vb_code read_listen(struct vb_workplace *place, struct word word,
                                struct vb_serve_options *out, struct vb_err *err)
{
    enum { PORT_MOST = 65535 };
    const char *text = word.text, *colon = strrchr(text, ':');
    size_t len = colon == NULL ? 0 : (size_t)(colon - text);
    out->address = NULL;
    if (len > 2 && text[0] == '[' && text[len - 1] == ']')
        out->address = vb_arena_strndup(&place->arena, text + 1, len - 2);
    else if (len > 0 && memchr(text, ':', len) == NULL)
        out->address = vb_arena_strndup(&place->arena, text, len);
    if (out->address != NULL && read_number(colon + 1, 0, PORT_MOST, &out->port))
        return VB_OK;
    return vb_fail(err, word.code,
                   "%s %s: an address and a port are wanted, such as 127.0.0.1:8480 or [::1]:8480",
                   word.name, text);
}

static enum vb_code read_origin(struct word word, struct vb_serve_options *out, struct vb_err *err)
{
    static const char host_bytes[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789.-:[]";
    const char *text = word.text, *host = "";
    out->origin = text;
    if (text == NULL)
        return VB_OK;
    if (vb_starts_with(text, "https://"))
        host = text + strlen("https://");
    else if (vb_starts_with(text, "http://"))
        host = text + strlen("http://");
    if (host[0] != '\0' && strspn(host, host_bytes) == strlen(host))
        return VB_OK;
    return vb_fail(err, word.code,
                   "%s %s: a scheme and a host are wanted and nothing behind them, such as "
                   "https://praat.example",
                   word.name, text);
}

/* As addresses of connections are written, so that the two can be compared. */
static enum vb_code read_proxy(struct vb_workplace *place, struct word word,
                               struct vb_serve_options *out, struct vb_err *err)
{
    unsigned char bytes[16];
    char text[INET6_ADDRSTRLEN];
    int family = word.text != NULL && strchr(word.text, ':') != NULL ? AF_INET6 : AF_INET;
    out->proxy = NULL;
    if (word.text == NULL)
        return VB_OK;
    if (inet_pton(family, word.text, bytes) != 1)
        return vb_fail(err, word.code, "%s %s: an address is wanted, such as 127.0.0.1", word.name,
                       word.text);
    inet_ntop(family, bytes, text, sizeof text);
    out->proxy = vb_arena_strdup(&place->arena, text);
    return VB_OK;
}

static enum vb_code read_count(const char *option, const char *text, int most, int *out,
                               struct vb_err *err)
{
    if (text == NULL || read_number(text, 1, most, out))
        return VB_OK;
    return vb_fail(err, VB_E_USAGE, "%s %s: a number from 1 to %d is wanted", option, text, most);
}

enum vb_code vb_given_serve_options(const struct vb_given_serve *given, struct vb_workplace *place,
                                    struct vb_serve_options *out, struct vb_err *err)
{
    enum { CONNECTIONS_MOST = 100000, PATIENCE_MOST = 600 };
    struct word cert = choose(place, given->cert, "--tls-cert", VB_CONF_TLS_CERT);
    struct word key = choose(place, given->key, "--tls-key", VB_CONF_TLS_KEY);
    *out = (struct vb_serve_options){
        .cert = cert.text,
        .key = key.text,
        .patience_s = (int)place->configuration.set[VB_CONF_PATIENCE].number,
    };
    enum vb_code code =
        read_listen(place, choose(place, given->listen, "--listen", VB_CONF_LISTEN), out, err);
    if (code == VB_OK)
        code = read_origin(choose(place, given->origin, "--origin", VB_CONF_ORIGIN), out, err);
    if (code == VB_OK)
        code = read_proxy(place, choose(place, given->proxy, "--proxy", VB_CONF_PROXY), out, err);
    if (code == VB_OK)
        code = read_count("--connections", given->connections, CONNECTIONS_MOST, &out->connections,
                          err);
    if (code == VB_OK)
        code = read_count("--per-address", given->per_address, CONNECTIONS_MOST, &out->per_address,
                          err);
    if (code == VB_OK)
        code = read_count("--patience", given->patience, PATIENCE_MOST, &out->patience_s, err);
    return code;
}
