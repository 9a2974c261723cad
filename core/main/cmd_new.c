/* cmd_new.c - verbond new: a first instrument that works, and an editor that knows the words. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "author/scaffold.h"
#include "base/str.h"
#include "main/command.h"
#include "main/workplace.h"

struct arguments {
    const char *what, *name, *kind;
};
enum { KEY_KIND = 256 };
static const struct argp_option options[] = {
    { "kind", KEY_KIND, "KIND", 0, "likert (so when left out), family, drawing or scripted", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static void take_word(struct arguments *arguments, const char *word, struct argp_state *state)
{
    if (arguments->what == NULL)
        arguments->what = word;
    else if (arguments->name == NULL)
        arguments->name = word;
    else
        argp_error(state, "one at a time");
}

static void check_words(const struct arguments *arguments, struct argp_state *state)
{
    bool instrument = vb_streq(arguments->what, "instrument");
    if (!instrument && !vb_streq(arguments->what, "editor-kit"))
        argp_error(state, "a new what? verbond new instrument NAME, or verbond new editor-kit");
    if (instrument && arguments->name == NULL)
        argp_error(state, "what is it called? verbond new instrument NAME");
    if (!instrument && arguments->kind != NULL)
        argp_error(state, "an editor kit has no --kind");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_KIND:
        arguments->kind = arg;
        break;
    case ARGP_KEY_ARG:
        take_word(arguments, arg, state);
        break;
    case ARGP_KEY_END:
        check_words(arguments, state);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "instrument NAME\neditor-kit [DIR]",
    "Makes a folder NAME with an instrument that works, to change into your own; in ./instruments "
    "when that is there, else here. An editor kit comes with it: files that let an editor complete "
    "names and show what is wrong.\v"
    "Nothing that is there is written over. Ends with 2 when NAME cannot be one, with 4 when it is "
    "there already.",
    NULL,
    NULL,
    NULL
};

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static void say_kept(const struct vb_buf *kept)
{
    for (const char *at = kept->data; at != NULL && *at != '\0';) {
        size_t len = strcspn(at, "\n");
        vb_workplace_say(stderr, "%.*s was there already, and stays as it is\n", (int)len, at);
        at += len + 1;
    }
}

static void say_next(const char *root, const char *name)
{
    struct vb_buf path = { 0 };
    vb_scaffold_path(&path, root, name);
    vb_workplace_say(stderr,
                     "\n%s is yours now, and it works. Look at what it does:\n"
                     "  verbond check %s\n"
                     "  verbond test %s\n"
                     "  verbond run %s --answers %s/example.json\n"
                     "Then open %s/instrument.lua and make it say what you want to ask.\n",
                     name, path.data, path.data, path.data, path.data, path.data);
    vb_buf_finish(&path);
}

static enum vb_code make(const struct arguments *arguments, struct vb_err *err)
{
    bool instrument = vb_streq(arguments->what, "instrument");
    const char *root = is_folder("instruments") ? "instruments" : ".";
    const char *kind = arguments->kind == NULL ? vb_scaffold_kinds[0].name : arguments->kind;
    struct vb_buf written = { 0 }, kept = { 0 };
    enum vb_code rc = VB_OK;
    if (instrument)
        rc = vb_scaffold_instrument(root, arguments->name, kind, &written, err);
    else if (arguments->name != NULL)
        root = arguments->name;
    if (rc == VB_OK)
        rc = vb_scaffold_editor(root, &written, &kept, err);
    if (written.len > 0)
        vb_workplace_print(&written);
    fflush(stdout); /* before what is said of it */
    if (rc == VB_OK && instrument)
        say_next(root, arguments->name);
    else if (rc == VB_OK)
        say_kept(&kept);
    vb_buf_finish(&written);
    vb_buf_finish(&kept);
    return rc;
}

int vb_cmd_new(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc = make(&arguments, &err);
    if (rc != VB_OK)
        vb_workplace_say(stderr, "verbond: %s\n", err.text);
    return vb_exit_code(rc);
}
