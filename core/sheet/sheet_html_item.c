/* sheet_html_item.c - questions and answers on the page. Two voices have a table: the question with
 * its picture, and what each says in words, so that the table is the picture's twin. More voices
 * stand in a list under the picture. */
#include "sheet/sheet_html.h"

#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/str.h"
#include "sheet/html.h"
#include "sheet/sheet_agreed.h"

/* -- who -------------------------------------------------------------------------------------- */

/* The first so many characters of a name, as capitals; what is no letter counts as one too. */
static void initials(char *out, const char *name, int characters)
{
    struct vb_buf clean = { 0 };
    size_t at = 0, from = 0;
    vb_text_clean(&clean, name, strlen(name));
    while (characters-- > 0 && from < clean.len && at + 4 < VB_LETTER_SIZE) {
        utf8proc_int32_t point;
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)clean.data + from,
                                                 (utf8proc_ssize_t)(clean.len - from), &point);
        if (size <= 0)
            break;
        from += (size_t)size;
        at += (size_t)utf8proc_encode_char(at == 0 ? utf8proc_toupper(point) : point,
                                           (utf8proc_uint8_t *)out + at);
    }
    out[at] = '\0';
    vb_buf_finish(&clean);
}

static bool others_begin_alike(const struct vb_sheet_view *view, int member, int characters)
{
    char mine[VB_LETTER_SIZE], other[VB_LETTER_SIZE];
    initials(mine, view->result->roster[member].label, characters);
    for (int i = 0; i < view->result->respondent_count; i++) {
        char letter[2] = { vb_view_letter(view, i), '\0' };
        if (vb_paper_row(view, i).member < 0 && vb_streq(letter, mine))
            return true;
    }
    for (int i = 0; i < view->result->roster_count; i++) {
        if (i == member || view->result->roster[i].label == NULL)
            continue;
        initials(other, view->result->roster[i].label, characters);
        if (vb_streq(mine, other))
            return true;
    }
    return false;
}

struct vb_family_row vb_paper_row(const struct vb_sheet_view *view, int respondent)
{
    const char *person = view->result->respondents[respondent].person;
    for (int i = 0; i < view->result->roster_count; i++)
        if (vb_streq(view->result->roster[i].person, person))
            return (struct vb_family_row){ respondent, i };
    return (struct vb_family_row){ respondent, -1 };
}

/* Members have the beginning of their name, or their number where that is somebody else's too;
 * whether they answered makes no difference. */
enum vb_shape vb_paper_letter(char letter[VB_LETTER_SIZE], const struct vb_sheet_view *view,
                              struct vb_family_row row)
{
    if (row.member < 0) {
        snprintf(letter, VB_LETTER_SIZE, "%c", vb_view_letter(view, row.respondent));
        return vb_streq(view->result->respondents[row.respondent].role, "professional")
                   ? VB_SHAPE_SQUARE
                   : VB_SHAPE_CIRCLE;
    }
    const char *label = view->result->roster[row.member].label;
    for (int characters = 1; label != NULL && characters <= 2; characters++)
        if (!others_begin_alike(view, row.member, characters)) {
            initials(letter, label, characters);
            return VB_SHAPE_CIRCLE;
        }
    snprintf(letter, VB_LETTER_SIZE, "%d", row.member + 1);
    return VB_SHAPE_CIRCLE;
}

void vb_paper_mark(const struct vb_sheet_view *view, struct vb_family_row row)
{
    char letter[VB_LETTER_SIZE];
    enum vb_shape shape = vb_paper_letter(letter, view, row);
    vb_svg_mark(view->paper->out, shape, letter);
}

void vb_paper_voice(const struct vb_sheet_view *view, int respondent, bool seen)
{
    struct vb_buf name = { 0 };
    vb_paper_mark(view, vb_paper_row(view, respondent));
    vb_view_name(&name, view, respondent, false);
    if (!seen)
        vb_buf_puts(&name, ":");
    vb_paper_phrase(view, "span", seen ? " dir=\"auto\"" : " class=\"vh\"", name.data);
    vb_buf_putc(view->paper->out, ' ');
    vb_buf_finish(&name);
}

/* -- pieces ----------------------------------------------------------------------------------- */

