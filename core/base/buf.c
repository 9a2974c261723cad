#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"

void vb_buf_finish(struct vb_buf *buf)
{
    free(buf->data);
    *buf = (struct vb_buf){ 0 };
}

void vb_buf_clear(struct vb_buf *buf)
{
    buf->len = 0;
    if (buf->data != NULL)
        buf->data[0] = '\0';
}

void vb_buf_reserve(struct vb_buf *buf, size_t more)
{
    vb_assert(more < SIZE_MAX / 4);
    size_t need = buf->len + more + 1;
    if (need <= buf->cap)
        return;
    size_t cap = buf->cap == 0 ? 256 : buf->cap;
    while (cap < need)
        cap *= 2;
    buf->data = vb_realloc(buf->data, cap);
    buf->cap = cap;
}

void vb_buf_put(struct vb_buf *buf, const void *bytes, size_t len)
{
    if (buf->cap - buf->len <= len)
        vb_buf_reserve(buf, len);
    if (len > 0)
        memcpy(buf->data + buf->len, bytes, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void vb_buf_printf(struct vb_buf *buf, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    vb_assert(n >= 0);
    vb_buf_reserve(buf, (size_t)n);
    vsnprintf(buf->data + buf->len, (size_t)n + 1, fmt, again);
    va_end(again);
    buf->len += (size_t)n;
}

void vb_buf_int(struct vb_buf *buf, long long number)
{
    char digits[24];
    char *p = digits + sizeof digits;
    unsigned long long rest =
        number < 0 ? 0ULL - (unsigned long long)number : (unsigned long long)number;
    do
        *--p = (char)('0' + rest % 10);
    while ((rest /= 10) != 0);
    if (number < 0)
        *--p = '-';
    vb_buf_put(buf, p, (size_t)(digits + sizeof digits - p));
}

void vb_buf_take(struct vb_buf *dst, struct vb_buf *src)
{
    vb_assert(dst->data == NULL);
    *dst = *src;
    *src = (struct vb_buf){ 0 };
}
