/* instrument_json.c - verbond.instrument/1. Fields: docs/reference/instrument.md. */
#include "data/instrument_json.h"

#include <string.h>

#include "data/json.h"
#include "data/score.h"
#include "data/value_json.h"

/* -- small pieces: key is the literal bytes before the value, such as ,"id": --------------------
 */

static void put_count(struct vb_buf *out, const char *key, int64_t number)
{
    vb_buf_puts(out, key);
    vb_buf_int(out, number);
}

/* {"nl":...,"en":...}; NULL: null */
static void put_words(struct vb_buf *out, const char *key, const struct vb_plan *plan,
                      const struct vb_text *text)
{
    vb_buf_puts(out, key);
    if (text == NULL) {
        vb_buf_puts(out, "null");
        return;
    }
    for (int i = 0; i < plan->language_count; i++) {
        vb_json_put_text(out, i > 0 ? "," : "{", plan->languages[i]);
        vb_json_put_text(out, ":", text->by_language[i]);
    }
    vb_buf_putc(out, '}');
}

static void put_status(struct vb_buf *out, const char *key, const struct vb_plan *plan,
                       const enum vb_status *status)
{
    vb_buf_puts(out, key);
    for (int i = 0; i < plan->language_count; i++) {
        vb_json_put_text(out, i > 0 ? "," : "{", plan->languages[i]);
        vb_json_put_text(out, ":", vb_status_name(status[i]));
    }
    vb_buf_putc(out, '}');
}

static void put_slots(struct vb_buf *out, const char *key, const struct vb_plan *plan,
                      const struct vb_slot *slots, int count)
{
    vb_buf_puts(out, key);
    vb_buf_putc(out, '{');
    for (int i = 0; i < count; i++) {
        vb_json_put_text(out, i > 0 ? "," : "", slots[i].name);
        put_words(out, ":", plan, &slots[i].text);
    }
    vb_buf_putc(out, '}');
}

/* A list of names by the bits of which. */
static void put_roles(struct vb_buf *out, const char *key, const struct vb_plan *plan,
                      uint32_t which)
{
    const char *between = "";
    vb_buf_puts(out, key);
    vb_buf_putc(out, '[');
    for (int i = 0; i < plan->role_count; i++) {
        if ((which >> i & 1) == 0)
            continue;
        vb_json_put_text(out, between, plan->roles[i].name);
        between = ",";
    }
    vb_buf_putc(out, ']');
}

/* -- head ---------------------------------------------------------------------------------------
 */

static void put_respondents(struct vb_buf *out, const struct vb_plan *plan)
{
    put_roles(out, ",\"roles\":", plan, ~(uint32_t)0);
    vb_buf_puts(out, ",\"respondents\":[");
    for (int i = 0; i < plan->role_count; i++) {
        const struct vb_role *role = &plan->roles[i];
        vb_json_put_text(out, i > 0 ? ",{\"role\":" : "{\"role\":", role->name);
        vb_json_put_flag(out, ",\"optional\":", role->optional);
        put_count(out, ",\"min\":", role->min);
        put_count(out, ",\"max\":", role->max);
        vb_json_put_flag(out, ",\"roster\":", role->in_roster);
        vb_buf_putc(out, '}');
    }
    put_count(out, "],\"roster\":{\"min\":", plan->roster_min);
    put_count(out, ",\"max\":", plan->roster_max);
    vb_buf_putc(out, '}');
}

