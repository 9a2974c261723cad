/* engine.c - ref20 through the engine's own API: sessions, kinds, the fold, scores, the result.
 *
 * Sessions stand on no store here: what is measured is step, checks, scores and canonical result.
 * Only those that are evicted have one, which keeps nothing, so that only their handles count.
 * The clock and the ids are cheap ones, so that neither side pays for system calls.
 *
 * usage: engine step|live|open|evicted|roster INSTRUMENTS NAME CSV [SESSIONS] */
#include "ref20.h"

#include <malloc.h>

#include "script/load.h"
#include "session/compare.h"
#include "session/session.h"

enum {
    WARM = 1000,
    MEMBERS_MAX = 1000,
    ITEM_Q = 0,
    ITEM_X = 20,
    ITEM_V = 22,
    ITEM_T = 24,
    SCALES = 5
};

#define PERSON  "person0000000001"
#define SESSION "session000000001"

struct bench {
    struct vb_plan *plan;
    struct vb_env env;
    struct vb_store *store;     /* NULL but for evicted */
    struct vb_session *session; /* one after the other, but for open */
    int item[25];               /* plan indexes of q1..q20, x1, x2, va, vb, t1 */
    int family, total;
    struct vb_member members[MEMBERS_MAX];
    char names[MEMBERS_MAX][16];
    struct vb_arena arena;
    struct vb_buf json;
    struct vb_score now[SCALES]; /* live: as they are after the last answer */
    struct checksum sum;
    enum vb_code code; /* what done said last */
};

/* -- what main would hand over ------------------------------------------------------------------
 */

static int64_t no_time(void *ctx)
{
    (void)ctx;
    return 1000;
}

static void cheap_random(void *ctx, void *bytes, size_t len)
{
    static uint64_t state = 1;
    unsigned char *out = bytes;
    (void)ctx;
    for (size_t i = 0; i < len; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        out[i] = (unsigned char)(state >> 56);
    }
}

static void demand(enum vb_code code, const struct vb_err *err)
{
    if (code == VB_OK)
        return;
    fprintf(stderr, "engine: %s\n", err->text);
    exit(1);
}

static int find_item(const struct vb_plan *plan, const char *id)
{
    int index = vb_plan_item(plan, id);
    vb_assert(index >= 0);
    return index;
}

static void load(struct bench *bench, const char *instruments, const char *name)
{
    char path[64], id[8];
    struct vb_folder folder = { .root = instruments };
    struct vb_source source = vb_source_folder(&folder);
    struct vb_sandbox_options options = { .limits = vb_limits_load(), .clock = vb_clock_system() };
    struct vb_findings findings = { 0 };
    struct vb_err err = { 0 };
    snprintf(path, sizeof path, "%s/instrument.lua", name);
    demand(vb_load(&bench->plan, &source, path, &options, &findings, &err), &err);
    vb_findings_finish(&findings);
    for (int k = 0; k < 20; k++) {
        snprintf(id, sizeof id, "q%d", k + 1);
        bench->item[k] = find_item(bench->plan, id);
    }
    bench->item[ITEM_X] = find_item(bench->plan, "x1");
    bench->item[ITEM_X + 1] = find_item(bench->plan, "x2");
    bench->item[ITEM_V] = find_item(bench->plan, "va");
    bench->item[ITEM_V + 1] = find_item(bench->plan, "vb");
    bench->item[ITEM_T] = find_item(bench->plan, "t1");
    bench->family = vb_plan_scale(bench->plan, "family");
    vb_assert(bench->plan->scale_count == SCALES && bench->family >= 0);
    bench->total = 0;
    bench->env.clock = (struct vb_clock){ no_time, no_time, NULL };
    bench->env.random = (struct vb_random){ cheap_random, NULL };
    bench->env.sandbox.limits = vb_limits_flow();
    bench->env.sandbox.clock = vb_clock_system();
    for (int i = 0; i < MEMBERS_MAX; i++) {
        snprintf(bench->names[i], sizeof bench->names[i], "member%09d", i);
        bench->members[i] = (struct vb_member){ .person = bench->names[i], .role = "member" };
    }
}

/* -- one session --------------------------------------------------------------------------------
 */

/* On *session, whose memory is used again; NULL: a new one. */
static void begin(struct bench *bench, struct vb_session **session, int members)
{
    struct vb_err err = { 0 };
    struct vb_opened opened = {
        .digest = bench->plan->digest,
        .api = VB_API_VERSION,
        .person = PERSON,
        .role = "client",
        .language = "en",
        .format = "standard",
        .mode = "self",
        .opening = "1",
        .members = bench->members,
        .member_count = members,
    };
    if (*session == NULL)
        demand(vb_session_begin(session, bench->store, &bench->env, bench->plan, SESSION, &opened,
                                &err),
               &err);
    else
        demand(vb_session_rebegin(*session, SESSION, &opened, &err), &err);
}

