/* image.c - a drawing or photo is kept before the answer that names it. */
#include <string.h>

#include "data/digest.h"
#include "session/stage.h"

static struct vb_value json_value(const char *text)
{
    return (struct vb_value){ .type = VB_VALUE_JSON, .text = text, .len = (uint32_t)strlen(text) };
}

/* A picture that is given along is the person's own; here it only waits for them to take it. */
static int64_t ends_at(const struct vb_session *session, const struct vb_item *item)
{
    static const int64_t day_ms = 24LL * 60 * 60 * 1000;
    int64_t days = item->keep == VB_KEEP_UNTIL ? item->keep_days : VB_GIVE_DAYS;
    return vb_session_now(session) + days * day_ms;
}

enum vb_code vb_session_keep_image(struct vb_session *session, const struct vb_item *item,
                                   const void *bytes, size_t len, struct vb_arena *arena,
                                   struct vb_value *out, struct vb_err *err)
{
    char digest[VB_DIGEST_SIZE];
    const char *type = vb_image_type(bytes, len);
    if (len > VB_IMAGE_MAX)
        return vb_fail(err, VB_E_LIMIT, "an image has at most %d MiB", VB_IMAGE_MAX >> 20);
    if (type == NULL)
        return vb_fail(err, VB_E_DATA, "not a PNG, JPEG or WebP image");
    /* It was shown; not even its digest may stay. So too of one that nobody chose to keep. */
    if (item->keep == VB_KEEP_NONE || item->keep == VB_KEEP_ASK) {
        *out = json_value("{\"paper\":true}");
        return VB_OK;
    }
    if (!vb_fold_policy(vb_session_fold(session))->drawing_keep)
        return vb_fail(err, VB_E_DATA, "this instrument keeps no drawings or photos");
    vb_digest(bytes, len, digest);
    struct vb_change change = { .kind = VB_PUT_BLOB,
                                .blob = { .digest = digest,
                                          .type = type,
                                          .session = vb_session_id(session),
                                          .bytes = bytes,
                                          .len = len,
                                          .until_wall_ms = ends_at(session, item) } };
    if (vb_session_store(session) != NULL) {
        enum vb_code code = vb_store_commit(vb_session_store(session), &change, 1, err);
        if (code != VB_OK)
            return vb_while(err, "keeping an image");
    }
    *out = json_value(vb_arena_printf(arena, "{\"blob\":\"%s\",\"type\":\"%s\"}", digest, type));
    return VB_OK;
}
