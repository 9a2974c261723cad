/* What only the whole instrument shows. */
#include "script/build.h"

static void check_questions(struct vb_build *build)
{
    bool strangers = false;
    const struct vb_raw_table *table = &build->node->table;
    for (int i = 0; i < table->list_count; i++)
        strangers = strangers || (table->list[i].type == VB_RAW_NODE &&
                                  table->list[i].node->constructor->id == VB_MAKE_UNKNOWN);
    if (build->plan->item_count == 0 && !strangers)
        vb_error_at(build, &build->place, "no-questions", "put a question in it",
                    "the instrument asks nothing");
}

static void check_roles(struct vb_build *build)
{
    const struct vb_plan *plan = build->plan;
    for (int role = 0; role < plan->role_count && plan->item_count > 0; role++) {
        bool asked = false;
        for (int i = 0; i < plan->item_count && !asked; i++)
            asked = build->items[i].text[role] != NULL;
        if (!asked)
            vb_warning_at(build, &build->place, "idle-role",
                          "give it a question, or take it out of respondents",
                          "%s is a respondent, but is asked nothing", plan->roles[role].name);
    }
}

/* A branch whose question is not in the form is never taken there. */
static const struct vb_item *absent(const struct vb_build *build, const struct vb_cond *cond,
                                    const struct vb_form *form)
{
    if (cond->op < VB_COND_ALL)
        return form->has_item[cond->item] != 0 ? NULL : &build->items[cond->item];
    for (int i = 0; cond->op == VB_COND_ALL && i < cond->count; i++) {
        const struct vb_item *item = absent(build, cond->of[i], form);
        if (item != NULL)
            return item;
    }
    return NULL;
}

static void check_forms(struct vb_build *build)
{
    const struct vb_plan *plan = build->plan;
    for (int f = 0; f < plan->form_count; f++)
        for (int i = 0; i < plan->item_count; i++) {
            if (plan->forms[f].has_item[i] == 0 || build->items[i].when == NULL)
                continue;
            const struct vb_item *asked = absent(build, build->items[i].when, &plan->forms[f]);
            if (asked != NULL)
                vb_warning_at(
                    build, &build->drafts[i].place, "never-in-form",
                    vb_mend(build, "add \"%s\" to the form, or leave this out", asked->id),
                    "its condition looks at \"%s\", which the form \"%s\" leaves out", asked->id,
                    plan->forms[f].name);
        }
}

void vb_check_plan(struct vb_build *build)
{
    check_questions(build);
    if (build->loading->findings->errors == 0)
        check_roles(build);
    check_forms(build);
}
