/* sheet_text.c - the sheet as plain text: a face for sheet.c. */
#include "sheet/sheet_text.h"

#include "base/str.h"
#include "sheet/sheet_agreed.h"
#include "sheet/sheet_picture.h"
#include "sheet/sheet_view.h"

/* -- parts ------------------------------------------------------------------------------------ */

static void who_is_who(const struct vb_sheet_view *view)
{
    for (int i = 0; i < view->result->respondent_count; i++) {
        struct vb_buf line = { 0 };
        vb_buf_printf(&line, "%c %s ", vb_view_letter(view, i), vb_view_marks(view, i)->full);
        vb_frame_person(&line, view, i);
        vb_page_text(&view->page, 2, 4, line.data);
        vb_buf_finish(&line);
    }
}

static void text_head(const struct vb_sheet_view *view, const char *what)
{
    const char *left, *right;
    struct vb_buf line = { 0 };
    vb_page_rule(&view->page, vb_frame_kind(view));
    vb_frame_title(&line, view);
    vb_page_text(&view->page, 0, 0, line.data);
    vb_buf_clear(&line);
    vb_frame_when(&line, view);
    vb_page_text(&view->page, 0, 0, line.data);
    if (view->result->simulated)
        vb_page_text(&view->page, 0, 0, view->words->simulated);
    vb_page_blank(&view->page);
    vb_page_text(&view->page, 0, 0, what);
    who_is_who(view);
    if (vb_frame_ends(view, &left, &right)) {
        vb_buf_clear(&line);
        vb_buf_printf(&line, view->words->from_to, left, right);
        vb_page_text(&view->page, 2, 0, line.data);
    }
    vb_buf_finish(&line);
}

static void text_part(const struct vb_sheet_view *view, int number, const char *heading)
{
    struct vb_buf line = { 0 };
    if (number > 0)
        vb_buf_printf(&line, "%d · ", number);
    vb_buf_puts(&line, heading);
    vb_page_blank(&view->page);
    vb_page_rule(&view->page, line.data);
    vb_buf_finish(&line);
}

static void text_paragraph(const struct vb_sheet_view *view, const char *text)
{
    vb_page_text(&view->page, 2, 0, text);
}

static void text_label(const struct vb_sheet_view *view, const char *text)
{
    vb_page_text(&view->page, 2, 0, text);
}

static void text_write_on(const struct vb_sheet_view *view, const char *label)
{
    vb_page_write_on(&view->page, 2, label);
}

static void text_prompt(const struct vb_sheet_view *view, const char *text)
{
    struct vb_buf line = { 0 };
    vb_buf_printf(&line, "- %s", text);
    vb_page_text(&view->page, 2, 2, line.data);
    vb_buf_finish(&line);
}

static void text_letter(struct vb_buf *out, const struct vb_sheet_view *view, int respondent)
{
    vb_buf_putc(out, vb_view_letter(view, respondent));
}

static void text_foot(const struct vb_sheet_view *view, const char *id)
{
    vb_page_blank(&view->page);
    vb_page_rule(&view->page, id);
}

static void text_foot_line(const struct vb_sheet_view *view, int hang, const char *text)
{
    if (text == NULL)
        vb_page_blank(&view->page);
    else
        vb_page_text(&view->page, 0, hang, text);
}

/* -- items ------------------------------------------------------------------------------------ */

/* Somebody else's wording in their own language, so that both can read what was answered. */
static void other_wording(const struct vb_sheet_view *view, const struct vb_item *item,
                          int respondent)
{
    int language = vb_view_language(view, respondent);
    const char *tag = view->result->plan->languages[language];
    struct vb_buf text = { 0 };
    vb_buf_printf(&text, "%s: ", tag);
    vb_view_item(&text, view, item, view->result->respondents[respondent].role_index, language,
                 NULL);
    vb_page_text(&view->page, 2, (int)strlen(tag) + 2, text.data);
    vb_buf_finish(&text);
}

static void own_wording(const struct vb_sheet_view *view, const struct vb_item *item,
                        int respondent)
{
    struct vb_buf text = { 0 };
    vb_buf_printf(&text, "%c: ", vb_view_letter(view, respondent));
    vb_view_item(&text, view, item, view->result->respondents[respondent].role_index,
                 view->language, NULL);
    vb_page_text(&view->page, 2, 3, text.data);
    vb_buf_finish(&text);
}

