#include "author/template.h"

#include <stddef.h>

#include "base/str.h"

#define BYTES(name)                                                                                \
    extern const char _binary_core_author_templates_##name##_start[];                              \
    extern const char _binary_core_author_templates_##name##_end[]
#define EMBEDDED(name)                                                                             \
    _binary_core_author_templates_##name##_start, _binary_core_author_templates_##name##_end
#define FOLDER(kind)                                                                               \
    BYTES(kind##_instrument_lua);                                                                  \
    BYTES(kind##_tests_lua);                                                                       \
    BYTES(kind##_example_json);                                                                    \
    BYTES(kind##_README_md)
#define FILES(kind)                                                                                \
    { #kind, "instrument.lua", EMBEDDED(kind##_instrument_lua) },                                  \
        { #kind, "tests.lua", EMBEDDED(kind##_tests_lua) },                                        \
        { #kind, "example.json", EMBEDDED(kind##_example_json) },                                  \
    {                                                                                              \
#kind, "README.md", EMBEDDED(kind##_README_md)                                             \
    }

FOLDER(likert);
FOLDER(family);
FOLDER(drawing);
FOLDER(scripted);
BYTES(editor_luarc_json);
BYTES(editor_luacheckrc_lua);
BYTES(editor_tasks_json);
BYTES(editor_flow_lua);

const struct vb_template vb_templates[] = {
    FILES(likert),
    FILES(family),
    FILES(drawing),
    FILES(scripted),
    { "editor", ".luarc.json", EMBEDDED(editor_luarc_json) },
    { "editor", ".luacheckrc", EMBEDDED(editor_luacheckrc_lua) },
    { "editor", ".vscode/tasks.json", EMBEDDED(editor_tasks_json) },
    { "annotations", "flow.lua", EMBEDDED(editor_flow_lua) },
    { NULL, NULL, NULL, NULL },
};

const struct vb_template *vb_template_find(const char *kind, const char *file)
{
    for (const struct vb_template *one = vb_templates; one->kind != NULL; one++)
        if (vb_streq(one->kind, kind) && vb_streq(one->file, file))
            return one;
    return NULL;
}
