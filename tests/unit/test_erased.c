/* What a round still says when somebody in it was erased: from a store in memory, which forgets,
 * and from one that is sealed, which cannot read it any more. */
#include "round_fixture.h"

#include "base/str.h"
#include "keys_place.h"
#include "session/erase.h"
#include "store/store_sealed.h"
#include "store_place.h"

struct look {
    struct scene scene;
    struct vb_arena arena;
    char *place; /* NULL: the store forgets */
    struct vb_keys *keys;
};

static void look_begin(struct look *look, struct vb_plan *plan, bool sealed)
{
    struct scene *scene = &look->scene;
    *look = (struct look){ 0 };
    world_begin(&scene->world);
    if (sealed) {
        look->place = place_make();
        look->keys = keys_place_open(look->place);
        scene->world.store = vb_store_sealed_create(scene->world.store, look->keys);
    }
    scene->plan = plan;
    assert_int_equal(open_round(scene, &(struct vb_round_options){ .case_id = "c-1" }), VB_OK);
}

static void look_end(struct look *look)
{
    vb_arena_finish(&look->arena);
    end(&look->scene);
    if (look->place == NULL)
        return;
    vb_keys_close(look->keys);
    place_end(look->place);
}

static const char *person_of(struct look *look, const char *role, const char *label)
{
    int count;
    const struct vb_participant *all = vb_round_participants(look->scene.round, &count);
    for (int i = 0; i < count; i++)
        if (vb_streq(all[i].role, role) && (label == NULL || vb_streq(all[i].label, label)))
            return vb_arena_strdup(&look->arena, all[i].person);
    fail_msg("nobody is %s", role);
    return NULL;
}

static const struct vb_participant *participant(struct look *look, const char *person)
{
    int count;
    const struct vb_participant *all = vb_round_participants(look->scene.round, &count);
    for (int i = 0; i < count; i++)
        if (vb_streq(all[i].person, person))
            return &all[i];
    fail_msg("%s does not take part", person);
    return NULL;
}

/* Erases the person, and opens the round as a new process would. */
static void erase(struct look *look, const char *person)
{
    struct vb_erase_why why = { .reason = "asked", .by = "tester", .now_wall_ms = 77000 };
    struct vb_store *store = look->scene.world.store;
    struct vb_erase found;
    struct vb_err *err = &look->scene.world.err;
    assert_int_equal(vb_erase_find(&found, store, VB_ERASE_OF_PERSON, person, &look->arena, err),
                     VB_OK);
    assert_int_equal(vb_erase_commit(&found, store, &why, &look->arena, err), VB_OK);
    restart(&look->scene);
}

static void in_no_revision(struct look *look, int revisions, const char *words)
{
    for (int revision = 1; revision <= revisions; revision++) {
        char *bytes = bytes_of(&look->scene, revision);
        if (strstr(bytes, words) != NULL)
            fail_msg("revision %d has %s: %s", revision, words, bytes);
        free(bytes);
    }
}

/* How many respondents and roster places of a revision have this name, as a sheet shows it. */
static int named(struct look *look, int revision, const char *label)
{
    struct vb_result result;
    int found = 0;
    assert_int_equal(
        vb_round_result(look->scene.round, revision, &look->arena, &result, &look->scene.world.err),
        VB_OK);
    for (int i = 0; i < result.respondent_count; i++)
        found += vb_streq(result.respondents[i].label, label);
    for (int i = 0; i < result.roster_count; i++)
        found += vb_streq(result.roster[i].label, label);
    return found;
}

/* -- two -------------------------------------------------------------------------------------- */

static void erased_client(bool sealed)
{
    struct look look;
    look_begin(&look, dyad(), sealed);
    fill(join(&look.scene, "client", "Zora"), 4, marker);
    fill(join(&look.scene, "professional", "Yvo"), 5, "fine");
    assert_true(settle(&look.scene));
    restart(&look.scene); /* labels come from the rows */
    char *before = bytes_of(&look.scene, 1);
    assert_non_null(strstr(before, marker));
    assert_int_equal(named(&look, 1, "Zora"), 1);
    free(before);
    struct vb_session *worker = participant(&look, person_of(&look, "professional", NULL))->session;
    assert_string_equal(vb_fold_opened(vb_session_fold(worker))->client_name, "Zora");
    const char *client = person_of(&look, "client", "Zora");
    erase(&look, client);
    const struct vb_participant *gone = participant(&look, client);
    assert_string_equal(gone->role, "client");
    assert_null(gone->label);
    assert_true(gone->ready);
    assert_int_equal(vb_session_state(gone->session), VB_SESSION_WITHDRAWN);
    in_no_revision(&look, 2, marker);
    assert_int_equal(named(&look, 1, "Zora") + named(&look, 2, "Zora"), 0);
    assert_int_equal(named(&look, 2, "Yvo"), 0); /* one side without a yes to that is not shown */
    worker = participant(&look, person_of(&look, "professional", NULL))->session;
    assert_null(vb_fold_opened(vb_session_fold(worker))->client_name);
    assert_string_equal(vb_fold_opened(vb_session_fold(worker))->professional_name, "Yvo");
    assert_false(settle(&look.scene)); /* nothing new: the erasure has its revision */
    look_end(&look);
}

