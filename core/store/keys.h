/* keys.h - the keys everything is sealed under, and their end.
 *
 *      master (a file outside the data folder)
 *        `- person ---- session ---- about (with what it is about; derived, never stored)
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
    bool may_make;           /* a new folder may get its keys; else they must be there already */
    struct vb_clock clock;
    struct vb_random random; /* for keys and nonces: the system's but in tests */
};
/* VB_E_CONFIG: the key file is missing, readable by others, broken, or not the one keys.db is
 * sealed under (both key ids are in the message). What DIR/erasures says is applied to keys.db.
 * Nothing is made: where there is no key file yet, a new master key is drawn in memory (*made, may
 * be NULL), and vb_keys_begin writes it. */
enum vb_code vb_keys_open(struct vb_keys **out, const struct vb_keys_options *options, bool *made,
                          struct vb_err *err);
void vb_keys_close(struct vb_keys *keys); /* NULL is fine */
/* Writes the master key that was drawn and makes keys.db where there is none; the making functions
 * call it, too. Apart from opening, so that a folder whose keys.db was lost gets no new one. */
enum vb_code vb_keys_begin(struct vb_keys *keys, struct vb_err *err);
/* 16 hex characters that name the master key and tell nothing about it. */
const char *vb_keys_id(const struct vb_keys *keys);
/* The random id of this keys.db, so that a store knows its own; "" before vb_keys_begin made it. */
const char *vb_keys_folder(const struct vb_keys *keys);
const char *vb_keys_master_path(const struct vb_keys *keys);

/* -- making: durable when it returns. What is there already stays as it is, and so does what was
 * erased. VB_E_ABSENT: it would hang on somebody who was erased. -- */
struct vb_key_wish {
    enum vb_erasable what;
    const char *id;             /* of the person or session, digest of the blob */
    const char *const *persons; /* SESSION: all it hangs on; none: the master key alone */
    int person_count;
    const char *session;   /* BLOB */
    int64_t until_wall_ms; /* BLOB: 0 no end date */
};
/* All or none, in one sync; a person may be wished for before the session that hangs on it. */
enum vb_code vb_keys_make(struct vb_keys *keys, const struct vb_key_wish *wishes, size_t count,
                          struct vb_err *err);
enum vb_code vb_keys_make_person(struct vb_keys *keys, const char *person, struct vb_err *err);
enum vb_code vb_keys_make_session(struct vb_keys *keys, const char *session, const char *person,
                                  struct vb_err *err);
enum vb_code vb_keys_make_joint(struct vb_keys *keys, const char *session,
                                const char *const *persons, int count, struct vb_err *err);
enum vb_code vb_keys_make_blob(struct vb_keys *keys, const char *session, const char *digest,
                               int64_t until_wall_ms, struct vb_err *err);

/* -- using: each key is derived for its use (bodies, labels, pictures); what others hang on is
 * never handed out -- */
enum vb_key_found { VB_KEY_HERE, VB_KEY_ERASED };
/* VB_E_CONFIG: it is missing and no erasure says why. */
enum vb_code vb_keys_session(struct vb_keys *keys, const char *session,
                             unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                             struct vb_err *err);
enum vb_code vb_keys_person(struct vb_keys *keys, const char *person,
                            unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                            struct vb_err *err);
/* about: ids of persons or sessions with a blank between (data/event.h): it falls with each. */
enum vb_code vb_keys_about(struct vb_keys *keys, const char *session, const char *about,
                           unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                           struct vb_err *err);
enum vb_code vb_keys_blob(struct vb_keys *keys, const char *session, const char *digest,
                          unsigned char key[VB_KEY_BYTES], enum vb_key_found *found,
                          struct vb_err *err);
/* A key of the whole folder for one purpose ("audit", "blob name"), derived from the master. */
void vb_keys_purpose(const struct vb_keys *keys, const char *purpose,
                     unsigned char key[VB_KEY_BYTES]);

/* nonce, text, tag: VB_SEAL_BYTES longer than what went in. about: associated data that must be the
 * same at opening. One thread at a time draws nonces. */
enum { VB_SEAL_BYTES = 24 + 16 };
void vb_seal(const struct vb_keys *keys, const unsigned char key[VB_KEY_BYTES], const void *bytes,
             size_t len, const char *about, struct vb_buf *out);
/* VB_E_DATA: it was changed, or belongs elsewhere. out: appended. */
enum vb_code vb_unseal(const unsigned char key[VB_KEY_BYTES], const void *bytes, size_t len,
                       const char *about, struct vb_buf *out, struct vb_err *err);

/* -- ending: the line in DIR/erasures first, then the key and all below it. Again is fine, and
 * after a failure it finishes what was begun; until then nobody of this process gets the key. -- */
enum vb_code vb_keys_destroy(struct vb_keys *keys, enum vb_erasable what, const char *id,
                             struct vb_err *err);
struct vb_key_erased {
    enum vb_erasable what;
    const char *id; /* as of VB_ERASE */
    int64_t wall_ms;
    bool fell; /* not asked for by itself: it hung on something that was */
};
/* Everything that was destroyed, in that order; in arena. */
void vb_keys_erased(struct vb_keys *keys, struct vb_arena *arena, struct vb_key_erased **out,
                    size_t *count);
bool vb_keys_is_erased(struct vb_keys *keys, enum vb_erasable what, const char *id);
/* Writes into DIR/erasures what other lists say and it does not: for a restore, before the keys of
 * DIR are opened. A list that is not there is an empty one; VB_E_DATA names a broken one. */
enum vb_code vb_keys_merge_erasures(const char *dir, const char *const *paths, size_t count,
                                    struct vb_err *err);
/* Those whose end date has come, as ids of VB_ERASE_BLOB; destroys nothing. */
enum vb_code vb_keys_ended(struct vb_keys *keys, int64_t now_wall_ms, struct vb_arena *arena,
                           const char ***ids, size_t *count, struct vb_err *err);

/* A transaction that was broken off in DIR/keys.db is taken back, as every opening does. For who
 * copies or replaces that file; its journal is of no use to it afterwards. VB_E_CONFIG, VB_E_IO: it
 * could not be written; VB_E_DATA: it is damaged. */
enum vb_code vb_keys_recover(const char *dir, struct vb_err *err);

#endif
