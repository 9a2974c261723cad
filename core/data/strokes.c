#include "data/strokes.h"

#include <stdint.h>

#include "base/str.h"
#include "data/json.h"
#include "data/value_json.h"

static const char schema[] = "verbond.strokes/1";

/* Apart from each other on white, in print and for most who see colours otherwise; each button says
 * its name too. */
const struct vb_stroke_colour vb_stroke_colours[VB_STROKES_COLOURS] = {
    { "black", "#1b1f24" },  { "blue", "#1f5fae" },   { "green", "#2c7a3f" },
    { "yellow", "#e6b400" }, { "orange", "#dd6b10" }, { "red", "#c3272b" },
    { "purple", "#7b3fa0" }, { "brown", "#7a4a24" },
};

bool vb_strokes_are(const void *bytes, size_t len)
{
    return len > 0 && *(const char *)bytes == '{';
}

/* -- reading ---------------------------------------------------------------------------------- */

struct reading {
    struct vb_strokes *out;
    struct vb_arena *arena;
    struct vb_err *err;
    int points; /* so far */
};

static bool whole(const cJSON *json, int low, int high, int *out)
{
    int64_t number;
    if (!cJSON_IsNumber(json) || !vb_number_whole(json->valuedouble, INT32_MAX, &number) ||
        number < low || number > high)
        return false;
    *out = (int)number;
    return true;
}

/* Exactly count fields, found by name whatever their order. */
static const cJSON *field(const cJSON *object, const char *name, int count)
{
    if (!cJSON_IsObject(object) || cJSON_GetArraySize(object) != count)
        return NULL;
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static int colour_of(const cJSON *json)
{
    for (int i = 0; cJSON_IsString(json) && i < VB_STROKES_COLOURS; i++)
        if (vb_streq(json->valuestring, vb_stroke_colours[i].name))
            return i;
    return -1;
}

static enum vb_code read_points(struct reading *reading, const cJSON *list, int at,
                                struct vb_stroke *out)
{
    int numbers = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0;
    if (numbers == 0 || numbers % 3 != 0)
        return vb_fail(reading->err, VB_E_DATA,
                       "strokes[%d]: points is a list of x, y and pressure, again and again", at);
    out->count = numbers / 3;
    if (out->count > VB_STROKES_POINTS - reading->points)
        return vb_fail(reading->err, VB_E_LIMIT, "a drawing has at most %d points",
                       VB_STROKES_POINTS);
    reading->points += out->count;
    struct vb_stroke_point *points =
        vb_arena_alloc(reading->arena, (size_t)out->count * sizeof *points);
    const cJSON *number = list->child;
    for (int i = 0; i < out->count; i++) {
        const cJSON *y = number->next, *pressure = y->next;
        if (!whole(number, 0, reading->out->wide, &points[i].x) ||
            !whole(y, 0, reading->out->high, &points[i].y) ||
            !whole(pressure, 0, VB_STROKES_PRESSURE, &points[i].pressure))
            return vb_fail(reading->err, VB_E_DATA,
                           "strokes[%d]: point %d: x and y are whole numbers on the canvas, "
                           "pressure is one of 0 to %d",
                           at, i + 1, VB_STROKES_PRESSURE);
        number = pressure->next;
    }
    out->points = points;
    return VB_OK;
}

static enum vb_code read_stroke(struct reading *reading, const cJSON *json, int at,
                                struct vb_stroke *out)
{
    if (field(json, "points", 3) == NULL)
        return vb_fail(reading->err, VB_E_DATA,
                       "strokes[%d]: has a colour, a width and points, and nothing else", at);
    out->colour = colour_of(field(json, "colour", 3));
    if (out->colour < 0)
        return vb_fail(reading->err, VB_E_DATA, "strokes[%d]: no such colour", at);
    if (!whole(field(json, "width", 3), 1, VB_STROKES_WIDTH_MOST, &out->width))
        return vb_fail(reading->err, VB_E_DATA, "strokes[%d]: width is a whole number of 1 to %d",
                       at, VB_STROKES_WIDTH_MOST);
    return read_points(reading, field(json, "points", 3), at, out);
}

static enum vb_code read_canvas(struct reading *reading, const cJSON *canvas)
{
    if (!cJSON_IsArray(canvas) || cJSON_GetArraySize(canvas) != 2 ||
        !whole(canvas->child, VB_STROKES_SIDE_LEAST, VB_STROKES_SIDE_MOST, &reading->out->wide) ||
        !whole(canvas->child->next, VB_STROKES_SIDE_LEAST, VB_STROKES_SIDE_MOST,
               &reading->out->high))
        return vb_fail(reading->err, VB_E_DATA, "canvas is two whole numbers of %d to %d",
                       VB_STROKES_SIDE_LEAST, VB_STROKES_SIDE_MOST);
    return VB_OK;
}

static enum vb_code read_list(struct reading *reading, const cJSON *list)
{
    int count = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0, at = 0;
    const cJSON *one;
    if (count == 0)
        return vb_fail(reading->err, VB_E_DATA, "no stroke is drawn");
    if (count > VB_STROKES_MOST)
        return vb_fail(reading->err, VB_E_LIMIT, "a drawing has at most %d strokes",
                       VB_STROKES_MOST);
    struct vb_stroke *strokes = vb_arena_alloc(reading->arena, (size_t)count * sizeof *strokes);
    cJSON_ArrayForEach(one, list)
    {
        enum vb_code code = read_stroke(reading, one, at, &strokes[at]);
        if (code != VB_OK)
            return code;
        at++;
    }
    reading->out->strokes = strokes;
    reading->out->count = count;
    return VB_OK;
}

enum vb_code vb_strokes_read(struct vb_strokes *out, const void *bytes, size_t len,
                             struct vb_arena *arena, struct vb_err *err)
{
    struct reading reading = { .out = out, .arena = arena, .err = err };
    cJSON *tree = NULL;
    *out = (struct vb_strokes){ 0 };
    enum vb_code code = vb_json_parse(&tree, bytes, len, VB_STROKES_MAX, err);
    if (code != VB_OK)
        return code;
    if (!vb_streq(cJSON_GetStringValue(field(tree, "schema", 3)), schema))
        code = vb_fail(err, VB_E_DATA, "strokes have a schema (%s), a canvas and strokes", schema);
    if (code == VB_OK)
        code = read_canvas(&reading, field(tree, "canvas", 3));
    if (code == VB_OK)
        code = read_list(&reading, field(tree, "strokes", 3));
    cJSON_Delete(tree);
    return code;
}

/* -- writing ---------------------------------------------------------------------------------- */

static void write_stroke(struct vb_buf *out, const struct vb_stroke *stroke)
{
    vb_buf_printf(out, "{\"colour\":\"%s\",\"width\":%d,\"points\":[",
                  vb_stroke_colours[stroke->colour].name, stroke->width);
    for (int i = 0; i < stroke->count; i++) {
        const struct vb_stroke_point *point = &stroke->points[i];
        vb_buf_printf(out, "%s%d,%d,%d", i > 0 ? "," : "", point->x, point->y, point->pressure);
    }
    vb_buf_puts(out, "]}");
}

void vb_strokes_write(struct vb_buf *out, const struct vb_strokes *strokes)
{
    vb_buf_printf(out, "{\"schema\":\"%s\",\"canvas\":[%d,%d],\"strokes\":[", schema, strokes->wide,
                  strokes->high);
    for (int i = 0; i < strokes->count; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        write_stroke(out, &strokes->strokes[i]);
    }
    vb_buf_puts(out, "]}");
}
