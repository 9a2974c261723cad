#include "sheet/sheet_answer.h"

#include "base/str.h"
#include "data/json.h"
#include "sheet/sheet_picture.h"

enum { STEPS_MAX = 7, LINE_COLUMNS = 21 };

bool vb_answer_is_open(const struct vb_item *item)
{
    return item->kind == VB_TEXT || item->kind == VB_WORDS || vb_kind_is_made(item->kind);
}

/* -- words ------------------------------------------------------------------------------------ */

/* Of two workers a sentence about "the worker" names neither. */
static const char *label_of(const struct vb_result *result, const char *role)
{
    const char *label = NULL;
    int count = 0;
    for (int i = 0; i < result->respondent_count; i++)
        if (vb_streq(result->respondents[i].role, role)) {
            label = result->respondents[i].label;
            count++;
        }
    return count == 1 ? label : NULL;
}

struct vb_naming vb_answer_naming(const struct vb_result *result, int language, const char *member)
{
    return (struct vb_naming){
        .plan = result->plan,
        .language = language,
        .variant = result->variant,
        .setting = result->setting,
        .client = label_of(result, "client"),
        .professional = label_of(result, "professional"),
        .member = member,
    };
}

void vb_answer_text(struct vb_buf *out, const struct vb_result *result, int language,
                    const struct vb_text *text)
{
    struct vb_naming naming = vb_answer_naming(result, language, NULL);
    vb_text_fill(out, &naming, text->by_language[language]);
}

static const struct vb_option *option_of_value(const struct vb_answers *answers, int64_t value)
{
    for (int i = 0; answers != NULL && i < answers->count; i++)
        if (answers->options[i].value == value)
            return &answers->options[i];
    return NULL;
}

static void option_words(struct vb_buf *out, const struct vb_result *result,
                         const struct vb_option *option, int language)
{
    if (option != NULL)
        vb_answer_text(out, result, language, &option->text);
}

/* An id's text, or the person's own word. */
static void word_of(struct vb_buf *out, const struct vb_result *result,
                    const struct vb_answers *answers, const char *word, int language)
{
    for (int i = 0; answers != NULL && i < answers->count; i++)
        if (vb_streq(answers->options[i].id, word)) {
            option_words(out, result, &answers->options[i], language);
            return;
        }
    vb_buf_puts(out, word);
}

static void list_words(struct vb_buf *out, const struct vb_result *result,
                       const struct vb_answers *answers, const cJSON *list, int language)
{
    const cJSON *entry;
    const char *between = "";
    cJSON_ArrayForEach(entry, list)
    {
        const cJSON *word = cJSON_IsObject(entry) ? entry->child : entry;
        if (!cJSON_IsString(word))
            continue;
        vb_buf_puts(out, between);
        word_of(out, result, answers, word->valuestring, language);
        between = ", ";
    }
}

/* Several choices, own words, places, key words of a drawing, an image, or paper. */
static void json_words(struct vb_buf *out, const struct vb_result *result,
                       const struct vb_sheet_words *words, const struct vb_answers *answers,
                       const struct vb_item *item, int language, const struct vb_value *value)
{
    struct vb_err err;
    cJSON *tree = NULL;
    if (vb_json_parse(&tree, value->text, value->len, value->len, &err) != VB_OK) {
        vb_buf_put(out, value->text, value->len); /* as it stands, rather than nothing */
        return;
    }
    const cJSON *own = cJSON_GetObjectItemCaseSensitive(tree, "other");
    const cJSON *keys = cJSON_GetObjectItemCaseSensitive(tree, "words");
    if (cJSON_IsArray(tree))
        list_words(out, result, answers, tree, language);
    else if (cJSON_IsString(own))
        vb_buf_puts(out, own->valuestring);
    else if (cJSON_IsArray(keys))
        list_words(out, result, NULL, keys, language); /* all of them the person's own */
    else if (cJSON_HasObjectItem(tree, "paper"))
        vb_buf_puts(out, item->keep == VB_KEEP_NONE || item->keep == VB_KEEP_ASK ? words->not_kept
                                                                                 : words->on_paper);
    else if (!vb_picture_words(out, result, words, language, item, tree))
        vb_buf_puts(out, item->kind == VB_DRAW ? words->drawing : words->photo);
    cJSON_Delete(tree);
}

