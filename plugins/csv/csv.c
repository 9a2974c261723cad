/* csv.c - an output that writes results as a table, with a codebook beside it (README.md). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <verbond/output.h>

#include "codebook.h"
#include "durable_file.h"
#include "result.h"
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

/* The codebook is open for as long as it is written: every table of a folder has the same one. */
enum { CODEBOOK_PATIENCE_MS = 5000 };

struct csv {
    enum csv_layout layout;
    struct durable_file *data;
    char *codebook; /* its path */
    char *told;     /* the digest of the instrument that it was given last; NULL: none */
};

static void csv_close(void *self)
{
    struct csv *csv = self;
    durable_file_close(csv->data);
    free(csv->codebook);
    free(csv->told);
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
    struct csv *csv = calloc(1, sizeof *csv);
    if (csv != NULL)
        csv->codebook = given != NULL ? strdup(given) : beside(path);
    if (csv == NULL || csv->codebook == NULL) {
        snprintf(error, error_size, "no memory");
        free(csv);
        return NULL;
    }
    csv->layout = strcmp(host->option(host, "layout"), "wide") == 0 ? CSV_WIDE : CSV_LONG;
    if (strcmp(csv->codebook, path) == 0)
        snprintf(error, error_size, "%s cannot be the table and its codebook", path);
    else
        csv->data = durable_file_open(path, CSV_END, 0, error, error_size);
    if (csv->data != NULL)
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
                 result_text(job->instrument, "id"), result_text(job->instrument, "version"));
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

/* The rows behind what there is; of a round of which something was taken back in its place. */
static bool put_rows(struct job *job)
{
    bool anew = result_takes_back(job->result);
    size_t len, kept, left_out;
    struct csv_text out = { 0 };
    char *there = durable_file_read(job->csv->data, &len, job->reason, job->reason_size);
    bool done = there != NULL && begin_file(job, there, len, &out);
    if (done && anew) {
        char *rest =
            durable_file_without(there, len, CSV_END, is_of_round,
                                 (char *)result_text(job->result, "round"), &kept, &left_out);
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

struct there {
    const char *bytes;
    size_t len;
};

static bool is_there(void *ctx, const char *record, size_t len)
{
    const struct there *there = ctx;
    const size_t end = strlen(CSV_END);
    const char *from = there->bytes, *stop = there->bytes + there->len;
    while ((from = memmem(from, (size_t)(stop - from), record, len)) != NULL) {
        if (from == there->bytes || memcmp(from - end, CSV_END, end) == 0)
            return true;
        from++;
    }
    return false;
}

/* What it has and, behind it, the lines of this instrument that it lacks. At once, so that an
 * instrument is in it whole or not at all. */
static bool add_to_codebook(struct job *job, struct durable_file *codebook)
{
    struct there there;
    size_t lacking, known;
    struct csv_text lines = { 0 }, out = { 0 };
    char *bytes = durable_file_read(codebook, &there.len, job->reason, job->reason_size);
    if (bytes == NULL)
        return false;
    there.bytes = bytes;
    csv_codebook(&lines, job->csv->layout, job->instrument);
    char *more = lines.failed ? NULL
                              : durable_file_without(lines.bytes, lines.len, CSV_END, is_there,
                                                     &there, &lacking, &known);
    if (there.len == 0)
        csv_codebook_columns(&out);
    csv_put(&out, bytes, there.len);
    if (more != NULL)
        csv_put(&out, more, lacking);
    bool made = more != NULL && !out.failed;
    if (!made)
        snprintf(job->reason, job->reason_size, "no memory");
    bool done = made && (lacking == 0 || durable_file_replace(codebook, out.bytes, out.len,
                                                              job->reason, job->reason_size));
    free(bytes);
    free(more);
    free(lines.bytes);
    free(out.bytes);
    return done;
}

/* What is not in the codebook yet is there before the first row that needs it. */
static bool put_codebook(struct job *job)
{
    struct csv *csv = job->csv;
    const char *digest = result_text(job->instrument, "digest");
    if (csv->told != NULL && strcmp(csv->told, digest) == 0)
        return true;
    struct durable_file *codebook = durable_file_open(csv->codebook, CSV_END, CODEBOOK_PATIENCE_MS,
                                                      job->reason, job->reason_size);
    bool done = codebook != NULL && add_to_codebook(job, codebook);
    durable_file_close(codebook);
    if (done) {
        free(csv->told);
        csv->told = strdup(digest); /* NULL: it is looked at once more */
    }
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
    if (result_text(result, "round") == NULL || result_text(instrument, "digest") == NULL)
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
