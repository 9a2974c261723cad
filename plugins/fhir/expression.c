/* expression.c - scores and conditions in FHIRPath, on %resource: a QuestionnaireResponse.
 *
 * Scores are docs/reference/scores.md. Everything is computed in thousandths and rounded half to
 * even by hand, because FHIRPath's round() goes away from zero. No function is used that differs
 * between engines: answers are read by their codes and not by ordinal() or weight(). */
#include "mapping.h"

#include <math.h>
#include <stdlib.h>

/* "4", "2.5", "-1" */
static const char *number(char out[48], double value)
{
    cJSON *holder = cJSON_CreateObject();
    put_number(holder, "n", value, 0);
    snprintf(out, 48, "%s",
             result_of(holder, "n") == NULL ? "0" : result_of(holder, "n")->valuestring);
    cJSON_Delete(holder);
    return out;
}

/* -- answers as numbers ------------------------------------------------------------------------ */

static void write_choice(FILE *to, const cJSON *options)
{
    const cJSON *option;
    int open = 0;
    cJSON_ArrayForEach(option, options)
    {
        char score[48];
        if (!cJSON_IsNumber(result_of(option, "score")))
            continue;
        fprintf(to, "iif(answer.value.code = '%s', %s, ", result_text(option, "value"),
                number(score, result_of(option, "score")->valuedouble));
        open++;
    }
    fputs("{}", to);
    while (open-- > 0)
        fputc(')', to);
}

/* Of $this, an item of the response: nothing where it has no answer that counts. */
static void write_number(FILE *to, const struct unit *unit, const struct mapping *map,
                         const cJSON *item)
{
    char turn[48];
    double min, max;
    const char *kind = result_text(item, "kind");
    bool negated = get_flag(item, "reverse") && unit_range(unit, map, item, &min, &max);
    if (negated)
        fprintf(to, "(%s - ", number(turn, min + max));
    if (same(kind, "yesno"))
        fputs("answer.value.select(iif($this, 1, 0))", to);
    else if (same(kind, "choice"))
        write_choice(to, unit_options(unit, map, item));
    else if (same(kind, "likert") || same(kind, "faces"))
        fputs("answer.value.code.toInteger()", to);
    else
        fputs("answer.value", to);
    if (negated)
        fputc(')', to);
}

/* Do two items count by the same words? */
static bool count_alike(const struct unit *unit, const struct mapping *map, const cJSON *a,
                        const cJSON *b)
{
    struct text one, two;
    if (!text_begin(&one))
        return false;
    write_number(one.file, unit, map, a);
    char *of_a = text_done(&one), *of_b = NULL;
    if (text_begin(&two)) {
        write_number(two.file, unit, map, b);
        of_b = text_done(&two);
    }
    bool alike = of_a != NULL && same(of_a, of_b);
    free(of_a);
    free(of_b);
    return alike;
}

static void write_links(FILE *to, const struct unit *unit, const struct mapping *map,
                        const struct unit_scale *scale, const cJSON *like)
{
    const char *between = "";
    fputs("linkId in (", to);
    for (int i = 0; i < scale->of; i++) {
        if (like != NULL && !count_alike(unit, map, scale->items[i], like))
            continue;
        fprintf(to, "%s'%s'", between, result_text(scale->items[i], "id"));
        between = " | ";
    }
    fputc(')', to);
}

/* The answers of a scale as they count, one for each that there is. Most scales have one way for
 * all; what is turned round has another. */
static void write_values(FILE *to, const struct unit *unit, const struct mapping *map,
                         const struct unit_scale *scale)
{
    int open = 0, last = 0;
    fputs("%resource.item.where(", to);
    write_links(to, unit, map, scale, NULL);
    fputs(").select(", to);
    for (int i = 0; i < scale->of; i++) {
        bool seen = false, others = false;
        for (int j = 0; j < i && !seen; j++)
            seen = count_alike(unit, map, scale->items[j], scale->items[i]);
        if (seen)
            continue;
        for (int j = i + 1; j < scale->of && !others; j++)
            others = !count_alike(unit, map, scale->items[j], scale->items[i]);
        last = i;
        if (!others)
            break;
        fputs("iif(", to);
        write_links(to, unit, map, scale, scale->items[i]);
        fputs(", ", to);
        write_number(to, unit, map, scale->items[i]);
        fputs(", ", to);
        open++;
    }
    write_number(to, unit, map, scale->items[last]);
    while (open-- >= 0)
        fputc(')', to);
}

/* The sum in thousandths. Numbers with decimals are floating point in some engines: what lies
 * behind thousandths is none of ours. */
static void write_milli(FILE *to, const struct unit_scale *scale, const char *values)
{
    bool decimals = false;
    for (int i = 0; i < scale->of; i++)
        decimals |= same(result_text(scale->items[i], "kind"), "number");
    fprintf(to, decimals ? "(1000 * %s.sum()).round(0)" : "1000 * %s.sum()", values);
}

/* Of the quotient before it. */
#define HALF_EVEN                                                                                  \
    ".select(iif($this - $this.floor() = 0.5 and $this.floor() mod 2 = 0, $this.floor(), "         \
    "($this + 0.5).floor()))"

static void write_mean(FILE *to, const struct unit_scale *scale, const char *values)
{
    fprintf(to, "iif(%s.count() >= %d, ((", values, scale->wanted);
    write_milli(to, scale, values);
    fprintf(to, ") / %s.count())" HALF_EVEN " / 1000, {})", values);
}

static void write_pomp(FILE *to, const struct unit_scale *scale, const char *values)
{
    char min[48], range[48];
    fprintf(to, "iif(%s.count() >= %d, ((", values, scale->wanted);
    write_milli(to, scale, values);
    fprintf(to, " - %s.count() * %s) / (%s.count() * %s))" HALF_EVEN " / 10, {})", values,
            number(min, 1000 * scale->min), values, number(range, scale->max - scale->min));
}

