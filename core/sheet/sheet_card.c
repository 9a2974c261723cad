/* sheet_card.c - the card of a group: what was said, question by question, and of nobody whose it
 * is. Or, of a talk that keeps nothing, what there is to talk about. */
#include "base/str.h"
#include "sheet/sheet_agreed.h"
#include "sheet/sheet_view.h"

static void say_number(const struct vb_sheet_view *view, const char *template, int a, int b)
{
    struct vb_buf text = { 0 };
    vb_buf_printf(&text, template, a, b);
    view->face->paragraph(view, text.data);
    vb_buf_finish(&text);
}

/* -- who has a voice of their own ------------------------------------------------------------- */

static void own_voice(const struct vb_sheet_view *view, const struct vb_item *item)
{
    const struct vb_result *result = view->result;
    for (int i = 0; i < result->respondent_count; i++) {
        if (!vb_value_given(vb_view_value(view, i, item)))
            continue;
        struct vb_said_item said = { item, &i, 1, VB_SAID_PLAIN, NULL };
        view->face->item(view, &said);
        view->told[item->index] = true;
    }
}

static bool has_own_voice(const struct vb_sheet_view *view)
{
    bool any = false;
    for (int r = 0; r < view->result->respondent_count; r++)
        for (int i = 0; i < view->result->plan->item_count; i++)
            any |= vb_view_may_show(view, &view->result->plan->items[i]) &&
                   vb_value_given(vb_view_value(view, r, &view->result->plan->items[i]));
    return any;
}

/* What the convenor asked, what the worker brought. */
static void own_voices(const struct vb_sheet_view *view)
{
    const struct vb_plan *plan = view->result->plan;
    if (!has_own_voice(view))
        return;
    view->face->part(view, 0, view->words->card_asked);
    for (int i = 0; i < plan->item_count; i++)
        if (vb_view_may_show(view, &plan->items[i]))
            own_voice(view, &plan->items[i]);
}

/* -- words ------------------------------------------------------------------------------------ */

static void one_word(const struct vb_sheet_view *view, const struct vb_item *item,
                     const struct vb_card_word *word)
{
    struct vb_buf text = { 0 };
    vb_answer_words(&text, view->result, view->words, view->language, item, &word->value);
    if (word->voices > 1)
        vb_buf_printf(&text, view->words->card_times, word->voices);
    view->face->prompt(view, text.len == 0 ? "" : text.data);
    vb_buf_finish(&text);
}

/* In an overlap, what several said comes first and has a heading of its own. */
static void words_of(const struct vb_sheet_view *view, const struct vb_card_item *said)
{
    const struct vb_item *item = &view->result->plan->items[said->item];
    bool overlap = view->result->plan->card->shows == VB_CARD_OVERLAP;
    for (int i = 0; i < said->count; i++) {
        bool shared = said->words[i].voices > 1;
        if (overlap && i == 0)
            view->face->label(view, shared ? view->words->card_shared : view->words->card_alone);
        else if (overlap && !shared && said->words[i - 1].voices > 1)
            view->face->label(view, view->words->card_alone);
        one_word(view, item, &said->words[i]);
    }
}

static void question(const struct vb_sheet_view *view, int number, const struct vb_card_item *said)
{
    struct vb_buf heading = { 0 };
    vb_view_question(&heading, view, &view->result->plan->items[said->item]);
    view->face->part(view, number, heading.data);
    vb_buf_finish(&heading);
    say_number(view, said->voices == 1 ? view->words->card_one_voice : view->words->card_voices,
               said->voices, 0);
    words_of(view, said);
}

static void words(const struct vb_sheet_view *view)
{
    const struct vb_card_result *card = view->result->card;
    if (!card->shown) {
        view->face->part(view, 0, view->words->card_words);
        say_number(view, view->words->card_too_few, card->group, card->group);
        return;
    }
    int number = 0;
    for (int i = 0; i < card->item_count; i++)
        if (card->items[i].voices > 0)
            question(view, ++number, &card->items[i]);
    if (number == 0) {
        view->face->part(view, 0, view->words->card_words);
        view->face->paragraph(view, view->words->card_no_words);
    }
}

/* -- topics ----------------------------------------------------------------------------------- */

/* All that could be ticked, and no tick. */
static void topics(const struct vb_sheet_view *view)
{
    const struct vb_plan *plan = view->result->plan;
    for (int i = 0; i < plan->item_count; i++) {
        const struct vb_item *item = &plan->items[i];
        struct vb_buf heading = { 0 };
        if (item->kind != VB_CHOICE || !vb_view_may_show(view, item))
            continue;
        vb_view_question(&heading, view, item);
        view->face->part(view, 0, heading.data);
        vb_buf_finish(&heading);
        for (int k = 0; k < item->answers->count; k++)
            view->face->prompt(view, item->answers->options[k].text.by_language[view->language]);
    }
}

/* -- the end ---------------------------------------------------------------------------------- */

static bool has_next(const struct vb_sheet_view *view)
{
    const struct vb_talk *talk = &view->result->talk;
    bool has = false;
    for (int i = 0; view->result->plan->campaign != NULL && i < talk->together_count; i++)
        has |= talk->together[i] == view->result->plan->campaign->next &&
               vb_value_given(&talk->together_values[i]);
    return has;
}

static void agreements(const struct vb_sheet_view *view)
{
    const struct vb_talk *talk = &view->result->talk;
    const struct vb_talk_record *record = &talk->record;
    view->face->part(view, 0, view->words->agreements);
    for (int i = 0; i < talk->together_count; i++)
        view->face->joint(view, &view->result->plan->items[talk->together[i]],
                          &talk->together_values[i]);
    if (record->topic != NULL || record->agreement_count > 0 || record->goal_count > 0 ||
        record->next != NULL) {
        vb_sheet_agreements(view);
        return;
    }
    view->face->write_on(view, NULL);
    if (!has_next(view))
        view->face->write_on(view, view->words->next);
}

void vb_sheet_card(struct vb_sheet_view *view)
{
    const struct vb_card_result *card = view->result->card;
    const struct vb_plan *plan = view->result->plan;
    bool only_topics = plan->card->shows == VB_CARD_TOPICS;
    view->face->head(view, only_topics                            ? view->words->what_topics
                           : plan->card->shows == VB_CARD_OVERLAP ? view->words->what_overlap
                                                                  : view->words->what_card);
    if (only_topics || card == NULL) {
        topics(view);
        return;
    }
    if (card->held >= 0)
        say_number(view, view->words->card_held, card->held, card->count);
    own_voices(view);
    words(view);
    agreements(view);
}
