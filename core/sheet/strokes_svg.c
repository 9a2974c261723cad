#include "sheet/strokes_svg.h"

/* How wide at a pressure, in tenths: as said at 50, two fifths of it at none, eight fifths at all
 * there is. In ten steps, so that a line is few paths. core/web/lib/strokes.js has the same. */
static int step_of(int pressure)
{
    return (pressure + 5) / 10;
}

static int tenths(const struct vb_stroke *stroke, int step)
{
    return stroke->width * (40 + 12 * step) / 10;
}

static void begin_path(struct vb_buf *out, const struct vb_stroke *stroke, int step,
                       const struct vb_stroke_point *from)
{
    int wide = tenths(stroke, step);
    vb_buf_printf(out, "<path stroke=\"%s\" stroke-width=\"%d.%d\" d=\"M%d %d",
                  vb_stroke_colours[stroke->colour].rgb, wide / 10, wide % 10, from->x, from->y);
}

static void put_stroke(struct vb_buf *out, const struct vb_stroke *stroke)
{
    const struct vb_stroke_point *points = stroke->points;
    int step = step_of(points[stroke->count > 1 ? 1 : 0].pressure);
    begin_path(out, stroke, step, points);
    if (stroke->count == 1) /* a dot: a line of no length with round ends */
        vb_buf_printf(out, "L%d %d", points->x, points->y);
    for (int i = 1; i < stroke->count; i++) {
        if (step_of(points[i].pressure) != step) {
            step = step_of(points[i].pressure);
            vb_buf_puts(out, "\"/>");
            begin_path(out, stroke, step, &points[i - 1]);
        }
        vb_buf_printf(out, "L%d %d", points[i].x, points[i].y);
    }
    vb_buf_puts(out, "\"/>");
}

void vb_strokes_svg(struct vb_buf *out, const struct vb_strokes *strokes)
{
    vb_buf_printf(out,
                  "<svg class=\"strokes\" xmlns=\"http://www.w3.org/2000/svg\" "
                  "viewBox=\"0 0 %d %d\" aria-hidden=\"true\" focusable=\"false\">"
                  "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>"
                  "<g fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\">",
                  strokes->wide, strokes->high, strokes->wide, strokes->high);
    for (int i = 0; i < strokes->count; i++)
        put_stroke(out, &strokes->strokes[i]);
    vb_buf_puts(out, "</g></svg>");
}

bool vb_strokes_svg_of(struct vb_buf *out, const void *bytes, size_t len)
{
    struct vb_arena arena = { 0 };
    struct vb_strokes strokes;
    struct vb_err err;
    bool good = vb_strokes_read(&strokes, bytes, len, &arena, &err) == VB_OK;
    if (good)
        vb_strokes_svg(out, &strokes);
    vb_arena_finish(&arena);
    return good;
}
