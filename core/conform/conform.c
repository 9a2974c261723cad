#include "conform/conform.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/str.h"
#include "conform/group.h"
#include "conform/life.h"
#include "conform/receiver.h"
#include "conform/suite.h"
#include "data/json.h"

/* -- verdicts ---------------------------------------------------------------------------------- */

bool trial_fail(struct trial *trial, const char *fmt, ...)
{
    va_list args;
    if (trial->verdict != VB_PASSED)
        return false;
    trial->verdict = VB_FAILED;
    va_start(args, fmt);
    vsnprintf(trial->reason, sizeof trial->reason, fmt, args);
    va_end(args);
    return false;
}

bool trial_skip(struct trial *trial, const char *why)
{
    if (trial->verdict == VB_PASSED) {
        trial->verdict = VB_SKIPPED;
        snprintf(trial->reason, sizeof trial->reason, "%s", why);
    }
    return false;
}

static const char *verdict_name(enum vb_verdict verdict)
{
    static const char *const names[] = { "passed", "failed", "skipped" };
    return names[verdict];
}

/* -- one test ---------------------------------------------------------------------------------- */

static void make_folders(struct trial *trial)
{
    struct vb_suite *suite = trial->suite;
    struct vb_arena *arena = &trial->arena;
    trial->folder = vb_arena_printf(arena, "%s/%s", suite->root, trial->name);
    trial->dir = vb_arena_printf(arena, "%s/own", trial->folder);
    trial->files = vb_arena_printf(arena, "%s/files", trial->folder);
    trial->secrets = vb_arena_printf(arena, "%s/secrets", trial->folder);
    trial->handed = vb_arena_printf(arena, "%s/handed", trial->folder);
    if (suite->broken == VB_OK && !(tree_make(trial->dir) && tree_make(trial->files) &&
                                    tree_make(trial->secrets) && tree_make(trial->handed)))
        suite->broken = vb_fail(&suite->err, VB_E_IO, "making the folder %s: %s", trial->folder,
                                strerror(errno));
}

static void begin_trial(struct trial *trial, struct vb_suite *suite, const char *name)
{
    *trial = (struct trial){ .suite = suite, .name = name };
    make_folders(trial);
    if (suite->set_otherwise)
        receiver_afresh(suite);
    suite->set_otherwise = false;
    receiver_answers(suite, 200, 0, 0);
    receiver_forget(suite);
}

int suite_reap(struct vb_suite *suite, char *name, size_t name_size)
{
    int children[2];
    size_t count = receiver_children(suite, children);
    return group_reap_adopted(children, count, name, name_size);
}

static void end_trial(struct trial *trial)
{
    char name[64];
    (void)suite_reap(trial->suite, name, sizeof name); /* whatever a killed plugin left */
    tree_remove(trial->folder);
    vb_arena_finish(&trial->arena);
}

static void run_case(struct vb_suite *suite, const struct vb_case *one,
                     struct vb_conform_report *report)
{
    struct trial trial;
    begin_trial(&trial, suite, one->name);
    if (!suite->described && !vb_streq(one->name, "options-described"))
        trial_skip(&trial, "it did not say what it takes");
    else if (suite->unreceived != NULL && !vb_starts_with(one->name, "options-"))
        trial_skip(&trial, suite->unreceived);
    else if (suite->broken == VB_OK)
        one->run(&trial);
    struct vb_conform_test *test = &report->tests[report->count];
    *test = (struct vb_conform_test){
        .name = one->name,
        .meaning = one->meaning,
        .verdict = trial.verdict,
        .reason = trial.verdict == VB_PASSED ? NULL : vb_arena_strdup(&report->arena, trial.reason)
    };
    end_trial(&trial);
    if (suite->broken != VB_OK)
        return;
    report->count++;
    report->passed += test->verdict == VB_PASSED;
    report->failed += test->verdict == VB_FAILED;
    report->skipped += test->verdict == VB_SKIPPED;
    if (suite->asked->told != NULL)
        suite->asked->told(suite->asked->ctx, test);
}

