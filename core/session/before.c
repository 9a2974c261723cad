/* before.c - over the rounds of a case: what lies before the worker of now, and the newest word. */
#include "session/before.h"

#include "base/str.h"
#include "session/pinned.h"
#include "session/round_state.h"

struct looking {
    struct vb_store *store;
    const struct vb_env *env;
    struct vb_arena arena;
    const char *case_id, *person;
    int64_t since_ms;
    struct vb_round_row *rounds; /* of the case, in order of arrival */
    size_t round_count;

    const char *own; /* this round is not looked into: who looks is at it; NULL: none */
    int64_t own_ms;  /* when that one was released; INT64_MAX: it is not, and will be the newest */
    bool shared;     /* something lies before */
    bool newer;      /* a round after that one has a word, to whomever */
    enum vb_word word;
    int64_t word_ms; /* when the round was released in which it stands */
};

static enum vb_code begin(struct looking *look, struct vb_err *err)
{
    return look->store->ops->case_rounds(look->store, look->case_id, &look->arena, &look->rounds,
                                         &look->round_count, err);
}

/* When it was first released; 0: it is not, or nothing of it is left. */
static enum vb_code released(struct looking *look, const struct vb_round_row *row, int64_t *wall_ms,
                             struct vb_err *err)
{
    struct vb_revision_row *revisions;
    size_t count = 0;
    *wall_ms = 0;
    if (row->state != VB_ROUND_RELEASED)
        return VB_OK;
    enum vb_code code =
        look->store->ops->revisions(look->store, row->id, &look->arena, &revisions, &count, err);
    if (code == VB_OK && count > 0)
        *wall_ms = revisions[0].wall_ms;
    return code;
}

/* -- the newest word -------------------------------------------------------------------------- */

static enum vb_code read_word(struct looking *look, const struct vb_round_row *row,
                              const char *session, struct vb_sharing *out, struct vb_err *err)
{
    struct vb_plan *plan;
    *out = (struct vb_sharing){ .earlier = VB_WORD_NONE };
    enum vb_code code = vb_pinned_load(look->store, look->env, row->digest, &plan, err);
    if (code != VB_OK)
        return vb_while(err, "round %s", row->id);
    struct vb_fold *fold = vb_fold_create(plan, &look->env->sandbox);
    vb_plan_release(plan);
    code = vb_fold_log(fold, look->store, session, 0, err);
    if (code == VB_OK && vb_fold_sharing(fold) != NULL)
        *out = (struct vb_sharing){ .earlier = vb_fold_sharing(fold)->earlier,
                                    .earlier_ms = vb_fold_sharing(fold)->earlier_ms };
    vb_fold_destroy(fold);
    return code;
}

/* A yes that was said before the worker of now came was said to somebody else. */
static void hear(struct looking *look, const struct vb_sharing *said, int64_t released_ms)
{
    if (said->earlier == VB_WORD_NONE)
        return;
    look->newer |= released_ms > look->own_ms;
    if (released_ms < look->since_ms || released_ms < look->word_ms ||
        (said->earlier == VB_WORD_YES && said->earlier_ms < look->since_ms))
        return;
    look->word = said->earlier;
    look->word_ms = released_ms;
}

static enum vb_code look_into(struct looking *look, const struct vb_round_row *row,
                              struct vb_err *err)
{
    struct vb_session_row *sessions;
    size_t count = 0;
    int64_t released_ms;
    enum vb_code code = released(look, row, &released_ms, err);
    if (code != VB_OK || released_ms == 0)
        return code;
    code = look->store->ops->sessions(look->store, row->id, &look->arena, &sessions, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        struct vb_sharing said;
        if (!vb_streq(sessions[i].person, look->person) ||
            sessions[i].state != VB_SESSION_SHARED) /* who took it back never said it */
            continue;
        look->shared |= released_ms < look->since_ms;
        if (released_ms < look->since_ms && released_ms <= look->own_ms)
            continue;
        code = read_word(look, row, sessions[i].id, &said, err);
        if (code == VB_OK)
            hear(look, &said, released_ms);
    }
    return code;
}

static enum vb_code look_at_all(struct looking *look, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    for (size_t i = 0; code == VB_OK && i < look->round_count; i++)
        if (!vb_streq(look->rounds[i].id, look->own))
            code = look_into(look, &look->rounds[i], err);
    return code;
}

