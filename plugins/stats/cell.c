#include "cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record.h"
#include "result.h"

static const struct stats_cell none = { .is = CELL_NONE };

static struct stats_cell number(double value)
{
    return (struct stats_cell){ .is = CELL_NUMBER, .number = value };
}

static struct stats_cell text(const char *value)
{
    return value == NULL ? none : (struct stats_cell){ .is = CELL_TEXT, .text = value };
}

static struct stats_cell taken(char *own)
{
    if (own == NULL)
        return (struct stats_cell){ .failed = true };
    return (struct stats_cell){ .is = CELL_TEXT, .text = own, .own = own };
}

static struct stats_cell number_of(const cJSON *value)
{
    if (cJSON_IsBool(value))
        return number(cJSON_IsTrue(value));
    return cJSON_IsNumber(value) ? number(value->valuedouble) : none;
}

/* -- days -------------------------------------------------------------------------------------- */

/* Since 1970-01-01 in the Gregorian calendar (H. Hinnant, chrono-compatible low-level date
 * algorithms: days_from_civil). */
static double days(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097.0 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct stats_cell day_of(const char *value)
{
    int year, month, day;
    if (value == NULL || sscanf(value, "%4d-%2d-%2d", &year, &month, &day) != 3)
        return none;
    return number(days(year, month, day));
}

static struct stats_cell moment_of(const char *value)
{
    int hour, minute, second;
    struct stats_cell cell = day_of(value);
    if (cell.is == CELL_NONE || sscanf(value + 10, "T%2d:%2d:%2d", &hour, &minute, &second) != 3)
        return none;
    return number(cell.number * 86400 + hour * 3600 + minute * 60 + second);
}

/* -- heads ------------------------------------------------------------------------------------- */

static bool is_day(const char *wave)
{
    static const char like[] = "dddd-dd-dd";
    size_t i = 0;
    for (; wave[i] != '\0' && like[i] != '\0'; i++)
        if (like[i] == 'd' ? wave[i] < '0' || wave[i] > '9' : wave[i] != like[i])
            return false;
    return wave[i] == '\0' && like[i] == '\0';
}

/* The place in respondents, from 1; 0: of no role there. */
static int role_no(const struct stats_table *table, const char *key)
{
    const cJSON *one;
    size_t len = (size_t)(strrchr(key, ' ') - key);
    int number_of_role = 0;
    cJSON_ArrayForEach(one, result_of(table->plan->instrument, "respondents"))
    {
        const char *name = result_text(one, "role");
        number_of_role++;
        if (strlen(name) == len && memcmp(name, key, len) == 0)
            return number_of_role;
    }
    return 0;
}

static struct stats_cell of_key(const struct stats_table *table, const char *key, bool role)
{
    if (key == NULL)
        return none;
    return number(role ? role_no(table, key) : atoi(strrchr(key, ' ') + 1));
}

static struct stats_cell id_of(const struct stats_row *row, const char *key)
{
    return key == NULL ? none : text(result_text(result_of(row->ids, "persons"), key));
}

static struct stats_cell head(const struct stats_table *table, enum stats_head which,
                              const struct stats_row *row, const struct stats_part *part)
{
    const char *wave = result_text(row->content, "wave"), *state;
    switch (which) {
    case HEAD_ROUND_NO:
        return number(row->round_no);
    case HEAD_ROUND_ID:
        return text(result_text(row->ids, "round"));
    case HEAD_CASE_ID:
        return text(result_text(row->ids, "case"));
    case HEAD_RELEASED:
        return moment_of(result_text(row->ids, "released_at"));
    case HEAD_WAVE: /* a day is a date, and those are left out */
        return wave != NULL && row->ids == NULL && is_day(wave) ? none : text(wave);
    case HEAD_SIMULATED:
        return number_of(result_of(row->content, "simulated"));
    case HEAD_VERSION:
        return text(result_text(row->content, "version"));
    case HEAD_FORMAT:
        return text(result_text(row->content, "format"));
    case HEAD_FORM:
        return text(result_text(row->content, "form"));
    case HEAD_VARIANT:
        return text(result_text(row->content, "variant"));
    default:
        break;
    }
    if (part == NULL || part->person == NULL)
        return none;
    switch (which) {
    case HEAD_ROLE:
        return of_key(table, part->key, true);
    case HEAD_PERSON_NO:
        return of_key(table, part->key, false);
    case HEAD_ABOUT_ROLE:
        return of_key(table, part->about_key, true);
    case HEAD_ABOUT_NO:
        return of_key(table, part->about_key, false);
    case HEAD_PERSON_ID:
        return id_of(row, part->key);
    case HEAD_ABOUT_ID:
        return id_of(row, part->about_key);
    case HEAD_SHARED:
        state = result_text(part->person, "state");
        return number(state != NULL && strcmp(state, "shared") == 0);
    case HEAD_LANGUAGE:
        return text(result_text(part->person, "language"));
    case HEAD_MODE:
        return text(result_text(part->person, "mode"));
    default:
        return none;
    }
}

/* -- items ------------------------------------------------------------------------------------- */

/* From 1; 0: none of them */
static int place_of(const cJSON *answers, const cJSON *value)
{
    const cJSON *answer;
    int place = 0;
    cJSON_ArrayForEach(answer, answers)
    {
        place++;
        if (cJSON_Compare(result_of(answer, "value"), value, true))
            return place;
    }
    return 0;
}

static struct stats_cell coded(const struct stats_variable *variable, const cJSON *value)
{
    int place = place_of(variable->answers, value);
    return number(place > 0 ? place : cJSON_GetArraySize(variable->answers) + 1);
}

static struct stats_cell made(const cJSON *value)
{
    static const char *const ways[] = { "blob", "words", "paper", "pieces" };
    for (int i = 0; i < 4; i++)
        if (result_of(value, ways[i]) != NULL)
            return number(i + 1);
    return none;
}

static struct stats_cell answer(const struct stats_variable *variable, const cJSON *value)
{
    const char *kind = result_text(variable->entry, "kind");
    if (variable->form == FORM_DAY)
        return day_of(cJSON_GetStringValue(value));
    if (variable->form == FORM_TEXT)
        return cJSON_IsString(value) ? text(value->valuestring)
                                     : taken(cJSON_PrintUnformatted(value));
    if (strcmp(kind, "choice") == 0)
        return coded(variable, value);
    return cJSON_IsObject(value) ? made(value) : number_of(value);
}

static struct stats_cell scored(const struct stats_variable *variable, const cJSON *value)
{
    const cJSON *item = variable->entry, *option, *score;
    double least = cJSON_GetNumberValue(result_of(item, "min"));
    double most = cJSON_GetNumberValue(result_of(item, "max"));
    struct stats_cell cell = number_of(value);
    bool first = true;
    if (strcmp(result_text(item, "kind"), "yesno") == 0)
        least = 0, most = 1;
    cJSON_ArrayForEach(option, variable->answers)
    {
        score = result_of(option, "score");
        if (!cJSON_IsNumber(score))
            continue;
        least = first || score->valuedouble < least ? score->valuedouble : least;
        most = first || score->valuedouble > most ? score->valuedouble : most;
        first = false;
        if (cJSON_Compare(result_of(option, "value"), value, true))
            cell = number(score->valuedouble);
    }
    if (cell.is == CELL_NUMBER && cJSON_IsTrue(result_of(item, "reverse")))
        cell.number = least + most - cell.number;
    return cell;
}

static bool is_chosen(const struct stats_variable *variable, const cJSON *value)
{
    const cJSON *option = result_of(cJSON_GetArrayItem(variable->answers, variable->part), "value");
    const cJSON *one;
    cJSON_ArrayForEach(one, value)
    {
        if (cJSON_Compare(one, option, true))
            return true;
    }
    return false;
}

static struct stats_cell place(const struct stats_variable *variable, const cJSON *value)
{
    const cJSON *token = cJSON_GetArrayItem(variable->answers, variable->part / 2);
    const char *name = result_text(token, "value");
    const cJSON *at = name == NULL ? NULL : result_of(value, name);
    return number_of(cJSON_GetArrayItem(at, variable->part % 2));
}

/* In order, " | " between; what is an option has a variable of its own. */
static struct stats_cell own_words(const struct stats_variable *variable, const cJSON *value)
{
    const cJSON *list = cJSON_IsObject(value) ? result_of(value, "words") : value, *one;
    char *joined = NULL;
    size_t len = 0;
    int count = 0;
    if (cJSON_IsObject(value) && result_text(value, "other") != NULL)
        return text(result_text(value, "other"));
    if (!cJSON_IsArray(list))
        return none;
    FILE *out = open_memstream(&joined, &len);
    if (out == NULL)
        return (struct stats_cell){ .failed = true };
    cJSON_ArrayForEach(one, list)
    {
        const char *word = cJSON_IsObject(one)                     ? result_text(one, "other")
                           : place_of(variable->answers, one) == 0 ? cJSON_GetStringValue(one)
                                                                   : NULL;
        if (word != NULL)
            fprintf(out, "%s%s", count++ == 0 ? "" : " | ", word);
    }
    fclose(out);
    return taken(joined);
}

/* Whether somebody who gave nothing would have been asked this. */
static bool would_be_asked(const struct stats_variable *variable, const struct stats_part *part)
{
    bool about = result_text(variable->entry, "about") != NULL;
    return part->about_key == NULL &&
           stats_is_asked(variable->entry, result_text(part->role, "role")) &&
           (!about || cJSON_IsTrue(result_of(part->role, "roster")));
}

static struct stats_cell missing(const struct stats_variable *variable, int reason)
{
    if (variable->source == SOURCE_WHY)
        return number(STATS_CODE - reason);
    if (variable->form == FORM_TEXT)
        return none;
    return (struct stats_cell){ .is = CELL_REASON, .reason = reason };
}

static struct stats_cell of_item(const struct stats_variable *variable, const cJSON *items)
{
    const cJSON *item = result_of(items, result_text(variable->entry, "id"));
    const cJSON *value = result_of(item, "value");
    const char *reason = result_text(item, "missing");
    if (reason != NULL)
        return missing(variable, stats_reason(reason));
    if (value == NULL || cJSON_IsNull(value))
        return none;
    switch (variable->source) {
    case SOURCE_ITEM:
        return answer(variable, value);
    case SOURCE_SCORED:
        return scored(variable, value);
    case SOURCE_OPTION:
        return number(is_chosen(variable, value));
    case SOURCE_TOKEN:
        return place(variable, value);
    case SOURCE_OWN:
        return own_words(variable, value);
    default:
        return number(0);
    }
}

/* -- a cell ------------------------------------------------------------------------------------ */

struct stats_cell stats_cell(const struct stats_table *table, const struct stats_variable *variable,
                             const struct stats_row *row)
{
    const struct stats_part *part =
        variable->slot == STATS_NO_SLOT ? NULL : &row->parts[variable->slot];
    const char *id, *state;
    if (variable->source == SOURCE_HEAD)
        return head(table, (enum stats_head)variable->part, row, part);
    if (part == NULL)
        return of_item(variable, result_of(row->content, "together"));
    if (part->person == NULL)
        return none;
    id = result_text(variable->entry, "id");
    if (variable->source == SOURCE_SCALE)
        return number_of(result_of(result_of(result_of(part->part, "scales"), id),
                                   stats_figure_names[variable->part]));
    if (variable->source == SOURCE_TOTAL)
        return number_of(result_of(result_of(part->part, "totals"), id));
    state = result_text(part->person, "state");
    if (state != NULL && strcmp(state, "not_filled_in") == 0)
        return would_be_asked(variable, part) ? missing(variable, STATS_NOT_FILLED_IN) : none;
    return of_item(variable, result_of(part->part, "items"));
}
