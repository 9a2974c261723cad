/* scaffold_output.c - a first output. */
#include <stdio.h>
#include <string.h>

#include "author/scaffold.h"
#include "author/template.h"
#include "base/str.h"

enum { NAME_MAX_BYTES = 64 };

/* As the host and --output want it. */
static bool is_name(const char *name)
{
    return name[0] >= 'a' && name[0] <= 'z' && strlen(name) <= NAME_MAX_BYTES &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

static enum vb_code check_name(const char *name, struct vb_err *err)
{
    struct vb_buf near = { 0 };
    if (is_name(name))
        return VB_OK;
    vb_template_near_name(&near, name);
    for (size_t i = 0; i < near.len; i++)
        if (near.data[i] == '_')
            near.data[i] = '-';
    bool other = near.len > 0 && is_name(near.data) && !vb_streq(near.data, name);
    vb_fail(err, VB_E_USAGE,
            "an output cannot be called \"%s\": use up to %d lower-case letters, digits and -, a "
            "letter first%s%s",
            name, NAME_MAX_BYTES, other ? "; how about " : "", other ? near.data : "");
    vb_buf_finish(&near);
    return err->code;
}

static enum vb_code check_language(const char *language, struct vb_err *err)
{
    static const char *const languages[] = { "c", "lua", "exec" };
    for (int i = 0; i < 3; i++)
        if (vb_streq(languages[i], language))
            return VB_OK;
    const char *meant = vb_did_you_mean(language, languages, 3);
    return vb_fail(err, VB_E_USAGE, "there is no language %s%s%s%s There are c, lua, exec",
                   language, meant == NULL ? "" : "; did you mean ", meant == NULL ? "" : meant,
                   meant == NULL ? "." : "?");
}

enum vb_code vb_scaffold_output(const char *root, const char *name, const char *language,
                                struct vb_buf *written, struct vb_err *err)
{
    struct vb_buf path = { 0 };
    char kind[32];
    enum vb_code rc = check_name(name, err);
    if (rc == VB_OK)
        rc = check_language(language, err);
    if (rc != VB_OK)
        return rc;
    snprintf(kind, sizeof kind, "output %s", language);
    vb_scaffold_path(&path, root, name);
    const struct vb_template_words words = { .name = name, .title = name, .path = path.data };
    rc = vb_templates_put(path.data, kind, &words, written, err);
    vb_buf_finish(&path);
    return rc;
}
