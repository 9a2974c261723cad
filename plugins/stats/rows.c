/* The rows of a file (cell.h). */
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "result.h"

struct walk {
    const struct stats_table *table;
    bool (*visit)(void *ctx, const struct stats_row *row);
    void *ctx;
    struct stats_row row;
};

static const cJSON *role_of(const struct walk *walk, const char *key)
{
    const cJSON *one;
    size_t len = (size_t)(strrchr(key, ' ') - key);
    cJSON_ArrayForEach(one, result_of(walk->table->plan->instrument, "respondents"))
    {
        const char *name = result_text(one, "role");
        if (strlen(name) == len && memcmp(name, key, len) == 0)
            return one;
    }
    return NULL;
}

/* A row for each person, and one for each member that the person answered about. */
static bool visit_long(struct walk *walk, const cJSON *people)
{
    const cJSON *person, *about;
    cJSON_ArrayForEach(person, people)
    {
        walk->row.parts[0] = (struct stats_part){ role_of(walk, person->string), person, person,
                                                  person->string, NULL };
        if (!walk->visit(walk->ctx, &walk->row))
            return false;
        cJSON_ArrayForEach(about, result_of(person, "about"))
        {
            walk->row.parts[0].part = about;
            walk->row.parts[0].about_key = about->string;
            if (!walk->visit(walk->ctx, &walk->row))
                return false;
        }
    }
    return true;
}

static bool visit_wide(struct walk *walk, const cJSON *people)
{
    for (size_t i = 0; i < walk->table->slot_count; i++) {
        const struct stats_slot *slot = &walk->table->slots[i];
        const cJSON *person = result_of(people, slot->key);
        walk->row.parts[i] = (struct stats_part){
            .role = slot->role,
            .person = person,
            .part =
                slot->is_about ? result_of(result_of(person, "about"), slot->about_key) : person,
            .key = slot->key,
            .about_key = slot->is_about ? slot->about_key : NULL,
        };
    }
    return walk->visit(walk->ctx, &walk->row);
}

static bool visit_round(struct walk *walk, const cJSON *content)
{
    const cJSON *people = result_of(content, "people");
    if (cJSON_GetArraySize(people) == 0)
        return true;
    walk->row.content = content;
    walk->row.round_no++;
    return walk->table->plan->wide ? visit_wide(walk, people) : visit_long(walk, people);
}

bool stats_rows(const struct stats_table *table, const struct shelf_view *view,
                bool (*visit)(void *ctx, const struct stats_row *row), void *ctx, bool *no_memory)
{
    struct walk walk = { .table = table, .visit = visit, .ctx = ctx };
    bool done = true;
    walk.row.parts = calloc(table->slot_count + 1, sizeof *walk.row.parts);
    *no_memory = walk.row.parts == NULL;
    for (size_t i = 0; done && !*no_memory && i < view->count; i++) {
        cJSON *content = cJSON_Parse(view->rounds[i].content);
        cJSON *ids = table->plan->ids ? cJSON_Parse(view->rounds[i].ids) : NULL;
        *no_memory = content == NULL || (table->plan->ids && ids == NULL);
        walk.row.ids = ids;
        done = *no_memory || visit_round(&walk, content);
        cJSON_Delete(content);
        cJSON_Delete(ids);
    }
    free(walk.row.parts);
    return done && !*no_memory;
}
