/* cmd_staff.c - verbond staff: who may come in by name and password, and to what. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "main/command.h"
#include "main/staff.h"

enum doing { NOTHING, ADD, LIST, PASSWORD, ROLE, DISABLE, ENABLE, TOTP, ASSIGN };
static const struct {
    const char *word;
    enum doing doing;
    int words; /* behind it */
} doings[] = {
    { "add", ADD, 1 },   { "list", LIST, 0 },       { "password", PASSWORD, 1 },
    { "role", ROLE, 2 }, { "disable", DISABLE, 1 }, { "enable", ENABLE, 1 },
    { "totp", TOTP, 1 }, { "assign", ASSIGN, 2 },
};
enum { DOINGS = sizeof doings / sizeof *doings };

struct arguments {
    enum doing doing;
    int want, words;
    const char *name, *second; /* roles, or a case */
    const char *roles, *password_file, *data;
    bool json, off, end;
};
enum { KEY_ROLE = 256, KEY_FILE, KEY_OFF, KEY_END, KEY_JSON, KEY_DATA };
static const struct argp_option options[] = {
    { "role", KEY_ROLE, "ROLE[,ROLE...]", 0,
      "with add: worker, convenor, researcher, privacy, admin", 0 },
    { "password-file", KEY_FILE, "FILE", 0,
      "the password is the first line of FILE; else it is asked for, or made and printed once", 0 },
    { "off", KEY_OFF, NULL, 0, "with totp: no code is asked for any more", 0 },
    { "end", KEY_END, NULL, 0, "with assign: the case is theirs no longer", 0 },
    { "json", KEY_JSON, NULL, 0, "the list as JSON, the form that stays the same", 0 },
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static void take_word(struct arguments *arguments, const char *word, struct argp_state *state)
{
    const char *words[DOINGS];
    if (arguments->doing == NOTHING) {
        for (int i = 0; i < DOINGS; i++) {
            words[i] = doings[i].word;
            if (!vb_streq(word, doings[i].word))
                continue;
            arguments->doing = doings[i].doing;
            arguments->want = doings[i].words;
            return;
        }
        const char *near = vb_did_you_mean(word, words, DOINGS);
        argp_error(state, "staff does not know %.40s%s%s%s", word,
                   near == NULL ? "" : "; do you mean ", near == NULL ? "" : near,
                   near == NULL ? "" : "?");
    }
    if (arguments->words == arguments->want)
        argp_error(state, "%.40s is one word too many", word);
    if (arguments->words++ == 0)
        arguments->name = word;
    else
        arguments->second = word;
}

static void check_words(const struct arguments *arguments, struct argp_state *state)
{
    if (arguments->doing == NOTHING)
        argp_error(state, "add, list, password, role, disable, enable, totp or assign?");
    if (arguments->words < arguments->want)
        argp_error(state, arguments->words == 0      ? "whose account?"
                          : arguments->doing == ROLE ? "which roles?"
                                                     : "which case?");
    if (arguments->doing == ADD && arguments->roles == NULL)
        argp_error(state, "--role: what may they do?");
    if (arguments->doing != ADD && arguments->roles != NULL)
        argp_error(state, "--role goes with add; staff role NAME ROLES changes it");
    if (arguments->password_file != NULL && arguments->doing != ADD && arguments->doing != PASSWORD)
        argp_error(state, "--password-file goes with add and password");
    if (arguments->off && arguments->doing != TOTP)
        argp_error(state, "--off goes with totp");
    if (arguments->end && arguments->doing != ASSIGN)
        argp_error(state, "--end goes with assign");
    if (arguments->json && arguments->doing != LIST)
        argp_error(state, "--json goes with list");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_ROLE:
        arguments->roles = arg;
        break;
    case KEY_FILE:
        arguments->password_file = arg;
        break;
    case KEY_OFF:
        arguments->off = true;
        break;
    case KEY_END:
        arguments->end = true;
        break;
    case KEY_JSON:
        arguments->json = true;
        break;
    case KEY_DATA:
        arguments->data = arg;
        break;
    case ARGP_KEY_ARG:
        take_word(arguments, arg, state);
        break;
    case ARGP_KEY_END:
        check_words(arguments, state);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "add NAME --role ROLES\nlist\npassword NAME\nrole NAME ROLES\ndisable NAME\nenable NAME\n"
    "totp NAME\nassign NAME CASE",
    "Accounts of the web runner: who may sign in, and to what.\v"
    "A worker sees the cases that are given to them. Nobody sees answers before they are shared, "
    "and an admin never does.",
    NULL,
    NULL,
    NULL
};

static enum vb_code carry_out(struct vb_workplace *place, const struct arguments *arguments,
                              struct vb_err *err)
{
    const char *name = arguments->name;
    enum vb_code code = arguments->doing == ADD
                            ? vb_workplace_open(place, err)
                            : vb_workplace_open_kept(place, name == NULL ? "accounts" : name, err);
    if (code != VB_OK)
        return code;
    switch (arguments->doing) {
    case ADD:
        return vb_staff_add(place, name, arguments->roles, arguments->password_file, err);
    case PASSWORD:
        return vb_staff_password(place, name, arguments->password_file, err);
    case ROLE:
        return vb_staff_role(place, name, arguments->second, err);
    case DISABLE:
    case ENABLE:
        return vb_staff_disable(place, name, arguments->doing == DISABLE, err);
    case TOTP:
        return vb_staff_totp(place, name, arguments->off, err);
    case ASSIGN:
        return vb_staff_assign(place, name, arguments->second, arguments->end, err);
    default:
        return vb_staff_list(place, arguments->json, err);
    }
}

int vb_cmd_staff(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code code = vb_workplace_begin(&place, arguments.data, &err);
    if (code == VB_OK)
        code = carry_out(&place, &arguments, &err);
    return vb_workplace_end(&place, code, &err);
}
