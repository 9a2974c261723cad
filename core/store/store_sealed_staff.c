/* store_sealed_staff.c - an account's secrets and a token's body, sealed and opened.
 *
 *      secrets   under a key of the folder: staff stay when people go
 *      body      under the key of the person it is for, and falls with it; of nobody known yet, and
 * of staff, under a key of the folder */
#include <sodium.h>

#include "base/str.h"
#include "store/store_rule.h"
#include "store/store_sealed_inner.h"

static const char *about_staff(struct vb_arena *arena, const struct vb_staff_row *row)
{
    return vb_arena_printf(arena, "staff 1|%s", row->name);
}

/* It may be the first thing that is sealed: what it is under must last. */
enum vb_code vb_sealed_put_secrets(struct vb_keys *keys, struct vb_staff_row *row,
                                   struct vb_arena *arena, struct vb_err *err)
{
    unsigned char key[VB_KEY_BYTES];
    enum vb_code code = vb_keys_begin(keys, err);
    if (code != VB_OK)
        return code;
    vb_keys_purpose(keys, "staff secrets", key);
    row->secrets = vb_sealed_text(keys, key, row->secrets, about_staff(arena, row), arena);
    sodium_memzero(key, sizeof key);
    return VB_OK;
}

enum vb_code vb_sealed_open_secrets(struct vb_keys *keys, struct vb_staff_row *row,
                                    struct vb_arena *arena, struct vb_err *err)
{
    unsigned char key[VB_KEY_BYTES];
    vb_keys_purpose(keys, "staff secrets", key);
    enum vb_code code =
        vb_sealed_open_text(key, row->secrets, about_staff(arena, row), arena, &row->secrets, err);
    sodium_memzero(key, sizeof key);
    return code == VB_E_DATA ? vb_while(err, "the account of %s", row->name) : code;
}

/* Roles of staff and round stand in it, so that a row cannot be moved to another. */
static const char *about_token(struct vb_arena *arena, const struct vb_token_row *row)
{
    return vb_arena_printf(arena, "token 1|%s|%s|%s|%s", row->hash, vb_token_kind_name(row->kind),
                           row->staff == NULL ? "" : row->staff,
                           row->round == NULL ? "" : row->round);
}

static enum vb_code key_of(struct vb_keys *keys, const struct vb_token_row *row,
                           unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                           struct vb_err *err)
{
    *found = VB_KEY_HERE;
    if (row->person != NULL)
        return vb_keys_person(keys, row->person, key, found, err);
    vb_keys_purpose(keys, "token body", key);
    return VB_OK;
}

enum vb_code vb_sealed_put_body(struct vb_keys *keys, struct vb_token_row *row,
                                struct vb_arena *arena, struct vb_err *err)
{
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found = VB_KEY_HERE;
    if (row->body[0] == '\0')
        return VB_OK;
    enum vb_code code = vb_keys_begin(keys, err);
    if (code == VB_OK)
        code = key_of(keys, row, key, &found, err);
    if (code == VB_OK && found == VB_KEY_ERASED)
        code = vb_store_rule_erased(err, "person", row->person);
    if (code == VB_OK)
        row->body = vb_sealed_text(keys, key, row->body, about_token(arena, row), arena);
    sodium_memzero(key, sizeof key);
    return code;
}

enum vb_code vb_sealed_open_body(struct vb_keys *keys, struct vb_token_row *row,
                                 struct vb_arena *arena, struct vb_err *err)
{
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found = VB_KEY_HERE;
    if (row->body[0] == '\0')
        return VB_OK;
    enum vb_code code = key_of(keys, row, key, &found, err);
    if (code == VB_OK && found == VB_KEY_ERASED) {
        row->body = "";
        row->over = true;
    } else if (code == VB_OK) {
        code = vb_sealed_open_text(key, row->body, about_token(arena, row), arena, &row->body, err);
    }
    sodium_memzero(key, sizeof key);
    return code == VB_E_DATA ? vb_while(err, "token %.12s", row->hash) : code;
}
