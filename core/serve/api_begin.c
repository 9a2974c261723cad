/* api_begin.c - POST /staff/rounds: a new round, or the one of that case and wave that is open.
 *
 *      whose  ->  which plan  ->  the options' own names  ->  open (session/round.h)
 *                                                               |
 *               reply  <-  live  <-  theirs  <-  written  <-  outputs, roster */
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "serve/api.h"
#include "serve/desk.h"
#include "session/named.h"

enum { WITH_MAX = 32 };
struct wish { /* what the body asks for */
    const char *instrument;
    struct vb_round_options options;
    const char *with[WITH_MAX];
    const cJSON *persons;
};

/* -- reading ---------------------------------------------------------------------------------- */

static bool read_with(struct vb_exchange *exchange, struct wish *wish)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(exchange->body, "with"), *name;
    wish->options.with = wish->with;
    if (list == NULL || cJSON_IsNull(list))
        return true;
    bool fits = cJSON_IsArray(list) && cJSON_GetArraySize(list) <= WITH_MAX;
    if (!fits)
        list = NULL;
    cJSON_ArrayForEach(name, list)
    {
        fits = fits && cJSON_IsString(name);
        if (fits)
            wish->with[wish->options.with_count++] = name->valuestring;
    }
    if (!fits)
        vb_reply_refuse(exchange, 422, "value", "with", "this is a list of at most %d names",
                        WITH_MAX);
    return fits;
}

static bool read_persons(struct vb_exchange *exchange, struct wish *wish)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(exchange->body, "persons"), *one;
    bool fits = list == NULL || cJSON_IsNull(list) || cJSON_IsArray(list);
    wish->persons = cJSON_IsArray(list) ? list : NULL;
    cJSON_ArrayForEach(one, wish->persons)
    {
        fits = fits && cJSON_IsString(cJSON_GetObjectItemCaseSensitive(one, "role")) &&
               cJSON_IsString(cJSON_GetObjectItemCaseSensitive(one, "label"));
    }
    if (!fits)
        vb_reply_refuse(exchange, 422, "value", "persons",
                        "this is a list of {\"role\", \"label\"}");
    return fits;
}

static bool read_wish(struct vb_exchange *exchange, struct wish *wish)
{
    struct vb_round_options *options = &wish->options;
    const struct {
        const char *name, **out;
    } words[] = {
        { "instrument", &wish->instrument }, { "case", &options->case_id },
        { "wave", &options->wave },          { "format", &options->format },
        { "form", &options->form },          { "variant", &options->variant },
        { "setting", &options->setting },
    };
    static const char *const fields[] = { "instrument", "case",    "wave", "format",  "form",
                                          "variant",    "setting", "with", "persons", NULL };
    if (!vb_desk_only(exchange, fields))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!vb_desk_word(exchange, words[i].name, words[i].out))
            return false;
    if (wish->instrument != NULL)
        return read_with(exchange, wish) && read_persons(exchange, wish);
    vb_reply_refuse(exchange, 422, "value", "instrument", "with what? An instrument is missing");
    return false;
}

/* -- does it fit ------------------------------------------------------------------------------ */

static bool refuse(struct vb_exchange *exchange, const char *field, const char *why)
{
    vb_reply_refuse(exchange, 422, "value", field, "%s", why);
    return false;
}

/* Whose: a case of theirs, or none; a team's campaign is a convenor's. */
static bool is_allowed(struct vb_exchange *exchange, const struct vb_plan *plan,
                       const struct wish *wish)
{
    if (plan->campaign != NULL && (exchange->who.roles & VB_CONVENOR) == 0) {
        vb_reply_refuse(exchange, 403, "role", NULL, "a campaign is begun by a convenor");
        return false;
    }
    if (plan->has_case && wish->options.case_id == NULL)
        return refuse(exchange, "case", "this instrument wants a case");
    if (plan->has_case)
        return vb_desk_case(exchange, wish->options.case_id);
    if (wish->options.case_id != NULL)
        return refuse(exchange, "case", "this instrument is about no case: leave it out");
    return true;
}

