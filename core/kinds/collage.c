#include <string.h>

#include "kinds/kind_parts.h"

/* A picture made of pieces: {"pieces": [{"id": "tree", "x": 120, "y": 300, "turn": 90}, ...]}, in
 * the order in which they were laid down, so that the last lies on top. Or what a drawing may be: a
 * photo, key words, paper. Of pieces that may not stay only the fact is taken, as of a photo that
 * was shown: they are looked at and {"paper": true} is the answer. */

static bool is_piece(const struct vb_item *item, const cJSON *piece)
{
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(piece, "id");
    return cJSON_IsString(id) && vb_option_find(item, id->valuestring) >= 0;
}

/* Exactly these, in this order. */
static enum vb_refusal check_piece(const struct vb_item *item, const cJSON *piece)
{
    static const char *const names[] = { "id", "x", "y", "turn" };
    const cJSON *field = piece->child;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++, field = field->next)
        if (field == NULL || strcmp(field->string, names[i]) != 0)
            return VB_REFUSED_TYPE;
    const cJSON *x = piece->child->next;
    if (field != NULL)
        return VB_REFUSED_TYPE;
    return is_piece(item, piece) && vb_whole_within(x, 0, VB_PLANE) &&
                   vb_whole_within(x->next, 0, VB_PLANE) &&
                   vb_whole_within(x->next->next, 0, VB_TURN - 1)
               ? VB_ACCEPTED
               : VB_REFUSED_RANGE;
}

static enum vb_refusal check_pieces(const struct vb_ask *ask, const cJSON *list)
{
    const cJSON *piece;
    if (!cJSON_IsArray(list))
        return VB_REFUSED_TYPE;
    if ((ask->item->tools & VB_TOOL_PIECES) == 0)
        return VB_REFUSED_RANGE;
    if (!vb_picture_kept(ask))
        return VB_REFUSED_POLICY;
    if (list->child == NULL)
        return VB_REFUSED_EMPTY;
    if (cJSON_GetArraySize(list) > ask->item->max)
        return VB_REFUSED_LONG;
    cJSON_ArrayForEach(piece, list)
    {
        enum vb_refusal refusal =
            cJSON_IsObject(piece) ? check_piece(ask->item, piece) : VB_REFUSED_TYPE;
        if (refusal != VB_ACCEPTED)
            return refusal;
    }
    return VB_ACCEPTED;
}

static enum vb_refusal check(const struct vb_ask *ask, const struct vb_value *value)
{
    cJSON *tree = vb_tree_of(value);
    const cJSON *first = cJSON_IsObject(tree) ? tree->child : NULL;
    bool pieces = first != NULL && strcmp(first->string, "pieces") == 0;
    enum vb_refusal refusal = !pieces               ? vb_kind_draw.check(ask, value)
                              : first->next != NULL ? VB_REFUSED_TYPE
                                                    : check_pieces(ask, first);
    cJSON_Delete(tree);
    return refusal;
}

/* -- reading ---------------------------------------------------------------------------------- */

static enum vb_refusal refuse_piece(struct vb_err *why, int at, const char *what)
{
    vb_fail(why, VB_E_DATA, "pieces[%d]: %s", at + 1, what);
    return VB_REFUSED_RANGE;
}

/* Adds the piece to list as it is kept; turn may be left out. */
static enum vb_refusal take_piece(const struct vb_item *item, const cJSON *json, int at,
                                  cJSON *list, struct vb_err *why)
{
    const cJSON *x = cJSON_GetObjectItemCaseSensitive(json, "x");
    const cJSON *y = cJSON_GetObjectItemCaseSensitive(json, "y");
    const cJSON *turn = cJSON_GetObjectItemCaseSensitive(json, "turn");
    if (!cJSON_IsObject(json) || cJSON_GetArraySize(json) != (turn == NULL ? 3 : 4))
        return refuse_piece(why, at, "has an id, an x, a y, perhaps a turn, and nothing else");
    if (!is_piece(item, json))
        return refuse_piece(why, at, "id is none of the pieces of this question");
    if (!vb_whole_within(x, 0, VB_PLANE) || !vb_whole_within(y, 0, VB_PLANE))
        return refuse_piece(why, at, "x and y are whole numbers from 0 to 1000");
    if (turn != NULL && !vb_whole_within(turn, 0, VB_TURN - 1))
        return refuse_piece(why, at, "turn is a whole number from 0 to 359");
    cJSON *piece = cJSON_CreateObject();
    cJSON_AddStringToObject(piece, "id", cJSON_GetObjectItemCaseSensitive(json, "id")->valuestring);
    cJSON_AddNumberToObject(piece, "x", x->valuedouble);
    cJSON_AddNumberToObject(piece, "y", y->valuedouble);
    cJSON_AddNumberToObject(piece, "turn", turn == NULL ? 0 : turn->valuedouble);
    cJSON_AddItemToArray(list, piece);
    return VB_ACCEPTED;
}

static enum vb_refusal take_pieces(const struct vb_ask *ask, const cJSON *json, cJSON *list,
                                   struct vb_err *why)
{
    const cJSON *piece;
    int at = 0;
    if (!cJSON_IsArray(json))
        return vb_wrong_type(why,
                             "a list, {\"pieces\": [{\"id\": .., \"x\": .., \"y\": ..}, ..]},");
    if ((ask->item->tools & VB_TOOL_PIECES) == 0) {
        vb_fail(why, VB_E_DATA, "this question has no pieces");
        return VB_REFUSED_RANGE;
    }
    if (json->child == NULL) {
        vb_fail(why, VB_E_DATA, "no piece is placed; leave the item out instead");
        return VB_REFUSED_EMPTY;
    }
    if (cJSON_GetArraySize(json) > ask->item->max) {
        vb_fail(why, VB_E_DATA, "more than %d pieces", (int)ask->item->max);
        return VB_REFUSED_LONG;
    }
    cJSON_ArrayForEach(piece, json)
    {
        enum vb_refusal refusal = take_piece(ask->item, piece, at++, list, why);
        if (refusal != VB_ACCEPTED)
            return refusal;
    }
    return VB_ACCEPTED;
}

static enum vb_refusal from_json(const struct vb_ask *ask, const cJSON *json,
                                 struct vb_arena *arena, struct vb_value *out, struct vb_err *why)
{
    const cJSON *pieces = cJSON_GetObjectItemCaseSensitive(json, "pieces");
    if (pieces == NULL && !cJSON_IsObject(json))
        return vb_wrong_type(why, "{\"pieces\": [..]}, {\"file\": path}, {\"words\": [..]} or "
                                  "{\"paper\": true}");
    if (pieces == NULL)
        return vb_kind_draw.from_json(ask, json, arena, out, why);
    if (cJSON_GetArraySize(json) != 1)
        return vb_wrong_type(why, "\"pieces\" and nothing beside it");
    cJSON *tree = cJSON_CreateObject();
    enum vb_refusal refusal = take_pieces(ask, pieces, cJSON_AddArrayToObject(tree, "pieces"), why);
    if (refusal == VB_ACCEPTED)
        *out = vb_picture_kept(ask) && ask->item->keep != VB_KEEP_ASK ? vb_tree_value(arena, tree)
                                                                      : vb_picture_made();
    cJSON_Delete(tree);
    return refusal;
}

const struct vb_kind vb_kind_collage = { VB_COLLAGE, check, from_json };
