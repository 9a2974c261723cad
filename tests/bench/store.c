/* store.c - durable sealed answers, against bare SQLite.
 *
 * Ours: sessions that answer one ordinary question after the other, each shown as saved before it
 * goes on, over fold, queue, seal and SQLite as verbond has them. For groups there are twice as
 * many sessions as the group is to be large: while one half is written the other half answers.
 *
 * Bare: the same number of rows of the same size in groups as large as ours turned out, a prepared
 * INSERT, BEGIN and COMMIT around each group, WAL and synchronous=FULL, everything else as SQLite
 * comes.
 *
 * In short turns, in one process, on one disk; the median of the turns' ratios.
 *
 * usage: store INSTRUMENTS DIR MS [AT_ONCE]
 * MS: what slow.so adds to each sync, 0 without it. AT_ONCE: only the side with so many sessions.
 */
#include <sqlite3.h>

#include "kept.h"

enum { QUESTIONS = 100, TURNS = 15 };

/* -- bare SQLite -- */

struct bare {
    sqlite3 *db;
    sqlite3_stmt *insert, *begin, *commit;
    int64_t seq; /* of the next row in each session */
    unsigned char body[4096];
    int size;
};

static void check(struct bare *bare, int rc)
{
    if (rc == SQLITE_OK || rc == SQLITE_DONE)
        return;
    fprintf(stderr, "bare: %s\n", sqlite3_errmsg(bare->db));
    exit(1);
}

static void step(struct bare *bare, sqlite3_stmt *statement)
{
    check(bare, sqlite3_step(statement));
    check(bare, sqlite3_reset(statement));
}

static void bare_open(struct bare *bare, const char *path, int size)
{
    check(bare, sqlite3_open(path, &bare->db));
    check(bare, sqlite3_exec(bare->db,
                             "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                             "CREATE TABLE event (session INTEGER, seq INTEGER, wall_ms INTEGER,"
                             " body BLOB, PRIMARY KEY (session, seq)) WITHOUT ROWID",
                             NULL, NULL, NULL));
    check(bare, sqlite3_prepare_v2(bare->db, "INSERT INTO event VALUES (?1, ?2, ?3, ?4)", -1,
                                   &bare->insert, NULL));
    check(bare, sqlite3_prepare_v2(bare->db, "BEGIN", -1, &bare->begin, NULL));
    check(bare, sqlite3_prepare_v2(bare->db, "COMMIT", -1, &bare->commit, NULL));
    bare->size = size;
    bare->seq = 1;
}

static void bare_close(struct bare *bare)
{
    sqlite3_finalize(bare->insert);
    sqlite3_finalize(bare->begin);
    sqlite3_finalize(bare->commit);
    check(bare, sqlite3_close(bare->db));
}

/* So many rows, spread over as many sessions as the other side has at once. Seconds a row. */
static double bare_run(struct bare *bare, int rows, int group, int sessions)
{
    const struct vb_random random = vb_random_system();
    random.fill(random.ctx, bare->body, (size_t)bare->size);
    double from = now_s();
    for (int i = 0; i < rows; i++) {
        if (i % group == 0)
            step(bare, bare->begin);
        sqlite3_bind_int64(bare->insert, 1, i % sessions);
        sqlite3_bind_int64(bare->insert, 2, bare->seq);
        sqlite3_bind_int64(bare->insert, 3, 1795255200000 + i);
        sqlite3_bind_blob(bare->insert, 4, bare->body, bare->size, SQLITE_STATIC);
        step(bare, bare->insert);
        bare->seq += (i + 1) % sessions == 0;
        if ((i + 1) % group == 0 || i + 1 == rows)
            step(bare, bare->commit);
    }
    bare->seq++;
    return (now_s() - from) / rows;
}

/* -- ours -- */

struct answering {
    struct kept *kept;
    const char **ids; /* not begun yet */
    int id_count, answered, wanted, in_flight;
    bool finished;
};
struct respondent {
    struct answering *all;
    struct vb_session *session; /* NULL: nobody is left */
};

static void answer(struct respondent *respondent);

static void on_done(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct respondent *respondent = ctx;
    struct answering *all = respondent->all;
    demand(code, err);
    all->answered++;
    all->in_flight--;
    if (all->answered + all->in_flight < all->wanted)
        answer(respondent);
    all->finished = all->answered >= all->wanted;
}

static void answer(struct respondent *respondent)
{
    struct answering *all = respondent->all;
    if (respondent->session == NULL || vb_session_view(respondent->session)->at != VB_AT_ITEM) {
        vb_session_destroy(respondent->session);
        vb_assert(all->id_count > 0);
        respondent->session = kept_session(all->kept, all->ids[--all->id_count]);
    }
    const struct vb_value value = vb_value_int(all->answered % 5);
    all->in_flight++;
    vb_session_answer(respondent->session, vb_session_view(respondent->session)->seq, NULL, &value,
                      NULL, on_done, respondent);
}

/* So many answers by so many respondents at once. Seconds an answer. */
static double sealed_run(struct kept *kept, int answers, int at_once, const char *ms, double *group)
{
    struct answering all = { .kept = kept, .wanted = answers };
    struct respondent *respondents = vb_alloc((size_t)at_once * sizeof *respondents);
    struct vb_err err = { 0 };
    sync_costs("0");
    all.id_count = at_once + answers / QUESTIONS + 1;
    all.ids = vb_arena_alloc(&kept->arena, (size_t)all.id_count * sizeof *all.ids);
    kept_begin(kept, all.id_count, all.ids);
    for (int i = 0; i < at_once; i++) { /* the first of each is at the table */
        respondents[i].all = &all;
        respondents[i].session = kept_session(kept, all.ids[--all.id_count]);
    }
    sync_costs(ms);
    struct vb_store_counts before = vb_store_queue_counts(kept->store);
    double from = now_s();
    for (int i = 0; i < at_once && i < answers; i++)
        answer(&respondents[i]);
    demand(vb_loop_until(kept->loop, &all.finished, &err), &err);
    double took = (now_s() - from) / answers;
    struct vb_store_counts after = vb_store_queue_counts(kept->store);
    *group = (double)(after.requests - before.requests) / (double)(after.batches - before.batches);
    for (int i = 0; i < at_once; i++)
        vb_session_destroy(respondents[i].session);
    free(respondents);
    return took;
}

/* The length of what lies on disk for an ordinary answer. */
static int sealed_size(const char *dir)
{
    char path[512];
    struct bare look = { 0 };
    sqlite3_stmt *statement;
    snprintf(path, sizeof path, "%s/verbond.db", dir);
    check(&look, sqlite3_open_v2(path, &look.db, SQLITE_OPEN_READONLY, NULL));
    check(&look, sqlite3_prepare_v2(look.db,
                                    "SELECT max(length(body)), min(length(body)) FROM event"
                                    " WHERE seq > 1",
                                    -1, &statement, NULL));
    vb_assert(sqlite3_step(statement) == SQLITE_ROW);
    int size = sqlite3_column_int(statement, 0);
    vb_assert(size == sqlite3_column_int(statement, 1)); /* every answer weighs the same */
    sqlite3_finalize(statement);
    check(&look, sqlite3_close(look.db));
    return size;
}

/* -- both, in turns -- */

struct figures {
    double ratio, group, ours_us, bare_us;
};

static struct figures compare(struct kept *kept, struct bare *bare, const char *ms, int at_once,
                              int answers, int turns)
{
    double ratios[TURNS], ours[TURNS], theirs[TURNS], groups[TURNS];
    for (int i = 0; i < turns; i++) {
        ours[i] = sealed_run(kept, answers, at_once, ms, &groups[i]);
        theirs[i] = bare_run(bare, answers, (int)(groups[i] + 0.5), at_once);
        ratios[i] = theirs[i] / ours[i];
    }
    return (struct figures){ median(ratios, turns), median(groups, turns),
                             median(ours, turns) * 1e6, median(theirs, turns) * 1e6 };
}

static void groups(struct kept *kept, struct bare *bare, const char *ms, int only)
{
    static const struct {
        int group, at_once, answers;
    } sides[] = { { 1, 1, 500 }, { 10, 20, 3000 }, { 100, 200, 10000 } };
    int slow = atoi(ms);
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        if (only > 0 && sides[i].at_once != only)
            continue;
        int syncs = slow < 5 ? 80 : 25;
        struct figures got =
            compare(kept, bare, ms, sides[i].at_once,
                    slow == 0 ? sides[i].answers : sides[i].group * syncs, slow == 0 ? TURNS : 5);
        printf("durable sealed answers, sync +%s ms, %d at once, groups of %.0f: %.2f x bare "
               "SQLite FULL\n",
               ms, sides[i].at_once, got.group, got.ratio);
        fflush(stdout);
        fprintf(stderr, "  %.1f us an answer, bare %.1f us\n", got.ours_us, got.bare_us);
    }
}

