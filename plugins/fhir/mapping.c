#include "mapping.h"

#include <stdlib.h>
#include <string.h>

/* -- entries ----------------------------------------------------------------------------------- */

void mapping_put(struct mapping *map, cJSON *resource)
{
    const char *type = result_text(resource, "resourceType"), *id = result_text(resource, "id");
    char *url = text_of("%s/%s", type, id);
    char *full = text_of("%s/%s", map->settings->base, url);
    cJSON *entry = put_object(map->entries, NULL);
    put_text(entry, "fullUrl", full);
    put(entry, "resource", resource);
    cJSON *request = put_object(entry, "request");
    put_text(request, "method", "PUT");
    put_text(request, "url", url);
    free(url);
    free(full);
}

cJSON *mapping_extension(const struct mapping *map, cJSON *element, const char *name)
{
    char *url = text_of("%s/StructureDefinition/%s", map->settings->base, name);
    cJSON *extension = put_extension(element, url);
    free(url);
    return extension;
}

void mapping_meta(const struct mapping *map, cJSON *resource)
{
    cJSON *meta = put_object(resource, "meta");
    char *source = text_of("%s/round/%s", map->settings->base, result_text(map->result, "round"));
    put_text(meta, "source", source);
    free(source);
    if (get_flag(map->result, "simulated"))
        put_coding(put_list(meta, "security"), NULL,
                   "http://terminology.hl7.org/CodeSystem/v3-ActReason", "HTEST",
                   "test health data");
}

/* -- words ------------------------------------------------------------------------------------- */

/* The word for a slot, "client" of "{client}": the variant's, else the instrument's own; NULL: it
 * stands for a name, which no result has. */
static const char *slot_word(const struct mapping *map, const char *slot, size_t len,
                             const char *lang)
{
    char name[64];
    if (len >= sizeof name)
        return NULL;
    memcpy(name, slot, len);
    name[len] = '\0';
    const char *variant = result_text(result_of(map->result, "instrument"), "variant");
    const cJSON *of_variant =
        variant == NULL
            ? NULL
            : result_of(result_of(result_of(map->instrument, "variants"), variant), "slots");
    const char *word = result_text(result_of(of_variant, name), lang);
    return word != NULL ? word
                        : result_text(result_of(result_of(map->instrument, "slots"), name), lang);
}

static char *fill(const struct mapping *map, const char *words, const char *lang)
{
    struct text text;
    if (!text_begin(&text))
        return NULL;
    for (const char *open; (open = strchr(words, '{')) != NULL;) {
        const char *close = strchr(open, '}');
        const char *word = NULL;
        if (close != NULL)
            word = slot_word(map, open + 1, (size_t)(close - open) - 1, lang);
        const char *upto = word != NULL ? open : open + 1;
        fwrite(words, 1, (size_t)(upto - words), text.file);
        if (word != NULL)
            fputs(word, text.file);
        words = word != NULL ? close + 1 : upto;
    }
    fputs(words, text.file);
    return text_done(&text);
}

static void put_translation(const struct mapping *map, cJSON *list, const cJSON *words)
{
    char *filled = fill(map, words->valuestring, words->string);
    cJSON *translation = put_object(list, NULL);
    put_text(translation, "url", FHIR_CORE "translation");
    cJSON *parts = put_list(translation, "extension"), *part = put_object(parts, NULL);
    put_text(part, "url", "lang");
    put_text(part, "valueCode", words->string);
    part = put_object(parts, NULL);
    put_text(part, "url", "content");
    put_text(part, "valueString", filled);
    free(filled);
}

void mapping_word(const struct mapping *map, cJSON *element, const char *name, const cJSON *words)
{
    const char *word = result_text(words, map->lang);
    if (word == NULL || word[0] == '\0') /* FHIR has no empty text */
        return;
    char *filled = fill(map, word, map->lang);
    put_text(element, name, filled);
    free(filled);
}

void mapping_words(const struct mapping *map, cJSON *element, const char *name, const cJSON *words)
{
    const cJSON *each;
    mapping_word(map, element, name, words);
    char *beside = text_of("_%s", name);
    cJSON *list = NULL;
    cJSON_ArrayForEach(each, words)
    {
        if (same(each->string, map->lang) || !cJSON_IsString(each) || each->valuestring[0] == '\0')
            continue;
        if (list == NULL)
            list = put_list(put_object(element, beside), "extension");
        put_translation(map, list, each);
    }
    free(beside);
}

