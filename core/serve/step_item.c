/* step_item.c - one question as a page gets it: its words, its answers, what it lies between. */
#include <string.h>

#include "data/json.h"
#include "data/value_json.h"
#include "serve/audio.h"
#include "serve/step.h"
#include "serve/step_kept.h"
#include "session/asked.h"
#include "session/shown.h"

void vb_step_said(struct vb_buf *out, const struct vb_seat *seat, const char *text)
{
    const struct vb_exchange *exchange = seat->exchange;
    vb_audio_put_said(out, exchange->serve, seat->for_anybody ? NULL : exchange->who.token,
                      vb_step_language(seat), text);
}

void vb_step_text(struct vb_buf *out, const char *key, const struct vb_seat *seat, const char *text)
{
    vb_buf_puts(out, key);
    if (text == NULL) {
        vb_buf_puts(out, "null");
        return;
    }
    vb_buf_putc(out, '{');
    vb_step_said(out, seat, text);
    vb_buf_putc(out, '}');
}

void vb_step_plain(struct vb_buf *out, const char *key, const char *text)
{
    struct vb_buf clean = { 0 };
    if (text != NULL)
        vb_text_clean(&clean, text, strlen(text));
    vb_json_put_text(out, key, text == NULL ? NULL : clean.len == 0 ? "" : clean.data);
    vb_buf_finish(&clean);
}

void vb_step_value(struct vb_buf *out, const struct vb_item *item, const struct vb_value *value)
{
    if (vb_value_given(value))
        vb_value_write(out, item, value);
    else
        vb_buf_printf(out, "{\"missing\":\"%s\"}",
                      vb_missing_name(value->type == VB_VALUE_MISSING
                                          ? (enum vb_missing)value->number
                                          : VB_MISSING_SKIPPED));
}

/* -- answers to choose from ------------------------------------------------------------------- */

static void put_option(struct vb_buf *out, const struct vb_seat *seat,
                       const struct vb_naming *naming, const struct vb_option *option)
{
    if (option->id != NULL)
        vb_json_put_text(out, "{\"id\":", option->id);
    else
        vb_buf_printf(out, "{\"value\":%lld", (long long)option->value);
    vb_json_put_text(out, ",\"picture\":", option->picture);
    vb_buf_putc(out, ',');
    vb_step_said(out, seat, vb_shown_text(naming, &option->text, &seat->exchange->arena));
    vb_buf_putc(out, '}');
}

static void put_options(struct vb_buf *out, const struct vb_seat *seat,
                        const struct vb_naming *naming, const struct vb_item *item)
{
    const struct vb_answers *answers =
        vb_item_answers(naming->plan, item, vb_fold_format(vb_session_fold(seat->session)));
    if (answers == NULL)
        return;
    vb_buf_puts(out, ",\"options\":[");
    for (int i = 0; i < answers->count; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        put_option(out, seat, naming, &answers->options[i]);
    }
    vb_buf_putc(out, ']');
}

/* -- what an answer lies between -------------------------------------------------------------- */

static void put_milli(struct vb_buf *out, const char *key, bool has, int64_t milli)
{
    vb_buf_puts(out, key);
    if (has)
        vb_milli_write(out, milli);
    else
        vb_buf_puts(out, "null");
}

static void put_day(struct vb_buf *out, const char *key, int64_t day)
{
    vb_buf_puts(out, key);
    if (day > 0)
        vb_buf_printf(out, "\"%04d-%02d-%02d\"", (int)(day / 10000), (int)(day / 100 % 100),
                      (int)(day % 100));
    else
        vb_buf_puts(out, "null");
}

static void put_most(struct vb_buf *out, const struct vb_item *item)
{
    vb_buf_puts(out, ",\"max\":");
    if (item->has_max || item->max > 0)
        vb_buf_int(out, item->max);
    else
        vb_buf_puts(out, "null");
}

