/* kind.h - one kind of question: what it accepts, how it is read and written.
 *
 * A kind is a const table; core/kinds/NAME.c holds one. No state, any thread. The words for the
 * person come back as an enum vb_refusal, spoken in the person's language by the runner. */
#ifndef VB_KIND_H
#define VB_KIND_H

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/err.h"
#include "data/instrument.h"

enum vb_refusal {
    VB_ACCEPTED = 0,
    VB_REFUSED_TYPE,     /* not the kind of value this question takes */
    VB_REFUSED_RANGE,    /* outside min..max, or no such answer */
    VB_REFUSED_REQUIRED, /* this question wants an answer */
    VB_REFUSED_EMPTY,    /* text without a visible character */
    VB_REFUSED_LONG,     /* too many characters, words or choices */
    VB_REFUSED_UTF8,
    VB_REFUSED_DATE,     /* no such day */
    VB_REFUSED_TWICE,    /* the same choice or word twice */
    VB_REFUSED_POLICY,   /* the instrument's policy forbids it (free text, keeping drawings) */
    VB_REFUSED_DECIMALS, /* more than three decimals, or decimals where whole numbers are asked */
    VB_REFUSED_FILE,     /* image: not a PNG, JPEG, WebP or strokes, or past its size */
    VB_REFUSED_CONTROL,  /* text with a control character other than a new line or a tab */
    VB_REFUSAL_COUNT,
};
const char *vb_refusal_name(enum vb_refusal refusal);

struct vb_ask { /* the question a value is for */
    const struct vb_plan *plan;
    const struct vb_item *item;
    int format;
    const struct vb_policy *policy; /* of the round's variant or instrument */
};

struct vb_kind {
    enum vb_kind_id id;
    /* Is this value acceptable? missing is handled by vb_kind_check. */
    enum vb_refusal (*check)(const struct vb_ask *ask, const struct vb_value *value);
    /* From an answer file: a cJSON value as contracts.md B spells it. Strings go to arena. On
     * refusal why says it for whoever wrote the file ("7 is outside 1..5"). draw and photo arrive
     * here after the runner replaced {"file": path} by the stored blob. */
    enum vb_refusal (*from_json)(const struct vb_ask *ask, const cJSON *json,
                                 struct vb_arena *arena, struct vb_value *out, struct vb_err *why);
};
const struct vb_kind *vb_kind_of(enum vb_kind_id id);

/* A picture as it was given, {"file": path, "keep": "give"} or {"pieces": [..], "keep": "until"}:
 * takes keep out of json, and out is the item with that choice in it, to read and keep the picture
 * by. Where the question asks (VB_KEEP_ASK) and nothing was said, it is not kept. why as above. */
enum vb_refusal vb_keep_chosen(const struct vb_item *item, cJSON *json, struct vb_item *out,
                               struct vb_err *why);

/* The most characters (code points) a text item takes. */
int vb_text_most(const struct vb_item *item);

/* Text a person wrote: well-formed, something visible, at most most code points, no control
 * characters but, when lines is true, newline and tab. */
enum vb_refusal vb_written_check(const char *text, size_t len, int most, bool lines);
/* A day of the calendar, "2026-11-21". */
enum vb_refusal vb_day_check(const char *text, size_t len);

/* Checks any value, missing ones included: required items refuse to be missing. */
enum vb_refusal vb_kind_check(const struct vb_ask *ask, const struct vb_value *value);
/* Reads {"missing": reason}, null (skipped) or the kind's own form, then checks it. */
enum vb_refusal vb_kind_from_json(const struct vb_ask *ask, const cJSON *json,
                                  struct vb_arena *arena, struct vb_value *out, struct vb_err *why);

/* Pictures: type by their first bytes ("image/png", "image/jpeg", "image/webp", or that of
 * data/strokes.h) or NULL. Whether they are well made is said by vb_picture_clean (image_strip.h).
 */
const char *vb_image_type(const void *bytes, size_t len);
enum { VB_IMAGE_MAX = 8 * 1024 * 1024 };

#endif