static bool names_fit(struct vb_exchange *exchange, const struct vb_plan *plan,
                      const struct wish *wish)
{
    const struct vb_round_options *options = &wish->options;
    struct vb_err err;
    if (vb_named_plain("wave", "word", options->wave, VB_PLAIN_MAX, &err) != VB_OK)
        return refuse(exchange, "wave", err.text);
    if (options->format != NULL && vb_plan_format(plan, options->format) < 0)
        return refuse(exchange, "format", "this instrument has no such format");
    if (options->form != NULL && vb_plan_form(plan, options->form) < 0)
        return refuse(exchange, "form", "this instrument has no such form");
    if (options->variant != NULL && vb_plan_variant(plan, options->variant) < 0)
        return refuse(exchange, "variant", "this instrument has no such variant");
    if (options->variant == NULL && vb_round_needs_variant(plan))
        return refuse(exchange, "variant", "this instrument needs a variant");
    if (options->setting != NULL && vb_plan_setting(plan, options->setting) < 0)
        return refuse(exchange, "setting", "this instrument has no such setting");
    for (int i = 0; i < options->with_count; i++)
        if (vb_plan_include(plan, options->with[i]) < 0)
            return refuse(exchange, "with", "this instrument has no such part");
    return true;
}

/* -- the one that is there -------------------------------------------------------------------- */

/* Without a case a wave names a round only among those of who asks. */
static enum vb_code find_own(struct vb_exchange *exchange, const struct vb_plan *plan,
                             const char *wave, struct vb_round_row *out, bool *found,
                             struct vb_err *err)
{
    struct vb_round_row *rows;
    size_t count;
    struct vb_store *store = vb_desk_store(exchange);
    enum vb_code code = store->ops->case_rounds(store, NULL, &exchange->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && wave != NULL && i < count && !*found; i++) {
        if (rows[i].state != VB_ROUND_OPEN || !vb_streq(rows[i].instrument, plan->id) ||
            !vb_streq(rows[i].wave, wave))
            continue;
        *out = rows[i];
        code = vb_desk_keeps(exchange, out, found, err);
    }
    return code;
}

static enum vb_code find(struct vb_exchange *exchange, const struct vb_plan *plan,
                         const struct wish *wish, struct vb_round_row *out, bool *found,
                         struct vb_err *err)
{
    const struct vb_round_options *options = &wish->options;
    *found = false;
    if (!plan->has_case)
        return find_own(exchange, plan, options->wave, out, found, err);
    return vb_named_open_round(vb_desk_store(exchange), plan->id, options->case_id,
                               options->wave == NULL ? "t0" : options->wave, &exchange->arena, out,
                               found, err);
}

/* The object that everybody works with, settled first. Whether the options fit it is said as the
 * command says it: by opening it once more, which writes nothing now. *out NULL: it was closed by
 * that, and makes room. */
static enum vb_code go_on(struct vb_exchange *exchange, const struct wish *wish, const char *id,
                          struct vb_round **out, struct vb_err *err)
{
    const struct vb_house *house = vb_desk_house(exchange);
    struct vb_round *live, *probe = NULL;
    bool released = false;
    *out = NULL;
    enum vb_code code = vb_live_round(vb_desk_live(exchange), id, &live, err);
    if (code == VB_OK && vb_round_welcome(live, NULL, 0) == 0) {
        vb_round_act_as(live, exchange->who.name);
        code = vb_round_settle(live, &released, err);
        vb_round_act_as(live, NULL);
    }
    if (released) { /* whoever shared last could not have it done then */
        vb_live_tell_round(vb_desk_live(exchange), live);
        if (house->bring != NULL)
            house->bring(house->ctx);
    }
    if (code == VB_OK && vb_round_row(live)->case_id != NULL)
        code = vb_round_open(&probe, house->store, house->env, vb_round_plan(live), &wish->options,
                             err);
    if (code == VB_OK && (probe == NULL || !vb_round_is_new(probe)))
        *out = live;
    vb_round_destroy(probe);
    return code;
}

/* -- a new one -------------------------------------------------------------------------------- */

