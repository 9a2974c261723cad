/* Scales and totals: their fields, their questions, and what one number asks of them. */
#include <string.h>

#include "base/str.h"
#include "script/build.h"

static const struct vb_constructor *scale_form(void)
{
    return &vb_constructors[VB_MAKE_SCALE];
}

static void check_id(struct vb_build *build, const struct vb_place *place, const char *id)
{
    const struct vb_place *first = NULL;
    int scale = vb_find_scale(build, id);
    if (scale >= 0)
        first = &build->scale_places[scale];
    for (int i = 0; i < build->plan->total_count; i++)
        if (strcmp(build->totals[i].id, id) == 0)
            first = &build->total_places[i];
    if (first != NULL)
        vb_error_at(build, place, "duplicate-id", "give it an id of its own",
                    "the id is taken: first at %s:%d", build->loading->files[first->file].shown,
                    first->line);
    else if (!vb_name_ok(id, true))
        vb_error_at(build, place, "bad-id",
                    "use lower-case letters, digits, - and _, parts joined by dots",
                    "the id \"%s\" is not one", id);
}

/* -- reference -- */

/* A figure stays as the author gave it; a string keeps its zeros ("0.80"). */
static const char *figure(struct vb_build *build, const struct vb_place *place,
                          const struct vb_raw_table *table, const char *name)
{
    const struct vb_raw *raw = vb_raw_get(table, name);
    if (raw->type == VB_RAW_INT)
        return vb_arena_printf(build->arena, "%lld", (long long)raw->integer);
    if (raw->type == VB_RAW_FLOAT)
        return vb_arena_printf(build->arena, "%.10g", raw->number);
    if (raw->type == VB_RAW_STRING && strspn(raw->string, "-.0123456789") == raw->len &&
        raw->len > 0)
        return raw->string;
    if (raw->type != VB_RAW_NIL)
        vb_error_at(build, place, "wrong-type", vb_mend(build, "write %s = a number", name),
                    "reference.%s is %s", name, vb_raw_type_name(raw));
    return NULL;
}

static const struct vb_reference *
build_reference(struct vb_build *build, const struct vb_place *place, const struct vb_raw *raw)
{
    if (raw->type != VB_RAW_TABLE)
        return NULL;
    const struct vb_raw_table *table = raw->table;
    const struct vb_raw *source = vb_raw_get(table, "source");
    struct vb_reference *out = vb_arena_new(build->arena, struct vb_reference);
    if (source->type == VB_RAW_NIL) {
        vb_error_at(build, place, "reference-without-source",
                    "add source = \"...\": who published these figures, and where",
                    "reference has no source");
    } else {
        vb_check_fields(build, place, &vb_constructors[VB_PLAIN_REFERENCE], table);
    }
    *out = (struct vb_reference){
        .sd = figure(build, place, table, "sd"),
        .alpha = figure(build, place, table, "alpha"),
        .mean = figure(build, place, table, "mean"),
        .source = source->type == VB_RAW_STRING ? source->string : "",
        .sample = vb_get_string(table, "sample"),
        .n = figure(build, place, table, "n"),
    };
    return out;
}

/* -- a scale's questions -- */

static void add_atom(struct vb_build *build, int item, int each)
{
    struct vb_atom *atom = vb_arena_push(&build->loading->scratch, &build->atoms,
                                         build->atom_count++, &build->atom_cap, sizeof *atom);
    *atom = (struct vb_atom){
        .item = item, .each = each, .include = -1, .place = build->drafts[item].place
    };
}

static void adopt(const struct vb_scale *scale, struct vb_item *item)
{
    item->negative = scale->negative;
    item->hidden = scale->hidden;
    item->comparable = item->comparable && scale->comparable;
}

static void build_items(struct vb_build *build, const struct vb_raw_node *node,
                        const struct vb_around *around, struct vb_scale *scale)
{
    const struct vb_raw_table *table = &node->table;
    int *items = vb_arena_alloc(build->arena, (size_t)table->list_count * sizeof *items);
    const struct vb_place *place = &build->scale_places[around->scale];
    for (int i = 0; i < table->list_count && vb_go_on(build, place); i++) {
        const struct vb_raw *raw = &table->list[i];
        if (raw->type == VB_RAW_NODE && raw->node->constructor->id == VB_MAKE_UNKNOWN)
            continue;
        if (raw->type != VB_RAW_NODE || !raw->node->constructor->is_item) {
            struct vb_place inner =
                raw->type == VB_RAW_NODE ? vb_place_of(build, raw->node) : *place;
            vb_error_at(build, &inner, "wrong-place", "only questions stand in a scale",
                        "%s stands in a scale",
                        raw->type == VB_RAW_NODE ? "this" : vb_raw_type_name(raw));
            continue;
        }
        int item = vb_build_item(build, raw->node, around);
        if (item < 0)
            continue;
        adopt(scale, &build->items[item]);
        items[scale->item_count++] = item;
        add_atom(build, item, around->each);
    }
    scale->items = items;
}

