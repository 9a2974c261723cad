/* qr.h - a text as a QR code to be shown on a page. Pure; any thread.
 *
 * The only file that libqrencode is linked for, so that no command but verbond serve carries it. */
#ifndef VB_QR_H
#define VB_QR_H

#include "base/buf.h"
#include "base/err.h"

enum { VB_QR_TEXT_MOST = 512 };
/* Appends <svg ...> without scripts, styles or anything that came from text: one path, black on
 * white, with the four modules of margin that readers want. Error correction M. VB_E_LIMIT: the
 * text is too long; VB_E_INTERNAL. */
enum vb_code vb_qr_svg(struct vb_buf *out, const char *text, struct vb_err *err);

#endif
