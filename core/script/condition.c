/* Conditions: from v.is("stuck", true) to data, with everything that would make them useless told.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "lint/conditions.h"
#include "script/build.h"

enum { PARTS_MAX = 64 };

static enum vb_cond_op op_of(const struct vb_raw_node *node)
{
    return (enum vb_cond_op)(node->constructor->id - VB_MAKE_IS);
}

/* -- what a leaf looks at -- */

int vb_find_asked(struct vb_build *build, const struct vb_asker *asker,
                  const struct vb_place *place, const char *id)
{
    int index = vb_plan_item(build->plan, id);
    const char *what = asker->what != NULL ? asker->what : "a condition";
    if (index < 0) {
        const char *guess = vb_guess_item(build, id);
        vb_error_at(build, place, "unknown-item",
                    guess != NULL ? guess : "name a question that is asked earlier",
                    "%s looks at \"%s\", which is no question", what, id);
        return -1;
    }
    /* What is asked together is nobody's own session: neither sees the other's answers. */
    if (build->items[index].stage != asker->stage) {
        vb_error_at(build, place, "across-stages",
                    "look at a question of the same stage, or take the condition out",
                    "%s looks at \"%s\", which is asked %s", what, id,
                    asker->stage == VB_TOGETHER ? "of each apart" : "of all together");
        return -1;
    }
    if (!build->scripted && build->drafts[index].position >= asker->position) {
        vb_error_at(build, place, "forward-reference",
                    "put that question first, or look at an earlier one",
                    "%s looks at \"%s\", which is asked later", what, id);
        return -1;
    }
    if (build->items[index].per_member && !asker->per_member) {
        vb_error_at(build, place, "member-condition",
                    "ask this for each member too, or look at a question asked once",
                    "%s looks at \"%s\", which every member has apart", what, id);
        return -1;
    }
    return index;
}

/* Somebody may be asked this and not that: then the condition is never true for that person. */
static void check_audience(struct vb_build *build, const struct vb_asker *asker,
                           const struct vb_place *place, int item)
{
    uint32_t strangers = asker->roles & ~build->drafts[item].roles & vb_all_roles(build);
    for (int i = 0; i < build->plan->role_count; i++)
        if ((strangers >> i & 1) != 0)
            vb_warning_at(
                build, place, "never-for-role",
                vb_mend(build, "say roles = { ... } without \"%s\"", build->plan->roles[i].name),
                "a condition looks at \"%s\", which %s is never asked", build->items[item].id,
                build->plan->roles[i].name);
}

/* -- values -- */

static bool take_bound(struct vb_build *build, const struct vb_place *place,
                       const struct vb_item *item, const struct vb_raw *raw, int64_t *out)
{
    bool whole = item->kind != VB_NUMBER;
    if (raw->type == VB_RAW_INT && llabs(raw->integer) < 1000000000000) {
        *out = whole ? raw->integer : raw->integer * 1000;
        return true;
    }
    if (raw->type == VB_RAW_FLOAT && !whole && fabs(raw->number) < 1e12) {
        *out = (int64_t)nearbyint(raw->number * 1000);
        return true;
    }
    vb_error_at(build, place, "condition-value", whole ? "give a whole number" : "give a number",
                "a condition compares \"%s\" with %s", item->id, vb_raw_type_name(raw));
    return false;
}

static bool has_numbers(const struct vb_item *item)
{
    return item->kind == VB_LIKERT || item->kind == VB_FACES || item->kind == VB_VAS ||
           item->kind == VB_NUMBER;
}

