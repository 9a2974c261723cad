/* Drawings as strokes: what is read, in which bytes it is kept, how it looks. */
#include "tests.h"

#include "data/strokes.h"
#include "kinds/image_strip.h"
#include "sheet/strokes_svg.h"

#define HEAD "{\"schema\":\"verbond.strokes/1\",\"canvas\":[1600,1200],\"strokes\":["
#define STROKE(colour, width, points)                                                              \
    "{\"colour\":\"" colour "\",\"width\":" width ",\"points\":[" points "]}"
static const char drawing[] = HEAD STROKE(
    "blue", "8", "120,300,50,124,310,62,128,320,64") "," STROKE("red", "20", "0,1200,100") "]}";

static enum vb_code clean(struct vb_buf *out, const char *text, size_t len, struct vb_err *err)
{
    const char *type;
    return vb_picture_clean(out, text, len, &type, err);
}

static void refuses_bytes(const char *text, size_t len, enum vb_code code, const char *part)
{
    struct vb_buf out = { 0 };
    struct vb_err err = { 0 };
    if (clean(&out, text, len, &err) != code || strstr(err.text, part) == NULL)
        fail_msg("'%.200s': said '%s', not '%s'", text, err.text, part);
    assert_int_equal(out.len, 0);
    vb_buf_finish(&out);
}

static void refuses(const char *text, const char *part)
{
    refuses_bytes(text, strlen(text), VB_E_DATA, part);
}

/* -- reading ---------------------------------------------------------------------------------- */

static void what_was_drawn_is_read(void **state)
{
    (void)state;
    struct vb_arena arena = { 0 };
    struct vb_strokes strokes;
    struct vb_err err;
    assert_int_equal(vb_strokes_read(&strokes, drawing, sizeof drawing - 1, &arena, &err), VB_OK);
    assert_int_equal(strokes.wide, 1600);
    assert_int_equal(strokes.high, 1200);
    assert_int_equal(strokes.count, 2);
    assert_string_equal(vb_stroke_colours[strokes.strokes[0].colour].name, "blue");
    assert_int_equal(strokes.strokes[0].width, 8);
    assert_int_equal(strokes.strokes[0].count, 3);
    assert_int_equal(strokes.strokes[0].points[1].y, 310);
    assert_int_equal(strokes.strokes[0].points[1].pressure, 62);
    vb_arena_finish(&arena);
}

static void the_same_drawing_is_kept_in_the_same_bytes(void **state)
{
    (void)state;
    static const char otherwise[] =
        "{ \"strokes\" : [ {\"points\":[120, 3e2, 50.0, 124,310,62, 128,320,64], \"width\":8,\n"
        "\"colour\":\"blue\"}, " STROKE(
            "red", "20",
            "0,1200,100") "],\n"
                          "\"canvas\": [1600, 1200], \"schema\": \"verbond.strokes\\/1\" }  \n";
    struct vb_buf out = { 0 };
    struct vb_err err;
    assert_int_equal(clean(&out, otherwise, sizeof otherwise - 1, &err), VB_OK);
    assert_string_equal(out.data, drawing);
    vb_buf_clear(&out);
    assert_int_equal(clean(&out, drawing, sizeof drawing - 1, &err), VB_OK);
    assert_string_equal(out.data, drawing);
    vb_buf_finish(&out);
}

static void nothing_rides_along(void **state)
{
    (void)state;
    refuses(HEAD "],\"by\":\"Sam\"}", "strokes have a schema");
    refuses(HEAD "{\"colour\":\"red\",\"width\":2,\"points\":[1,1,1],\"at\":12345}]}",
            "and nothing else");
    refuses("{\"schema\":\"verbond.strokes/2\",\"canvas\":[1600,1200],\"strokes\":[]}",
            "verbond.strokes/1");
    refuses("{}", "strokes have a schema");
    refuses("{\"a\":1,\"a\":2}", "stands twice");
}

static void numbers_are_whole_and_on_the_canvas(void **state)
{
    (void)state;
    static const char *const points[] = { "1601,1,1", "-1,1,1",    "1,1201,1",  "1,1,101",
                                          "1.5,1,1",  "1e999,1,1", "\"1\",1,1", "1,1",
                                          "null,1,1", "1,[1],1",   "1,1,1,2",   "",
                                          "true,1,1", "1e18,1,1",  "NaN,1,1",   "Infinity,1,1",
                                          "1,{},1",   "0x10,1,1",  "01,1,1",    "1,1,-0.5" };
    static const char *const canvases[] = { "[1600]",         "[99,1200]",     "[4097,1200]",
                                            "[1e9,2]",        "[1600,1200,1]", "1600",
                                            "[\"1600\",1200]" };
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        char text[512];
        snprintf(text, sizeof text, HEAD "{\"colour\":\"red\",\"width\":2,\"points\":[%s]}]}",
                 points[i]);
        refuses(text, "");
    }
    for (size_t i = 0; i < sizeof canvases / sizeof *canvases; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "{\"schema\":\"verbond.strokes/1\",\"canvas\":%s,\"strokes\":[]}", canvases[i]);
        refuses(text, "canvas is");
    }
}

