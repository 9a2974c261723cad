/* cmd_run.c - verbond run: a round, from the first question or from answer files to the sheet.
 *
 * Answer files are walked on a stage: what they say reaches the store in one commit, or not at all.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "session/named.h"
#include "main/as_who.h"
#include "main/command.h"
#include "main/given.h"
#include "main/outputs.h"
#include "main/workplace.h"
#include "store/store_stage.h"
#include "term/term.h"

struct arguments {
    const char *instrument, *data, *language, *as, *mode, *helper;
    struct vb_round_options round;
    struct vb_given_words answers, with, outputs;
    struct vb_asked_outputs asked;
    bool no_outputs;
};

enum {
    KEY_CASE = 256,
    KEY_WAVE,
    KEY_AS,
    KEY_LANG,
    KEY_FORMAT,
    KEY_FORM,
    KEY_VARIANT,
    KEY_SETTING,
    KEY_WITH,
    KEY_MODE,
    KEY_HELPER,
    KEY_ANSWERS,
    KEY_OUTPUT,
    KEY_NO_OUTPUTS,
    KEY_DATA
};
static const struct argp_option options[] = {
    { "case", KEY_CASE, "ID", 0, "the case, by its pseudonym; a new random one when left out", 0 },
    { "wave", KEY_WAVE, "W", 0, "the moment of measuring: t0 (so when left out), t1, ...", 0 },
    { "as", KEY_AS, "ROLE[:LABEL]", 0, "ask only this person on the terminal", 0 },
    { "lang", KEY_LANG, "L", 0, "language of questions and sheet, such as nl", 0 },
    { "format", KEY_FORMAT, "F", 0, "answer format, such as simple", 0 },
    { "form", KEY_FORM, "F", 0, "a shorter or other form, such as short", 0 },
    { "variant", KEY_VARIANT, "V", 0, "variant of the instrument", 0 },
    { "setting", KEY_SETTING, "S", 0, "words for this setting", 0 },
    { "with", KEY_WITH, "NAME", 0, "turn an optional part on; may stand several times", 0 },
    { "mode", KEY_MODE, "M", 0,
      "how people fill in: self, aloud, helper, interpreter, phone, paper", 0 },
    { "helper", KEY_HELPER, "ROLE", 0,
      "who reads aloud, helps or interprets: a role of the instrument, or other", 0 },
    { "answers", KEY_ANSWERS, "FILE.json", 0,
      "take answers from this file; may stand several times", 0 },
    { "output", KEY_OUTPUT, "NAME[:key=value,...]", 0,
      "bring the result there, such as jsonl:path=results.jsonl; may stand several times", 0 },
    { "no-outputs", KEY_NO_OUTPUTS, NULL, 0, "give it none of the outputs that are configured", 0 },
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

/* Where an option that may stand once is kept; NULL: it is none of these. */
static const char **place_of(struct arguments *arguments, int key)
{
    const struct {
        int key;
        const char **place;
    } places[] = {
        { KEY_CASE, &arguments->round.case_id },
        { KEY_WAVE, &arguments->round.wave },
        { KEY_FORMAT, &arguments->round.format },
        { KEY_FORM, &arguments->round.form },
        { KEY_VARIANT, &arguments->round.variant },
        { KEY_SETTING, &arguments->round.setting },
        { KEY_AS, &arguments->as },
        { KEY_MODE, &arguments->mode },
        { KEY_HELPER, &arguments->helper },
        { KEY_LANG, &arguments->language },
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
    case KEY_WITH:
        vb_given_word(&arguments->with, arg);
        return 0;
    case KEY_ANSWERS:
        vb_given_word(&arguments->answers, arg);
        return 0;
    case KEY_OUTPUT:
        vb_given_word(&arguments->outputs, arg);
        return 0;
    case KEY_NO_OUTPUTS:
        arguments->no_outputs = true;
        return 0;
    default:
        return vb_given_instrument(&arguments->instrument, key, arg, state);
    }
}

