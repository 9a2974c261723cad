/* unit.c - what one Questionnaire asks: one role, or one role about one member, in one format and
 * form. Roles read other words, so each has a Questionnaire of its own. */
#include "mapping.h"

#include <stdlib.h>
#include <string.h>

/* Of an optional include: does anybody in this result have a question of it? */
static bool is_asked_of(const struct mapping *map, const char *item)
{
    const cJSON *respondent, *about;
    cJSON_ArrayForEach(respondent, result_of(map->result, "respondents"))
    {
        if (result_of(result_of(respondent, "items"), item) != NULL)
            return true;
        cJSON_ArrayForEach(about, result_of(respondent, "about"))
        {
            if (result_of(result_of(about, "items"), item) != NULL)
                return true;
        }
    }
    return result_of(result_of(result_of(map->result, "talk"), "together"), item) != NULL;
}

static bool include_is_on(const struct mapping *map, const char *name)
{
    const cJSON *each;
    if (name == NULL)
        return true;
    cJSON_ArrayForEach(each, result_of(map->instrument, "includes"))
    {
        if (same(result_text(each, "id"), name) && !get_flag(each, "optional"))
            return true;
    }
    cJSON_ArrayForEach(each, result_of(map->instrument, "items"))
    {
        if (same(result_text(each, "include"), name) && is_asked_of(map, result_text(each, "id")))
            return true;
    }
    return false;
}

/* About a member is asked what that member is asked of itself, and what no member is asked. */
static bool fits_member(const struct mapping *map, const cJSON *item, const char *about)
{
    const cJSON *role, *text = result_of(item, "text");
    if (result_of(text, about) != NULL)
        return true;
    cJSON_ArrayForEach(role, result_of(map->instrument, "respondents"))
    {
        if (get_flag(role, "roster") && result_of(text, result_text(role, "role")) != NULL)
            return false;
    }
    return true;
}

/* Would it be asked in the whole form? */
static bool is_asked(const struct unit *unit, const struct mapping *map, const cJSON *item)
{
    const cJSON *variants = result_of(item, "variants");
    bool together = same(result_text(item, "stage"), "together");
    bool of_member = same(result_text(item, "about"), "member");
    if (together != (unit->role == NULL) || of_member != (unit->about != NULL))
        return false;
    if (unit->role != NULL && result_of(result_of(item, "text"), unit->role) == NULL)
        return false;
    if (unit->about != NULL && !fits_member(map, item, unit->about))
        return false;
    if (cJSON_IsArray(variants) && unit->variant != NULL && !list_has(variants, unit->variant))
        return false;
    return include_is_on(map, result_text(item, "include"));
}

/* The form that was filled in: the round's, or the shorter one that has all there is an answer to
 * and not all that could be asked. A person may have another one than the round. */
static const char *find_form(const struct unit *unit, const struct mapping *map,
                             const cJSON *answers)
{
    const cJSON *form, *each;
    const char *given = result_text(result_of(map->result, "instrument"), "form");
    if (given != NULL)
        return given;
    cJSON_ArrayForEach(form, result_of(map->instrument, "forms"))
    {
        bool shorter = false, fits = cJSON_GetArraySize(answers) > 0;
        cJSON_ArrayForEach(each, unit->items) shorter |= !list_has(form, result_text(each, "id"));
        cJSON_ArrayForEach(each, answers) fits &= list_has(form, each->string);
        if (shorter && fits)
            return form->string;
    }
    return NULL;
}

/* Those of the unit, and in any case those that there is an answer to. */
static cJSON *take(const struct unit *unit, const struct mapping *map, const cJSON *answers)
{
    const cJSON *item;
    const cJSON *form =
        unit->form == NULL ? NULL : result_of(result_of(map->instrument, "forms"), unit->form);
    cJSON *taken = cJSON_CreateArray();
    cJSON_ArrayForEach(item, result_of(map->instrument, "items"))
    {
        const char *id = result_text(item, "id");
        bool in_form = form == NULL || list_has(form, id);
        if ((in_form && is_asked(unit, map, item)) || result_of(answers, id) != NULL)
            if (!cJSON_AddItemReferenceToArray(taken, (cJSON *)item))
                build_fail();
    }
    return taken;
}

