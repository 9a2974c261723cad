#include "book.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "result.h"
#include "whole_file.h"

enum { WAITING_PART = 4 }; /* one of so many may wait */

struct book {
    char *path, *lang;
    enum stats_format format;
    bool wide, ids;
    struct shelf *shelf;
    cJSON *instrument; /* of the last round; NULL: there is none */
    char *answers;     /* its answer format; NULL: none */
    char *shape;       /* what the rounds have in common; NULL: there are none */
    struct stats_crowd crowd;
    bool fewer;   /* something left since the crowd was counted */
    bool owed;    /* something was taken back, and the file may hold it still */
    bool failed;  /* the file could not be made */
    size_t count; /* rounds, as far as they are known */
    size_t cut;
};

static bool no_memory(char *error, size_t error_size)
{
    snprintf(error, error_size, "no memory");
    return false;
}

static bool keep(char **where, const char *text)
{
    char *own = text == NULL ? NULL : strdup(text);
    if (text != NULL && own == NULL)
        return false;
    free(*where);
    *where = own;
    return true;
}

static bool is_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* -- opening ----------------------------------------------------------------------------------- */

static bool count_crowd(struct book *book, const struct shelf_view *view)
{
    memset(&book->crowd, 0, sizeof book->crowd);
    for (size_t i = 0; i < view->count; i++) {
        cJSON *content = cJSON_Parse(view->rounds[i].content);
        if (content == NULL)
            return false;
        stats_crowd_add(&book->crowd, book->instrument, content);
        cJSON_Delete(content);
    }
    book->fewer = false;
    return true;
}

static bool remember(struct book *book, char *error, size_t error_size)
{
    struct shelf_view view;
    bool done = shelf_read(book->shelf, book->ids, &view, error, error_size);
    if (!done || view.instrument == NULL) {
        shelf_view_free(&view);
        return done;
    }
    book->count = view.count;
    book->instrument = cJSON_Parse(view.instrument);
    if (view.count > 0)
        book->shape = stats_shape(book->instrument, view.format);
    done = book->instrument != NULL && (view.count == 0 || book->shape != NULL) &&
           keep(&book->answers, view.format) && count_crowd(book, &view);
    shelf_view_free(&view);
    return done || no_memory(error, error_size);
}

struct book *book_open(const struct book_options *options, char *error, size_t error_size)
{
    struct book *book = calloc(1, sizeof *book);
    if (book == NULL || !keep(&book->path, options->path) || !keep(&book->lang, options->lang)) {
        no_memory(error, error_size);
    } else {
        book->format = options->format;
        book->wide = options->wide;
        book->ids = options->ids;
        book->shelf = shelf_open(options->dir, options->path, error, error_size);
        if (book->shelf != NULL && remember(book, error, error_size))
            return book;
    }
    book_close(book);
    return NULL;
}

void book_close(struct book *book)
{
    if (book == NULL)
        return;
    shelf_close(book->shelf);
    cJSON_Delete(book->instrument);
    free(book->answers);
    free(book->shape);
    free(book->path);
    free(book->lang);
    free(book);
}

bool book_waits(const struct book *book)
{
    return shelf_waiting(book->shelf) > 0;
}

size_t book_cut(const struct book *book)
{
    return book->cut;
}

/* -- the file ---------------------------------------------------------------------------------- */

static struct stats_plan plan_of(const struct book *book)
{
    const cJSON *first = cJSON_GetArrayItem(result_of(book->instrument, "languages"), 0);
    const char *spoken = cJSON_GetStringValue(first);
    return (struct stats_plan){ .instrument = book->instrument,
                                .format = book->answers,
                                .lang = book->lang != NULL ? book->lang
                                        : spoken != NULL   ? spoken
                                                           : "en",
                                .wide = book->wide,
                                .ids = book->ids,
                                .crowd = book->crowd };
}

/* Of the file that is there; false: there is none. One that cannot be read has the hash 0. */
static bool hash_of_file(const char *path, uint64_t *hash)
{
    struct stat is;
    FILE *file = fopen(path, "rbe");
    char *bytes = NULL;
    *hash = 0;
    if (file == NULL)
        return errno != ENOENT;
    if (fstat(fileno(file), &is) == 0)
        bytes = malloc((size_t)is.st_size + 1);
    if (bytes != NULL && fread(bytes, 1, (size_t)is.st_size, file) == (size_t)is.st_size)
        *hash = shelf_hash(bytes, (size_t)is.st_size);
    free(bytes);
    fclose(file);
    return true;
}

/* What we wrote last, or what is to be written anyway. Something else is somebody else's; but what
 * a person took back goes, whatever was done to a file of ours since. */
