#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

static void stderr_write(void *ctx, enum vb_log_level level, const char *room, const char *text)
{
    static const char *const names[] = { "error", "warning", "info", "debug" };
    (void)ctx;
    fprintf(stderr, "verbond: %s: %s: %s\n", names[level], room, text);
}

struct vb_log vb_log_stderr(enum vb_log_level most)
{
    return (struct vb_log){ stderr_write, NULL, most };
}

void vb_log(const struct vb_log *log, enum vb_log_level level, const char *room, const char *fmt,
            ...)
{
    char text[1024];
    if (log == NULL || level > log->most)
        return;
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    log->write(log->ctx, level, room, text);
}
