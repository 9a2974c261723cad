/* term_draw.c - a drawing at a terminal: pieces (of a collage that is kept), shown and not kept, an
 * image file, a few words, or only on paper.
 *
 * Which of these stand there follows from the item's tools, what it keeps, the policy, and the way
 * that was chosen in a question before it (the field by). */
#include "term/term_kind.h"

enum { IMAGE = VB_TOOL_DRAW | VB_TOOL_PHOTO };

static const struct way {
    uint32_t tools;
    enum vb_phrase phrase;
    const char *keep; /* of a question that asks: what the person says with it */
} ways[] = {
    { VB_TOOL_PIECES, VB_SAY_BY_PIECES, "until" },
    { IMAGE, VB_SAY_BY_SHOWING, NULL }, /* to whoever sits there: no file is needed for that */
    { IMAGE, VB_SAY_BY_FILE, NULL },
    { IMAGE, VB_SAY_BY_GIVING, "give" },
    { IMAGE, VB_SAY_BY_KEEPING, "until" },
    { VB_TOOL_WORDS, VB_SAY_BY_WORDS, NULL },
    { VB_TOOL_PAPER, VB_SAY_BY_PAPER, NULL },
};
enum { WAY_COUNT = sizeof ways / sizeof ways[0] };

static bool offers(const struct vb_item *item, uint32_t tools)
{
    if ((tools & VB_TOOL_PIECES) != 0)
        return (item->tools & VB_TOOL_PIECES) != 0;
    return item->tools == 0 || (item->tools & tools) != 0; /* none named: every one */
}

/* May it stay in some way that this question knows? */
static bool image_open(const struct vb_question *question, enum vb_phrase phrase)
{
    const struct vb_item *item = question->ask.item;
    bool image = offers(item, IMAGE) && question->ask.policy->drawing_keep;
    switch (phrase) {
    case VB_SAY_BY_SHOWING: /* pieces that are not kept are shown as a photo is */
        return (item->keep == VB_KEEP_NONE || item->keep == VB_KEEP_ASK) &&
               (image || offers(item, VB_TOOL_PIECES));
    case VB_SAY_BY_FILE:
        return image && (item->keep == VB_KEEP_GIVE || item->keep == VB_KEEP_UNTIL);
    case VB_SAY_BY_GIVING:
        return image && item->keep == VB_KEEP_ASK;
    default:
        return image && item->keep == VB_KEEP_ASK && item->keep_days > 0;
    }
}

static bool way_open(const struct vb_question *question, const struct way *way)
{
    const struct vb_item *item = question->ask.item;
    if (question->by != 0 && (way->tools & (question->by | VB_TOOL_PIECES)) == 0)
        return false;
    if (way->tools == IMAGE)
        return image_open(question, way->phrase);
    if (way->tools == VB_TOOL_PIECES)
        return offers(item, VB_TOOL_PIECES) && question->ask.policy->drawing_keep &&
               item->keep != VB_KEEP_NONE && (item->keep != VB_KEEP_ASK || item->keep_days > 0);
    return offers(item, way->tools) &&
           (way->tools != VB_TOOL_WORDS || question->ask.policy->free_text);
}

static int open_count(const struct vb_question *question)
{
    int count = 0;
    for (size_t i = 0; i < WAY_COUNT; i++)
        count += way_open(question, &ways[i]);
    return count;
}

/* The way with this number, NULL: there is none. */
static const struct way *way_at(const struct vb_question *question, int64_t number)
{
    for (size_t i = 0; i < WAY_COUNT; i++)
        if (way_open(question, &ways[i]) && --number == 0)
            return &ways[i];
    return NULL;
}

/* Where words are the only way they are typed at once. */
static bool only_words(const struct vb_question *question)
{
    return open_count(question) == 1 && way_at(question, 1)->tools == VB_TOOL_WORDS;
}

int vb_image_count(const struct vb_question *question)
{
    return only_words(question) ? 0 : open_count(question);
}

static void show_way(const struct vb_question *question, int number, const struct way *way)
{
    const struct vb_item *item = question->ask.item;
    struct vb_buf text = { 0 };
    enum vb_phrase phrase = way->tools == VB_TOOL_PIECES && item->keep == VB_KEEP_ASK
                                ? VB_SAY_BY_PIECES_KEPT
                                : way->phrase;
    vb_phrase_write(&text, question->tongue, phrase,
                    vb_arena_printf(question->arena, "%d", item->keep_days));
    vb_screen_choice(&question->desk->screen, number, text.data);
    vb_buf_finish(&text);
}

