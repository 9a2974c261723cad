#include "data/event_pack.h"

#include <string.h>

enum { ESCAPE = 1, FIRST = 2, CONTROLS = 32 };

/* Byte FIRST + i stands for pieces[i]. Sealed logs are written with them: one that is there stays
 * what and where it is. */
static const char *const pieces[] = {
    "{\"i\":\"",
    "\",\"v\":",
    "\",\"x\":\"",
    "{\"c\":\"",
    "{\"b\":\"",
    "{\"h\":\"",
    "{\"f\":\"",
    "\"}",
    "{\"g\":",
    ",\"is\":\"",
    "\",\"c\":true}",
    "not_yet",
    "partly",
    "{\"t\":\"",
    "share\"",
    ",\"o\":true",
    ",\"p\":[\"d\",\"r\"]}",
    ",\"private\":[\"",
    ",\"by\":\"image\"}",
    "{\"paper\":true}",
    "false",
    "true",
    "\",\"",
    "\":\"",
    ",\"role\":\"",
    "{\"person\":\"",
    ",\"person\":\"",
    "opened\",\"digest\":\"sha256:",
    ",\"language\":\"",
    ",\"v\":",
};
enum { PIECES = sizeof pieces / sizeof *pieces };
_Static_assert(FIRST + PIECES <= CONTROLS, "every piece has a byte that JSON has not");

/* The longest piece that stands here; -1: none. */
static int piece_at(const char *text, size_t len, size_t *piece_len)
{
    int found = -1;
    *piece_len = 0;
    if (strchr("{\",npsfto", text[0]) == NULL) /* none begins with anything else */
        return -1;
    for (int i = 0; i < PIECES; i++) {
        size_t n = strlen(pieces[i]);
        if (n > *piece_len && n <= len && memcmp(text, pieces[i], n) == 0) {
            found = i;
            *piece_len = n;
        }
    }
    return found;
}

void vb_event_pack(struct vb_buf *out, const char *text, size_t len)
{
    size_t n;
    for (size_t at = 0; at < len; at += n) {
        int piece = piece_at(text + at, len - at, &n);
        if (piece >= 0) {
            vb_buf_putc(out, (char)(FIRST + piece));
            continue;
        }
        if ((unsigned char)text[at] < CONTROLS)
            vb_buf_putc(out, ESCAPE);
        vb_buf_putc(out, text[at]);
        n = 1;
    }
}

bool vb_event_unpack(struct vb_buf *out, const char *bytes, size_t len)
{
    for (size_t at = 0; at < len; at++) {
        unsigned char byte = (unsigned char)bytes[at];
        if (byte >= CONTROLS)
            vb_buf_putc(out, bytes[at]);
        else if (byte == ESCAPE && at + 1 < len && (unsigned char)bytes[at + 1] < CONTROLS)
            vb_buf_putc(out, bytes[++at]);
        else if (byte >= FIRST && byte < FIRST + PIECES)
            vb_buf_puts(out, pieces[byte - FIRST]);
        else
            return false;
    }
    return true;
}

size_t vb_event_packed_length(const char *text, size_t len)
{
    struct vb_buf packed = { 0 };
    vb_event_pack(&packed, text, len);
    size_t packed_len = packed.len;
    vb_buf_finish(&packed);
    return packed_len;
}
