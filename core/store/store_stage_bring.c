/* Bringing rows up from the store below into the stage's memory. An id is looked for once; rows
 * come by the memory store's own commit, so that its checks hold for them as for everything else.
 */
#include <stdio.h>

#include "base/str.h"
#include "store/store_memory.h"
#include "store/store_rule.h"
#include "store/store_stage_inner.h"

bool vb_store_stage_saw(const struct stage *stage, enum seen_kind kind, const char *id)
{
    return vb_table_find(&stage->seen[kind], id) != NULL;
}

/* Only after all of it came up: a look that failed is made again. */
void vb_store_stage_see(struct stage *stage, enum seen_kind kind, const char *id)
{
    if (vb_store_stage_saw(stage, kind, id))
        return;
    struct vb_table_row *row = vb_arena_new(&stage->seen_arena, struct vb_table_row);
    row->key = vb_arena_strdup(&stage->seen_arena, id);
    vb_table_add(&stage->seen[kind], row);
}

enum vb_code vb_store_stage_keep(struct stage *stage, struct vb_change change, struct vb_err *err)
{
    enum vb_code code = stage->memory->ops->commit(stage->memory, &change, 1, err);
    return code == VB_OK ? VB_OK : vb_while(err, "reading what is stored");
}

/* Only its name: the files of a kept instrument are read below. */
static enum vb_code bring_instrument(struct stage *stage, const char *id, const char *version,
                                     const char *digest, struct vb_err *err)
{
    if (vb_store_stage_saw(stage, SEEN_INSTRUMENT, digest))
        return VB_OK;
    struct vb_plan plan = { .id = id, .version = version, .main_path = "" };
    snprintf(plan.digest, sizeof plan.digest, "%s", digest);
    enum vb_code code = vb_store_stage_keep(
        stage, (struct vb_change){ .kind = VB_PUT_INSTRUMENT, .plan = &plan }, err);
    if (code == VB_OK)
        vb_store_stage_see(stage, SEEN_INSTRUMENT, digest);
    return code;
}

static enum vb_code bring_version(struct stage *stage, const char *id, const char *version,
                                  struct vb_arena *arena, struct vb_err *err)
{
    const char *digest;
    enum vb_code code = stage->below->ops->version(stage->below, id, version, arena, &digest, err);
    if (code == VB_E_ABSENT)
        return VB_OK;
    return code == VB_OK ? bring_instrument(stage, id, version, digest, err) : code;
}

static enum vb_code keep_round(struct stage *stage, const struct vb_round_row *row,
                               struct vb_err *err)
{
    enum vb_code code = bring_instrument(stage, row->instrument, row->version, row->digest, err);
    if (code == VB_OK)
        code = vb_store_stage_keep(stage, (struct vb_change){ .kind = VB_PUT_ROUND, .round = *row },
                                   err);
    return code;
}

/* The persons and rounds of a case (NULL: those without one). */
static enum vb_code bring_case_rows(struct stage *stage, const char *id, struct vb_arena *arena,
                                    struct vb_err *err)
{
    struct vb_person_row *persons;
    struct vb_round_row *rounds;
    size_t person_count, round_count = 0;
    struct vb_store *below = stage->below;
    enum vb_code code = below->ops->persons(below, id, arena, &persons, &person_count, err);
    for (size_t i = 0; code == VB_OK && i < person_count; i++)
        code = vb_store_stage_keep(
            stage, (struct vb_change){ .kind = VB_PUT_PERSON, .person = persons[i] }, err);
    if (code == VB_OK)
        code = below->ops->case_rounds(below, id, arena, &rounds, &round_count, err);
    for (size_t i = 0; code == VB_OK && i < round_count; i++)
        code = keep_round(stage, &rounds[i], err);
    return code;
}

static enum vb_code bring_case(struct stage *stage, const char *id, struct vb_arena *arena,
                               struct vb_err *err)
{
    if (vb_store_stage_saw(stage, SEEN_CASE, id))
        return VB_OK;
    struct vb_case_row row;
    enum vb_code code = stage->below->ops->case_row(stage->below, id, arena, &row, err);
    if (code == VB_OK)
        code = vb_store_stage_keep(stage,
                                   (struct vb_change){ .kind = VB_PUT_CASE, .case_row = row }, err);
    if (code == VB_OK)
        code = bring_case_rows(stage, id, arena, err);
    if (code != VB_OK && code != VB_E_ABSENT)
        return code;
    vb_store_stage_see(stage, SEEN_CASE, id);
    return VB_OK;
}

static enum vb_code bring_caseless(struct stage *stage, struct vb_arena *arena, struct vb_err *err)
{
    enum vb_code code = stage->seen_caseless ? VB_OK : bring_case_rows(stage, NULL, arena, err);
    stage->seen_caseless = code == VB_OK;
    return code;
}

