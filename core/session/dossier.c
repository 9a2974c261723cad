/* dossier.c - what of a result may go into a dossier that others keep: nothing that was said in
 * somebody's own words or drawn, and nothing of friction. Pure. */
#include <string.h>

#include "base/str.h"
#include "session/compare.h"

/* Own words may stand in it, it shows something that was made or placed, or it is about friction.
 */
static bool is_for_the_talk_alone(const struct vb_item *item)
{
    return item->negative || item->hidden != VB_PRIVATE_NONE || item->own || item->other ||
           item->kind == VB_TEXT || vb_kind_is_made(item->kind);
}

static struct vb_part without(const struct vb_plan *plan, const struct vb_part *part,
                              struct vb_arena *arena)
{
    struct vb_part out = *part;
    if (part->values != NULL) {
        size_t size = sizeof *part->values * (size_t)plan->item_count;
        struct vb_value *values = vb_arena_alloc(arena, size);
        memcpy(values, part->values, size);
        for (int i = 0; i < plan->item_count; i++)
            if (is_for_the_talk_alone(&plan->items[i]))
                values[i] = (struct vb_value){ 0 };
        out.values = values;
    }
    if (part->scores != NULL && plan->scale_count > 0) {
        size_t size = sizeof *part->scores * (size_t)plan->scale_count;
        struct vb_score *scores = vb_arena_alloc(arena, size);
        memcpy(scores, part->scores, size);
        for (int i = 0; i < plan->scale_count; i++)
            if (plan->scales[i].negative)
                scores[i] = (struct vb_score){ 0 };
        out.scores = scores;
    }
    return out;
}

static void take_from_respondents(struct vb_result *result, struct vb_arena *arena)
{
    struct vb_respondent *list =
        vb_arena_alloc(arena, sizeof *list * (size_t)(result->respondent_count + 1));
    for (int i = 0; i < result->respondent_count; i++) {
        const struct vb_respondent *from = &result->respondents[i];
        struct vb_part *about =
            vb_arena_alloc(arena, sizeof *about * (size_t)(from->about_count + 1));
        list[i] = *from;
        list[i].own = without(result->plan, &from->own, arena);
        for (int j = 0; j < from->about_count; j++)
            about[j] = without(result->plan, &from->about[j], arena);
        list[i].about = about;
        list[i].for_worker = NULL;
        list[i].for_worker_count = 0;
    }
    result->respondents = list;
}

static void take_from_comparisons(struct vb_result *result, struct vb_arena *arena)
{
    struct vb_comparison *list =
        vb_arena_alloc(arena, sizeof *list * (size_t)(result->comparison_count + 1));
    int stay = 0;
    for (int i = 0; i < result->comparison_count; i++) {
        const struct vb_comparison *comparison = &result->comparisons[i];
        if (comparison->item >= 0 ? !is_for_the_talk_alone(&result->plan->items[comparison->item])
                                  : !result->plan->scales[comparison->scale].negative)
            list[stay++] = *comparison;
    }
    result->comparisons = list;
    result->comparison_count = stay;
}

static bool is_respondent(const struct vb_result *result, const char *person)
{
    for (int i = 0; i < result->respondent_count; i++)
        if (person != NULL && vb_streq(result->respondents[i].person, person))
            return true;
    return false;
}

void vb_result_about_those_there(struct vb_result *result, struct vb_arena *arena)
{
    struct vb_respondent *list =
        vb_arena_alloc(arena, sizeof *list * (size_t)(result->respondent_count + 1));
    struct vb_comparison *compared =
        vb_arena_alloc(arena, sizeof *compared * (size_t)(result->comparison_count + 1));
    int stay = 0;
    for (int i = 0; i < result->respondent_count; i++) {
        const struct vb_respondent *from = &result->respondents[i];
        struct vb_part *about =
            vb_arena_alloc(arena, sizeof *about * (size_t)(from->about_count + 1));
        list[i] = *from;
        list[i].about = about;
        list[i].about_count = 0;
        for (int j = 0; j < from->about_count; j++)
            if (is_respondent(result, from->about[j].member))
                about[list[i].about_count++] = from->about[j];
    }
    for (int i = 0; i < result->comparison_count; i++) {
        int about = result->comparisons[i].about;
        if (about < 0 || is_respondent(result, result->roster[about].person))
            compared[stay++] = result->comparisons[i];
    }
    result->respondents = list;
    result->comparisons = compared;
    result->comparison_count = stay;
}

void vb_result_for_dossier(struct vb_result *result, struct vb_arena *arena)
{
    take_from_respondents(result, arena);
    take_from_comparisons(result, arena);
    result->talk.friction_count = 0;
    result->talk.together_count = 0;
    result->talk.record = (struct vb_talk_record){ 0 };
    result->talk.last = NULL;
}
