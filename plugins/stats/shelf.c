/* The lines of a shelf, with tabs between:
 *
 *      I  format  document          what follows was asked with
 *      R  round  content  ids       a round; the last one of a round counts
 *      O                            the file was never there before
 *      W  hash                      everything above is in the file, whose bytes have this hash
 */
#include "shelf.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "durable_file.h"

struct shelf {
    struct durable_file *file;
    bool owned;
    size_t waiting;
    uint64_t hash; /* of the file as it was written last; 0: never */
};

uint64_t shelf_hash(const char *bytes, size_t len)
{
    uint64_t value = 0xcbf29ce484222325u;
    for (size_t i = 0; i < len; i++)
        value = (value ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    return value;
}

static char *next_line(char *line)
{
    return strchr(line, '\n') + 1;
}

static void count(struct shelf *shelf, char *bytes)
{
    for (char *line = bytes; *line != '\0'; line = next_line(line)) {
        shelf->owned |= *line == 'O';
        if (*line == 'W') {
            shelf->waiting = 0;
            shelf->hash = strtoull(line + 1, NULL, 16);
        } else if (*line == 'R') {
            shelf->waiting++;
        }
    }
}

struct shelf *shelf_open(const char *dir, const char *target, char *error, size_t error_size)
{
    size_t len, size = strlen(dir) + 64;
    char *path = malloc(size), *bytes = NULL;
    struct shelf *shelf = calloc(1, sizeof *shelf);
    if (path == NULL || shelf == NULL) {
        snprintf(error, error_size, "no memory");
    } else {
        snprintf(path, size, "%s/%016" PRIx64 ".rounds", dir, shelf_hash(target, strlen(target)));
        shelf->file = durable_file_open(path, "\n", 0, error, error_size);
        if (shelf->file != NULL)
            bytes = durable_file_read(shelf->file, &len, error, error_size);
    }
    free(path);
    if (bytes == NULL) {
        shelf_close(shelf);
        return NULL;
    }
    count(shelf, bytes);
    free(bytes);
    return shelf;
}

void shelf_close(struct shelf *shelf)
{
    if (shelf != NULL)
        durable_file_close(shelf->file);
    free(shelf);
}

size_t shelf_waiting(const struct shelf *shelf)
{
    return shelf->waiting;
}

bool shelf_is_owned(const struct shelf *shelf)
{
    return shelf->owned;
}

/* -- writing ----------------------------------------------------------------------------------- */

/* A line of up to four fields; NULL ends them. The caller frees it. */
static char *line_of(size_t *len, const char *kind, const char *a, const char *b, const char *c)
{
    const char *const parts[] = { kind, a, b, c };
    char *text = NULL;
    FILE *out = open_memstream(&text, len);
    if (out == NULL)
        return NULL;
    for (int i = 0; i < 4 && parts[i] != NULL; i++)
        fprintf(out, "%s%s", i == 0 ? "" : "\t", parts[i]);
    fputc('\n', out);
    bool failed = ferror(out);
    if (fclose(out) == 0 && !failed)
        return text;
    free(text);
    return NULL;
}

static bool append(struct shelf *shelf, const char *kind, const char *a, const char *b,
                   const char *c, char *error, size_t error_size)
{
    size_t len;
    char *line = line_of(&len, kind, a, b, c);
    if (line == NULL)
        snprintf(error, error_size, "no memory");
    bool done = line != NULL && durable_file_append(shelf->file, line, len, error, error_size);
    free(line);
    return done;
}

bool shelf_instrument(struct shelf *shelf, const char *json, const char *format, char *error,
                      size_t error_size)
{
    return append(shelf, "I", format == NULL ? "" : format, json, NULL, error, error_size);
}

bool shelf_put(struct shelf *shelf, const struct stats_record *record, char *error,
               size_t error_size)
{
    bool done = append(shelf, "R", record->round, record->content, record->ids, error, error_size);
    shelf->waiting += done;
    return done;
}

bool shelf_own(struct shelf *shelf, char *error, size_t error_size)
{
    shelf->owned = shelf->owned || append(shelf, "O", NULL, NULL, NULL, error, error_size);
    return shelf->owned;
}

bool shelf_written(struct shelf *shelf, uint64_t hash, char *error, size_t error_size)
{
    char text[17];
    snprintf(text, sizeof text, "%016" PRIx64, hash);
    if (!append(shelf, "W", text, NULL, NULL, error, error_size))
        return false;
    shelf->waiting = 0;
    shelf->hash = hash;
    return true;
}

uint64_t shelf_written_hash(const struct shelf *shelf)
{
    return shelf->hash;
}

/* Leaves out what goes says, and puts one line behind the rest; NULL: none. */
static bool rewrite(struct shelf *shelf, bool (*goes)(void *ctx, const char *line, size_t len),
                    void *ctx, const struct stats_record *record, char *error, size_t error_size)
{
    size_t len, kept = 0, left_out, more_len = 0;
    char *bytes = durable_file_read(shelf->file, &len, error, error_size);
    char *more = record == NULL
                     ? NULL
                     : line_of(&more_len, "R", record->round, record->content, record->ids);
    char *rest =
        bytes == NULL ? NULL : durable_file_without(bytes, len, "\n", goes, ctx, &kept, &left_out);
    char *out = rest == NULL ? NULL : realloc(rest, kept + more_len + 1);
    bool done = out != NULL && (record == NULL || more != NULL);
    if (done && more != NULL)
        memcpy(out + kept, more, more_len);
    if (!done && bytes != NULL)
        snprintf(error, error_size, "no memory");
    done = done && durable_file_replace(shelf->file, out, kept + more_len, error, error_size);
    free(out == NULL ? rest : out);
    free(more);
    free(bytes);
    return done;
}

static bool is_of_round(void *ctx, const char *line, size_t len)
{
    const char *round = ctx;
    size_t size = strlen(round);
    return len > size + 3 && line[0] == 'R' && memcmp(line + 2, round, size) == 0 &&
           line[2 + size] == '\t';
}

bool shelf_take_back(struct shelf *shelf, const char *round, const struct stats_record *record,
                     char *error, size_t error_size)
{
    bool done = rewrite(shelf, is_of_round, (char *)round, record, error, error_size);
    shelf->waiting += done && record != NULL;
    return done;
}

/* Up to the mark that stands last; instruments stay, and so does that the file is ours. */
static bool is_written(void *ctx, const char *line, size_t len)
{
    size_t *marks = ctx;
    (void)len;
    bool goes = *marks > 0 && (line[0] == 'R' || line[0] == 'W');
    *marks -= line[0] == 'W' && *marks > 0;
    return goes;
}

bool shelf_begin_anew(struct shelf *shelf, char *error, size_t error_size)
{
    size_t len, marks = 0;
    char *bytes = durable_file_read(shelf->file, &len, error, error_size);
    if (bytes == NULL)
        return false;
    for (char *line = bytes; *line != '\0'; line = next_line(line))
        marks += *line == 'W';
    free(bytes);
    return marks == 0 || rewrite(shelf, is_written, &marks, NULL, error, error_size);
}

/* -- reading ----------------------------------------------------------------------------------- */

/* Ends the field at *at and goes behind it; "" when there is none. */
static char *field(char **at)
{
    char *begin = *at, *end = strpbrk(begin, "\t");
    if (end == NULL) {
        *at += strlen(begin);
    } else {
        *end = '\0';
        *at = end + 1;
    }
    return begin;
}

static void read_line(struct shelf_view *view, char *line)
{
    char *at = line, *kind = field(&at);
    if (*kind == 'I') {
        view->format = field(&at);
        view->instrument = field(&at);
        if (*view->format == '\0')
            view->format = NULL;
    } else if (*kind == 'R') {
        struct shelf_round *round = &view->rounds[view->count];
        round->round = field(&at);
        round->content = field(&at);
        round->ids = field(&at);
        round->place = view->count++;
    }
}

static int by_round(const void *a, const void *b)
{
    const struct shelf_round *left = a, *right = b;
    int order = strcmp(left->round, right->round);
    return order != 0 ? order : (left->place < right->place) - (left->place > right->place);
}

static int by_content(const void *a, const void *b)
{
    const struct shelf_round *left = a, *right = b;
    int order = strcmp(left->content, right->content);
    return order != 0 ? order : strcmp(left->round, right->round);
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct shelf_round *)a)->ids, ((const struct shelf_round *)b)->ids);
}

