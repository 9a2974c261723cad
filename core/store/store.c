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

const char *vb_round_state_words(enum vb_round_state state)
{
    return state == VB_ROUND_WITHDRAWN ? "closed without a sheet" : vb_round_state_name(state);
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

static const char *const purposes[] = { "local", "dossier", "research" };

const char *vb_purpose_name(enum vb_purpose purpose)
{
    vb_assert((size_t)purpose < sizeof purposes / sizeof *purposes);
    return purposes[purpose];
}

bool vb_purpose_of(const char *name, enum vb_purpose *out)
{
    for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++) {
        *out = (enum vb_purpose)i;
        if (vb_streq(name, purposes[i]))
            return true;
    }
    return false;
}

static const char *const parcel_states[] = { "waiting", "delivered", "dead", "dropped",
                                             "replaced" };

const char *vb_parcel_state_name(enum vb_parcel_state state)
{
    vb_assert((size_t)state < sizeof parcel_states / sizeof *parcel_states);
    return parcel_states[state];
}

static const char *const token_kinds[] = { "staff", "invitation", "code", "seat" };

const char *vb_token_kind_name(enum vb_token_kind kind)
{
    vb_assert((size_t)kind < sizeof token_kinds / sizeof *token_kinds);
    return token_kinds[kind];
}

/* A copy's subject is its own id. */
bool vb_audit_of_everything(const struct vb_audit_row *row)
{
    return vb_streq(row->subject, VB_AUDIT_EVERYTHING) || vb_starts_with(row->action, "backup") ||
           vb_starts_with(row->action, "restore");
}

void vb_store_submit(struct vb_store *store, const struct vb_change *changes, size_t count,
                     vb_store_done *done, void *ctx)
{
    struct vb_err err = { 0 };
    if (store->ops->submit != NULL) {
        store->ops->submit(store, changes, count, done, ctx);
        return;
    }
    enum vb_code code = vb_store_commit(store, changes, count, &err);
    done(ctx, code, &err);
}

enum vb_code vb_store_commit(struct vb_store *store, const struct vb_change *changes, size_t count,
                             struct vb_err *err)
{
    enum vb_code code = store->ops->commit(store, changes, count, err);
    vb_store_wrote(store, changes, count);
    return code;
}

void vb_store_batch(struct vb_store *store, struct vb_request *requests, size_t count)
{
    if (store->ops->batch != NULL)
        store->ops->batch(store, requests, count);
    for (size_t i = 0; i < count; i++) {
        struct vb_request *one = &requests[i];
        if (store->ops->batch == NULL)
            one->code = store->ops->commit(store, one->changes, one->count, &one->err);
        vb_store_wrote(store, one->changes, one->count);
    }
}

/* -- watches ---------------------------------------------------------------------------------- */

void vb_store_watch(struct vb_store *store, struct vb_store_watch *watch)
{
    struct vb_store_watch **end = &store->watches;
    while (*end != NULL)
        end = &(*end)->next;
    watch->store = store;
    watch->next = NULL;
    *end = watch;
}

void vb_store_unwatch(struct vb_store_watch *watch)
{
    struct vb_store_watch **link = &watch->store->watches;
    while (*link != watch)
        link = &(*link)->next;
    *link = watch->next;
}

void vb_store_wrote(const struct vb_store *store, const struct vb_change *changes, size_t count)
{
    for (struct vb_store_watch *watch = store->watches; watch != NULL; watch = watch->next)
        watch->wrote(watch->ctx, changes, count);
}

/* --------------------------------------------------------------------------------------------- */

void vb_store_destroy(struct vb_store *store)
{
    if (store != NULL)
        store->ops->destroy(store);
}

enum { PREFIX_MIN = 4 };

/* What a prefix means when several rows begin with it: the one that is it, or the only one. ids and
 * count describe the rows; *at is the one that is meant. */
static enum vb_code only_one(const char *what, const char *prefix, const char *const *ids,
                             size_t count, size_t *at, struct vb_err *err)
{
    for (*at = 0; *at < count; ++*at) {
        if (vb_streq(ids[*at], prefix))
            return VB_OK;
    }
    *at = 0;
    if (strlen(prefix) < PREFIX_MIN)
        return vb_fail(err, VB_E_DATA, "\"%s\" is too short to name a %s: give %d characters",
                       prefix, what, PREFIX_MIN);
    if (count == 0)
        return vb_fail(err, VB_E_ABSENT, "no %s begins with \"%.40s\"", what, prefix);
    if (count > 1)
        return vb_fail(err, VB_E_DATA, "%zu %ss begin with \"%.40s\" (%s, %s): give more of it",
                       count, what, prefix, ids[0], ids[1]);
    return VB_OK;
}

enum vb_code vb_store_find_round(struct vb_store *store, const char *prefix, struct vb_arena *arena,
                                 struct vb_round_row *out, struct vb_err *err)
{
    struct vb_round_row *rows;
    size_t count, at;
    enum vb_code code = store->ops->prefix_rounds(store, prefix, arena, &rows, &count, err);
    if (code != VB_OK)
        return code;
    const char **ids = vb_arena_alloc(arena, count * sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = rows[i].id;
    code = only_one("round", prefix, ids, count, &at, err);
    if (code == VB_OK)
        *out = rows[at];
    return code;
}

enum vb_code vb_store_find_person(struct vb_store *store, const char *prefix,
                                  struct vb_arena *arena, struct vb_person_row *out,
                                  struct vb_err *err)
{
    struct vb_person_row *rows;
    size_t count, at;
    enum vb_code code = store->ops->prefix_persons(store, prefix, arena, &rows, &count, err);
    if (code != VB_OK)
        return code;
    const char **ids = vb_arena_alloc(arena, count * sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = rows[i].id;
    code = only_one("person", prefix, ids, count, &at, err);
    if (code == VB_OK)
        *out = rows[at];
    return code;
}
