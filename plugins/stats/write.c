#include "write.h"

#include <math.h>
#include <readstat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "fit.h"
#include "result.h"
#include "segments.h"

enum {
    DTA_12 = 115,
    DTA_14 = 118,
    SPSS_EPOCH_DAYS = 141428, /* 1582-10-14 to 1970-01-01 */
    STATA_EPOCH_DAYS = 3653,  /* 1960-01-01 to 1970-01-01 */
    DAY_SECONDS = 86400
};

struct writing {
    struct stats_table *table;
    enum stats_format format;
    readstat_writer_t *writer;
    readstat_label_set_t **sets;
    readstat_error_t error;
    FILE *out;
    long rows;
    size_t cut, most; /* most: bytes of a text */
    bool plain;       /* nothing but ASCII so far, and nothing too long for Stata 12 */
    bool failed;      /* no memory */
};

static bool is_sav(const struct writing *writing)
{
    return writing->format == FORMAT_SAV;
}

/* -- looking at everything once: how wide text is, how many rows there are ----------------------
 */

static bool look(void *ctx, const struct stats_row *row)
{
    struct writing *writing = ctx;
    writing->rows++;
    for (size_t i = 0; i < writing->table->count && !writing->failed; i++) {
        struct stats_variable *variable = &writing->table->variables[i];
        if (variable->form != FORM_TEXT)
            continue;
        struct stats_cell cell = stats_cell(writing->table, variable, row);
        size_t len = cell.is == CELL_TEXT ? strlen(cell.text) : 0;
        variable->width = len > variable->width ? len : variable->width;
        writing->plain = writing->plain && (len == 0 || (len <= 244 && fit_is_ascii(cell.text)));
        writing->failed |= cell.failed;
        free(cell.own);
    }
    return !writing->failed;
}

static bool labels_are_plain(const struct stats_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        if (!fit_is_ascii(table->variables[i].label))
            return false;
    for (size_t i = 0; i < table->label_count; i++)
        for (size_t j = 0; j < table->labels[i].count; j++)
            if (!fit_is_ascii(table->labels[i].list[j].text))
                return false;
    return true;
}

/* The older format is read by everything, and has room for plain text only. */
static void settle(struct writing *writing)
{
    if (writing->format == FORMAT_STATA_AUTO)
        writing->format =
            writing->plain && labels_are_plain(writing->table) ? FORMAT_STATA_12 : FORMAT_STATA_14;
    writing->most = is_sav(writing) ? 32767 : writing->format == FORMAT_STATA_12 ? 244 : 2045;
}

/* -- text -------------------------------------------------------------------------------------- */

/* As it goes into the file, of at most so many bytes, or characters. The caller frees it. */
static char *fitted(struct writing *writing, const char *text, size_t bytes, size_t characters)
{
    char *own = writing->format == FORMAT_STATA_12 ? fit_windows(text) : strdup(text);
    if (own == NULL) {
        writing->failed = true;
        return NULL;
    }
    if (writing->format == FORMAT_STATA_12) {
        size_t most = characters > 0 ? characters : bytes;
        own[strnlen(own, most)] = '\0';
    } else {
        own[characters > 0 ? fit_characters(own, characters) : fit_bytes(own, bytes)] = '\0';
    }
    return own;
}

/* SPSS shows 255 bytes, Stata 80 characters. */
static char *fitted_label(struct writing *writing, const char *text)
{
    return fitted(writing, text, 255, is_sav(writing) ? 0 : 80);
}

/* -- what there is ----------------------------------------------------------------------------- */

static char tag(int reason)
{
    return (char)('a' + reason);
}

static void put_label(struct writing *writing, readstat_label_set_t *set,
                      const struct stats_labels *labels, const struct stats_label *label)
{
    char *text = fitted(writing, label->text, is_sav(writing) ? 120 : 244, 0);
    int reason = labels->code - (int)label->value;
    if (text == NULL)
        return;
    if (is_sav(writing))
        readstat_label_double_value(set, label->value, text);
    else if (labels->code != 0 && label->value <= labels->code)
        readstat_label_tagged_value(set, tag(reason), text);
    else
        readstat_label_int32_value(set, (int32_t)label->value, text);
    free(text);
}

