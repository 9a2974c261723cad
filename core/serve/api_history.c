/* api_history.c - what a case's released rounds say over time: a line for each scale and voice.
 *
 * A line is a scale, on POMP, or a question with a line to put a mark on that is in no scale, by
 * its place. Points and gaps as they are: nothing is smoothed, averaged or judged. A voice is a
 * person, so another professional is another voice, and the wave with which that one comes is a
 * break. Only what results show is in it. Of what was shared with an earlier worker it has the
 * lines of those whose newest word is a yes, and never that worker's own (session/before.h,
 * docs/decisions/0031). */
#include "base/str.h"
#include "data/json.h"
#include "data/text.h"
#include "serve/api.h"
#include "serve/desk.h"
#include "session/before.h"

struct wave {
    const struct vb_round_row *row;
    struct vb_result result;
    int64_t released_ms;
    bool before; /* with an earlier worker: who may be seen is marked in seen */
    bool *seen;  /* [respondents] */
};
struct series { /* the waves of one instrument, in order of release */
    struct wave *waves;
    size_t count, cap;
    bool hides; /* something of before is not shown */
};
struct reading { /* whose it is, and since when */
    struct vb_exchange *exchange;
    const char *case_id;
    struct vb_round_row *rows;
    size_t count;
    int64_t since_ms;
};

/* -- gathering -------------------------------------------------------------------------------- */

/* Each for themselves. A professional gives nobody's line away, their own neither: it was given to
 * this client, and not to a colleague. */
static enum vb_code mark_seen(const struct reading *reading, struct wave *wave, bool *any,
                              struct vb_err *err)
{
    const struct vb_result *result = &wave->result;
    const struct vb_env *env = vb_desk_house(reading->exchange)->env;
    struct vb_store *store = vb_desk_store(reading->exchange);
    enum vb_code code = VB_OK;
    wave->seen = vb_arena_alloc(&reading->exchange->arena,
                                sizeof *wave->seen * ((size_t)result->respondent_count + 1));
    *any = false;
    for (int i = 0; code == VB_OK && i < result->respondent_count; i++) {
        const struct vb_respondent *one = &result->respondents[i];
        enum vb_word word = VB_WORD_NONE;
        if (one->shared && wave->before && !vb_streq(one->role, "professional"))
            code = vb_before_word(store, env, reading->case_id, one->person, reading->since_ms,
                                  &word, err);
        wave->seen[i] = one->shared && (!wave->before || word == VB_WORD_YES);
        *any |= wave->seen[i];
    }
    return code;
}

static enum vb_code add_wave(struct series *series, const struct reading *reading,
                             const struct vb_round_row *row, struct vb_err *err)
{
    struct vb_exchange *exchange = reading->exchange;
    struct vb_round *round;
    struct wave wave = { 0 };
    bool any;
    enum vb_code code = vb_live_round(vb_desk_live(exchange), row->id, &round, err);
    if (code != VB_OK || vb_round_revision(round, &wave.released_ms) == 0)
        return code;
    code = vb_round_result(round, 0, &exchange->arena, &wave.result, err);
    if (code == VB_E_BUSY || (code == VB_OK && !vb_result_shows_anybody(&wave.result)))
        return VB_OK;
    wave.before = wave.released_ms < reading->since_ms;
    if (code == VB_OK)
        code = mark_seen(reading, &wave, &any, err);
    if (code != VB_OK)
        return code;
    series->hides |= !any;
    if (!any)
        return VB_OK;
    wave.row = vb_round_row(round);
    struct wave *list = vb_arena_push(&exchange->arena, &series->waves, series->count++,
                                      &series->cap, sizeof *series->waves);
    for (; list > series->waves && list[-1].released_ms > wave.released_ms; list--)
        *list = list[-1];
    *list = wave;
    return VB_OK;
}

static enum vb_code gather(struct series *series, const struct reading *reading,
                           const char *instrument, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    *series = (struct series){ 0 };
    for (size_t i = 0; code == VB_OK && i < reading->count; i++)
        if (reading->rows[i].state == VB_ROUND_RELEASED &&
            vb_streq(reading->rows[i].instrument, instrument))
            code = add_wave(series, reading, &reading->rows[i], err);
    return code;
}

/* -- one point -------------------------------------------------------------------------------- */

static const struct vb_respondent *respondent(const struct wave *wave, const char *person)
{
    for (int i = 0; i < wave->result.respondent_count; i++)
        if (wave->seen[i] && vb_streq(wave->result.respondents[i].person, person))
            return &wave->result.respondents[i];
    return NULL;
}

