/* join.c - somebody takes part: named for the roster, or with a session of its own. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "session/opening.h"
#include "session/round_state.h"

static const char *non_empty(const char *text)
{
    return text == NULL || text[0] == '\0' ? NULL : text;
}

/* -- may they --------------------------------------------------------------------------------- */

static int count_role(const struct vb_round *round, const char *role)
{
    int count = 0;
    for (size_t i = 0; i < round->voice_count; i++)
        count += vb_streq(round->voices[i].role, role);
    return count;
}

static enum vb_code no_role(const struct vb_plan *plan, const char *name, struct vb_err *err)
{
    const char *names[VB_ROLES_MAX];
    for (int i = 0; i < plan->role_count; i++)
        names[i] = plan->roles[i].name;
    const char *meant =
        name == NULL ? NULL : vb_did_you_mean(name, names, (size_t)plan->role_count);
    if (meant != NULL)
        return vb_fail(err, VB_E_DATA, "%s does not ask \"%.80s\"; did you mean \"%s\"?", plan->id,
                       name, meant);
    return vb_fail(err, VB_E_DATA, "%s does not ask \"%.80s\"", plan->id, name == NULL ? "" : name);
}

static enum vb_code check_takes(const struct vb_round *round, struct vb_err *err)
{
    if (round->row.state == VB_ROUND_OPEN || vb_round_takes_late(round))
        return VB_OK;
    return vb_fail(err, VB_E_BUSY, "round %s is %s", round->row.id,
                   vb_round_state_words(round->row.state));
}

static enum vb_code check_room(const struct vb_round *round, const struct vb_role *role,
                               struct vb_err *err)
{
    const struct vb_plan *plan = round->plan;
    enum vb_code code = check_takes(round, err);
    if (code != VB_OK)
        return code;
    if (count_role(round, role->name) >= (role->max > 0 ? role->max : 1))
        return vb_fail(err, VB_E_DATA, "round %s has every %s it asks for", round->row.id,
                       role->name);
    if (role->in_roster && vb_round_has_roster(plan) &&
        (int)round->member_count >= plan->roster_max)
        return vb_fail(err, VB_E_DATA, "the roster of round %s is full: %d members", round->row.id,
                       plan->roster_max);
    return VB_OK;
}

enum vb_code vb_round_check_mode(const char *mode, struct vb_err *err)
{
    static const char *const modes[] = {
        "self", "aloud", "helper", "interpreter", "phone", "paper"
    };
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (mode == NULL || strcmp(mode, modes[i]) == 0)
            return VB_OK;
    return vb_fail(err, VB_E_DATA,
                   "\"%.40s\" is no way of filling in: self, aloud, helper, interpreter, phone, "
                   "paper",
                   mode);
}

/* -- the roster ------------------------------------------------------------------------------- */

static bool in_roster(const struct vb_round *round, const struct vb_role *role)
{
    return role->in_roster && vb_round_has_roster(round->plan);
}

static int add_member(struct vb_round *round, const struct vb_voice_in *voice, const char *form)
{
    struct vb_member *member =
        vb_push(&round->members, round->member_count, &round->member_cap, sizeof *member);
    *member = (struct vb_member){
        .person = voice->person, .role = voice->role, .label = voice->label, .form = form
    };
    return (int)round->member_count++;
}

static struct vb_voice_in *add_voice(struct vb_round *round, const struct vb_voice_in *voice)
{
    struct vb_voice_in *added =
        vb_push(&round->voices, round->voice_count, &round->voice_cap, sizeof *voice);
    round->voice_count++;
    *added = *voice;
    return added;
}

static void draft_person(struct vb_draft *draft, const struct vb_round *round,
                         const struct vb_voice_in *voice)
{
    if (voice->stored)
        return;
    vb_draft_add(draft, VB_PUT_PERSON)->person =
        (struct vb_person_row){ .id = voice->person,
                                .case_id = round->row.case_id,
                                .role = voice->role,
                                .label = voice->label,
                                .language = voice->language == NULL ? round->plan->languages[0]
                                                                    : voice->language };
}

/* The round itself, when this is the first thing that is written. */
static void draft_round(struct vb_draft *draft, struct vb_round *round)
{
    if (!round->is_new)
        return;
    vb_draft_add(draft, VB_PUT_INSTRUMENT)->plan = round->plan;
    if (round->row.case_id != NULL)
        vb_draft_add(draft, VB_PUT_CASE)->case_row =
            (struct vb_case_row){ .id = round->row.case_id,
                                  .opened_wall_ms = round->row.created_wall_ms };
    vb_draft_add(draft, VB_PUT_ROUND)->round = round->row;
}

static void all_stored(struct vb_round *round)
{
    round->is_new = false;
    for (size_t i = 0; i < round->voice_count; i++)
        round->voices[i].stored = true;
}

static enum vb_code commit_naming(struct vb_round *round, const struct vb_voice_in *voice,
                                  struct vb_err *err)
{
    struct vb_draft draft = { 0 };
    draft_person(&draft, round, voice);
    vb_early_draft(&draft, round, false);
    enum vb_code code = vb_draft_roster(&draft, round, NULL, err);
    return vb_draft_finish(&draft, round, code, err);
}