static void text_question(const struct vb_sheet_view *view, const struct vb_item *item)
{
    struct vb_buf text = { 0 };
    vb_view_question(&text, view, item);
    vb_page_text(&view->page, 2, 0, text.data);
    vb_buf_finish(&text);
    for (int i = vb_view_other_wording(view, item, 0); i >= 0;
         i = vb_view_other_wording(view, item, i + 1))
        own_wording(view, item, i);
    for (int i = vb_view_other_language(view, 0); i >= 0; i = vb_view_other_language(view, i + 1))
        other_wording(view, item, i);
}

/* "    C  " and what marks follow; columns of the marks. */
static void say(const struct vb_sheet_view *view, int respondent, const char *marks, int columns,
                const char *words)
{
    bool worker = vb_streq(view->result->respondents[respondent].role, "professional");
    struct vb_buf first = { 0 };
    vb_buf_puts(&first, "    ");
    if (view->page.colour)
        vb_buf_puts(&first, worker ? "\033[33m" : "\033[36m");
    vb_buf_printf(&first, "%c  %s", vb_view_letter(view, respondent), marks);
    if (view->page.colour)
        vb_buf_puts(&first, "\033[0m");
    vb_page_after(&view->page, first.data, 7 + columns, words);
    vb_buf_finish(&first);
}

static void voice(const struct vb_sheet_view *view, const struct vb_item *item, int respondent,
                  bool line)
{
    int columns = line ? vb_answer_line_columns(view->result, item) : 0;
    struct vb_buf marks = { 0 }, words = { 0 };
    vb_buf_puts(&marks, "");
    if (columns > 0) {
        vb_answer_line(&marks, view->result, item, vb_view_value(view, respondent, item),
                       vb_view_marks(view, respondent));
        vb_buf_puts(&marks, "  ");
    }
    vb_picture_grid(&words, view->result, view->language, item,
                    vb_view_value(view, respondent, item));
    vb_view_answer(&words, view, item, respondent);
    say(view, respondent, marks.data, columns > 0 ? columns + 2 : 0, words.data);
    vb_buf_finish(&marks);
    vb_buf_finish(&words);
}

static void put_column(struct vb_buf *out, const struct vb_sheet_view *view,
                       const struct vb_item *item, int respondent)
{
    struct vb_buf grid = { 0 };
    vb_picture_grid(&grid, view->result, view->language, item,
                    vb_view_value(view, respondent, item));
    vb_buf_printf(out, "%c%c", vb_view_letter(view, respondent), grid.len > 0 ? '\n' : ' ');
    vb_buf_put(out, grid.data, grid.len);
    vb_view_answer(out, view, item, respondent);
    vb_buf_finish(&grid);
}

static void beside(const struct vb_sheet_view *view, const struct vb_said_item *said)
{
    struct vb_buf left = { 0 }, right = { 0 };
    put_column(&left, view, said->item, said->voices[0]);
    put_column(&right, view, said->item, said->voices[1]);
    vb_page_columns(&view->page, 4, left.data, right.data);
    vb_buf_finish(&left);
    vb_buf_finish(&right);
}

/* On less, two texts stand under each other. */
enum { BESIDE_COLUMNS = 64 };

static void text_item(const struct vb_sheet_view *view, const struct vb_said_item *said)
{
    text_question(view, said->item);
    if (said->how == VB_SAID_BESIDE && said->count == 2 && view->page.columns >= BESIDE_COLUMNS)
        beside(view, said);
    else
        for (int i = 0; i < said->count; i++)
            voice(view, said->item, said->voices[i], said->how == VB_SAID_PLACED);
    if (said->note != NULL)
        vb_page_text(&view->page, 4, 0, said->note);
}

static void text_joint(const struct vb_sheet_view *view, const struct vb_item *item,
                       const struct vb_value *value)
{
    struct vb_buf words = { 0 };
    text_question(view, item);
    vb_buf_puts(&words, "");
    vb_picture_grid(&words, view->result, view->language, item, value);
    vb_answer_words(&words, view->result, view->words, view->language, item, value);
    vb_page_text(&view->page, 4, 0, words.data);
    vb_buf_finish(&words);
}

static void text_for_worker(const struct vb_sheet_view *view, int respondent,
                            const struct vb_part *part, const struct vb_item *item)
{
    struct vb_buf text = { 0 }, first = { 0 }, words = { 0 };
    vb_view_private(&text, view, respondent, part, item);
    vb_page_text(&view->page, 2, 0, text.data);
    vb_buf_printf(&first, "    %c  ", vb_view_letter(view, respondent));
    vb_buf_puts(&words, "");
    vb_answer_words(&words, view->result, view->words, view->language, item,
                    &part->values[item->index]);
    vb_page_after(&view->page, first.data, 7, words.data);
    vb_buf_finish(&text);
    vb_buf_finish(&first);
    vb_buf_finish(&words);
}