/* A question that is answered by a place on a line and stands by itself. */
static bool is_line(const struct vb_item *item)
{
    return item->kind == VB_VAS && item->scale < 0 && !item->per_member &&
           item->stage == VB_APART && item->hidden == VB_PRIVATE_NONE;
}

/* Tenths; false: none was given, or nobody else may see it. id: of a scale, else of a line. */
static bool point(const struct wave *wave, const char *id, const char *person, int64_t *tenths)
{
    const struct vb_plan *plan = wave->result.plan;
    const struct vb_respondent *one = respondent(wave, person);
    int scale = vb_plan_scale(plan, id), item = vb_plan_item(plan, id);
    if (one == NULL)
        return false;
    if (scale >= 0) {
        *tenths = one->own.scores[scale].pomp_tenths;
        return plan->scales[scale].hidden == VB_PRIVATE_NONE && one->own.scores[scale].given;
    }
    if (item < 0 || !is_line(&plan->items[item]) || !vb_value_given(&one->own.values[item]))
        return false;
    *tenths = one->own.values[item].number;
    return true;
}

/* -- voices ----------------------------------------------------------------------------------- */

static bool was_before(const struct series *series, size_t wave, int respondent_index)
{
    const char *person = series->waves[wave].result.respondents[respondent_index].person;
    for (size_t i = 0; i < wave; i++)
        if (respondent(&series->waves[i], person) != NULL)
            return true;
    return false;
}

static bool put_points(struct vb_buf *out, const struct series *series, const char *scale,
                       const char *person)
{
    bool any = false;
    vb_buf_puts(out, ",\"points\":[");
    for (size_t i = 0; i < series->count; i++) {
        int64_t tenths;
        bool given = point(&series->waves[i], scale, person, &tenths);
        vb_buf_puts(out, i > 0 ? "," : "");
        if (given)
            vb_buf_printf(out, "%d.%d", (int)(tenths / 10), (int)(tenths % 10));
        else
            vb_buf_puts(out, "null");
        any |= given;
    }
    vb_buf_puts(out, "]}");
    return any;
}

/* In order of coming; who never had a point on this scale has no line. */
static int put_voices(struct vb_buf *out, const struct series *series, const char *scale)
{
    int written = 0;
    for (size_t i = 0; i < series->count; i++) {
        const struct vb_result *result = &series->waves[i].result;
        for (int j = 0; j < result->respondent_count; j++) {
            const struct vb_respondent *one = &result->respondents[j];
            size_t from = out->len;
            if (!series->waves[i].seen[j] || was_before(series, i, j))
                continue;
            vb_json_put_text(out, written > 0 ? ",{\"role\":" : "{\"role\":", one->role);
            vb_json_put_text(out, ",\"person\":", one->person);
            vb_json_put_text(out, ",\"label\":", one->label);
            if (put_points(out, series, scale, one->person))
                written++;
            else
                out->len = from;
        }
    }
    return written;
}

/* -- scales ----------------------------------------------------------------------------------- */

static bool is_later(const struct series *series, size_t wave, const char *scale)
{
    for (size_t i = wave + 1; i < series->count; i++)
        if (vb_plan_scale(series->waves[i].result.plan, scale) >= 0 ||
            vb_plan_item(series->waves[i].result.plan, scale) >= 0)
            return true;
    return false;
}

struct line {
    const char *id, *title;
    bool negative, place; /* place: a mark on a line, else POMP */
};

static void put_line(struct vb_buf *out, const struct series *series, const struct line *line,
                     int *written)
{
    size_t from = out->len;
    vb_json_put_text(out, *written > 0 ? ",{\"scale\":" : "{\"scale\":", line->id);
    vb_json_put_text(out, ",\"title\":", line->title);
    vb_json_put_flag(out, ",\"negative\":", line->negative);
    vb_json_put_flag(out, ",\"place\":", line->place);
    vb_buf_puts(out, ",\"voices\":[");
    if (put_voices(out, series, line->id) > 0) {
        vb_buf_puts(out, "]}");
        ++*written;
    } else {
        out->len = from; /* nobody has a point: no line */
    }
}

/* As the professional reads it, else whoever is asked first. */
static const char *wording(struct vb_exchange *exchange, const struct wave *wave,
                           const struct vb_item *item, int language)
{
    const struct vb_plan *plan = wave->result.plan;
    const struct vb_naming naming = { .plan = plan,
                                      .language = language,
                                      .variant = wave->result.variant,
                                      .setting = wave->result.setting };
    struct vb_buf text = { 0 };
    int role = vb_plan_role(plan, "professional");
    for (int i = 0; (role < 0 || item->text[role] == NULL) && i < plan->role_count; i++)
        role = i;
    vb_text_fill(&text, &naming, item->text[role]->by_language[language]);
    const char *out = vb_arena_strdup(&exchange->arena, text.data);
    vb_buf_finish(&text);
    return out;
}

