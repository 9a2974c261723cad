/* Somebody is erased, and what others said about that person is gone from their logs: what is left
 * is what they gave, under the questions they gave it to. Random instruments, random events, a
 * random member; VERBOND_SEED runs one seed alone and prints its instrument. */
#include "tests.h"

#include "loads.h"
#include "story.h"

enum { INSTRUMENTS = 60, RUNS = 4, STORIES = 40 };

/* -- without somebody ------------------------------------------------------------------------- */

struct read_back { /* room for what an event holds */
    struct vb_member members[PEOPLE];
    struct vb_opened opened;
    struct vb_sharing sharing;
    struct vb_left left[ITEMS * (PEOPLE + 1)];
};

static void read_yes(const struct story *story, struct vb_event *event, struct read_back *room)
{
    const struct vb_sharing *sharing = event->sharing;
    room->sharing = *sharing;
    room->sharing.left = room->left;
    room->sharing.left_count = 0;
    for (int i = 0; i < sharing->left_count; i++)
        if (sharing->left[i].member != story->victim)
            room->left[room->sharing.left_count++] = sharing->left[i];
    event->sharing = &room->sharing;
}

/* The event as it is read back when the victim was erased. */
static struct vb_event left_of(const struct story *story, int at, struct read_back *room)
{
    struct vb_event event = story->log[at];
    struct vb_member *members = room->members;
    if (event.member == story->victim) {
        event = bare(VB_EVENT_ERASED);
        event.seq = story->log[at].seq;
    }
    if (event.type == VB_EVENT_OPENED || event.type == VB_EVENT_ROSTER) {
        int count = event.type == VB_EVENT_OPENED ? event.opened->member_count : event.member_count;
        memcpy(members, event.type == VB_EVENT_OPENED ? event.opened->members : event.members,
               sizeof *members * (size_t)count);
        if (story->victim < count) {
            members[story->victim].gone = true;
            members[story->victim].label = NULL;
        }
        event.members = members;
    }
    if (event.type == VB_EVENT_OPENED) {
        room->opened = *event.opened;
        room->opened.members = members;
        event.opened = &room->opened;
    }
    if (event.type == VB_EVENT_SHARED)
        read_yes(story, &event, room);
    return event;
}

static struct vb_fold *fold_left(const struct story *story, int count)
{
    struct vb_fold *fold = vb_fold_create(story->plan, &story->options);
    struct vb_err err = { 0 };
    vb_fold_expect_gaps(fold);
    for (int i = 0; i < count; i++) {
        struct read_back room;
        struct vb_event event = left_of(story, i, &room);
        if (vb_fold_apply(fold, &event, &err) != VB_OK && vb_fold_parked(fold) == NULL)
            wrong(story, err.text);
        assert_int_equal(vb_fold_view(fold)->seq, event.seq);
    }
    return fold;
}

/* Slots of plain items and of every member but the victim. */
static bool is_left(const struct story *story, struct vb_place place)
{
    return place.member < 0 || place.member != story->victim;
}

static const struct vb_value *value_at(const struct story *story, const struct vb_fold *fold,
                                       struct vb_place place)
{
    const struct vb_item *item = &story->plan->items[place.item];
    return &vb_fold_values(fold)[vb_plan_slot(story->plan, item, place.member)];
}

/* Did one of the first so many events give this value to this very question? */
static bool was_given(const struct story *story, struct vb_place place, int count,
                      const struct vb_value *value)
{
    for (int i = 0; i < count; i++) {
        const struct vb_event *event = &story->log[i];
        if (event->type == VB_EVENT_ANSWERED && event->item == place.item &&
            event->member == place.member && vb_value_equal(&event->value, value))
            return true;
    }
    return false;
}

/* Every answer that counts was given, to this very question, and nothing is said of the victim. */
static void holds_only_what_was_given(const struct story *story, const struct vb_fold *fold,
                                      int count)
{
    int steps;
    const struct vb_place *path = vb_fold_path(fold, &steps);
    for (int i = 0; i < steps; i++) {
        if (!is_left(story, path[i]))
            wrong(story, "somebody who was erased is on the path");
        if (!was_given(story, path[i], count, value_at(story, fold, path[i])))
            wrong(story, "an answer stands that was not given so");
    }
    if (vb_fold_view(fold)->at == VB_AT_ITEM && vb_fold_view(fold)->member == story->victim)
        wrong(story, "somebody who was erased is asked about");
}

/* All that was on the path and is not about the victim is there, in the same order, held or not. */
static void holds_all_the_rest(const struct story *story, const struct vb_fold *fold)
{
    int all, left, at = 0;
    const struct vb_place *before = vb_fold_path(story->fold, &all);
    const struct vb_place *after = vb_fold_path(fold, &left);
    for (int i = 0; i < all; i++) {
        if (!is_left(story, before[i]))
            continue;
        if (at == left || before[i].item != after[at].item || before[i].member != after[at].member)
            wrong(story, "an answer is lost, or lies elsewhere on the path");
        if (!vb_value_equal(value_at(story, story->fold, before[i]),
                            value_at(story, fold, before[i])))
            wrong(story, "another answer counts than did before");
        if (vb_fold_held(story->fold, before[i].item, before[i].member) !=
            vb_fold_held(fold, after[at].item, after[at].member))
            wrong(story, "what was held back is not, or the other way round");
        at++;
    }
    if (at != left)
        wrong(story, "an answer came back");
}