static const struct argp argp = {
    options,
    parse,
    "INSTRUMENT",
    "Runs a round. With --answers it takes them from files, else it asks on this terminal. Prints "
    "the conversation sheet when everybody shared; otherwise says who is still to come.\v"
    "An open round of the same case, instrument and wave is continued.",
    NULL,
    NULL,
    NULL
};

/* Usage that argp cannot see: which ways of answering go together. */
static enum vb_code agree(const struct arguments *arguments, struct vb_err *err)
{
    if (arguments->answers.count == 0 && !vb_workplace_terminal())
        return vb_fail(err, VB_E_USAGE,
                       "this is no terminal, so nobody can be asked: give --answers FILE.json");
    if (arguments->answers.count > 0 && arguments->as != NULL)
        return vb_fail(err, VB_E_USAGE,
                       "--as asks on a terminal; an answer file names its persons itself");
    if (arguments->answers.count > 0 && arguments->mode != NULL)
        return vb_fail(err, VB_E_USAGE, "with --answers the mode stands in the file, as \"@mode\"");
    if (arguments->answers.count > 0 && arguments->helper != NULL)
        return vb_fail(err, VB_E_USAGE,
                       "with --answers who helps stands in the file, as \"@helper\"");
    return vb_round_check_mode(arguments->mode, err);
}

/* -- answer files ----------------------------------------------------------------------------- */

struct files {
    struct vb_answer_file **list;
    int count;
};

static void close_files(struct files *files)
{
    for (int i = 0; i < files->count; i++)
        vb_answer_file_destroy(files->list[i]);
    free(files->list);
}

static enum vb_code read_files(struct files *files, struct arguments *arguments, struct vb_err *err)
{
    files->list = vb_alloc((arguments->answers.count + 1) * sizeof *files->list);
    for (size_t i = 0; i < arguments->answers.count; i++) {
        struct vb_answer_file **file = &files->list[files->count];
        enum vb_code rc = vb_answer_file_read(file, arguments->answers.list[i], err);
        if (rc != VB_OK)
            return rc;
        files->count++;
        rc = vb_answer_file_options(*file, &arguments->round, err);
        if (rc != VB_OK)
            return rc;
    }
    arguments->round.released_too = files->count > 0;
    for (int i = 0; i < files->count; i++)
        arguments->round.released_too &= vb_answer_file_only_after(files->list[i]);
    return VB_OK;
}

/* Everything the files say in one commit; the sheet when that releases the round. */
static enum vb_code from_files(struct vb_workplace *place, const struct arguments *arguments,
                               const struct files *files, struct vb_plan *plan, struct vb_err *err)
{
    struct vb_store *stage = vb_store_stage_create(place->store);
    struct vb_round *round = NULL;
    enum vb_code rc = VB_OK;
    for (int i = 0; rc == VB_OK && i < files->count; i++)
        rc = vb_answer_file_fits(files->list[i], plan, err);
    if (rc == VB_OK)
        rc = vb_round_open(&round, stage, &place->env, plan, &arguments->round, err);
    if (rc == VB_OK)
        rc = vb_outputs_put(stage, &arguments->asked, vb_round_row(round)->id, err);
    if (rc == VB_OK)
        rc = vb_answer_files_walk(files->list, files->count, round, arguments->language,
                                  &place->env, err);
    if (rc == VB_OK)
        rc = vb_workplace_settle(place, err);
    if (rc == VB_OK)
        rc = vb_store_stage_flush_to(stage, place->store, err);
    if (rc == VB_OK)
        vb_workplace_tell(place, round, arguments->language);
    if (rc == VB_OK)
        rc = vb_workplace_show(place, round, arguments->language, err);
    if (rc == VB_OK)
        rc = vb_workplace_deliver(place, vb_round_row(round)->id, err);
    vb_round_destroy(round);
    vb_store_destroy(stage);
    return rc;
}

/* -- a terminal ------------------------------------------------------------------------------- */

