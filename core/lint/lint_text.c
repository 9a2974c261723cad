/* Every text: its slots, its length, its words. */
#include <stdlib.h>
#include <string.h>

#include "data/texts.h"
#include "lint/lint_inner.h"
#include "lint/wording.h"

enum { WORD_MAX = 13, SENTENCE_MAX = 10 };

/* -- telling, wherever the text stands -- */

#define TELL(lint, entry, code, mend, ...)                                                         \
    do {                                                                                           \
        if ((entry)->item >= 0)                                                                    \
            vb_lint_item(lint, VB_WARNING, &(lint)->plan->items[(entry)->item], code, mend,        \
                         __VA_ARGS__);                                                             \
        else if ((entry)->scale >= 0)                                                              \
            vb_lint_scale(lint, VB_WARNING, &(lint)->plan->scales[(entry)->scale], code, mend,     \
                          __VA_ARGS__);                                                            \
        else                                                                                       \
            vb_lint_head(lint, VB_WARNING, (entry)->text->by_language[0], code, mend,              \
                         __VA_ARGS__);                                                             \
    } while (0)

/* -- slots -- */

/* The first {slot} of a that b does not have, or NULL. */
static const char *lacks(struct vb_linting *lint, const char *a, const char *b)
{
    for (const char *at = strchr(a, '{'); at != NULL; at = strchr(at + 1, '{')) {
        const char *end = strchr(at, '}');
        if (end == NULL)
            return NULL;
        const char *slot = vb_arena_strndup(&lint->arena, at, (size_t)(end + 1 - at));
        if (strstr(b, slot) == NULL)
            return slot;
    }
    return NULL;
}

static void check_slots(struct vb_linting *lint, const struct vb_text_entry *entry)
{
    const struct vb_plan *plan = lint->plan;
    const char *first = entry->text->by_language[0];
    for (int i = 1; i < plan->language_count; i++) {
        const char *other = entry->text->by_language[i];
        const char *missing = lacks(lint, first, other), *more = lacks(lint, other, first);
        if (missing == NULL && more == NULL)
            continue;
        bool here = missing != NULL;
        TELL(lint, entry, "other-slots", "use the same slots in every language",
             "its %s text has %s, its %s text has not", plan->languages[here ? 0 : i],
             here ? missing : more, plan->languages[here ? i : 0]);
        return;
    }
}

/* -- words -- */

static void check_words(struct vb_linting *lint, const struct vb_text_entry *entry,
                        const char *words, const struct vb_wording_list *list, const char *tag)
{
    const char *word = vb_wording_finds(words, list->negations);
    if (word != NULL)
        TELL(lint, entry, "negation", "say what is, not what is not; or turn it round",
             "%s: \"%s\" is read over, and \"no\" to it says yes", tag, word);
    word = vb_wording_finds(words, list->absolutes);
    if (word != NULL)
        TELL(lint, entry, "absolute", "leave the word out",
             "%s: with \"%s\" one exception makes the answer no", tag, word);
    word = vb_wording_finds(words, list->figures);
    if (word != NULL)
        TELL(lint, entry, "figure-of-speech", "say it in plain words",
             "%s: \"%s\" is not meant word for word", tag, word);
}

static bool is_statement(const struct vb_item *item)
{
    return item->kind == VB_LIKERT || item->kind == VB_FACES || item->kind == VB_VAS ||
           item->kind == VB_YESNO;
}

static void check_ideas(struct vb_linting *lint, const struct vb_text_entry *entry,
                        const char *words, const struct vb_wording_list *list, const char *tag)
{
    const char *join = vb_wording_second_idea(&lint->arena, words, list);
    if (join == NULL || !is_statement(&lint->plan->items[entry->item]))
        return;
    if (strcmp(join, ".") == 0)
        TELL(lint, entry, "two-ideas", "make two questions of it, or keep one of the sentences",
             "%s: it is more than one sentence, and has one answer", tag);
    else
        TELL(lint, entry, "two-ideas", "make two questions of it, or keep one of the ideas",
             "%s: \"%s\" joins two ideas, and there is one answer", tag, join);
}

static void check_length(struct vb_linting *lint, const struct vb_text_entry *entry,
                         const char *words, const char *tag)
{
    int length = vb_wording_longest(words);
    if (length > SENTENCE_MAX)
        TELL(lint, entry, "long-sentence", "use at most 10 words, or make two sentences",
             "%s: a sentence of %d words: \"%s\"", tag, length,
             entry->text->by_language[vb_plan_language(lint->plan, tag)]);
}

static void check_long_word(struct vb_linting *lint, const struct vb_text_entry *entry,
                            const char *words, const char *tag)
{
    const char *word = vb_wording_long_word(&lint->arena, words, WORD_MAX);
    if (word != NULL)
        TELL(lint, entry, "long-word", "use a shorter word, or two",
             "%s: \"%s\" has more than 13 letters", tag, word);
}

