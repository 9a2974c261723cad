/* talk_file.h - what a talk gave, as JSON (docs/reference/talk.schema.json): persons are written as
 * in answer files. One thread. */
#ifndef VB_TALK_FILE_H
#define VB_TALK_FILE_H

#include <cjson/cJSON.h>

#include "session/round.h"

/* As an answer file writes a person: "client", "parent:Kim". In arena, or role itself. */
const char *vb_answer_key(struct vb_arena *arena, const char *role, const char *label);
/* How a participant is written: as above; its id where that would be two. */
const char *vb_talk_file_key(struct vb_round *round, const char *person, struct vb_arena *arena);
/* The way back: the id of the only one who is written so, by key or id; NULL: nobody, or several.
 * Somebody who is only counted is nobody. */
const char *vb_talk_file_person(struct vb_round *round, const char *key, struct vb_arena *arena);

/* In arena, with person ids in the place of keys. VB_E_DATA begins with the field; whether its
 * texts, days and persons fit is for vb_round_put_talk to say. */
enum vb_code vb_talk_file_tree(struct vb_talk_record *out, struct vb_round *round,
                               struct vb_arena *arena, const cJSON *json, struct vb_err *err);
/* The same from a file. VB_E_DATA names file and field. */
enum vb_code vb_talk_file_read(struct vb_talk_record *out, struct vb_round *round,
                               struct vb_arena *arena, const char *path, struct vb_err *err);
/* The way back; record NULL: nothing was written down. */
void vb_talk_file_write(struct vb_buf *out, struct vb_round *round,
                        const struct vb_talk_record *record);

#endif
