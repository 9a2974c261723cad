/* asked.h - what a runner needs beside the view: the question as kinds know it, how many there are,
 * the value that somebody gave. One thread. */
#ifndef VB_ASKED_H
#define VB_ASKED_H

#include <cjson/cJSON.h>

#include "session/session.h"

/* The question a session's item is, for core/kinds. */
struct vb_ask vb_asked_of(const struct vb_session *session, const struct vb_item *item);
/* How many questions this person gets, 0 when a condition or a script decides. */
int vb_asked_count(const struct vb_fold *fold);
/* The way of answering (bits as of item->tools) that was chosen in the question this one names in
 * by; 0: none was. */
uint32_t vb_asked_way(const struct vb_fold *fold, const struct vb_item *item, int member);

/* Reads a value as an answer file spells it (docs/reference/answers.md), images included: {"file":
 * path} is read relative to folder, checked and kept. *refusal says what is wrong with it, and why
 * then tells it to whoever wrote the file; the returned code is of our own troubles (VB_E_IO). */
enum vb_code vb_asked_value(struct vb_session *session, const struct vb_ask *ask, const cJSON *json,
                            const char *folder, struct vb_arena *arena, struct vb_value *out,
                            enum vb_refusal *refusal, struct vb_err *why, struct vb_err *err);

#endif
