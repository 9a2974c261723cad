/* clock.h - time is given, never taken.
 *
 * main hands the system clock to whoever needs one, tests hand their own. Wall time is only shown
 * and stored; order comes from sequence numbers, deadlines from the monotonic clock. */
#ifndef VB_CLOCK_H
#define VB_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct vb_clock {
    int64_t (*wall_ms)(void *ctx); /* since 1970-01-01 UTC */
    int64_t (*mono_ns)(void *ctx); /* since some fixed moment, never back */
    void *ctx;
};
struct vb_clock vb_clock_system(void);

enum { VB_TIME_SIZE = 32 };
/* "2026-11-21T10:00:00Z"; "" outside the years 1 to 9999 */
void vb_time_format(int64_t wall_ms, char out[VB_TIME_SIZE]);

/* The beginning of a day in UTC, from "2026-11-21"; false when it is no day of the years 1 to 9999
 */
bool vb_time_read_day(const char *text, int64_t *wall_ms);

#endif
