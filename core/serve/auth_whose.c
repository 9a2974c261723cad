/* auth_whose.c - whose a case and a round are, among staff.
 *
 * A case is theirs by an assignment. A round without one is its keeper's, who began it: the name
 * lies in a setting, "keeper ROUND". */
#include "base/str.h"
#include "serve/auth_inner.h"

static bool holds(const struct vb_assignment_row *row, const char *staff, const char *case_id,
                  int64_t now)
{
    return vb_streq(row->case_id, case_id) && vb_streq(row->staff, staff) &&
           row->from_wall_ms <= now && (row->until_wall_ms == 0 || row->until_wall_ms > now);
}

enum vb_code vb_auth_has_case(struct vb_auth *auth, const char *staff, const char *case_id,
                              bool *has, struct vb_err *err)
{
    struct vb_store *store = auth->in.store;
    struct vb_arena arena = { 0 };
    struct vb_assignment_row *rows;
    size_t count = 0;
    enum vb_code code = store->ops->assignments(store, staff, &arena, &rows, &count, err);
    *has = false;
    for (size_t i = 0; code == VB_OK && i < count; i++)
        *has |= holds(&rows[i], staff, case_id, vb_auth_now(auth));
    vb_arena_finish(&arena);
    return code;
}

/* Before the first of the staff had the case it was worked with at the terminal, by who has the key
 * and gave the case on: to that first one it was theirs from the beginning. */
enum vb_code vb_auth_since(struct vb_auth *auth, const char *staff, const char *case_id,
                           int64_t *from_wall_ms, struct vb_err *err)
{
    struct vb_store *store = auth->in.store;
    struct vb_arena arena = { 0 };
    struct vb_assignment_row *rows;
    const struct vb_assignment_row *first = NULL, *mine = NULL;
    size_t count = 0;
    enum vb_code code = store->ops->assignments(store, NULL, &arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (!vb_streq(rows[i].case_id, case_id))
            continue;
        if (first == NULL || rows[i].from_wall_ms < first->from_wall_ms)
            first = &rows[i];
        if (holds(&rows[i], staff, case_id, vb_auth_now(auth)) &&
            (mine == NULL || rows[i].from_wall_ms < mine->from_wall_ms))
            mine = &rows[i];
    }
    if (mine == NULL)
        *from_wall_ms = INT64_MAX;
    else
        *from_wall_ms = mine == first ? 0 : mine->from_wall_ms;
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_auth_open_case(struct vb_auth *auth, const char *staff,
                               const struct vb_case_row *opened, struct vb_err *err)
{
    const struct vb_change changes[] = {
        { .kind = VB_PUT_CASE, .case_row = *opened },
        { .kind = VB_PUT_ASSIGNMENT,
          .assignment = { .case_id = opened->id,
                          .staff = staff,
                          .from_wall_ms = vb_auth_now(auth) } },
        vb_invite_audit(&auth->in, "staff assign", opened->id, staff),
    };
    return vb_store_commit(auth->in.store, changes, 3, err);
}

enum vb_code vb_auth_give_case(struct vb_auth *auth, const char *staff, const char *case_id,
                               struct vb_err *err)
{
    bool has;
    enum vb_code code = vb_auth_has_case(auth, staff, case_id, &has, err);
    if (code != VB_OK || has)
        return code;
    const struct vb_change changes[] = {
        { .kind = VB_PUT_ASSIGNMENT,
          .assignment = { .case_id = case_id, .staff = staff, .from_wall_ms = vb_auth_now(auth) } },
        vb_invite_audit(&auth->in, "staff assign", case_id, staff),
    };
    return vb_store_commit(auth->in.store, changes, 2, err);
}

/* -- rounds without a case --------------------------------------------------------------------- */

static const char *keeper(struct vb_arena *arena, const char *round)
{
    return vb_arena_printf(arena, "keeper %s", round);
}

enum vb_code vb_auth_keep(struct vb_auth *auth, const char *staff, const char *round,
                          struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    const struct vb_change change = {
        .kind = VB_PUT_SETTING,
        .setting = { .name = keeper(&arena, round), .value = staff },
    };
    enum vb_code code = vb_store_commit(auth->in.store, &change, 1, err);
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code is_keeper(struct vb_auth *auth, const char *staff, const char *round,
                              bool *keeps, struct vb_err *err)
{
    struct vb_store *store = auth->in.store;
    struct vb_arena arena = { 0 };
    struct vb_setting_row *rows;
    size_t count = 0;
    const char *name = keeper(&arena, round);
    enum vb_code code = store->ops->settings(store, name, &arena, &rows, &count, err);
    *keeps = code == VB_OK && count > 0 && vb_streq(rows[0].name, name) &&
             vb_streq(rows[0].value, staff);
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_auth_keeps(struct vb_auth *auth, const char *staff, const char *round,
                           const char *case_id, bool *keeps, struct vb_err *err)
{
    return case_id == NULL ? is_keeper(auth, staff, round, keeps, err)
                           : vb_auth_has_case(auth, staff, case_id, keeps, err);
}