static bool put_labels(struct writing *writing)
{
    const struct stats_table *table = writing->table;
    char name[32];
    writing->sets = calloc(table->label_count + 1, sizeof *writing->sets);
    if (writing->sets == NULL)
        return false;
    for (size_t i = 0; i < table->label_count; i++) {
        snprintf(name, sizeof name, "l%zu", i + 1);
        writing->sets[i] = readstat_add_label_set(
            writing->writer, is_sav(writing) ? READSTAT_TYPE_DOUBLE : READSTAT_TYPE_INT32, name);
        for (size_t j = 0; j < table->labels[i].count; j++)
            put_label(writing, writing->sets[i], &table->labels[i], &table->labels[i].list[j]);
    }
    return !writing->failed;
}

static readstat_type_t type_of(const struct writing *writing, const struct stats_variable *variable)
{
    if (variable->form == FORM_TEXT)
        return READSTAT_TYPE_STRING;
    return is_sav(writing) || variable->form != FORM_WHOLE ? READSTAT_TYPE_DOUBLE
                                                           : READSTAT_TYPE_INT32;
}

static const char *format_of(const struct writing *writing, const struct stats_variable *variable)
{
    static const char *const spss[] = { "F8.0", "F8.3", "SDATE10", "DATETIME20", "" };
    static const char *const wide[] = { "F11.0", "F15.3", "SDATE10", "DATETIME20", "" };
    static const char *const stata[] = { "%12.0g", "%10.0g", "%td", "%tc", "" };
    if (!is_sav(writing))
        return stata[variable->form];
    return (variable->code == STATS_CODE_LOW ? wide : spss)[variable->form];
}

static readstat_measure_t measure_of(const struct stats_variable *variable)
{
    return variable->measure == MEASURE_NOMINAL   ? READSTAT_MEASURE_NOMINAL
           : variable->measure == MEASURE_ORDINAL ? READSTAT_MEASURE_ORDINAL
                                                  : READSTAT_MEASURE_SCALE;
}

static bool put_variable(struct writing *writing, struct stats_variable *variable)
{
    char *label = fitted_label(writing, variable->label);
    if (label == NULL)
        return false;
    variable->width = variable->width > writing->most ? writing->most : variable->width;
    size_t width = variable->form != FORM_TEXT ? 0 : variable->width == 0 ? 1 : variable->width;
    readstat_variable_t *made =
        readstat_add_variable(writing->writer, variable->name, type_of(writing, variable), width);
    readstat_variable_set_label(made, label);
    readstat_variable_set_format(made, format_of(writing, variable));
    readstat_variable_set_measure(made, measure_of(variable));
    if (variable->labels != STATS_NO_LABELS)
        readstat_variable_set_label_set(made, writing->sets[variable->labels]);
    if (is_sav(writing) && variable->code != 0)
        readstat_variable_add_missing_double_range(made, variable->code - (STATS_REASONS - 1),
                                                   variable->code);
    free(label);
    return true;
}

/* -- rows -------------------------------------------------------------------------------------- */

static double counted(const struct writing *writing, enum stats_form form, double value)
{
    int epoch = is_sav(writing) ? SPSS_EPOCH_DAYS : STATA_EPOCH_DAYS;
    if (form == FORM_DAY)
        return is_sav(writing) ? (value + epoch) * DAY_SECONDS : value + epoch;
    if (form == FORM_MOMENT)
        return (value + (double)epoch * DAY_SECONDS) * (is_sav(writing) ? 1 : 1000);
    return value;
}

static readstat_error_t put_text(struct writing *writing, const readstat_variable_t *made,
                                 const struct stats_cell *cell)
{
    char *text = fitted(writing, cell->text, writing->most, 0);
    if (text == NULL)
        return READSTAT_ERROR_MALLOC;
    if (writing->format != FORMAT_STATA_12)
        writing->cut += strlen(text) < strlen(cell->text);
    else
        writing->cut += strlen(text) == writing->most && strlen(cell->text) > writing->most;
    readstat_error_t error = readstat_insert_string_value(writing->writer, made, text);
    free(text);
    return error;
}

static readstat_error_t put_number(struct writing *writing, const struct stats_variable *variable,
                                   const readstat_variable_t *made, double value)
{
    value = counted(writing, variable->form, value);
    if (type_of(writing, variable) == READSTAT_TYPE_INT32)
        return readstat_insert_int32_value(writing->writer, made, (int32_t)lround(value));
    return readstat_insert_double_value(writing->writer, made, value);
}

