/* Every text of a plan is in the list, once, with a key of its own. */
#include "data/texts.h"
#include "loads.h"

struct texts {
    struct loaded loaded;
    struct vb_arena arena;
    struct vb_text_entry *list;
    size_t count;
};

static struct texts texts_of(const char *root, const char *path)
{
    struct texts texts = { .loaded = load_folder(root, path) };
    texts.list = vb_plan_texts(plan_of(&texts.loaded), &texts.arena, &texts.count);
    return texts;
}

static void forget(struct texts *texts)
{
    vb_arena_finish(&texts->arena);
    unload(&texts->loaded);
}

static const struct vb_text_entry *entry(const struct texts *texts, const char *key)
{
    for (size_t i = 0; i < texts->count; i++)
        if (strcmp(texts->list[i].key, key) == 0)
            return &texts->list[i];
    fail_msg("no text %s", key);
    return NULL;
}

static void no_two_texts_have_one_key(void **state)
{
    (void)state;
    static const char *const folders[] = { "family-alliance/instrument.lua",
                                           "menger-monitor/instrument.lua",
                                           "strengths/instrument.lua" };
    for (int f = 0; f < 3; f++) {
        struct texts texts = texts_of("instruments", folders[f]);
        assert_true(texts.count > 20);
        for (size_t i = 0; i < texts.count; i++)
            for (size_t j = 0; j < i; j++)
                assert_string_not_equal(texts.list[i].key, texts.list[j].key);
        forget(&texts);
    }
}

static void a_question_is_known_by_its_id_and_the_role_that_reads_it(void **state)
{
    (void)state;
    struct texts texts = texts_of("instruments", "menger-monitor/instrument.lua");
    const struct vb_plan *plan = texts.loaded.plan;
    const struct vb_text_entry *report = entry(&texts, "item/trust.report/client");
    assert_string_equal(report->text->by_language[1],
                        "{professional} tells me what goes into the report.");
    assert_int_equal(report->use, VB_USE_ITEM);
    assert_int_equal(report->item, vb_plan_item(plan, "trust.report"));
    assert_int_equal(report->roles, 1);
    assert_int_equal(report->line, plan->items[report->item].line);
    assert_int_equal(entry(&texts, "item/trust.report/professional")->roles, 2);
    assert_int_equal(entry(&texts, "item/strengths.wishes/client")->include, 0);
    forget(&texts);
}

static void roles_that_read_the_same_words_are_one_entry(void **state)
{
    (void)state;
    struct texts texts = texts_of("instruments", "family-alliance/instrument.lua");
    const struct vb_plan *plan = texts.loaded.plan;
    uint32_t grown = 1u << vb_plan_role(plan, "youth") | 1u << vb_plan_role(plan, "parent") |
                     1u << vb_plan_role(plan, "relative");
    assert_int_equal(entry(&texts, "item/goal.clear/youth")->roles, grown);
    for (size_t i = 0; i < texts.count; i++)
        assert_string_not_equal(texts.list[i].key, "item/goal.clear/parent");
    forget(&texts);
}

static void answers_options_and_ends_have_the_key_of_what_is_stored(void **state)
{
    (void)state;
    struct texts texts = texts_of("instruments", "strengths/instrument.lua");
    assert_string_equal(entry(&texts, "option/areas/money")->text->by_language[1], "money");
    assert_int_equal(entry(&texts, "option/areas/money")->use, VB_USE_LABEL);
    assert_string_equal(entry(&texts, "format/standard/2")->text->by_language[1], "a little");
    assert_string_equal(entry(&texts, "prompt/2")->text->by_language[1],
                        "Who or what can help with that?");
    forget(&texts);
    texts = texts_of("tests/fixtures/good", "everything/instrument.lua");
    assert_int_equal(entry(&texts, "slot/place")->use, VB_USE_TERM);
    assert_int_equal(entry(&texts, "title")->use, VB_USE_TITLE);
    forget(&texts);
}

static void a_scale_says_where_it_was_declared(void **state)
{
    (void)state;
    struct texts texts = texts_of("instruments", "family-alliance/instrument.lua");
    const struct vb_plan *plan = texts.loaded.plan;
    const struct vb_text_entry *safe = entry(&texts, "scale/safe/title");
    assert_int_equal(safe->scale, vb_plan_scale(plan, "safe"));
    assert_true(safe->line > plan->items[vb_plan_item(plan, "child.help")].line);
    assert_string_equal(plan->files[safe->file].path, "family-alliance/instrument.lua");
    assert_int_equal(entry(&texts, "say/1")->use, VB_USE_SAY);
    forget(&texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_two_texts_have_one_key),
        cmocka_unit_test(a_question_is_known_by_its_id_and_the_role_that_reads_it),
        cmocka_unit_test(roles_that_read_the_same_words_are_one_entry),
        cmocka_unit_test(answers_options_and_ends_have_the_key_of_what_is_stored),
        cmocka_unit_test(a_scale_says_where_it_was_declared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