bool shelf_read(struct shelf *shelf, bool by_ids, struct shelf_view *view, char *error,
                size_t error_size)
{
    size_t len, lines = 0, kept = 0;
    *view = (struct shelf_view){ 0 };
    view->bytes = durable_file_read(shelf->file, &len, error, error_size);
    if (view->bytes == NULL)
        return false;
    for (char *line = view->bytes; *line != '\0'; line = next_line(line))
        lines++;
    view->rounds = calloc(lines + 1, sizeof *view->rounds);
    if (view->rounds == NULL) {
        snprintf(error, error_size, "no memory");
        shelf_view_free(view);
        return false;
    }
    for (char *line = view->bytes, *next; *line != '\0'; line = next) {
        next = next_line(line);
        next[-1] = '\0';
        read_line(view, line);
    }
    qsort(view->rounds, view->count, sizeof *view->rounds, by_round);
    for (size_t i = 0; i < view->count; i++)
        if (i == 0 || strcmp(view->rounds[i].round, view->rounds[i - 1].round) != 0)
            view->rounds[kept++] = view->rounds[i];
    view->count = kept;
    qsort(view->rounds, view->count, sizeof *view->rounds, by_ids ? by_id : by_content);
    return true;
}

void shelf_view_free(struct shelf_view *view)
{
    free(view->rounds);
    free(view->bytes);
    *view = (struct shelf_view){ 0 };
}
