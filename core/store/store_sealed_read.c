/* The reading half of the sealed store: the store below reads, what was sealed is opened in place,
 * and most things never were. */
#include <string.h>

#include "base/str.h"
#include "store/store_rule.h"
#include "store/store_sealed_inner.h"

static struct vb_store *below_of(struct vb_store *store)
{
    return ((struct sealed_store *)store)->below;
}

static struct vb_keys *keys_of(struct vb_store *store)
{
    return ((struct sealed_store *)store)->keys;
}

/* -- as they are below -- */

#define LISTS(op, row)                                                                             \
    static enum vb_code read_##op(struct vb_store *store, struct vb_arena *arena,                  \
                                  struct row **out, size_t *count, struct vb_err *err)             \
    {                                                                                              \
        struct vb_store *below = below_of(store);                                                  \
        return below->ops->op(below, arena, out, count, err);                                      \
    }
#define LISTS_OF(op, row)                                                                          \
    static enum vb_code read_##op(struct vb_store *store, const char *id, struct vb_arena *arena,  \
                                  struct row **out, size_t *count, struct vb_err *err)             \
    {                                                                                              \
        struct vb_store *below = below_of(store);                                                  \
        return below->ops->op(below, id, arena, out, count, err);                                  \
    }
#define GIVES(op, row)                                                                             \
    static enum vb_code read_##op(struct vb_store *store, const char *id, struct vb_arena *arena,  \
                                  struct row *out, struct vb_err *err)                             \
    {                                                                                              \
        struct vb_store *below = below_of(store);                                                  \
        return below->ops->op(below, id, arena, out, err);                                         \
    }

LISTS(rounds, vb_round_row)
LISTS(cases, vb_case_row)
LISTS(audit, vb_audit_row)
LISTS_OF(case_rounds, vb_round_row)
LISTS_OF(prefix_rounds, vb_round_row)
LISTS_OF(person_sessions, vb_session_row)
LISTS_OF(sessions, vb_session_row)
LISTS_OF(revisions, vb_revision_row)
GIVES(case_row, vb_case_row)
GIVES(session, vb_session_row)

static enum vb_code read_audit_head(struct vb_store *store, struct vb_arena *arena,
                                    struct vb_audit_head *out, struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    return below->ops->audit_head(below, arena, out, err);
}

static enum vb_code read_instrument(struct vb_store *store, const char *digest,
                                    struct vb_arena *arena, struct vb_file **files, size_t *count,
                                    const char **main_path, struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    return below->ops->instrument(below, digest, arena, files, count, main_path, err);
}

static enum vb_code read_version(struct vb_store *store, const char *instrument,
                                 const char *version, struct vb_arena *arena, const char **digest,
                                 struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    return below->ops->version(below, instrument, version, arena, digest, err);
}

static enum vb_code read_settings(struct vb_store *store, const char *prefix,
                                  struct vb_arena *arena, struct vb_setting_row **out,
                                  size_t *count, struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    size_t left = 0;
    enum vb_code code = below->ops->settings(below, prefix, arena, out, count, err);
    for (size_t i = 0; code == VB_OK && i < *count; i++)
        if (!vb_starts_with((*out)[i].name, VB_SEALED_SETTINGS))
            (*out)[left++] = (*out)[i];
    *count = left;
    return code;
}

/* -- persons -- */

static enum vb_code open_persons(struct vb_store *store, struct vb_arena *arena,
                                 struct vb_person_row *rows, size_t count, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    for (size_t i = 0; i < count && code == VB_OK; i++)
        code = vb_sealed_open_label(keys_of(store), &rows[i], arena, err);
    return code;
}

static enum vb_code read_person(struct vb_store *store, const char *id, struct vb_arena *arena,
                                struct vb_person_row *out, struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    enum vb_code code = below->ops->person(below, id, arena, out, err);
    return code == VB_OK ? open_persons(store, arena, out, 1, err) : code;
}

static enum vb_code read_persons(struct vb_store *store, const char *case_id,
                                 struct vb_arena *arena, struct vb_person_row **out, size_t *count,
                                 struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    enum vb_code code = below->ops->persons(below, case_id, arena, out, count, err);
    return code == VB_OK ? open_persons(store, arena, *out, *count, err) : code;
}

static enum vb_code read_prefix_persons(struct vb_store *store, const char *prefix,
                                        struct vb_arena *arena, struct vb_person_row **out,
                                        size_t *count, struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    enum vb_code code = below->ops->prefix_persons(below, prefix, arena, out, count, err);
    return code == VB_OK ? open_persons(store, arena, *out, *count, err) : code;
}

/* -- events -- */

/* Against the end that stood before they were read. */
static enum vb_code read_to_end(struct vb_store *store, const char *session, int64_t first_seq,
                                const char *end, struct vb_arena *arena, struct vb_event_row **out,
                                size_t *count, struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    enum vb_code code = below->ops->events(below, session, first_seq, arena, out, count, err);
    for (size_t i = 0; code == VB_OK && i < *count; i++)
        code = vb_sealed_open_event(keys_of(store), &(*out)[i], arena, err);
    if (code != VB_OK)
        return code;
    int64_t reached = *count > 0 ? (*out)[*count - 1].seq : first_seq - 1;
    return vb_sealed_check_end((struct sealed_store *)store, session, end, reached, arena, err);
}

/* End, events and session are read one after the other, and somebody may write in between. Then
 * there is another end, and it is done again. */
