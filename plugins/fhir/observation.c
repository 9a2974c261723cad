/* observation.c - scores of scales, and what two voices differ. */
#include "mapping.h"

#include <stdlib.h>
#include <string.h>

static const cJSON *scale_of(const struct mapping *map, const char *id)
{
    const cJSON *each;
    cJSON_ArrayForEach(each, result_of(map->instrument, "scales"))
    {
        if (same(result_text(each, "id"), id))
            return each;
    }
    return NULL;
}

/* "SYSTEM|CODE" */
static void put_category(const struct mapping *map, cJSON *observation)
{
    const char *category = map->settings->category, *bar = strchr(category, '|');
    char *system = text_of("%.*s", (int)(bar - category), category);
    cJSON *concept = put_object(put_list(observation, "category"), NULL);
    put_coding(put_list(concept, "coding"), NULL, system, bar + 1, NULL);
    free(system);
}

/* code: the scale, or what of it. title NULL: the code says it. */
static void put_code(const struct mapping *map, cJSON *parent, const char *code, const cJSON *title)
{
    char *own =
        text_of("%s/CodeSystem/%s", map->settings->base, result_text(map->instrument, "id"));
    const char *system = map->settings->code_system != NULL ? map->settings->code_system : own;
    cJSON *concept = put_object(parent, "code");
    put_coding(put_list(concept, "coding"), NULL, system, code, result_text(title, map->lang));
    mapping_words(map, concept, "text", title);
    free(own);
}

/* Too few answers is a reason, and zero is not. */
static void put_quantity(cJSON *element, const cJSON *number, int decimals, const char *code)
{
    if (cJSON_IsNumber(number)) {
        cJSON *quantity = put_object(element, "valueQuantity");
        put_number(quantity, "value", number->valuedouble, decimals);
        put_text(quantity, "unit", same(code, "%") ? "%" : "score");
        put_text(quantity, "system", UCUM);
        put_text(quantity, "code", code);
        return;
    }
    cJSON *reason = put_object(element, "dataAbsentReason");
    put_coding(put_list(reason, "coding"), NULL,
               "http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown", "Unknown");
    put_text(reason, "text", "too few answers");
}

static void put_component(const struct mapping *map, cJSON *observation, const char *what,
                          const cJSON *number)
{
    char *system = text_of("%s/CodeSystem/score", map->settings->base);
    cJSON *component = put_object(put_list(observation, "component"), NULL);
    cJSON *concept = put_object(component, "code");
    put_coding(put_list(concept, "coding"), NULL, system, what, NULL);
    put_text(concept, "text", what);
    put_quantity(component, number, same(what, "pomp") ? 1 : 0,
                 same(what, "pomp") ? "%" : "{score}");
    free(system);
}

static cJSON *begin(const struct mapping *map, const char *id)
{
    cJSON *observation = new_resource("Observation", id);
    mapping_meta(map, observation);
    return observation;
}

static void put_who(const struct mapping *map, cJSON *observation, const char *subject,
                    const char *performer, const char *other)
{
    put_reference(observation, "subject", subject);
    put_text(observation, "effectiveDateTime", result_text(map->result, "released_at"));
    if (performer != NULL)
        put_reference(put_list(observation, "performer"), NULL, performer);
    if (other != NULL)
        put_reference(put_list(observation, "performer"), NULL, other);
}

/* What of a score is no value: how many of how many, and whether more is worse. */
static void put_share(const struct mapping *map, cJSON *observation, const cJSON *score)
{
    put_int(mapping_extension(map, observation, "answered"), "valueInteger",
            (int64_t)cJSON_GetNumberValue(result_of(score, "answered")));
    put_int(mapping_extension(map, observation, "of"), "valueInteger",
            (int64_t)cJSON_GetNumberValue(result_of(score, "of")));
    put_flag(mapping_extension(map, observation, "prorated"), "valueBoolean",
             get_flag(score, "prorated"));
    put_flag(mapping_extension(map, observation, "negative"), "valueBoolean",
             get_flag(score, "negative"));
}

static void scale_id(char out[FHIR_ID_SIZE], const struct mapping *map, const char *person,
                     const char *about, const char *scale)
{
    fhir_id(out, "scale", result_text(map->result, "round"), person, about == NULL ? "" : about,
            scale, NULL);
}

