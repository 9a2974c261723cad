/* The reading half of the queue: every function of struct vb_store_ops that reads packs what it was
 * given, and the same function of the reader's store is called with it, on whatever thread. */
#include "store/store_queue_inner.h"

struct call {
    const char *id;
    int64_t first_seq;
    struct vb_arena *arena;
    void *out;
    size_t *count;
    const char *second;     /* version */
    const char **main_path; /* instrument */
    const struct vb_parcel_query *query;
    const struct vb_token_query *tokens;
};

/* The three shapes that most of them have. */
#define LISTS(op, row)                                                                             \
    static enum vb_code call_##op(void *ctx, struct vb_store *reader, struct vb_err *err)          \
    {                                                                                              \
        struct call *call = ctx;                                                                   \
        return reader->ops->op(reader, call->arena, call->out, call->count, err);                  \
    }                                                                                              \
    static enum vb_code ask_##op(struct vb_store *queue, struct vb_arena *arena, struct row **out, \
                                 size_t *count, struct vb_err *err)                                \
    {                                                                                              \
        struct call call = { .arena = arena, .out = out, .count = count };                         \
        return vb_store_queue_ask(queue, call_##op, &call, err);                                   \
    }
#define LISTS_OF(op, row)                                                                          \
    static enum vb_code call_##op(void *ctx, struct vb_store *reader, struct vb_err *err)          \
    {                                                                                              \
        struct call *call = ctx;                                                                   \
        return reader->ops->op(reader, call->id, call->arena, call->out, call->count, err);        \
    }                                                                                              \
    static enum vb_code ask_##op(struct vb_store *queue, const char *id, struct vb_arena *arena,   \
                                 struct row **out, size_t *count, struct vb_err *err)              \
    {                                                                                              \
        struct call call = { .id = id, .arena = arena, .out = out, .count = count };               \
        return vb_store_queue_ask(queue, call_##op, &call, err);                                   \
    }
#define GIVES(op, row)                                                                             \
    static enum vb_code call_##op(void *ctx, struct vb_store *reader, struct vb_err *err)          \
    {                                                                                              \
        struct call *call = ctx;                                                                   \
        return reader->ops->op(reader, call->id, call->arena, call->out, err);                     \
    }                                                                                              \
    static enum vb_code ask_##op(struct vb_store *queue, const char *id, struct vb_arena *arena,   \
                                 struct row *out, struct vb_err *err)                              \
    {                                                                                              \
        struct call call = { .id = id, .arena = arena, .out = out };                               \
        return vb_store_queue_ask(queue, call_##op, &call, err);                                   \
    }

LISTS(rounds, vb_round_row)
LISTS(cases, vb_case_row)
LISTS(audit, vb_audit_row)
LISTS(erasures, vb_erasure_row)
LISTS_OF(case_rounds, vb_round_row)
LISTS_OF(prefix_rounds, vb_round_row)
LISTS_OF(persons, vb_person_row)
LISTS_OF(person_sessions, vb_session_row)
LISTS_OF(prefix_persons, vb_person_row)
LISTS_OF(sessions, vb_session_row)
LISTS_OF(revisions, vb_revision_row)
LISTS_OF(session_blobs, vb_blob_row)
LISTS_OF(settings, vb_setting_row)
LISTS_OF(outputs, vb_output_row)
LISTS_OF(staff, vb_staff_row)
LISTS_OF(assignments, vb_assignment_row)
GIVES(case_row, vb_case_row)
GIVES(person, vb_person_row)
GIVES(session, vb_session_row)
GIVES(blob, vb_blob_row)

static enum vb_code call_events(void *ctx, struct vb_store *reader, struct vb_err *err)
{
    struct call *call = ctx;
    return reader->ops->events(reader, call->id, call->first_seq, call->arena, call->out,
                               call->count, err);
}

static enum vb_code ask_events(struct vb_store *queue, const char *session, int64_t first_seq,
                               struct vb_arena *arena, struct vb_event_row **out, size_t *count,
                               struct vb_err *err)
{
    struct call call = {
        .id = session, .first_seq = first_seq, .arena = arena, .out = out, .count = count
    };
    return vb_store_queue_ask(queue, call_events, &call, err);
}

static enum vb_code call_parcels(void *ctx, struct vb_store *reader, struct vb_err *err)
{
    struct call *call = ctx;
    return reader->ops->parcels(reader, call->query, call->arena, call->out, call->count, err);
}

static enum vb_code ask_parcels(struct vb_store *queue, const struct vb_parcel_query *query,
                                struct vb_arena *arena, struct vb_parcel_row **out, size_t *count,
                                struct vb_err *err)
{
    struct call call = { .query = query, .arena = arena, .out = out, .count = count };
    return vb_store_queue_ask(queue, call_parcels, &call, err);
}

static enum vb_code call_tokens(void *ctx, struct vb_store *reader, struct vb_err *err)
{
    struct call *call = ctx;
    return reader->ops->tokens(reader, call->tokens, call->arena, call->out, call->count, err);
}

static enum vb_code ask_tokens(struct vb_store *queue, const struct vb_token_query *query,
                               struct vb_arena *arena, struct vb_token_row **out, size_t *count,
                               struct vb_err *err)
{
    struct call call = { .tokens = query, .arena = arena, .out = out, .count = count };
    return vb_store_queue_ask(queue, call_tokens, &call, err);
}

static enum vb_code call_instrument(void *ctx, struct vb_store *reader, struct vb_err *err)
{
    struct call *call = ctx;
    return reader->ops->instrument(reader, call->id, call->arena, call->out, call->count,
                                   call->main_path, err);
}

static enum vb_code ask_instrument(struct vb_store *queue, const char *digest,
                                   struct vb_arena *arena, struct vb_file **files, size_t *count,
                                   const char **main_path, struct vb_err *err)
{
    struct call call = {
        .id = digest, .arena = arena, .out = files, .count = count, .main_path = main_path
    };
    return vb_store_queue_ask(queue, call_instrument, &call, err);
}

static enum vb_code call_version(void *ctx, struct vb_store *reader, struct vb_err *err)
{
    struct call *call = ctx;
    return reader->ops->version(reader, call->id, call->second, call->arena, call->out, err);
}

static enum vb_code ask_version(struct vb_store *queue, const char *instrument, const char *version,
                                struct vb_arena *arena, const char **digest, struct vb_err *err)
{
    struct call call = { .id = instrument, .second = version, .arena = arena, .out = digest };
    return vb_store_queue_ask(queue, call_version, &call, err);
}

static enum vb_code call_audit_head(void *ctx, struct vb_store *reader, struct vb_err *err)
{
    struct call *call = ctx;
    return reader->ops->audit_head(reader, call->arena, call->out, err);
}

static enum vb_code ask_audit_head(struct vb_store *queue, struct vb_arena *arena,
                                   struct vb_audit_head *out, struct vb_err *err)
{
    struct call call = { .arena = arena, .out = out };
    return vb_store_queue_ask(queue, call_audit_head, &call, err);
}

void vb_store_queue_reads(struct vb_store_ops *ops)
{
    ops->rounds = ask_rounds;
    ops->case_rounds = ask_case_rounds;
    ops->prefix_rounds = ask_prefix_rounds;
    ops->case_row = ask_case_row;
    ops->persons = ask_persons;
    ops->person = ask_person;
    ops->session = ask_session;
    ops->person_sessions = ask_person_sessions;
    ops->prefix_persons = ask_prefix_persons;
    ops->cases = ask_cases;
    ops->sessions = ask_sessions;
    ops->events = ask_events;
    ops->revisions = ask_revisions;
    ops->blob = ask_blob;
    ops->session_blobs = ask_session_blobs;
    ops->instrument = ask_instrument;
    ops->version = ask_version;
    ops->audit = ask_audit;
    ops->audit_head = ask_audit_head;
    ops->erasures = ask_erasures;
    ops->settings = ask_settings;
    ops->outputs = ask_outputs;
    ops->parcels = ask_parcels;
    ops->staff = ask_staff;
    ops->tokens = ask_tokens;
    ops->assignments = ask_assignments;
}
