/* sheet_html.c - the sheet as one page of HTML: a face for sheet.c. Nothing in it is fetched or
 * run; how it looks stands in sheet.css, which is compiled in. */
#include "sheet/sheet_html.h"

#include <stdlib.h>

#include "base/str.h"
#include "sheet/html.h"
#include "sheet/sheet_agreed.h"
#include "sheet/talk_guide.h"

extern const char _binary_core_sheet_sheet_css_start[], _binary_core_sheet_sheet_css_end[];

/* -- pieces ----------------------------------------------------------------------------------- */

void vb_paper_close(const struct vb_sheet_view *view)
{
    struct vb_paper *paper = view->paper;
    if (paper->list != NULL)
        vb_buf_printf(paper->out, "%s\n", paper->list);
    paper->list = NULL;
    paper->table = false;
}

void vb_paper_open(const struct vb_sheet_view *view, const char *opening, const char *closing)
{
    vb_paper_close(view);
    vb_buf_puts(view->paper->out, opening);
    view->paper->list = closing;
}

/* Is this the language the sheet's own phrases are in? Its regions count as the same. */
static bool is_phrases_language(const struct vb_sheet_view *view, const char *tag)
{
    size_t len = strcspn(tag, "-");
    return strlen(view->words->language) == len && strncmp(tag, view->words->language, len) == 0;
}

void vb_paper_put(const struct vb_sheet_view *view, const char *name, const char *attributes,
                  int language, const char *text)
{
    struct vb_buf *out = view->paper->out;
    const char *tag = view->result->plan->languages[language];
    vb_buf_printf(out, "<%s%s dir=\"%s\"", name, attributes, vb_html_mirrored(tag) ? "rtl" : "ltr");
    if (!is_phrases_language(view, tag)) {
        vb_buf_puts(out, " lang=\"");
        vb_html_text(out, tag);
        vb_buf_putc(out, '"');
    }
    vb_buf_putc(out, '>');
    vb_html_text(out, text);
    vb_buf_printf(out, "</%s>", name);
}

void vb_paper_phrase(const struct vb_sheet_view *view, const char *name, const char *attributes,
                     const char *text)
{
    struct vb_buf *out = view->paper->out;
    vb_buf_printf(out, "<%s%s>", name, attributes);
    vb_html_text(out, text);
    vb_buf_printf(out, "</%s>", name);
}

/* -- frame ------------------------------------------------------------------------------------ */

static void who_is_who(const struct vb_sheet_view *view)
{
    struct vb_paper *paper = view->paper;
    int count;
    struct vb_family_row *rows = vb_family_rows(view, &count);
    vb_buf_puts(paper->out, "<ul class=\"who\">");
    for (int i = 0; i < count; i++) {
        struct vb_buf name = { 0 };
        vb_family_who(&name, view, rows[i]);
        vb_buf_puts(paper->out, "<li>");
        vb_paper_mark(view, rows[i]);
        vb_paper_phrase(view, "span", " dir=\"auto\"", name.data);
        vb_buf_puts(paper->out, "</li>");
        vb_buf_finish(&name);
    }
    vb_buf_puts(paper->out, "</ul>\n");
    free(rows);
}

static void html_head(const struct vb_sheet_view *view, const char *what)
{
    struct vb_paper *paper = view->paper;
    struct vb_buf line = { 0 };
    vb_buf_puts(paper->out, "<header>\n<div class=\"top\">");
    vb_paper_phrase(view, "p", " class=\"kind\"", vb_frame_kind(view));
    vb_frame_when(&line, view);
    vb_paper_phrase(view, "p", " class=\"when\" dir=\"auto\"", line.data);
    vb_buf_puts(paper->out, "</div>\n");
    vb_buf_clear(&line);
    vb_frame_title(&line, view);
    vb_paper_put(view, "h1", "", view->language, line.data);
    vb_buf_puts(paper->out, "\n");
    if (view->result->simulated)
        vb_paper_phrase(view, "p", " class=\"simulated\"", view->words->simulated);
    vb_buf_puts(paper->out, "<div class=\"below\">");
    vb_paper_phrase(view, "p", " dir=\"auto\"", what);
    who_is_who(view);
    vb_buf_puts(paper->out, "</div>\n</header>\n<main>\n");
    vb_buf_finish(&line);
}

static void end_part(const struct vb_sheet_view *view)
{
    vb_paper_close(view);
    if (view->paper->parts > 0)
        vb_buf_puts(view->paper->out, "</section>\n");
}

static void html_part(const struct vb_sheet_view *view, int number, const char *heading)
{
    struct vb_paper *paper = view->paper;
    end_part(view);
    int id = ++paper->parts;
    vb_buf_printf(paper->out, "<section aria-labelledby=\"part-%d\">\n<h2 id=\"part-%d\"%s>", id,
                  id, number > 0 ? "" : " class=\"plain\"");
    if (number > 0)
        vb_buf_printf(paper->out, "<span class=\"number\">%d</span> ", number);
    vb_paper_phrase(view, "span", " dir=\"auto\"", heading);
    vb_buf_puts(paper->out, "</h2>\n");
}

