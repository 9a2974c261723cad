#include "sheet/html_spoken.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"

struct spoken {
    const char *at, *end;
    struct vb_buf line;
    bool space; /* before the next word */
    void (*say)(void *ctx, const char *text);
    void *ctx;
};

static bool begins(const struct spoken *spoken, const char *text)
{
    size_t len = strlen(text);
    return (size_t)(spoken->end - spoken->at) >= len && memcmp(spoken->at, text, len) == 0;
}

static void flush(struct spoken *spoken)
{
    if (spoken->line.len > 0)
        spoken->say(spoken->ctx, spoken->line.data);
    vb_buf_clear(&spoken->line);
    spoken->space = false;
}

/* Past the first `text` from here; to the end where there is none. */
static void skip_past(struct spoken *spoken, const char *text)
{
    const char *found = memmem(spoken->at, (size_t)(spoken->end - spoken->at), text, strlen(text));
    spoken->at = found == NULL ? spoken->end : found + strlen(text);
}

/* Cells of a row are apart in the ear as they are to the eye. */
static void end_cell(struct spoken *spoken)
{
    if (spoken->line.len == 0)
        return;
    if (strchr(".?!:;", spoken->line.data[spoken->line.len - 1]) == NULL)
        vb_buf_putc(&spoken->line, ';');
    spoken->space = true;
}

static void tag(struct spoken *spoken)
{
    static const char *const breaks[] = { "<p",  "</p>", "<h",      "</h",       "<li",      "</li",
                                          "<tr", "</tr", "</table", "</caption", "</summary" };
    if (begins(spoken, "<svg")) {
        skip_past(spoken, "</svg>");
        return;
    }
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
        if (begins(spoken, breaks[i]))
            flush(spoken);
    if (begins(spoken, "</td>") || begins(spoken, "</th>"))
        end_cell(spoken);
    spoken->space = true;
    skip_past(spoken, ">");
}

static void entity(struct spoken *spoken)
{
    static const char *const entities[][2] = {
        { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&#39;", "'" }
    };
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (begins(spoken, entities[i][0])) {
            vb_buf_puts(&spoken->line, entities[i][1]);
            spoken->at += strlen(entities[i][0]);
            return;
        }
    vb_buf_putc(&spoken->line, *spoken->at++);
}

static void letter(struct spoken *spoken)
{
    char c = *spoken->at;
    if (c == ' ' || c == '\n' || c == '\t') {
        spoken->space = true;
        spoken->at++;
        return;
    }
    if (spoken->space && spoken->line.len > 0)
        vb_buf_putc(&spoken->line, ' ');
    spoken->space = false;
    if (c == '&')
        entity(spoken);
    else
        vb_buf_putc(&spoken->line, *spoken->at++);
}

void vb_html_spoken(const char *page, size_t len, void (*say)(void *ctx, const char *text),
                    void *ctx)
{
    struct spoken spoken = { .at = page, .end = page + len, .say = say, .ctx = ctx };
    skip_past(&spoken, "<body>");
    while (spoken.at < spoken.end && !begins(&spoken, "<footer"))
        if (*spoken.at == '<')
            tag(&spoken);
        else
            letter(&spoken);
    flush(&spoken);
    vb_buf_finish(&spoken.line);
}
