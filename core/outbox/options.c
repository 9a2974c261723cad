#include "outbox/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/mem.h"
#include "base/str.h"
#include "data/json.h"

/* -- types ------------------------------------------------------------------------------------ */

static bool is_whole(const char *value)
{
    const char *digits = value + (*value == '-');
    size_t n = strspn(digits, "0123456789");
    if (n == 0 || digits[n] != '\0')
        return false;
    errno = 0;
    (void)strtoll(value, NULL, 10);
    return errno == 0;
}

static bool is_url(const char *value)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    size_t n = strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789+.-");
    return n > 0 && strchr(letters, value[0]) != NULL && value[n] == ':' && value[n + 1] != '\0';
}

static bool is_choice(const char *choices, const char *value)
{
    size_t n = strlen(value);
    if (n == 0 || strchr(value, ' ') != NULL)
        return false;
    for (const char *at = choices; at != NULL && *at != '\0';) {
        size_t word = strcspn(at, " ");
        if (word == n && memcmp(at, value, n) == 0)
            return true;
        at += word + strspn(at + word, " ");
    }
    return false;
}

bool vb_option_fits(const char *type, const char *choices, const char *value)
{
    if (vb_streq(type, "path"))
        return *value != '\0';
    if (vb_streq(type, "url"))
        return is_url(value);
    if (vb_streq(type, "int"))
        return is_whole(value);
    if (vb_streq(type, "bool"))
        return vb_streq(value, "true") || vb_streq(value, "false");
    if (vb_streq(type, "choice"))
        return is_choice(choices, value);
    return true;
}

/* The value itself is not repeated: it may be a secret. */
static enum vb_code misfit(const char *output, const struct vb_wire_option *option,
                           struct vb_err *err)
{
    static const char *const wants[][2] = {
        { "path", "a path" },
        { "url", "a URL with its scheme" },
        { "int", "a whole number" },
        { "bool", "true or false" },
    };
    if (vb_streq(option->type, "choice"))
        return vb_fail(err, VB_E_CONFIG, "option %s of %s is one of: %s", option->name, output,
                       option->choices);
    for (size_t i = 0; i < sizeof wants / sizeof wants[0]; i++)
        if (vb_streq(option->type, wants[i][0]))
            return vb_fail(err, VB_E_CONFIG, "option %s of %s wants %s, such as %s", option->name,
                           output, wants[i][1], option->example);
    return vb_fail(err, VB_E_CONFIG, "option %s of %s is of the type %s, which is not known here",
                   option->name, output, option->type);
}

/* -- one option ------------------------------------------------------------------------------- */

static void put(struct vb_buf *out, const char *name, const char *folder, const char *value)
{
    struct vb_buf whole = { 0 };
    if (out->data[out->len - 1] != '{')
        vb_buf_putc(out, ',');
    if (folder != NULL)
        vb_buf_printf(&whole, "%s/", folder);
    vb_buf_puts(&whole, value);
    vb_json_text(out, name);
    vb_buf_putc(out, ':');
    vb_json_string(out, whole.data, whole.len);
    vb_buf_finish(&whole);
}

static bool is_relative(const struct vb_wire_option *option, const char *value)
{
    return vb_streq(option->type, "path") && value[0] != '/';
}

static enum vb_code put_given(struct vb_buf *out, const char *output,
                              const struct vb_wire_option *option, const char *value,
                              const char *base, struct vb_err *err)
{
    if (!vb_option_fits(option->type, option->choices, value))
        return misfit(output, option, err);
    bool relative = is_relative(option, value);
    if (relative && base == NULL)
        return vb_fail(err, VB_E_CONFIG, "option %s of %s wants a path that begins with /",
                       option->name, output);
    put(out, option->name, relative ? base : NULL, value);
    return VB_OK;
}

static enum vb_code put_default(struct vb_buf *out, const char *output,
                                const struct vb_wire_option *option, const char *dir,
                                struct vb_err *err)
{
    if (option->required)
        return vb_fail(err, VB_E_CONFIG, "%s wants option %s, such as %s=%s (%s)", output,
                       option->name, option->name, option->example, option->help);
    const char *value = option->default_value;
    if (value == NULL || (is_relative(option, value) && dir == NULL))
        return VB_OK;
    put(out, option->name, is_relative(option, value) ? dir : NULL, value);
    return VB_OK;
}

/* -- all of them ------------------------------------------------------------------------------ */

static enum vb_code unknown(const char *output, const struct vb_wire_option *known, size_t count,
                            const char *name, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    const char **names = vb_arena_alloc(&arena, (count + 1) * sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = known[i].name;
    const char *meant = vb_did_you_mean(name, names, count);
    vb_arena_finish(&arena); /* meant is one of known's own */
    if (meant != NULL)
        return vb_fail(err, VB_E_CONFIG, "%s has no option %.64s; did you mean %s?", output, name,
                       meant);
    return vb_fail(err, VB_E_CONFIG, "%s has no option %.64s", output, name);
}

static enum vb_code check_names(const cJSON *given, const char *output,
                                const struct vb_wire_option *known, size_t count,
                                struct vb_err *err)
{
    const cJSON *option;
    cJSON_ArrayForEach(option, given)
    {
        bool found = false;
        for (size_t i = 0; i < count; i++)
            found |= vb_streq(known[i].name, option->string);
        if (!found)
            return unknown(output, known, count, option->string, err);
        if (!cJSON_IsString(option))
            return vb_fail(err, VB_E_CONFIG, "option %s of %s is not a text", option->string,
                           output);
    }
    return VB_OK;
}

enum vb_code vb_options_check(struct vb_buf *out, const char *output,
                              const struct vb_wire_option *known, size_t count, const char *given,
                              const char *base, const char *dir, struct vb_err *err)
{
    cJSON *tree;
    enum vb_code rc = vb_json_parse(&tree, given, strlen(given), VB_PROTOCOL_LINE_MAX, err);
    if (rc != VB_OK)
        return vb_while(err, "the options of %s", output);
    if (!cJSON_IsObject(tree))
        rc = vb_fail(err, VB_E_CONFIG, "the options of %s are not an object", output);
    if (rc == VB_OK)
        rc = check_names(tree, output, known, count, err);
    vb_buf_putc(out, '{');
    for (size_t i = 0; rc == VB_OK && i < count; i++) {
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(tree, known[i].name);
        rc = value == NULL ? put_default(out, output, &known[i], dir, err)
                           : put_given(out, output, &known[i], value->valuestring, base, err);
    }
    vb_buf_putc(out, '}');
    cJSON_Delete(tree);
    return rc;
}
