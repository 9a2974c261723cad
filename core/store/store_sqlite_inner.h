/* store_sqlite_inner.h - the SQLite store's insides, shared by its writing and its reading half. */
#ifndef VB_STORE_SQLITE_INNER_H
#define VB_STORE_SQLITE_INNER_H

#include "store/store.h"
#include "store/store_audit.h"
#include "store/store_db.h"
#include "store/store_folder.h"

enum { VB_KNOWN_SESSIONS = 1024 };
struct vb_known_session { /* row 0: none */
    char id[24];
    int64_t row;
};

struct sqlite_store {
    struct vb_store store;
    struct vb_store_folder folder;
    struct vb_store_db db;
    bool reserved; /* the reserve lies in the folder */
    unsigned char audit_key[VB_AUDIT_KEY_BYTES];
    struct vb_known_session known[VB_KNOWN_SESSIONS];
};

/* The row of a session that is there and not erased, 0 when it is not known; store_sqlite_known.c.
 */
int64_t vb_store_sqlite_known(struct sqlite_store *sqlite, const char *session);
void vb_store_sqlite_know(struct sqlite_store *sqlite, const char *session, int64_t row);
void vb_store_sqlite_forget(struct sqlite_store *sqlite);

/* commit, batch and idle of struct vb_store_ops: store_sqlite_commit.c. */
enum vb_code vb_store_sqlite_commit(struct vb_store *store, const struct vb_change *changes,
                                    size_t count, struct vb_err *err);
void vb_store_sqlite_batch(struct vb_store *store, struct vb_request *requests, size_t count);
enum vb_code vb_store_sqlite_idle(struct vb_store *store, bool *worked, struct vb_err *err);

/* Writes one change inside the transaction that is under way: store_sqlite_write.c. */
enum vb_code vb_store_sqlite_apply(struct vb_store *store, const struct vb_change *change,
                                   struct vb_err *err);

/* Erasures and settings, the same way: store_sqlite_erase.c. */
enum vb_code vb_store_sqlite_erase(struct vb_store *store, const struct vb_erasure_row *put,
                                   struct vb_err *err);
enum vb_code vb_store_sqlite_put_setting(struct vb_store *store, const struct vb_setting_row *put,
                                         struct vb_err *err);

/* Outputs and parcels: store_sqlite_parcel.c. A revision that was just put writes its parcels. */
enum vb_code vb_store_sqlite_put_output(struct vb_store *store, const struct vb_output_row *put,
                                        struct vb_err *err);
enum vb_code vb_store_sqlite_set_parcel(struct vb_store *store, const struct vb_parcel_row *set,
                                        struct vb_err *err);
enum vb_code vb_store_sqlite_put_parcels(struct vb_store *store,
                                         const struct vb_revision_row *revision,
                                         struct vb_err *err);
