/* The page: what it is, the questions in their order, and how it goes on. */
#include "author/paper_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "session/opening.h"
#include "sheet/html.h"
#include "sheet/sheet_words.h"

extern const char _binary_core_author_paper_css_start[], _binary_core_author_paper_css_end[];

struct vb_blank vb_blank_begin(struct vb_buf *out, const struct vb_plan *plan,
                               const struct vb_paper_wish *wish)
{
    return (struct vb_blank){
        .out = out,
        .plan = plan,
        .wish = wish,
        .words = vb_paper_words_of(plan->languages[wish->language]),
        .naming = { .plan = plan,
                    .language = wish->language,
                    .variant = wish->variant,
                    .setting = -1 },
        .numbers = vb_alloc(((size_t)plan->item_count + 1) * sizeof(int)),
    };
}

void vb_blank_finish(struct vb_blank *blank)
{
    free(blank->numbers);
}

/* -- texts -- */

static bool same_language(const char *a, const char *b)
{
    size_t len = strcspn(a, "-");
    return len == strcspn(b, "-") && strncmp(a, b, len) == 0;
}

static void put_element(const struct vb_blank *blank, const char *name, const char *class,
                        const char *language, const char *text)
{
    struct vb_buf *out = blank->out;
    const char *of_page = blank->plan->languages[blank->wish->language];
    vb_buf_printf(out, "<%s", name);
    if (class[0] != '\0')
        vb_buf_printf(out, " class=\"%s\"", class);
    if (strcmp(name, "th") == 0)
        vb_buf_puts(out, " scope=\"col\"");
    if (!same_language(language, of_page)) {
        vb_buf_puts(out, " lang=\"");
        vb_html_text(out, language);
        vb_buf_printf(out, "\" dir=\"%s\"", vb_html_mirrored(language) ? "rtl" : "ltr");
    }
    vb_buf_putc(out, '>');
    vb_html_text(out, text);
    vb_buf_printf(out, "</%s>", name);
}

void vb_blank_text(const struct vb_blank *blank, const char *name, const char *class,
                   const struct vb_text *text)
{
    struct vb_buf filled = { 0 };
    vb_text_fill(&filled, &blank->naming, text->by_language[blank->wish->language]);
    put_element(blank, name, class, blank->plan->languages[blank->wish->language], filled.data);
    vb_buf_finish(&filled);
}

void vb_blank_say(const struct vb_blank *blank, const char *name, const char *class,
                  const char *text)
{
    put_element(blank, name, class, blank->words->language, text);
    if (strcmp(name, "p") == 0)
        vb_buf_putc(blank->out, '\n');
}

void vb_blank_fill(struct vb_buf *out, const char *sentence, const char *what)
{
    const char *gap = strstr(sentence, "{}");
    vb_assert(gap != NULL);
    vb_buf_put(out, sentence, (size_t)(gap - sentence));
    vb_buf_puts(out, what);
    vb_buf_puts(out, gap + 2);
}

/* -- which questions -- */

static bool is_on(const struct vb_blank *blank, uint32_t variants, int include)
{
    const struct vb_paper_wish *wish = blank->wish;
    return (wish->variant < 0 || (variants >> wish->variant & 1) != 0) &&
           (include < 0 || (wish->includes >> include & 1) != 0);
}

static bool has_item(const struct vb_blank *blank, int index)
{
    const struct vb_item *item = &blank->plan->items[index];
    const struct vb_paper_wish *wish = blank->wish;
    return item->text[wish->role] != NULL && is_on(blank, item->variants, item->include) &&
           (wish->form < 0 || blank->plan->forms[wish->form].has_item[index] != 0);
}

static bool says_here(const struct vb_blank *blank, const struct vb_step *step)
{
    return step->op == VB_OP_SAY && is_on(blank, step->variants, step->include) &&
           (step->roles >> blank->wish->role & 1) != 0;
}

