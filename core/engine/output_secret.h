/* output_secret.h - secrets of an output are given by file, and nobody else may read that file.
 *
 * An option is for a secret when one of the words in its name says so: secret, password, token,
 * credentials, key. What is in the file is never read here. */
#ifndef VB_OUTPUT_SECRET_H
#define VB_OUTPUT_SECRET_H

#include "base/err.h"
#include "outbox/protocol.h"

/* options: as vb_options_check left them, paths absolute. VB_E_CONFIG: a secret that is written out
 * itself, or a file of one that group or others may read; no message repeats a value but a path. A
 * file that is not there is the output's own to refuse. */
enum vb_code vb_output_secrets_check(const char *output, const struct vb_wire_option *known,
                                     size_t count, const char *options, struct vb_err *err);

/* What a list of what is configured shows of an option, before anybody knows what the plugin takes:
 * value itself, or words in the place of what should have stood in a file. */
const char *vb_output_secret_shown(const char *name, const char *value);

#endif
