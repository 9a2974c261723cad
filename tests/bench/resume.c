/* resume.c - sessions read back from their logs, and a store that was killed with many of them
 * open.
 *
 * Ours: vb_session_load over queue, reader, seal and SQLite, as verbond has them. Bare: the same
 * events in clear in a file of their own, one prepared SELECT, decoded and folded by the same code.
 * In turns, in one process.
 *
 * Restart: a process that was killed left the store with its log (WAL) not closed. From there until
 * the first session stands again; 10,000 open sessions against 10.
 *
 * usage: resume INSTRUMENTS DIR MS */
#include <sqlite3.h>
#include <sys/wait.h>

#include "kept.h"
#include "session/replay.h"

enum { ANSWERS = 40, SESSIONS = 200, TURNS = 9, AT_ONCE = 1000, SMALL = 10, LARGE = 10000 };

/* -- the bare log -- */

struct bare {
    struct vb_store store;
    sqlite3 *db;
    sqlite3_stmt *select;
};

static void check(struct bare *bare, int rc)
{
    if (rc == SQLITE_OK || rc == SQLITE_DONE)
        return;
    fprintf(stderr, "bare: %s\n", sqlite3_errmsg(bare->db));
    exit(1);
}

static enum vb_code bare_events(struct vb_store *store, const char *session, int64_t first_seq,
                                struct vb_arena *arena, struct vb_event_row **out, size_t *count,
                                struct vb_err *err)
{
    struct bare *bare = (struct bare *)store;
    size_t cap = 0;
    int rc;
    (void)err;
    *out = NULL;
    *count = 0;
    sqlite3_bind_text(bare->select, 1, session, -1, SQLITE_STATIC);
    sqlite3_bind_int64(bare->select, 2, first_seq);
    while ((rc = sqlite3_step(bare->select)) == SQLITE_ROW) {
        struct vb_event_row *row = vb_arena_push(arena, out, *count, &cap, sizeof *row);
        row->session = session;
        row->seq = sqlite3_column_int64(bare->select, 0);
        row->wall_ms = sqlite3_column_int64(bare->select, 1);
        row->answer_id = vb_arena_strdup(arena, (const char *)sqlite3_column_text(bare->select, 2));
        const void *body = sqlite3_column_blob(bare->select, 3);
        row->body_len = (size_t)sqlite3_column_bytes(bare->select, 3);
        row->body = vb_arena_strndup(arena, body, row->body_len);
        ++*count;
    }
    check(bare, rc);
    check(bare, sqlite3_reset(bare->select));
    return VB_OK;
}

static enum vb_code nobody(struct vb_store *store, const char *id, struct vb_arena *arena,
                           struct vb_person_row *out, struct vb_err *err)
{
    (void)store, (void)arena, (void)out;
    return vb_fail(err, VB_E_ABSENT, "%s", id);
}

static const struct vb_store_ops bare_ops = { .events = bare_events, .person = nobody };

/* The same sessions, unsealed. */
static void bare_fill(struct bare *bare, struct kept *kept, const char **ids, int count,
                      const char *path)
{
    sqlite3_stmt *insert;
    struct vb_err err;
    bare->store.ops = &bare_ops;
    check(bare, sqlite3_open(path, &bare->db));
    check(bare, sqlite3_exec(bare->db,
                             "PRAGMA journal_mode = WAL;"
                             "CREATE TABLE event (session TEXT, seq INTEGER, wall_ms INTEGER,"
                             " answer_id TEXT, body BLOB, PRIMARY KEY (session, seq))"
                             " WITHOUT ROWID; BEGIN",
                             NULL, NULL, NULL));
    check(bare, sqlite3_prepare_v2(bare->db, "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5)", -1,
                                   &insert, NULL));
    for (int i = 0; i < count; i++) {
        struct vb_event_row *rows;
        struct vb_arena arena = { 0 };
        size_t row_count;
        demand(kept->store->ops->events(kept->store, ids[i], 1, &arena, &rows, &row_count, &err),
               &err);
        for (size_t k = 0; k < row_count; k++) {
            sqlite3_bind_text(insert, 1, ids[i], -1, SQLITE_STATIC);
            sqlite3_bind_int64(insert, 2, rows[k].seq);
            sqlite3_bind_int64(insert, 3, rows[k].wall_ms);
            sqlite3_bind_text(insert, 4, rows[k].answer_id, -1, SQLITE_STATIC);
            sqlite3_bind_blob(insert, 5, rows[k].body, (int)rows[k].body_len, SQLITE_STATIC);
            check(bare, sqlite3_step(insert));
            check(bare, sqlite3_reset(insert));
        }
        vb_arena_finish(&arena);
    }
    sqlite3_finalize(insert);
    check(bare, sqlite3_exec(bare->db, "COMMIT", NULL, NULL, NULL));
    check(bare, sqlite3_prepare_v2(bare->db,
                                   "SELECT seq, wall_ms, answer_id, body FROM event"
                                   " WHERE session = ?1 AND seq >= ?2 ORDER BY seq",
                                   -1, &bare->select, NULL));
}

static double bare_run(struct bare *bare, struct kept *kept, const char **ids, int count)
{
    struct vb_fold *fold = vb_fold_create(kept->plan, &kept->env.sandbox);
    struct vb_err err;
    double from = now_s();
    for (int i = 0; i < count; i++) {
        vb_fold_reset(fold);
        demand(vb_fold_log(fold, &bare->store, ids[i], 0, &err), &err);
        vb_assert(vb_fold_view(fold)->seq == 1 + ANSWERS);
    }
    double took = now_s() - from;
    vb_fold_destroy(fold);
    return took / count;
}

