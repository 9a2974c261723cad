/* talk_file.h - what a talk gave, as JSON: persons are written as in answer files. Room term only;
 * term.h has the seam. */
#ifndef VB_TALK_FILE_H
#define VB_TALK_FILE_H

#include <cjson/cJSON.h>

#include "term/term.h"

/* In arena, with person ids in the place of keys. VB_E_DATA begins with the field. */
enum vb_code vb_talk_file_tree(struct vb_talk_record *out, struct vb_round *round,
                               struct vb_arena *arena, const cJSON *json, struct vb_err *err);
/* How a participant is written: "client", "parent:Kim"; its id where that would be two. */
const char *vb_talk_file_key(struct vb_round *round, const char *person, struct vb_arena *arena);

#endif
