/* round_load.c - a round read back from the store. */
#include "base/str.h"
#include "session/round_state.h"

static void copy_row(struct vb_round *round, const struct vb_round_row *row)
{
    struct vb_arena *arena = &round->arena;
    round->row = *row;
    round->row.id = vb_arena_strdup(arena, row->id);
    round->row.case_id = vb_arena_strdup(arena, row->case_id);
    round->row.instrument = vb_arena_strdup(arena, row->instrument);
    round->row.version = vb_arena_strdup(arena, row->version);
    round->row.digest = vb_arena_strdup(arena, row->digest);
    round->row.wave = vb_arena_strdup(arena, row->wave);
    round->row.format = vb_arena_strdup(arena, row->format);
    round->row.form = vb_arena_strdup(arena, row->form);
    round->row.variant = vb_arena_strdup(arena, row->variant);
    round->row.setting = vb_arena_strdup(arena, row->setting);
    round->row.with = vb_arena_strdup(arena, row->with == NULL ? "" : row->with);
    vb_round_split_with(round);
}

/* Sessions know the roster from when they were open: the longest is the newest. */
static void learn_roster(struct vb_round *round, const struct vb_fold *fold)
{
    int count;
    const struct vb_member *members = vb_fold_members(fold, &count);
    for (int i = 0; i < count; i++) {
        if ((size_t)i < round->member_count) {
            round->members[i].gone |= members[i].gone;
            continue;
        }
        struct vb_member *member =
            vb_push(&round->members, round->member_count, &round->member_cap, sizeof *member);
        round->member_count++;
        member->person = vb_arena_strdup(&round->arena, members[i].person);
        member->role = vb_arena_strdup(&round->arena, members[i].role);
        member->label = vb_arena_strdup(&round->arena, members[i].label);
        member->form = vb_arena_strdup(&round->arena, members[i].form);
        member->gone = members[i].gone;
    }
}

static enum vb_code load_session(struct vb_round *round, const struct vb_session_row *row,
                                 struct vb_err *err)
{
    struct vb_session *session;
    enum vb_code code =
        vb_session_load(&session, round->store, round->env, round->plan, row->id, err);
    if (code != VB_OK)
        return code;
    const struct vb_err *parked = vb_session_parked(session);
    if (row->state == VB_SESSION_SHARED && parked != NULL && !vb_session_view(session)->stands) {
        *err = *parked; /* a shared voice must not fall silent because its flow fails today */
        vb_session_destroy(session);
        return vb_while(err, "replaying session %s", row->id);
    }
    if (row->person == NULL) {
        round->together = session;
        return VB_OK;
    }
    const struct vb_opened *opened = vb_fold_opened(vb_session_fold(session));
    struct vb_voice_in *voice =
        vb_push(&round->voices, round->voice_count, &round->voice_cap, sizeof *voice);
    round->voice_count++;
    voice->person = vb_arena_strdup(&round->arena, row->person);
    voice->role = vb_arena_strdup(&round->arena, opened->role);
    voice->label = vb_arena_strdup(&round->arena, opened->label);
    voice->language = vb_arena_strdup(&round->arena, opened->language);
    voice->session = session;
    voice->member = vb_fold_self(vb_session_fold(session));
    voice->stored = true;
    learn_roster(round, vb_session_fold(session));
    return VB_OK;
}

/* Whose log was erased cannot say where in the roster they stand: the others' can. */
static void find_places(struct vb_round *round)
{
    for (size_t i = 0; i < round->voice_count; i++)
        for (size_t j = 0; round->voices[i].member < 0 && j < round->member_count; j++)
            if (vb_streq(round->voices[i].person, round->members[j].person))
                round->voices[i].member = (int)j;
}

/* Those in the roster who have not begun. */
static void add_named(struct vb_round *round)
{
    for (size_t i = 0; i < round->member_count; i++) {
        bool begun = false;
        for (size_t j = 0; j < round->voice_count && !begun; j++)
            begun = round->voices[j].member == (int)i;
        if (begun || round->members[i].gone)
            continue;
        struct vb_voice_in *voice =
            vb_push(&round->voices, round->voice_count, &round->voice_cap, sizeof *voice);
        round->voice_count++;
        voice->person = round->members[i].person;
        voice->role = round->members[i].role;
        voice->label = round->members[i].label;
        voice->member = (int)i;
        voice->stored = true;
    }
}

static enum vb_code load_sessions(struct vb_round *round, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_session_row *rows;
    size_t count;
    enum vb_code code =
        round->store->ops->sessions(round->store, round->row.id, &arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        code = load_session(round, &rows[i], err);
    vb_arena_finish(&arena);
    if (code != VB_OK)
        return code;
    find_places(round);
    add_named(round);
    if (count == 0 && round->row.state == VB_ROUND_OPEN && vb_round_has_roster(round->plan))
        code = vb_early_load(round, err);
    if (code != VB_OK)
        return code;
    vb_round_list(round);
    return vb_revisions_load(round, err);
}

enum vb_code vb_round_load(struct vb_round **out, struct vb_store *store, const struct vb_env *env,
                           struct vb_plan *plan, const struct vb_round_row *row, struct vb_err *err)
{
    if (!vb_streq(plan->digest, row->digest))
        return vb_fail(err, VB_E_CHANGED,
                       "round %s was begun with %s %s as it was then (%s): resume it by its id",
                       row->id, row->instrument, row->version, row->digest);
    struct vb_round *round = vb_round_create(store, env, plan);
    copy_row(round, row);
    enum vb_code code = load_sessions(round, err);
    if (code != VB_OK) {
        vb_round_destroy(round);
        return vb_while(err, "round %s", row->id);
    }
    *out = round;
    return VB_OK;
}
