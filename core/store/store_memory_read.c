/* The reading half of the memory store: everything handed out is copied to the caller's arena. */
#include "base/str.h"
#include "store/store_copy.h"
#include "store/store_memory_inner.h"
#include "store/store_rule.h"

static struct memory_store *inside(struct vb_store *store)
{
    return (struct memory_store *)store;
}

enum vb_code vb_store_memory_prefix_rounds(struct vb_store *store, const char *prefix,
                                           struct vb_arena *arena, struct vb_round_row **out,
                                           size_t *count, struct vb_err *err)
{
    (void)err;
    const struct vb_table *rounds = &inside(store)->rounds;
    size_t cap = 0;
    *out = NULL;
    *count = 0;
    for (size_t i = 0; i < rounds->count; i++) {
        const struct memory_round *round = (void *)rounds->rows[i];
        if (!vb_starts_with(round->key, prefix))
            continue;
        struct vb_round_row *row = vb_arena_push(arena, out, *count, &cap, sizeof *row);
        *row = vb_store_copy_round(arena, &round->row);
        ++*count;
    }
    vb_store_rule_sort_rounds(*out, *count);
    return VB_OK;
}

enum vb_code vb_store_memory_rounds(struct vb_store *store, struct vb_arena *arena,
                                    struct vb_round_row **out, size_t *count, struct vb_err *err)
{
    return vb_store_memory_prefix_rounds(store, "", arena, out, count, err);
}

static const struct memory_case *find_case(struct vb_store *store, const char *id)
{
    return id == NULL ? &inside(store)->caseless : vb_table_find(&inside(store)->cases, id);
}

enum vb_code vb_store_memory_case_rounds(struct vb_store *store, const char *case_id,
                                         struct vb_arena *arena, struct vb_round_row **out,
                                         size_t *count, struct vb_err *err)
{
    (void)err;
    const struct memory_case *of = find_case(store, case_id);
    *count = of == NULL ? 0 : of->rounds.count;
    *out = vb_arena_alloc(arena, *count * sizeof **out);
    for (size_t i = 0; i < *count; i++) {
        const struct memory_round *round = of->rounds.items[i];
        (*out)[i] = vb_store_copy_round(arena, &round->row);
    }
    vb_store_rule_sort_rounds(*out, *count);
    return VB_OK;
}

enum vb_code vb_store_memory_case_row(struct vb_store *store, const char *id,
                                      struct vb_arena *arena, struct vb_case_row *out,
                                      struct vb_err *err)
{
    const struct memory_case *row = vb_table_find(&inside(store)->cases, id);
    if (row == NULL)
        return vb_store_rule_absent(err, "case", id);
    *out = vb_store_copy_case(arena, &row->row);
    return VB_OK;
}

enum vb_code vb_store_memory_persons(struct vb_store *store, const char *case_id,
                                     struct vb_arena *arena, struct vb_person_row **out,
                                     size_t *count, struct vb_err *err)
{
    (void)err;
    const struct memory_case *of = find_case(store, case_id);
    *count = of == NULL ? 0 : of->persons.count;
    *out = vb_arena_alloc(arena, *count * sizeof **out);
    for (size_t i = 0; i < *count; i++) {
        const struct memory_person *person = of->persons.items[i];
        (*out)[i] = vb_store_copy_person(arena, &person->row);
    }
    return VB_OK;
}

enum vb_code vb_store_memory_person(struct vb_store *store, const char *id, struct vb_arena *arena,
                                    struct vb_person_row *out, struct vb_err *err)
{
    const struct memory_person *row = vb_table_find(&inside(store)->persons, id);
    if (row == NULL)
        return vb_store_rule_absent(err, "person", id);
    *out = vb_store_copy_person(arena, &row->row);
    return VB_OK;
}

enum vb_code vb_store_memory_prefix_persons(struct vb_store *store, const char *prefix,
                                            struct vb_arena *arena, struct vb_person_row **out,
                                            size_t *count, struct vb_err *err)
{
    (void)err;
    const struct vb_table *persons = &inside(store)->persons;
    size_t cap = 0;
    *out = NULL;
    *count = 0;
    for (size_t i = 0; i < persons->count; i++) {
        const struct memory_person *person = (void *)persons->rows[i];
        if (!vb_starts_with(person->key, prefix))
            continue;
        struct vb_person_row *row = vb_arena_push(arena, out, *count, &cap, sizeof *row);
        *row = vb_store_copy_person(arena, &person->row);
        ++*count;
    }
    return VB_OK;
}

