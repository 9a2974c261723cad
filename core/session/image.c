/* image.c - a drawing or photo is kept before the answer that names it. */
#include <string.h>

#include "data/digest.h"
#include "kinds/image_strip.h"
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

static enum vb_code keep(struct vb_session *session, const struct vb_item *item, const char *type,
                         const struct vb_buf *clean, struct vb_arena *arena, struct vb_value *out,
                         struct vb_err *err)
{
    char digest[VB_DIGEST_SIZE];
    vb_digest(clean->data, clean->len, digest);
    struct vb_change change = { .kind = VB_PUT_BLOB,
                                .blob = { .digest = digest,
                                          .type = type,
                                          .session = vb_session_id(session),
                                          .bytes = clean->data,
                                          .len = clean->len,
                                          .until_wall_ms = ends_at(session, item) } };
    if (vb_session_store(session) != NULL) {
        enum vb_code code = vb_store_commit(vb_session_store(session), &change, 1, err);
        if (code != VB_OK)
            return vb_while(err, "keeping an image");
    }
    *out = json_value(vb_arena_printf(arena, "{\"blob\":\"%s\",\"type\":\"%s\"}", digest, type));
    return VB_OK;
}

enum vb_code vb_session_keep_image(struct vb_session *session, const struct vb_item *item,
                                   const void *bytes, size_t len, struct vb_arena *arena,
                                   struct vb_value *out, struct vb_err *err)
{
    struct vb_buf clean = { 0 };
    const char *type;
    enum vb_code code = vb_picture_clean(&clean, bytes, len, &type, err);
    if (code != VB_OK) {
        vb_buf_finish(&clean);
        return code;
    }
    /* It was shown; not even its digest may stay. So too of one that nobody chose to keep. */
    if (item->keep == VB_KEEP_NONE || item->keep == VB_KEEP_ASK)
        *out = json_value("{\"paper\":true}");
    else if (!vb_fold_policy(vb_session_fold(session))->drawing_keep)
        code = vb_fail(err, VB_E_DATA, "this instrument keeps no drawings or photos");
    else
        code = keep(session, item, type, &clean, arena, out, err);
    vb_buf_finish(&clean);
    return code;
}
