/* A batch goes through here in one piece:
 *
 *      wishes   every key that a new person, session or picture needs, made in one sync
 *      seal     each request copied, its bodies, labels and pictures sealed; where logs end
 *      below    one batch of them
 *      again    what met itself there (it was committed already) without that, once more
 *      end      the keys of what was erased
 *
 * A request that is refused on the way stands aside; the others go on. */
#include "store/store_sealed.h"

#include <stdlib.h>

#include "base/str.h"
#include "store/store_rule.h"
#include "store/store_sealed_inner.h"

struct work { /* one request on its way */
    struct vb_request *request;
    struct vb_change *changes;     /* as they go down; in arena */
    size_t count;                  /* of those */
    size_t first_wish, wish_count; /* of struct plan */
    bool refused;
};
struct plan { /* all of a batch */
    struct sealed_store *sealed;
    struct vb_arena *arena; /* the sealed store's */
    struct work *works;
    size_t count;
    struct vb_key_wish *wishes;
    size_t wish_count, wish_cap;
};

static void refuse(struct work *work, enum vb_code code)
{
    work->request->code = code;
    work->refused = true;
}

/* -- wishes -- */

static void wish(struct plan *plan, struct vb_key_wish wish)
{
    vb_arena_push(plan->arena, &plan->wishes, plan->wish_count, &plan->wish_cap, sizeof wish);
    plan->wishes[plan->wish_count++] = wish;
}

/* From the end: who is asked for mostly came just before. */
static bool wished(const struct plan *plan, enum vb_erasable what, const char *id)
{
    for (size_t i = plan->wish_count; i > 0; i--)
        if (plan->wishes[i - 1].what == what && vb_streq(plan->wishes[i - 1].id, id))
            return true;
    return false;
}

/* A key is missing: is that because the store below has no such person or session either? Then it
 * is refused in the store's own words, else as what it is. */
static enum vb_code explain(struct sealed_store *sealed, enum vb_erasable what, const char *id,
                            struct vb_arena *arena, struct vb_err *err)
{
    struct vb_store *below = sealed->below;
    struct vb_err absent;
    enum vb_code code;
    if (what == VB_ERASE_PERSON)
        code = below->ops->person(below, id, arena, &(struct vb_person_row){ 0 }, &absent);
    else
        code = below->ops->session(below, id, arena, &(struct vb_session_row){ 0 }, &absent);
    if (code == VB_OK)
        return err->code;
    *err = absent;
    return code;
}

/* What is to hang on something needs its key to be there or to be made in the same batch. */
static enum vb_code check_under(struct plan *plan, enum vb_erasable what, const char *id,
                                struct vb_err *err)
{
    struct vb_keys *keys = plan->sealed->keys;
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found;
    if (wished(plan, what, id))
        return VB_OK;
    enum vb_code code = what == VB_ERASE_PERSON ? vb_keys_person(keys, id, key, &found, err)
                                                : vb_keys_session(keys, id, key, &found, err);
    return code == VB_E_CONFIG ? explain(plan->sealed, what, id, plan->arena, err) : code;
}

static enum vb_code wish_session(struct plan *plan, const struct vb_change *changes, size_t at,
                                 struct vb_err *err)
{
    const struct vb_session_row *row = &changes[at].session;
    struct vb_key_wish want = { .what = VB_ERASE_SESSION, .id = row->id };
    enum vb_code code;
    if (row->person == NULL) {
        const char **persons;
        code = vb_sealed_joint_persons(plan->sealed, row->round, changes, at, plan->arena, &persons,
                                       &want.person_count, err);
        want.persons = persons;
    } else {
        const char **one = vb_arena_alloc(plan->arena, sizeof *one);
        *one = row->person;
        want.persons = one;
        want.person_count = 1;
        code = check_under(plan, VB_ERASE_PERSON, row->person, err);
    }
    if (code == VB_OK)
        wish(plan, want);
    return code;
}

static enum vb_code wish_blob(struct plan *plan, const struct vb_blob_row *row, struct vb_err *err)
{
    enum vb_code code = check_under(plan, VB_ERASE_SESSION, row->session, err);
    if (code == VB_OK)
        wish(plan, (struct vb_key_wish){
                       .what = VB_ERASE_BLOB,
                       .id = vb_sealed_blob_name(plan->sealed->keys, row->digest, plan->arena),
                       .session = row->session,
                       .until_wall_ms = row->until_wall_ms,
                   });
    return code;
}