/* -- what the plugin says of itself -------------------------------------------------------------
 */

static const char *copy(struct vb_suite *suite, const char *text)
{
    return vb_arena_strdup(&suite->arena, text);
}

static void keep_options(struct vb_suite *suite, const struct vb_plugin_line *ready)
{
    struct vb_wire_option *options =
        vb_arena_alloc(&suite->arena, (ready->option_count + 1) * sizeof *options);
    for (size_t i = 0; i < ready->option_count; i++) {
        const struct vb_wire_option *from = &ready->options[i];
        options[i] = (struct vb_wire_option){ .name = copy(suite, from->name),
                                              .type = copy(suite, from->type),
                                              .default_value = copy(suite, from->default_value),
                                              .example = copy(suite, from->example),
                                              .check = copy(suite, from->check),
                                              .help = copy(suite, from->help),
                                              .choices = copy(suite, from->choices),
                                              .required = from->required };
    }
    suite->options = options;
    suite->option_count = ready->option_count;
    suite->to = vb_receiver_of(options, ready->option_count);
    suite->described = true;
}

/* Its end is asked for by the end of its input: options are null. */
static void describe(struct vb_suite *suite)
{
    struct trial trial;
    begin_trial(&trial, suite, "describe");
    struct life *life = life_start(&trial, &(struct birth){ .options = NULL });
    if (life != NULL) {
        life_close_input(life);
        bool ready = life_until_ready(life);
        bool ended = ready && life_until_ended(life, FINISH_MS);
        if (ready && ended && life_signal(life) == 0)
            keep_options(suite, life_described(life));
        else
            snprintf(suite->undescribed, sizeof suite->undescribed,
                     "asked what it takes (options null), %s",
                     ready && !ended ? "it did not end after it had said it" : life_fate(life));
        life_end(life);
    }
    end_trial(&trial);
}

/* -- what was asked -----------------------------------------------------------------------------
 */

static enum vb_code check_given(const struct vb_suite *suite, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = VB_OK;
    const char **names = vb_arena_alloc(&arena, (suite->option_count + 1) * sizeof *names);
    for (size_t i = 0; i < suite->option_count; i++)
        names[i] = suite->options[i].name;
    for (size_t i = 0; suite->described && i < suite->asked->given_count && code == VB_OK; i++) {
        const char *name = suite->asked->given[i].name;
        size_t at = 0;
        while (at < suite->option_count && !vb_streq(names[at], name))
            at++;
        const char *meant = vb_did_you_mean(name, names, suite->option_count);
        if (at == suite->option_count)
            code = vb_fail(err, VB_E_USAGE, "%s has no option %.64s%s%s%s", suite->asked->output,
                           name, meant == NULL ? "" : "; did you mean ", meant == NULL ? "" : meant,
                           meant == NULL ? "" : "?");
    }
    vb_arena_finish(&arena);
    return code;
}

static enum vb_code check_only(const struct vb_conform_options *asked, struct vb_err *err)
{
    const char *names[64] = { NULL };
    size_t count = 0;
    for (const struct vb_case *one = vb_cases; one->name != NULL; one++) {
        vb_assert(count < sizeof names / sizeof *names);
        names[count++] = one->name;
    }
    for (size_t i = 0; i < asked->only_count; i++) {
        size_t at = 0;
        while (at < count && !vb_streq(names[at], asked->only[i]))
            at++;
        const char *meant = vb_did_you_mean(asked->only[i], names, count);
        if (at == count)
            return vb_fail(err, VB_E_USAGE, "there is no test %.64s%s%s%s", asked->only[i],
                           meant == NULL ? "" : "; did you mean ", meant == NULL ? "" : meant,
                           meant == NULL ? "" : "?");
    }
    return VB_OK;
}

