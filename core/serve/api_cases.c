/* api_cases.c - what rounds may be begun with, and the cases of one member of staff.
 *
 * A case is a pseudonym. Whose it is stands with the accounts (auth.h); one of somebody else is not
 * there. */
#include "base/id.h"
#include "base/str.h"
#include "data/json.h"
#include "serve/api.h"
#include "serve/desk.h"
#include "session/named.h"

/* -- instruments ------------------------------------------------------------------------------ */

struct names { /* that lie at one place in every element of an array */
    const char *key;
    const void *first;
    int count;
    size_t stride;
};

static void put_names(struct vb_buf *out, struct names names)
{
    vb_buf_puts(out, names.key);
    vb_buf_putc(out, '[');
    for (int i = 0; i < names.count; i++)
        vb_json_put_text(
            out, i > 0 ? "," : "",
            *(const char *const *)((const char *)names.first + (size_t)i * names.stride));
    vb_buf_putc(out, ']');
}

static void put_parts(struct vb_buf *out, const struct vb_plan *plan, int language)
{
    vb_buf_puts(out, ",\"variants\":[");
    for (int i = 0; i < plan->variant_count; i++) {
        const char *title = plan->variants[i].title.by_language[language];
        vb_json_put_text(out, i > 0 ? ",{\"id\":" : "{\"id\":", plan->variants[i].name);
        vb_json_put_text(out, ",\"title\":", title == NULL ? plan->variants[i].name : title);
        vb_buf_putc(out, '}');
    }
    vb_buf_puts(out, "],\"includes\":[");
    for (int i = 0; i < plan->include_count; i++) {
        vb_json_put_text(out, i > 0 ? ",{\"id\":" : "{\"id\":", plan->includes[i].name);
        vb_json_put_flag(out, ",\"optional\":", plan->includes[i].optional);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

static void put_instrument(struct vb_buf *out, const struct vb_plan *plan, int language)
{
    vb_json_put_text(out, "{\"id\":", plan->id);
    vb_json_put_text(out, ",\"version\":", plan->version);
    vb_json_put_text(out, ",\"title\":", plan->title.by_language[language]);
    vb_json_put_text(
        out, ",\"summary\":", plan->summary == NULL ? NULL : plan->summary->by_language[language]);
    vb_json_put_text(out, ",\"status\":", vb_status_name(plan->status[language]));
    vb_buf_puts(out, ",\"roles\":");
    vb_desk_put_roles(out, plan, plan->languages[language]);
    put_names(out, (struct names){ ",\"formats\":", plan->formats, plan->format_count,
                                   sizeof *plan->formats });
    put_names(out,
              (struct names){ ",\"forms\":", plan->forms, plan->form_count, sizeof *plan->forms });
    put_parts(out, plan, language);
    put_names(out, (struct names){ ",\"settings\":", plan->settings, plan->setting_count,
                                   sizeof *plan->settings });
    if (plan->roster_max > 0)
        vb_buf_printf(out, ",\"roster\":{\"least\":%d,\"most\":%d}", plan->roster_min,
                      plan->roster_max);
    else
        vb_buf_puts(out, ",\"roster\":null");
    vb_json_put_flag(out, ",\"case\":", plan->has_case);
    vb_json_put_flag(out, ",\"campaign\":", plan->campaign != NULL);
    vb_json_put_flag(out, ",\"mandated\":", plan->mandated);
    vb_json_put_flag(out, ",\"variant_needed\":", vb_round_needs_variant(plan));
    vb_buf_puts(out, ",\"languages\":");
    vb_desk_put_languages(out, plan);
    vb_buf_putc(out, '}');
}

/* Of a campaign only a convenor hears: nobody else begins one. */
static bool is_for(const struct vb_exchange *exchange, const struct vb_plan *plan)
{
    return plan->campaign == NULL || (exchange->who.roles & VB_CONVENOR) != 0;
}

void vb_api_instruments(struct vb_exchange *exchange)
{
    const struct vb_house *house = vb_desk_house(exchange);
    struct vb_plan **plans;
    struct vb_buf out = { 0 };
    struct vb_err err;
    int count, written = 0;
    enum vb_code code = house->instruments(house->ctx, &exchange->arena, &plans, &count, &err);
    vb_buf_puts(&out, "{\"instruments\":[");
    for (int i = 0; code == VB_OK && i < count; i++) {
        if (!is_for(exchange, plans[i]))
            continue;
        vb_buf_puts(&out, written++ > 0 ? "," : "");
        put_instrument(&out, plans[i], vb_desk_language(exchange, plans[i]));
    }
    vb_buf_puts(&out, "]}");
    if (code == VB_OK)
        vb_desk_json(exchange, &out);
    else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&out);
}

/* -- cases ------------------------------------------------------------------------------------ */

static enum vb_code put_case(struct vb_buf *out, struct vb_exchange *exchange, const char *id,
                             struct vb_err *err)
{
    struct vb_round_row *rows;
    size_t count, open = 0;
    struct vb_store *store = vb_desk_store(exchange);
    enum vb_code code = store->ops->case_rounds(store, id, &exchange->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        open += rows[i].state == VB_ROUND_OPEN;
    vb_json_put_text(out, "{\"case\":", id);
    vb_buf_printf(out, ",\"rounds\":%zu,\"open\":%zu}", code == VB_OK ? count : 0, open);
    return code;
}

/* Own rounds of which nothing is kept: they are nowhere else, and gone with the server. */
static enum vb_code put_passing(struct vb_buf *out, struct vb_exchange *exchange,
                                struct vb_err *err)
{
    size_t count, written = 0;
    struct vb_round **rounds = vb_live_passing(vb_desk_live(exchange), &exchange->arena, &count);
    enum vb_code code = VB_OK;
    vb_buf_puts(out, "],\"passing\":[");
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        const struct vb_round_row *row = vb_round_row(rounds[i]);
        bool keeps = false;
        code = vb_desk_keeps(exchange, row, &keeps, err);
        if (code != VB_OK || !keeps)
            continue;
        const struct vb_plan *plan = vb_round_plan(rounds[i]);
        vb_json_put_text(out, written++ > 0 ? ",{\"round\":" : "{\"round\":", row->id);
        vb_json_put_text(out, ",\"instrument\":", plan->id);
        vb_json_put_text(out,
                         ",\"title\":", plan->title.by_language[vb_desk_language(exchange, plan)]);
        vb_json_put_text(out, ",\"state\":", vb_round_state_name(row->state));
        vb_buf_putc(out, '}');
    }
    return code;
}

/* Pseudonyms and counts: nothing personal, so no row of the audit. */
void vb_api_cases(struct vb_exchange *exchange)
{
    struct vb_case_row *rows;
    struct vb_buf out = { 0 };
    struct vb_err err;
    size_t count, written = 0;
    struct vb_store *store = vb_desk_store(exchange);
    enum vb_code code = store->ops->cases(store, &exchange->arena, &rows, &count, &err);
    vb_buf_puts(&out, "{\"cases\":[");
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        bool has;
        code = vb_auth_has_case(vb_desk_auth(exchange), exchange->who.name, rows[i].id, &has, &err);
        if (code != VB_OK || !has)
            continue;
        vb_buf_puts(&out, written++ > 0 ? "," : "");
        code = put_case(&out, exchange, rows[i].id, &err);
    }
    if (code == VB_OK)
        code = put_passing(&out, exchange, &err);
    vb_buf_puts(&out, "]}");
    if (code == VB_OK)
        vb_desk_json(exchange, &out);
    else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&out);
}

