/* workplace_care.c - what is done for the data at every opening. */
#include "main/workplace.h"
#include "session/retention.h"

enum vb_code vb_workplace_keep_no_longer(struct vb_workplace *place, int *erased,
                                         struct vb_err *err)
{
    int64_t now = place->env.clock.wall_ms(place->env.clock.ctx);
    enum vb_code code = vb_retention_enforce(place->store, now, place->env.log, erased, err);
    if (*erased > 0)
        vb_workplace_say(stderr, "%d round%s past %s time and erased (verbond config)\n", *erased,
                         *erased == 1 ? " was" : "s were", *erased == 1 ? "its" : "their");
    return code;
}
