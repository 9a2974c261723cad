/* An instrument is edited while somebody is answering it: a thousand edits, and no answer ever
 * stands under a question that was not the one shown. */
#include "loads.h"
#include "session_fixture.h"

#include "session/round.h"

enum { EDITS = 1000, ITEMS_MAX = 12, ITEMS_MIN = 3, SAYINGS = 40 };

struct draft_item {
    int id, words; /* what it is called, and what it says */
    bool yesno, reverse;
    int when; /* id of a yesno before it, 0: always asked */
};
struct draft { /* an instrument.lua as its author has it before him */
    struct draft_item items[ITEMS_MAX];
    int count, points, next_id;
    bool broken, title;
    const char *version;
};

static uint64_t seed = 20261121;

static int below(int n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((seed >> 33) % (uint64_t)n);
}

static void write_draft(struct vb_buf *out, const struct draft *draft)
{
    vb_buf_clear(out);
    vb_buf_printf(out,
                  "local v <const> = require 'verbond'\nreturn v.instrument {\n"
                  "id = 'edited', version = '%s', licence = 'CC0-1.0', basis = 'own',\n"
                  "source = 'a test', title = { en = 'Edited%s' }, languages = { 'en' },\n"
                  "status = { en = 'draft' }, respondents = { 'client' },\n"
                  "formats = { standard = v.answers { ",
                  draft->version, draft->title ? " again" : "");
    for (int i = 1; i <= draft->points; i++)
        vb_buf_printf(out, "{ %d, en = 'point %d' }, ", i, i);
    vb_buf_puts(out, "} },\n");
    for (int i = 0; i < draft->count; i++) {
        const struct draft_item *item = &draft->items[i];
        vb_buf_printf(out, "v.%s 'item%d' { text = { en = 'Question %d says this.' }",
                      item->yesno ? "yesno" : "likert", item->id, item->words);
        if (item->reverse && !item->yesno)
            vb_buf_puts(out, ", reverse = true");
        if (item->when != 0)
            vb_buf_printf(out, ", when = v.is('item%d', true)", item->when);
        vb_buf_puts(out, " },\n");
    }
    vb_buf_puts(out, draft->broken ? "}}" : "}");
}

static struct draft_item new_item(struct draft *draft)
{
    return (struct draft_item){ .id = ++draft->next_id,
                                .words = below(SAYINGS) + SAYINGS * draft->next_id,
                                .yesno = below(3) == 0 };
}

static void new_draft(struct draft *draft)
{
    *draft = (struct draft){ .version = "1.0.0", .points = 3 + below(4) };
    int count = ITEMS_MIN + below(5);
    for (int i = 0; i < count; i++) {
        draft->items[i] = new_item(draft);
        if (i > 0 && draft->items[i - 1].yesno)
            draft->items[i].when = draft->items[i - 1].id;
    }
    draft->count = count;
}

/* A condition whose question has gone, or stands behind it now, goes too. */
static void mend_conditions(struct draft *draft)
{
    for (int i = 0; i < draft->count; i++) {
        bool there = false;
        for (int j = 0; j < i; j++)
            there |= draft->items[j].id == draft->items[i].when && draft->items[j].yesno;
        if (!there)
            draft->items[i].when = 0;
    }
}

static void swap_ints(int *a, int *b)
{
    int c = *a;
    *a = *b;
    *b = c;
}

/* What an author may do in one go. */
static void edit(struct draft *draft)
{
    int at = below(draft->count), other = below(draft->count);
    struct draft_item *item = &draft->items[at], moved;
    switch (below(10)) {
    case 0: /* the worst: two questions change places and keep their names */
        swap_ints(&item->words, &draft->items[other].words);
        break;
    case 1:
        item->words = below(SAYINGS * ITEMS_MAX);
        break;
    case 2:
        swap_ints(&item->id, &draft->items[other].id);
        break;
    case 3:
        item->id = ++draft->next_id;
        break;
    case 4:
        moved = *item;
        *item = draft->items[other];
        draft->items[other] = moved;
        break;
    case 5:
        if (draft->count > ITEMS_MIN)
            *item = draft->items[--draft->count];
        break;
    case 6:
        if (draft->count < ITEMS_MAX)
            draft->items[draft->count++] = new_item(draft);
        break;
    case 7:
        item->yesno = !item->yesno;
        break;
    case 8:
        draft->points = 2 + below(6);
        item->reverse = !item->reverse;
        break;
    default:
        draft->broken = below(4) == 0;
        draft->title = !draft->title;
        break;
    }
    mend_conditions(draft);
}

/* -- one person at it ------------------------------------------------------------------------- */

struct shown { /* what stood on the screen when an answer was given */
    const char *item;
    char text[64];
    struct vb_value value;
};
struct sitting {
    struct world world;
    struct loaded first;
    struct shown shown[ITEMS_MAX];
    int count;
};

static const char *text_of(const struct vb_item *item)
{
    return item->text[0]->by_language[0];
}

/* Answers until so many are in, or the end. */
static void answer_some(struct sitting *sitting, struct vb_session *session, int most)
{
    while (most-- > 0 && vb_session_view(session)->at == VB_AT_ITEM) {
        const struct vb_item *item = vb_session_view(session)->item;
        struct shown *shown = &sitting->shown[sitting->count++];
        shown->item = vb_arena_strdup(&sitting->first.plan->arena, item->id);
        snprintf(shown->text, sizeof shown->text, "%s", text_of(item));
        shown->value = item->kind == VB_YESNO
                           ? (struct vb_value){ .type = VB_VALUE_BOOL, .number = below(2) }
                           : vb_value_int(1 + below(2));
        assert_int_equal(give(session, shown->value), VB_OK);
    }
}

