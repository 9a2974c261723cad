/* put_file.h - a file that is there whole, or as it was. */
#ifndef VB_PUT_FILE_H
#define VB_PUT_FILE_H

#include "base/buf.h"
#include "base/err.h"

/* Writes PATH.new, on disk, and moves it into the place of PATH. What is no plain file, such as a
 * pipe or a link (/dev/stdout is one), is never replaced but written to. VB_E_IO. */
enum vb_code vb_put_file(const char *path, const struct vb_buf *bytes, struct vb_err *err);

#endif
