/* Labelled answers and options: values, ids, their texts. */
#include <string.h>

#include "script/build.h"

enum { OPTIONS_MAX = 200 };
static const int64_t value_limit = 1000000;

static const struct vb_raw *first_or(const struct vb_raw_table *table, const char *name)
{
    const struct vb_raw *raw = vb_raw_get(table, name);
    return raw->type == VB_RAW_NIL && table->list_count > 0 ? &table->list[0] : raw;
}

/* A picture lies beside instrument.lua and nowhere else. */
static const char *picture_of(struct vb_build *build, const struct vb_place *place,
                              const struct vb_raw_table *table)
{
    const char *name = vb_get_string(table, "picture");
    if (name == NULL)
        return NULL;
    if (name[0] == '.' || name[0] == '\0' || strchr(name, '/') != NULL) {
        vb_error_at(build, place, "wrong-value", "name a file that lies beside instrument.lua",
                    "picture cannot be \"%s\"", name);
        return NULL;
    }
    const struct vb_source *source = build->loading->source;
    const char *main = build->plan->main_path, *slash = strrchr(main, '/');
    int folder = slash == NULL ? 0 : (int)(slash - main) + 1;
    if (source->has != NULL &&
        !source->has(source->ctx, vb_mend(build, "%.*s%s", folder, main, name)))
        vb_error_at(build, place, "missing-picture",
                    "put it beside instrument.lua, or mend its name",
                    "the picture \"%s\" is not there", name);
    return name;
}

static void take_answer(struct vb_build *build, const struct vb_place *place, int position,
                        const struct vb_raw *raw, struct vb_option *out)
{
    const struct vb_constructor *form = &vb_constructors[VB_PLAIN_ANSWER];
    const char *what = vb_mend(build, "answer %d", position);
    if (raw->type != VB_RAW_TABLE) {
        vb_error_at(build, place, "wrong-type", "write { 1, nl = \"...\", en = \"...\" }",
                    "%s is %s", what, vb_raw_type_name(raw));
        return;
    }
    vb_check_fields(build, place, form, raw->table);
    vb_build_text(build, place, what, raw->table, form, &out->text);
    out->picture = picture_of(build, place, raw->table);
    const struct vb_raw *value = raw->table->list_count > 0 ? &raw->table->list[0] : NULL;
    if (value == NULL || value->type != VB_RAW_INT || value->integer < -value_limit ||
        value->integer > value_limit || raw->table->list_count != 1)
        vb_error_at(build, place, "bad-answers", "begin it with its value: { 1, nl = \"...\" }",
                    "%s has no whole number as its value", what);
    else
        out->value = value->integer;
}

static void check_ascending(struct vb_build *build, const struct vb_place *place,
                            const struct vb_option *options, int count)
{
    for (int i = 1; i < count; i++)
        if (options[i].value <= options[i - 1].value) {
            vb_error_at(build, place, "bad-answers", "number them upwards, each value once",
                        "answer %d (%lld) does not come after answer %d (%lld)", i + 1,
                        (long long)options[i].value, i, (long long)options[i - 1].value);
            return;
        }
}

const struct vb_answers *vb_build_answers(struct vb_build *build, const struct vb_raw_node *node)
{
    if (node->built != NULL)
        return node->built;
    struct vb_place place = vb_place_of(build, node);
    const struct vb_raw_table *table = &node->table;
    struct vb_answers *out = vb_arena_new(build->arena, struct vb_answers);
    int count = table->list_count < OPTIONS_MAX ? table->list_count : OPTIONS_MAX;
    struct vb_option *options = vb_arena_alloc(build->arena, (size_t)count * sizeof *options);
    int before = build->loading->findings->errors;
    ((struct vb_raw_node *)node)->built = out;
    if (node->constructor->id != VB_MAKE_UNKNOWN)
        vb_check_fields(build, &place, node->constructor, table);
    for (int i = 0; i < count; i++) {
        take_answer(build, &place, i + 1, &table->list[i], &options[i]);
        if (!vb_go_on(build, &place))
            count = i + 1;
    }
    *out = (struct vb_answers){ .options = options, .count = count };
    if (node->constructor->id != VB_MAKE_UNKNOWN && (count < 2 || table->list_count > OPTIONS_MAX))
        vb_error_at(build, &place, "bad-answers", "give at least two", "has %d answers",
                    table->list_count);
    for (int i = 0; i < count; i++)
        vb_check_slots(build, &place, vb_mend(build, "answer %d", i + 1), &options[i].text, ~0u,
                       true);
    if (build->loading->findings->errors == before)
        check_ascending(build, &place, options, count);
    if (count > 0) {
        out->min = options[0].value;
        out->max = options[count - 1].value;
    }
    return out;
}