static bool is_asked(const struct vb_conform_options *asked, const char *name)
{
    for (size_t i = 0; i < asked->only_count; i++)
        if (vb_streq(asked->only[i], name))
            return true;
    return asked->only_count == 0;
}

/* -- the whole ----------------------------------------------------------------------------------
 */

static enum vb_code make_root(struct vb_suite *suite, struct vb_err *err)
{
    const char *where = getenv("TMPDIR");
    if (where == NULL || where[0] != '/')
        where = "/tmp";
    suite->root = vb_arena_printf(&suite->arena, "%s/verbond-check-XXXXXX", where);
    if (mkdtemp(suite->root) == NULL)
        return vb_fail(err, VB_E_IO, "making a folder in %s: %s", where, strerror(errno));
    return VB_OK;
}

static enum vb_code run_all(struct vb_suite *suite, struct vb_conform_report *report,
                            struct vb_err *err)
{
    size_t count = 0;
    while (vb_cases[count].name != NULL)
        count++;
    report->tests = vb_arena_alloc(&report->arena, (count + 1) * sizeof *report->tests);
    describe(suite);
    enum vb_code code = suite->broken == VB_OK ? check_given(suite, err) : VB_OK;
    if (code == VB_OK && suite->broken == VB_OK)
        receiver_begin(suite);
    for (size_t i = 0; i < count && code == VB_OK && suite->broken == VB_OK; i++)
        if (is_asked(suite->asked, vb_cases[i].name))
            run_case(suite, &vb_cases[i], report);
    if (suite->broken == VB_OK)
        return code;
    *err = suite->err;
    return suite->broken;
}

enum vb_code vb_conform_run(struct vb_conform_report *report,
                            const struct vb_conform_options *options, struct vb_err *err)
{
    struct vb_suite suite = { .asked = options, .patience_percent = 100 };
    enum vb_code code = check_only(options, err);
    if (code == VB_OK)
        code = make_root(&suite, err);
    if (code == VB_OK) {
        int before = group_adopt_begin();
        code = vb_loop_catch_signals(options->loop, err);
        if (code == VB_OK) {
            code = run_all(&suite, report, err);
            receiver_end(&suite);
            vb_loop_release_signals(options->loop);
        }
        group_adopt_end(before);
        tree_remove(suite.root);
    }
    vb_arena_finish(&suite.arena);
    return code;
}

void vb_conform_tests(struct vb_conform_report *report)
{
    size_t cap = 0;
    for (const struct vb_case *one = vb_cases; one->name != NULL; one++) {
        struct vb_conform_test *test =
            vb_arena_push(&report->arena, &report->tests, report->count, &cap, sizeof *test);
        *test = (struct vb_conform_test){ one->name, one->meaning, VB_SKIPPED, NULL };
        report->count++;
    }
}

void vb_conform_report_finish(struct vb_conform_report *report)
{
    vb_arena_finish(&report->arena);
    *report = (struct vb_conform_report){ 0 };
}

/* -- writing ------------------------------------------------------------------------------------
 */

void vb_conform_json(struct vb_buf *out, const struct vb_conform_report *report)
{
    vb_buf_putc(out, '[');
    for (size_t i = 0; i < report->count; i++) {
        const struct vb_conform_test *test = &report->tests[i];
        vb_buf_puts(out, i == 0 ? "" : ",\n ");
        vb_json_put_text(out, "{\"name\":", test->name);
        vb_json_put_text(out, ",\"meaning\":", test->meaning);
        vb_json_put_text(out, ",\"verdict\":", verdict_name(test->verdict));
        vb_json_put_text(out, ",\"reason\":", test->reason);
        vb_buf_putc(out, '}');
    }
    vb_buf_puts(out, "]\n");
}

void vb_conform_closing(struct vb_buf *out, const struct vb_conform_report *report)
{
    vb_buf_printf(out, "%d passed, %d failed", report->passed, report->failed);
    if (report->skipped > 0)
        vb_buf_printf(out, ", %d skipped", report->skipped);
    vb_buf_putc(out, '\n');
}
