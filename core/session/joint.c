/* joint.c - the session of everybody together: what is asked of all at once after the release, and
 * where what they write down after the talk stands (round_talk.c). It is nobody's own. */
#include "session/opening.h"
#include "session/round_state.h"

/* Of what this round asks: an include that is off, another variant or form asks nothing. */
static const struct vb_item *first_together(const struct vb_round *round)
{
    const struct vb_plan *plan = round->plan;
    uint32_t includes = vb_plan_included(plan, round->with, round->with_count);
    int variant = vb_plan_variant(plan, round->row.variant);
    int form = vb_plan_form(plan, round->row.form);
    for (int i = 0; i < plan->item_count; i++) {
        const struct vb_item *item = &plan->items[i];
        if (item->stage == VB_TOGETHER && (item->include < 0 || (includes >> item->include & 1)) &&
            (variant < 0 || (item->variants >> variant & 1)) &&
            (form < 0 || plan->forms[form].has_item[i]))
            return item;
    }
    return NULL;
}

/* Read out to everybody: in the words of the first role that has them (item may be NULL), in the
 * first one's language. */
static struct vb_opened describe(const struct vb_round *round, const struct vb_item *item)
{
    const struct vb_plan *plan = round->plan;
    int role = 0;
    while (item != NULL && role + 1 < plan->role_count && item->text[role] == NULL)
        role++;
    const char *language = plan->languages[0];
    for (int i = (int)round->voice_count - 1; i >= 0; i--)
        if (round->participants[i].session != NULL)
            language = vb_fold_opened(vb_session_fold(round->participants[i].session))->language;
    return (struct vb_opened){ .digest = round->row.digest,
                               .api = VB_API_VERSION,
                               .role = plan->roles[role].name,
                               .language = language,
                               .format = round->row.format,
                               .form = round->row.form,
                               .variant = round->row.variant,
                               .setting = round->row.setting,
                               .mode = "self",
                               .opening = VB_OPENING_VERSION,
                               .with = round->with,
                               .with_count = round->with_count,
                               .members = round->members,
                               .member_count = (int)round->member_count };
}

enum vb_code vb_joint_begin(struct vb_round *round, struct vb_err *err)
{
    struct vb_draft draft = { 0 };
    struct vb_session *session;
    char id[VB_ID_SIZE];
    struct vb_opened opened = describe(round, first_together(round));
    vb_id_make(&round->env->random, id);
    enum vb_code code =
        vb_session_begin(&session, round->store, round->env, round->plan, id, &opened, err);
    if (code != VB_OK)
        return code;
    vb_draft_add(&draft, VB_PUT_SESSION)->session = (struct vb_session_row){
        .id = vb_session_id(session), .round = round->row.id, .state = vb_session_state(session)
    };
    vb_session_stage_opened(session, vb_draft_add(&draft, VB_APPEND));
    code = vb_draft_finish(&draft, round, VB_OK, err);
    if (code != VB_OK)
        vb_session_destroy(session);
    else
        round->together = session;
    return code;
}

enum vb_code vb_round_together(struct vb_round *round, struct vb_session **out, struct vb_err *err)
{
    *out = NULL;
    if (first_together(round) == NULL)
        return VB_OK;
    if (round->row.state != VB_ROUND_RELEASED)
        return vb_fail(err, VB_E_BUSY,
                       "round %s is %s: what is asked together comes after the "
                       "release",
                       round->row.id, vb_round_state_words(round->row.state));
    enum vb_code code = round->together == NULL ? vb_joint_begin(round, err) : VB_OK;
    *out = round->together;
    if (code == VB_OK && vb_session_state(round->together) <= VB_SESSION_DONE)
        code = vb_round_note(round, "together", round->together, err);
    return code;
}

struct vb_session *vb_round_joint(const struct vb_round *round)
{
    return round->together;
}

bool vb_round_together_due(const struct vb_round *round)
{
    return round->row.state == VB_ROUND_RELEASED && first_together(round) != NULL &&
           (round->together == NULL || vb_session_state(round->together) <= VB_SESSION_DONE);
}

enum vb_code vb_round_settle_together(struct vb_round *round, struct vb_err *err)
{
    if (round->together == NULL || round->revision_count == 0 ||
        vb_session_state(round->together) != VB_SESSION_SHARED)
        return vb_fail(err, VB_E_BUSY, "round %s has nothing new from the talk", round->row.id);
    const struct vb_revision *newest = &round->revisions[round->revision_count - 1];
    if (vb_revision_seq(newest, vb_session_id(round->together)) ==
        vb_session_view(round->together)->seq)
        return VB_OK;
    struct vb_draft draft = { 0 };
    return vb_revision_put(round, &draft, "talk", "talk", "everybody", err);
}
