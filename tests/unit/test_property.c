/* One random instrument, written twice: as data that C walks, and as a flow that asks in Lua. The
 * same random events must show the same questions, keep the same path and values, and end in the
 * same bytes. VERBOND_SEED runs one seed alone and prints its instrument. */
#include "tests.h"

#include "loads.h"
#include "session/compare.h"
#include "session_fixture.h"

enum {
    INSTRUMENTS = 300,
    RUNS = 4,
    ITEMS = 24,
    SEGMENTS = 6,
    EVENTS = 45,
    CORRECTIONS = 8,
    PEOPLE = 6
};

/* -- chance ----------------------------------------------------------------------------------- */

struct chance {
    uint64_t state;
};

static unsigned draw(struct chance *chance, unsigned below)
{
    chance->state = chance->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(chance->state >> 33) % below;
}

static bool percent(struct chance *chance, unsigned of_hundred)
{
    return draw(chance, 100) < of_hundred;
}

/* -- a random instrument ---------------------------------------------------------------------- */

enum kind { YESNO, LIKERT, CHOICE, NUMBER, TEXT, KINDS };
struct leaf {
    int item;
    char op; /* i is, b below, a above, w between, g given */
    int value, high;
};
struct cond {
    char op; /* 0 none; l one leaf; & all, | any, ! neither */
    struct leaf leaves[3];
    int count;
};
struct item {
    enum kind kind;
    struct cond when;
    bool client_only, in_short, required;
    char say; /* a message before it: 0 none, 1 always, 2 under the item's condition */
};
struct segment {
    int first, count;
    bool each, scale;
};
struct tree {
    struct item items[ITEMS];
    struct segment segments[SEGMENTS];
    int item_count, segment_count;
    bool about; /* about = "member" in the place of v.each */
    /* A loop that has begun still says its messages about somebody who left meanwhile, where data
     * passes him over: an instrument has one or the other. */
    bool may_leave;
};

static struct leaf random_leaf(struct chance *chance, const struct tree *tree, const int *from,
                               int count)
{
    struct leaf leaf = { .item = from[draw(chance, (unsigned)count)], .op = 'g' };
    switch (tree->items[leaf.item].kind) {
    case YESNO:
        leaf.op = percent(chance, 80) ? 'i' : 'g';
        leaf.value = (int)draw(chance, 2);
        break;
    case LIKERT:
        leaf.op = "ibawg"[draw(chance, 5)];
        leaf.value = leaf.op == 'b' ? 2 + (int)draw(chance, 4) : 1 + (int)draw(chance, 4);
        leaf.high = leaf.value + (int)draw(chance, (unsigned)(6 - leaf.value));
        break;
    case NUMBER:
        leaf.op = "baw"[draw(chance, 3)];
        leaf.value = 2 + (int)draw(chance, 6);
        leaf.high = leaf.value + 2;
        break;
    case CHOICE:
        leaf.op = 'i';
        leaf.value = (int)draw(chance, 3);
        break;
    default:
        break;
    }
    return leaf;
}

/* Leaves of one condition look at different items, so that none excludes another. */
static struct cond random_cond(struct chance *chance, const struct tree *tree, int *from, int count)
{
    struct cond cond = { 0 };
    if (count == 0 || percent(chance, 45))
        return cond;
    cond.op = "ll&|!"[draw(chance, 5)];
    int most = cond.op == 'l' ? 1 : 2 + (int)draw(chance, 2);
    while (cond.count < most && count > 0) {
        struct leaf leaf = random_leaf(chance, tree, from, count);
        cond.leaves[cond.count++] = leaf;
        for (int i = 0; i < count; i++)
            if (from[i] == leaf.item)
                from[i--] = from[--count];
    }
    return cond;
}

/* What the item at index may look at: everything plain before it; in a segment per member also what
 * was asked per member before. */
static int visible(const struct tree *tree, int index, bool each, int *out)
{
    int count = 0;
    for (int i = 0; i < tree->segment_count; i++) {
        const struct segment *segment = &tree->segments[i];
        for (int j = segment->first; j < segment->first + segment->count && j < index; j++)
            if (!segment->each || each)
                out[count++] = j;
    }
    return count;
}

