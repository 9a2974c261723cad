/* cmd_doctor.c - verbond doctor: is everything here that a round needs? */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/str.h"
#include "main/command.h"
#include "main/reporting.h"
#include "main/versions.h"
#include "main/workplace.h"
#include "session/retention.h"
#include "store/store_folder.h"
#include "store/store_inspect.h"
#include "store/store_schema.h"

struct arguments {
    const char *data;
};
enum { KEY_DATA = 256, LITTLE_MIB = 100 };
static const struct argp_option options[] = {
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
    case ARGP_KEY_ARG:
        argp_error(state, "doctor looks at everything and takes no name");
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
    "Looks at the data folder, the store, the room on disk, the instruments and the libraries.\v"
    "Ends with 3 when something is wrong.",
    NULL,
    NULL,
    NULL
};

struct doctor {
    struct vb_workplace *place;
    int wrong;
};

static void say(struct doctor *doctor, bool well, const char *what)
{
    vb_workplace_say(stdout, "%s  %s\n", well ? "ok   " : "wrong", what);
    doctor->wrong += !well;
}

/* -- data ------------------------------------------------------------------------------------- */

static void look_at_room(struct doctor *doctor)
{
    struct statvfs disk;
    char line[256];
    if (statvfs(doctor->place->data, &disk) != 0) {
        snprintf(line, sizeof line, "room on disk: %s", strerror(errno));
        say(doctor, false, line);
        return;
    }
    unsigned long long mib = (unsigned long long)disk.f_bavail * disk.f_frsize / (1024 * 1024);
    snprintf(line, sizeof line, "room on disk: %llu MiB%s", mib,
             mib < LITTLE_MIB ? ", which is too little" : "");
    say(doctor, mib >= LITTLE_MIB, line);
}

/* The nearest folder above that is there: can the first round make one in it? */
static bool can_be_made(const char *path, struct vb_buf *why)
{
    char *above = vb_strdup(path);
    struct stat there;
    for (char *slash = strrchr(above, '/'); stat(above, &there) != 0; slash = strrchr(above, '/')) {
        if (slash == NULL || above[0] == '\0')
            strcpy(above, ".");
        else
            slash[slash == above] = '\0';
    }
    bool folder = S_ISDIR(there.st_mode), writable = access(above, W_OK | X_OK) == 0;
    if (!folder)
        vb_buf_printf(why, "%s is not a folder", above);
    else if (!writable)
        vb_buf_printf(why, "it cannot be made in %s: %s", above, strerror(errno));
    free(above);
    return folder && writable;
}

static void look_at_no_data(struct doctor *doctor, int errno_value)
{
    struct vb_buf line = { 0 }, why = { 0 };
    bool well = errno_value == ENOENT && can_be_made(doctor->place->data, &why);
    vb_buf_printf(&line, "data folder %s: %s", doctor->place->data,
                  well          ? "not there yet; the first round makes it"
                  : why.len > 0 ? why.data
                                : strerror(errno_value));
    say(doctor, well, line.data);
    vb_buf_finish(&line);
    vb_buf_finish(&why);
}

static void look_at_keys(struct doctor *doctor)
{
    struct vb_workplace *place = doctor->place;
    struct vb_key_erased *erased;
    struct vb_buf line = { 0 };
    size_t count, asked = 0;
    const char *path = vb_keys_master_path(place->keys);
    bool inside = vb_store_folder_holds(place->data, path);
    vb_keys_erased(place->keys, &place->arena, &erased, &count);
    for (size_t i = 0; i < count; i++)
        asked += !erased[i].fell;
    vb_buf_printf(
        &line, "keys: sealed under key %s in %s%s; %zu erased", vb_keys_id(place->keys), path,
        inside ? ", which lies with the data, so that every copy of them holds its key" : "",
        asked);
    say(doctor, !inside, line.data);
    vb_buf_finish(&line);
}

