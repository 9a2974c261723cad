/* cmd_close.c - verbond close: a round that waits in vain shows who said yes to that. */
#include <stdio.h>

#include "main/command.h"
#include "main/one_round.h"
#include "main/workplace.h"

static const struct argp argp = {
    NULL,
    vb_one_round_only,
    "ROUND",
    "Waits no longer: releases the answers of who shared and said yes to \"also if the other fills "
    "in nothing?\", and prints that sheet. The others may still fill in later (verbond resume).\v"
    "When nobody said that yes it ends with 5, whatever they did.",
    vb_one_round_children,
    NULL,
    NULL
};

static enum vb_code close_round(struct vb_workplace *place, const char *prefix, struct vb_err *err)
{
    struct vb_round *round = NULL;
    enum vb_code rc = vb_workplace_kept_round(place, prefix, &round, err);
    if (rc == VB_OK)
        rc = vb_round_close(round, vb_workplace_user(place), err);
    if (rc == VB_OK) {
        vb_workplace_tell(place, round, NULL);
        rc = vb_workplace_sheet(place, round, NULL, NULL, err);
    }
    vb_round_destroy(round);
    return rc;
}

int vb_cmd_close(int argc, char **argv)
{
    struct vb_one_round one = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &one);
    enum vb_code rc = vb_workplace_begin(&place, one.data, &err);
    if (rc == VB_OK)
        rc = close_round(&place, one.round, &err);
    return vb_workplace_end(&place, rc, &err);
}
