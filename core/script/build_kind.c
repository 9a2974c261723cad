/* What each kind of question has of its own, and whether it can be scored. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "script/build.h"

static const double number_limit = 1e12;

static void labelled(struct vb_build *build, const struct vb_place *place,
                     const struct vb_raw_table *table, struct vb_item *item)
{
    const struct vb_raw *raw = vb_raw_get(table, "answers");
    if (raw->type == VB_RAW_NODE)
        item->answers = vb_build_answers(build, raw->node);
    else if (raw->type == VB_RAW_NIL && build->plan->format_count == 0 &&
             vb_raw_get(&build->node->table, "formats")->type == VB_RAW_NIL)
        vb_error_at(build, place, "missing-answers",
                    "give it answers = v.answers { ... }, or the instrument formats",
                    "has no answers, and the instrument has no formats");
}

static void vas(struct vb_build *build, const struct vb_place *place,
                const struct vb_raw_table *table, struct vb_item *item)
{
    item->left = vb_get_text(build, place, table, "left");
    item->right = vb_get_text(build, place, table, "right");
    item->max = 1000;
    item->has_min = item->has_max = true;
}

static void choice(struct vb_build *build, const struct vb_place *place,
                   const struct vb_raw_table *table, struct vb_item *item)
{
    bool words = item->kind == VB_WORDS;
    const struct vb_raw_table *options = vb_get_table(table, "options");
    item->answers = vb_build_options(build, place, options, &vb_constructors[VB_PLAIN_OPTION]);
    if (!words && vb_raw_get(table, "options")->type == VB_RAW_TABLE && options->list_count < 2)
        vb_error_at(build, place, "bad-options", "give at least two", "has %d options",
                    options->list_count);
    item->own = words && vb_get_bool(table, "own", true);
    item->other = !words && vb_get_bool(table, "other", false);
    int most = !words && options->list_count > 0 ? options->list_count + item->other : 100;
    item->max = vb_get_int(build, place, table, "max", 1, most, words ? 10 : 1);
    item->has_max = true;
    if (words && !item->own && options->list_count == 0 &&
        vb_raw_get(table, "own")->type == VB_RAW_BOOL)
        vb_error_at(build, place, "bad-options", "give options, or allow own words",
                    "has no options and takes no own words");
}

static void text(struct vb_build *build, const struct vb_place *place,
                 const struct vb_raw_table *table, struct vb_item *item)
{
    item->max = vb_get_int(build, place, table, "max", 1, 10000, 2000);
    item->has_max = true;
}

/* Thousandths of a number with at most three decimals. */
static bool take_number(struct vb_build *build, const struct vb_place *place,
                        const struct vb_raw_table *table, const char *name, int64_t *milli)
{
    const struct vb_raw *raw = vb_raw_get(table, name);
    if (raw->type != VB_RAW_INT && raw->type != VB_RAW_FLOAT)
        return false;
    double value = raw->type == VB_RAW_INT ? (double)raw->integer : raw->number;
    double exact = nearbyint(value * 1000);
    if (isfinite(value) && fabs(value) <= number_limit && fabs(value * 1000 - exact) < 1e-3) {
        *milli = (int64_t)exact;
        return true;
    }
    vb_error_at(build, place, "wrong-value", "use a number with at most three decimals",
                "%s cannot be that number", name);
    return false;
}

static void check_order(struct vb_build *build, const struct vb_place *place,
                        const struct vb_item *item)
{
    if (item->has_min && item->has_max && item->min >= item->max)
        vb_error_at(build, place, "wrong-value", "let min be less than max",
                    "min is not less than max");
}

static void number(struct vb_build *build, const struct vb_place *place,
                   const struct vb_raw_table *table, struct vb_item *item)
{
    item->has_min = take_number(build, place, table, "min", &item->min);
    item->has_max = take_number(build, place, table, "max", &item->max);
    item->integer = vb_get_bool(table, "integer", false);
    check_order(build, place, item);
}

static bool parse_date(const char *s, int64_t *out)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (strlen(s) != 10 || strspn(s, "0123456789-") != 10 || s[4] != '-' || s[7] != '-')
        return false;
    for (int i = 0; i < 10; i++)
        if ((s[i] == '-') != (i == 4 || i == 7))
            return false;
    long year = strtol(s, NULL, 10), month = strtol(s + 5, NULL, 10), day = strtol(s + 8, NULL, 10);
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    *out = year * 10000 + month * 100 + day;
    return day <= days[month - 1] + (month == 2 && leap);
}

