/* card.c - what a group said, without who said it.
 *
 * Whoever reads a card must not be able to tell two words of one person from two of two persons. So
 * lists fall apart into words, one word said by several stands once with their number, and the
 * order is that of a hash: a function of question and word, which knows no person. */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include <cjson/cJSON.h>

#include "base/str.h"
#include "data/digest.h"
#include "data/json.h"
#include "data/value_json.h"
#include "session/compare.h"

struct word { /* one that somebody said */
    struct vb_value value;
    const char *key;   /* what makes two words one: case and composition do not count */
    const char *order; /* of the hash */
    int voice, voices;
};
struct gathering {
    const struct vb_item *item;
    struct vb_arena *arena;
    struct word *list;
    size_t count, cap;
    int voice;
};

/* -- one word --------------------------------------------------------------------------------- */

static const char *fold_case(struct vb_arena *arena, const char *text)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)text, 0, &folded,
                     UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    const char *key = vb_arena_strdup(arena, len < 0 ? text : (const char *)folded);
    free(folded);
    return key;
}

static void add(struct gathering *all, struct vb_value value)
{
    struct vb_buf text = { 0 };
    char digest[VB_DIGEST_SIZE];
    struct word *word = vb_arena_push(all->arena, &all->list, all->count, &all->cap, sizeof *word);
    all->count++;
    vb_value_write(&text, all->item, &value);
    *word = (struct word){ .value = vb_value_copy(all->arena, &value), .voice = all->voice };
    word->key = fold_case(all->arena, text.data);
    vb_buf_clear(&text);
    vb_buf_printf(&text, "%s/%s", all->item->id, word->key);
    vb_digest(text.data, text.len, digest);
    word->order = vb_arena_strdup(all->arena, digest);
    vb_buf_finish(&text);
}

/* ["one"], {"words":["one"]}: a list of one, in the words of its own kind. */
static void add_of_list(struct gathering *all, const cJSON *one, const char *before,
                        const char *after)
{
    struct vb_buf text = { 0 };
    const cJSON *other = cJSON_GetObjectItemCaseSensitive(one, "other");
    vb_buf_puts(&text, before);
    if (other != NULL)
        vb_buf_puts(&text, "{\"other\":");
    vb_json_text(&text, cJSON_GetStringValue(other != NULL ? other : one));
    vb_buf_puts(&text, other != NULL ? "}" : "");
    vb_buf_puts(&text, after);
    add(all,
        (struct vb_value){ .type = VB_VALUE_JSON, .text = text.data, .len = (uint32_t)text.len });
    vb_buf_finish(&text);
}

static void take(struct gathering *all, const struct vb_value *value)
{
    const cJSON *one;
    cJSON *json = value->type == VB_VALUE_JSON ? cJSON_Parse(value->text) : NULL;
    const cJSON *words = cJSON_GetObjectItemCaseSensitive(json, "words");
    if (cJSON_IsArray(json))
        cJSON_ArrayForEach(one, json) add_of_list(all, one, "[", "]");
    else if (cJSON_IsArray(words))
        cJSON_ArrayForEach(one, words) add_of_list(all, one, "{\"words\":[", "]}");
    else
        add(all, *value);
    cJSON_Delete(json);
}

/* -- one question ----------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
    const struct word *left = a, *right = b;
    int keys = strcmp(left->key, right->key);
    if (keys != 0)
        return keys;
    if (left->value.text != NULL && right->value.text != NULL)
        return strcmp(left->value.text,
                      right->value.text); /* the same spelling for whoever is first */
    return 0;
}

static int by_order(const void *a, const void *b)
{
    return strcmp(((const struct word *)a)->order, ((const struct word *)b)->order);
}

static int by_voices(const void *a, const void *b)
{
    const struct word *left = a, *right = b;
    return left->voices != right->voices ? right->voices - left->voices : by_order(a, b);
}

/* Words with the same key become one, which knows how many voices said it. */
static size_t merge(struct word *list, size_t count)
{
    size_t stay = 0;
    for (size_t i = 0; i < count; stay++) {
        size_t end = i;
        int voices = 0;
        for (; end < count && strcmp(list[i].key, list[end].key) == 0; end++) {
            bool again = false;
            for (size_t k = i; k < end; k++)
                again |= list[k].voice == list[end].voice;
            voices += !again;
        }
        list[stay] = list[i];
        list[stay].voices = voices;
        i = end;
    }
    return stay;
}

