/* export.c - verbond.export/1 as JSON. Fields: docs/reference/export.md. */
#include "data/export.h"

#include <sodium.h>
#include <stdlib.h>

#include "base/clock.h"
#include "data/event_names.h"
#include "data/json.h"
#include "data/text.h"
#include "data/value_json.h"

const char *vb_own_state_name(enum vb_own_state state)
{
    static const char *const names[] = { "not_shared",     "shared",        "on_the_table",
                                         "for_the_worker", "not_filled_in", "held_back",
                                         "withdrawn" };
    vb_assert((size_t)state < sizeof names / sizeof *names);
    return names[state];
}

/* -- small pieces ------------------------------------------------------------------------------ */

static void put_time(struct vb_buf *out, const char *key, int64_t wall_ms)
{
    char time[VB_TIME_SIZE];
    vb_time_format(wall_ms, time);
    vb_json_put_text(out, key, wall_ms == 0 ? NULL : time);
}

static void put_texts(struct vb_buf *out, const char *key, const char *const *list, int count)
{
    vb_buf_puts(out, key);
    vb_buf_putc(out, '[');
    for (int i = 0; i < count; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        vb_json_text(out, list[i]);
    }
    vb_buf_putc(out, ']');
}

/* "value":4 or "missing":"skipped": of the person itself the reason is told. */
static void put_value(struct vb_buf *out, const struct vb_item *item, const struct vb_value *value)
{
    if (vb_value_given(value)) {
        vb_buf_puts(out, ",\"value\":");
        vb_value_write(out, item, value);
    } else {
        enum vb_missing reason =
            value->type == VB_VALUE_MISSING ? (enum vb_missing)value->number : VB_MISSING_NOT_SHOWN;
        vb_json_put_text(out, ",\"missing\":", vb_missing_name(reason));
    }
}

/* -- the instrument's texts -------------------------------------------------------------------- */

static const char *label_of(const struct vb_exported_round *round, const char *role)
{
    const struct vb_result *result = round->result;
    for (int i = 0; result != NULL && i < result->respondent_count; i++)
        if (strcmp(result->respondents[i].role, role) == 0)
            return result->respondents[i].label;
    return NULL;
}

void vb_export_question(struct vb_buf *out, const struct vb_exported_round *round, int item,
                        int role, int language, int member)
{
    const struct vb_plan *plan = round->plan;
    const struct vb_text *text = role >= 0 ? plan->items[item].text[role] : NULL;
    for (int i = 0; text == NULL && i < plan->role_count; i++)
        text = plan->items[item].text[i];
    struct vb_naming naming = {
        .plan = plan,
        .language = language,
        .variant = round->variant,
        .setting = round->setting,
        .client = label_of(round, "client"),
        .professional = label_of(round, "professional"),
        .member = member >= 0 && member < round->roster_count ? round->roster[member].label : NULL,
    };
    vb_assert(text != NULL);
    vb_text_fill(out, &naming, text->by_language[language]);
}

static void put_question(struct vb_buf *out, const char *key, const struct vb_exported_round *round,
                         int item, int role, int language, int member)
{
    struct vb_buf text = { 0 };
    vb_export_question(&text, round, item, role, language, member);
    vb_json_put_text(out, key, text.data);
    vb_buf_finish(&text);
}

