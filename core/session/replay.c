#include "session/replay.h"

#include <string.h>

/* -- who they are ----------------------------------------------------------------------------- */

/* Rosters only grow: most often the person met at this place last time is meant again. */
static const struct vb_person_row *met(const struct vb_replay *replay, const char *id, size_t place)
{
    if (place < replay->person_count && strcmp(replay->persons[place].id, id) == 0)
        return &replay->persons[place];
    for (size_t i = 0; i < replay->person_count; i++)
        if (strcmp(replay->persons[i].id, id) == 0)
            return &replay->persons[i];
    return NULL;
}

/* The person's row; *out NULL: the store has none. */
static enum vb_code look_up(struct vb_replay *replay, const char *id, size_t place,
                            const struct vb_person_row **out, struct vb_err *err)
{
    struct vb_person_row row;
    *out = id == NULL ? NULL : met(replay, id, place);
    if (id == NULL || *out != NULL)
        return VB_OK;
    enum vb_code code = replay->store->ops->person(replay->store, id, replay->arena, &row, err);
    if (code != VB_OK)
        return code == VB_E_ABSENT ? VB_OK : code;
    struct vb_person_row *kept = vb_arena_push(
        replay->arena, &replay->persons, replay->person_count, &replay->person_cap, sizeof *kept);
    *kept = row;
    replay->person_count++;
    *out = kept;
    return VB_OK;
}

/* A label that stands in an old log is the same as the row's, but for somebody who was erased. */
static enum vb_code name(struct vb_replay *replay, const char *id, const char **label,
                         struct vb_err *err)
{
    const struct vb_person_row *person;
    enum vb_code code = look_up(replay, id, SIZE_MAX, &person, err);
    if (code == VB_OK && person != NULL)
        *label = person->label;
    return code;
}

/* The members' list is ours to fill in: decode made it, in arena. */
static enum vb_code name_members(struct vb_replay *replay, const struct vb_member *list, int count,
                                 struct vb_err *err)
{
    struct vb_member *members = (struct vb_member *)list;
    for (int i = 0; i < count; i++) {
        const struct vb_person_row *person;
        enum vb_code code = look_up(replay, members[i].person, (size_t)i, &person, err);
        if (code != VB_OK)
            return code;
        if (person == NULL)
            continue;
        members[i].label = person->label;
        members[i].gone |= person->erased;
        replay->gaps |= person->erased;
    }
    return VB_OK;
}

static enum vb_code name_opened(struct vb_replay *replay, struct vb_opened *opened,
                                struct vb_err *err)
{
    enum vb_code code = name_members(replay, opened->members, opened->member_count, err);
    if (code == VB_OK)
        code = name(replay, opened->person, &opened->label, err);
    /* An old log has the names and not whose they are: who may have been erased is not named. */
    opened->client_name = opened->professional_name = NULL;
    if (code == VB_OK)
        code = name(replay, opened->client, &opened->client_name, err);
    if (code == VB_OK)
        code = name(replay, opened->professional, &opened->professional_name, err);
    return code;
}

/* In an old log, and while keys still have to be destroyed, it can be read: it counts no more. */
static enum vb_code forget_erased(struct vb_replay *replay, const struct vb_event_ids *ids,
                                  struct vb_event *event, struct vb_err *err)
{
    const struct vb_person_row *person;
    if (event->member < 0)
        return VB_OK;
    enum vb_code code =
        look_up(replay, ids->members[event->member].person, (size_t)event->member, &person, err);
    if (code == VB_OK && person != NULL && person->erased)
        *event = (struct vb_event){ .type = VB_EVENT_ERASED,
                                    .seq = event->seq,
                                    .wall_ms = event->wall_ms,
                                    .item = -1,
                                    .member = -1 };
    return code;
}

/* -- one row ---------------------------------------------------------------------------------- */

