/* Slots, variants, settings, formats, policies: the tables whose names the author chooses. */
#include <string.h>

#include "base/str.h"
#include "script/build.h"

struct vb_policy vb_build_policy(struct vb_build *build, const struct vb_place *place,
                                 const struct vb_raw *raw, struct vb_policy above)
{
    if (raw->type != VB_RAW_TABLE)
        return above;
    vb_check_fields(build, place, &vb_constructors[VB_PLAIN_POLICY], raw->table);
    return (struct vb_policy){
        .free_text = above.free_text && vb_get_bool(raw->table, "free_text", true),
        .drawing_keep = above.drawing_keep && vb_get_bool(raw->table, "drawing_keep", true),
        .emotion_rating = above.emotion_rating && vb_get_bool(raw->table, "emotion_rating", true),
        .no_retention = above.no_retention || !vb_get_bool(raw->table, "retention", true),
    };
}

/* Is the entry a table under a usable name? Otherwise told. */
static bool usable(struct vb_build *build, const struct vb_place *place, const char *what,
                   const struct vb_raw_field *field)
{
    if (!vb_name_ok(field->name, false)) {
        vb_error_at(build, place, "bad-id",
                    "use lower-case letters, digits, - and _, a letter first",
                    "%s cannot be called \"%s\"", what, field->name);
        return false;
    }
    if (field->value.type == VB_RAW_TABLE)
        return true;
    vb_error_at(build, place, "wrong-type", vb_mend(build, "write %s = { ... }", field->name),
                "%s \"%s\" is %s", what, field->name, vb_raw_type_name(&field->value));
    return false;
}

static void only_names(struct vb_build *build, const struct vb_place *place, const char *what,
                       const struct vb_raw_table *table)
{
    if (table->list_count > 0)
        vb_error_at(build, place, "stray-entry", "write name = { ... }",
                    "%s holds an entry without a name", what);
    if (table->field_count > VB_FORMS_MAX)
        vb_error_at(build, place, "too-many", vb_mend(build, "at most %d", VB_FORMS_MAX),
                    "%s has %d entries", what, table->field_count);
}

static int entries(const struct vb_raw_table *table)
{
    return table->field_count < VB_FORMS_MAX ? table->field_count : VB_FORMS_MAX;
}

const struct vb_slot *vb_build_slots(struct vb_build *build, const struct vb_place *place,
                                     const struct vb_raw_table *table, int *count)
{
    int most = entries(table);
    struct vb_slot *slots = vb_arena_alloc(build->arena, (size_t)most * sizeof *slots);
    *count = 0;
    only_names(build, place, "slots", table);
    for (int i = 0; i < most; i++) {
        const struct vb_raw_field *field = &table->fields[i];
        if (!usable(build, place, "the slot", field))
            continue;
        if (strcmp(field->name, "client") == 0 || strcmp(field->name, "professional") == 0 ||
            strcmp(field->name, "member") == 0)
            vb_error_at(build, place, "duplicate-id", "choose another word",
                        "the slot {%s} is a person's own", field->name);
        struct vb_slot *slot = &slots[(*count)++];
        slot->name = field->name;
        vb_build_text(build, place, vb_mend(build, "slots.%s", field->name), field->value.table,
                      NULL, &slot->text);
    }
    return slots;
}

static void build_variant(struct vb_build *build, const struct vb_raw_field *field,
                          struct vb_variant *out)
{
    struct vb_place place = vb_place_field(build, field->name);
    place.subject = vb_mend(build, "variants.%s", field->name);
    const struct vb_raw_table *table = field->value.table;
    vb_check_fields(build, &place, &vb_constructors[VB_PLAIN_VARIANT], table);
    out->name = field->name;
    const struct vb_text *title = vb_get_text(build, &place, table, "title");
    if (title != NULL)
        out->title = *title;
    out->slots = vb_build_slots(build, &place, vb_get_table(table, "slots"), &out->slot_count);
    out->policy = vb_build_policy(build, &place, vb_raw_get(table, "policy"), build->plan->policy);
}

static void build_variants(struct vb_build *build)
{
    struct vb_place place = vb_place_field(build, "variants");
    const struct vb_raw_table *table = vb_get_table(&build->node->table, "variants");
    struct vb_variant *variants =
        vb_arena_alloc(build->arena, (size_t)entries(table) * sizeof *variants);
    only_names(build, &place, "variants", table);
    build->plan->variants = variants;
    for (int i = 0; i < entries(table); i++)
        if (usable(build, &place, "the variant", &table->fields[i]))
            build_variant(build, &table->fields[i], &variants[build->plan->variant_count++]);
}

static bool slot_declared(const struct vb_plan *plan, const char *name)
{
    for (int i = 0; i < plan->slot_count; i++)
        if (strcmp(plan->slots[i].name, name) == 0)
            return true;
    for (int v = 0; v < plan->variant_count; v++)
        for (int i = 0; i < plan->variants[v].slot_count; i++)
            if (strcmp(plan->variants[v].slots[i].name, name) == 0)
                return true;
    return false;
}

