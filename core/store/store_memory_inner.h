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
};
struct memory_round {
    const char *key;
    struct vb_round_row row;
    struct memory_list sessions, revisions;
};
struct memory_session {
    const char *key;
    struct vb_session_row row; /* last_seq is events.count */
    struct memory_list events;
};
struct memory_blob {
    const char *key;
    struct vb_blob_row row;
};

/* One step of the commit under way, so that a refusal can take it back. */
enum memory_undo_kind { UNDO_ROW, UNDO_LIST, UNDO_ROUND_STATE, UNDO_SESSION_STATE };
struct memory_undo {
    enum memory_undo_kind kind;
    void *what; /* the table, the list, the round, the session */
    int state;  /* as it was */
};

struct memory_store {
    struct vb_store store;
    struct vb_arena arena; /* every row and its strings */
    struct vb_table instruments, cases, persons, rounds, sessions, blobs;
    struct memory_case caseless; /* persons and rounds without a case */
    struct memory_list audit;
    struct memory_undo *undo;
    size_t undo_count, undo_cap;
};

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
enum vb_code vb_store_memory_audit(struct vb_store *store, struct vb_arena *arena,
                                   struct vb_audit_row **out, size_t *count, struct vb_err *err);

#endif
