#include "sheet/sheet_picture.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/str.h"
#include "base/utf8.h"
#include "data/json.h"
#include "sheet/sheet_answer.h"
#include "sheet/svg.h"

enum { LETTER_SIZE = 16, GRID_COLUMNS = 21, GRID_ROWS = 11 };

static cJSON *tree_of(const struct vb_value *value)
{
    struct vb_err err;
    cJSON *tree = NULL;
    if (value->type == VB_VALUE_JSON)
        (void)vb_json_parse(&tree, value->text, value->len, value->len, &err);
    return tree;
}

struct shown {
    const struct vb_result *result;
    int language;
    const struct vb_item *item;
};

/* A piece's or token's word. */
static void put_label(struct vb_buf *out, const struct shown *shown, int index)
{
    vb_answer_text(out, shown->result, shown->language, &shown->item->answers->options[index].text);
}

/* -- letters ---------------------------------------------------------------------------------- */

static void initial(char out[LETTER_SIZE], const struct shown *shown, int index)
{
    utf8proc_int32_t point = 0;
    struct vb_buf label = { 0 };
    put_label(&label, shown, index);
    memset(out, 0, LETTER_SIZE);
    if (utf8proc_iterate((const utf8proc_uint8_t *)label.data, (utf8proc_ssize_t)label.len,
                         &point) > 0 &&
        point > ' ')
        utf8proc_encode_char(utf8proc_toupper(point), (utf8proc_uint8_t *)out);
    vb_buf_finish(&label);
}

/* A token has the first letter of its word, or its number where two begin alike. */
static void letter_of(char out[LETTER_SIZE], const struct shown *shown, int index)
{
    initial(out, shown, index);
    bool alone = out[0] != '\0';
    for (int i = 0; i < shown->item->answers->count; i++) {
        char other[LETTER_SIZE];
        initial(other, shown, i);
        alone = alone && (i == index || !vb_streq(other, out));
    }
    if (!alone)
        snprintf(out, LETTER_SIZE, "%d", index + 1);
}

/* -- words ------------------------------------------------------------------------------------ */

static int hundredths(int place)
{
    return (place + 5) / 10;
}

static bool has_tokens(const struct vb_item *item, const cJSON *tree)
{
    return item->kind == VB_TRIANGLE && cJSON_IsObject(tree) &&
           cJSON_GetArraySize(tree) == item->answers->count;
}

static void token_words(struct vb_buf *out, const struct vb_sheet_words *words,
                        const struct shown *shown, const cJSON *tree)
{
    const cJSON *place = tree->child;
    for (int i = 0; i < shown->item->answers->count; i++, place = place->next) {
        char letter[LETTER_SIZE];
        letter_of(letter, shown, i);
        vb_buf_printf(out, "%s%s ", i > 0 ? ";\n" : "", letter);
        put_label(out, shown, i);
        vb_buf_puts(out, ": ");
        vb_buf_printf(out, words->place, hundredths(place->child->valueint),
                      hundredths(place->child->next->valueint));
    }
}

/* -1: no piece of this item. */
static int piece_index(const struct vb_item *item, const cJSON *piece)
{
    const char *id = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(piece, "id"));
    for (int i = 0; item->answers != NULL && i < item->answers->count; i++)
        if (vb_streq(item->answers->options[i].id, id))
            return i;
    return -1;
}

static int number_of(const cJSON *piece, const char *name)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(piece, name);
    return number == NULL ? 0 : number->valueint;
}

static void piece_words(struct vb_buf *out, const struct vb_sheet_words *words,
                        const struct shown *shown, const cJSON *pieces)
{
    const char *between = "";
    const cJSON *piece;
    cJSON_ArrayForEach(piece, pieces)
    {
        int index = piece_index(shown->item, piece), turn = number_of(piece, "turn");
        if (index < 0)
            continue;
        vb_buf_puts(out, between);
        put_label(out, shown, index);
        vb_buf_puts(out, ": ");
        vb_buf_printf(out, words->place, hundredths(number_of(piece, "x")),
                      hundredths(number_of(piece, "y")));
        if (turn != 0)
            vb_buf_printf(out, words->turned, turn);
        between = ";\n";
    }
}

bool vb_picture_words(struct vb_buf *out, const struct vb_result *result,
                      const struct vb_sheet_words *words, int language, const struct vb_item *item,
                      const cJSON *tree)
{
    const struct shown shown = { result, language, item };
    const cJSON *pieces = cJSON_GetObjectItemCaseSensitive(tree, "pieces");
    if (has_tokens(item, tree))
        token_words(out, words, &shown, tree);
    else if (item->kind == VB_COLLAGE && cJSON_IsArray(pieces))
        piece_words(out, words, &shown, pieces);
    else
        return false;
    return true;
}

