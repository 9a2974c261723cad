/* cmd_close.c - verbond close: a round that waits in vain shows who said yes to that, or nobody. */
#include <stdio.h>

#include "main/command.h"
#include "main/one_round.h"
#include "main/outputs.h"
#include "main/workplace.h"

struct arguments {
    struct vb_one_round one;
    bool without_sheet;
};
enum { KEY_WITHOUT_SHEET = 300 };
static const struct argp_option options[] = {
    { "without-sheet", KEY_WITHOUT_SHEET, NULL, 0,
      "end the round and show nothing of anybody; the case may begin the wave again", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    (void)arg;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->one;
        break;
    case KEY_WITHOUT_SHEET:
        arguments->without_sheet = true;
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
    "Waits no longer: releases the answers of who shared and said yes to \"also if the other fills "
    "in nothing?\", and prints that sheet. The others may still fill in later (verbond resume).\v"
    "When nobody said that yes it ends with 5, whatever they did. A family or group in which two "
    "said yes is released, as by verbond release.",
    vb_one_round_children,
    NULL,
    NULL
};

static enum vb_code close_round(struct vb_workplace *place, const struct arguments *arguments,
                                struct vb_err *err)
{
    struct vb_round *round = NULL;
    const char *by = vb_workplace_user(place);
    enum vb_code rc = vb_workplace_kept_round(place, arguments->one.round, &round, err);
    if (rc == VB_OK)
        rc = arguments->without_sheet ? vb_round_end(round, by, err)
                                      : vb_round_close(round, by, err);
    if (rc == VB_OK)
        vb_workplace_tell(place, round, NULL);
    if (rc == VB_OK && !arguments->without_sheet)
        rc = vb_workplace_sheet(place, round, &(struct vb_wanted_sheet){ 0 }, err);
    if (rc == VB_OK)
        rc = vb_workplace_deliver(place, vb_round_row(round)->id, err);
    vb_round_destroy(round);
    return rc;
}

int vb_cmd_close(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc = vb_workplace_begin(&place, arguments.one.data, &err);
    if (rc == VB_OK)
        rc = close_round(&place, &arguments, &err);
    return vb_workplace_end(&place, rc, &err);
}