enum vb_code vb_store_stage_bring_person(struct stage *stage, const char *id,
                                         struct vb_arena *arena, struct vb_err *err)
{
    if (id == NULL || vb_store_stage_saw(stage, SEEN_PERSON, id))
        return VB_OK;
    struct vb_person_row row;
    enum vb_code code = stage->below->ops->person(stage->below, id, arena, &row, err);
    if (code == VB_OK && row.case_id != NULL)
        code = bring_case(stage, row.case_id, arena, err);
    else if (code == VB_OK)
        code = vb_store_stage_keep(stage,
                                   (struct vb_change){ .kind = VB_PUT_PERSON, .person = row }, err);
    if (code != VB_OK && code != VB_E_ABSENT)
        return code;
    vb_store_stage_see(stage, SEEN_PERSON, id);
    return VB_OK;
}

/* Only their names: the bytes of a kept blob are read below. */
static enum vb_code bring_blob_names(struct stage *stage, const char *session,
                                     struct vb_arena *arena, struct vb_err *err)
{
    struct vb_blob_row *blobs;
    size_t count = 0;
    struct vb_store *below = stage->below;
    enum vb_code code = below->ops->session_blobs(below, session, arena, &blobs, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        code = vb_store_stage_keep(
            stage, (struct vb_change){ .kind = VB_PUT_BLOB, .blob = blobs[i] }, err);
    return code;
}

static enum vb_code keep_session(struct stage *stage, const struct vb_session_row *row,
                                 struct vb_arena *arena, struct vb_err *err)
{
    struct vb_event_row *events;
    size_t count = 0;
    enum vb_code code = vb_store_stage_bring_person(stage, row->person, arena, err);
    if (code == VB_OK)
        code = vb_store_stage_keep(
            stage, (struct vb_change){ .kind = VB_PUT_SESSION, .session = *row }, err);
    if (code == VB_OK)
        code = stage->below->ops->events(stage->below, row->id, 1, arena, &events, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        code = vb_store_stage_keep(
            stage, (struct vb_change){ .kind = VB_APPEND, .event = events[i] }, err);
    if (code == VB_OK)
        code = bring_blob_names(stage, row->id, arena, err);
    if (code == VB_OK)
        vb_store_stage_see(stage, SEEN_SESSION, row->id);
    return code;
}

/* What hangs in a round that is there. */
static enum vb_code bring_round_rows(struct stage *stage, const char *id, struct vb_arena *arena,
                                     struct vb_err *err)
{
    struct vb_session_row *sessions;
    struct vb_revision_row *revisions;
    size_t session_count, revision_count = 0;
    struct vb_store *below = stage->below;
    enum vb_code code = below->ops->sessions(below, id, arena, &sessions, &session_count, err);
    for (size_t i = 0; code == VB_OK && i < session_count; i++)
        code = keep_session(stage, &sessions[i], arena, err);
    if (code == VB_OK)
        code = below->ops->revisions(below, id, arena, &revisions, &revision_count, err);
    vb_store_memory_bring(stage->memory, true);
    for (size_t i = 0; code == VB_OK && i < revision_count; i++)
        code = vb_store_stage_keep(
            stage, (struct vb_change){ .kind = VB_PUT_REVISION, .revision = revisions[i] }, err);
    if (code == VB_OK)
        code = vb_store_stage_bring_parcels(stage, id, arena, err);
    vb_store_memory_bring(stage->memory, false);
    return code;
}

enum vb_code vb_store_stage_bring_round(struct stage *stage, const char *id, struct vb_arena *arena,
                                        struct vb_err *err)
{
    if (vb_store_stage_saw(stage, SEEN_ROUND, id))
        return VB_OK;
    struct vb_round_row *rows;
    size_t count = 0;
    struct vb_store *below = stage->below;
    enum vb_code code = below->ops->prefix_rounds(below, id, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (!vb_streq(rows[i].id, id))
            continue;
        if (rows[i].case_id != NULL)
            code = bring_case(stage, rows[i].case_id, arena, err);
        else
            code = keep_round(stage, &rows[i], err);
        if (code == VB_OK)
            code = bring_round_rows(stage, id, arena, err);
    }
    if (code == VB_OK)
        code = vb_store_stage_bring_outputs(stage, id, arena, err);
    if (code == VB_OK)
        vb_store_stage_see(stage, SEEN_ROUND, id);
    return code;
}

enum vb_code vb_store_stage_bring_session(struct stage *stage, const char *id,
                                          struct vb_arena *arena, struct vb_err *err)
{
    if (vb_store_stage_saw(stage, SEEN_SESSION, id))
        return VB_OK;
    struct vb_session_row row;
    enum vb_code code = stage->below->ops->session(stage->below, id, arena, &row, err);
    if (code == VB_OK)
        code = vb_store_stage_bring_round(stage, row.round, arena, err);
    if (code != VB_OK && code != VB_E_ABSENT)
        return code;
    vb_store_stage_see(stage, SEEN_SESSION, id);
    return VB_OK;
}

enum vb_code vb_store_stage_bring_person_rounds(struct stage *stage, const char *id,
                                                struct vb_arena *arena, struct vb_err *err)
{
    struct vb_session_row *rows;
    size_t count = 0;
    struct vb_store *below = stage->below;
    enum vb_code code = vb_store_stage_bring_person(stage, id, arena, err);
    if (code == VB_OK)
        code = below->ops->person_sessions(below, id, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        code = vb_store_stage_bring_round(stage, rows[i].round, arena, err);
    return code;
}

/* A blob's session by the name of the blob, "SESSION DIGEST". */
static enum vb_code bring_blob(struct stage *stage, const char *id, struct vb_arena *arena,
                               struct vb_err *err)
{
    const char *session, *digest;
    return vb_store_rule_blob_name(arena, id, &session, &digest)
               ? vb_store_stage_bring_session(stage, session, arena, err)
               : VB_OK;
}

static enum vb_code bring_erased(struct stage *stage, const struct vb_erasure_row *row,
                                 struct vb_arena *arena, struct vb_err *err)
{
    switch (row->what) {
    case VB_ERASE_PERSON:
        return vb_store_stage_bring_person_rounds(stage, row->id, arena, err);
    case VB_ERASE_SESSION:
        return vb_store_stage_bring_session(stage, row->id, arena, err);
    case VB_ERASE_BLOB:
        return bring_blob(stage, row->id, arena, err);
    }
    return VB_OK;
}

/* Brings up a case and its rows by id, or everything without a case. */
enum vb_code vb_store_stage_bring_list(struct stage *stage, const char *case_id,
                                       struct vb_arena *arena, struct vb_err *err)
{
    return case_id == NULL ? bring_caseless(stage, arena, err)
                           : bring_case(stage, case_id, arena, err);
}

/* Brings up what the change will be checked against. */
enum vb_code vb_store_stage_bring_for(struct stage *stage, const struct vb_change *change,
                                      struct vb_arena *arena, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    switch (change->kind) {
    case VB_PUT_INSTRUMENT:
        return bring_version(stage, change->plan->id, change->plan->version, arena, err);
    case VB_PUT_CASE:
        return bring_case(stage, change->case_row.id, arena, err);
    case VB_PUT_PERSON:
        if (change->person.case_id != NULL)
            code = bring_case(stage, change->person.case_id, arena, err);
        return code == VB_OK ? vb_store_stage_bring_person(stage, change->person.id, arena, err)
                             : code;
    case VB_PUT_ROUND:
        if (change->round.case_id != NULL)
            code = bring_case(stage, change->round.case_id, arena, err);
        if (code == VB_OK)
            code =
                bring_version(stage, change->round.instrument, change->round.version, arena, err);
        return code == VB_OK ? vb_store_stage_bring_round(stage, change->round.id, arena, err)
                             : code;
    case VB_SET_ROUND:
        if (vb_store_rule_ends_tokens(change->round.state))
            code = vb_store_stage_bring_staff(stage, arena, err);
        return code == VB_OK ? vb_store_stage_bring_round(stage, change->round.id, arena, err)
                             : code;
    case VB_PUT_SESSION:
        code = vb_store_stage_bring_round(stage, change->session.round, arena, err);
        if (code == VB_OK)
            code = vb_store_stage_bring_person(stage, change->session.person, arena, err);
        return code == VB_OK ? vb_store_stage_bring_session(stage, change->session.id, arena, err)
                             : code;
    case VB_SET_SESSION:
        return vb_store_stage_bring_session(stage, change->session.id, arena, err);
    case VB_APPEND:
        return vb_store_stage_bring_session(stage, change->event.session, arena, err);
    case VB_PUT_REVISION:
        return vb_store_stage_bring_round(stage, change->revision.round, arena, err);
    case VB_PUT_BLOB:
        return vb_store_stage_bring_session(stage, change->blob.session, arena, err);
    case VB_ERASE:
        code = vb_store_stage_bring_staff(stage, arena, err);
        return code == VB_OK ? bring_erased(stage, &change->erasure, arena, err) : code;
    case VB_SET_PARCEL:
        return vb_store_stage_bring_round(stage, change->parcel.round, arena, err);
    case VB_PUT_OUTPUT:
        vb_store_stage_see_output(stage, &change->output, arena);
        return VB_OK;
    case VB_PUT_STAFF:
    case VB_END_TOKENS:
    case VB_FORGET_TOKENS:
        return vb_store_stage_bring_staff(stage, arena, err);
    case VB_PUT_TOKEN:
        code = vb_store_stage_bring_staff(stage, arena, err);
        if (code == VB_OK && change->token.round != NULL)
            code = vb_store_stage_bring_round(stage, change->token.round, arena, err);
        return code == VB_OK ? vb_store_stage_bring_person(stage, change->token.person, arena, err)
                             : code;
    case VB_PUT_ASSIGNMENT:
        code = vb_store_stage_bring_staff(stage, arena, err);
        return code == VB_OK ? bring_case(stage, change->assignment.case_id, arena, err) : code;
    case VB_PUT_AUDIT:
    case VB_PUT_SETTING:
        return VB_OK;
    }
    return code;
}
