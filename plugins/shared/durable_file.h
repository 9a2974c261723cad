/* durable_file.h - a text file of records that a power cut leaves whole, for output plugins.
 *
 * Records end with the same bytes ("\n", "\r\n") and hold those bytes nowhere else, so that what a
 * kill left of half a record can be told and is cut off when the file is opened again. One process
 * at a time: it is locked. Compiled into the plugins that use it. */
#ifndef DURABLE_FILE_H
#define DURABLE_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct durable_file;
/* Makes it (0600) where it is not; links are followed, now and for good. patience_ms: how long one
 * that another process has is waited for. NULL: error (error_size bytes) says why. path and ending
 * are copied. */
struct durable_file *durable_file_open(const char *path, const char *ending, int patience_ms,
                                       char *error, size_t error_size);
void durable_file_close(struct durable_file *file); /* NULL is fine */

/* Appends whole records and syncs. False: nothing of them is there (errno is written into error).
 */
bool durable_file_append(struct durable_file *file, const char *bytes, size_t len, char *error,
                         size_t error_size);
/* Everything there is, in memory of its own that the caller frees; NULL as above. */
char *durable_file_read(struct durable_file *file, size_t *len, char *error, size_t error_size);
/* Puts bytes in the place of everything, at once: after a power cut it is the old or the new. */
bool durable_file_replace(struct durable_file *file, const char *bytes, size_t len, char *error,
                          size_t error_size);

/* The records without those of which about says so; for durable_file_replace. In memory of its own,
 * NULL when there is no memory. *left_out: how many were. */
char *durable_file_without(const char *bytes, size_t len, const char *ending,
                           bool (*about)(void *ctx, const char *record, size_t len), void *ctx,
                           size_t *out_len, size_t *left_out);

#endif