/* That a case of this name is there already is said only to whoever has it. */
static enum vb_code put_new(struct vb_exchange *exchange, const char *id, struct vb_err *err)
{
    const struct vb_env *env = vb_desk_house(exchange)->env;
    struct vb_store *store = vb_desk_store(exchange);
    struct vb_case_row row;
    enum vb_code code = store->ops->case_row(store, id, &exchange->arena, &row, err);
    if (code == VB_OK)
        return vb_fail(err, VB_E_DATA, "this name cannot be used: take another one");
    if (code != VB_E_ABSENT)
        return code;
    const struct vb_case_row opened = { .id = id,
                                        .opened_wall_ms = env->clock.wall_ms(env->clock.ctx) };
    return vb_auth_open_case(vb_desk_auth(exchange), exchange->who.name, &opened, err);
}

void vb_api_new_case(struct vb_exchange *exchange)
{
    struct vb_buf out = { 0 };
    struct vb_err err;
    const char *id;
    char random[VB_ID_SIZE];
    static const char *const fields[] = { "id", NULL };
    if (!vb_desk_only(exchange, fields) || !vb_desk_word(exchange, "id", &id))
        return;
    enum vb_code code = vb_named_plain("a case", "pseudonym", id, VB_PLAIN_MAX, &err);
    if (code == VB_OK && id == NULL) {
        vb_id_make(&vb_desk_house(exchange)->env->random, random);
        id = random;
    }
    if (code == VB_OK)
        code = put_new(exchange, id, &err);
    if (code == VB_OK) {
        vb_json_put_text(&out, "{\"case\":", id);
        vb_buf_putc(&out, '}');
        vb_desk_json(exchange, &out);
    } else {
        vb_desk_refuse(exchange, "id", code, &err);
    }
    vb_buf_finish(&out);
}

/* -- one case --------------------------------------------------------------------------------- */

struct known { /* persons of the case who may be named: those that a round of it tells */
    const char **ids;
    size_t count, cap;
};

static bool is_known(const struct known *known, const char *id)
{
    for (size_t i = 0; i < known->count; i++)
        if (vb_streq(known->ids[i], id))
            return true;
    return false;
}