static void gather(struct plan *plan, struct work *work)
{
    const struct vb_request *request = work->request;
    struct vb_err *err = &work->request->err;
    enum vb_code code = VB_OK;
    work->first_wish = plan->wish_count;
    for (size_t i = 0; i < request->count && code == VB_OK; i++) {
        const struct vb_change *change = &request->changes[i];
        if (change->kind == VB_PUT_PERSON)
            wish(plan, (struct vb_key_wish){ .what = VB_ERASE_PERSON, .id = change->person.id });
        else if (change->kind == VB_PUT_SESSION)
            code = wish_session(plan, request->changes, i, err);
        else if (change->kind == VB_PUT_BLOB)
            code = wish_blob(plan, &change->blob, err);
    }
    if (code != VB_OK) {
        plan->wish_count = work->first_wish; /* nobody else saw them */
        refuse(work, code);
    }
    work->wish_count = plan->wish_count - work->first_wish;
}

/* All at once; when that is refused and several wished, each by itself, so that one does not stop
 * the others. */
static void grant(struct plan *plan)
{
    struct vb_keys *keys = plan->sealed->keys;
    struct vb_err err;
    size_t wishing = 0;
    enum vb_code code = vb_keys_make(keys, plan->wishes, plan->wish_count, &err);
    for (size_t i = 0; i < plan->count; i++)
        wishing += plan->works[i].wish_count > 0;
    for (size_t i = 0; i < plan->count && code != VB_OK; i++) {
        struct work *work = &plan->works[i];
        if (work->wish_count == 0)
            continue;
        work->request->err = err;
        enum vb_code own = wishing == 1 ? code
                                        : vb_keys_make(keys, plan->wishes + work->first_wish,
                                                       work->wish_count, &work->request->err);
        if (own != VB_OK)
            refuse(work, own);
    }
}

static bool counts(const struct vb_session_row *row, bool only_shared)
{
    if (row->person == NULL || row->erased || row->state == VB_SESSION_WITHDRAWN)
        return false;
    return !only_shared || row->state == VB_SESSION_SHARED;
}

/* The round's sessions as they will be when what stands before in the same commit is done. */
static enum vb_code sessions_so_far(struct sealed_store *sealed, const char *round,
                                    const struct vb_change *before, size_t before_count,
                                    struct vb_arena *arena, struct vb_session_row **out,
                                    size_t *count, struct vb_err *err)
{
    struct vb_session_row *rows;
    enum vb_code code =
        sealed->below->ops->sessions(sealed->below, round, arena, &rows, count, err);
    if (code != VB_OK)
        return code;
    *out = vb_arena_alloc(arena, (*count + before_count + 1) * sizeof **out);
    for (size_t i = 0; i < *count; i++)
        (*out)[i] = rows[i];
    for (size_t i = 0; i < before_count; i++) {
        const struct vb_session_row *row = &before[i].session;
        if (before[i].kind == VB_PUT_SESSION && vb_streq(row->round, round))
            (*out)[(*count)++] = *row;
        for (size_t j = 0; before[i].kind == VB_SET_SESSION && j < *count; j++)
            if (vb_streq((*out)[j].id, row->id))
                (*out)[j].state = row->state;
    }
    return VB_OK;
}

enum vb_code vb_sealed_joint_persons(struct sealed_store *sealed, const char *round,
                                     const struct vb_change *before, size_t before_count,
                                     struct vb_arena *arena, const char ***persons, int *count,
                                     struct vb_err *err)
{
    struct vb_session_row *rows;
    size_t row_count;
    enum vb_code code =
        sessions_so_far(sealed, round, before, before_count, arena, &rows, &row_count, err);
    if (code != VB_OK)
        return code;
    *persons = vb_arena_alloc(arena, (row_count + 1) * sizeof **persons);
    *count = 0;
    for (int only_shared = 1; only_shared >= 0 && *count == 0; only_shared--)
        for (size_t i = 0; i < row_count; i++)
            if (counts(&rows[i], only_shared == 1))
                (*persons)[(*count)++] = rows[i].person;
    return VB_OK;
}

/* -- sealing -- */

/* "SESSION DIGEST" as it stands below; what is no such id stays as it is, to be refused there. */
static const char *blob_id_below(struct vb_keys *keys, const char *id, struct vb_arena *arena)
{
    const char *session, *digest;
    if (!vb_store_rule_blob_name(arena, id, &session, &digest))
        return id;
    return vb_arena_printf(arena, "%s %s", session, vb_sealed_blob_name(keys, digest, arena));
}

