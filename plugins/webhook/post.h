/* post.h - one POST over HTTP to one URL, with a bound on everything: where it goes, how long it
 * takes, how much is read back.
 *
 * libcurl's multi interface, since there the waiting is ours: one clock runs over the look-up of
 * the name, connecting, TLS, sending and reading, and what does not end in time is dropped at once.
 * (The easy interface waits for a look-up that hangs when it is cleaned up.) A connection is kept
 * for the next POST. Always: TLS verified, no redirect followed, no proxy (nor one of the
 * environment), no password files, http and https only, every address looked at when a socket is
 * made for it.
 *
 * One thread. What is read back is counted and thrown away: it may echo what was sent. */
#ifndef WEBHOOK_POST_H
#define WEBHOOK_POST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct poster;
struct poster_setup {
    const char *url;
    const char *ca_file; /* whom TLS trusts; NULL: whom the system does */
    bool allow_private;  /* addresses that are ADDRESS_PRIVATE too, and http with them */
};
/* Copies what it needs. NULL: error (error_size bytes) says why, without the URL. */
struct poster *poster_create(const struct poster_setup *setup, char *error, size_t error_size);
void poster_destroy(struct poster *poster); /* NULL is fine */

struct post_answer {
    long status;            /* of HTTP; 0: there was no whole answer, and trouble says why */
    int64_t retry_after_ms; /* the answer's Retry-After; 0: none */
    char trouble[200];      /* one line, with nothing that was sent or read back */
};
struct post_header {
    const char *name, *value;
};
/* At most wait_ms; returns when the answer is there, or it is clear that none will be. */
void poster_post(struct poster *poster, const struct post_header *headers, size_t count,
                 const char *body, size_t len, int64_t wait_ms, struct post_answer *answer);

#endif
