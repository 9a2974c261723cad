/* The variables of items, by kind. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "labels.h"
#include "result.h"
#include "table_inner.h"
#include "words.h"

struct adding { /* one item */
    struct stats_table *table;
    const char *base;
    char *wording;
    struct stats_variable like; /* what its variables have in common */
    int code;                   /* of its reasons */
};

static bool is_true(const cJSON *object, const char *name)
{
    return cJSON_IsTrue(result_of(object, name));
}

/* -- who is asked ------------------------------------------------------------------------------ */

static bool is_of_round(const cJSON *item)
{
    const char *stage = result_text(item, "stage");
    return stage != NULL && strcmp(stage, "together") == 0;
}

/* A member answers once, of itself, what others answer about it. */
static bool is_of_slot(const struct stats_table *table, const cJSON *item, int slot)
{
    if (slot == STATS_NO_SLOT || is_of_round(item))
        return slot == STATS_NO_SLOT && is_of_round(item);
    if (table->slots == NULL)
        return true;
    const struct stats_slot *in = &table->slots[slot];
    bool about = result_text(item, "about") != NULL;
    return stats_is_asked(item, result_text(in->role, "role")) &&
           (in->is_about ? about : !about || is_true(in->role, "roster"));
}

/* The one wording that a role has, or each role's own. */
static char *wording(const struct stats_table *table, const cJSON *item, int slot)
{
    const cJSON *texts = result_of(item, "text"), *words;
    const char *first = NULL;
    char *text = NULL;
    size_t len;
    bool same = true;
    if (slot != STATS_NO_SLOT && table->slots != NULL) {
        const char *role = result_text(table->slots[slot].role, "role");
        return strdup(stats_text(table->plan, result_of(texts, role)));
    }
    cJSON_ArrayForEach(words, texts)
    {
        const char *one = stats_text(table->plan, words);
        same = same && (first == NULL || strcmp(first, one) == 0);
        first = first == NULL ? one : first;
    }
    if (same)
        return strdup(first == NULL ? "" : first);
    FILE *out = open_memstream(&text, &len);
    if (out == NULL)
        return NULL;
    cJSON_ArrayForEach(words, texts) fprintf(out, "%s%s: %s", words == texts->child ? "" : " | ",
                                             words->string, stats_text(table->plan, words));
    fclose(out);
    return text;
}

/* -- parts ------------------------------------------------------------------------------------- */

static void put(const struct adding *adding, const char *tail, const char *before,
                const char *behind, struct stats_variable variable)
{
    const struct naming naming = { adding->base, tail, before, adding->wording, behind };
    variable.entry = adding->like.entry;
    variable.answers = adding->like.answers;
    variable.slot = adding->like.slot;
    table_add(adding->table, &naming, variable);
}

static const char *word(const struct adding *adding, enum stats_word which)
{
    return stats_word(adding->table->plan->lang, which);
}

static void put_number(const struct adding *adding, enum stats_form form,
                       enum stats_measure measure, struct stats_labels *labels)
{
    labels_reasons(adding->table, labels, adding->code);
    put(adding, "", NULL, NULL,
        (struct stats_variable){ .source = SOURCE_ITEM,
                                 .form = form,
                                 .measure = measure,
                                 .labels = labels_keep(adding->table, labels) });
}

static void put_text(const struct adding *adding, const char *tail, const char *behind,
                     enum stats_source source)
{
    put(adding, tail, NULL, behind,
        (struct stats_variable){ .source = source,
                                 .form = FORM_TEXT,
                                 .measure = MEASURE_NOMINAL,
                                 .labels = STATS_NO_LABELS });
}

/* Text has no room for a reason: it stands beside it. */
static void put_why(const struct adding *adding)
{
    struct stats_labels labels = { 0 };
    labels_word(adding->table, &labels, 0, WORD_ANSWERED_IT);
    labels_reasons(adding->table, &labels, STATS_CODE);
    labels.code = 0; /* it is the value here */
    put(adding, "_m", NULL, word(adding, WORD_WHY),
        (struct stats_variable){ .source = SOURCE_WHY,
                                 .form = FORM_WHOLE,
                                 .measure = MEASURE_NOMINAL,
                                 .labels = labels_keep(adding->table, &labels) });
}

