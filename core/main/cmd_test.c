/* cmd_test.c - verbond test: an instrument's own tests, walked as answer files are. */
#include <stdio.h>
#include <string.h>

#include "main/command.h"
#include "main/given.h"
#include "main/test_case.h"
#include "main/workplace.h"

struct arguments {
    struct vb_given_paths paths;
    bool verbose;
};
enum { KEY_VERBOSE = 'v', EXIT_FAILED = 1 };
static const struct argp_option options[] = {
    { "verbose", KEY_VERBOSE, NULL, 0,
      "show of every case what came of its answers: path, values, scores, talk", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    (void)arg;
    switch (key) {
    case KEY_VERBOSE:
        arguments->verbose = true;
        break;
    default:
        return vb_given_paths(&arguments->paths, key, state);
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "PATH...",
    "Runs the cases of each instrument's tests.lua and closes with how many passed and failed. "
    "PATH "
    "is an instrument, or a folder of instruments.\v"
    "Ends with 1 when a case failed or a tests.lua has errors, with 4 when an instrument does not "
    "load.",
    NULL,
    NULL,
    NULL
};

struct counts {
    int passed, failed;
    bool verbose;
};

/* Takes findings. Were there errors? */
static bool say_findings(struct vb_findings *findings)
{
    struct vb_buf text = { 0 };
    bool errors = findings->errors > 0;
    vb_findings_sort(findings);
    vb_findings_write(&text, findings, VB_FINDINGS_TEXT);
    if (findings->count > 0)
        vb_workplace_say(stdout, "%s", text.data);
    vb_buf_finish(&text);
    vb_findings_finish(findings);
    return errors;
}

/* A tests.lua with errors is one failed case. */
static enum vb_code run_cases(struct vb_workplace *place, struct vb_plan *plan,
                              const struct vb_source *source, const char *path,
                              struct counts *counts, struct vb_err *err)
{
    struct vb_sandbox_options sandbox = { .limits = vb_limits_load(), .clock = place->env.clock };
    struct vb_findings findings = { 0 };
    struct vb_test_case *tests;
    size_t count;
    enum vb_code rc =
        vb_load_tests(&tests, &count, &place->arena, source, path, &sandbox, &findings, err);
    bool refused = say_findings(&findings);
    if (rc == VB_E_ABSENT) {
        vb_workplace_say(stderr, "%s%s: there is none, so nothing is tested\n", source->shown,
                         path);
        return VB_OK;
    }
    if (rc != VB_OK && refused) {
        counts->failed++;
        return VB_OK;
    }
    for (size_t i = 0; rc == VB_OK && i < count; i++) {
        struct vb_buf said = { 0 }, shown = { 0 };
        bool held = vb_test_case_run(&place->env, plan, path, &tests[i], &said,
                                     counts->verbose ? &shown : NULL);
        *(held ? &counts->passed : &counts->failed) += 1;
        if (!held || counts->verbose)
            vb_workplace_say(stdout, "%s%s:%d: %s%s\n%s%s", source->shown, path, tests[i].line,
                             held ? "passed: " : "", tests[i].name,
                             shown.data == NULL ? "" : shown.data,
                             said.data == NULL ? "" : said.data);
        vb_buf_finish(&said);
        vb_buf_finish(&shown);
    }
    return rc;
}

static enum vb_code test_one(struct vb_workplace *place, const char *name, void *counts,
                             struct vb_err *err)
{
    const char *root, *path;
    struct vb_plan *plan = NULL;
    enum vb_code rc = vb_workplace_find(place, name, &root, &path, err);
    if (rc == VB_OK)
        rc = vb_workplace_load(place, name, &plan, err);
    if (rc != VB_OK)
        return rc;
    struct vb_folder folder = { .root = root };
    struct vb_source source = vb_source_folder(&folder);
    const char *slash = strrchr(path, '/');
    int length = slash == NULL ? 0 : (int)(slash - path + 1);
    const char *tests = vb_arena_printf(&place->arena, "%.*stests.lua", length, path);
    rc = run_cases(place, plan, &source, tests, counts, err);
    vb_plan_release(plan);
    return rc;
}

int vb_cmd_test(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    struct counts counts = { 0 };
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    counts.verbose = arguments.verbose;
    /* Every case has a store of its own in memory: the place for the data does not matter. */
    enum vb_code rc = vb_workplace_begin(&place, ".", &err);
    place.env.sandbox.show_messages = true; /* the answers are the author's own */
    if (rc != VB_OK)
        return vb_workplace_end(&place, rc, &err);
    rc = vb_workplace_each(&place, arguments.paths.list, arguments.paths.count, test_one, &counts);
    printf("%d passed, %d failed\n", counts.passed, counts.failed);
    vb_workplace_end(&place, VB_OK, NULL);
    return rc != VB_OK ? vb_exit_code(rc) : counts.failed > 0 ? EXIT_FAILED : 0;
}
