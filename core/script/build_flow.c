/* The order of questions: what stands in v.instrument, compiled to steps.
 *
 * First everything becomes a flat row of atoms (questions and messages). Steps are then written
 * from the atoms in two turns, stage apart and stage together: neighbours in the same v.each share
 * one EACH ... NEXT, neighbours about a member share one EACH_ABOUT ... NEXT, so that all questions
 * about one member come before those about the next. */
#include <string.h>

#include "base/str.h"
#include "script/build.h"

/* -- entries -- */

static struct vb_atom *add_atom(struct vb_build *build, const struct vb_atom *atom)
{
    struct vb_atom *added = vb_arena_push(&build->loading->scratch, &build->atoms,
                                          build->atom_count++, &build->atom_cap, sizeof *added);
    *added = *atom;
    return added;
}

static void build_say(struct vb_build *build, const struct vb_raw_node *node, int each)
{
    struct vb_place place = vb_place_of(build, node);
    const struct vb_raw_table *table = &node->table;
    vb_check_fields(build, &place, node->constructor, table);
    const struct vb_raw *when = vb_raw_get(table, "when");
    struct vb_atom *atom = add_atom(
        build, &(struct vb_atom){
                   .item = -1,
                   .text = vb_get_text(build, &place, table, "text"),
                   .variants = vb_get_bits(build, &place, table, "variants", "variant", ~0u),
                   .roles = vb_get_bits(build, &place, table, "roles", "role", vb_all_roles(build)),
                   .when = vb_is_condition(when) ? when : NULL,
                   .each = each,
                   .include = -1,
                   .place = place });
    vb_check_slots(build, &place, "text", atom->text, atom->variants, each > 0);
    if (build->scripted)
        vb_error_at(build, &place, "beside-flow", "use s:say(...) in flow",
                    "a message stands beside flow, which never shows it");
}

static void build_lone_item(struct vb_build *build, const struct vb_raw_node *node, int each)
{
    struct vb_around around = { .scale = -1, .each = each, .roles = vb_all_roles(build) };
    int item = vb_build_item(build, node, &around);
    if (item >= 0)
        add_atom(build, &(struct vb_atom){ .item = item,
                                           .each = each,
                                           .include = -1,
                                           .place = build->drafts[item].place });
}

static void build_entry(struct vb_build *build, const struct vb_raw *raw,
                        const struct vb_place *around, int each);

static void build_each(struct vb_build *build, const struct vb_raw_node *node)
{
    struct vb_place place = vb_place_of(build, node);
    int number = ++build->each_count;
    vb_check_fields(build, &place, node->constructor, &node->table);
    if (node->id != NULL && strcmp(node->id, "member") != 0)
        vb_error_at(build, &place, "wrong-value", "write v.each \"member\" { ... }",
                    "v.each goes over members, not over \"%s\"", node->id);
    if (build->scripted)
        vb_error_at(build, &place, "beside-flow",
                    "ask in flow: for _, m in ipairs(s.members) do s:ask(id, m) end",
                    "v.each stands beside flow");
    else if (build->plan->roster_max == 0)
        vb_error_at(build, &place, "no-roster", "add roster = { role = ..., min = ..., max = ... }",
                    "there is no roster to go over");
    if (node->table.list_count == 0)
        vb_error_at(build, &place, "empty-each", "put questions in it, or take it out",
                    "holds no questions");
    for (int i = 0; i < node->table.list_count && vb_go_on(build, &place); i++)
        build_entry(build, &node->table.list[i], &place, number);
}

static void misplaced(struct vb_build *build, const struct vb_raw *raw,
                      const struct vb_place *around, int each)
{
    struct vb_place place = raw->type == VB_RAW_NODE ? vb_place_of(build, raw->node) : *around;
    const char *mend = each > 0 ? "only questions, scales and messages stand in v.each"
                                : "only questions, scales, totals, v.each, v.say, v.include and "
                                  "v.campaign stand in an instrument";
    if (raw->type == VB_RAW_NODE)
        vb_error_at(build, &place, "wrong-place", mend, "cannot stand here");
    else
        vb_error_at(build, &place, "wrong-place", mend, "%s cannot stand in its list",
                    vb_raw_type_name(raw));
}

