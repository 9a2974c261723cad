/* cmd_simulate.c - verbond simulate: rounds that nobody filled in, for trying sheets and exports.
 *
 * They lie in the data folder as other rounds do, marked simulated in everything that is made of
 * them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "author/put_file.h"
#include "author/simulate.h"
#include "base/str.h"
#include "session/named.h"
#include "main/command.h"
#include "main/given.h"
#include "main/outputs.h"
#include "store/store_stage.h"

enum { MOST = 10000, AT_ONCE = 250, DAY_MS = 86400000, START_MS = 9 * 3600000, WAVE_DAYS = 90 };

struct arguments {
    const char *instrument, *data, *language, *prefix, *day, *out;
    int64_t n, seed;
    struct vb_round_options round;
    struct vb_given_words with, outputs;
    struct vb_asked_outputs asked;
};
enum {
    KEY_N = 256,
    KEY_SEED,
    KEY_PREFIX,
    KEY_WAVE,
    KEY_DAY,
    KEY_LANG,
    KEY_FORMAT,
    KEY_FORM,
    KEY_VARIANT,
    KEY_SETTING,
    KEY_WITH,
    KEY_OUTPUT,
    KEY_OUT,
    KEY_DATA
};
static const struct argp_option options[] = {
    { "n", KEY_N, "N", 0, "how many rounds: 10 when left out, at most 10000", 0 },
    { "seed", KEY_SEED, "S", 0, "the same number gives the same rounds: 1 when left out", 0 },
    { "case-prefix", KEY_PREFIX, "P", 0, "cases are called P-00001, ...: sim when left out", 0 },
    { "wave", KEY_WAVE, "W", 0, "the moment of measuring: t0 (so when left out), t1, ...", 0 },
    { "day", KEY_DAY, "DAY", 0, "when t0 was: 2026-01-05 when left out; t1 is 90 days later", 0 },
    { "lang", KEY_LANG, "L", 0, "language of the persons, such as nl", 0 },
    { "format", KEY_FORMAT, "F", 0, "answer format, such as simple", 0 },
    { "form", KEY_FORM, "F", 0, "a shorter or other form, such as short", 0 },
    { "variant", KEY_VARIANT, "V", 0, "variant of the instrument", 0 },
    { "setting", KEY_SETTING, "S", 0, "words for this setting", 0 },
    { "with", KEY_WITH, "NAME", 0, "turn an optional part on; may stand several times", 0 },
    { "output", KEY_OUTPUT, "NAME[:key=value,...]", 0,
      "bring the results there; may stand several times", 0 },
    { "out", KEY_OUT, "FILE.jsonl", 0, "write the results there, one a line", 0 },
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static int64_t read_number(const char *option, const char *arg, int64_t least, int64_t most,
                           struct argp_state *state)
{
    char *end;
    errno = 0;
    long long number = strtoll(arg, &end, 10);
    if (errno != 0 || *end != '\0' || end == arg || number < least || number > most)
        argp_error(state, "%s takes a whole number from %lld to %lld, not %s", option,
                   (long long)least, (long long)most, arg);
    return number;
}

/* Where an option that is a word is kept; NULL: it is none of these. */
static const char **place_of(struct arguments *arguments, int key)
{
    const struct {
        int key;
        const char **place;
    } places[] = {
        { KEY_PREFIX, &arguments->prefix },
        { KEY_WAVE, &arguments->round.wave },
        { KEY_DAY, &arguments->day },
        { KEY_LANG, &arguments->language },
        { KEY_FORMAT, &arguments->round.format },
        { KEY_FORM, &arguments->round.form },
        { KEY_VARIANT, &arguments->round.variant },
        { KEY_SETTING, &arguments->round.setting },
        { KEY_OUT, &arguments->out },
        { KEY_DATA, &arguments->data },
    };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (places[i].key == key)
            return places[i].place;
    return NULL;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    const char **place = place_of(arguments, key);
    if (place != NULL) {
        *place = arg;
        return 0;
    }
    switch (key) {
    case KEY_N:
        arguments->n = read_number("--n", arg, 1, MOST, state);
        return 0;
    case KEY_SEED:
        arguments->seed = read_number("--seed", arg, 0, INT64_MAX, state);
        return 0;
    case KEY_WITH:
        vb_given_word(&arguments->with, arg);
        return 0;
    case KEY_OUTPUT:
        vb_given_word(&arguments->outputs, arg);
        return 0;
    default:
        return vb_given_instrument(&arguments->instrument, key, arg, state);
    }
}

