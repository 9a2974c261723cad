/* export.c - everything about one person: its own logs, what others shared with it, who looked. */
#include "session/export.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "session/export_own.h"
#include "session/pinned.h"
#include "session/round.h"

struct vb_gathered {
    struct vb_store *store;
    const struct vb_env *env;
    struct vb_arena arena;
    struct vb_export export;
    struct vb_exported_round *rounds;
    size_t round_cap;
    const char **joint; /* joint sessions of those rounds */
    size_t joint_count, joint_cap;
    /* what the export borrows from */
    struct vb_round **loaded;
    size_t loaded_count, loaded_cap;
    struct vb_plan **plans;
    size_t plan_count, plan_cap;
    struct vb_fold **folds;
    size_t fold_count, fold_cap;
};

const struct vb_export *vb_gathered_export(const struct vb_gathered *gathered)
{
    return &gathered->export;
}

void vb_gathered_destroy(struct vb_gathered *gathered)
{
    if (gathered == NULL)
        return;
    for (size_t i = 0; i < gathered->loaded_count; i++)
        vb_round_destroy(gathered->loaded[i]);
    for (size_t i = 0; i < gathered->fold_count; i++)
        vb_fold_destroy(gathered->folds[i]);
    for (size_t i = 0; i < gathered->plan_count; i++)
        vb_plan_release(gathered->plans[i]);
    free(gathered->loaded);
    free(gathered->folds);
    free(gathered->plans);
    vb_arena_finish(&gathered->arena);
    free(gathered);
}

/* What is wrong with one round's contents must not keep the others back; what is wrong with the
 * store, its disk or its keys must. */
static bool is_of_the_round(enum vb_code code)
{
    return code == VB_E_DATA || code == VB_E_ABSENT || code == VB_E_SCRIPT || code == VB_E_LIMIT ||
           code == VB_E_CHANGED;
}

static enum vb_code passed_over(struct vb_gathered *gathered, struct vb_exported_round *out,
                                enum vb_code code, const struct vb_err *err)
{
    if (!is_of_the_round(code))
        return code;
    if (out->unreadable == NULL)
        out->unreadable = vb_arena_strdup(&gathered->arena, err->text);
    return VB_OK;
}

/* -- one round --------------------------------------------------------------------------------- */

static enum vb_code load_plan(struct vb_gathered *gathered, const struct vb_round_row *row,
                              struct vb_plan **out, struct vb_err *err)
{
    for (size_t i = 0; i < gathered->plan_count; i++) {
        if (vb_streq(gathered->plans[i]->digest, row->digest)) {
            *out = gathered->plans[i];
            return VB_OK;
        }
    }
    enum vb_code code = vb_pinned_load(gathered->store, gathered->env, row->digest, out, err);
    if (code != VB_OK)
        return code;
    *(struct vb_plan **)vb_push(&gathered->plans, gathered->plan_count, &gathered->plan_cap,
                                sizeof *gathered->plans) = *out;
    gathered->plan_count++;
    return VB_OK;
}

/* What others said is read as the result has it, and not otherwise. */
static enum vb_code read_result(struct vb_gathered *gathered, const struct vb_round_row *row,
                                struct vb_plan *plan, struct vb_exported_round *out,
                                struct vb_round **round, struct vb_err *err)
{
    enum vb_code code = vb_round_load(round, gathered->store, gathered->env, plan, row, err);
    if (code != VB_OK)
        return code;
    *(struct vb_round **)vb_push(&gathered->loaded, gathered->loaded_count, &gathered->loaded_cap,
                                 sizeof *gathered->loaded) = *round;
    gathered->loaded_count++;
    if (row->state != VB_ROUND_RELEASED)
        return VB_OK;
    struct vb_result *result = vb_arena_new(&gathered->arena, struct vb_result);
    code = vb_round_result(*round, 0, &gathered->arena, result, err);
    out->result = code == VB_OK ? result : NULL;
    return code;
}

static bool takes_part(const struct vb_round *round, const char *person)
{
    int count;
    const struct vb_participant *all = vb_round_participants(round, &count);
    for (int i = 0; i < count; i++)
        if (vb_streq(all[i].person, person))
            return true;
    return false;
}

/* Was anything asked about this person? */
static bool is_spoken_of(const struct vb_result *result, const char *person)
{
    for (int i = 0; result != NULL && i < result->roster_count; i++)
        if (vb_streq(result->roster[i].person, person))
            return true;
    return false;
}

static void take_roster(struct vb_gathered *gathered, struct vb_exported_round *out)
{
    const struct vb_result *result = out->result;
    if (out->roster_count > 0 || result == NULL || result->roster_count == 0)
        return;
    struct vb_member *roster =
        vb_arena_alloc(&gathered->arena, sizeof *roster * (size_t)result->roster_count);
    for (int i = 0; i < result->roster_count; i++)
        roster[i] = (struct vb_member){ .person = result->roster[i].person,
                                        .role = result->roster[i].role,
                                        .label = result->roster[i].label };
    out->roster = roster;
    out->roster_count = result->roster_count;
}

