/* strip_png.c - a PNG of its five chunks that make the picture (PNG, third edition, 5 and 11).
 *
 *      signature  IHDR  [eXIf: orientation]  [PLTE]  [tRNS]  IDAT...  IEND
 *
 * Of a moving one the still picture stays. */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "kinds/image_strip.h"

static const char signature[8] = "\x89PNG\r\n\x1A\n";

struct png {
    const unsigned char *bytes;
    size_t len, at;
    struct vb_buf body; /* behind IHDR */
    struct vb_err *err;
    const unsigned char *head; /* the whole IHDR chunk */
    bool palette, see_through, pixels;
    bool behind; /* something else stands behind the pixels */
    int orientation;
};

struct chunk {
    const unsigned char *type, *data;
    size_t len; /* of data */
};
enum { AROUND = 12, HEAD = 13 }; /* length, type and checksum; IHDR's data */

static enum vb_code broken(struct png *png, const char *why)
{
    return vb_fail(png->err, VB_E_DATA, "the PNG %s", why);
}

static uint32_t four(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool is(const struct chunk *chunk, const char *type)
{
    return memcmp(chunk->type, type, 4) == 0;
}

/* -- chunks ----------------------------------------------------------------------------------- */

static bool next(struct png *png, struct chunk *out)
{
    if (png->len - png->at < AROUND)
        return false;
    const unsigned char *from = png->bytes + png->at;
    *out = (struct chunk){ from + 4, from + 8, four(from) };
    if (out->len > png->len - png->at - AROUND)
        return false;
    png->at += out->len + AROUND;
    return true;
}

static void keep(struct png *png, const struct chunk *chunk)
{
    vb_buf_put(&png->body, chunk->data - 8, chunk->len + AROUND);
}

static enum vb_code take_head(struct png *png, const struct chunk *chunk)
{
    uint32_t wide = four(chunk->data), high = four(chunk->data + 4);
    if (wide < 1 || wide > VB_IMAGE_SIDE || high < 1 || high > VB_IMAGE_SIDE)
        return broken(png, "is too large");
    png->head = chunk->data - 8;
    return VB_OK;
}

static enum vb_code take_pixels(struct png *png, const struct chunk *chunk)
{
    if (png->behind)
        return broken(png, "is broken");
    png->pixels = true;
    keep(png, chunk);
    return VB_OK;
}

static enum vb_code take_colours(struct png *png, const struct chunk *chunk, bool *seen,
                                 size_t most)
{
    if (*seen || png->pixels || chunk->len > most)
        return broken(png, "is broken");
    *seen = true;
    keep(png, chunk);
    return VB_OK;
}

static enum vb_code take(struct png *png, const struct chunk *chunk)
{
    enum { COLOURS = 256, SMALL = 0x20 };
    if (is(chunk, "IDAT"))
        return take_pixels(png, chunk);
    png->behind = png->pixels;
    if (is(chunk, "PLTE"))
        return take_colours(png, chunk, &png->palette, COLOURS * 3);
    if (is(chunk, "tRNS"))
        return take_colours(png, chunk, &png->see_through, COLOURS);
    if (is(chunk, "eXIf"))
        png->orientation = vb_exif_orientation(chunk->data, chunk->len);
    else if ((chunk->type[0] & SMALL) == 0)
        return broken(png, "has a part that nobody knows");
    return VB_OK;
}

static enum vb_code take_all(struct png *png)
{
    struct chunk chunk;
    if (!next(png, &chunk) || !is(&chunk, "IHDR") || chunk.len != HEAD)
        return broken(png, "is broken");
    enum vb_code code = take_head(png, &chunk);
    while (code == VB_OK) {
        if (!next(png, &chunk))
            return broken(png, "is cut off");
        if (is(&chunk, "IEND"))
            return png->pixels ? VB_OK : broken(png, "has no picture in it");
        code = take(png, &chunk);
    }
    return code;
}

/* -- out -------------------------------------------------------------------------------------- */

/* CRC-32 of PNG, annex D; for the few bytes of our own. */
static uint32_t checksum(const char *bytes, size_t len)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < len; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
    }
    return ~crc;
}

static void put_four(struct vb_buf *out, uint32_t number)
{
    const unsigned char bytes[] = { (unsigned char)(number >> 24), (unsigned char)(number >> 16),
                                    (unsigned char)(number >> 8), (unsigned char)number };
    vb_buf_put(out, bytes, sizeof bytes);
}

static void put_chunk(struct vb_buf *out, const char *type, const struct vb_buf *data)
{
    put_four(out, (uint32_t)data->len);
    size_t from = out->len;
    vb_buf_put(out, type, 4);
    if (data->len > 0)
        vb_buf_put(out, data->data, data->len);
    put_four(out, checksum(out->data + from, out->len - from));
}

enum vb_code vb_strip_png(struct vb_buf *out, const void *bytes, size_t len, struct vb_err *err)
{
    struct png png = {
        .bytes = bytes, .len = len, .at = sizeof signature, .err = err, .orientation = 1
    };
    if (len < sizeof signature || memcmp(bytes, signature, sizeof signature) != 0)
        return broken(&png, "is none");
    enum vb_code code = take_all(&png);
    if (code == VB_OK) {
        struct vb_buf exif = { 0 };
        vb_buf_put(out, signature, sizeof signature);
        vb_buf_put(out, png.head, HEAD + AROUND);
        if (png.orientation > 1) {
            vb_exif_put(&exif, png.orientation);
            put_chunk(out, "eXIf", &exif);
            vb_buf_finish(&exif);
        }
        vb_buf_put(out, png.body.data, png.body.len);
        put_chunk(out, "IEND", &(struct vb_buf){ 0 });
    }
    vb_buf_finish(&png.body);
    return code;
}
