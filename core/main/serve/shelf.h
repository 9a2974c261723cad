/* shelf.h - the instruments that rounds may be begun with, and the outputs of each.
 *
 * Looked for where vb_instrument_find looks: the folder that is configured, ./instruments, and what
 * is installed; of two with one id the first. What was read is looked at again after a while,
 * and when an id is asked for that is not there: what is new is found and what changed replaces
 * what was read. What was taken away or does not load any more stays as it was read. One thread. */
#ifndef VB_MAIN_SHELF_H
#define VB_MAIN_SHELF_H

#include "main/outputs.h"

struct vb_shelf;
/* Reads them all and asks every output that is configured, turning the loop. place is borrowed. An
 * instrument with errors is told on stderr and left out; an output that refuses is VB_E_CONFIG. */
enum vb_code vb_shelf_create(struct vb_shelf **out, struct vb_workplace *place, struct vb_err *err);
void vb_shelf_destroy(struct vb_shelf *shelf); /* NULL is fine */

/* By id. The list in arena, the plans the shelf's until the next call. */
enum vb_code vb_shelf_instruments(struct vb_shelf *shelf, struct vb_arena *arena,
                                  struct vb_plan ***out, int *count, struct vb_err *err);
/* *out: one reference. VB_E_ABSENT. */
enum vb_code vb_shelf_plan(struct vb_shelf *shelf, const char *id, struct vb_plan **out,
                           struct vb_err *err);
/* Writes down what is configured for this instrument's rounds; durable. */
enum vb_code vb_shelf_put_outputs(struct vb_shelf *shelf, const char *instrument, const char *round,
                                  struct vb_err *err);

#endif
