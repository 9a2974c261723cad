#include "labels.h"

#include <stdlib.h>
#include <string.h>

void labels_add(struct stats_table *table, struct stats_labels *list, double value,
                const char *text)
{
    struct stats_label *more = realloc(list->list, (list->count + 1) * sizeof *more);
    char *own = strdup(text);
    if (more != NULL)
        list->list = more;
    if (more == NULL || own == NULL) {
        free(own);
        table->failed = true;
        return;
    }
    list->list[list->count++] = (struct stats_label){ value, own };
}

void labels_word(struct stats_table *table, struct stats_labels *list, double value,
                 enum stats_word word)
{
    labels_add(table, list, value, stats_word(table->plan->lang, word));
}

void labels_reasons(struct stats_table *table, struct stats_labels *list, int code)
{
    for (int i = 0; i < STATS_REASONS; i++)
        if (table->plan->crowd.reasons || i == STATS_NOT_FILLED_IN)
            labels_word(table, list, code - i, WORD_NOT_SHOWN + (enum stats_word)i);
    list->code = code;
}

static bool is_same(const struct stats_labels *a, const struct stats_labels *b)
{
    if (a->count != b->count || a->code != b->code)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->list[i].value != b->list[i].value || strcmp(a->list[i].text, b->list[i].text) != 0)
            return false;
    return true;
}

int labels_keep(struct stats_table *table, struct stats_labels *list)
{
    for (size_t i = 0; i < table->label_count; i++) {
        if (is_same(&table->labels[i], list)) {
            labels_free(list);
            return (int)i;
        }
    }
    struct stats_labels *more =
        realloc(table->labels, (table->label_count + 1) * sizeof *table->labels);
    if (more == NULL) {
        labels_free(list);
        table->failed = true;
        return STATS_NO_LABELS;
    }
    table->labels = more;
    table->labels[table->label_count] = *list;
    return (int)table->label_count++;
}

void labels_free(struct stats_labels *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->list[i].text);
    free(list->list);
    *list = (struct stats_labels){ 0 };
}