static struct vb_paper_entry *list_entries(const struct vb_blank *blank, int *count)
{
    const struct vb_plan *plan = blank->plan;
    size_t room = (size_t)(plan->steps != NULL ? plan->step_count : plan->item_count) + 1;
    struct vb_paper_entry *entries = vb_alloc(room * sizeof *entries);
    *count = 0;
    for (int i = 0; plan->steps != NULL && i < plan->step_count; i++) {
        const struct vb_step *step = &plan->steps[i];
        if (step->op == VB_OP_ASK && has_item(blank, step->item))
            entries[(*count)++] = (struct vb_paper_entry){ .item = step->item };
        else if (says_here(blank, step))
            entries[(*count)++] = (struct vb_paper_entry){ .item = -1, .say = step };
    }
    for (int stage = VB_APART; plan->steps == NULL && stage <= VB_TOGETHER; stage++)
        for (int i = 0; i < plan->item_count; i++)
            if ((int)plan->items[i].stage == stage && has_item(blank, i))
                entries[(*count)++] = (struct vb_paper_entry){ .item = i };
    return entries;
}

struct vb_paper_entry *vb_paper_entries(const struct vb_blank *blank, int *count)
{
    int number = 0;
    struct vb_paper_entry *entries = list_entries(blank, count);
    for (int i = 0; i < *count; i++)
        if (entries[i].item >= 0)
            blank->numbers[entries[i].item] = ++number;
    return entries;
}

/* -- a question -- */

static void put_when(const struct vb_blank *blank, const struct vb_cond *cond)
{
    struct vb_buf text = { 0 };
    if (cond == NULL)
        return;
    vb_blank_when(&text, blank, cond);
    vb_blank_say(blank, "p", "when", text.data);
    vb_buf_finish(&text);
}

/* What can be said instead of an answer, also where one is needed; and the id for who enters it. */
static void put_instead(const struct vb_blank *blank, const struct vb_item *item)
{
    const char *const words[] = { blank->words->dont_know, blank->words->rather_not };
    vb_buf_puts(blank->out, "<p class=\"instead\">");
    for (int i = 0; i < 2 && !vb_blank_per_member(blank, item); i++) {
        vb_buf_puts(blank->out, "<span><i class=\"b\"></i>");
        vb_blank_say(blank, "span", "", words[i]);
        vb_buf_puts(blank->out, "</span>");
    }
    vb_buf_puts(blank->out, "<span class=\"id\">");
    vb_html_text(blank->out, item->id);
    vb_buf_puts(blank->out, "</span></p>\n");
}

static void put_question(const struct vb_blank *blank, const struct vb_item *item, int last_scale)
{
    struct vb_buf *out = blank->out;
    const struct vb_plan *plan = blank->plan;
    vb_buf_puts(out, "<section class=\"q\">\n");
    if (item->scale >= 0 && item->scale != last_scale && plan->scales[item->scale].intro != NULL)
        vb_blank_text(blank, "p", "intro", plan->scales[item->scale].intro);
    if (item->intro != NULL)
        vb_blank_text(blank, "p", "intro", item->intro);
    put_when(blank, item->when);
    vb_buf_printf(out, "<h2><span class=\"number\">%d</span> ", blank->numbers[item->index]);
    vb_blank_text(blank, "span", "", item->text[blank->wish->role]);
    vb_buf_puts(out, "</h2>\n");
    if (item->help != NULL)
        vb_blank_text(blank, "p", "help", item->help);
    if (item->required)
        vb_blank_say(blank, "p", "help", blank->words->needed);
    if (item->hidden != VB_PRIVATE_NONE)
        vb_blank_say(blank, "p", "help",
                     item->hidden == VB_PRIVATE_WORKER ? blank->words->worker_only
                                                       : blank->words->research_only);
    vb_blank_answer(blank, item);
    put_instead(blank, item);
    vb_buf_puts(out, "</section>\n");
}

/* -- around the questions -- */

