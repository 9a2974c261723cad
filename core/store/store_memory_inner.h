/* store_memory_inner.h - the memory store's insides, shared by its writing and its reading half. */
#ifndef VB_STORE_MEMORY_INNER_H
#define VB_STORE_MEMORY_INNER_H

#include "store/store.h"
#include "store/store_table.h"

struct memory_list { /* pointers to what belongs to one row, in order of arrival */
    void **items;
    size_t count, cap;
};
/* Each begins with its key, as store_table.h wants. */
struct memory_instrument {
    const char *key;
    struct vb_plan *plan; /* id, version, digest, main_path, files */
};
struct memory_case {
    const char *key;
    struct vb_case_row row;
    struct memory_list persons, rounds;
};
struct memory_person {
    const char *key;
    struct vb_person_row row;
    struct memory_list sessions;
};
struct memory_round {
    const char *key;
    struct vb_round_row row;
    struct memory_list sessions, revisions, parcels;
};
struct memory_session {
    const char *key;
    struct vb_session_row row; /* last_seq is events.count */
    struct memory_list events, blobs;
};
struct memory_blob {
    const char *key; /* "SESSION DIGEST": two persons with one picture, each has it */
    struct vb_blob_row row;
};

struct memory_parcel {
    const char *key; /* "ROUND OUTPUT REVISION" */
    struct vb_parcel_row row;
};

struct memory_token {
    struct vb_token_row row;
    bool forgotten;
};

/* One step of the commit under way, so that a refusal can take it back. */
enum memory_undo_kind { UNDO_ROW, UNDO_LIST, UNDO_CHANGED };
struct memory_undo {
    enum memory_undo_kind kind;
    void *what;        /* the table, the list, what was changed */
    const void *saved; /* CHANGED: size bytes as they were */
    size_t size;
};
struct memory_wipe { /* erased content: overwritten when the commit stands */
    void *bytes;
    size_t len;
};

struct memory_store {
    struct vb_store store;
    struct vb_arena arena; /* every row and its strings */
    struct vb_table instruments, cases, persons, rounds, sessions, blobs, parcels;
    struct memory_list outputs;
    struct memory_list staff, tokens, assignments;
    bool bringing;               /* vb_store_memory_bring */
    struct memory_case caseless; /* persons and rounds without a case */
    struct memory_list audit;
    struct memory_list erasures, settings; /* a setting taken away stays, with value NULL */
    struct memory_undo *undo;
    size_t undo_count, undo_cap;
    struct memory_wipe *wipes;
    size_t wipe_count, wipe_cap;
};

/* For whatever changes rows: notes what was added or is about to change, for taking back. */
void vb_store_memory_add_row(struct memory_store *memory, struct vb_table *table, void *row);
void vb_store_memory_add_to(struct memory_store *memory, struct memory_list *list, void *item);
void vb_store_memory_changing(struct memory_store *memory, void *what, size_t size);

/* What bytes (len of them; NULL is fine) hold is overwritten when the commit stands. */
void vb_store_memory_forget(struct memory_store *memory, const void *bytes, size_t len);

/* Outputs and parcels: store_memory_parcel.c. */
enum vb_code vb_store_memory_put_output(struct memory_store *memory,
                                        const struct vb_output_row *put);
enum vb_code vb_store_memory_set_parcel(struct memory_store *memory,
                                        const struct vb_parcel_row *set, struct vb_err *err);
void vb_store_memory_put_parcels(struct memory_store *memory, struct memory_round *round,
                                 const struct vb_revision_row *revision);
void vb_store_memory_erase_reasons(struct memory_store *memory, const char *round);
enum vb_code vb_store_memory_outputs(struct vb_store *store, const char *round,
                                     struct vb_arena *arena, struct vb_output_row **out,
                                     size_t *count, struct vb_err *err);
enum vb_code vb_store_memory_parcels(struct vb_store *store, const struct vb_parcel_query *query,
                                     struct vb_arena *arena, struct vb_parcel_row **out,
                                     size_t *count, struct vb_err *err);

/* Staff, tokens, assignments: store_memory_staff.c. */
enum vb_code vb_store_memory_put_staff(struct memory_store *memory, const struct vb_staff_row *put);
enum vb_code vb_store_memory_put_token(struct memory_store *memory, const struct vb_token_row *put,
                                       struct vb_err *err);
enum vb_code vb_store_memory_end_tokens(struct memory_store *memory,
                                        const struct vb_token_query *query);
enum vb_code vb_store_memory_forget_tokens(struct memory_store *memory,
                                           const struct vb_token_query *query);
enum vb_code vb_store_memory_put_assignment(struct memory_store *memory,
                                            const struct vb_assignment_row *put,
                                            struct vb_err *err);
/* Those of person (NULL: nobody) and of nobody known, in this round. */
void vb_store_memory_erase_tokens(struct memory_store *memory, const char *round,
                                  const char *person);
