#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "labels.h"
#include "result.h"
#include "table_inner.h"

const char *const stats_figure_names[FIGURE_COUNT] = { "sum",  "answered", "of",
                                                       "mean", "pomp",     "prorated" };

int stats_reason(const char *word)
{
    static const char *const reasons[STATS_REASONS - 1] = {
        "not_shown", "skipped", "dont_know", "rather_not_say", "held", "withdrawn", "not_filled_in"
    };
    for (int i = 0; i < STATS_REASONS - 1; i++)
        if (strcmp(reasons[i], word) == 0)
            return i;
    return STATS_REASONS - 1;
}

/* -- one variable ------------------------------------------------------------------------------ */

static char *label_of(const struct stats_table *table, const struct naming *naming, int slot)
{
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    if (out == NULL)
        return NULL;
    if (slot != STATS_NO_SLOT && table->slots != NULL)
        fprintf(out, "%s: ", table->slots[slot].who);
    if (naming->before != NULL)
        fprintf(out, "%s: ", naming->before);
    fputs(naming->text, out);
    if (naming->behind != NULL)
        fprintf(out, " (%s)", naming->behind);
    fclose(out);
    return text;
}

/* Room for one more; it is written to even when there is no memory. */
static struct stats_variable *next(struct stats_table *table)
{
    static struct stats_variable nowhere;
    if (table->count == table->cap) {
        size_t cap = table->cap * 2 + 64;
        struct stats_variable *more = realloc(table->variables, cap * sizeof *more);
        if (more == NULL) {
            table->failed = true;
            return &nowhere;
        }
        table->variables = more;
        table->cap = cap;
    }
    return &table->variables[table->count];
}

void table_add(struct stats_table *table, const struct naming *naming,
               struct stats_variable variable)
{
    char wanted[4 * STATS_NAME_MAX];
    struct stats_variable *room = next(table);
    const char *suffix = variable.slot != STATS_NO_SLOT && table->slots != NULL
                             ? table->slots[variable.slot].suffix
                             : "";
    snprintf(wanted, sizeof wanted, "%s%s%s", naming->base, naming->tail, suffix);
    variable.label = label_of(table, naming, variable.slot);
    if (variable.labels != STATS_NO_LABELS && !table->failed)
        variable.code = table->labels[variable.labels].code;
    if (variable.label == NULL ||
        !stats_names_take(&table->names, wanted, STATS_NAME_MAX, variable.name))
        table->failed = true;
    if (table->failed)
        free(variable.label);
    else {
        *room = variable;
        table->count++;
    }
}

/* -- heads ------------------------------------------------------------------------------------- */

enum where { OF_ROUND = 1, OF_PERSON = 2, LONG_ONLY = 4, WITH_IDS = 8 };
static const struct {
    const char *name;
    enum stats_word word;
    enum stats_form form;
    int where;
} heads[] = {
    [HEAD_ROUND_NO] = { "round_no", WORD_ROUND_NO, FORM_WHOLE, OF_ROUND },
    [HEAD_ROUND_ID] = { "round_id", WORD_ROUND_ID, FORM_TEXT, OF_ROUND | WITH_IDS },
    [HEAD_CASE_ID] = { "case_id", WORD_CASE_ID, FORM_TEXT, OF_ROUND | WITH_IDS },
    [HEAD_RELEASED] = { "released", WORD_RELEASED, FORM_MOMENT, OF_ROUND | WITH_IDS },
    [HEAD_WAVE] = { "wave", WORD_WAVE, FORM_TEXT, OF_ROUND },
    [HEAD_SIMULATED] = { "simulated", WORD_SIMULATED, FORM_WHOLE, OF_ROUND },
    [HEAD_VERSION] = { "version", WORD_VERSION, FORM_TEXT, OF_ROUND },
    [HEAD_FORMAT] = { "format", WORD_FORMAT, FORM_TEXT, OF_ROUND },
    [HEAD_FORM] = { "form", WORD_FORM, FORM_TEXT, OF_ROUND },
    [HEAD_VARIANT] = { "variant", WORD_VARIANT, FORM_TEXT, OF_ROUND },
    [HEAD_ROLE] = { "role", WORD_ROLE, FORM_WHOLE, LONG_ONLY },
    [HEAD_PERSON_NO] = { "person_no", WORD_PERSON_NO, FORM_WHOLE, LONG_ONLY },
    [HEAD_ABOUT_ROLE] = { "about_role", WORD_ABOUT_ROLE, FORM_WHOLE, LONG_ONLY },
    [HEAD_ABOUT_NO] = { "about_no", WORD_ABOUT_NO, FORM_WHOLE, LONG_ONLY },
    [HEAD_PERSON_ID] = { "person_id", WORD_PERSON_ID, FORM_TEXT, OF_PERSON | WITH_IDS },
    [HEAD_ABOUT_ID] = { "about_id", WORD_ABOUT_ID, FORM_TEXT, LONG_ONLY | WITH_IDS },
    [HEAD_SHARED] = { "shared", WORD_SHARED, FORM_WHOLE, OF_PERSON },
    [HEAD_LANGUAGE] = { "language", WORD_LANGUAGE, FORM_TEXT, OF_PERSON },
    [HEAD_MODE] = { "mode", WORD_MODE, FORM_TEXT, OF_PERSON },
};

