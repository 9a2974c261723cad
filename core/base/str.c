#include "base/str.h"

#include <string.h>

bool vb_streq(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool vb_starts_with(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool vb_ends_with(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

enum { WORD_MAX = 64 };

static size_t min3(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Damerau-Levenshtein, adjacent transpositions only (optimal string alignment). */
static size_t edit_distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= m; j++)
        last[j] = j;
    for (size_t i = 1; i <= n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t swap = a[i - 1] != b[j - 1];
            row[j] = min3(last[j] + 1, row[j - 1] + 1, last[j - 1] + swap);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
        size_t *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[m];
}

const char *vb_did_you_mean(const char *word, const char *const *candidates, size_t count)
{
    size_t n = strlen(word), best_distance = n / 3 + 1;
    const char *best = NULL;
    if (n > WORD_MAX)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t m = candidates[i] == NULL ? WORD_MAX + 1 : strlen(candidates[i]);
        if (m > WORD_MAX)
            continue;
        size_t distance = edit_distance(word, n, candidates[i], m);
        if (distance < best_distance || (distance == best_distance && best == NULL)) {
            best_distance = distance;
            best = candidates[i];
        }
    }
    return best;
}