/* What an answer takes on disk when the store is at rest, everything of it counted. */
static void bytes_on_disk(struct kept *kept)
{
    enum { ANSWERS = 50000, AT_ONCE = 100 };
    int count = AT_ONCE + ANSWERS / QUESTIONS + 1;
    sync_costs("0");
    const char **ids = vb_arena_alloc(&kept->arena, (size_t)count * sizeof *ids);
    kept_begin(kept, count, ids);
    kept_close(kept);
    long empty = size_of(kept->dir, "verbond.db") + size_of(kept->dir, "keys.db");
    kept_open(kept);
    struct answering all = { .kept = kept, .ids = ids, .id_count = count, .wanted = ANSWERS };
    struct respondent respondents[AT_ONCE];
    struct vb_err err = { 0 };
    for (int i = 0; i < AT_ONCE; i++) {
        respondents[i] = (struct respondent){ .all = &all };
        answer(&respondents[i]);
    }
    demand(vb_loop_until(kept->loop, &all.finished, &err), &err);
    for (int i = 0; i < AT_ONCE; i++)
        vb_session_destroy(respondents[i].session);
    kept_close(kept);
    long full = size_of(kept->dir, "verbond.db") + size_of(kept->dir, "keys.db");
    printf("a sealed answer on disk: %ld bytes\n", (full - empty) / ANSWERS);
    kept_open(kept);
}

int main(int argc, char **argv)
{
    static struct kept kept;
    static struct bare bare;
    char path[512];
    double group;
    if (argc < 4)
        return 2;
    kept.dir = argv[2];
    kept_load(&kept, argv[1], "steady");
    kept_open(&kept);
    sealed_run(&kept, 2000, 20, "0", &group); /* warm */
    int size = sealed_size(kept.dir);
    fprintf(stderr, "  %d bytes a sealed body\n", size);
    snprintf(path, sizeof path, "%s.bare", kept.dir);
    bare_open(&bare, path, size);
    bare_run(&bare, 2000, 10, 20);
    groups(&kept, &bare, argv[3], argc > 4 ? atoi(argv[4]) : 0);
    if (argc == 4 && strcmp(argv[3], "0") == 0)
        bytes_on_disk(&kept);
    bare_close(&bare);
    kept_close(&kept);
    vb_arena_finish(&kept.arena);
    vb_plan_release(kept.plan);
    return 0;
}
