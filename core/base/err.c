#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum vb_code vb_fail(struct vb_err *err, enum vb_code code, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vsnprintf(err->text, sizeof err->text, fmt, args);
    va_end(args);
    err->code = code;
    return code;
}

enum vb_code vb_while(struct vb_err *err, const char *fmt, ...)
{
    char doing[sizeof err->text];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(doing, sizeof doing, fmt, args);
    va_end(args);
    size_t used = n < 0 ? 0 : (size_t)n < sizeof doing ? (size_t)n : sizeof doing - 1;
    const char *parts[] = { ": ", err->text };
    for (int i = 0; i < 2; i++) {
        size_t room = sizeof doing - 1 - used, len = strnlen(parts[i], room);
        memcpy(doing + used, parts[i], len);
        used += len;
    }
    doing[used] = '\0';
    memcpy(err->text, doing, used + 1);
    return err->code;
}

int vb_exit_code(enum vb_code code)
{
    switch (code) {
    case VB_OK:
        return 0;
    case VB_E_USAGE:
        return 2;
    case VB_E_CONFIG:
        return 3;
    case VB_E_DATA:
    case VB_E_ABSENT:
    case VB_E_CHANGED:
    case VB_E_SCRIPT:
    case VB_E_LIMIT:
        return 4;
    case VB_E_BUSY:
    case VB_E_CONFLICT:
    case VB_E_IO:
        return 5;
    case VB_E_STOPPED:
        return 130;
    case VB_E_INTERNAL:
        return 70;
    }
    return 70;
}

void vb_assert_failed(const char *cond, const char *file, int line)
{
    fprintf(stderr, "verbond: a promise was broken at %s:%d: %s\n", file, line, cond);
    abort();
}
