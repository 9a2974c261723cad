/* cmd_release.c - verbond release: the professional or convenor releases a family or group. */
#include <stdio.h>

#include "main/command.h"
#include "main/one_round.h"
#include "main/outputs.h"
#include "main/workplace.h"

static const struct argp argp = {
    NULL,
    vb_one_round_only,
    "ROUND",
    "Releases the round of a family or group, at two or more shared voices, and prints its sheet. "
    "A round of two releases itself when both shared.",
    vb_one_round_children,
    NULL,
    NULL
};

static enum vb_code release(struct vb_workplace *place, const char *prefix, struct vb_err *err)
{
    struct vb_round *round = NULL;
    enum vb_code rc = vb_workplace_kept_round(place, prefix, &round, err);
    if (rc == VB_OK)
        rc = vb_round_release(round, err);
    if (rc == VB_OK)
        rc = vb_workplace_audit(place, "release", vb_round_row(round)->id, err);
    if (rc == VB_OK) {
        vb_workplace_tell(place, round, NULL);
        rc = vb_workplace_sheet(place, round, &(struct vb_wanted_sheet){ 0 }, err);
    }
    if (rc == VB_OK)
        rc = vb_workplace_deliver(place, vb_round_row(round)->id, err);
    vb_round_destroy(round);
    return rc;
}

int vb_cmd_release(int argc, char **argv)
{
    struct vb_one_round one = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &one);
    enum vb_code rc = vb_workplace_begin(&place, one.data, &err);
    if (rc == VB_OK)
        rc = release(&place, one.round, &err);
    return vb_workplace_end(&place, rc, &err);
}
