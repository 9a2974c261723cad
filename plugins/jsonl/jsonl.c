/* jsonl.c - an output that writes one line of JSON for each result (README.md).
 *
 * A line is synced before it is said to be delivered. When somebody took back, erased or corrected
 * what is in the file already, the round's earlier lines go, in one step. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <verbond/output.h>

#include "durable_file.h"
#include "result.h"

static const struct vb_output_option options[] = {
    { .name = "path",
      .type = VB_OUTPUT_PATH,
      .required = 1,
      .example = "results.jsonl",
      .help = "the file; made where there is none, else added to" },
};

static void *jsonl_open(const struct vb_output_host *host, char *error, size_t error_size)
{
    return durable_file_open(host->option(host, "path"), "\n", 0, error, error_size);
}

/* A line that is no JSON is somebody else's, and stays. */
static bool is_of_round(void *ctx, const char *record, size_t len)
{
    cJSON *line = cJSON_ParseWithLength(record, len);
    const char *round = result_text(line, "round");
    bool same = round != NULL && strcmp(round, ctx) == 0;
    cJSON_Delete(line);
    return same;
}

/* The file with this line at its end and without what the round had before. */
static bool put_in_place(struct durable_file *file, const char *round, const char *line, size_t len,
                         char *error, size_t error_size)
{
    size_t there, kept, left_out;
    char *bytes = durable_file_read(file, &there, error, error_size);
    if (bytes == NULL)
        return false;
    char *out =
        durable_file_without(bytes, there, "\n", is_of_round, (char *)round, &kept, &left_out);
    char *more = out == NULL ? NULL : realloc(out, kept + len + 1);
    free(bytes);
    if (more == NULL) {
        free(out);
        snprintf(error, error_size, "no memory");
        return false;
    }
    memcpy(more + kept, line, len);
    bool done = durable_file_replace(file, more, kept + len, error, error_size);
    free(more);
    return done;
}

static int jsonl_deliver(void *self, const struct vb_output_delivery *delivery,
                         struct vb_output_answer *answer)
{
    cJSON *result = cJSON_ParseWithLength(delivery->result_json, delivery->result_len);
    const char *round = result_text(result, "round");
    char *line = malloc(delivery->result_len + 1);
    bool done = false;
    if (round == NULL || line == NULL) {
        snprintf(answer->reason, sizeof answer->reason, "%s",
                 line == NULL ? "no memory" : "the result names no round");
    } else {
        memcpy(line, delivery->result_json, delivery->result_len);
        line[delivery->result_len] = '\n';
        done = result_takes_back(result)
                   ? put_in_place(self, round, line, delivery->result_len + 1, answer->reason,
                                  sizeof answer->reason)
                   : durable_file_append(self, line, delivery->result_len + 1, answer->reason,
                                         sizeof answer->reason);
    }
    free(line);
    cJSON_Delete(result);
    return done ? VB_OUTPUT_DELIVERED : VB_OUTPUT_RETRY;
}

static void jsonl_close(void *self)
{
    durable_file_close(self);
}

const struct vb_output *vb_output_entry(void)
{
    static const struct vb_output jsonl = {
        .size = sizeof jsonl,
        .abi_major = VB_OUTPUT_ABI_MAJOR,
        .abi_minor = VB_OUTPUT_ABI_MINOR,
        .name = "jsonl",
        .summary = "one line of JSON for each result, in a file",
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .option_size = sizeof *options,
        .open = jsonl_open,
        .deliver = jsonl_deliver,
        .close = jsonl_close,
    };
    return &jsonl;
}
