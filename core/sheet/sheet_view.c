#include "sheet/sheet_view.h"

#include <string.h>
#include <utf8proc.h>

#include "base/str.h"

/* -- who -------------------------------------------------------------------------------------- */

int vb_view_role(const struct vb_sheet_view *view, const char *role)
{
    for (int i = 0; i < view->result->respondent_count; i++)
        if (vb_streq(view->result->respondents[i].role, role))
            return i;
    return -1;
}

int vb_view_person(const struct vb_sheet_view *view, const char *person)
{
    for (int i = 0; i < view->result->respondent_count; i++)
        if (vb_streq(view->result->respondents[i].person, person))
            return i;
    return -1;
}

void vb_view_fill(struct vb_buf *out, const struct vb_sheet_view *view, int language,
                  const char *text, const char *member)
{
    struct vb_naming naming = vb_answer_naming(view->result, language, member);
    vb_text_fill(out, &naming, text);
}

static void put_capital(struct vb_buf *out, const char *text)
{
    utf8proc_int32_t first;
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t len =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)strlen(text), &first);
    if (len <= 0) {
        vb_buf_puts(out, text);
        return;
    }
    utf8proc_ssize_t size = utf8proc_encode_char(utf8proc_toupper(first), bytes);
    vb_buf_put(out, bytes, (size_t)size);
    vb_buf_puts(out, text + len);
}

/* "de werker", inside a sentence: a slot at the start of a text would get a capital. */
static void role_word(struct vb_buf *out, const struct vb_sheet_view *view, const char *role)
{
    static const char inside[] = ", ";
    struct vb_buf text = { 0 };
    if (vb_streq(role, "client"))
        vb_view_fill(&text, view, view->language, ", {client}", NULL);
    else if (vb_streq(role, "professional"))
        vb_view_fill(&text, view, view->language, ", {professional}", NULL);
    else
        vb_buf_printf(&text, "%s%s", inside, vb_sheet_words_role(view->words, role));
    vb_buf_puts(out, text.data + strlen(inside));
    vb_buf_finish(&text);
}

void vb_view_name(struct vb_buf *out, const struct vb_sheet_view *view, int respondent,
                  bool capital)
{
    const struct vb_respondent *person = &view->result->respondents[respondent];
    struct vb_buf name = { 0 };
    vb_buf_puts(&name, "");
    if (person->label != NULL)
        vb_buf_puts(&name, person->label);
    else
        role_word(&name, view, person->role);
    if (capital)
        put_capital(out, name.data);
    else
        vb_buf_puts(out, name.data);
    vb_buf_finish(&name);
}

void vb_view_label(struct vb_buf *out, const struct vb_sheet_view *view, const char *label,
                   const char *role)
{
    const char *word = vb_sheet_words_role(view->words, role);
    if (label != NULL)
        vb_buf_printf(out, "%s (%s)", label, word);
    else
        vb_buf_puts(out, word);
}

static char role_letter(const struct vb_sheet_view *view, int respondent)
{
    char first = vb_sheet_words_role(view->words, view->result->respondents[respondent].role)[0];
    return first >= 'a' && first <= 'z' ? (char)(first - 'a' + 'A') : first;
}

static bool alone_with_letter(const struct vb_sheet_view *view, int respondent)
{
    char letter = role_letter(view, respondent);
    for (int i = 0; i < view->result->respondent_count; i++)
        if (i != respondent && role_letter(view, i) == letter)
            return false;
    return true;
}

enum { LETTERS = 26 };

/* Who shares a role's letter has one by place, or the next that nobody has. Past 26 persons letters
 * come back. */
char vb_view_letter(const struct vb_sheet_view *view, int respondent)
{
    int count = view->result->respondent_count;
    bool taken[LETTERS] = { false };
    if (alone_with_letter(view, respondent))
        return role_letter(view, respondent);
    if (count > LETTERS)
        return (char)('A' + respondent % LETTERS);
    for (int i = 0; i < count; i++) {
        char letter = role_letter(view, i);
        if (letter >= 'A' && letter <= 'Z' && alone_with_letter(view, i))
            taken[letter - 'A'] = true;
    }
    for (int i = 0;; i++) {
        if (alone_with_letter(view, i))
            continue;
        int at = i;
        while (taken[at])
            at = (at + 1) % LETTERS;
        if (i == respondent)
            return (char)('A' + at);
        taken[at] = true;
    }
}

