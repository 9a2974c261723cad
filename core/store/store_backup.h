/* store_backup.h - a copy of what is kept, and what it is: its manifest.
 *
 *      INTO/verbond.db      one file, taken while the store may be at work
 *      INTO/erasures        the list of what was erased; not there while nothing was
 *      INTO/manifest.json   verbond.backup/1: when, what, the digest of each file
 *
 * Never keys.db: a backup of the data alone can be read by nobody, and what is erased later is
 * erased in it, too. keys.db has backups of its own, with a short life. Everything is made beside
 * its place and moved there whole. docs/reference/backup.md. One thread. */
#ifndef VB_STORE_BACKUP_H
#define VB_STORE_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"
#include "data/digest.h"

enum { VB_BACKUP_FILES_MAX = 2, VB_BACKUP_KEYS_DAYS = 30, VB_BACKUP_DAYS_MAX = 366 };
struct vb_backup_file {
    const char *name;
    int64_t bytes;
    char digest[VB_DIGEST_SIZE];
};
struct vb_backup {
    const char *id;      /* random: names it in the audit */
    const char *made_at; /* "2026-11-21T10:00:00Z" */
    const char *program; /* version of verbond */
    int store_schema;
    const char *key; /* id of the master key all of it is sealed under */
    struct vb_backup_file files[VB_BACKUP_FILES_MAX];
    int file_count;
};

/* Copies the store of the data folder. backup: its files are filled in. VB_E_CONFLICT: into is
 * there and not empty. */
enum vb_code vb_backup_make(struct vb_backup *backup, const char *data, const char *into,
                            struct vb_err *err);
/* The manifest of a backup; strings in arena. VB_E_ABSENT, VB_E_DATA: it is none; VB_E_CONFIG: a
 * newer verbond made it. */
enum vb_code vb_backup_read(struct vb_backup *out, const char *dir, struct vb_arena *arena,
                            struct vb_err *err);
/* Are its files there, byte for byte? VB_E_DATA names the first that is not. */
enum vb_code vb_backup_check(const struct vb_backup *backup, const char *dir, struct vb_err *err);

/* -- keys.db alone -- */

struct vb_backup_keys {
    const char *path; /* INTO/keys-DATE-until-DATE.db, out, in arena */
    int destroyed;    /* older ones in the same folder */
};
/* Copies keys.db of the data folder into a folder of its own (made when it is missing), then
 * destroys the older copies there. */
enum vb_code vb_backup_keys_make(struct vb_backup_keys *out, const char *data, const char *into,
                                 int64_t now_wall_ms, int days, struct vb_arena *arena,
                                 struct vb_err *err);
/* Whether the name of a copy says that it should have been destroyed by now. */
bool vb_backup_keys_expired(const char *path, int64_t now_wall_ms);

/* One consistent file of a database that may be in use; VB_E_CONFLICT when to is there. */
enum vb_code vb_backup_database(const char *from, const char *to, struct vb_err *err);

#endif
