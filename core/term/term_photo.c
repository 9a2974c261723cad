/* term_photo.c - a photo comes in like a drawing: a file, words, or paper. */
#include "term/term_kind.h"

const struct vb_term_kind vb_term_photo = {
    .id = VB_PHOTO,
    .show = vb_image_show,
    .count = vb_image_count,
    .want = vb_image_want,
    .read = vb_image_read,
    .say = vb_image_say,
};
