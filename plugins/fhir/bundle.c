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
    bool taken;   /* a DELETE */
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

static char *copy_of(const char *text)
{
    return text == NULL ? NULL : strdup(text);
}

/* Takes json. In the place of one with the same url. */
static void lines_put(struct lines *lines, char *json, const cJSON *entry)
{
    struct line line = { .json = json };
    const cJSON *request = get(entry, "request");
    line.url = copy_of(get_text(request, "url"));
    line.source = copy_of(get_text(get(get(entry, "resource"), "meta"), "source"));
    line.taken = same(get_text(request, "method"), "DELETE");
    size_t at = 0;
    while (at < lines->count && !same(lines->list[at].url, line.url))
        at++;
    if (at == lines->cap) {
        size_t cap = lines->cap == 0 ? 64 : 2 * lines->cap;
        struct line *more = realloc(lines->list, cap * sizeof *more);
        if (more != NULL) {
            lines->list = more;
            lines->cap = cap;
        }
    }
    if (json == NULL || line.url == NULL || at == lines->cap) {
        lines->failed = true;
        line_free(&line);
        return;
    }
    if (at < lines->count)
        line_free(&lines->list[at]);
    else
        lines->count++;
    lines->list[at] = line;
}

/* -- reading ------------------------------------------------------------------------------------
 */

bool bundle_is_ours(const char *bytes, size_t len)
{
    size_t begin = sizeof head - 1, end = sizeof tail - 1;
    return len == 0 || (len == sizeof none - 1 && memcmp(bytes, none, len) == 0) ||
           (len >= begin + end && memcmp(bytes, head, begin) == 0 &&
            memcmp(bytes + len - end, tail, end) == 0);
}

static void read_lines(struct lines *lines, const char *bytes, size_t len)
{
    if (len < sizeof head - 1 || memcmp(bytes, head, sizeof head - 1) != 0)
        return;
    const char *at = bytes + sizeof head - 1, *stop = bytes + len - (sizeof tail - 1);
    while (at < stop) {
        const char *end = memchr(at, '\n', (size_t)(stop - at));
        size_t size = end == NULL ? (size_t)(stop - at) : (size_t)(end - at);
        size_t json = size > 0 && at[size - 1] == ',' ? size - 1 : size;
        cJSON *entry = cJSON_ParseWithLength(at, json);
        lines_put(lines, strndup(at, json), entry);
        cJSON_Delete(entry);
        at += size + 1;
    }
}

/* -- what is no longer there --------------------------------------------------------------------
 */

static void make_delete(struct lines *lines, struct line *line)
{
    char *json = text_of("{\"request\":{\"method\":\"DELETE\",\"url\":\"%s\"}}", line->url);
    lines->failed |= json == NULL;
    free(line->json);
    free(line->source);
    line->json = json;
    line->source = NULL;
    line->taken = true;
}

static bool has_entry(const cJSON *entries, const char *url)
{
    const cJSON *each;
    cJSON_ArrayForEach(each, entries)
    {
        if (same(get_text(get(each, "request"), "url"), url))
            return true;
    }
    return false;
}

static void take_back(struct lines *lines, const cJSON *entries, const char *round)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct line *line = &lines->list[i];
        if (line->source != NULL && same(line->source, round) && !has_entry(entries, line->url))
            make_delete(lines, line);
    }
}

static bool is_person(const char *url)
{
    return strncmp(url, "Patient/", 8) == 0 || strncmp(url, "Practitioner/", 13) == 0 ||
           strncmp(url, "RelatedPerson/", 14) == 0;
}

static bool is_referred_to(const struct lines *lines, const char *url)
{
    char *reference = text_of("{\"reference\":\"%s\"}", url);
    bool found = reference == NULL;
    for (size_t i = 0; i < lines->count && !found; i++)
        found = lines->list[i].json != NULL && strstr(lines->list[i].json, reference) != NULL;
    free(reference);
    return found;
}

/* Only the id stays, and that the record is not in use: a receiver that keeps references whole
 * could refuse to delete it. A RelatedPerson keeps whom it belongs to, which R4 requires. */
static void make_empty(struct lines *lines, struct line *line)
{
    cJSON *entry = cJSON_Parse(line->json);
    cJSON *resource = cJSON_GetObjectItemCaseSensitive(entry, "resource");
    cJSON_DeleteItemFromObjectCaseSensitive(resource, "identifier");
    if (resource != NULL && get(resource, "active") == NULL)
        put_flag(resource, "active", false);
    char *json = cJSON_PrintUnformatted(entry);
    lines->failed |= json == NULL || resource == NULL;
    cJSON_Delete(entry);
    free(line->json);
    line->json = json;
}

/* RelatedPersons first: they refer to a Patient. */
static void forget_persons(struct lines *lines)
{
    for (size_t i = 0; i < lines->count && !lines->failed; i++) {
        struct line *line = &lines->list[i];
        if (is_person(line->url) && !is_referred_to(lines, line->url))
            make_empty(lines, line);
    }
}

/* -- writing ------------------------------------------------------------------------------------
 */

/* What is referred to stands before what refers to it. */
static int rank(const char *url)
{
    static const char *const types[] = { "Questionnaire/",         "Patient/",
                                         "Practitioner/",          "RelatedPerson/",
                                         "QuestionnaireResponse/", "Observation/" };
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

char *bundle_with(const char *bytes, size_t len, const cJSON *entries, const char *round)
{
    struct lines lines = { 0 };
    const cJSON *each;
    read_lines(&lines, bytes, len);
    take_back(&lines, entries, round);
    cJSON_ArrayForEach(each, entries) lines_put(&lines, cJSON_PrintUnformatted(each), each);
    forget_persons(&lines);
    char *out = NULL;
    if (!lines.failed) {
        if (lines.count > 0)
            qsort(lines.list, lines.count, sizeof *lines.list, in_order);
        out = write_lines(&lines);
    }
    lines_free(&lines);
    return out;
}