static struct vb_card_item gather(const struct vb_result *result, const struct vb_item *item,
                                  struct vb_arena *arena)
{
    struct gathering all = { .item = item, .arena = arena };
    struct vb_card_item out = { .item = item->index };
    for (int i = 0; i < result->respondent_count; i++) {
        const struct vb_respondent *voice = &result->respondents[i];
        if (!voice->shared || !vb_plan_gathers(result->plan, voice->role_index) ||
            !vb_value_given(&voice->own.values[item->index]))
            continue;
        all.voice = i;
        out.voices++;
        take(&all, &voice->own.values[item->index]);
    }
    if (all.count == 0)
        return out;
    qsort(all.list, all.count, sizeof *all.list, by_key);
    all.count = merge(all.list, all.count);
    qsort(all.list, all.count, sizeof *all.list,
          result->plan->card->shows == VB_CARD_OVERLAP ? by_voices : by_order);
    struct vb_card_word *words = vb_arena_alloc(arena, all.count * sizeof *words);
    for (size_t i = 0; i < all.count; i++)
        words[i] = (struct vb_card_word){ all.list[i].value, all.list[i].voices };
    out.words = words;
    out.count = (int)all.count;
    return out;
}

/* -- the card --------------------------------------------------------------------------------- */

static void count_voices(struct vb_card_result *card, const struct vb_result *result)
{
    const struct vb_campaign *campaign = result->plan->campaign;
    card->held = campaign == NULL ? -1 : 0;
    for (int i = 0; i < result->respondent_count; i++) {
        const struct vb_respondent *voice = &result->respondents[i];
        if (!voice->shared || !vb_plan_gathers(result->plan, voice->role_index))
            continue;
        card->count++;
        if (campaign != NULL && vb_value_given(&voice->own.values[campaign->held]))
            card->held += voice->own.values[campaign->held].number != 0;
    }
}

static bool is_gathered(const struct vb_plan *plan, const struct vb_item *item)
{
    bool asked = false;
    for (int i = 0; i < plan->role_count; i++)
        asked |= vb_plan_gathers(plan, i) && item->text[i] != NULL;
    return asked && item->stage == VB_APART && item->hidden == VB_PRIVATE_NONE &&
           (plan->campaign == NULL || item->index != plan->campaign->held);
}

static void fill_items(struct vb_card_result *card, const struct vb_result *result,
                       struct vb_arena *arena)
{
    const struct vb_plan *plan = result->plan;
    struct vb_card_item *items =
        vb_arena_alloc(arena, sizeof *items * (size_t)(plan->item_count + 1));
    for (int i = 0; i < plan->item_count; i++)
        if (is_gathered(plan, &plan->items[i]))
            items[card->item_count++] = gather(result, &plan->items[i], arena);
    card->items = items;
}

/* Not even an id or a language of who is gathered goes on. */
static void leave_out_gathered(struct vb_result *result, struct vb_arena *arena)
{
    struct vb_respondent *list =
        vb_arena_alloc(arena, sizeof *list * (size_t)(result->respondent_count + 1));
    int stay = 0;
    for (int i = 0; i < result->respondent_count; i++)
        if (!vb_plan_gathers(result->plan, result->respondents[i].role_index))
            list[stay++] = result->respondents[i];
    result->respondents = list;
    result->respondent_count = stay;
}

/* Research and a dossier get no card: of those who said yes to that, beside the card of all, the
 * words of the others could be told. */
void vb_card_fill(struct vb_result *result, struct vb_arena *arena)
{
    const struct vb_card *plan = result->plan->card;
    struct vb_card_result *card = vb_arena_new(arena, struct vb_card_result);
    card->group = plan->min_group;
    count_voices(card, result);
    card->shown = plan->shows != VB_CARD_TOPICS && card->count >= plan->min_group;
    if (card->shown)
        fill_items(card, result, arena);
    result->card = result->research || result->dossier ? NULL : card;
    leave_out_gathered(result, arena);
}
