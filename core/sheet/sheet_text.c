/* sheet_text.c - the order of the sheet: what goes well first, friction last, then what was written
 * and agreed, then the rest. docs/explanation/sheet.md says why. */
#include "sheet/sheet.h"

#include <stdlib.h>

#include "base/str.h"
#include "sheet/sheet_view.h"

/* -- parts of two voices ---------------------------------------------------------------------- */

static void part(const struct vb_sheet_view *view, int number, const char *text)
{
    struct vb_buf line = { 0 };
    if (number > 0)
        vb_buf_printf(&line, "%d · ", number);
    vb_buf_puts(&line, text);
    vb_page_blank(&view->page);
    vb_page_rule(&view->page, line.data);
    vb_buf_finish(&line);
}

/* Somebody whose role is not asked an item does not stand with it. */
static bool is_asked(const struct vb_sheet_view *view, int respondent, const struct vb_item *item)
{
    return item->text[view->result->respondents[respondent].role_index] != NULL;
}

static void both_voices(const struct vb_sheet_view *view, const struct vb_item *item)
{
    vb_view_item_head(view, item);
    for (int i = 0; i < view->result->respondent_count; i++)
        if (is_asked(view, i, item))
            vb_view_voice(view, item, i, true);
    view->told[item->index] = true;
}

/* A part that lists items; an empty one asks instead, with a line to write on. */
static void agreed(const struct vb_sheet_view *view, int number, const int *items, int count,
                   const char *heading, const char *nothing, const char *otherwise)
{
    part(view, number, count > 0 ? heading : nothing);
    for (int i = 0; i < count; i++)
        both_voices(view, &view->result->plan->items[items[i]]);
    if (count > 0)
        return;
    vb_page_text(&view->page, 2, 0, otherwise);
    vb_page_write_on(&view->page, 2, NULL);
}

static void topic(const struct vb_sheet_view *view)
{
    struct vb_buf heading = { 0 };
    vb_view_phrase(&heading, view, view->words->topic, NULL, NULL);
    part(view, 2, heading.data);
    if (view->result->talk.record.topic != NULL)
        vb_page_text(&view->page, 2, 0, view->result->talk.record.topic);
    else
        vb_page_write_on(&view->page, 2, NULL);
    vb_buf_finish(&heading);
}

static const struct vb_comparison *comparison_of(const struct vb_result *result, int item)
{
    for (int i = 0; i < result->comparison_count; i++)
        if (result->comparisons[i].item == item && result->comparisons[i].about < 0)
            return &result->comparisons[i];
    return NULL;
}

/* Does the worker's own answer lie on the "yes, I do" half? */
static bool says_to_do_it(const struct vb_sheet_view *view, const struct vb_item *item, int worker)
{
    int64_t min, max, number;
    return vb_item_range(view->result->plan, item, view->result->format, &min, &max) &&
           vb_item_number(view->result->plan, item, vb_view_value(view, worker, item), &number) &&
           (item->reverse ? 2 * number < min + max : 2 * number > min + max);
}

/* The words of the relation, under an item that client and worker see differently. */
static void relation_words(const struct vb_sheet_view *view, const struct vb_item *item)
{
    int worker = vb_view_role(view, "professional"), client = vb_view_role(view, "client");
    const struct vb_comparison *comparison = comparison_of(view->result, item->index);
    if (worker < 0 || client < 0 || comparison == NULL)
        return;
    struct vb_buf line = { 0 }, x = { 0 }, y = { 0 };
    vb_view_answer(&x, view, item, worker);
    vb_view_answer(&y, view, item, client);
    if (item->relation == VB_ESTIMATE)
        vb_view_phrase(&line, view, view->words->estimate, x.data, y.data);
    else if (item->relation == VB_ACT)
        vb_view_phrase(&line, view,
                       says_to_do_it(view, item, worker) ? view->words->act : view->words->act_low,
                       NULL, NULL);
    if (line.data != NULL)
        vb_page_text(&view->page, 4, 0, line.data);
    vb_buf_finish(&line);
    vb_buf_finish(&x);
    vb_buf_finish(&y);
}

