/* flows.h - a small plan made by hand, and a flow over it, as the tests of core/script do. */
#ifndef VB_TESTS_FLOWS_H
#define VB_TESTS_FLOWS_H

#include "scripts.h"

#include "data/instrument.h"
#include "script/flow.h"
#include "script/script_lua.h"

enum { TEST_ITEMS = 16 };

struct flow_fixture {
    struct vb_plan *plan;
    struct vb_item *items;
    int item_count;
    struct vb_opened opened;
    struct vb_sandbox_options options;
    struct vb_flow *flow;
    struct vb_flow_at at;
    enum vb_code code;
    struct vb_err err;
};

/* An item of a kind, with a text for both roles. */
static inline struct vb_item *fixture_item(struct flow_fixture *fix, const char *id,
                                           enum vb_kind_id kind)
{
    static const struct vb_text text = { { "?", "?" } };
    struct vb_item *item = &fix->items[fix->item_count++];
    const struct vb_text **texts = vb_arena_alloc(&fix->plan->arena, sizeof *texts * VB_ROLES_MAX);
    texts[0] = texts[1] = &text;
    item->id = id;
    item->kind = kind;
    item->text = texts;
    item->include = item->scale = -1;
    item->variants = UINT32_MAX;
    return item;
}

static inline void fixture_begin(struct flow_fixture *fix)
{
    *fix = (struct flow_fixture){ .plan = vb_plan_create() };
    struct vb_plan *plan = fix->plan;
    fix->items = vb_arena_alloc(&plan->arena, sizeof *fix->items * TEST_ITEMS);
    plan->id = "made-up";
    plan->main_path = "made-up/instrument.lua";
    plan->languages[0] = "nl";
    plan->languages[1] = "en";
    plan->language_count = 2;
    plan->roles[0] = (struct vb_role){ .name = "youth", .min = 1, .max = 1, .in_roster = true };
    plan->roles[1] = (struct vb_role){ .name = "professional", .min = 1, .max = 1 };
    plan->role_count = 2;
    plan->scripted = true;
    fix->opened = (struct vb_opened){ .digest = "sha256:0",
                                      .api = 1,
                                      .person = "person1",
                                      .role = "youth",
                                      .label = "Sam",
                                      .language = "en",
                                      .format = "standard",
                                      .mode = "self",
                                      .opening = "1" };
    fix->options = script_options(vb_limits_flow());
    fix->options.limits.deadline_ms = SCRIPT_DEADLINE_MS;
}

static inline int fixture_compile(lua_State *L)
{
    struct vb_script *script = ((void **)lua_touserdata(L, 1))[0];
    const char *source = ((void **)lua_touserdata(L, 1))[1];
    vb_sandbox_compile(L, source, strlen(source), "=flow.lua");
    vb_script_set_main(script, L);
    return 0;
}

static inline int fixture_module(lua_State *L)
{
    const char **ctx = lua_touserdata(L, 1);
    struct vb_script *script = (void *)ctx[0];
    vb_sandbox_compile(L, ctx[2], strlen(ctx[2]), "=module.lua");
    vb_script_add_module(script, L, ctx[1]);
    return 0;
}

static inline struct vb_script *fixture_script(struct flow_fixture *fix)
{
    if (fix->plan->script == NULL) {
        fix->plan->script = vb_script_create();
        fix->plan->script_destroy = vb_script_destroy;
        fix->plan->items = fix->items;
        fix->plan->item_count = fix->item_count;
        vb_plan_finish(fix->plan, fix->items);
    }
    return fix->plan->script;
}

static inline void fixture_use_module(struct flow_fixture *fix, const char *name,
                                      const char *source)
{
    struct vb_sandbox *box;
    const void *ctx[] = { fixture_script(fix), name, source };
    assert_int_equal(vb_sandbox_create(&box, &fix->options, &fix->err), VB_OK);
    assert_int_equal(vb_sandbox_protect(box, fixture_module, ctx, &fix->err), VB_OK);
    vb_sandbox_destroy(box);
}

/* The whole of instrument.lua. */
static inline void fixture_main(struct flow_fixture *fix, const char *source)
{
    struct vb_sandbox *box;
    const void *ctx[] = { fixture_script(fix), source };
    struct vb_sandbox_options options = fix->options;
    options.fail_allocation = 0;
    assert_int_equal(vb_sandbox_create(&box, &options, &fix->err), VB_OK);
    fix->code = vb_sandbox_protect(box, fixture_compile, ctx, &fix->err);
    if (fix->code != VB_OK)
        fail_msg("%s", fix->err.text);
    vb_sandbox_destroy(box);
}

/* The body of flow(s), in an instrument that has nothing else. */
static inline void fixture_flow(struct flow_fixture *fix, const char *body)
{
    struct vb_buf source = { 0 };
    vb_buf_printf(&source,
                  "local v <const> = require 'verbond' return v.instrument { flow = function(s) %s "
                  "end }",
                  body);
    fixture_main(fix, source.data);
    vb_buf_finish(&source);
}

/* The same body as an image, as a load leaves it when it can. */
static inline void fixture_lone_flow(struct flow_fixture *fix, const char *body)
{
    struct vb_buf source = { 0 };
    struct script_run run;
    vb_buf_printf(&source, "return function(s) %s end", body);
    struct vb_sandbox_options options = script_options(vb_limits_load());
    assert_int_equal(script_start(&run, &options, source.data), VB_OK);
    lua_pushnil(run.co);
    lua_insert(run.co, -2);
    vb_script_set_flow(fixture_script(fix), run.co, -2);
    script_finish(&run);
    vb_buf_finish(&source);
}

static inline enum vb_code fixture_open(struct flow_fixture *fix)
{
    vb_flow_destroy(fix->flow);
    fix->flow = NULL;
    fix->code = vb_flow_create(&fix->flow, fix->plan, &fix->opened, &fix->options, &fix->err);
    return fix->code;
}

static inline enum vb_code fixture_step(struct flow_fixture *fix, const struct vb_value *value)
{
    fix->code = vb_flow_resume(fix->flow, value, &fix->at, &fix->err);
    return fix->code;
}

/* The next step is an ask of this item. */
static inline void assert_asks(struct flow_fixture *fix, const struct vb_value *value,
                               const char *id)
{
    if (fixture_step(fix, value) != VB_OK)
        fail_msg("%s", fix->err.text);
    assert_int_equal(fix->at.step, VB_FLOW_ASK);
    assert_string_equal(fix->plan->items[fix->at.item].id, id);
}

static inline void assert_says(struct flow_fixture *fix, const struct vb_value *value,
                               const char *text)
{
    if (fixture_step(fix, value) != VB_OK)
        fail_msg("%s", fix->err.text);
    assert_int_equal(fix->at.step, VB_FLOW_SAY);
    assert_string_equal(fix->at.text, text);
}

static inline void assert_done(struct flow_fixture *fix, const struct vb_value *value)
{
    if (fixture_step(fix, value) != VB_OK)
        fail_msg("%s", fix->err.text);
    assert_int_equal(fix->at.step, VB_FLOW_DONE);
}

static inline void fixture_end(struct flow_fixture *fix)
{
    vb_flow_destroy(fix->flow);
    vb_plan_release(fix->plan);
}

#endif