static void put_scored(const struct adding *adding, enum stats_form form,
                       enum stats_measure measure)
{
    struct stats_labels labels = { 0 };
    labels_reasons(adding->table, &labels, adding->code);
    put(adding, "_s", NULL, word(adding, WORD_REVERSED),
        (struct stats_variable){ .source = SOURCE_SCORED,
                                 .form = form,
                                 .measure = measure,
                                 .labels = labels_keep(adding->table, &labels) });
}

/* -- kinds ------------------------------------------------------------------------------------- */

static void put_ordinal(const struct adding *adding)
{
    struct stats_labels labels = { 0 };
    const cJSON *answer;
    cJSON_ArrayForEach(answer, adding->like.answers)
        labels_add(adding->table, &labels, cJSON_GetNumberValue(result_of(answer, "value")),
                   stats_text(adding->table->plan, result_of(answer, "text")));
    put_number(adding, FORM_WHOLE, MEASURE_ORDINAL, &labels);
}

static void put_line(const struct adding *adding)
{
    struct stats_labels labels = { 0 };
    const cJSON *item = adding->like.entry;
    const struct stats_plan *plan = adding->table->plan;
    labels_add(adding->table, &labels, 0, stats_text(plan, result_of(item, "left")));
    labels_add(adding->table, &labels, 1000, stats_text(plan, result_of(item, "right")));
    put_number(adding, FORM_WHOLE, MEASURE_SCALE, &labels);
}

static void put_one_of(const struct adding *adding)
{
    struct stats_labels labels = { 0 };
    const cJSON *answer;
    int number = 0;
    cJSON_ArrayForEach(answer, adding->like.answers)
        labels_add(adding->table, &labels, ++number,
                   stats_text(adding->table->plan, result_of(answer, "text")));
    labels_word(adding->table, &labels, number + 1, WORD_OTHER);
    put_number(adding, FORM_WHOLE, MEASURE_NOMINAL, &labels);
    put_text(adding, "_o", word(adding, WORD_OWN_WORDS), SOURCE_OWN);
}

static void put_some_of(const struct adding *adding)
{
    char tail[16];
    int number = 0;
    const cJSON *answer;
    cJSON_ArrayForEach(answer, adding->like.answers)
    {
        snprintf(tail, sizeof tail, "_%d", number + 1);
        put(adding, tail, stats_text(adding->table->plan, result_of(answer, "text")), NULL,
            (struct stats_variable){ .source = SOURCE_OPTION,
                                     .form = FORM_WHOLE,
                                     .measure = MEASURE_NOMINAL,
                                     .part = number++,
                                     .labels = table_no_yes(adding->table, adding->code) });
    }
    put_text(adding, "_o", word(adding, WORD_OWN_WORDS), SOURCE_OWN);
    if (number == 0)
        put_why(adding);
}

static void put_places(const struct adding *adding)
{
    char tail[16];
    int number = 0;
    const cJSON *token;
    cJSON_ArrayForEach(token, adding->like.answers)
    {
        for (int axis = 0; axis < 2; axis++) {
            struct stats_labels labels = { 0 };
            labels_reasons(adding->table, &labels, adding->code);
            snprintf(tail, sizeof tail, "_%d%c", number + 1, axis == 0 ? 'x' : 'y');
            put(adding, tail, stats_text(adding->table->plan, result_of(token, "text")),
                axis == 0 ? "x" : "y",
                (struct stats_variable){ .source = SOURCE_TOKEN,
                                         .form = FORM_WHOLE,
                                         .measure = MEASURE_SCALE,
                                         .part = 2 * number + axis,
                                         .labels = labels_keep(adding->table, &labels) });
        }
        number++;
    }
}

/* How it was answered; the picture itself is not in the file. */
static void put_made(const struct adding *adding)
{
    struct stats_labels labels = { 0 };
    for (int i = 0; i < 4; i++)
        labels_word(adding->table, &labels, i + 1, WORD_PICTURE + (enum stats_word)i);
    put_number(adding, FORM_WHOLE, MEASURE_NOMINAL, &labels);
    put_text(adding, "_o", word(adding, WORD_WORDS), SOURCE_OWN);
}