static void html_letter(struct vb_buf *out, const struct vb_sheet_view *view, int respondent)
{
    char letter[VB_LETTER_SIZE];
    vb_paper_letter(letter, view, vb_paper_row(view, respondent));
    vb_buf_puts(out, letter);
}

/* How to talk with it, for whoever opens it on a screen: paper has no room for that. */
static void put_guide(const struct vb_sheet_view *view)
{
    struct vb_buf *out = view->paper->out;
    struct vb_talk_guide guide;
    struct vb_arena arena = { 0 };
    vb_talk_guide_make(&guide, view->result->plan, view->words->language, &arena);
    if (guide.count > 0) {
        vb_buf_puts(out, "<details class=\"guide\">\n");
        vb_html_element(out, "summary", " dir=\"auto\"", guide.title);
        vb_buf_puts(out, "<ol>\n");
        for (int i = 0; i < guide.count; i++) {
            vb_buf_puts(out, "<li dir=\"auto\">");
            vb_paper_phrase(view, "b", "", guide.steps[i].head);
            vb_buf_puts(out, ". ");
            vb_html_text(out, guide.steps[i].text);
            vb_buf_puts(out, "</li>\n");
        }
        vb_buf_puts(out, "</ol>\n</details>\n");
    }
    vb_arena_finish(&arena);
}

static void html_foot(const struct vb_sheet_view *view, const char *id)
{
    end_part(view);
    put_guide(view);
    vb_buf_puts(view->paper->out, "</main>\n<footer>\n");
    vb_paper_phrase(view, "p", " class=\"id\"", id);
    vb_buf_puts(view->paper->out, "\n");
}

static void html_foot_line(const struct vb_sheet_view *view, int hang, const char *text)
{
    (void)hang;
    if (text == NULL)
        vb_buf_puts(view->paper->out, "<hr>\n");
    else
        vb_html_element(view->paper->out, "p", " dir=\"auto\"", text);
}

/* -- lines ------------------------------------------------------------------------------------ */

static void html_paragraph(const struct vb_sheet_view *view, const char *text)
{
    vb_paper_close(view);
    vb_html_element(view->paper->out, "p", " dir=\"auto\"", text);
}

static void html_label(const struct vb_sheet_view *view, const char *text)
{
    vb_paper_close(view);
    vb_html_element(view->paper->out, "h3", "", text);
}

/* Without a name it is for an open text: two lines. */
static void html_write_on(const struct vb_sheet_view *view, const char *label)
{
    static const char line[] = "<i></i></p>\n";
    struct vb_buf *out = view->paper->out;
    vb_paper_close(view);
    vb_buf_puts(out, "<p class=\"write\">");
    if (label != NULL)
        vb_paper_phrase(view, "span", "", label);
    else
        vb_buf_printf(out, "%s<p class=\"write\">", line);
    vb_buf_puts(out, line);
}

static void html_prompt(const struct vb_sheet_view *view, const char *text)
{
    if (view->paper->list == NULL)
        vb_paper_open(view, "<ul class=\"prompts\">\n", "</ul>");
    vb_paper_put(view, "li", "", view->language, text);
    vb_buf_puts(view->paper->out, "\n");
}

static void html_joint(const struct vb_sheet_view *view, const struct vb_item *item,
                       const struct vb_value *value)
{
    struct vb_buf words = { 0 };
    vb_paper_close(view);
    vb_buf_puts(view->paper->out, "<div class=\"asked\">");
    vb_paper_question(view, item);
    bool drawn = vb_paper_picture(view, item, value);
    vb_buf_puts(&words, "");
    vb_answer_words(&words, view->result, view->words, view->language, item, value);
    vb_paper_phrase(view, "p", drawn ? " class=\"vh\"" : " class=\"said\" dir=\"auto\"",
                    words.data);
    vb_buf_puts(view->paper->out, "</div>\n");
    vb_buf_finish(&words);
}

static void html_for_worker(const struct vb_sheet_view *view, int respondent,
                            const struct vb_part *part, const struct vb_item *item)
{
    struct vb_buf text = { 0 }, words = { 0 };
    vb_buf_puts(view->paper->out, "<div class=\"asked\">");
    vb_view_private(&text, view, respondent, part, item);
    vb_paper_put(view, "p", " class=\"q\"", view->language, text.data);
    vb_buf_puts(view->paper->out, "<p class=\"said\">");
    vb_paper_voice(view, respondent, false);
    bool drawn = vb_paper_picture(view, item, &part->values[item->index]);
    vb_buf_puts(&words, "");
    vb_answer_words(&words, view->result, view->words, view->language, item,
                    &part->values[item->index]);
    vb_paper_phrase(view, "span", drawn ? " class=\"vh\"" : " dir=\"auto\"", words.data);
    vb_buf_puts(view->paper->out, "</p></div>\n");
    vb_buf_finish(&text);
    vb_buf_finish(&words);
}

/* -- talk ------------------------------------------------------------------------------------- */

