/* What of an instrument the variables are made of (table.h). */
#include <stdlib.h>
#include <string.h>

#include "result.h"
#include "table.h"

const cJSON *stats_answers(const struct stats_plan *plan, const cJSON *item)
{
    const cJSON *list = NULL;
    if (cJSON_IsTrue(result_of(item, "by_format")) && plan->format != NULL)
        list = result_of(result_of(plan->instrument, "formats"), plan->format);
    return list != NULL ? list : result_of(item, "options");
}

bool stats_is_asked(const cJSON *item, const char *role)
{
    return role != NULL && result_of(result_of(item, "text"), role) != NULL;
}

const char *stats_text(const struct stats_plan *plan, const cJSON *texts)
{
    const cJSON *first = cJSON_GetArrayItem(result_of(plan->instrument, "languages"), 0);
    const char *text = result_text(texts, plan->lang);
    if (text == NULL && cJSON_GetStringValue(first) != NULL)
        text = result_text(texts, cJSON_GetStringValue(first));
    return text != NULL ? text : "";
}

static bool copy(cJSON *into, const char *name, const cJSON *from)
{
    const cJSON *value = result_of(from, name);
    cJSON *own = value == NULL ? cJSON_CreateNull() : cJSON_Duplicate(value, true);
    if (own != NULL && cJSON_AddItemToObject(into, name, own))
        return true;
    cJSON_Delete(own);
    return false;
}

/* Values without their wording, which may be mended. */
static bool put_values(cJSON *into, const cJSON *answers)
{
    const cJSON *answer;
    cJSON *values = cJSON_AddArrayToObject(into, "values");
    bool done = values != NULL;
    cJSON_ArrayForEach(answer, answers)
    {
        cJSON *own = done ? cJSON_Duplicate(result_of(answer, "value"), true) : NULL;
        done = own != NULL && cJSON_AddItemToArray(values, own);
    }
    return done;
}

static bool put_entry(cJSON *list, const struct stats_plan *plan, const cJSON *entry)
{
    static const char *const names[] = { "id",     "kind",  "min",   "max",   "reverse",
                                         "scored", "about", "stage", "roles", NULL };
    const cJSON *role;
    cJSON *own = cJSON_CreateObject();
    bool done = own != NULL && cJSON_AddItemToArray(list, own);
    for (int i = 0; done && names[i] != NULL; i++)
        done = copy(own, names[i], entry);
    done = done && put_values(own, stats_answers(plan, entry));
    cJSON *asked = done ? cJSON_AddArrayToObject(own, "asked") : NULL;
    done = done && asked != NULL;
    cJSON_ArrayForEach(role, result_of(entry, "text"))
    {
        cJSON *name = done ? cJSON_CreateString(role->string) : NULL;
        done = name != NULL && cJSON_AddItemToArray(asked, name);
    }
    return done;
}

char *stats_shape(const cJSON *instrument, const char *format)
{
    static const char *const parts[] = { "items", "scales", "totals", NULL };
    const struct stats_plan plan = { .instrument = instrument, .format = format };
    const cJSON *entry;
    cJSON *shape = cJSON_CreateObject();
    bool done =
        shape != NULL && copy(shape, "id", instrument) && copy(shape, "respondents", instrument);
    for (int i = 0; done && parts[i] != NULL; i++) {
        cJSON *list = cJSON_AddArrayToObject(shape, parts[i]);
        done = list != NULL;
        cJSON_ArrayForEach(entry, result_of(instrument, parts[i]))
        {
            done = done && put_entry(list, &plan, entry);
        }
    }
    char *text = done ? cJSON_PrintUnformatted(shape) : NULL;
    cJSON_Delete(shape);
    return text;
}
