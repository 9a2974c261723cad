/* A commit is applied change by change; each step is noted, and the first refusal takes the noted
 * steps back, last first. What a refused commit copied stays in the arena until the end. */
#include "store/store_memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "store/store_audit.h"
#include "store/store_copy.h"
#include "store/store_memory_inner.h"
#include "store/store_rule.h"

static void note(struct memory_store *memory, struct memory_undo step)
{
    vb_push(&memory->undo, memory->undo_count, &memory->undo_cap, sizeof step);
    memory->undo[memory->undo_count++] = step;
}

void vb_store_memory_add_row(struct memory_store *memory, struct vb_table *table, void *row)
{
    vb_table_add(table, row);
    note(memory, (struct memory_undo){ .kind = UNDO_ROW, .what = table });
}

void vb_store_memory_add_to(struct memory_store *memory, struct memory_list *list, void *item)
{
    vb_arena_push(&memory->arena, &list->items, list->count, &list->cap, sizeof item);
    list->items[list->count++] = item;
    note(memory, (struct memory_undo){ .kind = UNDO_LIST, .what = list });
}

void vb_store_memory_changing(struct memory_store *memory, void *what, size_t size)
{
    void *saved = vb_arena_alloc(&memory->arena, size);
    memcpy(saved, what, size);
    note(memory, (struct memory_undo){ UNDO_CHANGED, what, saved, size });
}

static void take_back(struct memory_store *memory)
{
    memory->wipe_count = 0;
    while (memory->undo_count > 0) {
        struct memory_undo *step = &memory->undo[--memory->undo_count];
        switch (step->kind) {
        case UNDO_ROW:
            vb_table_drop_last(step->what);
            break;
        case UNDO_LIST:
            ((struct memory_list *)step->what)->count--;
            break;
        case UNDO_CHANGED:
            memcpy(step->what, step->saved, step->size);
            break;
        }
    }
}

/* The commit stands: erased content goes, also from memory that is no longer pointed at. */
static void wipe(struct memory_store *memory)
{
    for (size_t i = 0; i < memory->wipe_count; i++)
        explicit_bzero(memory->wipes[i].bytes, memory->wipes[i].len);
    memory->wipe_count = 0;
}

/* -- one change each -- */

static enum vb_code put_instrument(struct memory_store *memory, const struct vb_plan *plan,
                                   struct vb_err *err)
{
    if (vb_table_find(&memory->instruments, plan->digest) != NULL)
        return VB_OK;
    for (size_t i = 0; i < memory->instruments.count; i++) {
        const struct memory_instrument *kept = (void *)memory->instruments.rows[i];
        if (!vb_store_rule_free_version(plan->version) && vb_streq(kept->plan->id, plan->id) &&
            vb_streq(kept->plan->version, plan->version))
            return vb_store_rule_changed(err, plan, kept->plan->digest);
    }
    struct memory_instrument *row = vb_arena_new(&memory->arena, struct memory_instrument);
    row->plan = vb_store_copy_plan(&memory->arena, plan);
    row->key = row->plan->digest;
    vb_store_memory_add_row(memory, &memory->instruments, row);
    return VB_OK;
}

static enum vb_code put_case(struct memory_store *memory, const struct vb_case_row *put)
{
    if (vb_table_find(&memory->cases, put->id) != NULL)
        return VB_OK;
    struct memory_case *row = vb_arena_new(&memory->arena, struct memory_case);
    row->row = vb_store_copy_case(&memory->arena, put);
    row->key = row->row.id;
    vb_store_memory_add_row(memory, &memory->cases, row);
    return VB_OK;
}

/* The case of that id, the caseless one for NULL; NULL when there is none. */
static struct memory_case *case_of(struct memory_store *memory, const char *id)
{
    return id == NULL ? &memory->caseless : vb_table_find(&memory->cases, id);
}

static enum vb_code put_person(struct memory_store *memory, const struct vb_person_row *put,
                               struct vb_err *err)
{
    const struct memory_person *kept = vb_table_find(&memory->persons, put->id);
    if (kept != NULL)
        return vb_store_rule_same_person(&kept->row, put)
                   ? VB_OK
                   : vb_store_rule_taken(err, "person", put->id);
    struct memory_case *of = case_of(memory, put->case_id);
    if (of == NULL)
        return vb_store_rule_absent(err, "case", put->case_id);
    struct memory_person *row = vb_arena_new(&memory->arena, struct memory_person);
    row->row = vb_store_copy_person(&memory->arena, put);
    row->key = row->row.id;
    vb_store_memory_add_row(memory, &memory->persons, row);
    vb_store_memory_add_to(memory, &of->persons, row);
    return VB_OK;
}

