/* beside.h - files that lie beside an instrument.lua: pictures of answers, recordings of texts. */
#ifndef VB_MAIN_BESIDE_H
#define VB_MAIN_BESIDE_H

#include "main/workplace.h"

/* The bytes of FOLDER/NAME of the instrument with this id, out empty before; folder "" is its own.
 * VB_E_ABSENT: it is not there, or the name leads out of the folder. */
enum vb_code vb_beside_read(struct vb_workplace *place, const char *instrument, const char *folder,
                            const char *name, struct vb_buf *out, struct vb_err *err);

#endif
