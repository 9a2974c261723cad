/* cmd_output.c - verbond output: its verbs, a file each. */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "main/command.h"

static const struct vb_command verbs[] = {
    { "list", "the plugins there are, what they take, and what is configured", vb_cmd_output_list },
    { "new", "make a first output that works, to change into your own", vb_cmd_output_new },
    { "check", "run the conformance suite on an output", vb_cmd_output_check },
    { NULL, NULL, NULL },
};
enum { VERBS = sizeof verbs / sizeof verbs[0] - 1, NAME_MAX_BYTES = 32 };

static void usage(FILE *out)
{
    fputs("Usage: verbond output VERB [OPTION...]\n"
          "Where results go: plugins in C, in Lua, or any program.\n\n",
          out);
    for (int i = 0; i < VERBS; i++)
        fprintf(out, "  %-6s %s\n", verbs[i].name, verbs[i].summary);
    fputs("\n  --help on each says more; docs/how-to/integrate.md leads through them\n", out);
}

static int unknown(const char *name)
{
    const char *names[VERBS + 1];
    for (int i = 0; i < VERBS; i++)
        names[i] = verbs[i].name;
    const char *meant = vb_did_you_mean(name, names, VERBS);
    fprintf(stderr, "verbond output: there is no verb %s", name);
    if (meant != NULL)
        fprintf(stderr, "; did you mean %s?\n", meant);
    else
        fputs("; verbond output --help lists them\n", stderr);
    return vb_exit_code(VB_E_USAGE);
}

int vb_cmd_output(int argc, char **argv)
{
    if (argc < 2) {
        usage(stderr);
        return vb_exit_code(VB_E_USAGE);
    }
    if (vb_streq(argv[1], "--help") || vb_streq(argv[1], "-?")) {
        usage(stdout);
        return 0;
    }
    for (int i = 0; i < VERBS; i++) {
        if (!vb_streq(verbs[i].name, argv[1]))
            continue;
        char name[NAME_MAX_BYTES];
        snprintf(name, sizeof name, "verbond output %s", verbs[i].name);
        argv[1] = name;
        return verbs[i].main(argc - 1, argv + 1);
    }
    return unknown(argv[1]);
}
