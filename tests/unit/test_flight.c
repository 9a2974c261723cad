/* A store that is done later: what holds while an answer is on its way to the disk. */
#include "round_fixture.h"

enum { MOST = 64 };

/* Keeps what was submitted until it is told to go on; everything else goes straight below. */
struct later {
    struct vb_store store;
    struct vb_store_ops ops;
    struct vb_store *below;
    struct {
        const struct vb_change *changes;
        size_t count;
        vb_store_done *done;
        void *ctx;
    } waits[MOST];
    int first, count;
};

static void later_submit(struct vb_store *store, const struct vb_change *changes, size_t count,
                         vb_store_done *done, void *ctx)
{
    struct later *later = (struct later *)store;
    assert_true(later->count < MOST);
    later->waits[later->count].changes = changes;
    later->waits[later->count].count = count;
    later->waits[later->count].done = done;
    later->waits[later->count++].ctx = ctx;
}

#define BELOW(store) (((struct later *)(store))->below)

static enum vb_code later_commit(struct vb_store *store, const struct vb_change *changes,
                                 size_t count, struct vb_err *err)
{
    return vb_store_commit(BELOW(store), changes, count, err);
}

static enum vb_code later_case_rounds(struct vb_store *store, const char *id,
                                      struct vb_arena *arena, struct vb_round_row **out,
                                      size_t *count, struct vb_err *err)
{
    return BELOW(store)->ops->case_rounds(BELOW(store), id, arena, out, count, err);
}

static enum vb_code later_prefix_rounds(struct vb_store *store, const char *prefix,
                                        struct vb_arena *arena, struct vb_round_row **out,
                                        size_t *count, struct vb_err *err)
{
    return BELOW(store)->ops->prefix_rounds(BELOW(store), prefix, arena, out, count, err);
}

static enum vb_code later_persons(struct vb_store *store, const char *id, struct vb_arena *arena,
                                  struct vb_person_row **out, size_t *count, struct vb_err *err)
{
    return BELOW(store)->ops->persons(BELOW(store), id, arena, out, count, err);
}

static enum vb_code later_person(struct vb_store *store, const char *id, struct vb_arena *arena,
                                 struct vb_person_row *out, struct vb_err *err)
{
    return BELOW(store)->ops->person(BELOW(store), id, arena, out, err);
}

static enum vb_code later_sessions(struct vb_store *store, const char *id, struct vb_arena *arena,
                                   struct vb_session_row **out, size_t *count, struct vb_err *err)
{
    return BELOW(store)->ops->sessions(BELOW(store), id, arena, out, count, err);
}

static enum vb_code later_events(struct vb_store *store, const char *id, int64_t first,
                                 struct vb_arena *arena, struct vb_event_row **out, size_t *count,
                                 struct vb_err *err)
{
    return BELOW(store)->ops->events(BELOW(store), id, first, arena, out, count, err);
}

static enum vb_code later_revisions(struct vb_store *store, const char *id, struct vb_arena *arena,
                                    struct vb_revision_row **out, size_t *count, struct vb_err *err)
{
    return BELOW(store)->ops->revisions(BELOW(store), id, arena, out, count, err);
}

static void later_destroy(struct vb_store *store)
{
    (void)store; /* the test's own */
}

static const struct vb_store_ops ops = { .name = "later",
                                         .commit = later_commit,
                                         .submit = later_submit,
                                         .case_rounds = later_case_rounds,
                                         .prefix_rounds = later_prefix_rounds,
                                         .persons = later_persons,
                                         .person = later_person,
                                         .sessions = later_sessions,
                                         .events = later_events,
                                         .revisions = later_revisions,
                                         .destroy = later_destroy };

/* The oldest one is committed, or refused. */
static void arrives(struct later *later, enum vb_code code)
{
    struct vb_err err = { 0 };
    assert_true(later->first < later->count);
    int at = later->first++;
    if (code == VB_OK)
        code =
            vb_store_commit(later->below, later->waits[at].changes, later->waits[at].count, &err);
    else
        vb_fail(&err, code, "the disk is full");
    later->waits[at].done(later->waits[at].ctx, code, &err);
}

