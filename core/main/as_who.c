#include "main/as_who.h"

#include <string.h>

#include "base/str.h"
#include "session/counted.h"

static const char *role_of(struct vb_arena *arena, const char *who)
{
    return vb_arena_strndup(arena, who, strcspn(who, ":"));
}

enum vb_code vb_as_check(const struct vb_plan *plan, const char *who, struct vb_err *err)
{
    const char *colon = who == NULL ? NULL : strchr(who, ':');
    if (who == NULL || plan->campaign == NULL || (colon != NULL && colon[1] != '\0'))
        return VB_OK;
    const char *member = plan->roles[plan->campaign->member].name;
    size_t len = strcspn(who, ":");
    if (strlen(member) != len || strncmp(member, who, len) != 0)
        return VB_OK;
    return vb_fail(err, VB_E_DATA,
                   "--as: of a team only who knows the word is let in: write %s:WORD", member);
}

/* A row of its own: nothing of anybody is shown after it. */
static enum vb_code wrong_word(struct vb_workplace *place, const struct vb_round *round,
                               const char *role, struct vb_err *err)
{
    enum vb_code code = vb_workplace_audit(place, "wrong word", vb_round_row(round)->id, err);
    if (code != VB_OK)
        return code;
    return vb_fail(err, VB_E_ABSENT, "--as: no %s of round %s has that word", role,
                   vb_round_row(round)->id);
}

enum vb_code vb_as_find(struct vb_workplace *place, const struct vb_round *round, const char *as,
                        const char **person, bool *member, struct vb_err *err)
{
    int count, found = 0;
    const struct vb_participant *list = vb_round_participants(round, &count);
    const char *colon = strchr(as, ':'), *role = role_of(&place->arena, as);
    *member = vb_round_is_counted_only(vb_round_plan(round), role);
    enum vb_code code = vb_as_check(vb_round_plan(round), as, err);
    if (code != VB_OK)
        return code;
    for (int i = 0; i < count; i++) {
        if (!vb_streq(list[i].role, role) || (colon != NULL && !vb_streq(list[i].label, colon + 1)))
            continue;
        *person = list[i].person;
        found++;
    }
    if (found == 1)
        return VB_OK;
    if (found == 0 && *member)
        return wrong_word(place, round, role, err);
    if (found > 1)
        return vb_fail(err, VB_E_DATA, "--as: several have the role %s: write who, as %s:Kim", role,
                       role);
    return vb_fail(err, VB_E_ABSENT, "--as: nobody in round %s is %.80s", vb_round_row(round)->id,
                   as);
}

enum vb_code vb_as_find_in(struct vb_workplace *place, const char *prefix, const char *as,
                           struct vb_as_found *found, struct vb_err *err)
{
    struct vb_round *round = NULL;
    enum vb_code code = vb_workplace_who(place, &as, err);
    if (code == VB_OK)
        code = vb_workplace_round(place, prefix, &round, err);
    if (code == VB_OK)
        code = vb_workplace_role_of(vb_round_plan(round), as, err);
    if (code == VB_OK)
        code = vb_as_find(place, round, as, &found->person, &found->member, err);
    if (code == VB_OK) {
        found->person = vb_arena_strdup(&place->arena, found->person);
        found->round = vb_arena_strdup(&place->arena, vb_round_row(round)->id);
    }
    vb_round_destroy(round);
    return code;
}

enum vb_code vb_as_not_by_id(struct vb_workplace *place, const struct vb_person_row *person,
                             struct vb_err *err)
{
    return vb_counted_by_id(place->store, &place->env, person, &place->arena, err);
}

struct vb_audit_row vb_as_audit_row(struct vb_workplace *place, const char *action,
                                    const char *round)
{
    struct vb_audit_row row = vb_workplace_audit_row(place, action, round);
    row.by = "member"; /* as session/round.c writes the other rows about them */
    row.on_behalf = NULL;
    return row;
}
