/* cmd_resume.c - verbond resume: go on with a round on this terminal. */
#include <stdio.h>

#include "session/named.h"
#include "main/as_who.h"
#include "main/command.h"
#include "main/one_round.h"
#include "main/outputs.h"
#include "main/workplace.h"
#include "term/term.h"

struct arguments {
    struct vb_one_round one;
    const char *as, *language, *mode, *helper;
    bool correct;
};
enum { KEY_AS = 300, KEY_LANG, KEY_CORRECT, KEY_MODE, KEY_HELPER };
static const struct argp_option options[] = {
    { "as", KEY_AS, "ROLE[:LABEL]", 0, "ask only this person", 0 },
    { "correct", KEY_CORRECT, NULL, 0,
      "go back to answers that are on the table, to mend them or to take everything back", 0 },
    { "mode", KEY_MODE, "M", 0,
      "how who begins now fills in: self, aloud, helper, interpreter, phone, paper", 0 },
    { "helper", KEY_HELPER, "ROLE", 0,
      "who reads aloud, helps or interprets: a role of the instrument, or other", 0 },
    { "lang", KEY_LANG, "L", 0, "language of the sheet, such as nl", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->one;
        break;
    case KEY_AS:
        arguments->as = arg;
        break;
    case KEY_LANG:
        arguments->language = arg;
        break;
    case KEY_MODE:
        arguments->mode = arg;
        break;
    case KEY_HELPER:
        arguments->helper = arg;
        break;
    case KEY_CORRECT:
        arguments->correct = true;
        break;
    case ARGP_KEY_SUCCESS:
        if (arguments->correct && arguments->one.round == NULL)
            argp_error(state, "--correct wants a round; verbond rounds lists them");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "[ROUND]",
    "Goes on with an open round on this terminal, where everybody left it; without ROUND with the "
    "newest one in which somebody is due. Prints the sheet when that releases it. A released "
    "round, "
    "by its id, goes on with what is asked together and with who comes late; --correct mends what "
    "somebody shared.",
    vb_one_round_children,
    NULL,
    NULL
};

/* After the release: who comes late to a group or to a round of one side, and what is asked
 * together. */
static bool is_due_later(struct vb_round *round, const char *as)
{
    if (vb_round_takes_late(round) && vb_term_is_due(round, as))
        return true;
    return as == NULL && vb_round_together_due(round);
}

/* Is there anybody to ask, or a group to release? A process may have ended between the last yes or
 * no and what follows from it: that is done first, unless somebody may still take part. */
static enum vb_code is_due(struct vb_round *round, const char *as, bool *due, struct vb_err *err)
{
    bool released;
    *due = vb_round_welcome(round, NULL, 0) > 0;
    enum vb_code rc = *due ? VB_OK : vb_round_settle(round, &released, err);
    if (*due || rc != VB_OK)
        return rc;
    if (vb_round_row(round)->state == VB_ROUND_RELEASED)
        *due = is_due_later(round, as);
    else
        *due = vb_round_row(round)->state == VB_ROUND_OPEN &&
               (vb_round_is_group(vb_round_plan(round)) || vb_round_missing(round, NULL, 0) > 0);
    return VB_OK;
}

/* The newest open round in which somebody is due. */
static enum vb_code newest(struct vb_workplace *place, const char *as, struct vb_round **out,
                           struct vb_err *err)
{
    struct vb_round_row *rows; /* oldest first */
    size_t count;
    bool due = false;
    enum vb_code rc = place->store->ops->rounds(place->store, &place->arena, &rows, &count, err);
    for (size_t i = rc == VB_OK ? count : 0; rc == VB_OK && !due && i > 0; i--) {
        if (rows[i - 1].state != VB_ROUND_OPEN)
            continue;
        rc = vb_workplace_round(place, rows[i - 1].id, out, err);
        if (rc == VB_OK)
            rc = is_due(*out, as, &due, err);
        if (!due) {
            vb_round_destroy(*out);
            *out = NULL;
        }
    }
    if (rc == VB_OK && !due)
        return vb_fail(err, VB_E_ABSENT, "no round is open in %s in which somebody is due",
                       place->data);
    return rc;
}

static enum vb_code named(struct vb_workplace *place, const char *id, const char *as,
                          struct vb_round **out, struct vb_err *err)
{
    bool due;
    enum vb_code rc = vb_workplace_round(place, id, out, err);
    if (rc == VB_OK)
        rc = is_due(*out, as, &due, err);
    if (rc != VB_OK || due)
        return rc;
    const struct vb_round_row *row = vb_round_row(*out);
    return vb_fail(err, VB_E_BUSY, "round %s is %s, so there is nothing left to ask", row->id,
                   row->state == VB_ROUND_OPEN ? "done" : vb_round_state_words(row->state));
}

/* Whoever is shown may correct at any time: nobody has to be due. */
static enum vb_code to_correct(struct vb_workplace *place, const char *id, struct vb_round **out,
                               struct vb_err *err)
{
    bool released;
    enum vb_code rc = vb_workplace_round(place, id, out, err);
    return rc == VB_OK ? vb_round_settle(*out, &released, err) : rc;
}

static enum vb_code find(struct vb_workplace *place, const struct arguments *arguments,
                         struct vb_round **out, struct vb_err *err)
{
    const char *id = arguments->one.round;
    if (arguments->correct)
        return to_correct(place, id, out, err);
    return id == NULL ? newest(place, arguments->as, out, err)
                      : named(place, id, arguments->as, out, err);
}

static enum vb_code resume(struct vb_workplace *place, struct arguments *arguments,
                           struct vb_err *err)
{
    struct vb_round *round = NULL;
    const char *id = arguments->one.round;
    if (!vb_workplace_terminal())
        return vb_fail(err, VB_E_USAGE,
                       "resume asks on a terminal, and this is none; "
                       "run INSTRUMENT --case ID --answers FILE.json goes on from a file");
    enum vb_code rc = vb_round_check_mode(arguments->mode, err);
    if (rc == VB_OK)
        rc = id == NULL && !vb_workplace_has_data(place)
                 ? vb_fail(err, VB_E_ABSENT,
                           "no round is open: %s has no store, so nothing to resume", place->data)
                 : vb_workplace_open_kept(place, id, err);
    if (rc == VB_OK)
        rc = vb_workplace_who(place, &arguments->as, err);
    if (rc == VB_OK)
        rc = find(place, arguments, &round, err);
    if (rc == VB_OK)
        rc = vb_named_language(vb_round_plan(round), arguments->language, err);
    if (rc == VB_OK)
        rc = vb_workplace_role_of(vb_round_plan(round), arguments->as, err);
    if (rc == VB_OK)
        rc = vb_as_check(vb_round_plan(round), arguments->as, err);
    if (rc == VB_OK)
        rc = vb_round_check_helper(vb_round_plan(round), arguments->mode, arguments->helper, err);
    if (rc == VB_OK)
        rc = vb_workplace_ask(place, round,
                              &(struct vb_asking){ .only = arguments->as,
                                                   .language = arguments->language,
                                                   .mode = arguments->mode,
                                                   .helper = arguments->helper,
                                                   .correct = arguments->correct },
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

int vb_cmd_resume(int argc, char **argv)
{
    struct arguments arguments = { .one = { .may_be_left_out = true } };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc = vb_workplace_begin(&place, arguments.one.data, &err);
    if (rc == VB_OK)
        rc = resume(&place, &arguments, &err);
    return vb_workplace_end(&place, rc, &err);
}