static void colours_are_those_there_are_and_widths_have_an_end(void **state)
{
    (void)state;
    refuses(HEAD STROKE("pink", "2", "1,1,1") "]}", "strokes[0]: no such colour");
    refuses(HEAD STROKE("\\\"/><script>", "2", "1,1,1") "]}", "no such colour");
    refuses(HEAD STROKE("red", "2", "1,1,1") "," STROKE("red", "0", "1,1,1") "]}",
            "strokes[1]: width");
    refuses(HEAD STROKE("red", "201", "1,1,1") "]}", "width");
    refuses(HEAD "]}", "no stroke is drawn");
    refuses(HEAD "7]}", "strokes[0]");
}

static void there_is_an_end_to_strokes_points_bytes_and_depth(void **state)
{
    (void)state;
    struct vb_buf text = { 0 };
    vb_buf_puts(&text, HEAD);
    for (int i = 0; i <= VB_STROKES_MOST; i++)
        vb_buf_printf(&text, "%s" STROKE("red", "2", "1,1,1"), i > 0 ? "," : "");
    vb_buf_puts(&text, "]}");
    refuses_bytes(text.data, text.len, VB_E_LIMIT, "at most 2000 strokes");
    vb_buf_clear(&text);
    vb_buf_puts(&text, HEAD "{\"colour\":\"red\",\"width\":2,\"points\":[1,1,1");
    for (int i = 0; i < VB_STROKES_POINTS; i++)
        vb_buf_puts(&text, ",1,1,1");
    vb_buf_puts(&text, "]}]}");
    refuses_bytes(text.data, text.len, VB_E_LIMIT, "at most 40000 points");
    vb_buf_clear(&text);
    vb_buf_puts(&text, HEAD);
    while (text.len <= VB_STROKES_MAX)
        vb_buf_puts(&text, "          ");
    vb_buf_puts(&text, "]}");
    refuses_bytes(text.data, text.len, VB_E_LIMIT, "");
    vb_buf_clear(&text);
    vb_buf_puts(&text, "{\"schema\":");
    for (int i = 0; i < 100000; i++)
        vb_buf_putc(&text, '[');
    refuses_bytes(text.data, text.len, VB_E_DATA, "");
    vb_buf_finish(&text);
}

/* Each copy is as long as it says, so that a byte read past it is seen by the sanitizer. */
static void what_is_cut_off_or_changed_is_refused_or_read_and_never_more(void **state)
{
    (void)state;
    size_t len = sizeof drawing - 1;
    for (size_t cut = 0; cut < len; cut++) {
        char *copy = malloc(cut + 1);
        struct vb_buf out = { 0 };
        struct vb_err err;
        memcpy(copy, drawing, cut);
        char *exact = realloc(copy, cut == 0 ? 1 : cut);
        assert_int_equal(clean(&out, exact, cut, &err), VB_E_DATA);
        free(exact);
        vb_buf_finish(&out);
    }
    for (size_t at = 0; at < len; at++)
        for (int to = 0; to < 256; to += 5) {
            char *copy = malloc(len);
            struct vb_buf out = { 0 }, again = { 0 };
            struct vb_err err;
            memcpy(copy, drawing, len);
            copy[at] = (char)to;
            if (clean(&out, copy, len, &err) == VB_OK) {
                assert_int_equal(clean(&again, out.data, out.len, &err), VB_OK);
                assert_string_equal(again.data, out.data);
            }
            free(copy);
            vb_buf_finish(&out);
            vb_buf_finish(&again);
        }
}

/* -- as a picture ----------------------------------------------------------------------------- */

static void a_drawing_is_paths_of_numbers(void **state)
{
    (void)state;
    struct vb_buf out = { 0 };
    assert_true(vb_strokes_svg_of(&out, drawing, sizeof drawing - 1));
    assert_string_equal(
        out.data,
        "<svg class=\"strokes\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1600 1200\" "
        "aria-hidden=\"true\" focusable=\"false\"><rect width=\"1600\" height=\"1200\" "
        "fill=\"#fff\"/><g fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\">"
        "<path stroke=\"#1f5fae\" stroke-width=\"8.9\" d=\"M120 300L124 310L128 320\"/>"
        "<path stroke=\"#c3272b\" stroke-width=\"32.0\" d=\"M0 1200L0 1200\"/></g></svg>");
    vb_buf_finish(&out);
}

static void a_line_that_is_pressed_harder_is_wider_from_there(void **state)
{
    (void)state;
    static const char text[] = HEAD STROKE("black", "10", "0,0,50,10,0,50,20,0,80,30,0,80") "]}";
    struct vb_buf out = { 0 };
    assert_true(vb_strokes_svg_of(&out, text, sizeof text - 1));
    assert_non_null(strstr(out.data, "stroke-width=\"10.0\" d=\"M0 0L10 0\"/>"));
    assert_non_null(strstr(out.data, "stroke-width=\"13.6\" d=\"M10 0L20 0L30 0\"/>"));
    vb_buf_clear(&out);
    assert_false(vb_strokes_svg_of(&out, "{}", 2));
    assert_int_equal(out.len, 0);
    vb_buf_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_drawn_is_read),
        cmocka_unit_test(the_same_drawing_is_kept_in_the_same_bytes),
        cmocka_unit_test(nothing_rides_along),
        cmocka_unit_test(numbers_are_whole_and_on_the_canvas),
        cmocka_unit_test(colours_are_those_there_are_and_widths_have_an_end),
        cmocka_unit_test(there_is_an_end_to_strokes_points_bytes_and_depth),
        cmocka_unit_test(what_is_cut_off_or_changed_is_refused_or_read_and_never_more),
        cmocka_unit_test(a_drawing_is_paths_of_numbers),
        cmocka_unit_test(a_line_that_is_pressed_harder_is_wider_from_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
