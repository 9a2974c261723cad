#include "script/scan.h"

#include <string.h>

static char peek(const struct vb_scan *scan, size_t ahead)
{
    return (size_t)(scan->end - scan->at) > ahead ? scan->at[ahead] : '\0';
}

static void step(struct vb_scan *scan)
{
    if (scan->at < scan->end && *scan->at++ == '\n')
        scan->line++;
}

/* The level of a long bracket that opens here ("[[" is 0, "[==[" is 2); -1: none does. */
static int long_bracket(const struct vb_scan *scan)
{
    size_t equals = 0;
    if (peek(scan, 0) != '[')
        return -1;
    while (peek(scan, 1 + equals) == '=')
        equals++;
    return peek(scan, 1 + equals) == '[' ? (int)equals : -1;
}

static bool long_end(const struct vb_scan *scan, int level)
{
    for (int i = 0; i < level; i++)
        if (peek(scan, 1 + (size_t)i) != '=')
            return false;
    return peek(scan, 0) == ']' && peek(scan, 1 + (size_t)level) == ']';
}

static void skip_long(struct vb_scan *scan, int level)
{
    scan->at += level + 2;
    while (scan->at < scan->end && !long_end(scan, level))
        step(scan);
    if (scan->at < scan->end)
        scan->at += level + 2;
}

static void skip_escape(struct vb_scan *scan)
{
    bool spaces = peek(scan, 1) == 'z';
    bool crlf = peek(scan, 1) == '\r' && peek(scan, 2) == '\n';
    step(scan);
    step(scan);
    if (crlf)
        step(scan);
    while (spaces && scan->at < scan->end && strchr(" \t\r\n\v\f", *scan->at) != NULL &&
           *scan->at != '\0')
        step(scan);
}

static void skip_string(struct vb_scan *scan)
{
    char quote = *scan->at++;
    while (scan->at < scan->end && *scan->at != quote && *scan->at != '\n' && *scan->at != '\r') {
        if (*scan->at == '\\')
            skip_escape(scan);
        else
            step(scan);
    }
    if (scan->at < scan->end && *scan->at == quote)
        scan->at++;
}

static void skip_comment(struct vb_scan *scan)
{
    scan->at += 2;
    int level = long_bracket(scan);
    if (level >= 0) {
        skip_long(scan, level);
        return;
    }
    while (scan->at < scan->end && *scan->at != '\n' && *scan->at != '\r')
        scan->at++;
}

/* Bytes of the bitwise operator that stands here; 0: none. */
static size_t operator_here(const struct vb_scan *scan)
{
    char first = peek(scan, 0), second = peek(scan, 1);
    if (first == '&' || first == '|')
        return 1;
    if (first == '~')
        return second == '=' ? 0 : 1;
    if ((first == '<' || first == '>') && second == first)
        return 2;
    return 0;
}

/* Steps over one token that is no bitwise operator. "~=" and "<=" go whole, so that their second
 * half is not read again. */
static void skip_token(struct vb_scan *scan)
{
    char c = peek(scan, 0);
    if (c == '-' && peek(scan, 1) == '-')
        skip_comment(scan);
    else if (c == '"' || c == '\'')
        skip_string(scan);
    else if (long_bracket(scan) >= 0)
        skip_long(scan, long_bracket(scan));
    else if ((c == '~' || c == '<' || c == '>') && peek(scan, 1) == '=')
        scan->at += 2;
    else
        step(scan);
}

/* -- divisions -- */

static bool in_name(char c)
{
    return c == '_' || c == '.' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
}

static const char *past_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '(' || *at == '\n' || *at == '\r'))
        at++;
    return at;
}

/* The count ("#names") or the zero that stands at at: its bytes; 0: something else. */
static size_t nothing_at(const char *at, const char *end)
{
    size_t n = at < end && *at == '#';
    while (at + n < end && in_name(at[n]))
        n++;
    if (n > 1 && at[0] == '#')
        return n;
    for (size_t i = 0; i < n; i++)
        if (at[i] != '0' && at[i] != '.')
            return 0;
    return n;
}

/* Does text, of len bytes, end with a comparison or begin with one? */
static bool compared(const char *source, const char *at, size_t len, const char *end)
{
    const char *after = past_blanks(at + len, end);
    const char *before = at;
    while (before > source && (before[-1] == ' ' || before[-1] == '('))
        before--;
    return (after < end && strchr("<>=~", *after) != NULL && *after != '\0') ||
           (before > source && strchr("<>", before[-1]) != NULL);
}

