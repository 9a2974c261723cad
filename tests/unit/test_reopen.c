#include "tests.h"

#include "plan_fixture.h"
#include "session/fold.h"

struct scene {
    struct vb_plan *plan;
    struct vb_fold *fold;
    struct vb_err err;
};

static const struct vb_sandbox_options no_flow;
static const struct vb_value yes = { .type = VB_VALUE_BOOL, .number = 1 };
static const struct vb_value no = { .type = VB_VALUE_BOOL, .number = 0 };
static const struct vb_sharing alone = { .one_sided = true };

static enum vb_code apply(struct scene *scene, struct vb_event event)
{
    event.seq = vb_fold_view(scene->fold)->seq + 1;
    return vb_fold_apply(scene->fold, &event, &scene->err);
}

static enum vb_code bare(struct scene *scene, enum vb_event_type type)
{
    return apply(scene, (struct vb_event){ .type = type, .item = -1, .member = -1 });
}

static void answer(struct scene *scene, struct vb_value value)
{
    const struct vb_view *view = vb_fold_view(scene->fold);
    assert_int_equal(view->at, VB_AT_ITEM);
    assert_int_equal(apply(scene, (struct vb_event){ .type = VB_EVENT_ANSWERED,
                                                     .item = view->item->index,
                                                     .member = view->member,
                                                     .value = value }),
                     VB_OK);
}

static enum vb_code change(struct scene *scene, int item, struct vb_value value)
{
    return apply(scene, (struct vb_event){ .type = VB_EVENT_ANSWERED,
                                           .item = item,
                                           .member = -1,
                                           .value = value,
                                           .changed = true });
}

static enum vb_code share(struct scene *scene, const struct vb_sharing *sharing)
{
    return apply(
        scene,
        (struct vb_event){ .type = VB_EVENT_SHARED, .item = -1, .member = -1, .sharing = sharing });
}

/* stuck? then why; then going. Not stuck, and shared: seq 4. */
static struct scene begin(void)
{
    struct scene scene;
    struct fixture f = fixture_begin();
    int stuck = fixture_ask(&f, fixture_item(&f, "stuck", VB_YESNO), NULL);
    fixture_ask(&f, fixture_item(&f, "why", VB_LIKERT), fixture_is(&f, stuck, yes));
    fixture_ask(&f, fixture_item(&f, "going", VB_LIKERT), NULL);
    scene.plan = fixture_end(&f);
    scene.fold = vb_fold_create(scene.plan, &no_flow);
    struct vb_opened opened = { .digest = "sha256:0",
                                .api = 1,
                                .person = "p",
                                .role = "client",
                                .language = "nl",
                                .format = "standard" };
    assert_int_equal(apply(&scene, (struct vb_event){ .type = VB_EVENT_OPENED,
                                                      .item = -1,
                                                      .member = -1,
                                                      .opened = &opened }),
                     VB_OK);
    answer(&scene, no);
    answer(&scene, vb_value_int(4));
    assert_int_equal(share(&scene, &(struct vb_sharing){ 0 }), VB_OK);
    return scene;
}

static void end(struct scene *scene)
{
    vb_fold_destroy(scene->fold);
    vb_plan_release(scene->plan);
}

static void a_correction_is_the_overview_while_what_was_shared_stands(void **state)
{
    (void)state;
    struct scene scene = begin();
    int64_t shared = vb_fold_standing(scene.fold);
    assert_int_equal(shared, vb_fold_view(scene.fold)->seq);
    assert_int_equal(bare(&scene, VB_EVENT_REOPENED), VB_OK);
    assert_int_equal(vb_fold_view(scene.fold)->at, VB_AT_OVERVIEW);
    assert_true(vb_fold_view(scene.fold)->stands);
    assert_int_equal(change(&scene, 0, yes), VB_OK);
    assert_string_equal(vb_fold_view(scene.fold)->item->id, "why");
    assert_true(vb_fold_view(scene.fold)->stands);
    answer(&scene, vb_value_int(2));
    assert_int_equal(vb_fold_view(scene.fold)->at, VB_AT_OVERVIEW);
    assert_int_equal(vb_fold_standing(scene.fold), shared);
    assert_int_equal(share(&scene, &alone), VB_OK);
    assert_int_equal(vb_fold_standing(scene.fold), vb_fold_view(scene.fold)->seq);
    assert_int_equal(vb_fold_first_yes(scene.fold), shared);
    assert_true(vb_fold_sharing(scene.fold)->one_sided);
    assert_false(vb_fold_view(scene.fold)->stands);
    end(&scene);
}

static void stopping_puts_back_what_stood(void **state)
{
    (void)state;
    struct scene scene = begin();
    int64_t shared = vb_fold_standing(scene.fold);
    int count;
    bare(&scene, VB_EVENT_REOPENED);
    assert_int_equal(change(&scene, 0, yes), VB_OK);
    answer(&scene, vb_value_int(1));
    assert_int_equal(change(&scene, 2, vb_value_int(1)), VB_OK);
    assert_int_equal(bare(&scene, VB_EVENT_STOPPED), VB_OK);
    assert_int_equal(vb_fold_view(scene.fold)->at, VB_AT_SHARED);
    assert_int_equal(vb_fold_standing(scene.fold), shared);
    const struct vb_place *path = vb_fold_path(scene.fold, &count);
    assert_int_equal(count, 2);
    assert_int_equal(path[1].item, 2);
    assert_int_equal(vb_fold_values(scene.fold)[2].number, 4);
    assert_int_equal(vb_fold_values(scene.fold)[0].number, 0);
    /* and once more, over the same ground */
    assert_int_equal(bare(&scene, VB_EVENT_REOPENED), VB_OK);
    assert_int_equal(change(&scene, 2, vb_value_int(5)), VB_OK);
    assert_int_equal(share(&scene, &alone), VB_OK);
    assert_int_equal(vb_fold_values(scene.fold)[2].number, 5);
    end(&scene);
}

static void only_what_somebody_shared_is_corrected(void **state)
{
    (void)state;
    struct scene scene = begin();
    bare(&scene, VB_EVENT_REOPENED);
    assert_int_equal(bare(&scene, VB_EVENT_REOPENED), VB_E_DATA);
    assert_int_equal(bare(&scene, VB_EVENT_WITHDRAWN), VB_OK);
    assert_int_equal(bare(&scene, VB_EVENT_REOPENED), VB_E_DATA);
    assert_int_equal(vb_fold_view(scene.fold)->at, VB_AT_WITHDRAWN);
    assert_int_equal(vb_fold_standing(scene.fold), vb_fold_view(scene.fold)->seq);
    end(&scene);
}

static void who_stopped_has_nothing_to_correct(void **state)
{
    (void)state;
    struct scene scene = begin();
    vb_fold_reset(scene.fold);
    struct vb_opened opened = {
        .digest = "sha256:0", .api = 1, .person = "q", .role = "client", .language = "nl"
    };
    apply(&scene, (struct vb_event){
                      .type = VB_EVENT_OPENED, .item = -1, .member = -1, .opened = &opened });
    assert_int_equal(bare(&scene, VB_EVENT_REOPENED), VB_E_DATA);
    bare(&scene, VB_EVENT_STOPPED);
    assert_int_equal(bare(&scene, VB_EVENT_REOPENED), VB_E_DATA);
    assert_int_equal(vb_fold_first_yes(scene.fold), 0);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_correction_is_the_overview_while_what_was_shared_stands),
        cmocka_unit_test(stopping_puts_back_what_stood),
        cmocka_unit_test(only_what_somebody_shared_is_corrected),
        cmocka_unit_test(who_stopped_has_nothing_to_correct),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
