/* answer_round.c - answer files on a round: who is who, one after the other, the release. */
#include "base/str.h"
#include "session/talk_file.h"
#include "term/answer_walk.h"

struct files { /* what every step below needs */
    struct vb_answer_file *const *list;
    int count;
    struct vb_round *round;
    const struct vb_plan *plan;
    const char *language;
};

/* -- before anything is walked ---------------------------------------------------------------- */

static enum vb_code check_role(const struct files *files, struct vb_answer_file *file,
                               const struct vb_answer_person *person, struct vb_err *err)
{
    const struct vb_plan *plan = files->plan;
    const char *names[VB_ROLES_MAX];
    for (int i = 0; i < plan->role_count; i++)
        names[i] = plan->roles[i].name;
    int role = vb_plan_role(plan, person->role);
    if (role < 0)
        return vb_answer_unknown(err, file, person->key, "role", person->role, names,
                                 (size_t)plan->role_count);
    if (plan->roles[role].max > 1 && person->label == NULL)
        return vb_answer_refuse(err, file, person->key,
                                "role %s takes several: write who, as \"%s:Kim\"", person->role,
                                person->role);
    if (person->absent && !plan->roles[role].in_roster)
        return vb_answer_refuse(err, file, person->key,
                                "wants an object of answers: only members of a roster are named "
                                "without answering");
    return VB_OK;
}

/* A role for one person has that one, whatever label the file gives or leaves out. */
static bool same_person(const struct vb_plan *plan, const char *role, const char *label,
                        const char *other_role, const char *other_label)
{
    if (!vb_streq(role, other_role))
        return false;
    return vb_streq(label, other_label) || plan->roles[vb_plan_role(plan, role)].max <= 1;
}

static enum vb_code check_twice(const struct files *files, int at, int person_at,
                                struct vb_err *err)
{
    const struct vb_answer_person *person = &files->list[at]->persons[person_at];
    for (int i = 0; i <= at; i++) {
        int until = i == at ? person_at : files->list[i]->person_count;
        for (int k = 0; k < until; k++) {
            const struct vb_answer_person *other = &files->list[i]->persons[k];
            if (!same_person(files->plan, person->role, person->label, other->role, other->label))
                continue;
            if (i != at && (person->absent || other->absent))
                continue; /* named in every file, answering in one */
            return vb_answer_refuse(err, files->list[at], person->key,
                                    "the same person stands in %s too (%s)", files->list[i]->name,
                                    other->key);
        }
    }
    return VB_OK;
}

static const struct vb_participant *find_participant(const struct files *files, const char *role,
                                                     const char *label)
{
    int count;
    const struct vb_participant *list = vb_round_participants(files->round, &count);
    for (int i = 0; i < count; i++)
        if (same_person(files->plan, list[i].role, list[i].label, role, label))
            return &list[i];
    return NULL;
}

static enum vb_code check_said(const struct vb_answer_file *file,
                               const struct vb_answer_person *person, const char *key,
                               const char *said, const char *is, struct vb_err *err)
{
    if (said == NULL || vb_streq(said, is))
        return VB_OK;
    char field[256];
    snprintf(field, sizeof field, "%s.%s", person->key, key);
    return vb_answer_refuse(err, file, field, "says %s, but the session was begun with %s", said,
                            is == NULL ? "none" : is);
}

/* Somebody who began before the file came: not after sharing, and with what was begun with. */
static enum vb_code check_begun(const struct files *files, const struct vb_answer_file *file,
                                const struct vb_answer_person *person, struct vb_err *err)
{
    const struct vb_participant *found = find_participant(files, person->role, person->label);
    bool begun = found != NULL && found->session != NULL;
    if (person->correct && (!begun || !person->share))
        return vb_answer_refuse(err, file, person->key,
                                begun ? "@correct goes with a yes; verbond withdraw takes back"
                                      : "has nothing on the table to correct");
    if (!begun || person->absent)
        return VB_OK;
    enum vb_session_state state = vb_session_state(found->session);
    if (!person->correct && state != VB_SESSION_OPEN && state != VB_SESSION_DONE)
        return vb_answer_refuse(err, file, person->key, "is ready already; nothing can be added");
    const struct vb_opened *opened = vb_fold_opened(vb_session_fold(found->session));
    enum vb_code code = check_said(file, person, "@lang", person->language, opened->language, err);
    if (code == VB_OK)
        code = check_said(file, person, "@form", person->form, opened->form, err);
    if (code == VB_OK)
        code = check_said(file, person, "@mode", person->mode, opened->mode, err);
    if (code == VB_OK)
        code = check_said(file, person, "@helper", person->helper, opened->helper, err);
    return code;
}

