#include "data/result.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "data/json.h"
#include "data/result_put.h"
#include "data/value_json.h"

/* POMP and differences carry one decimal, also when it is 0. */
static void put_tenths(struct vb_buf *out, int64_t tenths)
{
    int64_t size = tenths < 0 ? -tenths : tenths;
    char last[] = { '.', (char)('0' + size % 10) };
    if (tenths < 0)
        say(out, "-");
    put_int(out, size / 10);
    put(out, last, sizeof last);
}

const char *vb_category_name(enum vb_category category)
{
    static const char *const names[] = { "none", "well", "differ", "better", "discuss" };
    vb_assert((int)category >= 0 && category <= VB_DISCUSS);
    return names[category];
}

/* -- head ---------------------------------------------------------------------------------------
 */

static void put_instrument(struct vb_buf *out, const struct vb_result *result)
{
    const struct vb_plan *plan = result->plan;
    say(out, ",\"instrument\":{\"id\":");
    put_id(out, plan->id);
    say(out, ",\"version\":");
    put_id(out, plan->version);
    say(out, ",\"digest\":");
    put_id(out, plan->digest);
    say(out, ",\"basis\":");
    put_id(out, plan->basis);
    say(out, ",\"status\":{");
    for (int i = 0; i < plan->language_count; i++) {
        if (i > 0)
            say(out, ",");
        put_id(out, plan->languages[i]);
        say(out, ":");
        put_id(out, vb_status_name(plan->status[i]));
    }
    say(out, "},\"format\":");
    put_id(out, result->format < 0                    ? NULL
                : result->format < plan->format_count ? plan->formats[result->format].name
                                                      : "standard"); /* the plan names none */
    say(out, ",\"form\":");
    put_id(out, result->form < 0 ? NULL : plan->forms[result->form].name);
    say(out, ",\"variant\":");
    put_id(out, result->variant < 0 ? NULL : plan->variants[result->variant].name);
    say(out, "}");
}

static void put_head(struct vb_buf *out, const struct vb_result *result, enum vb_content content)
{
    char time[VB_TIME_SIZE];
    vb_time_format(result->released_wall_ms, time);
    say(out, "{\"schema\":\"verbond.result/1\",\"content\":");
    put_id(out, vb_content_name(content));
    say(out, ",\"id\":\"");
    put(out, result->round, strlen(result->round));
    say(out, "/");
    put_int(out, result->revision);
    say(out, "\",\"revision\":");
    put_int(out, result->revision);
    say(out, ",\"reason\":");
    put_id(out, result->reason);
    if (result->research)
        say(out, ",\"purpose\":\"research\"");
    if (result->dossier)
        say(out, ",\"purpose\":\"dossier\"");
    say(out, ",\"round\":");
    put_id(out, result->round);
    say(out, ",\"case\":");
    vb_json_text(out, result->case_id);
    say(out, ",\"wave\":");
    vb_json_text(out, result->wave);
    say(out, ",\"released_at\":");
    put_id(out, time);
    say(out, ",\"simulated\":");
    put_bool(out, result->simulated);
    put_instrument(out, result);
}

/* -- respondents --------------------------------------------------------------------------------
 */

/* One row is written behind a pointer of its own: each put to the buffer would read length and
 * capacity anew. room gives the place for a row, row_done takes what was written. */
static inline char *room(struct vb_buf *out, size_t len)
{
    if (out->cap - out->len <= len)
        vb_buf_reserve(out, len);
    return out->data + out->len;
}

static inline void row_done(struct vb_buf *out, const char *end)
{
    out->len = (size_t)(end - out->data);
}

__attribute__((always_inline)) static inline char *add(char *at, const char *literal)
{
    size_t len = strlen(literal);
    memcpy(at, literal, len);
    return at + len;
}

static inline char *add_bytes(char *at, const char *bytes, size_t len)
{
    memcpy(at, bytes, len);
    return at + len;
}

enum { ROW = 96 }; /* bytes of the literals and numbers of any row */

