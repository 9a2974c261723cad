/* plan_fixture.h - plans built by hand, for tests of the rooms that only read plans.
 *
 *     struct fixture f = fixture_begin();
 *     int stuck = fixture_ask(&f, fixture_item(&f, "stuck", VB_YESNO), NULL);
 *     fixture_ask(&f, fixture_item(&f, "why", VB_TEXT), fixture_is(&f, stuck, yes));
 *     struct vb_plan *plan = fixture_end(&f);
 *
 * Roles client and professional, languages nl and en, answers 1..5. The caller releases plan. */
#ifndef VB_PLAN_FIXTURE_H
#define VB_PLAN_FIXTURE_H

#include "data/instrument.h"

enum { FIXTURE_MAX = 128 };
struct fixture {
    struct vb_plan *plan;
    struct vb_item *items; /* change what a test needs before fixture_end */
    struct vb_step *steps;
    struct vb_scale *scales;
    struct vb_form *forms;
    struct vb_variant *variants;
    struct vb_include *includes;
    struct vb_total *totals;
    int block; /* the step that began the open each block */
};

static inline void *fixture_alloc(struct fixture *f, size_t size)
{
    return vb_arena_alloc(&f->plan->arena, size);
}

static inline struct vb_text fixture_text(struct fixture *f, const char *text)
{
    struct vb_text out = { { 0 } };
    for (int i = 0; i < f->plan->language_count; i++)
        out.by_language[i] =
            vb_arena_printf(&f->plan->arena, "%s (%s)", text, f->plan->languages[i]);
    return out;
}

static inline const struct vb_text *fixture_text_new(struct fixture *f, const char *text)
{
    struct vb_text *out = fixture_alloc(f, sizeof *out);
    *out = fixture_text(f, text);
    return out;
}

static inline int fixture_role(struct fixture *f, const char *name, int max, bool in_roster)
{
    int index = f->plan->role_count++;
    f->plan->roles[index] =
        (struct vb_role){ .name = name, .min = 1, .max = max, .in_roster = in_roster };
    return index;
}

static inline struct vb_format fixture_format(struct fixture *f, const char *name, int count)
{
    struct vb_option *options = fixture_alloc(f, sizeof *options * (size_t)count);
    for (int i = 0; i < count; i++) {
        options[i].value = i + 1;
        options[i].has_value = true;
        options[i].text = fixture_text(f, "answer");
    }
    return (struct vb_format){ name, { options, count, 1, count } };
}

/* An instrument without roles or items yet. */
static inline struct fixture fixture_bare(void)
{
    struct fixture f = { .plan = vb_plan_create(), .block = -1 };
    struct vb_plan *plan = f.plan;
    plan->id = "fixture";
    plan->version = "1.0.0";
    plan->basis = "own";
    snprintf(plan->digest, sizeof plan->digest, "sha256:%064d", 7);
    plan->languages[0] = "nl";
    plan->languages[1] = "en";
    plan->language_count = 2;
    plan->title = fixture_text(&f, "Fixture");
    plan->has_case = true;
    plan->policy =
        (struct vb_policy){ .free_text = true, .drawing_keep = true, .emotion_rating = true };
    plan->main_path = "fixture/instrument.lua";
    struct vb_format *formats = fixture_alloc(&f, sizeof *formats * 2);
    formats[0] = fixture_format(&f, "standard", 5);
    formats[1] = fixture_format(&f, "simple", 3);
    plan->formats = formats;
    plan->format_count = 2;
    f.items = fixture_alloc(&f, sizeof *f.items * FIXTURE_MAX);
    f.steps = fixture_alloc(&f, sizeof *f.steps * FIXTURE_MAX * 2);
    f.scales = fixture_alloc(&f, sizeof *f.scales * FIXTURE_MAX);
    f.forms = fixture_alloc(&f, sizeof *f.forms * VB_FORMS_MAX);
    f.variants = fixture_alloc(&f, sizeof *f.variants * VB_FORMS_MAX);
    f.includes = fixture_alloc(&f, sizeof *f.includes * VB_FORMS_MAX);
    f.totals = fixture_alloc(&f, sizeof *f.totals * FIXTURE_MAX);
    return f;
}

static inline struct fixture fixture_begin(void)
{
    struct fixture f = fixture_bare();
    fixture_role(&f, "client", 1, false);
    fixture_role(&f, "professional", 1, false);
    return f;
}

static inline int fixture_item(struct fixture *f, const char *id, enum vb_kind_id kind)
{
    int index = f->plan->item_count++;
    struct vb_item *item = &f->items[index];
    const struct vb_text **text = fixture_alloc(f, sizeof *text * VB_ROLES_MAX);
    for (int i = 0; i < f->plan->role_count; i++)
        text[i] = fixture_text_new(f, id);
    *item = (struct vb_item){ .id = vb_arena_strdup(&f->plan->arena, id),
                              .index = index,
                              .kind = kind,
                              .text = text,
                              .scored = true,
                              .comparable = true,
                              .variants = UINT32_MAX,
                              .include = -1,
                              .scale = -1,
                              .max = kind == VB_VAS      ? 1000
                                     : kind == VB_CHOICE ? 1
                                                         : 0,
                              .has_max = kind == VB_VAS,
                              .has_min = kind == VB_VAS,
                              .per_member = f->block >= 0 };
    return index;
}