static void put_head(const struct vb_blank *blank)
{
    struct vb_buf *out = blank->out;
    const struct vb_plan *plan = blank->plan;
    const struct vb_paper_words *words = blank->words;
    const struct vb_sheet_words *sheet = vb_sheet_words_of(plan->languages[blank->wish->language]);
    struct vb_buf who = { 0 };
    vb_blank_fill(&who, words->form_for,
                  vb_sheet_words_the_role(sheet, plan->roles[blank->wish->role].name));
    vb_buf_puts(out, "<header>\n");
    vb_blank_text(blank, "h1", "", &plan->title);
    vb_buf_puts(out, "\n");
    if (blank->wish->variant >= 0)
        vb_blank_text(blank, "p", "variant", &plan->variants[blank->wish->variant].title);
    vb_blank_say(blank, "p", "for", who.data);
    vb_buf_puts(out, "<p class=\"fields\"><span>");
    vb_blank_say(blank, "span", "", words->code);
    vb_buf_puts(out, "<i class=\"rest\"></i></span><span>");
    vb_blank_say(blank, "span", "", words->date);
    vb_buf_puts(out, "<i class=\"rest\"></i></span></p>\n</header>\n");
    vb_buf_finish(&who);
}

/* The core's own words, paragraph by paragraph, and how paper works. */
static void put_opening(const struct vb_blank *blank)
{
    struct vb_buf text = { 0 }, summary = { 0 };
    bool missing = false;
    vb_opening_write(&text, &blank->naming, blank->plan->roles[blank->wish->role].name, NULL,
                     &missing);
    vb_buf_puts(blank->out, "<div class=\"opening\">\n");
    /* The summary comes first there, and is the instrument's own, in its language. */
    if (blank->plan->summary != NULL) {
        vb_text_fill(&summary, &blank->naming,
                     blank->plan->summary->by_language[blank->wish->language]);
        vb_blank_text(blank, "p", "", blank->plan->summary);
        vb_buf_putc(blank->out, '\n');
    }
    for (char *from = text.data + summary.len; from != NULL && *from != '\0';) {
        from += strspn(from, "\n");
        char *end = strstr(from, "\n\n");
        if (end != NULL)
            *end = '\0';
        from[strcspn(from, "\n")] = '\0';
        vb_blank_say(blank, "p", "", from);
        from = end == NULL ? NULL : end + 2;
    }
    for (int i = 0; i < 3; i++)
        vb_blank_say(blank, "p", "paper", blank->words->how[i]);
    if (blank->plan->scripted)
        vb_blank_say(blank, "p", "paper", blank->words->asked_all);
    vb_buf_puts(blank->out, "</div>\n");
    vb_buf_finish(&text);
    vb_buf_finish(&summary);
}

static bool has_others(const struct vb_plan *plan)
{
    int most = 0;
    for (int i = 0; i < plan->role_count; i++)
        most += plan->roles[i].max;
    return most > 1;
}

/* A yes or a no, and what stays back: what the person reads on a screen before sharing. */
static void put_end(const struct vb_blank *blank)
{
    struct vb_buf *out = blank->out;
    const char *const yesno[] = { blank->words->yes, blank->words->no };
    if (!has_others(blank->plan) || blank->plan->retain == VB_RETAIN_NONE)
        return;
    vb_buf_puts(out, "<section class=\"q end\">\n");
    vb_blank_say(blank, "h2", "part", blank->words->end);
    vb_blank_say(blank, "p", "intro", blank->words->share);
    vb_buf_puts(out, "<ul class=\"across\">");
    for (int i = 0; i < 2; i++) {
        vb_buf_puts(out, "<li><i class=\"o\"></i>");
        vb_blank_say(blank, "span", "", yesno[i]);
        vb_buf_puts(out, "</li>");
    }
    vb_buf_puts(out, "</ul>\n");
    vb_blank_say(blank, "p", "", blank->words->keep_back);
    vb_buf_puts(out, "<p class=\"line\"></p>\n</section>\n");
}

/* -- all of them; each person ends before what is done together -- */

