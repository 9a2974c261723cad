#include "lint/finding_page.h"

#include <string.h>

#include "base/str.h"

/* docs/reference/findings, put together by the build. */
extern const char pages_start[] __asm__("_binary_findings_md_start");
extern const char pages_end[] __asm__("_binary_findings_md_end");

/* The line at *at without its end; moves *at to the next. NULL at the end of text. */
static const char *next_line(struct vb_arena *arena, const char **at)
{
    if (**at == '\0')
        return NULL;
    size_t len = strcspn(*at, "\n");
    const char *line = vb_arena_strndup(arena, *at, len);
    *at += len + ((*at)[len] == '\n');
    return line;
}

/* Where the next page begins, a line "# code" outside of examples; else the end. */
static const char *page_end(const char *at)
{
    bool fenced = false;
    for (;;) {
        at += strcspn(at, "\n");
        if (*at == '\0')
            return at;
        at++;
        if (vb_starts_with(at, "```"))
            fenced = !fenced;
        if (!fenced && vb_starts_with(at, "# "))
            return at;
    }
}

static void read_page(struct vb_arena *arena, const char *text, struct vb_finding_page *page)
{
    const char *at = text;
    page->text = text;
    page->code = next_line(arena, &at) + 2;
    next_line(arena, &at);
    const char *first = next_line(arena, &at);
    page->level = vb_starts_with(first, "Error. ") ? VB_ERROR : VB_WARNING;
    page->summary = strchr(first, ' ') + 1;
}

const struct vb_finding_page *vb_finding_pages(struct vb_arena *arena, size_t *count)
{
    struct vb_finding_page *pages = NULL;
    size_t cap = 0;
    const char *at = vb_arena_strndup(arena, pages_start, (size_t)(pages_end - pages_start));
    *count = 0;
    while (*at != '\0') {
        const char *end = page_end(at);
        struct vb_finding_page *page = vb_arena_push(arena, &pages, (*count)++, &cap, sizeof *page);
        read_page(arena, vb_arena_strndup(arena, at, (size_t)(end - at)), page);
        at = end;
    }
    return pages;
}

void vb_finding_page_write(struct vb_buf *out, const struct vb_finding_page *page)
{
    bool fenced = false;
    for (const char *at = page->text; *at != '\0';) {
        size_t len = strcspn(at, "\n");
        if (vb_starts_with(at, "```")) {
            fenced = !fenced;
        } else {
            size_t skip = fenced ? 0 : strspn(at, "#");
            skip += skip > 0;
            vb_buf_puts(out, fenced && len > 0 ? "    " : "");
            vb_buf_put(out, at + skip, len - skip);
            vb_buf_putc(out, '\n');
        }
        at += len + (at[len] == '\n');
    }
}
