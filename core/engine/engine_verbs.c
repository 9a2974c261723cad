/* engine_verbs.c - what a person does: answers, changes, holds back, says yes or no. */
#include <stdio.h>

#include "base/str.h"
#include "data/json.h"
#include "engine/engine_inner.h"
#include "session/asked.h"
#include "session/shown.h"

enum { VALUE_MAX = 1024 * 1024 }; /* bytes of an answer's JSON */

/* -- verbs ------------------------------------------------------------------------------------ */

struct verb { /* of a person, while the call lasts */
    struct vb_engine_person *person;
    struct vb_session *session;
    int64_t seq;
    struct vb_engine_error *error;
};

/* What every verb looks at first; person's memory for what was given is empty then. */
static int begin_verb(struct verb *verb, struct vb_engine_person *person, int64_t seq,
                      vb_engine_done *done, void *ctx, struct vb_engine_error *error)
{
    struct vb_err err;
    if (person == NULL || person->round == NULL)
        return vb_embed_misuse(error, "this person was closed");
    *verb = (struct verb){ person, person->session, seq, error };
    int code = vb_later_begin(&person->later, person->round->engine, done, ctx, error);
    if (code != VB_ENGINE_OK)
        return code;
    vb_arena_reset(&person->given);
    if (vb_session_busy(person->session) || seq == vb_session_view(person->session)->seq)
        return VB_ENGINE_OK; /* the session says that it is busy */
    person->later.active = false;
    vb_fail(&err, VB_E_CONFLICT, "something else was saved meanwhile; look at the step again");
    return vb_embed_tell(error, &err);
}

static int end_verb(const struct verb *verb)
{
    return vb_later_return(&verb->person->later, verb->person->round->engine, verb->error);
}

/* Refused before the session heard of it. */
static int refuse(const struct verb *verb, const struct vb_err *err, const char *field)
{
    verb->person->later.active = false;
    return vb_embed_tell_of(verb->error, err, NULL, 0, field);
}

static int refuse_data(const struct verb *verb, const char *field, const char *text)
{
    struct vb_err err;
    vb_fail(&err, VB_E_DATA, "%s", text);
    return refuse(verb, &err, field);
}

static int refuse_place(const struct verb *verb, const char *text)
{
    struct vb_err err;
    vb_fail(&err, VB_E_CONFLICT, "%s", text);
    return refuse(verb, &err, NULL);
}

static enum vb_code read_value(const struct verb *verb, const struct vb_item *item,
                               const cJSON *json, struct vb_value *out, struct vb_err *err)
{
    struct vb_ask ask = vb_asked_of(verb->session, item);
    enum vb_refusal refusal = VB_ACCEPTED;
    struct vb_err why = { .code = VB_E_DATA };
    enum vb_code code = vb_asked_value(verb->session, &ask, json, ".", &verb->person->given, out,
                                       &refusal, &why, err);
    if (code != VB_OK || refusal == VB_ACCEPTED)
        return code;
    return vb_fail(err, VB_E_DATA, "%s", why.text);
}

/* "done", "partly", "not_yet", or null: passed over. */
static bool read_followed(const cJSON *json, enum vb_followed *out)
{
    *out = VB_FOLLOWED_NONE;
    return cJSON_IsNull(json) ||
           (cJSON_IsString(json) && vb_followed_parse(json->valuestring, out));
}

static int answer(const struct verb *verb, const cJSON *json)
{
    const struct vb_view *view = vb_session_view(verb->session);
    struct vb_value value;
    struct vb_err err;
    enum vb_followed followed;
    if (view->at == VB_AT_LAST) {
        if (!read_followed(json, &followed))
            return refuse_data(verb, "@last", "it takes \"done\", \"partly\", \"not_yet\" or null");
        vb_session_follow(verb->session, verb->seq, NULL, view->agreement, followed, vb_embed_said,
                          verb->person);
        return end_verb(verb);
    }
    if (view->at != VB_AT_ITEM)
        return refuse_place(verb, "no question waits for an answer: look at the step");
    if (read_value(verb, view->item, json, &value, &err) != VB_OK)
        return refuse(verb, &err, view->item->id);
    vb_session_answer(verb->session, verb->seq, NULL, &value, NULL, vb_embed_said, verb->person);
    return end_verb(verb);
}

/* Reads the JSON and hands it on, with what of the verb the caller said beside it. */
struct place {
    const char *item, *member;
};
typedef int take_value(const struct verb *verb, const struct place *place, const cJSON *json);

