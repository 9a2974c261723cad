/* A team's card in a result: words, and of how many. */
#include "data/result_put.h"
#include "data/value_json.h"

/* One of a list stands without the list's brackets. */
static void put_word(struct vb_buf *out, const struct vb_item *item,
                     const struct vb_card_word *word)
{
    bool list = word->value.type == VB_VALUE_JSON && word->value.text[0] == '[';
    say(out, "{\"value\":");
    if (list)
        put(out, word->value.text + 1, word->value.len - 2);
    else
        vb_value_write(out, item, &word->value);
    say(out, ",\"voices\":");
    put_int(out, word->voices);
    say(out, "}");
}

static void put_card_item(struct vb_buf *out, const struct vb_plan *plan,
                          const struct vb_card_item *said)
{
    say(out, "{\"item\":");
    put_id(out, plan->items[said->item].id);
    say(out, ",\"voices\":");
    put_int(out, said->voices);
    say(out, ",\"values\":[");
    for (int i = 0; i < said->count; i++) {
        if (i > 0)
            say(out, ",");
        put_word(out, &plan->items[said->item], &said->words[i]);
    }
    say(out, "]}");
}

void vb_result_put_card(struct vb_buf *out, const struct vb_result *result)
{
    const struct vb_card_result *card = result->card;
    say(out, ",\"team\":{\"group\":");
    put_int(out, card->group);
    say(out, ",\"count\":");
    put_int(out, card->count);
    say(out, ",\"held\":");
    if (card->held < 0)
        say(out, "null");
    else
        put_int(out, card->held);
    say(out, ",\"words\":");
    if (!card->shown) {
        say(out, "null}");
        return;
    }
    say(out, "[");
    for (int i = 0; i < card->item_count; i++) {
        if (i > 0)
            say(out, ",");
        put_card_item(out, result->plan, &card->items[i]);
    }
    say(out, "]}");
}
