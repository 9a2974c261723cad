#include <string.h>

#include "data/strokes.h"
#include "kinds/kind_parts.h"

/* A drawing is an image that is kept, key words in its place, or only the fact that it is on paper:
 * {"blob": "sha256:...", "type": "image/png"}, {"words": [..]} or {"paper": true}. One that was
 * drawn on a screen is kept as its strokes (data/strokes.h), a type like the others. Of an item
 * that keeps none, or asks, {"paper": true} also stands for an image that was shown. */

static bool offers(const struct vb_item *item, uint32_t tools)
{
    return item->tools == 0 || (item->tools & tools) != 0;
}

static bool is_digest(const cJSON *json)
{
    return cJSON_IsString(json) && strncmp(json->valuestring, "sha256:", 7) == 0 &&
           strlen(json->valuestring) == 71 &&
           strspn(json->valuestring + 7, "0123456789abcdef") == 64;
}

static bool is_image_type(const cJSON *json)
{
    static const char *const types[] = { "image/png", "image/jpeg", "image/webp", VB_STROKES_TYPE };
    for (size_t i = 0; cJSON_IsString(json) && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(json->valuestring, types[i]) == 0)
            return true;
    return false;
}

bool vb_picture_kept(const struct vb_ask *ask)
{
    return ask->policy->drawing_keep && ask->item->keep != VB_KEEP_NONE;
}

struct vb_value vb_picture_made(void)
{
    static const char made[] = "{\"paper\":true}";
    return (struct vb_value){ .type = VB_VALUE_JSON, .text = made, .len = sizeof made - 1 };
}

/* Paper says only that there is one; so does an image that was shown and not kept. */
static bool takes_paper(const struct vb_ask *ask)
{
    return offers(ask->item, VB_TOOL_PAPER) ||
           ((!vb_picture_kept(ask) || ask->item->keep == VB_KEEP_ASK) &&
            offers(ask->item, VB_TOOL_DRAW | VB_TOOL_PHOTO | VB_TOOL_PIECES));
}

static enum vb_refusal check_image(const struct vb_ask *ask, const cJSON *tree)
{
    const cJSON *blob = tree->child, *type = blob->next;
    if (!is_digest(blob) || type == NULL || strcmp(type->string, "type") != 0 || type->next != NULL)
        return VB_REFUSED_TYPE;
    if (!is_image_type(type))
        return VB_REFUSED_FILE;
    if (!offers(ask->item, VB_TOOL_DRAW | VB_TOOL_PHOTO))
        return VB_REFUSED_RANGE;
    return vb_picture_kept(ask) ? VB_ACCEPTED : VB_REFUSED_POLICY;
}

static enum vb_refusal check_tree(const struct vb_ask *ask, const cJSON *tree)
{
    const cJSON *first = tree->child;
    if (first == NULL)
        return VB_REFUSED_TYPE;
    if (strcmp(first->string, "blob") == 0)
        return check_image(ask, tree);
    if (first->next != NULL)
        return VB_REFUSED_TYPE;
    if (strcmp(first->string, "paper") == 0 && cJSON_IsTrue(first))
        return takes_paper(ask) ? VB_ACCEPTED : VB_REFUSED_RANGE;
    if (strcmp(first->string, "words") != 0)
        return VB_REFUSED_TYPE;
    if (!offers(ask->item, VB_TOOL_WORDS))
        return VB_REFUSED_RANGE;
    return vb_words_check(ask, first, VB_WORDS_MOST);
}

static enum vb_refusal check(const struct vb_ask *ask, const struct vb_value *value)
{
    cJSON *tree = vb_tree_of(value);
    enum vb_refusal refusal = cJSON_IsObject(tree) ? check_tree(ask, tree) : VB_REFUSED_TYPE;
    cJSON_Delete(tree);
    return refusal;
}

static enum vb_refusal from_json(const struct vb_ask *ask, const cJSON *json,
                                 struct vb_arena *arena, struct vb_value *out, struct vb_err *why)
{
    (void)ask;
    if (!cJSON_IsObject(json))
        return vb_wrong_type(why, "{\"file\": path}, {\"words\": [..]} or {\"paper\": true}");
    cJSON *tree = cJSON_Duplicate(json, true);
    cJSON *type = cJSON_DetachItemFromObjectCaseSensitive(tree, "type");
    if (type != NULL) /* after blob, whatever the file's order */
        cJSON_AddItemToObject(tree, "type", type);
    *out = vb_tree_value(arena, tree);
    cJSON_Delete(tree);
    return VB_ACCEPTED;
}

const struct vb_kind vb_kind_draw = { VB_DRAW, check, from_json };