static char *add_missing(char *at, const struct vb_value *value, bool research)
{
    const char *reason = !research                         ? "not_filled_in"
                         : value->type == VB_VALUE_MISSING ? vb_missing_name(value->number)
                                                           : vb_missing_name(VB_MISSING_NOT_SHOWN);
    at = add(at - strlen("\"value\":"), "\"missing\":\"");
    at = add_bytes(at, reason, strlen(reason));
    return add(at, "\"}");
}

/* "ID":{"value":4}; research: a missing one says why. */
static inline void put_value(struct vb_buf *out, const struct vb_item *item,
                             const struct vb_value *value, bool research, bool first)
{
    size_t key = (size_t)item->json_key_len;
    char *at = room(out, key + ROW);
    if (!first)
        *at++ = ',';
    at = add_bytes(at, item->json_key, key);
    if (!vb_value_given(value)) {
        row_done(out, add_missing(at, value, research));
    } else if (value->type == VB_VALUE_INT && value->number >= 0 && value->number <= 9) {
        *at++ = (char)('0' + value->number);
        *at++ = '}';
        row_done(out, at);
    } else {
        row_done(out, at);
        vb_value_write(out, item, value);
        say(out, "}");
    }
}

static void put_items(struct vb_buf *out, const struct vb_result *result,
                      const struct vb_value *values)
{
    const struct vb_plan *plan = result->plan;
    bool first = true;
    say(out, "{");
    for (int i = 0; values != NULL && i < plan->item_count; i++) {
        if (values[i].type == VB_VALUE_NONE)
            continue;
        put_value(out, &plan->items[i], &values[i], result->research, first);
        first = false;
    }
    say(out, "}");
}

static void put_score(struct vb_buf *out, const struct vb_scale *scale,
                      const struct vb_score *score)
{
    put_id(out, scale->id);
    say(out, ":{\"sum\":");
    vb_milli_write(out, score->sum_milli);
    say(out, ",\"answered\":");
    put_int(out, score->answered);
    say(out, ",\"of\":");
    put_int(out, score->of);
    say(out, ",\"mean\":");
    if (score->given)
        vb_milli_write(out, score->mean_milli);
    else
        say(out, "null");
    say(out, ",\"pomp\":");
    if (score->given)
        put_tenths(out, score->pomp_tenths);
    else
        say(out, "null");
    say(out, ",\"prorated\":");
    put_bool(out, score->prorated);
    say(out, ",\"negative\":");
    put_bool(out, scale->negative);
    say(out, "}");
}

static void put_scales(struct vb_buf *out, const struct vb_plan *plan,
                       const struct vb_score *scores)
{
    bool first = true;
    say(out, "{");
    for (int i = 0; scores != NULL && i < plan->scale_count; i++) {
        if (!scores[i].any)
            continue;
        if (!first)
            say(out, ",");
        first = false;
        put_score(out, &plan->scales[i], &scores[i]);
    }
    say(out, "}");
}

static void put_totals(struct vb_buf *out, const struct vb_plan *plan,
                       const struct vb_respondent *respondent)
{
    say(out, "{");
    for (int i = 0; respondent->totals != NULL && i < plan->total_count; i++) {
        if (i > 0)
            say(out, ",");
        put_id(out, plan->totals[i].id);
        say(out, ":");
        if (respondent->total_given[i])
            vb_milli_write(out, respondent->totals[i]);
        else
            say(out, "null");
    }
    say(out, "}");
}

static void put_about(struct vb_buf *out, const struct vb_result *result,
                      const struct vb_respondent *respondent, bool items)
{
    say(out, "[");
    for (int i = 0; i < respondent->about_count; i++) {
        const struct vb_part *part = &respondent->about[i];
        if (i > 0)
            say(out, ",");
        say(out, "{\"person\":");
        put_id(out, part->member);
        say(out, ",\"items\":");
        put_items(out, result, items ? part->values : NULL);
        say(out, ",\"scales\":");
        put_scales(out, result->plan, part->scores);
        say(out, "}");
    }
    say(out, "]");
}

