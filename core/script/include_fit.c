/* include_fit.c - can an instrument be included in this one? Its languages, roles, form and members
 * must be there, and it may not be kept longer than its author wants. */
#include "script/include.h"

#include <string.h>

#include "base/str.h"

static bool map_languages(struct vb_merge *merge)
{
    const struct vb_plan *to = merge->to->plan, *from = merge->from->plan;
    bool fits = true;
    for (int i = 0; i < to->language_count; i++) {
        merge->languages[i] = -1;
        for (int j = 0; j < from->language_count; j++)
            if (strcmp(to->languages[i], from->languages[j]) == 0)
                merge->languages[i] = j;
        if (merge->languages[i] >= 0)
            continue;
        fits = false;
        vb_error_at(merge->to, &merge->place, "missing-translation",
                    "translate it there first, or leave the language out here",
                    "\"%s\" has no %s texts", merge->name, to->languages[i]);
    }
    return fits;
}

static bool map_role_names(struct vb_merge *merge)
{
    const struct vb_plan *to = merge->to->plan;
    bool fits = true;
    for (int i = 0; i < to->role_count; i++) {
        merge->roles[i] = vb_plan_role(merge->from->plan, to->roles[i].name);
        if (merge->roles[i] >= 0)
            continue;
        fits = false;
        vb_error_at(merge->to, &merge->place, "missing-text",
                    "include an instrument with the same respondents", "\"%s\" has no texts for %s",
                    merge->name, to->roles[i].name);
    }
    return fits;
}

static bool find_form(struct vb_merge *merge, const struct vb_raw_table *table)
{
    const char *name = vb_get_string(table, "form");
    if (name == NULL)
        return true;
    int form = vb_plan_form(merge->from->plan, name);
    if (form >= 0) {
        merge->form = &merge->from->plan->forms[form];
        return true;
    }
    const char *names[VB_FORMS_MAX];
    for (int i = 0; i < merge->from->plan->form_count; i++)
        names[i] = merge->from->plan->forms[i].name;
    const char *guess = vb_guess(merge->to, name, names, (size_t)merge->from->plan->form_count);
    vb_error_at(merge->to, &merge->place, "unknown-form",
                guess != NULL ? vb_mend(merge->to, "did you mean \"%s\"?", guess)
                              : "name one of its forms, or leave form out",
                "\"%s\" has no form \"%s\"", merge->name, name);
    return false;
}

bool vb_include_fits(struct vb_merge *merge, const struct vb_raw_table *table)
{
    const struct vb_plan *from = merge->from->plan;
    bool ok = true;
    if (!vb_streq(from->id, merge->name)) {
        vb_error_at(merge->to, &merge->place, "include-name",
                    "let the folder and the id inside be the same",
                    "the instrument there calls itself \"%s\"", from->id);
        ok = false;
    }
    if (from->scripted) {
        vb_error_at(merge->to, &merge->place, "include-scripted",
                    "include an instrument without flow", "\"%s\" has a flow of its own",
                    merge->name);
        ok = false;
    }
    if (from->member_item_count > 0 && merge->to->plan->roster_max == 0) {
        vb_error_at(merge->to, &merge->place, "no-roster",
                    "add roster = { role = ..., min = ..., max = ... }",
                    "\"%s\" asks about each member, and here is no roster", merge->name);
        ok = false;
    }
    ok = map_languages(merge) && ok;
    ok = map_role_names(merge) && ok;
    return find_form(merge, table) && ok;
}

void vb_include_check_retention(const struct vb_merge *merge)
{
    const struct vb_plan *from = merge->from->plan, *to = merge->to->plan;
    const char *mend = "say retention = false here too, or include another instrument";
    if (vb_plan_retain(from, -1) > vb_plan_retain(to, -1))
        vb_error_at(
            merge->to, &merge->place, "policy-refuses", mend,
            "brings questions of \"%s\", of which %s is kept, into an instrument that keeps "
            "more",
            merge->name,
            vb_plan_retain(from, -1) == VB_RETAIN_NONE ? "nothing" : "nothing on disk");
    for (int i = 0; i < from->variant_count; i++) {
        int own = vb_plan_variant(to, from->variants[i].name);
        if (own >= 0 && vb_plan_retain(from, i) > vb_plan_retain(to, own))
            vb_error_at(merge->to, &merge->place, "policy-refuses", mend,
                        "variant \"%s\" of \"%s\" is not kept, that of this instrument is",
                        from->variants[i].name, merge->name);
    }
}