enum vb_code vb_before_word(struct vb_store *store, const struct vb_env *env, const char *case_id,
                            const char *person, int64_t since_wall_ms, enum vb_word *out,
                            struct vb_err *err)
{
    struct looking look = { .store = store,
                            .env = env,
                            .case_id = case_id,
                            .person = person,
                            .since_ms = since_wall_ms,
                            .own_ms = INT64_MAX };
    enum vb_code code = begin(&look, err);
    if (code == VB_OK)
        code = look_at_all(&look, err);
    *out = look.word;
    vb_arena_finish(&look.arena);
    return code;
}

/* -- for whoever is asked --------------------------------------------------------------------- */

static const char professional[] = "professional";

static const char *worker_of(const struct vb_round *round)
{
    for (size_t i = 0; i < round->voice_count; i++)
        if (vb_streq(round->voices[i].role, professional))
            return round->voices[i].person;
    return NULL;
}

/* Had this round another professional than this one? */
static enum vb_code had_another(struct looking *look, const struct vb_round_row *row,
                                const char *worker, bool *out, struct vb_err *err)
{
    struct vb_session_row *sessions;
    size_t count = 0;
    enum vb_code code =
        look->store->ops->sessions(look->store, row->id, &look->arena, &sessions, &count, err);
    *out = false;
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        struct vb_person_row person;
        if (sessions[i].person == NULL || vb_streq(sessions[i].person, worker))
            continue;
        code =
            look->store->ops->person(look->store, sessions[i].person, &look->arena, &person, err);
        *out |= code == VB_OK && vb_streq(person.role, professional);
    }
    return code;
}

/* As far as persons tell: behind the last round of another professional. */
static enum vb_code find_since(struct looking *look, const char *worker, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    for (size_t i = 0; code == VB_OK && worker != NULL && i < look->round_count; i++) {
        int64_t released_ms;
        bool another = false;
        if (vb_streq(look->rounds[i].id, look->own))
            continue;
        code = released(look, &look->rounds[i], &released_ms, err);
        if (code == VB_OK && released_ms >= look->since_ms && released_ms > 0)
            code = had_another(look, &look->rounds[i], worker, &another, err);
        if (another)
            look->since_ms = released_ms + 1;
    }
    return code;
}

/* Somebody's own, in a case, of an instrument that a worker takes part in too. */
static bool may_be_asked(const struct vb_round *round, const struct vb_opened *opened)
{
    return round->row.case_id != NULL && opened->person != NULL &&
           !vb_streq(opened->role, professional) && vb_round_is_kept(round) &&
           !vb_plan_gathers(round->plan, vb_plan_role(round->plan, opened->role));
}

enum vb_code vb_before_look(struct vb_round *round, const struct vb_session *session,
                            int64_t since_wall_ms, struct vb_before *out, struct vb_err *err)
{
    const struct vb_fold *fold = vb_session_fold(session);
    const struct vb_sharing *sharing = vb_fold_sharing(fold);
    struct looking look = { .store = round->store,
                            .env = round->env,
                            .case_id = round->row.case_id,
                            .person = vb_fold_opened(fold)->person,
                            .since_ms = since_wall_ms,
                            .own = round->row.id };
    *out = (struct vb_before){ 0 };
    if (!may_be_asked(round, vb_fold_opened(fold)))
        return VB_OK;
    if (vb_round_revision(round, &look.own_ms) == 0)
        look.own_ms = INT64_MAX;
    enum vb_code code = begin(&look, err);
    if (code == VB_OK)
        code = find_since(&look, worker_of(round), err);
    if (code == VB_OK)
        code = look_at_all(&look, err);
    vb_arena_finish(&look.arena);
    if (code != VB_OK || !look.shared)
        return code;
    if (sharing != NULL)
        hear(&look, sharing, look.own_ms);
    /* else a newer round has it */
    out->asks = look.own_ms >= look.since_ms && look.word_ms <= look.own_ms;
    out->stands = (out->asks && look.word == VB_WORD_YES) ||
                  (sharing != NULL && sharing->earlier == VB_WORD_YES && !look.newer);
    out->word = look.word;
    return VB_OK;
}
