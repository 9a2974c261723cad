/* v.include: another instrument is built on its own first, then its parts are copied into the plan
 * that includes it, with the prefix NAME. before every id, and roles and languages found by name.
 *
 * Included questions keep their own answers, unless one of their formats is the standard of the
 * instrument that includes them: then they follow the round's format. */
#include <string.h>

#include "base/str.h"
#include "script/build.h"
#include "script/include.h"

/* -- texts and names -- */

static void map_text(const struct vb_merge *merge, const struct vb_text *text, struct vb_text *out)
{
    for (int i = 0; i < merge->to->plan->language_count; i++)
        out->by_language[i] = text->by_language[merge->languages[i]];
}

static const struct vb_text *copy_text(const struct vb_merge *merge, const struct vb_text *text)
{
    if (text == NULL)
        return NULL;
    struct vb_text *out = vb_arena_new(merge->to->arena, struct vb_text);
    map_text(merge, text, out);
    return out;
}

static const char *prefixed(const struct vb_merge *merge, const char *id)
{
    return vb_arena_printf(merge->to->arena, "%s.%s", merge->name, id);
}

static uint32_t map_roles(const struct vb_merge *merge, uint32_t roles)
{
    uint32_t out = 0;
    for (int i = 0; i < merge->to->plan->role_count; i++)
        if ((roles >> merge->roles[i] & 1) != 0)
            out |= 1u << i;
    return out;
}

/* Variants are the including instrument's: found by name. */
static uint32_t map_variants(const struct vb_merge *merge, uint32_t variants)
{
    const struct vb_plan *from = merge->from->plan;
    uint32_t out = 0;
    if (variants == ~0u)
        return variants;
    for (int i = 0; i < from->variant_count; i++) {
        int own = vb_plan_variant(merge->to->plan, from->variants[i].name);
        if ((variants >> i & 1) != 0 && own >= 0)
            out |= 1u << own;
    }
    if (out == 0)
        vb_error_at(merge->to, &merge->place, "unknown-variant",
                    "add the variant here, or include an instrument without it",
                    "some of its questions belong to variants that are not here");
    return out;
}

static const struct vb_answers *copy_answers(const struct vb_merge *merge,
                                             const struct vb_answers *answers)
{
    if (answers == NULL)
        return NULL;
    struct vb_answers *out = vb_arena_new(merge->to->arena, struct vb_answers);
    struct vb_option *options =
        vb_arena_alloc(merge->to->arena, (size_t)answers->count * sizeof *options);
    for (int i = 0; i < answers->count; i++) {
        options[i] = answers->options[i];
        map_text(merge, &answers->options[i].text, &options[i].text);
    }
    *out = *answers;
    out->options = options;
    return out;
}

/* -- conditions -- */

static const struct vb_cond *copy_cond(const struct vb_merge *merge, const struct vb_cond *cond)
{
    if (cond == NULL)
        return NULL;
    struct vb_cond *out = vb_arena_new(merge->to->arena, struct vb_cond);
    *out = *cond;
    if (cond->op < VB_COND_ALL) {
        out->item = merge->items[cond->item];
        if (out->item < 0) /* not in the form that is included: never answered */
            *out = (struct vb_cond){ .op = VB_COND_ANY };
        return out;
    }
    const struct vb_cond **of = vb_arena_alloc(merge->to->arena, (size_t)cond->count * sizeof *of);
    for (int i = 0; i < cond->count; i++)
        of[i] = copy_cond(merge, cond->of[i]);
    out->of = of;
    return out;
}

/* -- items -- */

static void copy_texts(const struct vb_merge *merge, const struct vb_item *item,
                       struct vb_item *out)
{
    int count = merge->to->plan->role_count;
    const struct vb_text **texts = vb_arena_alloc(merge->to->arena, (size_t)count * sizeof *texts);
    for (int i = 0; i < count; i++)
        texts[i] = copy_text(merge, item->text[merge->roles[i]]);
    out->text = texts;
    out->help = copy_text(merge, item->help);
    out->intro = copy_text(merge, item->intro);
    out->left = copy_text(merge, item->left);
    out->right = copy_text(merge, item->right);
}