static enum vb_code check_words(const struct files *files, const struct vb_answer_file *file,
                                const struct vb_answer_person *person, struct vb_err *err)
{
    const struct vb_plan *plan = files->plan;
    const char *forms[VB_FORMS_MAX];
    char field[256];
    for (int i = 0; i < plan->form_count; i++)
        forms[i] = plan->forms[i].name;
    if (person->form != NULL && vb_plan_form(plan, person->form) < 0) {
        snprintf(field, sizeof field, "%s.@form", person->key);
        return vb_answer_unknown(err, file, field, "form", person->form, forms,
                                 (size_t)plan->form_count);
    }
    struct vb_err why;
    const struct vb_participant *there = find_participant(files, person->role, person->label);
    if ((there == NULL || there->session == NULL) &&
        vb_round_check_helper(plan, person->mode, person->helper, &why) != VB_OK) {
        snprintf(field, sizeof field, "%s.@helper", person->key);
        return vb_answer_refuse(err, file, field, "%s", why.text);
    }
    if (person->language == NULL)
        return VB_OK;
    for (int i = 0; i < plan->language_count; i++)
        if (vb_streq(plan->languages[i], person->language))
            return VB_OK;
    snprintf(field, sizeof field, "%s.@lang", person->key);
    return vb_answer_unknown(err, file, field, "language in this instrument", person->language,
                             plan->languages, (size_t)plan->language_count);
}

static enum vb_code check_all(const struct files *files, struct vb_err *err)
{
    for (int i = 0; i < files->count; i++) {
        struct vb_answer_file *file = files->list[i];
        for (int k = 0; k < file->person_count; k++) {
            const struct vb_answer_person *person = &file->persons[k];
            enum vb_code code = check_role(files, file, person, err);
            if (code == VB_OK)
                code = check_words(files, file, person, err);
            if (code == VB_OK)
                code = check_twice(files, i, k, err);
            if (code == VB_OK)
                code = check_begun(files, file, person, err);
            if (code != VB_OK)
                return code;
        }
    }
    return VB_OK;
}

/* -- one after the other ---------------------------------------------------------------------- */

/* The whole roster is named before anybody begins: what somebody is asked about members stands in
 * the opened event. */
static enum vb_code name_members(const struct files *files, struct vb_err *err)
{
    for (int i = 0; i < files->count; i++) {
        const struct vb_answer_file *file = files->list[i];
        for (int k = 0; k < file->person_count; k++) {
            const struct vb_answer_person *person = &file->persons[k];
            int role = vb_plan_role(files->plan, person->role);
            if (!files->plan->roles[role].in_roster ||
                find_participant(files, person->role, person->label) != NULL)
                continue;
            enum vb_code code =
                vb_round_name_member(files->round, person->role, person->label, err);
            if (code != VB_OK)
                return vb_while(err, "%s: %s", file->name, person->key);
        }
    }
    return VB_OK;
}

static enum vb_code walk_person(const struct files *files, const struct vb_answer_file *file,
                                const struct vb_answer_person *person, struct vb_err *err)
{
    struct vb_join join = {
        .role = person->role,
        .label = person->label,
        .language = person->language != NULL ? person->language : files->language,
        .form = person->form,
        .mode = person->mode,
        .helper = person->helper,
    };
    struct vb_session *session;
    enum vb_code code = vb_round_join(files->round, &join, &session, err);
    if (code == VB_OK && person->correct)
        code = vb_round_correct(files->round, session, err);
    if (code != VB_OK)
        return vb_while(err, "%s: %s", file->name, person->key);
    return vb_answer_walk_person(file, person, files->round, session, err);
}

/* What follows from the yes and no of all comes behind the last: a release on the way would shut
 * out who may answer and need not. */
