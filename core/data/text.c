#include "data/text.h"

#include <string.h>
#include <utf8proc.h>

#include "base/str.h"

/* The code point at text (len > 0) and its bytes; bad UTF-8 reads as one byte of U+FFFD. */
static size_t next_point(const char *text, size_t len, utf8proc_int32_t *point)
{
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, point);
    if (n > 0)
        return (size_t)n;
    *point = 0xFFFD;
    return 1;
}

static void put_point(struct vb_buf *out, utf8proc_int32_t point)
{
    utf8proc_uint8_t bytes[4];
    vb_buf_put(out, bytes, (size_t)utf8proc_encode_char(point, bytes));
}

/* -- slots --------------------------------------------------------------------------------------
 */

static const char *slot_in(const struct vb_slot *slots, int count, const char *name, size_t len,
                           int language)
{
    for (int i = 0; i < count; i++)
        if (strlen(slots[i].name) == len && memcmp(slots[i].name, name, len) == 0)
            return slots[i].text.by_language[language];
    return NULL;
}

/* The words for who has no name, in the languages that instruments come in; English for others. */
static const struct {
    const char *language, *words[3];
} role_words[] = {
    { "en", { "the client", "the worker", "this family member" } },
    { "nl", { "de cliënt", "de werker", "dit gezinslid" } },
    { "fr",
      { "la personne accompagnée", "la personne qui accompagne", "cette personne de la famille" } },
    { "ar", { "الشخص المستفيد", "الشخص المختص", "هذا الفرد من الأسرة" } },
};

static const char *const *words_of(const char *language)
{
    size_t len = strcspn(language, "-");
    for (size_t i = 0; i < sizeof role_words / sizeof role_words[0]; i++)
        if (strlen(role_words[i].language) == len &&
            strncmp(role_words[i].language, language, len) == 0)
            return role_words[i].words;
    return role_words[0].words;
}

/* A name of one of the three that every instrument has, or the role's own word. */
static const char *role_word(const struct vb_naming *naming, const char *name, size_t len)
{
    static const char *const slots[] = { "client", "professional", "member" };
    const char *const given[] = { naming->client, naming->professional, naming->member };
    for (int i = 0; i < 3; i++) {
        if (strlen(slots[i]) != len || memcmp(slots[i], name, len) != 0)
            continue;
        if (given[i] != NULL)
            return given[i];
        return words_of(naming->english ? "en" : naming->plan->languages[naming->language])[i];
    }
    return NULL;
}

static const char *slot_text(const struct vb_naming *naming, const char *name, size_t len)
{
    const struct vb_plan *plan = naming->plan;
    const char *text = role_word(naming, name, len);
    if (text == NULL && naming->setting >= 0) {
        const struct vb_setting *setting = &plan->settings[naming->setting];
        text = slot_in(setting->terms, setting->term_count, name, len, naming->language);
    }
    if (text == NULL && naming->variant >= 0) {
        const struct vb_variant *variant = &plan->variants[naming->variant];
        text = slot_in(variant->slots, variant->slot_count, name, len, naming->language);
    }
    if (text == NULL)
        text = slot_in(plan->slots, plan->slot_count, name, len, naming->language);
    return text;
}

/* Does a sentence begin at here? */
static bool begins_sentence(const char *text, const char *here)
{
    if (here == text || here[-1] == '\n')
        return true;
    return here - text >= 2 && here[-1] == ' ' && strchr(".!?", here[-2]) != NULL;
}

static void put_fill(struct vb_buf *out, const char *fill, bool capital)
{
    size_t len = strlen(fill), first = 0;
    utf8proc_int32_t point;
    if (capital && len > 0) {
        first = next_point(fill, len, &point);
        put_point(out, utf8proc_toupper(point));
    }
    vb_buf_put(out, fill + first, len - first);
}

void vb_text_fill(struct vb_buf *out, const struct vb_naming *naming, const char *text)
{
    const char *from = text, *open = text;
    while ((open = strchr(open, '{')) != NULL) {
        size_t len = strcspn(open + 1, "{}");
        const char *fill = open[1 + len] == '}' ? slot_text(naming, open + 1, len) : NULL;
        if (fill == NULL) {
            open++;
            continue;
        }
        vb_buf_put(out, from, (size_t)(open - from));
        put_fill(out, fill, begins_sentence(text, open));
        from = open = open + len + 2;
    }
    vb_buf_puts(out, from);
}

