#include "lint/lint.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lint/lint_inner.h"

/* -- telling -- */

static const char *format(struct vb_linting *lint, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    vb_assert(n >= 0);
    char *text = vb_arena_alloc(&lint->arena, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, fmt, args);
    return text;
}

enum { TOLD_MAX = 1000, SIDES_MAX = 64 };

/* Both sides of a question may have the same word in them: told once. */
static bool told_before(const struct vb_findings *findings, const struct vb_finding *finding)
{
    size_t first = findings->count > SIDES_MAX ? findings->count - SIDES_MAX : 0;
    for (size_t i = findings->count; i > first && findings->list[i - 1].line == finding->line; i--)
        if (strcmp(findings->list[i - 1].code, finding->code) == 0 &&
            strcmp(findings->list[i - 1].message, finding->message) == 0)
            return true;
    return false;
}

static void tell(struct vb_linting *lint, enum vb_level level, int file, int line, const char *code,
                 const char *mend, const char *subject, const char *message)
{
    if (++lint->told > TOLD_MAX)
        return; /* nobody reads on, and a file could be made to have millions */
    const char *path =
        vb_arena_printf(&lint->arena, "%s%s", lint->shown, lint->plan->files[file].path);
    message = vb_lint_say(lint, "%s%s", subject, message);
    if (!told_before(lint->findings,
                     &(struct vb_finding){ .code = code, .line = line, .message = message }))
        vb_findings_add(lint->findings, level, code, path, line, mend, "%s", message);
}

#define MESSAGE(text)                                                                              \
    va_list args;                                                                                  \
    va_start(args, fmt);                                                                           \
    const char *text = format(lint, fmt, args);                                                    \
    va_end(args)

void vb_lint_item(struct vb_linting *lint, enum vb_level level, const struct vb_item *item,
                  const char *code, const char *mend, const char *fmt, ...)
{
    MESSAGE(text);
    tell(lint, level, item->file, item->line, code, mend,
         vb_lint_say(lint, "v.%s \"%s\": ", vb_kind_name(item->kind), item->id), text);
}

void vb_lint_scale(struct vb_linting *lint, enum vb_level level, const struct vb_scale *scale,
                   const char *code, const char *mend, const char *fmt, ...)
{
    MESSAGE(text);
    tell(lint, level, scale->file, scale->line, code, mend,
         vb_lint_say(lint, "v.scale \"%s\": ", scale->id), text);
}

void vb_lint_total(struct vb_linting *lint, enum vb_level level, const struct vb_total *total,
                   const char *code, const char *mend, const char *fmt, ...)
{
    MESSAGE(text);
    tell(lint, level, total->file, total->line, code, mend,
         vb_lint_say(lint, "v.total \"%s\": ", total->id), text);
}

/* A table has no line of its own, so what stands at the top is looked for in the text. */
static int line_of(const char *bytes, const char *needle)
{
    const char *found = strstr(bytes, needle);
    int line = 1;
    if (found == NULL)
        found = strstr(bytes, "v.instrument");
    for (const char *at = bytes; found != NULL && at < found; at++)
        line += *at == '\n';
    return line;
}

void vb_lint_head(struct vb_linting *lint, enum vb_level level, const char *needle,
                  const char *code, const char *mend, const char *fmt, ...)
{
    MESSAGE(text);
    int file = 0;
    for (int i = 0; i < lint->plan->file_count; i++)
        if (strcmp(lint->plan->files[i].path, lint->plan->main_path) == 0)
            file = i;
    tell(lint, level, file, line_of(lint->plan->files[file].bytes, needle), code, mend, "", text);
}

const char *vb_lint_say(struct vb_linting *lint, const char *fmt, ...)
{
    MESSAGE(text);
    return text;
}

/* -- who is asked what -- */

bool vb_lint_asked(const struct vb_plan *plan, const struct vb_item *item,
                   const struct vb_shape_of *shape)
{
    if (shape->form >= 0 && plan->forms[shape->form].has_item[item->index] == 0)
        return false;
    if (shape->variant >= 0 && (item->variants >> shape->variant & 1) == 0)
        return false;
    return shape->role < 0 || item->text[shape->role] != NULL;
}

const uint8_t *vb_lint_all_asked(struct vb_linting *lint, const struct vb_shape_of *shape)
{
    if (lint->asked == NULL)
        lint->asked = vb_arena_alloc(&lint->arena, (size_t)lint->plan->item_count);
    for (int i = 0; i < lint->plan->item_count; i++)
        lint->asked[i] = vb_lint_asked(lint->plan, &lint->plan->items[i], shape);
    lint->trials_left -= lint->plan->item_count;
    return lint->asked;
}

const char *vb_lint_shape(struct vb_linting *lint, const struct vb_shape_of *shape)
{
    const struct vb_plan *plan = lint->plan;
    const char *role = shape->role < 0 ? "" : plan->roles[shape->role].name;
    const char *form = shape->form < 0 ? "" : plan->forms[shape->form].name;
    const char *variant = shape->variant < 0 ? "" : plan->variants[shape->variant].name;
    return vb_lint_say(lint, "%s%s%s%s%s%s%s%s", shape->role < 0 ? "" : " for ", role,
                       shape->form < 0 ? "" : " in the form \"", form, shape->form < 0 ? "" : "\"",
                       shape->variant < 0 ? "" : " in the variant \"", variant,
                       shape->variant < 0 ? "" : "\"");
}

/* -- all of it -- */

void vb_lint(const struct vb_plan *plan, const char *shown, struct vb_findings *findings)
{
    struct vb_linting lint = {
        .plan = plan, .shown = shown, .findings = findings, .trials_left = 200000000
    };
    vb_lint_head_fields(&lint);
    vb_lint_scales(&lint);
    vb_lint_reach(&lint);
    vb_lint_direction(&lint);
    vb_lint_flow(&lint);
    vb_lint_answers(&lint);
    vb_lint_texts(&lint);
    vb_lint_accepted(&lint);
    vb_arena_finish(&lint.arena);
}
