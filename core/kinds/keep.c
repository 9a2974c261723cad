/* keep.c - what whoever gives a picture says of keeping it: {"file": path, "keep": "give"}. */
#include <string.h>

#include "kinds/kind_parts.h"

static enum vb_refusal refuse(struct vb_err *why, const char *text)
{
    vb_fail(why, VB_E_DATA, "%s", text);
    return VB_REFUSED_TYPE;
}

/* Pieces lie among the answers and have no end of their own. */
static enum vb_refusal check_chosen(const struct vb_item *item, const cJSON *json,
                                    enum vb_keep keep, struct vb_err *why)
{
    bool pieces = cJSON_HasObjectItem(json, "pieces");
    if (!pieces && !cJSON_HasObjectItem(json, "file"))
        return refuse(why, "only of an image or of pieces can be said whether it is kept");
    if (pieces && keep == VB_KEEP_GIVE)
        return refuse(why, "pieces are kept with the answers (\"until\") or not at all (\"none\")");
    if (keep == VB_KEEP_UNTIL && item->keep_days == 0)
        return refuse(why, "here it can be given along (\"give\") or not kept (\"none\")");
    return VB_ACCEPTED;
}

enum vb_refusal vb_keep_chosen(const struct vb_item *item, cJSON *json, struct vb_item *out,
                               struct vb_err *why)
{
    cJSON *said = cJSON_DetachItemFromObjectCaseSensitive(json, "keep");
    enum vb_refusal refusal = VB_ACCEPTED;
    *out = *item;
    if (item->keep == VB_KEEP_ASK)
        out->keep = VB_KEEP_NONE;
    if (said == NULL)
        return VB_ACCEPTED;
    if (item->keep != VB_KEEP_ASK)
        refusal = refuse(why, "this question says itself what is kept; leave keep out");
    else if (!cJSON_IsString(said) || !vb_keep_read(said->valuestring, &out->keep))
        refusal = refuse(why, "keep is \"none\", \"give\" or \"until\"");
    else
        refusal = check_chosen(item, json, out->keep, why);
    cJSON_Delete(said);
    return refusal;
}
