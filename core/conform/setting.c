/* setting.c - what a plugin is set to in a trial: each of its options from check, else example. */
#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "base/str.h"
#include "conform/receiver.h"
#include "conform/suite.h"
#include "data/json.h"

/* By a whole word of it: a monkey is no key. */
bool vb_option_is_secret(const char *name)
{
    static const char *const words[] = { "secret", "password", "passphrase",
                                         "token",  "key",      "credentials" };
    for (const char *at = name; *at != '\0';) {
        size_t len = strcspn(at, "-");
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (strlen(words[i]) == len && memcmp(at, words[i], len) == 0)
                return true;
        at += len + (at[len] == '-');
    }
    return false;
}

static const char *sample_of(const struct vb_wire_option *option)
{
    return option->check != NULL ? option->check : option->example;
}

enum vb_receiver vb_receiver_of(const struct vb_wire_option *options, size_t count)
{
    enum vb_receiver to = VB_TO_NOBODY;
    for (size_t i = 0; i < count; i++) {
        const char *value = sample_of(&options[i]);
        if (vb_streq(options[i].type, "url") && vb_starts_with(value, "nats:"))
            return VB_TO_NATS;
        if (vb_streq(options[i].type, "url") && vb_starts_with(value, "http:"))
            return VB_TO_HTTP;
        if (vb_streq(options[i].type, "path") && !vb_option_is_secret(options[i].name))
            to = VB_TO_FILES;
    }
    return to;
}

static const char *given(const struct vb_suite *suite, const char *name)
{
    for (size_t i = 0; i < suite->asked->given_count; i++)
        if (vb_streq(suite->asked->given[i].name, name))
            return suite->asked->given[i].value;
    return NULL;
}

/* A secret is there, and long enough for any key; any other path is the plugin's to make, but for
 * its folder. */
static const char *path_in(struct trial *trial, const struct vb_wire_option *option)
{
    const char *value = sample_of(option), *slash = strrchr(value, '/');
    bool secret = vb_option_is_secret(option->name);
    if (value[0] == '/')
        value = slash + 1;
    const char *path =
        vb_arena_printf(&trial->arena, "%s/%s", secret ? trial->secrets : trial->files, value);
    char *folder = vb_arena_strdup(&trial->arena, path);
    *strrchr(folder, '/') = '\0';
    bool made = tree_make(folder);
    if (secret && made) {
        const struct vb_random random = vb_random_system();
        char line[2 * VB_ID_SIZE], *at = line;
        for (int i = 0; i < 2; i++, at += VB_ID_SIZE - 1)
            vb_id_make(&random, at);
        *at++ = '\n';
        made = tree_write(path, line, (size_t)(at - line));
    }
    if (!made)
        trial_fail(trial, "the suite cannot make %s", path);
    return path;
}

static const char *value_of(struct trial *trial, const struct vb_wire_option *option)
{
    const char *value = given(trial->suite, option->name);
    if (value != NULL)
        return value;
    if (vb_streq(option->type, "path"))
        return path_in(trial, option);
    if (vb_streq(option->type, "url"))
        return vb_receiver_url(trial->suite, &trial->arena, sample_of(option));
    return sample_of(option);
}

static void put(struct vb_buf *out, const char *name, const char *value)
{
    vb_buf_putc(out, out->len == 0 ? '{' : ',');
    vb_json_text(out, name);
    vb_buf_putc(out, ':');
    vb_json_text(out, value);
}

const char *trial_options(struct trial *trial, const struct changed_option *change, bool least)
{
    const struct vb_suite *suite = trial->suite;
    struct vb_buf out = { 0 };
    trial->suite->set_otherwise |= least || change != NULL;
    for (size_t i = 0; i < suite->option_count; i++) {
        const struct vb_wire_option *option = &suite->options[i];
        bool changed = change != NULL && vb_streq(change->name, option->name);
        if (changed && change->value != NULL)
            put(&out, option->name, change->value);
        /* A plugin that needs a receiver is set to ours even when it has one by itself. */
        else if (!changed && (!least || option->required || vb_streq(option->type, "url") ||
                              given(suite, option->name) != NULL || option->check != NULL))
            put(&out, option->name, value_of(trial, option));
    }
    if (change != NULL && change->added)
        put(&out, change->name, change->value);
    vb_buf_puts(&out, out.len == 0 ? "{}" : "}");
    const char *options = vb_arena_strdup(&trial->arena, out.data);
    vb_buf_finish(&out);
    return options;
}
