/* strip_jpeg.c - a JPEG of its tables, frame and scans alone (ITU-T T.81, annex B).
 *
 *      FFD8  [JFIF] [Exif: orientation] [Adobe: how the colours are coded]  tables, frame, scans
 * FFD9
 *
 * Each segment that stays is checked to have the length its own fields ask for, so that nothing
 * rides along behind them. The first end is the end: phones put films and second pictures there. */
#include <stdbool.h>
#include <string.h>

#include "kinds/image_strip.h"

struct jpeg {
    const unsigned char *bytes;
    size_t len, at;
    struct vb_buf body;
    struct vb_err *err;
    bool jfif, frame, scan;
    int adobe;       /* 0..2; -1: it does not say */
    int orientation; /* 1..8 */
};

static enum vb_code broken(struct jpeg *jpeg, const char *why)
{
    return vb_fail(jpeg->err, VB_E_DATA, "the JPEG %s", why);
}

static unsigned two(const unsigned char *bytes)
{
    return (unsigned)bytes[0] << 8 | bytes[1];
}

/* -- segments; data and len without marker and length -------------------------------------------
 */

/* DQT: tables of 64 numbers of one or two bytes. */
static bool quantization_fits(const unsigned char *data, size_t len)
{
    while (len > 0) {
        size_t one = 1 + (data[0] >> 4 == 0 ? 64 : 128);
        if (data[0] >> 4 > 1 || (data[0] & 15) > 3 || len < one)
            return false;
        data += one;
        len -= one;
    }
    return true;
}

/* DHT: tables of 16 counts and so many bytes. */
static bool codes_fit(const unsigned char *data, size_t len)
{
    while (len > 0) {
        size_t one = 17;
        if (data[0] >> 4 > 1 || (data[0] & 15) > 3 || len < one)
            return false;
        for (int i = 1; i <= 16; i++)
            one += data[i];
        if (len < one)
            return false;
        data += one;
        len -= one;
    }
    return true;
}

static bool frame_fits(const unsigned char *data, size_t len)
{
    return len >= 6 && len == 6 + 3 * (size_t)data[5] && data[5] >= 1 && data[5] <= 4 &&
           two(data + 1) >= 1 && two(data + 1) <= VB_IMAGE_SIDE && two(data + 3) >= 1 &&
           two(data + 3) <= VB_IMAGE_SIDE;
}

static bool scan_fits(const unsigned char *data, size_t len)
{
    return len >= 1 && data[0] >= 1 && data[0] <= 4 && len == 4 + 2 * (size_t)data[0];
}

/* An APPn segment or a comment: never kept as it is. */
static void note(struct jpeg *jpeg, unsigned char marker, const unsigned char *data, size_t len)
{
    if (marker == 0xE0 && len >= 5 && memcmp(data, "JFIF\0", 5) == 0)
        jpeg->jfif = true;
    else if (marker == 0xE1 && len >= 6 && memcmp(data, "Exif\0\0", 6) == 0)
        jpeg->orientation = vb_exif_orientation(data + 6, len - 6);
    else if (marker == 0xEE && len >= 12 && memcmp(data, "Adobe", 5) == 0)
        jpeg->adobe = data[11] <= 2 ? data[11] : -1;
}

/* The scan behind its head: to the next marker that is none of a scan's own. */
static enum vb_code take_scan(struct jpeg *jpeg)
{
    size_t from = jpeg->at;
    for (;;) {
        const unsigned char *next = memchr(jpeg->bytes + jpeg->at, 0xFF, jpeg->len - jpeg->at);
        if (next == NULL || (size_t)(next - jpeg->bytes) + 1 >= jpeg->len)
            return broken(jpeg, "is cut off");
        jpeg->at = (size_t)(next - jpeg->bytes);
        unsigned char marker = next[1];
        if (marker != 0 && (marker < 0xD0 || marker > 0xD7) && marker != 0xFF)
            break;
        jpeg->at += marker == 0xFF ? 1 : 2;
    }
    jpeg->scan = true;
    vb_buf_put(&jpeg->body, jpeg->bytes + from, jpeg->at - from);
    return VB_OK;
}

