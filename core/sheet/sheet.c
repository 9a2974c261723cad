/* sheet.c - what stands on the sheet, and in which order: what goes well first, friction last, then
 * what was written and agreed, then the rest. docs/explanation/sheet.md says why. How it looks is
 * up to the face. */
#include "sheet/sheet.h"

#include <stdlib.h>

#include "base/str.h"
#include "sheet/sheet_view.h"

/* -- items ------------------------------------------------------------------------------------ */

/* Somebody whose role is not asked an item does not stand with it. */
static bool is_asked(const struct vb_sheet_view *view, int respondent, const struct vb_item *item)
{
    return item->text[view->result->respondents[respondent].role_index] != NULL;
}

static bool anybody_gave(const struct vb_sheet_view *view, const struct vb_item *item)
{
    for (int i = 0; i < view->result->respondent_count; i++)
        if (vb_value_given(vb_view_value(view, i, item)))
            return true;
    return false;
}

/* How an item is said, and by whom. */
struct saying {
    enum vb_said_how how;
    int first;        /* respondent who speaks first; -1: in their own order */
    bool asked_only;  /* who is asked it */
    bool shared_only; /* who shared */
    const char *note;
};

static void say(const struct vb_sheet_view *view, const struct vb_item *item, struct saying saying)
{
    int count = 0, *voices = vb_alloc((size_t)view->result->respondent_count * sizeof *voices + 1);
    for (int turn = saying.first < 0 ? 1 : 0; turn < 2; turn++)
        for (int i = 0; i < view->result->respondent_count; i++)
            if ((i == saying.first) == (turn == 0) &&
                (!saying.asked_only || is_asked(view, i, item)) &&
                (!saying.shared_only || view->result->respondents[i].shared))
                voices[count++] = i;
    struct vb_said_item said = { item, voices, count, saying.how, saying.note };
    view->face->item(view, &said);
    free(voices);
}

static void both_voices(const struct vb_sheet_view *view, const struct vb_item *item,
                        const char *note)
{
    say(view, item, (struct saying){ VB_SAID_PLACED, -1, true, false, note });
    view->told[item->index] = true;
}

/* What to talk about, of two voices or of more. */
struct points {
    const int *well, *differ, *better; /* item indexes, in talking order */
    int well_count, differ_count, better_count;
    bool any; /* something was set off against something */
};

/* -- parts of two voices ---------------------------------------------------------------------- */

/* A part that lists items; an empty one asks instead, with a line to write on. */
static void agreed(const struct vb_sheet_view *view, int number, const int *items, int count,
                   const char *heading, const char *nothing, const char *otherwise)
{
    view->face->part(view, number, count > 0 ? heading : nothing);
    for (int i = 0; i < count; i++)
        both_voices(view, &view->result->plan->items[items[i]], NULL);
    if (count > 0)
        return;
    view->face->paragraph(view, otherwise);
    view->face->write_on(view, NULL);
}

