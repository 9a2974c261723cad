#include "link.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "secret_file.h"

enum { SECRET_MAX_BYTES = 16 * 1024, HOST_MAX = 256 };

struct link {
    char *url, *ca_file;
    char *creds, *token; /* a file, and what stands in one; at most one of both */
    bool encrypted;
    char host[HOST_MAX];
    natsConnection *connection;
    jsCtx *js;
    /* -- written by a thread of libnats -- */
    atomic_bool forbidden;
};

/* -- the URL ---------------------------------------------------------------------------------- */

/* What stands between the slashes and the port, without the brackets of IPv6. False: it is no URL
 * of one server. */
static bool read_host(struct link *link, const char *rest)
{
    const char *begin = rest + (*rest == '['),
               *end = begin + strcspn(begin, *rest == '[' ? "]" : ":/");
    size_t len = (size_t)(end - begin);
    if (len == 0 || len >= sizeof link->host || (*rest == '[' && *end != ']'))
        return false;
    memcpy(link->host, begin, len);
    link->host[len] = '\0';
    return link->host[strcspn(link->host, ", @?#\\\"'<>")] == '\0';
}

static bool is_this_machine(const char *host)
{
    return strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 ||
           (strncmp(host, "127.", 4) == 0 && host[strspn(host, "0123456789.")] == '\0');
}

static const char *wrong_with_url(struct link *link, const char *url, bool allow_plain)
{
    link->encrypted = strncmp(url, "tls://", 6) == 0;
    if (!link->encrypted && strncmp(url, "nats://", 7) != 0)
        return "only nats and tls are spoken, such as tls://nats.example.org:4222";
    if (strchr(url, '@') != NULL)
        return "a name, password or token has no place in it, where it would be kept and shown";
    if (!read_host(link, strchr(url, '/') + 2))
        return "it is not the URL of one server, such as tls://nats.example.org:4222";
    if (!link->encrypted && !allow_plain && !is_this_machine(link->host))
        return "nats:// goes without TLS: use tls://, or allow-plain=true";
    return NULL;
}

/* -- beginning -------------------------------------------------------------------------------- */

/* A .creds file is read anew by libnats for each connection; of a token the file is a line. */
static bool read_secret(struct link *link, const char *path, char *error, size_t error_size)
{
    char *text = secret_file_read(path, SECRET_MAX_BYTES, error, error_size);
    if (text == NULL)
        return false;
    bool is_creds = strstr(text, "-----BEGIN NATS USER JWT-----") != NULL;
    text[strcspn(text, "\r\n")] = '\0';
    if (!is_creds && text[0] == '\0') {
        snprintf(error, error_size, "%s is neither a .creds file nor a token on its first line",
                 path);
        secret_file_free(text);
        return false;
    }
    if (is_creds) {
        secret_file_free(text);
        link->creds = strdup(path);
    } else {
        link->token = text;
    }
    if (link->creds == NULL && link->token == NULL)
        snprintf(error, error_size, "no memory");
    return link->creds != NULL || link->token != NULL;
}

static bool set_up(struct link *link, const struct link_setup *setup, char *error,
                   size_t error_size)
{
    const char *wrong = wrong_with_url(link, setup->url, setup->allow_plain);
    if (wrong != NULL) {
        snprintf(error, error_size, "option url: %s", wrong);
        return false;
    }
    link->url = strdup(setup->url);
    link->ca_file = setup->ca_file == NULL ? NULL : strdup(setup->ca_file);
    if (link->url == NULL || (setup->ca_file != NULL && link->ca_file == NULL)) {
        snprintf(error, error_size, "no memory");
        return false;
    }
    if (link->encrypted && link->ca_file != NULL && access(link->ca_file, R_OK) != 0) {
        snprintf(error, error_size, "cannot read %s", link->ca_file);
        return false;
    }
    return setup->secret_file == NULL || read_secret(link, setup->secret_file, error, error_size);
}

