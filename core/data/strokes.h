/* strokes.h - a drawing made on a screen, as data: verbond.strokes/1.
 *
 *     {"schema":"verbond.strokes/1","canvas":[1600,1200],"strokes":[
 *         {"colour":"blue","width":8,"points":[120,300,50,124,310,62]}]}
 *
 * canvas: units to the right and down, 100..4096 each; every place and width is in them, whatever
 * screen it was drawn on. points: x, y and pressure (0..100; 50 where nothing measures it), one
 * after the other. Strokes in the order in which they were made: the last lies on top. When a
 * stroke was made, and how fast, is not in it: a hand can be known by that. Pure; any thread. */
#ifndef VB_STROKES_H
#define VB_STROKES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

#define VB_STROKES_TYPE "application/vnd.verbond.strokes+json"
enum {
    VB_STROKES_MAX = 1024 * 1024, /* bytes */
    VB_STROKES_MOST = 2000,       /* strokes */
    VB_STROKES_POINTS = 40000,    /* of all strokes together */
    VB_STROKES_SIDE_LEAST = 100,
    VB_STROKES_SIDE_MOST = 4096,
    VB_STROKES_WIDTH_MOST = 200,
    VB_STROKES_PRESSURE = 100,
    VB_STROKES_COLOURS = 8
};

/* The only colours there are. rgb: "#1b1f24", for pages. */
struct vb_stroke_colour {
    const char *name, *rgb;
};
extern const struct vb_stroke_colour vb_stroke_colours[VB_STROKES_COLOURS];

struct vb_stroke_point {
    int x, y, pressure;
};
struct vb_stroke {
    int colour; /* index into vb_stroke_colours */
    int width;  /* at pressure 50 */
    int count;  /* of points, at least 1 */
    const struct vb_stroke_point *points;
};
struct vb_strokes {
    int wide, high;
    int count; /* at least 1 */
    const struct vb_stroke *strokes;
};

/* Is it this, by its first byte? Whether it is well made is seen when it is read. */
bool vb_strokes_are(const void *bytes, size_t len);
/* Everything in arena. VB_E_DATA with the stroke that is not right, VB_E_LIMIT past one of the
 * numbers above. */
enum vb_code vb_strokes_read(struct vb_strokes *out, const void *bytes, size_t len,
                             struct vb_arena *arena, struct vb_err *err);
/* Canonical bytes: the same drawing always gives the same ones, and they hold nothing else. */
void vb_strokes_write(struct vb_buf *out, const struct vb_strokes *strokes);

#endif
