/* cmd_replay.c - verbond replay: a session's log step by step, and proof that it folds to one end.
 *
 * Before a person shared and the round was released, only that something happened is shown: not
 * which question, since a question that is only asked after a certain answer tells that answer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "data/value_json.h"
#include "main/command.h"
#include "main/workplace.h"
#include "session/replay.h"

struct arguments {
    const char *session, *data;
    bool values;
};
enum { KEY_DATA = 256, KEY_VALUES, PREFIX_MIN = 4 };
static const struct argp_option options[] = {
    { "values", KEY_VALUES, NULL, 0, "show the answers too: only when they are on the table", 0 },
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_DATA:
        arguments->data = arg;
        break;
    case KEY_VALUES:
        arguments->values = true;
        break;
    case ARGP_KEY_ARG:
        if (arguments->session != NULL)
            argp_error(state, "one session at a time");
        arguments->session = arg;
        break;
    case ARGP_KEY_END:
        if (arguments->session == NULL)
            argp_error(state, "which session? The id of a session, or of a round for all of its");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "SESSION",
    "Shows the log of a session (by its id, or all sessions of a round by the round's) step by "
    "step, folds it again in pieces and says that both end alike.\v"
    "Answers are masked; before they are on the table (shared, and the round released), so are the "
    "questions.",
    NULL,
    NULL,
    NULL
};

/* -- one log ---------------------------------------------------------------------------------- */

struct replay {
    struct vb_workplace *place;
    struct vb_plan *plan;
    struct vb_session_row session;
    bool on_the_table; /* the newest revision shows this voice */
    int64_t standing;  /* up to which event; a correction that goes on is not on it */
    struct vb_event_row *events;
    size_t count;
};

static enum vb_code apply(struct vb_fold *fold, const struct replay *replay, size_t at,
                          struct vb_event *event, struct vb_err *err)
{
    const struct vb_event_row *row = &replay->events[at];
    struct vb_replay log = { .store = replay->place->store, .arena = &replay->place->arena };
    enum vb_code rc = vb_replay_apply(&log, fold, row, event, err);
    return rc == VB_OK ? rc : vb_while(err, "event %lld", (long long)row->seq);
}

/* Who shared, stopped and took it back look alike, and so do those who held something back, let it
 * go again or changed it: a step says that it was taken, not which reason a result leaves out. */
static const char *event_name(const struct vb_event *event)
{
    static const char *const names[VB_EVENT_COUNT] = {
        [VB_EVENT_OPENED] = "opened",      [VB_EVENT_ANSWERED] = "answered",
        [VB_EVENT_BACK] = "back",          [VB_EVENT_HELD] = "looked over",
        [VB_EVENT_SHARED] = "ready",       [VB_EVENT_STOPPED] = "ready",
        [VB_EVENT_WITHDRAWN] = "ready",    [VB_EVENT_ROSTER] = "roster",
        [VB_EVENT_FOLLOWED] = "last time", [VB_EVENT_REOPENED] = "looked over",
        [VB_EVENT_TALK] = "talk",          [VB_EVENT_EARLIER] = "looked over",
    };
    if (event->type == VB_EVENT_ERASED)
        return "erased";
    return event->changed ? "looked over" : names[event->type];
}

/* Only what is on the table in the end: not what was held back or taken back, nor why nothing was
 * said, nor private scales; all of these look alike. */
static void put_value(struct vb_buf *line, const struct replay *replay, const struct vb_fold *end,
                      const struct vb_event *event)
{
    const struct vb_item *item = &replay->plan->items[event->item];
    const struct vb_value *last =
        &vb_fold_values(end)[vb_plan_slot(replay->plan, item, event->member)];
    bool shown = vb_value_given(&event->value) && vb_value_equal(&event->value, last) &&
                 !vb_fold_held(end, event->item, event->member) && item->hidden == VB_PRIVATE_NONE;
    if (shown)
        vb_value_write(line, item, &event->value);
    else
        vb_buf_puts(line, "not_filled_in");
}

