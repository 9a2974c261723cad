/* csv.c - an output that writes results as a table, with a codebook beside it (README.md). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <verbond/output.h>

#include "codebook.h"
#include "durable_file.h"
#include "rows.h"

static const struct vb_output_option options[] = {
    { .name = "path",
      .type = VB_OUTPUT_PATH,
      .required = 1,
      .example = "results.csv",
      .help = "the file; made where there is none, else added to" },
    { .name = "layout",
      .type = VB_OUTPUT_CHOICE,
      .default_value = "long",
      .example = "wide",
      .choices = "long wide",
      .help = "long: a row for each answer and score; wide: a row for each person" },
    { .name = "codebook",
      .type = VB_OUTPUT_PATH,
      .example = "codebook.csv",
      .help = "what the columns mean; codebook.csv beside the file when left out" },
};

struct csv {
    enum csv_layout layout;
    struct durable_file *data, *codebook;
};

static void csv_close(void *self)
{
    struct csv *csv = self;
    durable_file_close(csv->data);
    durable_file_close(csv->codebook);
    free(csv);
}

/* DIR/codebook.csv for DIR/results.csv; the caller frees it. */
static char *beside(const char *path)
{
    static const char name[] = "codebook.csv";
    const char *slash = strrchr(path, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    char *out = malloc(folder + sizeof name);
    if (out != NULL) {
        memcpy(out, path, folder);
        memcpy(out + folder, name, sizeof name);
    }
    return out;
}

static void *csv_open(const struct vb_output_host *host, char *error, size_t error_size)
{
    const char *path = host->option(host, "path"), *given = host->option(host, "codebook");
    char *codebook = given != NULL ? strdup(given) : beside(path);
    struct csv *csv = calloc(1, sizeof *csv);
    if (csv == NULL || codebook == NULL) {
        snprintf(error, error_size, "no memory");
        free(csv);
        free(codebook);
        return NULL;
    }
    csv->layout = strcmp(host->option(host, "layout"), "wide") == 0 ? CSV_WIDE : CSV_LONG;
    csv->data = durable_file_open(path, CSV_END, error, error_size);
    if (csv->data != NULL)
        csv->codebook = durable_file_open(codebook, CSV_END, error, error_size);
    free(codebook);
    if (csv->codebook != NULL)
        return csv;
    csv_close(csv);
    return NULL;
}

/* -- one delivery ------------------------------------------------------------------------------ */

struct job {
    struct csv *csv;
    const cJSON *result, *instrument;
    char *reason;
    size_t reason_size;
    bool never; /* it will not go better next time */
};

static const char *text_of(const cJSON *object, const char *name)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

/* The file begins with these columns, or is empty: then with them now. */
static bool begin_file(struct job *job, const char *there, size_t len, struct csv_text *out)
{
    struct csv_text columns = { 0 };
    csv_columns(&columns, job->csv->layout, job->instrument);
    bool fits =
        !columns.failed &&
        (len == 0 || (len >= columns.len && memcmp(there, columns.bytes, columns.len) == 0));
    if (columns.failed)
        snprintf(job->reason, job->reason_size, "no memory");
    else if (!fits) {
        snprintf(job->reason, job->reason_size,
                 "the file has other columns than %s %s has in this layout: give it another path",
                 text_of(job->instrument, "id"), text_of(job->instrument, "version"));
        job->never = true;
    } else if (len == 0) {
        csv_put(out, columns.bytes, columns.len);
    }
    free(columns.bytes);
    return fits;
}

static bool is_of_round(void *ctx, const char *record, size_t len)
{
    struct csv_text round = { 0 };
    bool same = csv_read(&round, record, len, 0) && strcmp(round.bytes, ctx) == 0;
    free(round.bytes);
    return same;
}

/* A correction may take back a yes to this very purpose: who gave it is not to stay in a row. */
static bool takes_back(const cJSON *result)
{
    const char *reason = text_of(result, "reason");
    return reason != NULL && (strcmp(reason, "withdrawn") == 0 || strcmp(reason, "erased") == 0 ||
                              strcmp(reason, "corrected") == 0);
}

/* The rows behind what there is; of a round of which something was taken back in its place. */
static bool put_rows(struct job *job)
{
    bool anew = takes_back(job->result);
    size_t len, kept, left_out;
    struct csv_text out = { 0 };
    char *there = durable_file_read(job->csv->data, &len, job->reason, job->reason_size);
    bool done = there != NULL && begin_file(job, there, len, &out);
    if (done && anew) {
        char *rest = durable_file_without(there, len, CSV_END, is_of_round,
                                          (char *)text_of(job->result, "round"), &kept, &left_out);
        if (rest != NULL)
            csv_put(&out, rest, kept);
        out.failed |= rest == NULL;
        free(rest);
    }
    if (done) {
        csv_rows(&out, job->csv->layout, job->result, job->instrument);
        if (out.failed)
            snprintf(job->reason, job->reason_size, "no memory");
        done =
            !out.failed && (anew ? durable_file_replace : durable_file_append)(
                               job->csv->data, out.bytes, out.len, job->reason, job->reason_size);
    }
    free(there);
    free(out.bytes);
    return done;
}

static bool has_digest(void *ctx, const char *record, size_t len)
{
    struct csv_text digest = { 0 };
    bool same =
        csv_read(&digest, record, len, CSV_CODEBOOK_DIGEST) && strcmp(digest.bytes, ctx) == 0;
    free(digest.bytes);
    return same;
}

/* What is not in the codebook yet is there before the first row that needs it. */
static bool put_codebook(struct job *job)
{
    struct durable_file *codebook = job->csv->codebook;
    size_t len, kept, known;
    struct csv_text out = { 0 };
    char *there = durable_file_read(codebook, &len, job->reason, job->reason_size);
    if (there == NULL)
        return false;
    char *rest = durable_file_without(there, len, CSV_END, has_digest,
                                      (char *)text_of(job->instrument, "digest"), &kept, &known);
    free(there);
    if (rest == NULL)
        snprintf(job->reason, job->reason_size, "no memory");
    if (rest == NULL || known > 0) {
        free(rest);
        return rest != NULL;
    }
    if (kept == 0)
        csv_codebook_columns(&out);
    csv_put(&out, rest, kept);
    free(rest);
    csv_codebook(&out, job->csv->layout, job->instrument);
    if (out.failed)
        snprintf(job->reason, job->reason_size, "no memory");
    /* At once, so that an instrument is in it whole or not at all. */
    bool done = !out.failed && durable_file_replace(codebook, out.bytes, out.len, job->reason,
                                                    job->reason_size);
    free(out.bytes);
    return done;
}

static int csv_deliver(void *self, const struct vb_output_delivery *delivery,
                       struct vb_output_answer *answer)
{
    cJSON *result = cJSON_ParseWithLength(delivery->result_json, delivery->result_len);
    cJSON *instrument = cJSON_ParseWithLength(delivery->instrument_json, delivery->instrument_len);
    struct job job = { .csv = self,
                       .result = result,
                       .instrument = instrument,
                       .reason = answer->reason,
                       .reason_size = sizeof answer->reason };
    bool done = false;
    if (text_of(result, "round") == NULL || text_of(instrument, "digest") == NULL)
        snprintf(answer->reason, sizeof answer->reason, "there is no result to read in it");
    else
        done = put_codebook(&job) && put_rows(&job);
    cJSON_Delete(result);
    cJSON_Delete(instrument);
    return done ? VB_OUTPUT_DELIVERED : job.never ? VB_OUTPUT_REJECTED : VB_OUTPUT_RETRY;
}

const struct vb_output *vb_output_entry(void)
{
    static const struct vb_output csv = {
        .size = sizeof csv,
        .abi_major = VB_OUTPUT_ABI_MAJOR,
        .abi_minor = VB_OUTPUT_ABI_MINOR,
        .name = "csv",
        .summary = "results as a table, long or wide, with a codebook",
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .option_size = sizeof *options,
        .open = csv_open,
        .deliver = csv_deliver,
        .close = csv_close,
    };
    return &csv;
}
