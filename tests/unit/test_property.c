/* One random instrument, written twice: as data that C walks, and as a flow that asks in Lua. The
 * same random events must show the same questions, keep the same path and values, and end in the
 * same bytes. VERBOND_SEED runs one seed alone and prints its instrument. */
#include "tests.h"

#include "loads.h"
#include "random_instrument.h"
#include "session/compare.h"
#include "session_fixture.h"

enum { INSTRUMENTS = 300, RUNS = 4, EVENTS = 45, CORRECTIONS = 8 };

/* -- two sessions side by side ---------------------------------------------------------------- */

struct event_log {
    struct vb_event list[EVENTS * 9];
    int count;
};
struct pair {
    struct vb_plan *plans[2];
    struct vb_fold *folds[2];
    struct vb_member members[PEOPLE];
    int member_count;
    bool may_leave;
    struct vb_opened opened;
    struct vb_member rosters[EVENTS * 2][PEOPLE]; /* as they were in each roster event */
    int roster_count;
    struct event_log log;
    struct vb_sharing sharing;
    const char *what; /* differs */
};

static bool same_values(const struct pair *pair)
{
    const struct vb_value *a = vb_fold_values(pair->folds[0]), *b = vb_fold_values(pair->folds[1]);
    int slots = vb_plan_slots(pair->plans[0], pair->member_count);
    for (int i = 0; i < slots; i++)
        if (!vb_value_equal(&a[i], &b[i]))
            return false;
    return true;
}

static bool same_path(const struct pair *pair)
{
    int count_a, count_b;
    const struct vb_place *a = vb_fold_path(pair->folds[0], &count_a);
    const struct vb_place *b = vb_fold_path(pair->folds[1], &count_b);
    if (count_a != count_b)
        return false;
    for (int i = 0; i < count_a; i++)
        if (a[i].item != b[i].item || a[i].member != b[i].member ||
            vb_fold_held(pair->folds[0], a[i].item, a[i].member) !=
                vb_fold_held(pair->folds[1], b[i].item, b[i].member))
            return false;
    return true;
}

/* What differs between two views; NULL when nothing does. */
static const char *view_difference(const struct vb_view *a, const struct vb_view *b)
{
    if (a->at != b->at)
        return "where it stands";
    if (a->seq != b->seq)
        return "the seq";
    if ((a->item == NULL) != (b->item == NULL) ||
        (a->item != NULL && strcmp(a->item->id, b->item->id) != 0))
        return "the question";
    if (a->member != b->member)
        return "the member";
    if (a->agreement != b->agreement || a->followed != b->followed)
        return "the agreement of last time";
    if ((a->offered == NULL) != (b->offered == NULL) ||
        (a->offered != NULL && !vb_value_equal(a->offered, b->offered)))
        return "what is offered";
    if (a->can_back != b->can_back)
        return "whether back is possible";
    if (a->say_count != b->say_count)
        return "how many messages come first";
    for (int i = 0; i < a->say_count; i++)
        if (strcmp(a->says[i], b->says[i]) != 0)
            return "a message";
    return NULL;
}

static bool agrees(struct pair *pair)
{
    pair->what = view_difference(vb_fold_view(pair->folds[0]), vb_fold_view(pair->folds[1]));
    if (pair->what == NULL && !same_path(pair))
        pair->what = "the path";
    if (pair->what == NULL && !same_values(pair))
        pair->what = "the values";
    return pair->what == NULL;
}

static bool feed(struct pair *pair, struct vb_event event)
{
    struct vb_err err = { 0 };
    event.seq = vb_fold_view(pair->folds[0])->seq + 1;
    pair->log.list[pair->log.count++] = event;
    for (int i = 0; i < 2; i++) {
        if (vb_fold_apply(pair->folds[i], &event, &err) != VB_OK) {
            fprintf(stderr, "%s fails: %s\n", i == 0 ? "the data" : "the flow", err.text);
            pair->what = "an event is refused";
            return false;
        }
    }
    return agrees(pair);
}

static bool feed_roster(struct chance *chance, struct pair *pair)
{
    bool joins = percent(chance, 60) || !pair->may_leave;
    int self = vb_fold_self(pair->folds[0]);
    if (pair->member_count < PEOPLE && joins) {
        int at = pair->member_count++;
        pair->members[at] = (struct vb_member){ people[at], "member", labels[at],
                                                percent(chance, 30) ? "short" : NULL, false };
    } else if (pair->member_count > 0 && pair->may_leave) {
        int at = (int)draw(chance, (unsigned)pair->member_count);
        pair->members[at].gone |= at != self;
    }
    struct vb_member *now = pair->rosters[pair->roster_count++];
    memcpy(now, pair->members, sizeof pair->members);
    return feed(pair, (struct vb_event){ .type = VB_EVENT_ROSTER,
                                         .item = -1,
                                         .member = -1,
                                         .members = now,
                                         .member_count = pair->member_count });
}