static void take_option(struct vb_build *build, const struct vb_place *place, int position,
                        const struct vb_raw *raw, const struct vb_constructor *form,
                        struct vb_option *out)
{
    const char *what = vb_mend(build, "%s %d", form->name, position);
    out->id = "";
    if (raw->type != VB_RAW_TABLE) {
        vb_error_at(build, place, "wrong-type", "write { id = \"walk\", nl = \"...\" }", "%s is %s",
                    what, vb_raw_type_name(raw));
        return;
    }
    vb_check_fields(build, place, form, raw->table);
    vb_build_text(build, place, what, raw->table, form, &out->text);
    out->picture = picture_of(build, place, raw->table);
    const struct vb_raw *id = first_or(raw->table, "id");
    if (id->type == VB_RAW_STRING && vb_name_ok(id->string, true))
        out->id = id->string;
    else if (id->type != VB_RAW_NIL)
        vb_error_at(build, place, "bad-id", "use lower-case letters, digits, - and _",
                    "%s has an id that is not one", what);
    const struct vb_raw *value = vb_raw_get(raw->table, "value");
    out->has_value = value->type == VB_RAW_INT;
    out->value = vb_get_int(build, place, raw->table, "value", -value_limit, value_limit, 0);
}

static void check_options(struct vb_build *build, const struct vb_place *place,
                          const struct vb_constructor *form, const struct vb_option *options,
                          int count)
{
    int valued = 0;
    for (int i = 0; i < count; i++) {
        valued += options[i].has_value;
        for (int j = 0; j < i; j++)
            if (options[i].id[0] != '\0' && strcmp(options[i].id, options[j].id) == 0)
                vb_error_at(build, place, "duplicate-id",
                            vb_mend(build, "give each %s an id of its own", form->name),
                            "%s \"%s\" stands there twice", form->name, options[i].id);
    }
    if (valued > 0 && valued < count)
        vb_error_at(build, place, "choice-values", "give every option a value, or none",
                    "%d of %d options have a value", valued, count);
}

static void set_range(struct vb_answers *out)
{
    for (int i = 0; i < out->count; i++) {
        int64_t value = out->options[i].value;
        out->min = i == 0 || value < out->min ? value : out->min;
        out->max = i == 0 || value > out->max ? value : out->max;
    }
}

const struct vb_answers *vb_build_options(struct vb_build *build, const struct vb_place *place,
                                          const struct vb_raw_table *table,
                                          const struct vb_constructor *form)
{
    int count = table->list_count < OPTIONS_MAX ? table->list_count : OPTIONS_MAX;
    struct vb_answers *out = vb_arena_new(build->arena, struct vb_answers);
    struct vb_option *options = vb_arena_alloc(build->arena, (size_t)count * sizeof *options);
    for (int i = 0; i < count; i++) {
        take_option(build, place, i + 1, &table->list[i], form, &options[i]);
        if (!vb_go_on(build, place))
            count = i + 1;
    }
    if (table->list_count > OPTIONS_MAX)
        vb_error_at(build, place, "too-many", vb_mend(build, "at most %d", OPTIONS_MAX),
                    "has %d %ss", table->list_count, form->name);
    if (table->field_count > 0)
        vb_error_at(build, place, "unknown-field",
                    vb_mend(build, "put each %s in braces of its own", form->name),
                    "%ss has an entry '%s' outside one of them", form->name, table->fields[0].name);
    check_options(build, place, form, options, count);
    *out = (struct vb_answers){ .options = options, .count = count };
    set_range(out);
    return out;
}
