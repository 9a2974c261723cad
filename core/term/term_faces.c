/* term_faces.c - a terminal draws no faces: their words stand in for them, as with likert. */
#include "term/term_kind.h"

const struct vb_term_kind vb_term_faces = {
    .id = VB_FACES,
    .show = vb_likert_show,
    .count = vb_likert_count,
    .want = vb_likert_want,
    .read = vb_likert_read,
    .say = vb_likert_say,
};
