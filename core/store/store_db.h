/* store_db.h - one SQLite connection, as the store wants it: prepared statements by their text,
 * values bound by kind, errors in our own codes. One thread at a time. */
#ifndef VB_STORE_DB_H
#define VB_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

#include "base/err.h"
#include "base/mem.h"

struct vb_store_statement;
struct vb_store_db {
    char *path;
    const char *settings; /* further PRAGMAs of every connection, a constant; NULL: none */
    sqlite3 *handle;      /* NULL: closed */
    /* A disk error leaves a connection in doubt: never used again, opened anew instead. */
    bool failed;
    bool only_reads;
    bool full;     /* the last refusal was for want of room */
    int log_pages; /* of the log (WAL), after the last commit */
    int log_tried; /* how many it had at the last checkpoint */
    struct vb_store_statement *statements;
    size_t statement_count, statement_cap;
};

/* Opens an existing database file for writing: WAL is not turned on here. VB_E_CONFIG when it may
 * not be written. path is copied. What a crash left in the log is made durable before it counts. */
enum vb_code vb_store_db_open(struct vb_store_db *db, const char *path, struct vb_err *err);
enum vb_code vb_store_db_open_with(struct vb_store_db *db, const char *path, const char *settings,
                                   struct vb_err *err);
/* A connection that only reads, beside one that writes; opened when it is first used. */
void vb_store_db_reader(struct vb_store_db *db, const char *path);
void vb_store_db_close(struct vb_store_db *db); /* forgets the path, too; a closed one is fine */
/* Makes db usable again after a disk error; does nothing when it is usable. */
enum vb_code vb_store_db_ready(struct vb_store_db *db, struct vb_err *err);

/* A value to bind, borrowed until the statement is released. */
struct vb_store_value {
    enum { VB_STORE_NULL, VB_STORE_INT, VB_STORE_TEXT, VB_STORE_BYTES } kind;
    int64_t number; /* INT; BYTES: how many */
    const void *bytes;
};
static inline struct vb_store_value vb_store_int(int64_t number)
{
    return (struct vb_store_value){ VB_STORE_INT, number, NULL };
}
static inline struct vb_store_value vb_store_text(const char *text) /* NULL binds NULL */
{
    return (struct vb_store_value){ text == NULL ? VB_STORE_NULL : VB_STORE_TEXT, 0, text };
}
static inline struct vb_store_value vb_store_bytes(const void *bytes, size_t len)
{
    return (struct vb_store_value){ VB_STORE_BYTES, (int64_t)len, len == 0 ? "" : bytes };
}
#define VB_BIND(...)                                                                               \
    (const struct vb_store_value[]){ __VA_ARGS__ },                                                \
        sizeof((const struct vb_store_value[]){ __VA_ARGS__ }) / sizeof(struct vb_store_value)

/* Prepares (once for each sql, which must be a constant) and binds ?1, ?2 ... */
enum vb_code vb_store_db_query(struct vb_store_db *db, sqlite3_stmt **out, const char *sql,
                               const struct vb_store_value *values, size_t count,
                               struct vb_err *err);
/* *more: there is a row. When there is none, or on an error, the statement was released. */
enum vb_code vb_store_db_step(struct vb_store_db *db, sqlite3_stmt *statement, bool *more,
                              struct vb_err *err);
void vb_store_db_release(sqlite3_stmt *statement); /* before its last row was read; NULL is fine */
/* A statement without rows. *changed (may be NULL): how many rows it wrote. */
enum vb_code vb_store_db_run(struct vb_store_db *db, const char *sql,
                             const struct vb_store_value *values, size_t count, int *changed,
                             struct vb_err *err);
/* Several statements that are not worth keeping. */
enum vb_code vb_store_db_exec(struct vb_store_db *db, const char *sql, struct vb_err *err);
/* The first column of the first row as a number; VB_E_ABSENT without a message when none. */
enum vb_code vb_store_db_number(struct vb_store_db *db, int64_t *out, const char *sql,
                                const struct vb_store_value *values, size_t count,
                                struct vb_err *err);

/* What is in the log goes into the database, as far as no reader stands in the way; commits leave
 * that to whoever calls this. A failure loses nothing. */
enum vb_code vb_store_db_checkpoint(struct vb_store_db *db, struct vb_err *err);

/* BEGIN IMMEDIATE; and COMMIT when code is VB_OK, else ROLLBACK. Both return what is then true. */
enum vb_code vb_store_db_begin(struct vb_store_db *db, struct vb_err *err);
enum vb_code vb_store_db_end(struct vb_store_db *db, enum vb_code code, struct vb_err *err);
/* Between the two: SQLite took the transaction back by itself, or nobody knows how it stands. */
bool vb_store_db_broken(const struct vb_store_db *db);

/* A column in arena, with a NUL behind it; as text NULL stays NULL. */
const char *vb_store_db_text(sqlite3_stmt *statement, int column, struct vb_arena *arena);
const char *vb_store_db_bytes(sqlite3_stmt *statement, int column, struct vb_arena *arena,
                              size_t *len);

#endif
