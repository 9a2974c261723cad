/* own_turn.c - whose own turn a session is.
 *
 * A role such as "professional" says who answers, and not which of those who work with the case.
 * Whoever signed in began it, and nobody else may read or change what they did not share. Their
 * name lies in a setting, "turn SESSION", written in the commit that begins the session. */
#include "base/str.h"
#include "session/round_state.h"

static const char *name_of(struct vb_arena *arena, const char *session)
{
    return vb_arena_printf(arena, VB_TURN_SETTINGS "%s", session);
}

void vb_own_turn_draft(struct vb_draft *draft, struct vb_round *round, const char *session,
                       const char *staff)
{
    if (staff == NULL)
        return;
    vb_draft_add(draft, VB_PUT_SETTING)->setting = (struct vb_setting_row){
        .name = name_of(&round->arena, session),
        .value = staff,
    };
}

enum vb_code vb_round_own_turn(const struct vb_round *round, const struct vb_session *session,
                               struct vb_arena *arena, const char **staff, struct vb_err *err)
{
    struct vb_setting_row *rows;
    size_t count = 0;
    const char *name = name_of(arena, vb_session_id(session));
    enum vb_code code = round->store->ops->settings(round->store, name, arena, &rows, &count, err);
    *staff = code == VB_OK && count > 0 && vb_streq(rows[0].name, name) ? rows[0].value : NULL;
    return code;
}