/* Was the same count looked at in the ten lines before? Then the author thought of it. */
static bool guarded(const char *source, const char *count, size_t len, const char *end)
{
    int lines = 0;
    const char *at = count;
    while (at > source && lines < 10)
        lines += *--at == '\n';
    for (; at < count; at++)
        if (strncmp(at, count, len) == 0 && !in_name(at[len]) && compared(source, at, len, end))
            return true;
    return false;
}

bool vb_scan_division(const char *source, size_t len, size_t *at, struct vb_scan_divisor *found)
{
    struct vb_scan scan = { source, source + len, 1 };
    while (scan.at < scan.end) {
        char c = peek(&scan, 0);
        if ((c != '/' && c != '%') || (size_t)(scan.at - source) < *at) {
            skip_token(&scan);
            continue;
        }
        scan.at += c == '/' && peek(&scan, 1) == '/' ? 2 : 1;
        const char *divisor = past_blanks(scan.at, scan.end);
        size_t n = nothing_at(divisor, scan.end);
        if (n == 0 || (*divisor == '#' && guarded(source, divisor, n, scan.end)))
            continue;
        *at = (size_t)(scan.at - source);
        found->line = scan.line;
        n = n < sizeof found->text ? n : sizeof found->text - 1;
        memcpy(found->text, divisor, n);
        found->text[n] = '\0';
        return true;
    }
    *at = len;
    return false;
}

bool vb_scan_bitwise(const char *source, size_t len, int *line, char text[3])
{
    struct vb_scan scan = { source, source + len, 1 };
    while (scan.at < scan.end) {
        size_t size = operator_here(&scan);
        if (size > 0) {
            memcpy(text, scan.at, size);
            text[size] = '\0';
            *line = scan.line;
            return true;
        }
        skip_token(&scan);
    }
    return false;
}

/* -- tokens -------------------------------------------------------------------------------------*/

static bool in_word(char c)
{
    return in_name(c) && c != '.';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void skip_blank(struct vb_scan *scan)
{
    while (scan->at < scan->end) {
        if (peek(scan, 0) == '-' && peek(scan, 1) == '-')
            skip_comment(scan);
        else if (peek(scan, 0) == ' ' || (peek(scan, 0) >= '\t' && peek(scan, 0) <= '\r'))
            step(scan);
        else
            return;
    }
}

/* Bytes of the sign that stands here: those of two or three characters go whole. */
static size_t sign_here(const struct vb_scan *scan)
{
    char first = peek(scan, 0), second = peek(scan, 1);
    if (first == '.' && second == '.')
        return peek(scan, 2) == '.' ? 3 : 2;
    if (second == '=' && strchr("=~<>", first) != NULL)
        return 2;
    return (first == ':' || first == '/') && second == first ? 2 : 1;
}

bool vb_scan_token(struct vb_scan *scan, struct vb_token *token)
{
    skip_blank(scan);
    if (scan->at >= scan->end)
        return false;
    char c = peek(scan, 0);
    *token = (struct vb_token){ .text = scan->at, .line = scan->line };
    if (c == '"' || c == '\'') {
        token->type = VB_TOKEN_STRING;
        skip_string(scan);
    } else if (long_bracket(scan) >= 0) {
        token->type = VB_TOKEN_STRING;
        skip_long(scan, long_bracket(scan));
    } else if (in_word(c) || (c == '.' && is_digit(peek(scan, 1)))) {
        token->type = is_digit(c) || c == '.' ? VB_TOKEN_NUMBER : VB_TOKEN_NAME;
        while (in_word(peek(scan, 0)) ||
               (token->type == VB_TOKEN_NUMBER && peek(scan, 0) == '.' && peek(scan, 1) != '.'))
            step(scan);
    } else {
        token->type = VB_TOKEN_SIGN;
        scan->at += sign_here(scan);
    }
    token->len = (size_t)(scan->at - token->text);
    return true;
}

bool vb_token_is(const struct vb_token *token, const char *text)
{
    return token->type != VB_TOKEN_STRING && strlen(text) == token->len &&
           memcmp(token->text, text, token->len) == 0;
}
