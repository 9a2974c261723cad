/* A form of paper: every question once, with its number, its id, and when it is asked. */
#include "author/paper.h"
#include "data/json.h"
#include "loads.h"

struct form {
    struct loaded loaded;
    struct vb_buf page;
};

static struct form form_of(const char *root, const char *path, struct vb_paper_wish wish)
{
    struct form form = { .loaded = load_folder(root, path) };
    vb_paper_form(&form.page, plan_of(&form.loaded), &wish);
    return form;
}

static struct form form_of_text(const char *text, struct vb_paper_wish wish)
{
    struct form form = { .loaded = load_text(text) };
    vb_paper_form(&form.page, plan_of(&form.loaded), &wish);
    return form;
}

static void forget(struct form *form)
{
    vb_buf_finish(&form->page);
    unload(&form->loaded);
}

static int count(const struct form *form, const char *what)
{
    int n = 0;
    for (const char *at = strstr(form->page.data, what); at != NULL; at = strstr(at + 1, what))
        n++;
    return n;
}

static void says(const struct form *form, const char *what)
{
    if (strstr(form->page.data, what) == NULL)
        fail_msg("the form does not say %s:\n%s", what, strstr(form->page.data, "<main>"));
}

static const struct vb_paper_wish plain = { .form = -1, .variant = -1 };

static int times(const struct form *form, const char *id)
{
    char margin[256];
    snprintf(margin, sizeof margin, "<span class=\"id\">%s</span>", id);
    return count(form, margin);
}

static void every_question_of_the_role_is_on_it_once(void **state)
{
    (void)state;
    static const char *const paths[][2] = {
        { "instruments", "menger-monitor/instrument.lua" },
        { "instruments", "strengths/instrument.lua" },
        { "instruments", "family-alliance/instrument.lua" },
        { "tests/fixtures/good", "everything/instrument.lua" },
        { "tests/fixtures/good", "scripted/instrument.lua" },
    };
    for (size_t p = 0; p < sizeof paths / sizeof *paths; p++)
        for (int role = 0; role < 2; role++) {
            struct vb_paper_wish wish = plain;
            wish.role = role;
            wish.includes = ~0u;
            struct form form = form_of(paths[p][0], paths[p][1], wish);
            const struct vb_plan *plan = form.loaded.plan;
            int asked = 0;
            for (int i = 0; i < plan->item_count; i++) {
                bool here = plan->items[i].text[role] != NULL;
                assert_int_equal(times(&form, plan->items[i].id), here ? 1 : 0);
                asked += here;
            }
            assert_int_equal(count(&form, "<span class=\"number\">"), asked);
            forget(&form);
        }
}

static void an_include_is_on_it_when_asked_for_and_a_form_leaves_out(void **state)
{
    (void)state;
    struct form form = form_of("instruments", "menger-monitor/instrument.lua", plain);
    assert_int_equal(times(&form, "strengths.wishes"), 0);
    assert_int_equal(times(&form, "trust.word"), 1);
    forget(&form);
    struct vb_paper_wish brief = { .form = 0, .variant = -1, .includes = ~0u };
    form = form_of("instruments", "menger-monitor/instrument.lua", brief);
    assert_int_equal(times(&form, "strengths.wishes"), 1);
    assert_int_equal(times(&form, "trust.word"), 0);
    forget(&form);
}

#define CONDITIONS                                                                                 \
    "v.yesno \"a\" { " WORDS " }, v.number \"n\" { min = 0, max = 9, " WORDS " },\n"               \
    "v.vas \"line\" { " WORDS " }, v.choice \"c\" { " WORDS ", options = {\n"                      \
    "{ id = \"x\", nl = \"ix\", en = \"ex\" }, { id = \"y\", nl = \"ypsilon\", en = \"why\" } } "  \
    "},\n"

static void a_condition_is_said_in_words_with_the_number_of_its_question(void **state)
{
    (void)state;
    static const char *const conditions[][2] = {
        { "v.is(\"a\", true)", "Only if you said yes at 1." },
        { "v.is(\"a\", false)", "Only if you said no at 1." },
        { "v.is(\"c\", \"y\")", "Only if you chose &quot;why&quot; at 4." },
        { "v.below(\"n\", 3)", "Only if you gave less than 3 at 2." },
        { "v.above(\"n\", 2)", "Only if you gave more than 2 at 2." },
        { "v.between(\"n\", 2, 4)", "Only if you gave 2 - 4 at 2." },
        { "v.below(\"line\", 400)", "Only if you gave less than 40 mm at 3." },
        { "v.answered(\"c\")", "Only if you answered 4." },
        { "v.all { v.is(\"a\", true), v.any { v.answered(\"n\"), v.answered(\"c\") } }",
          "Only if you said yes at 1 and (you answered 2 or you answered 4)." },
        { "v.neither { v.is(\"a\", true), v.answered(\"n\") }",
          "Only if this is not so: you said yes at 1 or you answered 2." },
    };
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        char text[4096];
        snprintf(text, sizeof text, HEAD CONDITIONS "v.text \"z\" { " WORDS ", when = %s } }",
                 conditions[i][0]);
        struct vb_paper_wish wish = plain;
        wish.language = 1;
        struct form form = form_of_text(text, wish);
        says(&form, conditions[i][1]);
        assert_int_equal(count(&form, "class=\"when\""), 1);
        forget(&form);
    }
}

