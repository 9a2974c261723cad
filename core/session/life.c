/* life.c - sessions begin, are read back, sleep and wake, end. */
#include <stdlib.h>
#include <string.h>

#include "session/live.h"

static enum vb_code check_id(const char *id, struct vb_err *err)
{
    if (strlen(id) >= VB_SESSION_ID_MAX)
        return vb_fail(err, VB_E_DATA, "a session's id has at most %d characters",
                       VB_SESSION_ID_MAX - 1);
    return VB_OK;
}

static struct vb_live *create_live(const struct vb_session *session)
{
    struct vb_live *live = vb_new(struct vb_live);
    live->fold = vb_fold_create(session->plan, &session->env->sandbox);
    if (session->env->turns != NULL)
        vb_fold_slice(live->fold, VB_SLICE_NS);
    return live;
}

static void destroy_live(struct vb_live *live)
{
    if (live == NULL)
        return;
    vb_turn_end(live);
    vb_assert(!live->in_flight);
    vb_fold_destroy(live->fold);
    vb_event_page_finish(&live->page);
    vb_ahead_drop(live);
    free(live->random);
    free(live->outcome);
    free(live);
}

static struct vb_session *create(struct vb_store *store, const struct vb_env *env,
                                 struct vb_plan *plan, const char *id)
{
    struct vb_session *session = vb_new(struct vb_session);
    session->store = store;
    session->env = env;
    session->plan = vb_plan_keep(plan);
    session->live = create_live(session);
    memcpy(session->id, id, strlen(id) + 1);
    return session;
}

void vb_session_destroy(struct vb_session *session)
{
    if (session == NULL)
        return;
    if (session->live != NULL)
        vb_turn_end(session->live);
    if (session->live != NULL && session->live->in_flight)
        session->live->abandoned = true;
    else
        vb_session_free(session);
}

void vb_session_free(struct vb_session *session)
{
    destroy_live(session->live);
    vb_plan_release(session->plan);
    free(session);
}

enum vb_code vb_session_load(struct vb_session **out, struct vb_store *store,
                             const struct vb_env *env, struct vb_plan *plan, const char *id,
                             struct vb_err *err)
{
    enum vb_code code = check_id(id, err);
    if (code != VB_OK)
        return code;
    struct vb_session *session = create(store, env, plan, id);
    code = vb_fold_log(session->live->fold, store, id, 0, err);
    if (code != VB_OK) {
        vb_session_destroy(session);
        return code;
    }
    if (vb_fold_busy(session->live->fold))
        vb_turn_begin(session);
    *out = session;
    return VB_OK;
}

static enum vb_code open_fold(struct vb_session *session, const struct vb_opened *opened,
                              struct vb_err *err)
{
    struct vb_event event = {
        .type = VB_EVENT_OPENED, .seq = 1, .item = -1, .member = -1, .opened = opened
    };
    return vb_fold_apply(session->live->fold, &event, err);
}

enum vb_code vb_session_begin(struct vb_session **out, struct vb_store *store,
                              const struct vb_env *env, struct vb_plan *plan, const char *id,
                              const struct vb_opened *opened, struct vb_err *err)
{
    enum vb_code code = check_id(id, err);
    if (code != VB_OK)
        return code;
    struct vb_session *session = create(store, env, plan, id);
    code = open_fold(session, opened, err);
    if (code != VB_OK) {
        vb_session_destroy(session);
        return code;
    }
    if (vb_fold_busy(session->live->fold))
        vb_turn_begin(session);
    *out = session;
    return VB_OK;
}

enum vb_code vb_session_rebegin(struct vb_session *session, const char *id,
                                const struct vb_opened *opened, struct vb_err *err)
{
    vb_assert(!session->live->in_flight);
    if (check_id(id, err) != VB_OK)
        return err->code;
    memcpy(session->id, id, strlen(id) + 1);
    session->live->answer_id[0] = '\0';
    session->live->answer_seq = 0;
    session->live->lost = false;
    vb_turn_end(session->live);
    vb_fold_reset(session->live->fold);
    enum vb_code code = open_fold(session, opened, err);
    if (vb_fold_busy(session->live->fold))
        vb_turn_begin(session);
    return code;
}

void vb_session_evict(struct vb_session *session)
{
    vb_assert(session->store != NULL);
    destroy_live(session->live);
    session->live = NULL;
}

enum vb_code vb_session_wake(struct vb_session *session, struct vb_err *err)
{
    if (session->live != NULL)
        return VB_OK;
    struct vb_live *live = create_live(session);
    enum vb_code code = vb_fold_log(live->fold, session->store, session->id, 0, err);
    if (code != VB_OK) {
        destroy_live(live);
        return code;
    }
    session->live = live;
    if (vb_fold_busy(live->fold))
        vb_turn_begin(session);
    return VB_OK;
}
