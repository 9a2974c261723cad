/* whole_file.h - a file that is only ever there whole, for output plugins.
 *
 * After a power cut it is the old one or the new one, and both calls return when that is durable.
 * Links are followed: what is written or removed is what they lead to.
 * Whatever was said on the way is in error (error_size bytes), which names the path. */
#ifndef WHOLE_FILE_H
#define WHOLE_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* Puts bytes in the place of what path leads to (0600). It is written beside it first, under
 * path.new; one process at a time. False: what was there still is. Devices and pipes are refused.
 */
bool whole_file_put(const char *path, const void *bytes, size_t len, char *error,
                    size_t error_size);
/* Takes path away, and what a kill left of a path.new. That there is none is fine. */
bool whole_file_remove(const char *path, char *error, size_t error_size);
/* Syncs the folder that path lies in, so that a name given there is durable. */
bool whole_file_sync_folder(const char *path);
/* Writes all of bytes, whatever signal comes in between. False: errno says why. */
bool whole_file_write(int fd, const void *bytes, size_t len);

#endif