/* Nothing is shared that was not, though a flow may ask it again. */
static void holds_nothing_else(const struct story *story, const struct vb_fold *fold)
{
    int all, left;
    const struct vb_place *before = vb_fold_path(story->fold, &all);
    const struct vb_place *after = vb_fold_path(fold, &left);
    for (int i = 0; i < left; i++) {
        bool was = false;
        for (int j = 0; j < all && !was; j++)
            was = before[j].item == after[i].item && before[j].member == after[i].member;
        if (!was)
            wrong(story, "an answer is shared that was not");
        if (!vb_value_equal(value_at(story, story->fold, after[i]),
                            value_at(story, fold, after[i])))
            wrong(story, "another answer is shared than was");
        if (vb_fold_held(story->fold, after[i].item, after[i].member) !=
            vb_fold_held(fold, after[i].item, after[i].member))
            wrong(story, "what was held back is not, or the other way round");
    }
}

static bool same_fold(const struct story *story, const struct vb_fold *a, const struct vb_fold *b)
{
    const struct vb_view *one = vb_fold_view(a), *two = vb_fold_view(b);
    int steps, other, members;
    const struct vb_place *path = vb_fold_path(a, &steps), *second = vb_fold_path(b, &other);
    vb_fold_members(a, &members);
    if (one->at != two->at || one->seq != two->seq || one->item != two->item ||
        one->member != two->member || (one->offered == NULL) != (two->offered == NULL) ||
        one->can_back != two->can_back || steps != other)
        return false;
    for (int i = 0; i < steps; i++)
        if (path[i].item != second[i].item || path[i].member != second[i].member)
            return false;
    for (int i = 0; i < vb_plan_slots(story->plan, members); i++)
        if (!vb_value_equal(&vb_fold_values(a)[i], &vb_fold_values(b)[i]))
            return false;
    return true;
}

/* The person goes on after the erasure: read again, the log leads to where they stand. */
static void goes_on(struct chance *chance, struct story *story)
{
    int count = story->count;
    struct vb_fold *live = fold_left(story, count);
    int members = story->member_count;
    bool gone = story->members[story->victim].gone;
    story->members[story->victim].gone = true;
    for (int i = 0; i < LIVE && vb_fold_view(live)->at < VB_AT_SHARED; i++) {
        feed_something(chance, story, live);
        struct vb_fold *again = fold_left(story, story->count);
        if (!same_fold(story, live, again))
            wrong(story, "read again, it stands elsewhere");
        vb_fold_destroy(again);
    }
    holds_only_what_was_given(story, live, story->count);
    feed_to_the_end(chance, story, live);
    vb_fold_destroy(live);
    story->members[story->victim].gone = gone;
    story->member_count = members;
    story->count = count;
}

/* -- many of them ----------------------------------------------------------------------------- */

/* exact: nothing depends on what was said of somebody else. */
static void run_story(struct chance *chance, struct story *story, const struct tree *tree,
                      bool exact)
{
    open_story(chance, story, tree);
    int events = (int)draw(chance, EVENTS);
    for (int i = 0; i < events; i++)
        feed_something(chance, story, story->fold);
    if (!choose_victim(chance, story))
        return;
    struct vb_fold *left = fold_left(story, story->count);
    holds_only_what_was_given(story, left, story->count);
    vb_fold_destroy(left);
    goes_on(chance, story);
    feed_to_the_end(chance, story, story->fold);
    if (vb_fold_parked(story->fold) != NULL)
        return;
    correct(chance, story);
    if (vb_fold_parked(story->fold) != NULL)
        return;
    left = fold_left(story, story->count);
    assert_int_equal(vb_fold_view(left)->at, VB_AT_SHARED);
    holds_only_what_was_given(story, left, story->count);
    holds_nothing_else(story, left);
    if (exact)
        holds_all_the_rest(story, left);
    vb_fold_destroy(left);
}

static void run_stories(struct chance *chance, struct vb_plan *plan, const struct tree *tree,
                        bool exact, int runs)
{
    for (int run = 0; run < runs; run++) {
        struct story *story = vb_new(struct story);
        story->plan = plan;
        story->options =
            (struct vb_sandbox_options){ .limits = vb_limits_flow(), .clock = vb_clock_system() };
        story->options.limits.deadline_ms = 60000; /* a slow machine is no difference */
        story->options.show_messages = true;
        story->fold = vb_fold_create(plan, &story->options);
        run_story(chance, story, tree, exact);
        vb_fold_destroy(story->fold);
        vb_arena_finish(&story->arena);
        free(story);
    }
}

