/* item.c - one question. */
#include "mapping.h"

#include <stdlib.h>

/* -- answers ----------------------------------------------------------------------------------- */

/* Likert and faces by the number of the answer, the others by the option's id. */
static char *code_of(const cJSON *option)
{
    const cJSON *value = result_of(option, "value");
    return cJSON_IsString(value) ? text_of("%s", value->valuestring)
                                 : text_of("%d", value == NULL ? 0 : value->valueint);
}

static void put_options(const struct mapping *map, const struct unit *unit, cJSON *out,
                        const cJSON *item)
{
    const cJSON *option;
    double min, max;
    bool ranged = unit_range(unit, map, item, &min, &max);
    char *system = unit_system(unit, map, item);
    cJSON_ArrayForEach(option, unit_options(unit, map, item))
    {
        char *code = code_of(option);
        const cJSON *score = result_of(option, "score");
        cJSON *one = put_object(put_list(out, "answerOption"), NULL);
        if (get_flag(item, "scored") && ranged && cJSON_IsNumber(score))
            put_number(
                put_extension(one, FHIR_CORE "ordinalValue"), "valueDecimal",
                get_flag(item, "reverse") ? min + max - score->valuedouble : score->valuedouble, 0);
        cJSON *coding = put_coding(one, "valueCoding", system, code, NULL);
        mapping_words(map, coding, "display", result_of(option, "text"));
        free(code);
    }
    free(system);
}

static void put_control(cJSON *element, const char *code)
{
    cJSON *concept = put_object(put_extension(element, FHIR_CORE "questionnaire-itemControl"),
                                "valueCodeableConcept");
    put_coding(put_list(concept, "coding"), NULL, "http://hl7.org/fhir/questionnaire-item-control",
               code, NULL);
}

static void put_anchor(const struct mapping *map, cJSON *out, const cJSON *item, const char *side,
                       const char *control)
{
    const cJSON *words = result_of(item, side);
    if (!cJSON_IsObject(words))
        return;
    char *link = text_of("%s:%s", result_text(item, "id"), side);
    cJSON *anchor = put_object(put_list(out, "item"), NULL);
    put_control(anchor, control);
    put_text(anchor, "linkId", link);
    mapping_words(map, anchor, "text", words);
    put_text(anchor, "type", "display");
    free(link);
}

/* -- what may be answered: extensions, before the rest ----------------------------------------- */

static void put_bound(cJSON *out, const char *url, const cJSON *bound, bool whole)
{
    if (cJSON_IsString(bound))
        put_text(put_extension(out, url), "valueDate", bound->valuestring);
    else if (cJSON_IsNumber(bound))
        put_number(put_extension(out, url), whole ? "valueInteger" : "valueDecimal",
                   bound->valuedouble, 0);
}

static bool is_whole(const cJSON *item)
{
    return same(result_text(item, "kind"), "vas") || get_flag(item, "integer");
}

static void put_limits(cJSON *out, const cJSON *item)
{
    static const char *const types[] = { "image/png", "image/jpeg", "image/webp",
                                         "application/vnd.verbond.strokes+json",
                                         "application/json" };
    const char *kind = result_text(item, "kind");
    const cJSON *max = result_of(item, "max");
    if (same(kind, "vas") || same(kind, "number") || same(kind, "date")) {
        put_bound(out, FHIR_CORE "minValue", result_of(item, "min"), is_whole(item));
        put_bound(out, FHIR_CORE "maxValue", max, is_whole(item));
    }
    if (same(kind, "vas")) {
        put_control(out, "slider");
        put_int(put_extension(out, FHIR_CORE "questionnaire-sliderStepValue"), "valueInteger", 1);
    }
    if ((same(kind, "choice") || same(kind, "words")) && cJSON_IsNumber(max) && max->valueint > 1)
        put_int(put_extension(out, FHIR_CORE "questionnaire-maxOccurs"), "valueInteger",
                max->valueint);
    bool made = same(kind, "collage") || same(kind, "triangle");
    if (made || same(kind, "draw") || same(kind, "photo")) {
        size_t first = same(kind, "triangle") ? 4 : 0;
        for (size_t i = first; i < sizeof types / sizeof *types; i++)
            put_text(put_extension(out, FHIR_CORE "mimeType"), "valueCode", types[i]);
        put_number(put_extension(out, FHIR_CORE "maxSize"), "valueDecimal", 8, 0);
    }
}

static const char *type_of(const cJSON *item, bool has_options)
{
    const char *kind = result_text(item, "kind");
    if (same(kind, "likert") || same(kind, "faces"))
        return "choice";
    if (same(kind, "choice") || same(kind, "words"))
        return !has_options ? "string" : get_flag(item, "own") ? "open-choice" : "choice";
    if (same(kind, "yesno"))
        return "boolean";
    if (same(kind, "vas") || same(kind, "number"))
        return is_whole(item) ? "integer" : "decimal";
    if (same(kind, "text") || same(kind, "date"))
        return kind;
    return "attachment";
}

/* -- conditions -------------------------------------------------------------------------------- */

static const cJSON *question_of(const struct unit *unit, const cJSON *leaf)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, unit->items)
    {
        if (same(result_text(item, "id"), result_text(leaf, "item")))
            return item;
    }
    return NULL;
}

static bool is_number(const cJSON *question)
{
    return same(result_text(question, "kind"), "vas") ||
           same(result_text(question, "kind"), "number");
}