/* Everything is read once, and nothing of it is shown. */
static void look_at_rows(struct doctor *doctor)
{
    struct vb_workplace *place = doctor->place;
    struct vb_inspected found;
    struct vb_buf line = { 0 };
    struct vb_err err;
    const char *path = vb_arena_printf(&place->arena, "%s/verbond.db", place->data);
    enum vb_code code = vb_inspect_file(path, &err);
    if (code == VB_OK)
        code = vb_inspect_store(&found, place->store, place->keys, path, &place->arena, &err);
    if (code == VB_OK && found.lost_count > 0)
        code =
            vb_fail(&err, VB_E_CONFIG,
                    "keys.db has no key of %s %s and of %zu more: put your newest copy of it "
                    "back",
                    vb_erasable_name(found.lost[0].what), found.lost[0].id, found.lost_count - 1);
    if (code == VB_OK)
        vb_buf_printf(&line, "what is kept: %lld rounds and %lld sessions, all whole",
                      (long long)found.rounds, (long long)found.sessions);
    else
        vb_buf_printf(&line, "what is kept: %s", err.text);
    say(doctor, code == VB_OK, line.data);
    vb_buf_finish(&line);
}

static long count_parcels(struct vb_workplace *place, enum vb_parcel_state state)
{
    const struct vb_parcel_query query = { .state = (int)state };
    struct vb_parcel_row *rows;
    struct vb_err err;
    size_t count = 0;
    enum vb_code code =
        place->store->ops->parcels(place->store, &query, &place->arena, &rows, &count, &err);
    return code == VB_OK ? (long)count : -1; /* look_at_rows says what is wrong */
}

static void look_at_outbox(struct doctor *doctor)
{
    struct vb_buf line = { 0 };
    long waiting = count_parcels(doctor->place, VB_PARCEL_WAITING);
    long dead = count_parcels(doctor->place, VB_PARCEL_DEAD);
    if (waiting == 0 && dead == 0)
        vb_buf_puts(&line, "outbox: nothing waits to be sent");
    else
        vb_buf_printf(&line, "outbox: %ld to be sent, %ld dead: verbond outbox list", waiting,
                      dead);
    say(doctor, waiting >= 0 && dead >= 0, line.data);
    vb_buf_finish(&line);
}

/* Opening would make one where there is none, and looking should change nothing. */
static void look_at_store(struct doctor *doctor)
{
    struct vb_workplace *place = doctor->place;
    struct vb_err err;
    struct vb_buf line = { 0 };
    vb_buf_printf(&line, "%s/verbond.db", place->data);
    if (access(line.data, F_OK) != 0 && errno == ENOENT) {
        say(doctor, true, "store: not there yet; the first round makes it");
        vb_buf_finish(&line);
        return;
    }
    vb_buf_clear(&line);
    enum vb_code rc = vb_workplace_open(place, &err);
    if (rc == VB_OK)
        vb_buf_printf(&line, "store opens (%s, schema %d)", place->store->ops->name,
                      VB_STORE_SCHEMA);
    else
        vb_buf_printf(&line, "store: %s", err.text);
    say(doctor, rc == VB_OK || rc == VB_E_BUSY, line.data); /* somebody is filling in */
    if (rc == VB_OK) {
        look_at_keys(doctor);
        look_at_rows(doctor);
        rc = vb_store_audit_check(place->store, &err);
        say(doctor, rc == VB_OK,
            rc == VB_OK ? "audit: its chain and its head are whole" : err.text);
        look_at_outbox(doctor);
    }
    vb_buf_finish(&line);
}

/* What goes soon by itself is not wrong, but nobody should be surprised by it. */
static void look_at_due(struct doctor *doctor)
{
    enum { SOON_DAYS = 30, DATE_LENGTH = 10 };
    struct vb_workplace *place = doctor->place;
    struct vb_retention_due *due;
    struct vb_buf line = { 0 };
    struct vb_err err;
    char first[VB_TIME_SIZE];
    size_t count;
    int64_t now = place->env.clock.wall_ms(place->env.clock.ctx);
    int64_t soon = now + SOON_DAYS * 24LL * 60 * 60 * 1000;
    enum vb_code code = vb_retention_find(place->store, soon, NULL, place->env.log, &place->arena,
                                          &due, &count, &err);
    if (code == VB_OK && count > 0)
        vb_time_format(due[0].due_wall_ms, first);
    if (code != VB_OK)
        vb_buf_printf(&line, "retention: %s", err.text);
    else if (count == 0)
        vb_buf_printf(&line, "retention: no round falls due within %d days", SOON_DAYS);
    else
        vb_buf_printf(&line,
                      "retention: %zu round%s due within %d days and will be erased, the first on "
                      "%.*s (%s)",
                      count, count == 1 ? " falls" : "s fall", SOON_DAYS, DATE_LENGTH, first,
                      due[0].round.id);
    say(doctor, code == VB_OK, line.data);
    vb_buf_finish(&line);
}

