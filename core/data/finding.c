#include "data/finding.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/json.h"
#include "data/text.h"

void vb_findings_finish(struct vb_findings *findings)
{
    free(findings->list);
    vb_arena_finish(&findings->arena);
    *findings = (struct vb_findings){ 0 };
}

static const char *format_text(struct vb_arena *arena, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    vb_assert(n >= 0);
    char *text = vb_arena_alloc(arena, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, fmt, again);
    va_end(again);
    return text;
}

void vb_findings_add(struct vb_findings *findings, enum vb_level level, const char *code,
                     const char *file, int line, const char *mend, const char *fmt, ...)
{
    struct vb_arena *arena = &findings->arena;
    struct vb_finding *finding =
        vb_push(&findings->list, findings->count, &findings->cap, sizeof *finding);
    findings->count++;
    *(level == VB_ERROR ? &findings->errors : &findings->warnings) += 1;
    finding->level = level;
    finding->code = vb_arena_strdup(arena, code);
    finding->file = vb_arena_strdup(arena, file);
    finding->line = line;
    finding->mend = vb_arena_strdup(arena, mend);
    va_list args;
    va_start(args, fmt);
    finding->message = format_text(arena, fmt, args);
    va_end(args);
}

static int by_place(const void *a, const void *b)
{
    const struct vb_finding *left = a, *right = b;
    int order =
        strcmp(left->file == NULL ? "" : left->file, right->file == NULL ? "" : right->file);
    if (order == 0)
        order = (left->line > right->line) - (left->line < right->line);
    if (order == 0)
        order = strcmp(left->code, right->code);
    return order != 0 ? order : strcmp(left->message, right->message);
}

void vb_findings_sort(struct vb_findings *findings)
{
    if (findings->count > 0)
        qsort(findings->list, findings->count, sizeof *findings->list, by_place);
}

void vb_findings_remove(struct vb_findings *findings,
                        bool (*goes)(void *ctx, const struct vb_finding *finding), void *ctx)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        struct vb_finding finding = findings->list[i];
        if (!goes(ctx, &finding)) {
            findings->list[kept++] = finding;
            continue;
        }
        findings->errors -= finding.level == VB_ERROR;
        findings->warnings -= finding.level == VB_WARNING;
    }
    findings->count = kept;
}

static const char *level_name(enum vb_level level)
{
    return level == VB_ERROR ? "error" : "warning";
}

/* Findings quote authors' files, which may hold anything. */
static void put_clean(struct vb_buf *out, const char *text)
{
    vb_text_clean(out, text, strlen(text));
}

static void put_clean_json(struct vb_buf *out, const char *text)
{
    struct vb_buf clean = { 0 };
    if (text != NULL)
        put_clean(&clean, text);
    if (text == NULL)
        vb_json_text(out, NULL);
    else
        vb_json_string(out, clean.data == NULL ? "" : clean.data, clean.len);
    vb_buf_finish(&clean);
}

static void write_place(struct vb_buf *out, const struct vb_finding *finding)
{
    if (finding->file != NULL) {
        put_clean(out, finding->file);
        vb_buf_putc(out, ':');
    }
    if (finding->line > 0)
        vb_buf_printf(out, "%d:", finding->line);
    if (finding->line > 0 && finding->column > 0)
        vb_buf_printf(out, "%d:", finding->column);
    if (finding->file != NULL || finding->line > 0)
        vb_buf_putc(out, ' ');
}

static void write_line(struct vb_buf *out, const struct vb_finding *finding, bool gcc)
{
    write_place(out, finding);
    vb_buf_printf(out, "%s: ", level_name(finding->level));
    put_clean(out, finding->message);
    if (gcc && finding->mend != NULL) {
        vb_buf_puts(out, " (");
        put_clean(out, finding->mend);
        vb_buf_putc(out, ')');
    }
    if (finding->code[0] != '\0')
        vb_buf_printf(out, " [%s]", finding->code);
    vb_buf_putc(out, '\n');
    if (!gcc && finding->mend != NULL) {
        vb_buf_puts(out, "    ");
        put_clean(out, finding->mend);
        vb_buf_putc(out, '\n');
    }
}

static void write_object(struct vb_buf *out, const struct vb_finding *finding)
{
    vb_buf_printf(out, "{\"level\":\"%s\",\"code\":", level_name(finding->level));
    put_clean_json(out, finding->code);
    vb_buf_puts(out, ",\"file\":");
    put_clean_json(out, finding->file);
    vb_buf_printf(out, ",\"line\":%d", finding->line);
    if (finding->column > 0)
        vb_buf_printf(out, ",\"column\":%d", finding->column);
    vb_buf_puts(out, ",\"message\":");
    put_clean_json(out, finding->message);
    vb_buf_puts(out, ",\"mend\":");
    put_clean_json(out, finding->mend);
    vb_buf_putc(out, '}');
}

void vb_findings_write(struct vb_buf *out, const struct vb_findings *findings,
                       enum vb_findings_format format)
{
    if (format == VB_FINDINGS_JSON)
        vb_buf_putc(out, '[');
    for (size_t i = 0; i < findings->count; i++) {
        if (format != VB_FINDINGS_JSON) {
            write_line(out, &findings->list[i], format == VB_FINDINGS_GCC);
            continue;
        }
        if (i > 0)
            vb_buf_puts(out, ",\n ");
        write_object(out, &findings->list[i]);
    }
    if (format == VB_FINDINGS_JSON)
        vb_buf_puts(out, "]\n");
}
