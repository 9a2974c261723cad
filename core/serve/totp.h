/* totp.h - codes of an authenticator app: RFC 6238 with SHA-1, 30 seconds, 6 digits. Pure; any
 * thread.
 *
 * A code fits in its own step and in the one before and after, and no step is used twice. */
#ifndef VB_TOTP_H
#define VB_TOTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/id.h"

enum { VB_TOTP_SECRET_BYTES = 20, VB_TOTP_SECRET_SIZE = 33, VB_TOTP_STEP_S = 30 };

/* 20 random bytes in base 32 (RFC 4648). */
void vb_totp_secret(const struct vb_random *random, char secret[VB_TOTP_SECRET_SIZE]);
/* The code of a step, so many digits (6 to 8); key: bytes. */
uint32_t vb_totp_at(const unsigned char *key, size_t len, int64_t step, int digits);
/* Does what was typed (blanks forgiven) fit now, in a step after last? *step: which. */
bool vb_totp_fits(const char *secret, const char *typed, int64_t now_wall_ms, int64_t last,
                  int64_t *step);
/* otpauth://totp/verbond:NAME?secret=...&issuer=verbond */
void vb_totp_uri(struct vb_buf *out, const char *name, const char *secret);

#endif
