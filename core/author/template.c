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
    { #kind, "instrument.lua", EMBEDDED(kind##_instrument_lua), false },                           \
        { #kind, "tests.lua", EMBEDDED(kind##_tests_lua), false },                                 \
        { #kind, "example.json", EMBEDDED(kind##_example_json), false },                           \
    {                                                                                              \
#kind, "README.md", EMBEDDED(kind##_README_md), false                                      \
    }

FOLDER(likert);
FOLDER(family);
FOLDER(drawing);
FOLDER(scripted);
BYTES(editor_luarc_json);
BYTES(editor_luacheckrc_lua);
BYTES(editor_tasks_json);
BYTES(editor_flow_lua);
BYTES(output_c_plugin_c);
BYTES(output_c_plugin_mk);
BYTES(output_c_README_md);
BYTES(output_lua_plugin_lua);
BYTES(output_lua_README_md);
BYTES(output_exec_plugin_py);
BYTES(output_exec_README_md);

const struct vb_template vb_templates[] = {
    FILES(likert),
    FILES(family),
    FILES(drawing),
    FILES(scripted),
    { "editor", ".luarc.json", EMBEDDED(editor_luarc_json), false },
    { "editor", ".luacheckrc", EMBEDDED(editor_luacheckrc_lua), false },
    { "editor", ".vscode/tasks.json", EMBEDDED(editor_tasks_json), false },
    { "annotations", "flow.lua", EMBEDDED(editor_flow_lua), false },
    { "output c", "@NAME@.c", EMBEDDED(output_c_plugin_c), false },
    { "output c", "Makefile", EMBEDDED(output_c_plugin_mk), false },
    { "output c", "README.md", EMBEDDED(output_c_README_md), false },
    { "output lua", "@NAME@.lua", EMBEDDED(output_lua_plugin_lua), false },
    { "output lua", "README.md", EMBEDDED(output_lua_README_md), false },
    { "output exec", "@NAME@", EMBEDDED(output_exec_plugin_py), true },
    { "output exec", "README.md", EMBEDDED(output_exec_README_md), false },
    { NULL, NULL, NULL, NULL, false },
};

const struct vb_template *vb_template_find(const char *kind, const char *file)
{
    for (const struct vb_template *one = vb_templates; one->kind != NULL; one++)
        if (vb_streq(one->kind, kind) && vb_streq(one->file, file))
            return one;
    return NULL;
}
