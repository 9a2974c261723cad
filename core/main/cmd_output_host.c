/* cmd_output_host.c - verbond output-host: the process of one output. verbond starts it by itself.
 */
#include <stdlib.h>

#include "main/command.h"
#include "outbox/host.h"

struct arguments {
    const char *file;
    size_t memory_max;
};
enum { KEY_MEMORY = 256 };
static const struct argp_option options[] = {
    { "memory", KEY_MEMORY, "BYTES", 0,
      "how much memory it may ask for; all there is when left out", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    char *end;
    switch (key) {
    case KEY_MEMORY:
        arguments->memory_max = strtoull(arg, &end, 10);
        if (arguments->memory_max == 0 || *end != '\0')
            argp_error(state, "--memory wants a number of bytes");
        break;
    case ARGP_KEY_ARG:
        if (arguments->file != NULL)
            argp_error(state, "one file at a time");
        arguments->file = arg;
        break;
    case ARGP_KEY_END:
        if (arguments->file == NULL)
            argp_error(state, "which output?");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "FILE",
    "Speaks for one output: a C plugin (FILE.so), one in Lua (FILE.lua) or a program, which takes "
    "this "
    "process's place. "
    "verbond starts it by itself, one for every output.\v"
    "It takes lines of JSON from its input and answers on its output; docs/reference/output.md is "
    "what they say.",
    NULL,
    NULL,
    NULL
};

int vb_cmd_output_host(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    return vb_output_host(arguments.file, arguments.memory_max);
}