static enum vb_code seal_change(struct sealed_store *sealed, struct vb_change *change,
                                struct vb_arena *arena, struct vb_err *err)
{
    struct vb_keys *keys = sealed->keys;
    enum vb_code code;
    switch (change->kind) {
    case VB_PUT_PERSON:
        return vb_sealed_put_label(keys, &change->person, arena, err);
    case VB_APPEND:
        code = vb_sealed_put_event(keys, &change->event, arena, err);
        return code != VB_E_CONFIG
                   ? code
                   : explain(sealed, VB_ERASE_SESSION, change->event.session, arena, err);
    case VB_PUT_BLOB:
        return vb_sealed_put_blob(keys, &change->blob, arena, err);
    case VB_ERASE:
        if (change->erasure.what == VB_ERASE_BLOB)
            change->erasure.id = blob_id_below(keys, change->erasure.id, arena);
        return VB_OK;
    case VB_PUT_OUTPUT:
        return vb_sealed_put_options(keys, &change->output, arena, err);
    case VB_SET_PARCEL:
        return vb_sealed_put_reason(keys, sealed->below, &change->parcel, arena, err);
    case VB_PUT_STAFF:
        return vb_sealed_put_secrets(keys, &change->staff, arena, err);
    case VB_PUT_TOKEN:
        code = vb_sealed_put_body(keys, &change->token, arena, err);
        return code != VB_E_CONFIG
                   ? code
                   : explain(sealed, VB_ERASE_PERSON, change->token.person, arena, err);
    default:
        return VB_OK;
    }
}

static void seal(struct plan *plan, struct work *work)
{
    enum vb_code code = VB_OK;
    work->count = work->request->count;
    work->changes = vb_arena_alloc(plan->arena, (2 * work->count + 1) * sizeof *work->changes);
    for (size_t i = 0; i < work->count && code == VB_OK; i++) {
        work->changes[i] = work->request->changes[i];
        code = seal_change(plan->sealed, &work->changes[i], plan->arena, &work->request->err);
    }
    if (code == VB_OK)
        work->count = vb_sealed_put_ends(plan->sealed, work->changes, work->count, plan->arena);
    else
        refuse(work, code);
}

/* -- down, and once more -- */

/* Not cleared: each has room for a message, which is written only when there is one. */
static struct vb_request *requests_for(struct sealed_store *sealed, size_t count)
{
    if (count > sealed->request_cap) {
        sealed->requests = vb_realloc(sealed->requests, count * sizeof *sealed->requests);
        sealed->request_cap = count;
    }
    return sealed->requests;
}

static void hand_down(struct plan *plan, struct work **works, size_t count)
{
    struct vb_request *requests = requests_for(plan->sealed, count);
    for (size_t i = 0; i < count; i++) {
        requests[i].changes = works[i]->changes;
        requests[i].count = works[i]->count;
    }
    if (count > 0)
        vb_store_batch(plan->sealed->below, requests, count);
    for (size_t i = 0; i < count; i++) {
        works[i]->request->code = requests[i].code;
        if (requests[i].code != VB_OK)
            works[i]->request->err = requests[i].err;
    }
}

/* Is this very answer there already? The store below cannot tell: to it, it is bytes. */
static bool is_there(struct plan *plan, const struct vb_event_row *row)
{
    struct vb_store *below = plan->sealed->below;
    struct vb_event_row *rows;
    struct vb_err err;
    size_t count = 0;
    return row->answer_id[0] != '\0' &&
           below->ops->events(below, row->session, row->seq, plan->arena, &rows, &count, &err) ==
               VB_OK &&
           count > 0 && rows[0].seq == row->seq &&
           vb_sealed_open_event(plan->sealed->keys, &rows[0], plan->arena, &err) == VB_OK &&
           vb_streq(rows[0].answer_id, row->answer_id);
}

/* A label sealed again has other bytes: those that are there, when they say the same. */
static bool as_there(struct plan *plan, const struct vb_person_row *put, struct vb_person_row *out)
{
    struct vb_store *below = plan->sealed->below;
    struct vb_person_row row;
    struct vb_err err;
    if (below->ops->person(below, put->id, plan->arena, &row, &err) != VB_OK)
        return false;
    const char *sealed = row.label;
    if (vb_sealed_open_label(plan->sealed->keys, &row, plan->arena, &err) != VB_OK ||
        !vb_streq(row.label, put->label))
        return false;
    out->label = sealed;
    return true;
}

/* After a conflict: takes out, or makes as it is there, what this very commit put before. False:
 * there is none of that, and the conflict stands. */
static bool meets_itself(struct plan *plan, struct work *work)
{
    size_t left = 0;
    bool met = false;
    for (size_t i = 0; i < work->count; i++) {
        struct vb_change change = work->changes[i];
        if (i >= work->request->count) { /* an end */
            work->changes[left++] = change;
            continue;
        }
        const struct vb_change *asked = &work->request->changes[i];
        bool there = asked->kind == VB_APPEND && is_there(plan, &asked->event);
        if (asked->kind == VB_PUT_PERSON)
            met = as_there(plan, &asked->person, &change.person) || met;
        met = met || there;
        if (!there)
            work->changes[left++] = change;
    }
    work->count = left;
    return met;
}

/* -- ending -- */

/* The joint sessions of the person's rounds fall with it, whoever had shared when they were made.
 */
