/* password.h - a new password: from a file, asked for twice without echo, or made up. One thread.
 */
#ifndef VB_PASSWORD_H
#define VB_PASSWORD_H

#include <stdbool.h>

#include "main/workplace.h"

/* path: the file's first line, NULL: none. Without a file somebody at a terminal is asked twice,
 * and where nobody is, or nothing is typed, a random one is made (*made). name: whose it will be.
 * In the workplace's arena; the caller wipes it. VB_E_DATA: too short; the two are not the same. */
enum vb_code vb_password_get(struct vb_workplace *place, const char *path, const char *name,
                             const char **out, bool *made, struct vb_err *err);

#endif
