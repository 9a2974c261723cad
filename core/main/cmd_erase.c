/* cmd_erase.c - verbond erase: what a person gave, what a round holds, or a whole case, for good.
 */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "main/as_who.h"
#include "main/command.h"
#include "main/outputs.h"
#include "session/erase.h"
#include "session/erase_words.h"

struct arguments {
    enum vb_erase_of of;
    const char *id, *as, *data;
    bool yes;
    struct vb_as_found found; /* of --as */
};
enum { KEY_DATA = 256, KEY_PERSON, KEY_ROUND, KEY_CASE, KEY_AS, KEY_YES };
static const struct argp_option options[] = {
    { "person", KEY_PERSON, "ID", 0, "everything this person gave, in every round", 0 },
    { "round", KEY_ROUND, "ID", 0, "everything everybody gave in this round", 0 },
    { "case", KEY_CASE, "ID", 0, "every person and every round of this case", 0 },
    { "as", KEY_AS, "ROLE[:LABEL]", 0,
      "with --round: only what this one gave, in every round, by the role in that round", 0 },
    { "yes", KEY_YES, NULL, 0, "do not ask: needed where there is no terminal", 0 },
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static void take(struct arguments *arguments, enum vb_erase_of of, const char *id,
                 struct argp_state *state)
{
    if (arguments->id != NULL)
        argp_error(state, "one at a time: --person, --round or --case");
    arguments->of = of;
    arguments->id = id;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_DATA:
        arguments->data = arg;
        break;
    case KEY_PERSON:
        take(arguments, VB_ERASE_OF_PERSON, arg, state);
        break;
    case KEY_ROUND:
        take(arguments, VB_ERASE_OF_ROUND, arg, state);
        break;
    case KEY_CASE:
        take(arguments, VB_ERASE_OF_CASE, arg, state);
        break;
    case KEY_AS:
        arguments->as = arg;
        break;
    case KEY_YES:
        arguments->yes = true;
        break;
    case ARGP_KEY_ARG:
        argp_error(state, "erase what? --person ID, --round ID or --case ID");
        break;
    case ARGP_KEY_END:
        if (arguments->id == NULL)
            argp_error(state, "erase what? --person ID, --round ID or --case ID");
        if (arguments->as != NULL && arguments->of != VB_ERASE_OF_ROUND)
            argp_error(state, "--as is about one of a round: --round ID --as ROLE[:LABEL]");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    NULL,
    "Erases for good: the keys of what was given are destroyed, so that no copy of the data can be "
    "read any more.\v"
    "It cannot be undone. On a terminal it asks for the id once more, elsewhere it wants --yes.",
    NULL,
    NULL,
    NULL
};

/* -- what goes, in words ----------------------------------------------------------------------- */

static void tell_what(const struct vb_erase *erase, bool member, const char *verb)
{
    struct vb_buf text = { 0 };
    vb_erase_words_what(&text, erase, member, verb);
    vb_workplace_say(stdout, "%s", text.data);
    vb_buf_finish(&text);
}

static void tell_beyond(const struct vb_erase *erase)
{
    struct vb_buf text = { 0 };
    vb_erase_words_beyond(&text, erase);
    vb_workplace_say(stdout, "%s", text.data);
    vb_buf_finish(&text);
}

/* -- asking ------------------------------------------------------------------------------------ */

/* What would go has names in it: a look, whatever is typed then. */
static enum vb_code ask(struct vb_workplace *place, const struct vb_erase *erase,
                        const struct arguments *arguments, struct vb_err *err)
{
    char line[256];
    if (arguments->yes)
        return VB_OK;
    if (!vb_workplace_terminal())
        return vb_fail(err, VB_E_USAGE,
                       "erasing cannot be undone, and there is no terminal to ask on: give --yes");
    const struct vb_audit_row row =
        arguments->found.member ? vb_as_audit_row(place, "erase asked", arguments->found.round)
                                : vb_workplace_audit_row(place, "erase asked", erase->id);
    enum vb_code code = vb_workplace_put_audit(place, &row, err);
    if (code != VB_OK)
        return code;
    tell_what(erase, arguments->found.member, "this goes for good");
    printf("Type %s to erase it, anything else to leave it: ", erase->id);
    fflush(stdout);
    if (fgets(line, sizeof line, stdin) == NULL)
        line[0] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    if (vb_streq(line, erase->id))
        return VB_OK;
    return vb_fail(err, VB_E_STOPPED, "nothing was erased");
}

/* Whom or what it is about: of --as the person behind it, else what stands there. Somebody of a
 * team is not erased by an id, unless nothing can tell any more that they are: erasing waits for no
 * script. */
static enum vb_code find(struct vb_workplace *place, struct arguments *arguments,
                         struct vb_erase *erase, struct vb_err *err)
{
    struct vb_err why;
    const char *id = arguments->id;
    enum vb_code code = vb_workplace_open_kept(place, id, err);
    if (code == VB_OK && arguments->as != NULL) {
        code = vb_as_find_in(place, id, arguments->as, &arguments->found, err);
        arguments->of = VB_ERASE_OF_PERSON;
        id = arguments->found.person;
    }
    if (code == VB_OK)
        code = vb_erase_find(erase, place->store, arguments->of, id, &place->arena, err);
    if (code == VB_OK && arguments->of == VB_ERASE_OF_PERSON && arguments->as == NULL &&
        vb_as_not_by_id(place, &erase->persons[0], &why) == VB_E_BUSY)
        code = vb_fail(err, why.code, "%s", why.text);
    return code;
}

static enum vb_code erase(struct vb_workplace *place, struct arguments *arguments,
                          struct vb_err *err)
{
    struct vb_erase erase;
    enum vb_code code = find(place, arguments, &erase, err);
    if (code == VB_OK)
        code = ask(place, &erase, arguments, err);
    if (code != VB_OK)
        return code;
    struct vb_erase_why why = { .reason = "asked",
                                .by = place->env.by,
                                .on_behalf = place->env.on_behalf,
                                .now_wall_ms = place->env.clock.wall_ms(place->env.clock.ctx) };
    if (arguments->found.member) {
        const struct vb_audit_row row = vb_as_audit_row(place, "erase", arguments->found.round);
        erase.subject = row.subject;
        why.by = row.by;
        why.on_behalf = row.on_behalf;
    }
    code = vb_erase_commit(&erase, place->store, &why, &place->arena, err);
    if (code != VB_OK)
        return code;
    tell_what(&erase, arguments->found.member, "erased");
    tell_beyond(&erase);
    /* Whoever got a result hears that it is to go. */
    for (size_t i = 0; i < erase.round_count && code == VB_OK; i++)
        code = vb_workplace_deliver(place, erase.rounds[i].row.id, err);
    return code;
}

int vb_cmd_erase(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code code = vb_workplace_begin(&place, arguments.data, &err);
    if (code == VB_OK)
        code = erase(&place, &arguments, &err);
    return vb_workplace_end(&place, code, &err);
}
