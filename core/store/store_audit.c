#include "store/store_audit.h"

#include <string.h>

#include <sodium.h>

#include "base/str.h"
#include "data/json.h"

/* A JSON array, so that no two rows have the same bytes. */
void vb_store_audit_hash(const struct vb_audit_row *row, const char *previous,
                         char hash[VB_DIGEST_SIZE])
{
    struct vb_buf text = { 0 };
    vb_buf_putc(&text, '[');
    vb_json_text(&text, previous);
    vb_buf_printf(&text, ",%lld,", (long long)row->wall_ms);
    vb_json_text(&text, row->action);
    vb_buf_putc(&text, ',');
    vb_json_text(&text, row->subject);
    vb_buf_putc(&text, ',');
    vb_json_text(&text, row->by);
    vb_buf_putc(&text, ',');
    vb_json_text(&text, row->on_behalf);
    vb_buf_putc(&text, ']');
    vb_digest(text.data, text.len, hash);
    vb_buf_finish(&text);
}

void vb_store_audit_seal(const unsigned char key[VB_AUDIT_KEY_BYTES], int64_t rows,
                         const char *hash, char seal[VB_AUDIT_SEAL_SIZE])
{
    struct vb_buf text = { 0 };
    unsigned char digest[(VB_AUDIT_SEAL_SIZE - 1) / 2];
    vb_buf_printf(&text, "[\"verbond audit head\",%lld,", (long long)rows);
    vb_json_text(&text, hash);
    vb_buf_putc(&text, ']');
    crypto_generichash(digest, sizeof digest, (const unsigned char *)text.data, text.len, key,
                       VB_AUDIT_KEY_BYTES);
    sodium_bin2hex(seal, VB_AUDIT_SEAL_SIZE, digest, sizeof digest);
    vb_buf_finish(&text);
}

/* -- reading it again -- */

struct reading {
    struct vb_audit_head head;
    struct vb_audit_row *rows;
    size_t count;
};

static bool same_head(const struct vb_audit_head *a, const struct vb_audit_head *b)
{
    return a->rows == b->rows && vb_streq(a->hash, b->hash) && a->sealed == b->sealed;
}

/* Rows and head as one commit left them: while somebody writes, read again. */
static enum vb_code read_whole(struct vb_store *store, struct vb_arena *arena, struct reading *out,
                               struct vb_err *err)
{
    enum { TRIES = 100 };
    for (int i = 0; i < TRIES; i++) {
        struct vb_audit_head after;
        vb_arena_reset(arena);
        enum vb_code code = store->ops->audit_head(store, arena, &out->head, err);
        if (code == VB_OK)
            code = store->ops->audit(store, arena, &out->rows, &out->count, err);
        if (code == VB_OK)
            code = store->ops->audit_head(store, arena, &after, err);
        if (code != VB_OK || same_head(&out->head, &after))
            return code;
    }
    return vb_fail(err, VB_E_BUSY, "the audit grows faster than it can be read: check it later");
}

static enum vb_code check_chain(const struct reading *read, struct vb_err *err)
{
    char hash[VB_DIGEST_SIZE];
    const char *previous = "";
    for (size_t i = 0; i < read->count; i++) {
        const struct vb_audit_row *row = &read->rows[i];
        vb_store_audit_hash(row, previous, hash);
        if (!vb_streq(row->previous, previous))
            return vb_fail(err, VB_E_DATA,
                           "row %zu of the audit does not follow the one before it: a row was "
                           "removed or moved",
                           i + 1);
        if (!vb_streq(row->hash, hash))
            return vb_fail(err, VB_E_DATA, "row %zu of the audit was changed", i + 1);
        previous = row->hash;
    }
    return VB_OK;
}

static enum vb_code check_head(const struct reading *read, struct vb_err *err)
{
    const char *last = read->count == 0 ? "" : read->rows[read->count - 1].hash;
    if (!read->head.sealed)
        return vb_fail(err, VB_E_DATA,
                       "the head of the audit was changed or removed behind row %zu: rows may be "
                       "missing there",
                       read->count);
    if ((size_t)read->head.rows > read->count)
        return vb_fail(err, VB_E_DATA, "row %zu of the audit is gone: its head counts %lld rows",
                       read->count + 1, (long long)read->head.rows);
    if ((size_t)read->head.rows < read->count)
        return vb_fail(err, VB_E_DATA, "row %lld of the audit was added behind its head",
                       (long long)read->head.rows + 1);
    if (!vb_streq(read->head.hash, last))
        return vb_fail(err, VB_E_DATA, "row %zu of the audit is not the one its head names",
                       read->count);
    return VB_OK;
}

enum vb_code vb_store_audit_check(struct vb_store *store, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct reading read;
    enum vb_code code = read_whole(store, &arena, &read, err);
    if (code == VB_OK)
        code = check_chain(&read, err);
    if (code == VB_OK)
        code = check_head(&read, err);
    vb_arena_finish(&arena);
    return code;
}
