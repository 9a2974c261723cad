/* store_folder.h - the data folder: made when it is missing, and one process at a time. */
#ifndef VB_STORE_FOLDER_H
#define VB_STORE_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct vb_store_folder {
    char *path; /* absolute */
    int lock;   /* descriptor of PATH/lock, -1: not held */
};
/* Makes the folder and what is missing above it (mode 0700) and takes its lock. VB_E_BUSY names the
 * process that has it; VB_E_CONFIG when the folder cannot be used, VB_E_IO when the disk fails. */
enum vb_code vb_store_folder_open(struct vb_store_folder *folder, const char *dir,
                                  struct vb_err *err);
/* Only makes it, and what is missing above it. */
enum vb_code vb_store_folder_make(const char *dir, struct vb_err *err);
void vb_store_folder_close(struct vb_store_folder *folder); /* gives the lock back */
/* Is there a file of so many bytes in it that only takes up room (PATH/reserve)? Makes it when it
 * is missing; false: the disk has no place for it. */
bool vb_store_folder_reserve(const struct vb_store_folder *folder, int64_t bytes);
/* Gives that room back to the disk; false: there was none to give. */
bool vb_store_folder_release(const struct vb_store_folder *folder);
enum vb_code vb_store_folder_sync(const char *dir,
                                  struct vb_err *err); /* names in it are durable */
/* And so is its own, from the root on: whoever made it may have been broken off before that. */
enum vb_code vb_store_folder_sync_path(const char *dir, struct vb_err *err);

/* Does path lie in the folder, at any depth, or name the folder itself? Through links, and also
 * when it is not there yet: then what is there of the way to it decides. */
bool vb_store_folder_holds(const char *dir, const char *path);

/* "what: reason of errno": VB_E_CONFIG when a person has to mend something, else VB_E_IO. */
enum vb_code vb_store_folder_fail(struct vb_err *err, int errno_value, const char *what,
                                  const char *path);

#endif
