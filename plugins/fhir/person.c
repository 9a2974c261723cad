/* person.c - who answers, and whom it is about: pseudonyms and nothing else. */
#include "mapping.h"

#include <stdlib.h>
#include <string.h>

const cJSON *person_find(const struct mapping *map, const char *person)
{
    const cJSON *each;
    cJSON_ArrayForEach(each, result_of(map->result, "respondents"))
    {
        if (person != NULL && same(result_text(each, "person"), person))
            return each;
    }
    return NULL;
}

static const cJSON *role_of(const struct mapping *map, const char *name)
{
    const cJSON *each;
    cJSON_ArrayForEach(each, result_of(map->instrument, "respondents"))
    {
        if (same(result_text(each, "role"), name))
            return each;
    }
    return NULL;
}

static bool in_roster(const struct mapping *map, const char *role)
{
    return get_flag(role_of(map, role), "roster");
}

/* The client of a dossier is the dossier's Patient: the same one when nothing of the client is
 * shown. */
static bool is_the_client(const struct mapping *map, const char *role)
{
    const cJSON *most = result_of(role_of(map, role), "max");
    return same(role, "client") && result_text(map->result, "case") != NULL &&
           cJSON_IsNumber(most) && most->valueint == 1;
}

static bool is_listed(const char *list, const char *word)
{
    size_t len = word == NULL ? 0 : strlen(word);
    for (const char *at = list; len > 0 && (at = strstr(at, word)) != NULL; at += len)
        if ((at == list || at[-1] == ' ') && (at[len] == '\0' || at[len] == ' '))
            return true;
    return false;
}

static bool is_made(const struct mapping *map, const char *reference)
{
    const cJSON *entry;
    cJSON_ArrayForEach(entry, map->entries)
    {
        if (same(result_text(result_of(entry, "request"), "url"), reference))
            return true;
    }
    return false;
}

static void put_identifier(const struct mapping *map, cJSON *resource, const char *of,
                           const char *value)
{
    char *system = text_of("%s/%s", map->settings->base, of);
    cJSON *identifier = put_object(put_list(resource, "identifier"), NULL);
    put_text(identifier, "system", system);
    put_text(identifier, "value", value);
    free(system);
}

/* The Patient of the dossier; false: there is no dossier, or no role of a client in it. */
static bool client_of(struct mapping *map, char out[FHIR_REFERENCE_SIZE])
{
    char id[FHIR_ID_SIZE];
    const cJSON *each;
    const char *dossier = result_text(map->result, "case");
    if (!is_the_client(map, "client"))
        return false;
    fhir_id(id, "case", dossier, NULL);
    snprintf(out, FHIR_REFERENCE_SIZE, "Patient/%s", id);
    if (is_made(map, out))
        return true;
    cJSON *patient = new_resource("Patient", id);
    put_identifier(map, patient, "case", dossier);
    cJSON_ArrayForEach(each, result_of(map->result, "respondents"))
    {
        if (same(result_text(each, "role"), "client") && result_text(each, "person") != NULL)
            put_identifier(map, patient, "person", result_text(each, "person"));
    }
    mapping_put(map, patient);
    return true;
}

bool person_voice(struct mapping *map, const char *person, char out[FHIR_REFERENCE_SIZE])
{
    char id[FHIR_ID_SIZE], client[FHIR_REFERENCE_SIZE];
    const cJSON *respondent = person_find(map, person);
    const char *role = result_text(respondent, "role");
    if (respondent == NULL)
        return false;
    if (is_the_client(map, role))
        return client_of(map, out);
    bool of_client = client_of(map, client);
    bool patient = same(role, "client") || in_roster(map, role);
    bool related = !patient && of_client && is_listed(map->settings->related, role);
    const char *type = patient ? "Patient" : related ? "RelatedPerson" : "Practitioner";
    fhir_id(id, "person", person, NULL);
    snprintf(out, FHIR_REFERENCE_SIZE, "%s/%s", type, id);
    if (is_made(map, out))
        return true;
    cJSON *resource = new_resource(type, id);
    put_identifier(map, resource, "person", person);
    if (related)
        put_reference(resource, "patient", client);
    mapping_put(map, resource);
    return true;
}

bool person_subject(struct mapping *map, const char *person, const char *about,
                    char out[FHIR_REFERENCE_SIZE])
{
    if (about != NULL)
        return person_voice(map, about, out);
    const char *role = result_text(person_find(map, person), "role");
    if (in_roster(map, role) || same(role, "client"))
        return person_voice(map, person, out);
    return client_of(map, out);
}
