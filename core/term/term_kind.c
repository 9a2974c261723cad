#include "term/term_kind.h"

#include <errno.h>
#include <stdlib.h>

static const struct vb_term_kind *const kinds[VB_KIND_COUNT] = {
    [VB_LIKERT] = &vb_term_likert,     [VB_FACES] = &vb_term_faces,
    [VB_VAS] = &vb_term_vas,           [VB_YESNO] = &vb_term_yesno,
    [VB_CHOICE] = &vb_term_choice,     [VB_WORDS] = &vb_term_words,
    [VB_TEXT] = &vb_term_text,         [VB_NUMBER] = &vb_term_number,
    [VB_DATE] = &vb_term_date,         [VB_DRAW] = &vb_term_draw,
    [VB_PHOTO] = &vb_term_photo,       [VB_COLLAGE] = &vb_term_collage,
    [VB_TRIANGLE] = &vb_term_triangle,
};

const struct vb_term_kind *vb_term_kind_of(enum vb_kind_id id)
{
    vb_assert(id < VB_KIND_COUNT);
    return kinds[id];
}

const char *vb_question_text(const struct vb_question *question, const struct vb_text *text)
{
    return vb_question_fill(question, text->by_language[question->naming.language]);
}

const char *vb_question_fill(const struct vb_question *question, const char *text)
{
    struct vb_buf buf = { 0 };
    vb_text_fill(&buf, &question->naming, text);
    const char *filled = vb_arena_strndup(question->arena, buf.len == 0 ? "" : buf.data, buf.len);
    vb_buf_finish(&buf);
    return filled;
}

void vb_question_say(const struct vb_question *question, const struct vb_value *value,
                     struct vb_buf *out)
{
    enum vb_phrase phrase = VB_SAY_NOT_FILLED_IN;
    if (vb_value_given(value)) {
        vb_term_kind_of(question->ask.item->kind)->say(question, value, out);
        return;
    }
    if (value->type == VB_VALUE_MISSING && value->number == VB_MISSING_DONT_KNOW)
        phrase = VB_SAY_DONT_KNOW;
    else if (value->type == VB_VALUE_MISSING && value->number == VB_MISSING_RATHER_NOT_SAY)
        phrase = VB_SAY_RATHER_NOT;
    vb_buf_puts(out, vb_phrase(question->tongue, phrase));
}

const struct vb_answers *vb_question_answers(const struct vb_question *question)
{
    return vb_item_answers(question->ask.plan, question->ask.item, question->ask.format);
}

bool vb_read_int(const char *line, int64_t *out)
{
    const char *digits = *line == '-' ? line + 1 : line;
    if (*digits == '\0' || digits[strspn(digits, "0123456789")] != '\0')
        return false;
    errno = 0;
    long long number = strtoll(line, NULL, 10);
    *out = number;
    return errno == 0;
}

int vb_read_ints(const char *line, int64_t *out, int most)
{
    char word[16];
    int count = 0;
    for (const char *at = line + strspn(line, " ,;"); *at != '\0'; at += strspn(at, " ,;")) {
        size_t len = strcspn(at, " ,;");
        if (count == most || len >= sizeof word)
            return -1;
        memcpy(word, at, len);
        word[len] = '\0';
        if (!vb_read_int(word, &out[count++]))
            return -1;
        at += len;
    }
    return count;
}

const char *const *vb_split_commas(struct vb_arena *arena, const char *line, int *count)
{
    const char **parts = vb_arena_alloc(arena, (strlen(line) + 2) * sizeof *parts);
    *count = 0;
    for (const char *at = line; *at != '\0';) {
        size_t len = strcspn(at, ",;");
        const char *next = at[len] == '\0' ? at + len : at + len + 1;
        while (len > 0 && *at == ' ')
            at++, len--;
        while (len > 0 && at[len - 1] == ' ')
            len--;
        if (len > 0)
            parts[(*count)++] = vb_arena_strndup(arena, at, len);
        at = next;
    }
    return parts;
}

static const char *option_text(const struct vb_question *question, const char *id)
{
    const struct vb_answers *answers = vb_question_answers(question);
    for (int i = 0; answers != NULL && i < answers->count; i++)
        if (answers->options[i].id != NULL && strcmp(answers->options[i].id, id) == 0)
            return vb_question_text(question, &answers->options[i].text);
    return id; /* an own word */
}

void vb_say_list(const struct vb_question *question, const cJSON *list, struct vb_buf *out)
{
    bool first = true;
    for (const cJSON *element = list->child; element != NULL; element = element->next) {
        const cJSON *other = cJSON_GetObjectItemCaseSensitive(element, "other");
        const char *text = cJSON_IsString(element) ? option_text(question, element->valuestring)
                           : cJSON_IsString(other) ? other->valuestring
                                                   : "";
        vb_buf_puts(out, first ? "" : ", ");
        vb_buf_puts(out, text);
        first = false;
    }
}

cJSON *vb_value_tree(const struct vb_value *value)
{
    vb_assert(value->type == VB_VALUE_JSON);
    cJSON *tree = cJSON_ParseWithLength(value->text, value->len);
    vb_assert(tree != NULL); /* canonical JSON that core/kinds wrote */
    return tree;
}
