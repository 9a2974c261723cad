/* store_sealed_inner.h - the sealed store's insides: store_sealed.c (commits),
 * store_sealed_event.c, store_sealed_row.c and store_sealed_parcel.c (one row, sealed and opened),
 * store_sealed_end.c, store_sealed_read.c and store_sealed_settle.c. */
#ifndef VB_STORE_SEALED_INNER_H
#define VB_STORE_SEALED_INNER_H

#include "store/store_sealed.h"

struct sealed_store {
    struct vb_store store;
    struct vb_store_ops ops;
    struct vb_store *below;
    struct vb_keys *keys; /* borrowed */

    /* -- who writes: used again for every batch -- */
    struct vb_arena arena;
    struct vb_request *requests;
    size_t request_cap;
};

/* Settings of the sealed store's own, below; nobody above sees them. */
#define VB_SEALED_SETTINGS "sealed."

/* -- store_sealed_event.c, store_sealed_row.c. Everything is put into arena. -- */

/* What stands in the place of a picture's digest: keyed, so that a picture somebody has cannot be
 * looked for in the files. */
const char *vb_sealed_blob_name(struct vb_keys *keys, const char *digest, struct vb_arena *arena);

/* Text under a key, as text; about: as of vb_seal. */
const char *vb_sealed_text(struct vb_keys *keys, const unsigned char key[VB_KEY_BYTES],
                           const char *text, const char *about, struct vb_arena *arena);
enum vb_code vb_sealed_open_text(const unsigned char key[VB_KEY_BYTES], const char *sealed,
                                 const char *about, struct vb_arena *arena, const char **out,
                                 struct vb_err *err);

/* -- store_sealed_parcel.c -- */

enum vb_code vb_sealed_put_options(struct vb_keys *keys, struct vb_output_row *row,
                                   struct vb_arena *arena, struct vb_err *err);
enum vb_code vb_sealed_open_options(struct vb_keys *keys, struct vb_output_row *row,
                                    struct vb_arena *arena, struct vb_err *err);
/* below: who is in its round. */
enum vb_code vb_sealed_put_reason(struct vb_keys *keys, struct vb_store *below,
                                  struct vb_parcel_row *row, struct vb_arena *arena,
                                  struct vb_err *err);
enum vb_code vb_sealed_open_reason(struct vb_keys *keys, struct vb_parcel_row *row,
                                   struct vb_arena *arena, struct vb_err *err);

/* -- store_sealed_staff.c -- */

enum vb_code vb_sealed_put_secrets(struct vb_keys *keys, struct vb_staff_row *row,
                                   struct vb_arena *arena, struct vb_err *err);
enum vb_code vb_sealed_open_secrets(struct vb_keys *keys, struct vb_staff_row *row,
                                    struct vb_arena *arena, struct vb_err *err);
enum vb_code vb_sealed_put_body(struct vb_keys *keys, struct vb_token_row *row,
                                struct vb_arena *arena, struct vb_err *err);
enum vb_code vb_sealed_open_body(struct vb_keys *keys, struct vb_token_row *row,
                                 struct vb_arena *arena, struct vb_err *err);

/* VB_E_ABSENT: its session was erased, or there is none. *row keeps its clear fields. */
enum vb_code vb_sealed_put_event(struct vb_keys *keys, struct vb_event_row *row,
                                 struct vb_arena *arena, struct vb_err *err);
enum vb_code vb_sealed_put_label(struct vb_keys *keys, struct vb_person_row *row,
                                 struct vb_arena *arena, struct vb_err *err);
enum vb_code vb_sealed_put_blob(struct vb_keys *keys, struct vb_blob_row *row,
                                struct vb_arena *arena, struct vb_err *err);

/* In place. What was erased says so; VB_E_DATA names the row that was changed. */
enum vb_code vb_sealed_open_event(struct vb_keys *keys, struct vb_event_row *row,
                                  struct vb_arena *arena, struct vb_err *err);
enum vb_code vb_sealed_open_label(struct vb_keys *keys, struct vb_person_row *row,
                                  struct vb_arena *arena, struct vb_err *err);
/* With its bytes, or only its digest, type and length. */
enum vb_code vb_sealed_open_blob(struct vb_keys *keys, struct vb_blob_row *row, bool bytes,
                                 struct vb_arena *arena, struct vb_err *err);

/* -- store_sealed.c -- */

/* Who took part so far: those of the round's sessions that shared, else all of them. */
enum vb_code vb_sealed_joint_persons(struct sealed_store *sealed, const char *round,
                                     const struct vb_change *before, size_t before_count,
                                     struct vb_arena *arena, const char ***persons, int *count,
                                     struct vb_err *err);
/* Destroys the keys of a tombstone that stands below, and marks it done. */
enum vb_code vb_sealed_end(struct sealed_store *sealed, const struct vb_erasure_row *erasure,
                           struct vb_err *err);

/* -- store_sealed_end.c -- */

/* Adds behind count changes, which have room for as many more, where each session ends that they
 * begin or give another state. Gives how many there are now. */
size_t vb_sealed_put_ends(struct sealed_store *sealed, struct vb_change *changes, size_t count,
                          struct vb_arena *arena);
/* What says where the session's log ends; *end NULL: nothing does. */
enum vb_code vb_sealed_read_end(struct sealed_store *sealed, const char *session,
                                struct vb_arena *arena, const char **end, struct vb_err *err);
/* end was read before the events that were found, of which the last is number reached. VB_E_DATA:
 * the log is shorter than it was, or the session's state another; or somebody wrote meanwhile, and
 * there is another end now. VB_OK where there is no such session. */
enum vb_code vb_sealed_check_end(struct sealed_store *sealed, const char *id, const char *end,
                                 int64_t reached, struct vb_arena *arena, struct vb_err *err);
/* Where every session ends that there is, in a store that does not say so yet. */
enum vb_code vb_sealed_begin_ends(struct sealed_store *sealed, int64_t now_wall_ms,
                                  struct vb_arena *arena, struct vb_err *err);

/* -- store_sealed_read.c: the reading half of struct vb_store_ops -- */

void vb_sealed_reads(struct vb_store_ops *ops);

#endif
