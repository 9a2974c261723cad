/* retry_after.h - the header Retry-After of an answer (RFC 9110, 10.2.3). Pure. */
#ifndef WEBHOOK_RETRY_AFTER_H
#define WEBHOOK_RETRY_AFTER_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

enum { RETRY_AFTER_MAX_MS = 24 * 60 * 60 * 1000 }; /* as the engine's own: a day */

/* Milliseconds from now, at most a day; 0: it says none, one that is past, or something else than
 * whole seconds or a date (in one of the three forms of RFC 9110, 5.6.7). value: what stands behind
 * the colon, with or without blanks and the end of the line. */
int64_t retry_after_ms(const char *value, size_t len, time_t now);

#endif
