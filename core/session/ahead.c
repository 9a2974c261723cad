/* ahead.c - what is held back in front of a yes, and in its commit: either all of it is in or none.
 */
#include <stdlib.h>

#include "session/live.h"

struct vb_ahead {
    struct vb_event_page *pages; /* one each, until they are committed */
    struct vb_change *changes;
    size_t count;
    int64_t seq, standing; /* as they were before */
};

static struct vb_ahead *create(const struct vb_fold *fold, size_t most)
{
    struct vb_ahead *ahead = vb_new(struct vb_ahead);
    ahead->pages = vb_alloc(most * sizeof *ahead->pages);
    ahead->changes = vb_alloc((most + VB_STAGE_CHANGES) * sizeof *ahead->changes);
    ahead->seq = vb_fold_view(fold)->seq;
    ahead->standing = vb_fold_standing(fold);
    return ahead;
}

static struct vb_event held(const struct vb_session *session, const struct vb_stay *stay)
{
    return (struct vb_event){ .type = VB_EVENT_HELD,
                              .seq = vb_fold_view(session->live->fold)->seq + 1,
                              .wall_ms = vb_session_now(session),
                              .item = stay->item,
                              .member = stay->member,
                              .agreement = stay->agreement,
                              .on = true };
}

void vb_ahead_hold(struct vb_session *session, const struct vb_stay *stays, int count)
{
    struct vb_live *live = session->live;
    struct vb_err err;
    if (session->store != NULL && count > 0)
        live->ahead = create(live->fold, (size_t)count);
    for (int i = 0; i < count; i++) {
        struct vb_event event = held(session, &stays[i]);
        if (live->ahead != NULL) {
            size_t at = live->ahead->count++;
            struct vb_event_pieces pieces =
                vb_session_encode(session, &live->ahead->pages[at], &event);
            vb_change_append(session, &event, &pieces, &live->ahead->changes[at]);
        }
        enum vb_code code = vb_fold_apply(live->fold, &event, &err);
        vb_assert(code == VB_OK);
    }
}

void vb_ahead_unseen(struct vb_live *live)
{
    if (live->ahead == NULL)
        return;
    live->shown.seq = live->ahead->seq;
    live->standing = live->ahead->standing;
}

struct vb_change *vb_ahead_changes(struct vb_live *live, size_t *count)
{
    *count = live->ahead == NULL ? 0 : live->ahead->count;
    return live->ahead == NULL ? live->changes : live->ahead->changes;
}

void vb_ahead_drop(struct vb_live *live)
{
    struct vb_ahead *ahead = live->ahead;
    live->ahead = NULL;
    if (ahead == NULL)
        return;
    for (size_t i = 0; i < ahead->count; i++)
        vb_event_page_finish(&ahead->pages[i]);
    free(ahead->pages);
    free(ahead->changes);
    free(ahead);
}
