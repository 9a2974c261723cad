#include "script/within.h"

#include <stdbool.h>
#include <string.h>

#include "script/scan.h"

static bool is_quoted(const struct vb_token *token, const char *id)
{
    return token->type == VB_TOKEN_STRING && token->len == strlen(id) + 2 &&
           memcmp(token->text + 1, id, token->len - 2) == 0;
}

/* Moves behind the constructor's id, or to the first token of the line. */
static bool find_start(struct vb_scan *scan, int line, const char *id)
{
    struct vb_token token;
    struct vb_scan before = *scan;
    while (vb_scan_token(scan, &token)) {
        if (token.line > line)
            return false;
        if (token.line == line && (id == NULL || is_quoted(&token, id))) {
            if (id == NULL)
                *scan = before;
            return true;
        }
        before = *scan;
    }
    return false;
}

/* Moves behind the brace that opens the constructor's table; false when it ends without one. */
static bool open_table(struct vb_scan *scan)
{
    struct vb_token token;
    int brackets = 0;
    while (vb_scan_token(scan, &token)) {
        if (vb_token_is(&token, "{"))
            return true;
        brackets += vb_token_is(&token, "(") - vb_token_is(&token, ")");
        if (vb_token_is(&token, "}") || (vb_token_is(&token, ",") && brackets <= 0))
            return false;
    }
    return false;
}

static bool assigned(struct vb_scan scan)
{
    struct vb_token token;
    return vb_scan_token(&scan, &token) && vb_token_is(&token, "=") && *scan.at != '=';
}

/* The line of the field in the table that scan stands in; behind its name then. 0: it has none. */
static int find_field(struct vb_scan *scan, const char *name, size_t len)
{
    struct vb_token token;
    int depth = 1;
    while (depth > 0 && vb_scan_token(scan, &token)) {
        depth += vb_token_is(&token, "{") - vb_token_is(&token, "}");
        if (depth == 1 && token.type == VB_TOKEN_NAME && token.len == len &&
            memcmp(token.text, name, len) == 0 && assigned(*scan))
            return token.line;
    }
    return 0;
}

int vb_within_line(const char *source, size_t len, int line, const char *id, const char *path)
{
    struct vb_scan scan = { source, source + len, 1 };
    int found = line;
    if (!find_start(&scan, line, id))
        return line;
    while (open_table(&scan)) {
        size_t part = strcspn(path, ".");
        int at = find_field(&scan, path, part);
        if (at == 0)
            return found;
        found = at;
        if (path[part] == '\0')
            return found;
        path += part + 1;
    }
    return found;
}