static void put_tools(struct vb_buf *out, const struct vb_seat *seat, const struct vb_item *item,
                      int member)
{
    static const char *const names[] = { "draw", "photo", "words", "paper" };
    static const char *const keeps[] = { [VB_KEEP_NONE] = "none",
                                         [VB_KEEP_GIVE] = "give",
                                         [VB_KEEP_UNTIL] = "until",
                                         [VB_KEEP_ASK] = "ask" };
    uint32_t chosen = vb_asked_way(vb_session_fold(seat->session), item, member);
    uint32_t tools = chosen != 0 ? chosen : item->tools;
    bool kept = vb_fold_policy(vb_session_fold(seat->session))->drawing_keep;
    const char *between = "";
    vb_buf_puts(out, ",\"tools\":[");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tools == 0 || (tools & vb_tool_bit(names[i])) != 0) {
            vb_buf_printf(out, "%s\"%s\"", between, names[i]);
            between = ",";
        }
    if ((tools & VB_TOOL_PIECES) != 0)
        vb_buf_printf(out, "%s\"pieces\"", between);
    vb_buf_printf(out, "],\"keep\":\"%s\",\"keep_days\":%d",
                  keeps[kept ? item->keep : VB_KEEP_NONE],
                  item->keep == VB_KEEP_GIVE ? VB_GIVE_DAYS : item->keep_days);
}

static void put_limits(struct vb_buf *out, const struct vb_seat *seat,
                       const struct vb_naming *naming, const struct vb_item *item, int member)
{
    struct vb_arena *arena = &seat->exchange->arena;
    bool free_text = vb_fold_policy(vb_session_fold(seat->session))->free_text;
    switch (item->kind) {
    case VB_VAS:
        vb_step_text(out, ",\"left\":", seat, vb_shown_text(naming, item->left, arena));
        vb_step_text(out, ",\"right\":", seat, vb_shown_text(naming, item->right, arena));
        break;
    case VB_CHOICE:
        vb_buf_printf(out, ",\"max\":%d", item->max > 0 ? (int)item->max : 1);
        vb_json_put_flag(out, ",\"other\":", item->other && free_text);
        break;
    case VB_WORDS:
        put_most(out, item);
        vb_json_put_flag(out, ",\"own\":", item->own && free_text);
        break;
    case VB_TEXT:
        vb_buf_printf(out, ",\"max\":%d", vb_text_most(item));
        break;
    case VB_NUMBER:
        put_milli(out, ",\"min\":", item->has_min, item->min);
        put_milli(out, ",\"max\":", item->has_max, item->max);
        vb_json_put_flag(out, ",\"integer\":", item->integer);
        break;
    case VB_DATE:
        put_day(out, ",\"min\":", item->min);
        put_day(out, ",\"max\":", item->max);
        break;
    case VB_COLLAGE:
        put_most(out, item);
        put_tools(out, seat, item, member);
        break;
    case VB_DRAW:
    case VB_PHOTO:
        put_tools(out, seat, item, member);
        break;
    default:
        break;
    }
}

/* -- the question ----------------------------------------------------------------------------- */

static void write_item(struct vb_buf *out, const struct vb_seat *seat, const struct vb_item *item,
                       int member, bool intro)
{
    struct vb_arena *arena = &seat->exchange->arena;
    const struct vb_fold *fold = vb_session_fold(seat->session);
    const struct vb_naming naming = vb_shown_naming(seat->session, member);
    bool about = member >= 0 && member != vb_fold_self(fold);
    vb_json_put_text(out, "{\"id\":", item->id);
    vb_json_put_text(out, ",\"member\":", vb_shown_member(fold, member, arena));
    vb_step_text(out, ",\"about\":", seat, about ? naming.member : NULL);
    vb_json_put_text(out, ",\"kind\":", vb_kind_name(item->kind));
    vb_step_text(out, ",\"text\":", seat, vb_shown_wording(seat->session, item, member, arena));
    vb_step_text(out, ",\"help\":", seat, vb_shown_text(&naming, item->help, arena));
    vb_step_text(out, ",\"intro\":", seat,
                 intro ? vb_shown_intro(seat->session, item, member, arena) : NULL);
    vb_json_put_flag(out, ",\"required\":", item->required);
    put_options(out, seat, &naming, item);
    put_limits(out, seat, &naming, item, member);
    vb_buf_putc(out, '}');
}

void vb_step_item(struct vb_buf *out, const struct vb_seat *seat, const struct vb_item *item,
                  int member, bool intro)
{
    vb_step_keep(out, seat, item, member, intro, write_item);
}
