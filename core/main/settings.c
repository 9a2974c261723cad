#include "main/settings.h"

#include <string.h>

#include "base/str.h"
#include "session/retention.h"

static bool holds_days(const char *value)
{
    int days;
    return vb_retention_days(value, &days);
}

const struct vb_setting_kind vb_setting_kinds[] = {
    { VB_RETENTION_PREFIX, "INSTRUMENT", "whole days from 1 to 36500",
      "rounds of this instrument are erased so long after the last thing written in them",
      holds_days },
    { NULL, NULL, NULL, NULL, NULL },
};

const struct vb_setting_kind *vb_setting_kind_of(const char *name, struct vb_err *err)
{
    for (const struct vb_setting_kind *kind = vb_setting_kinds; kind->prefix != NULL; kind++)
        if (vb_starts_with(name, kind->prefix) && name[strlen(kind->prefix)] != '\0')
            return kind;
    vb_fail(err, VB_E_USAGE, "there is no setting %.80s; there is %s%s", name,
            vb_setting_kinds[0].prefix, vb_setting_kinds[0].free);
    return NULL;
}
