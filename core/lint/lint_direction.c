/* Statements against the direction of their scale that are not turned round.
 *
 * Known by their words and by the facet that the author declares. A statement that overcomes what
 * is hard ("I can talk about difficult things") is not hard itself, so that a false alarm is rare.
 */
#include "lint/lint_inner.h"
#include "lint/wording.h"

/* What the texts of one question say together. */
struct said {
    const char *hard, *good; /* the first such word, or NULL */
    bool turned;             /* some text overcomes it */
};

static void look(struct said *said, const char *words, const struct vb_wording_list *list)
{
    const char *hard = vb_wording_finds(words, list->hard);
    if (hard != NULL && said->hard == NULL && vb_wording_finds(words, list->harmless) == NULL)
        said->hard = hard;
    if (said->good == NULL)
        said->good = vb_wording_finds(words, list->good);
    said->turned = said->turned || vb_wording_finds(words, list->turns) != NULL;
}

static struct said said_by(struct vb_linting *lint, const struct vb_item *item)
{
    const struct vb_plan *plan = lint->plan;
    struct said said = { 0 };
    const char *facet = item->facet == NULL ? NULL : vb_wording_words(&lint->arena, item->facet);
    for (int language = 0; language < plan->language_count; language++) {
        const struct vb_wording_list *list = vb_wording_list(plan->languages[language]);
        if (list == NULL)
            continue;
        for (int role = 0; role < plan->role_count; role++)
            if (item->text[role] != NULL)
                look(&said, vb_wording_words(&lint->arena, item->text[role]->by_language[language]),
                     list);
        if (facet != NULL)
            look(&said, facet, list);
    }
    return said;
}

static void check_item(struct vb_linting *lint, const struct vb_scale *scale,
                       const struct vb_item *item)
{
    struct said said = said_by(lint, item);
    const char *word = scale->negative ? said.good : said.hard;
    if (word == NULL || (scale->negative ? said.hard != NULL : said.turned))
        return;
    vb_lint_item(lint, VB_WARNING, item, "against-direction",
                 "write reverse = true when more of it is less of the scale; else accept it",
                 "\"%s\" seems to speak against its scale \"%s\", but it is not turned round", word,
                 scale->id);
}

void vb_lint_direction(struct vb_linting *lint)
{
    const struct vb_plan *plan = lint->plan;
    for (int i = 0; i < plan->item_count; i++) {
        const struct vb_item *item = &plan->items[i];
        if (item->scale >= 0 && item->include < 0 && item->scored && !item->reverse)
            check_item(lint, &plan->scales[item->scale], item);
    }
}
