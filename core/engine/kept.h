/* kept.h - the store of a data folder: sealed under its keys, behind a thread that writes and one
 * that reads.
 *
 * Belongs to the loop's thread. What is past its time is not erased here: session/retention.h. */
#ifndef VB_KEPT_H
#define VB_KEPT_H

#include "loop/loop.h"
#include "store/keys.h"

struct vb_kept {            /* zero-initialise */
    struct vb_keys *keys;   /* what the store is sealed under */
    struct vb_store *store; /* NULL until it is open */
    bool made_key;          /* opening made a key file; also when what came after it failed */
};
struct vb_kept_options {
    const char *dir; /* the data folder; made (0700) when it is missing, as folders on the way */
    const char *key_path; /* the key file; a new folder gets one when there is none */
    struct vb_loop *loop; /* borrowed until it is closed */
    struct vb_clock clock;
    struct vb_random random;
};
/* Opens the folder and carries on with what was to be erased. VB_E_BUSY: somebody else has it open;
 * VB_E_CONFIG: the key file is missing, readable by others, broken or another one's. After an error
 * it is closed as well. */
enum vb_code vb_kept_open(struct vb_kept *kept, const struct vb_kept_options *options,
                          struct vb_err *err);
/* What was submitted is written first. All zero again; one that was never opened is fine. */
void vb_kept_close(struct vb_kept *kept);

/* Where the key file lies when nobody says so: $VERBOND_KEY, else verbond/key in the XDG
 * configuration folder. In arena. VB_E_CONFIG when there is no home to put it in. */
enum vb_code vb_kept_key_path(struct vb_arena *arena, const char **out, struct vb_err *err);

#endif