/* Another open round of the same case, instrument and wave; NULL: none. */
static const struct memory_round *open_beside(struct memory_store *memory,
                                              const struct vb_round_row *row)
{
    if (row->case_id == NULL)
        return NULL;
    const struct memory_case *of = case_of(memory, row->case_id);
    for (size_t i = 0; i < of->rounds.count; i++) {
        const struct memory_round *other = of->rounds.items[i];
        if (other->row.state == VB_ROUND_OPEN && !vb_streq(other->row.id, row->id) &&
            vb_streq(other->row.instrument, row->instrument) &&
            vb_streq(other->row.wave, row->wave))
            return other;
    }
    return NULL;
}

static enum vb_code check_round(struct memory_store *memory, const struct vb_round_row *put,
                                struct vb_err *err)
{
    const struct memory_instrument *instrument = vb_table_find(&memory->instruments, put->digest);
    if (instrument == NULL || !vb_streq(instrument->plan->id, put->instrument) ||
        !vb_streq(instrument->plan->version, put->version))
        return vb_store_rule_absent(err, "kept instrument", put->digest);
    if (case_of(memory, put->case_id) == NULL)
        return vb_store_rule_absent(err, "case", put->case_id);
    const struct memory_round *other =
        put->state == VB_ROUND_OPEN ? open_beside(memory, put) : NULL;
    return other == NULL ? VB_OK : vb_store_rule_open_round(err, put, other->row.id);
}

static enum vb_code put_round(struct memory_store *memory, const struct vb_round_row *put,
                              struct vb_err *err)
{
    const struct memory_round *kept = vb_table_find(&memory->rounds, put->id);
    if (kept != NULL)
        return vb_store_rule_same_round(&kept->row, put)
                   ? VB_OK
                   : vb_store_rule_taken(err, "round", put->id);
    enum vb_code code = check_round(memory, put, err);
    if (code != VB_OK)
        return code;
    struct memory_round *row = vb_arena_new(&memory->arena, struct memory_round);
    row->row = vb_store_copy_round(&memory->arena, put);
    row->key = row->row.id;
    vb_store_memory_add_row(memory, &memory->rounds, row);
    vb_store_memory_add_to(memory, &case_of(memory, put->case_id)->rounds, row);
    return VB_OK;
}

static enum vb_code set_round(struct memory_store *memory, const struct vb_round_row *set,
                              struct vb_err *err)
{
    struct memory_round *row = vb_table_find(&memory->rounds, set->id);
    if (row == NULL)
        return vb_store_rule_absent(err, "round", set->id);
    const struct memory_round *other =
        set->state == VB_ROUND_OPEN ? open_beside(memory, &row->row) : NULL;
    if (other != NULL)
        return vb_store_rule_open_round(err, &row->row, other->row.id);
    vb_store_memory_changing(memory, &row->row.state, sizeof row->row.state);
    row->row.state = set->state;
    if (vb_store_rule_ends_tokens(set->state))
        return vb_store_memory_end_tokens(memory, &(struct vb_token_query){ .round = set->id });
    return VB_OK;
}

static enum vb_code check_session(struct memory_store *memory, const struct vb_session_row *put,
                                  struct vb_err *err)
{
    const struct memory_round *round = vb_table_find(&memory->rounds, put->round);
    if (round == NULL)
        return vb_store_rule_absent(err, "round", put->round);
    if (put->person != NULL && vb_table_find(&memory->persons, put->person) == NULL)
        return vb_store_rule_absent(err, "person", put->person);
    for (size_t i = 0; i < round->sessions.count; i++) {
        const struct memory_session *other = round->sessions.items[i];
        if (vb_streq(other->row.person, put->person))
            return vb_store_rule_second_session(err, put->round);
    }
    return VB_OK;
}

static enum vb_code put_session(struct memory_store *memory, const struct vb_session_row *put,
                                struct vb_err *err)
{
    const struct memory_session *kept = vb_table_find(&memory->sessions, put->id);
    if (kept != NULL)
        return vb_store_rule_same_session(&kept->row, put)
                   ? VB_OK
                   : vb_store_rule_taken(err, "session", put->id);
    enum vb_code code = check_session(memory, put, err);
    if (code != VB_OK)
        return code;
    struct memory_round *round = vb_table_find(&memory->rounds, put->round);
    struct memory_session *row = vb_arena_new(&memory->arena, struct memory_session);
    row->row = vb_store_copy_session(&memory->arena, put);
    row->key = row->row.id;
    vb_store_memory_add_row(memory, &memory->sessions, row);
    vb_store_memory_add_to(memory, &round->sessions, row);
    struct memory_person *person =
        put->person == NULL ? NULL : vb_table_find(&memory->persons, put->person);
    if (person != NULL)
        vb_store_memory_add_to(memory, &person->sessions, row);
    return VB_OK;
}

