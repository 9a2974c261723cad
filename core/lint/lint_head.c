/* What stands at the top: whose work it is, what it is called, who is in it. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "lint/lint_inner.h"

/* -- licence and source -- */

static void check_origin(struct vb_linting *lint, const char *field, const char *value)
{
    if (value[strspn(value, " \t\n")] == '\0')
        vb_lint_head(lint, VB_ERROR, field, "no-origin",
                     "say how others may use it, and where the questions come from", "%s is empty",
                     field);
}

/* -- names of published instruments -- */

/* Their rights belong to others, and none of ours is one of them. */
static const char *const published[] = {
    "alliantiemonitor",
    "alliantie-monitor",
    "werkalliantiemonitor",
    "werkalliantie-monitor",
    "wamci",
    "wai",
    "wai-s",
    "wai-sr",
    "wav",
    "srs",
    "ors",
    "csrs",
    "cors",
    "gsrs",
    "softa",
    "softa-s",
    "softa-o",
    "e-softa",
    "dri-r",
    "atwai",
    "krachtwerk",
    "session rating scale",
    "outcome rating scale",
    "working alliance inventory",
    "werkalliantievragenlijst",
};

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || (c & 0x80) != 0;
}

/* As a word of its own, whatever its case. */
static bool names(const char *text, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = text; *at != '\0'; at++)
        if (strncasecmp(at, name, len) == 0 && (at == text || !in_word(at[-1])) &&
            !in_word(at[len]))
            return true;
    return false;
}

static const char *claimed(const char *text)
{
    const char *found = NULL;
    for (size_t i = 0; i < sizeof published / sizeof *published; i++)
        if (names(text, published[i]) && (found == NULL || strlen(published[i]) > strlen(found)))
            found = published[i];
    return found;
}

static void check_name(struct vb_linting *lint, const char *what, const char *text)
{
    const char *name = claimed(text);
    if (name != NULL)
        vb_lint_head(lint, VB_ERROR, text, "claims-published",
                     "choose a name of its own; with a licence write basis = \"licensed\"",
                     "the %s \"%s\" names the published instrument %s", what, text, name);
}

static void check_names(struct vb_linting *lint)
{
    const struct vb_plan *plan = lint->plan;
    if (vb_streq(plan->basis, "licensed"))
        return;
    check_name(lint, "id", plan->id);
    for (int i = 0; i < plan->language_count; i++) {
        check_name(lint, "title", plan->title.by_language[i]);
        for (int j = 0; j < plan->scale_count; j++)
            if (plan->scales[j].include < 0)
                check_name(lint, "title", plan->scales[j].title.by_language[i]);
    }
}

/* -- the roster -- */

static void check_roster(struct vb_linting *lint)
{
    const struct vb_plan *plan = lint->plan;
    bool any = false;
    for (int i = 0; i < plan->item_count; i++)
        any = any || plan->items[i].per_member;
    if (any && plan->roster_max > 0 && plan->roster_min == 0)
        vb_lint_head(lint, VB_WARNING, "roster", "empty-roster", "write min = 1 in roster, or more",
                     "the roster may have nobody in it: then what is asked for each member is "
                     "never asked, and its scales have no score");
}

void vb_lint_head_fields(struct vb_linting *lint)
{
    check_origin(lint, "licence", lint->plan->licence);
    check_origin(lint, "source", lint->plan->source);
    check_names(lint);
    check_roster(lint);
}
