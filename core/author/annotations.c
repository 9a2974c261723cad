/* verbond.d.lua, printed from the table of fields: what editors show and check while one writes. */
#include <string.h>

#include "author/scaffold.h"
#include "author/template.h"
#include "base/str.h"
#include "script/fields.h"

/* -- what a field takes, as a type ------------------------------------------------------------ */

/* Where the form says more than the type of the field does. A test holds that each of these is a
 * field, so that none stays behind. */
static const struct {
    const char *constructor, *field, *type;
} forms[] = {
    { "instrument", "status", "table<string, \"draft\"|\"reviewed\"|\"field-tested\">" },
    { "instrument", "respondents", "(string|verbond.respondents)[]" },
    { "instrument", "roster", "verbond.roster" },
    { "instrument", "formats", "table<string, verbond.node>" },
    { "instrument", "forms", "table<string, string[]>" },
    { "instrument", "variants", "table<string, verbond.variants>" },
    { "instrument", "settings", "table<string, table<string, verbond.text>>" },
    { "instrument", "slots", "table<string, verbond.text>" },
    { "instrument", "duration_min", "integer[]" },
    { "instrument", "policy", "verbond.policy" },
    { "instrument", "talk", "verbond.talk" },
    { "choice", "options", "verbond.option[]" },
    { "words", "options", "verbond.option[]" },
    { "instrument", "translations", "table<string, table>" },
    { "instrument", "accept", "table<string, string>" },
    { "item", "accept", "table<string, string>" },
    { "scale", "accept", "table<string, string>" },
    { "collage", "pieces", "verbond.piece[]" },
    { "collage", "keep", "string" },
    { "triangle", "tokens", "verbond.token[]" },
    { "draw", "keep", "string" },
    { "photo", "keep", "string" },
    { "scale", "reference", "verbond.reference" },
    { "roster", "role", "string|string[]" },
    { "talk", "prompts", "verbond.text[]" },
    { "variants", "slots", "table<string, verbond.text>" },
    { "variants", "policy", "verbond.policy" },
    { "reference", "sd", "number|string" },
    { "reference", "alpha", "number|string" },
    { "reference", "mean", "number|string" },
    { "reference", "n", "number|string" },
};

bool vb_scaffold_form(int index, const char **constructor, const char **field)
{
    if (index < 0 || (size_t)index >= sizeof forms / sizeof *forms)
        return false;
    *constructor = forms[index].constructor;
    *field = forms[index].field;
    return true;
}

static const char *form_of(const char *constructor, const char *field)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (vb_streq(forms[i].constructor, constructor) && vb_streq(forms[i].field, field))
            return forms[i].type;
    return NULL;
}

/* "same estimate act own" as "same"|"estimate"|"act"|"own". */
static void put_words(struct vb_buf *out, const char *words)
{
    for (const char *at = words; *at != '\0';) {
        size_t len = strcspn(at, " ");
        vb_buf_printf(out, "%s\"%.*s\"", at == words ? "" : "|", (int)len, at);
        at += len + (at[len] == ' ');
    }
}

static const char *type_of(enum vb_field_type type)
{
    switch (type) {
    case VB_FIELD_STRING:
        return "string";
    case VB_FIELD_TEXT:
        return "verbond.text";
    case VB_FIELD_BOOL:
        return "boolean";
    case VB_FIELD_INT:
        return "integer";
    case VB_FIELD_NUMBER:
        return "number";
    case VB_FIELD_NAMES:
        return "string[]";
    case VB_FIELD_TABLE:
        return "table";
    case VB_FIELD_ANSWERS:
        return "verbond.node";
    case VB_FIELD_CONDITION:
        return "verbond.condition";
    case VB_FIELD_FUNCTION:
        return "fun(s: verbond.s)";
    case VB_FIELD_WORD:
    case VB_FIELD_ANY:
        break;
    }
    return "any";
}

/* -- classes ---------------------------------------------------------------------------------- */

static void put_fields(struct vb_buf *out, const char *constructor, const struct vb_field *fields)
{
    for (const struct vb_field *f = fields; f != NULL && f->name != NULL; f++) {
        bool required = vb_streq(f->fallback, "required");
        const char *form = form_of(constructor, f->name);
        vb_buf_printf(out, "---@field %s%s ", f->name, required ? "" : "?");
        if (f->type == VB_FIELD_WORD)
            put_words(out, f->words);
        else
            vb_buf_puts(out, form != NULL ? form : type_of(f->type));
        vb_buf_printf(out, " # %s", f->help);
        if (f->fallback != NULL && !required)
            vb_buf_printf(out, " (left out: %s)", f->fallback);
        vb_buf_putc(out, '\n');
    }
}

static bool has_class(const struct vb_constructor *one)
{
    return one->name != NULL && (one->fields != NULL || one->is_item);
}