static bool take_option(struct vb_build *build, const struct vb_place *place,
                        const struct vb_item *item, const struct vb_raw *raw, struct vb_value *out)
{
    const char *ids[256];
    size_t count = 0;
    if (raw->type == VB_RAW_STRING)
        for (int i = 0; i < item->answers->count && count < 256; i++) {
            ids[count++] = item->answers->options[i].id;
            if (strcmp(item->answers->options[i].id, raw->string) == 0) {
                *out = (struct vb_value){ .type = VB_VALUE_OPTION, .number = i };
                return true;
            }
        }
    const char *guess =
        raw->type == VB_RAW_STRING ? vb_guess(build, raw->string, ids, count) : NULL;
    vb_error_at(build, place, "condition-value",
                guess != NULL ? vb_mend(build, "did you mean \"%s\"?", guess)
                              : "give the id of one of its options",
                "a condition compares \"%s\" with something that is not one of its options",
                item->id);
    return false;
}

static bool take_is(struct vb_build *build, const struct vb_place *place,
                    const struct vb_item *item, const struct vb_raw *raw, struct vb_value *out)
{
    if (item->kind == VB_YESNO && raw->type == VB_RAW_BOOL) {
        *out = (struct vb_value){ .type = VB_VALUE_BOOL, .number = raw->boolean };
        return true;
    }
    if (item->kind == VB_YESNO) {
        vb_error_at(build, place, "condition-value", "write true or false",
                    "a condition compares the yes or no of \"%s\" with %s", item->id,
                    vb_raw_type_name(raw));
        return false;
    }
    if (item->kind == VB_CHOICE) /* of several: it is among those that were chosen */
        return take_option(build, place, item, raw, out);
    if (has_numbers(item)) {
        out->type = item->kind == VB_NUMBER ? VB_VALUE_MILLI : VB_VALUE_INT;
        return take_bound(build, place, item, raw, &out->number);
    }
    vb_error_at(build, place, "condition-value", "use v.answered(id) for this kind of question",
                "a condition compares \"%s\", whose answers cannot be compared", item->id);
    return false;
}

static bool take_values(struct vb_build *build, const struct vb_place *place,
                        const struct vb_item *item, const struct vb_raw *list, struct vb_cond *cond)
{
    if (cond->op == VB_COND_ANSWERED)
        return true;
    if (cond->op == VB_COND_IS)
        return take_is(build, place, item, &list[1], &cond->is);
    if (!has_numbers(item)) {
        vb_error_at(build, place, "condition-value",
                    "use v.is(id, value) or v.answered(id) for this kind of question",
                    "a condition asks whether \"%s\" is more or less, but it is no number",
                    item->id);
        return false;
    }
    if (cond->op == VB_COND_ABOVE)
        return take_bound(build, place, item, &list[1], &cond->high);
    if (!take_bound(build, place, item, &list[1], &cond->low))
        return false;
    return cond->op == VB_COND_BELOW || take_bound(build, place, item, &list[2], &cond->high);
}

/* -- the tree -- */

static const struct vb_cond *build_cond(struct vb_build *build, const struct vb_asker *asker,
                                        const struct vb_raw *raw, int depth);

static const struct vb_cond *build_leaf(struct vb_build *build, const struct vb_asker *asker,
                                        const struct vb_place *place,
                                        const struct vb_raw_node *node)
{
    static const int wanted[] = { 2, 2, 2, 3, 1 };
    const struct vb_raw_table *table = &node->table;
    struct vb_cond *cond = vb_arena_new(build->arena, struct vb_cond);
    cond->op = op_of(node);
    if (table->list_count != wanted[cond->op] || table->hole > 0 ||
        table->list[0].type != VB_RAW_STRING) {
        vb_error_at(build, place, "wrong-call", node->constructor->help,
                    "v.%s was not given an id and what to compare with", node->constructor->name);
        return NULL;
    }
    cond->item = vb_find_asked(build, asker, place, table->list[0].string);
    if (cond->item < 0)
        return NULL;
    check_audience(build, asker, place, cond->item);
    return take_values(build, place, &build->items[cond->item], table->list, cond) ? cond : NULL;
}