static void random_segment(struct chance *chance, struct tree *tree)
{
    struct segment *segment = &tree->segments[tree->segment_count++];
    bool after_each = tree->segment_count > 1 && segment[-1].each;
    segment->first = tree->item_count;
    segment->count = 1 + (int)draw(chance, 4);
    segment->each = percent(chance, 40) && !(tree->about && after_each);
    segment->scale = percent(chance, 30);
    for (int i = 0; i < segment->count; i++) {
        int from[ITEMS], index = tree->item_count++;
        struct item *item = &tree->items[index];
        item->kind = segment->scale ? LIKERT : (enum kind)draw(chance, KINDS);
        item->when = random_cond(chance, tree, from, visible(tree, index, segment->each, from));
        item->client_only = !segment->scale && percent(chance, 12);
        item->in_short = percent(chance, 60);
        item->required = percent(chance, 10);
        bool may_say = !segment->each || (!tree->about && !tree->may_leave);
        if (!segment->scale && may_say && percent(chance, 20))
            item->say = (char)(1 + draw(chance, 2));
    }
}

static struct tree random_tree(struct chance *chance)
{
    struct tree tree = { .about = percent(chance, 35), .may_leave = percent(chance, 70) };
    int segments = 2 + (int)draw(chance, SEGMENTS - 1);
    while (tree.segment_count < segments)
        random_segment(chance, &tree);
    tree.items[0].in_short = true;
    return tree;
}

/* -- the same in Lua, twice ------------------------------------------------------------------- */

static void put_data_leaf(struct vb_buf *out, const struct tree *tree, const struct leaf *leaf)
{
    enum kind kind = tree->items[leaf->item].kind;
    if (leaf->op == 'g')
        vb_buf_printf(out, "v.answered(\"q%d\")", leaf->item);
    else if (leaf->op == 'b')
        vb_buf_printf(out, "v.below(\"q%d\", %d)", leaf->item, leaf->value);
    else if (leaf->op == 'a')
        vb_buf_printf(out, "v.above(\"q%d\", %d)", leaf->item, leaf->value);
    else if (leaf->op == 'w')
        vb_buf_printf(out, "v.between(\"q%d\", %d, %d)", leaf->item, leaf->value, leaf->high);
    else if (kind == YESNO)
        vb_buf_printf(out, "v.is(\"q%d\", %s)", leaf->item, leaf->value ? "true" : "false");
    else if (kind == CHOICE)
        vb_buf_printf(out, "v.is(\"q%d\", \"o%d\")", leaf->item, leaf->value);
    else
        vb_buf_printf(out, "v.is(\"q%d\", %d)", leaf->item, leaf->value);
}

static void put_data_cond(struct vb_buf *out, const struct tree *tree, const struct cond *cond)
{
    const char *names[] = { ['&'] = "v.all", ['|'] = "v.any", ['!'] = "v.neither" };
    if (cond->op != 'l')
        vb_buf_printf(out, "%s { ", names[(unsigned char)cond->op]);
    for (int i = 0; i < cond->count; i++) {
        vb_buf_puts(out, i > 0 ? ", " : "");
        put_data_leaf(out, tree, &cond->leaves[i]);
    }
    vb_buf_puts(out, cond->op == 'l' ? "" : " }");
}

static bool is_each(const struct tree *tree, int item)
{
    for (int i = 0; i < tree->segment_count; i++)
        if (item >= tree->segments[i].first &&
            item < tree->segments[i].first + tree->segments[i].count)
            return tree->segments[i].each;
    return false;
}

static void put_code_leaf(struct vb_buf *out, const struct tree *tree, const struct leaf *leaf)
{
    enum kind kind = tree->items[leaf->item].kind;
    char name[24];
    snprintf(name, sizeof name, "%s.q%d", is_each(tree, leaf->item) ? "about" : "own", leaf->item);
    if (leaf->op == 'g')
        vb_buf_printf(out, "%s ~= nil", name);
    else if (leaf->op == 'b')
        vb_buf_printf(out, "(%s ~= nil and %s < %d)", name, name, leaf->value);
    else if (leaf->op == 'a')
        vb_buf_printf(out, "(%s ~= nil and %s > %d)", name, name, leaf->value);
    else if (leaf->op == 'w')
        vb_buf_printf(out, "(%s ~= nil and %s >= %d and %s <= %d)", name, name, leaf->value, name,
                      leaf->high);
    else if (kind == YESNO)
        vb_buf_printf(out, "%s == %s", name, leaf->value ? "true" : "false");
    else if (kind == CHOICE)
        vb_buf_printf(out, "%s == \"o%d\"", name, leaf->value);
    else
        vb_buf_printf(out, "%s == %d", name, leaf->value);
}