enum vb_code vb_round_write(struct vb_round *round, struct vb_err *err)
{
    struct vb_draft draft = { 0 };
    if (!round->is_new)
        return VB_OK;
    draft_round(&draft, round);
    for (size_t i = 0; i < round->voice_count; i++)
        draft_person(&draft, round, &round->voices[i]);
    vb_early_draft(&draft, round, false);
    vb_draft_audit(&draft, round, "open", round->row.id, "professional");
    enum vb_code code = vb_draft_finish(&draft, round, VB_OK, err);
    if (code == VB_OK)
        all_stored(round);
    return code;
}

enum vb_code vb_round_name_member(struct vb_round *round, const char *role, const char *label,
                                  struct vb_err *err)
{
    int index = vb_plan_role(round->plan, role);
    if (index < 0)
        return no_role(round->plan, role, err);
    if (vb_person_label(&round->arena, label, &label, NULL, err) != VB_OK)
        return err->code;
    if (!in_roster(round, &round->plan->roles[index]))
        return vb_fail(err, VB_E_DATA, "a %s is not part of the roster of %s", role,
                       round->plan->id);
    if (label == NULL)
        return vb_fail(err, VB_E_DATA, "who is in the roster needs a name, such as %s:Sam", role);
    if (vb_round_find(round, role, label) != NULL)
        return VB_OK;
    enum vb_code code = check_room(round, &round->plan->roles[index], err);
    if (code != VB_OK)
        return code;
    struct vb_voice_in voice = { .role = round->plan->roles[index].name,
                                 .label = vb_arena_strdup(&round->arena, label) };
    code = vb_person_choose(round, &voice, 0, err);
    if (code != VB_OK)
        return code;
    voice.member = add_member(round, &voice, round->row.form);
    if (!round->is_new) {
        code = commit_naming(round, &voice, err);
        if (code != VB_OK) {
            round->member_count--;
            return code;
        }
        voice.stored = true;
    }
    add_voice(round, &voice);
    vb_round_list(round);
    return VB_OK;
}

/* -- a session -------------------------------------------------------------------------------- */

/* Who has this role, as far as the round knows; own is the one who joins. */
static const struct vb_voice_in *who_is(const struct vb_round *round, const char *role,
                                        const struct vb_voice_in *own)
{
    if (vb_streq(own->role, role))
        return own;
    for (size_t i = 0; i < round->voice_count; i++)
        if (vb_streq(round->voices[i].role, role))
            return &round->voices[i];
    return NULL;
}

static struct vb_opened describe(struct vb_round *round, const struct vb_voice_in *voice,
                                 const struct vb_join *join, const char *form)
{
    const struct vb_voice_in *client = who_is(round, "client", voice),
                             *professional = who_is(round, "professional", voice);
    return (
        struct vb_opened){ .digest = round->row.digest,
                           .api = VB_API_VERSION,
                           .person = voice->person,
                           .role = voice->role,
                           .label = voice->label,
                           .language = voice->language,
                           .format = round->row.format,
                           .form = form,
                           .variant = round->row.variant,
                           .setting = round->row.setting,
                           .mode = join->mode == NULL ? "self" : join->mode,
                           .helper = join->helper,
                           .opening = join->opening == NULL ? VB_OPENING_VERSION : join->opening,
                           .with = round->with,
                           .with_count = round->with_count,
                           .members = round->members,
                           .member_count = (int)round->member_count,
                           .client = client == NULL ? NULL : client->person,
                           .professional = professional == NULL ? NULL : professional->person,
                           .client_name = client == NULL ? NULL : client->label,
                           .professional_name = professional == NULL ? NULL : professional->label };
}

static enum vb_code begin(struct vb_round *round, struct vb_voice_in *voice,
                          const struct vb_join *join, const char *form, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    char id[VB_ID_SIZE];
    struct vb_opened opened = describe(round, voice, join, form);
    vb_id_make(&round->env->random, id);
    enum vb_code code = vb_earlier_read(round, voice->person, &arena, &opened, err);
    if (code == VB_OK)
        code = vb_agreed_find(round, voice->person, &arena, &opened.last, err);
    if (code == VB_OK)
        code = vb_session_begin(&voice->session, round->store, round->env, round->plan, id, &opened,
                                err);
    vb_arena_finish(&arena);
    return code;
}

/* Everything of one joining, in one commit: the round when it is new, those who were named before,
 * the person, the session and its opened event, the roster for the others. */
