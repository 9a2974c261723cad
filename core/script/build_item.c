/* One question: its texts by role, and everything that all kinds share. */
#include <string.h>

#include "base/str.h"
#include "script/build.h"

uint32_t vb_all_roles(const struct vb_build *build)
{
    int count = build->plan->role_count;
    return count == 0 ? 0 : ~0u >> (32 - count);
}

/* -- texts -- */

static bool in(uint32_t bits, int index)
{
    return (bits >> index & 1) != 0;
}

/* client = { ... }, professional = { ... } */
static bool take_role_texts(struct vb_build *build, const struct vb_place *place,
                            const struct vb_raw_table *table, uint32_t roles,
                            const struct vb_text **out)
{
    bool any = false;
    for (int i = 0; i < build->plan->role_count; i++) {
        const char *role = build->plan->roles[i].name;
        const struct vb_raw *raw = vb_raw_get(table, role);
        if (raw->type == VB_RAW_NIL)
            continue;
        any = true;
        if (raw->type == VB_RAW_TABLE && in(roles, i)) {
            out[i] = vb_get_text(build, place, table, role);
            continue;
        }
        struct vb_place own = vb_place_within(build, place, role);
        if (raw->type != VB_RAW_TABLE)
            vb_error_at(build, &own, "wrong-type",
                        vb_mend(build, "write %s = { nl = \"...\", en = \"...\" }", role),
                        "%s is %s", role, vb_raw_type_name(raw));
        else
            vb_error_at(build, &own, "left-out-role",
                        vb_mend(build, "add \"%s\" to roles, or take its text out", role),
                        "has a text for %s, which roles leaves out", role);
    }
    return any;
}

/* Is there a text under a name that is no role and no field? That is told, and it is the one that
 * is missing most likely. */
static bool has_stray_text(const struct vb_build *build, const struct vb_place *place,
                           const struct vb_raw_table *table)
{
    for (int i = 0; i < table->field_count && place->node != NULL; i++)
        if (table->fields[i].value.type == VB_RAW_TABLE &&
            vb_field_find(place->node->constructor, table->fields[i].name) == NULL &&
            vb_plan_role(build->plan, table->fields[i].name) < 0)
            return true;
    return false;
}

static void tell_missing(struct vb_build *build, const struct vb_place *place,
                         const struct vb_raw_table *table, uint32_t roles,
                         const struct vb_text *const *texts)
{
    if (has_stray_text(build, place, table))
        return;
    for (int i = 0; i < build->plan->role_count; i++) {
        const char *role = build->plan->roles[i].name;
        if (in(roles, i) && texts[i] == NULL && vb_raw_get(table, role)->type == VB_RAW_NIL)
            vb_error_at(
                build, place, "missing-text",
                vb_mend(build, "add %s = { ... }, or leave it out with roles = { ... }", role),
                "no text for %s", role);
    }
}

static void build_texts(struct vb_build *build, const struct vb_place *place,
                        const struct vb_raw_table *table, uint32_t roles, struct vb_item *item)
{
    size_t size = (size_t)build->plan->role_count * sizeof(struct vb_text *);
    const struct vb_text **texts = vb_arena_alloc(build->arena, size);
    bool by_role = take_role_texts(build, place, table, roles, texts);
    const struct vb_raw *raw = vb_raw_get(table, "text");
    item->text = texts;
    if (raw->type != VB_RAW_NIL) {
        const struct vb_text *text = vb_get_text(build, place, table, "text");
        for (int i = 0; i < build->plan->role_count; i++)
            if (in(roles, i))
                texts[i] = text;
        if (by_role)
            vb_error_at(build, place, "two-texts", "keep text, or keep one text a role",
                        "has text and a text of a role beside it");
        return;
    }
    if (by_role || build->plan->role_count == 0)
        tell_missing(build, place, table, roles, texts);
    else
        vb_error_at(build, place, "missing-text",
                    "add text = { nl = \"...\" }, or one text a role: client = { ... }",
                    "has no text");
}

/* Roles that share one text have it from the field text. */
static bool shared_text(const struct vb_build *build, const struct vb_item *item)
{
    const struct vb_text *first = NULL;
    int count = 0;
    for (int i = 0; i < build->plan->role_count; i++) {
        if (item->text[i] == NULL)
            continue;
        if (first != NULL && item->text[i] != first)
            return false;
        first = item->text[i];
        count++;
    }
    return count > 1;
}

