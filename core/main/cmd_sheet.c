/* cmd_sheet.c - verbond sheet: the conversation sheet of a released round. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "session/named.h"
#include "main/command.h"
#include "main/one_round.h"
#include "main/workplace.h"

struct arguments {
    struct vb_one_round one;
    struct vb_wanted_sheet wanted;
};
enum { KEY_FOR = 300, KEY_LANG, KEY_FORMAT };
static const struct argp_option options[] = {
    { "for", KEY_FOR, "ROLE", 0, "the wording and language of this role first", 0 },
    { "lang", KEY_LANG, "L", 0, "language of the sheet; the first person's when left out", 0 },
    { "format", KEY_FORMAT, "text|html", 0, "plain text, or a page for a screen and for paper", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->one;
        break;
    case KEY_FOR:
        arguments->wanted.for_role = arg;
        break;
    case KEY_LANG:
        arguments->wanted.language = arg;
        break;
    case KEY_FORMAT:
        arguments->wanted.html = vb_streq(arg, "html");
        if (!arguments->wanted.html && !vb_streq(arg, "text"))
            argp_error(state, "there is no format %s; there are text and html", arg);
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
    "Prints the conversation sheet. ROUND is an id, or its first characters (four or more).\v"
    "Before the release it ends with 5: nobody sees anything of it yet.",
    vb_one_round_children,
    NULL,
    NULL
};

static enum vb_code sheet(struct vb_workplace *place, const struct arguments *arguments,
                          struct vb_err *err)
{
    struct vb_round *round = NULL;
    enum vb_code rc = vb_workplace_kept_round(place, arguments->one.round, &round, err);
    if (rc == VB_OK && arguments->wanted.for_role != NULL &&
        strchr(arguments->wanted.for_role, ':') != NULL)
        rc = vb_fail(err, VB_E_DATA, "--for wants a role without a name, such as professional");
    if (rc == VB_OK)
        rc = vb_workplace_role_of(vb_round_plan(round), arguments->wanted.for_role, err);
    if (rc == VB_OK)
        rc = vb_named_language(vb_round_plan(round), arguments->wanted.language, err);
    if (rc == VB_OK)
        rc = vb_workplace_sheet(place, round, &arguments->wanted, err);
    vb_round_destroy(round);
    return rc;
}

int vb_cmd_sheet(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc = vb_workplace_begin(&place, arguments.one.data, &err);
    if (rc == VB_OK)
        rc = sheet(&place, &arguments, &err);
    return vb_workplace_end(&place, rc, &err);
}