static const char *guess_slot(struct vb_build *build, const char *name)
{
    const char *names[VB_FORMS_MAX];
    for (int i = 0; i < build->plan->slot_count; i++)
        names[i] = build->plan->slots[i].name;
    const char *guess = vb_guess(build, name, names, (size_t)build->plan->slot_count);
    return guess != NULL ? vb_mend(build, "did you mean '%s'?", guess)
                         : "declare it in slots first";
}

static void build_settings(struct vb_build *build)
{
    const struct vb_raw_table *table = vb_get_table(&build->node->table, "settings");
    struct vb_setting *settings =
        vb_arena_alloc(build->arena, (size_t)entries(table) * sizeof *settings);
    struct vb_place all = vb_place_field(build, "settings");
    only_names(build, &all, "settings", table);
    build->plan->settings = settings;
    for (int i = 0; i < entries(table); i++) {
        const struct vb_raw_field *field = &table->fields[i];
        if (!usable(build, &all, "the setting", field))
            continue;
        struct vb_place place = vb_place_field(build, field->name);
        place.subject = vb_mend(build, "settings.%s", field->name);
        struct vb_setting *out = &settings[build->plan->setting_count++];
        out->name = field->name;
        out->terms = vb_build_slots(build, &place, field->value.table, &out->term_count);
        for (int j = 0; j < out->term_count; j++)
            if (!slot_declared(build->plan, out->terms[j].name))
                vb_error_at(build, &place, "unknown-slot", guess_slot(build, out->terms[j].name),
                            "has words for {%s}, which is not declared", out->terms[j].name);
    }
}

static void build_format(struct vb_build *build, const struct vb_raw_field *field,
                         struct vb_format *formats, int *count)
{
    const struct vb_raw *raw = &field->value;
    struct vb_place place = vb_place_field(build, field->name);
    if (!vb_name_ok(field->name, false)) {
        vb_error_at(build, &place, "bad-id",
                    "use lower-case letters, digits, - and _, a letter first",
                    "the format cannot be called \"%s\"", field->name);
        return;
    }
    if (raw->type != VB_RAW_NODE || (raw->node->constructor->id != VB_MAKE_ANSWERS &&
                                     raw->node->constructor->id != VB_MAKE_UNKNOWN)) {
        vb_error_at(build, &place, "wrong-type",
                    vb_mend(build, "write %s = v.answers { ... }", field->name),
                    "the format \"%s\" is %s", field->name, vb_raw_type_name(raw));
        return;
    }
    struct vb_format format = { field->name, *vb_build_answers(build, raw->node) };
    bool standard = strcmp(field->name, "standard") == 0;
    if (standard)
        memmove(formats + 1, formats, (size_t)*count * sizeof *formats);
    formats[standard ? 0 : *count] = format;
    ++*count;
}

static void build_formats(struct vb_build *build)
{
    struct vb_place place = vb_place_field(build, "formats");
    const struct vb_raw *raw = vb_raw_get(&build->node->table, "formats");
    const struct vb_raw_table *table = vb_get_table(&build->node->table, "formats");
    struct vb_format *formats =
        vb_arena_alloc(build->arena, (size_t)entries(table) * sizeof *formats);
    only_names(build, &place, "formats", table);
    for (int i = 0; i < entries(table); i++)
        build_format(build, &table->fields[i], formats, &build->plan->format_count);
    build->plan->formats = formats;
    /* An empty one may come from a name that was misspelt: that is told already. */
    bool empty = table->field_count == 0 && build->loading->findings->errors > 0;
    if (raw->type == VB_RAW_TABLE && !empty && vb_raw_get(table, "standard")->type == VB_RAW_NIL)
        vb_error_at(build, &place, "missing-standard",
                    "call the format that holds unless another is chosen standard",
                    "formats has no standard");
}

void vb_build_terms(struct vb_build *build)
{
    struct vb_plan *plan = build->plan;
    const struct vb_raw_table *slots = vb_get_table(&build->node->table, "slots");
    struct vb_place place = vb_place_field(build, "slots");
    plan->slots = vb_build_slots(build, &place, slots, &plan->slot_count);
    build_variants(build);
    build_settings(build);
    build_formats(build);
    uint32_t all = ~0u;
    place = vb_place_field(build, "title");
    if (plan->title.by_language[0] != NULL)
        vb_check_slots(build, &place, "title", &plan->title, all, false);
    place = vb_place_field(build, "summary");
    if (plan->summary != NULL)
        vb_check_slots(build, &place, "summary", plan->summary, all, false);
    place = vb_place_field(build, "prompts");
    for (int i = 0; i < plan->talk_prompt_count; i++)
        vb_check_slots(build, &place, "talk.prompts", &plan->talk_prompts[i], all, true);
}
