/* docs/reference/lua.md, printed from the table of fields. */
#include "script/fields.h"

static const char *shape_of(const struct vb_constructor *constructor)
{
    switch (constructor->shape) {
    case VB_SHAPE_ID:
        return " \"id\" { ... }";
    case VB_SHAPE_TABLE:
        return " { ... }";
    case VB_SHAPE_ARGS:
        return "(id, ...)";
    default:
        return "";
    }
}

static void put_type(struct vb_buf *out, const struct vb_field *field)
{
    if (field->type == VB_FIELD_WORD)
        vb_buf_puts(out, "one of: ");
    vb_buf_puts(out, field->words != NULL ? field->words : vb_field_type_name(field->type));
}

/* constructor: NULL for the fields of every question. */
static void put_fields(struct vb_buf *out, const struct vb_constructor *constructor,
                       const struct vb_field *fields)
{
    vb_buf_puts(out,
                "\n| field | takes | left out | meaning | for example |\n|---|---|---|---|---|\n");
    for (; fields->name != NULL; fields++) {
        vb_buf_printf(out, "| `%s` | ", fields->name);
        put_type(out, fields);
        const char *example = vb_field_example(constructor, fields->name);
        vb_buf_printf(out, " | %s | %s | `%s` |\n",
                      fields->fallback == NULL ? "" : fields->fallback, fields->help,
                      example == NULL ? "" : example);
    }
}

static void put_constructor(struct vb_buf *out, const struct vb_constructor *constructor)
{
    bool plain = constructor->shape == VB_SHAPE_PLAIN;
    vb_buf_printf(out, "\n### %s%s%s\n\n%s\n", plain ? "" : "v.", constructor->name,
                  shape_of(constructor), constructor->help);
    if (constructor->fields != NULL && constructor->fields[0].name != NULL)
        put_fields(out, constructor, constructor->fields);
    vb_buf_printf(out, "\n```lua\n%s\n```\n", constructor->example);
}

static void put_range(struct vb_buf *out, int first, int last)
{
    for (int i = first; i <= last; i++)
        if (vb_constructors[i].name != NULL)
            put_constructor(out, &vb_constructors[i]);
}

void vb_fields_page(struct vb_buf *out)
{
    vb_buf_puts(
        out,
        "# The Lua surface\n\n"
        "Printed from the table in `core/script/fields.c` that also drives the check; do not "
        "edit.\n"
        "`VERBOND_WRITE_PAGES=1 build/tests/test_fields` writes it again.\n\n"
        "A file starts with `local v <const> = require \"verbond\"`. A constructor with an id is\n"
        "called twice, `v.likert \"id\" { ... }`: so every message knows the line. Unknown "
        "fields,\n"
        "unknown ids and missing translations are errors, said all at once.\n\n"
        "Ids: lower-case letters, digits, `_` and `-`, parts joined by dots; the first is a "
        "letter.\n"
        "A text stands in every language of `languages`, and may hold `{client}`,\n"
        "`{professional}`, `{member}` and declared slots. `require \"shared.agree\"` reads\n"
        "`shared/agree.lua` in the folder of instruments: names of `a-z 0-9 -` joined by dots.\n\n"
        "## The instrument\n");
    put_constructor(out, &vb_constructors[VB_MAKE_INSTRUMENT]);
    put_range(out, VB_PLAIN_RESPONDENT, VB_PLAIN_VARIANT);
    vb_buf_puts(out, "\n## Questions\n\nEvery question takes these fields:\n");
    put_fields(out, NULL, vb_item_fields);
    put_range(out, VB_MAKE_LIKERT, VB_MAKE_TRIANGLE);
    put_constructor(out, &vb_constructors[VB_MAKE_ANSWERS]);
    put_range(out, VB_PLAIN_ANSWER, VB_PLAIN_TOKEN);
    vb_buf_puts(out, "\n## Scales, order, other instruments\n");
    put_range(out, VB_MAKE_SCALE, VB_MAKE_TOTAL);
    put_constructor(out, &vb_constructors[VB_PLAIN_REFERENCE]);
    put_constructor(out, &vb_constructors[VB_MAKE_SAY]);
    put_range(out, VB_MAKE_EACH, VB_MAKE_CAMPAIGN);
    vb_buf_puts(out, "\n## Conditions\n\nData, for `when`. On a missing or hidden answer the "
                     "comparisons and `v.answered` are false.\nA condition looks back only: at "
                     "questions asked earlier.\n");
    put_range(out, VB_MAKE_IS, VB_MAKE_NEITHER);
    vb_buf_puts(out, "\n## Tests\n");
    put_range(out, VB_MAKE_TESTS, VB_MAKE_NONE);
    put_constructor(out, &vb_constructors[VB_PLAIN_TEST]);
}