/* -- in characters ---------------------------------------------------------------------------- */

/* The cell of a place; the next one that is free where another token has it already. */
static int cell_of(const int *taken, int count, int x, int y)
{
    int column = (x * (GRID_COLUMNS - 1) + VB_PLANE / 2) / VB_PLANE;
    int row = GRID_ROWS - 1 - (y * (GRID_ROWS - 1) + VB_PLANE / 2) / VB_PLANE;
    int step = column < GRID_COLUMNS / 2 ? 1 : -1;
    for (int i = 0; i < count; i++)
        if (taken[i] == row * GRID_COLUMNS + column) {
            column += step;
            i = -1; /* the neighbour may be taken too */
        }
    return row * GRID_COLUMNS + column;
}

static void edge(struct vb_buf *out, const char *left, const char *right)
{
    vb_buf_puts(out, left);
    for (int i = 0; i < GRID_COLUMNS; i++)
        vb_buf_puts(out, "─");
    vb_buf_printf(out, "%s\n", right);
}

void vb_picture_grid(struct vb_buf *out, const struct vb_result *result, int language,
                     const struct vb_item *item, const struct vb_value *value)
{
    const struct shown shown = { result, language, item };
    cJSON *tree = tree_of(value);
    int cells[VB_TOKENS], count = 0;
    if (has_tokens(item, tree) && item->answers->count == VB_TOKENS) {
        for (const cJSON *place = tree->child; place != NULL; place = place->next, count++)
            cells[count] =
                cell_of(cells, count, place->child->valueint, place->child->next->valueint);
        edge(out, "┌", "┐");
        for (int cell = 0; cell < GRID_COLUMNS * GRID_ROWS; cell++) {
            char letter[LETTER_SIZE] = "·";
            for (int i = 0; i < count; i++)
                if (cells[i] == cell)
                    letter_of(letter, &shown, i);
            vb_buf_printf(out, "%s%s%s", cell % GRID_COLUMNS == 0 ? "│" : "", letter,
                          cell % GRID_COLUMNS == GRID_COLUMNS - 1 ? "│\n" : "");
        }
        edge(out, "└", "┘");
    }
    cJSON_Delete(tree);
}

/* -- on a page -------------------------------------------------------------------------------- */

static void tokens_svg(struct vb_buf *out, const struct shown *shown, const cJSON *tree)
{
    struct vb_spot spots[VB_TOKENS];
    char letters[VB_TOKENS][LETTER_SIZE];
    int count = 0;
    for (const cJSON *place = tree->child; place != NULL && count < VB_TOKENS;
         place = place->next, count++) {
        static const enum vb_shape shapes[VB_TOKENS] = { VB_SHAPE_CIRCLE, VB_SHAPE_SQUARE,
                                                         VB_SHAPE_DIAMOND };
        letter_of(letters[count], shown, count);
        spots[count] = (struct vb_spot){ place->child->valueint, place->child->next->valueint,
                                         shapes[count], letters[count] };
    }
    vb_svg_plane(out, spots, count);
}

static void pieces_svg(struct vb_buf *out, const struct shown *shown, const cJSON *pieces)
{
    const cJSON *piece;
    vb_svg_pieces_begin(out);
    cJSON_ArrayForEach(piece, pieces)
    {
        int index = piece_index(shown->item, piece);
        struct vb_buf label = { 0 };
        if (index < 0)
            continue;
        put_label(&label, shown, index);
        vb_svg_piece(out, number_of(piece, "x"), number_of(piece, "y"), number_of(piece, "turn"),
                     label.data == NULL ? "" : label.data);
        vb_buf_finish(&label);
    }
    vb_svg_pieces_end(out);
}

bool vb_picture_svg(struct vb_buf *out, const struct vb_result *result, int language,
                    const struct vb_item *item, const struct vb_value *value)
{
    const struct shown shown = { result, language, item };
    cJSON *tree = tree_of(value);
    const cJSON *pieces = cJSON_GetObjectItemCaseSensitive(tree, "pieces");
    bool placed = item->kind == VB_COLLAGE && cJSON_IsArray(pieces);
    if (has_tokens(item, tree))
        tokens_svg(out, &shown, tree);
    else if (placed)
        pieces_svg(out, &shown, pieces);
    cJSON_Delete(tree);
    return placed;
}
