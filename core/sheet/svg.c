#include "sheet/svg.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "sheet/html.h"

/* In units of the picture; the page sets how large a unit is. */
enum { NARROW = 240, WIDE = 480, MARGIN = 22, HALF = 9, HEIGHT = 22, PITCH = 20 };

static int x_of(const struct vb_axis *axis, int width, int place)
{
    int along = (place * (width - 2 * MARGIN) + 500) / 1000;
    return axis->mirrored ? width - MARGIN - along : MARGIN + along;
}

static void begin(struct vb_buf *out, const char *class, int width, int height)
{
    vb_buf_printf(out,
                  "<svg class=\"%s\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\" "
                  "focusable=\"false\">",
                  class, width, height);
}

static void line(struct vb_buf *out, const char *class, int x1, int y1, int x2, int y2)
{
    vb_buf_printf(out, "<path class=\"%s\" d=\"M%d %dL%d %d\"/>", class, x1, y1, x2, y2);
}

static void axis_at(struct vb_buf *out, const struct vb_axis *axis, int width, int y)
{
    enum { TICK = 4, END = 6 };
    line(out, "axis", MARGIN, y, width - MARGIN, y);
    line(out, "axis", MARGIN, y - END, MARGIN, y + END);
    line(out, "axis", width - MARGIN, y - END, width - MARGIN, y + END);
    for (int i = 1; i < axis->steps - 1; i++) {
        int x = x_of(axis, width, i * 1000 / (axis->steps - 1));
        line(out, "axis", x, y - TICK, x, y + TICK);
    }
}

static void shape(struct vb_buf *out, enum vb_shape form, const char *letter, int x, int y)
{
    static const char *const classes[] = { "circle", "square", "diamond" };
    const char *class = classes[form];
    if (form == VB_SHAPE_DIAMOND)
        vb_buf_printf(out, "<path class=\"%s\" d=\"M%d %dl%d %dl%d %dl%d %dz\"/>", class, x,
                      y - HALF - 2, HALF + 2, HALF + 2, -HALF - 2, HALF + 2, -HALF - 2, -HALF - 2);
    else if (form == VB_SHAPE_CIRCLE)
        vb_buf_printf(out, "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>", class, x, y,
                      HALF);
    else
        vb_buf_printf(out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
                      class, x - HALF + 1, y - HALF + 1, 2 * HALF - 2, 2 * HALF - 2);
    vb_buf_printf(out, "<text class=\"in-%s\" x=\"%d\" y=\"%d\">", class, x, y + 4);
    vb_html_text(out, letter);
    vb_buf_puts(out, "</text>");
}

/* -- on one line ------------------------------------------------------------------------------ */

/* Marks that would cover each other move apart, as little as it takes, in the order in which they
 * are given where their place is the same. */
static void apart(int *x, const struct vb_mark *marks, int count, bool mirrored)
{
    for (int round = 0; round < count; round++)
        for (int i = 0; i < count; i++)
            for (int j = i + 1; j < count; j++) {
                bool before = marks[i].place != marks[j].place ? x[i] < x[j] : !mirrored;
                int missing = PITCH - (before ? x[j] - x[i] : x[i] - x[j]);
                if (missing <= 0)
                    continue;
                x[before ? i : j] -= missing / 2;
                x[before ? j : i] += missing - missing / 2;
            }
}

void vb_svg_dumbbell(struct vb_buf *out, const struct vb_axis *axis, const struct vb_mark *marks,
                     int count)
{
    int low = NARROW, high = 0, y = HEIGHT / 2, *x = vb_alloc((size_t)count * sizeof *x + 1);
    begin(out, "line", NARROW, HEIGHT);
    axis_at(out, axis, NARROW, y);
    for (int i = 0; i < count; i++) {
        x[i] = x_of(axis, NARROW, marks[i].place);
        low = x[i] < low ? x[i] : low;
        high = x[i] > high ? x[i] : high;
    }
    if (count > 1 && low < high)
        line(out, "between", low, y, high, y);
    apart(x, marks, count, axis->mirrored);
    for (int i = 0; i < count; i++)
        shape(out, marks[i].shape, marks[i].letter, x[i], y);
    vb_buf_puts(out, "</svg>");
    free(x);
}