static bool anything_compared(const struct vb_result *result)
{
    for (int i = 0; i < result->comparison_count; i++)
        if (result->comparisons[i].item >= 0 && result->comparisons[i].given)
            return true;
    return result->talk.well_count + result->talk.differ_count + result->talk.better_count > 0;
}

static void differ(const struct vb_sheet_view *view)
{
    const struct vb_talk *talk = &view->result->talk;
    if (!anything_compared(view->result)) {
        part(view, 3, view->words->nothing_differs);
        vb_page_text(&view->page, 2, 0, view->words->what_differs);
        vb_page_write_on(&view->page, 2, NULL);
        return;
    }
    part(view, 3, view->words->differ);
    for (int i = 0; i < talk->differ_count; i++) {
        both_voices(view, &view->result->plan->items[talk->differ[i]]);
        relation_words(view, &view->result->plan->items[talk->differ[i]]);
    }
    if (talk->differ_count == 0)
        vb_page_text(&view->page, 2, 0, view->words->no_differ);
}

/* -- friction --------------------------------------------------------------------------------- */

static bool anybody_gave(const struct vb_sheet_view *view, const struct vb_item *item)
{
    for (int i = 0; i < view->result->respondent_count; i++)
        if (vb_value_given(vb_view_value(view, i, item)))
            return true;
    return false;
}

/* The worker speaks first; two answers, no line to measure between them. */
static void friction_item(const struct vb_sheet_view *view, const struct vb_item *item)
{
    int worker = vb_view_role(view, "professional");
    vb_view_item_head(view, item);
    if (worker >= 0 && is_asked(view, worker, item))
        vb_view_voice(view, item, worker, false);
    for (int i = 0; i < view->result->respondent_count; i++)
        if (i != worker && is_asked(view, i, item))
            vb_view_voice(view, item, i, false);
    view->told[item->index] = true;
}

/* False: there is none, and the part is left out. */
static bool friction(const struct vb_sheet_view *view, int number)
{
    const struct vb_plan *plan = view->result->plan;
    const struct vb_talk *talk = &view->result->talk;
    bool any = talk->friction_count > 0;
    for (int i = 0; i < plan->item_count; i++)
        any = any || (plan->items[i].negative && vb_view_may_show(view, &plan->items[i]) &&
                      anybody_gave(view, &plan->items[i]));
    if (!any)
        return false;
    struct vb_buf how = { 0 };
    part(view, number, view->words->friction);
    if (vb_view_role(view, "professional") >= 0) {
        vb_view_phrase(&how, view, view->words->friction_how, NULL, NULL);
        vb_page_text(&view->page, 2, 0, how.data);
    }
    for (int i = 0; i < talk->friction_count; i++)
        friction_item(view, &plan->items[talk->friction[i]]);
    for (int i = 0; i < plan->item_count; i++)
        if (plan->items[i].negative && !view->told[i] && vb_view_may_show(view, &plan->items[i]) &&
            anybody_gave(view, &plan->items[i]))
            friction_item(view, &plan->items[i]);
    vb_buf_finish(&how);
    return true;
}

/* -- own words, agreements -------------------------------------------------------------------- */

static void put_column(struct vb_buf *out, const struct vb_sheet_view *view,
                       const struct vb_item *item, int respondent)
{
    vb_buf_printf(out, "%c ", vb_view_letter(view, respondent));
    vb_view_answer(out, view, item, respondent);
}

/* On less, two texts stand under each other. */
enum { BESIDE_COLUMNS = 64 };