static bool take_date(struct vb_build *build, const struct vb_place *place,
                      const struct vb_raw_table *table, const char *name, int64_t *out)
{
    const char *s = vb_get_string(table, name);
    if (s == NULL || parse_date(s, out))
        return s != NULL;
    vb_error_at(build, place, "wrong-value", "write a day as 2026-11-21", "%s cannot be \"%s\"",
                name, s);
    *out = 0;
    return false;
}

static void date(struct vb_build *build, const struct vb_place *place,
                 const struct vb_raw_table *table, struct vb_item *item)
{
    item->has_min = take_date(build, place, table, "min", &item->min);
    item->has_max = take_date(build, place, table, "max", &item->max);
    check_order(build, place, item);
}

/* -- draw, photo, collage -- */

static void take_tools(struct vb_build *build, const struct vb_place *place,
                       const struct vb_raw_table *table, struct vb_item *item)
{
    const struct vb_raw_table *list = vb_get_table(table, "tools");
    uint32_t all = VB_TOOL_PHOTO | VB_TOOL_WORDS | VB_TOOL_PAPER;
    all |= item->kind == VB_DRAW ? VB_TOOL_DRAW : 0u;
    for (int i = 0; i < list->list_count; i++) {
        const char *name = list->list[i].type == VB_RAW_STRING ? list->list[i].string : "";
        uint32_t bit = vb_tool_bit(name) & all;
        item->tools |= bit;
        if (bit == 0)
            vb_error_at(build, place, "wrong-value",
                        item->kind == VB_DRAW ? "use draw, photo, words, paper"
                                              : "use photo, words, paper",
                        "tools cannot hold \"%s\"", name);
    }
    if (vb_raw_get(table, "tools")->type == VB_RAW_NIL)
        item->tools = all;
    else if (list->list_count == 0)
        vb_error_at(build, place, "wrong-value", "name at least one, or leave the field out",
                    "tools is an empty list");
}

static void take_keep(struct vb_build *build, const struct vb_place *place,
                      const struct vb_raw_table *table, struct vb_item *item)
{
    const struct vb_raw *raw = vb_raw_get(table, "keep");
    const char *word = raw->type == VB_RAW_STRING ? raw->string : "";
    char *end = NULL;
    bool ask = strncmp(word, "ask ", 4) == 0, until = strncmp(word, "until ", 6) == 0;
    long days = ask || until ? strtol(word + (ask ? 4 : 6), &end, 10) : 0;
    if (raw->type == VB_RAW_NIL || strcmp(word, "none") == 0)
        return;
    if (strcmp(word, "give") == 0) {
        item->keep = VB_KEEP_GIVE;
    } else if (strcmp(word, "ask") == 0) {
        item->keep = VB_KEEP_ASK;
    } else if (days > 0 && days <= 3650 && *end == '\0') {
        item->keep = ask ? VB_KEEP_ASK : VB_KEEP_UNTIL;
        item->keep_days = (int)days;
    } else {
        vb_error_at(build, place, "wrong-value",
                    "use \"none\", \"give\", \"ask\", or days as \"until 90\", \"ask 90\"",
                    "keep cannot be %s%s%s", word[0] == '\0' ? "" : "\"",
                    word[0] == '\0' ? vb_raw_type_name(raw) : word, word[0] == '\0' ? "" : "\"");
    }
}

static void picture(struct vb_build *build, const struct vb_place *place,
                    const struct vb_raw_table *table, struct vb_item *item)
{
    take_tools(build, place, table, item);
    take_keep(build, place, table, item);
}

/* Whatever it is made of may be left out: then it is made on paper. */
static void collage(struct vb_build *build, const struct vb_place *place,
                    const struct vb_raw_table *table, struct vb_item *item)
{
    const struct vb_raw_table *pieces = vb_get_table(table, "pieces");
    picture(build, place, table, item);
    item->max = vb_get_int(build, place, table, "max", 1, VB_PIECES_MAX, 24);
    item->answers = vb_build_options(build, place, pieces, &vb_constructors[VB_PLAIN_PIECE]);
    if (item->answers->count > 0)
        item->tools |= VB_TOOL_PIECES;
    else if (vb_raw_get(table, "pieces")->type == VB_RAW_TABLE)
        vb_error_at(build, place, "bad-options", "name at least one, or leave the field out",
                    "pieces is an empty list");
}

