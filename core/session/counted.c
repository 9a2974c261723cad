#include "session/counted.h"

#include "session/pinned.h"
#include "session/round.h"

static enum vb_code look_in(struct vb_store *store, const struct vb_env *env,
                            const struct vb_person_row *person, const char *id,
                            struct vb_arena *arena, struct vb_err *err)
{
    struct vb_round_row round;
    struct vb_plan *plan = NULL;
    enum vb_code code = vb_store_find_round(store, id, arena, &round, err);
    if (code == VB_OK && round.state != VB_ROUND_ERASED)
        code = vb_pinned_load(store, env, round.digest, &plan, err);
    if (code == VB_OK && plan != NULL && vb_round_is_counted_only(plan, person->role))
        code = vb_fail(err, VB_E_BUSY,
                       "that is somebody of a team: an id is not enough, only their word is: "
                       "--round %s --as %s:WORD",
                       round.id, person->role);
    vb_plan_release(plan);
    return code;
}

enum vb_code vb_counted_by_id(struct vb_store *store, const struct vb_env *env,
                              const struct vb_person_row *person, struct vb_arena *arena,
                              struct vb_err *err)
{
    struct vb_session_row *sessions;
    size_t count = 0;
    if (person->case_id != NULL || person->erased)
        return VB_OK;
    enum vb_code code =
        store->ops->person_sessions(store, person->id, arena, &sessions, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (!sessions[i].erased)
            code = look_in(store, env, person, sessions[i].round, arena, err);
    return code;
}
