/* store_stage_inner.h - the stage's insides: itself, and bringing rows up (store_stage_bring.c). */
#ifndef VB_STORE_STAGE_INNER_H
#define VB_STORE_STAGE_INNER_H

#include "store/store.h"
#include "store/store_table.h"

enum seen_kind {
    SEEN_INSTRUMENT,
    SEEN_CASE,
    SEEN_PERSON,
    SEEN_ROUND,
    SEEN_SESSION,
    SEEN_OUTPUT,
    /* "ROUND NAME" */ SEEN_COUNT
};

struct stage {
    struct vb_store store;
    struct vb_store *below;    /* borrowed */
    struct vb_store *memory;   /* what came up from below, and what was staged on it */
    struct vb_change *changes; /* staged, in order; copies in arena */
    size_t change_count, change_cap;
    struct vb_arena arena;
    struct vb_table seen[SEEN_COUNT]; /* ids that were looked for below, there or not */
    struct vb_arena seen_arena;
    bool seen_caseless, seen_staff;
};

/* Each makes what it names (and what hangs in it) be in memory when it is below; that it is not
 * there is fine. Rows pass through arena, memory keeps its own copies. NULL ids are fine. */
enum vb_code vb_store_stage_bring_list(struct stage *stage, const char *case_id,
                                       struct vb_arena *arena, struct vb_err *err);
enum vb_code vb_store_stage_bring_person(struct stage *stage, const char *id,
                                         struct vb_arena *arena, struct vb_err *err);
enum vb_code vb_store_stage_bring_round(struct stage *stage, const char *id, struct vb_arena *arena,
                                        struct vb_err *err);
enum vb_code vb_store_stage_bring_session(struct stage *stage, const char *id,
                                          struct vb_arena *arena, struct vb_err *err);
/* Every round in which the person has a session. */
enum vb_code vb_store_stage_bring_person_rounds(struct stage *stage, const char *id,
                                                struct vb_arena *arena, struct vb_err *err);
/* Whatever the change will be checked against. */
enum vb_code vb_store_stage_bring_for(struct stage *stage, const struct vb_change *change,
                                      struct vb_arena *arena, struct vb_err *err);

/* Outputs and parcels: store_stage_parcel.c. */
enum vb_code vb_store_stage_bring_parcels(struct stage *stage, const char *round,
                                          struct vb_arena *arena, struct vb_err *err);
enum vb_code vb_store_stage_bring_outputs(struct stage *stage, const char *round,
                                          struct vb_arena *arena, struct vb_err *err);
bool vb_store_stage_saw(const struct stage *stage, enum seen_kind kind, const char *id);
void vb_store_stage_see(struct stage *stage, enum seen_kind kind, const char *id);
void vb_store_stage_see_output(struct stage *stage, const struct vb_output_row *row,
                               struct vb_arena *arena);
enum vb_code vb_store_stage_keep(struct stage *stage, struct vb_change change, struct vb_err *err);
enum vb_code vb_store_stage_outputs(struct vb_store *store, const char *round,
                                    struct vb_arena *arena, struct vb_output_row **out,
                                    size_t *count, struct vb_err *err);
enum vb_code vb_store_stage_parcels(struct vb_store *store, const struct vb_parcel_query *query,
                                    struct vb_arena *arena, struct vb_parcel_row **out,
                                    size_t *count, struct vb_err *err);

/* Staff, tokens, assignments come up all at once: store_stage_staff.c. */
enum vb_code vb_store_stage_bring_staff(struct stage *stage, struct vb_arena *arena,
                                        struct vb_err *err);
enum vb_code vb_store_stage_staff(struct vb_store *store, const char *prefix,
                                  struct vb_arena *arena, struct vb_staff_row **out, size_t *count,
                                  struct vb_err *err);
enum vb_code vb_store_stage_tokens(struct vb_store *store, const struct vb_token_query *query,
                                   struct vb_arena *arena, struct vb_token_row **out, size_t *count,
                                   struct vb_err *err);
enum vb_code vb_store_stage_assignments(struct vb_store *store, const char *staff,
                                        struct vb_arena *arena, struct vb_assignment_row **out,
                                        size_t *count, struct vb_err *err);

/* The ops that read across rows, half below and half staged: store_stage_lists.c. */
enum vb_code vb_store_stage_prefix_persons(struct vb_store *store, const char *prefix,
                                           struct vb_arena *arena, struct vb_person_row **out,
                                           size_t *count, struct vb_err *err);
enum vb_code vb_store_stage_cases(struct vb_store *store, struct vb_arena *arena,
                                  struct vb_case_row **out, size_t *count, struct vb_err *err);
enum vb_code vb_store_stage_person_sessions(struct vb_store *store, const char *person,
                                            struct vb_arena *arena, struct vb_session_row **out,
                                            size_t *count, struct vb_err *err);
enum vb_code vb_store_stage_session_blobs(struct vb_store *store, const char *session,
                                          struct vb_arena *arena, struct vb_blob_row **out,
                                          size_t *count, struct vb_err *err);
enum vb_code vb_store_stage_blob(struct vb_store *store, const char *digest, struct vb_arena *arena,
                                 struct vb_blob_row *out, struct vb_err *err);
enum vb_code vb_store_stage_erasures(struct vb_store *store, struct vb_arena *arena,
                                     struct vb_erasure_row **out, size_t *count,
                                     struct vb_err *err);
enum vb_code vb_store_stage_settings(struct vb_store *store, const char *prefix,
                                     struct vb_arena *arena, struct vb_setting_row **out,
                                     size_t *count, struct vb_err *err);

#endif