static const struct vb_cond *build_group(struct vb_build *build, const struct vb_asker *asker,
                                         const struct vb_place *place,
                                         const struct vb_raw_node *node, int depth)
{
    const struct vb_raw_table *table = &node->table;
    struct vb_cond *cond = vb_arena_new(build->arena, struct vb_cond);
    const struct vb_cond **of =
        vb_arena_alloc(build->arena, (size_t)table->list_count * sizeof *of);
    bool whole = true;
    vb_check_fields(build, place, node->constructor, table);
    if (table->list_count == 0 || table->list_count > PARTS_MAX || depth > 8) {
        vb_error_at(build, place, "empty-condition", "put one to 64 conditions in it",
                    "holds no conditions, or too many");
        return NULL;
    }
    for (int i = 0; i < table->list_count; i++) {
        of[i] = build_cond(build, asker, &table->list[i], depth + 1);
        whole = whole && of[i] != NULL;
    }
    *cond = (struct vb_cond){ .op = op_of(node), .of = of, .count = table->list_count };
    return whole ? cond : NULL;
}

static const struct vb_cond *build_cond(struct vb_build *build, const struct vb_asker *asker,
                                        const struct vb_raw *raw, int depth)
{
    if (!vb_go_on(build, &asker->place))
        return NULL;
    if (raw->type == VB_RAW_NODE && raw->node->constructor->id == VB_MAKE_UNKNOWN)
        return NULL; /* told when it was called */
    if (raw->type != VB_RAW_NODE || raw->node->constructor->id < VB_MAKE_IS ||
        raw->node->constructor->id > VB_MAKE_NEITHER) {
        vb_error_at(build, &asker->place, "wrong-type",
                    "use v.is, v.below, v.above, v.between, v.answered, v.all, v.any, v.neither",
                    "%s stands where a condition belongs", vb_raw_type_name(raw));
        return NULL;
    }
    struct vb_place place = asker->place;
    place.file = raw->node->file;
    place.line = raw->node->line;
    if (op_of(raw->node) >= VB_COND_ALL)
        return build_group(build, asker, &place, raw->node, depth);
    return build_leaf(build, asker, &place, raw->node);
}

static bool needs_format(const struct vb_build *build, const struct vb_cond *cond)
{
    if (cond->op < VB_COND_ALL) {
        const struct vb_item *item = &build->items[cond->item];
        return (item->kind == VB_LIKERT || item->kind == VB_FACES) && item->answers == NULL;
    }
    for (int i = 0; i < cond->count; i++)
        if (needs_format(build, cond->of[i]))
            return true;
    return false;
}

/* Never in any format is an error, never in one of them a warning. */
static void check_possible(struct vb_build *build, const struct vb_asker *asker,
                           const struct vb_cond *cond)
{
    bool formatted = needs_format(build, cond);
    int formats = formatted ? build->plan->format_count : 1, possible = 0;
    const char *never = NULL;
    for (int i = 0; i < formats; i++) {
        const struct vb_trying trying = { .plan = build->plan,
                                          .items = build->items,
                                          .format = i,
                                          .left = &build->loading->trials_left };
        bool holds = vb_condition_possible(&trying, cond);
        possible += holds;
        if (!holds && formatted)
            never = build->plan->formats[i].name;
    }
    if (possible == 0 && formats > 0)
        vb_complain(build->loading, asker->message ? VB_WARNING : VB_ERROR, &asker->place,
                    asker->message ? "unreachable-say" : "never-holds",
                    "change the value, or take the condition out",
                    "its condition can never hold on the answers that can be given");
    else if (never != NULL)
        vb_warning_at(build, &asker->place, "never-in-format",
                      "hang the question on a yes or no instead",
                      "its condition can never hold in the format \"%s\"", never);
}

const struct vb_cond *vb_build_condition(struct vb_build *build, const struct vb_asker *asker,
                                         const struct vb_raw *raw)
{
    const struct vb_cond *cond = build_cond(build, asker, raw, 0);
    if (cond != NULL)
        check_possible(build, asker, cond);
    return cond;
}