static bool may_write(const struct book *book, uint64_t hash, char *error, size_t error_size)
{
    uint64_t there;
    if (!hash_of_file(book->path, &there) || there == hash ||
        (there != 0 && there == shelf_written_hash(book->shelf)) ||
        (book->owed && shelf_is_owned(book->shelf)))
        return true;
    snprintf(error, error_size,
             "%s is there already, and this output did not make it as it is: move it away, or give "
             "another path",
             book->path);
    return false;
}

static bool put_file(struct book *book, const struct stats_file *file, char *error,
                     size_t error_size)
{
    uint64_t hash = shelf_hash(file->bytes, file->len);
    return may_write(book, hash, error, error_size) && shelf_own(book->shelf, error, error_size) &&
           whole_file_put(book->path, file->bytes, file->len, error, error_size) &&
           shelf_written(book->shelf, hash, error, error_size);
}

static bool write_view(struct book *book, const struct shelf_view *view, char *error,
                       size_t error_size)
{
    struct stats_file file;
    if (book->fewer && !count_crowd(book, view))
        return no_memory(error, error_size);
    const struct stats_plan plan = plan_of(book);
    if (!stats_write(&plan, view, book->format, &file, error, error_size))
        return false;
    bool done = put_file(book, &file, error, error_size);
    book->owed = book->owed && !done;
    free(file.bytes);
    book->cut = file.cut;
    return done;
}

bool book_write(struct book *book, char *error, size_t error_size)
{
    struct shelf_view view;
    bool done = shelf_read(book->shelf, book->ids, &view, error, error_size);
    if (done && view.instrument != NULL)
        done = write_view(book, &view, error, error_size);
    if (done)
        book->count = view.count;
    book->failed = !done;
    if (done && view.count == 0) { /* the next round may be of another kind */
        free(book->shape);
        book->shape = NULL;
    }
    shelf_view_free(&view);
    return done;
}

/* -- a delivery -------------------------------------------------------------------------------- */

static bool has_folder(const char *path)
{
    struct stat is;
    char *copy = strdup(path);
    bool there = copy != NULL && stat(dirname(copy), &is) == 0 && S_ISDIR(is.st_mode);
    free(copy);
    return there;
}

/* A file that is gone was taken away by somebody: a new one begins. */
static enum book_outcome look_at_file(struct book *book, bool *gone, char *error, size_t error_size)
{
    struct stat is;
    *gone = stat(book->path, &is) != 0;
    if (*gone && (errno != ENOENT || !has_folder(book->path))) {
        snprintf(error, error_size, "cannot write %s: %s", book->path, strerror(errno));
        return BOOK_NOT_NOW;
    }
    if (!*gone || !shelf_is_owned(book->shelf))
        return BOOK_TAKEN;
    if (!shelf_begin_anew(book->shelf, error, error_size))
        return BOOK_NOT_NOW;
    book->fewer = true;
    if (shelf_waiting(book->shelf) == 0) {
        free(book->shape);
        book->shape = NULL;
        book->count = 0;
    }
    return BOOK_TAKEN;
}

static bool speaks(const struct book *book, const cJSON *instrument)
{
    const cJSON *language;
    cJSON_ArrayForEach(language, result_of(instrument, "languages"))
    {
        if (book->lang == NULL || strcmp(cJSON_GetStringValue(language), book->lang) == 0)
            return true;
    }
    return false;
}

static enum book_outcome never_spoken(const struct book *book, const cJSON *instrument, char *error,
                                      size_t error_size)
{
    const cJSON *language;
    size_t len = (size_t)snprintf(error, error_size, "%s has no texts in %s; it has",
                                  result_text(instrument, "id"), book->lang);
    cJSON_ArrayForEach(language, result_of(instrument, "languages"))
    {
        if (len < error_size)
            len += (size_t)snprintf(error + len, error_size - len, " %s",
                                    cJSON_GetStringValue(language));
    }
    return BOOK_NEVER;
}

/* It has the same variables as the rounds that are there, or is the first. */
static enum book_outcome fits(struct book *book, const cJSON *instrument, const char *answers,
                              char *error, size_t error_size)
{
    if (!speaks(book, instrument))
        return never_spoken(book, instrument, error, error_size);
    if (book->shape != NULL && is_same(answers, book->answers) &&
        is_same(result_text(instrument, "digest"), result_text(book->instrument, "digest")))
        return BOOK_TAKEN;
    char *shape = stats_shape(instrument, answers);
    cJSON *own = shape == NULL ? NULL : cJSON_Duplicate(instrument, true);
    char *json = own == NULL ? NULL : cJSON_PrintUnformatted(own);
    enum book_outcome outcome = BOOK_NOT_NOW;
    if (json == NULL) {
        no_memory(error, error_size);
    } else if (book->shape != NULL && strcmp(shape, book->shape) != 0) {
        snprintf(error, error_size,
                 "the file has other variables than %s %s has in answer format %s: give it another "
                 "path",
                 result_text(instrument, "id"), result_text(instrument, "version"),
                 answers == NULL ? "none" : answers);
        outcome = BOOK_NEVER;
    } else if (keep(&book->answers, answers) &&
               shelf_instrument(book->shelf, json, answers, error, error_size)) {
        outcome = BOOK_TAKEN;
        cJSON_Delete(book->instrument);
        book->instrument = own;
        free(book->shape);
        book->shape = shape;
        own = NULL;
        shape = NULL;
    }
    cJSON_free(json);
    cJSON_Delete(own);
    free(shape);
    return outcome;
}