/* -- over one line ---------------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const struct vb_mark *one = a, *two = b;
    return one->place != two->place ? (one->place > two->place) - (one->place < two->place)
                                    : strcmp(one->letter, two->letter);
}

/* The lowest level on which no earlier mark is in the way. */
static int level_of(const struct vb_axis *axis, const struct vb_mark *marks, const int *levels,
                    int mark)
{
    for (int level = 0;; level++) {
        bool free_here = true;
        for (int i = 0; i < mark && free_here; i++)
            free_here = levels[i] != level || abs(x_of(axis, WIDE, marks[i].place) -
                                                  x_of(axis, WIDE, marks[mark].place)) >= PITCH;
        if (free_here)
            return level;
    }
}

void vb_svg_dots(struct vb_buf *out, const struct vb_axis *axis, struct vb_mark *marks, int count)
{
    int *levels = vb_alloc(((size_t)count + 1) * sizeof *levels), top = 0;
    qsort(marks, (size_t)count, sizeof *marks, by_place);
    for (int i = 0; i < count; i++) {
        levels[i] = level_of(axis, marks, levels, i);
        top = levels[i] > top ? levels[i] : top;
    }
    int y = HEIGHT / 2 + top * PITCH;
    begin(out, "dots", WIDE, y + HEIGHT / 2);
    axis_at(out, axis, WIDE, y);
    for (int i = 0; i < count; i++)
        shape(out, marks[i].shape, marks[i].letter, x_of(axis, WIDE, marks[i].place),
              y - levels[i] * PITCH);
    vb_buf_puts(out, "</svg>");
    free(levels);
}

/* -- in a plane ------------------------------------------------------------------------------- */

enum { FIELD = 200, BOARD_WIDTH = 480, BOARD_HEIGHT = 320, BOARD_MARGIN = 40, PIECE_HALF = 15 };

static void field(struct vb_buf *out, int width, int height)
{
    vb_buf_printf(out, "<rect class=\"field\" x=\"1\" y=\"1\" width=\"%d\" height=\"%d\"/>",
                  width - 2, height - 2);
}

static int along(int place, int size, int margin)
{
    return margin + (place * (size - 2 * margin) + 500) / 1000;
}

/* A mark that would cover an earlier one stands beside it, towards the middle. */
static int beside(const int *x, const int *y, int mark)
{
    int at = x[mark], step = at < FIELD / 2 ? PITCH : -PITCH;
    for (int i = 0; i < mark; i++)
        if (abs(at - x[i]) < PITCH && abs(y[mark] - y[i]) < PITCH) {
            at = x[i] + step;
            i = -1; /* the place beside it may be taken too */
        }
    return at;
}

void vb_svg_plane(struct vb_buf *out, const struct vb_spot *spots, int count)
{
    int *x = vb_alloc((size_t)count * 2 * sizeof *x + 1), *y = x + count;
    begin(out, "plane", FIELD, FIELD);
    field(out, FIELD, FIELD);
    for (int i = 0; i < count; i++) {
        x[i] = along(spots[i].x, FIELD, HALF + 4);
        y[i] = along(1000 - spots[i].y, FIELD, HALF + 4);
        x[i] = beside(x, y, i);
        shape(out, spots[i].shape, spots[i].letter, x[i], y[i]);
    }
    vb_buf_puts(out, "</svg>");
    free(x);
}

void vb_svg_pieces_begin(struct vb_buf *out)
{
    begin(out, "board", BOARD_WIDTH, BOARD_HEIGHT);
    field(out, BOARD_WIDTH, BOARD_HEIGHT);
}

/* A letter is about ten units wide in this type; a bit of room on both sides. */
void vb_svg_piece(struct vb_buf *out, int x, int y, int turn, const char *word)
{
    int half = (int)vb_utf8_length(word, strlen(word)) * 5 + 9;
    vb_buf_printf(out, "<g transform=\"translate(%d %d) rotate(%d)\">",
                  along(x, BOARD_WIDTH, BOARD_MARGIN), along(1000 - y, BOARD_HEIGHT, BOARD_MARGIN),
                  turn);
    vb_buf_printf(out,
                  "<rect class=\"piece\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>",
                  -half, -PIECE_HALF, 2 * half, 2 * PIECE_HALF);
    vb_buf_puts(out, "<text x=\"0\" y=\"6\">");
    vb_html_text(out, word);
    vb_buf_puts(out, "</text></g>");
}

void vb_svg_pieces_end(struct vb_buf *out)
{
    vb_buf_puts(out, "</svg>");
}

/* -- alone ------------------------------------------------------------------------------------ */

void vb_svg_mark(struct vb_buf *out, enum vb_shape form, const char *letter)
{
    begin(out, "mark", 2 * HALF + 2, 2 * HALF + 2);
    shape(out, form, letter, HALF + 1, HALF + 1);
    vb_buf_puts(out, "</svg>");
}
