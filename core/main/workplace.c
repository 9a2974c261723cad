#include "main/workplace.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/str.h"
#include "data/text.h"
#include "session/named.h"
#include "loop/loop.h"
#include "main/reporting.h"
#include "session/pictures.h"
#include "term/term.h"
#include "session/shown.h"

/* -- begin and end ---------------------------------------------------------------------------- */

/* What is wrong in the file is said at once, whatever the command is. */
static enum vb_code configure(struct vb_workplace *place, const char *data, struct vb_err *err)
{
    struct vb_findings findings = { 0 };
    struct vb_buf text = { 0 };
    enum vb_code rc = vb_configuration_read(&place->configuration, &place->arena, data,
                                            place->env.clock, &findings, err);
    vb_findings_write(&text, &findings, VB_FINDINGS_TEXT);
    if (findings.count > 0)
        vb_workplace_say(stderr, "%s", text.data);
    vb_buf_finish(&text);
    vb_findings_finish(&findings);
    return rc;
}

static enum vb_code choose_data(struct vb_workplace *place, struct vb_err *err)
{
    place->data = place->configuration.set[VB_CONF_DATA].text;
    if (place->data == NULL)
        return vb_fail(err, VB_E_CONFIG,
                       "there is no place for the data: give --data DIR or set VERBOND_DATA");
    if (place->data[0] == '\0')
        return vb_fail(err, VB_E_USAGE, "--data wants the name of a folder");
    return VB_OK;
}

/* Whom somebody works for stands in every row of the audit that comes of it. */
static enum vb_code choose_on_behalf(struct vb_workplace *place, struct vb_err *err)
{
    struct vb_err refused;
    const char *value = place->configuration.set[VB_CONF_ON_BEHALF].text;
    if (vb_person_label(&place->arena, value, &place->env.on_behalf, NULL, &refused) == VB_OK)
        return VB_OK;
    return vb_fail(err, VB_E_CONFIG, "VERBOND_ON_BEHALF: %s", refused.text);
}

enum vb_code vb_workplace_begin(struct vb_workplace *place, const char *data, struct vb_err *err)
{
    *place = (struct vb_workplace){ .log = vb_log_stderr(VB_LOG_WARNING) };
    place->env = (struct vb_env){
        .clock = vb_clock_system(),
        .random = vb_random_system(),
        .log = &place->log,
        .by = vb_workplace_user(place),
    };
    place->env.sandbox = (struct vb_sandbox_options){
        .limits = vb_limits_flow(),
        .clock = place->env.clock,
    };
    place->data_given = data != NULL;
    enum vb_code rc = configure(place, data, err);
    if (rc == VB_OK)
        rc = choose_on_behalf(place, err);
    return rc == VB_OK ? choose_data(place, err) : rc;
}

int vb_workplace_end(struct vb_workplace *place, enum vb_code code, const struct vb_err *err)
{
    vb_store_destroy(place->store);
    vb_keys_close(place->keys);
    vb_loop_destroy(place->loop);
    vb_arena_finish(&place->arena);
    if (code != VB_OK)
        vb_workplace_say(stderr, "verbond: %s\n", err->text);
    return vb_exit_code(code);
}

/* -- people ----------------------------------------------------------------------------------- */