static void begin_later(struct scene *scene, struct later *later, struct vb_plan *plan)
{
    world_begin(&scene->world);
    *later = (struct later){ .store = { &ops }, .below = scene->world.store };
    scene->world.store = &later->store;
    scene->plan = plan;
    assert_int_equal(open_round(scene, &(struct vb_round_options){ .case_id = "c-1" }), VB_OK);
}

static void end_later(struct scene *scene, struct later *later)
{
    vb_round_destroy(scene->round);
    vb_plan_release(scene->plan);
    vb_store_destroy(later->below);
}

static void send(struct vb_session *session, int number, struct heard *heard)
{
    struct vb_value value = vb_value_int(number);
    *heard = (struct heard){ 0 };
    vb_session_answer(session, vb_session_view(session)->seq, NULL, &value, NULL, hear, heard);
}

static void send_yes(struct vb_session *session, struct heard *heard)
{
    struct vb_sharing sharing = { 0 };
    *heard = (struct heard){ 0 };
    vb_session_share(session, vb_session_view(session)->seq, &sharing, hear, heard);
}

static void fill_later(struct later *later, struct vb_session *session, int number)
{
    struct heard heard;
    for (int i = 0; i < 3; i++) {
        send(session, number, &heard);
        arrives(later, VB_OK);
    }
    struct vb_value words = text("w");
    vb_session_answer(session, vb_session_view(session)->seq, NULL, &words, NULL, hear, &heard);
    arrives(later, VB_OK);
    assert_int_equal(vb_session_view(session)->at, VB_AT_OVERVIEW);
}

static size_t stored_events(struct later *later, const char *session)
{
    struct vb_arena arena = { 0 };
    struct vb_event_row *rows;
    struct vb_err err;
    size_t count;
    assert_int_equal(
        later->below->ops->events(later->below, session, 1, &arena, &rows, &count, &err), VB_OK);
    vb_arena_finish(&arena);
    return count;
}

/* -- one session ------------------------------------------------------------------------------ */

