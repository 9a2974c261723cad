/* term_draw.c - a drawing at a terminal: pieces (of a collage that is kept), an image file (shown
 * only, when none is kept), a few words, or only on paper.
 *
 * Which of these stand there follows from the item's tools and the policy. */
#include "term/term_kind.h"

static const struct {
    uint32_t tools;
    enum vb_phrase phrase;
} ways[] = {
    { VB_TOOL_PIECES, VB_SAY_BY_PIECES },
    { VB_TOOL_DRAW | VB_TOOL_PHOTO, VB_SAY_BY_FILE },
    { VB_TOOL_WORDS, VB_SAY_BY_WORDS },
    { VB_TOOL_PAPER, VB_SAY_BY_PAPER },
};
enum { WAY_COUNT = sizeof ways / sizeof ways[0] };

static bool offers(const struct vb_item *item, uint32_t tools)
{
    if ((tools & VB_TOOL_PIECES) != 0)
        return (item->tools & VB_TOOL_PIECES) != 0;
    return item->tools == 0 || (item->tools & tools) != 0; /* none named: every one */
}

static bool way_open(const struct vb_question *question, size_t way)
{
    const struct vb_item *item = question->ask.item;
    const struct vb_policy *policy = question->ask.policy;
    bool pieces = offers(item, VB_TOOL_PIECES);
    switch (ways[way].phrase) {
    case VB_SAY_BY_PIECES:
        return pieces && policy->drawing_keep && item->keep != VB_KEEP_NONE;
    case VB_SAY_BY_FILE: /* pieces that are not kept are shown to who sits there, as a photo is */
        return (offers(item, ways[way].tools) && policy->drawing_keep) ||
               (pieces && item->keep == VB_KEEP_NONE);
    case VB_SAY_BY_WORDS:
        return offers(item, ways[way].tools) && policy->free_text;
    default:
        return offers(item, ways[way].tools);
    }
}

/* What is not kept is shown to whoever sits there: no file is needed for that. */
static enum vb_phrase phrase_of(const struct vb_question *question, size_t way)
{
    bool shown = question->ask.item->keep == VB_KEEP_NONE;
    return shown && ways[way].phrase == VB_SAY_BY_FILE ? VB_SAY_BY_SHOWING : ways[way].phrase;
}

int vb_image_count(const struct vb_question *question)
{
    int count = 0;
    for (size_t i = 0; i < WAY_COUNT; i++)
        count += way_open(question, i);
    return count;
}

void vb_image_show(const struct vb_question *question)
{
    int number = 0;
    for (size_t i = 0; i < WAY_COUNT; i++)
        if (way_open(question, i))
            vb_screen_choice(&question->desk->screen, ++number,
                             vb_phrase(question->tongue, phrase_of(question, i)));
}

void vb_image_want(const struct vb_question *question, struct vb_buf *out)
{
    char range[32];
    snprintf(range, sizeof range, "1-%d", vb_image_count(question));
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

static enum vb_code ask_words(const struct vb_question *question, cJSON **json, struct vb_err *err)
{
    const char *line;
    vb_desk_say(question->desk, VB_PLAIN, 0, VB_ASK_WORDS, NULL);
    enum vb_code code = vb_desk_line(question->desk, question->arena, &line, err);
    if (code != VB_OK || line == NULL || line[0] == '\0')
        return code;
    int count;
    const char *const *words = vb_split_commas(question->arena, line, &count);
    *json = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(*json, "words");
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(list, cJSON_CreateString(words[i]));
    return VB_OK;
}

enum vb_code vb_image_read(const struct vb_question *question, const char *line, cJSON **json,
                           struct vb_err *err)
{
    int64_t chosen;
    if (!vb_read_int(line, &chosen))
        return VB_OK;
    for (size_t i = 0; i < WAY_COUNT; i++) {
        if (!way_open(question, i) || --chosen != 0)
            continue;
        if (ways[i].phrase == VB_SAY_BY_PIECES)
            return vb_pieces_read(question, json, err);
        if (phrase_of(question, i) == VB_SAY_BY_FILE)
            return ask_file(question, json, err);
        if (ways[i].phrase == VB_SAY_BY_WORDS)
            return ask_words(question, json, err);
        *json = cJSON_CreateObject();
        cJSON_AddTrueToObject(*json, "paper");
        return VB_OK;
    }
    return VB_OK;
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
        vb_buf_puts(out, vb_phrase(question->tongue, question->ask.item->keep == VB_KEEP_NONE
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
