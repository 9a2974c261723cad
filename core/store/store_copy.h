/* store_copy.h - rows copied into an arena, strings and all; for the stores themselves. Pure. */
#ifndef VB_STORE_COPY_H
#define VB_STORE_COPY_H

#include "store/store.h"

struct vb_case_row vb_store_copy_case(struct vb_arena *arena, const struct vb_case_row *row);
struct vb_person_row vb_store_copy_person(struct vb_arena *arena, const struct vb_person_row *row);
struct vb_round_row vb_store_copy_round(struct vb_arena *arena, const struct vb_round_row *row);
struct vb_session_row vb_store_copy_session(struct vb_arena *arena,
                                            const struct vb_session_row *row);
struct vb_event_row vb_store_copy_event(struct vb_arena *arena, const struct vb_event_row *row);
struct vb_revision_row vb_store_copy_revision(struct vb_arena *arena,
                                              const struct vb_revision_row *row);
struct vb_blob_row vb_store_copy_blob(struct vb_arena *arena, const struct vb_blob_row *row);
struct vb_audit_row vb_store_copy_audit(struct vb_arena *arena, const struct vb_audit_row *row);
struct vb_erasure_row vb_store_copy_erasure(struct vb_arena *arena,
                                            const struct vb_erasure_row *row);
struct vb_setting_row vb_store_copy_setting(struct vb_arena *arena,
                                            const struct vb_setting_row *row);
struct vb_output_row vb_store_copy_output(struct vb_arena *arena, const struct vb_output_row *row);
struct vb_parcel_row vb_store_copy_parcel(struct vb_arena *arena, const struct vb_parcel_row *row);
struct vb_staff_row vb_store_copy_staff(struct vb_arena *arena, const struct vb_staff_row *row);
struct vb_token_row vb_store_copy_token(struct vb_arena *arena, const struct vb_token_row *row);
struct vb_assignment_row vb_store_copy_assignment(struct vb_arena *arena,
                                                  const struct vb_assignment_row *row);
struct vb_file *vb_store_copy_files(struct vb_arena *arena, const struct vb_file *files,
                                    size_t count);
/* Of a plan only what a store reads: id, version, digest, main_path, files. */
struct vb_plan *vb_store_copy_plan(struct vb_arena *arena, const struct vb_plan *plan);
struct vb_change vb_store_copy_change(struct vb_arena *arena, const struct vb_change *change);

#endif
