/* Who may have the result of a round that is to be erased: what its parcels say. */
#include "base/str.h"
#include "session/erase.h"

static struct vb_erase_sent *sent_to(struct vb_erase *erase, const struct vb_parcel_row *parcel,
                                     struct vb_arena *arena)
{
    for (size_t i = 0; i < erase->sent_count; i++)
        if (vb_streq(erase->sent[i].round, parcel->round) &&
            vb_streq(erase->sent[i].output, parcel->output))
            return &erase->sent[i];
    struct vb_erase_sent *sent =
        vb_arena_push(arena, &erase->sent, erase->sent_count, &erase->sent_cap, sizeof *sent);
    erase->sent_count++;
    *sent = (struct vb_erase_sent){ .round = parcel->round, .output = parcel->output };
    return sent;
}

enum vb_code vb_erase_look_at_parcels(struct vb_erase *erase, struct vb_store *store,
                                      const char *round, struct vb_arena *arena, struct vb_err *err)
{
    const struct vb_parcel_query all = { .round = round, .state = VB_PARCEL_ANY };
    struct vb_parcel_row *rows;
    size_t count = 0;
    enum vb_code code = store->ops->parcels(store, &all, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (rows[i].attempts == 0)
            continue;
        struct vb_erase_sent *sent = sent_to(erase, &rows[i], arena);
        sent->revision = rows[i].revision;
        sent->arrived = rows[i].state == VB_PARCEL_DELIVERED;
    }
    return code;
}
