/* crash_load.c - kills a process that is saving answers of several sessions at once.
 *
 *   load DIR KILLS SEED       (the child is: load child DIR DESCRIPTOR)
 *
 * A child fills in SESSIONS sessions at the same time: each has one answer on its way, so that
 * commits carry several. When an answer is acknowledged it says so on a pipe: session, seq, answer
 * id. After some of these the parent kills it (kill -9), opens the folder and looks: every
 * acknowledged answer is there, once, at its place; in each session there is at most the one answer
 * more that was on its way; the walk stands behind the last one. The next child goes on from there.
 *
 * Ends with "N kills, N acknowledged, N lost, N wrong" and 0 when nothing was. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "folder.h"

enum { SESSIONS = 8, MOST_ACKS = 300 };

struct ack { /* as it goes over the pipe, in one piece */
    int32_t who;
    int64_t seq;
    char answer_id[VB_ANSWER_ID_MAX + 1]; /* "": a step back */
};

static void case_name(int who, char out[16])
{
    snprintf(out, 16, "load-%d", who);
}

/* -- the child -------------------------------------------------------------------------------- */

struct voice { /* one session, and the answer it has on its way */
    struct loading *loading;
    struct vb_round *round;
    struct vb_session *session;
    struct ack ack;
};
struct loading {
    struct vb_workplace place;
    struct voice voices[SESSIONS];
    int line; /* to the parent */
    uint64_t counter;
    bool woken; /* somebody can go on */
};

_Noreturn static void end_child(const struct vb_err *err)
{
    fprintf(stderr, "load: %s\n", err->text);
    _exit(1);
}

static void saved(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct voice *voice = ctx;
    if (code != VB_OK)
        end_child(err);
    if (write(voice->loading->line, &voice->ack, sizeof voice->ack) != sizeof voice->ack)
        _exit(1);
    voice->ack.seq = 0;
    voice->loading->woken = true;
}

/* The next answer; every third time, and when all was asked, a step back, so that it never ends. */
static void go_on(struct voice *voice)
{
    struct loading *loading = voice->loading;
    const struct vb_view *view = vb_session_view(voice->session);
    int64_t after = view->seq;
    struct vb_value value = vb_value_int(1 + after % 3);
    bool back = view->at == VB_AT_OVERVIEW || (view->can_back && after % 3 == 0);
    voice->ack.seq = after + 1;
    voice->ack.answer_id[0] = '\0';
    if (back) {
        vb_session_back(voice->session, after, saved, voice);
        return;
    }
    snprintf(voice->ack.answer_id, sizeof voice->ack.answer_id, "%d-%d-%llu", (int)getpid(),
             (int)voice->ack.who, (unsigned long long)++loading->counter);
    vb_session_answer(voice->session, after, voice->ack.answer_id, &value, NULL, saved, voice);
}

static enum vb_code join(struct loading *loading, int who, struct vb_err *err)
{
    struct voice *voice = &loading->voices[who];
    struct vb_round_options options = { .case_id = NULL };
    const struct vb_join client = { .role = "client" };
    struct vb_plan *plan = NULL;
    char name[16];
    case_name(who, name);
    options.case_id = name;
    voice->loading = loading;
    voice->ack.who = who;
    enum vb_code code =
        vb_workplace_load(&loading->place, "tests/crash/instruments/load", &plan, err);
    if (code == VB_OK)
        code = vb_round_open(&voice->round, loading->place.store, &loading->place.env, plan,
                             &options, err);
    if (code == VB_OK)
        code = vb_round_join(voice->round, &client, &voice->session, err);
    vb_plan_release(plan);
    return code;
}

_Noreturn static void load(const char *dir, int line)
{
    struct loading *loading = vb_new(struct loading);
    struct vb_err err;
    struct vb_buf data = { 0 };
    vb_buf_printf(&data, "%s/here/data", dir);
    loading->line = line;
    enum vb_code code = vb_workplace_begin(&loading->place, data.data, &err);
    if (code == VB_OK)
        code = vb_workplace_open(&loading->place, &err);
    for (int who = 0; code == VB_OK && who < SESSIONS; who++)
        code = join(loading, who, &err);
    while (code == VB_OK) {
        loading->woken = false;
        for (int who = 0; who < SESSIONS; who++)
            if (loading->voices[who].ack.seq == 0)
                go_on(&loading->voices[who]);
        code = loading->woken ? VB_OK : vb_loop_until(loading->place.loop, &loading->woken, &err);
    }
    end_child(&err);
}

/* -- the parent ------------------------------------------------------------------------------- */

struct parent {
    const char *dir, *program;
    struct ack *acks;
    size_t count, cap;
    int64_t seen[SESSIONS]; /* events there were at the last look */
    long kills, lost, wrong;
    uint64_t seed;
};

static void complain(struct parent *parent, long *what, int who, int64_t seq, const char *text)
{
    ++*what;
    if (parent->lost + parent->wrong <= 5)
        printf("# session %d, seq %lld: %s\n", who, (long long)seq, text);
}

static int some(struct parent *parent, int most)
{
    parent->seed = parent->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return 1 + (int)((parent->seed >> 33) % (uint64_t)most);
}

/* Everything it acknowledged, also while it was dying. */
static void listen(struct parent *parent, int line, pid_t child)
{
    int left = some(parent, MOST_ACKS);
    struct ack ack;
    while (read(line, &ack, sizeof ack) == (ssize_t)sizeof ack) {
        *(struct ack *)vb_push(&parent->acks, parent->count, &parent->cap, sizeof ack) = ack;
        parent->count++;
        if (--left == 0)
            kill(child, SIGKILL);
    }
}

