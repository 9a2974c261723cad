/* A result for consented research: who said yes to that, and why they gave no answer. */
#include "round_fixture.h"

static const char *const research[] = { "dossier", "research" };

static void share_for(struct vb_session *session, bool yes)
{
    struct heard heard = { 0 };
    struct vb_sharing sharing = { .purposes = research, .purpose_count = yes ? 2 : 1 };
    vb_session_share(session, vb_session_view(session)->seq, &sharing, hear, &heard);
    assert_int_equal(heard.code, VB_OK);
}

/* NULL: refused with code. */
static char *research_bytes(struct scene *scene, int revision, enum vb_code *code)
{
    struct vb_arena arena = { 0 };
    struct vb_result result;
    struct vb_buf out = { 0 };
    *code = vb_round_research(scene->round, revision, &arena, &result, &scene->world.err);
    if (*code == VB_OK)
        vb_result_write(&out, &result, VB_CONTENT_ITEMS);
    vb_arena_finish(&arena);
    return out.data;
}

static bool is_in(struct scene *scene, int revision, const char *words)
{
    enum vb_code code;
    char *bytes = research_bytes(scene, revision, &code);
    assert_int_equal(code, VB_OK);
    bool there = strstr(bytes, words) != NULL;
    free(bytes);
    return there;
}

static enum vb_code research_code(struct scene *scene)
{
    enum vb_code code;
    free(research_bytes(scene, 0, &code));
    return code;
}

/* One was answered and held back, two were not answered, the last is the person's words. */
static void fill_gaps(struct vb_session *session, const char *words, bool yes)
{
    give(session, vb_value_int(5));
    give(session, vb_value_missing(VB_MISSING_RATHER_NOT_SAY));
    give(session, vb_value_missing(VB_MISSING_DONT_KNOW));
    give(session, text(words));
    assert_int_equal(hold(session, 0, -1), VB_OK);
    share_for(session, yes);
}

static void only_who_said_yes_is_in_it_with_every_reason(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    fill_gaps(join(&scene, "client", NULL), "the client", true);
    fill_gaps(join(&scene, "professional", NULL), marker, false);
    assert_true(settle(&scene));
    assert_true(is_in(&scene, 0, "\"reason\":\"released\",\"purpose\":\"research\",\"round\""));
    assert_true(is_in(&scene, 0, "\"one\":{\"missing\":\"held\"}"));
    assert_true(is_in(&scene, 0, "\"two\":{\"missing\":\"rather_not_say\"}"));
    assert_true(is_in(&scene, 0, "\"three\":{\"missing\":\"dont_know\"}"));
    assert_true(is_in(&scene, 0, "the client"));
    assert_false(is_in(&scene, 0, "professional"));
    assert_false(is_in(&scene, 0, marker));
    assert_false(is_in(&scene, 0, "not_filled_in"));
    char *ordinary = bytes_of(&scene, 0);
    assert_null(strstr(ordinary, "purpose"));
    assert_null(strstr(ordinary, "\"held\""));
    assert_null(strstr(ordinary, "rather_not_say"));
    free(ordinary);
    end(&scene);
}

static void before_the_release_and_without_a_yes_there_is_none(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    fill_gaps(join(&scene, "client", NULL), "a", true);
    assert_int_equal(research_code(&scene), VB_E_BUSY);
    fill_gaps(join(&scene, "professional", NULL), "b", true);
    assert_true(settle(&scene));
    assert_int_equal(research_code(&scene), VB_OK);
    end(&scene);
    begin(&scene, dyad());
    fill_gaps(join(&scene, "client", NULL), "a", false);
    fill_gaps(join(&scene, "professional", NULL), "b", false);
    assert_true(settle(&scene));
    assert_int_equal(research_code(&scene), VB_E_BUSY);
    assert_non_null(strstr(scene.world.err.text, "nobody said yes to research"));
    end(&scene);
}