static int with_value(const struct verb *verb, const struct place *place, const char *value,
                      take_value *take)
{
    cJSON *json = NULL;
    struct vb_err err;
    if (value == NULL)
        return refuse_data(verb, "value", "a value is wanted, as JSON: null when it is skipped");
    if (vb_json_parse(&json, value, strlen(value), VALUE_MAX, &err) != VB_OK)
        return refuse(verb, &err, "value");
    int code = take(verb, place, json);
    cJSON_Delete(json);
    return code;
}

static int take_answer(const struct verb *verb, const struct place *place, const cJSON *json)
{
    (void)place; /* the one that waits */
    if (vb_session_busy(verb->session))
        return refuse_place(verb, "the next question is still being worked out");
    return answer(verb, json);
}

int vb_engine_answer(struct vb_engine_person *person, int64_t seq, const char *value,
                     vb_engine_done *done, void *ctx, struct vb_engine_error *error)
{
    struct verb verb;
    int code = begin_verb(&verb, person, seq, done, ctx, error);
    return code == VB_ENGINE_OK ? with_value(&verb, NULL, value, take_answer) : code;
}

int vb_engine_back(struct vb_engine_person *person, int64_t seq, vb_engine_done *done, void *ctx,
                   struct vb_engine_error *error)
{
    struct verb verb;
    int code = begin_verb(&verb, person, seq, done, ctx, error);
    if (code != VB_ENGINE_OK)
        return code;
    vb_session_back(verb.session, seq, vb_embed_said, person);
    return end_verb(&verb);
}

/* -- at the overview -------------------------------------------------------------------------- */

static int find_member(const struct vb_fold *fold, const char *key)
{
    struct vb_arena arena = { 0 };
    int count, found = -1;
    vb_fold_members(fold, &count);
    for (int i = 0; key != NULL && found < 0 && i < count; i++)
        if (vb_streq(vb_shown_member(fold, i, &arena), key))
            found = i;
    vb_arena_finish(&arena);
    return found;
}

static bool is_on_path(const struct vb_fold *fold, int item, int member)
{
    int count;
    const struct vb_place *path = vb_fold_path(fold, &count);
    for (int i = 0; i < count; i++)
        if (path[i].item == item && path[i].member == member)
            return true;
    return false;
}

/* The answer that is meant; false when it was refused. */
static bool find_place(const struct verb *verb, const struct place *place, int *item, int *member,
                       int *code)
{
    const struct vb_fold *fold = vb_session_fold(verb->session);
    *item = place->item == NULL ? -1 : vb_plan_item(vb_fold_plan(fold), place->item);
    *member = find_member(fold, place->member);
    if (vb_session_view(verb->session)->at != VB_AT_OVERVIEW)
        *code = refuse_place(verb, "this is for the overview: look at the step");
    else if (*item < 0)
        *code = refuse_data(verb, place->item, "the instrument has no such item");
    else if ((place->member != NULL && *member < 0) || !is_on_path(fold, *item, *member))
        *code = refuse_data(verb, place->item, "this was not asked of this person");
    else
        return true;
    return false;
}

/* "@last[1]": an agreement of last time; -1: no such name. */
static int agreement_of(const struct verb *verb, const char *item)
{
    int number, end = 0;
    const struct vb_opened *opened = vb_fold_opened(vb_session_fold(verb->session));
    if (item == NULL || sscanf(item, "@last[%2d]%n", &number, &end) != 1 || end == 0 ||
        item[end] != '\0')
        return -1;
    return number < 0 || number >= opened->last.agreement_count ? -1 : number;
}

static int take_change(const struct verb *verb, const struct place *place, const cJSON *json)
{
    int item, member, code, agreement = agreement_of(verb, place->item);
    struct vb_value value;
    struct vb_err err;
    enum vb_followed followed;
    if (agreement >= 0) {
        if (!read_followed(json, &followed))
            return refuse_data(verb, place->item,
                               "it takes \"done\", \"partly\", \"not_yet\" or null");
        vb_session_follow(verb->session, verb->seq, NULL, agreement, followed, vb_embed_said,
                          verb->person);
        return end_verb(verb);
    }
    if (!find_place(verb, place, &item, &member, &code))
        return code;
    const struct vb_item *asked = &vb_fold_plan(vb_session_fold(verb->session))->items[item];
    if (read_value(verb, asked, json, &value, &err) != VB_OK)
        return refuse(verb, &err, place->item);
    vb_session_change(verb->session, verb->seq, item, member, &value, NULL, vb_embed_said,
                      verb->person);
    return end_verb(verb);
}

int vb_engine_change(struct vb_engine_person *person, int64_t seq, const char *item,
                     const char *member, const char *value, vb_engine_done *done, void *ctx,
                     struct vb_engine_error *error)
{
    struct verb verb;
    const struct place place = { item, member };
    int code = begin_verb(&verb, person, seq, done, ctx, error);
    return code == VB_ENGINE_OK ? with_value(&verb, &place, value, take_change) : code;
}

