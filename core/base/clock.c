#include "base/clock.h"

#include <stddef.h>
#include <time.h>

static int64_t system_wall_ms(void *ctx)
{
    struct timespec t;
    (void)ctx;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t system_mono_ns(void *ctx)
{
    struct timespec t;
    (void)ctx;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct vb_clock vb_clock_system(void)
{
    return (struct vb_clock){ system_wall_ms, system_mono_ns, NULL };
}

void vb_time_format(int64_t wall_ms, char out[VB_TIME_SIZE])
{
    int64_t ms = wall_ms % 1000;
    time_t seconds = (time_t)((wall_ms - (ms < 0 ? ms + 1000 : ms)) / 1000);
    struct tm parts;
    out[0] = '\0';
    if (gmtime_r(&seconds, &parts) != NULL)
        strftime(out, VB_TIME_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts);
}