static void build_node(struct vb_build *build, const struct vb_raw *raw,
                       const struct vb_place *around, int each)
{
    const struct vb_raw_node *node = raw->node;
    enum vb_constructor_id id = node->constructor->id;
    if (node->constructor->is_item)
        build_lone_item(build, node, each);
    else if (id == VB_MAKE_SCALE)
        vb_build_scale(build, node, each);
    else if (id == VB_MAKE_SAY)
        build_say(build, node, each);
    else if (id == VB_MAKE_EACH && each == 0)
        build_each(build, node);
    else if (id == VB_MAKE_INCLUDE && each == 0)
        vb_build_include(build, node);
    else if (id == VB_MAKE_CAMPAIGN && each == 0 && !build->included)
        vb_build_campaign(build, node);
    else if (id != VB_MAKE_UNKNOWN && (id != VB_MAKE_TOTAL || each > 0))
        misplaced(build, raw, around, each);
}

static void build_entry(struct vb_build *build, const struct vb_raw *raw,
                        const struct vb_place *around, int each)
{
    if (raw->type != VB_RAW_NODE) {
        misplaced(build, raw, around, each);
        return;
    }
    if (!raw->node->has_table && raw->node->constructor->id != VB_MAKE_INCLUDE) {
        struct vb_place place = vb_place_of(build, raw->node);
        vb_error_at(build, &place, "missing-table",
                    vb_mend(build, "write v.%s \"%s\" { ... }", raw->node->constructor->name,
                            raw->node->id == NULL ? "id" : raw->node->id),
                    "its table { ... } is missing after the id");
        return;
    }
    build_node(build, raw, around, each);
}

void vb_build_entries(struct vb_build *build)
{
    const struct vb_raw_table *table = &build->node->table;
    for (int i = 0; i < table->list_count && vb_go_on(build, &build->place); i++)
        build_entry(build, &table->list[i], &build->place, 0);
    /* A total may stand before its scales. */
    for (int i = 0; i < table->list_count; i++)
        if (table->list[i].type == VB_RAW_NODE && table->list[i].node->has_table &&
            table->list[i].node->constructor->id == VB_MAKE_TOTAL)
            vb_build_total(build, table->list[i].node);
}

/* -- steps -- */

struct steps {
    struct vb_step *list;
    size_t count, cap;
    int open; /* pc of the EACH that is open, -1 */
};

static struct vb_step *add_step(struct vb_build *build, struct steps *steps, enum vb_op op)
{
    struct vb_step *step =
        vb_arena_push(build->arena, &steps->list, steps->count++, &steps->cap, sizeof *step);
    *step = (struct vb_step){
        .op = op, .item = -1, .target = -1, .variants = ~0u, .roles = ~0u, .include = -1
    };
    return step;
}

/* Which run an atom belongs to: 0 none, -1 about a member, else the number of its v.each. */
static int run_of(const struct vb_build *build, const struct vb_atom *atom)
{
    if (atom->each > 0)
        return atom->each;
    return atom->item >= 0 && build->items[atom->item].about ? -1 : 0;
}

static void close_run(struct vb_build *build, struct steps *steps)
{
    if (steps->open < 0)
        return;
    add_step(build, steps, VB_OP_NEXT)->target = steps->open;
    steps->list[steps->open].target = (int)steps->count - 1;
    steps->open = -1;
}

static void open_run(struct vb_build *build, struct steps *steps, int run)
{
    if (run == 0)
        return;
    steps->open = (int)steps->count;
    add_step(build, steps, run < 0 ? VB_OP_EACH_ABOUT : VB_OP_EACH);
}

static void write_atom(struct vb_build *build, struct steps *steps, const struct vb_atom *atom,
                       enum vb_stage stage)
{
    struct vb_step *step = add_step(build, steps, atom->item < 0 ? VB_OP_SAY : VB_OP_ASK);
    step->item = atom->item;
    step->include = atom->include;
    step->stage = stage;
    if (atom->item >= 0) {
        build->drafts[atom->item].position = (int)steps->count - 1;
        step->when = build->items[atom->item].when;
        return;
    }
    step->text = atom->text;
    step->variants = atom->variants;
    step->roles = atom->roles;
    step->when = atom->cond;
}

static enum vb_stage stage_of(const struct vb_build *build, const struct vb_atom *atom)
{
    return atom->item < 0 ? VB_APART : build->items[atom->item].stage;
}

static void write_stage(struct vb_build *build, struct steps *steps, enum vb_stage stage)
{
    int run = 0;
    for (size_t i = 0; i < build->atom_count; i++) {
        const struct vb_atom *atom = &build->atoms[i];
        if (stage_of(build, atom) != stage)
            continue;
        if (run_of(build, atom) != run) {
            close_run(build, steps);
            run = run_of(build, atom);
            open_run(build, steps, run);
        }
        write_atom(build, steps, atom, stage);
    }
    close_run(build, steps);
}

