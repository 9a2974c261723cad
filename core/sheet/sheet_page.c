#include "sheet/sheet_page.h"

#include "data/text.h"

void vb_page_blank(const struct vb_page *page)
{
    vb_buf_putc(page->out, '\n');
}

static void spaces(struct vb_buf *out, int count)
{
    for (int i = 0; i < count; i++)
        vb_buf_putc(out, ' ');
}

static void repeat(struct vb_buf *out, const char *mark, int count)
{
    for (int i = 0; i < count; i++)
        vb_buf_puts(out, mark);
}

/* Bytes of the longest start of s that is at most columns wide and ends between characters. */
static size_t fitting(const char *s, size_t len, int columns)
{
    size_t end = 0;
    while (end < len) {
        size_t next = end + 1;
        while (next < len && ((unsigned char)s[next] & 0xc0) == 0x80)
            next++;
        if (vb_text_width(s, next) > columns)
            break;
        end = next;
    }
    return end;
}

void vb_page_flat(struct vb_buf *out, const char *text, int columns)
{
    struct vb_buf clean = { 0 };
    vb_text_clean(&clean, text, strlen(text));
    for (size_t i = 0; i < clean.len; i++)
        if (clean.data[i] == '\n')
            clean.data[i] = ' ';
    if (columns > 0 && vb_text_width(clean.data == NULL ? "" : clean.data, clean.len) > columns) {
        vb_buf_put(out, clean.data, fitting(clean.data, clean.len, columns - 3));
        vb_buf_puts(out, "...");
    } else {
        vb_buf_put(out, clean.data, clean.len);
    }
    vb_buf_finish(&clean);
}

void vb_page_pad(struct vb_buf *out, size_t from, int columns)
{
    spaces(out, columns - vb_text_width(out->data + from, out->len - from));
}

void vb_page_rule(const struct vb_page *page, const char *text)
{
    struct vb_buf *out = page->out;
    if (page->colour)
        vb_buf_puts(out, "\033[1m");
    size_t from = out->len;
    vb_buf_puts(out, "── ");
    vb_page_flat(out, text, page->columns - 6);
    vb_buf_putc(out, ' ');
    repeat(out, "─", page->columns - vb_text_width(out->data + from, out->len - from));
    vb_buf_puts(out, page->colour ? "\033[0m\n" : "\n");
}

/* One paragraph from the column the line stands at; hang is where the next lines begin. */
static void paragraph(const struct vb_page *page, const char *text, size_t len, int start, int hang)
{
    struct vb_buf *out = page->out;
    struct vb_buf line = { 0 };
    vb_buf_put(&line, text, len);
    vb_text_wrap(out, line.data == NULL ? "" : line.data, page->columns, hang, start);
    while (out->len > 0 && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
    vb_buf_putc(out, '\n');
    vb_buf_finish(&line);
}

/* The paragraphs of a text; the first begins where the line stands. */
static void paragraphs(const struct vb_page *page, const char *text, int start, int hang)
{
    struct vb_buf clean = { 0 };
    vb_text_clean(&clean, text, strlen(text));
    const char *at = clean.data == NULL ? "" : clean.data;
    for (;;) {
        size_t len = strcspn(at, "\n");
        paragraph(page, at, len, start, hang);
        at += len;
        if (*at == '\0' || *++at == '\0')
            break;
        if (*at != '\n') {
            spaces(page->out, hang);
            start = hang;
        }
    }
    vb_buf_finish(&clean);
}

void vb_page_text(const struct vb_page *page, int indent, int hang, const char *text)
{
    spaces(page->out, indent);
    paragraphs(page, text, indent, indent + hang);
}

void vb_page_after(const struct vb_page *page, const char *first, int columns, const char *text)
{
    vb_buf_puts(page->out, first);
    paragraphs(page, text, columns, columns);
}

/* A text broken to a column of its own; its lines stand in out. */
static void narrow(struct vb_buf *out, const char *text, int width)
{
    struct vb_buf clean = { 0 }, line = { 0 };
    vb_text_clean(&clean, text, strlen(text));
    for (const char *at = clean.data == NULL ? "" : clean.data; *at != '\0';) {
        size_t len = strcspn(at, "\n");
        vb_buf_clear(&line);
        vb_buf_put(&line, at, len);
        vb_text_wrap(out, line.data == NULL ? "" : line.data, width, 0, 0);
        at += len;
        if (*at == '\n') {
            vb_buf_putc(out, '\n');
            at++;
        }
    }
    vb_buf_finish(&line);
    vb_buf_finish(&clean);
}

/* The next line of *rest into out; false when there is none. */
static void next_line(struct vb_buf *out, const char **rest)
{
    size_t len = strcspn(*rest, "\n");
    vb_buf_put(out, *rest, len);
    *rest += len;
    if (**rest == '\n')
        ++*rest;
}

void vb_page_columns(const struct vb_page *page, int indent, const char *left, const char *right)
{
    int half = (page->columns - indent - 2) / 2;
    struct vb_buf one = { 0 }, two = { 0 }, *out = page->out;
    narrow(&one, left, half);
    narrow(&two, right, half);
    const char *a = one.data == NULL ? "" : one.data, *b = two.data == NULL ? "" : two.data;
    while (*a != '\0' || *b != '\0') {
        size_t from = out->len;
        spaces(out, indent);
        next_line(out, &a);
        vb_page_pad(out, from, indent + half + 2);
        next_line(out, &b);
        while (out->data[out->len - 1] == ' ')
            out->data[--out->len] = '\0';
        vb_buf_putc(out, '\n');
    }
    vb_buf_finish(&one);
    vb_buf_finish(&two);
}

void vb_page_write_on(const struct vb_page *page, int indent, const char *label)
{
    struct vb_buf *out = page->out;
    size_t from = out->len;
    spaces(out, indent);
    if (label != NULL) {
        vb_page_flat(out, label, page->columns / 2);
        vb_buf_putc(out, ' ');
    }
    repeat(out, "_", page->columns - vb_text_width(out->data + from, out->len - from));
    vb_buf_putc(out, '\n');
}
