/* store_sealed_row.c - one row, sealed and opened.
 *
 *      event, before it is sealed   1, answer id, body, parts, zeros up to a size that many have
 *                             part  the person it is about; sealed once more, under the key that
 *                                   falls with that person
 *      label, name of a blob        base64 of sealed bytes behind a mark, for these are text
 *      blob                         its length, its bytes, zeros
 *
 * Associated data names the row, so that nothing can be put in the place of something else. The
 * person is in it by the key, which is derived along what hangs on whom. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/store_rule.h"
#include "store/store_sealed_inner.h"

static const char mark[] = "sealed:1:";
enum { FORMAT = 1, FRAME = 5, STEP = 32, PAGE = 4096 };

/* -- sizes -- */

static size_t step_up(size_t len, size_t step)
{
    return (len + step - 1) / step * step;
}

/* The smallest of the sizes that own words take. */
static size_t bucket(size_t len)
{
    static const size_t buckets[] = { 64, 256, 1024 };
    for (size_t i = 0; i < sizeof buckets / sizeof *buckets; i++)
        if (len <= buckets[i])
            return buckets[i];
    return step_up(len, PAGE);
}

static void pad(struct vb_buf *text, size_t size)
{
    static const char zeros[PAGE];
    while (text->len < size)
        vb_buf_put(text, zeros, size - text->len < PAGE ? size - text->len : PAGE);
}

/* As vb_event_room counts it. */
static size_t length_of(const struct vb_event_row *row)
{
    size_t len = strlen(row->answer_id) + row->body_len;
    for (int i = 0; i < row->part_count; i++)
        len += strlen(row->parts[i].about) + row->parts[i].len + VB_EVENT_PART_COST;
    return len;
}

/* -- lengths before bytes -- */

static void put_number(struct vb_buf *out, size_t number)
{
    for (; number >= 0x80; number >>= 7)
        vb_buf_putc(out, (char)(0x80 | (number & 0x7f)));
    vb_buf_putc(out, (char)number);
}

static void put_bytes(struct vb_buf *out, const void *bytes, size_t len)
{
    put_number(out, len);
    vb_buf_put(out, bytes, len);
}

struct cursor { /* over bytes that were sealed by us; bad: they were not */
    const unsigned char *at, *end;
    bool bad;
};

