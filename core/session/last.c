/* last.c - what was done with the agreements of last time: asked before the first item.
 *
 *      opened -> agreement 0 -> 1 -> ... -> the walk begins -> first item
 *                        <----- back ----------------------------'
 *
 * Their texts lie in that other round and are not known here: only how many there are, and what was
 * said of each. */
#include "session/state.h"

#include <string.h>

static int count_of(const struct vb_fold *fold)
{
    return fold->opened == NULL ? 0 : fold->opened->last.agreement_count;
}

bool vb_last_has(const struct vb_fold *fold, int agreement)
{
    return agreement >= 0 && agreement < count_of(fold);
}

enum vb_followed vb_fold_followed(const struct vb_fold *fold, int agreement)
{
    vb_assert(vb_last_has(fold, agreement));
    return fold->followed[agreement];
}

bool vb_fold_followed_held(const struct vb_fold *fold, int agreement)
{
    vb_assert(vb_last_has(fold, agreement));
    return (fold->followed_held >> agreement & 1) != 0;
}

int64_t vb_fold_followed_at(const struct vb_fold *fold, int agreement)
{
    vb_assert(vb_last_has(fold, agreement));
    return fold->followed_at[agreement];
}

void vb_last_reset(struct vb_fold *fold)
{
    memset(fold->followed, 0, sizeof fold->followed);
    memset(fold->followed_at, 0, sizeof fold->followed_at);
    fold->followed_held = 0;
    fold->last_at = 0;
    fold->talk = NULL;
    fold->talk_seq = 0;
}

static void wait_at(struct vb_fold *fold, int agreement)
{
    fold->last_at = agreement;
    fold->view = (struct vb_view){ .at = VB_AT_LAST,
                                   .seq = fold->view.seq,
                                   .agreement = agreement,
                                   .followed = fold->followed[agreement],
                                   .member = -1,
                                   .can_back = agreement > 0,
                                   .stands = fold->view.stands };
}

enum vb_code vb_last_begin(struct vb_fold *fold, struct vb_err *err)
{
    if (count_of(fold) == 0)
        return vb_path_advance(fold, NULL, err);
    wait_at(fold, 0);
    return VB_OK;
}

enum vb_code vb_followed_check(const struct vb_fold *fold, const struct vb_event *event,
                               struct vb_err *err)
{
    bool waits = fold->view.at == VB_AT_LAST && event->agreement == fold->last_at;
    bool anew = fold->view.at == VB_AT_OVERVIEW && vb_last_has(fold, event->agreement);
    if (event->changed ? anew : waits)
        return VB_OK;
    return vb_fail(err, VB_E_DATA, "this agreement of last time is not asked about now");
}

/* The walk begins behind the last of them, each time anew: somebody may have come back here. */
enum vb_code vb_followed_apply(struct vb_fold *fold, const struct vb_event *event,
                               struct vb_err *err)
{
    fold->followed[event->agreement] = event->followed;
    fold->followed_at[event->agreement] = event->seq;
    if (event->changed)
        return VB_OK;
    if (fold->last_at + 1 < count_of(fold)) {
        wait_at(fold, fold->last_at + 1);
        return VB_OK;
    }
    fold->last_at = count_of(fold);
    vb_path_see_roster(fold);
    return vb_path_again(fold, err);
}

void vb_followed_hold(struct vb_fold *fold, const struct vb_event *event)
{
    uint16_t bit = (uint16_t)(1u << event->agreement);
    fold->followed_held =
        (uint16_t)(event->on ? fold->followed_held | bit : fold->followed_held & ~bit);
}

void vb_last_back(struct vb_fold *fold)
{
    wait_at(fold, fold->last_at - 1);
}

const struct vb_talk_record *vb_fold_talk(const struct vb_fold *fold, int64_t *seq)
{
    if (seq != NULL)
        *seq = fold->talk_seq;
    return fold->talk;
}
