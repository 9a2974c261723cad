/* The QR code of a link: what a reader reads from it is the very link. */
#include "tests.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "serve/qr.h"
#include "store_place.h"

static const char address[] =
    "https://praat.example:8480/i#abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO-_";

/* The path's pieces, M<x> <y>h<width>v1h-<width>z, as a picture of so many dots a module. */
static void draw(const char *svg, const char *path)
{
    enum { DOTS = 8, MOST = 200 };
    static unsigned char black[MOST][MOST];
    int side, x, y, width, used, scanned = 0;
    const char *at = strstr(svg, "fill=\"#000\" d=\"");
    assert_non_null(at);
    assert_int_equal(sscanf(strstr(svg, "viewBox"), "viewBox=\"0 0 %d", &side), 1);
    assert_true(side < MOST);
    memset(black, 0, sizeof black);
    for (at += strlen("fill=\"#000\" d=\""); *at != '"'; at += used, scanned++) {
        assert_int_equal(sscanf(at, "M%d %dh%dv1h-%*dz%n", &x, &y, &width, &used), 3);
        assert_true(x >= 4 && y >= 4 && x + width <= side - 4 && y < side - 4);
        memset(&black[y][x], 1, (size_t)width);
    }
    assert_true(scanned > 100);
    FILE *out = fopen(path, "w");
    fprintf(out, "P1\n%d %d\n", side * DOTS, side * DOTS);
    for (y = 0; y < side * DOTS; y++, fputc('\n', out))
        for (x = 0; x < side * DOTS; x++)
            fputs(black[y / DOTS][x / DOTS] ? "1 " : "0 ", out);
    fclose(out);
}

static void a_reader_reads_the_very_link(void **state)
{
    (void)state;
    char *place = place_make(), *path = place_path(place, "code.pbm");
    struct vb_buf svg = { 0 }, command = { 0 };
    struct vb_err err;
    char said[256] = "";
    if (access("/usr/bin/zbarimg", X_OK) != 0)
        skip();
    assert_int_equal(vb_qr_svg(&svg, address, &err), VB_OK);
    draw(svg.data, path);
    vb_buf_printf(&command, "/usr/bin/zbarimg --quiet --raw %s", path);
    FILE *reader = popen(command.data, "r");
    assert_non_null(fgets(said, sizeof said, reader));
    assert_int_equal(pclose(reader), 0);
    said[strcspn(said, "\n")] = '\0';
    assert_string_equal(said, address);
    vb_buf_finish(&svg);
    vb_buf_finish(&command);
    free(path);
    place_end(place);
}

static void nothing_of_the_text_stands_in_the_picture(void **state)
{
    (void)state;
    struct vb_buf svg = { 0 };
    struct vb_err err;
    assert_int_equal(vb_qr_svg(&svg, "</svg><script>alert(1)</script>", &err), VB_OK);
    assert_null(strstr(svg.data, "script"));
    assert_null(strstr(svg.data, "alert"));
    assert_non_null(strstr(svg.data, "</svg>"));
    assert_string_equal(strstr(svg.data, "</svg>"), "</svg>");
    vb_buf_finish(&svg);
}

static void a_text_that_is_too_long_is_refused(void **state)
{
    (void)state;
    struct vb_buf svg = { 0 };
    struct vb_err err;
    char text[VB_QR_TEXT_MOST + 2];
    memset(text, 'a', sizeof text);
    text[VB_QR_TEXT_MOST + 1] = '\0';
    assert_int_equal(vb_qr_svg(&svg, text, &err), VB_E_LIMIT);
    assert_int_equal(svg.len, 0);
    text[VB_QR_TEXT_MOST] = '\0';
    assert_int_equal(vb_qr_svg(&svg, text, &err), VB_OK);
    vb_buf_finish(&svg);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reader_reads_the_very_link),
        cmocka_unit_test(nothing_of_the_text_stands_in_the_picture),
        cmocka_unit_test(a_text_that_is_too_long_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
