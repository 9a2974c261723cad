/* live.c - the rounds at hand, by id.
 *
 *      asked for --> here, awake --nobody came--> asleep --nobody came--> put away
 *                        ^  asked for again         |                       |
 *                        +--------------------------+<--- read anew <-------+
 *
 * What is held stays whatever the clock says; what was forgotten goes when nobody holds it. */
#include "serve/live_inner.h"

#include <stdlib.h>

#include "base/str.h"
#include "loop/timer.h"

enum { TIDY_MS = 15 * 1000 };

static int64_t now_ms(const struct vb_live *live)
{
    const struct vb_clock *clock = &live->house->env->clock;
    return clock->mono_ns(clock->ctx) / 1000000;
}

/* -- the list --------------------------------------------------------------------------------- */

/* FNV-1a: an id is random, and who asks cannot choose it. */
static struct vb_live_entry **bucket_of(struct vb_live *live, const char *id)
{
    uint32_t hash = 2166136261u;
    for (const char *at = id; *at != '\0'; at++)
        hash = (hash ^ (unsigned char)*at) * 16777619u;
    return &live->buckets[hash % VB_LIVE_BUCKETS];
}

/* NULL is no round's id. */
static struct vb_live_entry *find(struct vb_live *live, const char *round)
{
    struct vb_live_entry *entry = round == NULL ? NULL : *bucket_of(live, round);
    while (entry != NULL && (entry->forgotten || !vb_streq(vb_round_row(entry->round)->id, round)))
        entry = entry->same;
    return entry;
}

static struct vb_live_entry *find_object(struct vb_live *live, const struct vb_round *round)
{
    struct vb_live_entry *entry = *bucket_of(live, vb_round_row(round)->id);
    while (entry != NULL && entry->round != round)
        entry = entry->same;
    return entry;
}

static void link_entry(struct vb_live *live, struct vb_live_entry *entry)
{
    struct vb_live_entry **bucket = bucket_of(live, vb_round_row(entry->round)->id);
    entry->same = *bucket;
    *bucket = entry;
    entry->next = live->rounds;
    if (live->rounds != NULL)
        live->rounds->previous = entry;
    live->rounds = entry;
}

static void unlink_entry(struct vb_live *live, struct vb_live_entry *entry)
{
    struct vb_live_entry **link = bucket_of(live, vb_round_row(entry->round)->id);
    while (*link != entry)
        link = &(*link)->same;
    *link = entry->same;
    if (entry->previous != NULL)
        entry->previous->next = entry->next;
    else
        live->rounds = entry->next;
    if (entry->next != NULL)
        entry->next->previous = entry->previous;
}

static void put_away(struct vb_live *live, struct vb_live_entry *gone)
{
    unlink_entry(live, gone);
    vb_round_destroy(gone->round);
    for (size_t i = 0; i < gone->came_count; i++)
        free(gone->came[i]);
    free(gone->came);
    free(gone);
}

static void tidy_later(struct vb_live *live)
{
    if (live->timer != NULL && !vb_timer_running(live->timer))
        vb_timer_start(live->timer, TIDY_MS);
}

static struct vb_live_entry *add(struct vb_live *live, struct vb_round *round)
{
    struct vb_live_entry *entry = vb_new(struct vb_live_entry);
    entry->round = round;
    entry->seen_ms = now_ms(live);
    link_entry(live, entry);
    tidy_later(live);
    return entry;
}

/* Only what the store has can be read again: what it has not waits for longer, and is then gone. */
static bool may_go(const struct vb_live_entry *entry, int64_t idle)
{
    bool again = vb_round_is_kept(entry->round) && !vb_round_is_new(entry->round);
    return idle >= (again ? VB_LIVE_KEEP_MS : VB_LIVE_PASSING_MS);
}

static void tidy_one(struct vb_live *live, struct vb_live_entry *entry, int64_t now)
{
    int64_t idle = now - entry->seen_ms;
    if (entry->held > 0)
        return;
    if (entry->forgotten || (may_go(entry, idle) && entry->resting))
        put_away(live, entry);
    else if (idle >= VB_LIVE_REST_MS && !entry->resting)
        entry->resting = vb_round_rest(entry->round);
}

