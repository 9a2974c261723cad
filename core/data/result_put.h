/* result_put.h - the inside of result.h: its bytes, and the parts that lie in files of their own.
 *
 * The bytes of a result are a promise: the same result gives the same ones, on every machine. This
 * also runs in every benchmark, so the puts are inline, and ids go out as they stand: the load
 * allows them nothing that JSON would escape. */
#ifndef VB_RESULT_PUT_H
#define VB_RESULT_PUT_H

#include <string.h>

#include "base/buf.h"
#include "data/result.h"

static inline void put(struct vb_buf *out, const char *bytes, size_t len)
{
    if (out->cap - out->len <= len)
        vb_buf_reserve(out, len);
    memcpy(out->data + out->len, bytes, len);
    out->len += len;
}

/* Of a literal, the compiler knows the length. */
__attribute__((always_inline)) static inline void say(struct vb_buf *out, const char *literal)
{
    put(out, literal, strlen(literal));
}

static inline void put_id(struct vb_buf *out, const char *id)
{
    if (id == NULL) {
        say(out, "null");
        return;
    }
    say(out, "\"");
    put(out, id, strlen(id));
    say(out, "\"");
}

static inline void put_bool(struct vb_buf *out, bool yes)
{
    if (yes)
        say(out, "true");
    else
        say(out, "false");
}

static inline void put_int(struct vb_buf *out, int64_t number)
{
    char digit = (char)('0' + number);
    if (number >= 0 && number <= 9)
        put(out, &digit, 1);
    else
        vb_buf_int(out, number);
}

/* ,"team":{...}: a result with a card (result_card.c). */
void vb_result_put_card(struct vb_buf *out, const struct vb_result *result);

#endif
