#include "serve/api.h"
#include "serve/auth.h"
struct vb_auth {
    int nothing;
};
enum vb_code vb_auth_create(struct vb_auth **out, const struct vb_house *house, struct vb_err *err)
{
    (void)house;
    (void)err;
    *out = vb_new(struct vb_auth);
    return VB_OK;
}
#include <stdlib.h>
void vb_auth_destroy(struct vb_auth *auth)
{
    free(auth);
}
void vb_auth_who(struct vb_auth *auth, struct vb_exchange *exchange, enum vb_who_kind audience)
{
    (void)auth;
    (void)audience;
    exchange->who = (struct vb_who){ .token = "" };
}
bool vb_auth_same_site(struct vb_auth *auth, struct vb_exchange *exchange)
{
    (void)auth;
    (void)exchange;
    return true;
}
static enum vb_code not_yet(struct vb_err *err)
{
    return vb_fail(err, VB_E_ABSENT, "not yet");
}
bool vb_auth_has_case(struct vb_auth *auth, const char *staff, const char *case_id)
{
    (void)auth;
    (void)staff;
    (void)case_id;
    return false;
}
enum vb_code vb_auth_give_case(struct vb_auth *auth, const char *staff, const char *case_id,
                               struct vb_err *err)
{
    (void)auth;
    (void)staff;
    (void)case_id;
    return not_yet(err);
}
enum vb_code vb_auth_invitations(struct vb_auth *auth, const char *round, struct vb_arena *arena,
                                 struct vb_invitation **out, int *count, struct vb_err *err)
{
    (void)auth;
    (void)round;
    (void)arena;
    (void)out;
    (void)count;
    return not_yet(err);
}
enum vb_code vb_auth_leave(struct vb_auth *auth, struct vb_exchange *exchange, struct vb_err *err)
{
    (void)auth;
    (void)exchange;
    return not_yet(err);
}
enum vb_code vb_auth_end_round(struct vb_auth *auth, const char *round, struct vb_err *err)
{
    (void)auth;
    (void)round;
    return not_yet(err);
}
enum vb_code vb_auth_seat(struct vb_auth *auth, struct vb_exchange *exchange,
                          const struct vb_invitation *person, bool handed, struct vb_err *err)
{
    (void)auth;
    (void)exchange;
    (void)person;
    (void)handed;
    return not_yet(err);
}