static void run_text(struct chance *chance, const char *text, const struct tree *tree, bool exact,
                     int runs)
{
    struct loaded loaded = load_text(text);
    if (loaded.code != VB_OK)
        print_findings(&loaded);
    assert_int_equal(loaded.code, VB_OK);
    run_stories(chance, loaded.plan, tree, exact, runs);
    vb_findings_finish(&loaded.findings);
    vb_plan_release(loaded.plan);
}

static void try_seed(uint64_t seed, bool show)
{
    struct chance chance = { seed * 2654435761u + 3 };
    struct tree tree = random_tree(&chance);
    for (int scripted = 0; scripted < 2; scripted++) {
        char *text = write_lua(&tree, scripted == 1);
        if (show)
            fprintf(stderr, "%s\n", text);
        run_text(&chance, text, &tree, true, RUNS);
        free(text);
    }
}

static void what_is_left_is_what_was_given(void **state)
{
    (void)state;
    const char *only = getenv("VERBOND_SEED");
    if (only != NULL)
        try_seed(strtoull(only, NULL, 10), true);
    for (uint64_t seed = 1; only == NULL && seed <= INSTRUMENTS; seed++) {
        if (getenv("VERBOND_SHOW") != NULL)
            fprintf(stderr, "seed %llu\n", (unsigned long long)seed);
        try_seed(seed, false);
    }
}

/* Flows that look at what was said of one member when they ask about another, or about nobody. */
static const char nosy_head[] =
    "local v <const> = require 'verbond'\n"
    "return v.instrument { id = 'nosy', version = '1.0.0', licence = 'CC0-1.0', basis = 'own',\n"
    "  source = 'a test', title = { nl = 'Een' }, languages = { 'nl' }, status = { nl = 'draft' "
    "},\n"
    "  respondents = { 'client', { role = 'member', optional = true, max = 8 }, 'professional' },\n"
    "  roster = { role = 'member', min = 0, max = 8 },\n"
    "  formats = { standard = v.answers { { 1, nl = '1' }, { 2, nl = '2' }, { 3, nl = '3' },\n"
    "    { 4, nl = '4' }, { 5, nl = '5' } } }, forms = { short = { 'close', 'low', 'again' } },\n"
    "  v.likert 'close' { about = 'member', text = { nl = 'a' } },\n"
    "  v.text 'why' { about = 'member', max = 60, text = { nl = 'b' } },\n"
    "  v.yesno 'more' { about = 'member', text = { nl = 'c' } },\n"
    "  v.likert 'high' { text = { nl = 'd' } }, v.text 'low' { max = 60, text = { nl = 'e' } },\n"
    "  v.number 'again' { min = 0, max = 10, integer = true, required = true, text = { nl = 'f' } "
    "},"
    "\n  v.yesno 'many' { text = { nl = 'g' } },\n"
    "  flow = function(s)\n";
static const char *const nosy_flows[] = {
    /* what is asked of nobody hangs on everybody, and the other way round */
    "local high, first = 0, nil\n"
    "for _, m in ipairs(s.members) do local a = s:ask('close', m)\n"
    "  if a ~= nil and a > 3 then high = high + 1 first = first or m end\n"
    "  if high > 1 then s:ask('why', m) end end\n"
    "if high > 0 then s:ask 'high' else s:ask 'low' end\n"
    "if first then s:ask('more', first) end\n"
    "if s:ask 'again' > 4 and #s.members > 1 then s:ask 'many' end end }",
    /* it cannot go without what is gone */
    "local sum, n = 0, 0\n"
    "if s:ask 'again' > 3 then s:ask 'low' end\n"
    "for _, m in ipairs(s.members) do sum = sum + (s:ask('close', m) or 0) n = n + 1 end\n"
    "if sum / n > 2 then s:ask 'high' end\n"
    "if s.members[1].role == 'member' then s:ask('more', s.members[1]) end\n"
    "s:ask 'many' end }",
    /* the order is turned by what was said */
    "local said = {}\n"
    "for _, m in ipairs(s.members) do said[#said + 1] = { m, s:ask('close', m) or 0 } end\n"
    "table.sort(said, function(a, b) return a[2] > b[2] end)\n"
    "for i, one in ipairs(said) do if i < 3 then s:ask('why', one[1]) s:ask('more', one[1]) end "
    "end\n"
    "if #said > 0 and said[1][2] > 3 then s:ask 'high' s:ask 'low' else s:ask 'low' s:ask 'high' "
    "end"
    "\ns:ask 'again' end }",
};

static void a_flow_that_looks_at_others_shares_nothing_that_was_not_shared(void **state)
{
    (void)state;
    const struct tree any = { .may_leave = true };
    struct chance chance = { 20261122 };
    for (size_t i = 0; i < sizeof nosy_flows / sizeof *nosy_flows; i++) {
        struct vb_buf text = { 0 };
        vb_buf_printf(&text, "%s%s", nosy_head, nosy_flows[i]);
        run_text(&chance, text.data, &any, false, STORIES);
        vb_buf_finish(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_is_what_was_given),
        cmocka_unit_test(a_flow_that_looks_at_others_shares_nothing_that_was_not_shared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
