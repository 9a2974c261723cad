#include "store/store_stage.h"

#include <stdlib.h>

#include "base/str.h"
#include "store/store_audit.h"
#include "store/store_copy.h"
#include "store/store_memory.h"
#include "store/store_rule.h"
#include "store/store_stage_inner.h"

static enum vb_code commit(struct vb_store *store, const struct vb_change *changes, size_t count,
                           struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    struct vb_arena passing = { 0 };
    enum vb_code code = VB_OK;
    for (size_t i = 0; code == VB_OK && i < count; i++)
        code = vb_store_stage_bring_for(stage, &changes[i], &passing, err);
    vb_arena_finish(&passing);
    if (code == VB_OK)
        code = stage->memory->ops->commit(stage->memory, changes, count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        vb_push(&stage->changes, stage->change_count, &stage->change_cap, sizeof *changes);
        stage->changes[stage->change_count++] = vb_store_copy_change(&stage->arena, &changes[i]);
    }
    return code;
}

/* -- reading: from memory, after bringing up what is asked for -- */

static enum vb_code prefix_rounds(struct vb_store *store, const char *prefix,
                                  struct vb_arena *arena, struct vb_round_row **out, size_t *count,
                                  struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    struct vb_round_row *kept, *staged;
    size_t kept_count, staged_count;
    enum vb_code code =
        stage->below->ops->prefix_rounds(stage->below, prefix, arena, &kept, &kept_count, err);
    if (code == VB_OK)
        code = stage->memory->ops->prefix_rounds(stage->memory, prefix, arena, &staged,
                                                 &staged_count, err);
    if (code != VB_OK)
        return code;
    struct vb_round_row *rows = vb_arena_alloc(arena, (kept_count + staged_count) * sizeof *rows);
    for (size_t i = 0; i < kept_count; i++)
        rows[i] = kept[i];
    *count = kept_count;
    for (size_t i = 0; i < staged_count; i++) { /* the staged one is the newer of the same */
        size_t at = 0;
        while (at < kept_count && !vb_streq(rows[at].id, staged[i].id))
            at++;
        rows[at < kept_count ? at : (*count)++] = staged[i];
    }
    vb_store_rule_sort_rounds(rows, *count);
    *out = rows;
    return VB_OK;
}

static enum vb_code rounds(struct vb_store *store, struct vb_arena *arena,
                           struct vb_round_row **out, size_t *count, struct vb_err *err)
{
    return prefix_rounds(store, "", arena, out, count, err);
}

static enum vb_code case_rounds(struct vb_store *store, const char *case_id, struct vb_arena *arena,
                                struct vb_round_row **out, size_t *count, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = vb_store_stage_bring_list(stage, case_id, arena, err);
    return code != VB_OK
               ? code
               : stage->memory->ops->case_rounds(stage->memory, case_id, arena, out, count, err);
}

static enum vb_code case_row(struct vb_store *store, const char *id, struct vb_arena *arena,
                             struct vb_case_row *out, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = vb_store_stage_bring_list(stage, id, arena, err);
    return code != VB_OK ? code : stage->memory->ops->case_row(stage->memory, id, arena, out, err);
}

static enum vb_code persons(struct vb_store *store, const char *case_id, struct vb_arena *arena,
                            struct vb_person_row **out, size_t *count, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = vb_store_stage_bring_list(stage, case_id, arena, err);
    return code != VB_OK
               ? code
               : stage->memory->ops->persons(stage->memory, case_id, arena, out, count, err);
}

static enum vb_code person(struct vb_store *store, const char *id, struct vb_arena *arena,
                           struct vb_person_row *out, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = vb_store_stage_bring_person(stage, id, arena, err);
    return code != VB_OK ? code : stage->memory->ops->person(stage->memory, id, arena, out, err);
}

static enum vb_code session(struct vb_store *store, const char *id, struct vb_arena *arena,
                            struct vb_session_row *out, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = vb_store_stage_bring_session(stage, id, arena, err);
    return code != VB_OK ? code : stage->memory->ops->session(stage->memory, id, arena, out, err);
}

static enum vb_code sessions(struct vb_store *store, const char *round, struct vb_arena *arena,
                             struct vb_session_row **out, size_t *count, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = vb_store_stage_bring_round(stage, round, arena, err);
    return code != VB_OK
               ? code
               : stage->memory->ops->sessions(stage->memory, round, arena, out, count, err);
}

static enum vb_code events(struct vb_store *store, const char *id, int64_t first_seq,
                           struct vb_arena *arena, struct vb_event_row **out, size_t *count,
                           struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = vb_store_stage_bring_session(stage, id, arena, err);
    return code != VB_OK
               ? code
               : stage->memory->ops->events(stage->memory, id, first_seq, arena, out, count, err);
}

static enum vb_code revisions(struct vb_store *store, const char *round, struct vb_arena *arena,
                              struct vb_revision_row **out, size_t *count, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code = vb_store_stage_bring_round(stage, round, arena, err);
    return code != VB_OK
               ? code
               : stage->memory->ops->revisions(stage->memory, round, arena, out, count, err);
}

/* Below first: of an instrument that came up from there memory has only the name. */
static enum vb_code instrument(struct vb_store *store, const char *digest, struct vb_arena *arena,
                               struct vb_file **files, size_t *count, const char **main_path,
                               struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    enum vb_code code =
        stage->below->ops->instrument(stage->below, digest, arena, files, count, main_path, err);
    return code != VB_E_ABSENT ? code
                               : stage->memory->ops->instrument(stage->memory, digest, arena, files,
                                                                count, main_path, err);
}

