/* cmd_output_new.c - verbond output new: a first output that works, to change into your own. */
#include <stdio.h>

#include "author/scaffold.h"
#include "base/str.h"
#include "main/command.h"
#include "main/workplace.h"

struct arguments {
    const char *name, *language, *root;
};
enum { KEY_LANG = 256, KEY_DIR };
static const struct argp_option options[] = {
    { "lang", KEY_LANG, "LANG", 0, "c, lua, or exec: any program, here in Python", 0 },
    { "dir", KEY_DIR, "DIR", 0, "where the folder is made; here when left out", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_LANG:
        arguments->language = arg;
        break;
    case KEY_DIR:
        arguments->root = arg;
        break;
    case ARGP_KEY_ARG:
        if (arguments->name != NULL)
            argp_error(state, "one at a time");
        arguments->name = arg;
        break;
    case ARGP_KEY_END:
        if (arguments->name == NULL)
            argp_error(state, "what is it called? verbond output new NAME --lang c|lua|exec");
        if (arguments->language == NULL)
            argp_error(state, "in which language? --lang c, --lang lua or --lang exec");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "NAME",
    "Makes a folder NAME with an output that works: a file for each round, in a folder. It is "
    "yours "
    "to change.\v"
    "Nothing that is there is written over. Ends with 2 when NAME cannot be one, with 4 when it is "
    "there already.",
    NULL,
    NULL,
    NULL
};

static void say_next(const char *root, const char *name, const char *language)
{
    struct vb_buf path = { 0 };
    const char *end = vb_streq(language, "c") ? ".so" : vb_streq(language, "lua") ? ".lua" : "";
    vb_scaffold_path(&path, root, name);
    vb_workplace_say(stderr, "\n%s is yours now, and it works:\n", name);
    if (vb_streq(language, "c"))
        vb_workplace_say(stderr, "  make -C %s\n", path.data);
    vb_workplace_say(stderr,
                     "  verbond output check %s\n"
                     "  verbond run INSTRUMENT --output %s%s/%s%s:folder=rounds\n"
                     "%s/README.md says what it does.\n",
                     path.data, root[0] == '/' ? "" : "./", path.data, name, end, path.data);
    vb_buf_finish(&path);
}

int vb_cmd_output_new(int argc, char **argv)
{
    struct arguments arguments = { .root = "." };
    struct vb_buf written = { 0 };
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc =
        vb_scaffold_output(arguments.root, arguments.name, arguments.language, &written, &err);
    if (written.len > 0)
        vb_workplace_print(&written);
    fflush(stdout); /* before what is said of it */
    if (rc == VB_OK)
        say_next(arguments.root, arguments.name, arguments.language);
    else
        vb_workplace_say(stderr, "verbond: %s\n", err.text);
    vb_buf_finish(&written);
    return vb_exit_code(rc);
}
