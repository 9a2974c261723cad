#include "names.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of SPSS the first line, of Stata the others. */
static const char *const reserved[] = {
    "all",   "and",  "by",   "eq", "ge", "gt",  "le",   "lt",    "ne",  "not",  "or",     "to",
    "using", "with", "byte", "if", "in", "int", "long", "float", "str", "strl", "double",
};

static bool is_reserved(const char *name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcmp(reserved[i], name) == 0)
            return true;
    /* str1 to str2045 are types of Stata */
    return strncmp(name, "str", 3) == 0 && name[3] != '\0' &&
           name[strspn(name + 3, "0123456789") + 3] == '\0';
}

static char plain(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
}

/* Letters, digits and single underscores, none at an end. */
static size_t clean(const char *wanted, char *out, size_t max)
{
    size_t len = 0;
    for (; *wanted != '\0' && len < max; wanted++) {
        char c = plain(*wanted);
        if (c == '_' && (len == 0 || out[len - 1] == '_'))
            continue;
        if (len == 0 && c >= '0' && c <= '9')
            out[len++] = 'v';
        if (len < max)
            out[len++] = c;
    }
    while (len > 0 && out[len - 1] == '_')
        len--;
    if (len == 0)
        out[len++] = 'v';
    out[len] = '\0';
    return len;
}

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* 1: it is ours now; 0: it was taken; -1: no memory */
static int take(struct stats_names *names, const char *name)
{
    if (tfind(name, &names->tree, compare) != NULL)
        return 0;
    char *own = strdup(name);
    if (own == NULL || tsearch(own, &names->tree, compare) == NULL) {
        free(own);
        return -1;
    }
    return 1;
}

bool stats_names_take(struct stats_names *names, const char *wanted, size_t max,
                      char out[STATS_NAME_MAX + 1])
{
    char tail[16];
    size_t len = clean(wanted, out, max);
    int taken = is_reserved(out) ? 0 : take(names, out);
    for (int number = 2; taken == 0; number++) {
        size_t tail_len = (size_t)snprintf(tail, sizeof tail, "_%d", number);
        size_t keep = len + tail_len <= max ? len : max - tail_len;
        while (keep > 1 && out[keep - 1] == '_')
            keep--;
        memcpy(out + keep, tail, tail_len + 1);
        taken = take(names, out);
    }
    return taken > 0;
}

void stats_names_free(struct stats_names *names)
{
    tdestroy(names->tree, free);
    names->tree = NULL;
}
