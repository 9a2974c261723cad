/* link.h - a connection to one NATS server, made when it is needed and kept while it is good.
 *
 * It is never mended behind our back: what was lost is seen, and made anew for the next delivery.
 * Other servers that this one names are not gone to. One thread; libnats has threads of its own
 * that touch only what is marked below. */
#ifndef NATS_LINK_H
#define NATS_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nats/nats.h>

struct link;
struct link_setup {
    const char *url;         /* nats://HOST[:PORT] or tls://HOST[:PORT] */
    const char *secret_file; /* a .creds file, or a token on one line; NULL: none */
    const char *ca_file;     /* whom TLS trusts; NULL: whom the system does */
    bool allow_plain;        /* without TLS to another machine too */
};
/* Copies what it needs and connects to nobody yet. NULL: error (error_size bytes) says why, without
 * the URL and the secret. */
struct link *link_create(const struct link_setup *setup, char *error, size_t error_size);
void link_destroy(struct link *link); /* NULL is fine */

/* Connected, within wait_ms; at once when it is already. *anew: it was made by this call. What it
 * gives back belongs to the link and holds until link_drop. NULL: *why says in one line. */
jsCtx *link_get(struct link *link, int64_t wait_ms, bool *anew, const char **why);
natsConnection *link_connection(const struct link *link); /* for as long */
/* The largest message that the server takes, its headers counted. */
int64_t link_max_payload(const struct link *link);
/* Nothing that is known of this connection holds any more; NULL is none. */
void link_drop(struct link *link);
/* The server said that this may not be done here (it says so to nobody who asked). */
bool link_was_forbidden(const struct link *link);

#endif