/* The same of an agreement of last time. */
static void put_followed(struct vb_buf *line, const struct vb_fold *end,
                         const struct vb_event *event)
{
    bool shown = event->followed != VB_FOLLOWED_NONE &&
                 event->followed == vb_fold_followed(end, event->agreement) &&
                 !vb_fold_followed_held(end, event->agreement);
    vb_buf_puts(line, shown ? vb_followed_name(event->followed) : "not_filled_in");
}

/* end: where what stands ends, NULL to mask every answer. */
static void print_step(const struct replay *replay, const struct vb_fold *fold,
                       const struct vb_event *event, const struct vb_fold *end)
{
    bool shown = replay->on_the_table && event->seq <= replay->standing;
    char time[VB_TIME_SIZE];
    struct vb_buf line = { 0 };
    int count;
    const struct vb_member *members = vb_fold_members(fold, &count);
    vb_time_format(event->wall_ms, time);
    vb_buf_printf(&line, "%5lld  %s  %-9s", (long long)event->seq, time, event_name(event));
    if (event->type == VB_EVENT_ANSWERED && shown) {
        vb_buf_printf(&line, "  %s", replay->plan->items[event->item].id);
        if (event->member >= 0 && event->member < count)
            vb_buf_printf(&line, " about %s", members[event->member].person);
    }
    if (event->type == VB_EVENT_FOLLOWED && shown)
        vb_buf_printf(&line, "  agreement %d", event->agreement + 1);
    if (event->type == VB_EVENT_ANSWERED || event->type == VB_EVENT_FOLLOWED) {
        vb_buf_puts(&line, "  ");
        if (end == NULL || !shown)
            vb_buf_puts(&line, "*");
        else if (event->type == VB_EVENT_FOLLOWED)
            put_followed(&line, end, event);
        else
            put_value(&line, replay, end, event);
    }
    vb_workplace_say(stdout, "%s\n", line.data);
    vb_buf_finish(&line);
}

/* -- the same end ----------------------------------------------------------------------------- */

static bool same_path(const struct vb_fold *a, const struct vb_fold *b)
{
    int count, other;
    const struct vb_place *one = vb_fold_path(a, &count), *two = vb_fold_path(b, &other);
    if (count != other)
        return false;
    for (int i = 0; i < count; i++)
        if (one[i].item != two[i].item || one[i].member != two[i].member ||
            vb_fold_held(a, one[i].item, one[i].member) !=
                vb_fold_held(b, two[i].item, two[i].member))
            return false;
    return true;
}

static bool same_values(const struct vb_plan *plan, const struct vb_fold *a,
                        const struct vb_fold *b)
{
    int members, other;
    vb_fold_members(a, &members);
    vb_fold_members(b, &other);
    if (members != other)
        return false;
    const struct vb_value *one = vb_fold_values(a), *two = vb_fold_values(b);
    for (int i = 0; i < vb_plan_slots(plan, members); i++)
        if (!vb_value_equal(&one[i], &two[i]))
            return false;
    return true;
}

static bool same_last(const struct vb_fold *a, const struct vb_fold *b)
{
    for (int i = 0; i < vb_fold_opened(a)->last.agreement_count; i++)
        if (vb_fold_followed(a, i) != vb_fold_followed(b, i) ||
            vb_fold_followed_held(a, i) != vb_fold_followed_held(b, i))
            return false;
    int64_t seq, other;
    return (vb_fold_talk(a, &seq) == NULL) == (vb_fold_talk(b, &other) == NULL) && seq == other;
}

static bool same_end(const struct vb_plan *plan, const struct vb_fold *a, const struct vb_fold *b)
{
    const struct vb_view *one = vb_fold_view(a), *two = vb_fold_view(b);
    return one->at == two->at && one->seq == two->seq && one->item == two->item &&
           one->member == two->member && (one->offered == NULL) == (two->offered == NULL) &&
           one->agreement == two->agreement && one->can_back == two->can_back && same_path(a, b) &&
           same_values(plan, a, b) && same_last(a, b);
}

/* Folds the whole log from nothing up to ever later points, and looks whether going on from there
 * ends where the straight fold ended: what a restart in the middle of a session does. */