static void settle_roles(struct vb_build *build, struct vb_scale *scale)
{
    int members = 0;
    for (int i = 0; i < scale->item_count; i++) {
        const struct vb_item *item = &build->items[scale->items[i]];
        members += item->per_member;
        for (int role = 0; role < build->plan->role_count; role++)
            if (item->text[role] != NULL)
                scale->roles |= 1u << role;
    }
    scale->per_member = members > 0;
    if (members > 0 && members < scale->item_count)
        vb_error_at(build, &build->scale_places[scale - build->scales], "mixed-about",
                    "write about = \"member\" on the scale instead of on some of its questions",
                    "%d of %d questions are asked for each member", members, scale->item_count);
}

static void check_scored(struct vb_build *build, const struct vb_place *place,
                         const struct vb_scale *scale, bool strangers)
{
    int scored = 0;
    for (int i = 0; i < scale->item_count; i++)
        scored += build->items[scale->items[i]].scored;
    /* A private one may hold facts alone: it says who sees them, and has no score. */
    if (scored == 0 && !strangers && scale->hidden == VB_PRIVATE_NONE)
        vb_error_at(build, place, "empty-scale", "put a scored question in it, or take it out",
                    "has no question that is scored");
    if (scale->min_answered <= scored || scored == 0)
        return;
    struct vb_place own = vb_place_within(build, place, "min_answered");
    vb_error_at(
        build, &own, "wrong-value", vb_mend(build, "use at most %d, or leave it out", scored),
        "min_answered is %d, but %d of its questions are scored", scale->min_answered, scored);
}

static bool same_range(struct vb_build *build, const struct vb_item *a, const struct vb_item *b,
                       int format)
{
    int64_t range[4];
    if (!vb_item_range(build->plan, a, format, &range[0], &range[1]) ||
        !vb_item_range(build->plan, b, format, &range[2], &range[3]))
        return true;
    return range[0] == range[2] && range[1] == range[3];
}

static bool needs_format(const struct vb_item *item)
{
    return (item->kind == VB_LIKERT || item->kind == VB_FACES) && item->answers == NULL;
}

/* One score wants one range, in every format. */
void vb_check_ranges(struct vb_build *build, const struct vb_scale *scale)
{
    const struct vb_item *first = NULL;
    int formats = build->plan->format_count > 0 ? build->plan->format_count : 1;
    for (int i = 0; i < scale->item_count; i++) {
        const struct vb_item *item = &build->items[scale->items[i]];
        if (!item->scored || (needs_format(item) && build->plan->format_count == 0))
            continue;
        if (first == NULL)
            first = item;
        for (int format = 0; format < formats; format++) {
            if (same_range(build, first, item, format))
                continue;
            vb_error_at(build, &build->drafts[scale->items[i]].place, "mixed-ranges",
                        "give all questions of the scale the same answers, or say scored = false",
                        "its range differs from that of \"%s\" in the same scale", first->id);
            break;
        }
    }
}

static bool has_strangers(const struct vb_raw_table *table)
{
    for (int i = 0; i < table->list_count; i++)
        if (table->list[i].type == VB_RAW_NODE &&
            table->list[i].node->constructor->id == VB_MAKE_UNKNOWN)
            return true;
    return false;
}

static void scale_fields(struct vb_build *build, const struct vb_place *place,
                         const struct vb_raw_node *node, struct vb_scale *scale)
{
    const struct vb_raw_table *table = &node->table;
    const struct vb_text *title = vb_get_text(build, place, table, "title");
    if (title != NULL)
        scale->title = *title;
    scale->intro = vb_get_text(build, place, table, "intro");
    scale->score = (enum vb_score_rule)vb_get_word(scale_form(), table, "score", VB_MEAN);
    scale->min_answered = (int)vb_get_int(build, place, table, "min_answered", 1, VB_ITEMS_MAX, 0);
    scale->negative = vb_get_bool(table, "negative", false);
    scale->comparable = vb_get_bool(table, "comparable", true);
    scale->hidden = (enum vb_private)vb_get_word(scale_form(), table, "private", VB_PRIVATE_NONE);
    scale->reference = build_reference(build, place, vb_raw_get(table, "reference"));
    scale->accept = vb_build_accepts(build, place, table);
}

