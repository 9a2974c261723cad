/* From a .po file to LANG.lua: every message looked at first, then written in the order of keys. */
#include <stdlib.h>
#include <string.h>

#include "author/i18n.h"

struct merge {
    const struct vb_po *po;
    const struct vb_plan *plan;
    const struct vb_draft_language *draft;
    int from;
    const struct vb_text_entry *entries;
    size_t count;
    const struct vb_po_message **taken; /* by entry; NULL: it has no translation */
    struct vb_i18n_counts *counts;
    struct vb_findings *findings;
};

static void tell(const struct merge *merge, enum vb_level level, const char *code, int line,
                 const char *mend, const char *format, const char *key, const char *more)
{
    vb_findings_add(merge->findings, level, code, vb_po_path(merge->po), line, mend, format, key,
                    more);
}

/* -- is the text one that the loader takes? -- */

static bool slots_fit(const struct merge *merge, const struct vb_po_message *message)
{
    struct vb_buf here = { 0 }, there = { 0 };
    vb_buf_puts(&here, "");
    vb_buf_puts(&there, "");
    vb_text_slots(&here, message->text);
    vb_text_slots(&there, message->source);
    bool fit = strcmp(here.data, there.data) == 0;
    if (!fit)
        tell(merge, VB_ERROR, "other-slots", message->line,
             "write the slots of the text it was made from, as they stand there",
             "\"%s\" does not have the slots of its text (%s)", message->key,
             there.len == 0 ? "none" : there.data);
    vb_buf_finish(&here);
    vb_buf_finish(&there);
    return fit;
}

/* Control characters, and the marks that turn the direction of writing: U+202A to U+202E and U+2066
 * to U+2069. */
static bool has_control(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    for (; *p != '\0'; p++) {
        if ((*p < 0x20 && *p != '\n') || *p == 0x7f || (*p == 0xc2 && p[1] < 0xa0))
            return true;
        if (p[0] == 0xe2 && ((p[1] == 0x80 && p[2] >= 0xaa && p[2] <= 0xae) ||
                             (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9)))
            return true;
    }
    return false;
}

static bool text_fits(const struct merge *merge, const struct vb_po_message *message)
{
    if (message->text[strspn(message->text, " \n")] == '\0') {
        tell(merge, VB_ERROR, "empty-text", message->line, "write the text",
             "\"%s\" is only blanks%s", message->key, "");
        return false;
    }
    if (has_control(message->text)) {
        tell(merge, VB_ERROR, "control-character", message->line,
             "take it out; only line ends are allowed", "\"%s\" holds a control character%s",
             message->key, "");
        return false;
    }
    return slots_fit(merge, message);
}

/* -- messages to entries -- */

static const struct vb_text_entry *entry_of(const struct merge *merge, const char *key)
{
    for (size_t i = 0; i < merge->count; i++)
        if (strcmp(merge->entries[i].key, key) == 0)
            return &merge->entries[i];
    return NULL;
}

static void take(struct merge *merge, const struct vb_po_message *message)
{
    const struct vb_text_entry *entry = entry_of(merge, message->key);
    if (entry == NULL || !vb_i18n_is_here(merge->draft, entry)) {
        merge->counts->unknown++;
        tell(merge, VB_WARNING, "unknown-translation", message->line,
             "take it out, or extract again",
             entry == NULL ? "there is no text \"%s\" in this instrument: left out%s"
                           : "\"%s\" has its text in instrument.lua: left out%s",
             message->key, "");
    } else if (message->fuzzy) {
        merge->counts->fuzzy++;
        tell(merge, VB_WARNING, "fuzzy-translation", message->line,
             "read it again, then take the word fuzzy out", "\"%s\" is fuzzy: left out%s",
             message->key, "");
    } else if (message->text[0] != '\0' && text_fits(merge, message)) {
        merge->taken[entry - merge->entries] = message;
    }
}