static void who_took_it_back_took_this_yes_back_too(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    fill_gaps(join(&scene, "client", NULL), marker, true);
    fill_gaps(join(&scene, "professional", NULL), "the worker", true);
    assert_true(settle(&scene));
    assert_true(is_in(&scene, 1, marker));
    assert_int_equal(vb_round_withdraw(scene.round, person_at(&scene, 0), "x", &scene.world.err),
                     VB_OK);
    for (int revision = 1; revision <= 2; revision++) {
        assert_false(is_in(&scene, revision, marker));
        assert_false(is_in(&scene, revision, "\"role\":\"client\""));
        assert_true(is_in(&scene, revision, "the worker"));
    }
    end(&scene);
}

/* What waits to be sent rests on the revision of then, and must not go out against a no of now. */
static void a_yes_that_was_taken_back_counts_in_no_revision(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    fill_gaps(client, "the client", true);
    fill_gaps(join(&scene, "professional", NULL), "the worker", true);
    assert_true(settle(&scene));
    assert_int_equal(vb_round_correct(scene.round, client, &scene.world.err), VB_OK);
    share_for(client, false);
    assert_true(settle(&scene));
    for (int revision = 1; revision <= 2; revision++) {
        assert_false(is_in(&scene, revision, "the client"));
        assert_true(is_in(&scene, revision, "the worker"));
    }
    end(&scene);
}

static void scales_for_research_are_in_it_and_those_for_the_worker_are_not(void **state)
{
    (void)state;
    struct scene scene;
    struct fixture f = fixture_begin();
    fixture_ask(&f, fixture_item(&f, "open.one", VB_LIKERT), NULL);
    fixture_ask(&f, fixture_item(&f, "safe.one", VB_LIKERT), NULL);
    fixture_ask(&f, fixture_item(&f, "study.one", VB_LIKERT), NULL);
    fixture_scale(&f, "open", 0, 1);
    fixture_hidden(&f, fixture_scale(&f, "safe", 1, 1), VB_PRIVATE_WORKER);
    fixture_hidden(&f, fixture_scale(&f, "study", 2, 1), VB_PRIVATE_RESEARCH);
    begin(&scene, fixture_end(&f));
    struct vb_session *client = join(&scene, "client", NULL);
    give_all(client, (const int[]){ 5, 5, 5 });
    share_for(client, true);
    struct vb_session *worker = join(&scene, "professional", NULL);
    give_all(worker, (const int[]){ 5, 5, 5 });
    share_for(worker, false);
    assert_true(settle(&scene));
    assert_true(is_in(&scene, 0, "\"study.one\":{\"value\":5}"));
    assert_true(is_in(&scene, 0, "\"study\":{\"sum\":5"));
    assert_false(is_in(&scene, 0, "safe"));
    end(&scene);
}

static void what_was_given_together_needs_everybodys_yes(void **state)
{
    (void)state;
    for (int yes = 0; yes < 2; yes++) {
        struct scene scene;
        struct vb_session *together;
        begin(&scene, dyad());
        fill_gaps(join(&scene, "client", NULL), "a", true);
        fill_gaps(join(&scene, "professional", NULL), "b", yes == 1);
        assert_true(settle(&scene));
        assert_int_equal(vb_round_together(scene.round, &together, &scene.world.err), VB_OK);
        give(together, vb_value_int(5));
        share(together);
        assert_int_equal(vb_round_settle_together(scene.round, &scene.world.err), VB_OK);
        assert_int_equal(is_in(&scene, 0, "\"joint\":{\"value\":5}"), yes == 1);
        assert_true(is_in(&scene, 0, "\"topic\":null,\"agreements\":[],\"goals\":[]"));
        end(&scene);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_who_said_yes_is_in_it_with_every_reason),
        cmocka_unit_test(before_the_release_and_without_a_yes_there_is_none),
        cmocka_unit_test(who_took_it_back_took_this_yes_back_too),
        cmocka_unit_test(a_yes_that_was_taken_back_counts_in_no_revision),
        cmocka_unit_test(scales_for_research_are_in_it_and_those_for_the_worker_are_not),
        cmocka_unit_test(what_was_given_together_needs_everybodys_yes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
