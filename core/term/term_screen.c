#include "term/term_screen.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

#include "data/text.h"

enum { WIDEST = 80, NARROWEST = 20 };

static int width_of(const struct vb_screen *screen)
{
    if (screen->columns <= 0 || screen->columns > WIDEST)
        return WIDEST;
    return screen->columns < NARROWEST ? NARROWEST : screen->columns;
}

static void put(struct vb_screen *screen, const char *bytes)
{
    if (screen->into != NULL) {
        vb_buf_puts(screen->into, bytes);
        return;
    }
    fputs(bytes, screen->out); /* an error stays in the stream and is met at the prompt */
    if (screen->terminal)
        vb_buf_puts(&screen->kept, bytes);
}

static void spaces(struct vb_buf *buf, int count)
{
    for (int i = 0; i < count; i++)
        vb_buf_putc(buf, ' ');
}

/* Windows change their size while people think. */
static void measure(struct vb_screen *screen)
{
    struct winsize size;
    screen->prompted = false;
    vb_buf_clear(&screen->kept);
    screen->columns = screen->fixed;
    if (!screen->terminal || ioctl(fileno(screen->out), TIOCGWINSZ, &size) != 0)
        return;
    screen->rows = size.ws_row;
    if (screen->fixed <= 0)
        screen->columns = size.ws_col;
}

void vb_screen_next(struct vb_screen *screen)
{
    measure(screen);
    put(screen, screen->terminal ? "\x1b[H\x1b[2J" : "\n");
}

void vb_screen_wipe(struct vb_screen *screen)
{
    measure(screen);
    put(screen, screen->terminal ? VB_SCREEN_WIPE : "\n");
}

void vb_screen_echoed(struct vb_screen *screen, const char *line)
{
    struct vb_buf clean = { 0 };
    vb_text_clean(&clean, line, strlen(line));
    vb_buf_printf(&screen->kept, "%s\n", clean.data == NULL ? "" : clean.data);
    vb_buf_finish(&clean);
}

void vb_screen_gap(struct vb_screen *screen)
{
    put(screen, "\n");
}

static void write_wrapped(struct vb_screen *screen, enum vb_style style, const char *lead,
                          int indent, const char *text)
{
    struct vb_buf clean = { 0 }, lines = { 0 };
    vb_text_clean(&clean, text, strlen(text));
    vb_text_wrap(&lines, clean.data == NULL ? "" : clean.data, width_of(screen), indent, indent);
    bool styled = screen->terminal && screen->colour && style != VB_PLAIN;
    put(screen, lead);
    if (styled)
        put(screen, style == VB_BOLD ? "\x1b[1m" : "\x1b[2m");
    put(screen, lines.data == NULL ? "" : lines.data);
    if (styled)
        put(screen, "\x1b[0m");
    put(screen, "\n");
    vb_buf_finish(&clean);
    vb_buf_finish(&lines);
}

void vb_screen_text(struct vb_screen *screen, enum vb_style style, int indent, const char *text)
{
    struct vb_buf lead = { 0 };
    vb_buf_puts(&lead, "");
    spaces(&lead, indent);
    write_wrapped(screen, style, lead.data, indent, text);
    vb_buf_finish(&lead);
}

void vb_screen_lines(struct vb_screen *screen, const char *captured, size_t len)
{
    struct vb_buf lines = { 0 };
    vb_buf_put(&lines, captured, len);
    put(screen, lines.data);
    vb_buf_finish(&lines);
}

void vb_screen_whole(struct vb_screen *screen, const char *text)
{
    struct vb_buf clean = { 0 };
    vb_text_clean(&clean, text, strlen(text));
    put(screen, clean.data == NULL ? "" : clean.data);
    put(screen, "\n");
    vb_buf_finish(&clean);
}

void vb_screen_parts(struct vb_screen *screen, int indent, const char *const *parts, int count)
{
    struct vb_buf line = { 0 };
    int column = 0;
    for (int i = 0; i < count; i++) {
        int width = vb_text_width(parts[i], strlen(parts[i]));
        if (i > 0 && column + 3 + width > width_of(screen)) {
            vb_screen_text(screen, VB_PLAIN, indent, line.data);
            vb_buf_clear(&line);
            column = 0;
        }
        if (line.len > 0)
            vb_buf_puts(&line, " | ");
        column += width + (column == 0 ? indent : 3);
        vb_buf_puts(&line, parts[i]);
    }
    if (line.len > 0)
        vb_screen_text(screen, VB_PLAIN, indent, line.data);
    vb_buf_finish(&line);
}

void vb_screen_leave(struct vb_screen *screen)
{
    if (screen->prompted)
        put(screen, "\n");
    screen->prompted = false;
}

void vb_screen_choice(struct vb_screen *screen, int number, const char *text)
{
    struct vb_buf lead = { 0 };
    vb_buf_printf(&lead, "%4d  ", number);
    write_wrapped(screen, VB_PLAIN, lead.data, (int)lead.len, text);
    vb_buf_finish(&lead);
}

void vb_screen_ruler(struct vb_screen *screen, const char *left, const char *right)
{
    struct vb_buf l = { 0 }, r = { 0 }, line = { 0 };
    int width = width_of(screen) - 4; /* indent on both sides */
    vb_text_clean(&l, left, strlen(left));
    vb_text_clean(&r, right, strlen(right));
    int l_width = l.len == 0 ? 0 : vb_text_width(l.data, l.len);
    int r_width = r.len == 0 ? 0 : vb_text_width(r.data, r.len);
    if (l_width + r_width + 4 > width) { /* long end words: one under the other */
        vb_buf_printf(&line, "0 = %s\n100 = %s", l.len == 0 ? "" : l.data,
                      r.len == 0 ? "" : r.data);
        vb_screen_text(screen, VB_PLAIN, 2, line.data);
    } else {
        spaces(&line, 2);
        vb_buf_puts(&line, l.len == 0 ? "" : l.data);
        spaces(&line, width - l_width - r_width);
        vb_buf_puts(&line, r.len == 0 ? "" : r.data);
        vb_buf_puts(&line, "\n  0 ");
        for (int i = 0; i < width - 6; i++)
            vb_buf_putc(&line, '-');
        vb_buf_puts(&line, " 100\n");
        put(screen, line.data);
    }
    vb_buf_finish(&l);
    vb_buf_finish(&r);
    vb_buf_finish(&line);
}

enum vb_code vb_screen_prompt(struct vb_screen *screen, struct vb_err *err)
{
    put(screen, "> ");
    screen->prompted = true;
    if (fflush(screen->out) != 0 || ferror(screen->out))
        return vb_fail(err, VB_E_IO, "writing to the terminal: %s", strerror(errno));
    return VB_OK;
}