char *expression_score(const struct unit *unit, const struct mapping *map,
                       const struct unit_scale *scale, const char *what)
{
    struct text text;
    if (!text_begin(&text))
        return NULL;
    write_values(text.file, unit, map, scale);
    char *values = text_done(&text);
    if (values == NULL || !text_begin(&text)) {
        free(values);
        return NULL;
    }
    if (same(what, "answered"))
        fprintf(text.file, "%s.count()", values);
    else if (same(what, "mean"))
        write_mean(text.file, scale, values);
    else if (same(what, "pomp"))
        write_pomp(text.file, scale, values);
    else {
        fputs("iif(", text.file);
        fprintf(text.file, "%s.exists(), (", values);
        write_milli(text.file, scale, values);
        fputs(") / 1000, {})", text.file);
    }
    free(values);
    return text_done(&text);
}

/* -- totals ------------------------------------------------------------------------------------ */

static const cJSON *by_id(const cJSON *list, const char *id)
{
    const cJSON *each;
    cJSON_ArrayForEach(each, list)
    {
        if (same(result_text(each, "id"), id))
            return each;
    }
    return NULL;
}

/* A sum counts in a total only when its scale has a score: enough answers, as for a mean. */
static char *part_of_total(const struct unit *unit, const struct mapping *map,
                           const struct unit_scale *scale, bool is_sum)
{
    char *part = expression_score(unit, map, scale, is_sum ? "sum" : "mean");
    char *answered = is_sum ? expression_score(unit, map, scale, "answered") : NULL;
    if (!is_sum || part == NULL || answered == NULL) {
        free(answered);
        return part;
    }
    char *guarded = text_of("iif(%s >= %d, %s, {})", answered, scale->wanted, part);
    free(part);
    free(answered);
    return guarded;
}

char *expression_total(const struct unit *unit, const struct mapping *map, const cJSON *total)
{
    const cJSON *id, *of = result_of(total, "scales");
    struct unit_scale scale;
    struct text text;
    bool is_mean = same(result_text(total, "score"), "mean"), all = cJSON_GetArraySize(of) > 0;
    if (!text_begin(&text))
        return NULL;
    fputs(is_mean ? "((1000 * (" : "(", text.file);
    cJSON_ArrayForEach(id, of)
    {
        const cJSON *each = by_id(result_of(map->instrument, "scales"), cJSON_GetStringValue(id));
        if (each == NULL || !unit_scale(&scale, unit, map, each)) {
            all = false;
            break;
        }
        char *part = part_of_total(unit, map, &scale, same(result_text(each, "score"), "sum"));
        fprintf(text.file, "%s%s", id == of->child ? "" : " + ", part == NULL ? "" : part);
        free(part);
    }
    if (is_mean)
        fprintf(text.file, ")).round(0) / %d)" HALF_EVEN " / 1000", cJSON_GetArraySize(of));
    else
        fputc(')', text.file);
    char *whole = text_done(&text);
    if (!all && whole != NULL)
        whole[0] = '\0'; /* this voice has no such total */
    return whole;
}

/* -- conditions -------------------------------------------------------------------------------- */

static void write_when(FILE *to, const struct mapping *map, const cJSON *when);

static void write_group(FILE *to, const struct mapping *map, const cJSON *when)
{
    const char *op = result_text(when, "op"), *between = "";
    const cJSON *each;
    fputc('(', to);
    cJSON_ArrayForEach(each, result_of(when, "of"))
    {
        fputs(between, to);
        write_when(to, map, each);
        between = same(op, "all") ? " and " : " or ";
    }
    fputs(same(op, "neither") ? ").not()" : ")", to);
}

/* One that compares, of $this: an answer. */
static void write_test(FILE *to, const cJSON *item, const cJSON *when)
{
    char low[48], high[48];
    const char *op = result_text(when, "op"), *kind = result_text(item, "kind");
    const cJSON *value = result_of(when, "value");
    bool coded = same(kind, "likert") || same(kind, "faces");
    const char *of = coded ? "value.code.toInteger()" : "value";
    if (same(op, "is") && cJSON_IsBool(value))
        fprintf(to, "value = %s", cJSON_IsTrue(value) ? "true" : "false");
    else if (same(op, "is") && cJSON_IsString(value))
        fprintf(to, "value.code = '%s'", cJSON_GetStringValue(value));
    else if (same(op, "is"))
        fprintf(to, "%s = %s", of, number(low, cJSON_GetNumberValue(value)));
    else if (same(op, "below") || same(op, "above"))
        fprintf(to, "%s %s %s", of, same(op, "below") ? "<" : ">",
                number(low, cJSON_GetNumberValue(value)));
    else
        fprintf(to, "%s >= %s and %s <= %s", of, number(low, result_of(when, "low")->valuedouble),
                of, number(high, result_of(when, "high")->valuedouble));
}

static void write_when(FILE *to, const struct mapping *map, const cJSON *when)
{
    if (cJSON_IsArray(result_of(when, "of"))) {
        write_group(to, map, when);
        return;
    }
    const cJSON *item = by_id(result_of(map->instrument, "items"), result_text(when, "item"));
    fprintf(to, "%%resource.item.where(linkId = '%s').answer", result_text(when, "item"));
    if (same(result_text(when, "op"), "answered")) {
        fputs(".exists()", to);
        return;
    }
    fputs(".where(", to);
    write_test(to, item, when);
    fputs(").exists()", to);
}

char *expression_when(const struct mapping *map, const cJSON *when)
{
    struct text text;
    if (!text_begin(&text))
        return NULL;
    write_when(text.file, map, when);
    return text_done(&text);
}
