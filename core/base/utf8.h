/* utf8.h - is it UTF-8, and where is it not. Pure; any thread. */
#ifndef VB_UTF8_H
#define VB_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* True when the bytes are well-formed UTF-8 (no overlong form, no surrogate, at most U+10FFFF).
 * Otherwise *bad (may be NULL) is the offset of the first byte that is wrong. NUL is well-formed.
 */
bool vb_utf8_valid(const char *bytes, size_t len, size_t *bad);

/* Code points in well-formed UTF-8. */
size_t vb_utf8_length(const char *bytes, size_t len);

#endif
