/* engine_step.c - where somebody is, in the words of their language. */
#include <stdio.h>

#include "base/str.h"
#include "data/value_json.h"
#include "engine/engine_inner.h"
#include "engine/engine_step.h"
#include "session/asked.h"
#include "session/shown.h"

/* -- a question ------------------------------------------------------------------------------- */

struct writing { /* a step, while it is written */
    struct vb_engine_person *person;
    struct vb_session *session;
    const struct vb_fold *fold;
    const struct vb_view *view;
    struct vb_naming naming;
    struct vb_arena *arena;
    struct vb_engine_step *step;
};

static void write_choices(const struct writing *w, const struct vb_item *item)
{
    const struct vb_answers *answers =
        vb_item_answers(w->naming.plan, item, vb_fold_format(w->fold));
    if (answers == NULL)
        return;
    struct vb_engine_choice *list =
        vb_arena_alloc(w->arena, (size_t)(answers->count + 1) * sizeof *list);
    for (int i = 0; i < answers->count; i++) {
        const struct vb_option *option = &answers->options[i];
        list[i] =
            (struct vb_engine_choice){ .id = vb_arena_strdup(w->arena, option->id),
                                       .value = option->value,
                                       .text = vb_shown_text(&w->naming, &option->text, w->arena),
                                       .image = vb_arena_strdup(w->arena, option->picture) };
    }
    w->step->choices = list;
    w->step->choice_count = (size_t)answers->count;
}

static const char *milli(struct vb_arena *arena, int64_t number)
{
    struct vb_buf out = { 0 };
    vb_milli_write(&out, number);
    const char *text = vb_arena_strdup(arena, out.data);
    vb_buf_finish(&out);
    return text;
}

static const char *day(struct vb_arena *arena, int64_t number)
{
    return vb_arena_printf(arena, "%04d-%02d-%02d", (int)(number / 10000),
                           (int)(number / 100 % 100), (int)(number % 100));
}

/* What an answer lies between, as it would be written. */
static void write_range(const struct writing *w, const struct vb_item *item)
{
    struct vb_engine_step *step = w->step;
    const struct vb_answers *answers =
        vb_item_answers(w->naming.plan, item, vb_fold_format(w->fold));
    switch (item->kind) {
    case VB_LIKERT:
    case VB_FACES:
        step->min = milli(w->arena, answers->min * 1000);
        step->max = milli(w->arena, answers->max * 1000);
        break;
    case VB_VAS:
        step->min = milli(w->arena, item->min * 1000);
        step->max = milli(w->arena, item->max * 1000);
        break;
    case VB_NUMBER:
        step->min = item->has_min ? milli(w->arena, item->min) : NULL;
        step->max = item->has_max ? milli(w->arena, item->max) : NULL;
        break;
    case VB_DATE:
        step->min = item->min > 0 ? day(w->arena, item->min) : NULL;
        step->max = item->max > 0 ? day(w->arena, item->max) : NULL;
        break;
    case VB_TEXT:
        step->most = vb_text_most(item);
        break;
    default:
        step->most = item->has_max ? (int)item->max : 0;
        break;
    }
}

static const char *ways_of(const struct writing *w, const struct vb_item *item)
{
    static const char *const names[] = { "draw", "photo", "words", "paper" };
    uint32_t chosen = vb_asked_way(w->fold, item, w->view->member);
    uint32_t tools = chosen != 0 ? chosen : item->tools;
    struct vb_buf out = { 0 };
    if (!vb_kind_is_picture(item->kind))
        return NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tools == 0 || (tools & vb_tool_bit(names[i])) != 0)
            vb_buf_printf(&out, "%s%s", out.len > 0 ? " " : "", names[i]);
    if ((tools & VB_TOOL_PIECES) != 0)
        vb_buf_printf(&out, "%spieces", out.len > 0 ? " " : "");
    const char *ways = vb_arena_strndup(w->arena, out.len == 0 ? "" : out.data, out.len);
    vb_buf_finish(&out);
    return ways;
}

/* A value, or why there is none. */
static const char *value_json(const struct vb_item *item, const struct vb_value *value,
                              struct vb_arena *arena)
{
    struct vb_buf out = { 0 };
    if (value->type == VB_VALUE_MISSING)
        vb_buf_printf(&out, "{\"missing\":\"%s\"}",
                      vb_missing_name((enum vb_missing)value->number));
    else
        vb_value_write(&out, item, value);
    const char *text = vb_arena_strndup(arena, out.data, out.len);
    vb_buf_finish(&out);
    return text;
}

static void write_says(const struct writing *w)
{
    const char **says = vb_arena_alloc(w->arena, (size_t)(w->view->say_count + 1) * sizeof *says);
    for (int i = 0; i < w->view->say_count; i++)
        says[i] = vb_shown_fill(&w->naming, w->view->says[i], w->arena);
    w->step->says = says;
    w->step->say_count = (size_t)w->view->say_count;
}

