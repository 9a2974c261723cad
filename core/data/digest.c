#include "data/digest.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

_Static_assert(VB_DIGEST_SIZE == 7 + 2 * crypto_hash_sha256_BYTES + 1, "sha256: and hex");

void vb_digest(const void *bytes, size_t len, char out[VB_DIGEST_SIZE])
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, bytes, len);
    memcpy(out, "sha256:", 7);
    sodium_bin2hex(out + 7, VB_DIGEST_SIZE - 7, hash, sizeof hash);
}

static int by_path(const void *a, const void *b)
{
    const struct vb_file *const *left = a, *const *right = b;
    return strcmp((*left)->path, (*right)->path);
}

/* A NUL ends every record: no path can hold one, so no two sets of files give the same bytes. */
void vb_digest_files(const struct vb_file *files, int count, char out[VB_DIGEST_SIZE])
{
    const struct vb_file **order = vb_alloc(sizeof(struct vb_file *) * (size_t)count);
    struct vb_buf records = { 0 };
    char hash[VB_DIGEST_SIZE];
    for (int i = 0; i < count; i++)
        order[i] = &files[i];
    if (count > 0)
        qsort(order, (size_t)count, sizeof *order, by_path);
    vb_buf_printf(&records, "verbond-api %d", VB_API_VERSION);
    vb_buf_putc(&records, '\0');
    for (int i = 0; i < count; i++) {
        vb_digest(order[i]->bytes, order[i]->len, hash);
        vb_buf_printf(&records, "%s %zu %s", hash + 7, order[i]->len, order[i]->path);
        vb_buf_putc(&records, '\0');
    }
    vb_digest(records.data, records.len, out);
    vb_buf_finish(&records);
    free(order);
}