static void put_code_cond(struct vb_buf *out, const struct tree *tree, const struct cond *cond)
{
    vb_buf_puts(out, cond->op == '!' ? "not (" : "(");
    for (int i = 0; i < cond->count; i++) {
        vb_buf_puts(out, i == 0 ? "" : cond->op == '&' ? " and " : " or ");
        put_code_leaf(out, tree, &cond->leaves[i]);
    }
    vb_buf_puts(out, ")");
}

static void put_item(struct vb_buf *out, const struct tree *tree, int index, bool scripted)
{
    static const char *const kinds[] = { "yesno", "likert", "choice", "number", "text" };
    const struct item *item = &tree->items[index];
    vb_buf_printf(out, "    v.%s \"q%d\" { ", kinds[item->kind], index);
    if (item->client_only)
        vb_buf_puts(out, "roles = { \"client\" }, ");
    if (item->required)
        vb_buf_puts(out, "required = true, ");
    if (item->kind == CHOICE)
        vb_buf_puts(out, "options = { { id = \"o0\", nl = \"A\" }, { id = \"o1\", nl = \"B\" }, "
                         "{ id = \"o2\", nl = \"C\" } }, ");
    if (item->kind == NUMBER)
        vb_buf_puts(out, "min = 0, max = 10, integer = true, ");
    if (item->kind == TEXT)
        vb_buf_puts(out, "max = 60, ");
    if (is_each(tree, index) && (scripted || tree->about))
        vb_buf_puts(out, "about = \"member\", ");
    if (!scripted && item->when.op != 0) {
        vb_buf_puts(out, "when = ");
        put_data_cond(out, tree, &item->when);
        vb_buf_puts(out, ", ");
    }
    vb_buf_printf(out, "text = { nl = \"Vraag %d\" } },\n", index);
}

static void put_data_say(struct vb_buf *out, const struct tree *tree, int index)
{
    const struct item *item = &tree->items[index];
    if (item->say == 0)
        return;
    vb_buf_puts(out, "    v.say { ");
    if (item->say == 2 && item->when.op != 0) {
        vb_buf_puts(out, "when = ");
        put_data_cond(out, tree, &item->when);
        vb_buf_puts(out, ", ");
    }
    vb_buf_printf(out, "text = { nl = \"Voor %d\" } },\n", index);
}

static void put_segment(struct vb_buf *out, const struct tree *tree, int number, bool scripted)
{
    const struct segment *segment = &tree->segments[number];
    bool each = segment->each && !scripted && !tree->about;
    if (each)
        vb_buf_puts(out, "  v.each \"member\" {\n");
    if (segment->scale)
        vb_buf_printf(out, "  v.scale \"s%d\" { title = { nl = \"S\" }, score = \"mean\",%s\n",
                      number, segment->each && !each ? " about = \"member\"," : "");
    for (int i = segment->first; i < segment->first + segment->count; i++) {
        if (!scripted)
            put_data_say(out, tree, i);
        put_item(out, tree, i, scripted);
    }
    vb_buf_puts(out, segment->scale ? "  },\n" : "");
    vb_buf_puts(out, each ? "  },\n" : "");
}

static void put_flow_item(struct vb_buf *out, const struct tree *tree, int index, bool each)
{
    const struct item *item = &tree->items[index];
    if (item->say == 2 && item->when.op != 0) {
        vb_buf_puts(out, "    if ");
        put_code_cond(out, tree, &item->when);
        vb_buf_printf(out, " then s:say { nl = \"Voor %d\" } end\n", index);
    } else if (item->say != 0) {
        vb_buf_printf(out, "    s:say { nl = \"Voor %d\" }\n", index);
    }
    vb_buf_puts(out, "    if true");
    if (item->client_only)
        vb_buf_puts(out, " and s.role == \"client\"");
    if (item->when.op != 0) {
        vb_buf_puts(out, " and ");
        put_code_cond(out, tree, &item->when);
    }
    vb_buf_printf(out, " then %s.q%d = s:ask(\"q%d\"%s) end\n", each ? "about" : "own", index,
                  index, each ? ", member" : "");
}

