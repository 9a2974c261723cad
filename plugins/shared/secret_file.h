/* secret_file.h - a small file with a secret, for output plugins.
 *
 * Secrets come by file: options are kept with each round, and shown. Compiled into the plugins that
 * use it. */
#ifndef SECRET_FILE_H
#define SECRET_FILE_H

#include <stddef.h>

/* What stands in it, NUL-terminated; for secret_file_free. NULL: error (error_size bytes) says why:
 * it cannot be read, others may read it, it is no text, or it has more than most bytes. What stands
 * in it is never said. */
char *secret_file_read(const char *path, size_t most, char *error, size_t error_size);
void secret_file_free(char *text); /* wipes it; NULL is fine */

#endif
