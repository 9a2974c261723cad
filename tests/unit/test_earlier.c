/* Waves of one case with scripted instruments, from text through the real loader. */
#include "tests.h"

#include "loads.h"
#include "session/erase.h"
#include "session_fixture.h"

#define HEAD_OF(VERSION)                                                                           \
    "local v <const> = require \"verbond\"\n"                                                      \
    "return v.instrument { id = \"one\", version = \"" VERSION "\", licence = \"CC0-1.0\",\n"      \
    "  basis = \"own\", source = \"a test\", title = { nl = \"Een\" }, languages = { \"nl\" },\n"  \
    "  status = { nl = \"draft\" }, respondents = { \"client\" },\n"                               \
    "  formats = { standard = v.answers { { 1, nl = \"1\" }, { 2, nl = \"2\" }, "                  \
    "{ 3, nl = \"3\" } } },\n"

#define EARLIER_FLOW                                                                               \
    "  flow = function(s)\n"                                                                       \
    "    s:ask \"goal\"\n"                                                                         \
    "    s:ask \"how\"\n"                                                                          \
    "    if s:earlier \"goal\" == 3 then s:ask \"still\" end\n"                                    \
    "    if s:earlier \"how\" == \"talk\" then s:ask \"again\" end\n"                              \
    "  end,\n"

#define ITEMS_OF(OPTIONS)                                                                          \
    "  v.likert \"goal\" { text = { nl = \"Doel?\" } },\n"                                         \
    "  v.choice \"how\" { options = { " OPTIONS " }, text = { nl = \"Hoe?\" } },\n"                \
    "  v.yesno \"still\" { text = { nl = \"Nog?\" } },\n"                                          \
    "  v.yesno \"again\" { text = { nl = \"Weer?\" } },\n"                                         \
    "}\n"

#define WALK "{ id = \"walk\", nl = \"Lopen\" }"
#define TALK "{ id = \"talk\", nl = \"Praten\" }"

static const char first_version[] = HEAD_OF("1.0.0") EARLIER_FLOW ITEMS_OF(WALK ", " TALK);
static const char next_version[] =
    HEAD_OF("1.1.0") EARLIER_FLOW ITEMS_OF(TALK ", " WALK); /* other order */

static struct vb_plan *load_one(const char *text)
{
    struct loaded loaded = load_text(text);
    if (loaded.code != VB_OK)
        print_findings(&loaded);
    assert_int_equal(loaded.code, VB_OK);
    vb_findings_finish(&loaded.findings);
    return loaded.plan;
}

/* One wave of the case; how many questions were asked in it. */
static int wave(struct world *world, struct vb_plan *plan, const char *name, int goal, int how,
                bool held)
{
    struct vb_round *round;
    struct vb_session *session;
    struct vb_round_options options = { .case_id = "c-1", .wave = name };
    int count;
    assert_int_equal(vb_round_open(&round, world->store, &world->env, plan, &options, &world->err),
                     VB_OK);
    assert_int_equal(
        vb_round_join(round, &(struct vb_join){ .role = "client" }, &session, &world->err), VB_OK);
    give(session, vb_value_int(goal));
    give(session, (struct vb_value){ .type = VB_VALUE_OPTION, .number = how });
    while (vb_session_view(session)->at == VB_AT_ITEM)
        give(session, (struct vb_value){ .type = VB_VALUE_BOOL, .number = 1 });
    if (held)
        assert_int_equal(hold(session, 0, -1), VB_OK);
    assert_int_equal(share(session), VB_OK);
    vb_fold_path(vb_session_fold(session), &count);
    vb_round_destroy(round);
    return count;
}

static void a_script_reads_what_the_same_person_said_before(void **state)
{
    (void)state;
    struct world world;
    struct vb_plan *plan = load_one(first_version);
    world_begin(&world);
    assert_int_equal(wave(&world, plan, "t0", 3, 0, false), 2);
    assert_int_equal(wave(&world, plan, "t1", 1, 1, false), 3); /* the goal was 3 */
    assert_int_equal(wave(&world, plan, "t2", 1, 0, false), 3); /* it was talk */
    assert_int_equal(wave(&world, plan, "t3", 1, 0, false), 2);
    vb_plan_release(plan);
    world_end(&world);
}

static void what_was_held_back_then_is_not_read_now(void **state)
{
    (void)state;
    struct world world;
    struct vb_plan *plan = load_one(first_version);
    world_begin(&world);
    wave(&world, plan, "t0", 3, 0, true);
    assert_int_equal(wave(&world, plan, "t1", 1, 0, false), 2);
    vb_plan_release(plan);
    world_end(&world);
}