static uint32_t item_roles(const struct vb_build *build, int item)
{
    return build->drafts[item].roles & vb_all_roles(build);
}

/* Conditions want to know where everything stands, so they come after a first writing of steps. */
static void build_conditions(struct vb_build *build)
{
    int said = 0;
    for (size_t i = 0; i < build->atom_count; i++) {
        struct vb_atom *atom = &build->atoms[i];
        struct vb_draft *draft = atom->item < 0 ? NULL : &build->drafts[atom->item];
        struct vb_asker asker = { .place = atom->place, .message = draft == NULL };
        if (draft != NULL) {
            said = asker.position = draft->position;
            asker.per_member = build->items[atom->item].per_member;
            asker.stage = build->items[atom->item].stage;
            asker.roles = item_roles(build, atom->item);
            asker.variants = build->items[atom->item].variants;
            if (draft->when != NULL && !build->scripted)
                build->items[atom->item].when = vb_build_condition(build, &asker, draft->when);
            if (draft->by != NULL)
                build->items[atom->item].by = vb_build_by(build, &asker, atom->item);
            continue;
        }
        asker.position = said + 1; /* after the question before it */
        asker.per_member = atom->each > 0;
        asker.roles = atom->roles;
        asker.variants = atom->variants;
        if (atom->when != NULL)
            atom->cond = vb_build_condition(build, &asker, atom->when);
    }
}

void vb_build_steps(struct vb_build *build)
{
    struct steps order = { .open = -1 }, steps = { .open = -1 };
    write_stage(build, &order, VB_APART);
    write_stage(build, &order, VB_TOGETHER);
    build_conditions(build);
    if (build->scripted)
        return;
    write_stage(build, &steps, VB_APART);
    write_stage(build, &steps, VB_TOGETHER);
    add_step(build, &steps, VB_OP_END);
    build->plan->steps = steps.list;
    build->plan->step_count = (int)steps.count;
}

/* -- forms -- */

static void take_form_item(struct vb_build *build, const struct vb_place *place, const char *form,
                           const char *id, uint8_t *has_item)
{
    int item = vb_plan_item(build->plan, id);
    if (item < 0) {
        const char *guess = vb_guess_item(build, id);
        vb_error_at(build, place, "unknown-item",
                    vb_find_scale(build, id) >= 0 ? "that is a scale: name its questions"
                    : guess != NULL               ? guess
                                                  : "name questions of this instrument",
                    "the form \"%s\" names \"%s\", which is no question", form, id);
        return;
    }
    if (has_item[item] != 0)
        vb_error_at(build, place, "duplicate-id", "name each question once",
                    "the form \"%s\" names \"%s\" twice", form, id);
    has_item[item] = 1;
}

static void build_form(struct vb_build *build, const struct vb_raw_field *field,
                       struct vb_form *out)
{
    struct vb_place place = vb_place_field(build, field->name);
    uint8_t *has_item = vb_arena_alloc(build->arena, (size_t)build->plan->item_count);
    out->name = field->name;
    out->has_item = has_item;
    const struct vb_raw_table *list = field->value.type == VB_RAW_TABLE
                                          ? field->value.table
                                          : vb_get_table(&build->node->table, "");
    if (!vb_name_ok(field->name, false))
        vb_error_at(build, &place, "bad-id",
                    "use lower-case letters, digits, - and _, a letter first",
                    "the form cannot be called \"%s\"", field->name);
    for (int i = 0; i < list->list_count && vb_go_on(build, &place); i++)
        if (list->list[i].type == VB_RAW_STRING)
            take_form_item(build, &place, field->name, list->list[i].string, has_item);
    if (list->list_count == 0 || list->list[0].type != VB_RAW_STRING)
        vb_error_at(build, &place, "wrong-type",
                    vb_mend(build, "write %s = { \"first.id\", \"second.id\" }", field->name),
                    "the form \"%s\" is not a list of questions", field->name);
}

void vb_build_forms(struct vb_build *build)
{
    const struct vb_raw_table *table = vb_get_table(&build->node->table, "forms");
    int count = table->field_count < VB_FORMS_MAX ? table->field_count : VB_FORMS_MAX;
    struct vb_form *forms = vb_arena_alloc(build->arena, (size_t)count * sizeof *forms);
    for (int i = 0; i < count; i++)
        build_form(build, &table->fields[i], &forms[i]);
    if (table->field_count > VB_FORMS_MAX)
        vb_error_at(build, &build->place, "too-many", "at most 31", "has %d forms",
                    table->field_count);
    build->plan->forms = forms;
    build->plan->form_count = count;
}