/* The name of what is asked: instrument, role, and so many digits that no other has the same. */
static bool name_unit(struct unit *unit, const struct mapping *map)
{
    char hash[FHIR_ID_SIZE], slug[40];
    const char *instrument = result_text(map->instrument, "id");
    const cJSON *each;
    struct text text;
    if (!text_begin(&text))
        return false;
    fprintf(text.file, "%s\n%s\n%s\n%s\n%s\n%s\n", unit->role == NULL ? "" : unit->role,
            unit->about == NULL ? "" : unit->about, unit->format,
            unit->form == NULL ? "" : unit->form, unit->variant == NULL ? "" : unit->variant,
            map->lang);
    cJSON_ArrayForEach(each, unit->items) fprintf(text.file, "%s\n", result_text(each, "id"));
    char *what = text_done(&text);
    if (what == NULL)
        return false;
    snprintf(slug, sizeof slug, "%s-%s", instrument, unit->role == NULL ? "both" : unit->role);
    for (char *at = slug; *at != '\0'; at++)
        *at = *at == '_' ? '-' : *at; /* FHIR ids have none */
    fhir_id(hash, "questionnaire", instrument, what, NULL);
    unit->url = text_of("%s/Questionnaire/%s-%.12s", map->settings->base, slug, hash);
    fhir_id(hash, "questionnaire", instrument, what, result_text(map->instrument, "version"), NULL);
    snprintf(unit->id, sizeof unit->id, "%s-%.16s", slug, hash);
    free(what);
    return unit->url != NULL;
}

bool unit_begin(struct unit *unit, const struct mapping *map, const char *role, const char *about,
                const cJSON *answers)
{
    const cJSON *head = result_of(map->result, "instrument");
    *unit = (struct unit){ .role = role,
                           .about = about,
                           .format = result_text(head, "format"),
                           .variant = result_text(head, "variant") };
    if (unit->format == NULL)
        unit->format = "standard";
    unit->items = take(unit, map, answers);
    unit->form = find_form(unit, map, answers);
    if (unit->form != NULL) {
        cJSON_Delete(unit->items);
        unit->items = take(unit, map, answers);
    }
    if (cJSON_GetArraySize(unit->items) > 0 && name_unit(unit, map))
        return true;
    unit_end(unit);
    return false;
}

void unit_end(struct unit *unit)
{
    cJSON_Delete(unit->items);
    free(unit->url);
}

/* -- answers ----------------------------------------------------------------------------------- */

const cJSON *unit_options(const struct unit *unit, const struct mapping *map, const cJSON *item)
{
    const cJSON *format = result_of(result_of(map->instrument, "formats"), unit->format);
    return get_flag(item, "by_format") && format != NULL ? format : result_of(item, "options");
}

char *unit_system(const struct unit *unit, const struct mapping *map, const cJSON *item)
{
    bool shared = get_flag(item, "by_format");
    return text_of("%s/CodeSystem/%s.%s", map->settings->base, result_text(map->instrument, "id"),
                   shared ? unit->format : result_text(item, "id"));
}

/* -- scores ------------------------------------------------------------------------------------ */

/* docs/reference/scores.md, "too few answers" */
static int wanted_of(int of)
{
    return of <= 2 ? of : of <= 4 ? 3 : (4 * of + 4) / 5;
}

bool unit_range(const struct unit *unit, const struct mapping *map, const cJSON *item, double *min,
                double *max)
{
    const cJSON *option, *low = result_of(item, "min"), *high = result_of(item, "max");
    const char *kind = result_text(item, "kind");
    bool any = false;
    *min = 0;
    *max = 1;
    if (same(kind, "yesno"))
        return true;
    if (same(kind, "vas") || same(kind, "number")) {
        *min = cJSON_GetNumberValue(low);
        *max = cJSON_GetNumberValue(high);
        return cJSON_IsNumber(low) && cJSON_IsNumber(high);
    }
    cJSON_ArrayForEach(option, unit_options(unit, map, item))
    {
        const cJSON *score = result_of(option, "score");
        if (!cJSON_IsNumber(score))
            continue;
        *min = !any || score->valuedouble < *min ? score->valuedouble : *min;
        *max = !any || score->valuedouble > *max ? score->valuedouble : *max;
        any = true;
    }
    return any;
}

bool unit_scale(struct unit_scale *out, const struct unit *unit, const struct mapping *map,
                const cJSON *scale)
{
    const cJSON *item;
    int scored = 0;
    out->of = 0;
    cJSON_ArrayForEach(item, result_of(map->instrument, "items"))
    {
        scored +=
            get_flag(item, "scored") && same(result_text(item, "scale"), result_text(scale, "id"));
    }
    cJSON_ArrayForEach(item, unit->items)
    {
        if (!get_flag(item, "scored") ||
            !same(result_text(item, "scale"), result_text(scale, "id")))
            continue;
        if (unit_range(unit, map, item, &out->min, &out->max))
            out->items[out->of++] = item;
    }
    out->wanted =
        out->of == scored ? result_of(scale, "min_answered")->valueint : wanted_of(out->of);
    return out->of > 0 && out->max > out->min;
}
