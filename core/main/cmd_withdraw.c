/* cmd_withdraw.c - verbond withdraw: somebody takes back everything they gave in a round. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "main/as_who.h"
#include "main/command.h"
#include "main/one_round.h"
#include "main/outputs.h"
#include "main/workplace.h"

struct arguments {
    struct vb_one_round one;
    const char *person, *as;
};
enum { KEY_PERSON = 300, KEY_AS };
static const struct argp_option options[] = {
    { "person", KEY_PERSON, "ID", 0, "who: the person's id, or its first characters (four or more)",
      0 },
    { "as", KEY_AS, "ROLE[:LABEL]", 0, "who, by the role in this round", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->one;
        break;
    case KEY_PERSON:
        arguments->person = arg;
        break;
    case KEY_AS:
        arguments->as = arg;
        break;
    case ARGP_KEY_END:
        if ((arguments->person == NULL) == (arguments->as == NULL))
            argp_error(state, "who? Either --person ID or --as ROLE[:LABEL]");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "ROUND",
    "Takes back everything this person gave in this round: no sheet and no result has it any more, "
    "also those from before.\v"
    "It needs no reason, works at any moment, and cannot be undone. That it happened stays in the "
    "log; verbond erase takes that away too.",
    vb_one_round_children,
    NULL,
    NULL
};

/* Named by an id, or its first characters: not whoever has a word for that. */
static enum vb_code check_id(const struct vb_round *round, const char *person, struct vb_err *err)
{
    int count;
    const struct vb_participant *list = vb_round_participants(round, &count);
    for (int i = 0; i < count; i++)
        if (vb_starts_with(list[i].person, person) &&
            vb_round_is_counted_only(vb_round_plan(round), list[i].role))
            return vb_fail(err, VB_E_BUSY,
                           "that is somebody of a team: an id is not enough, only their word is: "
                           "--as %s:WORD",
                           list[i].role);
    return VB_OK;
}

static enum vb_code withdraw(struct vb_workplace *place, struct arguments *arguments,
                             struct vb_err *err)
{
    struct vb_round *round = NULL;
    bool member;
    const char *prefix = arguments->one.round, *person = arguments->person;
    enum vb_code rc = vb_workplace_open_kept(place, prefix, err);
    if (rc == VB_OK)
        rc = vb_workplace_who(place, &arguments->as, err);
    if (rc == VB_OK)
        rc = vb_workplace_round(place, prefix, &round, err);
    if (rc == VB_OK)
        rc = vb_workplace_role_of(vb_round_plan(round), arguments->as, err);
    if (rc == VB_OK && person == NULL)
        rc = vb_as_find(place, round, arguments->as, &person, &member, err);
    else if (rc == VB_OK)
        rc = check_id(round, person, err);
    if (rc == VB_OK)
        rc = vb_round_withdraw(round, person, vb_workplace_user(place), err);
    if (rc == VB_OK) {
        fputs(vb_workplace_dutch(round, NULL)
                  ? "Teruggenomen. In geen blad en geen resultaat staat er nog iets van.\n"
                  : "Taken back. No sheet and no result has any of it any more.\n",
              stderr);
        vb_workplace_tell(place, round, NULL);
    }
    if (rc == VB_OK)
        rc = vb_workplace_deliver(place, vb_round_row(round)->id, err);
    vb_round_destroy(round);
    return rc;
}

int vb_cmd_withdraw(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc = vb_workplace_begin(&place, arguments.one.data, &err);
    if (rc == VB_OK)
        rc = withdraw(&place, &arguments, &err);
    return vb_workplace_end(&place, rc, &err);
}
