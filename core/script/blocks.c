#include "script/blocks.h"

#include <ctype.h>

#include "script/scan.h"

enum { DEPTH_MAX = 64 };

struct opened {
    const char *what;
    int line, indent; /* of the line it stands in */
    int else_if;      /* the line of the "else if" that opened it, or one within; 0: none */
};
struct blocks {
    const char *source;
    struct opened open[DEPTH_MAX];
    int depth;
};

static int indent_at(const char *source, const char *at)
{
    while (at > source && at[-1] != '\n')
        at--;
    int indent = 0;
    while (at[indent] == ' ' || at[indent] == '\t')
        indent++;
    return indent;
}

static const char *opener(const struct vb_token *token)
{
    static const char *const all[] = { "{", "(", "[", "function", "if", "do", "repeat" };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (vb_token_is(token, all[i]))
            return all[i];
    return NULL;
}

/* What the token closes: a bracket by its sign, "e" for a block; 0: nothing. */
static char closer(const struct vb_token *token)
{
    static const char *const all[][2] = {
        { "}", "{" }, { ")", "(" }, { "]", "[" }, { "end", "e" }, { "until", "e" },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (vb_token_is(token, all[i][0]))
            return all[i][1][0];
    return 0;
}

static char kind_of(const struct opened *opened)
{
    return isalpha((unsigned char)*opened->what) ? 'e' : *opened->what;
}

static bool give(const struct opened *opened, struct vb_block *open)
{
    *open = (struct vb_block){ opened->what, opened->line, opened->else_if };
    return true;
}

static bool any_open(const struct blocks *blocks, char kind)
{
    for (int i = 0; i < blocks->depth; i++)
        if (kind_of(&blocks->open[i]) == kind)
            return true;
    return false;
}

/* Closes the innermost. True when that shows which one is not closed: what closes it is of another
 * kind, or it begins a line further out than what it would close. */
static bool close_one(struct blocks *blocks, char kind, bool first, int indent,
                      struct vb_block *open)
{
    const struct opened *inner = &blocks->open[blocks->depth - 1];
    bool outside = (kind == 'e' || kind == '{') && first && indent < inner->indent;
    if (kind_of(inner) != kind || outside)
        return give(inner, open);
    blocks->depth--;
    /* The end of an "else if" closes the if within; the one around it is what stays open. */
    if (inner->else_if == inner->line && blocks->depth > 0)
        blocks->open[blocks->depth - 1].else_if = inner->line;
    return false;
}

bool vb_blocks_open(const char *source, size_t len, struct vb_block *open)
{
    struct blocks blocks = { .source = source };
    struct vb_scan scan = { source, source + len, 1 };
    struct vb_token token, before = { 0 };
    for (; vb_scan_token(&scan, &token); before = token) {
        const char *what = opener(&token);
        char kind = closer(&token);
        int indent = indent_at(source, token.text);
        if (what != NULL && blocks.depth == DEPTH_MAX)
            return false;
        bool after_else =
            before.line == token.line && vb_token_is(&before, "else") && vb_token_is(&token, "if");
        if (what != NULL)
            blocks.open[blocks.depth++] =
                (struct opened){ what, token.line, indent, after_else ? token.line : 0 };
        if (kind == 0)
            continue;
        if (!any_open(&blocks, kind))
            return false; /* one too many */
        if (close_one(&blocks, kind, before.line != token.line, indent, open))
            return true;
    }
    return blocks.depth > 0 && give(&blocks.open[blocks.depth - 1], open);
}

int vb_blocks_closed_early(const char *source, size_t len, int line)
{
    struct vb_scan scan = { source, source + len, 1 };
    struct vb_token token;
    int depth = 0, began = 0, closed = 0;
    while (vb_scan_token(&scan, &token) && token.line <= line) {
        int indent = indent_at(source, token.text);
        if (vb_token_is(&token, "{") && depth++ == 0)
            began = indent;
        if (vb_token_is(&token, "}") && depth > 0 && --depth == 0 && indent > began)
            closed = token.line;
    }
    return closed;
}
