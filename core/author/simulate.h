/* simulate.h - a round that nobody filled in, for trying sheets, outputs and exports.
 *
 * The round is a real one in every way but one: it was opened with options.simulated, which stays
 * in its row and in everything that is made of it. Answers follow a level of the case, each
 * person's own deviation from it and chance, so that two sides resemble each other as people do.
 * The same seed and index give the same round: chance and time are drawn from them, in integers.
 * One thread. */
#ifndef VB_SIMULATE_H
#define VB_SIMULATE_H

#include "session/round.h"

struct vb_simulation {
    uint64_t seed;
    const char *language;    /* NULL: the plan's first */
    struct vb_env env;       /* for vb_round_open: with this simulation's chance and time */
    struct vb_random random; /* of env */
    uint64_t chance;         /* where the answers' chance stands */
    uint64_t ids;            /* and that of ids */
    int64_t now_ms;          /* the next moment */
};
/* env: as commands have it; its clock still measures what a script takes. what: mixed into every
 * id, so that two instruments and waves with one seed do not make the same rounds. begin_ms: when
 * the first round takes place. simulation must stay where it is: its env points into it. */
void vb_simulation_begin(struct vb_simulation *simulation, const struct vb_env *env, uint64_t seed,
                         const char *what, int64_t begin_ms);
/* Before each round: from here on chance depends on seed and index alone. */
void vb_simulation_next(struct vb_simulation *simulation, int index);
/* Everybody comes, answers, shares, and the round is released; then what is asked together. The
 * round is new, and its store one that commits at once (a stage). VB_E_DATA when an item takes no
 * answer that can be thought up, or nobody's yes releases it. */
enum vb_code vb_simulate_round(struct vb_simulation *simulation, struct vb_round *round,
                               struct vb_err *err);

#endif