enum vb_code vb_replay_read(struct vb_replay *replay, const struct vb_fold *fold,
                            const struct vb_event_row *row, struct vb_event *out,
                            struct vb_err *err)
{
    struct vb_event_ids ids = { 0 };
    struct vb_event_pieces pieces = { row->answer_id, row->body,       row->body_len,
                                      row->parts,     row->part_count, row->erased };
    if (fold != NULL) {
        ids.plan = vb_fold_plan(fold);
        ids.members = vb_fold_members(fold, &ids.member_count);
    }
    enum vb_code code = vb_event_decode(out, replay->arena, &ids, &pieces, err);
    if (code != VB_OK)
        return code;
    out->seq = row->seq;
    out->wall_ms = row->wall_ms;
    if (out->type == VB_EVENT_OPENED)
        code = name_opened(replay, (struct vb_opened *)out->opened, err);
    else if (out->type == VB_EVENT_ROSTER)
        code = name_members(replay, out->members, out->member_count, err);
    else
        code = forget_erased(replay, &ids, out, err);
    replay->gaps |= out->type == VB_EVENT_ERASED;
    for (int i = 0; i < row->part_count; i++) /* also what a flow was told of earlier waves */
        replay->gaps |= row->parts[i].bytes == NULL;
    return code;
}

/* All of it is gone: who it was, and in which role, stands in the rows. */
static enum vb_code open_erased(struct vb_replay *replay, struct vb_fold *fold,
                                const struct vb_event_row *row, struct vb_err *err)
{
    const struct vb_plan *plan = vb_fold_plan(fold);
    const struct vb_person_row *person = NULL;
    struct vb_session_row session;
    enum vb_code code =
        replay->store->ops->session(replay->store, row->session, replay->arena, &session, err);
    if (code == VB_OK)
        code = look_up(replay, session.person, SIZE_MAX, &person, err);
    if (code != VB_OK)
        return code;
    int role = person == NULL ? -1 : vb_plan_role(plan, person->role);
    int language = vb_plan_language(plan, person == NULL ? NULL : person->language);
    struct vb_opened opened = { .digest = plan->digest,
                                .api = VB_API_VERSION,
                                .person = session.person,
                                .role = plan->roles[role < 0 ? 0 : role].name,
                                .label = person == NULL ? NULL : person->label,
                                .language = plan->languages[language],
                                .mode = "self" };
    vb_fold_open_erased(fold, &opened);
    return VB_OK;
}

enum vb_code vb_replay_apply(struct vb_replay *replay, struct vb_fold *fold,
                             const struct vb_event_row *row, struct vb_event *out,
                             struct vb_err *err)
{
    enum vb_code code = vb_replay_read(replay, fold, row, out, err);
    if (code != VB_OK)
        return code;
    if (out->type == VB_EVENT_ERASED && vb_fold_opened(fold) == NULL)
        return open_erased(replay, fold, row, err);
    if (replay->gaps)
        vb_fold_expect_gaps(fold);
    return vb_fold_apply(fold, out, err);
}

/* -- the whole -------------------------------------------------------------------------------- */

static enum vb_code fold_row(struct vb_replay *replay, struct vb_fold *fold,
                             const struct vb_event_row *row, struct vb_err *err)
{
    struct vb_event event;
    return vb_replay_apply(replay, fold, row, &event, err);
}

static enum vb_code fold_rows(struct vb_replay *replay, struct vb_fold *fold, const char *id,
                              int64_t upto, struct vb_err *err)
{
    struct vb_store *store = replay->store;
    struct vb_event_row *rows;
    size_t count;
    enum vb_code code = store->ops->events(store, id, 1, replay->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count && (upto == 0 || rows[i].seq <= upto); i++) {
        /* Behind the last event a flow may run by turns; before that the next one waits for it. */
        while (vb_fold_busy(fold))
            (void)vb_fold_go_on(fold, err); /* a failure parks it, as below */
        code = fold_row(replay, fold, &rows[i], err);
        if (code == VB_E_SCRIPT || code == VB_E_LIMIT)
            code = vb_fold_parked(fold) == NULL ? code : VB_OK; /* it is parked, as it was then */
    }
    if (code == VB_OK && vb_fold_opened(fold) == NULL)
        return vb_fail(err, VB_E_DATA, "the log is empty");
    return code;
}

enum vb_code vb_fold_log(struct vb_fold *fold, struct vb_store *store, const char *id, int64_t upto,
                         struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_replay replay = { .store = store, .arena = &arena };
    enum vb_code code = fold_rows(&replay, fold, id, upto, err);
    vb_arena_finish(&arena);
    return code == VB_OK ? VB_OK : vb_while(err, "reading the log of session %s", id);
}
