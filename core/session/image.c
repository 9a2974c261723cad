/* image.c - a drawing or photo is kept before the answer that names it. */
#include <string.h>

#include "base/str.h"
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

/* What was drawn anew goes with the yes; whoever never comes to it does not fill the store. */
enum { WAITING_MOST = 16 };
static enum vb_code drop(struct vb_session *session, size_t least, struct vb_err *err);

static bool is_erased(const struct vb_blob_row *rows, size_t count, const char *digest)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].erased && vb_streq(rows[i].digest, digest))
            return true;
    return false;
}

/* A picture is named by its bytes, and a name that was erased stays so. Given again it gets another
 * one, by a line end behind it, which every type of picture allows. */
static enum vb_code name(struct vb_session *session, struct vb_buf *clean,
                         char digest[VB_DIGEST_SIZE], struct vb_err *err)
{
    struct vb_store *store = vb_session_store(session);
    struct vb_arena arena = { 0 };
    struct vb_blob_row *rows = NULL;
    size_t count = 0;
    enum vb_code code = VB_OK;
    if (store != NULL)
        code = store->ops->session_blobs(store, vb_session_id(session), &arena, &rows, &count, err);
    vb_digest(clean->data, clean->len, digest);
    while (code == VB_OK && is_erased(rows, count, digest)) {
        vb_buf_putc(clean, '\n');
        vb_digest(clean->data, clean->len, digest);
    }
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code keep(struct vb_session *session, const struct vb_item *item, const char *type,
                         struct vb_buf *clean, struct vb_arena *arena, struct vb_value *out,
                         struct vb_err *err)
{
    char digest[VB_DIGEST_SIZE];
    struct vb_store *store = vb_session_store(session);
    enum vb_code code = drop(session, WAITING_MOST, err);
    if (code == VB_OK)
        code = name(session, clean, digest, err);
    struct vb_change change = { .kind = VB_PUT_BLOB,
                                .blob = { .digest = digest,
                                          .type = type,
                                          .session = vb_session_id(session),
                                          .bytes = clean->data,
                                          .len = clean->len,
                                          .until_wall_ms = ends_at(session, item) } };
    if (code == VB_OK && store != NULL)
        code = vb_store_commit(store, &change, 1, err);
    if (code != VB_OK)
        return vb_while(err, "keeping an image");
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

/* -- what nobody chose in the end ----------------------------------------------------------------
 */

static bool names(const struct vb_value *value, const char *digest)
{
    return value->type == VB_VALUE_JSON &&
           memmem(value->text, value->len, digest, strlen(digest)) != NULL;
}

static bool is_answer(const struct vb_fold *fold, const char *digest)
{
    const struct vb_plan *plan = vb_fold_plan(fold);
    const struct vb_value *values = vb_fold_values(fold);
    int members;
    vb_fold_members(fold, &members);
    for (int i = 0; i < plan->item_count; i++) {
        const struct vb_item *item = &plan->items[i];
        if (!vb_kind_is_picture(item->kind))
            continue;
        for (int member = item->per_member ? 0 : -1; member < (item->per_member ? members : 0);
             member++)
            if (names(&values[vb_plan_slot(plan, item, member)], digest))
                return true;
    }
    return false;
}

/* When there are at least so many. */
static enum vb_code drop(struct vb_session *session, size_t least, struct vb_err *err)
{
    struct vb_store *store = vb_session_store(session);
    struct vb_arena arena = { 0 };
    struct vb_blob_row *rows;
    size_t count, gone = 0;
    if (store == NULL)
        return VB_OK;
    enum vb_code code =
        store->ops->session_blobs(store, vb_session_id(session), &arena, &rows, &count, err);
    struct vb_change *changes =
        vb_arena_alloc(&arena, (code == VB_OK ? count + 1 : 1) * sizeof *changes);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (!rows[i].erased && !is_answer(vb_session_fold(session), rows[i].digest))
            changes[gone++] = (struct vb_change){
                .kind = VB_ERASE,
                .erasure = { .what = VB_ERASE_BLOB,
                             .id = vb_arena_printf(&arena, "%s %s", vb_session_id(session),
                                                   rows[i].digest),
                             .reason = "asked",
                             .wall_ms = vb_session_now(session) }
            };
    if (code == VB_OK && gone >= least)
        code = vb_store_commit(store, changes, gone, err);
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_session_drop_images(struct vb_session *session, struct vb_err *err)
{
    return drop(session, 1, err);
}
