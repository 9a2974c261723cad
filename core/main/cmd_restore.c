/* cmd_restore.c - verbond restore: a backup tried, and put back. */
#include <stdio.h>

#include "base/str.h"
#include "main/command.h"
#include "main/restoring.h"

struct arguments {
    const char *from, *keys, *erasures, *data;
    bool verify, erase_lost;
};
enum { KEY_DATA = 256, KEY_KEYS, KEY_ERASURES, KEY_VERIFY, KEY_ERASE_LOST };
static const struct argp_option options[] = {
    { "keys", KEY_KEYS, "FILE", 0, "the newest copy of keys.db; without it the data folder's own",
      0 },
    { "erasures", KEY_ERASURES, "FILE", 0, "the newest list of erasures, from the old data folder",
      0 },
    { "verify", KEY_VERIFY, NULL, 0, "only try the backup: nothing is put anywhere", 0 },
    { "erase-lost", KEY_ERASE_LOST, NULL, 0, "erase what the keys cannot open, and go on", 0 },
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_DATA:
        arguments->data = arg;
        break;
    case KEY_KEYS:
        arguments->keys = arg;
        break;
    case KEY_ERASURES:
        arguments->erasures = arg;
        break;
    case KEY_VERIFY:
        arguments->verify = true;
        break;
    case KEY_ERASE_LOST:
        arguments->erase_lost = true;
        break;
    case ARGP_KEY_ARG:
        if (arguments->from != NULL)
            argp_error(state, "one backup at a time");
        arguments->from = arg;
        break;
    case ARGP_KEY_END:
        if (arguments->from == NULL)
            argp_error(state, "which backup? restore DIR");
        if (arguments->verify && arguments->erase_lost)
            argp_error(state, "--verify changes nothing, so --erase-lost does not go with it");
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
    "Puts a backup back into a data folder that has no store. It is tried first, and what was "
    "erased since, by any list of erasures that is given, stays erased.\v"
    "--verify only tries it: digests, the database, the keys, that every row opens or was erased, "
    "and the audit.",
    NULL,
    NULL,
    NULL
};

static void tell(const struct vb_restoring *restoring)
{
    const struct vb_inspected *inspected = &restoring->inspected;
    vb_workplace_say(stdout, "backup %s of %s, verbond %s, sealed under key %s\n",
                     restoring->backup.id, restoring->backup.made_at, restoring->backup.program,
                     restoring->backup.key);
    printf("  its files are byte for byte what the manifest says, and the database is whole\n");
    if (!restoring->has_keys) {
        printf("  not tried: whether it can be read; give --keys FILE\n");
        return;
    }
    printf("  read: %lld rounds, %lld sessions, %lld events, %lld pictures; erased: %lld\n",
           (long long)inspected->rounds, (long long)inspected->sessions,
           (long long)inspected->events, (long long)inspected->pictures,
           (long long)inspected->erased);
    printf("  the audit is whole\n");
    if (inspected->lost_count > 0)
        printf("  erased, for their key is lost: %zu\n", inspected->lost_count);
    if (restoring->rounds_erased > 0)
        printf("  rounds that were erased since: %d\n", restoring->rounds_erased);
}

static enum vb_code restore(struct vb_workplace *place, struct vb_restoring *restoring,
                            const struct arguments *arguments, struct vb_err *err)
{
    int64_t now = place->env.clock.wall_ms(place->env.clock.ctx);
    if (arguments->keys != NULL && vb_backup_keys_expired(arguments->keys, now))
        vb_workplace_say(stderr, "%s should have been destroyed by now: do it when you are done\n",
                         arguments->keys);
    if (!arguments->verify && vb_workplace_has_data(place))
        return vb_fail(err, VB_E_CONFLICT,
                       "%s has a store: move it away, or name another with --data", place->data);
    enum vb_code code = vb_restoring_begin(restoring, place, err);
    if (code == VB_OK && !arguments->verify && !restoring->has_keys)
        code = vb_fail(err, VB_E_CONFIG,
                       "what is in the backup is sealed, and there are no keys: give --keys FILE");
    if (code == VB_OK)
        code = vb_restoring_try(restoring, place, arguments->verify ? NULL : "restore", err);
    if (code == VB_OK && !arguments->verify)
        code = vb_restoring_place(restoring, place, err);
    if (code != VB_OK)
        return code;
    tell(restoring);
    if (!arguments->verify)
        vb_workplace_say(stdout, "restored into %s\n", place->data);
    return VB_OK;
}

int vb_cmd_restore(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err, left;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    struct vb_restoring restoring = { .from = arguments.from,
                                      .keys = arguments.keys,
                                      .erasures = arguments.erasures,
                                      .erase_lost = arguments.erase_lost };
    enum vb_code code = vb_workplace_begin(&place, arguments.data, &err);
    restoring.data = place.data;
    if (code == VB_OK)
        code = restore(&place, &restoring, &arguments, &err);
    enum vb_code ended = vb_restoring_end(&restoring, &place, &left);
    if (code == VB_OK && ended != VB_OK) {
        err = left;
        code = ended;
    } else if (ended != VB_OK) {
        vb_workplace_say(stderr, "verbond: %s\n", left.text);
    }
    return vb_workplace_end(&place, code, &err);
}
