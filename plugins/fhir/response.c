/* response.c - what one voice answered. */
#include "mapping.h"

#include <sodium/utils.h>
#include <stdlib.h>
#include <string.h>

/* -- pictures ---------------------------------------------------------------------------------- */

static const struct vb_output_blob *find_blob(const struct mapping *map, const char *digest)
{
    const char *at = (const char *)map->delivery->blobs;
    for (size_t i = 0; i < map->delivery->blob_count; i++, at += map->delivery->blob_size) {
        const struct vb_output_blob *blob = (const struct vb_output_blob *)at;
        if (same(blob->digest, digest))
            return blob;
    }
    return NULL;
}

static void put_base64(cJSON *attachment, const unsigned char *bytes, size_t len)
{
    size_t size = sodium_base64_encoded_len(len, sodium_base64_VARIANT_ORIGINAL);
    char *data = malloc(size);
    if (data == NULL) {
        build_fail();
        return;
    }
    put_text(attachment, "data",
             sodium_bin2base64(data, size, bytes, len, sodium_base64_VARIANT_ORIGINAL));
    put_int(attachment, "size", (int64_t)len);
    free(data);
}

/* The picture itself where that is asked for and it is not too large; its kind in any case. */
static void put_picture(struct mapping *map, cJSON *attachment, const cJSON *value)
{
    const char *digest = result_text(value, "blob");
    put_text(attachment, "contentType", result_text(value, "type"));
    put_text(mapping_extension(map, attachment, "digest"), "valueString", digest);
    const struct vb_output_blob *blob = find_blob(map, digest);
    if (!map->settings->attachments || blob == NULL)
        return;
    FILE *file = fopen(blob->file, "rb");
    char *bytes = file == NULL ? NULL : malloc((size_t)map->settings->attachment_limit + 1);
    size_t len =
        bytes == NULL ? 0 : fread(bytes, 1, (size_t)map->settings->attachment_limit + 1, file);
    if (bytes == NULL || ferror(file))
        build_fail();
    else if (len > (size_t)map->settings->attachment_limit)
        map->host->log(map->host, VB_OUTPUT_WARN,
                       "a picture is larger than attachment-limit and stays out");
    else
        put_base64(attachment, (unsigned char *)bytes, len);
    free(bytes);
    if (file != NULL)
        fclose(file);
}

/* Drawings, photos and what was laid out: an image, or what stands in its place as JSON. */
static void put_made(struct mapping *map, cJSON *answer, const cJSON *value)
{
    cJSON *attachment = put_object(answer, "valueAttachment");
    if (result_text(value, "blob") != NULL) {
        put_picture(map, attachment, value);
        return;
    }
    if (get_flag(value, "paper")) {
        put_text(attachment, "title", "paper");
        return;
    }
    char *json = cJSON_PrintUnformatted(value);
    put_text(attachment, "contentType", "application/json");
    if (json != NULL)
        put_base64(attachment, (unsigned char *)json, strlen(json));
    cJSON_free(json);
}

/* -- answers ----------------------------------------------------------------------------------- */

static bool is_option(const cJSON *option, const cJSON *value)
{
    const cJSON *of = result_of(option, "value");
    return cJSON_IsString(value)
               ? same(cJSON_GetStringValue(of), value->valuestring)
               : cJSON_IsNumber(of) && cJSON_IsNumber(value) && of->valueint == value->valueint;
}

