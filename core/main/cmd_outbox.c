/* cmd_outbox.c - verbond outbox: what still has to reach an output, and what a person may do about
 * it. Never what is in it. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/str.h"
#include "data/json.h"
#include "main/command.h"
#include "main/outputs.h"
#include "outbox/parcel.h"

enum verb { LIST, SHOW, RETRY, DROP };
static const char *const verbs[] = { "list", "show", "retry", "drop" };

struct arguments {
    int verb; /* -1: none yet */
    const char *round, *reason, *data;
    bool json, all, dead;
    char **names;
    size_t count, cap;
};
enum { KEY_DATA = 256, KEY_ROUND, KEY_ALL, KEY_JSON, KEY_DEAD, KEY_REASON };
static const struct argp_option options[] = {
    { "round", KEY_ROUND, "ROUND", 0, "list, retry: only of this round", 0 },
    { "all", KEY_ALL, NULL, 0, "list: what was delivered, dropped or replaced as well", 0 },
    { "json", KEY_JSON, NULL, 0, "list, show: as JSON, the form that stays the same", 0 },
    { "dead", KEY_DEAD, NULL, 0, "retry: what is dead as well", 0 },
    { "reason", KEY_REASON, "TEXT", 0, "drop: why; it is kept with the parcel", 0 },
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

/* -- arguments --------------------------------------------------------------------------------- */

static int verb_of(const char *word)
{
    for (int i = LIST; i <= DROP; i++)
        if (vb_streq(word, verbs[i]))
            return i;
    return -1;
}

static void take_word(struct arguments *arguments, char *word, const struct argp_state *state)
{
    if (arguments->verb < 0) {
        arguments->verb = verb_of(word);
        if (arguments->verb < 0)
            argp_error(state, "outbox does list, show, retry and drop, not %s", word);
        return;
    }
    vb_push(&arguments->names, arguments->count, &arguments->cap, sizeof word);
    arguments->names[arguments->count++] = word;
}

static void agree(const struct arguments *arguments, const struct argp_state *state)
{
    int verb = arguments->verb;
    if (verb < 0)
        argp_error(state, "outbox what? list, show, retry or drop");
    if (verb == LIST && arguments->count > 0)
        argp_error(state, "outbox list takes no name; --round ROUND lists one round");
    if ((verb == SHOW || verb == DROP) && arguments->count == 0)
        argp_error(state, "outbox %s which? ROUND/OUTPUT/REVISION, as outbox list has it",
                   verbs[verb]);
    if (verb == SHOW && arguments->count > 1)
        argp_error(state, "outbox show shows one at a time");
    if ((verb == DROP) != (arguments->reason != NULL))
        argp_error(state, verb == DROP
                              ? "outbox drop wants --reason TEXT: who looks later must know why"
                              : "--reason goes with drop");
    if (arguments->reason != NULL && arguments->reason[0] == '\0')
        argp_error(state, "--reason is empty");
    if (arguments->json && verb != LIST && verb != SHOW)
        argp_error(state, "--json goes with list and show");
    if (arguments->all && verb != LIST)
        argp_error(state, "--all goes with list");
    if (arguments->dead && (verb != RETRY || arguments->count > 0))
        argp_error(state, "--dead goes with retry, without a name");
    if (arguments->round != NULL && (verb == SHOW || verb == DROP || arguments->count > 0))
        argp_error(state, "--round goes with list, and with retry without a name");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_DATA:
        arguments->data = arg;
        break;
    case KEY_ROUND:
        arguments->round = arg;
        break;
    case KEY_ALL:
        arguments->all = true;
        break;
    case KEY_JSON:
        arguments->json = true;
        break;
    case KEY_DEAD:
        arguments->dead = true;
        break;
    case KEY_REASON:
        arguments->reason = arg;
        break;
    case ARGP_KEY_ARG:
        take_word(arguments, arg, state);
        break;
    case ARGP_KEY_END:
        agree(arguments, state);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "list\nshow PARCEL\nretry [PARCEL...]\ndrop PARCEL... --reason TEXT",
    "Lists what waits to be sent to an output and what is dead, shows one, has it tried again now, "
    "or "
    "drops it. A parcel is named ROUND/OUTPUT/REVISION.",
    NULL,
    NULL,
    NULL
};

/* -- words ------------------------------------------------------------------------------------- */

static void write_time(struct vb_buf *out, const char *name, int64_t wall_ms)
{
    char time[VB_TIME_SIZE];
    vb_time_format(wall_ms, time);
    vb_buf_printf(out, ",\"%s\":", name);
    vb_json_text(out, wall_ms == 0 ? NULL : time);
}

/* output NULL: only what stands in a list. */
static void write_json(struct vb_buf *out, const struct vb_parcel_row *row,
                       const struct vb_output_row *output, struct vb_arena *arena)
{
    vb_buf_puts(out, "{\"parcel\":");
    vb_json_text(out, vb_arena_printf(arena, "%s/%s/%d", row->round, row->output, row->revision));
    vb_buf_puts(out, ",\"round\":");
    vb_json_text(out, row->round);
    vb_buf_puts(out, ",\"output\":");
    vb_json_text(out, row->output);
    vb_buf_printf(out, ",\"revision\":%d,\"case\":", row->revision);
    vb_json_text(out, row->case_id);
    vb_buf_puts(out, ",\"state\":");
    vb_json_text(out, vb_parcel_state_name(row->state));
    vb_buf_printf(out, ",\"attempts\":%d", row->attempts);
    write_time(out, "due", row->state == VB_PARCEL_WAITING ? row->due_wall_ms : 0);
    write_time(out, "changed", row->changed_wall_ms);
    vb_buf_puts(out, ",\"reason\":");
    vb_json_text(out, row->reason[0] == '\0' ? NULL : row->reason);
    if (output != NULL) {
        vb_buf_puts(out, ",\"plugin\":");
        vb_json_text(out, output->plugin);
        vb_buf_puts(out, ",\"purpose\":");
        vb_json_text(out, vb_purpose_name(output->purpose));
        vb_buf_puts(out, ",\"content\":");
        vb_json_text(out, vb_content_name(output->content));
    }
    vb_buf_putc(out, '}');
}

static void write_line(struct vb_buf *out, const struct vb_parcel_row *row)
{
    enum { MINUTE_LENGTH = 16, AT_T = 10 };
    char time[VB_TIME_SIZE];
    bool waits = row->state == VB_PARCEL_WAITING;
    vb_time_format(waits ? row->due_wall_ms : row->changed_wall_ms, time);
    if (time[0] != '\0')
        time[AT_T] = ' ';
    vb_buf_printf(out, "%s/%s/%d  %s", row->round, row->output, row->revision,
                  vb_parcel_state_name(row->state));
    if (row->case_id != NULL)
        vb_buf_printf(out, "  case %s", row->case_id);
    vb_buf_printf(out, "  %s %.*s", waits ? "due" : "since", MINUTE_LENGTH, time);
    if (row->attempts > 0)
        vb_buf_printf(out, ", %d attempt%s", row->attempts, row->attempts == 1 ? "" : "s");
    vb_buf_putc(out, '\n');
    if (row->reason[0] != '\0')
        vb_buf_printf(out, "    %s\n", row->reason);
}

/* -- list and show ----------------------------------------------------------------------------- */

/* round: a prefix, NULL: every one. *id: whole, or for all of them. */
static enum vb_code find_round(struct vb_workplace *place, const char *round, const char **id,
                               struct vb_err *err)
{
    struct vb_round_row row;
    *id = NULL;
    if (round == NULL)
        return VB_OK;
    enum vb_code code = vb_store_find_round(place->store, round, &place->arena, &row, err);
    *id = row.id;
    return code;
}

static bool is_listed(const struct vb_parcel_row *row, bool all)
{
    return all || row->state == VB_PARCEL_WAITING || row->state == VB_PARCEL_DEAD;
}

static enum vb_code list(struct vb_workplace *place, const struct arguments *arguments,
                         struct vb_err *err)
{
    struct vb_parcel_query query = { .state = VB_PARCEL_ANY };
    struct vb_parcel_row *rows;
    struct vb_buf text = { 0 };
    size_t count = 0, shown = 0;
    enum vb_code code = find_round(place, arguments->round, &query.round, err);
    if (code == VB_OK)
        code = vb_workplace_audit(place, "outbox list",
                                  query.round == NULL ? VB_AUDIT_EVERYTHING : query.round, err);
    if (code == VB_OK)
        code = place->store->ops->parcels(place->store, &query, &place->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (!is_listed(&rows[i], arguments->all))
            continue;
        if (arguments->json)
            vb_buf_puts(&text, shown > 0 ? ",\n " : "[");
        if (arguments->json)
            write_json(&text, &rows[i], NULL, &place->arena);
        else
            write_line(&text, &rows[i]);
        shown++;
    }
    if (arguments->json)
        vb_buf_puts(&text, shown > 0 ? "]\n" : "[]\n");
    if (code == VB_OK && arguments->json)
        vb_workplace_print(&text);
    else if (code == VB_OK && shown > 0)
        vb_workplace_say(stdout, "%s", text.data);
    if (code == VB_OK && shown == 0)
        vb_workplace_say(stderr, "nothing waits to be sent\n");
    vb_buf_finish(&text);
    return code;
}

/* *out NULL: it is not there any more. */
static enum vb_code output_of(struct vb_workplace *place, const struct vb_parcel_row *row,
                              const struct vb_output_row **out, struct vb_err *err)
{
    struct vb_output_row *rows;
    size_t count = 0;
    enum vb_code code =
        place->store->ops->outputs(place->store, row->round, &place->arena, &rows, &count, err);
    *out = NULL;
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (vb_streq(rows[i].name, row->output))
            *out = &rows[i];
    return code;
}

static enum vb_code show(struct vb_workplace *place, const struct arguments *arguments,
                         struct vb_err *err)
{
    struct vb_parcel_row row;
    const struct vb_output_row *output = NULL;
    struct vb_buf text = { 0 };
    enum vb_code code = vb_parcel_find(place->store, arguments->names[0], &place->arena, &row, err);
    if (code == VB_OK)
        code = output_of(place, &row, &output, err);
    if (code == VB_OK)
        code = vb_workplace_audit(place, "outbox show", row.round, err);
    if (code != VB_OK)
        return code;
    if (arguments->json) {
        write_json(&text, &row, output, &place->arena);
        vb_buf_putc(&text, '\n');
        vb_workplace_print(&text);
    } else {
        write_line(&text, &row);
        if (output != NULL)
            vb_buf_printf(&text, "    to %s: purpose %s, content %s\n", output->plugin,
                          vb_purpose_name(output->purpose), vb_content_name(output->content));
        vb_workplace_say(stdout, "%s", text.data);
    }
    vb_buf_finish(&text);
    return VB_OK;
}

/* -- retry and drop ---------------------------------------------------------------------------- */

struct commit {
    struct vb_workplace *place;
    struct vb_change *changes;
    size_t count, cap;
};

static struct vb_change *add(struct commit *commit)
{
    struct vb_change *change =
        vb_push(&commit->changes, commit->count, &commit->cap, sizeof *change);
    commit->count++;
    return change;
}

/* With one row of the audit a round. */
static void add_audit(struct commit *commit, const char *action, const char *round)
{
    for (size_t i = 0; i < commit->count; i++)
        if (commit->changes[i].kind == VB_PUT_AUDIT &&
            vb_streq(commit->changes[i].audit.subject, round))
            return;
    *add(commit) =
        (struct vb_change){ .kind = VB_PUT_AUDIT,
                            .audit = vb_workplace_audit_row(commit->place, action, round) };
}

static enum vb_code add_one(struct vb_workplace *place, const struct arguments *arguments,
                            const struct vb_parcel_row *row, struct commit *commit,
                            struct vb_err *err)
{
    int64_t now = place->env.clock.wall_ms(place->env.clock.ctx);
    struct vb_change change;
    enum vb_code code = arguments->verb == DROP
                            ? vb_parcel_drop(row, arguments->reason, now, &change, err)
                            : vb_parcel_retry(place->store, row, now, &change, err);
    if (code != VB_OK)
        return code;
    *add(commit) = change;
    add_audit(commit, arguments->verb == DROP ? "outbox drop" : "outbox retry", row->round);
    return VB_OK;
}

static enum vb_code add_named(struct vb_workplace *place, const struct arguments *arguments,
                              struct commit *commit, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    for (size_t i = 0; code == VB_OK && i < arguments->count; i++) {
        struct vb_parcel_row row;
        code = vb_parcel_find(place->store, arguments->names[i], &place->arena, &row, err);
        if (code == VB_OK)
            code = add_one(place, arguments, &row, commit, err);
    }
    return code;
}

/* What waits, and with --dead what is dead; a dead one that may not come back is told and left. */
static enum vb_code add_all(struct vb_workplace *place, const struct arguments *arguments,
                            struct commit *commit, struct vb_err *err)
{
    struct vb_parcel_query query = { .state = VB_PARCEL_ANY };
    struct vb_parcel_row *rows;
    size_t count = 0;
    enum vb_code code = find_round(place, arguments->round, &query.round, err);
    if (code == VB_OK)
        code = place->store->ops->parcels(place->store, &query, &place->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        bool dead = rows[i].state == VB_PARCEL_DEAD;
        if (rows[i].state != VB_PARCEL_WAITING && !(dead && arguments->dead))
            continue;
        code = add_one(place, arguments, &rows[i], commit, err);
        if (code == VB_E_CONFLICT) {
            vb_workplace_say(stderr, "verbond: %s\n", err->text);
            code = VB_OK;
        }
    }
    return code;
}

/* Brings out what was made due, of each round that was touched. A round whose results do not arrive
 * holds up no other round's. */
static enum vb_code deliver(struct vb_workplace *place, const struct commit *commit,
                            struct vb_err *err)
{
    enum vb_code code = VB_OK;
    int left = 0;
    for (size_t i = 0; code == VB_OK && i < commit->count; i++) {
        if (commit->changes[i].kind != VB_PUT_AUDIT)
            continue;
        code = vb_workplace_deliver(place, commit->changes[i].audit.subject, err);
        if (code == VB_E_BUSY) {
            left++;
            code = VB_OK;
        }
    }
    if (code == VB_OK && left == 1)
        return VB_E_BUSY; /* err is that round's */
    if (code == VB_OK && left > 1)
        code = vb_fail(err, VB_E_BUSY,
                       "results of %d rounds did not arrive; verbond outbox list shows them", left);
    return code;
}

static enum vb_code change(struct vb_workplace *place, const struct arguments *arguments,
                           struct vb_err *err)
{
    struct commit commit = { .place = place };
    enum vb_code code = arguments->count > 0 ? add_named(place, arguments, &commit, err)
                                             : add_all(place, arguments, &commit, err);
    if (code == VB_OK && commit.count > 0)
        code = vb_store_commit(place->store, commit.changes, commit.count, err);
    if (code == VB_OK && arguments->verb == RETRY)
        code = deliver(place, &commit, err);
    free(commit.changes);
    return code;
}

static enum vb_code outbox(struct vb_workplace *place, const struct arguments *arguments,
                           struct vb_err *err)
{
    const char *what = arguments->count > 0 ? arguments->names[0] : arguments->round;
    if (what == NULL && !vb_workplace_has_data(place)) {
        fputs(arguments->json ? "[]\n" : "", stdout);
        vb_workplace_say(stderr, "nothing waits to be sent: %s has no store\n", place->data);
        return VB_OK;
    }
    enum vb_code code =
        what == NULL ? vb_workplace_open(place, err) : vb_workplace_open_kept(place, what, err);
    if (code != VB_OK)
        return code;
    switch (arguments->verb) {
    case LIST:
        return list(place, arguments, err);
    case SHOW:
        return show(place, arguments, err);
    default:
        return change(place, arguments, err);
    }
}

int vb_cmd_outbox(int argc, char **argv)
{
    struct arguments arguments = { .verb = -1 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code code = vb_workplace_begin(&place, arguments.data, &err);
    if (code == VB_OK)
        code = outbox(&place, &arguments, &err);
    free(arguments.names);
    return vb_workplace_end(&place, code, &err);
}