static const struct argp argp = {
    options,
    parse,
    "INSTRUMENT",
    "Makes rounds that nobody filled in, for trying sheets, outputs and exports: answers that hang "
    "together, some missing, everybody's yes, and the release. Every result, sheet, list and "
    "export of them says that they are simulated.\v"
    "A case holds real rounds or simulated ones, never both.",
    NULL,
    NULL,
    NULL
};

/* -- before anything is made ------------------------------------------------------------------- */

/* t1 lies 90 days behind t0, and so on; another name of a wave is the first. */
static enum vb_code begin_ms(const struct arguments *arguments, int64_t *out, struct vb_err *err)
{
    const char *wave = arguments->round.wave;
    long number = 0;
    if (!vb_time_read_day(arguments->day, out))
        return vb_fail(err, VB_E_USAGE, "--day wants a day such as 2026-01-05");
    if (wave[0] == 't' && strspn(wave + 1, "0123456789") == strlen(wave + 1) && strlen(wave) <= 3)
        number = strtol(wave + 1, NULL, 10);
    *out += START_MS + (int64_t)number * WAVE_DAYS * DAY_MS;
    return VB_OK;
}

static enum vb_code fits_plan(const struct arguments *arguments, const struct vb_plan *plan,
                              struct vb_err *err)
{
    enum vb_code rc = vb_named_language(plan, arguments->language, err);
    const char *variant = arguments->round.variant;
    int index = variant == NULL ? -1 : vb_plan_variant(plan, variant);
    if (rc == VB_OK && variant != NULL && index < 0)
        rc = vb_fail(err, VB_E_DATA, "%s has no variant %s", plan->id, variant);
    if (rc == VB_OK && vb_plan_retain(plan, index) != VB_RETAIN_KEEP)
        rc = vb_fail(err, VB_E_USAGE, "%s keeps nothing%s%s, so its rounds cannot be simulated",
                     plan->id, variant == NULL ? "" : " in the variant ",
                     variant == NULL ? "" : variant);
    return rc;
}

static const char *case_name(struct vb_arena *arena, const struct arguments *arguments, int index)
{
    return vb_arena_printf(arena, "%s-%05d", arguments->prefix, index + 1);
}

/* Before the first round is made, so that all of them are made or none. */
static enum vb_code check_cases(struct vb_workplace *place, const struct arguments *arguments,
                                const struct vb_plan *plan, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code rc = VB_OK;
    for (int i = 0; rc == VB_OK && plan->has_case && i < arguments->n; i++) {
        struct vb_round_row *rows;
        size_t count;
        const char *name = case_name(&arena, arguments, i);
        rc = place->store->ops->case_rounds(place->store, name, &arena, &rows, &count, err);
        for (size_t j = 0; rc == VB_OK && j < count; j++) {
            if (rows[j].state > VB_ROUND_RELEASED)
                continue;
            if (!rows[j].simulated)
                rc = vb_fail(err, VB_E_DATA,
                             "case %s has rounds of real people: name another --case-prefix", name);
            else if (vb_streq(rows[j].instrument, plan->id) &&
                     vb_streq(rows[j].wave, arguments->round.wave))
                rc =
                    vb_fail(err, VB_E_BUSY,
                            "case %s has a simulated round of %s at %s: name another --case-prefix "
                            "or --wave",
                            name, plan->id, rows[j].wave);
        }
        vb_arena_reset(&arena);
    }
    vb_arena_finish(&arena);
    return rc;
}

/* -- rounds ------------------------------------------------------------------------------------ */

struct making {
    struct vb_workplace *place;
    const struct arguments *arguments;
    struct vb_plan *plan;
    struct vb_simulation simulation;
    struct vb_buf results; /* lines for --out */
};

static enum vb_code add_result(struct making *making, struct vb_round *round, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_result result;
    if (making->arguments->out == NULL)
        return VB_OK;
    enum vb_code rc = vb_round_result(round, 0, &arena, &result, err);
    if (rc == VB_OK) {
        vb_result_write(&making->results, &result, VB_CONTENT_ITEMS);
        vb_buf_putc(&making->results, '\n');
    }
    vb_arena_finish(&arena);
    return rc;
}

static enum vb_code make_one(struct making *making, struct vb_store *stage, int index,
                             struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_round *round = NULL;
    struct vb_round_options wanted = making->arguments->round;
    wanted.simulated = true;
    if (making->plan->has_case)
        wanted.case_id = case_name(&arena, making->arguments, index);
    else
        wanted.wave = NULL; /* a wave would name one round: each is its own */
    vb_simulation_next(&making->simulation, index);
    enum vb_code rc =
        vb_round_open(&round, stage, &making->simulation.env, making->plan, &wanted, err);
    if (rc == VB_OK)
        rc = vb_outputs_put(stage, &making->arguments->asked, vb_round_row(round)->id, err);
    if (rc == VB_OK)
        rc = vb_simulate_round(&making->simulation, round, err);
    if (rc == VB_OK)
        rc = add_result(making, round, err);
    vb_round_destroy(round);
    vb_arena_finish(&arena);
    return rc;
}

