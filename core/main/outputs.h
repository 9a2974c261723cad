/* outputs.h - where a round's results go, as --output says it, and bringing them there. */
#ifndef VB_OUTPUTS_H
#define VB_OUTPUTS_H

#include "engine/bring.h"
#include "engine/output_plugin.h"
#include "main/workplace.h"

struct vb_asked_outputs { /* of one round */
    struct vb_output_row *rows;
    size_t count;
};
/* All that a round is given: those that are configured for its instrument (NULL: none of them),
 * then those that were typed (engine/output_line.h). A name without keys that is configured is that
 * one, once. Two of one name get a number: csv, csv-2. In place's arena. VB_E_USAGE: the words are
 * wrong; VB_E_CONFIG: there is no such output, it refuses, or its purpose is not offered here. */
enum vb_code vb_outputs_asked(struct vb_workplace *place, const char *instrument,
                              const char *const *typed, size_t count, struct vb_asked_outputs *out,
                              struct vb_err *err);
/* Written down for this round, durable (or on a stage), before anything is released to them. One of
 * a name that the round has for something else gets a number too, and replaces nothing. */
enum vb_code vb_outputs_put(struct vb_store *store, const struct vb_asked_outputs *outputs,
                            const char *round, struct vb_err *err);

/* What finding and asking plugins wants, once the workplace has a loop. */
struct vb_output_room vb_outputs_room(struct vb_workplace *place);

/* Where verbond lies, which runs outputs: this program, or the one beside it. */
const char *vb_workplace_program(struct vb_workplace *place);

/* How results are brought out as this house has it, for vb_bring_begin; strings are place's. */
struct vb_bring_options vb_workplace_bringing(struct vb_workplace *place, const char *round);
/* Brings out what is due, of one round (NULL: of all), until each arrived or has to wait, and says
 * on stderr what did not arrive. VB_E_BUSY when something waits or is dead. Nothing to do is VB_OK.
 */
enum vb_code vb_workplace_deliver(struct vb_workplace *place, const char *round,
                                  struct vb_err *err);
/* Says on stderr what of this round waits, and how it is sent: for a command that was broken off.
 */
void vb_workplace_tell_undelivered(struct vb_workplace *place, const char *round);

#endif
