#include "author/scaffold.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utf8proc.h>

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

/* An id as near to name as can be: "Mijn Proef 2" gives mijn-proef-2, "cliënt" gives client. Empty
 * when no letter is in it. */
static void nearest_id(struct vb_buf *out, const char *name)
{
    utf8proc_uint8_t *plain = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)name, 0, &plain,
                                        UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
                                            UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
    const char *from = len < 0 ? name : (const char *)plain;
    for (const char *c = from; *c != '\0'; c++) {
        bool letter = *c >= 'a' && *c <= 'z';
        bool digit = *c >= '0' && *c <= '9';
        if (letter || ((digit || *c == '_') && out->len > 0))
            vb_buf_putc(out, *c);
        else if (out->len > 0 && out->data[out->len - 1] != '-')
            vb_buf_putc(out, '-');
    }
    while (out->len > 0 && out->data[out->len - 1] == '-')
        out->data[--out->len] = '\0';
    free(plain);
}

static enum vb_code check_name(const char *name, struct vb_err *err)
{
    struct vb_buf near = { 0 };
    if (vb_name_ok(name, false))
        return VB_OK;
    nearest_id(&near, name);
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

/* -- filling in ------------------------------------------------------------------------------- */

struct words {
    const char *name;          /* @NAME@ */
    struct vb_buf title, path; /* @TITLE@, @PATH@ */
};

/* A title to begin with: work-talk reads Work talk. */
static void begin_title(struct vb_buf *out, const char *name)
{
    for (const char *c = name; *c != '\0'; c++) {
        char letter = *c == '-' || *c == '_' ? ' ' : *c;
        bool first = c == name && letter >= 'a' && letter <= 'z';
        vb_buf_putc(out, first ? (char)(letter - 'a' + 'A') : letter);
    }
}

static const char *word_at(const struct words *words, const char *at, size_t *len)
{
    const struct {
        const char *mark, *word;
    } marks[] = { { "@NAME@", words->name },
                  { "@TITLE@", words->title.data },
                  { "@PATH@", words->path.data } };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        *len = strlen(marks[i].mark);
        if (strncmp(at, marks[i].mark, *len) == 0)
            return marks[i].word;
    }
    return NULL;
}

static void fill(struct vb_buf *out, const struct vb_template *template, const struct words *words)
{
    for (const char *at = template->bytes; at < template->end;) {
        size_t len = 0;
        const char *word = *at == '@' && words != NULL ? word_at(words, at, &len) : NULL;
        if (word == NULL) {
            vb_buf_putc(out, *at++);
            continue;
        }
        vb_buf_puts(out, word);
        at += len;
    }
}

/* -- writing ---------------------------------------------------------------------------------- */

/* Never over something that is there: VB_E_BUSY then. */
static enum vb_code write_new(const char *path, const struct vb_buf *text, struct vb_err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return vb_fail(err, errno == EEXIST ? VB_E_BUSY : VB_E_IO, "%s: %s", path, strerror(errno));
    size_t done = 0;
    while (done < text->len) {
        ssize_t n = write(fd, text->data + done, text->len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        done += (size_t)n;
    }
    int failed = done < text->len ? errno : 0;
    if (close(fd) != 0 && failed == 0)
        failed = errno;
    if (failed == 0)
        return VB_OK;
    unlink(path);
    return vb_fail(err, VB_E_IO, "%s: %s", path, strerror(failed));
}

static enum vb_code write_files(const char *folder, const char *kind, const struct words *words,
                                struct vb_buf *written, struct vb_err *err)
{
    enum vb_code rc = VB_OK;
    for (const struct vb_template *one = vb_templates; rc == VB_OK && one->kind != NULL; one++) {
        struct vb_buf path = { 0 }, text = { 0 };
        if (!vb_streq(one->kind, kind))
            continue;
        vb_buf_printf(&path, "%s/%s", folder, one->file);
        fill(&text, one, words);
        rc = write_new(path.data, &text, err);
        if (rc == VB_OK)
            vb_buf_printf(written, "%s\n", path.data);
        vb_buf_finish(&path);
        vb_buf_finish(&text);
    }
    return rc;
}

/* After a failure: the folder is ours, and what was written in it stands in the list of templates.
 */
static void take_away(const char *folder, const char *kind)
{
    for (const struct vb_template *one = vb_templates; one->kind != NULL; one++) {
        struct vb_buf path = { 0 };
        vb_buf_printf(&path, "%s/%s", folder, one->file);
        if (vb_streq(one->kind, kind))
            unlink(path.data);
        vb_buf_finish(&path);
    }
    rmdir(folder);
}

enum vb_code vb_scaffold_instrument(const char *root, const char *name, const char *kind,
                                    struct vb_buf *written, struct vb_err *err)
{
    struct words words = { .name = name };
    enum vb_code rc = check_name(name, err);
    if (rc == VB_OK)
        rc = check_kind(kind, err);
    if (rc != VB_OK)
        return rc;
    vb_scaffold_path(&words.path, root, name);
    begin_title(&words.title, name);
    if (mkdir(words.path.data, 0777) != 0) {
        if (errno == EEXIST)
            rc = vb_fail(err, VB_E_DATA,
                         "%s is there already, and stays as it is: choose another name",
                         words.path.data);
        else
            rc = vb_fail(err, VB_E_IO, "%s: %s", words.path.data, strerror(errno));
    } else {
        rc = write_files(words.path.data, kind, &words, written, err);
        if (rc != VB_OK) {
            vb_buf_clear(written);
            take_away(words.path.data, kind);
            err->code = rc = VB_E_IO;
        }
    }
    vb_buf_finish(&words.path);
    vb_buf_finish(&words.title);
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
    enum vb_code rc = write_new(path.data, text, err);
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