static void put_scale(struct mapping *map, const struct voice *voice, const char *id,
                      const cJSON *score, bool answered)
{
    char *response = text_of("QuestionnaireResponse/%s", voice->id);
    const cJSON *scale = scale_of(map, score->string);
    bool is_sum = same(result_text(scale, "score"), "sum");
    cJSON *observation = begin(map, id);
    put_share(map, observation, score);
    put_text(observation, "status", "final");
    put_category(map, observation);
    put_code(map, observation, score->string, result_of(scale, "title"));
    put_who(map, observation, voice->subject, voice->source, NULL);
    bool given = cJSON_IsNumber(result_of(score, "mean"));
    put_quantity(observation, given ? result_of(score, is_sum ? "sum" : "mean") : NULL, 0,
                 "{score}");
    if (answered)
        put_reference(put_list(observation, "derivedFrom"), NULL, response);
    if (cJSON_GetNumberValue(result_of(score, "answered")) > 0)
        put_component(map, observation, "sum", result_of(score, "sum"));
    put_component(map, observation, "mean", result_of(score, "mean"));
    put_component(map, observation, "pomp", result_of(score, "pomp"));
    mapping_put(map, observation);
    free(response);
}

static void put_total(struct mapping *map, const struct voice *voice, const char *id,
                      const cJSON *total, bool answered)
{
    const cJSON *each;
    char *response = text_of("QuestionnaireResponse/%s", voice->id);
    cJSON *observation = begin(map, id);
    put_text(observation, "status", "final");
    put_category(map, observation);
    cJSON_ArrayForEach(each, result_of(map->instrument, "totals"))
    {
        if (same(result_text(each, "id"), total->string))
            put_code(map, observation, total->string, result_of(each, "title"));
    }
    put_who(map, observation, voice->subject, voice->source, NULL);
    put_quantity(observation, total, 0, "{score}");
    if (answered)
        put_reference(put_list(observation, "derivedFrom"), NULL, response);
    mapping_put(map, observation);
    free(response);
}

void observation_scales(struct mapping *map, const struct voice *voice, const char *person,
                        const char *about, bool answered)
{
    char id[FHIR_ID_SIZE];
    const cJSON *each;
    cJSON_ArrayForEach(each, voice->scales)
    {
        scale_id(id, map, person, about, each->string);
        put_scale(map, voice, id, each, answered);
    }
    cJSON_ArrayForEach(each, voice->totals)
    {
        fhir_id(id, "total", result_text(map->result, "round"), person, about == NULL ? "" : about,
                each->string, NULL);
        put_total(map, voice, id, each, answered);
    }
}

/* -- differences ------------------------------------------------------------------------------- */

/* Is the Observation of this scale and voice in the bundle? */
static bool refer_to_scale(const struct mapping *map, const char *person, const char *about,
                           const char *scale, char out[FHIR_REFERENCE_SIZE])
{
    char id[FHIR_ID_SIZE];
    const cJSON *entry;
    scale_id(id, map, person, about, scale);
    snprintf(out, FHIR_REFERENCE_SIZE, "Observation/%s", id);
    cJSON_ArrayForEach(entry, map->entries)
    {
        if (same(result_text(result_of(entry, "request"), "url"), out))
            return true;
    }
    return false;
}

/* The worker speaks of a member where that member speaks of itself: both have it under `about`. */
static void put_difference(struct mapping *map, const cJSON *row)
{
    char id[FHIR_ID_SIZE], of_a[FHIR_REFERENCE_SIZE], of_b[FHIR_REFERENCE_SIZE];
    char a_is[FHIR_REFERENCE_SIZE], b_is[FHIR_REFERENCE_SIZE], subject[FHIR_REFERENCE_SIZE];
    const char *scale = result_text(row, "scale"), *about = result_text(row, "about");
    const char *a = result_text(row, "a"), *b = result_text(row, "b");
    if (!cJSON_IsNumber(result_of(row, "difference")) ||
        !refer_to_scale(map, a, about, scale, of_a) || !refer_to_scale(map, b, about, scale, of_b))
        return;
    bool known = person_subject(map, NULL, about, subject);
    person_voice(map, a, a_is);
    person_voice(map, b, b_is);
    fhir_id(id, "difference", result_text(map->result, "round"), a, b, about == NULL ? "" : about,
            scale, NULL);
    char *code = text_of("%s:difference", scale);
    cJSON *observation = begin(map, id);
    put_text(observation, "status", "final");
    put_category(map, observation);
    put_code(map, observation, code, result_of(scale_of(map, scale), "title"));
    put_who(map, observation, known ? subject : NULL, a_is, b_is);
    put_quantity(observation, result_of(row, "difference"), 1, "%");
    cJSON *from = put_list(observation, "derivedFrom");
    put_reference(from, NULL, of_a);
    put_reference(from, NULL, of_b);
    mapping_put(map, observation);
    free(code);
}

void observation_differences(struct mapping *map)
{
    const cJSON *row;
    cJSON_ArrayForEach(row, result_of(map->result, "comparison"))
    {
        if (result_text(row, "scale") != NULL)
            put_difference(map, row);
    }
}