void vb_paper_question(const struct vb_sheet_view *view, const struct vb_item *item)
{
    struct vb_buf text = { 0 };
    vb_view_question(&text, view, item);
    vb_paper_put(view, "span", " class=\"q\"", view->language, text.data);
    for (int i = vb_view_other_wording(view, item, 0); i >= 0;
         i = vb_view_other_wording(view, item, i + 1)) {
        vb_buf_clear(&text);
        vb_buf_printf(&text, "%c: ", vb_view_letter(view, i));
        vb_view_item(&text, view, item, view->result->respondents[i].role_index, view->language,
                     NULL);
        vb_paper_put(view, "span", " class=\"other\"", view->language, text.data);
    }
    for (int i = vb_view_other_language(view, 0); i >= 0; i = vb_view_other_language(view, i + 1)) {
        int language = vb_view_language(view, i);
        vb_buf_clear(&text);
        vb_view_item(&text, view, item, view->result->respondents[i].role_index, language, NULL);
        vb_paper_put(view, "span", " class=\"other\"", language, text.data);
    }
    vb_buf_finish(&text);
}

void vb_paper_words(const struct vb_sheet_view *view, const struct vb_item *item, int respondent,
                    const struct vb_value *value)
{
    struct vb_buf words = { 0 }, place = { 0 };
    int steps, at = vb_answer_place(view->result, item, value);
    bool along = vb_answer_axis(view->result, item, &steps) && steps == 0 && at >= 0;
    bool drawn = vb_paper_picture(view, item, value);
    vb_buf_puts(&words, "");
    vb_view_words(&words, view, item, respondent, value);
    if (!vb_value_given(value)) {
        vb_paper_phrase(view, "span", " class=\"missing\"", words.data);
    } else if (along) {
        vb_answer_tenth(&place, view->words, at);
        vb_paper_phrase(view, "span", " class=\"vh\"", words.data);
        vb_paper_phrase(view, "span", "", place.data);
    } else {
        vb_paper_phrase(view, "span", drawn ? " class=\"vh\"" : " dir=\"auto\"", words.data);
    }
    vb_buf_finish(&words);
    vb_buf_finish(&place);
}

void vb_paper_ends(const struct vb_sheet_view *view, const char *left, const char *right)
{
    struct vb_buf *out = view->paper->out;
    if (left == NULL || right == NULL)
        return;
    vb_buf_puts(out, "<span class=\"ends\" aria-hidden=\"true\">");
    vb_paper_put(view, "span", "", view->language, left);
    vb_paper_put(view, "span", "", view->language, right);
    vb_buf_puts(out, "</span>");
}

/* -- the table of two voices ------------------------------------------------------------------ */

static bool is_open_for(const struct vb_paper *paper, const int *voices, int count, bool plain)
{
    int at = 0;
    if (!paper->table || paper->plain != plain)
        return false;
    for (int i = 0; i < paper->column_count && at < count; i++)
        at += paper->columns[i] == voices[at];
    return at == count;
}

/* Opens a table whose columns are these voices, unless one that has them is open. */
static void need_table(const struct vb_sheet_view *view, const int *voices, int count,
                       const char *class, const char *first, bool plain)
{
    struct vb_paper *paper = view->paper;
    if (is_open_for(paper, voices, count, plain))
        return;
    vb_paper_open(view, "<table class=\"said ", "</tbody></table>");
    vb_buf_printf(paper->out, "%s\"><thead><tr><th scope=\"col\">", class);
    vb_paper_phrase(view, "span", " class=\"vh\"", first);
    vb_paper_ends(view, paper->left.data, paper->right.data);
    vb_buf_puts(paper->out, "</th>");
    for (int i = 0; i < count; i++) {
        vb_buf_puts(paper->out, "<th scope=\"col\">");
        vb_paper_voice(view, voices[i], true);
        vb_buf_puts(paper->out, "</th>");
        paper->columns[i] = voices[i];
    }
    vb_buf_puts(paper->out, "</tr></thead><tbody>\n");
    paper->table = true;
    paper->plain = plain;
    paper->column_count = count;
}

static int marks_of(struct vb_mark *marks, char letters[][VB_LETTER_SIZE],
                    const struct vb_sheet_view *view, const struct vb_said_item *said)
{
    int count = 0;
    for (int i = 0; i < said->count; i++) {
        int respondent = said->voices[i];
        int place =
            vb_answer_place(view->result, said->item, vb_view_value(view, respondent, said->item));
        if (place < 0)
            continue;
        enum vb_shape shape = vb_paper_letter(letters[count], view, vb_paper_row(view, respondent));
        marks[count] = (struct vb_mark){ place, shape, letters[count] };
        count++;
    }
    return count;
}