enum vb_code vb_store_sqlite_outputs(struct vb_store *store, const char *round,
                                     struct vb_arena *arena, struct vb_output_row **out,
                                     size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_parcels(struct vb_store *store, const struct vb_parcel_query *query,
                                     struct vb_arena *arena, struct vb_parcel_row **out,
                                     size_t *count, struct vb_err *err);

/* Staff, tokens, assignments: store_sqlite_staff.c. */
enum vb_code vb_store_sqlite_put_staff(struct vb_store *store, const struct vb_staff_row *put,
                                       struct vb_err *err);
enum vb_code vb_store_sqlite_put_token(struct vb_store *store, const struct vb_token_row *put,
                                       struct vb_err *err);
enum vb_code vb_store_sqlite_end_tokens(struct vb_store *store, const struct vb_token_query *query,
                                        struct vb_err *err);
enum vb_code vb_store_sqlite_forget_tokens(struct vb_store *store,
                                           const struct vb_token_query *query, struct vb_err *err);
enum vb_code vb_store_sqlite_put_assignment(struct vb_store *store,
                                            const struct vb_assignment_row *put,
                                            struct vb_err *err);
enum vb_code vb_store_sqlite_staff(struct vb_store *store, const char *prefix,
                                   struct vb_arena *arena, struct vb_staff_row **out, size_t *count,
                                   struct vb_err *err);
enum vb_code vb_store_sqlite_tokens(struct vb_store *store, const struct vb_token_query *query,
                                    struct vb_arena *arena, struct vb_token_row **out,
                                    size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_assignments(struct vb_store *store, const char *staff,
                                         struct vb_arena *arena, struct vb_assignment_row **out,
                                         size_t *count, struct vb_err *err);

/* store_sqlite_rewrite.c */
enum vb_code vb_store_sqlite_rewrite(struct vb_store *store, const struct vb_store_rewrite *with,
                                     struct vb_err *err);
enum vb_code vb_store_sqlite_scrub(struct vb_store *store, struct vb_err *err);

/* The audit and its head: store_sqlite_audit.c. */
enum vb_code vb_store_sqlite_put_audit(struct vb_store *store, const struct vb_audit_row *put,
                                       struct vb_err *err);
enum vb_code vb_store_sqlite_audit_head(struct vb_store *store, struct vb_arena *arena,
                                        struct vb_audit_head *out, struct vb_err *err);

/* Reads one row of the statement into a row struct. VB_E_DATA: it is not what we wrote. */
typedef enum vb_code vb_store_sqlite_fill(sqlite3_stmt *statement, struct vb_arena *arena,
                                          void *row, struct vb_err *err);
/* Runs a query and gives its rows as an array of structs of size bytes, in arena. */
enum vb_code vb_store_sqlite_list(struct vb_store *store, const char *sql,
                                  const struct vb_store_value *values, size_t value_count,
                                  vb_store_sqlite_fill *fill, size_t size, struct vb_arena *arena,
                                  void *rows_ptr, size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_damaged(struct vb_err *err, const char *what, const char *id);

/* The reading half of struct vb_store_ops: store_sqlite_read.c. */
enum vb_code vb_store_sqlite_prefix_rounds(struct vb_store *store, const char *prefix,
                                           struct vb_arena *arena, struct vb_round_row **out,
                                           size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_rounds(struct vb_store *store, struct vb_arena *arena,
                                    struct vb_round_row **out, size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_case_rounds(struct vb_store *store, const char *case_id,
                                         struct vb_arena *arena, struct vb_round_row **out,
                                         size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_case_row(struct vb_store *store, const char *id,
                                      struct vb_arena *arena, struct vb_case_row *out,
                                      struct vb_err *err);
enum vb_code vb_store_sqlite_persons(struct vb_store *store, const char *case_id,
                                     struct vb_arena *arena, struct vb_person_row **out,
                                     size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_person(struct vb_store *store, const char *id, struct vb_arena *arena,
                                    struct vb_person_row *out, struct vb_err *err);
enum vb_code vb_store_sqlite_session(struct vb_store *store, const char *id, struct vb_arena *arena,
                                     struct vb_session_row *out, struct vb_err *err);
enum vb_code vb_store_sqlite_sessions(struct vb_store *store, const char *round,
                                      struct vb_arena *arena, struct vb_session_row **out,
                                      size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_events(struct vb_store *store, const char *session, int64_t first_seq,
                                    struct vb_arena *arena, struct vb_event_row **out,
                                    size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_revisions(struct vb_store *store, const char *round,
                                       struct vb_arena *arena, struct vb_revision_row **out,
                                       size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_blob(struct vb_store *store, const char *digest,
                                  struct vb_arena *arena, struct vb_blob_row *out,
                                  struct vb_err *err);
enum vb_code vb_store_sqlite_instrument(struct vb_store *store, const char *digest,
                                        struct vb_arena *arena, struct vb_file **files,
                                        size_t *count, const char **main_path, struct vb_err *err);
enum vb_code vb_store_sqlite_version(struct vb_store *store, const char *instrument,
                                     const char *version, struct vb_arena *arena,
                                     const char **digest, struct vb_err *err);
enum vb_code vb_store_sqlite_person_sessions(struct vb_store *store, const char *person,
                                             struct vb_arena *arena, struct vb_session_row **out,
                                             size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_prefix_persons(struct vb_store *store, const char *prefix,
                                            struct vb_arena *arena, struct vb_person_row **out,
                                            size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_cases(struct vb_store *store, struct vb_arena *arena,
                                   struct vb_case_row **out, size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_session_blobs(struct vb_store *store, const char *session,
                                           struct vb_arena *arena, struct vb_blob_row **out,
                                           size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_erasures(struct vb_store *store, struct vb_arena *arena,
                                      struct vb_erasure_row **out, size_t *count,
                                      struct vb_err *err);
enum vb_code vb_store_sqlite_settings(struct vb_store *store, const char *prefix,
                                      struct vb_arena *arena, struct vb_setting_row **out,
                                      size_t *count, struct vb_err *err);
enum vb_code vb_store_sqlite_audit(struct vb_store *store, struct vb_arena *arena,
                                   struct vb_audit_row **out, size_t *count, struct vb_err *err);

#endif
