/* body.h - the fields of a JSON body, one by one; what nobody knows is refused. Room serve only.
 *
 *      struct vb_body body = vb_body_of(exchange);
 *      const char *mode = vb_body_text(&body, "mode");
 *      if (!vb_body_end(&body)) -> 422 with body.field and body.why
 *
 * The first thing that does not fit stays; what is read after it is empty. Strings are the body's.
 */
#ifndef VB_BODY_H
#define VB_BODY_H

#include "serve/exchange.h"

struct vb_body {
    const cJSON *object;
    int known;         /* fields of it that were asked for */
    const char *field; /* that does not fit; NULL: all of it does */
    const char *why;
};
/* Of a route that takes JSON. */
struct vb_body vb_body_of(const struct vb_exchange *exchange);
/* Absent and null are NULL, false or -1 here; *has (may be NULL) says whether it is there. */
const cJSON *vb_body_any(struct vb_body *body, const char *name);
const char *vb_body_text(struct vb_body *body, const char *name);
bool vb_body_flag(struct vb_body *body, const char *name, bool *has);
/* A whole number from 0 on. */
int64_t vb_body_number(struct vb_body *body, const char *name);
/* A list of texts, NULL-ended, in arena; absent: empty. */
const char *const *vb_body_texts(struct vb_body *body, const char *name, struct vb_arena *arena,
                                 int *count);
void vb_body_fail(struct vb_body *body, const char *field, const char *why);
/* Does all of it fit, and is there nothing else in it? */
bool vb_body_end(struct vb_body *body);

#endif
