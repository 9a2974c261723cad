#include "bundle.h"

#include <stdlib.h>
#include <string.h>

#include "build.h"

static const char head[] = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[\n";
static const char tail[] = "]}\n";
static const char none[] = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\"}\n";

struct line {
    char *json;   /* of one entry */
    char *url;    /* "Patient/..." */
    char *source; /* meta.source; NULL: of no round, or taken away */
    bool fresh;   /* of this delivery */
};
struct lines {
    struct line *list;
    size_t count, cap;
    bool failed;
};

static void line_free(struct line *line)
{
    free(line->json);
    free(line->url);
    free(line->source);
}

static void lines_free(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        line_free(&lines->list[i]);
    free(lines->list);
}

/* Takes what is in line, also when it cannot be put. */
static void lines_add(struct lines *lines, struct line line)
{
    if (lines->count == lines->cap) {
        size_t cap = lines->cap == 0 ? 64 : 2 * lines->cap;
        struct line *more = realloc(lines->list, cap * sizeof *more);
        if (more != NULL) {
            lines->list = more;
            lines->cap = cap;
        }
    }
    if (line.json == NULL || line.url == NULL || lines->count == lines->cap) {
        lines->failed = true;
        line_free(&line);
        return;
    }
    lines->list[lines->count++] = line;
}

/* What is referred to stands before what refers to it. */
static int rank(const char *url)
{
    static const char *const types[] = {
        "Questionnaire/",         "Patient/",     "Practitioner/", "RelatedPerson/",
        "QuestionnaireResponse/", "Observation/",
    };
    int at = 0;
    while (at < 6 && strncmp(url, types[at], strlen(types[at])) != 0)
        at++;
    return at;
}

static int in_order(const void *a, const void *b)
{
    const struct line *one = a, *two = b;
    int difference = rank(one->url) - rank(two->url);
    return difference != 0 ? difference : strcmp(one->url, two->url);
}

/* -- reading ----------------------------------------------------------------------------------- */

bool bundle_is_ours(const char *bytes, size_t len)
{
    size_t begin = sizeof head - 1, end = sizeof tail - 1;
    return len == 0 || (len == sizeof none - 1 && memcmp(bytes, none, len) == 0) ||
           (len >= begin + end && memcmp(bytes, head, begin) == 0 &&
            memcmp(bytes + len - end, tail, end) == 0);
}

/* What stands between before and the next quote, searched from the last place on; NULL: nowhere.
 * Within a text of JSON every quote has a backslash, so nobody's own words are taken for it. */
static char *between(const char *json, size_t len, const char *before, bool last)
{
    size_t size = strlen(before);
    const char *found = memmem(json, len, before, size), *stop = json + len;
    for (const char *next = found; last && next != NULL;) {
        found = next;
        next = memmem(next + size, (size_t)(stop - next) - size, before, size);
    }
    if (found == NULL)
        return NULL;
    const char *end = memchr(found + size, '"', (size_t)(stop - found) - size);
    return end == NULL ? NULL : strndup(found + size, (size_t)(end - found) - size);
}

/* Lines are read by the form they are written in, without a parser: there are many of them. */
static struct line read_line(const char *json, size_t len)
{
    bool whole = len > 2 && json[0] == '{' && memcmp(json + len - 2, "}}", 2) == 0;
    return (struct line){ .json = strndup(json, len),
                          .url = whole ? between(json, len, "\"url\":\"", true) : NULL,
                          .source = between(json, len, "\"meta\":{\"source\":\"", false) };
}

/* False: somebody else wrote in it. */
static bool read_lines(struct lines *lines, const char *bytes, size_t len)
{
    if (len < sizeof head - 1 || memcmp(bytes, head, sizeof head - 1) != 0)
        return true;
    const char *at = bytes + sizeof head - 1, *stop = bytes + len - (sizeof tail - 1);
    while (at < stop) {
        const char *end = memchr(at, '\n', (size_t)(stop - at));
        size_t size = end == NULL ? (size_t)(stop - at) : (size_t)(end - at);
        struct line line = read_line(at, size > 0 && at[size - 1] == ',' ? size - 1 : size);
        const struct line *before = lines->count > 0 ? &lines->list[lines->count - 1] : NULL;
        bool fits = line.url != NULL && (before == NULL || in_order(before, &line) < 0);
        lines_add(lines, line);
        if (!fits)
            return false;
        at += size + 1;
    }
    return true;
}

/* -- what is no longer there ------------------------------------------------------------------- */

static void make_delete(struct lines *lines, struct line *line)
{
    char *json = text_of("{\"request\":{\"method\":\"DELETE\",\"url\":\"%s\"}}", line->url);
    lines->failed |= json == NULL;
    free(line->json);
    free(line->source);
    line->json = json;
    line->source = NULL;
}

/* The old ones are sorted: they are found by halves. The new ones stand behind them. */
static void put_entries(struct lines *lines, const cJSON *entries)
{
    size_t old = lines->count;
    const cJSON *each;
    cJSON_ArrayForEach(each, entries)
    {
        const char *url = result_text(result_of(each, "request"), "url");
        const char *source = result_text(result_of(result_of(each, "resource"), "meta"), "source");
        struct line line = { .json = cJSON_PrintUnformatted(each),
                             .url = url == NULL ? NULL : strdup(url),
                             .source = source == NULL ? NULL : strdup(source) };
        struct line *there = line.url == NULL || old == 0
                                 ? NULL
                                 : bsearch(&line, lines->list, old, sizeof line, in_order);
        if (there == NULL || line.json == NULL) {
            lines_add(lines, line);
        } else {
            line_free(there);
            *there = line;
            there->fresh = true;
        }
    }
}

static void take_back(struct lines *lines, size_t old, const char *round)
{
    for (size_t i = 0; i < old; i++) {
        struct line *line = &lines->list[i];
        if (!line->fresh && same(line->source, round))
            make_delete(lines, line);
    }
}

static bool is_person(const char *url)
{
    return strncmp(url, "Patient/", 8) == 0 || strncmp(url, "Practitioner/", 13) == 0 ||
           strncmp(url, "RelatedPerson/", 14) == 0;
}

/* -- whom anything refers to: a sorted list of urls -------------------------------------------- */

struct urls {
    char **list;
    size_t count, cap;
    bool failed;
};

static void urls_free(struct urls *urls)
{
    for (size_t i = 0; i < urls->count; i++)
        free(urls->list[i]);
    free(urls->list);
}

static void urls_add(struct urls *urls, char *url)
{
    if (urls->count == urls->cap) {
        size_t cap = urls->cap == 0 ? 64 : 2 * urls->cap;
        char **more = realloc(urls->list, cap * sizeof *more);
        if (more != NULL) {
            urls->list = more;
            urls->cap = cap;
        }
    }
    if (url == NULL || urls->count == urls->cap) {
        urls->failed = true;
        free(url);
        return;
    }
    urls->list[urls->count++] = url;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void urls_find(struct urls *urls, const struct lines *lines)
{
    static const char reference[] = "{\"reference\":\"";
    for (size_t i = 0; i < lines->count; i++)
        for (const char *at = lines->list[i].json; (at = strstr(at, reference)) != NULL;) {
            at += sizeof reference - 1;
            size_t len = strcspn(at, "\"");
            if (strncmp(at, "Observation/", 12) != 0 && strncmp(at, "Questionnaire", 13) != 0)
                urls_add(urls, strndup(at, len));
        }
    if (urls->count > 0)
        qsort(urls->list, urls->count, sizeof *urls->list, by_text);
}

/* Only the id stays, and that the record is not in use: a receiver that keeps references whole
 * could refuse to delete it. A RelatedPerson keeps whom it belongs to, which R4 requires. */
static void make_empty(struct lines *lines, struct line *line)
{
    cJSON *entry = cJSON_Parse(line->json);
    cJSON *resource = cJSON_GetObjectItemCaseSensitive(entry, "resource");
    cJSON_DeleteItemFromObjectCaseSensitive(resource, "identifier");
    if (resource != NULL && result_of(resource, "active") == NULL)
        put_flag(resource, "active", false);
    char *json = cJSON_PrintUnformatted(entry);
    lines->failed |= json == NULL || resource == NULL;
    cJSON_Delete(entry);
    free(line->json);
    line->json = json;
}

static void forget_persons(struct lines *lines)
{
    struct urls urls = { 0 };
    urls_find(&urls, lines);
    lines->failed |= urls.failed;
    for (size_t i = 0; i < lines->count && !lines->failed; i++) {
        struct line *line = &lines->list[i];
        if (is_person(line->url) &&
            (urls.count == 0 ||
             bsearch(&line->url, urls.list, urls.count, sizeof *urls.list, by_text) == NULL))
            make_empty(lines, line);
    }
    urls_free(&urls);
}

/* -- writing ----------------------------------------------------------------------------------- */

static char *write_lines(const struct lines *lines)
{
    struct text text;
    if (!text_begin(&text))
        return NULL;
    fputs(lines->count == 0 ? none : head, text.file);
    for (size_t i = 0; i < lines->count; i++)
        fprintf(text.file, "%s%s\n", lines->list[i].json, i + 1 < lines->count ? "," : "");
    fputs(lines->count == 0 ? "" : tail, text.file);
    return text_done(&text);
}

char *bundle_with(const char *bytes, size_t len, const cJSON *entries, const char *round,
                  bool *foreign)
{
    struct lines lines = { 0 };
    char *out = NULL;
    *foreign = !read_lines(&lines, bytes, len) && !build_failed();
    if (!*foreign && !lines.failed) {
        size_t old = lines.count;
        put_entries(&lines, entries);
        take_back(&lines, old, round);
        forget_persons(&lines);
    }
    if (!*foreign && !lines.failed) {
        if (lines.count > 0)
            qsort(lines.list, lines.count, sizeof *lines.list, in_order);
        out = write_lines(&lines);
    }
    lines_free(&lines);
    return out;
}