static enum vb_code fold_again(const struct replay *replay, const struct vb_fold *end, bool *alike,
                               struct vb_err *err)
{
    enum { PIECES = 8 };
    struct vb_fold *whole = vb_fold_create(replay->plan, &replay->place->env.sandbox);
    struct vb_fold *piece = vb_fold_create(replay->plan, &replay->place->env.sandbox);
    enum vb_code rc = VB_OK;
    struct vb_event event;
    size_t done = 0;
    *alike = true;
    for (size_t k = 1; rc == VB_OK && *alike && k <= PIECES; k++) {
        size_t until = replay->count * k / PIECES;
        for (; rc == VB_OK && done < until; done++)
            rc = apply(whole, replay, done, &event, err);
        vb_fold_reset(piece);
        for (size_t i = 0; rc == VB_OK && i < until; i++)
            rc = apply(piece, replay, i, &event, err);
        if (rc == VB_OK && until > 0)
            *alike = same_end(replay->plan, whole, piece);
    }
    if (rc == VB_OK && *alike && replay->count > 0)
        *alike = same_end(replay->plan, whole, end);
    vb_fold_destroy(whole);
    vb_fold_destroy(piece);
    return rc;
}

/* -- the command ------------------------------------------------------------------------------ */

static enum vb_code fold_all(const struct replay *replay, struct vb_fold *fold, struct vb_err *err)
{
    enum vb_code rc = VB_OK;
    struct vb_event event;
    for (size_t i = 0; rc == VB_OK && i < replay->count; i++)
        rc = apply(fold, replay, i, &event, err);
    return rc;
}

/* The fold of what stands: of a session that is being corrected, up to its yes. */
static enum vb_code fold_standing(const struct replay *replay, struct vb_fold *fold,
                                  struct vb_err *err)
{
    enum vb_code rc = VB_OK;
    struct vb_event event;
    for (size_t i = 0; rc == VB_OK && i < replay->count; i++)
        if (replay->events[i].seq <= replay->standing)
            rc = apply(fold, replay, i, &event, err);
    return rc;
}

static enum vb_code show(const struct replay *replay, bool values, struct vb_err *err)
{
    struct vb_fold *fold = vb_fold_create(replay->plan, &replay->place->env.sandbox);
    struct vb_fold *end = vb_fold_create(replay->plan, &replay->place->env.sandbox);
    enum vb_code rc = fold_standing(replay, end, err);
    for (size_t i = 0; rc == VB_OK && i < replay->count; i++) {
        struct vb_event event;
        rc = apply(fold, replay, i, &event, err);
        if (rc == VB_OK)
            print_step(replay, fold, &event, values ? end : NULL);
    }
    vb_fold_destroy(fold);
    vb_fold_destroy(end);
    return rc;
}

static enum vb_code fold_and_show(struct replay *replay, bool values, struct vb_err *err)
{
    struct vb_fold *end = vb_fold_create(replay->plan, &replay->place->env.sandbox);
    bool alike = false;
    enum vb_code rc = fold_all(replay, end, err);
    replay->standing = vb_fold_standing(end);
    if (rc == VB_OK)
        rc = show(replay, values, err);
    if (rc == VB_OK)
        rc = fold_again(replay, end, &alike, err);
    if (rc == VB_OK && !alike)
        rc = vb_fail(err, VB_E_INTERNAL, "session %s: folding the log again ends elsewhere",
                     replay->session.id);
    if (rc == VB_OK)
        printf("       folded again in pieces: the same end\n");
    vb_fold_destroy(end);
    return rc;
}

static const char *state_name(const struct replay *replay)
{
    return replay->session.state >= VB_SESSION_SHARED ? "ready" : "not ready yet";
}

/* values: with its answers. */
static enum vb_code replay_one(struct replay *replay, bool values, struct vb_err *err)
{
    const struct vb_session_row *session = &replay->session;
    struct vb_workplace *place = replay->place;
    enum vb_code rc = VB_OK;
    rc = vb_workplace_audit(place, values ? "replay --values" : "replay", session->id, err);
    if (rc == VB_OK)
        rc = place->store->ops->events(place->store, session->id, 1, &place->arena, &replay->events,
                                       &replay->count, err);
    if (rc != VB_OK)
        return rc;
    printf("session %s, %s, %zu events\n", session->id, state_name(replay), replay->count);
    rc = fold_and_show(replay, values, err);
    return rc == VB_OK ? rc : vb_while(err, "replaying session %s", session->id);
}

