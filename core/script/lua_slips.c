#include "script/lua_slips.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "script/blocks.h"
#include "script/scan.h"

enum { BEFORE = 4 };

/* A token, and those before it: before[0] is the one that stands right before. */
struct spot {
    struct vb_loading *loading;
    struct vb_place *place;
    const char *words, *near;
    struct vb_token token, before[BEFORE];
};

static const char *cut(const struct spot *spot, const char *text, size_t len)
{
    return vb_arena_strndup(&spot->loading->scratch, text, len);
}

static const char *word_of(const struct spot *spot, const struct vb_token *token)
{
    return cut(spot, token->text, token->len);
}

static bool is_name(const struct vb_token *token)
{
    return token->type == VB_TOKEN_NAME && token->len > 0;
}

bool vb_odd_quotes(const char *line)
{
    bool odd = false;
    for (; *line != '\n' && *line != '\0'; line++) {
        if (*line == '\\' && line[1] != '\0' && line[1] != '\n')
            line++;
        else if (*line == '"')
            odd = !odd;
    }
    return odd;
}

static bool touch(const struct vb_token *before, const struct vb_token *after)
{
    return before->text != NULL && before->text + before->len == after->text;
}

static bool tell(struct spot *spot, int line, const char *code, const char *mend,
                 const char *message)
{
    spot->place->line = line;
    vb_complain(spot->loading, VB_ERROR, spot->place, code, mend, "%s", message);
    return true;
}

#define SAID(spot, ...) vb_arena_printf(&(spot)->loading->scratch, __VA_ARGS__)

/* -- patterns: each looks at the word Lua did not expect, and at what stands before it -- */

/* # a note, // a note: not the length of something, and not a division */
static bool note_of_others(struct spot *spot, const struct vb_token *sign,
                           const struct vb_token *before)
{
    bool hash = vb_token_is(sign, "#") && (sign->text[1] == ' ' || sign->text[1] == '#');
    bool divided =
        before->line == sign->line && (before->type != VB_TOKEN_SIGN || vb_token_is(before, ")"));
    bool dash = vb_token_is(sign, "-") && sign->text[1] == ' ' && before->line < sign->line &&
                vb_starts_with(spot->words, "unexpected symbol");
    if (!hash && !dash && (!vb_token_is(sign, "//") || divided))
        return false;
    return tell(spot, sign->line, "syntax-error", "begin the note with two dashes: --",
                SAID(spot, "'%s' does not begin a note here", word_of(spot, sign)));
}

/* v.likert plan.small { */
static bool bare_id(struct spot *spot)
{
    const struct vb_token *before = spot->before, *token = &spot->token;
    if (!is_name(&before[0]) || !vb_token_is(&before[1], ".") || !vb_token_is(&before[2], "v") ||
        (token->type != VB_TOKEN_NAME && token->type != VB_TOKEN_NUMBER) ||
        token->line != before[0].line)
        return false;
    const char *make = word_of(spot, &before[0]);
    const char *id = cut(spot, token->text, strcspn(token->text, " \t\r\n{}(),\"'"));
    return tell(spot, token->line, "wrong-call", SAID(spot, "write v.%s \"%s\"", make, id),
                SAID(spot, "v.%s: its id stands without quotes", make));
}

/* "Our "plan" is clear.", 'What's needed?' */
static bool quote_in_text(struct spot *spot)
{
    const struct vb_token *text = &spot->before[0];
    if (text->type != VB_TOKEN_STRING || text->len < 2 || !is_name(&spot->token) ||
        !touch(text, &spot->token) || (*text->text != '"' && *text->text != '\''))
        return false;
    bool single = *text->text == '\'';
    const char *line = text->text;
    while (line > spot->loading->files[spot->place->file].bytes && line[-1] != '\n')
        line--;
    if (!single && vb_odd_quotes(line))
        return false;
    return tell(
        spot, spot->token.line, "unfinished-string",
        single ? "put the text between \" and \""
               : "write \\\" for a quote inside a text, or ' there",
        SAID(spot, "a quote inside a text ends it, before '%s'", word_of(spot, &spot->token)));
}

