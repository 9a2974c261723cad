/* store_sealed_event.c - one event, sealed and opened.
 *
 *      before it is sealed   2, answer id, body, parts, zeros up to a size that many have; body and
 *                            parts packed (data/event_pack.h)
 *                      part  the person it is about; sealed once more, under the key that falls
 * with that person
 *
 * Associated data names the row, so that nothing can be put in the place of something else. */
#include <string.h>

#include "base/id.h"
#include "data/event_pack.h"
#include "store/store_rule.h"
#include "store/store_sealed_bytes.h"
#include "store/store_sealed_inner.h"

enum { FORMAT = 2, FRAME = 5, STEP = 8 };

/* "event 1|SESSION|SEQ". By hand: every answer makes one, and printf costs half a sealing. */
static const char *about_event(struct vb_arena *arena, const struct vb_event_row *row)
{
    static const char kind[] = "event 1|";
    char digits[24], *from = digits + sizeof digits - 1;
    size_t len = strlen(row->session);
    uint64_t left = (uint64_t)row->seq;
    *from = '\0';
    do
        *--from = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    char *out = vb_arena_alloc(arena, sizeof kind + len + 1 + strlen(from));
    memcpy(out, kind, sizeof kind - 1);
    memcpy(out + sizeof kind - 1, row->session, len);
    out[sizeof kind - 1 + len] = '|';
    memcpy(out + sizeof kind + len, from, strlen(from) + 1);
    return out;
}

static const char *about_part(struct vb_arena *arena, const struct vb_event_row *row, int part)
{
    return vb_arena_printf(arena, "part 1|%s|%lld|%d|%s", row->session, (long long)row->seq, part,
                           row->parts[part].about);
}

/* 0: nothing of it, its person was erased; else one more than its length, and the bytes. */
static enum vb_code put_part(struct vb_keys *keys, const struct vb_event_row *row, int i,
                             struct vb_buf *text, struct vb_arena *arena, struct vb_err *err)
{
    const struct vb_event_part *part = &row->parts[i];
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found = VB_KEY_ERASED;
    enum vb_code code = VB_OK;
    put_bytes(text, part->about, strlen(part->about));
    if (part->bytes != NULL)
        code = vb_keys_about(keys, row->session, part->about, key, &found, err);
    if (code == VB_OK && found == VB_KEY_HERE) {
        struct vb_buf packed = { 0 };
        vb_event_pack(&packed, part->bytes, part->len);
        put_number(text, packed.len + VB_SEAL_BYTES + 1);
        vb_seal(keys, key, packed.data == NULL ? "" : packed.data, packed.len,
                about_part(arena, row, i), text);
        wipe(&packed);
    } else {
        put_number(text, 0);
    }
    sodium_memzero(key, sizeof key);
    return code;
}

/* Its length and one, and the id; or 0 and the bits of one of base/id.h. A runner may bring one of
 * its own making. */
static void put_answer_id(struct vb_buf *text, const char *id)
{
    unsigned char bits[VB_ID_BYTES];
    if (!vb_id_valid(id)) {
        put_number(text, strlen(id) + 1);
        vb_buf_puts(text, id);
        return;
    }
    vb_id_to_bytes(id, bits);
    put_number(text, 0);
    vb_buf_put(text, bits, sizeof bits);
}

static const char *get_answer_id(struct cursor *cursor, struct vb_arena *arena)
{
    size_t len = get_number(cursor);
    bool bits = len == 0;
    len = bits ? VB_ID_BYTES : len - 1;
    if (len > (size_t)(cursor->end - cursor->at)) {
        cursor->bad = true;
        return "";
    }
    const unsigned char *from = cursor->at;
    cursor->at += len;
    if (!bits)
        return vb_arena_strndup(arena, (const char *)from, len);
    char *id = vb_arena_alloc(arena, VB_ID_SIZE);
    vb_id_of_bytes(from, id);
    return id;
}

static void put_packed(struct vb_buf *text, const char *bytes, size_t len)
{
    struct vb_buf packed = { 0 };
    vb_event_pack(&packed, bytes, len);
    put_bytes(text, packed.data == NULL ? "" : packed.data, packed.len);
    wipe(&packed);
}

/* len: before and after. False: it is not what was written. */
static bool unpack(const char *packed, size_t *len, struct vb_arena *arena, const char **out)
{
    struct vb_buf text = { 0 };
    bool good = vb_event_unpack(&text, packed, *len);
    *out = vb_arena_strndup(arena, text.data == NULL ? "" : text.data, text.len);
    *len = text.len;
    wipe(&text);
    return good;
}

