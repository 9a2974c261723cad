/* Answers: in order, with words at the ends, and pictures that are also words. */
#include <string.h>
#include <strings.h>

#include "lint/lint_inner.h"
#include "lint/wording.h"

/* Whose answers they are: a question's, or a format's. */
struct of {
    const struct vb_item *item; /* NULL: a format's */
};

#define TELL(lint, of, code, mend, ...)                                                            \
    do {                                                                                           \
        if ((of)->item != NULL)                                                                    \
            vb_lint_item(lint, VB_WARNING, (of)->item, code, mend, __VA_ARGS__);                   \
        else                                                                                       \
            vb_lint_head(lint, VB_WARNING, "formats", code, mend, __VA_ARGS__);                    \
    } while (0)

/* -- pictures -- */

/* amount-full.svg, or amount-full; "yes" beside yes.svg is a word */
static bool is_file_name(const char *text, const char *picture)
{
    size_t len = strcspn(picture, ".");
    if (strcasecmp(text, picture) == 0)
        return true;
    return strncasecmp(text, picture, len) == 0 && text[len] == '\0' &&
           strpbrk(text, "-_0123456789") != NULL;
}

static void check_picture(struct vb_linting *lint, const struct of *of,
                          const struct vb_option *option)
{
    for (int i = 0; option->picture != NULL && i < lint->plan->language_count; i++) {
        const char *text = option->text.by_language[i];
        if (vb_wording_has_letters(text) && !is_file_name(text, option->picture))
            continue;
        TELL(lint, of, "picture-without-words",
             "say in words what the picture shows: whoever cannot see it hears that",
             "the %s text \"%s\" beside %s says nothing about it", lint->plan->languages[i], text,
             option->picture);
        return;
    }
}

/* -- order and ends -- */

static void check_gaps(struct vb_linting *lint, const struct of *of,
                       const struct vb_answers *answers)
{
    for (int i = 1; i < answers->count; i++) {
        int64_t before = answers->options[i - 1].value, value = answers->options[i].value;
        if (value - before == 1)
            continue;
        TELL(lint, of, "value-gap", "number them 1, 2, 3 and so on",
             "the answers jump from %lld to %lld, so that a step there counts more",
             (long long)before, (long long)value);
        return;
    }
}

/* The values of a choice go one way: up or down. */
static void check_order(struct vb_linting *lint, const struct of *of,
                        const struct vb_answers *answers)
{
    int up = 0, down = 0;
    for (int i = 1; i < answers->count; i++) {
        up += answers->options[i].value > answers->options[i - 1].value;
        down += answers->options[i].value < answers->options[i - 1].value;
    }
    if (up > 0 && down > 0)
        TELL(lint, of, "options-order", "put them in the order of their values",
             "the values of its options go up and down");
}

static bool blank_end(const struct vb_plan *plan, const struct vb_option *option)
{
    for (int i = 0; i < plan->language_count; i++)
        if (!vb_wording_has_letters(option->text.by_language[i]))
            return true;
    return false;
}

static void check_ends(struct vb_linting *lint, const struct of *of,
                       const struct vb_answers *answers)
{
    if (answers->count > 0 && (blank_end(lint->plan, &answers->options[0]) ||
                               blank_end(lint->plan, &answers->options[answers->count - 1])))
        TELL(lint, of, "unlabelled-ends", "give the first and the last answer words",
             "the ends of its answers have no words, so that each reads them otherwise");
}

static void check_twice(struct vb_linting *lint, const struct of *of,
                        const struct vb_answers *answers)
{
    for (int language = 0; language < lint->plan->language_count; language++)
        for (int i = 0; i < answers->count; i++)
            for (int j = 0; j < i; j++) {
                const char *text = answers->options[i].text.by_language[language];
                if (strcasecmp(text, answers->options[j].text.by_language[language]) != 0)
                    continue;
                TELL(lint, of, "duplicate-wording", "give each answer its own words",
                     "two of its answers are called \"%s\"", text);
                return;
            }
}

static void check_answers(struct vb_linting *lint, const struct of *of,
                          const struct vb_answers *answers, bool labelled)
{
    for (int i = 0; i < answers->count; i++)
        check_picture(lint, of, &answers->options[i]);
    if (labelled) {
        check_gaps(lint, of, answers);
        check_ends(lint, of, answers);
    }
    check_twice(lint, of, answers);
}

static void check_item(struct vb_linting *lint, const struct vb_item *item)
{
    const struct of of = { .item = item };
    if (item->kind == VB_VAS && (item->left == NULL || item->right == NULL))
        vb_lint_item(lint, VB_WARNING, item, "unlabelled-ends",
                     "add left = { ... } and right = { ... }",
                     "the line has no words at its ends, so that each reads it otherwise");
    if (item->answers == NULL)
        return;
    check_answers(lint, &of, item->answers, item->kind == VB_LIKERT || item->kind == VB_FACES);
    if (item->kind == VB_CHOICE && item->scored)
        check_order(lint, &of, item->answers);
}

/* Answers that questions share are told once, at the first of them. */
static bool shared_before(const struct vb_plan *plan, int index)
{
    for (int i = 0; i < index; i++)
        if (plan->items[i].answers == plan->items[index].answers && plan->items[i].include < 0)
            return plan->items[index].answers != NULL;
    return false;
}

void vb_lint_answers(struct vb_linting *lint)
{
    const struct vb_plan *plan = lint->plan;
    for (int i = 0; i < plan->format_count; i++)
        check_answers(lint, &(struct of){ .item = NULL }, &plan->formats[i].answers, true);
    for (int i = 0; i < plan->item_count; i++)
        if (plan->items[i].include < 0 && !shared_before(plan, i))
            check_item(lint, &plan->items[i]);
}
