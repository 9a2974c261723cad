#include "store/store.h"

#include <string.h>

#include "base/str.h"

static const char *const round_states[] = { "open", "released", "withdrawn", "erased" };
static const char *const session_states[] = { "open", "done", "shared", "stopped", "withdrawn" };

const char *vb_round_state_name(enum vb_round_state state)
{
    vb_assert((size_t)state < sizeof round_states / sizeof *round_states);
    return round_states[state];
}

const char *vb_session_state_name(enum vb_session_state state)
{
    vb_assert((size_t)state < sizeof session_states / sizeof *session_states);
    return session_states[state];
}

static const char *const erasables[] = { "person", "session", "blob" };

const char *vb_erasable_name(enum vb_erasable what)
{
    vb_assert((size_t)what < sizeof erasables / sizeof *erasables);
    return erasables[what];
}

void vb_store_submit(struct vb_store *store, const struct vb_change *changes, size_t count,
                     vb_store_done *done, void *ctx)
{
    struct vb_err err = { 0 };
    if (store->ops->submit != NULL) {
        store->ops->submit(store, changes, count, done, ctx);
        return;
    }
    enum vb_code code = store->ops->commit(store, changes, count, &err);
    done(ctx, code, &err);
}

enum vb_code vb_store_commit(struct vb_store *store, const struct vb_change *changes, size_t count,
                             struct vb_err *err)
{
    return store->ops->commit(store, changes, count, err);
}

void vb_store_batch(struct vb_store *store, struct vb_request *requests, size_t count)
{
    if (store->ops->batch != NULL) {
        store->ops->batch(store, requests, count);
        return;
    }
    for (size_t i = 0; i < count; i++)
        requests[i].code =
            store->ops->commit(store, requests[i].changes, requests[i].count, &requests[i].err);
}

void vb_store_destroy(struct vb_store *store)
{
    if (store != NULL)
        store->ops->destroy(store);
}

enum { PREFIX_MIN = 4 };

enum vb_code vb_store_find_round(struct vb_store *store, const char *prefix, struct vb_arena *arena,
                                 struct vb_round_row *out, struct vb_err *err)
{
    struct vb_round_row *rows;
    size_t count;
    enum vb_code code = store->ops->prefix_rounds(store, prefix, arena, &rows, &count, err);
    if (code != VB_OK)
        return code;
    for (size_t i = 0; i < count; i++) {
        if (vb_streq(rows[i].id, prefix)) {
            *out = rows[i];
            return VB_OK;
        }
    }
    if (strlen(prefix) < PREFIX_MIN)
        return vb_fail(err, VB_E_DATA, "\"%s\" is too short to name a round: give %d characters",
                       prefix, PREFIX_MIN);
    if (count == 0)
        return vb_fail(err, VB_E_ABSENT, "no round begins with \"%.40s\"", prefix);
    if (count > 1)
        return vb_fail(err, VB_E_DATA, "%zu rounds begin with \"%.40s\" (%s, %s): give more of it",
                       count, prefix, rows[0].id, rows[1].id);
    *out = rows[0];
    return VB_OK;
}
