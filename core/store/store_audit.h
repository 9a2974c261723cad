/* store_audit.h - the chain of the audit: each row holds a digest of itself and of the row before.
 */
#ifndef VB_STORE_AUDIT_H
#define VB_STORE_AUDIT_H

#include "data/digest.h"
#include "store/store.h"

/* The digest of row behind a row whose hash is previous ("" for the first). Exact bytes:
 * docs/reference/store.md. */
void vb_store_audit_hash(const struct vb_audit_row *row, const char *previous,
                         char hash[VB_DIGEST_SIZE]);

#endif