/* -- talk ------------------------------------------------------------------------------------- */

static void text_followed(const struct vb_sheet_view *view, int agreement)
{
    const struct vb_talk_last *last = view->result->talk.last;
    struct vb_buf line = { 0 };
    vb_agreed_words(&line, view->words, &last->agreements[agreement]);
    vb_page_text(&view->page, 2, 2, line.data);
    vb_buf_finish(&line);
    for (int i = 0; i < last->voice_count; i++)
        say(view, last->voices[i].respondent, "", 0,
            view->words->followed[last->voices[i].done[agreement]]);
}

static void text_goal(const struct vb_sheet_view *view, const char *text, const char *details,
                      const char *people)
{
    vb_page_text(&view->page, 4, 2, text);
    vb_page_text(&view->page, 6, 0, details);
    if (people != NULL)
        vb_page_text(&view->page, 6, 0, people);
}

static void text_agreement(const struct vb_sheet_view *view, const char *text)
{
    vb_page_text(&view->page, 4, 2, text);
}

static void text_named(const struct vb_sheet_view *view, const char *name, const char *text)
{
    struct vb_buf line = { 0 };
    vb_buf_printf(&line, "%s: %s", name, text);
    vb_page_text(&view->page, 2, 2, line.data);
    vb_buf_finish(&line);
}

enum { WHO_COLUMNS = 16, WHEN_COLUMNS = 16, BETWEEN_COLUMNS = 2 };

static void row(const struct vb_sheet_view *view, const char *who, const char *what,
                const char *when)
{
    struct vb_buf line = { 0 };
    vb_buf_printf(&line, "    %s", who);
    vb_page_pad(&line, 0, 4 + WHO_COLUMNS);
    vb_buf_puts(&line, what);
    vb_page_pad(&line, 0, view->page.columns - WHEN_COLUMNS);
    vb_buf_puts(&line, when);
    vb_page_after(&view->page, line.data, view->page.columns, "");
    vb_buf_finish(&line);
}

/* Two agreements are enough for one talk. */
static void text_by_hand(const struct vb_sheet_view *view)
{
    static const char dashes[] = "____________________________________________________________";
    const struct vb_sheet_words *words = view->words;
    int what = view->page.columns - 4 - WHO_COLUMNS - WHEN_COLUMNS - BETWEEN_COLUMNS;
    struct vb_buf line = { 0 };
    vb_page_write_on(&view->page, 2, words->goal);
    vb_page_text(&view->page, 2, 0, words->agreements);
    row(view, words->who, words->what, words->when);
    vb_buf_put(&line, dashes, (size_t)what);
    for (int i = 0; i < 2; i++)
        row(view, "______________", line.data, "________________");
    vb_buf_finish(&line);
    vb_page_write_on(&view->page, 2, words->next);
}

/* -- the sheet -------------------------------------------------------------------------------- */

static const struct vb_sheet_face text_face = {
    .head = text_head,
    .part = text_part,
    .paragraph = text_paragraph,
    .label = text_label,
    .write_on = text_write_on,
    .item = text_item,
    .joint = text_joint,
    .prompt = text_prompt,
    .scale = vb_text_scale,
    .family = vb_text_family,
    .about = text_question,
    .member = vb_text_member,
    .followed = text_followed,
    .goal = text_goal,
    .agreement = text_agreement,
    .named = text_named,
    .by_hand = text_by_hand,
    .for_worker = text_for_worker,
    .letter = text_letter,
    .foot = text_foot,
    .foot_line = text_foot_line,
};

static int columns_of(int wanted)
{
    return wanted <= 0 || wanted > VB_PAGE_COLUMNS ? VB_PAGE_COLUMNS
           : wanted < VB_PAGE_COLUMNS_LEAST        ? VB_PAGE_COLUMNS_LEAST
                                                   : wanted;
}

void vb_sheet_text(struct vb_buf *out, const struct vb_result *result,
                   const struct vb_sheet_options *options)
{
    struct vb_sheet_view view = {
        .face = &text_face,
        .page = { .out = out, .colour = options->colour, .columns = columns_of(options->columns) },
    };
    vb_sheet_begin(&view, result, options);
    vb_sheet_say(&view);
}