static void look_at_data(struct doctor *doctor)
{
    struct vb_workplace *place = doctor->place;
    struct stat folder;
    struct vb_buf line = { 0 };
    if (stat(place->data, &folder) != 0) {
        look_at_no_data(doctor, errno);
        return;
    }
    if (!S_ISDIR(folder.st_mode)) {
        vb_buf_printf(&line, "data folder %s: this is not a folder", place->data);
        say(doctor, false, line.data);
        vb_buf_finish(&line);
        return;
    }
    bool others = (folder.st_mode & (S_IRWXG | S_IRWXO)) != 0;
    vb_buf_printf(&line, "data folder %s%s", place->data,
                  others ? ": others may read it; chmod 700 ends that" : "");
    say(doctor, !others, line.data);
    vb_buf_finish(&line);
    look_at_room(doctor);
    look_at_store(doctor);
    if (place->store != NULL)
        look_at_due(doctor);
}

/* -- instruments ------------------------------------------------------------------------------ */

static void look_at_instrument(struct doctor *doctor, const char *folder, int *loaded)
{
    struct vb_plan *plan = NULL;
    struct vb_err err;
    struct vb_buf line = { 0 };
    enum vb_code rc = vb_workplace_load(doctor->place, folder, &plan, &err);
    if (rc == VB_OK)
        vb_buf_printf(&line, "instrument %s %s (%s)", plan->id, plan->version, folder);
    else
        vb_buf_printf(&line, "instrument %s: %s", folder, err.text);
    say(doctor, rc == VB_OK, line.data);
    *loaded += rc == VB_OK;
    vb_plan_release(plan);
    vb_buf_finish(&line);
}

static void look_in(struct doctor *doctor, const char *root, int *loaded)
{
    struct dirent **names;
    int count = scandir(root, &names, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        struct vb_buf path = { 0 };
        vb_buf_printf(&path, "%s/%s/instrument.lua", root, names[i]->d_name);
        if (names[i]->d_name[0] != '.' && access(path.data, R_OK) == 0) {
            path.data[path.len - strlen("/instrument.lua")] = '\0';
            look_at_instrument(doctor, path.data, loaded);
        }
        vb_buf_finish(&path);
        free(names[i]);
    }
    if (count >= 0)
        free(names);
}

static void look_at_instruments(struct doctor *doctor)
{
    const char *own = doctor->place->configuration.set[VB_CONF_INSTRUMENTS].text;
    int loaded = 0;
    if (own != NULL)
        look_in(doctor, own, &loaded);
    look_in(doctor, "./instruments", &loaded);
    look_in(doctor, VERBOND_PREFIX "/share/verbond/instruments", &loaded);
    if (loaded == 0)
        say(doctor, false,
            "instruments: none loads; looked in $VERBOND_INSTRUMENTS, ./instruments "
            "and " VERBOND_PREFIX "/share/verbond/instruments");
}

static void look_at_reporting(struct doctor *doctor)
{
    struct vb_buf line = { 0 };
    struct vb_err err;
    const struct vb_configuration *configuration = &doctor->place->configuration;
    const char *text, *path = configuration->set[VB_CONF_REPORTING].text;
    enum vb_code rc = vb_reporting_read(configuration, &doctor->place->arena, &text, &err);
    if (rc != VB_OK)
        vb_buf_printf(&line, "text about reporting: %s", err.text);
    else if (path == NULL)
        vb_buf_puts(&line, "text about reporting: VERBOND_REPORTING_FILE is not set; mandated "
                           "instruments show a neutral sentence");
    else
        vb_buf_printf(&line, "text about reporting: %s", path);
    say(doctor, rc == VB_OK, line.data);
    vb_buf_finish(&line);
}

int vb_cmd_doctor(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code rc = vb_workplace_begin(&place, arguments.data, &err);
    if (rc == VB_OK) {
        struct doctor doctor = { .place = &place };
        look_at_data(&doctor);
        look_at_instruments(&doctor);
        look_at_reporting(&doctor);
        vb_versions_print(stdout);
        if (doctor.wrong > 0)
            rc = vb_fail(&err, VB_E_CONFIG,
                         doctor.wrong == 1 ? "%d thing is wrong" : "%d things are wrong",
                         doctor.wrong);
    }
    return vb_workplace_end(&place, rc, &err);
}