static bool feed_answer(struct chance *chance, struct pair *pair)
{
    const struct vb_view *view = vb_fold_view(pair->folds[0]);
    return feed(pair, (struct vb_event){ .type = VB_EVENT_ANSWERED,
                                         .item = view->item->index,
                                         .member = view->member,
                                         .value = random_value(chance, view->item) });
}

static bool feed_followed(struct chance *chance, struct pair *pair, int agreement, bool changed)
{
    return feed(pair, (struct vb_event){ .type = VB_EVENT_FOLLOWED,
                                         .item = -1,
                                         .member = -1,
                                         .agreement = agreement,
                                         .followed = (enum vb_followed)draw(chance, 4),
                                         .changed = changed });
}

/* What waits now: an agreement of last time, or an item. */
static bool feed_next(struct chance *chance, struct pair *pair)
{
    const struct vb_view *view = vb_fold_view(pair->folds[0]);
    return view->at == VB_AT_LAST ? feed_followed(chance, pair, view->agreement, false)
                                  : feed_answer(chance, pair);
}

static bool feed_last_at_overview(struct chance *chance, struct pair *pair)
{
    int agreement = (int)draw(chance, (unsigned)pair->opened.last.agreement_count);
    if (percent(chance, 60))
        return feed_followed(chance, pair, agreement, true);
    return feed(pair, (struct vb_event){ .type = VB_EVENT_HELD,
                                         .item = -1,
                                         .member = -1,
                                         .agreement = agreement,
                                         .on = percent(chance, 70) });
}

static bool feed_at_overview(struct chance *chance, struct pair *pair, bool change)
{
    int count;
    const struct vb_place *path = vb_fold_path(pair->folds[0], &count);
    if (pair->opened.last.agreement_count > 0 && percent(chance, 20))
        return feed_last_at_overview(chance, pair);
    if (count == 0)
        return true;
    struct vb_place place = path[draw(chance, (unsigned)count)];
    struct vb_event event = { .type = change ? VB_EVENT_ANSWERED : VB_EVENT_HELD,
                              .item = place.item,
                              .member = place.member,
                              .changed = change,
                              .on = percent(chance, 70) };
    if (change)
        event.value = random_value(chance, &pair->plans[0]->items[place.item]);
    return feed(pair, event);
}

static bool feed_something(struct chance *chance, struct pair *pair)
{
    const struct vb_view *view = vb_fold_view(pair->folds[0]);
    struct vb_event back = { .type = VB_EVENT_BACK, .item = -1, .member = -1 };
    if (percent(chance, 6))
        return feed_roster(chance, pair);
    if (view->can_back && percent(chance, view->at == VB_AT_OVERVIEW ? 25 : 15))
        return feed(pair, back);
    if (view->at == VB_AT_OVERVIEW)
        return feed_at_overview(chance, pair, percent(chance, 75));
    return feed_next(chance, pair);
}

static char *result_of(const struct vb_plan *plan, const struct vb_fold *fold);

static bool feed_bare(struct pair *pair, enum vb_event_type type)
{
    return feed(pair, (struct vb_event){ .type = type, .item = -1, .member = -1 });
}

/* Some of everything, then to the end, then shared. */
static bool run_events(struct chance *chance, struct pair *pair, int most)
{
    for (int i = 0; i < most; i++) {
        if (vb_fold_view(pair->folds[0])->at == VB_AT_OVERVIEW && percent(chance, 20))
            break;
        if (!feed_something(chance, pair))
            return false;
    }
    while (vb_fold_view(pair->folds[0])->at == VB_AT_ITEM ||
           vb_fold_view(pair->folds[0])->at == VB_AT_LAST)
        if (!feed_next(chance, pair))
            return false;
    return feed(pair,
                (struct vb_event){
                    .type = VB_EVENT_SHARED, .item = -1, .member = -1, .sharing = &pair->sharing });
}

