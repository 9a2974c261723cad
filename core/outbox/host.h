/* host.h - verbond output-host: the child's side, which is the plugin's process.
 *
 * Confines itself first (limits, the protocol moved off fd 1), then loads the plugin and answers
 * for it. Runs alone in its process; blocking. */
#ifndef VB_OUTBOX_HOST_H
#define VB_OUTBOX_HOST_H

#include <stddef.h>

#include "base/err.h"

struct vb_output;
/* What a plugin's file offers, checked and brought to this version's size: what an older one has
 * not is 0. A .lua is such a file too (script/output.h), but for open. VB_E_CONFIG: another major
 * or a newer minor (both are named), a missing member (it is named), no entry. The library stays
 * loaded. */
struct vb_output_loaded;
enum vb_code vb_output_load(struct vb_output_loaded **out, const char *path, struct vb_err *err);
const struct vb_output *vb_output_loaded_get(const struct vb_output_loaded *loaded);
/* Its open: a C plugin's own, or that of the script. As in struct vb_output. */
struct vb_output_host;
void *vb_output_loaded_open(struct vb_output_loaded *loaded, const struct vb_output_host *host,
                            char *error, size_t error_size);
void vb_output_unload(struct vb_output_loaded *loaded); /* NULL is fine */
/* The check alone, of what an entry gave back (NULL: nothing). file: what its name must be, NULL:
 * any. raw lives as long as *out. */
enum vb_code vb_output_read(struct vb_output_loaded **out, const struct vb_output *raw,
                            const char *file, struct vb_err *err);

/* Speaks the protocol for the plugin until the input ends; the process's exit code. memory_max in
 * bytes, 0: no limit. path: a .so or a .lua; any other file that may be executed is started in this
 * process's place. */
int vb_output_host(const char *path, size_t memory_max);

#endif