static enum vb_code read_events(struct vb_store *store, const char *session, int64_t first_seq,
                                struct vb_arena *arena, struct vb_event_row **out, size_t *count,
                                struct vb_err *err)
{
    struct sealed_store *sealed = (struct sealed_store *)store;
    const char *end, *then;
    struct vb_err unread;
    enum vb_code code = vb_sealed_read_end(sealed, session, arena, &end, err);
    while (code == VB_OK) {
        code = read_to_end(store, session, first_seq, end, arena, out, count, err);
        then = end;
        if (code != VB_E_DATA ||
            vb_sealed_read_end(sealed, session, arena, &end, &unread) != VB_OK ||
            vb_streq(end, then))
            return code;
        code = VB_OK;
    }
    return code;
}

/* -- blobs -- */

static enum vb_code read_blob(struct vb_store *store, const char *digest, struct vb_arena *arena,
                              struct vb_blob_row *out, struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    const char *name = vb_sealed_blob_name(keys_of(store), digest, arena);
    enum vb_code code = below->ops->blob(below, name, arena, out, err);
    if (code == VB_E_ABSENT)
        return vb_store_rule_absent(err, "blob", digest);
    if (code == VB_OK)
        code = vb_sealed_open_blob(keys_of(store), out, true, arena, err);
    if (code == VB_OK)
        out->digest = vb_arena_strdup(arena, digest);
    return code;
}

static enum vb_code read_session_blobs(struct vb_store *store, const char *session,
                                       struct vb_arena *arena, struct vb_blob_row **out,
                                       size_t *count, struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    enum vb_code code = below->ops->session_blobs(below, session, arena, out, count, err);
    for (size_t i = 0; code == VB_OK && i < *count; i++)
        code = vb_sealed_open_blob(keys_of(store), &(*out)[i], false, arena, err);
    return code;
}

/* A picture's tombstone stands below under its name; above under its digest, as long as the
 * session that knows it can be read. */
static enum vb_code name_blob(struct vb_store *store, struct vb_erasure_row *row,
                              struct vb_arena *arena, struct vb_err *err)
{
    struct vb_blob_row *blobs;
    const char *session, *name;
    size_t count = 0;
    if (!vb_store_rule_blob_name(arena, row->id, &session, &name))
        return VB_OK;
    enum vb_code code = read_session_blobs(store, session, arena, &blobs, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (vb_streq(vb_sealed_blob_name(keys_of(store), blobs[i].digest, arena), name))
            row->id = vb_arena_printf(arena, "%s %s", session, blobs[i].digest);
    return code;
}

static enum vb_code read_erasures(struct vb_store *store, struct vb_arena *arena,
                                  struct vb_erasure_row **out, size_t *count, struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    enum vb_code code = below->ops->erasures(below, arena, out, count, err);
    for (size_t i = 0; code == VB_OK && i < *count; i++)
        if ((*out)[i].what == VB_ERASE_BLOB)
            code = name_blob(store, &(*out)[i], arena, err);
    return code;
}

/* -- outputs and parcels -- */

static enum vb_code read_outputs(struct vb_store *store, const char *round, struct vb_arena *arena,
                                 struct vb_output_row **out, size_t *count, struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    enum vb_code code = below->ops->outputs(below, round, arena, out, count, err);
    for (size_t i = 0; code == VB_OK && i < *count; i++)
        code = vb_sealed_open_options(keys_of(store), &(*out)[i], arena, err);
    return code;
}

static enum vb_code read_parcels(struct vb_store *store, const struct vb_parcel_query *query,
                                 struct vb_arena *arena, struct vb_parcel_row **out, size_t *count,
                                 struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    enum vb_code code = below->ops->parcels(below, query, arena, out, count, err);
    for (size_t i = 0; code == VB_OK && i < *count; i++)
        code = vb_sealed_open_reason(keys_of(store), &(*out)[i], arena, err);
    return code;
}

/* -- staff, tokens, assignments -- */

LISTS_OF(assignments, vb_assignment_row)

static enum vb_code read_staff(struct vb_store *store, const char *prefix, struct vb_arena *arena,
                               struct vb_staff_row **out, size_t *count, struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    enum vb_code code = below->ops->staff(below, prefix, arena, out, count, err);
    for (size_t i = 0; code == VB_OK && i < *count; i++)
        code = vb_sealed_open_secrets(keys_of(store), &(*out)[i], arena, err);
    return code;
}

static enum vb_code read_tokens(struct vb_store *store, const struct vb_token_query *query,
                                struct vb_arena *arena, struct vb_token_row **out, size_t *count,
                                struct vb_err *err)
{
    struct vb_store *below = below_of(store);
    enum vb_code code = below->ops->tokens(below, query, arena, out, count, err);
    for (size_t i = 0; code == VB_OK && i < *count; i++)
        code = vb_sealed_open_body(keys_of(store), &(*out)[i], arena, err);
    return code;
}

void vb_sealed_reads(struct vb_store_ops *ops)
{
    ops->rounds = read_rounds;
    ops->case_rounds = read_case_rounds;
    ops->prefix_rounds = read_prefix_rounds;
    ops->case_row = read_case_row;
    ops->persons = read_persons;
    ops->person = read_person;
    ops->session = read_session;
    ops->person_sessions = read_person_sessions;
    ops->prefix_persons = read_prefix_persons;
    ops->cases = read_cases;
    ops->sessions = read_sessions;
    ops->events = read_events;
    ops->revisions = read_revisions;
    ops->blob = read_blob;
    ops->session_blobs = read_session_blobs;
    ops->instrument = read_instrument;
    ops->version = read_version;
    ops->audit = read_audit;
    ops->audit_head = read_audit_head;
    ops->erasures = read_erasures;
    ops->settings = read_settings;
    ops->outputs = read_outputs;
    ops->parcels = read_parcels;
    ops->staff = read_staff;
    ops->tokens = read_tokens;
    ops->assignments = read_assignments;
}