static void put_flow(struct vb_buf *out, const struct tree *tree)
{
    vb_buf_puts(out, "  flow = function(s)\n    local own, kept = {}, {}\n");
    for (int i = 0; i < tree->segment_count; i++) {
        const struct segment *segment = &tree->segments[i];
        if (segment->each)
            vb_buf_printf(out,
                          "    for _, who in ipairs(%s) do\n"
                          "    local member = who.id\n"
                          "    kept[member] = kept[member] or {}\n"
                          "    local about <const> = kept[member]\n",
                          tree->about ? "s.role == \"member\" and { s.me } or s.members"
                                      : "s.members");
        for (int j = segment->first; j < segment->first + segment->count; j++)
            put_flow_item(out, tree, j, segment->each);
        if (segment->each)
            vb_buf_puts(out, "    end\n");
    }
    vb_buf_puts(out, "  end,\n");
}

static char *write_lua(const struct tree *tree, bool scripted)
{
    struct vb_buf out = { 0 };
    vb_buf_puts(&out,
                "local v <const> = require \"verbond\"\n"
                "return v.instrument {\n"
                "  id = \"one\", version = \"1.0.0\", licence = \"CC0-1.0\", basis = \"own\",\n"
                "  source = \"chance\", title = { nl = \"Een\" }, languages = { \"nl\" },\n"
                "  status = { nl = \"draft\" },\n"
                "  respondents = { \"client\", { role = \"member\", optional = true, max = 8 },\n"
                "    \"professional\" },\n"
                "  roster = { role = \"member\", min = 0, max = 8 },\n"
                "  formats = { standard = v.answers { { 1, nl = \"1\" }, { 2, nl = \"2\" },\n"
                "    { 3, nl = \"3\" }, { 4, nl = \"4\" }, { 5, nl = \"5\" } } },\n"
                "  forms = { short = { ");
    for (int i = 0; i < tree->item_count; i++)
        if (tree->items[i].in_short)
            vb_buf_printf(&out, "\"q%d\", ", i);
    vb_buf_puts(&out, "} },\n");
    if (scripted)
        put_flow(&out, tree);
    for (int i = 0; i < tree->segment_count; i++)
        put_segment(&out, tree, i, scripted);
    vb_buf_puts(&out, "}\n");
    return out.data;
}

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

static const char *const people[PEOPLE] = { "p-a", "p-b", "p-c", "p-d", "p-e", "p-f" };
static const char *const labels[PEOPLE] = { "Ada", "Ben", "Cas", "Dee", "Eef", "Fin" };

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

static struct vb_value random_value(struct chance *chance, const struct vb_item *item)
{
    static const char *const texts[] = { "one", "two words", "\xc3\xa9\xc3\xa9n \"q\"" };
    const char *text = texts[draw(chance, 3)];
    if (!item->required && percent(chance, 15))
        return vb_value_missing((enum vb_missing)(VB_MISSING_SKIPPED + draw(chance, 3)));
    switch (item->kind) {
    case VB_YESNO:
        return (struct vb_value){ .type = VB_VALUE_BOOL, .number = draw(chance, 2) };
    case VB_LIKERT:
        return vb_value_int(1 + draw(chance, 5));
    case VB_CHOICE:
        return (struct vb_value){ .type = VB_VALUE_OPTION, .number = draw(chance, 3) };
    case VB_NUMBER:
        return (struct vb_value){ .type = VB_VALUE_MILLI, .number = 1000 * draw(chance, 11) };
    default:
        return (
            struct vb_value){ .type = VB_VALUE_TEXT, .text = text, .len = (uint32_t)strlen(text) };
    }
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

static bool feed_at_overview(struct chance *chance, struct pair *pair, bool change)
{
    int count;
    const struct vb_place *path = vb_fold_path(pair->folds[0], &count);
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
    return feed_answer(chance, pair);
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
    while (vb_fold_view(pair->folds[0])->at == VB_AT_ITEM)
        if (!feed_answer(chance, pair))
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
                                                       "shared", "stopped", "withdrawn", "roster" };
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
