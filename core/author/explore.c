#include "author/explore_inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "script/asks.h"

/* -- what came of a path ----------------------------------------------------------------------- */

struct vb_choice *vb_choose(struct vb_explorer *x, int item, int member,
                            const struct vb_standing *from)
{
    struct vb_choice *choice = vb_push(&x->choices, x->count, &x->cap, sizeof *choice);
    *choice = (struct vb_choice){ .item = item, .member = member, .from = from };
    x->count++;
    return choice;
}

/* Dead ends with the same sentence are one; the shortest of them is shown. */
static void note_end(struct vb_explorer *x, const char *message, bool differs)
{
    struct vb_explored *out = x->out;
    struct vb_dead_end *end = NULL;
    int length = (int)x->count;
    for (size_t i = 0; i < out->end_count; i++)
        if (strcmp(out->ends[i].message, message) == 0)
            end = &out->ends[i];
    if (end == NULL) {
        end = vb_push(&out->ends, out->end_count, &out->end_cap, sizeof *end);
        out->end_count++;
        end->message = vb_arena_strdup(&out->arena, message);
        end->differs = differs;
        end->length = length + 1;
    }
    end->paths++;
    if (length < end->length) {
        end->length = length;
        end->answers = vb_case_write(x);
    }
}

void vb_path_differs(struct vb_explorer *x, const char *how)
{
    x->out->deterministic = false;
    x->out->paths++;
    note_end(x, how, true);
}

static void measure(struct vb_explorer *x, int questions)
{
    struct vb_explored *out = x->out;
    if (x->setup->opened.person == NULL)
        return; /* everybody together: not one person's session */
    if (out->longest == 0 || questions > out->longest)
        out->longest = questions;
    if (out->shortest == 0 || questions < out->shortest)
        out->shortest = questions;
}

bool vb_may_walk(struct vb_explorer *x)
{
    if (x->left <= 0)
        x->out->complete = false;
    return x->left > 0;
}

bool vb_path_over(struct vb_explorer *x, enum vb_code code, const struct vb_err *err)
{
    struct vb_err how;
    int questions = 0;
    for (size_t i = 0; i < x->count; i++) {
        if (x->choices[i].earlier)
            continue;
        questions++;
        x->reached[x->choices[i].item] = 1;
    }
    if (!vb_walk_twice(x, code, err, &how)) {
        vb_path_differs(x, how.text);
        return false;
    }
    x->out->paths++;
    x->left--;
    if (code != VB_OK)
        note_end(x, err->text, false);
    else if (questions == 0)
        note_end(x, "a session ends without having asked anything", false);
    else
        measure(x, questions);
    return true;
}

/* -- a kind of session ------------------------------------------------------------------------- */

static void note_asked(struct vb_explorer *x)
{
    for (int i = 0; i < x->plan->item_count; i++)
        for (int member = -1; member < x->setup->opened.member_count; member++)
            if (vb_fold_asks(x->fold, i, member))
                x->asked[i] = 1;
}

/* The limit is shared out: what comes later has its part, and what others leave over. left: kinds
 * of session that are still to come. */
static bool walk_setup(struct vb_explorer *x, const struct vb_setup *setup, int left)
{
    int64_t limit = x->options->limit > 0 ? x->options->limit : VB_EXPLORE_LIMIT;
    int64_t rest = limit - x->out->paths;
    size_t items = (size_t)x->plan->item_count;
    x->left = rest / (left + 1) > 0 ? rest / (left + 1) : 1;
    if (rest <= 0) {
        x->out->complete = false;
        return false;
    }
    vb_arena_reset(&x->arena);
    x->setup = setup;
    x->standing = vb_arena_alloc(&x->arena, sizeof *x->standing * items);
    x->before = vb_arena_alloc(&x->arena, sizeof *x->before * items);
    x->count = 0;
    x->scripted = x->plan->scripted && setup->opened.person != NULL;
    if (x->scripted)
        vb_explore_script(x);
    else
        vb_explore_plan(x);
    x->out->sessions++;
    x->roles |=
        setup->opened.person == NULL ? 0 : UINT32_C(1) << vb_plan_role(x->plan, setup->opened.role);
    note_asked(x);
    return true;
}

/* Of a plan: does a condition look at an item whose values the format gives? */
static bool looks_at_format(const struct vb_plan *plan, const struct vb_cond *cond)
{
    if (cond == NULL)
        return false;
    for (int i = 0; cond->op >= VB_COND_ALL && i < cond->count; i++)
        if (looks_at_format(plan, cond->of[i]))
            return true;
    if (cond->op >= VB_COND_ALL)
        return false;
    const struct vb_item *item = &plan->items[cond->item];
    return (item->kind == VB_LIKERT || item->kind == VB_FACES) && item->answers == NULL;
}