static size_t get_number(struct cursor *cursor)
{
    size_t number = 0;
    for (int shift = 0; cursor->at < cursor->end && shift < 56; shift += 7) {
        unsigned char byte = *cursor->at++;
        number |= (size_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
    cursor->bad = true;
    return 0;
}

static const char *get_bytes(struct cursor *cursor, size_t *len, struct vb_arena *arena)
{
    *len = get_number(cursor);
    if (*len > (size_t)(cursor->end - cursor->at)) {
        cursor->bad = true;
        *len = 0;
    }
    const char *bytes = (const char *)cursor->at;
    cursor->at += *len;
    return vb_arena_strndup(arena, bytes, *len);
}

static void wipe(struct vb_buf *text)
{
    if (text->data != NULL)
        sodium_memzero(text->data, text->cap);
    vb_buf_finish(text);
}

/* -- events -- */

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
        put_number(text, part->len + VB_SEAL_BYTES + 1);
        vb_seal(keys, key, part->bytes, part->len, about_part(arena, row, i), text);
    } else {
        put_number(text, 0);
    }
    sodium_memzero(key, sizeof key);
    return code;
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
    put_bytes(&text, row->answer_id, strlen(row->answer_id));
    put_bytes(&text, row->body, row->body_len);
    put_number(&text, (size_t)row->part_count);
    for (int i = 0; i < row->part_count && code == VB_OK; i++)
        code = put_part(keys, row, i, &text, arena, err);
    if (code == VB_OK) {
        size_t room = step_up(row->room + FRAME, STEP);
        pad(&text, length_of(row) <= row->room && text.len <= room ? room : bucket(text.len));
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
        part->bytes = vb_arena_strndup(arena, text.data, text.len);
        part->len = text.len;
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
    size_t len;
    if (!cursor.bad && *cursor.at++ != FORMAT)
        cursor.bad = true;
    row->answer_id = get_bytes(&cursor, &len, arena);
    row->body = get_bytes(&cursor, &row->body_len, arena);
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

/* -- text that is sealed -- */

static const char *seal_text(struct vb_keys *keys, const unsigned char key[VB_KEY_BYTES],
                             const char *text, const char *about, struct vb_arena *arena)
{
    struct vb_buf plain = { 0 }, sealed = { 0 };
    put_bytes(&plain, text, strlen(text));
    pad(&plain, bucket(plain.len));
    vb_seal(keys, key, plain.data, plain.len, about, &sealed);
    size_t size = sodium_base64_encoded_len(sealed.len, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    char *out = vb_arena_alloc(arena, sizeof mark + size);
    memcpy(out, mark, sizeof mark - 1);
    sodium_bin2base64(out + sizeof mark - 1, size, (const unsigned char *)sealed.data, sealed.len,
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    wipe(&plain);
    vb_buf_finish(&sealed);
    return out;
}

static enum vb_code open_text_of(const unsigned char key[VB_KEY_BYTES], const char *sealed,
                                 const char *about, struct vb_arena *arena, const char **out,
                                 struct vb_err *err)
{
    struct vb_buf text = { 0 };
    size_t len = strlen(sealed), n = 0;
    unsigned char *bytes = vb_arena_alloc(arena, len + 1);
    if (!vb_starts_with(sealed, mark) ||
        sodium_base642bin(bytes, len, sealed + sizeof mark - 1, len - (sizeof mark - 1), NULL, &n,
                          NULL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0)
        return vb_fail(err, VB_E_DATA, "it is not what was written");
    enum vb_code code = vb_unseal(key, bytes, n, about, &text, err);
    if (code == VB_OK) {
        struct cursor cursor = { (unsigned char *)text.data, (unsigned char *)text.data + text.len,
                                 false };
        *out = get_bytes(&cursor, &n, arena);
        if (cursor.bad)
            code = vb_fail(err, VB_E_DATA, "it is of another format");
    }
    wipe(&text);
    return code;
}

/* -- labels -- */

static const char *about_label(struct vb_arena *arena, const struct vb_person_row *row)
{
    return vb_arena_printf(arena, "label 1|%s", row->id);
}

enum vb_code vb_sealed_put_label(struct vb_keys *keys, struct vb_person_row *row,
                                 struct vb_arena *arena, struct vb_err *err)
{
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found;
    if (row->label == NULL)
        return VB_OK;
    enum vb_code code = vb_keys_person(keys, row->id, key, &found, err);
    if (code == VB_OK)
        row->label = found == VB_KEY_ERASED
                         ? NULL
                         : seal_text(keys, key, row->label, about_label(arena, row), arena);
    sodium_memzero(key, sizeof key);
    return code;
}

enum vb_code vb_sealed_open_label(struct vb_keys *keys, struct vb_person_row *row,
                                  struct vb_arena *arena, struct vb_err *err)
{
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found;
    enum vb_code code = vb_keys_person(keys, row->id, key, &found, err);
    if (code != VB_OK)
        return code;
    row->erased = row->erased || found == VB_KEY_ERASED;
    if (row->erased)
        row->label = NULL;
    if (row->label != NULL)
        code = open_text_of(key, row->label, about_label(arena, row), arena, &row->label, err);
    sodium_memzero(key, sizeof key);
    return code == VB_E_DATA ? vb_while(err, "the name of person %s", row->id) : code;
}

/* -- blobs -- */

const char *vb_sealed_blob_name(struct vb_keys *keys, const char *digest, struct vb_arena *arena)
{
    unsigned char key[VB_KEY_BYTES], name[16];
    vb_keys_purpose(keys, "blob name", key);
    crypto_generichash(name, sizeof name, (const unsigned char *)digest, strlen(digest), key,
                       sizeof key);
    char *out = vb_arena_alloc(arena, 2 * sizeof name + 1);
    sodium_bin2hex(out, 2 * sizeof name + 1, name, sizeof name);
    sodium_memzero(key, sizeof key);
    return out;
}

static const char *about_blob(struct vb_arena *arena, const struct vb_blob_row *row,
                              const char *name, const char *what)
{
    return vb_arena_printf(arena, "%s 1|%s|%s", what, row->session, name);
}

/* Digest, type and length, under the session's key: they outlive the picture, as a name does. */
static enum vb_code put_name(struct vb_keys *keys, struct vb_blob_row *row, const char *name,
                             struct vb_arena *arena, struct vb_err *err)
{
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found;
    enum vb_code code = vb_keys_session(keys, row->session, key, &found, err);
    if (code == VB_OK && found == VB_KEY_ERASED)
        code = vb_store_rule_erased(err, "session", row->session);
    if (code == VB_OK) {
        const char *text = vb_arena_printf(arena, "%s\n%s\n%zu", row->digest, row->type, row->len);
        row->type = seal_text(keys, key, text, about_blob(arena, row, name, "name"), arena);
    }
    sodium_memzero(key, sizeof key);
    return code;
}

enum vb_code vb_sealed_put_blob(struct vb_keys *keys, struct vb_blob_row *row,
                                struct vb_arena *arena, struct vb_err *err)
{
    struct vb_buf text = { 0 }, sealed = { 0 };
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found = VB_KEY_HERE;
    const char *name = vb_sealed_blob_name(keys, row->digest, arena);
    enum vb_code code = put_name(keys, row, name, arena, err);
    if (code == VB_OK)
        code = vb_keys_blob(keys, row->session, name, key, &found, err);
    if (code == VB_OK && found == VB_KEY_HERE) { /* erased: it is there, and stays erased */
        put_bytes(&text, row->bytes, row->len);
        pad(&text, bucket(text.len));
        vb_seal(keys, key, text.data, text.len, about_blob(arena, row, name, "blob"), &sealed);
    }
    row->digest = name;
    row->bytes = vb_arena_strndup(arena, sealed.data, sealed.len);
    row->len = sealed.len;
    sodium_memzero(key, sizeof key);
    wipe(&text);
    vb_buf_finish(&sealed);
    return code;
}

/* name: as it stands below, for nothing better is known of an erased session's. */
static enum vb_code open_name(struct vb_keys *keys, struct vb_blob_row *row, const char *name,
                              struct vb_arena *arena, struct vb_err *err)
{
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found;
    const char *text;
    enum vb_code code = vb_keys_session(keys, row->session, key, &found, err);
    if (code == VB_OK && found == VB_KEY_ERASED) {
        row->erased = true;
        row->type = "";
        return VB_OK;
    }
    if (code == VB_OK)
        code =
            open_text_of(key, row->type, about_blob(arena, row, name, "name"), arena, &text, err);
    sodium_memzero(key, sizeof key);
    if (code != VB_OK)
        return code;
    const char *type = strchr(text, '\n'), *len = type == NULL ? NULL : strchr(type + 1, '\n');
    if (len == NULL)
        return vb_fail(err, VB_E_DATA, "it is of another format");
    row->digest = vb_arena_strndup(arena, text, (size_t)(type - text));
    row->type = vb_arena_strndup(arena, type + 1, (size_t)(len - type - 1));
    row->len = (size_t)strtoull(len + 1, NULL, 10);
    return VB_OK;
}

static enum vb_code open_bytes(const unsigned char key[VB_KEY_BYTES], struct vb_blob_row *row,
                               const char *name, size_t sealed_len, struct vb_arena *arena,
                               struct vb_err *err)
{
    struct vb_buf text = { 0 };
    size_t len = 0;
    enum vb_code code =
        vb_unseal(key, row->bytes, sealed_len, about_blob(arena, row, name, "blob"), &text, err);
    if (code == VB_OK) {
        struct cursor cursor = { (unsigned char *)text.data, (unsigned char *)text.data + text.len,
                                 false };
        row->bytes = get_bytes(&cursor, &len, arena);
        if (cursor.bad || len != row->len)
            code = vb_fail(err, VB_E_DATA, "it is of another format");
    }
    wipe(&text);
    return code;
}

enum vb_code vb_sealed_open_blob(struct vb_keys *keys, struct vb_blob_row *row, bool bytes,
                                 struct vb_arena *arena, struct vb_err *err)
{
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found = VB_KEY_ERASED;
    const char *name = row->digest;
    size_t sealed_len = row->len;
    enum vb_code code = open_name(keys, row, name, arena, err);
    if (code == VB_OK && !row->erased)
        code = vb_keys_blob(keys, row->session, name, key, &found, err);
    if (code == VB_OK && found == VB_KEY_ERASED) {
        row->erased = true;
        row->bytes = NULL;
        row->len = 0;
    } else if (code == VB_OK && bytes) {
        code = open_bytes(key, row, name, sealed_len, arena, err);
    }
    sodium_memzero(key, sizeof key);
    return code == VB_E_DATA ? vb_while(err, "blob %s of session %s", name, row->session) : code;
}
