#include "data/texts.h"

#include <string.h>

struct list {
    const struct vb_plan *plan;
    struct vb_arena *arena;
    struct vb_text_entry *entries;
    size_t count, cap;
};

static struct vb_text_entry *add(struct list *list, enum vb_text_use use,
                                 const struct vb_text *text, const char *key)
{
    struct vb_text_entry *entry =
        vb_arena_push(list->arena, &list->entries, list->count++, &list->cap, sizeof *entry);
    *entry = (struct vb_text_entry){
        .key = key, .text = text, .use = use, .item = -1, .scale = -1, .include = -1
    };
    return entry;
}

static void add_slots(struct list *list, const char *prefix, const struct vb_slot *slots, int count)
{
    for (int i = 0; i < count; i++)
        add(list, VB_USE_TERM, &slots[i].text,
            vb_arena_printf(list->arena, "%s/%s", prefix, slots[i].name));
}

static void add_head(struct list *list)
{
    const struct vb_plan *plan = list->plan;
    add(list, VB_USE_TITLE, &plan->title, "title");
    if (plan->summary != NULL)
        add(list, VB_USE_ABOUT, plan->summary, "summary");
    if (plan->notice != NULL)
        add(list, VB_USE_ABOUT, plan->notice, "notice");
    add_slots(list, "slot", plan->slots, plan->slot_count);
    for (int i = 0; i < plan->variant_count; i++) {
        const struct vb_variant *variant = &plan->variants[i];
        const char *prefix = vb_arena_printf(list->arena, "variant/%s", variant->name);
        add(list, VB_USE_TITLE, &variant->title, vb_arena_printf(list->arena, "%s/title", prefix));
        add_slots(list, prefix, variant->slots, variant->slot_count);
    }
    for (int i = 0; i < plan->setting_count; i++)
        add_slots(list, vb_arena_printf(list->arena, "setting/%s", plan->settings[i].name),
                  plan->settings[i].terms, plan->settings[i].term_count);
    if (plan->campaign != NULL)
        add(list, VB_USE_ABOUT, &plan->campaign->text,
            vb_arena_printf(list->arena, "campaign/%s", plan->campaign->id));
    for (int i = 0; i < plan->talk_prompt_count; i++)
        add(list, VB_USE_PROMPT, &plan->talk_prompts[i],
            vb_arena_printf(list->arena, "prompt/%d", i + 1));
}

/* Options of choice and words are known by their id, labelled answers by their value. */
static void add_options(struct list *list, const char *prefix, const struct vb_answers *answers,
                        const struct vb_item *item)
{
    for (int i = 0; i < answers->count; i++) {
        const struct vb_option *option = &answers->options[i];
        const char *key =
            option->id != NULL
                ? vb_arena_printf(list->arena, "%s/%s", prefix, option->id)
                : vb_arena_printf(list->arena, "%s/%lld", prefix, (long long)option->value);
        struct vb_text_entry *entry = add(list, VB_USE_LABEL, &option->text, key);
        if (item != NULL) {
            entry->item = item->index;
            entry->include = item->include;
            entry->file = item->file;
            entry->line = item->line;
        }
    }
}

static void add_of_item(struct list *list, const struct vb_item *item, enum vb_text_use use,
                        const struct vb_text *text, const char *what)
{
    if (text == NULL)
        return;
    struct vb_text_entry *entry =
        add(list, use, text, vb_arena_printf(list->arena, "item/%s/%s", item->id, what));
    entry->item = item->index;
    entry->include = item->include;
    entry->file = item->file;
    entry->line = item->line;
}

static bool same_words(const struct vb_plan *plan, const struct vb_text *a, const struct vb_text *b)
{
    for (int i = 0; a != b && i < plan->language_count; i++)
        if (strcmp(a->by_language[i], b->by_language[i]) != 0)
            return false;
    return true;
}

static void add_roles(struct list *list, const struct vb_item *item)
{
    const struct vb_plan *plan = list->plan;
    size_t first = list->count;
    for (int role = 0; role < plan->role_count; role++) {
        size_t at = first;
        if (item->text[role] == NULL)
            continue;
        while (at < list->count && !same_words(plan, list->entries[at].text, item->text[role]))
            at++;
        if (at == list->count)
            add_of_item(list, item, VB_USE_ITEM, item->text[role], plan->roles[role].name);
        list->entries[at].roles |= 1u << role;
    }
}

static void add_item(struct list *list, const struct vb_item *item)
{
    add_of_item(list, item, VB_USE_HELP, item->intro, "intro");
    add_roles(list, item);
    add_of_item(list, item, VB_USE_HELP, item->help, "help");
    add_of_item(list, item, VB_USE_LABEL, item->left, "left");
    add_of_item(list, item, VB_USE_LABEL, item->right, "right");
    if (item->answers != NULL)
        add_options(list, vb_arena_printf(list->arena, "option/%s", item->id), item->answers, item);
}

static void add_scale(struct list *list, const struct vb_scale *scale, int index)
{
    const struct vb_text *const texts[] = { &scale->title, scale->intro };
    for (int i = 0; i < 2; i++) {
        if (texts[i] == NULL)
            continue;
        struct vb_text_entry *entry =
            add(list, i == 0 ? VB_USE_TITLE : VB_USE_HELP, texts[i],
                vb_arena_printf(list->arena, "scale/%s/%s", scale->id, i == 0 ? "title" : "intro"));
        entry->scale = index;
        entry->include = scale->include;
        entry->file = scale->file;
        entry->line = scale->line;
    }
}

struct vb_text_entry *vb_plan_texts(const struct vb_plan *plan, struct vb_arena *arena,
                                    size_t *count)
{
    struct list list = { .plan = plan, .arena = arena };
    int says = 0;
    add_head(&list);
    for (int i = 0; i < plan->format_count; i++)
        add_options(&list, vb_arena_printf(arena, "format/%s", plan->formats[i].name),
                    &plan->formats[i].answers, NULL);
    for (int i = 0; i < plan->item_count; i++)
        add_item(&list, &plan->items[i]);
    for (int i = 0; i < plan->step_count; i++)
        if (plan->steps[i].op == VB_OP_SAY)
            add(&list, VB_USE_SAY, plan->steps[i].text, vb_arena_printf(arena, "say/%d", ++says))
                ->include = plan->steps[i].include;
    for (int i = 0; i < plan->scale_count; i++)
        add_scale(&list, &plan->scales[i], i);
    for (int i = 0; i < plan->total_count; i++)
        add(&list, VB_USE_TITLE, &plan->totals[i].title,
            vb_arena_printf(arena, "total/%s/title", plan->totals[i].id));
    *count = list.count;
    return list.entries;
}
