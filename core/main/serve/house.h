/* house.h - what the web runner gets of a workplace: instruments, outputs, and bringing out what is
 * due while the loop turns. One thread. */
#ifndef VB_MAIN_HOUSE_H
#define VB_MAIN_HOUSE_H

#include "main/outputs.h"
#include "serve/serve.h"

struct vb_housing;
/* place is borrowed and its store open. Asks the outputs that are configured, turning the loop:
 * VB_E_CONFIG when one refuses. */
enum vb_code vb_housing_create(struct vb_housing **out, struct vb_workplace *place,
                               struct vb_err *err);
const struct vb_house *vb_housing_house(const struct vb_housing *housing);
/* What is on its way out is asked to end; at_rest runs when nothing is. */
void vb_housing_rest(struct vb_housing *housing, void (*at_rest)(void *ctx), void *ctx);
void vb_housing_destroy(struct vb_housing *housing); /* at once; NULL is fine */

#endif