/* plan.clear = 5 */
static bool dotted_field(struct spot *spot)
{
    const struct vb_token *before = spot->before;
    if (!vb_token_is(&spot->token, "=") || !is_name(&before[0]) || !vb_token_is(&before[1], ".") ||
        !is_name(&before[2]))
        return false;
    const char *from = before[2].text;
    const struct vb_read_file *file = &spot->loading->files[spot->place->file];
    while (from > file->bytes &&
           (isalnum((unsigned char)from[-1]) || from[-1] == '_' || from[-1] == '.'))
        from--;
    const char *name = cut(spot, from, (size_t)(before[0].text + before[0].len - from));
    return tell(spot, spot->token.line, "syntax-error", SAID(spot, "write [\"%s\"] =", name),
                SAID(spot, "a name with a dot in it wants brackets and quotes"));
}

/* room != nil, if a = b then, if a < b */
static bool other_operator(struct spot *spot)
{
    const struct vb_token *token = &spot->token;
    if (vb_token_is(token, "!"))
        return tell(spot, token->line, "syntax-error",
                    token->text[1] == '=' ? "write ~= in its place" : "write not in its place",
                    token->text[1] == '=' ? "!= is not how Lua says that things differ"
                                          : "! is not how Lua says not");
    if (!vb_starts_with(spot->words, "'then' expected") &&
        !vb_starts_with(spot->words, "'do' expected"))
        return false;
    if (vb_token_is(token, "="))
        return tell(spot, token->line, "syntax-error", "write == to ask whether things are equal",
                    "one = gives a value; it does not compare");
    const char *word = spot->words[1] == 't' ? "then" : "do";
    return tell(spot, spot->before[0].line, "syntax-error",
                SAID(spot, "add %s behind what is asked", word),
                SAID(spot, "a %s is missing at the end of this line, before '%s'", word,
                     word_of(spot, token)));
}

/* "own",, */
static bool comma_twice(struct spot *spot)
{
    if (!vb_token_is(&spot->token, ",") || !vb_token_is(&spot->before[0], ","))
        return false;
    return tell(spot, spot->token.line, "syntax-error", "take one of them away",
                "two commas follow each other here");
}

/* ["plan.clear"] 5, ["plan.clear] = 5, "a \\ b" */
static bool sign_missing(struct spot *spot)
{
    const struct vb_token *token = &spot->token;
    if (vb_starts_with(spot->words, "'=' expected"))
        return tell(spot, token->line, "syntax-error", "write = between the name and what it gets",
                    SAID(spot, "an = is missing before '%s'", word_of(spot, token)));
    const char *line = token->text;
    while (line > spot->loading->files[spot->place->file].bytes && line[-1] != '\n')
        line--;
    if (vb_starts_with(spot->words, "']' expected") && vb_odd_quotes(line))
        return tell(spot, token->line, "unfinished-string",
                    "count the quotes: each text has one before and one after",
                    "a text in this line is not closed");
    return false;
}

/* Return v.instrument, retrun v.instrument */
static bool misspelt_word(struct spot *spot)
{
    static const char *const words[] = { "return", "local", "function", "if",   "then",
                                         "else",   "end",   "for",      "while" };
    if (!vb_starts_with(spot->words, "syntax error") || !is_name(&spot->before[0]))
        return false;
    const char *word = word_of(spot, &spot->before[0]);
    const char *guess = NULL;
    for (size_t i = 0; i < sizeof words / sizeof *words && guess == NULL; i++)
        if (strcasecmp(word, words[i]) == 0)
            guess = words[i];
    if (guess == NULL && strlen(word) > 4)
        guess = vb_did_you_mean(word, words, sizeof words / sizeof *words);
    if (guess == NULL)
        return false;
    return tell(spot, spot->before[0].line, "syntax-error", SAID(spot, "did you mean %s?", guess),
                SAID(spot, "'%s' means nothing here", word));
}

/* -- signs that Lua does not know -- */

static size_t character_at(const char *at)
{
    size_t len = 1;
    while (((unsigned char)at[len] & 0xc0) == 0x80)
        len++;
    return len;
}

static bool tell_sign(struct spot *spot, const struct vb_token *sign)
{
    const char *shown = cut(spot, sign->text, character_at(sign->text));
    if (vb_streq(shown, "\xc2\xa0") || vb_streq(shown, "\xe2\x80\xaf"))
        return tell(spot, sign->line, "syntax-error", "take the spaces out, and type them anew",
                    "a space in this line is of another kind than the space bar makes");
    if (vb_streq(shown, "\xe2\x80\x8b") || vb_streq(shown, "\xef\xbb\xbf"))
        return tell(spot, sign->line, "syntax-error", "type the line anew",
                    "a sign that nobody can see stands in this line");
    bool dash = vb_streq(shown, "\xe2\x80\x93") || vb_streq(shown, "\xe2\x80\x94");
    return tell(spot, sign->line, "syntax-error",
                dash ? "write -- before a note, and - for less"
                     : "put it between quotes, or take it out",
                SAID(spot, "'%s' can stand in a text or a note only", shown));
}