void vb_build_scale(struct vb_build *build, const struct vb_raw_node *node, int each)
{
    struct vb_place place = vb_place_of(build, node);
    size_t count = (size_t)build->plan->scale_count;
    struct vb_scale scale = { .id = node->id == NULL ? "" : node->id,
                              .include = -1,
                              .line = place.line,
                              .file = place.file };
    if (node->id != NULL)
        check_id(build, &place, node->id);
    vb_check_fields(build, &place, node->constructor, &node->table);
    scale_fields(build, &place, node, &scale);
    struct vb_place *kept = vb_arena_push(&build->loading->scratch, &build->scale_places, count,
                                          &build->scale_place_cap, sizeof *kept);
    struct vb_scale *added =
        vb_arena_push(build->arena, &build->scales, count, &build->scale_cap, sizeof *added);
    *kept = place;
    *added = scale;
    build->plan->scale_count++;
    struct vb_around around = {
        .scale = (int)count,
        .each = each,
        .about = vb_get_word(scale_form(), &node->table, "about", -1) == 0,
        .roles = vb_get_bits(build, &place, &node->table, "roles", "role", vb_all_roles(build)),
    };
    build_items(build, node, &around, added);
    settle_roles(build, added);
    check_scored(build, &place, added, has_strangers(&node->table));
    vb_check_ranges(build, added);
    vb_check_slots(build, &place, "title", &added->title, ~0u, added->per_member);
    vb_check_slots(build, &place, "intro", added->intro, ~0u, added->per_member);
}

/* -- totals -- */

static const char *guess_scale(struct vb_build *build, const char *id)
{
    size_t count = (size_t)build->plan->scale_count;
    const char **ids = vb_arena_alloc(&build->loading->scratch, count * sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = build->scales[i].id;
    const char *guess = vb_guess(build, id, ids, count);
    return guess != NULL ? vb_mend(build, "did you mean \"%s\"?", guess)
                         : "name scales of this instrument";
}

static void take_scales(struct vb_build *build, const struct vb_place *place,
                        const struct vb_raw_table *of, struct vb_total *total)
{
    int *scales = vb_arena_alloc(build->arena, (size_t)of->list_count * sizeof *scales);
    int negative = 0, member = 0;
    for (int i = 0; i < of->list_count && vb_go_on(build, place); i++) {
        const char *id = of->list[i].type == VB_RAW_STRING ? of->list[i].string : NULL;
        int scale = id == NULL ? -1 : vb_find_scale(build, id);
        if (scale < 0) {
            if (id != NULL)
                vb_error_at(build, place, "unknown-scale", guess_scale(build, id),
                            "there is no scale \"%s\"", id);
            continue;
        }
        negative += build->scales[scale].negative;
        member += build->scales[scale].per_member;
        scales[total->scale_count++] = scale;
    }
    total->scales = scales;
    if (negative > 0 && negative < total->scale_count)
        vb_error_at(build, place, "mixed-signs", "leave the negative scales out; they stand apart",
                    "adds up scales of which %d are negative and %d are not", negative,
                    total->scale_count - negative);
    if (member > 0)
        vb_error_at(build, place, "mixed-about", "leave out the scales that are about a member",
                    "adds up %d scales that each member has apart", member);
    if (of->list_count == 0)
        vb_error_at(build, place, "empty-scale", "name its scales: of = { \"trust\", \"bond\" }",
                    "adds up no scales");
}

void vb_build_total(struct vb_build *build, const struct vb_raw_node *node)
{
    struct vb_place place = vb_place_of(build, node);
    size_t count = (size_t)build->plan->total_count;
    struct vb_total total = { .id = node->id == NULL ? "" : node->id,
                              .include = -1,
                              .line = place.line,
                              .file = place.file };
    if (node->id != NULL)
        check_id(build, &place, node->id);
    vb_check_fields(build, &place, node->constructor, &node->table);
    const struct vb_text *title = vb_get_text(build, &place, &node->table, "title");
    for (int i = 0; i < build->plan->language_count; i++)
        total.title.by_language[i] = title == NULL ? total.id : title->by_language[i];
    total.score =
        (enum vb_score_rule)vb_get_word(node->constructor, &node->table, "score", VB_MEAN);
    if (vb_raw_get(&node->table, "of")->type == VB_RAW_TABLE)
        take_scales(build, &place, vb_get_table(&node->table, "of"), &total);
    struct vb_place *kept = vb_arena_push(&build->loading->scratch, &build->total_places, count,
                                          &build->total_place_cap, sizeof *kept);
    struct vb_total *added =
        vb_arena_push(build->arena, &build->totals, count, &build->total_cap, sizeof *added);
    *kept = place;
    *added = total;
    build->plan->total_count++;
}