static void vas_words(struct vb_buf *out, const struct vb_result *result,
                      const struct vb_item *item, int language)
{
    if (item->left == NULL || item->right == NULL)
        return;
    vb_answer_text(out, result, language, item->left);
    vb_buf_puts(out, " - ");
    vb_answer_text(out, result, language, item->right);
}

/* A number as it is written in this language: 2,5 or 2.5. */
static void decimal_words(struct vb_buf *out, const struct vb_sheet_words *words, int64_t milli)
{
    size_t from = out->len;
    vb_milli_write(out, milli);
    char *point = strchr(out->data + from, '.');
    if (point != NULL)
        *point = words->decimal;
}

void vb_answer_words(struct vb_buf *out, const struct vb_result *result,
                     const struct vb_sheet_words *words, int language, const struct vb_item *item,
                     const struct vb_value *value)
{
    const struct vb_answers *answers = vb_item_answers(result->plan, item, result->format);
    switch (value->type) {
    case VB_VALUE_NONE:
    case VB_VALUE_MISSING:
        vb_buf_puts(out, words->missing);
        break;
    case VB_VALUE_INT:
        if (item->kind == VB_VAS)
            vas_words(out, result, item, language);
        else
            option_words(out, result, option_of_value(answers, value->number), language);
        break;
    case VB_VALUE_BOOL:
        vb_buf_puts(out, value->number != 0 ? words->yes : words->no);
        break;
    case VB_VALUE_MILLI:
        decimal_words(out, words, value->number);
        break;
    case VB_VALUE_DATE:
        vb_sheet_words_date(out, words, value->text);
        break;
    case VB_VALUE_OPTION:
        vb_assert(answers != NULL);
        vb_assert(value->number >= 0 && value->number < answers->count);
        option_words(out, result, &answers->options[value->number], language);
        break;
    case VB_VALUE_JSON:
        json_words(out, result, words, answers, item, language, value);
        break;
    default: /* text */
        vb_buf_put(out, value->text, value->len);
    }
}

/* -- places ----------------------------------------------------------------------------------- */

/* Steps of a likert or faces item that fit as single marks, else 0. */
static int steps_of(const struct vb_result *result, const struct vb_item *item)
{
    if (item->kind != VB_LIKERT && item->kind != VB_FACES)
        return 0;
    const struct vb_answers *answers = vb_item_answers(result->plan, item, result->format);
    return answers != NULL && answers->count <= STEPS_MAX ? answers->count : 0;
}

static bool has_line(const struct vb_item *item)
{
    return item->kind == VB_LIKERT || item->kind == VB_FACES || item->kind == VB_VAS ||
           (item->kind == VB_NUMBER && item->has_min && item->has_max && item->max > item->min);
}

int vb_answer_line_columns(const struct vb_result *result, const struct vb_item *item)
{
    if (!has_line(item))
        return 0;
    int steps = steps_of(result, item);
    return steps > 0 ? steps + 2 * (steps - 1) : LINE_COLUMNS;
}

/* A line of columns with mark at place; place -1: no mark. */
static void plain_line(struct vb_buf *out, int columns, int place, const char *mark)
{
    for (int i = 0; i < columns; i++)
        vb_buf_puts(out, i == place ? mark : i == 0 ? "├" : i == columns - 1 ? "┤" : "─");
}

/* 0..columns-1 for value in min..max, in whole numbers only. */
static int place_of(int64_t value, int64_t min, int64_t max, int columns)
{
    int64_t place = vb_round_half_even((value - min) * (columns - 1), max - min);
    return place < 0 ? 0 : place > columns - 1 ? columns - 1 : (int)place;
}

static void step_line(struct vb_buf *out, const struct vb_answers *answers,
                      const struct vb_value *value, const struct vb_marks *marks)
{
    for (int i = 0; i < answers->count; i++) {
        bool here = value->type == VB_VALUE_INT && answers->options[i].value == value->number;
        vb_buf_puts(out, i > 0 ? "──" : "");
        vb_buf_puts(out, here ? marks->full : marks->empty);
    }
}