static char *result_of(const struct vb_plan *plan, const struct vb_fold *fold)
{
    struct vb_arena arena = { 0 };
    struct vb_buf out = { 0 };
    int count;
    const struct vb_member *members = vb_fold_members(fold, &count);
    const struct vb_opened *opened = vb_fold_opened(fold);
    struct vb_voice voice = { fold, opened->person, opened->role, NULL, vb_fold_self(fold) };
    struct vb_result result = { .plan = plan,
                                .round = "r",
                                .wave = "t0",
                                .revision = 1,
                                .reason = "released",
                                .form = vb_plan_form(plan, opened->form),
                                .variant = -1,
                                .setting = -1 };
    vb_result_fill(&result, &voice, 1, members, count, NULL, &arena);
    vb_result_write(&out, &result, VB_CONTENT_ITEMS);
    vb_arena_finish(&arena);
    return out.data;
}

/* A correction that is left ends where it began, whatever was done in it. */
static bool leave_correction(struct chance *chance, struct pair *pair)
{
    char *before[2];
    int members = pair->member_count;
    for (int i = 0; i < 2; i++)
        before[i] = result_of(pair->plans[i], pair->folds[i]);
    bool well = feed_bare(pair, VB_EVENT_REOPENED);
    for (int i = 0; i < CORRECTIONS && well; i++)
        well = feed_something(chance, pair);
    pair->member_count = members;
    well = well && feed_bare(pair, VB_EVENT_STOPPED);
    for (int i = 0; i < 2; i++) {
        char *after = result_of(pair->plans[i], pair->folds[i]);
        if (well && strcmp(before[i], after) != 0)
            pair->what = "what a correction left behind";
        well = well && strcmp(before[i], after) == 0;
        free(before[i]);
        free(after);
    }
    return well;
}

static bool correct(struct chance *chance, struct pair *pair)
{
    if (percent(chance, 30) &&
        !(feed_bare(pair, VB_EVENT_REOPENED) && run_events(chance, pair, CORRECTIONS)))
        return false;
    return !percent(chance, 30) || leave_correction(chance, pair);
}

static bool same_results(struct pair *pair)
{
    char *a = result_of(pair->plans[0], pair->folds[0]);
    char *b = result_of(pair->plans[1], pair->folds[1]);
    bool same = strcmp(a, b) == 0;
    if (!same) {
        fprintf(stderr, "%s\n%s\n", a, b);
        pair->what = "the result";
    }
    free(a);
    free(b);
    return same;
}

/* The log folded again, all at once, ends where the session ended step by step. */
static bool same_again(struct pair *pair)
{
    bool same = true;
    for (int i = 0; i < 2 && same; i++) {
        struct vb_err err;
        char *before = result_of(pair->plans[i], pair->folds[i]), *after;
        vb_fold_reset(pair->folds[i]);
        for (int j = 0; j < pair->log.count; j++)
            same = same && vb_fold_apply(pair->folds[i], &pair->log.list[j], &err) == VB_OK;
        after = result_of(pair->plans[i], pair->folds[i]);
        same = same && strcmp(before, after) == 0;
        free(before);
        free(after);
    }
    pair->what = same ? NULL : "the log folded again";
    return same;
}

static void open_pair(struct chance *chance, struct pair *pair, const struct tree *tree)
{
    static const char *const roles[] = { "client", "professional", "member" };
    pair->may_leave = tree->may_leave;
    pair->member_count = (int)draw(chance, 4);
    pair->opened = (struct vb_opened){ .digest = pair->plans[0]->digest,
                                       .api = 1,
                                       .person = "p-x",
                                       .role = roles[draw(chance, tree->about ? 3 : 2)],
                                       .language = "nl",
                                       .format = "standard",
                                       .form = percent(chance, 25) ? "short" : NULL,
                                       .mode = "self",
                                       .opening = "1" };
    if (percent(chance, 40))
        pair->opened.last = (struct vb_last){ "r-last", 2, 1 + (int)draw(chance, 3) };
    bool member = strcmp(pair->opened.role, "member") == 0;
    if (member && pair->member_count == 0)
        pair->member_count = 1;
    for (int i = 0; i < pair->member_count; i++)
        pair->members[i] = (struct vb_member){ people[i], "member", labels[i],
                                               percent(chance, 30) ? "short" : NULL, false };
    if (member) {
        int self = (int)draw(chance, (unsigned)pair->member_count);
        pair->opened.person = people[self];
        pair->opened.label = labels[self];
        pair->opened.form = pair->members[self].form;
    }
    memcpy(pair->rosters[0], pair->members, sizeof pair->members);
    pair->roster_count = 1;
    pair->opened.members = pair->rosters[0];
    pair->opened.member_count = pair->member_count;
}

