/* early.c - who was named for the roster of a round that was written down before anybody began.
 *
 * A roster stands in what sessions were opened with. Before the first of them it has no place
 * there, so until then it lies in a setting: "roster ROUND" is the ids of its persons, and their
 * names lie with the persons, sealed as everybody's. */
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "session/round_state.h"

static const char *name_of(struct vb_round *round)
{
    return vb_arena_printf(&round->arena, VB_ROSTER_SETTINGS "%s", round->row.id);
}

static bool anybody_began(const struct vb_round *round)
{
    bool began = round->together != NULL;
    for (size_t i = 0; i < round->voice_count; i++)
        began |= round->voices[i].session != NULL;
    return began;
}

/* A draft that is refused leaves noted as it is: taking away what is not there is fine. */
void vb_early_draft(struct vb_draft *draft, struct vb_round *round, bool begins)
{
    struct vb_buf ids = { 0 };
    if (begins ? !round->noted : anybody_began(round) || round->member_count == 0)
        return;
    for (size_t i = 0; i < round->member_count; i++)
        vb_buf_printf(&ids, "%s%s", i > 0 ? "," : "", round->members[i].person);
    vb_draft_add(draft, VB_PUT_SETTING)->setting = (struct vb_setting_row){
        .name = name_of(round),
        .value = begins ? NULL : vb_arena_strndup(&round->arena, ids.data, ids.len),
    };
    round->noted = true;
    vb_buf_finish(&ids);
}

static enum vb_code add(struct vb_round *round, const char *id, struct vb_err *err)
{
    struct vb_person_row row;
    struct vb_arena *arena = &round->arena;
    enum vb_code code = round->store->ops->person(round->store, id, arena, &row, err);
    if (code != VB_OK || row.erased)
        return code == VB_E_ABSENT ? VB_OK : code;
    struct vb_member *member =
        vb_push(&round->members, round->member_count, &round->member_cap, sizeof *member);
    *member = (struct vb_member){
        .person = row.id, .role = row.role, .label = row.label, .form = round->row.form
    };
    struct vb_voice_in *voice =
        vb_push(&round->voices, round->voice_count, &round->voice_cap, sizeof *voice);
    *voice = (struct vb_voice_in){ .person = row.id,
                                   .role = row.role,
                                   .label = row.label,
                                   .member = (int)round->member_count++,
                                   .stored = true };
    round->voice_count++;
    return VB_OK;
}

enum vb_code vb_early_load(struct vb_round *round, struct vb_err *err)
{
    struct vb_setting_row *rows;
    size_t count;
    const char *name = name_of(round);
    enum vb_code code =
        round->store->ops->settings(round->store, name, &round->arena, &rows, &count, err);
    if (code != VB_OK || count == 0 || !vb_streq(rows[0].name, name))
        return code;
    round->noted = true;
    for (const char *at = rows[0].value; code == VB_OK && *at != '\0';) {
        size_t len = strcspn(at, ",");
        code = add(round, vb_arena_strndup(&round->arena, at, len), err);
        at += len + (at[len] == ',');
    }
    return code;
}
