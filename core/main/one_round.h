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
/* The children of such a command's struct argp: one, whose input is a struct vb_one_round. */
extern const struct argp_child vb_one_round_children[];
/* The parser of a command that takes no more than these; its input is a struct vb_one_round. */
error_t vb_one_round_only(int key, char *arg, struct argp_state *state);

#endif