static void an_answer_on_its_way_is_not_shown_as_saved(void **state)
{
    (void)state;
    struct scene scene;
    struct later later;
    struct heard heard, other = { 0 };
    begin_later(&scene, &later, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    send(client, 4, &heard);
    assert_int_equal(heard.times, 0);
    assert_true(vb_session_in_flight(client));
    assert_string_equal(vb_session_view(client)->item->id, "one");
    assert_int_equal(vb_session_view(client)->seq, 1);
    vb_session_stop(client, 1, hear, &other);
    assert_int_equal(other.code, VB_E_BUSY);
    arrives(&later, VB_OK);
    assert_int_equal(heard.times, 1);
    assert_int_equal(heard.code, VB_OK);
    assert_false(vb_session_in_flight(client));
    assert_string_equal(vb_session_view(client)->item->id, "two");
    end_later(&scene, &later);
}

static void an_answer_that_is_refused_later_was_never_given(void **state)
{
    (void)state;
    struct scene scene;
    struct later later;
    struct heard heard;
    begin_later(&scene, &later, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    send(client, 4, &heard);
    arrives(&later, VB_E_IO);
    assert_int_equal(heard.times, 1);
    assert_int_equal(heard.code, VB_E_IO);
    assert_string_equal(vb_session_view(client)->item->id, "one");
    assert_null(vb_session_view(client)->offered);
    send(client, 2, &heard);
    arrives(&later, VB_OK);
    assert_int_equal(heard.code, VB_OK);
    assert_int_equal(stored_events(&later, vb_session_id(client)), 2);
    end_later(&scene, &later);
}

static void destroy_it(void *ctx, enum vb_code code, const struct vb_err *err)
{
    (void)err;
    assert_int_equal(code, VB_OK);
    vb_round_destroy(((struct scene *)ctx)->round);
    ((struct scene *)ctx)->round = NULL;
}

static void whoever_is_told_may_let_the_session_go(void **state)
{
    (void)state;
    struct scene scene;
    struct later later;
    begin_later(&scene, &later, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    struct vb_value value = vb_value_int(4);
    vb_session_answer(client, 1, NULL, &value, NULL, destroy_it, &scene);
    arrives(&later, VB_OK);
    assert_null(scene.round);
    end_later(&scene, &later);
}

static void a_session_may_go_while_its_answer_is_on_its_way(void **state)
{
    (void)state;
    for (int well = 0; well < 2; well++) {
        struct scene scene;
        struct later later;
        struct heard heard;
        begin_later(&scene, &later, dyad());
        struct vb_session *client = join(&scene, "client", NULL);
        char *id = strdup(vb_session_id(client));
        send(client, 4, &heard);
        vb_round_destroy(scene.round);
        scene.round = NULL;
        arrives(&later, well == 1 ? VB_OK : VB_E_IO);
        assert_int_equal(heard.times, 0); /* whoever asked is gone */
        assert_int_equal(stored_events(&later, id), well == 1 ? 2 : 1);
        free(id);
        end_later(&scene, &later);
    }
}

static void a_session_sleeps_and_wakes_between_answers(void **state)
{
    (void)state;
    struct scene scene;
    struct later later;
    struct heard heard;
    begin_later(&scene, &later, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    send(client, 4, &heard);
    assert_true(vb_session_in_flight(client)); /* not now */
    arrives(&later, VB_OK);
    vb_session_evict(client);
    assert_false(vb_session_in_flight(client));
    assert_int_equal(vb_session_wake(client, &scene.world.err), VB_OK);
    assert_string_equal(vb_session_view(client)->item->id, "two");
    send(client, 4, &heard);
    arrives(&later, VB_OK);
    assert_int_equal(heard.code, VB_OK);
    end_later(&scene, &later);
}

/* -- a round ---------------------------------------------------------------------------------- */

static void a_yes_on_its_way_releases_nothing(void **state)
{
    (void)state;
    struct scene scene;
    struct later later;
    struct heard client_heard, heard;
    begin_later(&scene, &later, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    struct vb_session *worker = join(&scene, "professional", NULL);
    int count;
    fill_later(&later, client, 4);
    fill_later(&later, worker, 2);
    send_yes(worker, &heard);
    arrives(&later, VB_OK);
    send_yes(client, &client_heard);
    assert_false(settle(&scene));
    assert_int_equal(result_code(&scene, 0), VB_E_BUSY);
    assert_false(vb_round_participants(scene.round, &count)[0].ready);
    arrives(&later, VB_E_IO);
    assert_false(settle(&scene));
    send_yes(client, &client_heard);
    arrives(&later, VB_OK);
    assert_true(settle(&scene));
    end_later(&scene, &later);
}

/* Three in a group of which two shared: the third's yes comes too late for the release, and is
 * refused. What is shared at the same place in the end is a revision of its own. */
static void a_revision_rests_on_what_was_there(void **state)
{
    (void)state;
    struct scene scene;
    struct later later;
    struct heard heard;
    struct vb_session *sessions[3];
    const char *labels[] = { "Sam", "Kim", "Liv" };
    begin_later(&scene, &later, family());
    for (int i = 0; i < 3; i++)
        sessions[i] = join(&scene, "youth", labels[i]);
    for (int i = 0; i < 3; i++) {
        while (vb_session_view(sessions[i])->at == VB_AT_ITEM) {
            send(sessions[i], i + 1, &heard);
            arrives(&later, VB_OK);
        }
        send_yes(sessions[i], &heard);
        if (i < 2)
            arrives(&later, VB_OK);
    }
    assert_int_equal(vb_round_release(scene.round, &scene.world.err), VB_OK);
    char *early = bytes_of(&scene, 1);
    arrives(&later, VB_E_IO);
    send_yes(sessions[2], &heard);
    char *meanwhile = bytes_of(&scene, 1);
    arrives(&later, VB_OK);
    assert_true(settle(&scene));
    char *after = bytes_of(&scene, 1), *late = bytes_of(&scene, 2);
    assert_string_equal(early, meanwhile);
    assert_string_equal(early, after);
    assert_non_null(strstr(late, "\"reason\":\"late\""));
    restart(&scene);
    char *again = bytes_of(&scene, 1), *late_again = bytes_of(&scene, 2);
    assert_string_equal(early, again);
    assert_string_equal(late, late_again);
    char *all[] = { early, meanwhile, after, late, again, late_again };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
    end_later(&scene, &later);
}

static void who_joins_while_somebody_answers_comes_a_moment_later(void **state)
{
    (void)state;
    struct scene scene;
    struct later later;
    struct heard heard;
    int count;
    begin_later(&scene, &later, family());
    struct vb_session *sam = join(&scene, "youth", "Sam");
    send(sam, 1, &heard);
    assert_int_equal(join_code(&scene, "youth", "Kim"), VB_E_BUSY);
    vb_round_participants(scene.round, &count);
    assert_int_equal(count, 1);
    arrives(&later, VB_OK);
    assert_int_equal(heard.code, VB_OK);
    join(&scene, "youth", "Kim");
    vb_fold_members(vb_session_fold(sam), &count);
    assert_int_equal(count, 2);
    restart(&scene);
    vb_round_participants(scene.round, &count);
    assert_int_equal(count, 2);
    end_later(&scene, &later);
}

/* What stays goes with the yes: both in one commit, and neither when it is refused. */
static void a_yes_and_what_it_holds_back_are_in_together_or_not_at_all(void **state)
{
    (void)state;
    static const struct vb_stay stays[] = { { 0, -1, 0 }, { 3, -1, 0 } };
    const struct vb_sharing sharing = { 0 };
    struct scene scene;
    struct later later;
    struct heard heard = { 0 };
    begin_later(&scene, &later, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    fill_later(&later, client, 3);
    for (int well = 0; well < 2; well++) {
        heard = (struct heard){ 0 };
        vb_session_share_part(client, 5, &sharing, stays, 2, hear, &heard);
        assert_int_equal(vb_session_view(client)->seq, 5); /* as it was */
        assert_int_equal(vb_session_view(client)->at, VB_AT_OVERVIEW);
        assert_int_equal(later.waits[later.count - 1].count, 4); /* two, the yes, the state */
        arrives(&later, well == 1 ? VB_OK : VB_E_IO);
        assert_int_equal(heard.code, well == 1 ? VB_OK : VB_E_IO);
        assert_int_equal(stored_events(&later, vb_session_id(client)), well == 1 ? 8 : 5);
        for (int i = 0; i < 4; i++)
            assert_int_equal(vb_fold_held(vb_session_fold(client), i, -1), well == 1 && i % 3 == 0);
    }
    assert_int_equal(vb_session_view(client)->at, VB_AT_SHARED);
    assert_int_equal(vb_session_view(client)->seq, 8);
    vb_session_share_part(client, 8, &sharing, stays, 2, hear, &heard);
    assert_int_equal(heard.code, VB_E_DATA); /* it is closed: nothing goes in front of nothing */
    vb_session_share_part(client, 5, &sharing, stays, 2, hear, &heard);
    assert_int_equal(heard.code, VB_E_CONFLICT);
    assert_int_equal(stored_events(&later, vb_session_id(client)), 8);
    end_later(&scene, &later);
}

static void who_holds_back_with_a_yes_may_be_gone_before_it_is_in(void **state)
{
    (void)state;
    static const struct vb_stay stays[] = { { 0, -1, 0 } };
    const struct vb_sharing sharing = { 0 };
    struct scene scene;
    struct later later;
    struct heard heard = { 0 };
    begin_later(&scene, &later, dyad());
    struct vb_session *client = join(&scene, "client", NULL);
    char *id = strdup(vb_session_id(client));
    fill_later(&later, client, 3);
    vb_session_share_part(client, 5, &sharing, stays, 1, hear, &heard);
    vb_round_destroy(scene.round);
    scene.round = NULL;
    arrives(&later, VB_OK);
    assert_int_equal(stored_events(&later, id), 7);
    free(id);
    end_later(&scene, &later);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_on_its_way_is_not_shown_as_saved),
        cmocka_unit_test(an_answer_that_is_refused_later_was_never_given),
        cmocka_unit_test(whoever_is_told_may_let_the_session_go),
        cmocka_unit_test(a_session_may_go_while_its_answer_is_on_its_way),
        cmocka_unit_test(a_session_sleeps_and_wakes_between_answers),
        cmocka_unit_test(a_yes_and_what_it_holds_back_are_in_together_or_not_at_all),
        cmocka_unit_test(who_holds_back_with_a_yes_may_be_gone_before_it_is_in),
        cmocka_unit_test(a_yes_on_its_way_releases_nothing),
        cmocka_unit_test(a_revision_rests_on_what_was_there),
        cmocka_unit_test(who_joins_while_somebody_answers_comes_a_moment_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