const struct vb_marks *vb_view_marks(const struct vb_sheet_view *view, int respondent)
{
    static const struct vb_marks round = { "○", "●" }, square = { "□", "■" };
    return vb_streq(view->result->respondents[respondent].role, "professional") ? &square : &round;
}

int vb_view_language(const struct vb_sheet_view *view, int respondent)
{
    const char *language = view->result->respondents[respondent].language;
    return language == NULL ? view->language : vb_plan_language(view->result->plan, language);
}

/* -- texts ------------------------------------------------------------------------------------ */

void vb_view_item(struct vb_buf *out, const struct vb_sheet_view *view, const struct vb_item *item,
                  int role, int language, const char *member)
{
    const struct vb_text *text = role >= 0 ? item->text[role] : NULL;
    for (int i = 0; text == NULL && i < view->result->plan->role_count; i++)
        text = item->text[i];
    vb_assert(text != NULL);
    vb_view_fill(out, view, language, text->by_language[language], member);
}

/* Does a sentence begin at s? */
static bool begins(const char *start, const char *s)
{
    return s == start || (s - start >= 2 && s[-1] == ' ' && s[-2] == '.');
}

/* Does the letter at s stand alone between quotation marks? */
static bool alone(const char *start, const char *s)
{
    bool before = s > start && s[-1] == '"', after = s[1] == '"';
    return before && after;
}

/* A name or an answer inside a sentence of ours. One that is written from right to left stands
 * between marks of the other direction (U+200E), or it would take its neighbours with it. */
static void put_inside(struct vb_buf *out, const char *text)
{
    static const char left_to_right[] = "\xE2\x80\x8E";
    bool mirrored = vb_text_mirrored(text);
    vb_buf_printf(out, "%s%s%s", mirrored ? left_to_right : "", text,
                  mirrored ? left_to_right : "");
}

static void put_name_inside(struct vb_buf *out, const struct vb_sheet_view *view, int respondent,
                            bool capital)
{
    struct vb_buf name = { 0 };
    vb_buf_puts(&name, "");
    vb_view_name(&name, view, respondent, capital);
    put_inside(out, name.data);
    vb_buf_finish(&name);
}

void vb_view_phrase(struct vb_buf *out, const struct vb_sheet_view *view, const char *template,
                    const char *x, const char *y)
{
    int worker = vb_view_role(view, "professional"), client = vb_view_role(view, "client");
    for (const char *s = template; *s != '\0'; s++) {
        if (vb_starts_with(s, "{worker}") && worker >= 0) {
            put_name_inside(out, view, worker, begins(template, s));
            s += strlen("{worker}") - 1;
        } else if (vb_starts_with(s, "{client}") && client >= 0) {
            put_name_inside(out, view, client, begins(template, s));
            s += strlen("{client}") - 1;
        } else if (*s == 'X' && x != NULL && alone(template, s)) {
            put_inside(out, x);
        } else if (*s == 'Y' && y != NULL && alone(template, s)) {
            put_inside(out, y);
        } else {
            vb_buf_putc(out, *s);
        }
    }
}

/* -- items ------------------------------------------------------------------------------------ */

bool vb_view_may_show(const struct vb_sheet_view *view, const struct vb_item *item)
{
    (void)view;
    return item->stage == VB_APART && item->hidden == VB_PRIVATE_NONE;
}

bool vb_view_shows_nothing(const struct vb_sheet_view *view)
{
    const struct vb_plan *plan = view->result->plan;
    bool any = false, asked = false;
    for (int i = 0; i < plan->item_count; i++) {
        asked |= plan->items[i].hidden == VB_PRIVATE_RESEARCH;
        any |= plan->items[i].hidden != VB_PRIVATE_RESEARCH;
    }
    return asked && !any;
}