static enum vb_code set_session(struct memory_store *memory, const struct vb_session_row *set,
                                struct vb_err *err)
{
    struct memory_session *row = vb_table_find(&memory->sessions, set->id);
    if (row == NULL)
        return vb_store_rule_absent(err, "session", set->id);
    vb_store_memory_changing(memory, &row->row.state, sizeof row->row.state);
    row->row.state = set->state;
    return VB_OK;
}

static enum vb_code append(struct memory_store *memory, const struct vb_event_row *put,
                           struct vb_err *err)
{
    struct memory_session *session = vb_table_find(&memory->sessions, put->session);
    if (session == NULL)
        return vb_store_rule_absent(err, "session", put->session);
    int64_t last_seq = (int64_t)session->events.count;
    if (put->seq >= 1 && put->seq <= last_seq && put->answer_id[0] != '\0') {
        const struct vb_event_row *there = session->events.items[put->seq - 1];
        if (vb_streq(there->answer_id, put->answer_id))
            return VB_OK;
    }
    if (session->row.erased && !put->erased)
        return vb_store_rule_erased(err, "session", put->session);
    if (put->seq != last_seq + 1)
        return vb_store_rule_seq(err, put, last_seq);
    struct vb_event_row *row = vb_arena_new(&memory->arena, struct vb_event_row);
    *row = vb_store_copy_event(&memory->arena, put);
    vb_store_memory_drop_parts(memory, row);
    vb_store_memory_add_to(memory, &session->events, row);
    return VB_OK;
}

static enum vb_code put_revision(struct memory_store *memory, const struct vb_revision_row *put,
                                 struct vb_err *err)
{
    struct memory_round *round = vb_table_find(&memory->rounds, put->round);
    if (round == NULL)
        return vb_store_rule_absent(err, "round", put->round);
    int last = (int)round->revisions.count;
    if (put->number >= 1 && put->number <= last &&
        vb_store_rule_same_revision(round->revisions.items[put->number - 1], put))
        return VB_OK;
    if (put->number != last + 1)
        return vb_store_rule_number(err, put, last);
    struct vb_revision_row *row = vb_arena_new(&memory->arena, struct vb_revision_row);
    *row = vb_store_copy_revision(&memory->arena, put);
    vb_store_memory_add_to(memory, &round->revisions, row);
    if (!memory->bringing)
        vb_store_memory_put_parcels(memory, round, row);
    return VB_OK;
}

static enum vb_code put_blob(struct memory_store *memory, const struct vb_blob_row *put,
                             struct vb_err *err)
{
    struct memory_session *session = vb_table_find(&memory->sessions, put->session);
    if (session == NULL)
        return vb_store_rule_absent(err, "session", put->session);
    if (session->row.erased && !put->erased)
        return vb_store_rule_erased(err, "session", put->session);
    const char *key = vb_arena_printf(&memory->arena, "%s %s", put->session, put->digest);
    if (vb_table_find(&memory->blobs, key) != NULL)
        return VB_OK;
    struct memory_blob *row = vb_arena_new(&memory->arena, struct memory_blob);
    row->row = vb_store_copy_blob(&memory->arena, put);
    row->key = key;
    vb_store_memory_add_row(memory, &memory->blobs, row);
    vb_store_memory_add_to(memory, &session->blobs, row);
    return VB_OK;
}

static enum vb_code put_setting(struct memory_store *memory, const struct vb_setting_row *put)
{
    struct vb_setting_row *row = NULL;
    for (size_t i = 0; i < memory->settings.count && row == NULL; i++) {
        struct vb_setting_row *kept = memory->settings.items[i];
        row = vb_streq(kept->name, put->name) ? kept : NULL;
    }
    if (row != NULL) {
        vb_store_memory_changing(memory, row, sizeof *row);
    } else {
        row = vb_arena_new(&memory->arena, struct vb_setting_row);
        vb_store_memory_add_to(memory, &memory->settings, row);
    }
    *row = vb_store_copy_setting(&memory->arena, put);
    return VB_OK;
}

static enum vb_code put_audit(struct memory_store *memory, const struct vb_audit_row *put)
{
    struct vb_audit_row *row = vb_arena_new(&memory->arena, struct vb_audit_row);
    const struct memory_list *before = &memory->audit;
    const struct vb_audit_row *last = before->count > 0 ? before->items[before->count - 1] : NULL;
    char hash[VB_DIGEST_SIZE];
    *row = vb_store_copy_audit(&memory->arena, put);
    row->previous = last == NULL ? "" : last->hash;
    vb_store_audit_hash(row, row->previous, hash);
    row->hash = vb_arena_strdup(&memory->arena, hash);
    vb_store_memory_add_to(memory, &memory->audit, row);
    return VB_OK;
}