static void copy_item(struct vb_merge *merge, int index)
{
    struct vb_build *to = merge->to;
    const struct vb_item *item = &merge->from->items[index];
    const struct vb_draft *draft = &merge->from->drafts[index];
    struct vb_item out = *item;
    size_t count = (size_t)to->plan->item_count;
    out.id = prefixed(merge, item->id);
    if (vb_find_item(to, out.id) >= 0)
        vb_error_at(to, &merge->place, "duplicate-id", "rename the question here",
                    "brings the id \"%s\", which is taken", out.id);
    copy_texts(merge, item, &out);
    bool labelled = item->kind == VB_LIKERT || item->kind == VB_FACES;
    out.answers = copy_answers(merge, labelled && item->answers == NULL && !merge->same_formats
                                          ? merge->own_format
                                          : item->answers);
    out.variants = map_variants(merge, item->variants);
    out.include = merge->include;
    out.when = copy_cond(merge, item->when);
    out.by = item->by == 0 ? 0 : merge->items[item->by - 1] + 1; /* -1: not in the form */
    out.scale = item->scale; /* its new place is known after the scales */
    struct vb_place place = { .file = item->file, .line = item->line, .subject = out.id };
    struct vb_draft *new_draft =
        vb_arena_push(&to->loading->scratch, &to->drafts, count, &to->draft_cap, sizeof *new_draft);
    struct vb_item *new_item =
        vb_arena_push(to->arena, &to->items, count, &to->item_cap, sizeof *new_item);
    *new_draft = (struct vb_draft){
        .place = place, .roles = map_roles(merge, draft->roles), .each = draft->each, .position = -1
    };
    *new_item = out;
    merge->items[index] = to->plan->item_count++;
    vb_check_policies(to, &merge->place, new_item, false);
    vb_check_item_slots(to, &merge->place, new_item);
    if (to->scripted && item->when != NULL)
        vb_error_at(to, &merge->place, "beside-flow", "ask its questions in flow under an if",
                    "\"%s\" has when, and here is a flow", out.id);
}

static void copy_items(struct vb_merge *merge)
{
    int count = merge->from->plan->item_count;
    merge->items = vb_arena_alloc(&merge->to->loading->scratch, (size_t)count * sizeof(int));
    for (int i = 0; i < count; i++)
        merge->items[i] = -1;
    for (int i = 0; i < count; i++) {
        if (merge->to->plan->item_count == VB_ITEMS_MAX) {
            vb_error_at(merge->to, &merge->place, "too-many", "split the instrument",
                        "brings the instrument past %d questions", VB_ITEMS_MAX);
            return;
        }
        if (merge->form == NULL || merge->form->has_item[i] != 0)
            copy_item(merge, i);
    }
}

/* -- scales and totals -- */

static void copy_scale(struct vb_merge *merge, int index)
{
    struct vb_build *to = merge->to;
    const struct vb_scale *scale = &merge->from->scales[index];
    struct vb_scale out = *scale;
    int *items = vb_arena_alloc(to->arena, (size_t)scale->item_count * sizeof *items);
    size_t count = (size_t)to->plan->scale_count;
    out.item_count = 0;
    for (int i = 0; i < scale->item_count; i++)
        if (merge->items[scale->items[i]] >= 0)
            items[out.item_count++] = merge->items[scale->items[i]];
    merge->scales[index] = -1;
    if (out.item_count == 0)
        return;
    if (out.item_count < scale->item_count)
        out.min_answered = 0; /* it was said for the whole scale */
    out.id = prefixed(merge, scale->id);
    map_text(merge, &scale->title, &out.title);
    out.intro = copy_text(merge, scale->intro);
    out.items = items;
    out.include = merge->include;
    out.roles = map_roles(merge, scale->roles);
    if (vb_find_scale(to, out.id) >= 0)
        vb_error_at(to, &merge->place, "duplicate-id", "rename the scale here",
                    "brings the scale \"%s\", which is taken", out.id);
    struct vb_place *place = vb_arena_push(&to->loading->scratch, &to->scale_places, count,
                                           &to->scale_place_cap, sizeof *place);
    struct vb_scale *added =
        vb_arena_push(to->arena, &to->scales, count, &to->scale_cap, sizeof *added);
    *place = merge->place;
    *added = out;
    merge->scales[index] = to->plan->scale_count++;
    for (int i = 0; i < out.item_count; i++)
        to->items[items[i]].scale = merge->scales[index];
    vb_check_ranges(to, added);
}

