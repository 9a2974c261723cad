/* cmd_output_check.c - verbond output check: does an output keep what the protocol promises? */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "conform/conform.h"
#include "conform/find.h"
#include "main/command.h"
#include "main/outputs.h"
#include "main/workplace.h"

enum { GIVEN_MAX = 64, ONLY_MAX = 64, KEY_OPTION = 256, KEY_ONLY, KEY_JSON, KEY_LIST };
struct arguments {
    const char *path;
    struct vb_conform_given given[GIVEN_MAX];
    size_t given_count;
    const char *only[ONLY_MAX];
    size_t only_count;
    bool json, list;
    struct vb_arena arena;
};
static const struct argp_option options[] = {
    { "option", KEY_OPTION, "KEY=VALUE", 0,
      "set this option so, instead of to its check or example; may stand more than once", 0 },
    { "only", KEY_ONLY, "NAME[,NAME...]", 0, "run these tests and no others", 0 },
    { "list", KEY_LIST, NULL, 0, "list the tests and what they mean; run none", 0 },
    { "json", KEY_JSON, NULL, 0, "print a list of objects: name, meaning, verdict, reason", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static void take_option(struct arguments *arguments, const char *typed, struct argp_state *state)
{
    const char *equals = strchr(typed, '=');
    if (equals == NULL || equals == typed)
        argp_error(state, "--option wants KEY=VALUE, not \"%s\"", typed);
    else if (arguments->given_count == GIVEN_MAX)
        argp_error(state, "--option may stand %d times", GIVEN_MAX);
    else
        arguments->given[arguments->given_count++] = (struct vb_conform_given){
            vb_arena_strndup(&arguments->arena, typed, (size_t)(equals - typed)), equals + 1
        };
}

static void take_only(struct arguments *arguments, const char *typed, struct argp_state *state)
{
    char *names = vb_arena_strdup(&arguments->arena, typed), *rest = NULL;
    for (char *name = strtok_r(names, ",", &rest); name != NULL; name = strtok_r(NULL, ",", &rest))
        if (arguments->only_count == ONLY_MAX)
            argp_error(state, "--only takes %d names", ONLY_MAX);
        else
            arguments->only[arguments->only_count++] = name;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_OPTION:
        take_option(arguments, arg, state);
        break;
    case KEY_ONLY:
        take_only(arguments, arg, state);
        break;
    case KEY_JSON:
        arguments->json = true;
        break;
    case KEY_LIST:
        arguments->list = true;
        break;
    case ARGP_KEY_ARG:
        if (arguments->path != NULL)
            argp_error(state, "one output at a time");
        arguments->path = arg;
        break;
    case ARGP_KEY_END:
        if (arguments->path == NULL && !arguments->list)
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
    "PATH",
    "Runs the conformance suite on an output: a .so, a .lua, a program, or a folder made by "
    "verbond output new, which is built first. Ends with 1 when a test failed.\v"
    "Options are set to what the output says itself (check, else example); paths lie in a folder "
    "of the suite. What each test asks is in docs/reference/conformance.md.",
    NULL,
    NULL,
    NULL
};

/* -- showing ----------------------------------------------------------------------------------- */

static void show(void *ctx, const struct vb_conform_test *test)
{
    static const char *const words[] = { "ok  ", "FAIL", "skip" };
    (void)ctx;
    vb_workplace_say(stdout, "%s  %-21s  %s\n", words[test->verdict], test->name, test->meaning);
    if (test->reason != NULL)
        vb_workplace_say(stdout, "      %s\n", test->reason);
    fflush(stdout);
}

static void show_end(const struct vb_conform_report *report, bool json)
{
    struct vb_buf text = { 0 };
    if (json)
        vb_conform_json(&text, report);
    else
        vb_conform_closing(&text, report);
    fputs(text.data, stdout);
    vb_buf_finish(&text);
}

/* PREFIX/lib/verbond or the tree it was built in: beside the plugins, or beside verbond. */
static const char *find_receiver(struct vb_arena *arena, const char *program)
{
    const char *slash = strrchr(program, '/');
    const char *beside = vb_arena_printf(arena, "%.*s/verbond-receiver",
                                         slash == NULL ? 0 : (int)(slash - program), program);
    const char *installed = VERBOND_PREFIX "/lib/verbond/verbond-receiver";
    if (access(beside, X_OK) == 0)
        return beside;
    return access(installed, X_OK) == 0 ? installed : NULL;
}

static int list(bool json)
{
    struct vb_conform_report report = { 0 };
    struct vb_buf text = { 0 };
    vb_conform_tests(&report);
    if (json)
        vb_conform_json(&text, &report);
    for (size_t i = 0; !json && i < report.count; i++)
        vb_buf_printf(&text, "%-21s  %s\n", report.tests[i].name, report.tests[i].meaning);
    fputs(text.data, stdout);
    vb_buf_finish(&text);
    vb_conform_report_finish(&report);
    return 0;
}

/* -- running ----------------------------------------------------------------------------------- */

static enum vb_code check(struct vb_workplace *place, const struct arguments *arguments,
                          struct vb_conform_report *report, struct vb_err *err)
{
    struct vb_conform_found found;
    const char *program = vb_workplace_program(place);
    enum vb_code code = vb_workplace_loop(place, err);
    if (code == VB_OK)
        code = vb_conform_find(&found, arguments->path, program, &place->arena, err);
    if (code != VB_OK)
        return code;
    return vb_conform_run(report,
                          &(struct vb_conform_options){
                              .loop = place->loop,
                              .program = program,
                              .plugin = found.plugin,
                              .output = found.output,
                              .receiver = find_receiver(&place->arena, program),
                              .given = arguments->given,
                              .given_count = arguments->given_count,
                              .only = arguments->only,
                              .only_count = arguments->only_count,
                              .told = arguments->json ? NULL : show,
                          },
                          err);
}

int vb_cmd_output_check(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_conform_report report = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    if (arguments.list)
        return list(arguments.json);
    /* Nothing that is kept is opened: the place for the data does not matter. */
    enum vb_code code = vb_workplace_begin(&place, ".", &err);
    if (code == VB_OK)
        code = check(&place, &arguments, &report, &err);
    if (code == VB_OK)
        show_end(&report, arguments.json);
    bool failed = report.failed > 0;
    vb_conform_report_finish(&report);
    vb_arena_finish(&arguments.arena);
    int exit_code = vb_workplace_end(&place, code, &err);
    return exit_code == 0 && failed ? 1 : exit_code;
}