static void a_correction_that_goes_on_changes_nothing_yet(void **state)
{
    (void)state;
    struct world world;
    struct heard heard = { 0 };
    struct vb_plan *plan = load_one(first_version);
    struct vb_round *round;
    struct vb_session *session;
    struct vb_round_options options = { .case_id = "c-1", .wave = "t0", .released_too = true };
    struct vb_value one = vb_value_int(1);
    world_begin(&world);
    wave(&world, plan, "t0", 3, 0, false);
    assert_int_equal(vb_round_open(&round, world.store, &world.env, plan, &options, &world.err),
                     VB_OK);
    assert_int_equal(
        vb_round_join(round, &(struct vb_join){ .role = "client" }, &session, &world.err), VB_OK);
    assert_int_equal(vb_round_correct(round, session, &world.err), VB_OK);
    vb_session_change(session, vb_session_view(session)->seq, 0, -1, &one, NULL, hear, &heard);
    assert_int_equal(heard.code, VB_OK);
    vb_round_destroy(round);
    assert_int_equal(wave(&world, plan, "t1", 1, 0, false), 3); /* the goal was 3 */
    vb_plan_release(plan);
    world_end(&world);
}

static void another_version_is_read_with_its_own_plan_and_options_by_their_ids(void **state)
{
    (void)state;
    struct world world;
    struct vb_plan *first = load_one(first_version), *next = load_one(next_version);
    world_begin(&world);
    wave(&world, first, "t0", 1, 1, false); /* talk stood second */
    assert_int_equal(wave(&world, next, "t1", 1, 1, false), 3);
    assert_int_equal(wave(&world, next, "t2", 1, 1, false), 2); /* and now it is walk */
    vb_plan_release(first);
    vb_plan_release(next);
    world_end(&world);
}

/* The round of a wave, as a new process would find it. */
static struct vb_round *round_of(struct world *world, struct vb_plan *plan, const char *wave,
                                 struct vb_arena *arena)
{
    struct vb_round_row *rows;
    struct vb_round *round = NULL;
    size_t count;
    assert_int_equal(
        world->store->ops->case_rounds(world->store, "c-1", arena, &rows, &count, &world->err),
        VB_OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].wave, wave) == 0)
            assert_int_equal(
                vb_round_load(&round, world->store, &world->env, plan, &rows[i], &world->err),
                VB_OK);
    assert_non_null(round);
    return round;
}

static void what_was_erased_with_its_round_is_no_longer_known_to_later_ones(void **state)
{
    (void)state;
    struct world world;
    struct vb_arena arena = { 0 };
    struct vb_erase erase;
    struct vb_erase_why why = { .reason = "asked", .by = "tester", .now_wall_ms = 1000 };
    struct vb_plan *plan = load_one(first_version);
    int participants, path;
    world_begin(&world);
    wave(&world, plan, "t0", 3, 1, false);
    assert_int_equal(wave(&world, plan, "t1", 1, 0, false),
                     4); /* what it heard, and what it knew */
    struct vb_round *first = round_of(&world, plan, "t0", &arena);
    assert_int_equal(vb_erase_find(&erase, world.store, VB_ERASE_OF_ROUND, vb_round_row(first)->id,
                                   &arena, &world.err),
                     VB_OK);
    assert_int_equal(vb_erase_commit(&erase, world.store, &why, &arena, &world.err), VB_OK);
    struct vb_round *second = round_of(&world, plan, "t1", &arena);
    const struct vb_fold *fold =
        vb_session_fold(vb_round_participants(second, &participants)[0].session);
    assert_int_equal(vb_fold_opened(fold)->earlier_count, 0);
    assert_int_equal(vb_fold_view(fold)->at, VB_AT_SHARED); /* it was said, and stands */
    vb_fold_path(fold, &path);
    assert_true(path >= 2);
    vb_round_destroy(first);
    vb_round_destroy(second);
    vb_arena_finish(&arena);
    vb_plan_release(plan);
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_script_reads_what_the_same_person_said_before),
        cmocka_unit_test(what_was_held_back_then_is_not_read_now),
        cmocka_unit_test(a_correction_that_goes_on_changes_nothing_yet),
        cmocka_unit_test(another_version_is_read_with_its_own_plan_and_options_by_their_ids),
        cmocka_unit_test(what_was_erased_with_its_round_is_no_longer_known_to_later_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