static enum vb_code read_own(struct vb_gathered *gathered, const struct vb_session_row *session,
                             struct vb_plan *plan, struct vb_exported_round *out,
                             struct vb_err *err)
{
    struct vb_fold *fold = NULL;
    enum vb_code code = vb_own_read(gathered->store, gathered->env, plan, session, &gathered->arena,
                                    out, &fold, err);
    if (fold == NULL)
        return code;
    *(struct vb_fold **)vb_push(&gathered->folds, gathered->fold_count, &gathered->fold_cap,
                                sizeof *gathered->folds) = fold;
    gathered->fold_count++;
    return code;
}

/* *part: the person has a session in it, is named in it or is spoken of. */
static enum vb_code read_round(struct vb_gathered *gathered, const struct vb_round_row *row,
                               const struct vb_session_row *session, struct vb_exported_round *out,
                               bool *part, struct vb_err *err)
{
    struct vb_plan *plan = NULL;
    struct vb_round *round = NULL;
    *out = (struct vb_exported_round){ .id = row->id,
                                       .case_id = row->case_id,
                                       .wave = row->wave,
                                       .state = vb_round_state_name(row->state),
                                       .instrument = row->instrument,
                                       .version = row->version,
                                       .digest = row->digest,
                                       .created_wall_ms = row->created_wall_ms,
                                       .simulated = row->simulated,
                                       .variant = -1,
                                       .setting = -1 };
    enum vb_code code = load_plan(gathered, row, &plan, err);
    if (code != VB_OK)
        code = passed_over(gathered, out, code, err);
    out->plan = plan;
    if (code == VB_OK && plan != NULL && row->state != VB_ROUND_ERASED) {
        out->format = vb_plan_format(plan, row->format);
        out->format = out->format < 0 ? 0 : out->format;
        out->variant = vb_plan_variant(plan, row->variant);
        out->setting = vb_plan_setting(plan, row->setting);
        code = read_result(gathered, row, plan, out, &round, err);
        if (code != VB_OK)
            code = passed_over(gathered, out, code, err);
    }
    *part = session != NULL || is_spoken_of(out->result, gathered->export.person) ||
            (round != NULL && takes_part(round, gathered->export.person));
    if (code == VB_OK && session != NULL)
        code = read_own(gathered, session, plan, out, err);
    take_roster(gathered, out);
    return code;
}

/* What was asked together is of everybody who takes part. */
static enum vb_code find_joint(struct vb_gathered *gathered, const char *round, struct vb_err *err)
{
    struct vb_store *store = gathered->store;
    struct vb_session_row *rows;
    size_t count = 0;
    enum vb_code code = store->ops->sessions(store, round, &gathered->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (rows[i].person != NULL)
            continue;
        *(const char **)vb_arena_push(&gathered->arena, &gathered->joint, gathered->joint_count,
                                      &gathered->joint_cap, sizeof *gathered->joint) = rows[i].id;
        gathered->joint_count++;
    }
    return code;
}

/* -- every round ------------------------------------------------------------------------------- */

static enum vb_code add_round(struct vb_gathered *gathered, const struct vb_round_row *row,
                              const struct vb_session_row *session, struct vb_err *err)
{
    struct vb_exported_round round;
    bool part = false;
    enum vb_code code = read_round(gathered, row, session, &round, &part, err);
    if (code != VB_OK)
        return vb_while(err, "round %s", row->id);
    if (!part)
        return VB_OK;
    *(struct vb_exported_round *)vb_arena_push(&gathered->arena, &gathered->rounds,
                                               (size_t)gathered->export.round_count,
                                               &gathered->round_cap, sizeof round) = round;
    gathered->export.round_count++;
    return find_joint(gathered, row->id, err);
}

static const struct vb_session_row *session_in(const struct vb_session_row *sessions, size_t count,
                                               const char *round)
{
    for (size_t i = 0; i < count; i++)
        if (vb_streq(sessions[i].round, round))
            return &sessions[i];
    return NULL;
}

static enum vb_code of_case(struct vb_gathered *gathered, const struct vb_session_row *sessions,
                            size_t count, struct vb_err *err)
{
    struct vb_store *store = gathered->store;
    struct vb_round_row *rows;
    size_t row_count;
    enum vb_code code = store->ops->case_rounds(store, gathered->export.case_id, &gathered->arena,
                                                &rows, &row_count, err);
    for (size_t i = 0; code == VB_OK && i < row_count; i++)
        code = add_round(gathered, &rows[i], session_in(sessions, count, rows[i].id), err);
    return code;
}

