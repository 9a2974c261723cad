/* Looking something up in the table of fields.c. */
#include "script/fields.h"

#include <string.h>

#include "base/str.h"

const struct vb_constructor *vb_constructor_find(const char *name)
{
    for (int i = 0; i < VB_CONSTRUCTOR_COUNT; i++)
        if (vb_constructors[i].shape != VB_SHAPE_PLAIN && vb_streq(vb_constructors[i].name, name))
            return &vb_constructors[i];
    return NULL;
}

static const struct vb_field *find_in(const struct vb_field *fields, const char *name)
{
    for (; fields != NULL && fields->name != NULL; fields++)
        if (strcmp(fields->name, name) == 0)
            return fields;
    return NULL;
}

const struct vb_field *vb_field_find(const struct vb_constructor *constructor, const char *name)
{
    const struct vb_field *field = find_in(constructor->fields, name);
    return field == NULL && constructor->is_item ? find_in(vb_item_fields, name) : field;
}

const char *vb_field_guess(const struct vb_constructor *constructor, const char *name)
{
    const char *names[64];
    size_t count = 0;
    const struct vb_field *lists[] = { constructor->fields,
                                       constructor->is_item ? vb_item_fields : NULL };
    for (int i = 0; i < 2; i++)
        for (const struct vb_field *f = lists[i]; f != NULL && f->name != NULL; f++)
            names[count++] = f->name;
    return vb_did_you_mean(name, names, count);
}

const char *vb_field_type_name(enum vb_field_type type)
{
    static const char *const names[] = {
        [VB_FIELD_STRING] = "a string",
        [VB_FIELD_TEXT] = "a text in every language, { nl = \"...\", en = \"...\" }",
        [VB_FIELD_BOOL] = "true or false",
        [VB_FIELD_INT] = "a whole number",
        [VB_FIELD_NUMBER] = "a number",
        [VB_FIELD_WORD] = "a word",
        [VB_FIELD_NAMES] = "a list of names, { \"one\", \"two\" }",
        [VB_FIELD_TABLE] = "a table",
        [VB_FIELD_ANSWERS] = "v.answers { ... }",
        [VB_FIELD_CONDITION] = "a condition such as v.is(\"id\", true)",
        [VB_FIELD_FUNCTION] = "a function",
        [VB_FIELD_ANY] = "a value",
    };
    return names[type];
}

bool vb_field_takes_word(const struct vb_field *field, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = field->words; *at != '\0';) {
        size_t n = strcspn(at, " ");
        if (n == len && memcmp(at, word, n) == 0)
            return true;
        at += n + (at[n] == ' ');
    }
    return false;
}
