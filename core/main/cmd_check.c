/* cmd_check.c - verbond check: everything that is wrong in an instrument, at once. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "lint/lint.h"
#include "main/command.h"
#include "main/given.h"
#include "main/workplace.h"

struct arguments {
    struct vb_given_paths paths;
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
    default:
        return vb_given_paths(&arguments->paths, key, state);
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "PATH...",
    "Loads instruments and says everything that is wrong: file, line, what, and the mend. PATH is "
    "an instrument, or a folder of instruments.\v"
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

struct check {
    struct vb_workplace *place;
    struct vb_findings all;
    int looked_at;
    bool several; /* more than one path was given */
};

/* Where the id is written first, to point at it. */
static int line_of_id(const struct vb_plan *plan)
{
    int line = 1;
    struct vb_buf id = { 0 };
    vb_buf_printf(&id, "\"%s\"", plan->id);
    for (int i = 0; i < plan->file_count; i++) {
        const char *bytes = plan->files[i].bytes;
        const char *at =
            vb_streq(plan->files[i].path, plan->main_path) ? strstr(bytes, id.data) : NULL;
        for (; at != NULL && bytes < at; bytes++)
            line += *bytes == '\n';
    }
    vb_buf_finish(&id);
    return line;
}

/* Others find it by its folder, and its rounds by its id. path: FOLDER/instrument.lua. */
static void check_folder(struct vb_findings *findings, const struct vb_plan *plan,
                         const struct vb_source *source, const char *path)
{
    size_t len = strcspn(path, "/");
    if (path[len] == '\0' || (strlen(plan->id) == len && strncmp(plan->id, path, len) == 0))
        return;
    struct vb_buf file = { 0 }, mend = { 0 };
    vb_buf_printf(&file, "%s%s", source->shown, path);
    vb_buf_printf(&mend, "call the folder %s, or write id = \"%.*s\"", plan->id, (int)len, path);
    vb_findings_add(findings, VB_WARNING, "folder-name", file.data, line_of_id(plan), mend.data,
                    "the id is \"%s\", and the folder is called %.*s", plan->id, (int)len, path);
    vb_buf_finish(&file);
    vb_buf_finish(&mend);
}

/* Errors in the files are findings, not an error of check itself. */
static enum vb_code check_one(struct check *check, const char *name, struct vb_err *err)
{
    const char *root, *path;
    struct vb_workplace *place = check->place;
    enum vb_code rc = vb_workplace_find(place, name, &root, &path, err);
    if (rc != VB_OK)
        return rc;
    struct vb_folder folder = { .root = root };
    struct vb_source source = vb_source_folder(&folder);
    struct vb_sandbox_options sandbox = { .limits = vb_limits_load(), .clock = place->env.clock };
    struct vb_findings findings = { 0 };
    struct vb_plan *plan = NULL;
    check->looked_at++;
    rc = vb_load(&plan, &source, path, &sandbox, &findings, err);
    if (rc == VB_OK) {
        check_folder(&findings, plan, &source, path);
        vb_lint(plan, source.shown, &findings);
    } else if (findings.errors > 0) {
        rc = VB_OK;
    }
    vb_findings_sort(&findings);
    copy_findings(&check->all, &findings);
    if (rc == VB_OK && findings.errors == 0)
        vb_workplace_say(stderr, "%s%s: %s %s, %d items, %d warning%s\n", source.shown, path,
                         plan->id, plan->version, plan->item_count, findings.warnings,
                         findings.warnings == 1 ? "" : "s");
    vb_plan_release(plan);
    vb_findings_finish(&findings);
    return rc;
}

/* An instrument, or a folder of them. */
static enum vb_code check_path(struct check *check, const char *name, struct vb_err *err)
{
    const char **names;
    int count;
    enum vb_code rc =
        vb_workplace_instruments(check->place, name, check->several, &names, &count, err);
    for (int i = 0; rc == VB_OK && i < count; i++)
        rc = check_one(check, names[i], err);
    return rc;
}

int vb_cmd_check(int argc, char **argv)
{
    struct arguments arguments = { .format = VB_FINDINGS_TEXT };
    struct vb_workplace place;
    struct vb_err err;
    struct vb_buf text = { 0 };
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    /* No store is opened: the place for the data does not matter. */
    enum vb_code rc = vb_workplace_begin(&place, ".", &err);
    struct check check = { .place = &place, .several = arguments.paths.count > 1 };
    for (int i = 0; rc == VB_OK && i < arguments.paths.count; i++)
        rc = check_path(&check, arguments.paths.list[i], &err);
    if (rc == VB_OK && check.looked_at == 0)
        rc = vb_fail(&err, VB_E_ABSENT, "there is no instrument in any of these");
    vb_findings_write(&text, &check.all, arguments.format);
    if (arguments.format == VB_FINDINGS_JSON)
        vb_workplace_print(&text);
    else if (text.len > 0)
        vb_workplace_say(stdout, "%s", text.data);
    fflush(stdout); /* the last word comes last, also in one pipe */
    if (arguments.format == VB_FINDINGS_TEXT && check.all.count > 0)
        vb_workplace_say(stderr, "verbond explain CODE says more, such as: verbond explain %s\n",
                         check.all.list[0].code);
    bool found = check.all.errors > 0 || (arguments.strict && check.all.warnings > 0);
    vb_buf_finish(&text);
    vb_findings_finish(&check.all);
    int code = vb_workplace_end(&place, rc, &err);
    return code != 0 ? code : found ? EXIT_FOUND : 0;
}
