/* small_plan.h - a small plan with every kind of question, built by hand for the unit tests.
 *
 * Two languages (nl, en), two roles (client, professional), two formats (five, three answers). The
 * scale "trust" holds trust.a .. trust.e. */
#ifndef VB_SMALL_PLAN_H
#define VB_SMALL_PLAN_H

#include "base/mem.h"
#include "data/instrument.h"

enum {
    SMALL_TRUST, /* .. 4: likert */
    SMALL_VAS = 5,
    SMALL_YESNO,
    SMALL_CHOICE,
    SMALL_CHOICES,
    SMALL_WORDS,
    SMALL_TEXT,
    SMALL_NUMBER,
    SMALL_DATE,
    SMALL_DRAW,
    SMALL_PHOTO,
    SMALL_COLLAGE,
    SMALL_TRIANGLE,
    SMALL_FACES,
    SMALL_MEMBER, /* likert, per member */
    SMALL_COUNT,
};

static inline struct vb_text small_text(const char *nl, const char *en)
{
    return (struct vb_text){ { nl, en } };
}

static inline struct vb_answers small_answers(struct vb_arena *arena, int count)
{
    struct vb_option *options = vb_arena_alloc(arena, sizeof *options * (size_t)count);
    for (int i = 0; i < count; i++)
        options[i] = (struct vb_option){ .value = i + 1, .text = small_text("woord", "word") };
    return (struct vb_answers){ options, count, 1, count };
}

static inline const struct vb_answers *small_options(struct vb_arena *arena)
{
    struct vb_option *options = vb_arena_alloc(arena, sizeof *options * 3);
    options[0] = (struct vb_option){ .id = "home", .value = 0, .has_value = true };
    options[1] = (struct vb_option){ .id = "school", .value = 2, .has_value = true };
    options[2] = (struct vb_option){ .id = "friends", .value = 5, .has_value = true };
    struct vb_answers *answers = vb_arena_new(arena, struct vb_answers);
    *answers = (struct vb_answers){ options, 3, 0, 5 };
    return answers;
}

static inline void small_item(struct vb_plan *plan, struct vb_item *items, int index,
                              enum vb_kind_id kind, const char *id)
{
    const struct vb_text **text = vb_arena_alloc(&plan->arena, 2 * sizeof *text);
    struct vb_text *words = vb_arena_new(&plan->arena, struct vb_text);
    *words = small_text("Een vraag aan {client}.", "A question to {client}.");
    text[0] = text[1] = words;
    items[index] = (struct vb_item){ .id = id,
                                     .kind = kind,
                                     .text = text,
                                     .scored = true,
                                     .comparable = true,
                                     .variants = UINT32_MAX,
                                     .include = -1,
                                     .scale = -1 };
}

static inline void small_items(struct vb_plan *plan, struct vb_item *items)
{
    static const char *const trust[] = { "trust.a", "trust.b", "trust.c", "trust.d", "trust.e" };
    for (int i = 0; i < 5; i++) {
        small_item(plan, items, i, VB_LIKERT, trust[i]);
        items[i].scale = 0;
    }
    small_item(plan, items, SMALL_VAS, VB_VAS, "line");
    small_item(plan, items, SMALL_YESNO, VB_YESNO, "stuck");
    small_item(plan, items, SMALL_CHOICE, VB_CHOICE, "place");
    small_item(plan, items, SMALL_CHOICES, VB_CHOICE, "places");
    small_item(plan, items, SMALL_WORDS, VB_WORDS, "words");
    small_item(plan, items, SMALL_TEXT, VB_TEXT, "going.well");
    small_item(plan, items, SMALL_NUMBER, VB_NUMBER, "times");
    small_item(plan, items, SMALL_DATE, VB_DATE, "since");
    small_item(plan, items, SMALL_DRAW, VB_DRAW, "drawing");
    small_item(plan, items, SMALL_PHOTO, VB_PHOTO, "photo");
    small_item(plan, items, SMALL_COLLAGE, VB_COLLAGE, "collage");
    small_item(plan, items, SMALL_TRIANGLE, VB_TRIANGLE, "triangle");
    small_item(plan, items, SMALL_FACES, VB_FACES, "face");
    small_item(plan, items, SMALL_MEMBER, VB_LIKERT, "each.close");
    items[SMALL_VAS].max = 1000;
    items[SMALL_CHOICE].answers = items[SMALL_CHOICES].answers = items[SMALL_WORDS].answers =
        items[SMALL_COLLAGE].answers = items[SMALL_TRIANGLE].answers = small_options(&plan->arena);
    items[SMALL_CHOICE].max = 1;
    items[SMALL_CHOICE].other = items[SMALL_CHOICES].other = items[SMALL_WORDS].own = true;
    items[SMALL_CHOICES].max = items[SMALL_WORDS].max = 3;
    items[SMALL_NUMBER].max = 100000;
    items[SMALL_NUMBER].has_min = items[SMALL_NUMBER].has_max = true;
    items[SMALL_DRAW].tools = items[SMALL_PHOTO].tools =
        VB_TOOL_DRAW | VB_TOOL_PHOTO | VB_TOOL_WORDS | VB_TOOL_PAPER;
    items[SMALL_COLLAGE].tools = items[SMALL_DRAW].tools | VB_TOOL_PIECES;
    items[SMALL_COLLAGE].max = 4;
    items[SMALL_TRIANGLE].max = VB_PLANE;
    items[SMALL_DRAW].keep = items[SMALL_PHOTO].keep = items[SMALL_COLLAGE].keep = VB_KEEP_GIVE;
    items[SMALL_MEMBER].per_member = items[SMALL_MEMBER].about = true;
}

static inline struct vb_plan *small_plan(void)
{
    struct vb_plan *plan = vb_plan_create();
    struct vb_item *items = vb_arena_alloc(&plan->arena, SMALL_COUNT * sizeof *items);
    struct vb_format *formats = vb_arena_alloc(&plan->arena, 2 * sizeof *formats);
    struct vb_scale *scale = vb_arena_new(&plan->arena, struct vb_scale);
    int *trust = vb_arena_alloc(&plan->arena, 5 * sizeof *trust);
    formats[0] = (struct vb_format){ "standard", small_answers(&plan->arena, 5) };
    formats[1] = (struct vb_format){ "simple", small_answers(&plan->arena, 3) };
    for (int i = 0; i < 5; i++)
        trust[i] = i;
    *scale = (struct vb_scale){ .id = "trust",
                                .title = small_text("Vertrouwen", "Trust"),
                                .items = trust,
                                .item_count = 5,
                                .comparable = true,
                                .roles = 3,
                                .include = -1 };
    plan->id = "small";
    plan->version = "1.0.0";
    plan->basis = "own";
    plan->title = small_text("Klein", "Small");
    plan->languages[0] = "nl";
    plan->languages[1] = "en";
    plan->language_count = 2;
    plan->roles[0] = (struct vb_role){ .name = "client", .min = 1, .max = 1 };
    plan->roles[1] = (struct vb_role){ .name = "professional", .min = 1, .max = 1 };
    plan->role_count = 2;
    plan->formats = formats;
    plan->format_count = 2;
    plan->policy =
        (struct vb_policy){ .free_text = true, .drawing_keep = true, .emotion_rating = true };
    plan->scales = scale;
    plan->scale_count = 1;
    plan->item_count = SMALL_COUNT;
    small_items(plan, items);
    vb_plan_finish(plan, items);
    return plan;
}

#endif