const struct vb_value *vb_view_value(const struct vb_sheet_view *view, int respondent,
                                     const struct vb_item *item)
{
    static const struct vb_value none;
    const struct vb_respondent *person = &view->result->respondents[respondent];
    return person->own.values == NULL ? &none : &person->own.values[item->index];
}

const struct vb_part *vb_view_about(const struct vb_respondent *person, int member)
{
    for (int i = 0; i < person->about_count; i++)
        if (person->about[i].member_index == member)
            return &person->about[i];
    return NULL;
}

void vb_view_question(struct vb_buf *out, const struct vb_sheet_view *view,
                      const struct vb_item *item)
{
    const struct vb_result *result = view->result;
    int role = view->reader;
    for (int i = 0; role < 0 && i < result->respondent_count; i++)
        if (item->text[result->respondents[i].role_index] != NULL)
            role = result->respondents[i].role_index;
    vb_view_item(out, view, item, role, view->language, NULL);
}

static bool same_wording(const struct vb_sheet_view *view, const struct vb_item *item,
                         int respondent, const char *shown)
{
    struct vb_buf own = { 0 };
    vb_view_item(&own, view, item, view->result->respondents[respondent].role_index, view->language,
                 NULL);
    bool same = vb_streq(own.data, shown);
    vb_buf_finish(&own);
    return same;
}

int vb_view_other_wording(const struct vb_sheet_view *view, const struct vb_item *item, int from)
{
    const struct vb_result *result = view->result;
    struct vb_buf shown = { 0 };
    int found = -1;
    if (item->relation != VB_OWN || !vb_answer_is_open(item))
        return -1;
    vb_view_question(&shown, view, item);
    for (int i = from; found < 0 && i < result->respondent_count; i++)
        if (result->respondents[i].shared &&
            item->text[result->respondents[i].role_index] != NULL &&
            !same_wording(view, item, i, shown.data))
            found = i;
    vb_buf_finish(&shown);
    return found;
}

int vb_view_other_language(const struct vb_sheet_view *view, int from)
{
    const struct vb_result *result = view->result;
    uint32_t said = 1u << view->language;
    for (int i = 0; i < result->respondent_count; i++) {
        uint32_t bit = 1u << vb_view_language(view, i);
        if (!result->respondents[i].shared)
            continue;
        if (i >= from && (said & bit) == 0)
            return i;
        said |= bit;
    }
    return -1;
}

void vb_view_words(struct vb_buf *out, const struct vb_sheet_view *view, const struct vb_item *item,
                   int respondent, const struct vb_value *value)
{
    int own = vb_view_language(view, respondent);
    struct vb_buf here = { 0 }, there = { 0 };
    vb_answer_words(&here, view->result, view->words, view->language, item, value);
    vb_answer_words(&there, view->result, view->words, own, item, value);
    vb_buf_puts(out, here.data == NULL ? "" : here.data);
    if (own != view->language && here.data != NULL && !vb_streq(here.data, there.data))
        vb_buf_printf(out, " (%s)", there.data);
    vb_buf_finish(&here);
    vb_buf_finish(&there);
}

void vb_view_answer(struct vb_buf *out, const struct vb_sheet_view *view,
                    const struct vb_item *item, int respondent)
{
    vb_view_words(out, view, item, respondent, vb_view_value(view, respondent, item));
}

void vb_view_private(struct vb_buf *out, const struct vb_sheet_view *view, int respondent,
                     const struct vb_part *part, const struct vb_item *item)
{
    const struct vb_result *result = view->result;
    int member = part->member_index;
    vb_view_item(out, view, item, result->respondents[respondent].role_index, view->language,
                 member >= 0 && member < result->roster_count ? result->roster[member].label
                                                              : NULL);
}

const char *vb_view_score_note(const struct vb_sheet_view *view, int respondent,
                               const struct vb_score *score)
{
    return !view->result->respondents[respondent].shared ? view->words->missing
           : !score->given                               ? view->words->too_few
                                                         : "";
}