/* Below everything that may be answered, or a value that nothing comes near. */
static int code_of(const struct adding *adding)
{
    const cJSON *item = adding->like.entry, *answer;
    const char *kind = result_text(item, "kind");
    double least = 0;
    if (strcmp(kind, "number") == 0)
        return cJSON_IsNumber(result_of(item, "min")) &&
                       cJSON_GetNumberValue(result_of(item, "min")) > STATS_CODE
                   ? STATS_CODE
                   : STATS_CODE_LOW;
    cJSON_ArrayForEach(answer, adding->like.answers)
    {
        const cJSON *value = result_of(answer, "value"), *score = result_of(answer, "score");
        if (cJSON_IsNumber(value) && value->valuedouble < least)
            least = value->valuedouble;
        if (cJSON_IsNumber(score) && score->valuedouble < least)
            least = score->valuedouble;
    }
    return least > STATS_CODE ? STATS_CODE : STATS_CODE_LOW;
}

static bool has_scores(const struct adding *adding)
{
    const cJSON *answer;
    cJSON_ArrayForEach(answer, adding->like.answers)
    {
        if (cJSON_IsNumber(result_of(answer, "score")))
            return true;
    }
    return false;
}

/* Raw is not what counts: reversed, or a word that has a number. */
static bool is_scored_apart(const struct adding *adding, const char *kind)
{
    const cJSON *item = adding->like.entry;
    if (!is_true(item, "scored"))
        return false;
    bool choice = strcmp(kind, "choice") == 0;
    return choice ? has_scores(adding) : is_true(item, "reverse");
}

static void put_item(const struct adding *adding)
{
    struct stats_labels labels = { 0 };
    const cJSON *item = adding->like.entry, *most = result_of(item, "max");
    const char *kind = result_text(item, "kind");
    bool several = cJSON_IsNumber(most) && most->valuedouble > 1;
    enum stats_form form = FORM_WHOLE;
    enum stats_measure scored = MEASURE_ORDINAL;
    if (strcmp(kind, "likert") == 0 || strcmp(kind, "faces") == 0) {
        put_ordinal(adding);
    } else if (strcmp(kind, "vas") == 0) {
        scored = MEASURE_SCALE;
        put_line(adding);
    } else if (strcmp(kind, "yesno") == 0) {
        labels_word(adding->table, &labels, 0, WORD_NO);
        labels_word(adding->table, &labels, 1, WORD_YES);
        put_number(adding, FORM_WHOLE, MEASURE_NOMINAL, &labels);
    } else if (strcmp(kind, "number") == 0) {
        form = FORM_DECIMAL;
        scored = MEASURE_SCALE;
        put_number(adding, form, MEASURE_SCALE, &labels);
    } else if (strcmp(kind, "date") == 0) {
        put_number(adding, FORM_DAY, MEASURE_SCALE, &labels);
    } else if (strcmp(kind, "choice") == 0 && !several) {
        put_one_of(adding);
    } else if (strcmp(kind, "choice") == 0 || strcmp(kind, "words") == 0) {
        put_some_of(adding);
        return;
    } else if (strcmp(kind, "triangle") == 0) {
        put_places(adding);
    } else if (strcmp(kind, "draw") == 0 || strcmp(kind, "photo") == 0 ||
               strcmp(kind, "collage") == 0) {
        put_made(adding);
    } else { /* text, and what a later version may bring: as JSON */
        put_text(adding, "", NULL, SOURCE_ITEM);
        put_why(adding);
    }
    if (is_scored_apart(adding, kind))
        put_scored(adding, form, scored);
}

void table_add_items(struct stats_table *table, const struct table_bases *bases, int slot)
{
    const cJSON *item;
    size_t at = bases->items;
    cJSON_ArrayForEach(item, result_of(table->plan->instrument, "items"))
    {
        struct adding adding = {
            .table = table,
            .base = bases->names[at++],
            .like = { .entry = item, .answers = stats_answers(table->plan, item), .slot = slot },
        };
        if (!is_of_slot(table, item, slot))
            continue;
        adding.code = code_of(&adding);
        adding.wording = wording(table, item, slot);
        if (adding.wording == NULL)
            table->failed = true;
        else
            put_item(&adding);
        free(adding.wording);
    }
}
