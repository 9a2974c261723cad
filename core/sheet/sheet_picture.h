/* sheet_picture.h - what was put somewhere in a plane: the tokens of a triangle, the pieces of a
 * collage. Pure; any thread.
 *
 * The words say the same as the picture, place by place. What a place means, and how far one lies
 * from another, is said nowhere: that is for those who put them there. */
#ifndef VB_SHEET_PICTURE_H
#define VB_SHEET_PICTURE_H

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "data/result.h"
#include "sheet/sheet_words.h"

/* Appends the places of a value's tree in words: "C client: 12 to the right, 30 up;", a line each.
 * false: nothing was placed in it. */
bool vb_picture_words(struct vb_buf *out, const struct vb_result *result,
                      const struct vb_sheet_words *words, int language, const struct vb_item *item,
                      const cJSON *tree);
/* Lines of characters with the tokens' letters, a newline after each; nothing for other kinds. */
void vb_picture_grid(struct vb_buf *out, const struct vb_result *result, int language,
                     const struct vb_item *item, const struct vb_value *value);
/* The picture as SVG; nothing where nothing was placed. True: each thing has its word in it
 * (pieces), so that the words beside it are for those who do not see it. */
bool vb_picture_svg(struct vb_buf *out, const struct vb_result *result, int language,
                    const struct vb_item *item, const struct vb_value *value);

#endif