/* A round that cannot be read as a whole has nothing on the table. */
static bool is_shown(struct vb_workplace *place, struct vb_plan *plan,
                     const struct vb_round_row *row, const struct vb_session_row *session)
{
    struct vb_round *round = NULL;
    struct vb_err err;
    bool shown = false;
    if (session->state != VB_SESSION_SHARED || row->state != VB_ROUND_RELEASED)
        return false;
    if (vb_round_load(&round, place->store, &place->env, plan, row, &err) != VB_OK ||
        vb_round_shows(round, session->person, &shown, &err) != VB_OK)
        shown = false;
    vb_round_destroy(round);
    return shown;
}

struct found { /* sessions that were meant */
    int count;
    int shown;          /* with their answers */
    const char *masked; /* the first that was to be and is not on the table, NULL: none */
};

/* What is not on the table is replayed without answers, so that one who shared nothing hides
 * nobody else's. What everybody gave together is nobody's own, and is not missed. */
static enum vb_code replay_found(struct replay *replay, bool values, struct found *found,
                                 struct vb_err *err)
{
    const struct vb_session_row *session = &replay->session;
    bool shown = values && replay->on_the_table;
    if (values && !shown && session->person != NULL && found->masked == NULL)
        found->masked = session->id;
    found->count++;
    found->shown += shown;
    return replay_one(replay, shown, err);
}

/* Every session whose id, or whose round's id, begins with what was given. */
static enum vb_code replay_matching(struct vb_workplace *place, const struct arguments *arguments,
                                    struct found *found, struct vb_err *err)
{
    struct vb_round_row *rounds;
    size_t round_count;
    enum vb_code rc =
        place->store->ops->rounds(place->store, &place->arena, &rounds, &round_count, err);
    for (size_t i = 0; rc == VB_OK && i < round_count; i++) {
        struct vb_session_row *sessions;
        size_t count;
        struct vb_plan *plan = NULL;
        bool whole = vb_starts_with(rounds[i].id, arguments->session);
        rc = place->store->ops->sessions(place->store, rounds[i].id, &place->arena, &sessions,
                                         &count, err);
        for (size_t j = 0; rc == VB_OK && j < count; j++) {
            if (!whole && !vb_starts_with(sessions[j].id, arguments->session))
                continue;
            if (plan == NULL)
                rc = vb_workplace_pinned(place, rounds[i].digest, &plan, err);
            if (rc == VB_OK && plan->campaign != NULL) {
                rc = vb_fail(err, VB_E_BUSY,
                             "round %s is a team's: a log would tell who said what, and is shown "
                             "to nobody",
                             rounds[i].id);
                break;
            }
            struct replay replay = { .place = place, .plan = plan, .session = sessions[j] };
            if (rc == VB_OK)
                replay.on_the_table = is_shown(place, plan, &rounds[i], &sessions[j]);
            if (rc == VB_OK)
                rc = replay_found(&replay, arguments->values, found, err);
        }
        vb_plan_release(plan);
    }
    return rc;
}

static enum vb_code replay(struct vb_workplace *place, const struct arguments *arguments,
                           struct vb_err *err)
{
    struct found found = { 0 };
    if (strlen(arguments->session) < PREFIX_MIN)
        return vb_fail(err, VB_E_USAGE, "give at least %d characters of the id", PREFIX_MIN);
    enum vb_code rc = vb_workplace_open_kept(place, arguments->session, err);
    if (rc == VB_OK)
        rc = replay_matching(place, arguments, &found, err);
    if (rc == VB_OK && found.count == 0)
        rc = vb_fail(err, VB_E_ABSENT, "no session or round %s in %s", arguments->session,
                     place->data);
    if (rc == VB_OK && found.masked != NULL && found.shown == 0)
        rc = vb_fail(err, VB_E_BUSY,
                     "session %s is not on the table (shared, and its round released), so its "
                     "answers stay the person's own and are masked",
                     found.masked);
    return rc;
}

int vb_cmd_replay(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc = vb_workplace_begin(&place, arguments.data, &err);
    if (rc == VB_OK)
        rc = replay(&place, &arguments, &err);
    return vb_workplace_end(&place, rc, &err);
}
