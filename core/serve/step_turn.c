/* step_turn.c - what GET /turn says: who sits here, where they are, what they read first. */
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "serve/seat_before.h"
#include "serve/serve_inner.h"
#include "serve/step.h"
#include "session/opening.h"
#include "session/shown.h"
#include "sheet/sheet_words.h"

/* The language that what stands here is in: the session's, else what the page asks for. */
static int language_of(const struct vb_seat *seat)
{
    const struct vb_plan *plan = vb_round_plan(seat->round);
    const char *asked = vb_exchange_query(seat->exchange, "lang");
    if (seat->session == NULL && asked != NULL)
        return vb_plan_language(plan, asked);
    return vb_plan_language(plan, seat->language);
}

static struct vb_naming naming_of(const struct vb_seat *seat)
{
    const struct vb_who *who = &seat->exchange->who;
    if (seat->session != NULL)
        return vb_shown_naming(seat->session, -1);
    return vb_shown_naming_before(seat->round, who->role, who->label,
                                  vb_round_plan(seat->round)->languages[language_of(seat)]);
}

const char *vb_step_language(const struct vb_seat *seat)
{
    return vb_round_plan(seat->round)->languages[language_of(seat)];
}

static const char *status_name(const struct vb_plan *plan, int language)
{
    return vb_status_name(plan->status[language]);
}

static void put_round(struct vb_buf *out, const struct vb_seat *seat)
{
    const struct vb_naming naming = naming_of(seat);
    const struct vb_plan *plan = naming.plan;
    const char *title = vb_shown_text(&naming, &plan->title, &seat->exchange->arena);
    if (naming.variant >= 0)
        title = vb_arena_printf(&seat->exchange->arena, "%s · %s", title,
                                plan->variants[naming.variant].title.by_language[naming.language]);
    vb_json_put_text(out, ",\"round\":{\"id\":", vb_round_row(seat->round)->id);
    vb_step_plain(out, ",\"title\":", title);
    vb_json_put_text(out, ",\"instrument\":", plan->id);
    vb_json_put_text(out, ",\"version\":", plan->version);
    vb_json_put_text(out, ",\"status\":", status_name(plan, naming.language));
    vb_buf_putc(out, '}');
}

static void put_me(struct vb_buf *out, const struct vb_seat *seat)
{
    const struct vb_who *who = &seat->exchange->who;
    const struct vb_plan *plan = vb_round_plan(seat->round);
    const struct vb_sheet_words *words = vb_sheet_words_of(plan->languages[language_of(seat)]);
    vb_json_put_text(out, ",\"me\":{\"role\":", who->role);
    vb_step_plain(out, ",\"label\":", who->label);
    vb_step_plain(out, ",\"name\":",
                  who->label != NULL ? who->label : vb_sheet_words_the_role(words, who->role));
    vb_buf_putc(out, '}');
}

static void put_languages(struct vb_buf *out, const struct vb_seat *seat)
{
    const struct vb_plan *plan = vb_round_plan(seat->round);
    vb_buf_puts(out, ",\"languages\":[");
    for (int i = 0; i < plan->language_count; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        vb_json_text(out, plan->languages[i]);
    }
    vb_json_put_text(out, "],\"language\":",
                     seat->session != NULL || seat->exchange->who.language != NULL ? seat->language
                                                                                   : NULL);
}

/* After the yes: the word on what they shared with an earlier worker, and null where there is
 * none to say or the store does not answer. */
static void put_shown_before(struct vb_buf *out, const struct vb_seat *seat)
{
    struct vb_before before = { 0 };
    struct vb_err err;
    bool shared = seat->session != NULL && vb_session_view(seat->session)->at == VB_AT_SHARED;
    if (shared && vb_seat_before(seat, &before, &err) != VB_OK) {
        vb_serve_log(seat->exchange, VB_LOG_ERROR, &err);
        before = (struct vb_before){ 0 };
    }
    if (vb_seat_may_hide(&before))
        vb_json_put_flag(out, ",\"shown_before\":", before.stands);
    else
        vb_buf_puts(out, ",\"shown_before\":null");
}