void vb_live_tidy(struct vb_live *live)
{
    int64_t now = now_ms(live);
    struct vb_live_entry *next;
    for (struct vb_live_entry *entry = live->rounds; entry != NULL; entry = next) {
        next = entry->next;
        tidy_one(live, entry, now);
    }
    if (live->rounds != NULL)
        tidy_later(live);
}

static void on_timer(void *ctx)
{
    vb_live_tidy(ctx);
}

enum vb_code vb_live_create(struct vb_live **out, const struct vb_house *house, struct vb_err *err)
{
    struct vb_live *live = vb_new(struct vb_live);
    enum vb_code code = VB_OK;
    live->house = house;
    if (house->loop != NULL)
        code = vb_timer_create(&live->timer, house->loop, on_timer, live, err);
    if (code != VB_OK) {
        free(live);
        return code;
    }
    live->watch = (struct vb_store_watch){ .wrote = vb_live_wrote, .ctx = live };
    vb_store_watch(house->store, &live->watch);
    *out = live;
    return VB_OK;
}

void vb_live_destroy(struct vb_live *live)
{
    if (live == NULL)
        return;
    vb_assert(live->waiting == NULL);
    vb_store_unwatch(&live->watch);
    vb_live_end_streams(live);
    while (live->rounds != NULL)
        put_away(live, live->rounds);
    vb_timer_destroy(live->timer);
    free(live);
}

/* -- a round ---------------------------------------------------------------------------------- */

/* The plan of another round at hand when it is the same, else from the files the store kept. */
static enum vb_code plan_of(struct vb_live *live, const char *digest, struct vb_plan **out,
                            struct vb_err *err)
{
    for (struct vb_live_entry *entry = live->rounds; entry != NULL; entry = entry->next)
        if (vb_streq(vb_round_row(entry->round)->digest, digest)) {
            *out = vb_plan_keep(vb_round_plan(entry->round));
            return VB_OK;
        }
    return live->house->pinned(live->house->ctx, digest, out, err);
}

static enum vb_code load(struct vb_live *live, const struct vb_round_row *row,
                         struct vb_round **out, struct vb_err *err)
{
    struct vb_plan *plan;
    enum vb_code code = plan_of(live, row->digest, &plan, err);
    if (code != VB_OK)
        return code;
    code = vb_round_load(out, live->house->store, live->house->env, plan, row, err);
    vb_plan_release(plan);
    return code;
}