void vb_check_item_slots(struct vb_build *build, const struct vb_place *place,
                         const struct vb_item *item)
{
    bool shared = shared_text(build, item);
    bool done = false;
    for (int i = 0; i < build->plan->role_count; i++) {
        if (item->text[i] == NULL || (shared && done))
            continue;
        vb_check_slots(build, place, shared ? "text" : build->plan->roles[i].name, item->text[i],
                       item->variants, item->per_member);
        done = true;
    }
    vb_check_slots(build, place, "help", item->help, item->variants, item->per_member);
    vb_check_slots(build, place, "intro", item->intro, item->variants, item->per_member);
    vb_check_slots(build, place, "left", item->left, item->variants, item->per_member);
    vb_check_slots(build, place, "right", item->right, item->variants, item->per_member);
    bool labelled =
        item->kind == VB_LIKERT || item->kind == VB_FACES; /* checked where they stand */
    for (int i = 0; !labelled && item->answers != NULL && i < item->answers->count; i++)
        vb_check_slots(build, place, vb_mend(build, "option \"%s\"", item->answers->options[i].id),
                       &item->answers->options[i].text, item->variants, item->per_member);
}

/* -- places -- */

/* False when another question has the id: this one is not to be found by it then, or conditions
 * would look at either. */
static bool check_id(struct vb_build *build, const struct vb_place *place, const char *id)
{
    int first = vb_find_item(build, id);
    if (first >= 0)
        vb_error_at(build, place, "duplicate-id", "give it an id of its own",
                    "the id is taken: first at %s:%d",
                    build->loading->files[build->items[first].file].shown,
                    build->items[first].line);
    else if (!vb_name_ok(id, true))
        vb_error_at(build, place, "bad-id",
                    "use lower-case letters, digits, - and _, parts joined by dots",
                    "the id \"%s\" is not one", id);
    return first < 0;
}

static void check_about(struct vb_build *build, const struct vb_place *place,
                        const struct vb_item *item)
{
    if (item->about && build->plan->roster_max == 0)
        vb_error_at(build, place, "no-roster", "add roster = { role = ..., min = ..., max = ... }",
                    "is asked for each member, but there is no roster");
}

static void check_together(struct vb_build *build, const struct vb_place *place,
                           const struct vb_item *item)
{
    if (item->stage == VB_TOGETHER && item->scale >= 0)
        vb_error_at(build, place, "together-in-scale",
                    "put it after the scale: scores come from what each gave apart",
                    "a question of stage together stands in a scale");
}

static void check_when(struct vb_build *build, const struct vb_place *place,
                       const struct vb_raw_table *table)
{
    if (build->scripted && vb_raw_get(table, "when")->type != VB_RAW_NIL)
        vb_error_at(build, place, "beside-flow", "ask it in flow under an if instead",
                    "has when beside flow");
}

/* -- policies -- */

static void check_policy(struct vb_build *build, const struct vb_place *place,
                         const struct vb_item *item, bool own_said, const struct vb_policy *policy,
                         const char *whose)
{
    const char *refused = NULL, *rule = NULL;
    /* words without options have nothing else to give */
    bool bare = item->kind == VB_WORDS && (item->answers == NULL || item->answers->count == 0);
    bool own = item->own || item->other || bare || item->tools == VB_TOOL_WORDS ||
               (own_said && (item->tools & VB_TOOL_WORDS) != 0);
    if (!policy->free_text && (item->kind == VB_TEXT || own))
        refused = "takes free text", rule = "free_text";
    else if (!policy->drawing_keep && item->keep != VB_KEEP_NONE)
        refused = "keeps a picture", rule = "drawing_keep";
    else if (!policy->emotion_rating && item->kind == VB_FACES)
        refused = "shows faces", rule = "emotion_rating";
    if (refused != NULL)
        vb_error_at(build, place, "policy-refuses",
                    vb_mend(build, "take it out there, or allow %s", rule),
                    "%s, which the policy of %s refuses (%s = false)", refused, whose, rule);
}