static void look_back(struct merge *merge, size_t i)
{
    const struct vb_text_entry *entry = &merge->entries[i];
    const struct vb_po_message *message = merge->taken[i];
    if (!vb_i18n_is_here(merge->draft, entry)) {
        merge->counts->own++;
    } else if (message == NULL) {
        size_t count;
        int line = 0;
        const struct vb_po_message *all = vb_po_messages(merge->po, &count);
        for (size_t m = 0; m < count; m++)
            if (strcmp(all[m].key, entry->key) == 0)
                line = all[m].line;
        merge->counts->missing++;
        tell(merge, VB_WARNING, "missing-translation", line, "translate it",
             "no %2$s text for \"%1$s\"", entry->key, merge->draft->language);
    } else if (strcmp(message->source, entry->text->by_language[merge->from]) != 0) {
        merge->counts->stale++;
        tell(merge, VB_WARNING, "stale-translation", message->line,
             "extract again, and read the text again",
             "\"%s\" was made from another text than instrument.lua has now%s", entry->key, "");
    } else {
        merge->counts->translated++;
    }
}

/* -- LANG.lua -- */

static int by_key(const void *a, const void *b)
{
    return strcmp((*(const struct vb_po_message *const *)a)->key,
                  (*(const struct vb_po_message *const *)b)->key);
}

static void put_quoted(struct vb_buf *out, const char *text)
{
    vb_buf_putc(out, '"');
    for (; *text != '\0'; text++)
        if (*text == '\n')
            vb_buf_puts(out, "\\n");
        else if (*text == '"' || *text == '\\')
            vb_buf_printf(out, "\\%c", *text);
        else
            vb_buf_putc(out, *text);
    vb_buf_putc(out, '"');
}

static void put_file(struct vb_buf *out, struct merge *merge)
{
    size_t count = 0;
    for (size_t i = 0; i < merge->count; i++)
        if (merge->taken[i] != NULL)
            merge->taken[count++] = merge->taken[i];
    qsort(merge->taken, count, sizeof *merge->taken, by_key);
    vb_buf_printf(out,
                  "-- The %s texts of %s, translated from %s.\n"
                  "-- Written by `verbond i18n merge`: change the .po file, and merge it again.\n"
                  "-- luacheck: no max line length\n"
                  "return {\n  from = \"%s\",\n",
                  merge->draft->language, merge->plan->id, merge->plan->languages[merge->from],
                  merge->plan->languages[merge->from]);
    for (size_t i = 0; i < count; i++) {
        char hash[VB_SOURCE_HASH_SIZE];
        vb_source_hash(merge->taken[i]->source, hash);
        vb_buf_printf(out, "  [\"%s\"] = { ", merge->taken[i]->key);
        put_quoted(out, merge->taken[i]->text);
        vb_buf_printf(out, ", source = \"%s\" },\n", hash);
    }
    vb_buf_puts(out, "}\n");
}

enum vb_code vb_i18n_merge(struct vb_buf *out, const struct vb_po *po, const struct vb_plan *plan,
                           const struct vb_draft_language *draft, int from,
                           struct vb_i18n_counts *counts, struct vb_findings *findings,
                           struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct merge merge = {
        .po = po, .plan = plan, .draft = draft, .from = from, .counts = counts, .findings = findings
    };
    size_t count;
    int before = findings->errors;
    const struct vb_po_message *messages = vb_po_messages(po, &count);
    *counts = (struct vb_i18n_counts){ 0 };
    merge.entries = vb_plan_own_texts(plan, &arena, &merge.count);
    merge.taken = vb_arena_alloc(&arena, (merge.count + 1) * sizeof *merge.taken);
    for (size_t i = 0; i < count; i++)
        take(&merge, &messages[i]);
    if (findings->errors == before) {
        for (size_t i = 0; i < merge.count; i++)
            look_back(&merge, i);
        put_file(out, &merge);
    }
    vb_arena_finish(&arena);
    if (findings->errors > before)
        return vb_fail(err, VB_E_DATA, "%s has %d error%s; nothing was written", vb_po_path(po),
                       findings->errors - before, findings->errors - before == 1 ? "" : "s");
    return VB_OK;
}