static enum vb_code take_segment(struct jpeg *jpeg, unsigned char marker)
{
    if (jpeg->len - jpeg->at < 2)
        return broken(jpeg, "is cut off");
    size_t size = two(jpeg->bytes + jpeg->at);
    if (size < 2 || size > jpeg->len - jpeg->at)
        return broken(jpeg, "is cut off");
    const unsigned char *data = jpeg->bytes + jpeg->at + 2;
    size_t len = size - 2;
    bool fits;
    jpeg->at += size;
    if ((marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE) {
        note(jpeg, marker, data, len);
        return VB_OK;
    }
    switch (marker) {
    case 0xC0: /* baseline, extended, progressive: what browsers show */
    case 0xC1:
    case 0xC2:
        fits = !jpeg->frame && frame_fits(data, len);
        jpeg->frame = true;
        break;
    case 0xC4:
        fits = codes_fit(data, len);
        break;
    case 0xDA:
        fits = jpeg->frame && scan_fits(data, len);
        break;
    case 0xDB:
        fits = quantization_fits(data, len);
        break;
    case 0xDD:
        fits = len == 2;
        break;
    default:
        return broken(jpeg, "is of a kind that pages do not show");
    }
    if (!fits)
        return broken(jpeg, "is broken, or too large");
    vb_buf_put(&jpeg->body, (const unsigned char[]){ 0xFF, marker }, 2);
    vb_buf_put(&jpeg->body, data - 2, size);
    return marker == 0xDA ? take_scan(jpeg) : VB_OK;
}

static enum vb_code take_all(struct jpeg *jpeg)
{
    for (;;) {
        if (jpeg->at >= jpeg->len)
            return broken(jpeg, "is cut off");
        if (jpeg->bytes[jpeg->at] != 0xFF)
            return broken(jpeg, "is broken");
        while (jpeg->at < jpeg->len && jpeg->bytes[jpeg->at] == 0xFF)
            jpeg->at++;
        if (jpeg->at >= jpeg->len)
            return broken(jpeg, "is cut off");
        unsigned char marker = jpeg->bytes[jpeg->at++];
        if (marker == 0xD9)
            return jpeg->scan ? VB_OK : broken(jpeg, "has no picture in it");
        enum vb_code code = take_segment(jpeg, marker);
        if (code != VB_OK)
            return code;
    }
}

/* -- out -------------------------------------------------------------------------------------- */

static void put_head(struct vb_buf *out, const struct jpeg *jpeg)
{
    static const unsigned char jfif[] = { 0xFF, 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0,
                                          1,    1,    0, 0,  1,   0,   1,   0,   0 };
    static const unsigned char exif[] = {
        0xFF, 0xE1, 0, 8 + VB_EXIF_SIZE, 'E', 'x', 'i', 'f', 0, 0
    };
    unsigned char adobe[] = { 0xFF, 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0 };
    if (jpeg->jfif)
        vb_buf_put(out, jfif, sizeof jfif);
    if (jpeg->orientation > 1) {
        vb_buf_put(out, exif, sizeof exif);
        vb_exif_put(out, jpeg->orientation);
    }
    if (jpeg->adobe >= 0) {
        adobe[sizeof adobe - 1] = (unsigned char)jpeg->adobe;
        vb_buf_put(out, adobe, sizeof adobe);
    }
}

enum vb_code vb_strip_jpeg(struct vb_buf *out, const void *bytes, size_t len, struct vb_err *err)
{
    struct jpeg jpeg = {
        .bytes = bytes, .len = len, .at = 2, .err = err, .adobe = -1, .orientation = 1
    };
    if (len < 2 || memcmp(bytes, "\xFF\xD8", 2) != 0)
        return broken(&jpeg, "is none");
    enum vb_code code = take_all(&jpeg);
    if (code == VB_OK) {
        vb_buf_put(out, "\xFF\xD8", 2);
        put_head(out, &jpeg);
        vb_buf_put(out, jpeg.body.data, jpeg.body.len);
        vb_buf_put(out, "\xFF\xD9", 2);
    }
    vb_buf_finish(&jpeg.body);
    return code;
}
