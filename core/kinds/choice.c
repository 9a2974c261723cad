#include <stdlib.h>
#include <string.h>

#include "kinds/kind_parts.h"

/* One option: its index. Own words: {"other": "text"}. Several (max > 1): a list of ids in the
 * order of the options, own words last. */

int vb_option_find(const struct vb_item *item, const char *id)
{
    for (int i = 0; item->answers != NULL && i < item->answers->count; i++)
        if (strcmp(item->answers->options[i].id, id) == 0)
            return i;
    return -1;
}

static bool several(const struct vb_item *item)
{
    return item->max > 1;
}

/* {"other": "text"} and nothing beside it: its text, else NULL. */
static const char *other_text(const cJSON *json)
{
    const cJSON *other = cJSON_GetObjectItemCaseSensitive(json, "other");
    bool alone = other != NULL && json->child == other && other->next == NULL;
    return alone && cJSON_IsString(other) ? other->valuestring : NULL;
}

static enum vb_refusal check_other(const struct vb_ask *ask, const cJSON *json)
{
    const char *text = other_text(json);
    if (text == NULL)
        return VB_REFUSED_TYPE;
    if (!ask->item->other)
        return VB_REFUSED_RANGE;
    if (!ask->policy->free_text)
        return VB_REFUSED_POLICY;
    return vb_written_check(text, strlen(text), VB_OTHER_MOST, true);
}

static enum vb_refusal check_list(const struct vb_ask *ask, const cJSON *list)
{
    const cJSON *one;
    bool *seen = vb_alloc(sizeof *seen * (size_t)(ask->item->answers->count + 1));
    enum vb_refusal refusal = VB_ACCEPTED;
    if (cJSON_GetArraySize(list) == 0)
        refusal = VB_REFUSED_EMPTY;
    else if (cJSON_GetArraySize(list) > ask->item->max)
        refusal = VB_REFUSED_LONG;
    cJSON_ArrayForEach(one, list)
    {
        int place = ask->item->answers->count; /* own words stand after the options */
        if (refusal != VB_ACCEPTED)
            break;
        if (cJSON_IsString(one))
            place = vb_option_find(ask->item, one->valuestring);
        else
            refusal = check_other(ask, one);
        if (refusal == VB_ACCEPTED && place < 0)
            refusal = VB_REFUSED_RANGE;
        else if (refusal == VB_ACCEPTED && seen[place])
            refusal = VB_REFUSED_TWICE;
        else if (refusal == VB_ACCEPTED)
            seen[place] = true;
    }
    free(seen);
    return refusal;
}

static enum vb_refusal check(const struct vb_ask *ask, const struct vb_value *value)
{
    vb_assert(ask->item->answers != NULL);
    if (value->type == VB_VALUE_OPTION && !several(ask->item))
        return value->number < 0 || value->number >= ask->item->answers->count ? VB_REFUSED_RANGE
                                                                               : VB_ACCEPTED;
    cJSON *tree = vb_tree_of(value);
    enum vb_refusal refusal = VB_REFUSED_TYPE;
    if (cJSON_IsArray(tree) && several(ask->item))
        refusal = check_list(ask, tree);
    else if (cJSON_IsObject(tree) && !several(ask->item))
        refusal = check_other(ask, tree);
    cJSON_Delete(tree);
    return refusal;
}

/* Moves what list holds to sorted: by the options' order, own words last, wrong ones where check
 * will find them. */
static cJSON *in_order(const struct vb_item *item, const cJSON *list)
{
    cJSON *sorted = cJSON_CreateArray();
    const cJSON *one;
    for (int place = 0; place <= item->answers->count; place++) {
        cJSON_ArrayForEach(one, list)
        {
            int at = cJSON_IsString(one) ? vb_option_find(item, one->valuestring) : -1;
            if (at == place || (at < 0 && place == item->answers->count))
                cJSON_AddItemToArray(sorted, cJSON_Duplicate(one, true));
        }
    }
    return sorted;
}

static enum vb_refusal from_json(const struct vb_ask *ask, const cJSON *json,
                                 struct vb_arena *arena, struct vb_value *out, struct vb_err *why)
{
    vb_assert(ask->item->answers != NULL);
    if (!cJSON_IsString(json) && !cJSON_IsObject(json) &&
        !(cJSON_IsArray(json) && several(ask->item)))
        return vb_wrong_type(why, several(ask->item) ? "a list of options"
                                                     : "an option's id, or {\"other\": text}");
    if (!several(ask->item) && cJSON_IsString(json)) {
        int index = vb_option_find(ask->item, json->valuestring);
        *out = (struct vb_value){ .type = VB_VALUE_OPTION, .number = index };
        return VB_ACCEPTED; /* check says that -1 is no option */
    }
    if (!several(ask->item)) {
        *out = vb_tree_value(arena, json);
        return VB_ACCEPTED;
    }
    cJSON *list = cJSON_IsArray(json) ? NULL : cJSON_CreateArray();
    if (list != NULL)
        cJSON_AddItemToArray(list, cJSON_Duplicate(json, true));
    cJSON *sorted = in_order(ask->item, list == NULL ? json : list);
    *out = vb_tree_value(arena, sorted);
    cJSON_Delete(sorted);
    cJSON_Delete(list);
    return VB_ACCEPTED;
}

const struct vb_kind vb_kind_choice = { VB_CHOICE, check, from_json };
