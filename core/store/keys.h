/* keys.h - the keys everything is sealed under, and their end.
 *
 *      master (a file outside the data folder)
 *        `- person ---- session ---- about (with the member's person key; derived, never stored)
 *                          `-------- blob (one a drawing or photo, with an end date)
 *        `- joint session (wrapped under all who took part: without one of them it is gone)
 *
 * Every key is 32 random bytes; wrapped ones lie in DIR/keys.db (secure_delete, rollback journal,
 * synchronous EXTRA), each under the key of what it hangs on. Destroying one ends everything below
 * it. DIR/erasures is an append-only list of what was destroyed, so that a restored keys.db or
 * database cannot bring it back. XChaCha20-Poly1305 and BLAKE2b of libsodium.
 *
 * Any thread: the writer and the reader share one struct vb_keys, which has a lock of its own. Keys
 * in memory are wiped when they are destroyed and at close. */
#ifndef VB_KEYS_H
#define VB_KEYS_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/id.h"
#include "store/store.h"

enum { VB_KEY_BYTES = 32, VB_KEY_ID_SIZE = 17 };
struct vb_keys;
struct vb_keys_options {
    const char *dir;         /* the data folder, which exists and is locked by the caller */
    const char *master_path; /* the key file */
    bool may_make;           /* a new folder may get a new master key where the file is missing */
    struct vb_clock clock;
    struct vb_random random; /* for keys and nonces: the system's but in tests */
};
/* VB_E_CONFIG: the key file is missing, readable by others, broken, or of another folder (both key
 * ids are in the message), or keys.db is missing beside a store that has sealed rows. *made (may be
 * NULL): a new master key was written. */
enum vb_code vb_keys_open(struct vb_keys **out, const struct vb_keys_options *options, bool *made,
                          struct vb_err *err);
void vb_keys_close(struct vb_keys *keys); /* NULL is fine */
/* 16 hex characters that name the master key and tell nothing about it. */
const char *vb_keys_id(const struct vb_keys *keys);

/* -- making: durable when it returns. What is there already stays as it is. -- */
enum vb_code vb_keys_make_person(struct vb_keys *keys, const char *person, struct vb_err *err);
enum vb_code vb_keys_make_session(struct vb_keys *keys, const char *session, const char *person,
                                  struct vb_err *err);
enum vb_code vb_keys_make_joint(struct vb_keys *keys, const char *session,
                                const char *const *persons, int count, struct vb_err *err);
enum vb_code vb_keys_make_blob(struct vb_keys *keys, const char *session, const char *digest,
                               int64_t until_wall_ms, struct vb_err *err);

/* -- using -- */
enum vb_key_found { VB_KEY_HERE, VB_KEY_ERASED };
/* VB_E_CONFIG: it is missing and no erasure says why. */
enum vb_code vb_keys_session(struct vb_keys *keys, const char *session,
                             unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                             struct vb_err *err);
enum vb_code vb_keys_person(struct vb_keys *keys, const char *person,
                            unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                            struct vb_err *err);
enum vb_code vb_keys_about(struct vb_keys *keys, const char *session, const char *member,
                           unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                           struct vb_err *err);
enum vb_code vb_keys_blob(struct vb_keys *keys, const char *session, const char *digest,
                          unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                          struct vb_err *err);
/* A key of the whole folder for one purpose ("audit", "blob name"), derived from the master. */
void vb_keys_purpose(const struct vb_keys *keys, const char *purpose,
                     unsigned char key[VB_KEY_BYTES]);

/* nonce, text, tag: VB_SEAL_BYTES longer than what went in. about: associated data that must be the
 * same at opening. */
enum { VB_SEAL_BYTES = 24 + 16 };
void vb_seal(const struct vb_keys *keys, const unsigned char key[VB_KEY_BYTES], const void *bytes,
             size_t len, const char *about, struct vb_buf *out);
/* VB_E_DATA: it was changed, or belongs elsewhere. out: appended. */
enum vb_code vb_unseal(const unsigned char key[VB_KEY_BYTES], const void *bytes, size_t len,
                       const char *about, struct vb_buf *out, struct vb_err *err);

/* -- ending: the line in DIR/erasures first, then the key and all below it. Again is fine. -- */
enum vb_code vb_keys_destroy(struct vb_keys *keys, enum vb_erasable what, const char *id,
                             struct vb_err *err);
/* Those whose end date has come, as ids of VB_ERASE_BLOB; destroys nothing. */
enum vb_code vb_keys_ended(struct vb_keys *keys, int64_t now_wall_ms, struct vb_arena *arena,
                           const char ***ids, size_t *count, struct vb_err *err);

#endif
