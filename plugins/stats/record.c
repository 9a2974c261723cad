#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "result.h"

struct making {
    const cJSON *result;
    cJSON *keys;   /* id -> "client 1" */
    cJSON *counts; /* role -> how many so far */
};

/* "client 1"; NULL: no memory. Borrowed from the keys when there is an id. */
static const char *name_person(struct making *making, const char *role, const char *id, char *out,
                               size_t size)
{
    cJSON *count = cJSON_GetObjectItemCaseSensitive(making->counts, role);
    if (count == NULL)
        count = cJSON_AddNumberToObject(making->counts, role, 0);
    if (count == NULL)
        return NULL;
    cJSON_SetNumberValue(count, count->valuedouble + 1);
    snprintf(out, size, "%s %d", role, (int)count->valuedouble);
    if (id != NULL && cJSON_AddStringToObject(making->keys, id, out) == NULL)
        return NULL;
    return out;
}

static bool put(cJSON *object, const char *name, cJSON *value)
{
    if (value != NULL && cJSON_AddItemToObject(object, name, value))
        return true;
    cJSON_Delete(value);
    return false;
}

static bool copy(cJSON *object, const char *name, const cJSON *from)
{
    const cJSON *value = result_of(from, name);
    return put(object, name, value == NULL ? cJSON_CreateNull() : cJSON_Duplicate(value, true));
}

static bool join(cJSON *into, const char *name, const cJSON *from)
{
    const cJSON *entry;
    cJSON *object = cJSON_GetObjectItemCaseSensitive(into, name);
    cJSON_ArrayForEach(entry, result_of(from, name))
    {
        if (result_of(object, entry->string) == NULL &&
            !put(object, entry->string, cJSON_Duplicate(entry, true)))
            return false;
    }
    return true;
}

static bool put_about(struct making *making, cJSON *person, const cJSON *part, const char *own_id)
{
    char made[128];
    const char *id = result_text(part, "person");
    if (id != NULL && own_id != NULL && strcmp(id, own_id) == 0)
        return join(person, "items", part) && join(person, "scales", part);
    const char *key = id == NULL ? NULL : result_text(making->keys, id);
    if (key == NULL)
        key = name_person(making, STATS_STRANGER, id, made, sizeof made);
    cJSON *about = cJSON_GetObjectItemCaseSensitive(person, "about");
    cJSON *object = cJSON_CreateObject();
    return key != NULL && object != NULL && copy(object, "items", part) &&
           copy(object, "scales", part) && put(about, key, object);
}

static bool put_person(struct making *making, cJSON *people, const char *key, const cJSON *from)
{
    static const char *const plain[] = { "language", "mode",   "state", "items",
                                         "scales",   "totals", NULL };
    const cJSON *part;
    cJSON *person = cJSON_AddObjectToObject(people, key);
    bool done = person != NULL;
    for (int i = 0; done && plain[i] != NULL; i++)
        done = copy(person, plain[i], from);
    done = done && cJSON_AddObjectToObject(person, "about") != NULL;
    cJSON_ArrayForEach(part, result_of(from, "about"))
    {
        done = done && put_about(making, person, part, result_text(from, "person"));
    }
    return done;
}

/* Names everybody before anybody is told about. */
static bool put_people(struct making *making, cJSON *content)
{
    enum { KEY_MAX = 128 };
    const cJSON *respondents = result_of(making->result, "respondents"), *from;
    int count = cJSON_GetArraySize(respondents), i = 0;
    cJSON *people = cJSON_AddObjectToObject(content, "people");
    char(*keys)[KEY_MAX] = calloc((size_t)count + 1, sizeof *keys);
    bool done = people != NULL && keys != NULL;
    cJSON_ArrayForEach(from, respondents)
    {
        const char *role = result_text(from, "role");
        done = done && role != NULL &&
               name_person(making, role, result_text(from, "person"), keys[i++], KEY_MAX) != NULL;
    }
    i = 0;
    cJSON_ArrayForEach(from, respondents)
    {
        done = done && put_person(making, people, keys[i++], from);
    }
    free(keys);
    return done;
}

static char *content_of(struct making *making)
{
    static const char *const asked[] = { "version", "format", "form", "variant", NULL };
    const cJSON *result = making->result;
    const char *purpose = result_text(result, "purpose");
    cJSON *content = cJSON_CreateObject();
    bool done = content != NULL;
    for (int i = 0; done && asked[i] != NULL; i++)
        done = copy(content, asked[i], result_of(result, "instrument"));
    done = done && copy(content, "simulated", result) &&
           put(content, "reasons",
               cJSON_CreateBool(purpose != NULL && !strcmp(purpose, "research"))) &&
           put_people(making, content) && copy(content, "together", result_of(result, "talk")) &&
           copy(content, "wave", result);
    char *text = done ? cJSON_PrintUnformatted(content) : NULL;
    cJSON_Delete(content);
    return text;
}

static char *ids_of(const struct making *making)
{
    static const char *const head[] = { "case", "wave", "released_at", "round", NULL };
    const cJSON *key;
    cJSON *ids = cJSON_CreateObject(), *persons = NULL;
    bool done = ids != NULL;
    for (int i = 0; done && head[i] != NULL; i++)
        done = copy(ids, head[i], making->result);
    if (done)
        persons = cJSON_AddObjectToObject(ids, "persons");
    done = done && persons != NULL;
    cJSON_ArrayForEach(key, making->keys)
    {
        done = done && cJSON_AddStringToObject(persons, key->valuestring, key->string) != NULL;
    }
    char *text = done ? cJSON_PrintUnformatted(ids) : NULL;
    cJSON_Delete(ids);
    return text;
}

bool stats_record_make(struct stats_record *out, const cJSON *result)
{
    const char *round = result_text(result, "round");
    struct making making = { result, cJSON_CreateObject(), cJSON_CreateObject() };
    *out = (struct stats_record){ 0 };
    if (round != NULL && making.keys != NULL && making.counts != NULL) {
        out->round = strdup(round);
        out->content = content_of(&making);
        out->ids = ids_of(&making);
    }
    cJSON_Delete(making.keys);
    cJSON_Delete(making.counts);
    if (out->round != NULL && out->content != NULL && out->ids != NULL)
        return true;
    stats_record_free(out);
    return false;
}

void stats_record_free(struct stats_record *record)
{
    free(record->round);
    cJSON_free(record->content);
    cJSON_free(record->ids);
    *record = (struct stats_record){ 0 };
}
