/* digest.h - SHA-256 by libsodium, and the digest of an instrument. Pure; any thread. */
#ifndef VB_DIGEST_H
#define VB_DIGEST_H

#include <stddef.h>

#include "data/instrument.h"

enum { VB_DIGEST_SIZE = 72 }; /* "sha256:", 64 hex digits, NUL */
void vb_digest(const void *bytes, size_t len, char out[VB_DIGEST_SIZE]);

/* sha256 over api version and, sorted by path, (path, length, sha256) of every file the load read.
 * Exact bytes: docs/reference/instrument.md. */
void vb_digest_files(const struct vb_file *files, int count, char out[VB_DIGEST_SIZE]);

#endif