/* Whoever may read aloud or help: any role of one person but one's own, and somebody else. */
static void put_helpers(struct vb_buf *out, const struct vb_seat *seat, bool rated)
{
    const struct vb_plan *plan = vb_round_plan(seat->round);
    const char *between = "", *own = seat->exchange->who.role;
    for (int i = 0; i < plan->role_count; i++) {
        const struct vb_role *role = &plan->roles[i];
        if ((vb_streq(role->name, own) && role->max <= 1) ||
            (rated && !vb_helper_is_rated(plan, own, role->name)))
            continue;
        vb_buf_printf(out, "%s\"%s\"", between, role->name);
        between = ",";
    }
    if (!rated)
        vb_buf_printf(out, "%s\"other\"", between);
}

/* Paragraphs as they stand apart from each other. */
static void put_paragraphs(struct vb_buf *out, const struct vb_seat *seat, const char *text)
{
    const char *between = "";
    for (const char *at = text; *at != '\0';) {
        const char *end = strstr(at, "\n\n");
        size_t len = end == NULL ? strlen(at) : (size_t)(end - at);
        while (len > 0 && at[len - 1] == '\n')
            len--;
        if (len > 0) {
            vb_step_text(out, between, seat, vb_arena_strndup(&seat->exchange->arena, at, len));
            between = ",";
        }
        at = end == NULL ? at + strlen(at) : end + 2;
    }
}

static void put_opening(struct vb_buf *out, const struct vb_seat *seat)
{
    const struct vb_who *who = &seat->exchange->who;
    const struct vb_naming naming = naming_of(seat);
    const char *reporting = seat->house->reporting;
    const char *stamp = vb_opening_stamp(&seat->exchange->arena, naming.plan, reporting);
    struct vb_buf text = { 0 };
    bool missing;
    if (vb_round_is_counted_only(naming.plan, who->role)) {
        vb_opening_invite(&text, &naming, vb_round_campaign_day(seat->round));
        vb_buf_puts(&text, "\n");
    }
    if (!vb_streq(who->role, VB_SEAT_TOGETHER)) /* each of them read it before */
        vb_opening_write(&text, &naming, who->role, reporting, &missing);
    vb_json_put_text(out, ",\"opening\":{\"version\":", stamp == NULL ? VB_OPENING_VERSION : stamp);
    vb_buf_puts(out, ",\"paragraphs\":[");
    put_paragraphs(out, seat, text.len == 0 ? "" : text.data);
    vb_buf_puts(out, "]}");
    vb_buf_finish(&text);
}

void vb_turn_write(struct vb_buf *out, const struct vb_seat *seat)
{
    static const char modes[] = "\"self\",\"aloud\",\"helper\",\"interpreter\"";
    const struct vb_plan *plan = vb_round_plan(seat->round);
    const struct vb_who *who = &seat->exchange->who;
    vb_json_put_text(out, "{\"token\":", who->csrf);
    vb_json_put_text(out, ",\"state\":", vb_seat_state(seat->round, seat->session));
    vb_json_put_flag(out, ",\"sheet\":", vb_seat_has_sheet(seat->round, seat->session));
    vb_json_put_flag(out, ",\"may_correct\":", vb_seat_may_correct(seat->round, seat->session));
    vb_json_put_flag(out, ",\"may_withdraw\":", vb_seat_may_withdraw(seat->round, seat->session));
    put_shown_before(out, seat);
    vb_json_put_flag(out, ",\"handed\":", who->handed);
    vb_json_put_flag(out, ",\"earlier\":", vb_seat_is_blind(seat));
    put_round(out, seat);
    put_me(out, seat);
    put_languages(out, seat);
    vb_buf_printf(out, ",\"modes\":[%s],\"helpers\":[", modes);
    put_helpers(out, seat, false);
    vb_buf_puts(out, "],\"rated_helpers\":[");
    put_helpers(out, seat, true);
    vb_buf_putc(out, ']');
    put_opening(out, seat);
    if (plan->duration_min[1] > 0)
        vb_buf_printf(out, ",\"minutes\":[%d,%d]}", plan->duration_min[0], plan->duration_min[1]);
    else
        vb_buf_puts(out, ",\"minutes\":null}");
}
