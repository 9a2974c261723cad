#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "author/i18n_po.h"
#include "base/str.h"
#include "data/json.h"

const struct vb_translation *vb_i18n_find(const struct vb_draft_language *draft, const char *key)
{
    for (size_t i = 0; i < draft->count; i++)
        if (strcmp(draft->list[i].key, key) == 0)
            return &draft->list[i];
    return NULL;
}

bool vb_i18n_is_here(const struct vb_draft_language *draft, const struct vb_text_entry *entry)
{
    return entry->text->by_language[draft->index][0] == '\0' ||
           vb_i18n_find(draft, entry->key) != NULL;
}

/* -- words for the translator -- */

static void put_what(struct vb_buf *out, const struct vb_plan *plan,
                     const struct vb_text_entry *entry)
{
    static const char *const uses[] = {
        [VB_USE_TITLE] = "title",
        [VB_USE_ABOUT] = "about the instrument",
        [VB_USE_TERM] = "fills a slot: words within a sentence",
        [VB_USE_LABEL] = "an answer, or an end of a line",
        [VB_USE_ITEM] = "question",
        [VB_USE_HELP] = "beside a question",
        [VB_USE_SAY] = "message between questions",
        [VB_USE_PROMPT] = "prompt for the talk",
    };
    vb_buf_puts(out, uses[entry->use]);
    if (entry->item < 0)
        return;
    const struct vb_item *item = &plan->items[entry->item];
    vb_buf_printf(out, ", %s", vb_kind_name(item->kind));
    bool first = true;
    for (int role = 0; role < plan->role_count; role++)
        if ((entry->roles >> role & 1) != 0) {
            vb_buf_printf(out, "%s%s", first ? ", read by " : " and ", plan->roles[role].name);
            first = false;
        }
    if (item->facet != NULL)
        vb_buf_printf(out, "; about: %s", item->facet);
}

static void put_comments(struct vb_buf *out, const struct vb_plan *plan,
                         const struct vb_text_entry *entry, int from, int index)
{
    struct vb_buf slots = { 0 };
    const char *text = entry->text->by_language[from];
    int english = vb_plan_language(plan, "en");
    if (english != from && english != index && vb_starts_with(plan->languages[english], "en"))
        vb_buf_printf(out, "English: %s\n", entry->text->by_language[english]);
    put_what(out, plan, entry);
    vb_text_slots(&slots, text);
    if (slots.len > 0)
        vb_buf_printf(out, "\nkeep as they are: %s", slots.data);
    vb_buf_finish(&slots);
}

/* -- messages -- */

static void add_header(po_file_t file, po_message_iterator_t at, const struct vb_plan *plan,
                       const char *language, int from)
{
    struct vb_buf text = { 0 };
    (void)file;
    po_message_t header = po_message_create();
    vb_buf_printf(&text,
                  "Project-Id-Version: %s %s\nLanguage: %s\nMIME-Version: 1.0\n"
                  "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
                  "X-Source-Language: %s\n",
                  plan->id, plan->version, language, plan->languages[from]);
    po_message_set_msgid(header, "");
    po_message_set_msgstr(header, text.data);
    po_message_insert(at, header);
    vb_buf_finish(&text);
}

static bool is_stale(const struct vb_plan *plan, const struct vb_draft_language *draft,
                     const struct vb_text_entry *entry, const struct vb_translation *done)
{
    char hash[VB_SOURCE_HASH_SIZE];
    vb_source_hash(entry->text->by_language[vb_plan_language(plan, draft->from)], hash);
    return done->source != NULL && strcmp(done->source, hash) != 0;
}

static void add_message(po_message_iterator_t at, const struct vb_plan *plan,
                        const struct vb_draft_language *draft, int from,
                        const struct vb_text_entry *entry, struct vb_i18n_counts *counts)
{
    struct vb_buf comments = { 0 };
    const struct vb_translation *done = vb_i18n_find(draft, entry->key);
    po_message_t message = po_message_create();
    po_message_set_msgctxt(message, entry->key);
    po_message_set_msgid(message, entry->text->by_language[from]);
    po_message_set_msgstr(message, done == NULL ? "" : done->text);
    put_comments(&comments, plan, entry, from, draft->index);
    po_message_set_extracted_comments(message, comments.data);
    if (entry->line > 0)
        po_message_add_filepos(message, plan->files[entry->file].path, (size_t)entry->line);
    if (done == NULL) {
        counts->missing++;
    } else if (is_stale(plan, draft, entry, done)) {
        po_message_set_fuzzy(message, 1);
        counts->stale++;
    } else {
        counts->translated++;
    }
    po_message_insert(at, message);
    vb_buf_finish(&comments);
}

/* -- out of the library: it writes files only -- */

static char first_complaint[256];

static void complain(int severity, po_message_t message, const char *file, size_t line,
                     size_t column, int several, const char *text)
{
    (void)severity;
    (void)message;
    (void)file;
    (void)line;
    (void)column;
    (void)several;
    if (first_complaint[0] == '\0')
        snprintf(first_complaint, sizeof first_complaint, "%s", text);
    if (severity == PO_SEVERITY_FATAL_ERROR)
        vb_assert(severity != PO_SEVERITY_FATAL_ERROR);
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

static enum vb_code write_out(struct vb_buf *out, po_file_t file, struct vb_err *err)
{
    static const struct po_xerror_handler handler = { complain, complain_of_two };
    const char *folder = getenv("TMPDIR");
    struct vb_buf path = { 0 };
    enum vb_code code = VB_OK;
    vb_buf_printf(&path, "%s/verbond-po-XXXXXX",
                  folder == NULL || folder[0] == '\0' ? "/tmp" : folder);
    int fd = mkstemp(path.data);
    if (fd < 0) {
        code = vb_fail(err, VB_E_IO, "no file could be made: %s: %s", path.data, strerror(errno));
    } else {
        close(fd);
        first_complaint[0] = '\0';
        if (po_file_write(file, path.data, &handler) == NULL || first_complaint[0] != '\0')
            code = vb_fail(err, VB_E_IO, "the .po file could not be written: %s", first_complaint);
        else
            code = vb_file_read(out, path.data, VB_PO_MAX, err);
        unlink(path.data);
    }
    vb_buf_finish(&path);
    return code;
}

enum vb_code vb_i18n_extract(struct vb_buf *out, const struct vb_plan *plan,
                             const struct vb_draft_language *draft, int from,
                             struct vb_i18n_counts *counts, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    size_t count;
    struct vb_text_entry *entries = vb_plan_own_texts(plan, &arena, &count);
    po_file_t file = po_file_create();
    po_message_iterator_t at = po_message_iterator(file, NULL);
    *counts = (struct vb_i18n_counts){ 0 };
    add_header(file, at, plan, draft->language, from);
    for (size_t i = 0; i < count; i++)
        if (vb_i18n_is_here(draft, &entries[i]))
            add_message(at, plan, draft, from, &entries[i], counts);
        else
            counts->own++;
    po_message_iterator_free(at);
    enum vb_code code = write_out(out, file, err);
    vb_po_free(file);
    vb_arena_finish(&arena);
    return code;
}