static bool reads_format(const struct vb_plan *plan)
{
    for (int i = 0; i < plan->step_count; i++)
        if (looks_at_format(plan, plan->steps[i].when))
            return true;
    for (int i = 0; i < plan->item_count; i++)
        if (looks_at_format(plan, plan->items[i].when))
            return true;
    return false;
}

/* The setup as it is, then in the other formats and languages when something read them. */
static bool walk_all(void *ctx, const struct vb_setup *setup, int left)
{
    struct vb_explorer *x = ctx;
    const struct vb_plan *plan = x->plan;
    x->format_matters = reads_format(plan);
    x->language_matters = false;
    for (int format = 0; format == 0 || (x->format_matters && format < plan->format_count);
         format++)
        for (int language = 0;
             language == 0 || (x->language_matters && language < plan->language_count);
             language++) {
            struct vb_setup one = *setup;
            one.format = format;
            one.opened.format = plan->format_count > 0 ? plan->formats[format].name : NULL;
            one.opened.language = plan->languages[language];
            if (!walk_setup(x, &one, left))
                return false;
        }
    return true;
}

/* A role that is asked nothing in any kind of session has none. */
static void note_silent_roles(struct vb_explorer *x)
{
    const struct vb_explore_options *options = x->options;
    for (int i = 0; i < x->plan->role_count && x->out->complete; i++) {
        const char *name = x->plan->roles[i].name;
        if ((x->roles >> i & 1) != 0 || (options->role != NULL && !vb_streq(options->role, name)))
            continue;
        struct vb_err err;
        vb_fail(&err, VB_E_DATA, "the role \"%s\" is asked nothing%s%s", name,
                options->form == NULL ? "" : " in the form ",
                options->form == NULL ? "" : options->form);
        x->setup = NULL;
        x->count = 0;
        note_end(x, err.text, false);
    }
}

/* -- all of it --------------------------------------------------------------------------------- */

static enum vb_code no_role(const struct vb_plan *plan, const char *role, struct vb_err *err)
{
    const char *names[VB_ROLES_MAX];
    struct vb_buf all = { 0 };
    for (int i = 0; i < plan->role_count; i++) {
        names[i] = plan->roles[i].name;
        vb_buf_printf(&all, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    const char *meant = vb_did_you_mean(role, names, (size_t)plan->role_count);
    enum vb_code rc = vb_fail(err, VB_E_DATA, "%s has no role %s; %s%s%sthere are %s", plan->id,
                              role, meant == NULL ? "" : "did you mean ",
                              meant == NULL ? "" : meant, meant == NULL ? "" : "? ", all.data);
    vb_buf_finish(&all);
    return rc;
}

static enum vb_code check_names(const struct vb_plan *plan,
                                const struct vb_explore_options *options, struct vb_err *err)
{
    if (options->role != NULL && vb_plan_role(plan, options->role) < 0)
        return no_role(plan, options->role, err);
    if (options->form != NULL && vb_plan_form(plan, options->form) < 0)
        return vb_fail(err, VB_E_DATA, "%s has no form %s", plan->id, options->form);
    return VB_OK;
}

enum vb_code vb_explore(struct vb_explored *out, struct vb_plan *plan,
                        const struct vb_explore_options *options, struct vb_err *err)
{
    struct vb_explorer x = { .plan = plan, .options = options, .out = out };
    *out = (struct vb_explored){ .complete = true, .deterministic = true };
    x.asked = vb_arena_alloc(&out->arena, (size_t)plan->item_count + 1);
    x.reached = vb_arena_alloc(&out->arena, (size_t)plan->item_count + 1);
    x.partly = vb_arena_alloc(&out->arena, (size_t)plan->item_count + 1);
    out->partly = x.partly;
    out->asked = x.asked;
    out->reached = x.reached;
    enum vb_code code = check_names(plan, options, err);
    if (code != VB_OK)
        return code;
    struct vb_asks *asks = vb_asks_create(plan);
    x.asks = asks;
    x.fold = vb_fold_create(plan, &options->sandbox);
    x.again = vb_fold_create(plan, &options->again);
    vb_each_opening(&x, walk_all, &x);
    note_silent_roles(&x);
    if (options->role == NULL && options->form == NULL)
        memset(x.asked, 1, (size_t)plan->item_count);
    vb_fold_destroy(x.fold);
    vb_fold_destroy(x.again);
    vb_asks_destroy(asks);
    vb_arena_finish(&x.arena);
    free(x.choices);
    return VB_OK;
}

void vb_explored_finish(struct vb_explored *explored)
{
    free(explored->ends);
    vb_arena_finish(&explored->arena);
    *explored = (struct vb_explored){ 0 };
}