/* A round tells the same here as by itself (desk_round.c): its array is read for the ids. */
static enum vb_code learn(struct known *known, struct vb_exchange *exchange, struct vb_round *round,
                          struct vb_err *err)
{
    struct vb_buf text = { 0 };
    cJSON *list = NULL;
    const cJSON *one;
    enum vb_code code = vb_desk_put_persons(&text, round, &exchange->arena, err);
    if (code == VB_OK)
        list = cJSON_ParseWithLength(text.data, text.len);
    cJSON_ArrayForEach(one, list)
    {
        const char *id = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(one, "person"));
        if (id == NULL || is_known(known, id))
            continue;
        *(const char **)vb_arena_push(&exchange->arena, &known->ids, known->count++, &known->cap,
                                      sizeof *known->ids) = vb_arena_strdup(&exchange->arena, id);
    }
    cJSON_Delete(list);
    vb_buf_finish(&text);
    return code;
}

static enum vb_code put_round(struct vb_buf *out, struct vb_exchange *exchange,
                              const struct vb_round_row *row, struct known *known,
                              struct vb_err *err)
{
    struct vb_round *round;
    int ready, all;
    int64_t released_ms = 0;
    enum vb_code code = vb_live_round(vb_desk_live(exchange), row->id, &round, err);
    if (code == VB_OK)
        code = learn(known, exchange, round, err);
    if (code == VB_OK)
        code = vb_desk_count(round, &exchange->arena, &ready, &all, err);
    if (code != VB_OK)
        return code;
    const struct vb_plan *plan = vb_round_plan(round);
    (void)vb_round_revision(round, &released_ms);
    vb_json_put_text(out, "{\"round\":", row->id);
    vb_json_put_text(out, ",\"instrument\":", row->instrument);
    vb_json_put_text(out, ",\"title\":", plan->title.by_language[vb_desk_language(exchange, plan)]);
    vb_json_put_text(out, ",\"wave\":", row->wave);
    vb_json_put_text(out, ",\"state\":", vb_round_state_name(vb_round_row(round)->state));
    vb_desk_put_time(out, ",\"released_at\":", released_ms);
    vb_buf_printf(out, ",\"ready\":%d,\"persons\":%d}", ready, all);
    return VB_OK;
}

/* Nothing of an erased one can be loaded, and nothing has to be. */
static void put_erased(struct vb_buf *out, const struct vb_round_row *row)
{
    vb_json_put_text(out, "{\"round\":", row->id);
    vb_json_put_text(out, ",\"instrument\":", row->instrument);
    vb_json_put_text(out, ",\"title\":", row->instrument);
    vb_json_put_text(out, ",\"wave\":", row->wave);
    vb_json_put_text(out, ",\"state\":", vb_round_state_name(row->state));
    vb_buf_puts(out, ",\"released_at\":null,\"ready\":0,\"persons\":0}");
}

static enum vb_code put_rounds(struct vb_buf *out, struct vb_exchange *exchange, const char *id,
                               struct known *known, struct vb_err *err)
{
    struct vb_round_row *rows;
    size_t count;
    struct vb_store *store = vb_desk_store(exchange);
    enum vb_code code = store->ops->case_rounds(store, id, &exchange->arena, &rows, &count, err);
    vb_buf_puts(out, "],\"rounds\":[");
    for (size_t i = code == VB_OK ? count : 0; code == VB_OK && i > 0; i--) {
        vb_buf_puts(out, i < count ? "," : "");
        if (rows[i - 1].state == VB_ROUND_ERASED)
            put_erased(out, &rows[i - 1]);
        else
            code = put_round(out, exchange, &rows[i - 1], known, err);
    }
    return code;
}

static enum vb_code put_persons(struct vb_buf *out, struct vb_exchange *exchange, const char *id,
                                const struct known *known, struct vb_err *err)
{
    struct vb_person_row *rows;
    size_t count, written = 0;
    struct vb_store *store = vb_desk_store(exchange);
    enum vb_code code = store->ops->persons(store, id, &exchange->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (rows[i].erased || !is_known(known, rows[i].id))
            continue;
        vb_json_put_text(out, written++ > 0 ? ",{\"person\":" : "{\"person\":", rows[i].id);
        vb_json_put_text(out, ",\"role\":", rows[i].role);
        vb_json_put_text(out, ",\"label\":", rows[i].label);
        vb_buf_putc(out, '}');
    }
    return code;
}

void vb_api_case(struct vb_exchange *exchange)
{
    struct vb_buf out = { 0 }, rounds = { 0 };
    struct known known = { 0 };
    struct vb_err err;
    const char *id = exchange->params[0];
    if (!vb_desk_case(exchange, id))
        return;
    enum vb_code code = put_rounds(&rounds, exchange, id, &known, &err);
    vb_json_put_text(&out, "{\"case\":", id);
    vb_buf_puts(&out, ",\"persons\":[");
    if (code == VB_OK)
        code = put_persons(&out, exchange, id, &known, &err);
    vb_buf_put(&out, rounds.data, rounds.len);
    vb_buf_puts(&out, "]}");
    if (code == VB_OK)
        vb_desk_show(exchange, "rounds", id, NULL, &out);
    else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&rounds);
    vb_buf_finish(&out);
}
