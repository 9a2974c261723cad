#include "author/simulate_value.h"

#include <stdio.h>
#include <string.h>

#include "author/chance.h"
#include "base/str.h"
#include "data/json.h"

enum { MISSING_PERCENT = 4, OWN_SHARE = 750, NOISE_SHARE = 650, MIDDLE = 550, SPREAD = 4 };

struct drawing { /* as from a hat */
    const struct vb_ask *ask;
    int64_t level;
    bool dutch;
    uint64_t *chance;
    struct vb_arena *arena;
};

/* Neutral, short, and clearly made up. */
static const char *const words_nl[] = { "voorbeeld", "een voorbeeld", "nog een voorbeeld",
                                        "voorbeeldtekst", "zomaar een voorbeeld" };
static const char *const words_en[] = { "example", "an example", "another example", "example text",
                                        "just an example" };
enum { WORDS = sizeof words_nl / sizeof *words_nl };

static const char *word(const struct drawing *drawing)
{
    int64_t at = vb_chance_below(drawing->chance, WORDS);
    return drawing->dutch ? words_nl[at] : words_en[at];
}

/* How high on the scale, 0 to 1000: the person's level and this answer's own part. What is worded
 * the other way round is answered the other way round. */
static int64_t height(const struct drawing *drawing)
{
    const struct vb_item *item = drawing->ask->item;
    int64_t latent =
        (drawing->level * OWN_SHARE + vb_chance_normal(drawing->chance) * NOISE_SHARE) / 1000;
    if (item->reverse != item->negative)
        latent = -latent;
    int64_t height_here = MIDDLE + latent / SPREAD;
    return height_here < 0 ? 0 : height_here > 1000 ? 1000 : height_here;
}

static int64_t within(const struct drawing *drawing, int64_t min, int64_t max)
{
    return min + ((max - min) * height(drawing) + 500) / 1000;
}

static struct vb_value text_value(const struct drawing *drawing, enum vb_value_type type,
                                  const char *text)
{
    return (struct vb_value){ .type = (uint8_t)type,
                              .len = (uint32_t)strlen(text),
                              .text = vb_arena_strdup(drawing->arena, text) };
}

static struct vb_value number_value(enum vb_value_type type, int64_t number)
{
    return (struct vb_value){ .type = (uint8_t)type, .number = number };
}

static struct vb_value buf_value(const struct drawing *drawing, struct vb_buf *json)
{
    struct vb_value value = text_value(drawing, VB_VALUE_JSON, json->data);
    vb_buf_finish(json);
    return value;
}

/* -- kinds ------------------------------------------------------------------------------------- */

static struct vb_value draw_answer(const struct drawing *drawing)
{
    const struct vb_answers *answers =
        vb_item_answers(drawing->ask->plan, drawing->ask->item, drawing->ask->format);
    if (answers == NULL || answers->count == 0)
        return number_value(VB_VALUE_NONE, 0);
    return number_value(VB_VALUE_INT,
                        answers->options[within(drawing, 0, answers->count - 1)].value);
}

/* Options in their order, each once. */
static struct vb_value draw_list(const struct drawing *drawing)
{
    const struct vb_item *item = drawing->ask->item;
    int count = item->answers == NULL ? 0 : item->answers->count, most = count < 3 ? count : 3;
    struct vb_buf json = { 0 };
    if (count == 0) {
        vb_buf_puts(&json, "[\"");
        vb_buf_puts(&json, word(drawing));
        vb_buf_puts(&json, "\"]");
        return buf_value(drawing, &json);
    }
    if (item->max > 0 && item->max < most)
        most = (int)item->max;
    int wanted = 1 + (int)vb_chance_below(drawing->chance, most);
    vb_buf_putc(&json, '[');
    for (int i = 0, put = 0; i < count && put < wanted; i++) {
        if (vb_chance_below(drawing->chance, count - i) >= wanted - put)
            continue;
        if (put++ > 0)
            vb_buf_putc(&json, ',');
        vb_json_text(&json, item->answers->options[i].id);
    }
    vb_buf_putc(&json, ']');
    return buf_value(drawing, &json);
}

