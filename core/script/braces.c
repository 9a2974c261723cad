#include "script/braces.h"

#include <stdbool.h>

#include "script/scan.h"

enum { DEPTH_MAX = 64 };

struct brace {
    int line, indent; /* of the line it stands in */
};
struct braces {
    const char *source;
    struct vb_scan scan;
    struct brace open[DEPTH_MAX];
    int depth;
    struct brace
        closed[DEPTH_MAX]; /* by depth: the line it was closed in, the indent it began with */
};

static int indent_of(const char *source, const char *at)
{
    const char *line = at;
    while (line > source && line[-1] != '\n')
        line--;
    int indent = 0;
    while (line[indent] == ' ' || line[indent] == '\t')
        indent++;
    return indent;
}

/* Reads on to the next '}' that begins a line, and that is indented otherwise than what it closes.
 * False at the end. Nothing is popped for it. */
static bool find_odd(struct braces *braces, struct brace *odd)
{
    struct vb_token token;
    int line = 0;
    while (vb_scan_token(&braces->scan, &token)) {
        bool first = token.line != line;
        line = token.line;
        if (vb_token_is(&token, "{") && braces->depth < DEPTH_MAX)
            braces->open[braces->depth++] =
                (struct brace){ line, indent_of(braces->source, token.text) };
        if (!vb_token_is(&token, "}"))
            continue;
        *odd = (struct brace){ line, indent_of(braces->source, token.text) };
        if (braces->depth == 0 || (first && odd->indent != braces->open[braces->depth - 1].indent))
            return true;
        braces->depth--;
        braces->closed[braces->depth] = (struct brace){ line, braces->open[braces->depth].indent };
    }
    return false;
}

int vb_braces_missing(const char *source, size_t len)
{
    struct braces braces = { .source = source, .scan = { source, source + len, 1 } };
    struct brace odd;
    if (!find_odd(&braces, &odd))
        return 0;
    for (int i = braces.depth - 2; i >= 0; i--)
        if (braces.open[i].indent == odd.indent)
            return braces.open[i + 1].line;
    return 0;
}

int vb_braces_surplus(const char *source, size_t len)
{
    struct braces braces = { .source = source, .scan = { source, source + len, 1 } };
    struct brace odd;
    if (!find_odd(&braces, &odd) || braces.depth >= DEPTH_MAX)
        return 0;
    const struct brace *before = &braces.closed[braces.depth];
    return before->line > 0 && before->indent == odd.indent ? before->line : 0;
}