/* Fits one line of enableWhen: a comparison of a number, an option, a yes or no. */
static bool is_plain(const struct unit *unit, const cJSON *leaf)
{
    const cJSON *question = question_of(unit, leaf);
    const char *op = result_text(leaf, "op");
    if (question == NULL || cJSON_IsArray(result_of(leaf, "of")))
        return false;
    return same(op, "is") || same(op, "answered") ||
           ((same(op, "below") || same(op, "above")) && is_number(question));
}

static void put_compared(const struct mapping *map, const struct unit *unit, cJSON *line,
                         const cJSON *question, const cJSON *value)
{
    if (cJSON_IsBool(value)) {
        put_flag(line, "answerBoolean", cJSON_IsTrue(value));
    } else if (is_number(question)) {
        put_number(line, is_whole(question) ? "answerInteger" : "answerDecimal",
                   cJSON_GetNumberValue(value), 0);
    } else {
        char *system = unit_system(unit, map, question);
        char *code = cJSON_IsString(value) ? text_of("%s", value->valuestring)
                                           : text_of("%d", value->valueint);
        put_coding(line, "answerCoding", system, code, NULL);
        free(system);
        free(code);
    }
}

static cJSON *put_line(cJSON *out, const cJSON *leaf, const char *operator)
{
    cJSON *line = put_object(put_list(out, "enableWhen"), NULL);
    put_text(line, "question", result_text(leaf, "item"));
    put_text(line, "operator", operator);
    return line;
}

static void put_plain(const struct mapping *map, const struct unit *unit, cJSON *out,
                      const cJSON *leaf)
{
    const char *op = result_text(leaf, "op");
    if (same(op, "answered")) {
        put_flag(put_line(out, leaf, "exists"), "answerBoolean", true);
        return;
    }
    cJSON *line = put_line(out, leaf, same(op, "is") ? "=" : same(op, "below") ? "<" : ">");
    put_compared(map, unit, line, question_of(unit, leaf), result_of(leaf, "value"));
}

/* Does it look at what stands in another Questionnaire? What was asked once is not there again in
 * the one about a member. */
static bool looks_elsewhere(const struct mapping *map, const cJSON *when, const cJSON *item)
{
    const cJSON *each;
    cJSON_ArrayForEach(each, result_of(when, "of"))
    {
        if (looks_elsewhere(map, each, item))
            return true;
    }
    cJSON_ArrayForEach(each, result_of(map->instrument, "items"))
    {
        if (same(result_text(each, "id"), result_text(when, "item")))
            return !same(result_text(each, "about"), result_text(item, "about"));
    }
    return false;
}

static void put_expression(const struct mapping *map, cJSON *out, const cJSON *when)
{
    char *expression = expression_when(map, when);
    cJSON *value = put_object(put_extension(out, FHIR_SDC "sdc-questionnaire-enableWhenExpression"),
                              "valueExpression");
    put_text(value, "language", "text/fhirpath");
    put_text(value, "expression", expression);
    free(expression);
}

/* enableWhen knows one level of all or any; what it cannot say is an expression. */
static void put_when(const struct mapping *map, const struct unit *unit, cJSON *out,
                     const cJSON *item, bool extensions)
{
    const cJSON *when = result_of(item, "when"), *each, *of = result_of(when, "of");
    const char *op = result_text(when, "op");
    if (!cJSON_IsObject(when))
        return;
    bool elsewhere = looks_elsewhere(map, when, item);
    bool flat = is_plain(unit, when);
    if (cJSON_IsArray(of) && !same(op, "neither")) {
        flat = true;
        cJSON_ArrayForEach(each, of) flat &= is_plain(unit, each);
    }
    if (extensions && elsewhere)
        put_flag(mapping_extension(map, out, "condition-elsewhere"), "valueBoolean", true);
    else if (extensions && !flat)
        put_expression(map, out, when);
    if (extensions || elsewhere || !flat)
        return;
    if (!cJSON_IsArray(of))
        put_plain(map, unit, out, when);
    cJSON_ArrayForEach(each, of) put_plain(map, unit, out, each);
    if (cJSON_GetArraySize(of) > 1)
        put_text(out, "enableBehavior", same(op, "any") ? "any" : "all");
}

/* -- the item ---------------------------------------------------------------------------------- */

void item_put(struct mapping *map, const struct unit *unit, cJSON *list, const cJSON *item)
{
    const cJSON *texts = result_of(item, "text"), *max = result_of(item, "max");
    const cJSON *words = unit->role == NULL ? NULL : result_of(texts, unit->role);
    const char *kind = result_text(item, "kind");
    bool made = same(kind, "collage") || same(kind, "triangle");
    bool options = !made && cJSON_GetArraySize(unit_options(unit, map, item)) > 0;
    const char *type = type_of(item, options);
    cJSON *out = put_object(list, NULL);
    put_limits(out, item);
    put_when(map, unit, out, item, true);
    put_text(out, "linkId", result_text(item, "id"));
    mapping_words(map, out, "text", words != NULL ? words : texts == NULL ? NULL : texts->child);
    put_text(out, "type", type);
    put_when(map, unit, out, item, false);
    if (get_flag(item, "required"))
        put_flag(out, "required", true);
    if (same(kind, "words") || (same(kind, "choice") && cJSON_IsNumber(max) && max->valueint > 1))
        put_flag(out, "repeats", true);
    if (same(kind, "text") && cJSON_IsNumber(max))
        put_int(out, "maxLength", max->valueint);
    if (options)
        put_options(map, unit, out, item);
    if (same(kind, "vas")) {
        put_anchor(map, out, item, "left", "lower");
        put_anchor(map, out, item, "right", "upper");
    }
}
