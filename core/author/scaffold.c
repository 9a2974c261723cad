#include "author/scaffold.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "author/template.h"
#include "base/str.h"
#include "data/json.h"
#include "script/fields.h"

enum { ANNOTATIONS_MAX = 1 << 20 };

const struct vb_scaffold_kind vb_scaffold_kinds[] = {
    { "likert", "statements of client and worker, two scales" },
    { "family", "a family, and the worker about each member" },
    { "drawing", "drawings, a few words, paper; nothing of a drawing is kept" },
    { "scripted", "an order of its own, written as a function" },
    { NULL, NULL },
};

void vb_scaffold_path(struct vb_buf *out, const char *root, const char *path)
{
    if (!vb_streq(root, "."))
        vb_buf_printf(out, "%s%s", root, vb_ends_with(root, "/") ? "" : "/");
    vb_buf_puts(out, path);
}

/* -- names ------------------------------------------------------------------------------------ */

static enum vb_code check_name(const char *name, struct vb_err *err)
{
    struct vb_buf near = { 0 };
    if (vb_name_ok(name, false))
        return VB_OK;
    vb_template_near_name(&near, name);
    vb_fail(err, VB_E_USAGE,
            "an instrument cannot be called \"%s\": use lower-case letters, digits, - and _, a "
            "letter first%s%s",
            name, near.len > 0 ? "; how about " : "", near.len > 0 ? near.data : "");
    vb_buf_finish(&near);
    return err->code;
}

static enum vb_code check_kind(const char *kind, struct vb_err *err)
{
    const char *names[8];
    size_t count = 0;
    struct vb_buf list = { 0 };
    for (const struct vb_scaffold_kind *one = vb_scaffold_kinds; one->name != NULL; one++) {
        if (vb_streq(one->name, kind)) {
            vb_buf_finish(&list);
            return VB_OK;
        }
        vb_buf_printf(&list, "%s%s", count == 0 ? "" : ", ", one->name);
        names[count++] = one->name;
    }
    const char *meant = vb_did_you_mean(kind, names, count);
    vb_fail(err, VB_E_USAGE, "there is no kind %s%s%s%s There are %s", kind,
            meant == NULL ? "" : "; did you mean ", meant == NULL ? "" : meant,
            meant == NULL ? "." : "?", list.data);
    vb_buf_finish(&list);
    return err->code;
}

/* -- an instrument ---------------------------------------------------------------------------- */

/* A title to begin with: work-talk reads Work talk. */
static void begin_title(struct vb_buf *out, const char *name)
{
    for (const char *c = name; *c != '\0'; c++) {
        char letter = *c == '-' || *c == '_' ? ' ' : *c;
        bool first = c == name && letter >= 'a' && letter <= 'z';
        vb_buf_putc(out, first ? (char)(letter - 'a' + 'A') : letter);
    }
}

enum vb_code vb_scaffold_instrument(const char *root, const char *name, const char *kind,
                                    struct vb_buf *written, struct vb_err *err)
{
    struct vb_buf title = { 0 }, path = { 0 };
    enum vb_code rc = check_name(name, err);
    if (rc == VB_OK)
        rc = check_kind(kind, err);
    if (rc != VB_OK)
        return rc;
    vb_scaffold_path(&path, root, name);
    begin_title(&title, name);
    const struct vb_template_words words = { .name = name, .title = title.data, .path = path.data };
    rc = vb_templates_put(path.data, kind, &words, written, err);
    vb_buf_finish(&path);
    vb_buf_finish(&title);
    return rc;
}

/* -- the editor ------------------------------------------------------------------------------- */

/* The first line of a file that we made, which may be made again. */
static bool is_ours(const char *path, const struct vb_buf *text)
{
    struct vb_buf there = { 0 };
    struct vb_err err;
    size_t line = (size_t)(strchr(text->data, '\n') - text->data);
    bool ours = vb_file_read(&there, path, ANNOTATIONS_MAX, &err) == VB_OK && there.len > line &&
                memcmp(there.data, text->data, line) == 0;
    vb_buf_finish(&there);
    return ours;
}

static enum vb_code put(const char *root, const char *file, const struct vb_buf *text, bool again,
                        struct vb_buf *written, struct vb_buf *kept, struct vb_err *err)
{
    struct vb_buf path = { 0 };
    vb_scaffold_path(&path, root, file);
    if (again && is_ours(path.data, text))
        unlink(path.data);
    enum vb_code rc = vb_template_write(path.data, text, false, err);
    vb_buf_printf(rc == VB_OK ? written : kept, "%s\n", path.data);
    vb_buf_finish(&path);
    return rc == VB_E_BUSY ? VB_OK : rc;
}

static enum vb_code make_folder(const char *root, const char *name, struct vb_err *err)
{
    struct vb_buf path = { 0 };
    enum vb_code rc = VB_OK;
    vb_scaffold_path(&path, root, name);
    if (mkdir(path.data, 0777) != 0 && errno != EEXIST)
        rc = vb_fail(err, VB_E_IO, "%s: %s", path.data, strerror(errno));
    vb_buf_finish(&path);
    return rc;
}

enum vb_code vb_scaffold_editor(const char *root, struct vb_buf *written, struct vb_buf *kept,
                                struct vb_err *err)
{
    struct vb_buf text = { 0 };
    enum vb_code rc = make_folder(root, ".vscode", err);
    for (const struct vb_template *one = vb_templates; rc == VB_OK && one->kind != NULL; one++) {
        if (!vb_streq(one->kind, "editor"))
            continue;
        vb_buf_clear(&text);
        vb_buf_put(&text, one->bytes, (size_t)(one->end - one->bytes));
        rc = put(root, one->file, &text, false, written, kept, err);
    }
    vb_buf_clear(&text);
    vb_scaffold_annotations(&text);
    if (rc == VB_OK)
        rc = put(root, "verbond.d.lua", &text, true, written, kept, err);
    vb_buf_finish(&text);
    return rc;
}