static void copy_total(struct vb_merge *merge, const struct vb_total *total)
{
    struct vb_build *to = merge->to;
    struct vb_total out = *total;
    int *scales = vb_arena_alloc(to->arena, (size_t)total->scale_count * sizeof *scales);
    size_t count = (size_t)to->plan->total_count;
    for (int i = 0; i < total->scale_count; i++) {
        scales[i] = merge->scales[total->scales[i]];
        if (scales[i] < 0)
            return; /* a scale of it is not in the form: no total either */
    }
    out.id = prefixed(merge, total->id);
    map_text(merge, &total->title, &out.title);
    out.scales = scales;
    out.include = merge->include;
    struct vb_place *place = vb_arena_push(&to->loading->scratch, &to->total_places, count,
                                           &to->total_place_cap, sizeof *place);
    struct vb_total *added =
        vb_arena_push(to->arena, &to->totals, count, &to->total_cap, sizeof *added);
    *place = merge->place;
    *added = out;
    to->plan->total_count++;
}

static void copy_scales(struct vb_merge *merge)
{
    const struct vb_build *from = merge->from;
    merge->scales =
        vb_arena_alloc(&merge->to->loading->scratch, (size_t)from->plan->scale_count * sizeof(int));
    for (int i = 0; i < from->plan->scale_count; i++)
        copy_scale(merge, i);
    for (int i = 0; i < from->plan->total_count; i++)
        copy_total(merge, &from->totals[i]);
}

/* -- order -- */

static void copy_atoms(struct vb_merge *merge)
{
    struct vb_build *to = merge->to;
    for (size_t i = 0; i < merge->from->atom_count; i++) {
        const struct vb_atom *atom = &merge->from->atoms[i];
        if (atom->item >= 0 && merge->items[atom->item] < 0)
            continue;
        struct vb_atom *added = vb_arena_push(&to->loading->scratch, &to->atoms, to->atom_count++,
                                              &to->atom_cap, sizeof *added);
        *added = (struct vb_atom){
            .item = atom->item < 0 ? -1 : merge->items[atom->item],
            .text = copy_text(merge, atom->text),
            .cond = copy_cond(merge, atom->cond),
            .each = atom->each == 0 ? 0 : to->each_count + atom->each,
            .include = merge->include,
            .place = merge->place,
        };
        if (atom->item < 0) {
            added->roles = map_roles(merge, atom->roles);
            added->variants = map_variants(merge, atom->variants);
            vb_check_slots(to, &merge->place, "text", added->text, added->variants,
                           added->each > 0);
        }
    }
    to->each_count += merge->from->each_count;
}

/* Slots that are declared there and not here come along. */
static void copy_slots(struct vb_merge *merge)
{
    struct vb_plan *to = merge->to->plan;
    const struct vb_plan *from = merge->from->plan;
    int count = to->slot_count;
    struct vb_slot *slots =
        vb_arena_alloc(merge->to->arena, (size_t)(count + from->slot_count) * sizeof *slots);
    if (count > 0)
        memcpy(slots, to->slots, (size_t)count * sizeof *slots);
    for (int i = 0; i < from->slot_count; i++) {
        bool here = false;
        for (int j = 0; j < to->slot_count; j++)
            here = here || strcmp(to->slots[j].name, from->slots[i].name) == 0;
        if (here)
            continue;
        slots[count].name = from->slots[i].name;
        map_text(merge, &from->slots[i].text, &slots[count++].text);
    }
    to->slots = slots;
    to->slot_count = count;
}

