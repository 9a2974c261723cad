/* cmd_talk.c - verbond talk: what people write down after they talked, asked or from a file; and
 * how to talk. */
#include <stdio.h>

#include "session/named.h"
#include "main/command.h"
#include "main/one_round.h"
#include "main/outputs.h"
#include "main/workplace.h"
#include "session/talk_file.h"
#include "sheet/talk_guide.h"
#include "term/term.h"

struct arguments {
    struct vb_one_round one;
    const char *from, *language;
    bool json, guide;
};
enum { KEY_FROM = 300, KEY_JSON, KEY_GUIDE, KEY_LANG };
static const struct argp_option options[] = {
    { "from", KEY_FROM, "FILE.json", 0, "write down what stands in this file, all of it anew", 0 },
    { "json", KEY_JSON, NULL, 0, "print what is written down; --from reads it back", 0 },
    { "guide", KEY_GUIDE, NULL, 0, "print how to talk, step by step; of an instrument too", 0 },
    { "lang", KEY_LANG, "L", 0, "language of the questions or the steps, such as nl", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->one;
        break;
    case KEY_FROM:
        arguments->from = arg;
        break;
    case KEY_JSON:
        arguments->json = true;
        break;
    case KEY_GUIDE:
        arguments->guide = true;
        break;
    case KEY_LANG:
        arguments->language = arg;
        break;
    case ARGP_KEY_END:
        if (arguments->json && arguments->from != NULL)
            argp_error(state, "--json prints and --from writes: one of them at a time");
        if (arguments->guide && (arguments->json || arguments->from != NULL))
            argp_error(state, "--guide says how to talk; --json and --from are what came of it");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "ROUND\n--guide ROUND|INSTRUMENT",
    "Writes down what a talk gave: the client's topic, agreements (who, what, when), goals and the "
    "next date. Asks on this terminal; what stands already is shown, and kept or changed. --guide "
    "prints the steps of the talk instead, with the instrument's own questions for it.\v"
    "Each time it is written down the result has a new revision. Before the release it ends with "
    "5. The file: docs/reference/talk.schema.json.",
    vb_one_round_children,
    NULL,
    NULL
};

static enum vb_code agree(const struct arguments *arguments, struct vb_err *err)
{
    if (arguments->from == NULL && !arguments->json && !vb_workplace_terminal())
        return vb_fail(err, VB_E_USAGE,
                       "this is no terminal, so nobody can be asked: give --from FILE.json, or "
                       "--json to read what is written down");
    return VB_OK;
}

static enum vb_code is_released(const struct vb_round *round, struct vb_err *err)
{
    const struct vb_round_row *row = vb_round_row(round);
    if (row->state == VB_ROUND_RELEASED)
        return VB_OK;
    return vb_fail(err, VB_E_BUSY,
                   "round %s is %s: what a talk gave is written down after the "
                   "release",
                   row->id, vb_round_state_words(row->state));
}

static void print_json(struct vb_round *round)
{
    struct vb_buf text = { 0 };
    vb_talk_file_write(&text, round, vb_round_talk(round));
    vb_buf_putc(&text, '\n');
    vb_workplace_print(&text);
    vb_buf_finish(&text);
}

static enum vb_code from_file(struct vb_workplace *place, struct vb_round *round, const char *path,
                              struct vb_err *err)
{
    struct vb_talk_record record;
    enum vb_code rc = vb_talk_file_read(&record, round, &place->arena, path, err);
    if (rc != VB_OK)
        return rc;
    rc = vb_round_put_talk(round, &record, vb_workplace_user(place), err);
    return rc == VB_OK ? rc : vb_while(err, "%s", path);
}

/* What stands is shown in two of the three ways, and that is a look that the audit keeps. */
static enum vb_code talk(struct vb_workplace *place, const struct arguments *arguments,
                         struct vb_err *err)
{
    struct vb_round *round = NULL;
    enum vb_code rc = agree(arguments, err);
    if (rc == VB_OK)
        rc = vb_workplace_kept_round(place, arguments->one.round, &round, err);
    if (rc == VB_OK)
        rc = vb_named_language(vb_round_plan(round), arguments->language, err);
    if (rc == VB_OK)
        rc = is_released(round, err);
    if (rc == VB_OK && !arguments->json)
        rc = vb_round_may_talk(round, err);
    if (rc == VB_OK && arguments->from == NULL)
        rc = vb_workplace_audit(place, "talk read", vb_round_row(round)->id, err);
    if (rc == VB_OK && arguments->from != NULL)
        rc = from_file(place, round, arguments->from, err);
    else if (rc == VB_OK && !arguments->json)
        rc = vb_workplace_talk(place, round, arguments->language, err);
    if (rc == VB_OK && arguments->json)
        print_json(round);
    else if (rc == VB_OK)
        vb_workplace_tell(place, round, arguments->language);
    if (rc == VB_OK)
        rc = vb_workplace_deliver(place, vb_round_row(round)->id, err);
    vb_round_destroy(round);
    return rc;
}

/* -- how to talk ------------------------------------------------------------------------------ */

/* An instrument by its name or path; else a round by its id, which may be open still. *round: NULL
 * for an instrument. *plan: one reference. */
static enum vb_code find_plan(struct vb_workplace *place, const char *name, struct vb_round **round,
                              struct vb_plan **plan, struct vb_err *err)
{
    const char *root, *path;
    if (vb_workplace_find(place, name, &root, &path, err) == VB_OK)
        return vb_workplace_load(place, name, plan, err);
    if (err->code != VB_E_ABSENT || !vb_workplace_has_data(place))
        return err->code;
    struct vb_err unknown;
    enum vb_code rc = vb_workplace_kept_round(place, name, round, &unknown);
    if (rc == VB_OK)
        *plan = vb_plan_keep(vb_round_plan(*round));
    else if (rc != VB_E_ABSENT)
        *err = unknown;
    else
        vb_fail(err, rc, "%s is no instrument and no round: verbond rounds lists the rounds", name);
    return rc;
}

static enum vb_code guide(struct vb_workplace *place, const struct arguments *arguments,
                          struct vb_err *err)
{
    struct vb_round *round = NULL;
    struct vb_plan *plan = NULL;
    struct vb_buf text = { 0 };
    enum vb_code rc = find_plan(place, arguments->one.round, &round, &plan, err);
    if (rc == VB_OK)
        rc = vb_named_language(plan, arguments->language, err);
    if (rc == VB_OK) {
        const struct vb_talk_guide_options how = {
            .language = arguments->language,
            .variant = round == NULL ? -1 : vb_plan_variant(plan, vb_round_row(round)->variant),
            .setting = round == NULL ? -1 : vb_plan_setting(plan, vb_round_row(round)->setting),
            .colour = vb_workplace_colour(),
            .columns = vb_workplace_columns(),
        };
        if (vb_talk_guide_text(&text, plan, &how))
            vb_workplace_print(&text);
        else
            rc = vb_fail(err, VB_E_ABSENT, "%s has no talk: nobody reads the answers of another",
                         plan->id);
    }
    vb_buf_finish(&text);
    vb_plan_release(plan);
    vb_round_destroy(round);
    return rc;
}

int vb_cmd_talk(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc = vb_workplace_begin(&place, arguments.one.data, &err);
    if (rc == VB_OK)
        rc = arguments.guide ? guide(&place, &arguments, &err) : talk(&place, &arguments, &err);
    return vb_workplace_end(&place, rc, &err);
}
