/* keys_inner.h - what the parts of keys share: keys.c (opening, ending), keys_tree.c (the tree),
 * keys_master.c (the key file), keys_file.c (keys.db), keys_erased.c (DIR/erasures), keys_cache.c
 * and seal.c. */
#ifndef VB_KEYS_INNER_H
#define VB_KEYS_INNER_H

#include <pthread.h>

#include "store/keys.h"
#include "store/store_db.h"
#include "store/store_table.h"

/* -- seal.c -- */

struct vb_seal_word {
    const void *bytes;
    size_t len;
};
/* out = BLAKE2b(key; purpose, words): another purpose or other words give another key. */
void vb_seal_derive(const unsigned char key[VB_KEY_BYTES], const char *purpose,
                    const struct vb_seal_word *words, size_t count,
                    unsigned char out[VB_KEY_BYTES]);

/* -- keys_master.c -- */

/* VB_E_ABSENT: there is no such file. */
enum vb_code vb_keys_master_read(const char *path, unsigned char master[VB_KEY_BYTES],
                                 struct vb_err *err);
/* Whole or not at all, and never over another key. dir: the data folder, in which it may not lie
 * (VB_E_CONFIG). */
enum vb_code vb_keys_master_write(const char *path, const char *dir,
                                  const unsigned char master[VB_KEY_BYTES],
                                  const struct vb_random *random, struct vb_err *err);
/* Its name is durable when this returns. */
enum vb_code vb_keys_master_keep(const char *path, struct vb_err *err);

/* -- keys_cache.c -- */

struct vb_keys_cache; /* in guarded memory, of a fixed size */
struct vb_keys_cache *vb_keys_cache_create(void);
void vb_keys_cache_destroy(struct vb_keys_cache *cache); /* wiped; NULL is fine */
void vb_keys_cache_wipe(struct vb_keys_cache *cache);
/* kind tells the keys of one id apart; second may be NULL. */
bool vb_keys_cache_get(struct vb_keys_cache *cache, char kind, const char *id, const char *second,
                       unsigned char key[VB_KEY_BYTES]);
void vb_keys_cache_put(struct vb_keys_cache *cache, char kind, const char *id, const char *second,
                       const unsigned char key[VB_KEY_BYTES]);

/* -- keys_erased.c -- */

enum { VB_KEYS_CHAIN = 16, VB_KEYS_MARK = 2 * VB_KEYS_CHAIN + 1 };
struct vb_keys_erasures { /* zero-initialise; read fills it */
    char *path;
    struct vb_arena arena;
    struct vb_table table;              /* of struct vb_keys_erased, in order of the file */
    int64_t good;                       /* bytes of whole lines; what follows was torn */
    unsigned char chain[VB_KEYS_CHAIN]; /* over all lines so far */
};
struct vb_keys_erased {
    const char *key; /* "KIND ID" */
    struct vb_key_erased row;
};
/* A file that is not there is an empty one. VB_E_DATA: a line before the last one is broken. */
enum vb_code vb_keys_erasures_read(struct vb_keys_erasures *erasures, const char *dir,
                                   struct vb_err *err);
enum vb_code vb_keys_erasures_read_file(struct vb_keys_erasures *erasures, const char *path,
                                        struct vb_err *err);
void vb_keys_erasures_finish(struct vb_keys_erasures *erasures);
bool vb_keys_erasures_has(const struct vb_keys_erasures *erasures, enum vb_erasable what,
                          const char *id);
/* One line, durable when it returns: the first row was asked for, the others fell with it. */
enum vb_code vb_keys_erasures_append(struct vb_keys_erasures *erasures, const char *dir,
                                     int64_t wall_ms, const struct vb_key_erased *rows,
                                     size_t count, struct vb_err *err);
/* What was read may have been written by somebody who never came to sync it, or could not: makes it
 * durable, before a key is destroyed because of it. */
enum vb_code vb_keys_erasures_keep(const struct vb_keys_erasures *erasures, const char *dir,
                                   struct vb_err *err);
/* Only here in memory. */
void vb_keys_erasures_note(struct vb_keys_erasures *erasures, const struct vb_key_erased *rows,
                           size_t count, int64_t wall_ms);
