/* svg.h - the pictures of the sheet: marks on a line, drawn as SVG inside a page. Pure.
 *
 * A place is 0..1000 along the line, which always begins and ends at the same points: no bar, no
 * zero, nothing that can be read as an amount. Voices differ by shape and letter, so that colour is
 * never needed. Every picture is hidden from screen readers: the words beside it say the same.
 * Colours are the page's (sheet.css), by class. */
#ifndef VB_SVG_H
#define VB_SVG_H

#include <stdbool.h>

#include "base/buf.h"

enum vb_shape { VB_SHAPE_CIRCLE, VB_SHAPE_SQUARE, VB_SHAPE_DIAMOND };
struct vb_mark {
    int place;
    enum vb_shape shape;
    const char *letter; /* one or two characters, escaped here */
};
struct vb_axis {
    int steps;     /* answers to choose from, each with a tick; 0: a line without */
    bool mirrored; /* 0 lies at the right: languages that are written from there */
};

/* Marks on one line with what lies between the outer two; those that would cover each other stand
 * beside each other. */
void vb_svg_dumbbell(struct vb_buf *out, const struct vb_axis *axis, const struct vb_mark *marks,
                     int count);
/* Any number of marks over one line, piled up where they would cover each other, nothing between
 * them. Sorts marks. */
void vb_svg_dots(struct vb_buf *out, const struct vb_axis *axis, struct vb_mark *marks, int count);
/* A place in a plane: x from left to right, y from below up, 0..1000 each. It is a picture, and is
 * never mirrored. */
struct vb_spot {
    int x, y;
    enum vb_shape shape;
    const char *letter;
};
/* A square field with marks in it, nothing between them; one that would cover another stands beside
 * it. */
void vb_svg_plane(struct vb_buf *out, const struct vb_spot *spots, int count);
/* A field with pieces, each a box with its word, turned so many degrees with the clock; the last
 * one lies on top. */
void vb_svg_pieces_begin(struct vb_buf *out);
void vb_svg_piece(struct vb_buf *out, int x, int y, int turn, const char *word);
void vb_svg_pieces_end(struct vb_buf *out);
/* One mark alone, for who is who. */
void vb_svg_mark(struct vb_buf *out, enum vb_shape shape, const char *letter);

#endif
