#include "main/one_round.h"

enum { KEY_DATA = 256 };
static const struct argp_option options[] = {
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct vb_one_round *one = state->input;
    switch (key) {
    case KEY_DATA:
        one->data = arg;
        break;
    case ARGP_KEY_ARG:
        if (one->round != NULL)
            argp_error(state, "one at a time");
        one->round = arg;
        break;
    case ARGP_KEY_END:
        if (one->round == NULL && !one->may_be_left_out)
            argp_error(state, "which round? verbond rounds lists them");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp one_round = { options, parse, NULL, NULL, NULL, NULL, NULL };
const struct argp_child vb_one_round_children[] = { { &one_round, 0, NULL, 0 },
                                                    { NULL, 0, NULL, 0 } };

error_t vb_one_round_only(int key, char *arg, struct argp_state *state)
{
    (void)arg;
    if (key != ARGP_KEY_INIT)
        return ARGP_ERR_UNKNOWN;
    state->child_inputs[0] = state->input;
    return 0;
}
