/* term_choice.c - numbered options, one or several; "something else" asks what. */
#include "term/term_kind.h"

static int count(const struct vb_question *question)
{
    const struct vb_item *item = question->ask.item;
    return vb_question_answers(question)->count + (item->other ? 1 : 0);
}

static bool several(const struct vb_question *question)
{
    return question->ask.item->max > 1;
}

static void show(const struct vb_question *question)
{
    const struct vb_answers *answers = vb_question_answers(question);
    for (int i = 0; i < answers->count; i++)
        vb_screen_choice(&question->desk->screen, i + 1,
                         vb_question_text(question, &answers->options[i].text));
    if (question->ask.item->other)
        vb_screen_choice(&question->desk->screen, answers->count + 1,
                         vb_phrase(question->tongue, VB_SAY_OTHER));
    if (!several(question))
        return;
    vb_screen_gap(&question->desk->screen);
    vb_desk_say(question->desk, VB_PLAIN, 0, VB_WANT_CHOICES,
                vb_arena_printf(question->arena, "%d", (int)question->ask.item->max));
}

static void want(const struct vb_question *question, struct vb_buf *out)
{
    char range[32];
    if (several(question))
        snprintf(range, sizeof range, "%d", (int)question->ask.item->max);
    else
        snprintf(range, sizeof range, "1-%d", count(question));
    vb_phrase_write(out, question->tongue, several(question) ? VB_WANT_CHOICES : VB_WANT_NUMBER_OF,
                    range);
}

static enum vb_code ask_other(const struct vb_question *question, cJSON **json, struct vb_err *err)
{
    const char *line;
    vb_desk_say(question->desk, VB_PLAIN, 0, VB_ASK_OTHER, NULL);
    enum vb_code code = vb_desk_line(question->desk, question->arena, &line, err);
    if (code != VB_OK)
        return code;
    *json = cJSON_CreateObject();
    cJSON_AddStringToObject(*json, "other", line == NULL ? "" : line);
    return VB_OK;
}

/* *json stays NULL when the word is no number of the list. */
static enum vb_code read_one(const struct vb_question *question, const char *word, cJSON **json,
                             struct vb_err *err)
{
    const struct vb_answers *answers = vb_question_answers(question);
    int64_t number;
    if (!vb_read_int(word, &number) || number < 1 || number > count(question))
        return VB_OK;
    if (number > answers->count)
        return ask_other(question, json, err);
    *json = cJSON_CreateString(answers->options[number - 1].id);
    return VB_OK;
}

static enum vb_code read_line(const struct vb_question *question, const char *line, cJSON **json,
                              struct vb_err *err)
{
    int words;
    const char *const *parts = vb_split_commas(question->arena, line, &words);
    if (!several(question))
        return words == 1 ? read_one(question, parts[0], json, err) : VB_OK;
    cJSON *list = cJSON_CreateArray();
    enum vb_code code = VB_OK;
    bool understood = words > 0;
    for (int i = 0; i < words && understood && code == VB_OK; i++) {
        cJSON *one = NULL;
        code = read_one(question, parts[i], &one, err);
        understood = one != NULL;
        if (one != NULL)
            cJSON_AddItemToArray(list, one);
    }
    if (code == VB_OK && understood)
        *json = list;
    else
        cJSON_Delete(list);
    return code;
}

static void say(const struct vb_question *question, const struct vb_value *value,
                struct vb_buf *out)
{
    if (value->type == VB_VALUE_OPTION) {
        const struct vb_option *options = vb_question_answers(question)->options;
        vb_buf_puts(out, vb_question_text(question, &options[value->number].text));
        return;
    }
    cJSON *tree = vb_value_tree(value);
    const cJSON *other = cJSON_GetObjectItemCaseSensitive(tree, "other");
    if (cJSON_IsString(other))
        vb_buf_puts(out, other->valuestring);
    else
        vb_say_list(question, tree, out);
    cJSON_Delete(tree);
}

const struct vb_term_kind vb_term_choice = {
    .id = VB_CHOICE,
    .show = show,
    .count = count,
    .want = want,
    .read = read_line,
    .say = say,
};
