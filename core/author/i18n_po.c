/* Reading a .po file with libgettextpo, with the line of every message: the library knows where its
 * own complaints stand, and not where a message does. */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "author/i18n_po.h"
#include "base/str.h"
#include "base/utf8.h"
#include "data/json.h"

struct vb_po {
    struct vb_arena arena;
    const char *path, *language, *from;
    struct vb_po_message *messages;
    size_t count, cap;
};

const char *vb_po_language(const struct vb_po *po)
{
    return po->language;
}

const char *vb_po_from(const struct vb_po *po)
{
    return po->from;
}

const char *vb_po_path(const struct vb_po *po)
{
    return po->path;
}

const struct vb_po_message *vb_po_messages(const struct vb_po *po, size_t *count)
{
    *count = po->count;
    return po->messages;
}

void vb_po_destroy(struct vb_po *po)
{
    if (po == NULL)
        return;
    vb_arena_finish(&po->arena);
    free(po);
}

void vb_po_free(po_file_t file)
{
    const char *const *domain = po_file_domains(file);
    for (; *domain != NULL; domain++) {
        po_message_iterator_t all = po_message_iterator(file, *domain);
        for (po_message_t m = po_next_message(all); m != NULL; m = po_next_message(all))
            po_message_set_msgctxt(m, NULL);
        po_message_iterator_free(all);
    }
    po_file_free(file);
}

/* -- what the library complains of -- */

/* It takes no context, so this stands outside: one file is read at a time. */
static struct {
    struct vb_findings *findings;
    const char *path;
    jmp_buf fatal;
} reading;

static void complain(int severity, po_message_t message, const char *file, size_t line,
                     size_t column, int several, const char *text)
{
    (void)message;
    (void)file;
    (void)column;
    (void)several;
    vb_findings_add(reading.findings, severity == PO_SEVERITY_WARNING ? VB_WARNING : VB_ERROR,
                    "po-syntax", reading.path, line == (size_t)-1 ? 0 : (int)line,
                    "write it as gettext does: msgctxt, msgid, msgstr, each in quotes", "%.*s",
                    (int)strcspn(text, "\n"), text);
    if (severity == PO_SEVERITY_FATAL_ERROR)
        longjmp(reading.fatal, 1); /* or the library ends the process */
}

static void complain_of_two(int severity, po_message_t first, const char *file, size_t line,
                            size_t column, int several, const char *text, po_message_t second,
                            const char *file2, size_t line2, size_t column2, int several2,
                            const char *text2)
{
    (void)second;
    (void)file2;
    (void)line2;
    (void)column2;
    (void)several2;
    (void)text2;
    complain(severity, first, file, line, column, several, text);
}

static const struct po_xerror_handler handler = { complain, complain_of_two };

static po_file_t read_file(const char *path, struct vb_findings *findings)
{
    reading.findings = findings;
    reading.path = path;
    if (setjmp(reading.fatal) != 0)
        return NULL;
    return po_file_read(path, &handler);
}

/* -- messages -- */

/* Keys need no escapes in quotes, so the line can be looked for as it stands. */
static int line_of(struct vb_po *po, const char *bytes, const char *key)
{
    const char *wanted = vb_arena_printf(&po->arena, "\nmsgctxt \"%s\"\n", key);
    const char *at = strstr(bytes, wanted);
    int line = 2;
    if (at == NULL)
        return 0;
    for (; bytes < at; bytes++)
        line += *bytes == '\n';
    return line;
}

static const char *header_field(struct vb_po *po, const char *header, const char *name)
{
    char *field = po_header_field(header, name);
    const char *kept =
        field == NULL || field[0] == '\0' ? NULL : vb_arena_strdup(&po->arena, field);
    free(field);
    return kept;
}

static void take(struct vb_po *po, po_file_t file, const char *bytes)
{
    po_message_iterator_t all = po_message_iterator(file, NULL);
    for (po_message_t m = po_next_message(all); m != NULL; m = po_next_message(all)) {
        const char *key = po_message_msgctxt(m);
        if (po_message_is_obsolete(m))
            continue;
        if (key == NULL && po_message_msgid(m)[0] == '\0') { /* the header */
            po->language = header_field(po, po_message_msgstr(m), "Language");
            po->from = header_field(po, po_message_msgstr(m), "X-Source-Language");
            continue;
        }
        struct vb_po_message *message =
            vb_arena_push(&po->arena, &po->messages, po->count++, &po->cap, sizeof *message);
        *message = (struct vb_po_message){
            .key = vb_arena_strdup(&po->arena, key == NULL ? "" : key),
            .source = vb_arena_strdup(&po->arena, po_message_msgid(m)),
            .text = vb_arena_strdup(&po->arena, po_message_msgstr(m)),
            .line = line_of(po, bytes, key == NULL ? "" : key),
            .fuzzy = po_message_is_fuzzy(m) != 0,
        };
    }
    po_message_iterator_free(all);
}

static bool is_utf8(const char *path, const struct vb_buf *bytes, struct vb_findings *findings)
{
    size_t bad = 0;
    int line = 1;
    bool valid = vb_utf8_valid(bytes->data, bytes->len, &bad);
    const char *nul = memchr(bytes->data, '\0', bytes->len);
    if (valid && nul == NULL)
        return true;
    if (valid)
        bad = (size_t)(nul - bytes->data);
    for (size_t i = 0; i < bad; i++)
        line += bytes->data[i] == '\n';
    vb_findings_add(findings, VB_ERROR, "bad-utf8", path, line, "save the file as UTF-8",
                    valid ? "the file holds a NUL byte in this line" : "this line is not UTF-8");
    return false;
}

enum vb_code vb_po_read(struct vb_po **out, const char *path, struct vb_findings *findings,
                        struct vb_err *err)
{
    struct vb_buf bytes = { 0 };
    *out = NULL;
    enum vb_code code = vb_file_read(&bytes, path, VB_PO_MAX, err);
    if (code != VB_OK) {
        vb_buf_finish(&bytes);
        return code;
    }
    vb_buf_puts(&bytes, "");
    int before = findings->errors;
    po_file_t file = is_utf8(path, &bytes, findings) ? read_file(path, findings) : NULL;
    if (file != NULL && findings->errors == before) {
        struct vb_po *po = vb_new(struct vb_po);
        po->path = vb_arena_strdup(&po->arena, path);
        take(po, file, bytes.data);
        *out = po;
    }
    if (file != NULL)
        vb_po_free(file);
    vb_buf_finish(&bytes);
    if (*out == NULL)
        return vb_fail(err, VB_E_DATA, "%s is no .po file that can be read", path);
    return VB_OK;
}
