/* image_strip.c - which picture it is, and what is kept of its Exif: how the camera was held. */
#include "kinds/image_strip.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "data/strokes.h"
#include "kinds/kind.h"

/* -- Exif: a TIFF file of one folder (JEITA CP-3451, 4.6) ----------------------------------------
 */

struct tiff {
    const unsigned char *bytes;
    size_t len;
    bool little;
};

static uint32_t number(const struct tiff *tiff, size_t at, int size)
{
    uint32_t out = 0;
    for (int i = 0; i < size; i++)
        out = out << 8 | tiff->bytes[tiff->little ? at + (size_t)(size - 1 - i) : at + (size_t)i];
    return out;
}

int vb_exif_orientation(const unsigned char *bytes, size_t len)
{
    enum { ORIENTATION = 0x112, SHORT = 3, ENTRY = 12 };
    struct tiff tiff = { bytes, len, len > 0 && bytes[0] == 'I' };
    if (len < 8 || (memcmp(bytes, "II*\0", 4) != 0 && memcmp(bytes, "MM\0*", 4) != 0))
        return 1;
    size_t folder = number(&tiff, 4, 4);
    if (folder > len - 2)
        return 1;
    size_t count = number(&tiff, folder, 2), at = folder + 2;
    for (size_t i = 0; i < count && len - at >= ENTRY; i++, at += ENTRY)
        if (number(&tiff, at, 2) == ORIENTATION && number(&tiff, at + 2, 2) == SHORT) {
            uint32_t held = number(&tiff, at + 8, 2);
            return held >= 1 && held <= 8 ? (int)held : 1;
        }
    return 1;
}

void vb_exif_put(struct vb_buf *out, int orientation)
{
    unsigned char tiff[VB_EXIF_SIZE] = { 'I', 'I', '*', 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1 };
    tiff[18] = (unsigned char)orientation;
    vb_buf_put(out, tiff, sizeof tiff);
}

/* -- any picture ------------------------------------------------------------------------------ */

static enum vb_code clean_strokes(struct vb_buf *out, const void *bytes, size_t len,
                                  struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_strokes strokes;
    enum vb_code code = vb_strokes_read(&strokes, bytes, len, &arena, err);
    if (code == VB_OK)
        vb_strokes_write(out, &strokes);
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_picture_clean(struct vb_buf *out, const void *bytes, size_t len, const char **type,
                              struct vb_err *err)
{
    *type = vb_image_type(bytes, len);
    if (len > VB_IMAGE_MAX)
        return vb_fail(err, VB_E_LIMIT, "an image has at most %d MiB", VB_IMAGE_MAX >> 20);
    if (*type == NULL)
        return vb_fail(err, VB_E_DATA, "the image is no PNG, JPEG or WebP, nor strokes");
    if (strcmp(*type, VB_STROKES_TYPE) == 0)
        return clean_strokes(out, bytes, len, err);
    if (strcmp(*type, "image/png") == 0)
        return vb_strip_png(out, bytes, len, err);
    if (strcmp(*type, "image/jpeg") == 0)
        return vb_strip_jpeg(out, bytes, len, err);
    return vb_strip_webp(out, bytes, len, err);
}
