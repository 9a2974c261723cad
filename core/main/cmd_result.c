/* cmd_result.c - verbond result: the result of a released round, verbond.result/1. */
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "main/command.h"
#include "main/one_round.h"
#include "main/workplace.h"

struct arguments {
    struct vb_one_round one;
    int revision;        /* 0: the newest */
    const char *purpose; /* "research", "dossier"; NULL: what everybody of the round sees */
};
enum { KEY_REVISION = 300, KEY_PURPOSE, REVISION_MAX = 1000000 };
static const struct argp_option options[] = {
    { "revision", KEY_REVISION, "N", 0, "this revision; the newest when left out", 0 },
    { "purpose", KEY_PURPOSE, "research|dossier", 0,
      "only persons who said yes to that: for research with the reasons for no answer, for a "
      "dossier "
      "without friction, open text and drawings",
      0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    char *end;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->one;
        break;
    case KEY_REVISION: {
        long number = strtol(arg, &end, 10);
        if (*end != '\0' || end == arg || number < 1 || number > REVISION_MAX)
            argp_error(state, "--revision wants a number from 1, not %s", arg);
        arguments->revision = (int)number;
        break;
    }
    case KEY_PURPOSE:
        if (!vb_streq(arg, "research") && !vb_streq(arg, "dossier"))
            argp_error(state, "there is no purpose %s here; there are research and dossier", arg);
        arguments->purpose = arg;
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "ROUND",
    "Prints the result as one line of JSON (docs/reference/result.schema.json).\v"
    "The same round and revision always give the same bytes. Before the release it ends with 5, "
    "and so does --purpose when nobody said yes to that.",
    vb_one_round_children,
    NULL,
    NULL
};

static enum vb_code result_of(struct vb_workplace *place, struct vb_round *round,
                              const struct arguments *arguments, struct vb_result *out,
                              struct vb_err *err)
{
    if (vb_streq(arguments->purpose, "research"))
        return vb_round_research(round, arguments->revision, &place->arena, out, err);
    if (vb_streq(arguments->purpose, "dossier"))
        return vb_round_dossier(round, arguments->revision, &place->arena, out, err);
    return vb_round_result(round, arguments->revision, &place->arena, out, err);
}

static const char *action_of(const struct arguments *arguments)
{
    return vb_streq(arguments->purpose, "research")  ? "result --purpose research"
           : vb_streq(arguments->purpose, "dossier") ? "result --purpose dossier"
                                                     : "result";
}

static enum vb_code result(struct vb_workplace *place, const struct arguments *arguments,
                           struct vb_err *err)
{
    struct vb_round *round = NULL;
    struct vb_result of;
    struct vb_buf text = { 0 };
    enum vb_code rc = vb_workplace_kept_round(place, arguments->one.round, &round, err);
    if (rc == VB_OK)
        rc = result_of(place, round, arguments, &of, err);
    if (rc == VB_OK)
        rc = vb_workplace_audit(place, action_of(arguments), vb_round_row(round)->id, err);
    if (rc == VB_OK) {
        vb_result_write(&text, &of, VB_CONTENT_ITEMS);
        vb_buf_putc(&text, '\n');
        vb_workplace_print(&text);
    }
    vb_buf_finish(&text);
    vb_round_destroy(round);
    return rc;
}

int vb_cmd_result(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc = vb_workplace_begin(&place, arguments.one.data, &err);
    if (rc == VB_OK)
        rc = result(&place, &arguments, &err);
    return vb_workplace_end(&place, rc, &err);
}
