/* term_collage.c - a picture made of pieces comes in like a drawing, and where it is kept also
 * piece by piece: which one, its place as two numbers from 0 to 100, and how far it is turned. */
#include "term/term_kind.h"

/* "2 30 70 90" as a piece, NULL: something else. */
static cJSON *read_piece(const struct vb_answers *pieces, const char *line)
{
    int64_t numbers[4] = { 0 };
    int count = line == NULL ? -1 : vb_read_ints(line, numbers, 4);
    if (count < 3 || numbers[0] < 1 || numbers[0] > pieces->count || numbers[3] < 0 ||
        numbers[3] >= VB_TURN)
        return NULL;
    for (int i = 1; i <= 2; i++)
        if (numbers[i] < 0 || numbers[i] > VB_PLANE / VB_HUNDREDTH)
            return NULL;
    cJSON *piece = cJSON_CreateObject();
    cJSON_AddStringToObject(piece, "id", pieces->options[numbers[0] - 1].id);
    cJSON_AddNumberToObject(piece, "x", (double)(numbers[1] * VB_HUNDREDTH));
    cJSON_AddNumberToObject(piece, "y", (double)(numbers[2] * VB_HUNDREDTH));
    cJSON_AddNumberToObject(piece, "turn", (double)numbers[3]);
    return piece;
}

static void show_pieces(const struct vb_question *question)
{
    const struct vb_answers *pieces = vb_question_answers(question);
    for (int i = 0; i < pieces->count; i++)
        vb_screen_choice(&question->desk->screen, i + 1,
                         vb_question_text(question, &pieces->options[i].text));
    vb_screen_gap(&question->desk->screen);
    vb_desk_say(question->desk, VB_PLAIN, 0, VB_WANT_PIECE, NULL);
}

/* Adds pieces to list until Enter, or until there is no room. */
static enum vb_code fill(const struct vb_question *question, cJSON *list, struct vb_err *err)
{
    const char *line = "";
    while (cJSON_GetArraySize(list) < question->ask.item->max) {
        enum vb_code code = vb_desk_line(question->desk, question->arena, &line, err);
        if (code != VB_OK)
            return code;
        if (line != NULL && line[0] == '\0')
            return VB_OK;
        cJSON *piece = read_piece(vb_question_answers(question), line);
        if (piece != NULL)
            cJSON_AddItemToArray(list, piece);
        const char *lie = vb_arena_printf(question->arena, "%d", cJSON_GetArraySize(list));
        vb_desk_say(question->desk, VB_PLAIN, 0, piece == NULL ? VB_WANT_PIECE : VB_SAY_PIECES_LEFT,
                    lie);
    }
    vb_desk_say(question->desk, VB_PLAIN, 0, VB_SAY_PIECES_FULL, NULL);
    return VB_OK;
}

enum vb_code vb_pieces_read(const struct vb_question *question, cJSON **json, struct vb_err *err)
{
    cJSON *tree = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(tree, "pieces");
    show_pieces(question);
    enum vb_code code = fill(question, list, err);
    bool any = list->child != NULL;
    if (code == VB_OK)
        *json = any ? tree : cJSON_CreateNull(); /* nothing placed: the question stands again */
    if (*json != tree)
        cJSON_Delete(tree);
    return code;
}

void vb_pieces_say(const struct vb_question *question, const cJSON *pieces, struct vb_buf *out)
{
    cJSON *ids = cJSON_CreateArray();
    const cJSON *piece;
    cJSON_ArrayForEach(piece, pieces)
    {
        const cJSON *id = cJSON_GetObjectItemCaseSensitive(piece, "id");
        cJSON_AddItemToArray(ids, cJSON_CreateString(cJSON_GetStringValue(id)));
    }
    vb_say_list(question, ids, out);
    cJSON_Delete(ids);
}

const struct vb_term_kind vb_term_collage = {
    .id = VB_COLLAGE,
    .show = vb_image_show,
    .count = vb_image_count,
    .want = vb_image_want,
    .read = vb_image_read,
    .say = vb_image_say,
};