int vb_engine_hold(struct vb_engine_person *person, int64_t seq, const char *item,
                   const char *member, int on, vb_engine_done *done, void *ctx,
                   struct vb_engine_error *error)
{
    struct verb verb;
    const struct place place = { item, member };
    int found, of, code = begin_verb(&verb, person, seq, done, ctx, error);
    if (code != VB_ENGINE_OK)
        return code;
    int agreement = agreement_of(&verb, item);
    if (agreement >= 0)
        vb_session_hold_followed(verb.session, seq, agreement, on != 0, vb_embed_said, person);
    else if (find_place(&verb, &place, &found, &of, &code))
        vb_session_hold(verb.session, seq, found, of, on != 0, vb_embed_said, person);
    else
        return code;
    return end_verb(&verb);
}

/* -- yes, no, and back from it ---------------------------------------------------------------- */

/* A yes or a no may be what the round waited for. */
static enum vb_code settle(struct vb_later *later, struct vb_err *err)
{
    struct vb_engine_person *person = vb_embed_person_of(later);
    bool released;
    if (person->id == NULL)
        return vb_round_settle_together(person->round->round, err);
    return vb_round_settle(person->round->round, &released, err);
}

/* What a yes names must be there to say yes to. */
static enum vb_code check_sharing(const struct vb_plan *plan, const struct vb_engine_sharing *yes,
                                  const char **field, struct vb_err *err)
{
    enum vb_purpose purpose;
    *field = "purposes";
    for (size_t i = 0; i < yes->purpose_count; i++)
        if (!vb_purpose_of(yes->purposes[i], &purpose) || purpose == VB_PURPOSE_LOCAL)
            return vb_fail(err, VB_E_DATA, "a yes is for dossier or research, not for %.40s",
                           yes->purposes[i]);
    *field = "private_scales";
    for (size_t i = 0; i < yes->private_count; i++) {
        int scale = vb_plan_scale(plan, yes->private_scales[i]);
        if (scale < 0 || plan->scales[scale].hidden == VB_PRIVATE_NONE)
            return vb_fail(err, VB_E_DATA, "%.80s is no private scale of %s",
                           yes->private_scales[i], plan->id);
    }
    return VB_OK;
}

int vb_engine_share(struct vb_engine_person *person, int64_t seq,
                    const struct vb_engine_sharing *given, vb_engine_done *done, void *ctx,
                    struct vb_engine_error *error)
{
    struct verb verb;
    struct vb_engine_sharing yes;
    if (!VB_EMBED_TAKE(yes, given))
        return vb_embed_misuse(error, "sharing.size says nothing: set it to sizeof sharing");
    int code = begin_verb(&verb, person, seq, done, ctx, error);
    if (code != VB_ENGINE_OK)
        return code;
    const struct vb_sharing sharing = { .one_sided = yes.one_sided != 0,
                                        .private_yes = yes.private_scales,
                                        .private_count = (int)yes.private_count,
                                        .purposes = yes.purposes,
                                        .purpose_count = (int)yes.purpose_count };
    struct vb_err err;
    const char *field;
    if (check_sharing(vb_fold_plan(vb_session_fold(verb.session)), &yes, &field, &err) != VB_OK)
        return refuse(&verb, &err, field);
    person->later.after = settle;
    vb_session_share(verb.session, seq, &sharing, vb_embed_said, person);
    return end_verb(&verb);
}

int vb_engine_stop(struct vb_engine_person *person, int64_t seq, vb_engine_done *done, void *ctx,
                   struct vb_engine_error *error)
{
    struct verb verb;
    int code = begin_verb(&verb, person, seq, done, ctx, error);
    if (code != VB_ENGINE_OK)
        return code;
    person->later.after = settle;
    vb_session_stop(verb.session, seq, vb_embed_said, person);
    return end_verb(&verb);
}

int vb_engine_correct(struct vb_engine_person *person, struct vb_engine_error *error)
{
    struct vb_err err;
    if (person == NULL || person->round == NULL)
        return vb_embed_misuse(error, "this person was closed");
    return vb_embed_end(error, vb_round_correct(person->round->round, person->session, &err), &err);
}

int vb_engine_withdraw(struct vb_engine_person *person, struct vb_engine_error *error)
{
    struct vb_err err;
    if (person == NULL || person->round == NULL || person->id == NULL)
        return vb_embed_misuse(error, person == NULL || person->round == NULL
                                          ? "this person was closed"
                                          : "what was said together is nobody's to take back");
    return vb_embed_end(
        error,
        vb_round_withdraw(person->round->round, person->id, person->round->engine->env.by, &err),
        &err);
}