static inline void fixture_not_for(struct fixture *f, int item, int role)
{
    ((const struct vb_text **)f->items[item].text)[role] = NULL;
}

static inline struct vb_step *fixture_step(struct fixture *f, enum vb_op op)
{
    struct vb_step *step = &f->steps[f->plan->step_count++];
    *step = (struct vb_step){ .op = op,
                              .item = -1,
                              .target = -1,
                              .variants = UINT32_MAX,
                              .roles = UINT32_MAX,
                              .include = -1 };
    return step;
}

static inline int fixture_ask(struct fixture *f, int item, const struct vb_cond *when)
{
    struct vb_step *step = fixture_step(f, VB_OP_ASK);
    step->item = item;
    step->when = when;
    f->items[item].when = when;
    return item;
}

static inline void fixture_say(struct fixture *f, const char *text, const struct vb_cond *when)
{
    struct vb_step *step = fixture_step(f, VB_OP_SAY);
    step->text = fixture_text_new(f, text);
    step->when = when;
}

/* op: VB_OP_EACH or VB_OP_EACH_ABOUT; items made before fixture_next are per member. */
static inline void fixture_each(struct fixture *f, enum vb_op op)
{
    f->block = f->plan->step_count;
    fixture_step(f, op);
}

static inline void fixture_next(struct fixture *f)
{
    f->steps[f->block].target = f->plan->step_count;
    fixture_step(f, VB_OP_NEXT)->target = f->block;
    f->block = -1;
}

static inline const struct vb_cond *fixture_leaf(struct fixture *f, enum vb_cond_op op, int item,
                                                 int64_t low, int64_t high)
{
    struct vb_cond *cond = fixture_alloc(f, sizeof *cond);
    *cond = (struct vb_cond){ .op = op, .item = item, .low = low, .high = high };
    return cond;
}

static inline const struct vb_cond *fixture_is(struct fixture *f, int item, struct vb_value value)
{
    struct vb_cond *cond = fixture_alloc(f, sizeof *cond);
    *cond = (struct vb_cond){ .op = VB_COND_IS, .item = item, .is = value };
    return cond;
}

static inline const struct vb_cond *fixture_join(struct fixture *f, enum vb_cond_op op,
                                                 const struct vb_cond *a, const struct vb_cond *b)
{
    struct vb_cond *cond = fixture_alloc(f, sizeof *cond);
    const struct vb_cond **of = fixture_alloc(f, sizeof *of * 2);
    of[0] = a;
    of[1] = b;
    *cond = (struct vb_cond){ .op = op, .item = -1, .of = of, .count = 2 };
    return cond;
}

/* A scale of count items that were made one after another from first on. */
static inline int fixture_scale(struct fixture *f, const char *id, int first, int count)
{
    int index = f->plan->scale_count++;
    int *items = fixture_alloc(f, sizeof *items * (size_t)count);
    for (int i = 0; i < count; i++) {
        items[i] = first + i;
        f->items[first + i].scale = index;
    }
    f->scales[index] = (struct vb_scale){ .id = vb_arena_strdup(&f->plan->arena, id),
                                          .title = fixture_text(f, id),
                                          .items = items,
                                          .item_count = count,
                                          .comparable = true,
                                          .per_member = f->items[first].per_member,
                                          .roles = UINT32_MAX,
                                          .include = -1 };
    return index;
}

static inline void fixture_negative(struct fixture *f, int scale)
{
    f->scales[scale].negative = true;
    for (int i = 0; i < f->scales[scale].item_count; i++)
        f->items[f->scales[scale].items[i]].negative = true;
}

static inline void fixture_hidden(struct fixture *f, int scale, enum vb_private hidden)
{
    f->scales[scale].hidden = hidden;
    for (int i = 0; i < f->scales[scale].item_count; i++)
        f->items[f->scales[scale].items[i]].hidden = hidden;
}

/* A form of all items but these; -1 ends the list. */
static inline int fixture_form_without(struct fixture *f, const char *name, const int *without)
{
    uint8_t *has = fixture_alloc(f, FIXTURE_MAX);
    memset(has, 1, FIXTURE_MAX);
    for (; *without >= 0; without++)
        has[*without] = 0;
    f->forms[f->plan->form_count] = (struct vb_form){ name, has };
    return f->plan->form_count++;
}

static inline int fixture_include(struct fixture *f, const char *name, bool optional)
{
    f->includes[f->plan->include_count] = (struct vb_include){ .name = name, .optional = optional };
    return f->plan->include_count++;
}

static inline int fixture_variant(struct fixture *f, const char *name)
{
    f->variants[f->plan->variant_count] = (struct vb_variant){
        .name = name,
        .title = fixture_text(f, name),
        .policy = { .free_text = true, .drawing_keep = true, .emotion_rating = true }
    };
    return f->plan->variant_count++;
}

static inline struct vb_plan *fixture_end(struct fixture *f)
{
    struct vb_plan *plan = f->plan;
    fixture_step(f, VB_OP_END);
    plan->steps = f->steps;
    plan->scales = f->scales;
    plan->forms = f->forms;
    plan->variants = f->variants;
    plan->includes = f->includes;
    plan->totals = f->totals;
    vb_plan_finish(plan, f->items);
    return plan;
}

#endif
