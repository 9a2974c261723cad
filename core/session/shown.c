#include "session/shown.h"

#include <string.h>

#include "base/str.h"
#include "session/round_state.h"
#include "session/said.h"
#include "sheet/sheet_answer.h"

/* -- names ------------------------------------------------------------------------------------ */

static const char *member_name(const struct vb_member *member, const char *language)
{
    if (member->label != NULL)
        return member->label;
    return vb_sheet_words_the_role(vb_sheet_words_of(language), member->role);
}

struct vb_naming vb_shown_naming(const struct vb_session *session, int member)
{
    const struct vb_fold *fold = vb_session_fold(session);
    const struct vb_opened *opened = vb_fold_opened(fold);
    const struct vb_plan *plan = vb_fold_plan(fold);
    int count;
    const struct vb_member *members = vb_fold_members(fold, &count);
    return (struct vb_naming){
        .plan = plan,
        .language = vb_plan_language(plan, opened->language),
        .variant = opened->variant == NULL ? -1 : vb_plan_variant(plan, opened->variant),
        .setting = opened->setting == NULL ? -1 : vb_plan_setting(plan, opened->setting),
        .client = opened->client_name,
        .professional = opened->professional_name,
        .member =
            member >= 0 && member < count ? member_name(&members[member], opened->language) : NULL,
    };
}

/* The own name where the own role is meant, else that of whoever has it. */
static const char *name_of(const struct vb_round *round, const char *wanted, const char *role,
                           const char *label)
{
    if (vb_streq(wanted, role))
        return label;
    for (size_t i = 0; i < round->voice_count; i++)
        if (vb_streq(round->voices[i].role, wanted))
            return round->voices[i].label;
    return NULL;
}

struct vb_naming vb_shown_naming_before(const struct vb_round *round, const char *role,
                                        const char *label, const char *language)
{
    const struct vb_plan *plan = round->plan;
    const struct vb_round_row *row = &round->row;
    return (struct vb_naming){
        .plan = plan,
        .language = language == NULL ? 0 : vb_plan_language(plan, language),
        .variant = row->variant == NULL ? -1 : vb_plan_variant(plan, row->variant),
        .setting = row->setting == NULL ? -1 : vb_plan_setting(plan, row->setting),
        .client = name_of(round, "client", role, label),
        .professional = name_of(round, "professional", role, label),
    };
}

const char *vb_shown_member(const struct vb_fold *fold, int member, struct vb_arena *arena)
{
    int count;
    const struct vb_member *members = vb_fold_members(fold, &count);
    if (member < 0 || member >= count)
        return NULL;
    return members[member].label == NULL
               ? members[member].role
               : vb_arena_printf(arena, "%s:%s", members[member].role, members[member].label);
}

int vb_shown_member_of(const struct vb_fold *fold, const char *key)
{
    struct vb_arena arena = { 0 };
    int count, found = -1;
    vb_fold_members(fold, &count);
    for (int i = 0; i < count && found < 0; i++)
        if (vb_streq(vb_shown_member(fold, i, &arena), key))
            found = i;
    vb_arena_finish(&arena);
    return found;
}

/* -- texts ------------------------------------------------------------------------------------ */

const char *vb_shown_fill(const struct vb_naming *naming, const char *text, struct vb_arena *arena)
{
    struct vb_buf out = { 0 };
    vb_text_fill(&out, naming, text);
    const char *filled = vb_arena_strndup(arena, out.len == 0 ? "" : out.data, out.len);
    vb_buf_finish(&out);
    return filled;
}

const char *vb_shown_text(const struct vb_naming *naming, const struct vb_text *text,
                          struct vb_arena *arena)
{
    return text == NULL ? NULL : vb_shown_fill(naming, text->by_language[naming->language], arena);
}

const char *vb_shown_wording(const struct vb_session *session, const struct vb_item *item,
                             int member, struct vb_arena *arena)
{
    const struct vb_fold *fold = vb_session_fold(session);
    const struct vb_naming naming = vb_shown_naming(session, member);
    int role = vb_fold_role(fold);
    if (role >= 0 && item->text[role] != NULL)
        return vb_shown_text(&naming, item->text[role], arena);
    for (int i = 0; i < vb_fold_plan(fold)->role_count; i++)
        if (item->text[i] != NULL) /* together: everybody reads the same words */
            return vb_shown_text(&naming, item->text[i], arena);
    return "";
}

