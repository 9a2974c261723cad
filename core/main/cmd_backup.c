/* cmd_backup.c - verbond backup: a copy of what is kept, or of the keys, never of both. */
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "main/command.h"
#include "main/workplace.h"
#include "store/store_backup.h"
#include "store/store_folder.h"

struct arguments {
    const char *into, *data;
    bool keys;
    int days;
};
enum { KEY_DATA = 256, KEY_KEYS, KEY_DAYS };
static const struct argp_option options[] = {
    { "keys", KEY_KEYS, NULL, 0, "the keys alone, for a short time, in a folder of their own", 0 },
    { "days", KEY_DAYS, "N", 0, "with --keys: how long the copy may live; 30 unless said", 0 },
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static int days_of(const char *arg, struct argp_state *state)
{
    char *end;
    long days = strtol(arg, &end, 10);
    if (end == arg || *end != '\0' || days < 1 || days > VB_BACKUP_DAYS_MAX)
        argp_error(state, "--days wants a number from 1 to %d, not %s", VB_BACKUP_DAYS_MAX, arg);
    return (int)days;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_DATA:
        arguments->data = arg;
        break;
    case KEY_KEYS:
        arguments->keys = true;
        break;
    case KEY_DAYS:
        arguments->days = days_of(arg, state);
        break;
    case ARGP_KEY_ARG:
        if (arguments->into != NULL)
            argp_error(state, "one folder at a time");
        arguments->into = arg;
        break;
    case ARGP_KEY_END:
        if (arguments->into == NULL)
            argp_error(state, "into which folder? backup DIR");
        if (arguments->days != 0 && !arguments->keys)
            argp_error(state, "--days goes with --keys: a copy of the data needs no end");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "DIR",
    "Copies what is kept into a new folder, without the keys: whoever finds it can read nothing, "
    "and what is erased later is erased in it, too. --keys copies the keys alone.\v"
    "Keep the two apart from each other and from the key file. verbond restore puts them back.",
    NULL,
    NULL,
    NULL
};

static enum vb_code backup_data(struct vb_workplace *place, const char *into, struct vb_err *err)
{
    char id[VB_ID_SIZE], now[VB_TIME_SIZE];
    vb_id_make(&place->env.random, id);
    vb_time_format(place->env.clock.wall_ms(place->env.clock.ctx), now);
    struct vb_backup backup = {
        .id = id, .made_at = now, .program = VERBOND_VERSION, .key = vb_keys_id(place->keys)
    };
    enum vb_code code = vb_workplace_audit(place, "backup", id, err);
    if (code == VB_OK)
        code = vb_backup_make(&backup, place->data, into, err);
    if (code != VB_OK)
        return code;
    vb_workplace_say(stdout, "backup %s in %s, sealed under key %s\n", id, into, backup.key);
    for (int i = 0; i < backup.file_count; i++)
        printf("  %s, %lld bytes\n", backup.files[i].name, (long long)backup.files[i].bytes);
    printf("the keys are not in it: verbond backup --keys copies them, into another folder\n");
    return VB_OK;
}

static enum vb_code backup_keys(struct vb_workplace *place, const struct arguments *arguments,
                                struct vb_err *err)
{
    struct vb_backup_keys made;
    int days = arguments->days == 0 ? VB_BACKUP_KEYS_DAYS : arguments->days;
    int64_t now = place->env.clock.wall_ms(place->env.clock.ctx);
    enum vb_code code =
        vb_workplace_audit(place, "backup --keys", vb_keys_folder(place->keys), err);
    if (code == VB_OK)
        code =
            vb_backup_keys_make(&made, place->data, arguments->into, now, days, &place->arena, err);
    if (code != VB_OK)
        return code;
    vb_workplace_say(stdout, "keys %s\n", made.path);
    printf("to be destroyed within %d day%s; what is erased until then could be read with it\n",
           days, days == 1 ? "" : "s");
    if (made.destroyed > 0)
        printf("destroyed %d older cop%s in that folder\n", made.destroyed,
               made.destroyed == 1 ? "y" : "ies");
    return VB_OK;
}

/* With the data a copy would be lost, and the keys' copy would lie beside what it opens. */
static enum vb_code refuse_within(const struct vb_workplace *place, const char *into,
                                  struct vb_err *err)
{
    if (!vb_store_folder_holds(place->data, into))
        return VB_OK;
    return vb_fail(err, VB_E_USAGE,
                   "%s lies in the data folder %s, and would be lost with it: name another place",
                   into, place->data);
}

int vb_cmd_backup(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code code = vb_workplace_begin(&place, arguments.data, &err);
    if (code == VB_OK && !vb_workplace_has_data(&place))
        code =
            vb_fail(&err, VB_E_ABSENT, "%s has no store, so there is nothing to copy", place.data);
    if (code == VB_OK)
        code = refuse_within(&place, arguments.into, &err);
    if (code == VB_OK)
        code = vb_workplace_open(&place, &err);
    if (code == VB_OK)
        code = arguments.keys ? backup_keys(&place, &arguments, &err)
                              : backup_data(&place, arguments.into, &err);
    return vb_workplace_end(&place, code, &err);
}