void vb_image_show(const struct vb_question *question)
{
    if (only_words(question))
        vb_desk_say(question->desk, VB_PLAIN, 0, VB_ASK_WORDS, NULL);
    for (int i = 1; i <= vb_image_count(question); i++)
        show_way(question, i, way_at(question, i));
}

void vb_image_want(const struct vb_question *question, struct vb_buf *out)
{
    char range[32];
    if (only_words(question)) {
        vb_buf_puts(out, vb_phrase(question->tongue, VB_ASK_WORDS));
        return;
    }
    snprintf(range, sizeof range, "1-%d", open_count(question));
    vb_phrase_write(out, question->tongue, VB_WANT_NUMBER_OF, range);
}

static enum vb_code ask_file(const struct vb_question *question, cJSON **json, struct vb_err *err)
{
    const char *line;
    vb_desk_say(question->desk, VB_PLAIN, 0, VB_ASK_FILE, NULL);
    enum vb_code code = vb_desk_line(question->desk, question->arena, &line, err);
    if (code != VB_OK || line == NULL || line[0] == '\0')
        return code;
    *json = cJSON_CreateObject();
    cJSON_AddStringToObject(*json, "file", line);
    return VB_OK;
}

static void take_words(const struct vb_question *question, const char *line, cJSON **json)
{
    int count;
    const char *const *words = vb_split_commas(question->arena, line, &count);
    *json = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(*json, "words");
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(list, cJSON_CreateString(words[i]));
}

static enum vb_code ask_words(const struct vb_question *question, cJSON **json, struct vb_err *err)
{
    const char *line;
    vb_desk_say(question->desk, VB_PLAIN, 0, VB_ASK_WORDS, NULL);
    enum vb_code code = vb_desk_line(question->desk, question->arena, &line, err);
    if (code == VB_OK && line != NULL && line[0] != '\0')
        take_words(question, line, json);
    return code;
}

static enum vb_code read_way(const struct vb_question *question, const struct way *way,
                             cJSON **json, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    if (way->tools == VB_TOOL_PIECES) {
        code = vb_pieces_read(question, json, err);
    } else if (way->tools == VB_TOOL_WORDS) {
        code = ask_words(question, json, err);
    } else if (way->tools == IMAGE && way->phrase != VB_SAY_BY_SHOWING) {
        code = ask_file(question, json, err);
    } else {
        *json = cJSON_CreateObject();
        cJSON_AddTrueToObject(*json, "paper");
    }
    if (way->keep != NULL && question->ask.item->keep == VB_KEEP_ASK && cJSON_IsObject(*json))
        cJSON_AddStringToObject(*json, "keep", way->keep);
    return code;
}

enum vb_code vb_image_read(const struct vb_question *question, const char *line, cJSON **json,
                           struct vb_err *err)
{
    int64_t number;
    if (only_words(question)) {
        take_words(question, line, json);
        return VB_OK;
    }
    const struct way *way = vb_read_int(line, &number) ? way_at(question, number) : NULL;
    return way == NULL ? VB_OK : read_way(question, way, json, err);
}

void vb_image_say(const struct vb_question *question, const struct vb_value *value,
                  struct vb_buf *out)
{
    cJSON *tree = vb_value_tree(value);
    const cJSON *words = cJSON_GetObjectItemCaseSensitive(tree, "words");
    const cJSON *pieces = cJSON_GetObjectItemCaseSensitive(tree, "pieces");
    if (cJSON_IsArray(pieces))
        vb_pieces_say(question, pieces, out);
    else if (cJSON_IsArray(words))
        vb_say_list(question, words, out);
    else if (cJSON_GetObjectItemCaseSensitive(tree, "paper") != NULL)
        vb_buf_puts(out, vb_phrase(question->tongue, image_open(question, VB_SAY_BY_SHOWING)
                                                         ? VB_SAY_NOT_KEPT
                                                         : VB_SAY_ON_PAPER));
    else
        vb_buf_puts(out, vb_phrase(question->tongue, VB_SAY_IMAGE));
    cJSON_Delete(tree);
}

const struct vb_term_kind vb_term_draw = {
    .id = VB_DRAW,
    .show = vb_image_show,
    .count = vb_image_count,
    .want = vb_image_want,
    .read = vb_image_read,
    .say = vb_image_say,
};
