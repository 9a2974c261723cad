/* store_audit.h - the chain of the audit, and the seal on its head.
 *
 * Each row holds a digest of itself and of the row before. The head holds how many rows there are
 * and the last digest, under a key: so the end cannot be cut off and the chain not be made anew.
 * Exact bytes: docs/reference/audit.md. */
#ifndef VB_STORE_AUDIT_H
#define VB_STORE_AUDIT_H

#include "data/digest.h"
#include "store/store.h"

enum { VB_AUDIT_KEY_BYTES = 32, VB_AUDIT_SEAL_SIZE = 65 };

/* The digest of row behind a row whose hash is previous ("" for the first). */
void vb_store_audit_hash(const struct vb_audit_row *row, const char *previous,
                         char hash[VB_DIGEST_SIZE]);
/* 64 hex digits. */
void vb_store_audit_seal(const unsigned char key[VB_AUDIT_KEY_BYTES], int64_t rows,
                         const char *hash, char seal[VB_AUDIT_SEAL_SIZE]);

#endif