/* A wide file has variables for the fullest round. */
static enum book_outcome widen(struct book *book, const struct stats_record *record, char *error,
                               size_t error_size)
{
    struct stats_crowd before = book->crowd;
    cJSON *content = cJSON_Parse(record->content);
    if (content == NULL) {
        no_memory(error, error_size);
        return BOOK_NOT_NOW;
    }
    stats_crowd_add(&book->crowd, book->instrument, content);
    cJSON_Delete(content);
    if (!memcmp(&before, &book->crowd, sizeof before) && book->count > 0)
        return BOOK_TAKEN;
    const struct stats_plan plan = plan_of(book);
    struct stats_table *table = stats_table_create(&plan);
    size_t count = table == NULL ? 0 : table->count;
    stats_table_destroy(table);
    if (count > 0 && count <= STATS_VARIABLES_MOST)
        return BOOK_TAKEN;
    book->crowd = before;
    if (count == 0) {
        no_memory(error, error_size);
        return BOOK_NOT_NOW;
    }
    snprintf(error, error_size, "it takes %zu variables, and a file has room for %d%s", count,
             STATS_VARIABLES_MOST, book->wide ? ": use layout=long" : "");
    return BOOK_NEVER;
}

static bool shows_nobody(const cJSON *result)
{
    return cJSON_GetArraySize(result_of(result, "respondents")) == 0;
}

/* A first, every one while they are few, and then one of so many. */
static bool is_due(const struct book *book, const cJSON *result, bool gone)
{
    return gone || book->failed || result_takes_back(result) ||
           shelf_waiting(book->shelf) * WAITING_PART >= book->count + shelf_waiting(book->shelf);
}

/* Whatever it was asked with: the file may be of another instrument by now, or somebody else's. */
static enum book_outcome let_go(struct book *book, const struct stats_record *record, char *error,
                                size_t error_size)
{
    bool gone = true, ours = shelf_is_owned(book->shelf);
    if (ours && look_at_file(book, &gone, error, error_size) != BOOK_TAKEN)
        return BOOK_NOT_NOW;
    book->fewer = book->owed = true;
    bool done = shelf_take_back(book->shelf, record->round, NULL, error, error_size) &&
                (!ours || (gone && !book_waits(book)) || book_write(book, error, error_size));
    return done ? BOOK_TAKEN : BOOK_NOT_NOW;
}

static enum book_outcome put(struct book *book, const cJSON *result,
                             const struct stats_record *record, bool gone, char *error,
                             size_t error_size)
{
    bool back = result_takes_back(result);
    book->fewer |= back;
    book->owed |= back;
    bool done = back ? shelf_take_back(book->shelf, record->round, record, error, error_size)
                     : shelf_put(book->shelf, record, error, error_size);
    done = done && (!is_due(book, result, gone) || book_write(book, error, error_size));
    return done ? BOOK_TAKEN : BOOK_NOT_NOW;
}

static enum book_outcome take(struct book *book, const cJSON *result, const cJSON *instrument,
                              const struct stats_record *record, char *error, size_t error_size)
{
    bool gone;
    const char *answers = result_text(result_of(result, "instrument"), "format");
    if (result_takes_back(result) && shows_nobody(result))
        return let_go(book, record, error, error_size);
    enum book_outcome outcome = look_at_file(book, &gone, error, error_size);
    if (outcome == BOOK_TAKEN)
        outcome = fits(book, instrument, answers, error, error_size);
    if (outcome == BOOK_TAKEN)
        outcome = widen(book, record, error, error_size);
    return outcome == BOOK_TAKEN ? put(book, result, record, gone, error, error_size) : outcome;
}

enum book_outcome book_deliver(struct book *book, const cJSON *result, const cJSON *instrument,
                               char *error, size_t error_size)
{
    struct stats_record record;
    if (result_text(result, "round") == NULL || result_text(instrument, "digest") == NULL) {
        snprintf(error, error_size, "there is no result to read in it");
        return BOOK_NOT_NOW;
    }
    if (!stats_record_make(&record, result)) {
        no_memory(error, error_size);
        return BOOK_NOT_NOW;
    }
    enum book_outcome outcome = take(book, result, instrument, &record, error, error_size);
    stats_record_free(&record);
    return outcome;
}
