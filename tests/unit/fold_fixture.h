/* fold_fixture.h - a fold that is given events one by one, and what it then says. */
#ifndef VB_FOLD_FIXTURE_H
#define VB_FOLD_FIXTURE_H

#include "tests.h"

#include "plan_fixture.h"
#include "session/fold.h"

/* A fold, and why an event was refused. */
struct run {
    struct vb_fold *fold;
    struct vb_err err;
};

static const struct vb_sandbox_options no_flow;
static const struct vb_value yes = { .type = VB_VALUE_BOOL, .number = 1 };
static const struct vb_value no = { .type = VB_VALUE_BOOL, .number = 0 };

static inline struct run open_with(struct vb_plan *plan, const struct vb_opened *opened)
{
    struct run run = { .fold = vb_fold_create(plan, &no_flow) };
    struct vb_event event = {
        .type = VB_EVENT_OPENED, .seq = 1, .item = -1, .member = -1, .opened = opened
    };
    assert_int_equal(vb_fold_apply(run.fold, &event, &run.err), VB_OK);
    return run;
}

static inline struct vb_opened client(void)
{
    return (struct vb_opened){ .digest = "sha256:0",
                               .api = 1,
                               .person = "p-client",
                               .role = "client",
                               .language = "nl",
                               .format = "standard",
                               .mode = "self",
                               .opening = "1" };
}

static inline struct run open_client(struct vb_plan *plan)
{
    struct vb_opened opened = client();
    return open_with(plan, &opened);
}

static inline enum vb_code apply(struct run *run, struct vb_event event)
{
    event.seq = vb_fold_view(run->fold)->seq + 1;
    return vb_fold_apply(run->fold, &event, &run->err);
}

static inline void answer(struct run *run, struct vb_value value)
{
    const struct vb_view *view = vb_fold_view(run->fold);
    assert_int_equal(view->at, VB_AT_ITEM);
    struct vb_event event = {
        .type = VB_EVENT_ANSWERED, .item = view->item->index, .member = view->member, .value = value
    };
    assert_int_equal(apply(run, event), VB_OK);
}

static inline enum vb_code change(struct run *run, int item, struct vb_value value)
{
    return apply(run, (struct vb_event){ .type = VB_EVENT_ANSWERED,
                                         .item = item,
                                         .member = -1,
                                         .value = value,
                                         .changed = true });
}

static inline void back(struct run *run)
{
    assert_int_equal(apply(run, (struct vb_event){ .type = VB_EVENT_BACK, .item = -1 }), VB_OK);
}

static inline enum vb_code roster(struct run *run, const struct vb_member *members, int count)
{
    return apply(run, (struct vb_event){
                          .type = VB_EVENT_ROSTER, .members = members, .member_count = count });
}

static inline void assert_at(struct run *run, const char *id, int member)
{
    const struct vb_view *view = vb_fold_view(run->fold);
    assert_int_equal(view->at, VB_AT_ITEM);
    assert_string_equal(view->item->id, id);
    assert_int_equal(view->member, member);
}

static inline void assert_overview(struct run *run)
{
    assert_int_equal(vb_fold_view(run->fold)->at, VB_AT_OVERVIEW);
}

/* "a b:1 c" : ids, with the member behind a colon */
static inline void assert_path(struct run *run, struct vb_plan *plan, const char *expected)
{
    struct vb_buf text = { 0 };
    int count;
    const struct vb_place *path = vb_fold_path(run->fold, &count);
    vb_buf_puts(&text, "");
    for (int i = 0; i < count; i++) {
        vb_buf_printf(&text, "%s%s", i > 0 ? " " : "", plan->items[path[i].item].id);
        if (path[i].member >= 0)
            vb_buf_printf(&text, ":%d", path[i].member);
    }
    assert_string_equal(text.data, expected);
    vb_buf_finish(&text);
}

static inline void finish(struct run *run, struct vb_plan *plan)
{
    vb_fold_destroy(run->fold);
    vb_plan_release(plan);
}

/* stuck? then why; then going */
static inline struct vb_plan *branching(struct fixture *f)
{
    *f = fixture_begin();
    int stuck = fixture_ask(f, fixture_item(f, "stuck", VB_YESNO), NULL);
    fixture_ask(f, fixture_item(f, "why", VB_LIKERT), fixture_is(f, stuck, yes));
    fixture_ask(f, fixture_item(f, "going", VB_LIKERT), NULL);
    return fixture_end(f);
}

#endif