static enum vb_code commit_joining(struct vb_round *round, const struct vb_voice_in *voice,
                                   const char *staff, bool roster_changed, struct vb_err *err)
{
    struct vb_draft draft = { 0 };
    enum vb_code code = VB_OK;
    draft_round(&draft, round);
    for (size_t i = 0; round->is_new && i < round->voice_count; i++)
        if (!vb_streq(round->voices[i].person, voice->person))
            draft_person(&draft, round, &round->voices[i]);
    draft_person(&draft, round, voice);
    vb_draft_add(&draft, VB_PUT_SESSION)->session =
        (struct vb_session_row){ .id = vb_session_id(voice->session),
                                 .round = round->row.id,
                                 .person = voice->person,
                                 .state = vb_session_state(voice->session) };
    vb_session_stage_opened(voice->session, vb_draft_add(&draft, VB_APPEND));
    vb_early_draft(&draft, round, true);
    vb_own_turn_draft(&draft, round, vb_session_id(voice->session), staff);
    if (roster_changed)
        code = vb_draft_roster(&draft, round, voice->session, err);
    const char *by = vb_round_who_acts(round);
    if (by != NULL)
        vb_draft_audit_of(&draft, round, "begin", vb_session_id(voice->session), voice->role, by);
    return vb_draft_finish(&draft, round, code, err);
}

/* The person's place in the roster: a new one, or the one there is, in the form they came with. */
static bool enter_roster(struct vb_round *round, struct vb_voice_in *voice,
                         const struct vb_role *role, const char *form)
{
    if (!in_roster(round, role))
        return false;
    if (voice->member < 0) {
        voice->member = add_member(round, voice, form);
        return true;
    }
    bool changed = !vb_streq(round->members[voice->member].form, form);
    round->members[voice->member].form = form;
    return changed;
}

static enum vb_code join_voice(struct vb_round *round, struct vb_voice_in *voice,
                               const struct vb_role *role, const struct vb_join *join,
                               struct vb_err *err)
{
    const char *form = join->form == NULL ? round->row.form : join->form;
    size_t members_before = round->member_count;
    const char *form_before = voice->member < 0 ? NULL : round->members[voice->member].form;
    int member_before = voice->member;
    form = vb_arena_strdup(&round->arena, form);
    voice->language = round->plan->languages[vb_plan_language(round->plan, join->language)];
    bool changed = enter_roster(round, voice, role, form);
    enum vb_code code = begin(round, voice, join, form, err);
    if (code == VB_OK) {
        code = commit_joining(round, voice, join->staff, changed, err);
        if (code == VB_OK)
            return VB_OK;
        vb_session_destroy(voice->session);
    }
    voice->session = NULL;
    round->member_count = members_before;
    if (member_before >= 0)
        round->members[member_before].form = form_before;
    voice->member = member_before;
    return code;
}

static enum vb_code check_join(const struct vb_round *round, const struct vb_join *join,
                               struct vb_err *err)
{
    int index = vb_plan_role(round->plan, join->role);
    if (index < 0)
        return no_role(round->plan, join->role, err);
    if (round->plan->roles[index].max > 1 && non_empty(join->label) == NULL)
        return vb_fail(err, VB_E_DATA, "a round may have several of %s: say which, such as %s:Sam",
                       join->role, join->role);
    if (join->form != NULL && vb_plan_form(round->plan, join->form) < 0)
        return vb_fail(err, VB_E_DATA, "%s has no form \"%.80s\"", round->plan->id, join->form);
    enum vb_code code = vb_round_check_mode(join->mode, err);
    return code == VB_OK ? vb_round_check_helper(round->plan, join->mode, join->helper, err) : code;
}

static enum vb_code join_new(struct vb_round *round, const struct vb_join *join,
                             const struct vb_role *role, struct vb_session **out,
                             struct vb_err *err)
{
    struct vb_voice_in voice = { .role = role->name,
                                 .label = vb_arena_strdup(&round->arena, non_empty(join->label)),
                                 .member = -1 };
    enum vb_code code = check_room(round, role, err);
    if (code == VB_OK)
        code = vb_person_choose(round, &voice, join->since_wall_ms, err);
    if (code == VB_OK)
        code = join_voice(round, &voice, role, join, err);
    if (code != VB_OK)
        return code;
    *out = voice.session;
    add_voice(round, &voice);
    return VB_OK;
}

enum vb_code vb_round_join(struct vb_round *round, const struct vb_join *asked,
                           struct vb_session **out, struct vb_err *err)
{
    struct vb_join cleaned = *asked;
    const struct vb_join *join = &cleaned;
    enum vb_code code = vb_person_label(&round->arena, asked->label, &cleaned.label, NULL, err);
    if (code == VB_OK)
        code = check_join(round, join, err);
    if (code != VB_OK)
        return code;
    const struct vb_role *role = &round->plan->roles[vb_plan_role(round->plan, join->role)];
    struct vb_voice_in *there = vb_round_find(round, role->name, non_empty(join->label));
    if (there != NULL && there->session != NULL) {
        *out = there->session;
        if (round->plan->campaign != NULL && !vb_round_is_ready(there->session) &&
            check_takes(round, err) != VB_OK)
            return err->code;
        return vb_round_note(round, "go on", there->session, err);
    }
    if (there != NULL) { /* only named until now */
        code = check_takes(round, err);
        if (code == VB_OK)
            code = join_voice(round, there, role, join, err);
        *out = there->session;
    } else {
        code = join_new(round, join, role, out, err);
    }
    if (code != VB_OK)
        return code;
    all_stored(round);
    vb_round_list(round);
    return VB_OK;
}