/* So many rounds in one commit. */
static enum vb_code make_some(struct making *making, int from, int until, struct vb_err *err)
{
    struct vb_store *stage = vb_store_stage_create(making->place->store);
    enum vb_code rc = VB_OK;
    for (int i = from; rc == VB_OK && i < until; i++)
        rc = make_one(making, stage, i, err);
    if (rc == VB_OK)
        rc = vb_workplace_settle(making->place, err);
    if (rc == VB_OK)
        rc = vb_store_stage_flush_to(stage, making->place->store, err);
    vb_store_destroy(stage);
    return rc;
}

/* The rounds are made and stay, also where this fails. */
static enum vb_code write_results(const struct making *making, struct vb_err *err)
{
    const char *path = making->arguments->out;
    return path == NULL ? VB_OK : vb_put_file(path, &making->results, err);
}

static enum vb_code make_all(struct making *making, struct vb_err *err)
{
    const struct arguments *arguments = making->arguments;
    struct vb_buf what = { 0 };
    int64_t begin = 0;
    vb_buf_printf(&what, "%s %s %s", making->plan->id, arguments->prefix, arguments->round.wave);
    enum vb_code rc = begin_ms(arguments, &begin, err);
    vb_simulation_begin(&making->simulation, &making->place->env, (uint64_t)arguments->seed,
                        what.data, begin);
    making->simulation.language = arguments->language;
    vb_buf_finish(&what);
    int n = (int)arguments->n;
    for (int i = 0; rc == VB_OK && i < n; i += AT_ONCE) {
        rc = make_some(making, i, i + AT_ONCE < n ? i + AT_ONCE : n, err);
        if (rc == VB_OK && i == 0)
            rc = vb_workplace_audit(making->place, "simulate", VB_AUDIT_EVERYTHING, err);
    }
    return rc == VB_OK ? write_results(making, err) : rc;
}

static enum vb_code simulate(struct vb_workplace *place, struct arguments *arguments,
                             struct vb_err *err)
{
    struct making making = { .place = place, .arguments = arguments };
    arguments->round.with = arguments->with.list;
    arguments->round.with_count = (int)arguments->with.count;
    enum vb_code rc = vb_given_plain("--case-prefix", arguments->prefix, 32, err);
    if (rc == VB_OK)
        rc = vb_given_plain("--wave", arguments->round.wave, VB_GIVEN_PLAIN_MAX, err);
    if (rc == VB_OK)
        rc = vb_workplace_load(place, arguments->instrument, &making.plan, err);
    if (rc == VB_OK)
        rc = fits_plan(arguments, making.plan, err);
    if (rc == VB_OK)
        rc = vb_outputs_asked(place, NULL, arguments->outputs.list, arguments->outputs.count,
                              &arguments->asked, err);
    if (rc == VB_OK)
        rc = vb_workplace_open_for(place, VB_RETAIN_KEEP, err);
    if (rc == VB_OK)
        rc = vb_named_version(place->store, making.plan, err);
    if (rc == VB_OK)
        rc = check_cases(place, arguments, making.plan, err);
    if (rc == VB_OK)
        rc = make_all(&making, err);
    if (rc == VB_OK)
        vb_workplace_say(stderr, "%d simulated round%s of %s %s%s%s\n", (int)arguments->n,
                         arguments->n == 1 ? "" : "s", making.plan->id, arguments->round.wave,
                         making.plan->has_case ? ", in cases from " : "",
                         making.plan->has_case ? case_name(&place->arena, arguments, 0) : "");
    if (rc == VB_OK && arguments->asked.count > 0)
        rc = vb_workplace_deliver(place, NULL, err);
    vb_buf_finish(&making.results);
    vb_plan_release(making.plan);
    return rc;
}

int vb_cmd_simulate(int argc, char **argv)
{
    struct arguments arguments = {
        .n = 10, .seed = 1, .prefix = "sim", .day = "2026-01-05", .round = { .wave = "t0" }
    };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc = vb_workplace_begin(&place, arguments.data, &err);
    if (rc == VB_OK)
        rc = simulate(&place, &arguments, &err);
    free(arguments.with.list);
    free(arguments.outputs.list);
    return vb_workplace_end(&place, rc, &err);
}
