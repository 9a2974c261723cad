#include <string.h>

#include "kinds/kind_parts.h"

/* Key words: option ids, or own words. Kept in the order in which they were given, for that order
 * is the person's. */

static enum vb_refusal check_one(const struct vb_ask *ask, const char *word, bool own)
{
    if (ask->item->kind == VB_WORDS && vb_option_find(ask->item, word) >= 0)
        return VB_ACCEPTED;
    if (!own)
        return VB_REFUSED_RANGE;
    if (!ask->policy->free_text)
        return VB_REFUSED_POLICY;
    return vb_written_check(word, strlen(word), VB_WORD_MOST, false);
}

static bool stands_before(const cJSON *list, const cJSON *word)
{
    for (const cJSON *one = list->child; one != word; one = one->next)
        if (strcmp(one->valuestring, word->valuestring) == 0)
            return true;
    return false;
}

enum vb_refusal vb_words_check(const struct vb_ask *ask, const cJSON *list, int most)
{
    const cJSON *word;
    bool own = ask->item->kind != VB_WORDS || ask->item->own;
    if (!cJSON_IsArray(list))
        return VB_REFUSED_TYPE;
    if (cJSON_GetArraySize(list) == 0)
        return VB_REFUSED_EMPTY;
    if (cJSON_GetArraySize(list) > most)
        return VB_REFUSED_LONG;
    cJSON_ArrayForEach(word, list)
    {
        if (!cJSON_IsString(word))
            return VB_REFUSED_TYPE;
        if (stands_before(list, word))
            return VB_REFUSED_TWICE;
        enum vb_refusal refusal = check_one(ask, word->valuestring, own);
        if (refusal != VB_ACCEPTED)
            return refusal;
    }
    return VB_ACCEPTED;
}

static enum vb_refusal check(const struct vb_ask *ask, const struct vb_value *value)
{
    cJSON *tree = vb_tree_of(value);
    int most = ask->item->max > 0 ? (int)ask->item->max : VB_WORDS_MOST;
    enum vb_refusal refusal = tree == NULL ? VB_REFUSED_TYPE : vb_words_check(ask, tree, most);
    cJSON_Delete(tree);
    return refusal;
}

static enum vb_refusal from_json(const struct vb_ask *ask, const cJSON *json,
                                 struct vb_arena *arena, struct vb_value *out, struct vb_err *why)
{
    (void)ask;
    if (!cJSON_IsArray(json))
        return vb_wrong_type(why, "a list of words");
    *out = vb_tree_value(arena, json);
    return VB_ACCEPTED;
}

const struct vb_kind vb_kind_words = { VB_WORDS, check, from_json };
