/* image_strip.h - a photo without what its camera and its owner wrote into it.
 *
 * Rewritten piece by piece, the pixels untouched and never decoded: what is needed to show the
 * picture stays, by name; everything else goes, known or not: Exif (place, time, camera), XMP,
 * IPTC, comments, thumbnails, colour profiles (colours may become a shade duller), what lies behind
 * the end. How the camera was held is said again, alone, so that a photo lies as it lay. Moving
 * pictures, broken ones and ones past VB_IMAGE_SIDE are refused. Pure; any thread. */
#ifndef VB_IMAGE_STRIP_H
#define VB_IMAGE_STRIP_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum { VB_IMAGE_SIDE = 16383 }; /* pixels, what a WebP can have; a page can hold it */

/* Appends to out. What is stripped already comes out as it went in. VB_E_DATA says what is wrong
 * with it ("the JPEG is cut off"). */
enum vb_code vb_strip_jpeg(struct vb_buf *out, const void *bytes, size_t len, struct vb_err *err);
enum vb_code vb_strip_png(struct vb_buf *out, const void *bytes, size_t len, struct vb_err *err);
enum vb_code vb_strip_webp(struct vb_buf *out, const void *bytes, size_t len, struct vb_err *err);

/* A picture as somebody gave it, of any type that is known (vb_image_type): *type says which, and
 * what may be kept of it is appended to out; strokes in canonical form. VB_E_DATA, VB_E_LIMIT. */
enum vb_code vb_picture_clean(struct vb_buf *out, const void *bytes, size_t len, const char **type,
                              struct vb_err *err);

/* -- for the three alone ---------------------------------------------------------------------- */

/* How the camera was held, 1 to 8, by the Exif of a picture; 1 where it does not say. */
int vb_exif_orientation(const unsigned char *tiff, size_t len);
/* Exif that says that and nothing else. */
enum { VB_EXIF_SIZE = 26 };
void vb_exif_put(struct vb_buf *out, int orientation);

#endif