/* By its whole id: a beginning of one opens nothing here. */
static enum vb_code read_round(struct vb_live *live, const char *id, struct vb_round **out,
                               struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_round_row row;
    enum vb_code code = vb_store_find_round(live->house->store, id, &arena, &row, err);
    if (code == VB_E_DATA ||
        (code == VB_OK && (!vb_streq(row.id, id) || row.state == VB_ROUND_ERASED)))
        code = vb_fail(err, VB_E_ABSENT, "there is no such round");
    if (code == VB_OK)
        code = load(live, &row, out, err);
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_live_round(struct vb_live *live, const char *round, struct vb_round **out,
                           struct vb_err *err)
{
    struct vb_live_entry *entry = find(live, round);
    enum vb_code code = VB_OK;
    if (entry == NULL) {
        code = read_round(live, round, out, err);
        if (code == VB_OK)
            add(live, *out);
        return code;
    }
    entry->seen_ms = now_ms(live);
    if (entry->resting)
        code = vb_round_wake(entry->round, err);
    if (code != VB_OK)
        return code;
    entry->resting = false;
    *out = entry->round;
    return VB_OK;
}

void vb_live_hold(struct vb_live *live, struct vb_round *round)
{
    find_object(live, round)->held++;
}

void vb_live_release(struct vb_live *live, struct vb_round *round)
{
    struct vb_live_entry *entry = find_object(live, round);
    vb_assert(entry->held > 0);
    entry->held--;
    if (entry->forgotten && entry->held == 0)
        put_away(live, entry);
}

bool vb_live_is_passing(struct vb_live *live, const char *round)
{
    const struct vb_live_entry *entry = find(live, round);
    return entry != NULL && !vb_round_is_kept(entry->round);
}

struct vb_round **vb_live_passing(struct vb_live *live, struct vb_arena *arena, size_t *count)
{
    struct vb_round **rounds = NULL;
    size_t cap = 0;
    *count = 0;
    for (const struct vb_live_entry *entry = live->rounds; entry != NULL; entry = entry->next)
        if (!entry->forgotten && !vb_round_is_kept(entry->round))
            *(struct vb_round **)vb_arena_push(arena, &rounds, (*count)++, &cap, sizeof *rounds) =
                entry->round;
    return rounds;
}

void vb_live_adopt(struct vb_live *live, struct vb_round *round)
{
    vb_live_forget(live, vb_round_row(round)->id);
    add(live, round);
}

void vb_live_forget(struct vb_live *live, const char *round)
{
    struct vb_live_entry *entry = find(live, round);
    if (entry == NULL)
        return;
    entry->forgotten = true;
    if (entry->held == 0)
        put_away(live, entry);
}

bool vb_live_came(struct vb_live *live, const struct vb_round *round, const char *token)
{
    const struct vb_live_entry *entry = find_object(live, round);
    for (size_t i = 0; i < entry->came_count; i++)
        if (vb_streq(entry->came[i], token))
            return true;
    return false;
}

void vb_live_comes(struct vb_live *live, const struct vb_round *round, const char *token)
{
    struct vb_live_entry *entry = find_object(live, round);
    char **place = vb_push(&entry->came, entry->came_count, &entry->came_cap, sizeof *place);
    *place = vb_strdup(token);
    entry->came_count++;
}

/* -- waiting for a session -------------------------------------------------------------------- */

static bool is_still(const struct vb_session *session)
{
    return !vb_session_in_flight(session) && !vb_session_busy(session);
}

static void on_ready(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct vb_live_waiting *waiting = ctx;
    (void)code; /* a flow that failed is seen in the session */
    (void)err;
    vb_live_arrived(waiting->live, waiting->session);
}

/* A session tells one that its flow arrived, and that one tells the others. What is with the store
 * is told by whoever gave it there. */
static void ask_to_be_told(struct vb_live_waiting *waiting)
{
    if (!vb_session_in_flight(waiting->session) && !vb_session_awaited(waiting->session))
        vb_session_ready(waiting->session, on_ready, waiting);
}

void vb_live_await(struct vb_live *live, struct vb_round *round, struct vb_session *session,
                   void (*still)(void *ctx), void *ctx)
{
    if (is_still(session)) {
        still(ctx);
        return;
    }
    struct vb_live_waiting *waiting = vb_new(struct vb_live_waiting);
    *waiting = (struct vb_live_waiting){
        .live = live, .round = round, .session = session, .still = still, .ctx = ctx
    };
    struct vb_live_waiting **end = &live->waiting;
    while (*end != NULL)
        end = &(*end)->next;
    *end = waiting;
    vb_live_hold(live, round);
    ask_to_be_told(waiting);
}

/* One after the other: each may set the session to work again, and then the rest waits on. A commit
 * that failed has it read back, by turns. */
void vb_live_arrived(struct vb_live *live, struct vb_session *session)
{
    struct vb_live_waiting **link = &live->waiting;
    while (*link != NULL) {
        struct vb_live_waiting *waiting = *link;
        if (waiting->session != session) {
            link = &waiting->next;
            continue;
        }
        if (!is_still(session)) {
            ask_to_be_told(waiting);
            return;
        }
        *link = waiting->next;
        waiting->still(waiting->ctx);
        vb_live_release(live, waiting->round);
        free(waiting);
        link = &live->waiting; /* the list may be another one now */
    }
}

/* -- counts ----------------------------------------------------------------------------------- */

struct vb_live_counts vb_live_counts(const struct vb_live *live)
{
    struct vb_live_counts counts = { .streams = vb_live_stream_count(live) };
    for (const struct vb_live_entry *entry = live->rounds; entry != NULL; entry = entry->next) {
        int count;
        const struct vb_participant *list = vb_round_participants(entry->round, &count);
        counts.rounds++;
        for (int i = 0; i < count; i++)
            counts.sessions += list[i].session != NULL;
    }
    return counts;
}
