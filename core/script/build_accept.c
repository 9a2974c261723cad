/* The field accept: what an author looked at and left as it is. */
#include <string.h>

#include "script/build.h"

/* A reason has letters in it. */
static bool says_why(struct vb_build *build, const struct vb_place *place,
                     const struct vb_raw_field *field)
{
    const char *what = vb_mend(build, "accept.%s", field->name);
    if (field->value.type != VB_RAW_STRING) {
        vb_error_at(build, place, "wrong-type",
                    vb_mend(build, "write [\"%s\"] = \"the reason\"", field->name),
                    "accept.%s is %s", field->name, vb_raw_type_name(&field->value));
        return false;
    }
    if (strspn(field->value.string, " \n") == field->value.len) {
        vb_error_at(build, place, "empty-text", "write why it is right as it stands",
                    "accept.%s has no reason", field->name);
        return false;
    }
    return vb_check_string(build, place, what, &field->value);
}

struct vb_accepts vb_build_accepts(struct vb_build *build, const struct vb_place *place,
                                   const struct vb_raw_table *table)
{
    const struct vb_raw_table *given = vb_get_table(table, "accept");
    struct vb_accept *list =
        vb_arena_alloc(build->arena, (size_t)given->field_count * sizeof *list);
    struct vb_accepts out = { .list = list };
    if (given->list_count > 0)
        vb_error_at(build, place, "stray-entry", "write accept = { [\"code\"] = \"the reason\" }",
                    "accept holds %s without a code", vb_raw_type_name(&given->list[0]));
    for (int i = 0; i < given->field_count && vb_go_on(build, place); i++)
        if (says_why(build, place, &given->fields[i]))
            list[out.count++] = (struct vb_accept){ .code = given->fields[i].name,
                                                    .reason = given->fields[i].value.string };
    return out;
}