struct link *link_create(const struct link_setup *setup, char *error, size_t error_size)
{
    struct link *link = calloc(1, sizeof *link);
    if (link == NULL)
        snprintf(error, error_size, "no memory");
    else if (set_up(link, setup, error, error_size))
        return link;
    link_destroy(link);
    return NULL;
}

void link_destroy(struct link *link)
{
    if (link == NULL)
        return;
    link_drop(link);
    secret_file_free(link->token);
    free(link->creds);
    free(link->url);
    free(link->ca_file);
    free(link);
}

/* -- connecting ------------------------------------------------------------------------------- */

/* Called by libnats. Without it libnats would print what happened. */
static void on_error(natsConnection *connection, natsSubscription *subscription, natsStatus error,
                     void *ctx)
{
    struct link *link = ctx;
    (void)connection, (void)subscription;
    if (error == NATS_NOT_PERMITTED)
        atomic_store(&link->forbidden, true);
}

static natsStatus set_tls(const struct link *link, natsOptions *options)
{
    natsStatus s = natsOptions_SetSecure(options, true);
    if (s == NATS_OK && link->ca_file != NULL)
        s = natsOptions_LoadCATrustedCertificates(options, link->ca_file);
    return s;
}

static natsStatus set_options(struct link *link, natsOptions *options, int64_t wait_ms)
{
    natsStatus s = natsOptions_SetURL(options, link->url);
#define set(call) s = s == NATS_OK ? (call) : s
    set(natsOptions_SetName(options, "verbond"));
    set(natsOptions_SetTimeout(options, wait_ms));
    set(natsOptions_SetAllowReconnect(options, false));
    set(natsOptions_SetIgnoreDiscoveredServers(options, true));
    set(natsOptions_SetErrorHandler(options, on_error, link));
    set(natsOptions_SetExpectedHostname(options, link->host)); /* when the server wants TLS, too */
    if (link->encrypted)
        set(set_tls(link, options));
    if (link->creds != NULL)
        set(natsOptions_SetUserCredentialsFromFiles(options, link->creds, NULL));
    if (link->token != NULL)
        set(natsOptions_SetToken(options, link->token));
#undef set
    return s;
}

static natsStatus connect_within(struct link *link, int64_t wait_ms)
{
    natsOptions *options = NULL;
    natsStatus s = natsOptions_Create(&options);
    if (s == NATS_OK)
        s = set_options(link, options, wait_ms);
    if (s == NATS_OK)
        s = natsConnection_Connect(&link->connection, options);
    natsOptions_Destroy(options);
    if (s == NATS_OK)
        s = natsConnection_JetStream(&link->js, link->connection, NULL);
    return s;
}

static const char *trouble(natsStatus s)
{
    switch (s) {
    case NATS_CONNECTION_AUTH_FAILED:
        return "the server does not take us: see secret-file";
    case NATS_SSL_ERROR:
        return "no TLS with the server: its certificate is not one to trust, or not of its name";
    case NATS_SECURE_CONNECTION_REQUIRED:
        return "the server wants TLS: url begins with tls://";
    case NATS_SECURE_CONNECTION_WANTED:
        return "the server has no TLS, and url begins with tls://";
    default:
        return natsStatus_GetText(s);
    }
}

jsCtx *link_get(struct link *link, int64_t wait_ms, bool *anew, const char **why)
{
    *anew = false;
    if (link->connection != NULL && !natsConnection_IsClosed(link->connection))
        return link->js;
    link_drop(link);
    natsStatus s = connect_within(link, wait_ms);
    if (s == NATS_OK) {
        *anew = true;
        return link->js;
    }
    *why = trouble(s);
    link_drop(link);
    return NULL;
}

int64_t link_max_payload(const struct link *link)
{
    return natsConnection_GetMaxPayload(link->connection);
}

void link_drop(struct link *link)
{
    jsCtx_Destroy(link->js);
    natsConnection_Destroy(link->connection);
    link->js = NULL;
    link->connection = NULL;
    atomic_store(&link->forbidden, false);
}

natsConnection *link_connection(const struct link *link)
{
    return link->connection;
}

bool link_was_forbidden(const struct link *link)
{
    return atomic_load(&link->forbidden);
}