static void done(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct bench *bench = ctx;
    bench->code = code;
    if (code != VB_OK && code != VB_E_DATA)
        demand(code, err);
}

static struct vb_value value_of(const struct step *step, const struct row *row)
{
    if (step->key == KEY_TEXT)
        return (struct vb_value){ .type = VB_VALUE_TEXT,
                                  .text = step->value ? row->text : "",
                                  .len = step->value ? (uint32_t)row->text_len : 0 };
    if (step->value < 0)
        return vb_value_missing(VB_MISSING_SKIPPED);
    if (step->key >= KEY_V)
        return (struct vb_value){ .type = VB_VALUE_MILLI, .number = step->value * INT64_C(1000) };
    return vb_value_int(step->value);
}

/* The question the row's step answers must be the one the engine asks. */
static void expect(const struct bench *bench, const struct vb_view *view, const struct step *step)
{
    int key = step->key, member = -1;
    if (key == KEY_TEXT) {
        key = ITEM_T;
    } else if (key >= KEY_V) {
        member = (key - KEY_V) / 2;
        key = ITEM_V + (key - KEY_V) % 2;
    }
    vb_assert(view->at == VB_AT_ITEM);
    vb_assert(view->item->index == bench->item[key]);
    vb_assert(view->member == member);
}

static void answer(struct bench *bench, struct vb_session *session, const struct vb_value *value)
{
    vb_session_answer(session, vb_session_view(session)->seq, "bench", value, NULL, done, bench);
}

/* The scores that this answer can have changed: its scale's, and the total. */
static void score_now(struct bench *bench, const struct vb_session *session, int scale, int member)
{
    const struct vb_fold *fold = vb_session_fold(session);
    const struct vb_plan *plan = bench->plan;
    int64_t total;
    if (scale < 0)
        return;
    vb_score_scale(&bench->now[scale], plan, &plan->scales[scale], vb_fold_values(fold), member,
                   vb_fold_format(fold), vb_fold_role(fold), NULL);
    vb_assert(bench->now[scale].any);
    if (scale != bench->family && vb_score_total(&total, &plan->totals[0], plan, bench->now))
        vb_assert(total >= 0);
}

static void walk(struct bench *bench, struct vb_session *session, const struct row *row, bool live,
                 int until)
{
    struct step steps[STEPS_MAX];
    int count = steps_of(row, steps);
    for (int k = 0; k < count && steps[k].key < until; k++) {
        const struct vb_view *view = vb_session_view(session);
        int scale = view->item->scale, member = view->member;
        struct vb_value value = value_of(&steps[k], row);
        expect(bench, view, &steps[k]);
        answer(bench, session, &value);
        bench->sum.rejects += bench->code == VB_E_DATA;
        if (live)
            score_now(bench, session, scale, member);
    }
}

/* -- its result ---------------------------------------------------------------------------------
 */

static void count_in(struct bench *bench, const struct vb_respondent *person)
{
    struct checksum *sum = &bench->sum;
    const struct vb_value *text = &person->own.values[bench->item[ITEM_T]];
    sum->n++;
    sum->extras += vb_value_given(&person->own.values[bench->item[ITEM_X]]);
    sum->bytes += text->len;
    if (person->total_given[bench->total])
        sum->total += person->totals[bench->total];
    else
        sum->nulls++;
    for (int i = 0; i < person->about_count; i++)
        sum->family += person->about[i].scores[bench->family].mean_milli * 2 / 1000;
}

static void write_result(struct bench *bench, const struct vb_session *session)
{
    int roster_count;
    const struct vb_fold *fold = vb_session_fold(session);
    const struct vb_member *roster = vb_fold_members(fold, &roster_count);
    struct vb_voice voice = { .fold = fold, .person = PERSON, .role = "client", .member = -1 };
    struct vb_result result = { .plan = bench->plan,
                                .round = "round00000000001",
                                .wave = "t0",
                                .revision = 1,
                                .reason = "released",
                                .form = -1,
                                .variant = -1,
                                .setting = -1 };
    vb_arena_reset(&bench->arena);
    vb_buf_clear(&bench->json);
    vb_result_fill(&result, &voice, 1, roster, roster_count, NULL, &bench->arena);
    vb_result_write(&bench->json, &result, VB_CONTENT_ITEMS);
    vb_assert(result.respondent_count == 1);
    count_in(bench, &result.respondents[0]);
}

/* -- modes --------------------------------------------------------------------------------------
 */

static void share(struct bench *bench, struct vb_session *session)
{
    const struct vb_sharing sharing = { 0 };
    vb_assert(vb_session_view(session)->at == VB_AT_OVERVIEW);
    vb_session_share(session, vb_session_view(session)->seq, &sharing, done, bench);
    vb_assert(bench->code == VB_OK);
}

static void run(struct bench *bench, const struct row *row, bool live)
{
    begin(bench, &bench->session, 3);
    memset(bench->now, 0, sizeof bench->now);
    walk(bench, bench->session, row, live, KEY_TEXT + 1);
    share(bench, bench->session);
    write_result(bench, bench->session);
}