static void write_question(struct writing *w)
{
    const struct vb_item *item = w->view->item;
    struct vb_engine_step *step = w->step;
    w->naming = vb_shown_naming(w->session, w->view->member);
    step->item = vb_arena_strdup(w->arena, item->id);
    step->kind = vb_kind_name(item->kind);
    step->member = vb_shown_member(w->fold, w->view->member, w->arena);
    step->intro = vb_shown_intro(w->session, item, w->view->member, w->arena);
    step->text = vb_shown_wording(w->session, item, w->view->member, w->arena);
    step->help = vb_shown_text(&w->naming, item->help, w->arena);
    step->left = vb_shown_text(&w->naming, item->left, w->arena);
    step->right = vb_shown_text(&w->naming, item->right, w->arena);
    write_choices(w, item);
    write_range(w, item);
    step->ways = ways_of(w, item);
    step->own_words = item->own || item->other;
    step->whole = item->kind == VB_NUMBER && item->integer;
    if (w->view->offered != NULL)
        step->offered = value_json(item, w->view->offered, w->arena);
    step->can_skip = step->can_dont_know = step->can_rather_not_say = !item->required;
    vb_fold_path(w->fold, &step->number);
    step->number++;
    step->of = vb_asked_count(w->fold);
    if (step->of < step->number)
        step->of = 0;
}

/* -- last time -------------------------------------------------------------------------------- */

const char *vb_step_agreement(const struct vb_agreement *agreement, struct vb_arena *arena)
{
    struct vb_buf out = { 0 };
    if (agreement->who != NULL)
        vb_buf_printf(&out, "%s: ", agreement->who);
    vb_buf_puts(&out, agreement->what == NULL ? "" : agreement->what);
    if (agreement->when != NULL)
        vb_buf_printf(&out, " (%s)", agreement->when);
    const char *text = vb_arena_strndup(arena, out.data, out.len);
    vb_buf_finish(&out);
    return text;
}

static enum vb_code write_agreement(const struct writing *w, struct vb_err *err)
{
    static const enum vb_followed all[] = { VB_FOLLOWED_DONE, VB_FOLLOWED_PARTLY,
                                            VB_FOLLOWED_NOT_YET };
    const struct vb_talk_record *agreed;
    enum vb_code code = vb_shown_last(w->person->round->round, w->session, w->arena, &agreed, err);
    struct vb_engine_choice *list = vb_arena_alloc(w->arena, 3 * sizeof *list);
    for (int i = 0; i < 3; i++)
        list[i].id = list[i].text = vb_followed_name(all[i]);
    w->step->choices = list;
    w->step->choice_count = 3;
    w->step->can_skip = 1;
    if (code == VB_OK && agreed != NULL && w->view->agreement < agreed->agreement_count)
        w->step->text = vb_step_agreement(&agreed->agreements[w->view->agreement], w->arena);
    if (w->view->followed != VB_FOLLOWED_NONE)
        w->step->offered = vb_arena_printf(w->arena, "\"%s\"", vb_followed_name(w->view->followed));
    return code;
}

/* -- the step --------------------------------------------------------------------------------- */

enum vb_code vb_step_write(struct vb_engine_person *person, struct vb_arena *arena,
                           struct vb_engine_step *step, struct vb_err *err)
{
    static const int places[] = {
        [VB_AT_NOTHING] = VB_ENGINE_AT_WORK,        [VB_AT_LAST] = VB_ENGINE_AT_AGREEMENT,
        [VB_AT_ITEM] = VB_ENGINE_AT_QUESTION,       [VB_AT_OVERVIEW] = VB_ENGINE_AT_OVERVIEW,
        [VB_AT_SHARED] = VB_ENGINE_AT_SHARED,       [VB_AT_STOPPED] = VB_ENGINE_AT_STOPPED,
        [VB_AT_WITHDRAWN] = VB_ENGINE_AT_WITHDRAWN,
    };
    struct writing w = { .person = person,
                         .session = person->session,
                         .fold = vb_session_fold(person->session),
                         .view = vb_session_view(person->session),
                         .arena = arena,
                         .step = step };
    const struct vb_err *parked = vb_session_parked(person->session);
    *step = (struct vb_engine_step){ .size = sizeof *step,
                                     .at = places[w.view->at],
                                     .seq = w.view->seq,
                                     .choice_size = sizeof(struct vb_engine_choice),
                                     .can_back = w.view->can_back,
                                     .stands = w.view->stands };
    w.naming = vb_shown_naming(person->session, -1);
    write_says(&w);
    if (parked != NULL && w.view->at < VB_AT_SHARED) {
        step->at = VB_ENGINE_AT_FAULT;
        step->text = vb_arena_strdup(arena, parked->text);
    } else if (w.view->at == VB_AT_ITEM) {
        write_question(&w);
    } else if (w.view->at == VB_AT_LAST) {
        return write_agreement(&w, err);
    }
    return VB_OK;
}

int vb_engine_step(struct vb_engine_person *person, struct vb_engine_step *out,
                   struct vb_engine_error *error)
{
    struct vb_engine_step step;
    struct vb_err err;
    if (person == NULL || person->round == NULL)
        return vb_embed_misuse(error, "this person was closed");
    if (out == NULL || out->size <= sizeof out->size)
        return vb_embed_misuse(error, "step.size says nothing: set it to sizeof step");
    vb_arena_reset(&person->shown);
    enum vb_code code = vb_step_write(person, &person->shown, &step, &err);
    if (code != VB_OK)
        return vb_embed_tell(error, &err);
    size_t size = out->size < sizeof step ? out->size : sizeof step;
    step.size = out->size;
    memcpy(out, &step, size);
    return vb_embed_fine(error);
}