int table_no_yes(struct stats_table *table, int code)
{
    struct stats_labels list = { 0 };
    labels_word(table, &list, 0, WORD_NO);
    labels_word(table, &list, 1, WORD_YES);
    if (code != 0)
        labels_reasons(table, &list, code);
    return labels_keep(table, &list);
}

static int roles(struct stats_table *table)
{
    struct stats_labels list = { 0 };
    const cJSON *one;
    int number = 0;
    cJSON_ArrayForEach(one, result_of(table->plan->instrument, "respondents"))
        labels_add(table, &list, ++number, result_text(one, "role"));
    labels_word(table, &list, 0, WORD_OTHER_MEMBER);
    return labels_keep(table, &list);
}

static void add_heads(struct stats_table *table, int where, int slot)
{
    for (int i = 0; i < (int)(sizeof heads / sizeof *heads); i++) {
        if ((heads[i].where & where) == 0 || ((heads[i].where & WITH_IDS) && !table->plan->ids))
            continue;
        int labels = STATS_NO_LABELS;
        if (i == HEAD_SIMULATED || i == HEAD_SHARED)
            labels = table_no_yes(table, 0);
        if (i == HEAD_ROLE || i == HEAD_ABOUT_ROLE)
            labels = roles(table);
        const struct naming naming = { .base = heads[i].name,
                                       .tail = "",
                                       .text = stats_word(table->plan->lang, heads[i].word) };
        table_add(table, &naming,
                  (struct stats_variable){
                      .source = SOURCE_HEAD,
                      .form = heads[i].form,
                      .measure = heads[i].form == FORM_MOMENT ? MEASURE_SCALE : MEASURE_NOMINAL,
                      .part = i,
                      .slot = slot,
                      .labels = labels });
    }
}

/* -- all of them ------------------------------------------------------------------------------- */

/* The names of everything, before any of it is put down: they are the same in every file of this
 * instrument. False: no memory. */
static bool name_all(const struct stats_plan *plan, struct table_bases *bases)
{
    static const char *const parts[] = { "items", "scales", "totals" };
    const cJSON *entry;
    struct stats_names taken = { 0 };
    size_t most = STATS_NAME_MAX - stats_suffix_most(plan->instrument) - TABLE_TAIL_MAX, count = 0;
    bool done = true;
    for (int i = 0; i < 3; i++)
        count += (size_t)cJSON_GetArraySize(result_of(plan->instrument, parts[i]));
    bases->names = calloc(count + 1, sizeof *bases->names);
    if (bases->names == NULL)
        return false;
    count = 0;
    for (int i = 0; i < 3; i++) {
        *(i == 0 ? &bases->items : i == 1 ? &bases->scales : &bases->totals) = count;
        cJSON_ArrayForEach(entry, result_of(plan->instrument, parts[i]))
        {
            struct stats_names *registry = i == 0 ? &taken : &bases->of_scores;
            done = done && stats_names_take(registry, result_text(entry, "id"), most,
                                            bases->names[count++]);
        }
    }
    stats_names_free(&taken);
    stats_names_free(&bases->of_scores);
    return done;
}

static void add_slot(struct stats_table *table, const struct table_bases *bases, int slot)
{
    const bool about = table->slots != NULL && slot != STATS_NO_SLOT && table->slots[slot].is_about;
    if (table->slots != NULL && slot != STATS_NO_SLOT && !about)
        add_heads(table, OF_PERSON, slot);
    table_add_items(table, bases, slot);
    if (slot != STATS_NO_SLOT)
        table_add_scores(table, bases, slot);
}

static void add_all(struct stats_table *table, const struct table_bases *bases)
{
    add_heads(table, OF_ROUND, STATS_NO_SLOT);
    if (table->plan->wide) {
        for (size_t i = 0; i < table->slot_count; i++)
            add_slot(table, bases, (int)i);
    } else {
        add_heads(table, OF_PERSON | LONG_ONLY, 0);
        add_slot(table, bases, 0);
    }
    add_slot(table, bases, STATS_NO_SLOT);
}

struct stats_table *stats_table_create(const struct stats_plan *plan)
{
    struct table_bases bases = { 0 };
    struct stats_table *table = calloc(1, sizeof *table);
    if (table == NULL)
        return NULL;
    table->plan = plan;
    if (plan->wide)
        table->slots = stats_slots(plan->instrument, &plan->crowd, &table->slot_count);
    table->failed = (plan->wide && table->slots == NULL) || !name_all(plan, &bases);
    if (!table->failed)
        add_all(table, &bases);
    free(bases.names);
    if (!table->failed)
        return table;
    stats_table_destroy(table);
    return NULL;
}

void stats_table_destroy(struct stats_table *table)
{
    if (table == NULL)
        return;
    for (size_t i = 0; i < table->count; i++)
        free(table->variables[i].label);
    for (size_t i = 0; i < table->label_count; i++)
        labels_free(&table->labels[i]);
    stats_names_free(&table->names);
    free(table->variables);
    free(table->labels);
    free(table->slots);
    free(table);
}
