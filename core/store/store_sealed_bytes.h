/* store_sealed_bytes.h - what is sealed as bytes: lengths before them, zeros behind them. For
 * store_sealed_event.c and store_sealed_row.c only. */
#ifndef VB_STORE_SEALED_BYTES_H
#define VB_STORE_SEALED_BYTES_H

#include <sodium.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/mem.h"

enum { PAGE = 4096 };

/* -- sizes -- */

static inline size_t step_up(size_t len, size_t step)
{
    return (len + step - 1) / step * step;
}

/* The smallest of the sizes that own words take. */
static inline size_t bucket(size_t len)
{
    static const size_t buckets[] = { 64, 256, 1024 };
    for (size_t i = 0; i < sizeof buckets / sizeof *buckets; i++)
        if (len <= buckets[i])
            return buckets[i];
    return step_up(len, PAGE);
}

static inline void pad(struct vb_buf *text, size_t size)
{
    static const char zeros[PAGE];
    while (text->len < size)
        vb_buf_put(text, zeros, size - text->len < PAGE ? size - text->len : PAGE);
}

/* -- lengths before bytes -- */

static inline void put_number(struct vb_buf *out, size_t number)
{
    for (; number >= 0x80; number >>= 7)
        vb_buf_putc(out, (char)(0x80 | (number & 0x7f)));
    vb_buf_putc(out, (char)number);
}

static inline void put_bytes(struct vb_buf *out, const void *bytes, size_t len)
{
    put_number(out, len);
    vb_buf_put(out, bytes, len);
}

struct cursor { /* over bytes that were sealed by us; bad: they were not */
    const unsigned char *at, *end;
    bool bad;
};

static inline size_t get_number(struct cursor *cursor)
{
    size_t number = 0;
    for (int shift = 0; cursor->at < cursor->end && shift < 56; shift += 7) {
        unsigned char byte = *cursor->at++;
        number |= (size_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
    cursor->bad = true;
    return 0;
}

static inline const char *get_bytes(struct cursor *cursor, size_t *len, struct vb_arena *arena)
{
    *len = get_number(cursor);
    if (*len > (size_t)(cursor->end - cursor->at)) {
        cursor->bad = true;
        *len = 0;
    }
    const char *bytes = (const char *)cursor->at;
    cursor->at += *len;
    return vb_arena_strndup(arena, bytes, *len);
}

static inline void wipe(struct vb_buf *text)
{
    if (text->data != NULL)
        sodium_memzero(text->data, text->cap);
    vb_buf_finish(text);
}

#endif