/* The option as the Questionnaire has it, with its weight; false: it is none. */
static bool put_option(const struct mapping *map, const struct unit *unit, cJSON *answer,
                       const cJSON *item, const cJSON *value)
{
    const cJSON *option;
    double min, max;
    cJSON_ArrayForEach(option, unit_options(unit, map, item))
    {
        if (!is_option(option, value))
            continue;
        char *system = unit_system(unit, map, item);
        char *code = cJSON_IsString(value) ? text_of("%s", value->valuestring)
                                           : text_of("%d", value->valueint);
        cJSON *coding = put_coding(answer, "valueCoding", system, code, NULL);
        const cJSON *score = result_of(option, "score");
        if (get_flag(item, "scored") && cJSON_IsNumber(score) &&
            unit_range(unit, map, item, &min, &max))
            put_number(
                put_extension(coding, FHIR_CORE "ordinalValue"), "valueDecimal",
                get_flag(item, "reverse") ? min + max - score->valuedouble : score->valuedouble, 0);
        mapping_word(map, coding, "display", result_of(option, "text"));
        free(system);
        free(code);
        return true;
    }
    return false;
}

static void put_chosen(const struct mapping *map, const struct unit *unit, cJSON *answer,
                       const cJSON *item, const cJSON *value)
{
    const char *other = result_text(value, "other");
    if (other != NULL)
        put_text(answer, "valueString", other);
    else if (!put_option(map, unit, answer, item, value))
        put_text(answer, "valueString", cJSON_GetStringValue(value));
}

static void put_answer(struct mapping *map, const struct unit *unit, cJSON *list, const cJSON *item,
                       const cJSON *value)
{
    const char *kind = result_text(item, "kind");
    cJSON *answer = put_object(list, NULL);
    if (same(kind, "yesno"))
        put_flag(answer, "valueBoolean", cJSON_IsTrue(value));
    else if (same(kind, "vas") || (same(kind, "number") && get_flag(item, "integer")))
        put_number(answer, "valueInteger", cJSON_GetNumberValue(value), 0);
    else if (same(kind, "number"))
        put_number(answer, "valueDecimal", cJSON_GetNumberValue(value), 0);
    else if (same(kind, "text"))
        put_text(answer, "valueString", cJSON_GetStringValue(value));
    else if (same(kind, "date"))
        put_text(answer, "valueDate", cJSON_GetStringValue(value));
    else if (same(kind, "likert") || same(kind, "faces") || same(kind, "choice") ||
             same(kind, "words"))
        put_chosen(map, unit, answer, item, value);
    else
        put_made(map, answer, value);
}

/* Of a result for research: why there is no answer. What was not asked is not there at all. */
static void put_missing(const struct mapping *map, cJSON *list, const cJSON *item,
                        const char *reason)
{
    static const char *const absent[][2] = { { "skipped", "unknown" },
                                             { "dont_know", "asked-unknown" },
                                             { "rather_not_say", "asked-declined" },
                                             { "held", "masked" },
                                             { "withdrawn", "masked" } };
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        if (!same(absent[i][0], reason))
            continue;
        cJSON *out = put_object(list, NULL);
        put_text(put_extension(out, FHIR_CORE "data-absent-reason"), "valueCode", absent[i][1]);
        put_text(mapping_extension(map, out, "missing"), "valueCode", reason);
        put_text(out, "linkId", result_text(item, "id"));
    }
}

/* FHIR has no empty text, none of blanks, and no empty list. */
static bool is_blank(const cJSON *value)
{
    const char *text = cJSON_GetStringValue(value);
    return (text != NULL && text[strspn(text, " \t\r\n")] == '\0') ||
           (cJSON_IsArray(value) && value->child == NULL);
}

static void put_item(struct mapping *map, const struct unit *unit, cJSON *list, const cJSON *item,
                     const cJSON *given)
{
    const cJSON *value = result_of(given, "value"), *each;
    const char *kind = result_text(item, "kind");
    if (value == NULL) {
        put_missing(map, list, item, result_text(given, "missing"));
        return;
    }
    if (is_blank(value))
        return;
    const cJSON *texts = result_of(item, "text");
    const cJSON *words = unit->role == NULL ? NULL : result_of(texts, unit->role);
    cJSON *out = put_object(list, NULL);
    put_text(out, "linkId", result_text(item, "id"));
    mapping_word(map, out, "text", words != NULL ? words : texts->child);
    cJSON *answers = put_list(out, "answer");
    if (cJSON_IsArray(value) && (same(kind, "choice") || same(kind, "words"))) {
        cJSON_ArrayForEach(each, value) put_answer(map, unit, answers, item, each);
    } else {
        put_answer(map, unit, answers, item, value);
    }
}

