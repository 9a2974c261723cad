/* random_instrument.h - instruments by chance, each as data and as a flow that asks the same. */
#ifndef VB_RANDOM_INSTRUMENT_H
#define VB_RANDOM_INSTRUMENT_H

#include "data/instrument.h"
#include "tests.h"

enum { ITEMS = 24, SEGMENTS = 6, PEOPLE = 6 };
static const char *const people[PEOPLE] = { "p-a", "p-b", "p-c", "p-d", "p-e", "p-f" };
static const char *const labels[PEOPLE] = { "Ada", "Ben", "Cas", "Dee", "Eef", "Fin" };

/* -- chance ----------------------------------------------------------------------------------- */

struct chance {
    uint64_t state;
};

static inline unsigned draw(struct chance *chance, unsigned below)
{
    chance->state = chance->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(chance->state >> 33) % below;
}

static inline bool percent(struct chance *chance, unsigned of_hundred)
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

static inline struct leaf random_leaf(struct chance *chance, const struct tree *tree,
                                      const int *from, int count)
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
static inline struct cond random_cond(struct chance *chance, const struct tree *tree, int *from,
                                      int count)
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
static inline int visible(const struct tree *tree, int index, bool each, int *out)
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

static inline void random_segment(struct chance *chance, struct tree *tree)
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

static inline struct tree random_tree(struct chance *chance)
{
    struct tree tree = { .about = percent(chance, 35), .may_leave = percent(chance, 70) };
    int segments = 2 + (int)draw(chance, SEGMENTS - 1);
    while (tree.segment_count < segments)
        random_segment(chance, &tree);
    tree.items[0].in_short = true;
    return tree;
}

/* -- the same in Lua, twice ------------------------------------------------------------------- */

static inline void put_data_leaf(struct vb_buf *out, const struct tree *tree,
                                 const struct leaf *leaf)
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

static inline void put_data_cond(struct vb_buf *out, const struct tree *tree,
                                 const struct cond *cond)
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

static inline bool is_each(const struct tree *tree, int item)
{
    for (int i = 0; i < tree->segment_count; i++)
        if (item >= tree->segments[i].first &&
            item < tree->segments[i].first + tree->segments[i].count)
            return tree->segments[i].each;
    return false;
}

static inline void put_code_leaf(struct vb_buf *out, const struct tree *tree,
                                 const struct leaf *leaf)
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

static inline void put_code_cond(struct vb_buf *out, const struct tree *tree,
                                 const struct cond *cond)
{
    vb_buf_puts(out, cond->op == '!' ? "not (" : "(");
    for (int i = 0; i < cond->count; i++) {
        vb_buf_puts(out, i == 0 ? "" : cond->op == '&' ? " and " : " or ");
        put_code_leaf(out, tree, &cond->leaves[i]);
    }
    vb_buf_puts(out, ")");
}

static inline void put_item(struct vb_buf *out, const struct tree *tree, int index, bool scripted)
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

static inline void put_data_say(struct vb_buf *out, const struct tree *tree, int index)
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

static inline void put_segment(struct vb_buf *out, const struct tree *tree, int number,
                               bool scripted)
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

static inline void put_flow_item(struct vb_buf *out, const struct tree *tree, int index, bool each)
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

static inline void put_flow(struct vb_buf *out, const struct tree *tree)
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

static inline char *write_lua(const struct tree *tree, bool scripted)
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

/* -- an answer -------------------------------------------------------------------------------- */

static inline struct vb_value random_value(struct chance *chance, const struct vb_item *item)
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

#endif