static void open_item(const struct vb_sheet_view *view, const struct vb_item *item)
{
    int asked = 0, first = -1, second = -1;
    for (int i = 0; i < view->result->respondent_count; i++)
        if (is_asked(view, i, item) && view->result->respondents[i].shared) {
            second = asked++ == 1 ? i : second;
            first = first < 0 ? i : first;
        }
    view->told[item->index] = true;
    if (!anybody_gave(view, item))
        return;
    vb_view_item_head(view, item);
    if (asked == 2 && view->page.columns >= BESIDE_COLUMNS) {
        struct vb_buf left = { 0 }, right = { 0 };
        put_column(&left, view, item, first);
        put_column(&right, view, item, second);
        vb_page_columns(&view->page, 4, left.data, right.data);
        vb_buf_finish(&left);
        vb_buf_finish(&right);
        return;
    }
    for (int i = 0; i < view->result->respondent_count; i++)
        if (is_asked(view, i, item) && view->result->respondents[i].shared)
            vb_view_voice(view, item, i, false);
}

static void joint_answers(const struct vb_sheet_view *view)
{
    const struct vb_talk *talk = &view->result->talk;
    for (int i = 0; i < talk->together_count; i++) {
        const struct vb_item *item = &view->result->plan->items[talk->together[i]];
        struct vb_buf words = { 0 };
        if (i == 0)
            vb_page_text(&view->page, 0, 0, view->words->together);
        vb_view_item_head(view, item);
        vb_answer_words(&words, view->result, view->words, view->language, item,
                        &talk->together_values[i]);
        vb_page_text(&view->page, 4, 0, words.data == NULL ? "" : words.data);
        vb_buf_finish(&words);
    }
}

static void own_words(const struct vb_sheet_view *view, int number)
{
    part(view, number, view->words->open);
    for (int i = 0; i < view->result->plan->item_count; i++) {
        const struct vb_item *item = &view->result->plan->items[i];
        if (vb_answer_is_open(item) && !item->per_member && vb_view_may_show(view, item))
            open_item(view, item);
    }
    joint_answers(view);
    vb_sheet_agreements(view);
}

/* -- the rest --------------------------------------------------------------------------------- */

/* Only what somebody answered: an unanswered question is never something to talk about. */
static void rest(const struct vb_sheet_view *view)
{
    bool begun = false;
    for (int i = 0; i < view->result->plan->item_count; i++) {
        const struct vb_item *item = &view->result->plan->items[i];
        if (view->told[i] || item->per_member || !vb_view_may_show(view, item) ||
            !anybody_gave(view, item))
            continue;
        if (!begun)
            part(view, 0, view->words->rest);
        begun = true;
        both_voices(view, item);
    }
}

static void prompts(const struct vb_sheet_view *view)
{
    const struct vb_plan *plan = view->result->plan;
    if (plan->talk_prompt_count > 0)
        part(view, 0, view->words->prompts);
    for (int i = 0; i < plan->talk_prompt_count; i++) {
        struct vb_buf text = { 0 };
        vb_buf_puts(&text, "- ");
        vb_view_fill(&text, view, view->language, plan->talk_prompts[i].by_language[view->language],
                     NULL);
        vb_page_text(&view->page, 2, 2, text.data);
        vb_buf_finish(&text);
    }
}

enum { SCORE_COLUMNS = 25 };

static void score_lines(const struct vb_sheet_view *view, int scale)
{
    for (int i = 0; i < view->result->respondent_count; i++) {
        const struct vb_respondent *person = &view->result->respondents[i];
        const struct vb_score *score =
            person->own.scores == NULL ? NULL : &person->own.scores[scale];
        if (score == NULL || !score->any)
            continue;
        struct vb_buf first = { 0 };
        vb_buf_printf(&first, "    %c  ", vb_view_letter(view, i));
        vb_answer_score(&first, score, SCORE_COLUMNS, vb_view_marks(view, i)->full);
        const char *note = !person->shared ? view->words->missing
                           : !score->given ? view->words->too_few
                                           : "";
        vb_buf_puts(&first, note[0] == '\0' ? "" : "  ");
        vb_page_after(&view->page, first.data, 9 + SCORE_COLUMNS, note);
        vb_buf_finish(&first);
    }
}