/* Where an item's line has other ends than the head of the table, they stand under it. */
static void picture(const struct vb_sheet_view *view, const struct vb_said_item *said, bool dots)
{
    struct vb_paper *paper = view->paper;
    struct vb_axis axis = { .mirrored = paper->mirrored };
    struct vb_mark *marks = vb_alloc((size_t)said->count * sizeof *marks + 1);
    char(*letters)[VB_LETTER_SIZE] = vb_alloc((size_t)said->count * sizeof *letters + 1);
    struct vb_buf left = { 0 }, right = { 0 };
    if (vb_answer_axis(view->result, said->item, &axis.steps)) {
        int count = marks_of(marks, letters, view, said);
        vb_buf_puts(paper->out, "<span class=\"picture\">");
        if (dots)
            vb_svg_dots(paper->out, &axis, marks, count);
        else
            vb_svg_dumbbell(paper->out, &axis, marks, count);
        if (vb_answer_ends(&left, &right, view->result, view->words, view->language, said->item) &&
            (dots || !vb_streq(left.data, paper->left.data) ||
             !vb_streq(right.data, paper->right.data)))
            vb_paper_ends(view, left.data, right.data);
        vb_buf_puts(paper->out, "</span>");
    }
    vb_buf_finish(&left);
    vb_buf_finish(&right);
    free(marks);
    free(letters);
}

/* What the head of the table says of its lines: the ends of the first one. */
static void head_ends(const struct vb_sheet_view *view, const struct vb_said_item *said)
{
    struct vb_paper *paper = view->paper;
    vb_buf_finish(&paper->left);
    vb_buf_finish(&paper->right);
    if (said != NULL && said->how == VB_SAID_PLACED)
        vb_answer_ends(&paper->left, &paper->right, view->result, view->words, view->language,
                       said->item);
}

static void table_item(const struct vb_sheet_view *view, const struct vb_said_item *said)
{
    struct vb_paper *paper = view->paper;
    const char *class = said->how == VB_SAID_PLACED   ? "placed"
                        : said->how == VB_SAID_BESIDE ? "beside"
                                                      : "bare";
    bool plain = said->how != VB_SAID_PLACED;
    if (!is_open_for(paper, said->voices, said->count, plain))
        head_ends(view, said);
    need_table(view, said->voices, said->count, class, view->words->question, plain);
    vb_buf_puts(paper->out, "<tr><th scope=\"row\"><div><span>");
    vb_paper_question(view, said->item);
    vb_buf_puts(paper->out, "</span>");
    if (said->how == VB_SAID_PLACED)
        picture(view, said, false);
    vb_buf_puts(paper->out, "</div></th>");
    for (int i = 0, at = 0; i < paper->column_count; i++) {
        vb_buf_puts(paper->out, "<td>");
        if (at < said->count && paper->columns[i] == said->voices[at]) {
            int respondent = said->voices[at++];
            vb_paper_words(view, said->item, respondent,
                           vb_view_value(view, respondent, said->item));
        }
        vb_buf_puts(paper->out, "</td>");
    }
    vb_buf_puts(paper->out, "</tr>\n");
    if (said->note == NULL)
        return;
    vb_buf_printf(paper->out, "<tr class=\"note\"><td colspan=\"%d\">", paper->column_count + 1);
    vb_paper_phrase(view, "span", " dir=\"auto\"", said->note);
    vb_buf_puts(paper->out, "</td></tr>\n");
}

/* -- many voices ------------------------------------------------------------------------------ */

static void list_item(const struct vb_sheet_view *view, const struct vb_said_item *said)
{
    struct vb_buf *out = view->paper->out;
    vb_paper_close(view);
    vb_buf_puts(out, "<div class=\"asked\"><h3>");
    vb_paper_question(view, said->item);
    vb_buf_puts(out, "</h3>");
    if (said->how == VB_SAID_PLACED)
        picture(view, said, true);
    vb_buf_printf(out, "<ul class=\"voices%s\">", said->how == VB_SAID_BESIDE ? " texts" : "");
    for (int i = 0; i < said->count; i++) {
        vb_buf_puts(out, "<li>");
        vb_paper_voice(view, said->voices[i], false);
        vb_paper_words(view, said->item, said->voices[i],
                       vb_view_value(view, said->voices[i], said->item));
        vb_buf_puts(out, "</li>");
    }
    vb_buf_puts(out, "</ul>");
    if (said->note != NULL)
        vb_paper_phrase(view, "p", " class=\"note\" dir=\"auto\"", said->note);
    vb_buf_puts(out, "</div>\n");
}

