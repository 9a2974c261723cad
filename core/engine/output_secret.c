#include "engine/output_secret.h"

#include <string.h>
#include <sys/stat.h>

#include "base/str.h"
#include "data/json.h"

/* Is one of the words of name (joined by - or _) this one? */
static bool has_word(const char *name, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = name; *at != '\0';) {
        size_t n = strcspn(at, "-_");
        if (n == len && strncmp(at, word, len) == 0)
            return true;
        at += n + strspn(at + n, "-_");
    }
    return false;
}

static bool is_called_secret(const char *name)
{
    static const char *const words[] = { "secret", "password", "token", "credentials" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (has_word(name, words[i]))
            return true;
    return false;
}

/* A text that is called key may be the key of a table. */
static bool is_secret(const struct vb_wire_option *option)
{
    return is_called_secret(option->name) ||
           (vb_streq(option->type, "path") && has_word(option->name, "key"));
}

/* "https://name:word@host" */
static bool holds_password(const char *url)
{
    const char *host = strstr(url, "://");
    if (host == NULL)
        return false;
    host += 3;
    size_t len = strcspn(host, "/?#");
    const char *at = memchr(host, '@', len);
    return at != NULL && memchr(host, ':', (size_t)(at - host)) != NULL;
}

static enum vb_code check_file(const char *output, const struct vb_wire_option *option,
                               const char *path, struct vb_err *err)
{
    struct stat status;
    if (stat(path, &status) != 0 || (status.st_mode & (S_IRWXG | S_IRWXO)) == 0)
        return VB_OK;
    return vb_fail(err, VB_E_CONFIG, "option %s of %s: others may read the secret: chmod 600 %s",
                   option->name, output, path);
}

static enum vb_code check_one(const char *output, const struct vb_wire_option *option,
                              const char *value, struct vb_err *err)
{
    bool written = vb_streq(option->type, "text") || vb_streq(option->type, "url");
    if (vb_streq(option->type, "path"))
        return is_secret(option) ? check_file(output, option, value, err) : VB_OK;
    if (written && (is_secret(option) || holds_password(value)))
        return vb_fail(err, VB_E_CONFIG,
                       "option %s of %s: a secret stands in a file of its own, never in an option",
                       option->name, output);
    return VB_OK;
}

enum vb_code vb_output_secrets_check(const char *output, const struct vb_wire_option *known,
                                     size_t count, const char *options, struct vb_err *err)
{
    cJSON *tree = cJSON_Parse(options);
    enum vb_code code = VB_OK;
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        const char *value =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, known[i].name));
        if (value != NULL)
            code = check_one(output, &known[i], value, err);
    }
    cJSON_Delete(tree);
    return code;
}

const char *vb_output_secret_shown(const char *name, const char *value)
{
    bool names_file = has_word(name, "file") || has_word(name, "path");
    bool hidden =
        value != NULL && ((is_called_secret(name) && !names_file) || holds_password(value));
    return hidden ? "(not shown: a secret stands in a file)" : value;
}