static bool range_of(const struct vb_result *result, const struct vb_item *item, int64_t *min,
                     int64_t *max)
{
    const struct vb_answers *answers = vb_item_answers(result->plan, item, result->format);
    *min = answers != NULL ? answers->min : item->kind == VB_VAS ? 0 : item->min;
    *max = answers != NULL ? answers->max : item->kind == VB_VAS ? 1000 : item->max;
    return *max > *min;
}

void vb_answer_line(struct vb_buf *out, const struct vb_result *result, const struct vb_item *item,
                    const struct vb_value *value, const struct vb_marks *marks)
{
    const struct vb_answers *answers = vb_item_answers(result->plan, item, result->format);
    if (!has_line(item))
        return;
    if (steps_of(result, item) > 0) {
        step_line(out, answers, value, marks);
        return;
    }
    int64_t min, max;
    bool given = range_of(result, item, &min, &max) && vb_value_given(value);
    int place = given ? place_of(value->number, min, max, LINE_COLUMNS) : -1;
    plain_line(out, LINE_COLUMNS, place, marks->full);
}

void vb_answer_score(struct vb_buf *out, const struct vb_score *score, int columns,
                     const char *mark)
{
    bool given = score->any && score->given;
    plain_line(out, columns, given ? place_of(score->pomp_tenths, 0, 1000, columns) : -1, mark);
}

/* -- places of a picture ---------------------------------------------------------------------- */

bool vb_answer_axis(const struct vb_result *result, const struct vb_item *item, int *steps)
{
    *steps = steps_of(result, item);
    return has_line(item);
}

int vb_answer_place(const struct vb_result *result, const struct vb_item *item,
                    const struct vb_value *value)
{
    const struct vb_answers *answers = vb_item_answers(result->plan, item, result->format);
    int64_t min, max;
    int steps = steps_of(result, item);
    if (!has_line(item) || !vb_value_given(value))
        return -1;
    for (int i = 0; i < steps; i++)
        if (value->type == VB_VALUE_INT && answers->options[i].value == value->number)
            return i * 1000 / (steps - 1 > 0 ? steps - 1 : 1);
    return steps == 0 && range_of(result, item, &min, &max)
               ? place_of(value->number, min, max, 1001)
               : -1;
}

bool vb_answer_ends(struct vb_buf *left, struct vb_buf *right, const struct vb_result *result,
                    const struct vb_sheet_words *words, int language, const struct vb_item *item)
{
    const struct vb_answers *answers = vb_item_answers(result->plan, item, result->format);
    if (!has_line(item))
        return false;
    if (item->kind == VB_VAS && item->left != NULL && item->right != NULL) {
        vb_answer_text(left, result, language, item->left);
        vb_answer_text(right, result, language, item->right);
    } else if (item->kind == VB_NUMBER) {
        decimal_words(left, words, item->min);
        decimal_words(right, words, item->max);
    } else if (answers != NULL && answers->count > 1) {
        option_words(left, result, &answers->options[0], language);
        option_words(right, result, &answers->options[answers->count - 1], language);
    } else {
        return false;
    }
    return true;
}

void vb_answer_tenth(struct vb_buf *out, const struct vb_sheet_words *words, int place)
{
    vb_buf_printf(out, words->tenth, (int)vb_round_half_even(place, 100));
}

void vb_answer_score_words(struct vb_buf *out, const struct vb_result *result,
                           const struct vb_sheet_words *words, int language,
                           const struct vb_score *score)
{
    const struct vb_plan *plan = result->plan;
    const struct vb_answers *answers = result->format >= 0 && result->format < plan->format_count
                                           ? &plan->formats[result->format].answers
                                           : NULL;
    if (answers == NULL || answers->count < 2) {
        vb_answer_tenth(out, words, (int)score->pomp_tenths);
        return;
    }
    int64_t along = (int64_t)score->pomp_tenths * (answers->count - 1);
    int low = (int)(along / 1000);
    struct vb_buf under = { 0 }, over = { 0 };
    option_words(&under, result, &answers->options[low], language);
    if (along % 1000 == 0) {
        vb_buf_put(out, under.data, under.len);
    } else {
        option_words(&over, result, &answers->options[low + 1], language);
        vb_buf_printf(out, words->between, under.data == NULL ? "" : under.data,
                      over.data == NULL ? "" : over.data);
    }
    vb_buf_finish(&under);
    vb_buf_finish(&over);
}
