#include "script/asks.h"

#include <stdlib.h>

#include "base/str.h"
#include "script/scan.h"

struct asking { /* one call of :ask */
    int line;
    bool dropped;
};
struct file_asks {
    const char *path;
    bool doubtful; /* a call whose line cannot be told for certain: nothing of this file counts */
    struct asking *list;
    size_t count, cap;
};
struct vb_asks {
    struct file_asks *files;
    int count;
};

/* -- a statement? -------------------------------------------------------------------------------*/

static bool is_one_of(const struct vb_token *token, const char *const *words)
{
    for (; *words != NULL; words++)
        if (vb_token_is(token, *words))
            return true;
    return false;
}

/* May a statement begin behind this token? A name, a value or a closing bracket cannot be followed
 * by a name within one expression. */
static bool ends_statement(const struct vb_token *token)
{
    static const char *const going_on[] = { "and",      "or",    "not", "in",     "return",
                                            "until",    "while", "if",  "elseif", "local",
                                            "function", "goto",  "for", NULL };
    static const char *const closing[] = { ")", "]", "}", ";", "...", NULL };
    if (token->type == VB_TOKEN_SIGN)
        return is_one_of(token, closing);
    return token->type != VB_TOKEN_NAME || !is_one_of(token, going_on);
}

/* Does the expression go on with this token? */
static bool goes_on(const struct vb_token *token)
{
    static const char *const suffixes[] = { ".", ":", "[", "(", "{", NULL };
    return token->type == VB_TOKEN_STRING || is_one_of(token, suffixes);
}

/* Reads on behind the '(' to the one that closes it; false when none does. */
static bool skip_arguments(struct vb_scan *scan)
{
    struct vb_token token;
    int depth = 1;
    while (depth > 0) {
        if (!vb_scan_token(scan, &token))
            return false;
        depth += vb_token_is(&token, "(");
        depth -= vb_token_is(&token, ")");
    }
    return true;
}

/* The call whose arguments begin with first is over: does nothing go on with what it gave? scan is
 * a copy, behind first. */
static bool stands_alone(struct vb_scan scan, const struct vb_token *first)
{
    struct vb_token next;
    if (first->type != VB_TOKEN_STRING && !skip_arguments(&scan))
        return false;
    return !vb_scan_token(&scan, &next) || !goes_on(&next);
}

/* -- a file -------------------------------------------------------------------------------------*/

static void add(struct file_asks *file, int line, bool dropped)
{
    for (size_t i = 0; i < file->count; i++) {
        if (file->list[i].line != line)
            continue;
        file->list[i].dropped = false; /* two on one line */
        return;
    }
    struct asking *asking = vb_push(&file->list, file->count, &file->cap, sizeof *asking);
    file->count++;
    *asking = (struct asking){ line, dropped };
}

/* last: the four tokens up to :ask, as in `do s : ask`; scan stands behind them. */
static void read_call(struct file_asks *file, struct vb_scan scan, const struct vb_token last[4])
{
    struct vb_token first = { 0 };
    const struct vb_token *name = &last[1], *colon = &last[2], *ask = &last[3];
    bool there = vb_scan_token(&scan, &first);
    bool plain = name->type == VB_TOKEN_NAME && !vb_token_is(&last[0], ".") &&
                 !vb_token_is(&last[0], ":") && !vb_token_is(name, "end");
    bool one_line =
        name->line == colon->line && colon->line == ask->line && there && ask->line == first.line;
    bool call = vb_token_is(&first, "(") || first.type == VB_TOKEN_STRING;
    if (!plain || !one_line || !call) {
        file->doubtful = true;
        return;
    }
    add(file, name->line, ends_statement(&last[0]) && stands_alone(scan, &first));
}

static void read_file(struct file_asks *file, const struct vb_file *source)
{
    struct vb_scan scan = { source->bytes, source->bytes + source->len, 1 };
    /* A file begins as a statement does. */
    struct vb_token last[4] = { { .type = VB_TOKEN_SIGN, .text = ";", .len = 1 } };
    last[1] = last[2] = last[3] = last[0];
    struct vb_token token;
    while (vb_scan_token(&scan, &token)) {
        for (int i = 0; i < 3; i++)
            last[i] = last[i + 1];
        last[3] = token;
        if (vb_token_is(&last[2], ":") && vb_token_is(&last[3], "ask"))
            read_call(file, scan, last);
    }
}

struct vb_asks *vb_asks_create(const struct vb_plan *plan)
{
    struct vb_asks *asks = vb_new(struct vb_asks);
    asks->count = plan->file_count;
    asks->files = vb_alloc(sizeof *asks->files * (size_t)(plan->file_count + 1));
    for (int i = 0; i < plan->file_count; i++) {
        asks->files[i].path = plan->files[i].path;
        read_file(&asks->files[i], &plan->files[i]);
    }
    return asks;
}

void vb_asks_destroy(struct vb_asks *asks)
{
    if (asks == NULL)
        return;
    for (int i = 0; i < asks->count; i++)
        free(asks->files[i].list);
    free(asks->files);
    free(asks);
}

bool vb_asks_dropped(const struct vb_asks *asks, const char *chunk, int line)
{
    const char *path = chunk[0] == '=' ? chunk + 1 : chunk;
    for (int i = 0; i < asks->count; i++) {
        const struct file_asks *file = &asks->files[i];
        if (file->doubtful || !vb_streq(file->path, path))
            continue;
        for (size_t at = 0; at < file->count; at++)
            if (file->list[at].line == line)
                return file->list[at].dropped;
    }
    return false;
}
