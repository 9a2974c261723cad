/* cmd_explore.c - verbond explore: every path through an instrument. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "author/explore.h"
#include "main/command.h"
#include "main/given.h"
#include "main/workplace.h"

struct arguments {
    struct vb_given_paths paths;
    bool json;
    bool found; /* something is wrong in one of them */
    struct vb_explore_options options;
};
enum { KEY_JSON = 256, KEY_ROLE, KEY_FORM, KEY_LIMIT, EXIT_FOUND = 1, DEADLINE_MS = 60000 };
static const struct argp_option options[] = {
    { "json", KEY_JSON, NULL, 0, "one JSON object a line for each instrument", 0 },
    { "role", KEY_ROLE, "R", 0, "only sessions of this role", 0 },
    { "form", KEY_FORM, "F", 0, "only sessions with this form", 0 },
    { "limit", KEY_LIMIT, "N", 0, "at most so many paths: 1000000 when left out", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static int64_t read_limit(const char *arg, struct argp_state *state)
{
    char *end;
    errno = 0;
    long long limit = strtoll(arg, &end, 10);
    if (errno != 0 || *end != '\0' || end == arg || limit < 1)
        argp_error(state, "--limit takes a whole number from 1 on, not %s", arg);
    return limit;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_JSON:
        arguments->json = true;
        break;
    case KEY_ROLE:
        arguments->options.role = arg;
        break;
    case KEY_FORM:
        arguments->options.form = arg;
        break;
    case KEY_LIMIT:
        arguments->options.limit = read_limit(arg, state);
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
    "Walks every path through an instrument, each twice, and says which items no path reaches, "
    "where a path breaks off, and whether the same answers always lead to the same. PATH is an "
    "instrument, or a folder of instruments.\v"
    "Ends with 1 when something of that is wrong, with 4 when an instrument does not load. That "
    "the limit came first is said and is not wrong by itself.",
    NULL,
    NULL,
    NULL
};

static enum vb_code explore_one(struct vb_workplace *place, const char *name, void *ctx,
                                struct vb_err *err)
{
    struct arguments *arguments = ctx;
    const char *root, *path;
    struct vb_plan *plan = NULL;
    struct vb_explored explored;
    struct vb_buf text = { 0 };
    enum vb_code rc = vb_workplace_find(place, name, &root, &path, err);
    if (rc == VB_OK)
        rc = vb_workplace_load(place, name, &plan, err);
    if (rc != VB_OK)
        return rc;
    struct vb_folder folder = { .root = root };
    struct vb_source source = vb_source_folder(&folder);
    rc = vb_explore(&explored, plan, &arguments->options, err);
    if (rc == VB_OK && !vb_explored_well(&explored, plan))
        arguments->found = true;
    if (rc == VB_OK && arguments->json) {
        vb_explored_json(&text, &explored, plan);
        vb_workplace_print(&text);
    } else if (rc == VB_OK) {
        vb_explored_text(&text, &explored, plan, source.shown);
        vb_workplace_say(stdout, "%s", text.data);
    }
    vb_buf_finish(&text);
    vb_explored_finish(&explored);
    vb_plan_release(plan);
    return rc;
}

int vb_cmd_explore(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    /* No store is opened: the place for the data does not matter. */
    enum vb_code rc = vb_workplace_begin(&place, ".", &err);
    struct vb_sandbox_options sandbox = place.env.sandbox;
    sandbox.show_messages = true; /* the answers are nobody's */
    /* Fuel ends a flow here as anywhere; the time that a busy machine takes does not. */
    sandbox.limits.deadline_ms = DEADLINE_MS;
    arguments.options.sandbox = arguments.options.again = sandbox;
    if (rc != VB_OK)
        return vb_workplace_end(&place, rc, &err);
    rc = vb_workplace_each(&place, arguments.paths.list, arguments.paths.count, explore_one,
                           &arguments);
    vb_workplace_end(&place, VB_OK, NULL);
    return rc != VB_OK ? vb_exit_code(rc) : arguments.found ? EXIT_FOUND : 0;
}