static void put_entries(const struct vb_blank *blank, const struct vb_paper_entry *entries,
                        int count)
{
    int last_scale = -1;
    bool together = false;
    for (int i = 0; i < count; i++) {
        if (entries[i].item < 0) {
            vb_buf_puts(blank->out, "<section class=\"q say\">\n");
            put_when(blank, entries[i].say->when);
            vb_blank_text(blank, "p", "intro", entries[i].say->text);
            vb_buf_puts(blank->out, "</section>\n");
            continue;
        }
        const struct vb_item *item = &blank->plan->items[entries[i].item];
        if (item->stage == VB_TOGETHER && !together) {
            put_end(blank);
            vb_blank_say(blank, "h2", "part", blank->words->together);
            together = true;
        }
        put_question(blank, item, last_scale);
        last_scale = item->scale;
    }
    if (!together)
        put_end(blank);
}

static void put_origin(struct vb_buf *out, const struct vb_blank *blank)
{
    const struct vb_plan *plan = blank->plan;
    const char *language = plan->languages[blank->wish->language];
    const struct vb_sheet_words *sheet = vb_sheet_words_of(language);
    enum vb_status status = plan->status[blank->wish->language];
    vb_buf_printf(out, "%s %s · %s %s: %s · %s, %s", plan->id, plan->version, sheet->texts,
                  language, sheet->status[status],
                  vb_streq(plan->basis, "licensed") ? sheet->licensed : sheet->own_questions,
                  status == VB_DRAFT      ? sheet->draft
                  : status == VB_REVIEWED ? sheet->reviewed
                                          : sheet->tested);
}

static void put_footer(const struct vb_blank *blank)
{
    struct vb_buf text = { 0 };
    put_origin(&text, blank);
    vb_buf_puts(blank->out, "<footer>\n");
    vb_blank_say(blank, "p", "", text.data);
    if (blank->plan->notice != NULL) {
        vb_blank_text(blank, "p", "", blank->plan->notice);
        vb_buf_putc(blank->out, '\n');
    }
    vb_buf_puts(blank->out, "</footer>\n");
    vb_buf_finish(&text);
}

/* At the foot of every page. Ids and versions hold nothing that CSS would read. */
static void put_margins(const struct vb_blank *blank)
{
    struct vb_buf text = { 0 };
    put_origin(&text, blank);
    vb_buf_puts(blank->out, "@page { @bottom-left { content: \"");
    for (size_t i = 0; i < text.len; i++)
        if (strchr("\"\\\n<", text.data[i]) == NULL)
            vb_buf_putc(blank->out, text.data[i]);
    vb_buf_printf(blank->out,
                  "\"; } @bottom-right { content: \"%s \" counter(page) \" / \" "
                  "counter(pages); } }\n",
                  blank->words->page);
    vb_buf_finish(&text);
}

static void put_page_head(const struct vb_blank *blank)
{
    struct vb_buf *out = blank->out;
    const char *language = blank->plan->languages[blank->wish->language];
    vb_buf_puts(out, "<!doctype html>\n<html lang=\"");
    vb_html_text(out, language);
    vb_buf_printf(out, "\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  vb_html_mirrored(language) ? "rtl" : "ltr");
    vb_buf_puts(out, "<meta http-equiv=\"Content-Security-Policy\" "
                     "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<title>");
    vb_html_text(out, blank->plan->title.by_language[blank->wish->language]);
    vb_buf_puts(out, "</title>\n<style>\n");
    vb_buf_put(out, _binary_core_author_paper_css_start,
               (size_t)(_binary_core_author_paper_css_end - _binary_core_author_paper_css_start));
    put_margins(blank);
    vb_buf_puts(out, "</style>\n</head>\n<body>\n");
}

void vb_paper_form(struct vb_buf *out, const struct vb_plan *plan, const struct vb_paper_wish *wish)
{
    struct vb_blank blank = vb_blank_begin(out, plan, wish);
    int count;
    struct vb_paper_entry *entries = vb_paper_entries(&blank, &count);
    put_page_head(&blank);
    put_head(&blank);
    vb_buf_puts(out, "<main>\n");
    put_opening(&blank);
    put_entries(&blank, entries, count);
    put_footer(&blank); /* within main: browsers keep it with the last question only there */
    vb_buf_puts(out, "</main>\n</body>\n</html>\n");
    free(entries);
    vb_blank_finish(&blank);
}