/* -- scores: what calculatedExpression gives --------------------------------------------------- */

static void put_score(cJSON *list, const char *id, const char *what, const cJSON *number)
{
    if (!cJSON_IsNumber(number))
        return;
    char *link = text_of("%s:%s", id, what);
    cJSON *out = put_object(list, NULL);
    put_text(out, "linkId", link);
    cJSON *answer = put_object(put_list(out, "answer"), NULL);
    bool count = same(what, "answered");
    put_number(answer, count ? "valueInteger" : "valueDecimal", number->valuedouble,
               same(what, "pomp") ? 1 : 0);
    free(link);
}

static void put_scores(const struct mapping *map, const struct unit *unit, cJSON *list,
                       const struct voice *voice)
{
    static const char *const what[] = { "answered", "sum", "mean", "pomp" };
    const cJSON *each;
    struct unit_scale scale;
    cJSON_ArrayForEach(each, result_of(map->instrument, "scales"))
    {
        const char *id = result_text(each, "id");
        const cJSON *score = result_of(voice->scales, id);
        if (score == NULL || !unit_scale(&scale, unit, map, each))
            continue;
        bool any = cJSON_GetNumberValue(result_of(score, "answered")) > 0;
        for (size_t i = 0; i < sizeof what / sizeof *what; i++)
            if (any || i == 0) /* of no answers there is no sum */
                put_score(list, id, what[i], result_of(score, what[i]));
    }
    cJSON_ArrayForEach(each, result_of(map->instrument, "totals")) put_score(
        list, result_text(each, "id"), "total", result_of(voice->totals, result_text(each, "id")));
}

/* -- the response ------------------------------------------------------------------------------ */

static void put_head(const struct mapping *map, const struct unit *unit, cJSON *response,
                     const struct voice *voice)
{
    char *canonical = text_of("%s|%s", unit->url, result_text(map->instrument, "version"));
    char *rounds = text_of("%s/round", map->settings->base);
    mapping_meta(map, response);
    if (voice->language != NULL)
        put_text(response, "language", map->lang);
    if (voice->language != NULL)
        put_text(mapping_extension(map, response, "read-in"), "valueCode", voice->language);
    if (voice->mode != NULL)
        put_text(mapping_extension(map, response, "mode"), "valueCode", voice->mode);
    put_text(mapping_extension(map, response, "wave"), "valueString",
             result_text(map->result, "wave"));
    cJSON *identifier = put_object(response, "identifier");
    put_text(identifier, "system", rounds);
    put_text(identifier, "value", result_text(map->result, "round"));
    put_text(response, "questionnaire", canonical);
    put_text(response, "status", "completed");
    put_reference(response, "subject", voice->subject);
    put_text(response, "authored", result_text(map->result, "released_at"));
    put_reference(response, "author", voice->source);
    put_reference(response, "source", voice->source);
    free(canonical);
    free(rounds);
}

void response_put(struct mapping *map, const struct unit *unit, const struct voice *voice)
{
    const cJSON *item;
    cJSON *response = new_resource("QuestionnaireResponse", voice->id);
    cJSON *list = cJSON_CreateArray();
    put_head(map, unit, response, voice);
    cJSON_ArrayForEach(item, unit->items)
    {
        const cJSON *given = result_of(voice->answers, result_text(item, "id"));
        if (given != NULL)
            put_item(map, unit, list, item, given);
    }
    put_scores(map, unit, list, voice);
    if (cJSON_GetArraySize(list) > 0)
        put(response, "item", list);
    else
        cJSON_Delete(list);
    mapping_put(map, response);
}