const char *vb_shown_intro(const struct vb_session *session, const struct vb_item *item, int member,
                           struct vb_arena *arena)
{
    const struct vb_fold *fold = vb_session_fold(session);
    const struct vb_plan *plan = vb_fold_plan(fold);
    const struct vb_naming naming = vb_shown_naming(session, member);
    int count;
    const struct vb_place *path = vb_fold_path(fold, &count);
    int last = count == 0 ? -1 : plan->items[path[count - 1].item].scale;
    const char *own = vb_shown_text(&naming, item->intro, arena);
    if (item->scale < 0 || item->scale == last || plan->scales[item->scale].intro == NULL)
        return own;
    const char *scale = vb_shown_text(&naming, plan->scales[item->scale].intro, arena);
    return own == NULL ? scale : vb_arena_printf(arena, "%s\n\n%s", scale, own);
}

/* The sheet's words for an answer want a result to stand in: one of this person alone. */
void vb_shown_answer(struct vb_buf *out, const struct vb_session *session,
                     const struct vb_item *item, const struct vb_value *value)
{
    const struct vb_fold *fold = vb_session_fold(session);
    const struct vb_opened *opened = vb_fold_opened(fold);
    const struct vb_naming naming = vb_shown_naming(session, -1);
    const struct vb_respondent names[] = {
        { .role = "client", .label = opened->client_name },
        { .role = "professional", .label = opened->professional_name },
    };
    const struct vb_result own = { .plan = naming.plan,
                                   .format = vb_fold_format(fold),
                                   .form = -1,
                                   .variant = naming.variant,
                                   .setting = naming.setting,
                                   .respondents = names,
                                   .respondent_count = 2 };
    if (!vb_value_given(value))
        vb_buf_puts(out, vb_said_missing(opened->language, value->type == VB_VALUE_MISSING
                                                               ? (enum vb_missing)value->number
                                                               : VB_MISSING_SKIPPED));
    else if (item->kind == VB_VAS)
        vb_said_place(out, opened->language, value->number);
    else
        vb_answer_words(out, &own, vb_sheet_words_of(opened->language), naming.language, item,
                        value);
}

/* -- last time -------------------------------------------------------------------------------- */

enum vb_code vb_shown_last(struct vb_round *round, const struct vb_session *session,
                           struct vb_arena *arena, const struct vb_talk_record **out,
                           struct vb_err *err)
{
    const struct vb_last *last = &vb_fold_opened(vb_session_fold(session))->last;
    *out = NULL;
    return last->agreement_count == 0 ? VB_OK : vb_round_last(round, last, arena, out, err);
}

enum vb_code vb_shown_can_back(struct vb_round *round, const struct vb_session *session,
                               struct vb_arena *arena, bool *out, struct vb_err *err)
{
    const struct vb_talk_record *record = NULL;
    int count;
    *out = vb_session_view(session)->can_back;
    vb_fold_path(vb_session_fold(session), &count);
    if (!*out || count > 0)
        return VB_OK;
    enum vb_code code = vb_shown_last(round, session, arena, &record, err);
    *out = record != NULL;
    return code;
}

/* -- a yes ------------------------------------------------------------------------------------ */

bool vb_shown_asks_one_sided(const struct vb_plan *plan)
{
    return plan->role_count > 1 || plan->roles[0].max > 1;
}

bool vb_shown_asks_private(const struct vb_session *session, int scale)
{
    const struct vb_fold *fold = vb_session_fold(session);
    const struct vb_plan *plan = vb_fold_plan(fold);
    int count;
    const struct vb_place *path = vb_fold_path(fold, &count);
    if (plan->scales[scale].hidden != VB_PRIVATE_WORKER ||
        vb_streq(vb_fold_opened(fold)->role, "professional"))
        return false;
    for (int i = 0; i < count; i++) {
        const struct vb_item *item = &plan->items[path[i].item];
        if (item->scale == scale && !vb_fold_held(fold, path[i].item, path[i].member) &&
            vb_value_given(&vb_fold_values(fold)[vb_plan_slot(plan, item, path[i].member)]))
            return true;
    }
    return false;
}

enum vb_code vb_shown_purposes(struct vb_store *store, const char *round, bool *dossier,
                               bool *research, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_output_row *rows;
    size_t count;
    *dossier = *research = false;
    enum vb_code code = store->ops->outputs(store, round, &arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        *dossier |= rows[i].purpose == VB_PURPOSE_DOSSIER && rows[i].content != VB_CONTENT_EVENT;
        *research |= rows[i].purpose == VB_PURPOSE_RESEARCH;
    }
    vb_arena_finish(&arena);
    return code;
}
