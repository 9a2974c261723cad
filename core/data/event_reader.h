/* event_reader.h - one JSON object of an event, field by field. Of this room only.
 *
 * Fields that were asked for are counted, so that one which nobody knows does not pass unseen; the
 * first failure writes err and stays, and what is read after it is empty. */
#ifndef VB_EVENT_READER_H
#define VB_EVENT_READER_H

#include <cjson/cJSON.h>

#include "data/event.h"

struct vb_reader {
    const cJSON *object;
    const char *about; /* it is a part: about this person; NULL: the body, or about nobody */
    const char *said;  /* of earlier values: in this session; NULL: not known */
    struct vb_arena *arena;
    struct vb_err *err;
    const struct vb_event_ids *ids;
    int taken;
    bool failed;
};

void vb_reader_fail(struct vb_reader *reader, const char *name, const char *what);
/* A field, NULL when it is absent. */
const cJSON *vb_reader_take(struct vb_reader *reader, const char *name);
bool vb_reader_has(const struct vb_reader *reader, const char *name);
const char *vb_reader_text(struct vb_reader *reader, const char *name); /* NULL: absent */
const char *vb_reader_needed(struct vb_reader *reader, const char *name);
bool vb_reader_flag(struct vb_reader *reader, const char *name);
int vb_reader_int(struct vb_reader *reader, const char *name, int most);
/* The array called name, NULL when absent or wrong; *count is its length. */
const cJSON *vb_reader_array(struct vb_reader *reader, const char *name, int *count);
const char *const *vb_reader_list(struct vb_reader *reader, const char *name, int *count);
/* A reason for no value, as it is written or by its name. */
bool vb_reader_missing(const char *name, struct vb_value *out);
/* For an object inside this one; its failure is handed back by the caller. */
struct vb_reader vb_reader_inner(const struct vb_reader *reader, const cJSON *object);
/* Refuses fields that nobody asked for. */
void vb_reader_end(struct vb_reader *reader, const char *name);

/* event_opened.c: the first event, and what earlier waves said about members. */
void vb_reader_opened(struct vb_reader *reader, struct vb_event *out);
const struct vb_member *vb_reader_members(struct vb_reader *reader, int *count);
enum vb_code vb_reader_opened_parts(const struct vb_reader *reader,
                                    const struct vb_event_pieces *pieces, struct vb_event *out);
/* Parses bytes of an event. */
enum vb_code vb_reader_parse(cJSON **out, const char *bytes, size_t len, struct vb_err *err);

#endif
