/* Two that know nothing of each other agree: the lint, which reads conditions, and explore, which
 * walks every path. What the one calls unreachable, the other never comes to, and the other way
 * round. Small instruments by chance; VERBOND_SEED runs one seed alone and prints it. */
#include "author/explore.h"
#include "lints.h"
#include "random_instrument.h"

enum { QUESTIONS = 7, SEEDS = 1500, DEPTH = 2 };

static void put_condition(struct vb_buf *out, struct chance *chance, int before, int depth)
{
    static const char *const groups[] = { "all", "any", "neither" };
    if (depth > 0 && percent(chance, 60)) {
        int count = 1 + (int)draw(chance, 3);
        vb_buf_printf(out, "v.%s { ", groups[draw(chance, 3)]);
        for (int i = 0; i < count; i++) {
            put_condition(out, chance, before, depth - 1);
            vb_buf_puts(out, ", ");
        }
        vb_buf_puts(out, "}");
        return;
    }
    int item = (int)draw(chance, (unsigned)before);
    if (percent(chance, 15))
        vb_buf_printf(out, "v.answered(\"q%d\")", item);
    else if (item % 2 == 0)
        vb_buf_printf(out, "v.is(\"q%d\", %s)", item, percent(chance, 50) ? "true" : "false");
    else
        vb_buf_printf(out, "v.%s(\"q%d\", %u)", percent(chance, 50) ? "above" : "below", item,
                      1 + draw(chance, 3));
}

/* Even questions are a yes or no, odd ones have three answers. */
static void put_instrument(struct vb_buf *out, struct chance *chance)
{
    vb_buf_puts(out, HEAD_WITHOUT("{ \"nl\", \"en\" }", "{ \"client\" }"));
    for (int i = 0; i < QUESTIONS; i++) {
        vb_buf_printf(out, "v.%s \"q%d\" { " TEXTS("Vraag %d?", "Question %d?") ", ",
                      i % 2 == 0 ? "yesno" : "likert", i, i, i);
        if (i % 2 == 1)
            vb_buf_puts(out, "answers = v.answers { { 1, nl = \"nee\", en = \"no\" }, { 2, nl = "
                             "\"soms\", en = \"some\" }, { 3, nl = \"ja\", en = \"yes\" } }, ");
        if (i > 1 && percent(chance, 80)) {
            vb_buf_puts(out, "when = ");
            put_condition(out, chance, i, DEPTH);
        }
        vb_buf_puts(out, " },\n");
    }
    vb_buf_puts(out, "}");
}

static bool told(const struct loaded *loaded, const struct vb_item *item)
{
    char subject[64];
    snprintf(subject, sizeof subject, "v.%s \"%s\":", vb_kind_name(item->kind), item->id);
    for (size_t i = 0; i < loaded->findings.count; i++)
        if (strcmp(loaded->findings.list[i].code, "unreachable-item") == 0 &&
            strncmp(loaded->findings.list[i].message, subject, strlen(subject)) == 0)
            return true;
    return false;
}

/* How many questions nobody comes to; fails when the two differ. */
static int compare(struct loaded *loaded, const char *text)
{
    struct vb_explore_options options = { .sandbox = load_options(), .again = load_options() };
    struct vb_explored explored;
    struct vb_err err;
    int unreachable = 0;
    assert_int_equal(vb_explore(&explored, loaded->plan, &options, &err), VB_OK);
    assert_true(explored.complete);
    for (int i = 0; i < loaded->plan->item_count; i++) {
        bool reached = explored.reached[i] != 0;
        unreachable += !reached;
        if (told(loaded, &loaded->plan->items[i]) == !reached)
            continue;
        print_findings(loaded);
        fail_msg("q%d is %s when walked, in:\n%s", i, reached ? "reached" : "never reached", text);
    }
    vb_explored_finish(&explored);
    return unreachable;
}

static void what_the_lint_calls_unreachable_no_walk_comes_to(void **state)
{
    (void)state;
    const char *only = getenv("VERBOND_SEED");
    uint64_t first = only == NULL ? 1 : strtoull(only, NULL, 10);
    uint64_t last = only == NULL ? SEEDS : first;
    int unreachable = 0, compared = 0;
    for (uint64_t seed = first; seed <= last; seed++) {
        struct chance chance = { seed * 7919 };
        struct vb_buf text = { 0 };
        put_instrument(&text, &chance);
        if (only != NULL)
            fprintf(stderr, "%s\n", text.data);
        struct loaded loaded = lint_text(text.data);
        if (loaded.plan != NULL) { /* else a condition holds by no answers at all */
            unreachable += compare(&loaded, text.data);
            compared++;
        }
        unload(&loaded);
        vb_buf_finish(&text);
    }
    if (only == NULL) {
        assert_in_range(compared, 100, SEEDS);
        assert_in_range(unreachable, 30, 100000);
    }
}

static void tell(struct vb_buf *out, const char *text)
{
    struct loaded loaded = lint_text(text);
    assert_int_equal(loaded.code, VB_OK);
    vb_findings_write(out, &loaded.findings, VB_FINDINGS_GCC);
    unload(&loaded);
}

/* Members, forms, flows: whatever an instrument has, it is gone over, and twice to the same end. */
static void every_instrument_is_gone_over_and_twice_to_the_same_end(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++)
        for (int scripted = 0; scripted < 2; scripted++) {
            struct chance chance = { seed * 104729 };
            struct tree tree = random_tree(&chance);
            char *text = write_lua(&tree, scripted == 1);
            struct vb_buf said[2] = { { 0 }, { 0 } };
            tell(&said[0], text);
            tell(&said[1], text);
            assert_true(said[0].len > 0); /* the ends of its answers are numbers */
            assert_int_equal(said[0].len, said[1].len);
            assert_memory_equal(said[0].data, said[1].data, said[0].len);
            vb_buf_finish(&said[0]);
            vb_buf_finish(&said[1]);
            free(text);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_instrument_is_gone_over_and_twice_to_the_same_end),
        cmocka_unit_test(what_the_lint_calls_unreachable_no_walk_comes_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
