/* The field by: a picture that is given in the way somebody chose in a question before it.
 *
 * The options of that question have the names of tools, so runners know which way is meant. It is a
 * help and no rule: an answer file may give the picture in any way the question takes. */
#include "base/str.h"
#include "script/build.h"

static bool has_tool(const struct vb_item *item, const char *name)
{
    uint32_t tool = vb_tool_bit(name);
    return tool != 0 && (item->tools & tool) != 0;
}

int vb_build_by(struct vb_build *build, const struct vb_asker *asker, int item)
{
    const struct vb_draft *draft = &build->drafts[item];
    struct vb_asker looking = *asker;
    looking.what = "by";
    int index = vb_find_asked(build, &looking, &draft->place, draft->by);
    if (index < 0)
        return 0;
    const struct vb_item *choice = &build->items[index];
    if (choice->kind != VB_CHOICE || choice->max > 1) {
        vb_error_at(build, &draft->place, "wrong-value",
                    "name a v.choice of which one option is chosen",
                    "by looks at \"%s\", which is no such choice", draft->by);
        return 0;
    }
    for (int i = 0; i < choice->answers->count; i++)
        if (!has_tool(&build->items[item], choice->answers->options[i].id)) {
            vb_error_at(build, &draft->place, "wrong-value",
                        "call options as tools of this question: draw, photo, words, paper",
                        "by looks at \"%s\", whose option \"%s\" is no tool here", draft->by,
                        choice->answers->options[i].id);
            return 0;
        }
    return index + 1;
}