static bool run_pair(struct chance *chance, struct pair *pair, const struct tree *tree)
{
    open_pair(chance, pair, tree);
    struct vb_event opened = {
        .type = VB_EVENT_OPENED, .item = -1, .member = -1, .opened = &pair->opened
    };
    return feed(pair, opened) && run_events(chance, pair, EVENTS) && correct(chance, pair) &&
           same_results(pair) && same_again(pair);
}

/* -- many of them ----------------------------------------------------------------------------- */

static struct vb_plan *load(const char *text, const char *which)
{
    struct loaded loaded = load_text(text);
    if (loaded.code != VB_OK) {
        fprintf(stderr, "the instrument as %s does not load:\n", which);
        print_findings(&loaded);
    }
    vb_findings_finish(&loaded.findings);
    return loaded.plan;
}

static void print_view(const struct vb_view *view)
{
    fprintf(stderr, "  at %d, question %s, member %d, can back %d\n", view->at,
            view->item == NULL ? "none" : view->item->id, view->member, view->can_back);
    for (int i = 0; i < view->say_count; i++)
        fprintf(stderr, "  says \"%s\"\n", view->says[i]);
}

static void print_run(const struct pair *pair)
{
    static const char *const names[VB_EVENT_COUNT] = { "opened", "answer",  "back",      "hold",
                                                       "shared", "stopped", "withdrawn", "roster",
                                                       "follow", "reopen",  "talk" };
    fprintf(stderr, "role %s, form %s, %d members at first\n", pair->opened.role,
            pair->opened.form == NULL ? "none" : pair->opened.form, pair->opened.member_count);
    for (int i = 0; i < pair->log.count; i++) {
        const struct vb_event *event = &pair->log.list[i];
        fprintf(stderr, "%d %s q%d member %d%s value %d:%d\n", i + 1, names[event->type],
                event->item, event->member, event->changed ? " changed" : "", event->value.type,
                (int)event->value.number);
        for (int j = 0; j < event->member_count; j++)
            fprintf(stderr, "  %s%s\n", event->members[j].label,
                    event->members[j].gone ? " left" : "");
    }
    print_view(vb_fold_view(pair->folds[0]));
    print_view(vb_fold_view(pair->folds[1]));
}

/* How many events both took; fails with seed and instrument when they part. */
static int try_seed(uint64_t seed, bool show)
{
    struct chance chance = { seed * 2654435761u + 1 };
    struct tree tree = random_tree(&chance);
    char *data = write_lua(&tree, false), *code = write_lua(&tree, true);
    struct vb_plan *plans[2] = { load(data, "data"), load(code, "a flow") };
    struct vb_sandbox_options options = { .limits = vb_limits_flow(), .clock = vb_clock_system() };
    bool same = plans[0] != NULL && plans[1] != NULL;
    int events = 0;
    options.limits.deadline_ms = 60000; /* a slow machine is no difference */
    if (same)                           /* the results name it */
        memcpy(plans[1]->digest, plans[0]->digest, sizeof plans[1]->digest);
    for (int run = 0; run < RUNS && same; run++) {
        struct pair *pair = vb_new(struct pair);
        for (int i = 0; i < 2; i++) {
            pair->plans[i] = plans[i];
            pair->folds[i] = vb_fold_create(plans[i], &options);
        }
        same = run_pair(&chance, pair, &tree);
        if (!same) {
            print_run(pair);
            fprintf(stderr, "seed %llu, run %d, event %d: %s differs\n", (unsigned long long)seed,
                    run, pair->log.count, pair->what);
        }
        events += pair->log.count;
        vb_fold_destroy(pair->folds[0]);
        vb_fold_destroy(pair->folds[1]);
        free(pair);
    }
    if (!same || show)
        fprintf(stderr, "%s\n%s\n", data, code);
    vb_plan_release(plans[0]);
    vb_plan_release(plans[1]);
    free(data);
    free(code);
    assert_true(same);
    return events;
}

static void data_and_flow_walk_the_same_path_to_the_same_bytes(void **state)
{
    (void)state;
    const char *only = getenv("VERBOND_SEED");
    int events = 0;
    if (only != NULL) {
        try_seed(strtoull(only, NULL, 10), true);
        return;
    }
    for (uint64_t seed = 1; seed <= INSTRUMENTS; seed++)
        events += try_seed(seed, false);
    assert_true(events > INSTRUMENTS * RUNS * 5); /* they did walk */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(data_and_flow_walk_the_same_path_to_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
