/* store_sealed_row.c - a label or a picture, sealed and opened.
 *
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
#include "store/store_sealed_bytes.h"
#include "store/store_sealed_inner.h"

static const char mark[] = "sealed:1:";

/* -- text that is sealed -- */

const char *vb_sealed_text(struct vb_keys *keys, const unsigned char key[VB_KEY_BYTES],
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

enum vb_code vb_sealed_open_text(const unsigned char key[VB_KEY_BYTES], const char *sealed,
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
                         : vb_sealed_text(keys, key, row->label, about_label(arena, row), arena);
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
        code =
            vb_sealed_open_text(key, row->label, about_label(arena, row), arena, &row->label, err);
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
        row->type = vb_sealed_text(keys, key, text, about_blob(arena, row, name, "name"), arena);
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
        code = vb_sealed_open_text(key, row->type, about_blob(arena, row, name, "name"), arena,
                                   &text, err);
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