static void mode_step(struct bench *bench, const struct row *rows, int count, int sessions,
                      const char *mode)
{
    bool live = mode[0] == 'l';
    for (int i = 0; i < WARM; i++)
        run(bench, &rows[i % count], live);
    bench->sum = (struct checksum){ 0 };
    double from = cpu_s();
    for (int i = 0; i < sessions; i++)
        run(bench, &rows[i % count], live);
    report(bench->plan->id, mode, cpu_s() - from, &bench->sum);
}

/* Sessions answered up to q13 and kept: what each takes of resident memory. */
static void mode_open(struct bench *bench, const struct row *rows, int count, int sessions)
{
    struct vb_session **open = calloc((size_t)sessions, sizeof(struct vb_session *));
    vb_assert(open != NULL);
    for (int i = 0; i < sessions; i++) /* the array itself is there before the count begins */
        open[i] = NULL;
    long from = resident_bytes();
    for (int i = 0; i < sessions; i++) {
        begin(bench, &open[i], 3);
        walk(bench, open[i], &rows[i % count], false, 13);
    }
    printf("%ld\n", (resident_bytes() - from) / sessions);
    for (int i = 0; i < sessions; i++)
        vb_session_destroy(open[i]);
    free(open);
}

static enum vb_code keep_nothing(struct vb_store *store, const struct vb_change *changes,
                                 size_t count, struct vb_err *err)
{
    (void)store;
    (void)changes;
    (void)count;
    (void)err;
    return VB_OK;
}

/* The same, put to sleep behind q13: what the allocator holds for each handle. */
static void mode_evicted(struct bench *bench, const struct row *rows, int count, int sessions)
{
    static const struct vb_store_ops ops = { .name = "nothing", .commit = keep_nothing };
    struct vb_store nothing = { .ops = &ops };
    struct vb_session **open = calloc((size_t)sessions, sizeof(struct vb_session *));
    vb_assert(open != NULL);
    bench->store = &nothing;
    begin(bench, &open[0], 3); /* what the C library sets up once is there before the count */
    walk(bench, open[0], &rows[0], false, 13);
    vb_session_evict(open[0]);
    size_t from = mallinfo2().uordblks;
    for (int i = 1; i < sessions; i++) {
        begin(bench, &open[i], 3);
        walk(bench, open[i], &rows[i % count], false, 13);
        vb_session_evict(open[i]);
    }
    printf("%ld\n", (long)(mallinfo2().uordblks - from) / (sessions - 1));
    for (int i = 0; i < sessions; i++)
        vb_session_destroy(open[i]);
    free(open);
}

/* CPU per answer of one session with so many members. */
static double answer_us(struct bench *bench, const struct row *row, int members)
{
    double from = cpu_s();
    struct vb_value value = { .type = VB_VALUE_MILLI, .number = 50000 };
    begin(bench, &bench->session, members);
    struct vb_session *session = bench->session;
    walk(bench, session, row, false, KEY_V);
    for (int i = 0; i < members * 2; i++)
        answer(bench, session, &value);
    value = value_of(&(struct step){ KEY_TEXT, 1 }, row);
    answer(bench, session, &value);
    share(bench, session);
    write_result(bench, session);
    return (cpu_s() - from) / (members * 2 + 21) * 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *list, int count)
{
    qsort(list, (size_t)count, sizeof *list, by_size);
    return list[count / 2];
}

/* Ten members and a thousand, in turns; each side answers about as many questions. */
static void mode_roster(struct bench *bench, const struct row *row)
{
    enum { TURNS = 41, SMALL = 50 };
    double few[TURNS], many[TURNS];
    for (int i = 0; i < TURNS; i++) {
        few[i] = 0;
        for (int k = 0; k < SMALL; k++)
            few[i] += answer_us(bench, row, 10) / SMALL;
        many[i] = answer_us(bench, row, MEMBERS_MAX);
    }
    printf("%.2f\n", median(many, TURNS) / median(few, TURNS));
}

int main(int argc, char **argv)
{
    static struct bench bench;
    int count;
    if (argc < 5)
        return 2;
    const char *mode = argv[1];
    load(&bench, argv[2], argv[3]);
    struct row *rows = read_rows(argv[4], &count);
    int sessions = argc > 5 ? atoi(argv[5]) : count;
    if (strcmp(mode, "open") == 0)
        mode_open(&bench, rows, count, sessions);
    else if (strcmp(mode, "evicted") == 0)
        mode_evicted(&bench, rows, count, sessions);
    else if (strcmp(mode, "roster") == 0)
        mode_roster(&bench, rows);
    else
        mode_step(&bench, rows, count, sessions, mode);
    vb_session_destroy(bench.session);
    vb_arena_finish(&bench.arena);
    vb_buf_finish(&bench.json);
    vb_plan_release(bench.plan);
    return 0;
}