static enum vb_code at_terminal(struct vb_workplace *place, const struct arguments *arguments,
                                struct vb_plan *plan, struct vb_err *err)
{
    struct vb_round *round = NULL;
    enum vb_code rc =
        vb_round_open(&round, place->store, &place->env, plan, &arguments->round, err);
    if (rc == VB_OK && place->unsettled) { /* what could be refused was, before a store is made */
        vb_round_destroy(round);
        round = NULL;
        rc = vb_workplace_settle(place, err);
        if (rc == VB_OK)
            rc = vb_round_open(&round, place->store, &place->env, plan, &arguments->round, err);
    }
    if (rc == VB_OK)
        rc = vb_outputs_put(place->store, &arguments->asked, vb_round_row(round)->id, err);
    if (rc == VB_OK)
        rc = vb_workplace_ask(place, round,
                              &(struct vb_asking){ .only = arguments->as,
                                                   .language = arguments->language,
                                                   .mode = arguments->mode,
                                                   .helper = arguments->helper },
                              err);
    if (rc == VB_OK)
        rc = vb_workplace_show(place, round, arguments->language, err);
    if (round != NULL && (rc == VB_OK || rc == VB_E_STOPPED))
        vb_workplace_tell(place, round, arguments->language);
    if (round != NULL && rc == VB_E_STOPPED)
        vb_workplace_tell_undelivered(place, vb_round_row(round)->id);
    if (rc == VB_OK)
        rc = vb_workplace_deliver(place, vb_round_row(round)->id, err);
    vb_round_destroy(round);
    return rc;
}

/* -- the command ------------------------------------------------------------------------------ */

/* "instruments/pair/instrument.lua" gives "pair": what its id is when nobody can read it. */
static const char *id_in_name(struct vb_arena *arena, const char *name)
{
    static const char file[] = "/instrument.lua";
    size_t len = strlen(name);
    if (vb_ends_with(name, file))
        len -= strlen(file);
    while (len > 0 && name[len - 1] == '/')
        len--;
    size_t from = len;
    while (from > 0 && name[from - 1] != '/')
        from--;
    return vb_arena_strndup(arena, name + from, len - from);
}

/* The case's round of this instrument and wave that is open, else released; *found false: none.
 * Makes no data folder where there is none. */
static enum vb_code find_round(struct vb_workplace *place, const struct arguments *arguments,
                               const char *id, bool has_case, struct vb_round_row *row, bool *found,
                               struct vb_err *err)
{
    const char *wave = arguments->round.wave == NULL ? "t0" : arguments->round.wave;
    *found = false;
    if ((has_case ? arguments->round.case_id : arguments->round.wave) == NULL ||
        !vb_workplace_has_data(place))
        return VB_OK;
    enum vb_code rc = vb_workplace_open(place, err);
    return rc != VB_OK
               ? rc
               : vb_named_open_round(place->store, id, has_case ? arguments->round.case_id : NULL,
                                     wave, &place->arena, row, found, err);
}

/* What of the round is kept depends on the variant that was asked for. One that is not there is
 * refused where the round is opened, before anything is written. */
static enum vb_retain retain_of(const struct vb_plan *plan, const struct arguments *arguments)
{
    return vb_plan_retain(plan, vb_plan_variant(plan, arguments->round.variant));
}

/* A round that is there goes on with its own, pinned files, whatever became of those in the
 * folder: they may have changed, hold errors, or be gone. Only a new round needs them. */
static enum vb_code choose_plan(struct vb_workplace *place, const struct arguments *arguments,
                                struct vb_plan **plan, bool *goes_on, struct vb_err *err)
{
    struct vb_err unread;
    struct vb_round_row row;
    enum vb_code loaded = vb_workplace_load(place, arguments->instrument, plan, &unread);
    enum vb_code rc = VB_OK;
    *goes_on = false;
    if (loaded != VB_OK)
        *plan = NULL;
    if (loaded != VB_OK || retain_of(*plan, arguments) == VB_RETAIN_KEEP)
        rc = find_round(place, arguments,
                        loaded == VB_OK ? (*plan)->id
                                        : id_in_name(&place->arena, arguments->instrument),
                        loaded == VB_OK ? (*plan)->has_case : arguments->round.case_id != NULL,
                        &row, goes_on, err);
    if (rc == VB_OK && *goes_on && (loaded != VB_OK || !vb_streq(row.digest, (*plan)->digest))) {
        vb_workplace_say(stderr, "round %s goes on with %s %s, with which it began\n", row.id,
                         row.instrument, row.version);
        vb_plan_release(*plan);
        *plan = NULL;
        return vb_workplace_pinned(place, row.digest, plan, err);
    }
    if (rc == VB_OK && loaded != VB_OK)
        *err = unread;
    return rc == VB_OK ? loaded : rc;
}

