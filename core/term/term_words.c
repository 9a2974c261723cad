/* term_words.c - words with commas between; a number picks the word that is offered under it. */
#include "term/term_kind.h"

#include <strings.h>

static int offered_count(const struct vb_question *question)
{
    const struct vb_answers *answers = vb_question_answers(question);
    return answers == NULL ? 0 : answers->count;
}

static void show(const struct vb_question *question)
{
    for (int i = 0; i < offered_count(question); i++)
        vb_screen_choice(
            &question->desk->screen, i + 1,
            vb_question_text(question, &vb_question_answers(question)->options[i].text));
}

static void want(const struct vb_question *question, struct vb_buf *out)
{
    const struct vb_item *item = question->ask.item;
    if (item->max > 0)
        vb_phrase_write(out, question->tongue, item->own ? VB_WANT_WORDS_OWN_MAX : VB_WANT_CHOICES,
                        vb_arena_printf(question->arena, "%d", (int)item->max));
    else
        vb_buf_puts(out,
                    vb_phrase(question->tongue, item->own ? VB_WANT_WORDS_OWN : VB_WANT_WORDS));
}

/* The id behind a number or an offered word, else the word itself. */
static const char *stored_word(const struct vb_question *question, const char *word)
{
    int64_t number;
    int count = offered_count(question);
    if (vb_read_int(word, &number) && number >= 1 && number <= count)
        return vb_question_answers(question)->options[number - 1].id;
    for (int i = 0; i < count; i++) {
        const struct vb_option *option = &vb_question_answers(question)->options[i];
        if (strcasecmp(word, vb_question_text(question, &option->text)) == 0)
            return option->id;
    }
    return word;
}

static enum vb_code read_line(const struct vb_question *question, const char *line, cJSON **json,
                              struct vb_err *err)
{
    int count;
    const char *const *parts = vb_split_commas(question->arena, line, &count);
    (void)err;
    if (count == 0)
        return VB_OK;
    *json = cJSON_CreateArray();
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(*json, cJSON_CreateString(stored_word(question, parts[i])));
    return VB_OK;
}

static void say(const struct vb_question *question, const struct vb_value *value,
                struct vb_buf *out)
{
    cJSON *tree = vb_value_tree(value);
    vb_say_list(question, tree, out);
    cJSON_Delete(tree);
}

const struct vb_term_kind vb_term_words = {
    .id = VB_WORDS,
    .typed = true,
    .show = show,
    .want = want,
    .read = read_line,
    .say = say,
};
