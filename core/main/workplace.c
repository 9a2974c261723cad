#include "main/workplace.h"

#include <errno.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "data/text.h"
#include "loop/loop.h"
#include "main/reporting.h"
#include "sheet/sheet.h"
#include "store/store_memory.h"
#include "store/store_sqlite.h"
#include "term/term.h"

/* -- begin and end ---------------------------------------------------------------------------- */

static const char *set_in_environment(const char *name)
{
    const char *value = getenv(name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

static enum vb_code choose_data(struct vb_workplace *place, const char *data, struct vb_err *err)
{
    const char *state = set_in_environment("XDG_STATE_HOME"), *home = set_in_environment("HOME");
    if (data == NULL)
        data = set_in_environment("VERBOND_DATA");
    if (data != NULL)
        place->data = vb_arena_strdup(&place->arena, data);
    else if (state != NULL && state[0] == '/')
        place->data = vb_arena_printf(&place->arena, "%s/verbond", state);
    else if (home != NULL)
        place->data = vb_arena_printf(&place->arena, "%s/.local/state/verbond", home);
    else
        return vb_fail(err, VB_E_CONFIG,
                       "there is no place for the data: give --data DIR or set VERBOND_DATA");
    if (place->data[0] == '\0')
        return vb_fail(err, VB_E_USAGE, "--data wants the name of a folder");
    return VB_OK;
}

enum vb_code vb_workplace_begin(struct vb_workplace *place, const char *data, struct vb_err *err)
{
    *place = (struct vb_workplace){ .log = vb_log_stderr(VB_LOG_WARNING) };
    place->env = (struct vb_env){
        .clock = vb_clock_system(),
        .random = vb_random_system(),
        .log = &place->log,
    };
    place->env.sandbox = (struct vb_sandbox_options){
        .limits = vb_limits_flow(),
        .clock = place->env.clock,
    };
    place->data_given = data != NULL;
    return choose_data(place, data, err);
}

int vb_workplace_end(struct vb_workplace *place, enum vb_code code, const struct vb_err *err)
{
    vb_store_destroy(place->store);
    vb_loop_destroy(place->loop);
    vb_arena_finish(&place->arena);
    if (code != VB_OK)
        vb_workplace_say(stderr, "verbond: %s\n", err->text);
    return vb_exit_code(code);
}

/* -- the store -------------------------------------------------------------------------------- */

static enum vb_code make_folders(const char *path, struct vb_err *err)
{
    char *copy = vb_strdup(path);
    enum vb_code rc = VB_OK;
    for (char *at = copy + 1; rc == VB_OK && *at != '\0'; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        if (mkdir(copy, 0700) != 0 && errno != EEXIST)
            rc = vb_fail(err, VB_E_CONFIG, "cannot make the folder %s: %s", copy, strerror(errno));
        *at = '/';
    }
    free(copy);
    return rc;
}

enum vb_code vb_workplace_open(struct vb_workplace *place, struct vb_err *err)
{
    enum vb_code rc = make_folders(place->data, err);
    return rc != VB_OK ? rc : vb_store_sqlite_open(&place->store, place->data, err);
}

bool vb_workplace_has_data(const struct vb_workplace *place)
{
    struct vb_buf path = { 0 };
    vb_buf_printf(&path, "%s/verbond.db", place->data);
    /* A folder that cannot be looked into is for the opening to refuse, and so is a log alone. */
    bool there = access(path.data, F_OK) == 0 || errno != ENOENT;
    vb_buf_puts(&path, "-wal");
    there = there || access(path.data, F_OK) == 0;
    vb_buf_finish(&path);
    return there;
}

enum vb_code vb_workplace_open_kept(struct vb_workplace *place, const char *what,
                                    struct vb_err *err)
{
    if (!vb_workplace_has_data(place))
        return vb_fail(err, VB_E_ABSENT, "no round begins with %s: %s has no store", what,
                       place->data);
    return vb_workplace_open(place, err);
}

enum vb_code vb_workplace_open_for(struct vb_workplace *place, const struct vb_plan *plan,
                                   struct vb_err *err)
{
    bool keep = plan->retain == VB_RETAIN_KEEP;
    if (keep && vb_workplace_has_data(place))
        return vb_workplace_open(place, err);
    place->store = vb_store_memory_create();
    place->unsettled = keep;
    return VB_OK;
}

enum vb_code vb_workplace_settle(struct vb_workplace *place, struct vb_err *err)
{
    if (!place->unsettled)
        return VB_OK;
    vb_store_destroy(place->store);
    place->store = NULL;
    place->unsettled = false;
    return vb_workplace_open(place, err);
}

/* Not $USER, which anybody can set. */
static const char *user_name(struct vb_arena *arena)
{
    const struct passwd *user = getpwuid(getuid());
    return user != NULL ? vb_arena_strdup(arena, user->pw_name)
                        : vb_arena_printf(arena, "uid %ld", (long)getuid());
}

enum vb_code vb_workplace_audit(struct vb_workplace *place, const char *action, const char *subject,
                                struct vb_err *err)
{
    struct vb_change change = {
        .kind = VB_PUT_AUDIT,
        .audit = { .wall_ms = place->env.clock.wall_ms(place->env.clock.ctx),
                   .action = action,
                   .subject = subject,
                   .by = user_name(&place->arena) },
    };
    enum vb_code rc = vb_store_commit(place->store, &change, 1, err);
    return rc == VB_OK ? rc : vb_while(err, "nothing is shown, because the audit has no row of it");
}

/* -- instruments ------------------------------------------------------------------------------ */

static struct vb_sandbox_options load_options(const struct vb_workplace *place)
{
    return (struct vb_sandbox_options){ .limits = vb_limits_load(), .clock = place->env.clock };
}

enum vb_code vb_workplace_load(struct vb_workplace *place, const char *name, struct vb_plan **out,
                               struct vb_err *err)
{
    const char *root, *path;
    enum vb_code rc = vb_instrument_find(name, &place->arena, &root, &path, err);
    if (rc != VB_OK)
        return rc;
    struct vb_folder folder = { .root = root };
    struct vb_source source = vb_source_folder(&folder);
    struct vb_sandbox_options options = load_options(place);
    struct vb_findings findings = { 0 };
    rc = vb_load(out, &source, path, &options, &findings, err);
    struct vb_buf text = { 0 };
    vb_findings_sort(&findings);
    vb_findings_write(&text, &findings, VB_FINDINGS_TEXT);
    if (findings.count > 0)
        vb_workplace_say(stderr, "%s", text.data);
    if (rc != VB_OK && findings.errors > 0) /* they are said; the number is enough */
        vb_fail(err, rc, "%s%s has %d error%s", source.shown, path, findings.errors,
                findings.errors == 1 ? "" : "s");
    vb_buf_finish(&text);
    vb_findings_finish(&findings);
    return rc;
}

/* "1.0.0" gives "1.0.1"; whatever stands behind the third number falls away. */
static const char *next_version(struct vb_arena *arena, const char *version)
{
    unsigned major = 0, minor = 0, patch = 0;
    if (sscanf(version, "%u.%u.%u", &major, &minor, &patch) != 3)
        return "a higher one";
    return vb_arena_printf(arena, "%u.%u.%u", major, minor, patch + 1);
}

enum vb_code vb_workplace_check_version(struct vb_workplace *place, const struct vb_plan *plan,
                                        struct vb_err *err)
{
    const char *digest;
    if (vb_ends_with(plan->version, "-dev"))
        return VB_OK;
    enum vb_code rc = place->store->ops->version(place->store, plan->id, plan->version,
                                                 &place->arena, &digest, err);
    if (rc == VB_E_ABSENT)
        return VB_OK;
    if (rc != VB_OK)
        return rc;
    if (strcmp(digest, plan->digest) == 0)
        return VB_OK;
    return vb_fail(err, VB_E_CHANGED,
                   "%s: %s %s was used here with other contents; write version = \"%s\" (or a -dev "
                   "version while you try things)",
                   plan->main_path, plan->id, plan->version,
                   next_version(&place->arena, plan->version));
}

enum vb_code vb_workplace_pinned(struct vb_workplace *place, const char *digest,
                                 struct vb_plan **out, struct vb_err *err)
{
    struct vb_pinned pinned = { 0 };
    struct vb_file *files;
    const char *main_path;
    enum vb_code rc = place->store->ops->instrument(place->store, digest, &place->arena, &files,
                                                    &pinned.count, &main_path, err);
    if (rc != VB_OK)
        return vb_while(err, "reading the instrument of this round");
    pinned.files = files;
    struct vb_source source = vb_source_pinned(&pinned);
    struct vb_sandbox_options options = load_options(place);
    struct vb_findings findings = { 0 };
    rc = vb_load(out, &source, main_path, &options, &findings, err);
    vb_findings_finish(&findings);
    if (rc != VB_OK)
        return vb_while(err, "loading the instrument of this round");
    if (strcmp((*out)->digest, digest) == 0)
        return VB_OK;
    vb_plan_release(*out);
    *out = NULL;
    return vb_fail(err, VB_E_DATA, "the kept files of %s are not those of its digest", main_path);
}

enum vb_code vb_workplace_round(struct vb_workplace *place, const char *prefix,
                                struct vb_round **out, struct vb_err *err)
{
    struct vb_round_row row;
    struct vb_plan *plan;
    enum vb_code rc = vb_store_find_round(place->store, prefix, &place->arena, &row, err);
    if (rc == VB_OK)
        rc = vb_workplace_pinned(place, row.digest, &plan, err);
    if (rc != VB_OK)
        return rc;
    rc = vb_round_load(out, place->store, &place->env, plan, &row, err);
    vb_plan_release(plan);
    return rc;
}

enum vb_code vb_workplace_language(const struct vb_plan *plan, const char *language,
                                   struct vb_err *err)
{
    struct vb_buf known = { 0 };
    if (language == NULL)
        return VB_OK;
    const char *found = plan->languages[vb_plan_language(plan, language)];
    size_t first = strcspn(language, "-");
    if (first > 0 && first == strcspn(found, "-") && strncmp(found, language, first) == 0)
        return VB_OK;
    for (int i = 0; i < plan->language_count; i++)
        vb_buf_printf(&known, "%s%s", i > 0 ? ", " : "", plan->languages[i]);
    vb_fail(err, VB_E_DATA, "%s has no language \"%s\"; it has %s", plan->id, language, known.data);
    vb_buf_finish(&known);
    return err->code;
}

enum vb_code vb_workplace_who(struct vb_workplace *place, const char **who, struct vb_err *err)
{
    const char *label, *colon = *who == NULL ? NULL : strchr(*who, ':');
    if (colon == NULL)
        return VB_OK;
    enum vb_code rc = vb_person_label(&place->arena, colon + 1, &label, NULL, err);
    if (rc != VB_OK)
        return vb_while(err, "--as");
    *who = vb_arena_printf(&place->arena, "%.*s:%s", (int)(colon - *who), *who,
                           label == NULL ? "" : label);
    return VB_OK;
}

enum vb_code vb_workplace_role(const struct vb_plan *plan, const char *who, struct vb_err *err)
{
    const char *names[VB_ROLES_MAX];
    struct vb_buf role = { 0 }, list = { 0 };
    if (who == NULL)
        return VB_OK;
    vb_buf_put(&role, who, strcspn(who, ":"));
    vb_buf_puts(&role, "");
    for (int i = 0; i < plan->role_count; i++) {
        names[i] = plan->roles[i].name;
        vb_buf_printf(&list, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    enum vb_code rc = VB_OK;
    if (vb_plan_role(plan, role.data) < 0) {
        const char *meant = vb_did_you_mean(role.data, names, (size_t)plan->role_count);
        rc = vb_fail(err, VB_E_DATA, "%s has no role %s; %s%s%sthere are %s", plan->id, role.data,
                     meant == NULL ? "" : "did you mean ", meant == NULL ? "" : meant,
                     meant == NULL ? "" : "? ", list.data);
    }
    vb_buf_finish(&role);
    vb_buf_finish(&list);
    return rc;
}

/* -- people ----------------------------------------------------------------------------------- */

bool vb_workplace_terminal(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

bool vb_workplace_colour(void)
{
    return isatty(STDOUT_FILENO) && set_in_environment("NO_COLOR") == NULL &&
           !vb_streq(getenv("TERM"), "dumb");
}

void vb_workplace_print(const struct vb_buf *text)
{
    if (text->len > 0)
        fwrite(text->data, 1, text->len, stdout);
}

void vb_workplace_say(FILE *out, const char *fmt, ...)
{
    char *text = NULL;
    struct vb_buf clean = { 0 };
    va_list args;
    va_start(args, fmt);
    int len = vasprintf(&text, fmt, args);
    va_end(args);
    vb_assert(len >= 0);
    vb_text_clean(&clean, text, (size_t)len);
    fputs(clean.data, out);
    vb_buf_finish(&clean);
    free(text);
}

/* Between single quotes where a shell would read it otherwise. */
static const char *quoted(struct vb_arena *arena, const char *word)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789/._-+=:,@%";
    struct vb_buf out = { 0 };
    if (word[0] != '\0' && word[strspn(word, plain)] == '\0')
        return word;
    vb_buf_putc(&out, '\'');
    for (; *word != '\0'; word++)
        if (*word == '\'')
            vb_buf_puts(&out, "'\\''");
        else
            vb_buf_putc(&out, *word);
    vb_buf_putc(&out, '\'');
    const char *copy = vb_arena_strdup(arena, out.data);
    vb_buf_finish(&out);
    return copy;
}

const char *vb_workplace_command(struct vb_workplace *place, const char *words)
{
    struct vb_arena *arena = &place->arena;
    const char *called = quoted(arena, program_invocation_name);
    if (!place->data_given)
        return vb_arena_printf(arena, "%s %s", called, words);
    return vb_arena_printf(arena, "%s %s --data %s", called, words, quoted(arena, place->data));
}

enum vb_code vb_workplace_ask(struct vb_workplace *place, struct vb_round *round, const char *only,
                              const char *language, const char *mode, struct vb_err *err)
{
    struct vb_term *term;
    struct vb_term_options options = {
        .in = stdin,
        .out = stdout,
        .messages = stderr,
        .terminal = vb_workplace_terminal(),
        .colour = vb_workplace_colour(),
        .language = language,
        .mode = mode,
        .resume_hint = vb_workplace_command(place, "resume {}"),
    };
    enum vb_code rc = vb_reporting_read(&place->arena, &options.reporting, err);
    if (rc == VB_OK && place->loop == NULL)
        rc = vb_loop_create(&place->loop, err);
    if (rc == VB_OK)
        rc = vb_term_create(&term, &options, place->loop, &place->env, err);
    if (rc != VB_OK)
        return rc;
    rc = vb_term_run(term, round, only, err);
    vb_term_destroy(term);
    return rc;
}

/* The terminal's own width; 0 when stdout is none. */
static int columns(void)
{
    struct winsize size;
    return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

enum vb_code vb_workplace_sheet(struct vb_workplace *place, struct vb_round *round,
                                const char *language, const char *for_role, struct vb_err *err)
{
    struct vb_result result;
    struct vb_sheet_options options = {
        .language = language,
        .for_role = for_role,
        .colour = vb_workplace_colour(),
        .columns = columns(),
    };
    enum vb_code rc = vb_round_result(round, 0, &place->arena, &result, err);
    if (rc != VB_OK)
        return rc;
    struct vb_buf text = { 0 };
    vb_sheet_text(&text, &result, &options);
    vb_workplace_print(&text);
    vb_buf_finish(&text);
    return VB_OK;
}

static bool speaks_dutch(const struct vb_round *round, const char *language)
{
    return vb_starts_with(language != NULL ? language : vb_round_plan(round)->languages[0], "nl");
}

static const char *command_for(struct vb_workplace *place, const char *command, const char *round)
{
    return vb_workplace_command(place, vb_arena_printf(&place->arena, "%s %s", command, round));
}

static void tell_open(struct vb_workplace *place, const struct vb_round *round, bool dutch)
{
    enum { MOST = 8 };
    const char *names[MOST];
    int count = vb_round_missing(round, names, MOST);
    bool kept = vb_round_plan(round)->retain == VB_RETAIN_KEEP;
    for (int i = 0; i < count && i < MOST; i++)
        vb_workplace_say(stderr, "%s: %s\n", dutch ? "nog niet klaar" : "not ready yet", names[i]);
    if (count > 0)
        return;
    count = vb_round_welcome(round, names, MOST);
    for (int i = 0; i < count && i < MOST; i++)
        vb_workplace_say(stderr, "%s: %s (%s)\n", dutch ? "kan nog invullen" : "may still fill in",
                         names[i], command_for(place, "resume", vb_round_row(round)->id));
    if (count > 0 && !vb_round_is_group(vb_round_plan(round)))
        return;
    if (!vb_round_is_group(vb_round_plan(round)))
        fputs(dutch ? "Iedereen is klaar. Er is geen blad.\n"
                    : "Everybody is ready. There is no sheet.\n",
              stderr);
    else if (kept)
        vb_workplace_say(stderr, "%s: %s\n", dutch ? "nog niet vrijgegeven" : "not released yet",
                         command_for(place, "release", vb_round_row(round)->id));
}

void vb_workplace_tell(struct vb_workplace *place, const struct vb_round *round,
                       const char *language)
{
    const struct vb_round_row *row = vb_round_row(round);
    bool dutch = speaks_dutch(round, language);
    bool kept = vb_round_plan(round)->retain == VB_RETAIN_KEEP && !vb_round_is_new(round);
    if (kept)
        vb_workplace_say(stderr, "%s %s\n", dutch ? "ronde" : "round", row->id);
    else
        fputs(dutch ? "niets bewaard\n" : "nothing was kept\n", stderr);
    if (row->state == VB_ROUND_OPEN && !vb_round_is_new(round))
        tell_open(place, round, dutch);
    else if (row->state == VB_ROUND_WITHDRAWN)
        fputs(dutch ? "Deze ronde is klaar. Er komt geen blad.\n"
                    : "This round is done. There will be no sheet.\n",
              stderr);
    else if (row->state == VB_ROUND_RELEASED && kept)
        vb_workplace_say(stderr, "%s: %s\n", dutch ? "later weer te zien met" : "to see it again",
                         command_for(place, "sheet", row->id));
}
