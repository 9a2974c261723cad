/* step.h - what a page is told of a turn, as JSON (docs/reference/http-api.md). Room serve only. */
#ifndef VB_STEP_H
#define VB_STEP_H

#include "serve/seat.h"

/* Where the session stands: the question, the overview, or the end. Errors of the store. */
enum vb_code vb_step_put(struct vb_buf *out, struct vb_seat *seat, struct vb_err *err);
/* What GET /turn says; lang of the query is the opening's language while nobody began. */
void vb_turn_write(struct vb_buf *out, const struct vb_seat *seat);

/* The language that what stands there is in: the session's, else what the page asks for. */
const char *vb_step_language(const struct vb_seat *seat);

/* -- parts of it -- */
/* key, then {"text", "audio"}; text NULL: null. What a person or an author wrote is made safe to
 * show: controls and overrides of direction become U+FFFD. */
void vb_step_text(struct vb_buf *out, const char *key, const struct vb_seat *seat,
                  const char *text);
/* The same two fields inside an object that has more of them; and a text alone, NULL: null. */
void vb_step_said(struct vb_buf *out, const struct vb_seat *seat, const char *text);
void vb_step_plain(struct vb_buf *out, const char *key, const char *text);
/* {"id", "member", ...}: the question as this person reads it. */
void vb_step_item(struct vb_buf *out, const struct vb_seat *seat, const struct vb_item *item,
                  int member, bool intro);
/* A value as answer files write it, or {"missing": reason}. */
void vb_step_value(struct vb_buf *out, const struct vb_item *item, const struct vb_value *value);
/* ,"answers", ,"followed" and ,"asks" */
enum vb_code vb_step_overview(struct vb_buf *out, struct vb_seat *seat, struct vb_err *err);

#endif
