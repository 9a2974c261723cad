#include "serve/qr.h"

#include <qrencode.h>
#include <string.h>

enum { MARGIN = 4 };

/* Black modules that stand side by side are one piece of the path. */
static void put_row(struct vb_buf *out, const unsigned char *row, int width, int y)
{
    for (int x = 0; x < width; x++) {
        int first = x;
        while (x < width && (row[x] & 1) != 0)
            x++;
        if (x > first)
            vb_buf_printf(out, "M%d %dh%dv1h-%dz", first + MARGIN, y + MARGIN, x - first,
                          x - first);
    }
}

enum vb_code vb_qr_svg(struct vb_buf *out, const char *text, struct vb_err *err)
{
    if (strlen(text) > VB_QR_TEXT_MOST)
        return vb_fail(err, VB_E_LIMIT, "a QR code holds at most %d characters here",
                       VB_QR_TEXT_MOST);
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (code == NULL)
        return vb_fail(err, VB_E_INTERNAL, "no QR code could be made");
    int side = code->width + 2 * MARGIN;
    vb_buf_printf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                  " shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
                  "<path fill=\"#000\" d=\"",
                  side, side, side, side);
    for (int y = 0; y < code->width; y++)
        put_row(out, code->data + y * code->width, code->width, y);
    vb_buf_puts(out, "\"/></svg>");
    QRcode_free(code);
    return VB_OK;
}