static void who_was_erased_stands_there_as_somebody_who_took_everything_back(void **state)
{
    (void)state;
    erased_client(false);
    erased_client(true);
}

static void erased_together(bool sealed)
{
    struct look look;
    struct vb_session *together;
    look_begin(&look, dyad(), sealed);
    fill(join(&look.scene, "client", NULL), 4, "a");
    fill(join(&look.scene, "professional", NULL), 5, "b");
    assert_true(settle(&look.scene));
    assert_int_equal(vb_round_together(look.scene.round, &together, &look.scene.world.err), VB_OK);
    give(together, vb_value_int(5));
    share(together);
    assert_int_equal(vb_round_settle_together(look.scene.round, &look.scene.world.err), VB_OK);
    char *before = bytes_of(&look.scene, 2);
    assert_non_null(strstr(before, "\"together\":{\"joint\":{\"value\":5}}"));
    free(before);
    erase(&look, person_of(&look, "professional", NULL));
    in_no_revision(&look, 3, "\"joint\":{\"value\"");
    assert_false(vb_round_together_due(look.scene.round));
    look_end(&look);
}

static void what_was_given_together_goes_with_either(void **state)
{
    (void)state;
    erased_together(false);
    erased_together(true);
}

static void the_next_in_that_role_is_somebody_new(void **state)
{
    (void)state;
    for (int sealed = 0; sealed < 2; sealed++) {
        struct look look;
        look_begin(&look, dyad(), sealed == 1);
        fill(join(&look.scene, "client", NULL), 4, "a");
        fill(join(&look.scene, "professional", NULL), 5, "b");
        assert_true(settle(&look.scene));
        const char *client = person_of(&look, "client", NULL);
        const char *worker = person_of(&look, "professional", NULL);
        erase(&look, client);
        vb_round_destroy(look.scene.round);
        assert_int_equal(
            open_round(&look.scene, &(struct vb_round_options){ .case_id = "c-1", .wave = "t1" }),
            VB_OK);
        join(&look.scene, "client", NULL);
        join(&look.scene, "professional", NULL);
        assert_string_not_equal(person_of(&look, "client", NULL), client);
        assert_string_equal(person_of(&look, "professional", NULL), worker);
        look_end(&look);
    }
}

/* -- a family --------------------------------------------------------------------------------- */

/* Its own question, then how close it is to each: the youth Sam and the parent Kim say 2 and 3 of
 * themselves, the professional 4 of everybody. */
static void family_of_three(struct look *look, bool sealed)
{
    struct scene *scene = &look->scene;
    look_begin(look, family(), sealed);
    struct vb_session *worker = join(scene, "professional", NULL);
    struct vb_session *sam = join(scene, "youth", "Sam"), *kim = join(scene, "parent", "Kim");
    give_all(sam, (const int[]){ 2, 2 });
    share(sam);
    give_all(kim, (const int[]){ 3, 3 });
    share(kim);
    give_all(worker, (const int[]){ 1, 4, 5 });
    share(worker);
    assert_int_equal(vb_round_release(scene->round, &scene->world.err), VB_OK);
}

static int about_count(struct look *look, const char *person, const char *member)
{
    struct vb_result result;
    int found = 0;
    assert_int_equal(
        vb_round_result(look->scene.round, 0, &look->arena, &result, &look->scene.world.err),
        VB_OK);
    for (int i = 0; i < result.respondent_count; i++)
        for (int j = 0; j < result.respondents[i].about_count; j++)
            found += vb_streq(result.respondents[i].person, person) &&
                     vb_streq(result.respondents[i].about[j].member, member);
    return found;
}

