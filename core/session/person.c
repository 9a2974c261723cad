/* person.c - who is who in a case.
 *
 * The same role without a new label is the person who had it in the case's last wave; a new label
 * is a new person. A professional who changes is somebody else, and so is the pair. */
#include "base/str.h"
#include "session/round_state.h"

/* Whoever has this role in one round; NULL when nobody, or several. */
static enum vb_code in_round(struct vb_round *round, const char *id, const char *role,
                             struct vb_arena *arena, const struct vb_person_row **found,
                             struct vb_err *err)
{
    struct vb_session_row *sessions;
    struct vb_store *store = round->store;
    size_t count, fitting = 0;
    enum vb_code code = store->ops->sessions(store, id, arena, &sessions, &count, err);
    *found = NULL;
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (sessions[i].person == NULL)
            continue;
        struct vb_person_row *row = vb_arena_new(arena, struct vb_person_row);
        code = store->ops->person(store, sessions[i].person, arena, row, err);
        if (code == VB_OK && vb_streq(row->role, role)) {
            *found = row;
            fitting++;
        }
    }
    if (fitting > 1)
        *found = NULL;
    return code;
}

static enum vb_code last_of_role(struct vb_round *round, const char *role, struct vb_arena *arena,
                                 const struct vb_person_row **found, struct vb_err *err)
{
    struct vb_round_row *rounds;
    size_t count;
    enum vb_code code = round->store->ops->case_rounds(round->store, round->row.case_id, arena,
                                                       &rounds, &count, err);
    *found = NULL;
    for (size_t i = count; code == VB_OK && i > 0 && *found == NULL; i--)
        code = in_round(round, rounds[i - 1].id, role, arena, found, err);
    return code;
}

static enum vb_code of_label(struct vb_round *round, const char *role, const char *label,
                             struct vb_arena *arena, const struct vb_person_row **found,
                             struct vb_err *err)
{
    struct vb_person_row *persons;
    size_t count;
    enum vb_code code =
        round->store->ops->persons(round->store, round->row.case_id, arena, &persons, &count, err);
    *found = NULL;
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (vb_streq(persons[i].role, role) && vb_streq(persons[i].label, label))
            *found = &persons[i];
    return code;
}

static void take(struct vb_round *round, struct vb_voice_in *out, const struct vb_person_row *row)
{
    struct vb_arena *arena = &round->arena;
    out->stored = row != NULL;
    if (row != NULL) {
        out->person = vb_arena_strdup(arena, row->id);
        out->label = vb_arena_strdup(arena, row->label);
        return;
    }
    char id[VB_ID_SIZE];
    vb_id_make(&round->env->random, id);
    out->person = vb_arena_strdup(arena, id);
}

enum vb_code vb_person_choose(struct vb_round *round, struct vb_voice_in *out, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    const struct vb_person_row *found = NULL;
    enum vb_code code = VB_OK;
    if (round->row.case_id != NULL && out->label != NULL)
        code = of_label(round, out->role, out->label, &arena, &found, err);
    else if (round->row.case_id != NULL)
        code = last_of_role(round, out->role, &arena, &found, err);
    if (code == VB_OK)
        take(round, out, found);
    vb_arena_finish(&arena);
    return code;
}