static struct vb_value draw_choice(const struct drawing *drawing)
{
    const struct vb_item *item = drawing->ask->item;
    if (item->max > 1)
        return draw_list(drawing);
    if (item->answers == NULL || item->answers->count == 0)
        return number_value(VB_VALUE_NONE, 0);
    return number_value(VB_VALUE_OPTION, within(drawing, 0, item->answers->count - 1));
}

static struct vb_value draw_number(const struct drawing *drawing)
{
    const struct vb_item *item = drawing->ask->item;
    int64_t min = item->has_min ? item->min : item->has_max ? item->max - 10000 : 0;
    int64_t max = item->has_max ? item->max : min + 10000;
    int64_t number = within(drawing, min, max);
    if (item->integer)
        number -= number % 1000;
    return number_value(VB_VALUE_MILLI, number);
}

/* A day in the range, else in 2025; never a 29th, so that every month has it. */
static struct vb_value draw_day(const struct drawing *drawing)
{
    const struct vb_item *item = drawing->ask->item;
    int64_t day = 20250101 + vb_chance_below(drawing->chance, 12) * 100 +
                  vb_chance_below(drawing->chance, 28);
    char text[16];
    if (item->has_min && day < item->min)
        day = item->min;
    if (item->has_max && day > item->max)
        day = item->max;
    snprintf(text, sizeof text, "%04d-%02d-%02d", (int)(day / 10000), (int)(day / 100 % 100),
             (int)(day % 100));
    return text_value(drawing, VB_VALUE_DATE, text);
}

static struct vb_value draw_triangle(const struct drawing *drawing)
{
    const struct vb_answers *tokens = drawing->ask->item->answers;
    struct vb_buf json = { 0 };
    vb_buf_putc(&json, '{');
    for (int i = 0; tokens != NULL && i < tokens->count; i++) {
        vb_buf_puts(&json, i > 0 ? "," : "");
        vb_json_text(&json, tokens->options[i].id);
        int x = (int)vb_chance_below(drawing->chance, 1001);
        vb_buf_printf(&json, ":[%d,%d]", x, (int)vb_chance_below(drawing->chance, 1001));
    }
    vb_buf_putc(&json, '}');
    return buf_value(drawing, &json);
}

static struct vb_value draw_value(const struct drawing *drawing)
{
    switch (drawing->ask->item->kind) {
    case VB_LIKERT:
    case VB_FACES:
        return draw_answer(drawing);
    case VB_VAS:
        return number_value(VB_VALUE_INT, within(drawing, 0, 1000));
    case VB_YESNO:
        return number_value(VB_VALUE_BOOL, height(drawing) >= MIDDLE);
    case VB_CHOICE:
        return draw_choice(drawing);
    case VB_WORDS:
        return draw_list(drawing);
    case VB_TEXT:
        return text_value(drawing, VB_VALUE_TEXT, word(drawing));
    case VB_NUMBER:
        return draw_number(drawing);
    case VB_DATE:
        return draw_day(drawing);
    case VB_TRIANGLE:
        return draw_triangle(drawing);
    default: /* a picture: there is one, on paper */
        return text_value(drawing, VB_VALUE_JSON, "{\"paper\":true}");
    }
}

static enum vb_missing draw_reason(const struct drawing *drawing)
{
    static const enum vb_missing reasons[] = { VB_MISSING_SKIPPED, VB_MISSING_SKIPPED,
                                               VB_MISSING_DONT_KNOW, VB_MISSING_RATHER_NOT_SAY };
    return reasons[vb_chance_below(drawing->chance, sizeof reasons / sizeof *reasons)];
}

bool vb_simulate_value(const struct vb_ask *ask, int64_t level, const char *language,
                       uint64_t *chance, struct vb_arena *arena, struct vb_value *out)
{
    struct drawing drawing = { ask, level, vb_starts_with(language, "nl"), chance, arena };
    bool missing = vb_chance_below(chance, 100) < MISSING_PERCENT;
    struct vb_value reason = vb_value_missing(draw_reason(&drawing));
    *out = draw_value(&drawing);
    if (missing && vb_kind_check(ask, &reason) == VB_ACCEPTED)
        *out = reason;
    if (out->type != VB_VALUE_NONE && vb_kind_check(ask, out) == VB_ACCEPTED)
        return true;
    *out = reason;
    return vb_kind_check(ask, out) == VB_ACCEPTED;
}
