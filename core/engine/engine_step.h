/* engine_step.h - a step as the struct of verbond/engine.h and as JSON. Room engine only. */
#ifndef VB_ENGINE_STEP_H
#define VB_ENGINE_STEP_H

#include "engine/engine_inner.h"

/* All of it, in arena. Errors of the store. */
enum vb_code vb_step_write(struct vb_engine_person *person, struct vb_arena *arena,
                           struct vb_engine_step *step, struct vb_err *err);
/* "Sam: calls the office (2026-12-31)"; in arena. */
const char *vb_step_agreement(const struct vb_agreement *agreement, struct vb_arena *arena);

#endif
