/* cmd_invite.c - verbond invite: a link and a short code that open one person's turn in a round. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "main/command.h"
#include "main/one_round.h"
#include "main/workplace.h"
#include "serve/invite.h"
#include "session/named.h"

struct arguments {
    struct vb_one_round one;
    const char *as, *language, *origin;
    long hours;
    bool json;
};
enum { KEY_AS = 300, KEY_LANG, KEY_HOURS, KEY_ORIGIN, KEY_JSON };
static const struct argp_option options[] = {
    { "as", KEY_AS, "ROLE[:LABEL]", 0, "for whom", 0 },
    { "lang", KEY_LANG, "LANG", 0, "the language it begins in; else the person chooses", 0 },
    { "hours", KEY_HOURS, "N", 0, "how long it opens something: 1 to 1440, 168 unless said", 0 },
    { "origin", KEY_ORIGIN, "URL", 0,
      "how browsers call the web runner: http://127.0.0.1:8480 unless said", 0 },
    { "json", KEY_JSON, NULL, 0, "as JSON, the form that stays the same", 0 },
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
    case KEY_AS:
        arguments->as = arg;
        break;
    case KEY_LANG:
        arguments->language = arg;
        break;
    case KEY_HOURS:
        arguments->hours = strtol(arg, &end, 10);
        if (*arg == '\0' || *end != '\0' || arguments->hours < 1 ||
            arguments->hours > VB_INVITATION_HOURS_MOST)
            argp_error(state, "--hours wants 1 to %d", VB_INVITATION_HOURS_MOST);
        break;
    case KEY_ORIGIN:
        arguments->origin = arg;
        break;
    case KEY_JSON:
        arguments->json = true;
        break;
    case ARGP_KEY_END:
        if (arguments->as == NULL)
            argp_error(state, "for whom? --as ROLE[:LABEL]");
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
    "Makes an invitation for one person to this round: a link and a short code, shown once.\v"
    "Both open the same turn, also on a second device. It ends with its time, when it is withdrawn "
    "and when the round closes.",
    vb_one_round_children,
    NULL,
    NULL
};

/* "https://praat.example", nothing behind it: the link hangs on it. */
static enum vb_code check_origin(const char *origin, struct vb_err *err)
{
    const char *host = vb_starts_with(origin, "https://")  ? origin + 8
                       : vb_starts_with(origin, "http://") ? origin + 7
                                                           : "";
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  ".-:[]";
    if (host[0] != '\0' && strspn(host, letters) == strlen(host))
        return VB_OK;
    return vb_fail(err, VB_E_USAGE, "--origin wants http:// or https:// and a host, not \"%.80s\"",
                   origin);
}

static void say(struct vb_workplace *place, const struct arguments *arguments,
                const struct vb_invitation *invitation, const char *token, const char *code)
{
    char id[VB_INVITATION_ID_SIZE], until[VB_TIME_SIZE];
    const char *link = vb_arena_printf(
        &place->arena, "%s/i#%s",
        arguments->origin == NULL ? "http://127.0.0.1:8480" : arguments->origin, token);
    struct vb_buf out = { 0 };
    vb_invitation_id(token, id);
    vb_time_format(invitation->until_wall_ms, until);
    if (!arguments->json) {
        vb_workplace_say(stdout, "%s\n%s\n", link, code);
        fprintf(stderr, "until %s; shown this once\n", until);
        return;
    }
    vb_json_put_text(&out, "{\"round\":", invitation->round);
    vb_json_put_text(&out, ",\"id\":", id);
    vb_json_put_text(&out, ",\"link\":", link);
    vb_json_put_text(&out, ",\"code\":", code);
    vb_json_put_text(&out, ",\"until\":", until);
    vb_buf_puts(&out, "}\n");
    vb_workplace_print(&out);
    vb_buf_finish(&out);
}

/* ROLE[:LABEL] in two; both in the workplace's arena. */
static void part(struct vb_workplace *place, const char *as, struct vb_invitation *out)
{
    size_t len = strcspn(as, ":");
    out->role = vb_arena_strndup(&place->arena, as, len);
    out->label = as[len] == ':' ? vb_arena_strdup(&place->arena, as + len + 1) : NULL;
}

static enum vb_code invite(struct vb_workplace *place, struct arguments *arguments,
                           struct vb_err *err)
{
    struct vb_inviting in = { .env = &place->env };
    struct vb_invitation invitation = { .language = arguments->language };
    struct vb_round *round = NULL;
    char token[VB_TOKEN_SIZE], code_shown[VB_SHORT_CODE_SIZE];
    enum vb_code code = arguments->origin == NULL ? VB_OK : check_origin(arguments->origin, err);
    if (code == VB_OK)
        code = vb_workplace_who(place, &arguments->as, err);
    if (code == VB_OK)
        code = vb_workplace_kept_round(place, arguments->one.round, &round, err);
    if (code == VB_OK)
        code = vb_workplace_role_of(vb_round_plan(round), arguments->as, err);
    if (code == VB_OK)
        code = vb_named_language(vb_round_plan(round), arguments->language, err);
    if (code == VB_OK) {
        long hours = arguments->hours == 0 ? VB_INVITATION_HOURS : arguments->hours;
        part(place, arguments->as, &invitation);
        in.store = place->store;
        invitation.round = vb_round_row(round)->id;
        invitation.by = place->env.by;
        invitation.until_wall_ms =
            place->env.clock.wall_ms(place->env.clock.ctx) + hours * INT64_C(3600000);
        code = vb_invite(&in, &invitation, token, code_shown, err);
    }
    if (code == VB_OK)
        say(place, arguments, &invitation, token, code_shown);
    vb_round_destroy(round);
    return code;
}

int vb_cmd_invite(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code code = vb_workplace_begin(&place, arguments.one.data, &err);
    if (code == VB_OK)
        code = invite(&place, &arguments, &err);
    return vb_workplace_end(&place, code, &err);
}
