/* try_options.c - what the plugin says it takes, and what it is given instead. */
#include <string.h>

#include "base/str.h"
#include "conform/life.h"
#include "conform/try.h"
#include "outbox/options.h"

/* -- what it says ------------------------------------------------------------------------------ */

static bool is_name(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    return name[0] >= 'a' && name[0] <= 'z' && strspn(name, letters) == strlen(name);
}

static bool is_engines_own(const char *name)
{
    return vb_streq(name, "purpose") || vb_streq(name, "content") || vb_streq(name, "name");
}

static bool value_fits(struct trial *trial, const struct vb_wire_option *option, const char *what,
                       const char *value)
{
    if (value == NULL || vb_option_fits(option->type, option->choices, value))
        return true;
    return trial_fail(trial, "option %s: its %s is no %s", option->name, what, option->type);
}

static bool is_described(struct trial *trial, const struct vb_wire_option *option)
{
    if (!is_name(option->name))
        return trial_fail(trial, "option \"%.64s\": a name has letters a-z, digits and -",
                          option->name);
    if (is_engines_own(option->name))
        return trial_fail(trial, "option %s: that word is the engine's own", option->name);
    if (option->help == NULL || option->help[0] == '\0')
        return trial_fail(trial, "option %s has no help", option->name);
    if (option->example == NULL)
        return trial_fail(trial, "option %s has no example", option->name);
    if (vb_streq(option->type, "choice") && (option->choices == NULL || option->choices[0] == '\0'))
        return trial_fail(trial, "option %s is a choice without choices", option->name);
    return value_fits(trial, option, "example", option->example) &&
           value_fits(trial, option, "check", option->check) &&
           value_fits(trial, option, "default", option->default_value);
}

void try_options_described(struct trial *trial)
{
    const struct vb_suite *suite = trial->suite;
    if (!suite->described) {
        trial_fail(trial, "%s", suite->undescribed);
        return;
    }
    for (size_t i = 0; i < suite->option_count; i++) {
        if (!is_described(trial, &suite->options[i]))
            return;
        for (size_t j = 0; j < i; j++)
            if (vb_streq(suite->options[i].name, suite->options[j].name))
                trial_fail(trial, "option %s stands there twice", suite->options[i].name);
    }
}

void try_options_secret(struct trial *trial)
{
    const struct vb_suite *suite = trial->suite;
    bool any = false;
    for (size_t i = 0; i < suite->option_count; i++) {
        const struct vb_wire_option *option = &suite->options[i];
        if (!vb_option_is_secret(option->name))
            continue;
        any = true;
        if (vb_streq(option->type, "text") || vb_streq(option->type, "url"))
            trial_fail(trial,
                       "option %s is a %s: a secret given so is seen in lists, logs and "
                       "histories; take a path, such as secret-file",
                       option->name, option->type);
    }
    if (!any)
        trial_skip(trial, "no option of it is a secret");
}

/* -- what it is given -------------------------------------------------------------------------- */

/* The engine never comes so far; whoever starts the plugin by hand does. It may refuse or be ready,
 * and does not crash or sit there. */
static void survives(struct trial *trial, const char *options, const char *what, const char *name)
{
    struct life *life = life_start(trial, &(struct birth){ .options = options });
    if (life == NULL)
        return;
    bool ready = life_until_ready(life);
    if (ready)
        life_shut(life, FINISH_MS);
    bool ended = life_until_ended(life, FINISH_MS);
    if (life_signal(life) != 0)
        trial_fail(trial, "%s %s: %s", what, name, life_fate(life));
    else if (!ended)
        trial_fail(trial,
                   ready ? "%s %s: it was ready, and did not end when it was asked to"
                         : "%s %s: it neither was ready nor ended",
                   what, name);
    else if (!ready && life_wrong(life) != NULL)
        trial_fail(trial, "%s %s: %s", what, name, life_wrong(life));
    life_end(life);
}

/* The engine's own check stands before every plugin. */
static void refused_by_engine(struct trial *trial, const char *options, const char *name)
{
    const struct vb_suite *suite = trial->suite;
    struct vb_buf checked = { 0 };
    struct vb_err err;
    if (vb_options_check(&checked, suite->asked->output, suite->options, suite->option_count,
                         options, "/", NULL, &err) == VB_OK)
        trial_fail(trial, "option %s: the engine takes what it should refuse", name);
    vb_buf_finish(&checked);
}

static void refuse(struct trial *trial, const struct changed_option *change, const char *what)
{
    const char *options = trial_options(trial, change, false);
    refused_by_engine(trial, options, change->name);
    if (trial_goes_on(trial))
        survives(trial, options, what, change->name);
}

void try_options_unknown(struct trial *trial)
{
    refuse(trial, &(struct changed_option){ .name = "no-such-option", .value = "x", .added = true },
           "with the unknown option");
}

void try_options_type(struct trial *trial)
{
    const struct vb_suite *suite = trial->suite;
    bool any = false;
    for (size_t i = 0; i < suite->option_count && trial_goes_on(trial); i++) {
        const struct vb_wire_option *option = &suite->options[i];
        if (vb_streq(option->type, "text"))
            continue;
        any = true;
        refuse(trial,
               &(struct changed_option){ .name = option->name,
                                         .value = vb_streq(option->type, "path") ? "" : "no such" },
               "with a wrong value of");
    }
    if (!any)
        trial_skip(trial, "any text fits its options");
}

void try_options_missing(struct trial *trial)
{
    const struct vb_suite *suite = trial->suite;
    bool any = false;
    for (size_t i = 0; i < suite->option_count && trial_goes_on(trial); i++) {
        if (!suite->options[i].required)
            continue;
        any = true;
        refuse(trial, &(struct changed_option){ .name = suite->options[i].name }, "without");
    }
    if (!any)
        trial_skip(trial, "no option of it is required");
}

void try_options_least(struct trial *trial)
{
    struct life *life =
        life_start(trial, &(struct birth){ .options = trial_options(trial, NULL, true) });
    if (life == NULL)
        return;
    struct sampled round = sampled_round(trial);
    struct sending sending = sending_of(trial, &round, "items", 1);
    if (!life_until_ready(life))
        trial_fail(trial, "with the required options alone it was not ready: %s", life_fate(life));
    if (trial_goes_on(trial) && trial_deliver(life, &sending, 1))
        trial_finish(life);
    else
        life_end(life);
}
