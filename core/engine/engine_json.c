/* engine_json.c - the step and the overview as JSON, for who reads that easier than structs. */
#include "data/json.h"
#include "data/value_json.h"
#include "engine/engine_step.h"
#include "session/named.h"
#include "session/asked.h"
#include "session/shown.h"

/* -- the step --------------------------------------------------------------------------------- */

static const char *const places[] = { "work",   "agreement", "question",  "overview",
                                      "shared", "stopped",   "withdrawn", "fault" };

/* ,"key":"text" when there is any. */
static void put_text(struct vb_buf *out, const char *key, const char *text)
{
    if (text == NULL)
        return;
    vb_buf_printf(out, ",\"%s\":", key);
    vb_json_text(out, text);
}

static void put_says(struct vb_buf *out, const struct vb_engine_step *step)
{
    vb_buf_puts(out, ",\"says\":[");
    for (size_t i = 0; i < step->say_count; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        vb_json_text(out, step->says[i]);
    }
    vb_buf_putc(out, ']');
}

static void put_choices(struct vb_buf *out, const struct vb_engine_step *step)
{
    if (step->choices == NULL)
        return;
    vb_buf_puts(out, ",\"choices\":[");
    for (size_t i = 0; i < step->choice_count; i++) {
        const struct vb_engine_choice *choice = &step->choices[i];
        vb_buf_puts(out, i > 0 ? ",{\"value\":" : "{\"value\":");
        if (choice->id != NULL)
            vb_json_text(out, choice->id);
        else
            vb_buf_int(out, choice->value);
        put_text(out, "text", choice->text);
        put_text(out, "image", choice->image);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

static void put_question(struct vb_buf *out, const struct vb_engine_step *step)
{
    put_text(out, "item", step->item);
    put_text(out, "kind", step->kind);
    put_text(out, "member", step->member);
    put_text(out, "intro", step->intro);
    put_text(out, "text", step->text);
    put_text(out, "help", step->help);
    put_choices(out, step);
    put_text(out, "left", step->left);
    put_text(out, "right", step->right);
    put_text(out, "min", step->min);
    put_text(out, "max", step->max);
    if (step->most > 0)
        vb_buf_printf(out, ",\"most\":%d", step->most);
    put_text(out, "ways", step->ways);
    if (step->offered != NULL)
        vb_buf_printf(out, ",\"offered\":%s", step->offered);
    vb_json_put_flag(out, ",\"own_words\":", step->own_words != 0);
    vb_json_put_flag(out, ",\"whole\":", step->whole != 0);
    vb_buf_printf(out, ",\"number\":%d,\"of\":%d", step->number, step->of);
}

int vb_engine_step_json(struct vb_engine_person *person, char **out, size_t *len,
                        struct vb_engine_error *error)
{
    struct vb_engine_step step;
    struct vb_arena arena = { 0 };
    struct vb_buf text = { 0 };
    struct vb_err err;
    if (out == NULL)
        return vb_embed_no_out(error);
    *out = NULL;
    if (person == NULL || person->round == NULL)
        return vb_embed_misuse(error, "this person was closed");
    enum vb_code code = vb_step_write(person, &arena, &step, &err);
    vb_buf_printf(&text, "{\"at\":\"%s\",\"seq\":%lld", places[step.at], (long long)step.seq);
    put_says(&text, &step);
    if (step.at == VB_ENGINE_AT_QUESTION || step.at == VB_ENGINE_AT_AGREEMENT)
        put_question(&text, &step);
    else
        put_text(&text, "text", step.text);
    vb_json_put_flag(&text, ",\"can_back\":", step.can_back != 0);
    vb_json_put_flag(&text, ",\"can_skip\":", step.can_skip != 0);
    vb_json_put_flag(&text, ",\"can_dont_know\":", step.can_dont_know != 0);
    vb_json_put_flag(&text, ",\"can_rather_not_say\":", step.can_rather_not_say != 0);
    vb_json_put_flag(&text, ",\"stands\":", step.stands != 0);
    vb_buf_putc(&text, '}');
    vb_arena_finish(&arena);
    if (code == VB_OK)
        return vb_embed_give(&text, out, len, error);
    vb_buf_finish(&text);
    return vb_embed_tell(error, &err);
}

/* -- the overview ----------------------------------------------------------------------------- */

static void put_answer(struct vb_buf *out, const struct vb_engine_person *person,
                       const struct vb_place *place, struct vb_arena *arena)
{
    const struct vb_fold *fold = vb_session_fold(person->session);
    const struct vb_plan *plan = vb_fold_plan(fold);
    const struct vb_item *item = &plan->items[place->item];
    const struct vb_value *value = &vb_fold_values(fold)[vb_plan_slot(plan, item, place->member)];
    vb_json_put_text(out, "{\"item\":", item->id);
    vb_json_put_text(out, ",\"member\":", vb_shown_member(fold, place->member, arena));
    vb_json_put_text(out, ",\"kind\":", vb_kind_name(item->kind));
    vb_json_put_text(out,
                     ",\"text\":", vb_shown_wording(person->session, item, place->member, arena));
    if (value->type == VB_VALUE_MISSING) {
        vb_json_put_text(out, ",\"missing\":", vb_missing_name((enum vb_missing)value->number));
    } else {
        vb_buf_puts(out, ",\"value\":");
        vb_value_write(out, item, value);
    }
    vb_json_put_flag(out, ",\"held\":", vb_fold_held(fold, place->item, place->member));
    vb_buf_putc(out, '}');
}

static void put_answers(struct vb_buf *out, const struct vb_engine_person *person,
                        struct vb_arena *arena)
{
    int count;
    const struct vb_place *path = vb_fold_path(vb_session_fold(person->session), &count);
    for (int i = 0; i < count; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        put_answer(out, person, &path[i], arena);
    }
}

static enum vb_code put_agreements(struct vb_buf *out, struct vb_engine_person *person,
                                   struct vb_arena *arena, struct vb_err *err)
{
    const struct vb_fold *fold = vb_session_fold(person->session);
    const struct vb_talk_record *agreed;
    enum vb_code code = vb_shown_last(person->round->round, person->session, arena, &agreed, err);
    for (int i = 0; code == VB_OK && agreed != NULL && i < agreed->agreement_count; i++) {
        vb_json_put_text(out, i > 0 ? ",{\"text\":" : "{\"text\":",
                         vb_step_agreement(&agreed->agreements[i], arena));
        vb_json_put_text(out, ",\"followed\":", vb_followed_name(vb_fold_followed(fold, i)));
        vb_json_put_flag(out, ",\"held\":", vb_fold_followed_held(fold, i));
        vb_buf_putc(out, '}');
    }
    return code;
}

/* Has the person given an answer of this scale that is not held back? */
static bool gave_any(const struct vb_fold *fold, int scale)
{
    const struct vb_plan *plan = vb_fold_plan(fold);
    int count;
    const struct vb_place *path = vb_fold_path(fold, &count);
    for (int i = 0; i < count; i++) {
        const struct vb_item *item = &plan->items[path[i].item];
        if (item->scale == scale && !vb_fold_held(fold, path[i].item, path[i].member) &&
            vb_value_given(&vb_fold_values(fold)[vb_plan_slot(plan, item, path[i].member)]))
            return true;
    }
    return false;
}

/* What the worker may only see by this person's own yes; their own is the worker's anyway. */
static void put_private(struct vb_buf *out, const struct vb_fold *fold)
{
    const struct vb_plan *plan = vb_fold_plan(fold);
    int role = vb_fold_role(fold), some = 0;
    bool own = role >= 0 && strcmp(plan->roles[role].name, "professional") == 0;
    for (int i = 0; !own && i < plan->scale_count; i++)
        if (plan->scales[i].hidden == VB_PRIVATE_WORKER && gave_any(fold, i)) {
            vb_buf_puts(out, some++ > 0 ? "," : "");
            vb_json_text(out, plan->scales[i].id);
        }
}

static enum vb_code put_asks(struct vb_buf *out, const struct vb_engine_person *person,
                             struct vb_err *err)
{
    const struct vb_fold *fold = vb_session_fold(person->session);
    const struct vb_plan *plan = vb_fold_plan(fold);
    bool dossier = false, research = false, together = person->id == NULL;
    enum vb_code code = together ? VB_OK
                                 : vb_shown_purposes(person->round->engine->store,
                                                     vb_round_row(person->round->round)->id,
                                                     &dossier, &research, err);
    vb_json_put_flag(
        out, "\"one_sided\":", !together && (plan->role_count > 1 || plan->roles[0].max > 1));
    vb_buf_puts(out, ",\"private\":[");
    if (!together)
        put_private(out, fold);
    vb_buf_printf(out, "],\"purposes\":[%s%s%s]", dossier ? "\"dossier\"" : "",
                  dossier && research ? "," : "", research ? "\"research\"" : "");
    return code;
}

int vb_engine_overview_json(struct vb_engine_person *person, char **out, size_t *len,
                            struct vb_engine_error *error)
{
    struct vb_arena arena = { 0 };
    struct vb_buf text = { 0 };
    struct vb_err err;
    if (out == NULL)
        return vb_embed_no_out(error);
    *out = NULL;
    if (person == NULL || person->round == NULL)
        return vb_embed_misuse(error, "this person was closed");
    vb_buf_printf(&text, "{\"seq\":%lld,\"answers\":[",
                  (long long)vb_session_view(person->session)->seq);
    put_answers(&text, person, &arena);
    vb_buf_puts(&text, "],\"agreements\":[");
    enum vb_code code = put_agreements(&text, person, &arena, &err);
    vb_buf_puts(&text, "],\"asks\":{");
    if (code == VB_OK)
        code = put_asks(&text, person, &err);
    vb_buf_puts(&text, "}}");
    vb_arena_finish(&arena);
    if (code == VB_OK)
        return vb_embed_give(&text, out, len, error);
    vb_buf_finish(&text);
    return vb_embed_tell(error, &err);
}
