/* template_put.c - templates filled in, and written into a folder of their own. */
#include "author/template.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utf8proc.h>

#include "base/str.h"

/* -- names ------------------------------------------------------------------------------------ */

void vb_template_near_name(struct vb_buf *out, const char *name)
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

/* -- filling in ------------------------------------------------------------------------------- */

static const char *word_at(const struct vb_template_words *words, const char *at, size_t *len)
{
    const struct {
        const char *mark, *word;
    } marks[] = { { "@NAME@", words->name },
                  { "@TITLE@", words->title },
                  { "@PATH@", words->path } };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        *len = strlen(marks[i].mark);
        if (strncmp(at, marks[i].mark, *len) == 0)
            return marks[i].word;
    }
    return NULL;
}

static void fill(struct vb_buf *out, const char *bytes, const char *end,
                 const struct vb_template_words *words)
{
    for (const char *at = bytes; at < end;) {
        size_t len = 0;
        const char *word = *at == '@' ? word_at(words, at, &len) : NULL;
        if (word == NULL) {
            vb_buf_putc(out, *at++);
            continue;
        }
        vb_buf_puts(out, word);
        at += len;
    }
}

static void fill_path(struct vb_buf *out, const char *folder, const struct vb_template *template,
                      const struct vb_template_words *words)
{
    vb_buf_printf(out, "%s/", folder);
    fill(out, template->file, template->file + strlen(template->file), words);
}

/* -- writing ---------------------------------------------------------------------------------- */

enum vb_code vb_template_write(const char *path, const struct vb_buf *text, bool program,
                               struct vb_err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, program ? 0777 : 0666);
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

static enum vb_code write_files(const char *folder, const char *kind,
                                const struct vb_template_words *words, struct vb_buf *written,
                                struct vb_err *err)
{
    enum vb_code rc = VB_OK;
    for (const struct vb_template *one = vb_templates; rc == VB_OK && one->kind != NULL; one++) {
        struct vb_buf path = { 0 }, text = { 0 };
        if (!vb_streq(one->kind, kind))
            continue;
        fill_path(&path, folder, one, words);
        fill(&text, one->bytes, one->end, words);
        rc = vb_template_write(path.data, &text, one->program, err);
        if (rc == VB_OK)
            vb_buf_printf(written, "%s\n", path.data);
        vb_buf_finish(&path);
        vb_buf_finish(&text);
    }
    return rc;
}

/* After a failure: the folder is ours, and what was written in it stands in the list of templates.
 */
static void take_away(const char *folder, const char *kind, const struct vb_template_words *words)
{
    for (const struct vb_template *one = vb_templates; one->kind != NULL; one++) {
        struct vb_buf path = { 0 };
        fill_path(&path, folder, one, words);
        if (vb_streq(one->kind, kind))
            unlink(path.data);
        vb_buf_finish(&path);
    }
    rmdir(folder);
}

enum vb_code vb_templates_put(const char *folder, const char *kind,
                              const struct vb_template_words *words, struct vb_buf *written,
                              struct vb_err *err)
{
    int failed = mkdir(folder, 0777) == 0 ? 0 : errno;
    if (failed == EEXIST)
        return vb_fail(err, VB_E_DATA,
                       "%s is there already, and stays as it is: choose another name", folder);
    if (failed != 0)
        return vb_fail(err, VB_E_IO, "%s: %s", folder, strerror(failed));
    enum vb_code rc = write_files(folder, kind, words, written, err);
    if (rc == VB_OK)
        return VB_OK;
    vb_buf_clear(written);
    take_away(folder, kind, words);
    err->code = VB_E_IO;
    return VB_E_IO;
}