/* Whoever did not share looks the same, whatever the reason was. */
static void put_respondent(struct vb_buf *out, const struct vb_result *result,
                           const struct vb_respondent *respondent, bool items)
{
    say(out, "{\"role\":");
    put_id(out, respondent->role);
    say(out, ",\"person\":");
    put_id(out, respondent->person);
    say(out, ",\"language\":");
    put_id(out, respondent->language);
    say(out, ",\"mode\":");
    put_id(out, respondent->mode);
    if (!respondent->shared) {
        say(out, ",\"state\":\"not_filled_in\",\"items\":{},\"scales\":{},\"totals\":{},"
                 "\"about\":[]}");
        return;
    }
    say(out, ",\"state\":\"shared\",\"items\":");
    put_items(out, result, items ? respondent->own.values : NULL);
    say(out, ",\"scales\":");
    put_scales(out, result->plan, respondent->own.scores);
    say(out, ",\"totals\":");
    put_totals(out, result->plan, respondent);
    say(out, ",\"about\":");
    put_about(out, result, respondent, items);
    say(out, "}");
}

/* -- comparison and talk ------------------------------------------------------------------------
 */

/* {"item":"ID","relation":"act","category":"differ" or {"scale":"ID" */
static inline char *add_subject(char *at, const struct vb_plan *plan,
                                const struct vb_comparison *comparison)
{
    if (comparison->item < 0) {
        const char *id = plan->scales[comparison->scale].id;
        at = add(at, "{\"scale\":\"");
        at = add_bytes(at, id, strlen(id));
        return add(at, "\"");
    }
    const struct vb_item *item = &plan->items[comparison->item];
    const char *relation = vb_relation_name(item->relation);
    const char *category = vb_category_name(comparison->category);
    at = add(at, "{\"item\":");
    at = add_bytes(at, item->json_key, (size_t)item->json_key_len - strlen(":{\"value\":"));
    at = add(at, ",\"relation\":\"");
    at = add_bytes(at, relation, strlen(relation));
    at = add(at, "\",\"category\":\"");
    at = add_bytes(at, category, strlen(category));
    return add(at, "\"");
}

static void put_comparison(struct vb_buf *out, const struct vb_result *result,
                           const struct vb_comparison *comparison, const struct vb_buf *pair)
{
    const struct vb_plan *plan = result->plan;
    size_t id = comparison->item < 0 ? strlen(plan->scales[comparison->scale].id)
                                     : (size_t)plan->items[comparison->item].json_key_len;
    char *at = room(out, id + pair->len + ROW);
    at = add_subject(at, plan, comparison);
    at = add_bytes(at, pair->data, pair->len);
    row_done(out, at);
    if (comparison->given)
        put_tenths(out, comparison->difference_tenths);
    else
        say(out, "null");
    if (comparison->about < 0) {
        say(out, ",\"about\":null}");
        return;
    }
    say(out, ",\"about\":");
    put_id(out, result->roster[comparison->about].person);
    say(out, "}");
}

/* ,"a":"...","b":"...","difference": stands the same in every row of a pair. */
static void write_pair(struct vb_buf *pair, const struct vb_result *result,
                       const struct vb_comparison *comparison)
{
    vb_buf_clear(pair);
    say(pair, ",\"a\":");
    put_id(pair, result->respondents[comparison->a].person);
    say(pair, ",\"b\":");
    put_id(pair, result->respondents[comparison->b].person);
    say(pair, ",\"difference\":");
}

static void put_comparisons(struct vb_buf *out, const struct vb_result *result, bool items)
{
    const struct vb_comparison *last = NULL;
    struct vb_buf pair = { 0 };
    for (int i = 0; i < result->comparison_count; i++) {
        const struct vb_comparison *comparison = &result->comparisons[i];
        if (!items && comparison->item >= 0)
            continue;
        if (last != NULL)
            say(out, ",");
        if (last == NULL || last->a != comparison->a || last->b != comparison->b)
            write_pair(&pair, result, comparison);
        put_comparison(out, result, comparison, &pair);
        last = comparison;
    }
    vb_buf_finish(&pair);
}