static void what_an_author_wrote_is_text_and_no_markup(void **state)
{
    (void)state;
    struct form form = form_of_text(
        HEAD "v.choice \"a\" { text = { nl = \"<b>Hoe</b> & \\\"waar\\\"?\", en = \"How?\" },\n"
             "help = { nl = \"<script>\", en = \"x\" }, options = {\n"
             "{ id = \"x\", nl = \"</ul><i>\", en = \"ex\" }, { id = \"y\", nl = \"y\", en = "
             "\"why\" } } } }",
        plain);
    says(&form, "&lt;b&gt;Hoe&lt;/b&gt; &amp; &quot;waar&quot;?");
    says(&form, "&lt;script&gt;");
    says(&form, "&lt;/ul&gt;&lt;i&gt;");
    assert_int_equal(count(&form, "<script"), 0);
    forget(&form);
}

static void a_member_answers_of_itself_and_others_once_for_each(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("instruments", "family-alliance/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    for (int role = 0; role < plan->role_count; role++) {
        struct vb_paper_wish wish = plain;
        struct vb_buf page = { 0 };
        wish.role = role;
        vb_paper_form(&page, plan, &wish);
        bool tables = strstr(page.data, "<table class=\"members\">") != NULL;
        assert_int_equal(tables, !plan->roles[role].in_roster);
        vb_buf_finish(&page);
    }
    unload(&loaded);
}

static void what_not_everybody_sees_says_so(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("instruments", "family-alliance/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    int marked = 0;
    struct vb_paper_wish wish = plain;
    struct vb_buf page = { 0 };
    wish.language = 1;
    for (int i = 0; i < plan->item_count; i++)
        marked += plan->items[i].text[0] != NULL && plan->items[i].hidden == VB_PRIVATE_WORKER;
    assert_true(marked > 0);
    vb_paper_form(&page, plan, &wish);
    struct form form = { .page = page };
    assert_int_equal(count(&form, "This goes to the worker only"), marked);
    vb_buf_finish(&page);
    unload(&loaded);
}

static void it_ends_with_a_yes_or_no_before_what_is_done_together(void **state)
{
    (void)state;
    struct vb_paper_wish wish = plain;
    wish.language = 1;
    struct form form = form_of("instruments", "strengths/instrument.lua", wish);
    const char *share = strstr(form.page.data, "May the others see your answers?");
    const char *together = strstr(form.page.data, "Together, after sharing");
    assert_non_null(share);
    assert_non_null(together);
    assert_true(share < together);
    assert_int_equal(count(&form, "May the others see"), 1);
    forget(&form);
}

/* With VERBOND_WRITE_GOLDEN=1 the page is written anew. */
static void the_form_of_menger_monitor_is_as_it_was(void **state)
{
    (void)state;
    static const char path[] = "tests/fixtures/paper/menger-monitor-client.html";
    struct form form = form_of("instruments", "menger-monitor/instrument.lua", plain);
    struct vb_buf kept = { 0 };
    struct vb_err err = { 0 };
    if (getenv("VERBOND_WRITE_GOLDEN") != NULL) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(form.page.data, file);
        fclose(file);
    }
    if (vb_file_read(&kept, path, 1 << 20, &err) != VB_OK)
        fail_msg("%s", err.text);
    assert_string_equal(form.page.data, kept.data);
    vb_buf_finish(&kept);
    forget(&form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_question_of_the_role_is_on_it_once),
        cmocka_unit_test(an_include_is_on_it_when_asked_for_and_a_form_leaves_out),
        cmocka_unit_test(a_condition_is_said_in_words_with_the_number_of_its_question),
        cmocka_unit_test(what_an_author_wrote_is_text_and_no_markup),
        cmocka_unit_test(a_member_answers_of_itself_and_others_once_for_each),
        cmocka_unit_test(what_not_everybody_sees_says_so),
        cmocka_unit_test(it_ends_with_a_yes_or_no_before_what_is_done_together),
        cmocka_unit_test(the_form_of_menger_monitor_is_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
