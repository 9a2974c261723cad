#include <string.h>

#include "kinds/kind_parts.h"

/* Three tokens, each at its place in a plane: {"client": [120, 300], "medium": [800, 410], ...}, in
 * the order in which they were declared. Where they lie is for those who placed them to say. */

static bool is_place(const cJSON *json)
{
    return cJSON_IsArray(json) && cJSON_GetArraySize(json) == 2 &&
           vb_whole_within(json->child, 0, VB_PLANE) &&
           vb_whole_within(json->child->next, 0, VB_PLANE);
}

static enum vb_refusal check_tree(const struct vb_item *item, const cJSON *tree)
{
    const cJSON *token = tree->child;
    for (int i = 0; i < item->answers->count; i++, token = token->next) {
        if (token == NULL || strcmp(token->string, item->answers->options[i].id) != 0)
            return VB_REFUSED_TYPE;
        if (!is_place(token))
            return VB_REFUSED_RANGE;
    }
    return token == NULL ? VB_ACCEPTED : VB_REFUSED_TYPE;
}

static enum vb_refusal check(const struct vb_ask *ask, const struct vb_value *value)
{
    vb_assert(ask->item->answers != NULL);
    cJSON *tree = vb_tree_of(value);
    enum vb_refusal refusal = cJSON_IsObject(tree) ? check_tree(ask->item, tree) : VB_REFUSED_TYPE;
    cJSON_Delete(tree);
    return refusal;
}

/* Everything in it must be a token; whether all three are there is seen when they are taken. */
static enum vb_refusal only_tokens(const struct vb_item *item, const cJSON *json,
                                   struct vb_err *why)
{
    const cJSON *one;
    cJSON_ArrayForEach(one, json)
    {
        if (vb_option_find(item, one->string) >= 0)
            continue;
        struct vb_buf ids = { 0 };
        for (int i = 0; i < item->answers->count; i++)
            vb_buf_printf(&ids, "%s\"%s\"", i > 0 ? ", " : "", item->answers->options[i].id);
        vb_fail(why, VB_E_DATA, "no such token; there is %s", ids.data);
        vb_buf_finish(&ids);
        return VB_REFUSED_RANGE;
    }
    return VB_ACCEPTED;
}

static enum vb_refusal from_json(const struct vb_ask *ask, const cJSON *json,
                                 struct vb_arena *arena, struct vb_value *out, struct vb_err *why)
{
    const struct vb_answers *tokens = ask->item->answers;
    vb_assert(tokens != NULL);
    if (!cJSON_IsObject(json))
        return vb_wrong_type(why, "a place for each token, as {\"client\": [120, 300], ...}");
    enum vb_refusal refusal = only_tokens(ask->item, json, why);
    cJSON *sorted = cJSON_CreateObject();
    for (int i = 0; refusal == VB_ACCEPTED && i < tokens->count; i++) {
        const char *id = tokens->options[i].id;
        const cJSON *place = cJSON_GetObjectItemCaseSensitive(json, id);
        if (place == NULL) {
            vb_fail(why, VB_E_DATA, "\"%s\" has no place; all three have one", id);
            refusal = VB_REFUSED_TYPE;
        } else if (!is_place(place)) {
            vb_fail(why, VB_E_DATA, "the place of \"%s\" is two whole numbers from 0 to %d", id,
                    VB_PLANE);
            refusal = VB_REFUSED_RANGE;
        } else {
            cJSON_AddItemToObject(sorted, id, cJSON_Duplicate(place, true));
        }
    }
    if (refusal == VB_ACCEPTED)
        *out = vb_tree_value(arena, sorted);
    cJSON_Delete(sorted);
    return refusal;
}

const struct vb_kind vb_kind_triangle = { VB_TRIANGLE, check, from_json };