/* -- commit -- */

static enum vb_code apply(struct memory_store *memory, const struct vb_change *change,
                          struct vb_err *err)
{
    switch (change->kind) {
    case VB_PUT_INSTRUMENT:
        return put_instrument(memory, change->plan, err);
    case VB_PUT_CASE:
        return put_case(memory, &change->case_row);
    case VB_PUT_PERSON:
        return put_person(memory, &change->person, err);
    case VB_PUT_ROUND:
        return put_round(memory, &change->round, err);
    case VB_PUT_SESSION:
        return put_session(memory, &change->session, err);
    case VB_APPEND:
        return append(memory, &change->event, err);
    case VB_SET_ROUND:
        return set_round(memory, &change->round, err);
    case VB_SET_SESSION:
        return set_session(memory, &change->session, err);
    case VB_PUT_REVISION:
        return put_revision(memory, &change->revision, err);
    case VB_PUT_BLOB:
        return put_blob(memory, &change->blob, err);
    case VB_PUT_AUDIT:
        return put_audit(memory, &change->audit);
    case VB_ERASE:
        return vb_store_memory_erase(memory, &change->erasure, err);
    case VB_PUT_SETTING:
        return put_setting(memory, &change->setting);
    case VB_PUT_OUTPUT:
        return vb_store_memory_put_output(memory, &change->output);
    case VB_SET_PARCEL:
        return vb_store_memory_set_parcel(memory, &change->parcel, err);
    case VB_PUT_STAFF:
        return vb_store_memory_put_staff(memory, &change->staff);
    case VB_PUT_TOKEN:
        return vb_store_memory_put_token(memory, &change->token, err);
    case VB_END_TOKENS:
        return vb_store_memory_end_tokens(memory, &change->tokens);
    case VB_FORGET_TOKENS:
        return vb_store_memory_forget_tokens(memory, &change->tokens);
    case VB_PUT_ASSIGNMENT:
        return vb_store_memory_put_assignment(memory, &change->assignment, err);
    }
    return vb_fail(err, VB_E_INTERNAL, "a change of unknown kind %d", (int)change->kind);
}

static enum vb_code commit(struct vb_store *store, const struct vb_change *changes, size_t count,
                           struct vb_err *err)
{
    struct memory_store *memory = (struct memory_store *)store;
    memory->undo_count = 0;
    for (size_t i = 0; i < count; i++) {
        enum vb_code code = apply(memory, &changes[i], err);
        if (code != VB_OK) {
            take_back(memory);
            return code;
        }
    }
    wipe(memory);
    return VB_OK;
}

static void destroy(struct vb_store *store)
{
    struct memory_store *memory = (struct memory_store *)store;
    vb_table_finish(&memory->instruments);
    vb_table_finish(&memory->cases);
    vb_table_finish(&memory->persons);
    vb_table_finish(&memory->rounds);
    vb_table_finish(&memory->sessions);
    vb_table_finish(&memory->blobs);
    vb_table_finish(&memory->parcels);
    vb_arena_finish(&memory->arena);
    free(memory->undo);
    free(memory->wipes);
    free(memory);
}

struct vb_store *vb_store_memory_create(void)
{
    static const struct vb_store_ops ops = {
        .name = "memory",
        .commit = commit,
        .rounds = vb_store_memory_rounds,
        .case_rounds = vb_store_memory_case_rounds,
        .prefix_rounds = vb_store_memory_prefix_rounds,
        .case_row = vb_store_memory_case_row,
        .persons = vb_store_memory_persons,
        .person = vb_store_memory_person,
        .session = vb_store_memory_session,
        .person_sessions = vb_store_memory_person_sessions,
        .prefix_persons = vb_store_memory_prefix_persons,
        .cases = vb_store_memory_cases,
        .sessions = vb_store_memory_sessions,
        .events = vb_store_memory_events,
        .revisions = vb_store_memory_revisions,
        .blob = vb_store_memory_blob,
        .session_blobs = vb_store_memory_session_blobs,
        .instrument = vb_store_memory_instrument,
        .version = vb_store_memory_version,
        .audit = vb_store_memory_audit,
        .audit_head = vb_store_memory_audit_head,
        .erasures = vb_store_memory_erasures,
        .settings = vb_store_memory_settings,
        .outputs = vb_store_memory_outputs,
        .parcels = vb_store_memory_parcels,
        .staff = vb_store_memory_staff,
        .tokens = vb_store_memory_tokens,
        .assignments = vb_store_memory_assignments,
        .destroy = destroy,
    };
    struct memory_store *memory = vb_new(struct memory_store);
    memory->store.ops = &ops;
    return &memory->store;
}
