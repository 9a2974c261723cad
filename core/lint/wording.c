#include "lint/wording.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/str.h"

const struct vb_wording_list *vb_wording_list(const char *tag)
{
    static const struct vb_wording_list *const lists[] = { &vb_wording_nl, &vb_wording_en };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (vb_streq(tag, lists[i]->language) ||
            (vb_starts_with(tag, lists[i]->language) && tag[strlen(lists[i]->language)] == '-'))
            return lists[i];
    return NULL;
}

/* -- words -- */

static bool is_letter(utf8proc_int32_t code)
{
    switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
        return true;
    default:
        return false;
    }
}

/* The code point at *at, which moves past it. Texts are valid UTF-8; a stray byte is itself. */
static utf8proc_int32_t next(const char **at)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)*at, -1, &code);
    *at += n > 0 ? n : 1;
    return n > 0 ? code : 0xfffd;
}

bool vb_wording_has_letters(const char *text)
{
    while (*text != '\0')
        if (is_letter(next(&text)))
            return true;
    return false;
}

static void put_lower(struct vb_buf *out, utf8proc_int32_t code)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char(utf8proc_tolower(code), bytes);
    vb_buf_put(out, bytes, n > 0 ? (size_t)n : 0);
}

static void put_mark(struct vb_buf *out, char mark)
{
    if (out->data[out->len - 1] != ' ')
        vb_buf_putc(out, ' ');
    vb_buf_putc(out, mark);
    vb_buf_putc(out, ' ');
}

const char *vb_wording_words(struct vb_arena *arena, const char *text)
{
    struct vb_buf out = { 0 };
    vb_buf_putc(&out, ' ');
    while (*text != '\0') {
        const char *slot_end = *text == '{' ? strchr(text, '}') : NULL;
        bool inside = out.data[out.len - 1] != ' ';
        if (slot_end != NULL) {
            if (inside)
                vb_buf_putc(&out, ' ');
            vb_buf_put(&out, text, (size_t)(slot_end + 1 - text));
            vb_buf_putc(&out, ' ');
            text = slot_end + 1;
            continue;
        }
        utf8proc_int32_t code = next(&text);
        if (is_letter(code) || (code >= '0' && code <= '9'))
            put_lower(&out, code);
        else if ((code == '\'' || code == 0x2019) && inside)
            vb_buf_putc(&out, '\''); /* don't */
        else if (code == ',' || code == ';' || code == ':')
            put_mark(&out, ',');
        else if (code == '.' || code == '?' || code == '!' || code == '\n')
            put_mark(&out, '.');
        else if (inside)
            vb_buf_putc(&out, ' ');
    }
    if (out.data[out.len - 1] != ' ')
        vb_buf_putc(&out, ' ');
    const char *words = vb_arena_strndup(arena, out.data, out.len);
    vb_buf_finish(&out);
    return words;
}

/* Where phrase stands between blanks, or NULL. */
static const char *find(const char *words, const char *phrase)
{
    size_t len = strlen(phrase);
    for (const char *at = strstr(words, phrase); at != NULL; at = strstr(at + 1, phrase))
        if (at > words && at[-1] == ' ' && at[len] == ' ')
            return at;
    return NULL;
}

const char *vb_wording_finds(const char *words, const char *const *list)
{
    for (; *list != NULL; list++)
        if (find(words, *list) != NULL)
            return *list;
    return NULL;
}

/* -- measures -- */

static int letters_of(const char *word, size_t len)
{
    int count = 0;
    for (size_t i = 0; i < len; i++)
        count += (word[i] & 0xc0) != 0x80;
    return count;
}

const char *vb_wording_long_word(struct vb_arena *arena, const char *words, int most)
{
    const char *found = NULL;
    int longest = most;
    size_t found_len = 0;
    for (const char *at = words; *at != '\0';) {
        size_t len = strcspn(at, " ");
        if (at[0] != '{' && letters_of(at, len) > longest) {
            longest = letters_of(at, len);
            found = at;
            found_len = len;
        }
        at += len + (at[len] == ' ');
    }
    return found == NULL ? NULL : vb_arena_strndup(arena, found, found_len);
}

int vb_wording_longest(const char *words)
{
    int longest = 0, now = 0;
    for (const char *at = words; *at != '\0';) {
        size_t len = strcspn(at, " ");
        if (len == 1 && at[0] == '.')
            now = 0;
        else if (len > 0 && !(len == 1 && at[0] == ','))
            now++;
        longest = now > longest ? now : longest;
        at += len + (at[len] == ' ');
    }
    return longest;
}

/* -- ideas -- */

enum { WORDS_MAX = 64 }; /* of which the first so many are looked at */

struct sentence {
    const char *words[WORDS_MAX];
    int count;
};

static void split(struct vb_arena *arena, const char *words, struct sentence *out)
{
    out->count = 0;
    for (const char *at = words; *at != '\0' && out->count < WORDS_MAX;) {
        size_t len = strcspn(at, " ");
        if (len > 0)
            out->words[out->count++] = vb_arena_strndup(arena, at, len);
        at += len + (at[len] == ' ');
    }
}

static bool among(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

/* One of the list stands at most so many words before this one. */
static bool shortly_before(const struct sentence *in, int at, int words, const char *const *list)
{
    for (int i = at - 1; i >= 0 && i >= at - words; i--)
        if (among(in->words[i], list))
            return true;
    return false;
}

static bool is_person(const char *word, const struct vb_wording_list *list)
{
    return word[0] == '{' || among(word, list->persons);
}

static bool joins_two(const struct sentence *in, int at, const struct vb_wording_list *list)
{
    if (!among(in->words[at], list->joins) || at == 0 || at + 1 == in->count)
        return false;
    if (is_person(in->words[at - 1], list) && is_person(in->words[at + 1], list))
        return false;
    return !shortly_before(in, at, 4, list->pair_heads) &&
           !(strcmp(in->words[at], "of") == 0 && shortly_before(in, at, 3, list->whether_heads));
}

/* Words after the first sentence; a question may be followed by a short "How?". */
static int words_after_first(const struct sentence *in)
{
    int count = 0, at = 0;
    while (at < in->count && strcmp(in->words[at], ".") != 0)
        at++;
    for (; at < in->count; at++)
        count += strcmp(in->words[at], ".") != 0 && strcmp(in->words[at], ",") != 0;
    return count;
}

const char *vb_wording_second_idea(struct vb_arena *arena, const char *words,
                                   const struct vb_wording_list *list)
{
    struct sentence in;
    split(arena, words, &in);
    if (words_after_first(&in) >= 3)
        return ".";
    if (vb_wording_finds(words, list->whole_joins) != NULL)
        return NULL;
    for (int i = 0; i < in.count; i++)
        if (joins_two(&in, i, list))
            return in.words[i];
    return NULL;
}
