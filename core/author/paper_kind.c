/* Room for one answer, by kind. */
#include <stdlib.h>

#include "author/paper_inner.h"
#include "sheet/html.h"

enum { MEMBERS_SHOWN = 6, ACROSS = 5, LINES_OF_TEXT = 4, WORDS_SHOWN = 6 };

static const char roundel[] = "<i class=\"o\"></i>", box[] = "<i class=\"b\"></i>",
                  line[] = "<p class=\"line\"></p>\n";

bool vb_blank_per_member(const struct vb_blank *blank, const struct vb_item *item)
{
    /* Who is a member answers what is about a member once, of itself. */
    return item->per_member && !(item->about && blank->plan->roles[blank->wish->role].in_roster);
}

int vb_blank_members(const struct vb_blank *blank)
{
    int most = blank->plan->roster_max;
    return most < MEMBERS_SHOWN ? most : MEMBERS_SHOWN;
}

static void put_lines(const struct vb_blank *blank, int count)
{
    for (int i = 0; i < count; i++)
        vb_buf_puts(blank->out, line);
}

static void put_filled(const struct vb_blank *blank, const char *sentence, long long number)
{
    struct vb_buf what = { 0 }, text = { 0 };
    vb_buf_int(&what, number);
    vb_blank_fill(&text, sentence, what.data);
    vb_blank_say(blank, "p", "hint", text.data);
    vb_buf_finish(&what);
    vb_buf_finish(&text);
}

/* -- what is chosen -- */

static void put_choices(const struct vb_blank *blank, const struct vb_answers *answers,
                        const char *mark, bool across)
{
    struct vb_buf *out = blank->out;
    vb_buf_printf(out, "<ul class=\"%s\">", across ? "across" : "down");
    for (int i = 0; i < answers->count; i++) {
        vb_buf_printf(out, "<li>%s", mark);
        vb_blank_text(blank, "span", "", &answers->options[i].text);
        vb_buf_puts(out, "</li>");
    }
    vb_buf_puts(out, "</ul>\n");
}

static void put_yesno(const struct vb_blank *blank)
{
    const char *const words[] = { blank->words->yes, blank->words->no };
    vb_buf_puts(blank->out, "<ul class=\"across\">");
    for (int i = 0; i < 2; i++) {
        vb_buf_printf(blank->out, "<li>%s", roundel);
        vb_blank_say(blank, "span", "", words[i]);
        vb_buf_puts(blank->out, "</li>");
    }
    vb_buf_puts(blank->out, "</ul>\n");
}

static void put_choice(const struct vb_blank *blank, const struct vb_item *item)
{
    bool several = item->max > 1;
    if (several && item->max < item->answers->count)
        put_filled(blank, blank->words->at_most, (long long)item->max);
    put_choices(blank, item->answers, several ? box : roundel, false);
    if (item->other) {
        vb_buf_printf(blank->out, "<p class=\"other\">%s", several ? box : roundel);
        vb_blank_say(blank, "span", "", blank->words->something_else);
        vb_buf_puts(blank->out, "<i class=\"rest\"></i></p>\n");
    }
}

static void put_words(const struct vb_blank *blank, const struct vb_item *item)
{
    bool options = item->answers != NULL && item->answers->count > 0;
    put_filled(blank, blank->words->at_most, (long long)item->max);
    if (options)
        put_choices(blank, item->answers, box, false);
    if (item->own && options)
        vb_blank_say(blank, "p", "hint", blank->words->own_words);
    if (!item->own)
        return;
    vb_buf_puts(blank->out, "<div class=\"words\">");
    for (int i = 0; i < item->max && i < WORDS_SHOWN; i++)
        vb_buf_puts(blank->out, line);
    vb_buf_puts(blank->out, "</div>\n");
}

/* -- what is written -- */

/* Ten centimetres, so that a ruler gives the number that is entered. */
static void put_vas(const struct vb_blank *blank, const struct vb_item *item)
{
    vb_buf_puts(blank->out, "<div class=\"vas\"><i></i><div class=\"ends\">");
    if (item->left != NULL)
        vb_blank_text(blank, "span", "", item->left);
    if (item->right != NULL)
        vb_blank_text(blank, "span", "", item->right);
    vb_buf_puts(blank->out, "</div></div>\n");
}

static void put_number(const struct vb_blank *blank, const struct vb_item *item)
{
    struct vb_buf range = { 0 }, text = { 0 };
    vb_buf_puts(&range, "");
    if (item->has_min)
        vb_milli_write(&range, item->min);
    if (item->has_min && item->has_max)
        vb_buf_puts(&range, blank->words->to);
    if (item->has_max)
        vb_milli_write(&range, item->max);
    vb_buf_puts(blank->out, "<p class=\"number\"><i class=\"room\"></i>");
    if (item->has_min || item->has_max) {
        vb_blank_fill(&text,
                      !item->has_max   ? blank->words->from
                      : !item->has_min ? blank->words->up_to
                                       : blank->words->from_to,
                      range.data);
        vb_blank_say(blank, "span", "hint", text.data);
    }
    vb_buf_puts(blank->out, "</p>\n");
    vb_buf_finish(&range);
    vb_buf_finish(&text);
}

