#include "data/content.h"

#include "base/err.h"
#include "base/str.h"

static const char *const names[] = { "event", "sheet", "scores", "items" };

const char *vb_content_name(enum vb_content content)
{
    vb_assert((int)content >= 0 && content <= VB_CONTENT_ITEMS);
    return names[content];
}

bool vb_content_of(const char *name, enum vb_content *out)
{
    for (int i = VB_CONTENT_EVENT; i <= VB_CONTENT_ITEMS; i++) {
        *out = (enum vb_content)i;
        if (vb_streq(name, names[i]))
            return true;
    }
    return false;
}
