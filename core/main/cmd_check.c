/* cmd_check.c - verbond check: everything that is wrong in an instrument, at once. */
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "main/command.h"
#include "main/workplace.h"

struct arguments {
    char **paths; /* within argv */
    int count;
    enum vb_findings_format format;
    bool strict;
};
enum { KEY_FORMAT = 256, KEY_STRICT, EXIT_FOUND = 1 };
static const struct argp_option options[] = {
    { "format", KEY_FORMAT, "text|gcc|json", 0, "how findings are written: text (so when left out)",
      0 },
    { "strict", KEY_STRICT, NULL, 0, "warnings count as errors", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_FORMAT:
        if (vb_streq(arg, "text"))
            arguments->format = VB_FINDINGS_TEXT;
        else if (vb_streq(arg, "gcc"))
            arguments->format = VB_FINDINGS_GCC;
        else if (vb_streq(arg, "json"))
            arguments->format = VB_FINDINGS_JSON;
        else
            argp_error(state, "there is no format %s; there are text, gcc and json", arg);
        break;
    case KEY_STRICT:
        arguments->strict = true;
        break;
    case ARGP_KEY_ARGS:
        arguments->paths = state->argv + state->next;
        arguments->count = state->argc - state->next;
        break;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which instrument? Its name, or a path to its folder");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "PATH...",
    "Loads instruments and says everything that is wrong: file, line, what, and the mend.\v"
    "Ends with 1 when there are errors (with --strict: or warnings), with 4 when a path is no "
    "instrument.",
    NULL,
    NULL,
    NULL
};

static void copy_findings(struct vb_findings *to, const struct vb_findings *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct vb_finding *found = &from->list[i];
        vb_findings_add(to, found->level, found->code, found->file, found->line, found->mend, "%s",
                        found->message);
        to->list[to->count - 1].column = found->column;
    }
}

/* Errors in the files are findings, not an error of check itself. */
static enum vb_code check_one(struct vb_workplace *place, const char *name, struct vb_findings *all,
                              struct vb_err *err)
{
    const char *root, *path;
    enum vb_code rc = vb_instrument_find(name, &place->arena, &root, &path, err);
    if (rc != VB_OK)
        return rc;
    struct vb_folder folder = { .root = root };
    struct vb_source source = vb_source_folder(&folder);
    struct vb_sandbox_options sandbox = { .limits = vb_limits_load(), .clock = place->env.clock };
    struct vb_findings findings = { 0 };
    struct vb_plan *plan = NULL;
    rc = vb_load(&plan, &source, path, &sandbox, &findings, err);
    if (rc != VB_OK && findings.errors > 0)
        rc = VB_OK;
    vb_findings_sort(&findings);
    copy_findings(all, &findings);
    if (rc == VB_OK && findings.errors == 0)
        vb_workplace_say(stderr, "%s%s: %s %s, %d items, %d warnings\n", source.shown, path,
                         plan->id, plan->version, plan->item_count, findings.warnings);
    vb_plan_release(plan);
    vb_findings_finish(&findings);
    return rc;
}

int vb_cmd_check(int argc, char **argv)
{
    struct arguments arguments = { .format = VB_FINDINGS_TEXT };
    struct vb_workplace place;
    struct vb_err err;
    struct vb_findings all = { 0 };
    struct vb_buf text = { 0 };
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    /* No store is opened: the place for the data does not matter. */
    enum vb_code rc = vb_workplace_begin(&place, ".", &err);
    for (int i = 0; rc == VB_OK && i < arguments.count; i++)
        rc = check_one(&place, arguments.paths[i], &all, &err);
    vb_findings_write(&text, &all, arguments.format);
    if (arguments.format == VB_FINDINGS_JSON)
        vb_workplace_print(&text);
    else if (text.len > 0)
        vb_workplace_say(stdout, "%s", text.data);
    bool found = all.errors > 0 || (arguments.strict && all.warnings > 0);
    vb_buf_finish(&text);
    vb_findings_finish(&all);
    int code = vb_workplace_end(&place, rc, &err);
    return code != 0 ? code : found ? EXIT_FOUND : 0;
}
