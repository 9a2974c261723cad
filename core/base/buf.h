/* buf.h - bytes that grow.
 *
 * Zero-initialise; finish frees. data is NUL-terminated after every put (the NUL is not counted in
 * len). One owner, one thread. */
#ifndef VB_BUF_H
#define VB_BUF_H

#include <stddef.h>
#include <string.h>

struct vb_buf {
    char *data; /* NULL while nothing was put */
    size_t len, cap;
};
void vb_buf_finish(struct vb_buf *buf);
void vb_buf_clear(struct vb_buf *buf); /* empties it, keeps the memory */
void vb_buf_reserve(struct vb_buf *buf, size_t more);
void vb_buf_put(struct vb_buf *buf, const void *bytes, size_t len);
void vb_buf_printf(struct vb_buf *buf, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void vb_buf_int(struct vb_buf *buf, long long number); /* decimal */
/* Gives the bytes away: *dst (empty before) owns them, src is empty afterwards. */
void vb_buf_take(struct vb_buf *dst, struct vb_buf *src);

static inline void vb_buf_putc(struct vb_buf *buf, char c)
{
    vb_buf_put(buf, &c, 1);
}
static inline void vb_buf_puts(struct vb_buf *buf, const char *s)
{
    vb_buf_put(buf, s, strlen(s));
}

#endif