static enum vb_code without_case(struct vb_gathered *gathered,
                                 const struct vb_session_row *sessions, size_t count,
                                 struct vb_err *err)
{
    enum vb_code code = VB_OK;
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        struct vb_round_row row;
        code = vb_store_find_round(gathered->store, sessions[i].round, &gathered->arena, &row, err);
        if (code == VB_OK)
            code = add_round(gathered, &row, &sessions[i], err);
    }
    return code;
}

/* -- who looked, and what was erased ----------------------------------------------------------- */

/* A blob's name begins with its session's id. */
static bool is_about(const struct vb_gathered *gathered, const char *subject)
{
    const struct vb_export *export = &gathered->export;
    if (vb_streq(subject, export->person) || vb_streq(subject, export->case_id))
        return true;
    for (int i = 0; i < export->round_count; i++) {
        const struct vb_own_session *own = export->rounds[i].own;
        if (vb_streq(subject, export->rounds[i].id))
            return true;
        if (own != NULL && vb_starts_with(subject, own->id))
            return true;
    }
    for (size_t i = 0; i < gathered->joint_count; i++)
        if (vb_starts_with(subject, gathered->joint[i]))
            return true;
    return false;
}

bool vb_gathered_is_about(const struct vb_gathered *gathered, const struct vb_audit_row *row)
{
    const struct vb_export *export = &gathered->export;
    if (!vb_audit_of_everything(row))
        return is_about(gathered, row->subject);
    for (int i = 0; i < export->round_count; i++)
        if (export->rounds[i].created_wall_ms <= row->wall_ms)
            return true;
    return false;
}

static enum vb_code read_looks(struct vb_gathered *gathered, struct vb_err *err)
{
    struct vb_store *store = gathered->store;
    struct vb_export *export = &gathered->export;
    struct vb_audit_row *rows;
    struct vb_export_look *looks = NULL;
    size_t count, cap = 0;
    enum vb_code code = store->ops->audit(store, &gathered->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (!vb_gathered_is_about(gathered, &rows[i]))
            continue;
        struct vb_export_look *look = vb_arena_push(
            &gathered->arena, &looks, (size_t) export->look_count++, &cap, sizeof *look);
        *look = (struct vb_export_look){ rows[i].wall_ms, rows[i].action, rows[i].subject,
                                         rows[i].by, rows[i].on_behalf };
    }
    export->looks = looks;
    return code;
}

static enum vb_code read_erasures(struct vb_gathered *gathered, struct vb_err *err)
{
    struct vb_store *store = gathered->store;
    struct vb_export *export = &gathered->export;
    struct vb_erasure_row *rows;
    struct vb_export_erasure *list = NULL;
    size_t count, cap = 0;
    enum vb_code code = store->ops->erasures(store, &gathered->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        export->erased |= rows[i].what == VB_ERASE_PERSON && vb_streq(rows[i].id, export->person);
        if (!is_about(gathered, rows[i].id))
            continue;
        struct vb_export_erasure *erasure = vb_arena_push(
            &gathered->arena, &list, (size_t) export->erasure_count++, &cap, sizeof *erasure);
        *erasure = (struct vb_export_erasure){ vb_erasable_name(rows[i].what), rows[i].id,
                                               rows[i].reason, rows[i].wall_ms, rows[i].done };
    }
    export->erasures = list;
    return code;
}

static enum vb_code gather(struct vb_gathered *gathered, const char *person, struct vb_err *err)
{
    struct vb_store *store = gathered->store;
    struct vb_person_row row;
    struct vb_session_row *sessions;
    size_t count;
    enum vb_code code = store->ops->person(store, person, &gathered->arena, &row, err);
    if (code == VB_OK)
        code = store->ops->person_sessions(store, person, &gathered->arena, &sessions, &count, err);
    if (code != VB_OK)
        return code;
    gathered->export.person = row.id;
    gathered->export.role = row.role;
    gathered->export.label = row.label;
    gathered->export.language = row.language;
    gathered->export.case_id = row.case_id;
    gathered->export.made_wall_ms = gathered->env->clock.wall_ms(gathered->env->clock.ctx);
    code = row.case_id == NULL ? without_case(gathered, sessions, count, err)
                               : of_case(gathered, sessions, count, err);
    gathered->export.rounds = gathered->rounds;
    if (code == VB_OK)
        code = read_looks(gathered, err);
    return code == VB_OK ? read_erasures(gathered, err) : code;
}

enum vb_code vb_export_gather(struct vb_gathered **out, struct vb_store *store,
                              const struct vb_env *env, const char *person, struct vb_err *err)
{
    struct vb_gathered *gathered = vb_new(struct vb_gathered);
    gathered->store = store;
    gathered->env = env;
    enum vb_code code = gather(gathered, person, err);
    if (code != VB_OK) {
        vb_gathered_destroy(gathered);
        return vb_while(err, "gathering what there is about person %s", person);
    }
    *out = gathered;
    return VB_OK;
}
