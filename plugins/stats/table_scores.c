/* The variables of scales and totals. */
#include <string.h>

#include "labels.h"
#include "result.h"
#include "table_inner.h"
#include "words.h"

static const struct {
    const char *tail;
    enum stats_word word;
    enum stats_form form;
} figures[FIGURE_COUNT] = {
    [FIGURE_SUM] = { "_sum", WORD_SUM, FORM_DECIMAL },
    [FIGURE_ANSWERED] = { "_n", WORD_ANSWERED, FORM_WHOLE },
    [FIGURE_OF] = { "_of", WORD_OF, FORM_WHOLE },
    [FIGURE_MEAN] = { "_mean", WORD_MEAN, FORM_DECIMAL },
    [FIGURE_POMP] = { "_pomp", WORD_POMP, FORM_DECIMAL },
    [FIGURE_PRORATED] = { "_pror", WORD_PRORATED, FORM_WHOLE },
};

static bool has_role(const cJSON *scale, const char *role)
{
    const cJSON *one;
    cJSON_ArrayForEach(one, result_of(scale, "roles"))
    {
        if (strcmp(cJSON_GetStringValue(one), role) == 0)
            return true;
    }
    return false;
}

static bool is_of_slot(const struct stats_table *table, const cJSON *scale, int slot)
{
    if (table->slots == NULL)
        return true;
    const struct stats_slot *in = &table->slots[slot];
    bool about = result_text(scale, "about") != NULL;
    return has_role(scale, result_text(in->role, "role")) &&
           (in->is_about ? about : !about || cJSON_IsTrue(result_of(in->role, "roster")));
}

void table_add_scores(struct stats_table *table, const struct table_bases *bases, int slot)
{
    const cJSON *entry;
    size_t at = bases->scales;
    cJSON_ArrayForEach(entry, result_of(table->plan->instrument, "scales"))
    {
        const char *base = bases->names[at++];
        for (int i = 0; i < FIGURE_COUNT && is_of_slot(table, entry, slot); i++) {
            const struct naming naming = { base, figures[i].tail,
                                           stats_text(table->plan, result_of(entry, "title")),
                                           stats_word(table->plan->lang, figures[i].word), NULL };
            bool yesno = i == FIGURE_PRORATED;
            table_add(table, &naming,
                      (struct stats_variable){ .source = SOURCE_SCALE,
                                               .form = figures[i].form,
                                               .measure = yesno ? MEASURE_NOMINAL : MEASURE_SCALE,
                                               .entry = entry,
                                               .part = i,
                                               .slot = slot,
                                               .labels = yesno ? table_no_yes(table, 0)
                                                               : STATS_NO_LABELS });
        }
    }
    at = bases->totals;
    cJSON_ArrayForEach(entry, result_of(table->plan->instrument, "totals"))
    {
        const struct naming naming = { bases->names[at++], "_tot",
                                       stats_text(table->plan, result_of(entry, "title")),
                                       stats_word(table->plan->lang, WORD_TOTAL), NULL };
        if (table->slots != NULL && table->slots[slot].is_about)
            continue;
        table_add(table, &naming,
                  (struct stats_variable){ .source = SOURCE_TOTAL,
                                           .form = FORM_DECIMAL,
                                           .measure = MEASURE_SCALE,
                                           .entry = entry,
                                           .slot = slot,
                                           .labels = STATS_NO_LABELS });
    }
}