static void triangle(struct vb_build *build, const struct vb_place *place,
                     const struct vb_raw_table *table, struct vb_item *item)
{
    const struct vb_raw_table *tokens = vb_get_table(table, "tokens");
    item->answers = vb_build_options(build, place, tokens, &vb_constructors[VB_PLAIN_TOKEN]);
    item->max = VB_PLANE;
    if (vb_raw_get(table, "tokens")->type == VB_RAW_TABLE && tokens->list_count != VB_TOKENS)
        vb_error_at(build, place, "bad-options", "give three: of the two persons and the medium",
                    "has %d tokens", tokens->list_count);
}

/* -- scoring -- */

static bool has_values(const struct vb_answers *answers)
{
    for (int i = 0; i < answers->count; i++)
        if (!answers->options[i].has_value)
            return false;
    return answers->count > 0;
}

/* NULL: can be scored. Otherwise what stands in the way; mend: how it can be had. */
static const char *unscorable(const struct vb_item *item, const char **mend)
{
    *mend = "take scored out; only likert, faces, vas, yesno, choice and number have a score";
    switch (item->kind) {
    case VB_LIKERT:
    case VB_FACES:
    case VB_VAS:
    case VB_YESNO:
        return NULL;
    case VB_CHOICE:
        *mend = "give every option a value and max = 1, or say scored = false";
        return item->max == 1 && !item->other && has_values(item->answers)
                   ? NULL
                   : "this choice has no score";
    case VB_NUMBER:
        *mend = "give it min and max, or say scored = false";
        return item->has_min && item->has_max ? NULL : "a number without min and max has no score";
    default:
        return "this kind of question has no score";
    }
}

static void settle_score(struct vb_build *build, const struct vb_place *place,
                         const struct vb_raw_table *table, struct vb_item *item)
{
    const char *mend, *why = unscorable(item, &mend);
    bool said = vb_raw_get(table, "scored")->type == VB_RAW_BOOL;
    bool meant = item->kind == VB_CHOICE || item->kind == VB_NUMBER;
    if (item->scored && why != NULL && (said || (meant && item->scale >= 0)))
        vb_error_at(build, place, "not-scorable", mend, "%s", why);
    if (item->reverse && why != NULL)
        vb_error_at(build, place, "not-scorable", "take reverse out", "%s to turn round", why);
    item->scored = item->scored && why == NULL;
}

/* What lies where is for those who put it there to talk about. */
static void settle_comparing(struct vb_build *build, const struct vb_place *place,
                             const struct vb_raw_table *table, struct vb_item *item)
{
    if (item->kind != VB_COLLAGE && item->kind != VB_TRIANGLE)
        return;
    if (vb_raw_get(table, "comparable")->type == VB_RAW_BOOL && item->comparable)
        vb_error_at(build, place, "not-scorable", "take comparable out",
                    "a %s is never compared, it is shown", vb_kind_name(item->kind));
    item->comparable = false;
}

void vb_build_kind(struct vb_build *build, const struct vb_place *place,
                   const struct vb_raw_node *node, struct vb_item *item)
{
    static void (*const builders[VB_KIND_COUNT])(struct vb_build *, const struct vb_place *,
                                                 const struct vb_raw_table *, struct vb_item *) = {
        [VB_LIKERT] = labelled, [VB_FACES] = labelled,  [VB_VAS] = vas,
        [VB_CHOICE] = choice,   [VB_WORDS] = choice,    [VB_TEXT] = text,
        [VB_NUMBER] = number,   [VB_DATE] = date,       [VB_DRAW] = picture,
        [VB_PHOTO] = picture,   [VB_COLLAGE] = collage, [VB_TRIANGLE] = triangle,
    };
    if (builders[item->kind] != NULL)
        builders[item->kind](build, place, &node->table, item);
    settle_score(build, place, &node->table, item);
    settle_comparing(build, place, &node->table, item);
}