static void put_options(struct vb_buf *out, const char *key, const struct vb_plan *plan,
                        const struct vb_answers *answers)
{
    vb_buf_puts(out, key);
    vb_buf_putc(out, '[');
    for (int i = 0; answers != NULL && i < answers->count; i++) {
        const struct vb_option *option = &answers->options[i];
        vb_buf_puts(out, i > 0 ? ",{\"value\":" : "{\"value\":");
        if (option->id != NULL)
            vb_json_text(out, option->id);
        else
            vb_buf_int(out, option->value);
        if (option->id == NULL || option->has_value)
            put_count(out, ",\"score\":", option->value);
        else
            vb_buf_puts(out, ",\"score\":null");
        put_words(out, ",\"text\":", plan, &option->text);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

static void put_forms(struct vb_buf *out, const struct vb_plan *plan)
{
    vb_buf_puts(out, ",\"forms\":{");
    for (int i = 0; i < plan->form_count; i++) {
        const char *between = "";
        vb_json_put_text(out, i > 0 ? "," : "", plan->forms[i].name);
        vb_buf_puts(out, ":[");
        for (int j = 0; j < plan->item_count; j++) {
            if (!plan->forms[i].has_item[j])
                continue;
            vb_json_put_text(out, between, plan->items[j].id);
            between = ",";
        }
        vb_buf_putc(out, ']');
    }
    vb_buf_puts(out, "},\"formats\":{");
    for (int i = 0; i < plan->format_count; i++) {
        vb_json_put_text(out, i > 0 ? "," : "", plan->formats[i].name);
        put_options(out, ":", plan, &plan->formats[i].answers);
    }
    vb_buf_putc(out, '}');
}

static void put_variants(struct vb_buf *out, const struct vb_plan *plan)
{
    vb_buf_puts(out, ",\"variants\":{");
    for (int i = 0; i < plan->variant_count; i++) {
        const struct vb_variant *variant = &plan->variants[i];
        vb_json_put_text(out, i > 0 ? "," : "", variant->name);
        put_words(out, ":{\"title\":", plan, &variant->title);
        put_slots(out, ",\"slots\":", plan, variant->slots, variant->slot_count);
        vb_buf_putc(out, '}');
    }
    vb_buf_puts(out, "},\"settings\":{");
    for (int i = 0; i < plan->setting_count; i++) {
        vb_json_put_text(out, i > 0 ? "," : "", plan->settings[i].name);
        put_slots(out, ":", plan, plan->settings[i].terms, plan->settings[i].term_count);
    }
    vb_buf_putc(out, '}');
}

static void put_includes(struct vb_buf *out, const struct vb_plan *plan)
{
    vb_buf_puts(out, ",\"includes\":[");
    for (int i = 0; i < plan->include_count; i++) {
        const struct vb_include *include = &plan->includes[i];
        vb_json_put_text(out, i > 0 ? ",{\"id\":" : "{\"id\":", include->name);
        vb_json_put_flag(out, ",\"optional\":", include->optional);
        vb_json_put_text(out, ",\"version\":", include->version);
        vb_json_put_text(out, ",\"licence\":", include->licence);
        vb_json_put_text(out, ",\"source\":", include->source);
        vb_json_put_text(out, ",\"basis\":", include->basis);
        put_status(out, ",\"status\":", plan, include->status);
        vb_buf_putc(out, '}');
    }
    vb_buf_putc(out, ']');
}

static void put_head(struct vb_buf *out, const struct vb_plan *plan)
{
    vb_buf_puts(out, "{\"schema\":\"verbond.instrument/1\"");
    vb_json_put_text(out, ",\"id\":", plan->id);
    vb_json_put_text(out, ",\"version\":", plan->version);
    vb_json_put_text(out, ",\"digest\":", plan->digest);
    vb_json_put_text(out, ",\"licence\":", plan->licence);
    vb_json_put_text(out, ",\"source\":", plan->source);
    vb_json_put_text(out, ",\"basis\":", plan->basis);
    put_words(out, ",\"title\":", plan, &plan->title);
    put_words(out, ",\"summary\":", plan, plan->summary);
    put_words(out, ",\"notice\":", plan, plan->notice);
    vb_buf_puts(out, ",\"languages\":[");
    for (int i = 0; i < plan->language_count; i++)
        vb_json_put_text(out, i > 0 ? "," : "", plan->languages[i]);
    vb_buf_putc(out, ']');
    put_status(out, ",\"status\":", plan, plan->status);
    put_respondents(out, plan);
    put_forms(out, plan);
    put_variants(out, plan);
    put_slots(out, ",\"slots\":", plan, plan->slots, plan->slot_count);
    put_includes(out, plan);
    vb_json_put_flag(out, ",\"scripted\":", plan->scripted);
}

/* -- conditions ---------------------------------------------------------------------------------
 */

/* A bound as the item's answers are written: thousandths of a number as a decimal. */
static void put_bound(struct vb_buf *out, const char *key, const struct vb_item *item,
                      int64_t bound)
{
    vb_buf_puts(out, key);
    if (item->kind == VB_NUMBER)
        vb_milli_write(out, bound);
    else
        vb_buf_int(out, bound);
}

static const char *op_name(enum vb_cond_op op)
{
    static const char *const names[] = { "is",       "below", "above", "between",
                                         "answered", "all",   "any",   "neither" };
    vb_assert((size_t)op < sizeof names / sizeof *names);
    return names[op];
}

static void put_condition(struct vb_buf *out, const struct vb_plan *plan,
                          const struct vb_cond *cond)
{
    const struct vb_item *item = cond->item >= 0 ? &plan->items[cond->item] : NULL;
    vb_json_put_text(out, "{\"op\":", op_name(cond->op));
    if (cond->op >= VB_COND_ALL) {
        vb_buf_puts(out, ",\"of\":[");
        for (int i = 0; i < cond->count; i++) {
            vb_buf_puts(out, i > 0 ? "," : "");
            put_condition(out, plan, cond->of[i]);
        }
        vb_buf_puts(out, "]}");
        return;
    }
    vb_json_put_text(out, ",\"item\":", item->id);
    if (cond->op == VB_COND_IS) {
        vb_buf_puts(out, ",\"value\":");
        vb_value_write(out, item, &cond->is);
    } else if (cond->op == VB_COND_BELOW) {
        put_bound(out, ",\"value\":", item, cond->low);
    } else if (cond->op == VB_COND_ABOVE) {
        put_bound(out, ",\"value\":", item, cond->high);
    } else if (cond->op == VB_COND_BETWEEN) {
        put_bound(out, ",\"low\":", item, cond->low);
        put_bound(out, ",\"high\":", item, cond->high);
    }
    vb_buf_putc(out, '}');
}

/* -- items --------------------------------------------------------------------------------------
 */

const char *vb_stage_name(enum vb_stage stage)
{
    return stage == VB_TOGETHER ? "together" : "apart";
}

const char *vb_score_rule_name(enum vb_score_rule rule)
{
    return rule == VB_SUM ? "sum" : "mean";
}

const char *vb_private_name(enum vb_private hidden)
{
    return hidden == VB_PRIVATE_WORKER     ? "worker"
           : hidden == VB_PRIVATE_RESEARCH ? "research"
                                           : NULL;
}

static void put_wordings(struct vb_buf *out, const struct vb_plan *plan, const struct vb_item *item)
{
    const char *between = "";
    vb_buf_puts(out, ",\"text\":{");
    for (int role = 0; role < plan->role_count; role++) {
        if (item->text[role] == NULL)
            continue;
        vb_json_put_text(out, between, plan->roles[role].name);
        put_words(out, ":", plan, item->text[role]);
        between = ",";
    }
    vb_buf_putc(out, '}');
}

/* "2026-11-21" of 20261121 */
static void put_day(struct vb_buf *out, const char *key, int64_t day)
{
    vb_buf_puts(out, key);
    vb_buf_printf(out, "\"%04d-%02d-%02d\"", (int)(day / 10000), (int)(day / 100 % 100),
                  (int)(day % 100));
}

/* Where an item's own answers or the standard format's lie, else what it says itself; null: open.
 */
static void put_range(struct vb_buf *out, const struct vb_plan *plan, const struct vb_item *item)
{
    const struct vb_answers *answers = vb_item_answers(plan, item, 0);
    bool labelled = item->kind == VB_LIKERT || item->kind == VB_FACES;
    if (labelled && answers != NULL) {
        put_count(out, ",\"min\":", answers->min);
        put_count(out, ",\"max\":", answers->max);
        return;
    }
    if (item->kind == VB_DATE && item->min != 0)
        put_day(out, ",\"min\":", item->min);
    else if (item->kind == VB_VAS || item->kind == VB_TRIANGLE ||
             (item->kind == VB_NUMBER && item->has_min))
        put_bound(out, ",\"min\":", item, item->min);
    else
        vb_buf_puts(out, ",\"min\":null");
    if (item->kind == VB_DATE && item->max != 0)
        put_day(out, ",\"max\":", item->max);
    else if (item->kind == VB_DATE || (item->kind == VB_NUMBER && !item->has_max) ||
             item->kind == VB_YESNO || item->kind == VB_DRAW || item->kind == VB_PHOTO)
        vb_buf_puts(out, ",\"max\":null");
    else
        put_bound(out, ",\"max\":", item, item->max);
}

/* null: asked in every variant */
static void put_variants_of(struct vb_buf *out, const struct vb_plan *plan,
                            const struct vb_item *item)
{
    const char *between = "";
    uint32_t all = plan->variant_count == 0 ? 0 : ~(uint32_t)0 >> (32 - plan->variant_count);
    vb_buf_puts(out, ",\"variants\":");
    if ((item->variants & all) == all) {
        vb_buf_puts(out, "null");
        return;
    }
    vb_buf_putc(out, '[');
    for (int i = 0; i < plan->variant_count; i++) {
        if ((item->variants >> i & 1) == 0)
            continue;
        vb_json_put_text(out, between, plan->variants[i].name);
        between = ",";
    }
    vb_buf_putc(out, ']');
}

static void put_item(struct vb_buf *out, const struct vb_plan *plan, const struct vb_item *item)
{
    vb_json_put_text(out, "{\"id\":", item->id);
    vb_json_put_text(out, ",\"kind\":", vb_kind_name(item->kind));
    put_wordings(out, plan, item);
    put_range(out, plan, item);
    put_options(out, ",\"options\":", plan, vb_item_answers(plan, item, 0));
    vb_json_put_flag(out, ",\"by_format\":",
                     (item->kind == VB_LIKERT || item->kind == VB_FACES) && item->answers == NULL);
    put_words(out, ",\"left\":", plan, item->left);
    put_words(out, ",\"right\":", plan, item->right);
    vb_json_put_text(out, ",\"relation\":", vb_relation_name(item->relation));
    vb_json_put_flag(out, ",\"reverse\":", item->reverse);
    vb_json_put_flag(out, ",\"scored\":", item->scored);
    vb_json_put_flag(out, ",\"comparable\":", item->comparable);
    vb_json_put_text(out, ",\"scale\":", item->scale < 0 ? NULL : plan->scales[item->scale].id);
    vb_json_put_text(out, ",\"about\":", item->per_member ? "member" : NULL);
    vb_json_put_flag(out, ",\"required\":", item->required);
    vb_json_put_text(out, ",\"stage\":", vb_stage_name(item->stage));
    vb_json_put_text(out, ",\"facet\":", item->facet);
    vb_json_put_text(
        out, ",\"include\":", item->include < 0 ? NULL : plan->includes[item->include].name);
    vb_json_put_flag(out, ",\"own\":", item->own || item->other);
    vb_json_put_flag(out, ",\"integer\":", item->integer);
    put_variants_of(out, plan, item);
    vb_buf_puts(out, ",\"when\":");
    if (item->when == NULL)
        vb_buf_puts(out, "null");
    else
        put_condition(out, plan, item->when);
    vb_buf_putc(out, '}');
}

/* -- scales and totals --------------------------------------------------------------------------
 */

/* An author's figures, as text: so they come out as they were written. */
static void put_reference(struct vb_buf *out, const struct vb_reference *reference)
{
    if (reference == NULL) {
        vb_buf_puts(out, ",\"reference\":null");
        return;
    }
    vb_json_put_text(out, ",\"reference\":{\"source\":", reference->source);
    vb_json_put_text(out, ",\"sample\":", reference->sample);
    vb_json_put_text(out, ",\"n\":", reference->n);
    vb_json_put_text(out, ",\"mean\":", reference->mean);
    vb_json_put_text(out, ",\"sd\":", reference->sd);
    vb_json_put_text(out, ",\"alpha\":", reference->alpha);
    vb_buf_putc(out, '}');
}

/* Of all its scored items: in a shorter form fewer are asked, and the rule is that of their number.
 */
static void put_min_answered(struct vb_buf *out, const struct vb_plan *plan,
                             const struct vb_scale *scale)
{
    int scored = 0;
    for (int i = 0; i < scale->item_count; i++)
        scored += plan->items[scale->items[i]].scored;
    put_count(out, ",\"min_answered\":",
              scale->min_answered > 0 ? scale->min_answered : vb_score_min_answered(scored));
}

static void put_scale(struct vb_buf *out, const struct vb_plan *plan, const struct vb_scale *scale)
{
    vb_json_put_text(out, "{\"id\":", scale->id);
    put_words(out, ",\"title\":", plan, &scale->title);
    vb_json_put_text(out, ",\"score\":", vb_score_rule_name(scale->score));
    put_min_answered(out, plan, scale);
    vb_json_put_flag(out, ",\"negative\":", scale->negative);
    vb_json_put_flag(out, ",\"comparable\":", scale->comparable);
    vb_json_put_text(out, ",\"private\":", vb_private_name(scale->hidden));
    vb_json_put_text(out, ",\"about\":", scale->per_member ? "member" : NULL);
    put_roles(out, ",\"roles\":", plan, scale->roles);
    put_reference(out, scale->reference);
    vb_buf_puts(out, ",\"items\":[");
    for (int i = 0; i < scale->item_count; i++)
        vb_json_put_text(out, i > 0 ? "," : "", plan->items[scale->items[i]].id);
    vb_buf_puts(out, "]}");
}

static void put_total(struct vb_buf *out, const struct vb_plan *plan, const struct vb_total *total)
{
    vb_json_put_text(out, "{\"id\":", total->id);
    put_words(out, ",\"title\":", plan, &total->title);
    vb_json_put_text(out, ",\"score\":", vb_score_rule_name(total->score));
    vb_buf_puts(out, ",\"scales\":[");
    for (int i = 0; i < total->scale_count; i++)
        vb_json_put_text(out, i > 0 ? "," : "", plan->scales[total->scales[i]].id);
    vb_buf_puts(out, "]}");
}

/* -- rounds that end in a card -----------------------------------------------------------------
 */

static void put_card(struct vb_buf *out, const struct vb_plan *plan, const struct vb_card *card)
{
    vb_buf_puts(out, ",\"card\":");
    if (card == NULL) {
        vb_buf_puts(out, "null");
        return;
    }
    vb_json_put_text(out, "{\"shows\":", vb_card_shows_name(card->shows));
    put_roles(out, ",\"roles\":", plan, card->roles);
    put_count(out, ",\"min_group\":", card->min_group);
    vb_buf_putc(out, '}');
}

static void put_campaign(struct vb_buf *out, const struct vb_plan *plan,
                         const struct vb_campaign *campaign)
{
    vb_buf_puts(out, ",\"campaign\":");
    if (campaign == NULL) {
        vb_buf_puts(out, "null");
        return;
    }
    vb_json_put_text(out, "{\"id\":", campaign->id);
    vb_json_put_text(out, ",\"convenor\":", plan->roles[campaign->convenor].name);
    vb_json_put_text(out, ",\"member\":", plan->roles[campaign->member].name);
    put_words(out, ",\"text\":", plan, &campaign->text);
    vb_json_put_text(out, ",\"before\":", plan->items[campaign->before].id);
    vb_json_put_text(out, ",\"held\":", plan->items[campaign->held].id);
    vb_json_put_text(out, ",\"next\":", campaign->next < 0 ? NULL : plan->items[campaign->next].id);
    vb_buf_putc(out, '}');
}

void vb_instrument_write(struct vb_buf *out, const struct vb_plan *plan)
{
    put_head(out, plan);
    vb_buf_puts(out, ",\"items\":[");
    for (int i = 0; i < plan->item_count; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        put_item(out, plan, &plan->items[i]);
    }
    vb_buf_puts(out, "],\"scales\":[");
    for (int i = 0; i < plan->scale_count; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        put_scale(out, plan, &plan->scales[i]);
    }
    vb_buf_puts(out, "],\"totals\":[");
    for (int i = 0; i < plan->total_count; i++) {
        vb_buf_puts(out, i > 0 ? "," : "");
        put_total(out, plan, &plan->totals[i]);
    }
    vb_buf_putc(out, ']');
    put_card(out, plan, plan->card);
    put_campaign(out, plan, plan->campaign);
    vb_buf_putc(out, '}');
}