bool vb_workplace_terminal(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

bool vb_workplace_colour(void)
{
    return isatty(STDOUT_FILENO) && vb_environment("NO_COLOR") == NULL &&
           !vb_streq(vb_environment("TERM"), "dumb");
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

/* What the term shows between a release and what is asked together. */
struct showing {
    struct vb_workplace *place;
    const char *language;
};
static enum vb_code show(void *ctx, struct vb_round *round, struct vb_err *err)
{
    const struct showing *showing = ctx;
    return vb_workplace_show(showing->place, round, showing->language, err);
}

static enum vb_code open_term(struct vb_workplace *place, const struct vb_round *round,
                              const struct vb_asking *asking, struct vb_term **term,
                              struct vb_err *err)
{
    struct showing *showing = vb_arena_new(&place->arena, struct showing);
    *showing = (struct showing){ place, asking->language };
    struct vb_term_options options = {
        .in = stdin,
        .out = stdout,
        .messages = stderr,
        .terminal = vb_workplace_terminal(),
        .colour = vb_workplace_colour(),
        .language = asking->language,
        .mode = asking->mode,
        .helper = asking->helper,
        .by = vb_workplace_user(place),
        .resume_hint =
            vb_workplace_command(place, asking->correct ? "resume {} --correct" : "resume {}"),
        .show = show,
        .show_ctx = showing,
    };
    enum vb_code rc =
        vb_reporting_read(&place->configuration, &place->arena, &options.reporting, err);
    if (rc == VB_OK)
        rc = vb_shown_purposes(place->store, vb_round_row(round)->id, &options.ask_dossier,
                               &options.ask_research, err);
    if (rc == VB_OK)
        rc = vb_workplace_loop(place, err);
    return rc == VB_OK ? vb_term_create(term, &options, place->loop, &place->env, err) : rc;
}

enum vb_code vb_workplace_ask(struct vb_workplace *place, struct vb_round *round,
                              const struct vb_asking *asking, struct vb_err *err)
{
    struct vb_term *term;
    if (vb_round_row(round)->simulated)
        return vb_fail(err, VB_E_DATA, "round %s is simulated: nobody answers in it",
                       vb_round_row(round)->id);
    enum vb_code rc = open_term(place, round, asking, &term, err);
    if (rc != VB_OK)
        return rc;
    rc = asking->correct ? vb_term_correct(term, round, asking->only, err)
                         : vb_term_run(term, round, asking->only, err);
    vb_term_destroy(term);
    place->asked = true;
    place->stopped = rc == VB_E_STOPPED;
    return rc;
}

enum vb_code vb_workplace_talk(struct vb_workplace *place, struct vb_round *round,
                               const char *language, struct vb_err *err)
{
    struct vb_term *term;
    bool changed;
    enum vb_code rc =
        open_term(place, round, &(struct vb_asking){ .language = language }, &term, err);
    if (rc != VB_OK)
        return rc;
    rc = vb_term_talk(term, round, vb_workplace_user(place), &changed, err);
    vb_term_destroy(term);
    if (rc == VB_OK)
        fputs(vb_workplace_dutch(round, language)
                  ? (changed ? "Bewaard.\n" : "Er is niets veranderd.\n")
                  : (changed ? "Kept.\n" : "Nothing was changed.\n"),
              stderr);
    return rc;
}

int vb_workplace_columns(void)
{
    struct winsize size;
    return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

enum vb_code vb_workplace_sheet(struct vb_workplace *place, struct vb_round *round,
                                const struct vb_wanted_sheet *wanted, struct vb_err *err)
{
    struct vb_result result;
    const struct vb_sheet_pictures pictures = vb_pictures_of(place->store);
    struct vb_sheet_options options = {
        .pictures = &pictures,
        .language = wanted->language,
        .for_role = wanted->for_role,
        .colour = vb_workplace_colour(),
        .columns = vb_workplace_columns(),
    };
    enum vb_code rc = vb_round_result(round, 0, &place->arena, &result, err);
    if (rc == VB_OK && !vb_result_shows_anybody(&result))
        rc = vb_fail(err, VB_E_BUSY, "round %s: there is nothing to show", result.round);
    if (rc == VB_OK)
        rc = vb_workplace_audit(place, "sheet", vb_round_row(round)->id, err);
    if (rc != VB_OK)
        return rc;
    struct vb_buf text = { 0 };
    if (wanted->html)
        vb_sheet_html(&text, &result, &options);
    else
        vb_sheet_text(&text, &result, &options);
    vb_workplace_print(&text);
    vb_buf_finish(&text);
    return VB_OK;
}

enum vb_code vb_workplace_show(struct vb_workplace *place, struct vb_round *round,
                               const char *language, struct vb_err *err)
{
    struct vb_result result;
    if (vb_round_row(round)->state != VB_ROUND_RELEASED)
        return VB_OK;
    enum vb_code rc = vb_round_result(round, 0, &place->arena, &result, err);
    if (rc != VB_OK || !vb_result_shows_anybody(&result))
        return rc;
    struct vb_wanted_sheet wanted = { .language = language };
    return vb_workplace_sheet(place, round, &wanted, err);
}
