#include "main/test_table.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "data/text.h"

enum { FIELD_WIDTH = 24, EXPECTED_WIDTH = 26, LIST_MAX = 2000 };

static void put_cell(struct vb_buf *out, const char *text, int width)
{
    vb_buf_puts(out, text);
    for (int i = vb_text_width(text, strlen(text)); i < width; i++)
        vb_buf_putc(out, ' ');
    vb_buf_puts(out, "  ");
}

static void put_row(struct vb_buf *out, const char *field, const char *expected, const char *found)
{
    vb_buf_puts(out, "  ");
    put_cell(out, field, FIELD_WIDTH);
    put_cell(out, expected, EXPECTED_WIDTH);
    vb_buf_printf(out, "%s\n", found);
}

void vb_test_row(struct vb_buf *out, const char *field, const char *expected, const char *found)
{
    struct vb_buf head = { 0 };
    put_row(&head, "", "expected", "found");
    if (out->data == NULL || strstr(out->data, head.data) == NULL)
        vb_buf_put(out, head.data, head.len);
    vb_buf_finish(&head);
    put_row(out, field, expected, found);
}

/* -- lists ------------------------------------------------------------------------------------ */

struct lists {
    const char **a, **b; /* expected, found */
    int a_count, b_count;
    uint16_t *common; /* of a from i on and b from j on: the most that they share, in order */
};

static const char **strings_of(const cJSON *list, int *count)
{
    const cJSON *word;
    const char **strings = vb_alloc((size_t)(cJSON_GetArraySize(list) + 1) * sizeof *strings);
    *count = 0;
    cJSON_ArrayForEach(word, list)
    {
        if (*count < LIST_MAX)
            strings[(*count)++] = cJSON_IsString(word) ? word->valuestring : "?";
    }
    return strings;
}

static uint16_t *common_at(const struct lists *lists, int i, int j)
{
    return &lists->common[(size_t)i * (size_t)(lists->b_count + 1) + (size_t)j];
}

static void align(struct lists *lists)
{
    lists->common = vb_alloc((size_t)(lists->a_count + 1) * (size_t)(lists->b_count + 1) *
                             sizeof *lists->common);
    for (int i = lists->a_count - 1; i >= 0; i--)
        for (int j = lists->b_count - 1; j >= 0; j--) {
            uint16_t down = *common_at(lists, i + 1, j), right = *common_at(lists, i, j + 1);
            if (strcmp(lists->a[i], lists->b[j]) == 0)
                *common_at(lists, i, j) = (uint16_t)(*common_at(lists, i + 1, j + 1) + 1);
            else
                *common_at(lists, i, j) = down > right ? down : right;
        }
}

struct pair {
    const char *expected, *found; /* NULL: not there */
};

/* Steps over the next pair: the same on both sides, one that stands for another, or one alone. */
static struct pair take(const struct lists *lists, int *i, int *j)
{
    bool a = *i < lists->a_count, b = *j < lists->b_count;
    if (a && b) {
        bool same = strcmp(lists->a[*i], lists->b[*j]) == 0;
        uint16_t most = *common_at(lists, *i, *j);
        bool swapped = !same && *common_at(lists, *i + 1, *j + 1) == most;
        if (!same && !swapped) {
            a = *common_at(lists, *i + 1, *j) == most;
            b = !a;
        }
    }
    return (struct pair){ a ? lists->a[(*i)++] : NULL, b ? lists->b[(*j)++] : NULL };
}

static bool is_same(const struct pair *pair)
{
    return vb_streq(pair->expected, pair->found);
}

static void put_pairs(struct vb_buf *out, const char *field, const struct pair *pairs, int count)
{
    int last = -1;
    for (int i = 0; i < count; i++) {
        bool near = !is_same(&pairs[i]) || (i > 0 && !is_same(&pairs[i - 1])) ||
                    (i + 1 < count && !is_same(&pairs[i + 1]));
        if (!near)
            continue;
        if (i > last + 1)
            vb_test_row(out, last < 0 ? field : "", "...", "...");
        vb_test_row(out,
                    last < 0 && i == 0   ? field
                    : is_same(&pairs[i]) ? ""
                                         : "    >",
                    pairs[i].expected == NULL ? "-" : pairs[i].expected,
                    pairs[i].found == NULL ? "-" : pairs[i].found);
        last = i;
    }
    if (last >= 0 && last + 1 < count)
        vb_test_row(out, "", "...", "...");
}

void vb_test_lists(struct vb_buf *out, const char *field, const cJSON *expected, const cJSON *found)
{
    struct lists lists = { 0 };
    int count = 0, i = 0, j = 0;
    lists.a = strings_of(expected, &lists.a_count);
    lists.b = strings_of(found, &lists.b_count);
    align(&lists);
    struct pair *pairs = vb_alloc((size_t)(lists.a_count + lists.b_count + 1) * sizeof *pairs);
    while (i < lists.a_count || j < lists.b_count)
        pairs[count++] = take(&lists, &i, &j);
    put_pairs(out, field, pairs, count);
    free(pairs);
    free(lists.common);
    free(lists.a);
    free(lists.b);
}