static void put_points(struct vb_buf *out, const struct vb_plan *plan, const int *items, int count)
{
    say(out, "[");
    for (int i = 0; i < count; i++) {
        if (i > 0)
            say(out, ",");
        put_id(out, plan->items[items[i]].id);
    }
    say(out, "]");
}

/* Everybody there is has a yes or a not yet. */
static void put_goals(struct vb_buf *out, const struct vb_result *result,
                      const struct vb_talk_record *record)
{
    const char **everybody = vb_alloc(((size_t)result->respondent_count + 1) * sizeof *everybody);
    int count = 0;
    for (int i = 0; i < result->respondent_count; i++)
        if (result->respondents[i].person != NULL)
            everybody[count++] = result->respondents[i].person;
    vb_goals_write(out, record->goals, record->goal_count, everybody, count);
    free(everybody);
}

static void put_talk(struct vb_buf *out, const struct vb_result *result, const struct vb_talk *talk)
{
    const struct vb_plan *plan = result->plan;
    const struct vb_talk_record *record = &talk->record;
    say(out, ",\"talk\":{\"well\":");
    put_points(out, plan, talk->well, talk->well_count);
    say(out, ",\"differ\":");
    put_points(out, plan, talk->differ, talk->differ_count);
    say(out, ",\"better\":");
    put_points(out, plan, talk->better, talk->better_count);
    say(out, ",\"friction\":");
    put_points(out, plan, talk->friction, talk->friction_count);
    say(out, ",\"topic\":");
    vb_json_text(out, record->topic);
    say(out, ",\"agreements\":");
    vb_agreements_write(out, record->agreements, record->agreement_count);
    say(out, ",\"goals\":");
    put_goals(out, result, record);
    say(out, ",\"together\":{");
    for (int i = 0; i < talk->together_count; i++) {
        const struct vb_item *item = &plan->items[talk->together[i]];
        put_value(out, item, &talk->together_values[i], result->research, i == 0);
    }
    say(out, "},\"next\":");
    vb_json_text(out, record->next);
    say(out, ",\"last\":");
    if (talk->last == NULL)
        say(out, "null");
    else
        vb_talk_last_write(out, talk->last);
    say(out, "}");
}

enum { GUESS_MOST = 1 << 20 }; /* bytes; a larger result grows as it goes */

void vb_result_write(struct vb_buf *out, const struct vb_result *result, enum vb_content content)
{
    static const struct vb_talk nothing = { 0 };
    bool items = content == VB_CONTENT_ITEMS, scores = items || content == VB_CONTENT_SCORES;
    size_t rows = (size_t)(result->plan->item_count + 4 * result->plan->scale_count);
    size_t guess = 1024 + rows * 48 * (size_t)result->respondent_count +
                   160 * (size_t)result->comparison_count;
    vb_buf_reserve(out, guess < GUESS_MOST ? guess : GUESS_MOST);
    put_head(out, result, content);
    say(out, ",\"respondents\":[");
    for (int i = 0; scores && i < result->respondent_count; i++) {
        if (i > 0)
            say(out, ",");
        put_respondent(out, result, &result->respondents[i], items);
    }
    say(out, "],\"comparison\":[");
    if (scores)
        put_comparisons(out, result, items);
    say(out, "]");
    put_talk(out, result, items ? &result->talk : &nothing);
    if (items && result->card != NULL)
        vb_result_put_card(out, result);
    vb_buf_putc(out, '}');
}

bool vb_result_shows_anybody(const struct vb_result *result)
{
    bool shown = result->card != NULL && result->card->count > 0;
    for (int i = 0; !shown && i < result->respondent_count; i++)
        shown = result->respondents[i].shared;
    return shown;
}
