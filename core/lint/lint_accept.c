/* accept = { ["code"] = "reason" }: warnings that an author looked at and left, in the open. */
#include <string.h>

#include "base/str.h"
#include "lint/finding_page.h"
#include "lint/lint_inner.h"

/* One accept: of a question, of a scale and its questions, or of everything. */
struct accepting {
    const char *code;
    const struct vb_item *item;   /* NULL: not of a question */
    const struct vb_scale *scale; /* NULL: not of a scale */
    bool used;
};
struct accepted {
    const struct vb_plan *plan;
    struct accepting *list;
    size_t count, cap;
};

static void gather(struct vb_linting *lint, struct accepted *all, const struct vb_accepts *accepts,
                   const struct vb_item *item, const struct vb_scale *scale)
{
    for (int i = 0; i < accepts->count; i++) {
        struct accepting *one =
            vb_arena_push(&lint->arena, &all->list, all->count++, &all->cap, sizeof *one);
        *one = (struct accepting){ .code = accepts->list[i].code, .item = item, .scale = scale };
    }
}

/* Included ones are accepted where they are written, and their ids stand in messages without the
 * prefix that they have here. */
static const char *own_id(const struct vb_plan *plan, const char *id, int include)
{
    return include < 0 ? id : id + strlen(plan->includes[include].name) + 1;
}

/* What a finding is about stands before its colon: v.likert "trust.report": ... */
static bool is_about(const char *message, const char *kind, const char *id)
{
    size_t kind_len = strlen(kind), id_len = strlen(id);
    if (!vb_starts_with(message, "v."))
        return false;
    message += 2;
    return strncmp(message, kind, kind_len) == 0 && strncmp(message + kind_len, " \"", 2) == 0 &&
           strncmp(message + kind_len + 2, id, id_len) == 0 &&
           strncmp(message + kind_len + 2 + id_len, "\":", 2) == 0;
}

static bool about_item(const struct vb_plan *plan, const char *message, const struct vb_item *item)
{
    return is_about(message, vb_kind_name(item->kind), own_id(plan, item->id, item->include));
}

static bool covers(const struct accepting *one, const struct vb_plan *plan, const char *message)
{
    if (one->item != NULL)
        return about_item(plan, message, one->item);
    if (one->scale == NULL ||
        is_about(message, "scale", own_id(plan, one->scale->id, one->scale->include)))
        return true;
    for (int i = 0; i < one->scale->item_count; i++)
        if (about_item(plan, message, &plan->items[one->scale->items[i]]))
            return true;
    return false;
}

static bool goes(void *ctx, const struct vb_finding *finding)
{
    struct accepted *all = ctx;
    bool found = false;
    for (size_t i = 0; i < all->count && finding->level == VB_WARNING; i++) {
        struct accepting *one = &all->list[i];
        if (strcmp(one->code, finding->code) != 0 || !covers(one, all->plan, finding->message))
            continue;
        one->used = found = true;
    }
    return found;
}

/* Why it accepts nothing: there is no such code, it is an error, or there is no such warning. */
static const char *mend_for(struct vb_linting *lint, const char *code)
{
    size_t count;
    const struct vb_finding_page *pages = vb_finding_pages(&lint->arena, &count);
    const char **codes = vb_arena_alloc(&lint->arena, count * sizeof *codes);
    for (size_t i = 0; i < count; i++) {
        codes[i] = pages[i].code;
        if (strcmp(pages[i].code, code) != 0)
            continue;
        return pages[i].level == VB_ERROR ? "errors cannot be accepted: take it out"
                                          : "take it out";
    }
    const char *meant = vb_did_you_mean(code, codes, count);
    return meant == NULL ? "there is no such code; verbond explain lists them"
                         : vb_lint_say(lint, "did you mean \"%s\"?", meant);
}

static void tell_idle(struct vb_linting *lint, const struct accepting *one)
{
    static const char message[] = "accepts %s, but there is no such warning here";
    const char *mend = mend_for(lint, one->code);
    if (one->item != NULL)
        vb_lint_item(lint, VB_WARNING, one->item, "idle-accept", mend, message, one->code);
    else if (one->scale != NULL)
        vb_lint_scale(lint, VB_WARNING, one->scale, "idle-accept", mend, message, one->code);
    else
        vb_lint_head(lint, VB_WARNING, "accept", "idle-accept", mend, message, one->code);
}

void vb_lint_accepted(struct vb_linting *lint)
{
    const struct vb_plan *plan = lint->plan;
    struct accepted all = { .plan = plan };
    gather(lint, &all, &plan->accept, NULL, NULL);
    for (int i = 0; i < plan->scale_count; i++)
        gather(lint, &all, &plan->scales[i].accept, NULL, &plan->scales[i]);
    for (int i = 0; i < plan->item_count; i++)
        gather(lint, &all, &plan->items[i].accept, &plan->items[i], NULL);
    vb_findings_remove(lint->findings, goes, &all);
    for (size_t i = 0; i < all.count; i++) {
        const struct accepting *one = &all.list[i];
        bool included = (one->item != NULL && one->item->include >= 0) ||
                        (one->scale != NULL && one->scale->include >= 0);
        if (!one->used && !included)
            tell_idle(lint, one);
    }
}