void vb_check_policies(struct vb_build *build, const struct vb_place *place, struct vb_item *item,
                       bool own_said)
{
    const struct vb_plan *plan = build->plan;
    if (!own_said && !plan->policy.free_text) { /* only the default gives way */
        item->own = false;
        if (item->tools != VB_TOOL_WORDS)
            item->tools &= ~(uint32_t)VB_TOOL_WORDS;
    }
    int before = build->loading->findings->errors;
    check_policy(build, place, item, own_said, &plan->policy, "the instrument");
    for (int i = 0; i < plan->variant_count && build->loading->findings->errors == before; i++)
        if (in(item->variants, i))
            check_policy(build, place, item, own_said, &plan->variants[i].policy,
                         vb_mend(build, "variant \"%s\"", plan->variants[i].name));
}

/* -- all together -- */

static void build_common(struct vb_build *build, const struct vb_place *place,
                         const struct vb_raw_node *node, const struct vb_around *around,
                         struct vb_item *item)
{
    const struct vb_raw_table *table = &node->table;
    const struct vb_constructor *form = node->constructor;
    item->about = around->about || vb_get_word(form, table, "about", -1) == 0;
    item->per_member = item->about || around->each > 0;
    item->relation = (enum vb_relation)vb_get_word(form, table, "relation", VB_SAME);
    item->relation_given = vb_get_string(table, "relation") != NULL;
    item->stage = (enum vb_stage)vb_get_word(form, table, "stage", VB_APART);
    item->scored = vb_get_bool(table, "scored", true);
    item->comparable = vb_get_bool(table, "comparable", true);
    item->reverse = vb_get_bool(table, "reverse", false);
    item->required = vb_get_bool(table, "required", false);
    item->variants = vb_get_bits(build, place, table, "variants", "variant", ~0u);
    item->help = vb_get_text(build, place, table, "help");
    item->intro = vb_get_text(build, place, table, "intro");
    item->facet = vb_get_string(table, "facet");
    item->example = vb_get_string(table, "example");
    item->accept = vb_build_accepts(build, place, table);
}

static int add_item(struct vb_build *build, const struct vb_item *item,
                    const struct vb_draft *draft)
{
    size_t count = (size_t)build->plan->item_count;
    struct vb_item *new_item =
        vb_arena_push(build->arena, &build->items, count, &build->item_cap, sizeof *new_item);
    struct vb_draft *new_draft = vb_arena_push(&build->loading->scratch, &build->drafts, count,
                                               &build->draft_cap, sizeof *new_draft);
    *new_item = *item;
    *new_draft = *draft;
    return build->plan->item_count++;
}

int vb_build_item(struct vb_build *build, const struct vb_raw_node *node,
                  const struct vb_around *around)
{
    struct vb_place place = vb_place_of(build, node);
    struct vb_item item = { .id = node->id == NULL ? "" : node->id,
                            .kind = (enum vb_kind_id)node->constructor->id,
                            .line = node->line,
                            .file = node->file,
                            .scale = around->scale,
                            .include = -1 };
    if (build->plan->item_count == VB_ITEMS_MAX) {
        vb_error_at(build, &place, "too-many", "split the instrument", "is question %d",
                    VB_ITEMS_MAX + 1);
        return -1;
    }
    if (node->id != NULL && !check_id(build, &place, node->id))
        item.id = "";
    vb_check_fields(build, &place, node->constructor, &node->table);
    build_common(build, &place, node, around, &item);
    uint32_t roles = vb_get_bits(build, &place, &node->table, "roles", "role", around->roles);
    build_texts(build, &place, &node->table, roles, &item);
    vb_build_kind(build, &place, node, &item);
    check_about(build, &place, &item);
    check_together(build, &place, &item);
    check_when(build, &place, &node->table);
    bool own_said = vb_raw_get(&node->table, "own")->type != VB_RAW_NIL ||
                    vb_raw_get(&node->table, "tools")->type != VB_RAW_NIL;
    vb_check_policies(build, &place, &item, own_said);
    vb_check_item_slots(build, &place, &item);
    const struct vb_raw *when = vb_raw_get(&node->table, "when");
    const struct vb_raw *by = vb_raw_get(&node->table, "by");
    return add_item(build, &item,
                    &(struct vb_draft){ .when = vb_is_condition(when) ? when : NULL,
                                        .by = by->type == VB_RAW_STRING ? by->string : NULL,
                                        .place = place,
                                        .roles = roles,
                                        .each = around->each,
                                        .position = -1 });
}
