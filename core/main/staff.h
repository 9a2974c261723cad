/* staff.h - accounts, changed and listed by the command line (docs/reference/staff.md). The store
 * is open. Each is one commit with its row of the audit. One thread. */
#ifndef VB_STAFF_H
#define VB_STAFF_H

#include "main/workplace.h"

/* VB_E_CONFLICT: there is one of that name. */
enum vb_code vb_staff_add(struct vb_workplace *place, const char *name, const char *roles,
                          const char *password_file, struct vb_err *err);
/* The rest: VB_E_ABSENT names the account that is meant. */
enum vb_code vb_staff_password(struct vb_workplace *place, const char *name,
                               const char *password_file, struct vb_err *err);
enum vb_code vb_staff_role(struct vb_workplace *place, const char *name, const char *roles,
                           struct vb_err *err);
enum vb_code vb_staff_disable(struct vb_workplace *place, const char *name, bool disabled,
                              struct vb_err *err);
/* Prints the otpauth URI of a new secret; off: takes it away. */
enum vb_code vb_staff_totp(struct vb_workplace *place, const char *name, bool off,
                           struct vb_err *err);
/* end: it is theirs no longer. */
enum vb_code vb_staff_assign(struct vb_workplace *place, const char *name, const char *case_id,
                             bool end, struct vb_err *err);
enum vb_code vb_staff_list(struct vb_workplace *place, bool json, struct vb_err *err);

#endif
