/* term_triangle.c - three tokens, each put somewhere in a plane, one after the other.
 *
 * A place is two numbers from 0 to 100, how far to the right and how far up. Nothing is said about
 * where the others lie: that is for the talk. */
#include "term/term_kind.h"

static const char *token(const struct vb_question *question, int index)
{
    return vb_question_text(question, &vb_question_answers(question)->options[index].text);
}

static void show(const struct vb_question *question)
{
    int count = vb_question_answers(question)->count;
    const char **names = vb_arena_alloc(question->arena, (size_t)count * sizeof *names);
    for (int i = 0; i < count; i++)
        names[i] = token(question, i);
    vb_screen_parts(&question->desk->screen, 2, names, count);
}

static void want(const struct vb_question *question, struct vb_buf *out)
{
    vb_phrase_write(out, question->tongue, VB_WANT_PLACE, token(question, 0));
}

/* Two numbers, each within the plane; false: something else. */
static bool read_place(const char *line, int64_t place[2])
{
    if (line == NULL || vb_read_ints(line, place, 2) != 2)
        return false;
    for (int i = 0; i < 2; i++)
        if (place[i] < 0 || place[i] > VB_PLANE / VB_HUNDREDTH)
            return false;
    return true;
}

static void put_place(cJSON *places, const char *id, const int64_t place[2])
{
    cJSON *pair = cJSON_AddArrayToObject(places, id);
    for (int i = 0; i < 2; i++)
        cJSON_AddItemToArray(pair, cJSON_CreateNumber((double)(place[i] * VB_HUNDREDTH)));
}

/* The place of one token more; *given false: Enter, everything begins again. */
static enum vb_code ask_place(const struct vb_question *question, int index, int64_t place[2],
                              bool *given, struct vb_err *err)
{
    const char *line;
    do {
        vb_desk_say(question->desk, VB_PLAIN, 0, VB_WANT_PLACE, token(question, index));
        vb_desk_say(question->desk, VB_DIM, 0, VB_SAY_PLACE_AGAIN, NULL);
        enum vb_code code = vb_desk_line(question->desk, question->arena, &line, err);
        if (code != VB_OK)
            return code;
        *given = read_place(line, place);
    } while (!*given && (line == NULL || line[0] != '\0'));
    return VB_OK;
}

static enum vb_code read_line(const struct vb_question *question, const char *line, cJSON **json,
                              struct vb_err *err)
{
    const struct vb_answers *tokens = vb_question_answers(question);
    int64_t place[2];
    if (!read_place(line, place))
        return VB_OK;
    cJSON *places = cJSON_CreateObject();
    enum vb_code code = VB_OK;
    bool given = true;
    put_place(places, tokens->options[0].id, place);
    for (int i = 1; code == VB_OK && given && i < tokens->count; i++) {
        code = ask_place(question, i, place, &given, err);
        if (code == VB_OK && given)
            put_place(places, tokens->options[i].id, place);
    }
    if (code == VB_OK)
        *json = given ? places : cJSON_CreateNull();
    if (*json != places)
        cJSON_Delete(places);
    return code;
}

static void say(const struct vb_question *question, const struct vb_value *value,
                struct vb_buf *out)
{
    cJSON *tree = vb_value_tree(value);
    const cJSON *place = tree->child;
    for (int i = 0; place != NULL; i++, place = place->next) {
        char across[16], up[16];
        const char *const parts[] = { token(question, i), across, up };
        snprintf(across, sizeof across, "%d", place->child->valueint / VB_HUNDREDTH);
        snprintf(up, sizeof up, "%d", place->child->next->valueint / VB_HUNDREDTH);
        vb_buf_puts(out, i > 0 ? "; " : "");
        vb_phrase_write_all(out, question->tongue, VB_SAY_PLACE, parts, 3);
    }
    cJSON_Delete(tree);
}

const struct vb_term_kind vb_term_triangle = {
    .id = VB_TRIANGLE,
    .typed = true,
    .show = show,
    .want = want,
    .read = read_line,
    .say = say,
};
