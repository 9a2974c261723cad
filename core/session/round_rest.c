/* round_rest.c - a round that nobody is at keeps its rows and lets its sessions sleep. */
#include "session/round_state.h"

static bool is_at_work(struct vb_session *session)
{
    return session != NULL && !vb_session_asleep(session) &&
           (vb_session_in_flight(session) || vb_session_busy(session));
}

static void sleep_now(struct vb_session *session)
{
    if (session != NULL && !vb_session_asleep(session))
        vb_session_evict(session);
}

bool vb_round_rest(struct vb_round *round)
{
    bool works = is_at_work(round->together);
    for (size_t i = 0; i < round->voice_count && !works; i++)
        works = is_at_work(round->voices[i].session);
    if (works)
        return false;
    for (size_t i = 0; i < round->voice_count; i++)
        sleep_now(round->voices[i].session);
    sleep_now(round->together);
    for (size_t i = 0; i < round->replayed_count; i++)
        vb_fold_destroy(round->replayed[i].fold);
    round->replayed_count = 0;
    return true;
}

enum vb_code vb_round_wake(struct vb_round *round, struct vb_err *err)
{
    enum vb_code code = round->together == NULL ? VB_OK : vb_session_wake(round->together, err);
    for (size_t i = 0; code == VB_OK && i < round->voice_count; i++)
        if (round->voices[i].session != NULL)
            code = vb_session_wake(round->voices[i].session, err);
    return code;
}
