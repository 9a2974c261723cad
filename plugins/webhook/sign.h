/* sign.h - signatures of webhooks, as the public form "Standard Webhooks" 1.0 has them.
 *
 * Each secret of a file signs the id, the time and the body with HMAC-SHA256; the receiver takes
 * any signature that it can check. So a new secret is put beside the old one, handed to the
 * receiver, and the old one is taken out. */
#ifndef WEBHOOK_SIGN_H
#define WEBHOOK_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct secrets;
/* A line each: whsec_ and base64 of 24 to 64 bytes; what begins with # and empty lines are passed
 * over. A file that is not there is made (0600) with one random secret, and *made says so. NULL:
 * error (error_size bytes) says why, with the line and never with what stands in it. */
struct secrets *secrets_open(const char *path, bool *made, char *error, size_t error_size);
void secrets_close(struct secrets *secrets); /* NULL is fine; what was secret is wiped */

/* "v1,BASE64 v1,BASE64": one for each secret, in the order of the file. The caller frees it; NULL:
 * no memory. */
char *secrets_sign(const struct secrets *secrets, const char *id, time_t when, const char *body,
                   size_t len);

#endif
