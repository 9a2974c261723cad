#include "store/store_audit.h"

#include <string.h>

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

enum vb_code vb_store_audit_check(struct vb_store *store, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    size_t count = 0;
    char hash[VB_DIGEST_SIZE];
    const char *previous = "";
    enum vb_code code = store->ops->audit(store, &arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        vb_store_audit_hash(&rows[i], previous, hash);
        if (!vb_streq(rows[i].previous, previous))
            code = vb_fail(err, VB_E_DATA,
                           "row %zu of the audit does not follow the one before it: a row was "
                           "removed or moved",
                           i + 1);
        else if (!vb_streq(rows[i].hash, hash))
            code = vb_fail(err, VB_E_DATA, "row %zu of the audit was changed", i + 1);
        previous = rows[i].hash;
    }
    vb_arena_finish(&arena);
    return code;
}
