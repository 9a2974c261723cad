/* strip_webp.c - a WebP of its pixels and how see-through they are (RFC 9649).
 *
 *      RIFF size WEBP  [VP8X]  [ALPH]  VP8 or VP8L  [EXIF: orientation] */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "kinds/image_strip.h"

enum { AROUND = 8, EXTENDED = 10, SEE_THROUGH = 0x10, HAS_EXIF = 0x08, MOVING = 0x02 };

struct webp {
    const unsigned char *bytes;
    size_t len, at;
    struct vb_buf body;
    struct vb_err *err;
    const unsigned char *extended; /* data of VP8X; NULL: a simple one */
    bool alpha, pixels;
    int orientation;
};

static enum vb_code broken(struct webp *webp, const char *why)
{
    return vb_fail(webp->err, VB_E_DATA, "the WebP %s", why);
}

static size_t little(const unsigned char *bytes, int size)
{
    size_t out = 0;
    for (int i = size - 1; i >= 0; i--)
        out = out << 8 | bytes[i];
    return out;
}

static void put_chunk(struct vb_buf *out, const void *type, const void *data, size_t len)
{
    const unsigned char size[] = { (unsigned char)len, (unsigned char)(len >> 8),
                                   (unsigned char)(len >> 16), (unsigned char)(len >> 24) };
    vb_buf_put(out, type, 4);
    vb_buf_put(out, size, sizeof size);
    if (len > 0)
        vb_buf_put(out, data, len);
    if (len % 2 != 0)
        vb_buf_putc(out, '\0');
}

/* -- chunks ----------------------------------------------------------------------------------- */

static enum vb_code take_extended(struct webp *webp, const unsigned char *data, size_t len)
{
    if (len != EXTENDED || webp->extended != NULL || webp->body.len > 0)
        return broken(webp, "is broken");
    if ((data[0] & MOVING) != 0)
        return broken(webp, "moves; a picture stands still");
    if (little(data + 4, 3) + 1 > VB_IMAGE_SIDE || little(data + 7, 3) + 1 > VB_IMAGE_SIDE)
        return broken(webp, "is too large");
    webp->extended = data;
    return VB_OK;
}

static void note_exif(struct webp *webp, const unsigned char *data, size_t len)
{
    static const char prefix[6] = "Exif\0"; /* some write it, as in a JPEG */
    size_t skip = len >= sizeof prefix && memcmp(data, prefix, sizeof prefix) == 0 ? 6 : 0;
    webp->orientation = vb_exif_orientation(data + skip, len - skip);
}

static enum vb_code take(struct webp *webp, const unsigned char *type, const unsigned char *data,
                         size_t len)
{
    bool lossy = memcmp(type, "VP8 ", 4) == 0, whole = memcmp(type, "VP8L", 4) == 0;
    bool alpha = memcmp(type, "ALPH", 4) == 0;
    if (memcmp(type, "VP8X", 4) == 0)
        return take_extended(webp, data, len);
    if (memcmp(type, "ANIM", 4) == 0 || memcmp(type, "ANMF", 4) == 0)
        return broken(webp, "moves; a picture stands still");
    if (memcmp(type, "EXIF", 4) == 0)
        note_exif(webp, data, len);
    if (!lossy && !whole && !alpha)
        return VB_OK;
    if (webp->pixels || len == 0 || (alpha && (webp->alpha || webp->extended == NULL)))
        return broken(webp, "is broken");
    webp->alpha |= alpha;
    webp->pixels |= !alpha;
    put_chunk(&webp->body, type, data, len);
    return VB_OK;
}

static enum vb_code take_all(struct webp *webp)
{
    enum vb_code code = VB_OK;
    while (code == VB_OK && webp->at < webp->len) {
        if (webp->len - webp->at < AROUND)
            return broken(webp, "is cut off");
        const unsigned char *from = webp->bytes + webp->at;
        size_t len = little(from + 4, 4), rest = webp->len - webp->at - AROUND;
        if (len > rest)
            return broken(webp, "is cut off");
        code = take(webp, from, from + AROUND, len);
        webp->at += AROUND + len + (len % 2 != 0 && len < rest ? 1 : 0);
    }
    if (code == VB_OK && !webp->pixels)
        return broken(webp, "has no picture in it");
    return code;
}

/* -- out -------------------------------------------------------------------------------------- */

static void put_all(struct vb_buf *out, const struct webp *webp)
{
    struct vb_buf file = { 0 };
    bool turned = webp->extended != NULL && webp->orientation > 1;
    vb_buf_puts(&file, "WEBP");
    if (webp->extended != NULL) {
        unsigned char extended[EXTENDED] = { 0 };
        memcpy(extended + 4, webp->extended + 4, 6);
        extended[0] = (unsigned char)((webp->extended[0] & SEE_THROUGH) | (turned ? HAS_EXIF : 0));
        put_chunk(&file, "VP8X", extended, sizeof extended);
    }
    vb_buf_put(&file, webp->body.data, webp->body.len);
    if (turned) {
        struct vb_buf exif = { 0 };
        vb_exif_put(&exif, webp->orientation);
        put_chunk(&file, "EXIF", exif.data, exif.len);
        vb_buf_finish(&exif);
    }
    put_chunk(out, "RIFF", file.data, file.len);
    vb_buf_finish(&file);
}

enum vb_code vb_strip_webp(struct vb_buf *out, const void *bytes, size_t len, struct vb_err *err)
{
    enum { HEAD = 12 };
    const unsigned char *head = bytes;
    struct webp webp = { .bytes = bytes, .at = HEAD, .err = err, .orientation = 1 };
    if (len < HEAD || memcmp(head, "RIFF", 4) != 0 || memcmp(head + 8, "WEBP", 4) != 0)
        return broken(&webp, "is none");
    webp.len = little(head + 4, 4) + AROUND; /* what lies behind is none of it */
    if (webp.len < HEAD || webp.len > len)
        return broken(&webp, "is cut off");
    enum vb_code code = take_all(&webp);
    if (code == VB_OK)
        put_all(out, &webp);
    vb_buf_finish(&webp.body);
    return code;
}