void vb_html_item(const struct vb_sheet_view *view, const struct vb_said_item *said)
{
    if (view->result->respondent_count > VB_BESIDE_MAX)
        list_item(view, said);
    else
        table_item(view, said);
}

/* -- scales ----------------------------------------------------------------------------------- */

static void scale_cell(const struct vb_sheet_view *view, int respondent,
                       const struct vb_score *score)
{
    struct vb_buf words = { 0 };
    const char *note =
        score == NULL || !score->any ? "" : vb_view_score_note(view, respondent, score);
    vb_buf_puts(view->paper->out, "<td>");
    if (note[0] != '\0') {
        vb_paper_phrase(view, "span", " class=\"missing\"", note);
    } else if (score != NULL && score->any) {
        vb_answer_score_words(&words, view->result, view->words, view->language, score);
        vb_paper_phrase(view, "span", " dir=\"auto\"", words.data);
    }
    vb_buf_puts(view->paper->out, "</td>");
    vb_buf_finish(&words);
}

void vb_html_scale(const struct vb_sheet_view *view, int scale)
{
    struct vb_paper *paper = view->paper;
    const struct vb_result *result = view->result;
    struct vb_axis axis = { .mirrored = paper->mirrored };
    int voices[VB_BESIDE_MAX], count = 0, given = 0;
    struct vb_mark marks[VB_BESIDE_MAX];
    char letters[VB_BESIDE_MAX][VB_LETTER_SIZE];
    const char *left, *right;
    for (int i = 0; i < result->respondent_count && i < VB_BESIDE_MAX; i++) {
        const struct vb_score *scores = result->respondents[i].own.scores;
        if (!result->respondents[i].shared && (scores == NULL || !scores[scale].any))
            continue;
        voices[count++] = i;
        if (scores == NULL || !scores[scale].any || !scores[scale].given)
            continue;
        enum vb_shape shape = vb_paper_letter(letters[given], view, vb_paper_row(view, i));
        marks[given] = (struct vb_mark){ (int)scores[scale].pomp_tenths, shape, letters[given] };
        given++;
    }
    if (!paper->table && vb_frame_ends(view, &left, &right)) {
        head_ends(view, NULL);
        vb_buf_puts(&paper->left, left);
        vb_buf_puts(&paper->right, right);
    }
    need_table(view, voices, count, "placed scales", view->words->scale, false);
    vb_buf_puts(paper->out, "<tr><th scope=\"row\"><div>");
    vb_paper_put(view, "span", " class=\"q\"", view->language,
                 result->plan->scales[scale].title.by_language[view->language]);
    vb_buf_puts(paper->out, "<span class=\"picture\">");
    vb_svg_dumbbell(paper->out, &axis, marks, given);
    vb_buf_puts(paper->out, "</span></div></th>");
    for (int i = 0; i < count; i++)
        scale_cell(view, voices[i],
                   result->respondents[voices[i]].own.scores == NULL
                       ? NULL
                       : &result->respondents[voices[i]].own.scores[scale]);
    vb_buf_puts(paper->out, "</tr>\n");
}

/* -- last time -------------------------------------------------------------------------------- */

void vb_html_followed(const struct vb_sheet_view *view, int agreement)
{
    struct vb_buf *out = view->paper->out, line = { 0 };
    const struct vb_talk_last *last = view->result->talk.last;
    if (view->paper->list == NULL)
        vb_paper_open(view, "<ul class=\"followed\">\n", "</ul>");
    vb_agreed_words(&line, view->words, &last->agreements[agreement]);
    vb_buf_puts(out, "<li>");
    vb_paper_phrase(view, "span", " class=\"q\" dir=\"auto\"", line.data);
    vb_buf_puts(out, "<ul class=\"voices\">");
    for (int i = 0; i < last->voice_count; i++) {
        enum vb_followed done = last->voices[i].done[agreement];
        vb_buf_puts(out, "<li>");
        vb_paper_voice(view, last->voices[i].respondent, false);
        vb_paper_phrase(view, "span", done == VB_FOLLOWED_NONE ? " class=\"missing\"" : "",
                        view->words->followed[done]);
        vb_buf_puts(out, "</li>");
    }
    vb_buf_puts(out, "</ul></li>\n");
    vb_buf_finish(&line);
}