enum vb_code vb_store_memory_cases(struct vb_store *store, struct vb_arena *arena,
                                   struct vb_case_row **out, size_t *count, struct vb_err *err)
{
    (void)err;
    const struct vb_table *cases = &inside(store)->cases;
    *count = cases->count;
    *out = vb_arena_alloc(arena, *count * sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = vb_store_copy_case(arena, &((struct memory_case *)(void *)cases->rows[i])->row);
    return VB_OK;
}

static struct vb_session_row copy_session(struct vb_arena *arena,
                                          const struct memory_session *session)
{
    struct vb_session_row copy = vb_store_copy_session(arena, &session->row);
    copy.last_seq = (int64_t)session->events.count;
    return copy;
}

enum vb_code vb_store_memory_session(struct vb_store *store, const char *id, struct vb_arena *arena,
                                     struct vb_session_row *out, struct vb_err *err)
{
    const struct memory_session *row = vb_table_find(&inside(store)->sessions, id);
    if (row == NULL)
        return vb_store_rule_absent(err, "session", id);
    *out = copy_session(arena, row);
    return VB_OK;
}

enum vb_code vb_store_memory_sessions(struct vb_store *store, const char *round,
                                      struct vb_arena *arena, struct vb_session_row **out,
                                      size_t *count, struct vb_err *err)
{
    (void)err;
    const struct memory_round *of = vb_table_find(&inside(store)->rounds, round);
    *count = of == NULL ? 0 : of->sessions.count;
    *out = vb_arena_alloc(arena, *count * sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = copy_session(arena, of->sessions.items[i]);
    return VB_OK;
}

enum vb_code vb_store_memory_person_sessions(struct vb_store *store, const char *person,
                                             struct vb_arena *arena, struct vb_session_row **out,
                                             size_t *count, struct vb_err *err)
{
    (void)err;
    const struct memory_person *of = vb_table_find(&inside(store)->persons, person);
    *count = of == NULL ? 0 : of->sessions.count;
    *out = vb_arena_alloc(arena, *count * sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = copy_session(arena, of->sessions.items[i]);
    return VB_OK;
}

enum vb_code vb_store_memory_events(struct vb_store *store, const char *session, int64_t first_seq,
                                    struct vb_arena *arena, struct vb_event_row **out,
                                    size_t *count, struct vb_err *err)
{
    (void)err;
    const struct memory_session *of = vb_table_find(&inside(store)->sessions, session);
    size_t first = first_seq > 1 ? (size_t)first_seq - 1 : 0;
    *count = of == NULL || first > of->events.count ? 0 : of->events.count - first;
    *out = vb_arena_alloc(arena, *count * sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = vb_store_copy_event(arena, of->events.items[first + i]);
    return VB_OK;
}

enum vb_code vb_store_memory_revisions(struct vb_store *store, const char *round,
                                       struct vb_arena *arena, struct vb_revision_row **out,
                                       size_t *count, struct vb_err *err)
{
    (void)err;
    const struct memory_round *of = vb_table_find(&inside(store)->rounds, round);
    *count = of == NULL ? 0 : of->revisions.count;
    *out = vb_arena_alloc(arena, *count * sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = vb_store_copy_revision(arena, of->revisions.items[i]);
    return VB_OK;
}

enum vb_code vb_store_memory_blob(struct vb_store *store, const char *digest,
                                  struct vb_arena *arena, struct vb_blob_row *out,
                                  struct vb_err *err)
{
    const struct vb_table *blobs = &inside(store)->blobs;
    const struct memory_blob *found = NULL;
    for (size_t i = 0; i < blobs->count && (found == NULL || found->row.erased); i++) {
        const struct memory_blob *blob = (void *)blobs->rows[i];
        if (vb_streq(blob->row.digest, digest) && (found == NULL || !blob->row.erased))
            found = blob;
    }
    if (found == NULL)
        return vb_store_rule_absent(err, "blob", digest);
    *out = vb_store_copy_blob(arena, &found->row);
    return VB_OK;
}

enum vb_code vb_store_memory_session_blobs(struct vb_store *store, const char *session,
                                           struct vb_arena *arena, struct vb_blob_row **out,
                                           size_t *count, struct vb_err *err)
{
    (void)err;
    const struct memory_session *of = vb_table_find(&inside(store)->sessions, session);
    *count = of == NULL ? 0 : of->blobs.count;
    *out = vb_arena_alloc(arena, *count * sizeof **out);
    for (size_t i = 0; i < *count; i++) {
        struct vb_blob_row name = ((struct memory_blob *)of->blobs.items[i])->row;
        name.bytes = NULL;
        (*out)[i] = vb_store_copy_blob(arena, &name);
    }
    return VB_OK;
}

enum vb_code vb_store_memory_instrument(struct vb_store *store, const char *digest,
                                        struct vb_arena *arena, struct vb_file **files,
                                        size_t *count, const char **main_path, struct vb_err *err)
{
    const struct memory_instrument *row = vb_table_find(&inside(store)->instruments, digest);
    if (row == NULL)
        return vb_store_rule_absent(err, "kept instrument", digest);
    *count = (size_t)row->plan->file_count;
    *files = vb_store_copy_files(arena, row->plan->files, *count);
    *main_path = vb_arena_strdup(arena, row->plan->main_path);
    return VB_OK;
}

enum vb_code vb_store_memory_version(struct vb_store *store, const char *instrument,
                                     const char *version, struct vb_arena *arena,
                                     const char **digest, struct vb_err *err)
{
    const struct vb_table *kept = &inside(store)->instruments;
    for (size_t i = kept->count; i > 0; i--) {
        const struct memory_instrument *row = (void *)kept->rows[i - 1];
        if (vb_streq(row->plan->id, instrument) && vb_streq(row->plan->version, version)) {
            *digest = vb_arena_strdup(arena, row->key);
            return VB_OK;
        }
    }
    return vb_store_rule_version(err, instrument, version);
}

enum vb_code vb_store_memory_audit(struct vb_store *store, struct vb_arena *arena,
                                   struct vb_audit_row **out, size_t *count, struct vb_err *err)
{
    (void)err;
    const struct memory_list *audit = &inside(store)->audit;
    *count = audit->count;
    *out = vb_arena_alloc(arena, *count * sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = vb_store_copy_audit(arena, audit->items[i]);
    return VB_OK;
}

enum vb_code vb_store_memory_audit_head(struct vb_store *store, struct vb_arena *arena,
                                        struct vb_audit_head *out, struct vb_err *err)
{
    (void)err;
    const struct memory_list *audit = &inside(store)->audit;
    const struct vb_audit_row *last = audit->count > 0 ? audit->items[audit->count - 1] : NULL;
    *out = (struct vb_audit_head){ .rows = (int64_t)audit->count,
                                   .hash = last == NULL ? "" : vb_arena_strdup(arena, last->hash),
                                   .sealed = true }; /* nobody else writes here */
    return VB_OK;
}

enum vb_code vb_store_memory_erasures(struct vb_store *store, struct vb_arena *arena,
                                      struct vb_erasure_row **out, size_t *count,
                                      struct vb_err *err)
{
    (void)err;
    const struct memory_list *erasures = &inside(store)->erasures;
    *count = erasures->count;
    *out = vb_arena_alloc(arena, *count * sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = vb_store_copy_erasure(arena, erasures->items[i]);
    return VB_OK;
}

enum vb_code vb_store_memory_settings(struct vb_store *store, const char *prefix,
                                      struct vb_arena *arena, struct vb_setting_row **out,
                                      size_t *count, struct vb_err *err)
{
    (void)err;
    const struct memory_list *settings = &inside(store)->settings;
    *count = 0;
    *out = vb_arena_alloc(arena, settings->count * sizeof **out);
    for (size_t i = 0; i < settings->count; i++) {
        const struct vb_setting_row *row = settings->items[i];
        if (row->value != NULL && vb_starts_with(row->name, prefix))
            (*out)[(*count)++] = vb_store_copy_setting(arena, row);
    }
    vb_store_rule_sort_settings(*out, *count);
    return VB_OK;
}