static enum vb_code walk_persons(const struct files *files, bool *released, struct vb_err *err)
{
    bool now = false;
    for (int i = 0; i < files->count; i++) {
        const struct vb_answer_file *file = files->list[i];
        for (int k = 0; k < file->person_count; k++) {
            enum vb_code code = VB_OK;
            if (!file->persons[k].absent)
                code = walk_person(files, file, &file->persons[k], err);
            if (code != VB_OK)
                return code;
        }
    }
    enum vb_code code = vb_round_settle(files->round, &now, err);
    *released = *released || now;
    return code == VB_OK ? VB_OK : vb_while(err, "%s", files->list[files->count - 1]->name);
}

static enum vb_code release(const struct files *files, bool *released, struct vb_err *err)
{
    for (int i = 0; i < files->count && !*released; i++) {
        if (!files->list[i]->release)
            continue;
        enum vb_code code = vb_round_release(files->round, err);
        if (code != VB_OK)
            return vb_while(err, "%s: @release", files->list[i]->name);
        *released = true;
    }
    return VB_OK;
}

static enum vb_code walk_together(const struct files *files, bool released, struct vb_err *err)
{
    const struct vb_answer_file *by = NULL;
    for (int i = 0; i < files->count; i++) {
        const struct vb_answer_file *file = files->list[i];
        if (file->together == NULL)
            continue;
        if (by != NULL)
            return vb_answer_refuse(err, file, "@together", "stands in %s too", by->name);
        by = file;
    }
    if (by == NULL)
        return VB_OK;
    if (!released)
        return vb_answer_refuse(err, by, "@together", "the round is not released yet");
    struct vb_session *session = NULL;
    enum vb_code code = vb_round_together(files->round, &session, err);
    if (code != VB_OK)
        return vb_while(err, "%s: @together", by->name);
    if (session == NULL)
        return vb_answer_refuse(err, by, "@together", "this instrument asks nothing together");
    if (vb_session_state(session) > VB_SESSION_DONE)
        return vb_answer_refuse(err, by, "@together", "was answered already; nothing can be added");
    code = vb_answer_walk_together(by, files->plan, session, err);
    if (code == VB_OK && (code = vb_round_settle_together(files->round, err)) != VB_OK)
        vb_while(err, "%s: @together", by->name);
    return code;
}

/* What the talk gave: the last thing a round is told. */
static enum vb_code put_talk(const struct files *files, bool released, struct vb_err *err)
{
    const struct vb_answer_file *by = NULL;
    struct vb_arena arena = { 0 };
    struct vb_talk_record record;
    for (int i = 0; i < files->count; i++) {
        const struct vb_answer_file *file = files->list[i];
        if (file->talk == NULL)
            continue;
        if (by != NULL)
            return vb_answer_refuse(err, file, "@talk", "stands in %s too", by->name);
        by = file;
    }
    if (by == NULL)
        return VB_OK;
    if (!released)
        return vb_answer_refuse(err, by, "@talk", "the round is not released yet");
    enum vb_code code = vb_talk_file_tree(&record, files->round, &arena, by->talk, err);
    if (code == VB_OK)
        code = vb_round_put_talk(files->round, &record, "everybody", err);
    vb_arena_finish(&arena);
    return code == VB_OK ? code : vb_while(err, "%s: @talk", by->name);
}

bool vb_answer_file_only_after(const struct vb_answer_file *file)
{
    bool only = file->together != NULL || file->talk != NULL || file->person_count > 0;
    for (int i = 0; i < file->person_count; i++)
        only &= file->persons[i].correct;
    return only;
}

enum vb_code vb_answer_files_walk(struct vb_answer_file *const *list, int count,
                                  struct vb_round *round, const char *language,
                                  const struct vb_env *env, struct vb_err *err)
{
    struct files files = { list, count, round, vb_round_plan(round), language };
    bool released = vb_round_row(round)->state == VB_ROUND_RELEASED;
    enum vb_code code = check_all(&files, err);
    if (code == VB_OK)
        code = name_members(&files, err);
    if (code == VB_OK)
        code = walk_persons(&files, &released, err);
    if (code == VB_OK)
        code = release(&files, &released, err);
    if (code == VB_OK)
        code = walk_together(&files, released, err);
    if (code == VB_OK)
        code = put_talk(&files, released, err);
    if (code == VB_OK)
        vb_log(env->log, VB_LOG_DEBUG, "term", "%d answer files walked, released: %d", count,
               released);
    return code;
}