static void put_options(struct vb_buf *out, const struct vb_exported_round *round,
                        const struct vb_item *item, int language)
{
    const struct vb_answers *answers = vb_item_answers(round->plan, item, round->format);
    vb_buf_puts(out, ",\"answers\":[");
    for (int i = 0; answers != NULL && i < answers->count; i++) {
        const struct vb_option *option = &answers->options[i];
        vb_buf_puts(out, i > 0 ? ",{\"value\":" : "{\"value\":");
        if (option->id != NULL)
            vb_json_text(out, option->id);
        else
            vb_buf_int(out, option->value);
        vb_json_put_text(out, ",\"text\":", option->text.by_language[language]);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

/* ,"answer":"agree" where the answer is one of those with a text of their own, else null. */
static void put_label(struct vb_buf *out, const struct vb_exported_round *round,
                      const struct vb_item *item, const struct vb_value *value, int language)
{
    const struct vb_answers *answers = vb_item_answers(round->plan, item, round->format);
    const char *label = NULL;
    for (int i = 0; answers != NULL && i < answers->count; i++) {
        const struct vb_option *option = &answers->options[i];
        if (value->type == VB_VALUE_INT ? option->value == value->number
                                        : value->type == VB_VALUE_OPTION && i == value->number)
            label = option->text.by_language[language];
    }
    vb_json_put_text(out, ",\"answer\":", label);
}

/* Every question of the instrument in the words of each role, so that ids can be read. */
static void put_questions(struct vb_buf *out, const struct vb_exported_round *round, int language)
{
    const struct vb_plan *plan = round->plan;
    vb_buf_puts(out, ",\"questions\":[");
    for (int i = 0; plan != NULL && i < plan->item_count; i++) {
        const struct vb_item *item = &plan->items[i];
        const char *between = "";
        vb_json_put_text(out, i > 0 ? ",{\"item\":" : "{\"item\":", item->id);
        vb_json_put_text(out, ",\"kind\":", vb_kind_name(item->kind));
        vb_buf_puts(out, ",\"text\":{");
        for (int role = 0; role < plan->role_count; role++) {
            if (item->text[role] == NULL)
                continue;
            vb_buf_puts(out, between);
            vb_json_text(out, plan->roles[role].name);
            put_question(out, ":", round, i, role, language, -1);
            between = ",";
        }
        vb_buf_putc(out, '}');
        put_options(out, round, item, language);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

/* -- the person's own session ------------------------------------------------------------------ */

static const char *about_of(const struct vb_exported_round *round, int member)
{
    return member >= 0 && member < round->roster_count ? round->roster[member].person : NULL;
}

static void put_answers(struct vb_buf *out, const struct vb_exported_round *round, int language)
{
    const struct vb_own_session *own = round->own;
    int role = own->opened == NULL ? -1 : vb_plan_role(round->plan, own->opened->role);
    vb_buf_puts(out, ",\"answers\":[");
    for (int i = 0; i < own->answer_count; i++) {
        const struct vb_own_answer *answer = &own->answers[i];
        const struct vb_item *item = &round->plan->items[answer->item];
        vb_json_put_text(out, i > 0 ? ",\n  {\"item\":" : "\n  {\"item\":", item->id);
        put_question(out, ",\"question\":", round, answer->item, role, language, answer->member);
        vb_json_put_text(out, ",\"about\":", about_of(round, answer->member));
        put_value(out, item, &answer->value);
        put_label(out, round, item, &answer->value, language);
        vb_json_put_text(out, ",\"state\":", vb_own_state_name(answer->state));
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

static void put_place(struct vb_buf *out, const struct vb_exported_round *round,
                      const struct vb_event *event)
{
    vb_json_put_text(out, ",\"item\":", round->plan->items[event->item].id);
    vb_json_put_text(out, ",\"about\":", about_of(round, event->member));
}

static void put_agreement(struct vb_buf *out, const struct vb_event *event)
{
    vb_buf_puts(out, ",\"agreement\":");
    vb_buf_int(out, event->agreement);
}

static void put_event(struct vb_buf *out, const struct vb_exported_round *round,
                      const struct vb_event *event)
{
    vb_json_put_text(out, ",\"step\":", vb_event_type_names[event->type]);
    switch (event->type) {
    case VB_EVENT_ANSWERED:
        put_place(out, round, event);
        put_value(out, &round->plan->items[event->item], &event->value);
        vb_json_put_text(out, ",\"method\":", event->method);
        vb_json_put_flag(out, ",\"changed\":", event->changed);
        break;
    case VB_EVENT_HELD:
        if (event->item >= 0)
            put_place(out, round, event);
        else
            put_agreement(out, event);
        vb_json_put_flag(out, ",\"on\":", event->on);
        break;
    case VB_EVENT_FOLLOWED:
        put_agreement(out, event);
        vb_json_put_text(out, ",\"followed\":", vb_followed_name(event->followed));
        break;
    case VB_EVENT_EARLIER:
        vb_json_put_flag(out, ",\"on\":", event->on);
        break;
    default:
        break;
    }
}

static void put_step(struct vb_buf *out, const struct vb_exported_round *round,
                     const struct vb_own_step *step)
{
    vb_buf_puts(out, "\n  {\"seq\":");
    vb_buf_int(out, step->seq);
    put_time(out, ",\"at\":", step->wall_ms);
    if (step->event != NULL)
        put_event(out, round, step->event);
    else if (step->raw != NULL)
        vb_json_put_text(out, ",\"step\":\"unread\",\"raw\":", step->raw);
    else
        vb_json_put_text(out, ",\"step\":", "erased");
    vb_buf_putc(out, '}');
}

/* Everything that was ever done, in order: also what was changed later. */
static void put_log(struct vb_buf *out, const struct vb_exported_round *round)
{
    vb_buf_puts(out, ",\"log\":[");
    for (int i = 0; i < round->own->step_count; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        put_step(out, round, &round->own->steps[i]);
    }
    vb_buf_putc(out, ']');
}

static void put_base64(struct vb_buf *out, const void *bytes, size_t len)
{
    size_t room = sodium_base64_encoded_len(len, sodium_base64_VARIANT_ORIGINAL);
    char *text = vb_alloc(room);
    sodium_bin2base64(text, room, bytes, len, sodium_base64_VARIANT_ORIGINAL);
    vb_buf_putc(out, '"');
    vb_buf_puts(out, text);
    vb_buf_putc(out, '"');
    free(text);
}

static void put_pictures(struct vb_buf *out, const struct vb_own_session *own)
{
    vb_buf_puts(out, ",\"pictures\":[");
    for (int i = 0; i < own->picture_count; i++) {
        const struct vb_own_picture *picture = &own->pictures[i];
        vb_json_put_text(out, i > 0 ? ",\n  {\"digest\":" : "\n  {\"digest\":", picture->digest);
        vb_json_put_text(out, ",\"type\":", picture->type);
        put_time(out, ",\"until\":", picture->until_wall_ms);
        vb_buf_puts(out, ",\"data\":");
        if (picture->bytes == NULL)
            vb_buf_puts(out, "null");
        else
            put_base64(out, picture->bytes, picture->len);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

static void put_opened(struct vb_buf *out, const struct vb_opened *opened)
{
    vb_buf_puts(out, ",\"opened\":");
    if (opened == NULL) {
        vb_buf_puts(out, "null");
        return;
    }
    vb_json_put_text(out, "{\"role\":", opened->role);
    vb_json_put_text(out, ",\"label\":", opened->label);
    vb_json_put_text(out, ",\"language\":", opened->language);
    vb_json_put_text(out, ",\"format\":", opened->format);
    vb_json_put_text(out, ",\"form\":", opened->form);
    vb_json_put_text(out, ",\"variant\":", opened->variant);
    vb_json_put_text(out, ",\"setting\":", opened->setting);
    put_texts(out, ",\"with\":", opened->with, opened->with_count);
    vb_json_put_text(out, ",\"mode\":", opened->mode);
    vb_json_put_text(out, ",\"helper\":", opened->helper);
    vb_json_put_text(out, ",\"opening\":", opened->opening);
    vb_buf_putc(out, '}');
}

static void put_sharing(struct vb_buf *out, const struct vb_sharing *sharing)
{
    vb_buf_puts(out, ",\"sharing\":");
    if (sharing == NULL) {
        vb_buf_puts(out, "null");
        return;
    }
    vb_json_put_flag(out, "{\"one_sided\":", sharing->one_sided);
    put_texts(out, ",\"private\":", sharing->private_yes, sharing->private_count);
    put_texts(out, ",\"purposes\":", sharing->purposes, sharing->purpose_count);
    vb_buf_puts(out, sharing->earlier == VB_WORD_NONE  ? ",\"earlier\":null"
                     : sharing->earlier == VB_WORD_YES ? ",\"earlier\":true"
                                                       : ",\"earlier\":false");
    vb_buf_putc(out, '}');
}

static void put_own(struct vb_buf *out, const struct vb_exported_round *round, int language)
{
    const struct vb_own_session *own = round->own;
    vb_buf_puts(out, ",\"own\":");
    if (own == NULL) {
        vb_buf_puts(out, "null");
        return;
    }
    vb_json_put_text(out, "{\"session\":", own->id);
    vb_json_put_text(out, ",\"state\":", own->state);
    put_time(out, ",\"begun_at\":", own->begun_wall_ms);
    vb_json_put_flag(out, ",\"erased\":", own->erased);
    put_opened(out, own->opened);
    put_sharing(out, own->sharing);
    put_answers(out, round, language);
    put_pictures(out, own);
    put_log(out, round);
    vb_buf_putc(out, '}');
}

/* -- the whole --------------------------------------------------------------------------------- */

static void put_roster(struct vb_buf *out, const struct vb_exported_round *round)
{
    vb_buf_puts(out, ",\"roster\":[");
    for (int i = 0; i < round->roster_count; i++) {
        vb_json_put_text(out, i > 0 ? ",{\"person\":" : "{\"person\":", round->roster[i].person);
        vb_json_put_text(out, ",\"role\":", round->roster[i].role);
        vb_json_put_text(out, ",\"label\":", round->roster[i].label);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

static void put_round(struct vb_buf *out, const struct vb_exported_round *round,
                      const char *language)
{
    const struct vb_plan *plan = round->plan;
    int at = plan == NULL ? 0 : vb_plan_language(plan, language);
    vb_json_put_text(out, "{\"round\":", round->id);
    vb_json_put_text(out, ",\"case\":", round->case_id);
    vb_json_put_text(out, ",\"wave\":", round->wave);
    vb_json_put_text(out, ",\"state\":", round->state);
    put_time(out, ",\"created_at\":", round->created_wall_ms);
    vb_json_put_flag(out, ",\"simulated\":", round->simulated);
    vb_json_put_text(out, ",\"instrument\":{\"id\":", round->instrument);
    vb_json_put_text(out, ",\"version\":", round->version);
    vb_json_put_text(out, ",\"digest\":", round->digest);
    vb_json_put_text(out, ",\"title\":", plan == NULL ? NULL : plan->title.by_language[at]);
    vb_json_put_text(out, ",\"language\":", plan == NULL ? NULL : plan->languages[at]);
    vb_json_put_text(out, "},\"unreadable\":", round->unreadable);
    put_roster(out, round);
    put_own(out, round, at);
    put_questions(out, round, at);
    vb_buf_puts(out, ",\n \"result\":");
    if (round->result == NULL)
        vb_buf_puts(out, "null");
    else
        vb_result_write(out, round->result, VB_CONTENT_ITEMS);
    vb_buf_putc(out, '}');
}

static void put_looks(struct vb_buf *out, const struct vb_export *export)
{
    vb_buf_puts(out, "],\n \"looked\":[");
    for (int i = 0; i < export->look_count; i++) {
        const struct vb_export_look *look = &export->looks[i];
        put_time(out, i > 0 ? ",\n  {\"at\":" : "\n  {\"at\":", look->wall_ms);
        vb_json_put_text(out, ",\"action\":", look->action);
        vb_json_put_text(out, ",\"subject\":", look->subject);
        vb_json_put_text(out, ",\"by\":", look->by);
        vb_json_put_text(out, ",\"on_behalf\":", look->on_behalf);
        vb_buf_putc(out, '}');
    }
}

static void put_erasures(struct vb_buf *out, const struct vb_export *export)
{
    vb_buf_puts(out, "],\n \"erasures\":[");
    for (int i = 0; i < export->erasure_count; i++) {
        const struct vb_export_erasure *erasure = &export->erasures[i];
        vb_json_put_text(out, i > 0 ? ",{\"what\":" : "{\"what\":", erasure->what);
        vb_json_put_text(out, ",\"id\":", erasure->id);
        vb_json_put_text(out, ",\"reason\":", erasure->reason);
        put_time(out, ",\"at\":", erasure->wall_ms);
        vb_json_put_flag(out, ",\"done\":", erasure->done);
        vb_buf_putc(out, '}');
    }
}

void vb_export_write(struct vb_buf *out, const struct vb_export *export, const char *language)
{
    if (language == NULL)
        language = export->language;
    vb_buf_puts(out, "{\"schema\":\"verbond.export/1\"");
    put_time(out, ",\"made_at\":", export->made_wall_ms);
    vb_json_put_text(out, ",\n \"person\":{\"id\":", export->person);
    vb_json_put_text(out, ",\"case\":", export->case_id);
    vb_json_put_text(out, ",\"role\":", export->role);
    vb_json_put_text(out, ",\"label\":", export->label);
    vb_json_put_text(out, ",\"language\":", export->language);
    vb_json_put_flag(out, ",\"erased\":", export->erased);
    vb_buf_puts(out, "},\n \"rounds\":[");
    for (int i = 0; i < export->round_count; i++) {
        vb_buf_puts(out, i > 0 ? ",\n " : "\n ");
        put_round(out, &export->rounds[i], language);
    }
    put_looks(out, export);
    put_erasures(out, export);
    vb_buf_puts(out, "]}\n");
}