static void check_wording(struct vb_linting *lint, const struct vb_text_entry *entry)
{
    const struct vb_plan *plan = lint->plan;
    for (int i = 0; i < plan->language_count; i++) {
        const char *tag = plan->languages[i];
        const struct vb_wording_list *list = vb_wording_list(tag);
        if (list == NULL)
            continue;
        const char *words = vb_wording_words(&lint->arena, entry->text->by_language[i]);
        check_long_word(lint, entry, words, tag);
        if (entry->use != VB_USE_ITEM)
            continue;
        check_words(lint, entry, words, list, tag);
        check_ideas(lint, entry, words, list, tag);
        check_length(lint, entry, words, tag);
    }
}

/* -- the same words twice -- */

struct wording {
    const char *words;
    const struct vb_text_entry *entry;
    int order;
};

/* The words without their marks: "Goes it well?" asks what "goes it well" asks. */
static const char *without_marks(struct vb_linting *lint, const char *text)
{
    char *words = vb_arena_strdup(&lint->arena, vb_wording_words(&lint->arena, text)), *to = words;
    for (const char *at = words; *at != '\0'; at++)
        if (*at != ',' && *at != '.')
            *to++ = *at;
        else if (at[1] == ' ')
            at++;
    *to = '\0';
    return words;
}

static int by_words(const void *a, const void *b)
{
    const struct wording *left = a, *right = b;
    int order = strcmp(left->words, right->words);
    return order != 0 ? order : left->order - right->order;
}

/* Could one person be asked both, about the same? */
static bool both_asked(const struct vb_plan *plan, const struct vb_text_entry *a,
                       const struct vb_text_entry *b)
{
    const struct vb_item *left = &plan->items[a->item], *right = &plan->items[b->item];
    bool apart = left->about && right->about && (left->members & right->members) == 0 &&
                 left->members != 0 && right->members != 0;
    return left != right && (a->roles & b->roles) != 0 && left->stage == right->stage &&
           left->per_member == right->per_member && (left->variants & right->variants) != 0 &&
           !apart;
}

static void check_twice(struct vb_linting *lint, const struct vb_text_entry *entries, size_t count,
                        int language, uint8_t *told)
{
    struct wording *all = vb_arena_alloc(&lint->arena, (count + 1) * sizeof *all);
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        if (entries[i].use == VB_USE_ITEM && entries[i].include < 0)
            all[used++] = (struct wording){
                .words = without_marks(lint, entries[i].text->by_language[language]),
                .entry = &entries[i],
                .order = (int)i,
            };
    qsort(all, used, sizeof *all, by_words);
    for (size_t i = 1; i < used; i++) {
        const struct vb_text_entry *first = all[i - 1].entry, *second = all[i].entry;
        if (strcmp(all[i - 1].words, all[i].words) != 0 || told[second->item] != 0 ||
            !both_asked(lint->plan, first, second))
            continue;
        told[second->item] = 1;
        TELL(lint, second, "duplicate-wording", "ask it once, or word it otherwise",
             "%s: asks the same as \"%s\"", lint->plan->languages[language],
             lint->plan->items[first->item].id);
    }
}

/* -- the relation between the sides -- */

static void check_relation(struct vb_linting *lint, const struct vb_item *item)
{
    const struct vb_plan *plan = lint->plan;
    const struct vb_text *first = NULL;
    bool differ = false;
    for (int role = 0; role < plan->role_count; role++) {
        const struct vb_text *text = item->text[role];
        if (text == NULL)
            continue;
        for (int i = 0; first != NULL && i < plan->language_count; i++)
            differ = differ || strcmp(first->by_language[i], text->by_language[i]) != 0;
        if (first == NULL)
            first = text;
    }
    if (differ && !item->relation_given)
        vb_lint_item(lint, VB_WARNING, item, "no-relation",
                     "write relation = \"same\", \"estimate\", \"act\" or \"own\"",
                     "each side reads other words, but nothing says how they belong together");
}

void vb_lint_texts(struct vb_linting *lint)
{
    const struct vb_plan *plan = lint->plan;
    size_t count;
    const struct vb_text_entry *entries = vb_plan_texts(plan, &lint->arena, &count);
    for (size_t i = 0; i < count; i++) {
        if (entries[i].include >= 0)
            continue;
        check_slots(lint, &entries[i]);
        if (entries[i].use == VB_USE_ITEM || entries[i].use == VB_USE_LABEL)
            check_wording(lint, &entries[i]);
    }
    uint8_t *told = vb_arena_alloc(&lint->arena, (size_t)plan->item_count + 1);
    for (int i = 0; i < plan->language_count; i++)
        check_twice(lint, entries, count, i, told);
    for (int i = 0; i < plan->item_count; i++)
        if (plan->items[i].include < 0)
            check_relation(lint, &plan->items[i]);
}