static void erased_member(bool sealed)
{
    struct look look;
    int count;
    family_of_three(&look, sealed);
    const char *sam = person_of(&look, "youth", NULL), *kim = person_of(&look, "parent", NULL);
    const char *worker = person_of(&look, "professional", NULL);
    restart(&look.scene);
    assert_int_equal(about_count(&look, worker, sam), 1);
    assert_int_equal(about_count(&look, worker, kim), 1);
    erase(&look, sam);
    const struct vb_fold *fold = vb_session_fold(participant(&look, worker)->session);
    const struct vb_member *members = vb_fold_members(fold, &count);
    assert_int_equal(count, 2);
    assert_string_equal(members[0].person, sam); /* keeps its place, and is gone */
    assert_true(members[0].gone);
    assert_null(members[0].label);
    assert_string_equal(members[1].label, "Kim");
    assert_int_equal(vb_fold_self(vb_session_fold(participant(&look, kim)->session)), 1);
    assert_int_equal(vb_fold_view(fold)->at, VB_AT_SHARED);
    assert_int_equal(about_count(&look, worker, sam), 0);
    assert_int_equal(about_count(&look, worker, kim), 1);
    assert_int_equal(about_count(&look, kim, kim), 1);
    assert_int_equal(about_count(&look, sam, sam), 0);
    assert_int_equal(named(&look, 1, "Sam") + named(&look, 2, "Sam"), 0);
    assert_int_equal(named(&look, 1, "Kim"), 2);
    look_end(&look);
}

static void what_others_said_about_somebody_goes_and_the_rest_stays(void **state)
{
    (void)state;
    erased_member(false);
    erased_member(true);
}

static void erased_while_busy(bool sealed)
{
    struct look look;
    struct scene *scene = &look.scene;
    look_begin(&look, family(), sealed);
    struct vb_session *worker = join(scene, "professional", NULL);
    join(scene, "youth", "Sam");
    join(scene, "parent", "Kim");
    give(worker, vb_value_int(1));
    assert_int_equal(vb_session_view(worker)->member, 0);
    give(worker, vb_value_int(4)); /* about Sam */
    erase(&look, person_of(&look, "youth", NULL));
    worker = join(scene, "professional", NULL);
    assert_string_equal(vb_session_view(worker)->item->id, "close");
    assert_int_equal(vb_session_view(worker)->member, 1); /* about Kim, as before */
    give(worker, vb_value_int(5));
    assert_int_equal(vb_session_view(worker)->at, VB_AT_OVERVIEW);
    assert_int_equal(share(worker), VB_OK);
    restart(scene);
    worker = join(scene, "professional", NULL);
    assert_int_equal(vb_session_view(worker)->at, VB_AT_SHARED);
    look_end(&look);
}

static void whoever_is_busy_goes_on_where_they_were(void **state)
{
    (void)state;
    erased_while_busy(false);
    erased_while_busy(true);
}

/* Only the one who was asked last knew the whole roster, and is erased. */
static void a_roster_that_only_the_erased_one_knew_is_made_of_the_others(void **state)
{
    (void)state;
    for (int sealed = 0; sealed < 2; sealed++) {
        struct look look;
        struct scene *scene = &look.scene;
        int count;
        look_begin(&look, family(), sealed == 1);
        struct vb_session *sam = join(scene, "youth", "Sam");
        give_all(sam, (const int[]){ 2, 2 });
        share(sam);
        join(scene, "parent", "Kim");
        erase(&look, person_of(&look, "parent", NULL));
        vb_round_participants(scene->round, &count);
        assert_int_equal(count, 2);
        struct vb_session *liv = join(scene, "parent", "Liv");
        const struct vb_member *members = vb_fold_members(vb_session_fold(liv), &count);
        assert_int_equal(count, 2);
        assert_string_equal(members[1].label, "Liv");
        give_all(liv, (const int[]){ 3, 3 });
        share(liv);
        assert_int_equal(vb_round_release(scene->round, &scene->world.err), VB_OK);
        restart(scene);
        assert_int_equal(named(&look, 0, "Liv"), 2);
        assert_int_equal(named(&look, 0, "Kim"), 0);
        look_end(&look);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_was_erased_stands_there_as_somebody_who_took_everything_back),
        cmocka_unit_test(what_was_given_together_goes_with_either),
        cmocka_unit_test(the_next_in_that_role_is_somebody_new),
        cmocka_unit_test(what_others_said_about_somebody_goes_and_the_rest_stays),
        cmocka_unit_test(whoever_is_busy_goes_on_where_they_were),
        cmocka_unit_test(a_roster_that_only_the_erased_one_knew_is_made_of_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
