/* one_round.h - arguments of the commands that are about one round: [ROUND] and --data. */
#ifndef VB_ONE_ROUND_H
#define VB_ONE_ROUND_H

#include <argp.h>
#include <stdbool.h>

struct vb_one_round {
    const char *round; /* as it was typed; NULL when left out */
    const char *data;
    bool may_be_left_out;
};
/* A child parser for struct argp's children; its input is a struct vb_one_round. */
extern const struct argp vb_one_round_argp;

#endif