/* Where everybody stands on each scale; a scale of friction has no place here. */
static void overview(const struct vb_sheet_view *view)
{
    const struct vb_plan *plan = view->result->plan;
    bool begun = false;
    for (int s = 0; s < plan->scale_count; s++) {
        const struct vb_scale *scale = &plan->scales[s];
        bool any = false;
        for (int i = 0; i < view->result->respondent_count; i++) {
            const struct vb_score *scores = view->result->respondents[i].own.scores;
            any = any || (scores != NULL && scores[s].any && scores[s].answered > 0);
        }
        if (!any || scale->negative || scale->hidden != VB_PRIVATE_NONE)
            continue;
        if (!begun)
            part(view, 0, view->words->overview);
        begun = true;
        vb_page_text(&view->page, 2, 0, scale->title.by_language[view->language]);
        score_lines(view, s);
    }
}

/* -- the sheet -------------------------------------------------------------------------------- */

static void two_voices(struct vb_sheet_view *view)
{
    const struct vb_talk *talk = &view->result->talk;
    const struct vb_sheet_words *words = view->words;
    view->has_topic = true;
    vb_sheet_head(view, words->what_two);
    vb_sheet_last(view);
    agreed(view, 1, talk->well, talk->well_count, words->well, words->nothing_well, words->no_well);
    topic(view);
    differ(view);
    agreed(view, 4, talk->better, talk->better_count, words->better, words->nothing_better,
           words->no_better);
    own_words(view, friction(view, 5) ? 6 : 5);
    rest(view);
}

/* One voice, or only one that shared: the answers in the instrument's order, friction last. */
static void one_voice(const struct vb_sheet_view *view)
{
    const struct vb_plan *plan = view->result->plan;
    vb_sheet_head(view, view->words->what_one);
    vb_sheet_last(view);
    part(view, 0, view->words->answers);
    for (int negative = 0; negative < 2; negative++)
        for (int i = 0; i < plan->item_count; i++) {
            const struct vb_item *item = &plan->items[i];
            if (item->negative != (negative == 1) || vb_answer_is_open(item) || item->per_member ||
                !vb_view_may_show(view, item) || !anybody_gave(view, item))
                continue;
            vb_view_item_head(view, item);
            for (int r = 0; r < view->result->respondent_count; r++)
                if (view->result->respondents[r].shared)
                    vb_view_voice(view, item, r, negative == 0);
        }
    own_words(view, 0);
}

static void several_voices(const struct vb_sheet_view *view)
{
    vb_sheet_head(view, view->words->what_many);
    vb_sheet_last(view);
    vb_sheet_family(view);
    vb_sheet_members(view);
    friction(view, 0);
    own_words(view, 0);
    /* What belongs to a scale stands in its table; the rest is what belongs to none. */
    for (int i = 0; i < view->result->plan->item_count; i++)
        view->told[i] = view->told[i] || view->result->plan->items[i].scale >= 0;
    rest(view);
}

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
        .page = { .out = out, .colour = options->colour, .columns = columns_of(options->columns) },
        .result = result,
        .for_role = options->for_role,
        .reader = options->for_role == NULL ? -1 : vb_plan_role(result->plan, options->for_role),
        .told = vb_alloc((size_t)result->plan->item_count * sizeof(bool)),
    };
    const char *language = options->language;
    int reader = options->for_role == NULL ? 0 : vb_view_role(&view, options->for_role);
    if (language == NULL && reader >= 0 && reader < result->respondent_count)
        language = result->respondents[reader].language;
    view.language = vb_plan_language(result->plan, language == NULL ? "" : language);
    view.words = vb_sheet_words_of(result->plan->languages[view.language]);

    int shared = 0;
    for (int i = 0; i < result->respondent_count; i++)
        shared += result->respondents[i].shared;
    bool family = result->plan->roster_max > 0 || result->respondent_count > 2;
    if (family)
        several_voices(&view);
    else if (shared == 2)
        two_voices(&view);
    else
        one_voice(&view);
    prompts(&view);
    if (!family)
        overview(&view);
    vb_sheet_worker(&view);
    vb_sheet_footer(&view);
    free(view.told);
}