static bool kill_once(struct parent *parent)
{
    int line[2], status = 0;
    fflush(stdout);
    if (pipe(line) != 0)
        return false;
    pid_t child = fork();
    if (child == 0) {
        char number[16];
        snprintf(number, sizeof number, "%d", line[1]);
        close(line[0]);
        execl(parent->program, parent->program, "child", parent->dir, number, (char *)NULL);
        _exit(127);
    }
    close(line[1]);
    listen(parent, line[0], child);
    close(line[0]);
    waitpid(child, &status, 0);
    parent->kills++;
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

/* What this session acknowledged from number `first` of all on, against its log. */
static void compare(struct parent *parent, int who, size_t first, const struct vb_event_row *rows,
                    size_t count)
{
    int64_t last = 0;
    for (size_t i = first; i < parent->count; i++) {
        const struct ack *ack = &parent->acks[i];
        if (ack->who != who)
            continue;
        if (ack->seq <= last)
            complain(parent, &parent->wrong, who, ack->seq, "acknowledged twice");
        last = ack->seq;
        if (ack->seq > (int64_t)count)
            complain(parent, &parent->lost, who, ack->seq, "acknowledged and lost");
        else if (ack->answer_id[0] != '\0' &&
                 !vb_streq(rows[ack->seq - 1].answer_id, ack->answer_id))
            complain(parent, &parent->wrong, who, ack->seq, "another answer stands there");
    }
    for (size_t i = 0; i < count; i++)
        if (rows[i].seq != (int64_t)i + 1)
            complain(parent, &parent->wrong, who, rows[i].seq, "out of its place");
    if (last < parent->seen[who])
        last = parent->seen[who];
    if ((int64_t)count > last + 1)
        complain(parent, &parent->wrong, who, (int64_t)count, "more than was on its way");
    parent->seen[who] = (int64_t)count;
}

/* The walk stands behind the last event. */
static enum vb_code stands(struct parent *parent, struct vb_workplace *place, int who,
                           const char *digest, const char *id, size_t count, struct vb_err *err)
{
    struct vb_plan *plan = NULL;
    struct vb_session *session = NULL;
    enum vb_code code = vb_workplace_pinned(place, digest, &plan, err);
    if (code == VB_OK)
        code = vb_session_load(&session, place->store, &place->env, plan, id, err);
    const struct vb_view *view = code == VB_OK ? vb_session_view(session) : NULL;
    if (code == VB_OK &&
        (view->seq != (int64_t)count || (view->at != VB_AT_ITEM && view->at != VB_AT_OVERVIEW)))
        complain(parent, &parent->wrong, who, view->seq, "the walk stands elsewhere");
    vb_session_destroy(session);
    vb_plan_release(plan);
    return code;
}

static enum vb_code look_at(struct parent *parent, struct vb_workplace *place, int who,
                            size_t first, struct vb_err *err)
{
    struct vb_round_row *rounds;
    struct vb_session_row *sessions;
    struct vb_event_row *events;
    size_t count;
    char name[16];
    struct vb_store *store = place->store;
    case_name(who, name);
    enum vb_code code = store->ops->case_rounds(store, name, &place->arena, &rounds, &count, err);
    if (code != VB_OK || count == 0)
        return code; /* killed before it was begun */
    code = store->ops->sessions(store, rounds[0].id, &place->arena, &sessions, &count, err);
    if (code == VB_OK && count != 1)
        return vb_fail(err, VB_E_DATA, "%s has %zu sessions", name, count);
    if (code == VB_OK)
        code = store->ops->events(store, sessions[0].id, 1, &place->arena, &events, &count, err);
    if (code != VB_OK)
        return code;
    compare(parent, who, first, events, count);
    return stands(parent, place, who, rounds[0].digest, sessions[0].id, count, err);
}

/* Opens the folder as any command does; what was acknowledged from number `first` on is there. */
static enum vb_code look(struct parent *parent, size_t first, struct vb_err *err)
{
    struct vb_workplace place;
    struct vb_buf data = { 0 };
    vb_buf_printf(&data, "%s/here/data", parent->dir);
    enum vb_code code = vb_workplace_begin(&place, data.data, err);
    if (code == VB_OK)
        code = vb_workplace_open(&place, err);
    for (int who = 0; code == VB_OK && who < SESSIONS; who++)
        code = look_at(parent, &place, who, first, err);
    vb_workplace_end(&place, VB_OK, NULL);
    vb_buf_finish(&data);
    return code;
}

static enum vb_code kill_all(struct parent *parent, long kills, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    while (code == VB_OK && parent->kills < kills) {
        size_t first = parent->count;
        if (!kill_once(parent))
            return vb_fail(err, VB_E_DATA, "a child ended by itself");
        code = look(parent, first, err);
    }
    return code == VB_OK ? look(parent, 0, err) : code; /* all of it once more */
}

int main(int argc, char **argv)
{
    struct vb_err err;
    if (argc == 4 && vb_streq(argv[1], "child"))
        load(argv[2], atoi(argv[3]));
    if (argc != 4) {
        fputs("usage: load DIR KILLS SEED\n", stderr);
        return 2;
    }
    struct parent parent = { .dir = argv[1],
                             .program = argv[0],
                             .seed = strtoull(argv[3], NULL, 10) };
    enum vb_code code = folder_empty(parent.dir, &err);
    if (code == VB_OK)
        code = kill_all(&parent, atol(argv[2]), &err);
    if (code != VB_OK)
        printf("# %s\n", err.text);
    printf("%ld kills, %zu acknowledged, %ld lost, %ld wrong\n", parent.kills, parent.count,
           parent.lost, parent.wrong);
    free(parent.acks);
    return code != VB_OK || parent.lost + parent.wrong > 0;
}