/* -- direction ----------------------------------------------------------------------------------
 */

/* Hebrew, Arabic and their neighbours, and the presentation forms. */
static bool is_mirrored(utf8proc_int32_t point)
{
    return (point >= 0x0590 && point <= 0x08FF) || (point >= 0xFB1D && point <= 0xFDFF) ||
           (point >= 0xFE70 && point <= 0xFEFF);
}

bool vb_text_mirrored(const char *text)
{
    utf8proc_int32_t point;
    for (size_t len = strlen(text), i = 0; i < len;) {
        i += next_point(text + i, len - i, &point);
        if (is_mirrored(point))
            return true;
    }
    return false;
}

/* -- width --------------------------------------------------------------------------------------
 */

static int point_width(utf8proc_int32_t point)
{
    int width = utf8proc_charwidth(point);
    return utf8proc_category(point) == UTF8PROC_CATEGORY_CC || width < 0 ? 0 : width;
}

int vb_text_width(const char *text, size_t len)
{
    int width = 0;
    utf8proc_int32_t point;
    for (size_t i = 0; i < len;) {
        i += next_point(text + i, len - i, &point);
        width += point_width(point);
    }
    return width;
}

struct wrap { /* the line being filled: at is its column, empty while no word stands on it */
    struct vb_buf *out;
    int width, indent, at;
    bool empty;
};

static void new_line(struct wrap *wrap)
{
    vb_buf_putc(wrap->out, '\n');
    for (int i = 0; i < wrap->indent; i++)
        vb_buf_putc(wrap->out, ' ');
    wrap->at = wrap->indent;
    wrap->empty = true;
}

/* A word too long for any line fills this one and goes on in the next. */
static void put_cut(struct wrap *wrap, const char *word, size_t len)
{
    utf8proc_int32_t point;
    for (size_t i = 0; i < len;) {
        size_t n = next_point(word + i, len - i, &point);
        int columns = point_width(point);
        if (wrap->at + columns > wrap->width && !wrap->empty)
            new_line(wrap);
        vb_buf_put(wrap->out, word + i, n);
        wrap->at += columns;
        wrap->empty = false;
        i += n;
    }
}

static void put_word(struct wrap *wrap, const char *word, size_t len)
{
    int columns = vb_text_width(word, len), space = wrap->empty ? 0 : 1;
    bool fits = wrap->at + space + columns <= wrap->width;
    if (!fits && (!wrap->empty || wrap->at > wrap->indent)) {
        new_line(wrap);
        space = 0;
    }
    if (space > 0)
        vb_buf_putc(wrap->out, ' ');
    wrap->at += space;
    put_cut(wrap, word, len);
}

void vb_text_wrap(struct vb_buf *out, const char *text, int width, int indent, int start)
{
    struct wrap wrap = { out, width, indent, start, true };
    for (const char *p = text; *p != '\0';) {
        size_t len = strcspn(p, " \n");
        if (len > 0)
            put_word(&wrap, p, len);
        p += len;
        if (*p == '\n')
            new_line(&wrap);
        p += *p != '\0';
    }
}

/* -- safety -------------------------------------------------------------------------------------
 */

/* Characters that would move the cursor, colour the screen or turn the reading direction round. */
static bool is_unsafe(utf8proc_int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);
    if (category == UTF8PROC_CATEGORY_CC)
        return point != '\n';
    return category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

void vb_text_clean(struct vb_buf *out, const char *text, size_t len)
{
    size_t from = 0;
    utf8proc_int32_t point;
    for (size_t i = 0; i < len;) {
        size_t n = next_point(text + i, len - i, &point);
        bool broken = point == 0xFFFD && n == 1;
        if (broken || is_unsafe(point)) {
            vb_buf_put(out, text + from, i - from);
            put_point(out, point == '\t' ? ' ' : 0xFFFD);
            from = i + n;
        }
        i += n;
    }
    vb_buf_put(out, text + from, len - from);
}