static enum vb_code end_joint(struct sealed_store *sealed, const char *person,
                              struct vb_arena *arena, struct vb_err *err)
{
    struct vb_store *below = sealed->below;
    struct vb_session_row *own, *all;
    size_t own_count = 0, count;
    enum vb_code code = below->ops->person_sessions(below, person, arena, &own, &own_count, err);
    for (size_t i = 0; i < own_count && code == VB_OK; i++) {
        count = 0;
        code = below->ops->sessions(below, own[i].round, arena, &all, &count, err);
        for (size_t j = 0; j < count && code == VB_OK; j++)
            if (all[j].person == NULL)
                code = vb_keys_destroy(sealed->keys, VB_ERASE_SESSION, all[j].id, err);
    }
    return code;
}

enum vb_code vb_sealed_end(struct sealed_store *sealed, const struct vb_erasure_row *erasure,
                           struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = vb_keys_destroy(sealed->keys, erasure->what, erasure->id, err);
    if (code == VB_OK && erasure->what == VB_ERASE_PERSON)
        code = end_joint(sealed, erasure->id, &arena, err);
    if (code == VB_OK && !erasure->done) {
        struct vb_change change = { .kind = VB_ERASE, .erasure = *erasure };
        change.erasure.done = true;
        code = sealed->below->ops->commit(sealed->below, &change, 1, err);
    }
    vb_arena_finish(&arena);
    return code;
}

/* The tombstones stand. What fails now is told, and sending the same again, or the next start,
 * finishes it. */
static void end(struct plan *plan, struct work *work)
{
    struct vb_request *request = work->request;
    for (size_t i = 0; i < work->count && request->code == VB_OK; i++)
        if (work->changes[i].kind == VB_ERASE)
            request->code = vb_sealed_end(plan->sealed, &work->changes[i].erasure, &request->err);
}

/* -- the store -- */

static void carry_out(struct plan *plan)
{
    struct work **live = vb_arena_alloc(plan->arena, (plan->count + 1) * sizeof *live);
    size_t count = 0, again = 0;
    for (size_t i = 0; i < plan->count; i++) {
        if (!plan->works[i].refused)
            seal(plan, &plan->works[i]);
        if (!plan->works[i].refused)
            live[count++] = &plan->works[i];
    }
    hand_down(plan, live, count);
    for (size_t i = 0; i < count; i++)
        if (live[i]->request->code == VB_OK)
            end(plan, live[i]);
    for (size_t i = 0; i < count; i++)
        if (live[i]->request->code == VB_E_CONFLICT && meets_itself(plan, live[i]))
            live[again++] = live[i];
    hand_down(plan, live, again);
    for (size_t i = 0; i < again; i++)
        if (live[i]->request->code == VB_OK)
            end(plan, live[i]);
}

static void batch(struct vb_store *store, struct vb_request *requests, size_t count)
{
    struct sealed_store *sealed = (struct sealed_store *)store;
    struct plan plan = { .sealed = sealed, .arena = &sealed->arena, .count = count };
    plan.works = vb_arena_alloc(plan.arena, (count + 1) * sizeof *plan.works);
    for (size_t i = 0; i < count; i++) {
        plan.works[i].request = &requests[i];
        gather(&plan, &plan.works[i]);
    }
    grant(&plan);
    carry_out(&plan);
    vb_arena_reset(plan.arena);
}

static enum vb_code commit(struct vb_store *store, const struct vb_change *changes, size_t count,
                           struct vb_err *err)
{
    struct vb_request request;
    request.changes = changes;
    request.count = count;
    batch(store, &request, 1);
    if (request.code != VB_OK)
        *err = request.err;
    return request.code;
}

static enum vb_code idle(struct vb_store *store, bool *worked, struct vb_err *err)
{
    struct vb_store *below = ((struct sealed_store *)store)->below;
    *worked = false;
    return below->ops->idle == NULL ? VB_OK : below->ops->idle(below, worked, err);
}

static void destroy(struct vb_store *store)
{
    struct sealed_store *sealed = (struct sealed_store *)store;
    vb_store_destroy(sealed->below);
    vb_arena_finish(&sealed->arena);
    free(sealed->requests);
    free(sealed);
}

struct vb_store *vb_store_sealed_create(struct vb_store *below, struct vb_keys *keys)
{
    struct sealed_store *sealed = vb_new(struct sealed_store);
    sealed->store.ops = &sealed->ops;
    sealed->ops = (struct vb_store_ops){
        .name = below->ops->name, /* what it is made of */
        .commit = commit,
        .batch = batch,
        .idle = idle,
        .destroy = destroy,
    };
    vb_sealed_reads(&sealed->ops);
    sealed->below = below;
    sealed->keys = keys;
    return &sealed->store;
}