/* Names the list as it is now. */
void vb_keys_erasures_mark(const struct vb_keys_erasures *erasures, char out[VB_KEYS_MARK]);

/* -- keys.c -- */

struct vb_keys {
    /* -- fixed after open -- */
    char *dir, *master_path;
    struct vb_clock clock;
    struct vb_random random;
    char id[VB_KEY_ID_SIZE];
    unsigned char *master; /* guarded memory */

    /* -- under file_lock, which is taken before lock -- */
    pthread_mutex_t file_lock;
    struct vb_store_db db;
    char folder[VB_ID_SIZE];           /* "": there is no keys.db yet */
    char sealed_under[VB_KEY_ID_SIZE]; /* key id of keys.db */
    bool drawn;                        /* the master key is not written yet */
    bool settled;                      /* what is seen of keys.db is durable */
    bool stale;                        /* the journal may hold a key that was destroyed */

    /* -- under lock, held only shortly, but for the line of an erasure; who holds file_lock may
     * read erasures, too -- */
    pthread_mutex_t lock;
    struct vb_keys_cache *cache;
    struct vb_keys_erasures erasures;
    struct vb_keys_erasures ending; /* asked for, and the disk failed: no file, only the table */
};

/* -- keys_file.c: with file_lock held -- */

enum { VB_KEYS_WRAPPED = VB_KEY_BYTES + VB_SEAL_BYTES };
struct vb_keys_row {
    enum vb_erasable what;
    const char *id;    /* as of VB_ERASE */
    const char *under; /* PERSON: ""; SESSION: person ids, sorted, blanks between; BLOB: session */
    int64_t until_wall_ms;
    const void *wrapped; /* VB_KEYS_WRAPPED bytes */
};
/* Opens what is there and reads whose it is (folder, sealed_under). VB_E_ABSENT: there is none. */
enum vb_code vb_keys_file_open(struct vb_keys *keys, struct vb_err *err);
enum vb_code vb_keys_file_make(struct vb_keys *keys, struct vb_err *err); /* and opens it */
/* What is seen of keys.db is durable when this returns, and so are the names in the folder. */
enum vb_code vb_keys_file_settle(struct vb_keys *keys, struct vb_err *err);
/* Overwrites the journal; not within begin and end. */
enum vb_code vb_keys_file_forget(struct vb_keys *keys, struct vb_err *err);
enum vb_code vb_keys_file_begin(struct vb_keys *keys, struct vb_err *err);
enum vb_code vb_keys_file_end(struct vb_keys *keys, enum vb_code code, struct vb_err *err);
enum vb_code vb_keys_file_row(struct vb_keys *keys, enum vb_erasable what, const char *id,
                              struct vb_arena *arena, struct vb_keys_row *out, bool *there,
                              struct vb_err *err);
/* Every row; that of what and id with those below it; those whose date has come. */
enum vb_code vb_keys_file_rows(struct vb_keys *keys, struct vb_arena *arena,
                               struct vb_keys_row **out, size_t *count, struct vb_err *err);
enum vb_code vb_keys_file_below(struct vb_keys *keys, enum vb_erasable what, const char *id,
                                struct vb_arena *arena, struct vb_keys_row **out, size_t *count,
                                struct vb_err *err);
enum vb_code vb_keys_file_ended(struct vb_keys *keys, int64_t now_wall_ms, struct vb_arena *arena,
                                struct vb_keys_row **out, size_t *count, struct vb_err *err);
/* Inside begin and end. What is there stays as it is. */
enum vb_code vb_keys_file_put(struct vb_keys *keys, const struct vb_keys_row *row,
                              struct vb_err *err);
enum vb_code vb_keys_file_delete(struct vb_keys *keys, enum vb_erasable what, const char *id,
                                 struct vb_err *err);
/* Which list of erasures was carried out on the rows. */
enum vb_code vb_keys_file_applied(struct vb_keys *keys, const char *mark, bool *applied,
                                  struct vb_err *err);
enum vb_code vb_keys_file_set_applied(struct vb_keys *keys, const char *mark, struct vb_err *err);

#endif