enum vb_code vb_store_memory_staff(struct vb_store *store, const char *prefix,
                                   struct vb_arena *arena, struct vb_staff_row **out, size_t *count,
                                   struct vb_err *err);
enum vb_code vb_store_memory_tokens(struct vb_store *store, const struct vb_token_query *query,
                                    struct vb_arena *arena, struct vb_token_row **out,
                                    size_t *count, struct vb_err *err);
enum vb_code vb_store_memory_assignments(struct vb_store *store, const char *staff,
                                         struct vb_arena *arena, struct vb_assignment_row **out,
                                         size_t *count, struct vb_err *err);

/* Erasures, and what hangs on them: store_memory_erase.c. */
enum vb_code vb_store_memory_erase(struct memory_store *memory, const struct vb_erasure_row *put,
                                   struct vb_err *err);
/* Takes parts about erased persons out of a row that is not kept yet. */
void vb_store_memory_drop_parts(struct memory_store *memory, struct vb_event_row *row);

/* The reading half of struct vb_store_ops: store_memory_read.c. */
enum vb_code vb_store_memory_prefix_rounds(struct vb_store *store, const char *prefix,
                                           struct vb_arena *arena, struct vb_round_row **out,
                                           size_t *count, struct vb_err *err);
enum vb_code vb_store_memory_rounds(struct vb_store *store, struct vb_arena *arena,
                                    struct vb_round_row **out, size_t *count, struct vb_err *err);
enum vb_code vb_store_memory_case_rounds(struct vb_store *store, const char *case_id,
                                         struct vb_arena *arena, struct vb_round_row **out,
                                         size_t *count, struct vb_err *err);
enum vb_code vb_store_memory_case_row(struct vb_store *store, const char *id,
                                      struct vb_arena *arena, struct vb_case_row *out,
                                      struct vb_err *err);
enum vb_code vb_store_memory_persons(struct vb_store *store, const char *case_id,
                                     struct vb_arena *arena, struct vb_person_row **out,
                                     size_t *count, struct vb_err *err);
enum vb_code vb_store_memory_person(struct vb_store *store, const char *id, struct vb_arena *arena,
                                    struct vb_person_row *out, struct vb_err *err);
enum vb_code vb_store_memory_session(struct vb_store *store, const char *id, struct vb_arena *arena,
                                     struct vb_session_row *out, struct vb_err *err);
enum vb_code vb_store_memory_sessions(struct vb_store *store, const char *round,
                                      struct vb_arena *arena, struct vb_session_row **out,
                                      size_t *count, struct vb_err *err);
enum vb_code vb_store_memory_events(struct vb_store *store, const char *session, int64_t first_seq,
                                    struct vb_arena *arena, struct vb_event_row **out,
                                    size_t *count, struct vb_err *err);
enum vb_code vb_store_memory_revisions(struct vb_store *store, const char *round,
                                       struct vb_arena *arena, struct vb_revision_row **out,
                                       size_t *count, struct vb_err *err);
enum vb_code vb_store_memory_blob(struct vb_store *store, const char *digest,
                                  struct vb_arena *arena, struct vb_blob_row *out,
                                  struct vb_err *err);
enum vb_code vb_store_memory_instrument(struct vb_store *store, const char *digest,
                                        struct vb_arena *arena, struct vb_file **files,
                                        size_t *count, const char **main_path, struct vb_err *err);
enum vb_code vb_store_memory_version(struct vb_store *store, const char *instrument,
                                     const char *version, struct vb_arena *arena,
                                     const char **digest, struct vb_err *err);
enum vb_code vb_store_memory_person_sessions(struct vb_store *store, const char *person,
                                             struct vb_arena *arena, struct vb_session_row **out,
                                             size_t *count, struct vb_err *err);
enum vb_code vb_store_memory_prefix_persons(struct vb_store *store, const char *prefix,
                                            struct vb_arena *arena, struct vb_person_row **out,
                                            size_t *count, struct vb_err *err);
enum vb_code vb_store_memory_cases(struct vb_store *store, struct vb_arena *arena,
                                   struct vb_case_row **out, size_t *count, struct vb_err *err);
enum vb_code vb_store_memory_session_blobs(struct vb_store *store, const char *session,
                                           struct vb_arena *arena, struct vb_blob_row **out,
                                           size_t *count, struct vb_err *err);
enum vb_code vb_store_memory_erasures(struct vb_store *store, struct vb_arena *arena,
                                      struct vb_erasure_row **out, size_t *count,
                                      struct vb_err *err);
enum vb_code vb_store_memory_settings(struct vb_store *store, const char *prefix,
                                      struct vb_arena *arena, struct vb_setting_row **out,
                                      size_t *count, struct vb_err *err);
enum vb_code vb_store_memory_audit(struct vb_store *store, struct vb_arena *arena,
                                   struct vb_audit_row **out, size_t *count, struct vb_err *err);

enum vb_code vb_store_memory_audit_head(struct vb_store *store, struct vb_arena *arena,
                                        struct vb_audit_head *out, struct vb_err *err);

#endif
