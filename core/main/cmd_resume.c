/* cmd_resume.c - verbond resume: go on with a round on this terminal. */
#include <stdio.h>

#include "main/command.h"
#include "main/one_round.h"
#include "main/workplace.h"

struct arguments {
    struct vb_one_round one;
    const char *as, *language;
};
enum { KEY_AS = 300, KEY_LANG };
static const struct argp_option options[] = {
    { "as", KEY_AS, "ROLE[:LABEL]", 0, "ask only this person", 0 },
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
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp_child children[] = { { &vb_one_round_argp, 0, NULL, 0 },
                                              { NULL, 0, NULL, 0 } };
static const struct argp argp = {
    options,
    parse,
    "[ROUND]",
    "Goes on with an open round on this terminal, where everybody left it; without ROUND with the "
    "newest one. Prints the sheet when that releases it.",
    children,
    NULL,
    NULL
};

/* The id of the newest open round. */
static enum vb_code newest(struct vb_workplace *place, const char **id, struct vb_err *err)
{
    struct vb_round_row *rows;
    size_t count;
    const struct vb_round_row *best = NULL;
    enum vb_code rc = place->store->ops->rounds(place->store, &place->arena, &rows, &count, err);
    if (rc != VB_OK)
        return rc;
    for (size_t i = 0; i < count; i++)
        if (rows[i].state == VB_ROUND_OPEN &&
            (best == NULL || rows[i].created_wall_ms >= best->created_wall_ms))
            best = &rows[i];
    if (best == NULL)
        return vb_fail(err, VB_E_ABSENT, "no round is open in %s", place->data);
    *id = best->id;
    return VB_OK;
}

static enum vb_code resume(struct vb_workplace *place, const struct arguments *arguments,
                           struct vb_err *err)
{
    struct vb_round *round = NULL;
    const char *id = arguments->one.round;
    if (!vb_workplace_terminal())
        return vb_fail(err, VB_E_USAGE,
                       "resume asks on a terminal, and this is none; "
                       "run INSTRUMENT --case ID --answers FILE.json goes on from a file");
    enum vb_code rc = vb_workplace_open(place, err);
    if (rc == VB_OK && id == NULL)
        rc = newest(place, &id, err);
    if (rc == VB_OK)
        rc = vb_workplace_round(place, id, &round, err);
    if (rc == VB_OK && vb_round_row(round)->state != VB_ROUND_OPEN)
        rc = vb_fail(err, VB_E_BUSY, "round %s is %s, so there is nothing left to ask",
                     vb_round_row(round)->id, vb_round_state_name(vb_round_row(round)->state));
    if (rc == VB_OK)
        rc = vb_workplace_language(vb_round_plan(round), arguments->language, err);
    if (rc == VB_OK)
        rc = vb_workplace_ask(place, round, arguments->as, arguments->language, err);
    if (rc == VB_OK && vb_round_row(round)->state == VB_ROUND_RELEASED)
        rc = vb_workplace_sheet(place, round, arguments->language, NULL, err);
    if (round != NULL && (rc == VB_OK || rc == VB_E_STOPPED))
        vb_workplace_tell(place, round, arguments->language);
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
