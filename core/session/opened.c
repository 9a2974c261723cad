/* opened.c - the first event: who answers, what of the instrument is theirs, what a flow may read.
 */
#include "session/state.h"

const char *const *vb_copy_list(struct vb_arena *arena, const char *const *list, int count)
{
    const char **copy = vb_arena_alloc(arena, sizeof *copy * (size_t)(count + 1));
    for (int i = 0; i < count; i++)
        copy[i] = vb_arena_strdup(arena, list[i]);
    return copy;
}

static const struct vb_earlier *copy_earlier(struct vb_arena *arena, const struct vb_earlier *list,
                                             int count)
{
    struct vb_earlier *copy = vb_arena_alloc(arena, sizeof *copy * (size_t)(count + 1));
    for (int i = 0; i < count; i++) {
        copy[i].wave = vb_arena_strdup(arena, list[i].wave);
        copy[i].item = vb_arena_strdup(arena, list[i].item);
        copy[i].member = vb_arena_strdup(arena, list[i].member);
        copy[i].value = vb_value_copy(arena, &list[i].value);
        copy[i].session = vb_arena_strdup(arena, list[i].session);
    }
    return copy;
}

static struct vb_opened *copy_opened(struct vb_arena *arena, const struct vb_opened *opened)
{
    struct vb_opened *copy = vb_arena_new(arena, struct vb_opened);
    *copy = *opened;
    copy->digest = vb_arena_strdup(arena, opened->digest);
    copy->person = vb_arena_strdup(arena, opened->person);
    copy->role = vb_arena_strdup(arena, opened->role);
    copy->label = vb_arena_strdup(arena, opened->label);
    copy->language = vb_arena_strdup(arena, opened->language);
    copy->format = vb_arena_strdup(arena, opened->format);
    copy->form = vb_arena_strdup(arena, opened->form);
    copy->variant = vb_arena_strdup(arena, opened->variant);
    copy->setting = vb_arena_strdup(arena, opened->setting);
    copy->mode = vb_arena_strdup(arena, opened->mode);
    copy->helper = vb_arena_strdup(arena, opened->helper);
    copy->opening = vb_arena_strdup(arena, opened->opening);
    copy->last.round = vb_arena_strdup(arena, opened->last.round);
    copy->client = vb_arena_strdup(arena, opened->client);
    copy->professional = vb_arena_strdup(arena, opened->professional);
    copy->client_name = vb_arena_strdup(arena, opened->client_name);
    copy->professional_name = vb_arena_strdup(arena, opened->professional_name);
    copy->with = vb_copy_list(arena, opened->with, opened->with_count);
    copy->earlier = copy_earlier(arena, opened->earlier, opened->earlier_count);
    return copy;
}

/* A together session belongs to nobody: it reads each item in the words of the first role. */
static bool base_has(const struct vb_fold *fold, const struct vb_item *item)
{
    const struct vb_plan *plan = fold->plan;
    if ((item->stage == VB_TOGETHER) != fold->together)
        return false;
    if (item->text[fold->role] == NULL && !fold->together)
        return false;
    if (fold->variant >= 0 && (item->variants >> fold->variant & 1) == 0)
        return false;
    return item->include < 0 || item->include >= plan->include_count ||
           (fold->includes >> item->include & 1) != 0;
}

/* Which items this person can meet at all. The same role, variant and includes as the last session
 * of this fold: then it is there already. */
static void make_base(struct vb_fold *fold)
{
    uint64_t key = (uint64_t)fold->includes << 32 | (uint64_t)(fold->role + 1) << 16 |
                   (uint64_t)(fold->variant + 1) << 1 | fold->together;
    if (fold->base_made && key == fold->base_key)
        return;
    for (int i = 0; i < fold->plan->item_count; i++)
        fold->base[i] = base_has(fold, &fold->plan->items[i]);
    fold->base_key = key;
    fold->base_made = true;
}

static enum vb_code unknown(const char *what, const char *name, struct vb_err *err)
{
    return vb_fail(err, VB_E_DATA, "this instrument has no %s \"%s\"", what,
                   name == NULL ? "" : name);
}

enum vb_code vb_opened_check(const struct vb_fold *fold, const struct vb_opened *opened,
                             struct vb_err *err)
{
    const struct vb_plan *plan = fold->plan;
    if (opened == NULL)
        return vb_fail(err, VB_E_DATA, "a session opens with what its person is told");
    if (vb_plan_role(plan, opened->role) < 0)
        return unknown("role", opened->role, err);
    /* An instrument without likert or faces may have no formats at all. */
    if (opened->format != NULL && plan->format_count > 0 &&
        vb_plan_format(plan, opened->format) < 0)
        return unknown("format", opened->format, err);
    if (opened->form != NULL && vb_plan_form(plan, opened->form) < 0)
        return unknown("form", opened->form, err);
    if (opened->variant != NULL && vb_plan_variant(plan, opened->variant) < 0)
        return unknown("variant", opened->variant, err);
    if (opened->setting != NULL && vb_plan_setting(plan, opened->setting) < 0)
        return unknown("setting", opened->setting, err);
    for (int i = 0; i < opened->with_count; i++)
        if (vb_plan_include(plan, opened->with[i]) < 0)
            return unknown("included instrument", opened->with[i], err);
    if (opened->last.agreement_count < 0 || opened->last.agreement_count > VB_AGREEMENTS_MAX)
        return vb_fail(err, VB_E_LIMIT, "at most %d agreements are asked about", VB_AGREEMENTS_MAX);
    return vb_roster_check(fold, opened->members, opened->member_count, err);
}

void vb_opened_take(struct vb_fold *fold, const struct vb_opened *opened)
{
    const struct vb_plan *plan = fold->plan;
    fold->opened = copy_opened(&fold->arena, opened);
    fold->together = opened->person == NULL;
    fold->role = vb_plan_role(plan, opened->role);
    fold->format = opened->format == NULL ? 0 : vb_plan_format(plan, opened->format);
    fold->form = vb_plan_form(plan, opened->form);
    fold->variant = vb_plan_variant(plan, opened->variant);
    fold->setting = vb_plan_setting(plan, opened->setting);
    fold->language = vb_plan_language(plan, opened->language);
    fold->includes = vb_plan_included(plan, opened->with, opened->with_count);
    make_base(fold);
    vb_roster_push(fold, opened->members, opened->member_count);
    fold->opened->members = fold->rosters[0].members;
}

enum vb_code vb_opened_apply(struct vb_fold *fold, const struct vb_opened *opened,
                             struct vb_err *err)
{
    vb_opened_take(fold, opened);
    vb_walk_start(fold);
    return vb_last_begin(fold, err);
}