/* Of a -dev version the newest counts, and what was staged is newer than anything below. */
static enum vb_code version(struct vb_store *store, const char *id, const char *number,
                            struct vb_arena *arena, const char **digest, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    for (size_t i = stage->change_count; i > 0; i--) {
        const struct vb_change *change = &stage->changes[i - 1];
        if (change->kind == VB_PUT_INSTRUMENT && vb_streq(change->plan->id, id) &&
            vb_streq(change->plan->version, number)) {
            *digest = vb_arena_strdup(arena, change->plan->digest);
            return VB_OK;
        }
    }
    return stage->below->ops->version(stage->below, id, number, arena, digest, err);
}

/* In memory the staged rows have a chain of their own; below they will follow what is there. */
static void chain(struct vb_arena *arena, struct vb_audit_row *row, const char *previous)
{
    char hash[VB_DIGEST_SIZE];
    row->previous = previous;
    vb_store_audit_hash(row, previous, hash);
    row->hash = vb_arena_strdup(arena, hash);
}

static enum vb_code audit(struct vb_store *store, struct vb_arena *arena, struct vb_audit_row **out,
                          size_t *count, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    struct vb_audit_row *kept, *staged;
    size_t kept_count, staged_count;
    enum vb_code code = stage->below->ops->audit(stage->below, arena, &kept, &kept_count, err);
    if (code == VB_OK)
        code = stage->memory->ops->audit(stage->memory, arena, &staged, &staged_count, err);
    if (code != VB_OK)
        return code;
    *count = kept_count + staged_count;
    *out = vb_arena_alloc(arena, *count * sizeof **out);
    for (size_t i = 0; i < *count; i++) {
        (*out)[i] = i < kept_count ? kept[i] : staged[i - kept_count];
        if (i >= kept_count)
            chain(arena, &(*out)[i], i == 0 ? "" : (*out)[i - 1].hash);
    }
    return VB_OK;
}

static enum vb_code audit_head(struct vb_store *store, struct vb_arena *arena,
                               struct vb_audit_head *out, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    struct vb_audit_head staged;
    struct vb_audit_row *rows;
    size_t count = 0;
    enum vb_code code = stage->below->ops->audit_head(stage->below, arena, out, err);
    if (code == VB_OK)
        code = stage->memory->ops->audit_head(stage->memory, arena, &staged, err);
    if (code != VB_OK || staged.rows == 0)
        return code;
    out->rows += staged.rows;
    code = audit(store, arena, &rows, &count, err);
    if (code == VB_OK)
        out->hash = rows[count - 1].hash;
    return code;
}

/* -- the stage itself -- */

/* Forgets what is in memory: from here on it lies below. */
static void start_over(struct stage *stage)
{
    vb_store_destroy(stage->memory);
    stage->memory = vb_store_memory_create();
    for (int kind = 0; kind < SEEN_COUNT; kind++)
        vb_table_finish(&stage->seen[kind]);
    vb_arena_finish(&stage->seen_arena);
    stage->seen_caseless = stage->seen_staff = false;
    vb_arena_finish(&stage->arena);
    stage->change_count = 0;
}

static void destroy(struct vb_store *store)
{
    struct stage *stage = (struct stage *)store;
    start_over(stage);
    vb_store_destroy(stage->memory);
    free(stage->changes);
    free(stage);
}

static const struct vb_store_ops ops = {
    .name = "stage",
    .commit = commit,
    .rounds = rounds,
    .case_rounds = case_rounds,
    .prefix_rounds = prefix_rounds,
    .case_row = case_row,
    .persons = persons,
    .person = person,
    .session = session,
    .person_sessions = vb_store_stage_person_sessions,
    .prefix_persons = vb_store_stage_prefix_persons,
    .cases = vb_store_stage_cases,
    .sessions = sessions,
    .events = events,
    .revisions = revisions,
    .blob = vb_store_stage_blob,
    .session_blobs = vb_store_stage_session_blobs,
    .instrument = instrument,
    .version = version,
    .audit = audit,
    .audit_head = audit_head,
    .erasures = vb_store_stage_erasures,
    .settings = vb_store_stage_settings,
    .outputs = vb_store_stage_outputs,
    .parcels = vb_store_stage_parcels,
    .staff = vb_store_stage_staff,
    .tokens = vb_store_stage_tokens,
    .assignments = vb_store_stage_assignments,
    .destroy = destroy,
};

struct vb_store *vb_store_stage_create(struct vb_store *below)
{
    struct stage *stage = vb_new(struct stage);
    stage->store.ops = &ops;
    stage->below = below;
    stage->memory = vb_store_memory_create();
    return &stage->store;
}

enum vb_code vb_store_stage_flush(struct vb_store *store, struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    vb_assert(store->ops == &ops);
    if (stage->change_count == 0)
        return VB_OK;
    enum vb_code code = vb_store_commit(stage->below, stage->changes, stage->change_count, err);
    if (code == VB_OK)
        start_over(stage);
    return code;
}

enum vb_code vb_store_stage_flush_to(struct vb_store *store, struct vb_store *below,
                                     struct vb_err *err)
{
    struct stage *stage = (struct stage *)store;
    vb_assert(store->ops == &ops);
    stage->below = below;
    return vb_store_stage_flush(store, err);
}