static void html_goal(const struct vb_sheet_view *view, const char *text, const char *details,
                      const char *people)
{
    struct vb_buf *out = view->paper->out;
    vb_buf_puts(out, "<div class=\"goal\">");
    vb_paper_phrase(view, "p", " dir=\"auto\"", text);
    vb_paper_phrase(view, "p", " class=\"details\" dir=\"auto\"", details);
    if (people != NULL)
        vb_paper_phrase(view, "p", " class=\"details\" dir=\"auto\"", people);
    vb_buf_puts(out, "</div>\n");
}

static void html_agreement(const struct vb_sheet_view *view, const char *text)
{
    vb_html_element(view->paper->out, "p", " class=\"agreed\" dir=\"auto\"", text);
}

static void html_named(const struct vb_sheet_view *view, const char *name, const char *text)
{
    struct vb_buf *out = view->paper->out;
    vb_paper_close(view);
    vb_buf_puts(out, "<p class=\"named\">");
    vb_paper_phrase(view, "b", "", name);
    vb_buf_puts(out, ": ");
    vb_paper_phrase(view, "span", " dir=\"auto\"", text);
    vb_buf_puts(out, "</p>\n");
}

/* Two agreements are enough for one talk. */
static void html_by_hand(const struct vb_sheet_view *view)
{
    struct vb_buf *out = view->paper->out;
    const struct vb_sheet_words *words = view->words;
    const char *const heads[] = { words->who, words->what, words->when };
    vb_paper_close(view);
    vb_buf_puts(out, "<div class=\"by-hand\">\n");
    html_write_on(view, words->goal);
    vb_buf_puts(out, "<table class=\"agree\">");
    vb_paper_phrase(view, "caption", "", words->agreements);
    vb_buf_puts(out, "<thead><tr>");
    for (int i = 0; i < 3; i++)
        vb_paper_phrase(view, "th", " scope=\"col\"", heads[i]);
    vb_buf_puts(out, "</tr></thead><tbody>\n");
    for (int i = 0; i < 2; i++)
        vb_buf_puts(out, "<tr><td></td><td></td><td></td></tr>\n");
    vb_buf_puts(out, "</tbody></table>\n");
    html_write_on(view, words->next);
    vb_buf_puts(out, "</div>\n");
}

/* -- the page --------------------------------------------------------------------------------- */

static const struct vb_sheet_face html_face = {
    .head = html_head,
    .part = html_part,
    .paragraph = html_paragraph,
    .label = html_label,
    .write_on = html_write_on,
    .item = vb_html_item,
    .joint = html_joint,
    .prompt = html_prompt,
    .scale = vb_html_scale,
    .family = vb_html_family,
    .about = vb_html_about,
    .member = vb_html_member,
    .followed = vb_html_followed,
    .goal = html_goal,
    .agreement = html_agreement,
    .named = html_named,
    .by_hand = html_by_hand,
    .for_worker = html_for_worker,
    .letter = html_letter,
    .foot = html_foot,
    .foot_line = html_foot_line,
};

/* A plan that asks for none has one page, whoever it is written for. */
static bool shows_pictures(const struct vb_sheet_view *view)
{
    const struct vb_plan *plan = view->result->plan;
    bool asked = false;
    for (int i = 0; i < plan->item_count; i++)
        asked = asked || vb_kind_is_picture(plan->items[i].kind);
    return asked && view->paper->pictures != NULL;
}

/* Nothing may be fetched or run, whatever stands in a text. */
static void page_head(const struct vb_sheet_view *view)
{
    struct vb_buf *out = view->paper->out, title = { 0 };
    vb_frame_title(&title, view);
    vb_buf_printf(out, "<!doctype html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n",
                  view->words->language, view->paper->mirrored ? "rtl" : "ltr");
    vb_buf_puts(out, "<meta charset=\"utf-8\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    vb_buf_puts(out, shows_pictures(view) ? "img-src data:; " : "");
    vb_buf_puts(out, "style-src 'unsafe-inline'\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    vb_buf_puts(out, "<title>");
    vb_html_text(out, vb_frame_kind(view));
    vb_buf_puts(out, " · ");
    vb_html_text(out, title.data);
    vb_buf_puts(out, "</title>\n<style>\n");
    vb_buf_put(out, _binary_core_sheet_sheet_css_start,
               (size_t)(_binary_core_sheet_sheet_css_end - _binary_core_sheet_sheet_css_start));
    vb_buf_puts(out, "</style>\n</head>\n<body>\n");
    vb_buf_finish(&title);
}

void vb_sheet_html(struct vb_buf *out, const struct vb_result *result,
                   const struct vb_sheet_options *options)
{
    struct vb_paper paper = { .out = out, .pictures = options->pictures };
    struct vb_sheet_view view = { .face = &html_face, .paper = &paper };
    vb_sheet_begin(&view, result, options);
    paper.mirrored = vb_html_mirrored(result->plan->languages[view.language]);
    page_head(&view);
    vb_sheet_say(&view);
    vb_buf_puts(out, "</footer>\n</body>\n</html>\n");
    vb_buf_finish(&paper.left);
    vb_buf_finish(&paper.right);
}