enum vb_code vb_sealed_put_event(struct vb_keys *keys, struct vb_event_row *row,
                                 struct vb_arena *arena, struct vb_err *err)
{
    struct vb_buf text = { 0 }, sealed = { 0 };
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found;
    enum vb_code code = vb_keys_session(keys, row->session, key, &found, err);
    if (code == VB_OK && found == VB_KEY_ERASED)
        code = vb_store_rule_erased(err, "session", row->session);
    vb_buf_putc(&text, FORMAT);
    put_answer_id(&text, row->answer_id);
    put_packed(&text, row->body, row->body_len);
    put_number(&text, (size_t)row->part_count);
    for (int i = 0; i < row->part_count && code == VB_OK; i++)
        code = put_part(keys, row, i, &text, arena, err);
    if (code == VB_OK) {
        size_t room = step_up(row->room + FRAME, STEP);
        pad(&text, text.len <= room ? room : bucket(text.len));
        vb_seal(keys, key, text.data, text.len, about_event(arena, row), &sealed);
        row->body = vb_arena_strndup(arena, sealed.data, sealed.len);
        row->body_len = sealed.len;
        row->answer_id = "";
        row->parts = NULL;
        row->part_count = 0;
    }
    sodium_memzero(key, sizeof key);
    wipe(&text);
    vb_buf_finish(&sealed);
    return code;
}

static enum vb_code open_part(struct vb_keys *keys, const struct vb_event_row *row, int i,
                              struct vb_event_part *part, struct vb_arena *arena,
                              struct vb_err *err)
{
    struct vb_buf text = { 0 };
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found;
    enum vb_code code = vb_keys_about(keys, row->session, part->about, key, &found, err);
    if (code == VB_OK && found == VB_KEY_HERE) {
        code = vb_unseal(key, part->bytes, part->len, about_part(arena, row, i), &text, err);
        part->len = text.len;
        if (code == VB_OK && !unpack(text.data, &part->len, arena, &part->bytes))
            code = vb_fail(err, VB_E_DATA, "it is of another format");
    } else {
        part->bytes = NULL;
        part->len = 0;
    }
    sodium_memzero(key, sizeof key);
    wipe(&text);
    return code;
}

static enum vb_code open_parts(struct vb_keys *keys, struct vb_event_row *row,
                               struct cursor *cursor, struct vb_arena *arena, struct vb_err *err)
{
    size_t len, count = get_number(cursor);
    enum vb_code code = VB_OK;
    if (count > (size_t)(cursor->end - cursor->at))
        cursor->bad = true;
    if (cursor->bad || count == 0)
        return VB_OK;
    struct vb_event_part *parts = vb_arena_alloc(arena, count * sizeof *parts);
    row->parts = parts;
    row->part_count = (int)count;
    for (int i = 0; i < row->part_count && code == VB_OK && !cursor->bad; i++) {
        parts[i].about = get_bytes(cursor, &len, arena);
        len = get_number(cursor);
        if (len == 0)
            continue;
        parts[i].bytes = (const char *)cursor->at;
        parts[i].len = len - 1;
        if (parts[i].len > (size_t)(cursor->end - cursor->at)) {
            cursor->bad = true;
            break;
        }
        cursor->at += parts[i].len;
        code = open_part(keys, row, i, &parts[i], arena, err);
    }
    return code;
}

static enum vb_code open_text(struct vb_keys *keys, struct vb_event_row *row,
                              const struct vb_buf *text, struct vb_arena *arena, struct vb_err *err)
{
    struct cursor cursor = { (const unsigned char *)text->data,
                             (const unsigned char *)text->data + text->len, text->len == 0 };
    if (!cursor.bad && *cursor.at++ != FORMAT)
        cursor.bad = true;
    row->answer_id = get_answer_id(&cursor, arena);
    const char *packed = get_bytes(&cursor, &row->body_len, arena);
    if (!unpack(packed, &row->body_len, arena, &row->body))
        cursor.bad = true;
    enum vb_code code = open_parts(keys, row, &cursor, arena, err);
    return code == VB_OK && cursor.bad ? vb_fail(err, VB_E_DATA, "it is of another format") : code;
}

/* Nothing of it is left but when. */
static void as_erased(struct vb_event_row *row)
{
    row->answer_id = row->body = "";
    row->body_len = 0;
    row->parts = NULL;
    row->part_count = 0;
    row->erased = true;
}

enum vb_code vb_sealed_open_event(struct vb_keys *keys, struct vb_event_row *row,
                                  struct vb_arena *arena, struct vb_err *err)
{
    struct vb_buf text = { 0 };
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found = VB_KEY_ERASED;
    enum vb_code code = VB_OK;
    if (!row->erased)
        code = vb_keys_session(keys, row->session, key, &found, err);
    if (code == VB_OK && found == VB_KEY_ERASED) {
        as_erased(row);
        return VB_OK;
    }
    if (code == VB_OK)
        code = vb_unseal(key, row->body, row->body_len, about_event(arena, row), &text, err);
    if (code == VB_OK)
        code = open_text(keys, row, &text, arena, err);
    sodium_memzero(key, sizeof key);
    wipe(&text);
    return code == VB_E_DATA
               ? vb_while(err, "event %lld of session %s", (long long)row->seq, row->session)
               : code;
}
