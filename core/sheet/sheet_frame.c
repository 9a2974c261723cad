/* sheet_frame.c - what stands around the talk: the head, and the footer that says what this is. */
#include "sheet/sheet_view.h"

#include "base/clock.h"
#include "base/str.h"

/* -- head ------------------------------------------------------------------------------------- */

/* "21 november 2026", UTC like the result's own time. */
static void date_words(struct vb_buf *out, const struct vb_sheet_words *words, int64_t wall_ms)
{
    char text[VB_TIME_SIZE];
    vb_time_format(wall_ms, text);
    vb_sheet_words_date(out, words, text);
}

void vb_frame_person(struct vb_buf *out, const struct vb_sheet_view *view, int respondent)
{
    const struct vb_respondent *person = &view->result->respondents[respondent];
    vb_view_name(out, view, respondent, false);
    if (person->label != NULL)
        vb_buf_printf(out, " (%s)", vb_sheet_words_role(view->words, person->role));
    if (!person->shared)
        vb_buf_printf(out, ": %s", view->words->missing);
}

bool vb_frame_ends(const struct vb_sheet_view *view, const char **left, const char **right)
{
    const struct vb_plan *plan = view->result->plan;
    if (view->result->format < 0 || view->result->format >= plan->format_count ||
        vb_view_shows_nothing(view))
        return false;
    const struct vb_answers *answers = &plan->formats[view->result->format].answers;
    if (answers->count < 2)
        return false;
    *left = answers->options[0].text.by_language[view->language];
    *right = answers->options[answers->count - 1].text.by_language[view->language];
    return true;
}

const char *vb_frame_kind(const struct vb_sheet_view *view)
{
    const struct vb_plan *plan = view->result->plan;
    return plan->card == NULL       ? view->words->title
           : plan->campaign != NULL ? view->words->title_team
                                    : view->words->title_talk;
}

void vb_frame_title(struct vb_buf *out, const struct vb_sheet_view *view)
{
    const struct vb_result *result = view->result;
    vb_buf_puts(out, result->plan->title.by_language[view->language]);
    if (result->variant >= 0)
        vb_buf_printf(out, " · %s",
                      result->plan->variants[result->variant].title.by_language[view->language]);
}

void vb_frame_when(struct vb_buf *out, const struct vb_sheet_view *view)
{
    const struct vb_result *result = view->result;
    date_words(out, view->words, result->released_wall_ms);
    vb_buf_puts(out, " · ");
    vb_buf_printf(out, vb_streq(result->wave, "t0") ? view->words->first_wave : view->words->wave,
                  result->wave);
    vb_buf_printf(out, " · %s %s", view->words->round, result->round);
    if (result->revision > 1)
        vb_buf_printf(out, " · %s %d", view->words->revision, result->revision);
}

/* -- footer ----------------------------------------------------------------------------------- */

/* The source stands in one language: English, where the instrument has it. */
static bool has_english(const struct vb_plan *plan)
{
    return vb_starts_with(plan->languages[vb_plan_language(plan, "en")], "en");
}

/* One set of questions: the instrument's own, or those of an include. */
struct origin {
    const char *id, *version, *licence, *source, *basis;
    enum vb_status status; /* in the sheet's language */
    const struct vb_text *notice;
};

static void put_notice(const struct vb_sheet_view *view, const struct vb_text *notice)
{
    struct vb_buf line = { 0 };
    if (notice == NULL)
        return;
    vb_view_fill(&line, view, view->language, notice->by_language[view->language], NULL);
    view->face->foot_line(view, 0, line.data);
    vb_buf_finish(&line);
}