static const struct vb_round_options in_case = { .case_id = "c-1" };
static const struct vb_join as_client = { .role = "client" };

static struct vb_session *join(struct sitting *sitting, struct vb_round *round)
{
    struct vb_session *session;
    if (vb_round_join(round, &as_client, &session, &sitting->world.err) != VB_OK)
        fail_msg("%s", sitting->world.err.text);
    return session;
}

/* The edited file is no way into the open round, and no second meaning of its version. */
static void refuse_edited(struct sitting *sitting, const struct draft *draft, struct vb_plan *plan)
{
    struct world *world = &sitting->world;
    struct vb_change change = { .kind = VB_PUT_INSTRUMENT, .plan = plan };
    struct vb_round *round;
    assert_int_equal(vb_round_open(&round, world->store, &world->env, plan, &in_case, &world->err),
                     VB_E_CHANGED);
    enum vb_code code = vb_store_commit(world->store, &change, 1, &world->err);
    assert_int_equal(code, strcmp(draft->version, "1.0.0") == 0 ? VB_E_CHANGED : VB_OK);
}

/* As resume does: the files that were kept, whatever lies in the folder. */
static struct vb_plan *pinned_plan(struct sitting *sitting, struct loaded *loaded)
{
    struct vb_arena arena = { 0 };
    struct vb_file *files;
    const char *main_path;
    size_t count;
    struct vb_store *store = sitting->world.store;
    assert_int_equal(store->ops->instrument(store, sitting->first.plan->digest, &arena, &files,
                                            &count, &main_path, &sitting->world.err),
                     VB_OK);
    *loaded = load_files(files, count);
    vb_arena_finish(&arena);
    return plan_of(loaded);
}

static const struct shown *shown_for(const struct sitting *sitting, const char *item)
{
    for (int i = 0; i < sitting->count; i++)
        if (strcmp(sitting->shown[i].item, item) == 0)
            return &sitting->shown[i];
    return NULL;
}

static void check_result(struct sitting *sitting, struct vb_round *round)
{
    struct vb_arena arena = { 0 };
    struct vb_result result;
    int given = 0;
    assert_int_equal(vb_round_result(round, 0, &arena, &result, &sitting->world.err), VB_OK);
    for (int i = 0; i < result.plan->item_count; i++) {
        const struct vb_value *value = &result.respondents[0].own.values[i];
        const struct shown *shown = shown_for(sitting, result.plan->items[i].id);
        assert_int_equal(vb_value_given(value), shown != NULL);
        if (shown == NULL)
            continue;
        assert_string_equal(text_of(&result.plan->items[i]), shown->text);
        assert_int_equal(value->number, shown->value.number);
        given++;
    }
    assert_int_equal(given, sitting->count);
    vb_arena_finish(&arena);
}

/* Gone on with after the edit, to the end. */
static void go_on(struct sitting *sitting)
{
    struct world *world = &sitting->world;
    struct vb_round_row row;
    struct vb_arena arena = { 0 };
    struct vb_round_row *rows;
    struct loaded pinned;
    struct vb_round *round;
    size_t count;
    bool released;
    assert_int_equal(
        world->store->ops->case_rounds(world->store, "c-1", &arena, &rows, &count, &world->err),
        VB_OK);
    assert_int_equal(count, 1);
    row = rows[0];
    struct vb_plan *plan = pinned_plan(sitting, &pinned);
    if (vb_round_load(&round, world->store, &world->env, plan, &row, &world->err) != VB_OK)
        fail_msg("%s", world->err.text);
    struct vb_session *session = join(sitting, round);
    answer_some(sitting, session, ITEMS_MAX);
    assert_int_equal(share(session), VB_OK);
    assert_int_equal(vb_round_settle(round, &released, &world->err), VB_OK);
    assert_true(released);
    check_result(sitting, round);
    vb_round_destroy(round);
    unload(&pinned);
    vb_arena_finish(&arena);
}

static bool sit(struct draft *draft, struct vb_buf *text)
{
    static struct sitting sitting;
    struct vb_round *round;
    bool refused = false;
    sitting.count = 0;
    world_begin(&sitting.world);
    write_draft(text, draft);
    sitting.first = load_text(text->data);
    struct vb_plan *plan = plan_of(&sitting.first);
    assert_int_equal(vb_round_open(&round, sitting.world.store, &sitting.world.env, plan, &in_case,
                                   &sitting.world.err),
                     VB_OK);
    answer_some(&sitting, join(&sitting, round), below(draft->count));
    vb_round_destroy(round);
    for (int edits = 1 + below(4); edits > 0; edits--)
        edit(draft);
    if (below(8) == 0)
        draft->version = below(2) == 0 ? "1.0.1" : "1.0.1-dev";
    write_draft(text, draft);
    struct loaded edited = load_text(text->data);
    if (edited.code == VB_OK && strcmp(edited.plan->digest, plan->digest) != 0) {
        refuse_edited(&sitting, draft, edited.plan);
        refused = true;
    }
    unload(&edited);
    go_on(&sitting);
    unload(&sitting.first);
    world_end(&sitting.world);
    return refused;
}

static void a_thousand_edits_put_no_answer_under_another_question(void **state)
{
    (void)state;
    struct vb_buf text = { 0 };
    int refused = 0;
    for (int i = 0; i < EDITS; i++) {
        struct draft draft;
        new_draft(&draft);
        refused += sit(&draft, &text);
    }
    vb_buf_finish(&text);
    assert_true(refused > EDITS / 2); /* else they were no edits */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thousand_edits_put_no_answer_under_another_question),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
