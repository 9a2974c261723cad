/* The tables. Their words are read by authors: docs/reference/lua-outputs.md has each of them. */
#include "script/output_names.h"

#include <stddef.h>

static const struct vb_field output_fields[] = {
    { "api", VB_FIELD_INT, NULL, "required", "the version of this page it was written for: 1" },
    { "name", VB_FIELD_STRING, NULL, "required",
      "as the file is called without .lua: a-z, 0-9 and -, a letter first" },
    { "summary", VB_FIELD_STRING, NULL, "required", "one line on what it does" },
    { "options", VB_FIELD_TABLE, "{ { name = ..., ... }, ... }", NULL,
      "what may be set, or must be; 64 at most" },
    { "open", VB_FIELD_FUNCTION, NULL, NULL,
      "function(host): called once, before anything is delivered; gives back nothing, or a "
      "sentence why it cannot begin" },
    { "deliver", VB_FIELD_FUNCTION, NULL, "required",
      "function(delivery, host): takes one parcel and gives back an outcome" },
    { "close", VB_FIELD_FUNCTION, NULL, NULL, "function(): called at the end" },
    { NULL, VB_FIELD_ANY, NULL, NULL, NULL },
};
static const struct vb_field option_fields[] = {
    { "name", VB_FIELD_STRING, NULL, "required",
      "a-z, 0-9 and -, a letter first; purpose and content are the engine's own" },
    { "type", VB_FIELD_WORD, "text path url int bool choice", "text", "what its value must be" },
    { "required", VB_FIELD_BOOL, NULL, "false", "true: it must be set" },
    { "default", VB_FIELD_STRING, NULL, NULL, "its value when it was not set, as a string" },
    { "example", VB_FIELD_STRING, NULL, "required", "what a sample configuration shows" },
    { "check", VB_FIELD_STRING, NULL, NULL,
      "what verbond output check sets in the place of example" },
    { "help", VB_FIELD_STRING, NULL, "required", "one line" },
    { "choices", VB_FIELD_NAMES, NULL, NULL,
      "the words of a choice, such as { \"long\", \"wide\" }" },
    { NULL, VB_FIELD_ANY, NULL, NULL, NULL },
};

const struct vb_constructor vb_output_constructor = {
    .id = VB_MAKE_OUTPUT,
    .name = "output",
    .shape = VB_SHAPE_TABLE,
    .fields = output_fields,
    .help = "What the file returns.",
    .example = "return v.output { api = 1, name = \"diary\", ... }",
};
const struct vb_constructor vb_output_option_fields = {
    .id = VB_PLAIN_OUTPUT_OPTION,
    .name = "option",
    .shape = VB_SHAPE_PLAIN,
    .fields = option_fields,
    .help = "One of options.",
    .example = "{ name = \"path\", type = \"path\", example = \"out.txt\", help = \"the file\" }",
};

#define NAME(of, name, form, help)                                                                 \
    {                                                                                              \
        of, name, form, help                                                                       \
    }
const struct vb_output_name vb_output_names[] = {
    NAME("verbond", "output", "v.output { ... }", "what the file returns"),
    NAME("verbond", "null", "v.null",
         "stands where JSON has null; a field that is not there is nil"),
    NAME("verbond", "list", "v.list(table)",
         "marks the table as a list and gives it back: an empty one is [] in JSON, not {}"),

    NAME("delivery", "parcel", "delivery.parcel",
         "its name, ROUND/OUTPUT/REVISION: the same one may come again"),
    NAME("delivery", "attempt", "delivery.attempt", "1, 2, ..."),
    NAME("delivery", "deadline_ms", "delivery.deadline_ms",
         "how long there is; the script is stopped when nine tenths of it are over"),
    NAME("delivery", "result", "delivery.result", "verbond.result/1 as a table"),
    NAME("delivery", "instrument", "delivery.instrument", "verbond.instrument/1 as a table"),
    NAME("delivery", "blobs", "delivery.blobs",
         "a list of { digest = , type = }: pictures, and the page \"sheet.html\""),

    NAME("host", "name", "host.name", "what this output is called in the configuration"),
    NAME("host", "option", "host.option(name)",
         "its value as a string; nil when it was not set and has no default"),
    NAME("host", "log", "host.log(level, text)",
         "a line for the engine's log; level is debug, info, warn or error"),
    NAME("host", "json", "host.json(value)",
         "canonical JSON: names in order, no blanks, whole numbers exact"),
    NAME("host", "parse", "host.parse(text)", "a value from JSON; nil when it is none"),
    NAME("host", "sheet", "host.sheet(delivery)",
         "the conversation sheet as a page of HTML; nil when it has none, or cannot be read now "
         "(then \"sheet.html\" is in its blobs: retry)"),
    NAME("host", "file", "host.file(option)",
         "the file that an option of type path names; nil when it was not set"),
    NAME("host", "folder", "host.folder(option)",
         "the folder that an option of type path names, made where there is none; nil when it was "
         "not set. Without an option: a folder of this output's own, kept from start to start"),
    NAME("host", "remember", "host.remember(key, value)",
         "keeps the value under the key, durable; a value nil forgets it"),
    NAME("host", "recall", "host.recall(key)", "what was kept under the key; nil: nothing"),

    NAME("file", "append", "file:append(line)", "adds the line and a newline, durable"),
    NAME("file", "read", "file:read()", "everything in it; nil when there is no such file"),
    NAME("file", "lines", "file:lines()",
         "for line in file:lines() do: each whole line without its newline; none when there is no "
         "such file"),
    NAME("file", "replace", "file:replace(text)",
         "the text in the place of everything, in one step and durable; a list of lines is taken "
         "too"),
    NAME("file", "copy", "file:copy(digest)",
         "the blob of this delivery in the place of everything, in one step and durable"),
    NAME("file", "remove", "file:remove()",
         "takes the file away, durable; true when there was one"),

    NAME("folder", "file", "folder:file(name)",
         "a file in it; name is made of letters, digits, dots, - and _, no dot first"),
    NAME("folder", "list", "folder:list()", "the names of its files, in order"),
    { NULL, NULL, NULL, NULL },
};