static void topic(const struct vb_sheet_view *view, int number)
{
    struct vb_buf heading = { 0 };
    vb_view_phrase(&heading, view, view->words->topic, NULL, NULL);
    view->face->part(view, number, heading.data);
    if (view->result->talk.record.topic != NULL)
        view->face->paragraph(view, view->result->talk.record.topic);
    else
        view->face->write_on(view, NULL);
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

/* The words of the relation, for an item that client and worker see differently; or nothing. */
static void relation_words(struct vb_buf *out, const struct vb_sheet_view *view,
                           const struct vb_item *item)
{
    int worker = vb_view_role(view, "professional"), client = vb_view_role(view, "client");
    const struct vb_comparison *comparison = comparison_of(view->result, item->index);
    if (worker < 0 || client < 0 || comparison == NULL)
        return;
    struct vb_buf x = { 0 }, y = { 0 };
    vb_view_answer(&x, view, item, worker);
    vb_view_answer(&y, view, item, client);
    if (item->relation == VB_ESTIMATE)
        vb_view_phrase(out, view, view->words->estimate, x.data, y.data);
    else if (item->relation == VB_ACT)
        vb_view_phrase(out, view,
                       says_to_do_it(view, item, worker) ? view->words->act : view->words->act_low,
                       NULL, NULL);
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

static void differ(const struct vb_sheet_view *view, int number, const struct points *points)
{
    if (!points->any) {
        view->face->part(view, number, view->words->nothing_differs);
        view->face->paragraph(view, view->words->what_differs);
        view->face->write_on(view, NULL);
        return;
    }
    view->face->part(view, number, view->words->differ);
    for (int i = 0; i < points->differ_count; i++) {
        const struct vb_item *item = &view->result->plan->items[points->differ[i]];
        struct vb_buf words = { 0 };
        if (view->result->respondent_count == 2)
            relation_words(&words, view, item);
        both_voices(view, item, words.data);
        vb_buf_finish(&words);
    }
    if (points->differ_count == 0)
        view->face->paragraph(view, view->words->no_differ);
}

/* -- friction --------------------------------------------------------------------------------- */

/* The worker speaks first; two answers, no line to measure between them. */
static void friction_item(const struct vb_sheet_view *view, const struct vb_item *item)
{
    int worker = vb_view_role(view, "professional");
    say(view, item, (struct saying){ VB_SAID_PLAIN, worker, true, false, NULL });
    view->told[item->index] = true;
}

static bool is_friction(const struct vb_sheet_view *view, const struct vb_item *item)
{
    return item->negative && vb_view_may_show(view, item) && anybody_gave(view, item);
}

/* False: there is none, and the part is left out. */
static bool friction(const struct vb_sheet_view *view, int number)
{
    const struct vb_plan *plan = view->result->plan;
    const struct vb_talk *talk = &view->result->talk;
    bool any = talk->friction_count > 0;
    for (int i = 0; i < plan->item_count; i++)
        any = any || is_friction(view, &plan->items[i]);
    if (!any)
        return false;
    view->face->part(view, number, view->words->friction);
    if (vb_view_role(view, "professional") >= 0) {
        struct vb_buf how = { 0 };
        vb_view_phrase(&how, view, view->words->friction_how, NULL, NULL);
        view->face->paragraph(view, how.data);
        vb_buf_finish(&how);
    }
    for (int i = 0; i < talk->friction_count; i++)
        friction_item(view, &plan->items[talk->friction[i]]);
    for (int i = 0; i < plan->item_count; i++)
        if (!view->told[i] && is_friction(view, &plan->items[i]))
            friction_item(view, &plan->items[i]);
    return true;
}

/* -- own words, agreements -------------------------------------------------------------------- */

static void open_item(const struct vb_sheet_view *view, const struct vb_item *item)
{
    view->told[item->index] = true;
    if (anybody_gave(view, item))
        say(view, item, (struct saying){ VB_SAID_BESIDE, -1, true, true, NULL });
}

static void joint_answers(const struct vb_sheet_view *view)
{
    const struct vb_talk *talk = &view->result->talk;
    if (talk->together_count > 0)
        view->face->label(view, view->words->together);
    for (int i = 0; i < talk->together_count; i++)
        view->face->joint(view, &view->result->plan->items[talk->together[i]],
                          &talk->together_values[i]);
}

/* Filled in by one person for themselves, such as a card or a form of a study: nobody to agree
 * something with. */
static bool is_for_one(const struct vb_sheet_view *view)
{
    const struct vb_plan *plan = view->result->plan;
    return plan->role_count == 1 && plan->roles[0].max <= 1 && plan->roster_max == 0;
}

static bool has_own_words(const struct vb_sheet_view *view)
{
    const struct vb_plan *plan = view->result->plan;
    bool any = view->result->talk.together_count > 0;
    for (int i = 0; i < plan->item_count; i++)
        any |= vb_answer_is_open(&plan->items[i]) && vb_view_may_show(view, &plan->items[i]) &&
               anybody_gave(view, &plan->items[i]);
    return any;
}

static void own_words(const struct vb_sheet_view *view, int number)
{
    bool agree = !is_for_one(view) || vb_sheet_has_record(view);
    if (!agree && !has_own_words(view))
        return;
    view->face->part(view, number, agree ? view->words->open : view->words->own_words);
    for (int i = 0; i < view->result->plan->item_count; i++) {
        const struct vb_item *item = &view->result->plan->items[i];
        if (vb_answer_is_open(item) && !item->per_member && vb_view_may_show(view, item))
            open_item(view, item);
    }
    joint_answers(view);
    if (agree)
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
            view->face->part(view, 0, view->words->rest);
        begun = true;
        both_voices(view, item, NULL);
    }
}

static void prompts(const struct vb_sheet_view *view)
{
    const struct vb_plan *plan = view->result->plan;
    if (plan->talk_prompt_count > 0)
        view->face->part(view, 0, view->words->prompts);
    for (int i = 0; i < plan->talk_prompt_count; i++) {
        struct vb_buf text = { 0 };
        vb_buf_puts(&text, "");
        vb_view_fill(&text, view, view->language, plan->talk_prompts[i].by_language[view->language],
                     NULL);
        view->face->prompt(view, text.data);
        vb_buf_finish(&text);
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
            view->face->part(view, 0, view->words->overview);
        begun = true;
        view->face->scale(view, s);
    }
}

/* -- the sheet -------------------------------------------------------------------------------- */

/* The parts from what goes well to what was agreed. */
static void say_points(struct vb_sheet_view *view, const struct points *points, const char *well,
                       const char *better)
{
    const struct vb_sheet_words *words = view->words;
    bool client = vb_view_role(view, "client") >= 0;
    int number = 1;
    view->has_topic = client || view->result->respondent_count == 2;
    agreed(view, number++, points->well, points->well_count, well, words->nothing_well,
           words->no_well);
    if (view->has_topic)
        topic(view, number++);
    differ(view, number++, points);
    agreed(view, number++, points->better, points->better_count, better, words->nothing_better,
           words->no_better);
    number += friction(view, number);
    own_words(view, number);
    rest(view);
}

static void two_voices(struct vb_sheet_view *view)
{
    const struct vb_talk *talk = &view->result->talk;
    struct points points = { talk->well,
                             talk->differ,
                             talk->better,
                             talk->well_count,
                             talk->differ_count,
                             talk->better_count,
                             anything_compared(view->result) };
    view->face->head(view, view->words->what_two);
    vb_sheet_last(view);
    say_points(view, &points, view->words->well, view->words->better);
}

/* Closed answers side by side, in the instrument's order; false: there are none. */
static bool answers_beside(const struct vb_sheet_view *view, int number)
{
    const struct vb_plan *plan = view->result->plan;
    bool begun = false;
    for (int i = 0; i < plan->item_count; i++) {
        const struct vb_item *item = &plan->items[i];
        if (view->told[i] || item->negative || vb_answer_is_open(item) || item->per_member ||
            !vb_view_may_show(view, item) || !anybody_gave(view, item))
            continue;
        if (!begun)
            view->face->part(view, number, view->words->answers);
        begun = true;
        both_voices(view, item, NULL);
    }
    return begun;
}

/* Own words, drawings and places on free lines alone: nothing goes well or differs by a number, so
 * no part says so. The instrument decides that, not what was answered. */
static void two_tellings(struct vb_sheet_view *view)
{
    int number = 1;
    view->has_topic = true;
    view->face->head(view, view->words->what_two);
    vb_sheet_last(view);
    topic(view, number++);
    number += answers_beside(view, number);
    number += friction(view, number);
    own_words(view, number);
    rest(view);
}

/* One voice, or only one that shared: the answers in the instrument's order, friction last. */
static void one_voice(const struct vb_sheet_view *view)
{
    const struct vb_plan *plan = view->result->plan;
    bool begun = false;
    view->face->head(view, is_for_one(view) ? view->words->what_own : view->words->what_one);
    vb_sheet_last(view);
    for (int negative = 0; negative < 2; negative++)
        for (int i = 0; i < plan->item_count; i++) {
            const struct vb_item *item = &plan->items[i];
            if (item->negative != (negative == 1) || vb_answer_is_open(item) || item->per_member ||
                !vb_view_may_show(view, item) || !anybody_gave(view, item))
                continue;
            if (!begun)
                view->face->part(view, 0, view->words->answers);
            begun = true;
            enum vb_said_how how = negative == 0 ? VB_SAID_PLACED : VB_SAID_PLAIN;
            say(view, item, (struct saying){ how, -1, false, true, NULL });
        }
    own_words(view, 0);
}

/* Three or more without a roster, such as a client and two workers: as two voices. */
static void a_group(struct vb_sheet_view *view)
{
    size_t most = (size_t)view->result->plan->item_count + 1;
    int *well = vb_alloc(most * sizeof *well), *differ = vb_alloc(most * sizeof *differ),
        *better = vb_alloc(most * sizeof *better), *discuss = vb_alloc(most * sizeof *discuss);
    struct points points = { well,
                             differ,
                             better,
                             vb_group_points(view, VB_WELL, well),
                             vb_group_points(view, VB_DIFFER, differ),
                             vb_group_points(view, VB_BETTER, better),
                             vb_group_points(view, VB_DISCUSS, discuss) > 0 };
    points.any |= points.well_count + points.differ_count + points.better_count > 0;
    view->face->head(view, view->words->what_many);
    vb_sheet_last(view);
    say_points(view, &points, view->words->well_many, view->words->better_many);
    free(well);
    free(differ);
    free(better);
    free(discuss);
}

static void a_family(const struct vb_sheet_view *view)
{
    view->face->head(view, view->words->what_many);
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

void vb_sheet_begin(struct vb_sheet_view *view, const struct vb_result *result,
                    const struct vb_sheet_options *options)
{
    const char *language = options->language;
    view->result = result;
    view->for_role = options->for_role;
    view->reader = options->for_role == NULL ? -1 : vb_plan_role(result->plan, options->for_role);
    int reader = options->for_role == NULL ? 0 : vb_view_role(view, options->for_role);
    if (language == NULL && reader >= 0 && reader < result->respondent_count)
        language = result->respondents[reader].language;
    view->language = vb_plan_language(result->plan, language == NULL ? "" : language);
    view->words = vb_sheet_words_of(result->plan->languages[view->language]);
}

const char *vb_sheet_language(const struct vb_result *result,
                              const struct vb_sheet_options *options)
{
    struct vb_sheet_view view = { 0 };
    vb_sheet_begin(&view, result, options);
    return result->plan->languages[view.language];
}

void vb_sheet_say(struct vb_sheet_view *view)
{
    const struct vb_result *result = view->result;
    int shared = 0;
    bool family = result->plan->roster_max > 0 || result->roster_count > 0;
    view->told = vb_alloc((size_t)result->plan->item_count * sizeof(bool));
    for (int i = 0; i < result->respondent_count; i++)
        shared += result->respondents[i].shared;
    for (int i = 0; i < result->plan->item_count; i++)
        if (result->plan->items[i].by > 0) /* in which way somebody answers is no topic */
            view->told[result->plan->items[i].by - 1] = true;
    bool several = result->respondent_count > 2, points = vb_view_has_points(view);
    family |= several && !points;
    if (result->plan->card != NULL)
        vb_sheet_card(view);
    else if (vb_view_shows_nothing(view))
        view->face->head(view, view->words->what_none);
    else if (family)
        a_family(view);
    else if (several)
        a_group(view);
    else if (shared == 2 && points)
        two_voices(view);
    else if (shared == 2)
        two_tellings(view);
    else
        one_voice(view);
    prompts(view);
    if (!family && result->plan->card == NULL)
        overview(view);
    vb_sheet_worker(view);
    vb_sheet_footer(view);
    free(view->told);
    view->told = NULL;
}