static enum vb_code fits_plan(const struct vb_plan *plan, const struct arguments *arguments,
                              struct vb_err *err)
{
    enum vb_code rc = vb_named_language(plan, arguments->language, err);
    if (rc == VB_OK)
        rc = vb_workplace_role_of(plan, arguments->as, err);
    if (rc == VB_OK)
        rc = vb_as_check(plan, arguments->as, err);
    if (rc == VB_OK)
        rc = vb_round_check_helper(plan, arguments->mode, arguments->helper, err);
    if (rc == VB_OK && arguments->outputs.count > 0 && retain_of(plan, arguments) != VB_RETAIN_KEEP)
        rc = vb_fail(err, VB_E_USAGE,
                     "%s keeps nothing, so there is nothing to bring anywhere: "
                     "leave --output out",
                     plan->id);
    if (rc != VB_OK || plan->has_case || arguments->round.case_id == NULL)
        return rc;
    return vb_fail(err, VB_E_USAGE, "%s is about no case (case = false): leave --case out",
                   plan->id);
}

/* A new round is given those of the house too, unless nothing of it is kept. */
static enum vb_code ask_for_outputs(struct vb_workplace *place, struct arguments *arguments,
                                    const struct vb_plan *plan, bool goes_on, struct vb_err *err)
{
    bool house = !goes_on && !arguments->no_outputs && retain_of(plan, arguments) == VB_RETAIN_KEEP;
    return vb_outputs_asked(place, house ? plan->id : NULL, arguments->outputs.list,
                            arguments->outputs.count, &arguments->asked, err);
}

static enum vb_code run(struct vb_workplace *place, struct arguments *arguments, struct vb_err *err)
{
    struct files files = { 0 };
    struct vb_plan *plan = NULL;
    bool goes_on = false;
    arguments->round.with = arguments->with.list;
    arguments->round.with_count = (int)arguments->with.count;
    enum vb_code rc = agree(arguments, err);
    if (rc == VB_OK)
        rc = vb_workplace_who(place, &arguments->as, err);
    if (rc == VB_OK)
        rc = vb_given_plain("--case", arguments->round.case_id, VB_GIVEN_PLAIN_MAX, err);
    if (rc == VB_OK)
        rc = vb_given_plain("--wave", arguments->round.wave, VB_GIVEN_PLAIN_MAX, err);
    if (rc == VB_OK) /* they may name the variant, and that decides whether anything is kept */
        rc = read_files(&files, arguments, err);
    if (rc == VB_OK)
        rc = choose_plan(place, arguments, &plan, &goes_on, err);
    if (rc == VB_OK)
        rc = fits_plan(plan, arguments, err);
    if (rc == VB_OK)
        rc = ask_for_outputs(place, arguments, plan, goes_on, err);
    if (rc == VB_OK && place->store == NULL)
        rc = vb_workplace_open_for(place, retain_of(plan, arguments), err);
    if (rc == VB_OK && !goes_on)
        rc = vb_named_version(place->store, plan, err);
    if (rc == VB_OK)
        rc = files.count > 0 ? from_files(place, arguments, &files, plan, err)
                             : at_terminal(place, arguments, plan, err);
    close_files(&files);
    vb_plan_release(plan);
    return rc;
}

int vb_cmd_run(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc = vb_workplace_begin(&place, arguments.data, &err);
    if (rc == VB_OK)
        rc = run(&place, &arguments, &err);
    free(arguments.answers.list);
    free(arguments.with.list);
    free(arguments.outputs.list);
    return vb_workplace_end(&place, rc, &err);
}
