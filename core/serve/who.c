#include "serve/who.h"

#include <stddef.h>

#include "base/str.h"

static const char *const roles[VB_STAFF_ROLES] = { "worker", "convenor", "researcher", "privacy",
                                                   "admin" };

const char *vb_staff_role_name(uint32_t role)
{
    for (int i = 0; i < VB_STAFF_ROLES; i++)
        if (role == UINT32_C(1) << i)
            return roles[i];
    return NULL;
}

uint32_t vb_staff_role_of(const char *name)
{
    for (int i = 0; i < VB_STAFF_ROLES; i++)
        if (vb_streq(name, roles[i]))
            return UINT32_C(1) << i;
    return 0;
}

const char *vb_who_acts(const struct vb_who *who)
{
    if (who->handed)
        return "hand-over";
    return who->name != NULL ? who->name : "invitation";
}
