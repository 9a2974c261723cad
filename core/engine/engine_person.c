/* engine_person.c - somebody takes part: their handle, and what they read first. */
#include <stdlib.h>

#include "engine/engine_inner.h"
#include "session/named.h"
#include "session/opening.h"
#include "session/shown.h"

/* -- who -------------------------------------------------------------------------------------- */

static struct vb_engine_person *make_person(struct vb_engine_round *round,
                                            struct vb_session *session, const char *id)
{
    struct vb_engine_person *person = vb_new(struct vb_engine_person);
    person->round = round;
    person->session = session;
    person->id = vb_strdup(id);
    person->next = round->persons;
    round->persons = person;
    return person;
}

void vb_embed_person_end(struct vb_engine_person *person)
{
    struct vb_engine_person **at = &person->round->persons;
    while (*at != person)
        at = &(*at)->next;
    *at = person->next;
    vb_later_drop(&person->later, person->round->engine);
    person->round = NULL;
    person->session = NULL;
    if (person->later.abandoned != NULL)
        person->later.abandoned(&person->later);
}

struct vb_engine_person *vb_embed_person_of(struct vb_later *later)
{
    return (struct vb_engine_person *)((char *)later - offsetof(struct vb_engine_person, later));
}

static void free_person(struct vb_later *later)
{
    struct vb_engine_person *person = vb_embed_person_of(later);
    later->abandoned = NULL;
    if (person->round != NULL)
        vb_embed_person_end(person);
    vb_arena_finish(&person->shown);
    vb_arena_finish(&person->given);
    free(person->id);
    free(person);
}

/* The session knows where its verb ends: until it said so the memory stays. */
void vb_engine_person_close(struct vb_engine_person **person)
{
    struct vb_engine_person *gone = person == NULL ? NULL : *person;
    if (gone == NULL)
        return;
    *person = NULL;
    if (gone->later.active)
        gone->later.abandoned = free_person;
    else
        free_person(&gone->later);
}

const char *vb_engine_person_id(const struct vb_engine_person *person)
{
    return person == NULL || person->round == NULL ? NULL : person->id;
}

int vb_engine_name(struct vb_engine_round *round, const char *role, const char *label,
                   struct vb_engine_error *error)
{
    struct vb_err err;
    if (round == NULL || round->engine == NULL)
        return vb_embed_misuse(error, "this round was closed");
    if (role == NULL)
        return vb_embed_misuse(error, "a role is wanted");
    return vb_embed_end(error, vb_round_name_member(round->round, role, label, &err), &err);
}

/* -- begin ------------------------------------------------------------------------------------ */

void vb_embed_said(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct vb_engine_person *person = ctx;
    vb_later_say(&person->later, person->round->engine, code, err);
}

/* A script that failed on the way is for the step to tell: the person has begun all the same. */
static void on_ready(void *ctx, enum vb_code code, const struct vb_err *err)
{
    (void)code, (void)err;
    vb_embed_said(ctx, VB_OK, NULL);
}

static bool has_handle(const struct vb_engine_round *round, const struct vb_session *session)
{
    for (const struct vb_engine_person *person = round->persons; person != NULL;
         person = person->next)
        if (person->session == session)
            return true;
    return false;
}

/* A handle that tells when the first step stands; on a caller's loop a flow may be on its way. One
 * a session: two would wait for one another's verbs. */
static int begin(struct vb_engine_round *round, struct vb_session *session, const char *id,
                 struct vb_engine_person **out, vb_engine_done *done, void *ctx,
                 struct vb_engine_error *error)
{
    struct vb_err err;
    if (has_handle(round, session)) {
        vb_fail(&err, VB_E_BUSY, "this person is open already: close that handle first");
        return vb_embed_tell(error, &err);
    }
    struct vb_engine_person *person = make_person(round, session, id);
    int code = vb_later_begin(&person->later, round->engine, done, ctx, error);
    if (code == VB_ENGINE_OK) {
        vb_session_ready(session, on_ready, person);
        code = vb_later_return(&person->later, round->engine, error);
    }
    if (code == VB_ENGINE_OK)
        *out = person;
    else
        vb_engine_person_close(&person);
    return code;
}

/* Whether done and the loop go together is looked at before anybody begins. */
static int may_begin(const struct vb_engine_round *round, vb_engine_done *done,
                     struct vb_engine_error *error)
{
    struct vb_later later = { .active = false };
    if (round == NULL || round->engine == NULL)
        return vb_embed_misuse(error, "this round was closed");
    return vb_later_begin(&later, round->engine, done, NULL, error);
}

int vb_engine_join(struct vb_engine_round *round, const struct vb_engine_join *given,
                   struct vb_engine_person **out, vb_engine_done *done, void *ctx,
                   struct vb_engine_error *error)
{
    struct vb_engine_join join;
    struct vb_session *session = NULL;
    struct vb_err err;
    if (out == NULL)
        return vb_embed_no_out(error);
    *out = NULL;
    int code = may_begin(round, done, error);
    if (code != VB_ENGINE_OK)
        return code;
    if (given == NULL || !VB_EMBED_TAKE(join, given) || join.role == NULL)
        return vb_embed_misuse(error, "join wants its size and a role");
    const struct vb_join wanted = { .role = join.role,
                                    .label = join.label,
                                    .language = join.language,
                                    .form = join.form,
                                    .mode = join.mode,
                                    .helper = join.helper };
    enum vb_code rc = vb_named_language(vb_round_plan(round->round), join.language, &err);
    if (rc != VB_OK)
        return vb_embed_tell_of(error, &err, NULL, 0, "language");
    rc = vb_round_join(round->round, &wanted, &session, &err);
    if (rc != VB_OK)
        return vb_embed_tell_of(error, &err, NULL, 0, join.role);
    return begin(round, session, vb_fold_opened(vb_session_fold(session))->person, out, done, ctx,
                 error);
}

int vb_engine_together(struct vb_engine_round *round, struct vb_engine_person **out,
                       vb_engine_done *done, void *ctx, struct vb_engine_error *error)
{
    struct vb_session *session = NULL;
    struct vb_err err;
    if (out == NULL)
        return vb_embed_no_out(error);
    *out = NULL;
    int code = may_begin(round, done, error);
    if (code != VB_ENGINE_OK)
        return code;
    enum vb_code rc = vb_round_together(round->round, &session, &err);
    if (rc == VB_OK && session == NULL)
        rc = vb_fail(&err, VB_E_ABSENT, "%s asks nothing of everybody together",
                     vb_round_plan(round->round)->id);
    return rc == VB_OK ? begin(round, session, NULL, out, done, ctx, error)
                       : vb_embed_tell(error, &err);
}

int vb_engine_opening(struct vb_engine_person *person, char **out, size_t *len,
                      struct vb_engine_error *error)
{
    struct vb_buf text = { 0 };
    bool missing;
    if (out == NULL)
        return vb_embed_no_out(error);
    *out = NULL;
    if (person == NULL || person->round == NULL)
        return vb_embed_misuse(error, "this person was closed");
    const struct vb_opened *opened = vb_fold_opened(vb_session_fold(person->session));
    struct vb_naming naming = vb_shown_naming(person->session, -1);
    vb_opening_write(&text, &naming, opened->role, person->round->engine->reporting, &missing);
    return vb_embed_give(&text, out, len, error);
}