/* -- formats -- */

static bool same_answers(const struct vb_merge *merge, const struct vb_answers *a,
                         const struct vb_answers *b)
{
    if (a->count != b->count)
        return false;
    for (int i = 0; i < a->count; i++) {
        if (a->options[i].value != b->options[i].value)
            return false;
        for (int l = 0; l < merge->to->plan->language_count; l++)
            if (strcmp(a->options[i].text.by_language[l],
                       b->options[i].text.by_language[merge->languages[l]]) != 0)
                return false;
    }
    return true;
}

/* One of its formats is the standard here: it was made to be asked that way as well. */
static void compare_formats(struct vb_merge *merge)
{
    const struct vb_plan *to = merge->to->plan, *from = merge->from->plan;
    if (from->format_count == 0)
        return;
    merge->own_format = &from->formats[0].answers;
    for (int i = 0; i < from->format_count && to->format_count > 0; i++)
        merge->same_formats |=
            same_answers(merge, &to->formats[0].answers, &from->formats[i].answers);
}

/* -- the include itself -- */

static bool allowed(struct vb_build *build, const struct vb_place *place, const char *name)
{
    if (build->included) {
        vb_error_at(build, place, "nested-include", "include both in the outer instrument instead",
                    "an instrument that is included itself includes \"%s\"", name);
        return false;
    }
    if (!vb_name_ok(name, false)) {
        vb_error_at(build, place, "bad-id", "give the id of an instrument",
                    "\"%s\" is no instrument's id", name);
        return false;
    }
    for (int i = 0; i < build->plan->include_count; i++)
        if (strcmp(build->includes[i].name, name) == 0) {
            vb_error_at(build, place, "duplicate-id", "include it once",
                        "\"%s\" is included already", name);
            return false;
        }
    if (build->plan->include_count < VB_FORMS_MAX)
        return true;
    vb_error_at(build, place, "too-many", "at most 31", "has too many includes");
    return false;
}

/* Whose questions they are does not change because somebody includes them. */
static void tell_origin(const struct vb_merge *merge, struct vb_include *include)
{
    const struct vb_plan *from = merge->from->plan;
    include->version = from->version;
    include->licence = from->licence;
    include->source = from->source;
    include->basis = from->basis;
    include->notice = copy_text(merge, from->notice);
    for (int i = 0; i < merge->to->plan->language_count; i++)
        include->status[i] = from->status[merge->languages[i]];
}

static void merge_all(struct vb_merge *merge, bool optional)
{
    struct vb_build *to = merge->to;
    struct vb_include *include =
        vb_arena_push(to->arena, &to->includes, (size_t)to->plan->include_count, &to->include_cap,
                      sizeof *include);
    *include = (struct vb_include){ .name = merge->name, .optional = optional };
    tell_origin(merge, include);
    merge->include = to->plan->include_count++;
    vb_include_check_retention(merge);
    compare_formats(merge);
    copy_slots(merge);
    copy_items(merge);
    copy_scales(merge);
    copy_atoms(merge);
}

void vb_build_include(struct vb_build *build, const struct vb_raw_node *node)
{
    struct vb_place place = vb_place_of(build, node);
    vb_check_fields(build, &place, node->constructor, &node->table);
    if (node->id == NULL || !allowed(build, &place, node->id))
        return;
    struct vb_plan *plan = vb_arena_new(&build->loading->scratch, struct vb_plan);
    int before = build->loading->findings->errors;
    struct vb_build *from = vb_load_instrument(
        build->loading, plan, vb_mend(build, "%s/instrument.lua", node->id), &place);
    struct vb_merge merge = { .to = build, .from = from, .place = place, .name = node->id };
    if (from != NULL && build->loading->findings->errors == before &&
        vb_include_fits(&merge, &node->table))
        merge_all(&merge, vb_get_bool(&node->table, "optional", true));
    vb_arena_finish(&plan->arena); /* its index only: the rest hangs in the outer plan's arena */
}
