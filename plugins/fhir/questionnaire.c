/* questionnaire.c - what was asked, as a Questionnaire that others can ask and score. */
#include "mapping.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* "menger-monitor" and "client": "MengerMonitorClient", a name that programs can use (que-0). */
static char *name_of(const struct unit *unit, const struct mapping *map)
{
    char *name =
        text_of("%s_%s_%s", result_text(map->instrument, "id"),
                unit->role == NULL ? "both" : unit->role, unit->about == NULL ? "" : unit->about);
    bool begins = true;
    char *to = name;
    for (char *at = name; at != NULL && *at != '\0'; at++) {
        if (isalnum((unsigned char)*at))
            *to++ = begins ? (char)toupper((unsigned char)*at) : *at;
        begins = !isalnum((unsigned char)*at);
    }
    if (to != NULL)
        *to = '\0';
    return name;
}

/* Only what was reviewed in every language is more than a draft. */
static const char *status_of(const struct mapping *map)
{
    const cJSON *each;
    cJSON_ArrayForEach(each, result_of(map->instrument, "status"))
    {
        if (same(cJSON_GetStringValue(each), "draft"))
            return "draft";
    }
    return "active";
}

static char *description_in(const struct mapping *map, const char *lang)
{
    const char *summary = result_text(result_of(map->instrument, "summary"), lang);
    const char *notice = result_text(result_of(map->instrument, "notice"), lang);
    const char *claims = same(lang, "nl") ? "Zonder normen, grenswaarden of diagnose"
                                          : "No norms, no cut-offs, no diagnosis";
    /* Of somebody else's instrument we do not know it. */
    const char *valid = same(result_text(map->instrument, "basis"), "licensed") ? "."
                        : same(lang, "nl") ? "; niet gevalideerd."
                                           : "; not validated.";
    const char *script =
        same(lang, "nl") ? " Een script bepaalt hier wat gevraagd wordt: de vragen staan er zonder "
                           "voorwaarden."
                         : " A script decides here what is asked: the questions stand without "
                           "conditions.";
    return text_of("%s%s%s%s%s%s%s", summary == NULL ? "" : summary, summary == NULL ? "" : " ",
                   notice == NULL ? "" : notice, notice == NULL ? "" : " ", claims, valid,
                   get_flag(map->instrument, "scripted") ? script : "");
}

static void put_description(const struct mapping *map, cJSON *questionnaire)
{
    const cJSON *each;
    cJSON *words = cJSON_CreateObject();
    cJSON_ArrayForEach(each, result_of(map->instrument, "languages"))
    {
        char *text = description_in(map, each->valuestring);
        put_text(words, each->valuestring, text);
        free(text);
    }
    mapping_words(map, questionnaire, "description", words);
    cJSON_Delete(words);
}

/* What the texts are, language by language: a translation may be a draft where the rest is not. */
static void put_statuses(const struct mapping *map, cJSON *questionnaire)
{
    const cJSON *each;
    cJSON_ArrayForEach(each, result_of(map->instrument, "status"))
    {
        cJSON *parts = put_list(mapping_extension(map, questionnaire, "text-status"), "extension");
        cJSON *part = put_object(parts, NULL);
        put_text(part, "url", "lang");
        put_text(part, "valueCode", each->string);
        part = put_object(parts, NULL);
        put_text(part, "url", "status");
        put_text(part, "valueCode", cJSON_GetStringValue(each));
    }
}

static void put_head(const struct mapping *map, const struct unit *unit, cJSON *questionnaire)
{
    char *name = name_of(unit, map);
    char *copyright = text_of("%s. %s", result_text(map->instrument, "licence"),
                              result_text(map->instrument, "source"));
    char *digests = text_of("%s/instrument-digest", map->settings->base);
    put_text(questionnaire, "language", map->lang);
    put_statuses(map, questionnaire);
    if (get_flag(map->instrument, "scripted"))
        put_flag(mapping_extension(map, questionnaire, "scripted"), "valueBoolean", true);
    put_text(questionnaire, "url", unit->url);
    cJSON *identifier = put_object(put_list(questionnaire, "identifier"), NULL);
    put_text(identifier, "system", digests);
    put_text(identifier, "value", result_text(map->instrument, "digest"));
    put_text(questionnaire, "version", result_text(map->instrument, "version"));
    put_text(questionnaire, "name", name);
    mapping_words(map, questionnaire, "title", result_of(map->instrument, "title"));
    put_text(questionnaire, "status", status_of(map));
    if (result_text(map->result, "case") != NULL)
        put(put_list(questionnaire, "subjectType"), NULL, cJSON_CreateString("Patient"));
    put_description(map, questionnaire);
    put_text(questionnaire, "copyright", copyright);
    free(name);
    free(copyright);
    free(digests);
}

/* -- scores: questions that nobody is asked ---------------------------------------------------- */

/* what: NULL: the total itself. The caller frees expression elsewhere. */
static void put_calculated(const struct mapping *map, cJSON *list, const cJSON *of,
                           const char *what, const char *expression)
{
    char *link = text_of("%s:%s", result_text(of, "id"), what);
    const char *title = result_text(result_of(of, "title"), map->lang);
    char *text = text_of("%s (%s)", title, what);
    cJSON *item = put_object(list, NULL);
    cJSON *hidden = put_extension(item, FHIR_CORE "questionnaire-hidden");
    put_flag(hidden, "valueBoolean", true);
    cJSON *calculated = put_extension(item, FHIR_SDC "sdc-questionnaire-calculatedExpression");
    cJSON *value = put_object(calculated, "valueExpression");
    put_text(value, "language", "text/fhirpath");
    put_text(value, "expression", expression);
    put_text(item, "linkId", link);
    put_text(item, "text", text);
    put_text(item, "type", same(what, "answered") ? "integer" : "decimal");
    put_flag(item, "readOnly", true);
    free(link);
    free(text);
}

static void put_scores(const struct mapping *map, const struct unit *unit, cJSON *list)
{
    static const char *const what[] = { "answered", "sum", "mean", "pomp" };
    const cJSON *each;
    struct unit_scale scale;
    cJSON_ArrayForEach(each, result_of(map->instrument, "scales"))
    {
        if (!unit_scale(&scale, unit, map, each))
            continue;
        for (size_t i = 0; i < sizeof what / sizeof *what; i++) {
            char *expression = expression_score(unit, map, &scale, what[i]);
            put_calculated(map, list, each, what[i], expression);
            free(expression);
        }
    }
    cJSON_ArrayForEach(each, result_of(map->instrument, "totals"))
    {
        char *expression = expression_total(unit, map, each);
        if (expression != NULL && expression[0] != '\0')
            put_calculated(map, list, each, "total", expression);
        free(expression);
    }
}

/* One for each unit, also when several persons filled it in. */
static bool is_there(const struct mapping *map, const char *id)
{
    const cJSON *entry;
    cJSON_ArrayForEach(entry, map->entries)
    {
        if (same(result_text(result_of(entry, "resource"), "id"), id))
            return true;
    }
    return false;
}

void questionnaire_put(struct mapping *map, const struct unit *unit)
{
    const cJSON *item;
    if (is_there(map, unit->id))
        return;
    cJSON *questionnaire = new_resource("Questionnaire", unit->id);
    put_head(map, unit, questionnaire);
    cJSON *list = put_list(questionnaire, "item");
    cJSON_ArrayForEach(item, unit->items) item_put(map, unit, list, item);
    put_scores(map, unit, list);
    mapping_put(map, questionnaire);
}