static enum vb_code name_persons(struct vb_round *round, const struct wish *wish,
                                 struct vb_err *err)
{
    const cJSON *one;
    cJSON_ArrayForEach(one, wish->persons)
    {
        enum vb_code code =
            vb_round_name_member(round, cJSON_GetObjectItemCaseSensitive(one, "role")->valuestring,
                                 cJSON_GetObjectItemCaseSensitive(one, "label")->valuestring, err);
        if (code != VB_OK)
            return code;
    }
    return VB_OK;
}

/* Outputs first: they decide what its persons are asked for. */
static enum vb_code write_down(struct vb_exchange *exchange, struct vb_round *round,
                               struct vb_err *err)
{
    const struct vb_house *house = vb_desk_house(exchange);
    const struct vb_round_row *row = vb_round_row(round);
    enum vb_code code = VB_OK;
    if (house->outputs != NULL && vb_round_is_kept(round))
        code = house->outputs(house->ctx, round, err);
    if (code == VB_OK && row->case_id == NULL)
        code = vb_auth_keep(vb_desk_auth(exchange), exchange->who.name, row->id, err);
    vb_round_act_as(round, exchange->who.name);
    if (code == VB_OK)
        code = vb_round_write(round, err);
    vb_round_act_as(round, NULL);
    return code;
}

static void reply(struct vb_exchange *exchange, const struct vb_round *round, bool is_new)
{
    struct vb_buf out = { 0 };
    vb_json_put_text(&out, "{\"round\":", vb_round_row(round)->id);
    vb_json_put_text(&out, ",\"case\":", vb_round_row(round)->case_id);
    vb_json_put_flag(&out, ",\"new\":", is_new);
    vb_buf_putc(&out, '}');
    vb_desk_json(exchange, &out);
    vb_buf_finish(&out);
}

static void begin(struct vb_exchange *exchange, struct vb_plan *plan, struct wish *wish)
{
    const struct vb_house *house = vb_desk_house(exchange);
    struct vb_round *round = NULL;
    struct vb_err err;
    const char *field = "instrument";
    wish->options.another = !plan->has_case;
    enum vb_code code = vb_named_version(house->store, plan, &err);
    if (code == VB_OK) {
        field = NULL;
        code = vb_round_open(&round, house->store, house->env, plan, &wish->options, &err);
    }
    if (code == VB_OK) {
        field = "persons";
        code = name_persons(round, wish, &err);
    }
    if (code == VB_OK) {
        field = NULL;
        code = write_down(exchange, round, &err);
    }
    if (code != VB_OK) {
        vb_desk_refuse(exchange, field, code, &err);
        vb_round_destroy(round);
        return;
    }
    vb_live_adopt(vb_desk_live(exchange), round);
    reply(exchange, round, true);
}

static void open_it(struct vb_exchange *exchange, struct vb_plan *plan, struct wish *wish)
{
    struct vb_round_row row;
    struct vb_round *round = NULL;
    struct vb_err err;
    bool found;
    enum vb_code code = find(exchange, plan, wish, &row, &found, &err);
    if (code == VB_OK && found)
        code = go_on(exchange, wish, row.id, &round, &err);
    if (code != VB_OK)
        vb_desk_refuse(exchange, NULL, code, &err);
    else if (round != NULL)
        reply(exchange, round, false);
    else if (names_fit(exchange, plan, wish))
        begin(exchange, plan, wish);
}

void vb_api_new_round(struct vb_exchange *exchange)
{
    const struct vb_house *house = vb_desk_house(exchange);
    struct wish wish = { 0 };
    struct vb_plan *plan = NULL;
    struct vb_err err;
    if (!read_wish(exchange, &wish))
        return;
    enum vb_code code = house->plan(house->ctx, wish.instrument, &plan, &err);
    if (code == VB_E_ABSENT)
        vb_reply_refuse(exchange, 422, "value", "instrument", "there is no such instrument here");
    else if (code != VB_OK)
        vb_desk_refuse(exchange, "instrument", code, &err);
    else if (is_allowed(exchange, plan, &wish))
        open_it(exchange, plan, &wish);
    vb_plan_release(plan);
}