/* Each line once, with the title it had last; newer versions of the instrument first. */
static void put_scales(struct vb_buf *out, struct vb_exchange *exchange,
                       const struct series *series)
{
    int written = 0;
    vb_buf_puts(out, ",\"scales\":[");
    for (size_t i = series->count; i > 0; i--) {
        const struct wave *wave = &series->waves[i - 1];
        const struct vb_plan *plan = wave->result.plan;
        int language = vb_desk_language(exchange, plan);
        for (int j = 0; j < plan->scale_count; j++) {
            const struct vb_scale *scale = &plan->scales[j];
            const struct line line = { scale->id, scale->title.by_language[language],
                                       scale->negative, false };
            if (!is_later(series, i - 1, scale->id))
                put_line(out, series, &line, &written);
        }
        for (int j = 0; j < plan->item_count; j++) {
            const struct vb_item *item = &plan->items[j];
            if (!is_line(item) || is_later(series, i - 1, item->id))
                continue;
            const struct line line = { item->id, wording(exchange, wave, item, language), false,
                                       true };
            put_line(out, series, &line, &written);
        }
    }
    vb_buf_putc(out, ']');
}

/* -- waves ------------------------------------------------------------------------------------ */

static const char *professional(const struct wave *wave)
{
    for (int i = 0; i < wave->result.respondent_count; i++)
        if (vb_streq(wave->result.respondents[i].role, "professional") &&
            wave->result.respondents[i].shared)
            return wave->result.respondents[i].person;
    return NULL;
}

/* Where the professional changed, by the persons or by who has the case; what is hidden lies behind
 * a break as well. */
static void put_waves(struct vb_buf *out, const struct series *series)
{
    const char *last = NULL;
    bool before = series->hides;
    vb_buf_puts(out, ",\"waves\":[");
    for (size_t i = 0; i < series->count; i++) {
        const char *now = professional(&series->waves[i]);
        vb_json_put_text(out, i > 0 ? ",{\"round\":" : "{\"round\":", series->waves[i].row->id);
        vb_json_put_text(out, ",\"wave\":", series->waves[i].row->wave);
        vb_desk_put_time(out, ",\"released_at\":", series->waves[i].released_ms);
        bool comes = before && !series->waves[i].before;
        vb_json_put_flag(
            out, ",\"break\":", comes || (now != NULL && last != NULL && !vb_streq(now, last)));
        vb_json_put_flag(out, ",\"before\":", series->waves[i].before);
        vb_buf_putc(out, '}');
        last = now == NULL ? last : now;
        before = series->waves[i].before;
    }
    vb_buf_putc(out, ']');
}

static bool is_first(const struct vb_round_row *rows, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (vb_streq(rows[i].instrument, rows[index].instrument))
            return false;
    return true;
}

static enum vb_code put_instruments(struct vb_buf *out, struct vb_exchange *exchange,
                                    const char *case_id, struct vb_err *err)
{
    struct reading reading = { .exchange = exchange, .case_id = case_id };
    struct series series;
    int written = 0;
    struct vb_store *store = vb_desk_store(exchange);
    enum vb_code code = vb_desk_since(exchange, case_id, &reading.since_ms, err);
    if (code == VB_OK)
        code = store->ops->case_rounds(store, case_id, &exchange->arena, &reading.rows,
                                       &reading.count, err);
    for (size_t i = 0; code == VB_OK && i < reading.count; i++) {
        if (!is_first(reading.rows, i))
            continue;
        code = gather(&series, &reading, reading.rows[i].instrument, err);
        if (code != VB_OK || series.count == 0)
            continue;
        const struct vb_plan *plan = series.waves[series.count - 1].result.plan;
        vb_json_put_text(out, written++ > 0 ? ",{\"instrument\":" : "{\"instrument\":", plan->id);
        vb_json_put_text(out,
                         ",\"title\":", plan->title.by_language[vb_desk_language(exchange, plan)]);
        put_waves(out, &series);
        put_scales(out, exchange, &series);
        vb_buf_putc(out, '}');
    }
    return code;
}

void vb_api_history(struct vb_exchange *exchange)
{
    struct vb_buf out = { 0 };
    struct vb_err err;
    const char *id = exchange->params[0];
    if (!vb_desk_case(exchange, id))
        return;
    vb_json_put_text(&out, "{\"case\":", id);
    vb_buf_puts(&out, ",\"instruments\":[");
    enum vb_code code = put_instruments(&out, exchange, id, &err);
    vb_buf_puts(&out, "]}");
    if (code == VB_OK)
        vb_desk_show(exchange, "history", id, NULL, &out);
    else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&out);
}