/* -- what a result gives ----------------------------------------------------------------------- */

static void choose_language(struct mapping *map)
{
    const cJSON *languages = result_of(map->instrument, "languages");
    map->lang = map->settings->lang != NULL && list_has(languages, map->settings->lang)
                    ? map->settings->lang
                    : cJSON_GetStringValue(cJSON_GetArrayItem(languages, 0));
}

/* What a receiver could not ask as it was asked here. */
static void find_lost(struct mapping *map)
{
    const cJSON *item;
    if (get_flag(map->instrument, "scripted"))
        snprintf(map->why, sizeof map->why,
                 "strict: a script decides what is asked, and FHIR has no place for it");
    cJSON_ArrayForEach(item, result_of(map->instrument, "items"))
    {
        const char *kind = result_text(item, "kind");
        if (map->why[0] == '\0' && (same(kind, "collage") || same(kind, "triangle")))
            snprintf(map->why, sizeof map->why, "strict: FHIR has no question of the kind %s",
                     kind);
    }
    if (map->why[0] == '\0' && cJSON_IsObject(result_of(map->instrument, "card")))
        snprintf(map->why, sizeof map->why,
                 "strict: a card gathers what nobody said by name, and FHIR has no place for it");
}

/* One questionnaire answered by one voice. about: the member, NULL: none. */
static void put_voice(struct mapping *map, const cJSON *respondent, const cJSON *given,
                      const char *about)
{
    char id[FHIR_ID_SIZE], source[FHIR_REFERENCE_SIZE], subject[FHIR_REFERENCE_SIZE];
    const char *person = result_text(respondent, "person");
    const cJSON *member = about == NULL ? NULL : person_find(map, about);
    fhir_id(id, "response", result_text(map->result, "round"), person, about == NULL ? "" : about,
            NULL);
    struct voice voice = { .id = id,
                           .language = result_text(respondent, "language"),
                           .mode = result_text(respondent, "mode"),
                           .answers = result_of(given, "items"),
                           .scales = result_of(given, "scales"),
                           .totals = result_of(given, "totals") };
    bool any = cJSON_GetArraySize(voice.answers) > 0;
    if (!any && cJSON_GetArraySize(voice.scales) == 0)
        return;
    voice.source = person_voice(map, person, source) ? source : NULL;
    voice.subject = person_subject(map, person, about, subject) ? subject : NULL;
    struct unit unit;
    if (any && unit_begin(&unit, map, result_text(respondent, "role"), result_text(member, "role"),
                          voice.answers)) {
        questionnaire_put(map, &unit);
        response_put(map, &unit, &voice);
        unit_end(&unit);
    } else {
        any = false;
    }
    observation_scales(map, &voice, person, about, any);
}

static void put_together(struct mapping *map)
{
    char id[FHIR_ID_SIZE], subject[FHIR_REFERENCE_SIZE];
    const cJSON *answers = result_of(result_of(map->result, "talk"), "together");
    struct unit unit;
    if (cJSON_GetArraySize(answers) == 0 || !unit_begin(&unit, map, NULL, NULL, answers))
        return;
    fhir_id(id, "together", result_text(map->result, "round"), NULL);
    struct voice voice = { .id = id, .answers = answers };
    voice.subject = person_subject(map, NULL, NULL, subject) ? subject : NULL;
    questionnaire_put(map, &unit);
    response_put(map, &unit, &voice);
    unit_end(&unit);
}

bool mapping_make(struct mapping *map)
{
    const cJSON *respondent, *about;
    choose_language(map);
    if (map->settings->strict)
        find_lost(map);
    if (map->why[0] != '\0')
        return false;
    cJSON_ArrayForEach(respondent, result_of(map->result, "respondents"))
    {
        if (!same(result_text(respondent, "state"), "shared") ||
            result_text(respondent, "person") == NULL)
            continue;
        put_voice(map, respondent, respondent, NULL);
        cJSON_ArrayForEach(about, result_of(respondent, "about"))
            put_voice(map, respondent, about, result_text(about, "person"));
    }
    put_together(map);
    observation_differences(map);
    return true;
}
