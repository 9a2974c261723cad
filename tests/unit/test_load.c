/* What a good instrument becomes. */
#include "data/digest.h"
#include "loads.h"

static const struct vb_item *item(const struct vb_plan *plan, const char *id)
{
    int index = vb_plan_item(plan, id);
    if (index < 0)
        fail_msg("no item %s", id);
    return &plan->items[index];
}

static void menger_monitor_loads_with_its_scales_forms_and_formats(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("instruments", "menger-monitor/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    assert_string_equal(plan->id, "menger-monitor");
    assert_int_equal(plan->scale_count, 4);
    assert_int_equal(plan->format_count, 2);
    assert_string_equal(plan->formats[0].name, "standard");
    assert_int_equal(plan->formats[0].answers.count, 5);
    assert_int_equal(plan->form_count, 1);
    static const char *const files[] = {
        "menger-monitor/ar.lua",    "menger-monitor/fr.lua", "menger-monitor/instrument.lua",
        "shared/agree.lua",         "strengths/ar.lua",      "strengths/fr.lua",
        "strengths/instrument.lua",
    };
    assert_int_equal(plan->file_count, 7);
    for (int i = 0; i < 7; i++)
        assert_string_equal(plan->files[i].path, files[i]);
    assert_string_equal(plan->main_path, "menger-monitor/instrument.lua");
    assert_int_equal(loaded.findings.count, 0);
    unload(&loaded);
}

static void the_head_of_an_instrument_is_kept_as_it_was_written(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/good", "everything/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    assert_string_equal(plan->version, "2.1.0-dev");
    assert_string_equal(plan->basis, "own");
    assert_string_equal(plan->title.by_language[1], "Everything");
    assert_string_equal(plan->summary->by_language[0], "Alles een keer.");
    assert_int_equal(plan->language_count, 2);
    assert_int_equal(plan->status[0], VB_REVIEWED);
    assert_int_equal(plan->status[1], VB_DRAFT);
    assert_true(plan->mandated && !plan->has_case && !plan->scripted);
    assert_int_equal(plan->retain, VB_RETAIN_MEMORY);
    assert_int_equal(plan->duration_min[1], 20);
    assert_true(plan->policy.free_text && plan->policy.emotion_rating);
    assert_int_equal(plan->talk_points, 3);
    assert_string_equal(plan->talk_prompts[0].by_language[1], "An example?");
    assert_true(plan->roles[1].optional);
    assert_int_equal(plan->roles[1].min, 0);
    assert_int_equal(plan->roles[1].max, 2);
    assert_string_equal(plan->formats[0].name, "standard");
    assert_string_equal(plan->settings[0].terms[0].text.by_language[1], "probation");
    assert_string_equal(plan->slots[0].name, "place");
    unload(&loaded);
}

static void every_kind_of_question_keeps_what_it_has_of_its_own(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/good", "everything/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    assert_null(item(plan, "bond.heard")->answers);
    assert_int_equal(item(plan, "mood")->answers->count, 2);
    assert_string_equal(item(plan, "mood")->answers->options[0].picture, "bad.png");
    assert_string_equal(item(plan, "room")->left->by_language[1], "little");
    assert_int_equal(item(plan, "room")->max, 1000);
    assert_string_equal(item(plan, "place")->answers->options[1].id, "walk");
    assert_int_equal(item(plan, "place")->answers->max, 2);
    assert_true(item(plan, "place")->scored && !item(plan, "days")->scored);
    assert_true(item(plan, "days")->other && item(plan, "days")->max == 2);
    assert_true(!item(plan, "strong")->own && item(plan, "strong")->max == 3);
    assert_int_equal(item(plan, "stuck.what")->max, 300);
    assert_true(item(plan, "talks")->integer && item(plan, "talks")->max == 20000);
    assert_true(item(plan, "hours")->min == 500 && !item(plan, "hours")->has_max);
    assert_int_equal(item(plan, "since")->min, 20200229);
    assert_int_equal(item(plan, "well")->tools, VB_TOOL_DRAW | VB_TOOL_PAPER);
    assert_int_equal(item(plan, "well")->keep, VB_KEEP_UNTIL);
    assert_int_equal(item(plan, "well")->keep_days, 90);
    assert_int_equal(item(plan, "sheet")->tools, VB_TOOL_PHOTO | VB_TOOL_WORDS | VB_TOOL_PAPER);
    assert_int_equal(item(plan, "sheet")->keep, VB_KEEP_GIVE);
    unload(&loaded);
}

static void questions_keep_what_all_of_them_share(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/good", "everything/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    const struct vb_item *heard = item(plan, "bond.heard");
    assert_string_equal(heard->text[0]->by_language[1], "{professional} listens {place}.");
    assert_string_equal(heard->text[1]->by_language[0], "Ik luister naar {client}.");
    assert_int_equal(heard->relation, VB_ACT);
    assert_true(heard->required && heard->scored && heard->comparable && !heard->reverse);
    assert_string_equal(heard->facet, "listening");
    assert_string_equal(heard->intro->by_language[1], "First this.");
    assert_int_equal(heard->line, 36);
    assert_string_equal(plan->files[heard->file].path, "everything/instrument.lua");
    assert_true(item(plan, "bond.apart")->reverse);
    assert_true(!item(plan, "bond.extra")->scored && !item(plan, "bond.extra")->comparable);
    assert_true(item(plan, "friction.rules")->negative);
    assert_int_equal(item(plan, "friction.rules")->hidden, VB_PRIVATE_WORKER);
    assert_null(item(plan, "friction.rules")->text[1]);
    assert_string_equal(item(plan, "stuck.what")->example, "Tijd.");
    assert_int_equal(item(plan, "shared.next")->stage, VB_TOGETHER);
    unload(&loaded);
}

static void scales_and_totals_know_their_parts(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/good", "everything/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    const struct vb_scale *bond = &plan->scales[vb_plan_scale(plan, "bond")];
    assert_int_equal(bond->item_count, 3);
    assert_int_equal(bond->score, VB_SUM);
    assert_int_equal(bond->min_answered, 2);
    assert_int_equal(bond->roles, 3);
    assert_string_equal(bond->reference->sd, "0.60");
    assert_string_equal(bond->reference->alpha, "0.8");
    assert_string_equal(bond->reference->n, "120");
    assert_string_equal(bond->intro->by_language[1], "About the two of you.");
    const struct vb_scale *friction = &plan->scales[vb_plan_scale(plan, "friction")];
    assert_true(friction->negative && friction->hidden == VB_PRIVATE_WORKER);
    assert_int_equal(friction->roles, 1);
    assert_int_equal(plan->total_count, 1);
    assert_string_equal(plan->totals[0].title.by_language[1], "Together");
    assert_int_equal(plan->totals[0].scales[0], vb_plan_scale(plan, "bond"));
    unload(&loaded);
}

static void a_form_has_the_questions_it_names(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/good", "everything/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    int count = 0;
    for (int i = 0; i < plan->item_count; i++)
        count += plan->forms[0].has_item[i];
    assert_int_equal(count, 2);
    assert_int_equal(plan->forms[0].has_item[vb_plan_item(plan, "stuck")], 1);
    unload(&loaded);
}

/* -- steps -- */

/* "before [ bond.heard ] plan": what a person meets, '[' EACH, '(' EACH_ABOUT, ']' NEXT. */
static void write_steps(const struct vb_plan *plan, struct vb_buf *out)
{
    for (int pc = 0; pc < plan->step_count; pc++) {
        const struct vb_step *step = &plan->steps[pc];
        static const char *const signs[] = { "", "say", "[", "(", "]", "." };
        if (pc > 0)
            vb_buf_putc(out, ' ');
        vb_buf_puts(out, step->op == VB_OP_ASK ? plan->items[step->item].id : signs[step->op]);
        if (step->op == VB_OP_NEXT) {
            assert_int_equal(plan->steps[step->target].target, pc);
            assert_true(plan->steps[step->target].op == VB_OP_EACH ||
                        plan->steps[step->target].op == VB_OP_EACH_ABOUT);
        }
        if (step->op == VB_OP_ASK && step->stage == VB_TOGETHER)
            vb_buf_putc(out, '*');
    }
}

static void check_steps(const struct vb_plan *plan, const char *expected)
{
    struct vb_buf steps = { 0 };
    write_steps(plan, &steps);
    assert_string_equal(steps.data, expected);
    vb_buf_finish(&steps);
}

static void neighbours_about_a_member_share_one_run_and_each_block_has_its_own(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/good", "family/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    check_steps(plan, "before ( bond.heard bond.free safe safe.why ] between "
                      "[ help.given wish ] [ last ] after plan* .");
    assert_true(plan->roles[0].in_roster && !plan->roles[1].in_roster);
    assert_int_equal(plan->roster_max, 8);
    assert_true(item(plan, "bond.heard")->about && item(plan, "bond.heard")->per_member);
    assert_true(!item(plan, "wish")->about && item(plan, "wish")->per_member);
    assert_true(plan->scales[0].per_member && plan->scales[1].per_member);
    assert_int_equal(plan->plain_count, 4);
    assert_int_equal(plan->member_item_count, 7);
    unload(&loaded);
}

static void stage_together_comes_last_and_messages_stay_where_they_are(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/good", "everything/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    check_steps(plan, "bond.heard bond.apart bond.extra friction.rules stuck stuck.what say mood "
                      "room place days strong talks hours since well sheet places paper.one ours* "
                      "shared.next* .");
    const struct vb_step *say = &plan->steps[6];
    assert_string_equal(say->text->by_language[1], "Thank you.");
    assert_int_equal(say->roles, 1);
    assert_int_equal(say->when->op, VB_COND_ANSWERED);
    unload(&loaded);
}

static void a_scripted_instrument_has_a_flow_and_no_steps(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/good", "scripted/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    assert_true(plan->scripted);
    assert_null(plan->steps);
    assert_non_null(plan->script);
    assert_int_equal(plan->item_count, 3);
    unload(&loaded);
}

static void a_variant_has_its_own_words_policy_and_questions(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("tests/fixtures/good", "medium/instrument.lua");
    struct vb_plan *plan = plan_of(&loaded);
    int music = vb_plan_variant(plan, "music"), drama = vb_plan_variant(plan, "drama");
    assert_int_equal(plan->variant_count, 2);
    assert_false(plan->variants[drama].policy.free_text);
    assert_true(plan->variants[music].policy.free_text);
    assert_int_equal(plan->variants[music].slot_count, 2);
    assert_int_equal(item(plan, "pick")->variants, 1u << music);
    assert_true((item(plan, "quiet")->variants >> drama & 1) != 0);
    unload(&loaded);
}

/* -- digest -- */

static void the_pinned_files_give_the_same_digest_and_plan(void **state)
{
    (void)state;
    struct loaded first = load_folder("tests/fixtures/good", "including/instrument.lua");
    struct vb_plan *plan = plan_of(&first);
    assert_int_equal(plan->file_count, 3);
    struct vb_pinned pinned = { .files = plan->files, .count = (size_t)plan->file_count };
    struct vb_source source = vb_source_pinned(&pinned);
    struct loaded again = load_from(&source, plan->main_path);
    assert_string_equal(plan_of(&again)->digest, plan->digest);
    assert_int_equal(again.plan->item_count, plan->item_count);
    unload(&again);
    unload(&first);
}

static void another_byte_in_a_required_file_gives_another_digest(void **state)
{
    (void)state;
    static const char text[] = "local words <const> = require \"words\"\n"
                               "local v <const> = require \"verbond\"\n"
                               "return v.instrument { id = \"one\", version = \"1.0.0\",\n"
                               "licence = \"CC0-1.0\", basis = \"own\", source = \"own\",\n"
                               "title = { en = \"One\" }, languages = { \"en\" },\n"
                               "respondents = { \"client\" }, v.text \"a\" { text = words } }";
    struct vb_file files[] = { { "one/instrument.lua", text, sizeof text - 1 },
                               { "words.lua", "return { en = \"How?\" }", 22 } };
    struct loaded one = load_files(files, 2);
    files[1] = (struct vb_file){ "words.lua", "return { en = \"Why?\" }", 22 };
    struct loaded other = load_files(files, 2);
    assert_string_not_equal(plan_of(&one)->digest, plan_of(&other)->digest);
    assert_string_equal(other.plan->items[0].text[0]->by_language[0], "Why?");
    unload(&one);
    unload(&other);
}

/* -- what is left out -- */

static void what_is_left_out_has_its_default(void **state)
{
    (void)state;
    struct loaded loaded = load_text(HEAD "v.text \"a\" { " WORDS " },\n"
                                          "v.words \"b\" { " WORDS " },\n"
                                          "v.draw \"c\" { " WORDS " } }");
    struct vb_plan *plan = plan_of(&loaded);
    assert_true(plan->has_case && !plan->mandated && plan->retain == VB_RETAIN_KEEP);
    assert_true(plan->policy.free_text && plan->policy.drawing_keep && plan->policy.emotion_rating);
    assert_int_equal(plan->status[0], VB_DRAFT);
    assert_true(item(plan, "a")->relation == VB_SAME && item(plan, "a")->variants == ~0u);
    assert_true(item(plan, "a")->scale == -1 && item(plan, "a")->include == -1);
    assert_true(item(plan, "b")->own && item(plan, "b")->max == 10);
    assert_int_equal(item(plan, "c")->keep, VB_KEEP_NONE);
    unload(&loaded);
}

static void a_picture_may_ask_what_is_kept_and_follow_a_choice(void **state)
{
    (void)state;
    struct loaded loaded =
        load_text(HEAD "v.choice \"way\" { " WORDS
                       ", options = { { id = \"draw\", nl = \"a\", en = \"a\" },\n"
                       "  { id = \"paper\", nl = \"b\", en = \"b\" } } },\n"
                       "v.draw \"a\" { " WORDS ", keep = \"ask 90\", by = \"way\" },\n"
                       "v.draw \"b\" { " WORDS ", keep = \"ask\" } }");
    struct vb_plan *plan = plan_of(&loaded);
    assert_int_equal(item(plan, "a")->keep, VB_KEEP_ASK);
    assert_int_equal(item(plan, "a")->keep_days, 90);
    assert_int_equal(item(plan, "a")->by, item(plan, "way")->index + 1);
    assert_int_equal(item(plan, "b")->keep, VB_KEEP_ASK);
    assert_int_equal(item(plan, "b")->keep_days, 0);
    assert_int_equal(item(plan, "b")->by, 0);
    unload(&loaded);
}

static void a_role_of_the_roster_keeps_its_own_min_and_max_under_the_rosters(void **state)
{
    (void)state;
    struct loaded loaded = load_text(
        "local v <const> = require \"verbond\"\n"
        "return v.instrument { id = \"one\", version = \"1.0.0\", licence = \"CC0-1.0\",\n"
        "  basis = \"own\", source = \"own\", title = { nl = \"Een\" }, languages = { \"nl\" },\n"
        "  respondents = { { role = \"youth\", min = 2, max = 3 }, { \"parent\", max = 20 },\n"
        "                  \"relative\" },\n"
        "  roster = { role = { \"youth\", \"parent\", \"relative\" }, min = 1, max = 8 },\n"
        "  v.yesno \"a\" { text = { nl = \"A?\" } } }");
    const struct vb_role *roles = plan_of(&loaded)->roles;
    assert_true(roles[0].min == 2 && roles[0].max == 3);
    assert_true(roles[1].min == 0 && roles[1].max == 8);
    assert_true(roles[2].min == 0 && roles[2].max == 8);
    unload(&loaded);
}

static void a_private_scale_may_hold_facts_alone(void **state)
{
    (void)state;
    struct loaded loaded = load_text(
        HEAD "v.scale \"s\" { title = { nl = \"S\", en = \"S\" }, private = \"research\", "
             "v.text \"s.a\" { " WORDS " } } }");
    struct vb_plan *plan = plan_of(&loaded);
    assert_int_equal(plan->scale_count, 1);
    assert_int_equal(plan->items[0].hidden, VB_PRIVATE_RESEARCH);
    unload(&loaded);
}

static void own_words_give_way_to_a_policy_without_free_text(void **state)
{
    (void)state;
    struct loaded loaded = load_text(HEAD "policy = { free_text = false },\n"
                                          "v.words \"b\" { " WORDS ", options = {\n"
                                          "{ id = \"x\", nl = \"x\", en = \"x\" } } } }");
    assert_false(item(plan_of(&loaded), "b")->own);
    unload(&loaded);
}

/* -- memory -- */

/* Returns how many loads were refused: each of the first hundreds of allocations failed, then in
 * growing steps to the end. */
static int sweep(const char *root, const char *path, enum vb_code whole)
{
    struct vb_folder folder = { .root = root };
    struct vb_source source = vb_source_folder(&folder);
    struct vb_sandbox_options options = load_options();
    enum vb_code code = VB_E_LIMIT;
    int refused = 0;
    for (int64_t n = 1; code == VB_E_LIMIT; n += n < 300 ? 1 : n / 40) {
        struct loaded loaded = { 0 };
        options.fail_allocation = n;
        code = vb_load(&loaded.plan, &source, path, &options, &loaded.findings, &loaded.err);
        assert_true(code == VB_E_LIMIT || code == whole);
        assert_true((loaded.plan != NULL) == (code == VB_OK));
        assert_true(code == VB_OK || loaded.err.text[0] != '\0');
        refused += code == VB_E_LIMIT;
        unload(&loaded);
    }
    return refused;
}

static void every_allocation_that_fails_in_a_load_gives_a_clean_error(void **state)
{
    (void)state;
    assert_true(sweep("tests/fixtures/good", "scripted/instrument.lua", VB_OK) > 100);
    assert_true(sweep("tests/fixtures/good", "including/instrument.lua", VB_OK) > 100);
    assert_true(sweep("tests/fixtures/broken", "unknown-constructor/instrument.lua", VB_E_DATA) >
                100);
    assert_true(sweep("tests/fixtures/broken", "mistake-in-module/instrument.lua", VB_E_DATA) >
                100);
}

static void an_instrument_is_found_by_path_and_by_name(void **state)
{
    (void)state;
    struct vb_arena arena = { 0 };
    struct vb_err err;
    const char *root, *path;
    assert_int_equal(vb_instrument_find("menger-monitor", NULL, &arena, &root, &path, &err), VB_OK);
    assert_string_equal(root, "instruments");
    assert_string_equal(path, "menger-monitor/instrument.lua");
    assert_int_equal(
        vb_instrument_find("tests/fixtures/good/family/", NULL, &arena, &root, &path, &err), VB_OK);
    assert_string_equal(root, "tests/fixtures/good");
    assert_string_equal(path, "family/instrument.lua");
    assert_int_equal(vb_instrument_find("./instruments/menger-monitor/instrument.lua", NULL, &arena,
                                        &root, &path, &err),
                     VB_OK);
    assert_string_equal(path, "menger-monitor/instrument.lua");
    assert_int_equal(
        vb_instrument_find("medium", "tests/fixtures/good", &arena, &root, &path, &err), VB_OK);
    assert_string_equal(root, "tests/fixtures/good");
    assert_int_equal(
        vb_instrument_find("nothing", "tests/fixtures/good", &arena, &root, &path, &err),
        VB_E_ABSENT);
    assert_non_null(strstr(err.text, "tests/fixtures/good, ./instruments and "));
    vb_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(menger_monitor_loads_with_its_scales_forms_and_formats),
        cmocka_unit_test(the_head_of_an_instrument_is_kept_as_it_was_written),
        cmocka_unit_test(every_kind_of_question_keeps_what_it_has_of_its_own),
        cmocka_unit_test(questions_keep_what_all_of_them_share),
        cmocka_unit_test(a_picture_may_ask_what_is_kept_and_follow_a_choice),
        cmocka_unit_test(scales_and_totals_know_their_parts),
        cmocka_unit_test(a_form_has_the_questions_it_names),
        cmocka_unit_test(neighbours_about_a_member_share_one_run_and_each_block_has_its_own),
        cmocka_unit_test(stage_together_comes_last_and_messages_stay_where_they_are),
        cmocka_unit_test(a_scripted_instrument_has_a_flow_and_no_steps),
        cmocka_unit_test(a_variant_has_its_own_words_policy_and_questions),
        cmocka_unit_test(the_pinned_files_give_the_same_digest_and_plan),
        cmocka_unit_test(another_byte_in_a_required_file_gives_another_digest),
        cmocka_unit_test(what_is_left_out_has_its_default),
        cmocka_unit_test(a_private_scale_may_hold_facts_alone),
        cmocka_unit_test(own_words_give_way_to_a_policy_without_free_text),
        cmocka_unit_test(every_allocation_that_fails_in_a_load_gives_a_clean_error),
        cmocka_unit_test(a_role_of_the_roster_keeps_its_own_min_and_max_under_the_rosters),
        cmocka_unit_test(an_instrument_is_found_by_path_and_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