static void what_it_is(const struct vb_sheet_view *view, const struct origin *origin)
{
    const struct vb_plan *plan = view->result->plan;
    const struct vb_sheet_words *words = view->words;
    struct vb_buf line = { 0 };
    vb_buf_puts(&line,
                vb_streq(origin->basis, "licensed") ? words->licensed : words->own_questions);
    vb_buf_printf(&line, ", %s; %s",
                  origin->status == VB_DRAFT      ? words->draft
                  : origin->status == VB_REVIEWED ? words->reviewed
                                                  : words->tested,
                  words->no_test);
    view->face->foot_line(view, 0, line.data);
    if (vb_streq(origin->basis, "inspired-by"))
        view->face->foot_line(view, 0, words->inspired);
    put_notice(view, origin->notice);
    vb_buf_clear(&line);
    vb_buf_printf(&line, "%s: %s", has_english(plan) ? words->source_english : words->source,
                  origin->source == NULL ? "-" : origin->source);
    view->face->foot_line(view, 2, line.data);
    vb_buf_clear(&line);
    vb_buf_printf(&line, "%s %s", origin->id, origin->version);
    if (origin->licence != NULL)
        vb_buf_printf(&line, " · %s", origin->licence);
    vb_buf_printf(&line, " · %s %s: %s", words->texts, plan->languages[view->language],
                  words->status[origin->status]);
    view->face->foot_line(view, 2, line.data);
    vb_buf_finish(&line);
}

static void origins(const struct vb_sheet_view *view)
{
    const struct vb_plan *plan = view->result->plan;
    struct origin own = { plan->id,     plan->version, plan->licence,
                          plan->source, plan->basis,   plan->status[view->language],
                          plan->notice };
    what_it_is(view, &own);
    for (int i = 0; i < plan->include_count; i++) {
        const struct vb_include *include = &plan->includes[i];
        struct origin origin = { include->name,   include->version, include->licence,
                                 include->source, include->basis,   include->status[view->language],
                                 include->notice };
        if ((view->result->includes >> i & 1) == 0)
            continue;
        view->face->foot_line(view, 0, NULL);
        what_it_is(view, &origin);
    }
    if (view->result->includes != 0)
        view->face->foot_line(view, 0, NULL);
}

/* How many of this person's questions were answered; about a member each counts once a member. */
static void count_answers(const struct vb_sheet_view *view, const struct vb_part *part_of,
                          int *answered, int *asked)
{
    for (int i = 0; part_of->values != NULL && i < view->result->plan->item_count; i++) {
        const struct vb_item *item = &view->result->plan->items[i];
        if (!vb_view_may_show(view, item) || part_of->values[i].type == VB_VALUE_NONE)
            continue;
        *answered += vb_value_given(&part_of->values[i]);
        ++*asked;
    }
}

static void filled_in_by(const struct vb_sheet_view *view, int respondent)
{
    const struct vb_respondent *person = &view->result->respondents[respondent];
    struct vb_buf line = { 0 };
    view->face->letter(&line, view, respondent);
    vb_buf_puts(&line, ": ");
    if (!person->shared) {
        vb_buf_puts(&line, view->words->missing);
    } else {
        int answered = 0, asked = 0, language = vb_view_language(view, respondent);
        count_answers(view, &person->own, &answered, &asked);
        for (int i = 0; i < person->about_count; i++)
            count_answers(view, &person->about[i], &answered, &asked);
        const struct vb_plan *plan = view->result->plan;
        vb_sheet_words_how(&line, view->words, person->mode, person->helper);
        vb_buf_printf(&line, ", %s (%s)", plan->languages[language],
                      view->words->status[plan->status[language]]);
        vb_buf_puts(&line, asked > 0 ? ", " : "");
        if (asked > 0)
            vb_buf_printf(&line, view->words->filled_in, answered, asked);
    }
    view->face->foot_line(view, 3, line.data);
    vb_buf_finish(&line);
}

void vb_sheet_footer(const struct vb_sheet_view *view)
{
    view->face->foot(view, view->result->plan->id);
    origins(view);
    for (int i = 0; i < view->result->respondent_count; i++)
        filled_in_by(view, i);
}
