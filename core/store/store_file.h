/* store_file.h - whole files: copied, moved, named by their digest, destroyed; durable when a
 * function returns. Errors as of store_folder.h: VB_E_CONFIG where a person has to mend something,
 * VB_E_IO where the disk failed, VB_E_ABSENT: the file is not there. Any thread. */
#ifndef VB_STORE_FILE_H
#define VB_STORE_FILE_H

#include <stdint.h>

#include "base/err.h"
#include "data/digest.h"

/* A new file of mode 0600. VB_E_CONFLICT: there is one of that name. */
enum vb_code vb_store_file_copy(const char *from, const char *to, struct vb_err *err);
enum vb_code vb_store_file_write(const char *path, const void *bytes, size_t len,
                                 struct vb_err *err);
enum vb_code vb_store_file_digest(const char *path, char out[VB_DIGEST_SIZE], int64_t *bytes,
                                  struct vb_err *err);
/* What SQLite wrote without syncing it. */
enum vb_code vb_store_file_sync(const char *path, struct vb_err *err);
/* Over its old name, in the same file system; both folders are synced. */
enum vb_code vb_store_file_move(const char *from, const char *to, struct vb_err *err);
/* Written over and removed. What a disk or a file system keeps of it elsewhere is not reached. A
 * file that is not there is fine. */
enum vb_code vb_store_file_destroy(const char *path, struct vb_err *err);

#endif