/* -- behind the end -- */

/* A brace too many, or the line with the one that opens taken out: Lua goes on to the next field.
 */
static bool closed_early(struct spot *spot)
{
    const struct vb_read_file *file = &spot->loading->files[spot->place->file];
    int line = vb_blocks_closed_early(file->bytes, file->len, spot->place->line);
    return line > 0 && tell(spot, line, "syntax-error",
                            "take one } away, or add the { that is missing before it",
                            "a } in this line closes the outermost {, and more follows");
}

static bool behind_the_end(struct spot *spot)
{
    if (!vb_starts_with(spot->words, "<eof> expected"))
        return false;
    if (vb_token_is(&spot->token, "end"))
        return tell(spot, spot->token.line, "syntax-error",
                    "take it away: each if, for and function has one end",
                    "an end too many stands in this line");
    if (closed_early(spot))
        return true;
    return tell(spot, spot->token.line, "syntax-error",
                "move it into the braces of what return gives, or take it away",
                SAID(spot, "'%s' stands behind the end: nothing comes after what return gives",
                     word_of(spot, &spot->token)));
}

static bool try_here(struct spot *spot)
{
    const struct vb_token *token = &spot->token;
    for (int i = 0; i + 1 < BEFORE; i++)
        if (spot->before[i].text != NULL && spot->before[i].line >= token->line - 1 &&
            note_of_others(spot, &spot->before[i], &spot->before[i + 1]))
            return true;
    return note_of_others(spot, token, spot->before) || bare_id(spot) || quote_in_text(spot) ||
           dotted_field(spot) || other_operator(spot) || misspelt_word(spot) || comma_twice(spot) ||
           sign_missing(spot) || behind_the_end(spot);
}

/* Does the token read as what Lua names? Lua shows a sign of several bytes by its first. */
static bool is_near(const struct spot *spot)
{
    const struct vb_token *token = &spot->token;
    size_t len = strlen(spot->near);
    return token->len >= len && strncmp(token->text, spot->near, len) == 0 &&
           (token->len == len || token->type == VB_TOKEN_SIGN);
}

static bool tell_open_block(struct spot *spot, const struct vb_read_file *file)
{
    struct vb_block open;
    if (!vb_blocks_open(file->bytes, file->len, &open))
        return false;
    if (open.else_if > 0)
        return tell(spot, open.else_if, "syntax-error", "write elseif, as one word",
                    "'else if' opens a block that has no end of its own");
    bool block = isalpha((unsigned char)*open.what);
    return tell(spot, open.line, "not-closed", block ? "add an end" : "add the closing one",
                SAID(spot, "what '%s' opens in this line is not closed", open.what));
}

bool vb_tell_slip(struct vb_loading *loading, struct vb_place *place, const char *words,
                  const char *near)
{
    const struct vb_read_file *file = &loading->files[place->file];
    struct spot spot = { .loading = loading, .place = place, .words = words, .near = near };
    struct vb_scan scan = { file->bytes, file->bytes + file->len, 1 };
    int line = place->line;
    if (vb_starts_with(words, "invalid escape sequence"))
        return tell(&spot, line, "syntax-error", "write \\\\ where the text has a \\",
                    "a \\ in a text gives the sign behind it another meaning");
    if (near == NULL)
        return false;
    while (vb_scan_token(&scan, &spot.token) && spot.token.line <= line) {
        if (spot.token.line == line) {
            if (spot.token.type == VB_TOKEN_SIGN && (unsigned char)*spot.token.text >= 0x80 &&
                near[0] == '<')
                return tell_sign(&spot, &spot.token);
            if (is_near(&spot) && try_here(&spot))
                return true;
        }
        memmove(spot.before + 1, spot.before, (BEFORE - 1) * sizeof *spot.before);
        spot.before[0] = spot.token;
    }
    bool closing = strchr(",})", near[0]) != NULL || vb_streq(near, "end");
    if (closing && tell_open_block(&spot, file))
        return true;
    return strchr("},=", near[0]) != NULL && closed_early(&spot);
}