/* -- ours -- */

struct heard {
    int left;
    bool all;
};

static void on_done(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct heard *heard = ctx;
    demand(code, err);
    heard->all = --heard->left == 0;
}

/* Each of them gives so many answers, all of them at once. */
static void fill_in(struct kept *kept, const char **ids, int count, int answers)
{
    struct vb_session **sessions = vb_alloc((size_t)count * sizeof *sessions);
    struct vb_err err;
    for (int i = 0; i < count; i++)
        sessions[i] = kept_session(kept, ids[i]);
    for (int k = 0; k < answers; k++) {
        struct heard heard = { count, false };
        const struct vb_value value = vb_value_int(k % 6);
        for (int i = 0; i < count; i++)
            vb_session_answer(sessions[i], vb_session_view(sessions[i])->seq, NULL, &value, NULL,
                              on_done, &heard);
        demand(vb_loop_until(kept->loop, &heard.all, &err), &err);
    }
    for (int i = 0; i < count; i++)
        vb_session_destroy(sessions[i]);
    free(sessions);
}

static double load_all(struct kept *kept, const char **ids, int count)
{
    double from = now_s();
    for (int i = 0; i < count; i++) {
        struct vb_session *session = kept_session(kept, ids[i]);
        vb_assert(vb_session_view(session)->at == VB_AT_ITEM);
        vb_session_destroy(session);
    }
    return (now_s() - from) / count;
}

/* -- resume -- */

static void resume(struct kept *kept, const char *ms)
{
    const char *ids[SESSIONS];
    double ratios[TURNS];
    struct bare bare = { 0 };
    char path[512];
    sync_costs("0");
    kept_begin(kept, SESSIONS, ids);
    fill_in(kept, ids, SESSIONS, ANSWERS);
    snprintf(path, sizeof path, "%s.bare", kept->dir);
    bare_fill(&bare, kept, ids, SESSIONS, path);
    sync_costs(ms);
    for (int i = 0; i < TURNS; i++) {
        double theirs = bare_run(&bare, kept, ids, SESSIONS);
        double ours = load_all(kept, ids, SESSIONS);
        ratios[i] = ours / theirs;
        fprintf(stderr, "  %.0f us a session of %d answers, bare %.0f\n", ours * 1e6, ANSWERS,
                theirs * 1e6);
    }
    printf("resume, sync +%s ms: %.2f x reading and replaying the bare log\n", ms,
           median(ratios, TURNS));
    sqlite3_finalize(bare.select);
    check(&bare, sqlite3_close(bare.db));
}

/* -- restart -- */

/* A process of its own, which ends as if it were killed; the id of one session comes through. */
static void leave_open(struct kept *kept, int count, char id[VB_ID_SIZE])
{
    int line[2];
    vb_assert(pipe(line) == 0);
    pid_t child = fork();
    vb_assert(child >= 0);
    if (child == 0) {
        const char **ids = vb_alloc((size_t)count * sizeof *ids);
        kept_open(kept);
        for (int from = 0; from < count; from += AT_ONCE) {
            int some = count - from < AT_ONCE ? count - from : AT_ONCE;
            kept_begin(kept, some, ids + from);
            fill_in(kept, ids + from, some, 3);
        }
        size_t len = strlen(ids[count / 2]) + 1;
        _exit(write(line[1], ids[count / 2], len) == (ssize_t)len ? 0 : 1);
    }
    int status;
    vb_assert(read(line[0], id, VB_ID_SIZE) == VB_ID_SIZE);
    vb_assert(waitpid(child, &status, 0) == child && status == 0);
    close(line[0]);
    close(line[1]);
}

static double restart(struct kept *kept, int count, const char *ms)
{
    char id[VB_ID_SIZE];
    const char *one = id;
    sync_costs("0");
    leave_open(kept, count, id);
    kept->cases += count; /* made by the other process */
    sync_costs(ms);
    double from = now_s();
    kept_open(kept);
    load_all(kept, &one, 1);
    double took = now_s() - from;
    sync_costs("0");
    kept_close(kept);
    return took;
}

static void restarts(struct kept *kept, const char *ms)
{
    enum { TIMES = 5 };
    double few[TIMES], many;
    char key[520];
    const char *dir = kept->dir;
    char small[512];
    snprintf(small, sizeof small, "%s-small", dir);
    many = restart(kept, LARGE, ms);
    kept->dir = small;
    for (int i = 0; i < TIMES; i++) {
        few[i] = restart(kept, SMALL, ms);
        remove_folder(small);
        snprintf(key, sizeof key, "%s.key", small);
        unlink(key);
    }
    kept->dir = dir;
    printf("restart with 10,000 open sessions, sync +%s ms: %.2f x with 10\n", ms,
           many / median(few, TIMES));
    fprintf(stderr, "  %.1f ms, with 10 %.1f ms\n", many * 1e3, few[TIMES / 2] * 1e3);
}

int main(int argc, char **argv)
{
    static struct kept kept;
    if (argc < 4)
        return 2;
    kept.dir = argv[2];
    kept_load(&kept, argv[1], "steady");
    restarts(&kept, argv[3]);
    kept_open(&kept);
    resume(&kept, argv[3]);
    kept_close(&kept);
    vb_arena_finish(&kept.arena);
    vb_plan_release(kept.plan);
    return 0;
}