static void put_class(struct vb_buf *out, const struct vb_constructor *one)
{
    bool texts = one->id >= VB_PLAIN_ANSWER && one->id <= VB_PLAIN_TOKEN;
    vb_buf_printf(out, "\n---%s\n---@class verbond.%s%s\n", one->help, one->name,
                  one->is_item ? ": verbond.item" : "");
    put_fields(out, one->name, one->fields);
    if (texts)
        vb_buf_puts(out, "---@field [string] string # its text in each language\n");
    if (one->id == VB_PLAIN_TEST)
        vb_buf_puts(out, "---@field [string] any # the keys of an answer file\n");
}

static void put_classes(struct vb_buf *out)
{
    vb_buf_puts(out,
                "\n---A text in every language of the instrument: { nl = \"...\", en = \"...\" }\n"
                "---@alias verbond.text table<string, string>\n"
                "\n---What a constructor gives.\n---@class verbond.node\n"
                "\n---What v.is and the others give.\n---@class verbond.condition\n"
                "\n---What every question takes.\n---@class verbond.item\n");
    put_fields(out, "item", vb_item_fields);
    vb_buf_puts(out,
                "---@field [string] any # a role's own text: client = { nl = ..., en = ... }\n");
    for (int i = 0; i < VB_CONSTRUCTOR_COUNT; i++)
        if (has_class(&vb_constructors[i]))
            put_class(out, &vb_constructors[i]);
}

/* -- constructors ----------------------------------------------------------------------------- */

/* What stands in the braces of a constructor. */
static void put_contents(struct vb_buf *out, const struct vb_constructor *one)
{
    if (has_class(one))
        vb_buf_printf(out, "verbond.%s", one->name);
    else if (one->id == VB_MAKE_ANSWERS)
        vb_buf_puts(out, "verbond.answer[]");
    else if (one->id == VB_MAKE_TESTS)
        vb_buf_puts(out, "verbond.test[]");
    else if (one->id == VB_MAKE_ALL || one->id == VB_MAKE_ANY || one->id == VB_MAKE_NEITHER)
        vb_buf_puts(out, "verbond.condition[]");
    else
        vb_buf_puts(out, "verbond.node[]");
}

/* The names between the brackets of "v.between(id, low, high): ...", which help begins with. */
static void put_arguments(struct vb_buf *out, const struct vb_constructor *one)
{
    const char *at = strchr(one->help, '(') + 1;
    size_t all = strcspn(at, ")");
    for (const char *name = at; name < at + all;) {
        size_t len = strcspn(name, ",)");
        const char *type = strncmp(name, "id", len) == 0      ? "string"
                           : strncmp(name, "value", len) == 0 ? "string|number|boolean"
                                                              : "number";
        vb_buf_printf(out, "---@param %.*s %s\n", (int)len, name, type);
        name += len + strspn(name + len, ", ");
    }
    vb_buf_printf(out, "---@return verbond.condition\nfunction v.%s(%.*s) end\n", one->name,
                  (int)all, at);
}

static void put_constructor(struct vb_buf *out, const struct vb_constructor *one)
{
    bool condition = one->id >= VB_MAKE_IS && one->id <= VB_MAKE_NEITHER;
    vb_buf_printf(out, "\n---%s\n", one->help);
    if (one->shape == VB_SHAPE_VALUE) {
        vb_buf_printf(out, "---@type verbond.node\nv.%s = {}\n", one->name);
    } else if (one->shape == VB_SHAPE_ARGS) {
        put_arguments(out, one);
    } else if (one->shape == VB_SHAPE_ID) {
        vb_buf_puts(out, "---@param id string\n---@return fun(contents: ");
        put_contents(out, one);
        vb_buf_printf(out, "): verbond.node\nfunction v.%s(id) end\n", one->name);
    } else {
        vb_buf_puts(out, "---@param contents ");
        put_contents(out, one);
        vb_buf_printf(out, "\n---@return verbond.%s\nfunction v.%s(contents) end\n",
                      condition ? "condition" : "node", one->name);
    }
}

void vb_scaffold_annotations(struct vb_buf *out)
{
    const struct vb_template *flow = vb_template_find("annotations", "flow.lua");
    vb_buf_puts(out,
                "---@meta verbond\n"
                "-- Printed by `verbond new editor-kit`, which also writes it again. For editors "
                "only: nothing here runs.\n\n"
                "---@class verbond\nlocal v = {}\n");
    put_classes(out);
    for (int i = 0; i < VB_CONSTRUCTOR_COUNT; i++)
        if (vb_constructors[i].name != NULL && vb_constructors[i].shape != VB_SHAPE_PLAIN)
            put_constructor(out, &vb_constructors[i]);
    vb_buf_put(out, flow->bytes, (size_t)(flow->end - flow->bytes));
    vb_buf_puts(out, "\nreturn v\n");
}
