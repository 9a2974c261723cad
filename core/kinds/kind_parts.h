/* kind_parts.h - what the kinds of this room share; nobody else includes it. */
#ifndef VB_KIND_PARTS_H
#define VB_KIND_PARTS_H

#include "kinds/kind.h"

extern const struct vb_kind vb_kind_likert, vb_kind_faces, vb_kind_vas, vb_kind_yesno,
    vb_kind_choice, vb_kind_words, vb_kind_text, vb_kind_number, vb_kind_date, vb_kind_draw,
    vb_kind_photo, vb_kind_collage, vb_kind_triangle;

enum {
    VB_TEXT_DEFAULT = 2000, /* code points */
    VB_TEXT_MOST = 16384,
    VB_WORD_MOST = 100,  /* code points of one own word */
    VB_OTHER_MOST = 500, /* of {"other": text} */
    VB_WORDS_MOST = 20,  /* words, when the author sets no max */
    VB_JSON_MOST = 65536 /* bytes of a value kept as JSON */
};

/* Its count of key words in a JSON list, each once. item NULL: own words only. */
enum vb_refusal vb_words_check(const struct vb_ask *ask, const cJSON *list, int most);
/* May anything of a picture stay? The policy and the item both have a say; of an item that asks,
 * something may. */
bool vb_picture_kept(const struct vb_ask *ask);
/* {"paper": true}, which is all that may be known of one that does not stay. */
struct vb_value vb_picture_made(void);
/* A whole number of low..high and nothing else. */
bool vb_whole_within(const cJSON *json, int low, int high);
/* A whole number, for likert, faces and vas. */
enum vb_refusal vb_whole_from_json(const cJSON *json, struct vb_value *out, struct vb_err *why);

/* Does a VB_VALUE_JSON hold JSON in canonical form? The tree (cJSON_Delete it) or NULL. */
cJSON *vb_tree_of(const struct vb_value *value);
/* A tree as a VB_VALUE_JSON. */
struct vb_value vb_tree_value(struct vb_arena *arena, const cJSON *tree);

/* Sentences: VB_REFUSED_TYPE with "expected a <what>"; and why a value that was read is refused. */
enum vb_refusal vb_wrong_type(struct vb_err *why, const char *what);
void vb_refusal_why(const struct vb_ask *ask, const struct vb_value *value, enum vb_refusal refusal,
                    struct vb_err *why);

/* Position of an option's id, -1 when it has none. */
int vb_option_find(const struct vb_item *item, const char *id);

#endif