static void put_date(const struct vb_blank *blank)
{
    const char *const parts[] = { blank->words->day, blank->words->month, blank->words->year };
    vb_buf_puts(blank->out, "<p class=\"number\">");
    for (int i = 0; i < 3; i++) {
        vb_buf_printf(blank->out, "<i class=\"room%s\"></i>", i == 2 ? " wide" : "");
        vb_blank_say(blank, "span", "hint", parts[i]);
    }
    vb_buf_puts(blank->out, "</p>\n");
}

static void put_frame(const struct vb_blank *blank, const struct vb_item *item)
{
    const char *what = item->kind == VB_PHOTO      ? blank->words->photo
                       : item->kind == VB_COLLAGE  ? blank->words->collage
                       : item->kind == VB_TRIANGLE ? blank->words->triangle
                                                   : blank->words->draw;
    vb_blank_say(blank, "p", "hint", what);
    if (item->answers != NULL) {
        vb_buf_puts(blank->out, "<ul class=\"tokens\">");
        for (int i = 0; i < item->answers->count; i++)
            vb_blank_text(blank, "li", "", &item->answers->options[i].text);
        vb_buf_puts(blank->out, "</ul>\n");
    }
    vb_buf_printf(blank->out, "<div class=\"%s\"></div>\n",
                  item->kind == VB_TRIANGLE ? "frame plane" : "frame");
}

static void put_one(const struct vb_blank *blank, const struct vb_item *item)
{
    const struct vb_answers *answers = vb_item_answers(blank->plan, item, blank->wish->format);
    switch (item->kind) {
    case VB_LIKERT:
    case VB_FACES:
        put_choices(blank, answers, roundel, answers->count <= ACROSS);
        break;
    case VB_VAS:
        put_vas(blank, item);
        break;
    case VB_YESNO:
        put_yesno(blank);
        break;
    case VB_CHOICE:
        put_choice(blank, item);
        break;
    case VB_WORDS:
        put_words(blank, item);
        break;
    case VB_TEXT:
        put_lines(blank, item->max < 200 ? 2 : LINES_OF_TEXT);
        break;
    case VB_NUMBER:
        put_number(blank, item);
        break;
    case VB_DATE:
        put_date(blank);
        break;
    case VB_DRAW:
    case VB_PHOTO:
    case VB_COLLAGE:
    case VB_TRIANGLE:
        put_frame(blank, item);
        break;
    case VB_KIND_COUNT:
        break;
    }
}

/* -- once for each member -- */

/* A row a member, with a circle under each answer. */
static void put_table(const struct vb_blank *blank, const struct vb_answers *answers)
{
    struct vb_buf *out = blank->out;
    const char *const yesno[] = { blank->words->yes, blank->words->no };
    int count = answers == NULL ? 2 : answers->count;
    vb_buf_puts(out, "<table class=\"members\"><thead><tr>");
    vb_blank_say(blank, "th", "", blank->words->name);
    for (int i = 0; i < count; i++)
        if (answers == NULL)
            vb_blank_say(blank, "th", "", yesno[i]);
        else
            vb_blank_text(blank, "th", "", &answers->options[i].text);
    vb_buf_puts(out, "</tr></thead><tbody>\n");
    for (int row = 0; row < vb_blank_members(blank); row++) {
        vb_buf_puts(out, "<tr><td><p class=\"line\"></p></td>");
        for (int i = 0; i < count; i++)
            vb_buf_printf(out, "<td>%s</td>", roundel);
        vb_buf_puts(out, "</tr>\n");
    }
    vb_buf_puts(out, "</tbody></table>\n");
}

static void put_members(const struct vb_blank *blank, const struct vb_item *item)
{
    const struct vb_answers *answers = vb_item_answers(blank->plan, item, blank->wish->format);
    bool labelled = item->kind == VB_LIKERT || item->kind == VB_FACES ||
                    (item->kind == VB_CHOICE && item->max == 1 && !item->other);
    if (item->kind == VB_YESNO || (labelled && answers->count <= ACROSS + 2)) {
        put_table(blank, item->kind == VB_YESNO ? NULL : answers);
    } else {
        for (int row = 0; row < vb_blank_members(blank); row++) {
            vb_buf_puts(blank->out, "<div class=\"member\"><p class=\"other\">");
            vb_blank_say(blank, "span", "", blank->words->name);
            vb_buf_puts(blank->out, "<i class=\"rest\"></i></p>\n");
            if (item->kind == VB_TEXT)
                put_lines(blank, 2);
            else
                put_one(blank, item);
            vb_buf_puts(blank->out, "</div>\n");
        }
    }
    vb_blank_say(blank, "p", "hint", blank->words->leave_empty);
    if (blank->plan->roster_max > vb_blank_members(blank))
        vb_blank_say(blank, "p", "hint", blank->words->more_members);
}

void vb_blank_answer(const struct vb_blank *blank, const struct vb_item *item)
{
    if (vb_blank_per_member(blank, item))
        put_members(blank, item);
    else
        put_one(blank, item);
}