static readstat_error_t put_cell(struct writing *writing, const struct stats_variable *variable,
                                 const readstat_variable_t *made, const struct stats_cell *cell)
{
    if (cell->failed)
        return READSTAT_ERROR_MALLOC;
    if (cell->is == CELL_TEXT)
        return put_text(writing, made, cell);
    if (cell->is == CELL_NUMBER)
        return put_number(writing, variable, made, cell->number);
    if (cell->is == CELL_REASON && is_sav(writing))
        return readstat_insert_double_value(writing->writer, made, variable->code - cell->reason);
    if (cell->is == CELL_REASON)
        return readstat_insert_tagged_missing_value(writing->writer, made, tag(cell->reason));
    return readstat_insert_missing_value(writing->writer, made);
}

static bool put_row(void *ctx, const struct stats_row *row)
{
    struct writing *writing = ctx;
    const struct stats_table *table = writing->table;
    writing->error = readstat_begin_row(writing->writer);
    for (size_t i = 0; i < table->count && writing->error == READSTAT_OK; i++) {
        struct stats_cell cell = stats_cell(table, &table->variables[i], row);
        writing->error = put_cell(writing, &table->variables[i],
                                  readstat_get_variable(writing->writer, (int)i), &cell);
        free(cell.own);
    }
    if (writing->error == READSTAT_OK)
        writing->error = readstat_end_row(writing->writer);
    return writing->error == READSTAT_OK;
}

/* -- the file ---------------------------------------------------------------------------------- */

static ssize_t put_bytes(const void *bytes, size_t len, void *ctx)
{
    struct writing *writing = ctx;
    return fwrite(bytes, 1, len, writing->out) == len ? (ssize_t)len : -1;
}

static bool begin(struct writing *writing)
{
    const struct stats_plan *plan = writing->table->plan;
    readstat_writer_t *writer = writing->writer;
    char *title = fitted(writing, stats_text(plan, result_of(plan->instrument, "title")), 64, 0);
    if (title == NULL)
        return false;
    readstat_set_data_writer(writer, put_bytes);
    readstat_writer_set_file_label(writer, title);
    readstat_writer_set_file_timestamp(writer, 0); /* no clock enters the file */
    free(title);
    if (is_sav(writing)) {
        readstat_writer_set_compression(writer, READSTAT_COMPRESS_ROWS);
        writing->error = readstat_begin_writing_sav(writer, writing, writing->rows);
    } else {
        readstat_writer_set_file_format_version(
            writer, writing->format == FORMAT_STATA_12 ? DTA_12 : DTA_14);
        writing->error = readstat_begin_writing_dta(writer, writing, writing->rows);
    }
    return writing->error == READSTAT_OK;
}

static bool put_all(struct writing *writing, const struct shelf_view *view)
{
    bool no_memory = false;
    if (!put_labels(writing))
        return false;
    for (size_t i = 0; i < writing->table->count; i++)
        if (!put_variable(writing, &writing->table->variables[i]))
            return false;
    if (!begin(writing) || !stats_rows(writing->table, view, put_row, writing, &no_memory)) {
        writing->failed |= no_memory;
        return false;
    }
    writing->error = readstat_end_writing(writing->writer);
    return writing->error == READSTAT_OK;
}

static bool make(struct writing *writing, const struct shelf_view *view, struct stats_file *out)
{
    writing->writer = readstat_writer_init();
    writing->out = open_memstream(&out->bytes, &out->len);
    bool done = writing->writer != NULL && writing->out != NULL && put_all(writing, view);
    if (writing->out != NULL)
        done = fclose(writing->out) == 0 && done;
    if (writing->writer != NULL)
        readstat_writer_free(writing->writer);
    free(writing->sets);
    if (done && is_sav(writing))
        segments_name(out->bytes, out->len, writing->table);
    out->cut = writing->cut;
    if (!done) {
        free(out->bytes);
        *out = (struct stats_file){ 0 };
    }
    return done;
}

bool stats_write(const struct stats_plan *plan, const struct shelf_view *view,
                 enum stats_format format, struct stats_file *out, char *error, size_t error_size)
{
    struct writing writing = { .format = format, .plain = true };
    bool no_memory = false;
    *out = (struct stats_file){ 0 };
    writing.table = stats_table_create(plan);
    bool done =
        writing.table != NULL && stats_rows(writing.table, view, look, &writing, &no_memory);
    if (done)
        settle(&writing);
    done = done && make(&writing, view, out);
    stats_table_destroy(writing.table);
    if (done)
        return true;
    if (writing.error == READSTAT_OK || writing.error == READSTAT_ERROR_MALLOC)
        snprintf(error, error_size, "no memory");
    else
        snprintf(error, error_size, "the file cannot be made: %s",
                 readstat_error_message(writing.error));
    return false;
}
