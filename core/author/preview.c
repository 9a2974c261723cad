#include "author/preview.h"

#include <stdlib.h>
#include <string.h>

#include "author/paper_inner.h"
#include "kinds/kind.h"
#include "session/opening.h"

enum { WIDTH = 78, INDENT = 6 };

/* -- lines ------------------------------------------------------------------------------------ */

/* Wrapped, after indent spaces; an empty line stays empty. */
static void put_lines(struct vb_buf *out, int indent, const char *text)
{
    struct vb_buf lines = { 0 };
    vb_text_wrap(&lines, text, WIDTH - indent, 0, 0);
    for (const char *at = lines.data; at != NULL && *at != '\0';) {
        size_t len = strcspn(at, "\n");
        for (int i = 0; i < indent && len > 0; i++)
            vb_buf_putc(out, ' ');
        vb_buf_put(out, at, len);
        vb_buf_putc(out, '\n');
        at += len + (at[len] == '\n');
    }
    vb_buf_finish(&lines);
}

static void put_text(const struct vb_blank *blank, const struct vb_text *text)
{
    struct vb_buf filled = { 0 };
    if (text == NULL)
        return;
    vb_text_fill(&filled, &blank->naming, text->by_language[blank->wish->language]);
    put_lines(blank->out, INDENT, filled.data == NULL ? "" : filled.data);
    vb_buf_finish(&filled);
}

static void put_heading(struct vb_buf *out, const char *words)
{
    vb_buf_printf(out, "── %s ", words);
    for (int i = vb_text_width(words, strlen(words)) + 4; i < WIDTH; i++)
        vb_buf_puts(out, "─");
    vb_buf_puts(out, "\n\n");
}

static void put_when(const struct vb_blank *blank, const struct vb_cond *cond)
{
    struct vb_buf words = { 0 };
    if (cond == NULL)
        return;
    vb_blank_when(&words, blank, cond);
    put_lines(blank->out, INDENT, words.data);
    vb_buf_finish(&words);
}

/* -- answers ---------------------------------------------------------------------------------- */

/* Each answer on a line of its own, with what is stored in brackets. */
static void put_options(const struct vb_blank *blank, const struct vb_answers *answers)
{
    for (int i = 0; answers != NULL && i < answers->count; i++) {
        const struct vb_option *option = &answers->options[i];
        struct vb_buf line = { 0 };
        if (option->id != NULL)
            vb_buf_printf(&line, "( ) [%s] ", option->id);
        else
            vb_buf_printf(&line, "( ) [%lld] ", (long long)option->value);
        vb_text_fill(&line, &blank->naming, option->text.by_language[blank->wish->language]);
        put_lines(blank->out, INDENT + 2, line.data);
        vb_buf_finish(&line);
    }
}

static void put_ends(const struct vb_blank *blank, const struct vb_item *item)
{
    struct vb_buf line = { 0 };
    int language = blank->wish->language;
    vb_buf_puts(&line, item->left == NULL ? "" : item->left->by_language[language]);
    vb_buf_puts(&line, " [0] ├────────────────────┤ [1000] ");
    vb_buf_puts(&line, item->right == NULL ? "" : item->right->by_language[language]);
    put_lines(blank->out, INDENT + 2, line.data);
    vb_buf_finish(&line);
}

static void put_choice(const struct vb_blank *blank, const char *words)
{
    struct vb_buf line = { 0 };
    vb_buf_printf(&line, "( ) %s", words);
    put_lines(blank->out, INDENT + 2, line.data);
    vb_buf_finish(&line);
}

static void put_answers(const struct vb_blank *blank, const struct vb_item *item)
{
    const struct vb_answers *answers = vb_item_answers(blank->plan, item, blank->wish->format);
    if (item->kind == VB_VAS) {
        put_ends(blank, item);
    } else if (item->kind == VB_YESNO) {
        put_choice(blank, blank->words->yes);
        put_choice(blank, blank->words->no);
    } else if (answers != NULL) {
        put_options(blank, answers);
    } else {
        struct vb_buf line = { 0 };
        vb_buf_printf(&line, "[%s]", vb_kind_name(item->kind));
        put_lines(blank->out, INDENT + 2, line.data);
        vb_buf_finish(&line);
    }
}

/* -- screens ---------------------------------------------------------------------------------- */

static void put_question(const struct vb_blank *blank, const struct vb_item *item, int last_scale)
{
    const struct vb_plan *plan = blank->plan;
    struct vb_buf head = { 0 };
    vb_buf_printf(&head, "%4d  %s (%s%s%s)", blank->numbers[item->index], item->id,
                  vb_kind_name(item->kind), item->per_member ? ", of each member" : "",
                  item->required ? ", needs an answer" : "");
    vb_buf_printf(blank->out, "%s\n", head.data);
    vb_buf_finish(&head);
    put_when(blank, item->when);
    if (item->scale >= 0 && item->scale != last_scale)
        put_text(blank, plan->scales[item->scale].intro);
    put_text(blank, item->intro);
    put_text(blank, item->text[blank->wish->role]);
    put_text(blank, item->help);
    put_answers(blank, item);
    vb_buf_putc(blank->out, '\n');
}

static void put_say(const struct vb_blank *blank, const struct vb_step *step)
{
    put_when(blank, step->when);
    put_text(blank, step->text);
    vb_buf_putc(blank->out, '\n');
}

static void put_opening(const struct vb_blank *blank)
{
    struct vb_buf words = { 0 };
    bool missing = false;
    const struct vb_role *role = &blank->plan->roles[blank->wish->role];
    vb_opening_write(&words, &blank->naming, role->name, NULL, &missing);
    put_lines(blank->out, INDENT, words.data);
    vb_buf_putc(blank->out, '\n');
    vb_buf_finish(&words);
}

static void put_entries(const struct vb_blank *blank, const struct vb_paper_entry *entries,
                        int count)
{
    int last_scale = -1;
    bool together = false;
    for (int i = 0; i < count; i++) {
        if (entries[i].item < 0) {
            put_say(blank, entries[i].say);
            continue;
        }
        const struct vb_item *item = &blank->plan->items[entries[i].item];
        if (item->stage == VB_TOGETHER && !together)
            put_heading(blank->out, blank->words->together);
        together = item->stage == VB_TOGETHER;
        put_question(blank, item, last_scale);
        last_scale = item->scale;
    }
}

void vb_preview(struct vb_buf *out, const struct vb_plan *plan, const struct vb_paper_wish *wish)
{
    struct vb_blank blank = vb_blank_begin(out, plan, wish);
    int count;
    struct vb_paper_entry *entries = vb_paper_entries(&blank, &count);
    put_heading(out, plan->roles[wish->role].name);
    put_opening(&blank);
    put_entries(&blank, entries, count);
    free(entries);
    vb_blank_finish(&blank);
}
