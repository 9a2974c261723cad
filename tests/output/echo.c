/* echo - a good plugin: each delivery is a line of a file, which is on the disk when it says so. */
#include <verbond/output.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct echo {
    const struct vb_output_host *host;
    FILE *file;
};
static const struct vb_output_option options[] = {
    { .name = "path",
      .type = VB_OUTPUT_PATH,
      .required = 1,
      .example = "/tmp/echo.txt",
      .help = "the file" },
    { .name = "prefix",
      .type = VB_OUTPUT_TEXT,
      .default_value = "got",
      .example = "heard",
      .help = "what every line begins with" },
    { .name = "times",
      .type = VB_OUTPUT_INT,
      .default_value = "1",
      .example = "2",
      .help = "how often each is written" },
};

static void *echo_open(const struct vb_output_host *host, char *error, size_t error_size)
{
    struct echo *echo = calloc(1, sizeof *echo);
    const char *path = host->option(host, "path");
    echo->host = host;
    echo->file = fopen(path, "ae");
    if (echo->file != NULL)
        return echo;
    snprintf(error, error_size, "%s: %s", path, strerror(errno));
    free(echo);
    return NULL;
}

static void put(struct echo *echo, const struct vb_output_delivery *delivery)
{
    size_t sheet_len = 0;
    const char *sheet = echo->host->render_sheet(echo->host, delivery, &sheet_len);
    fprintf(echo->file, "%s %s try %d in %lld ms: %s by %s",
            echo->host->option(echo->host, "prefix"), delivery->parcel, delivery->attempt,
            (long long)delivery->deadline_ms, delivery->result_json, delivery->instrument_json);
    for (size_t i = 0; i < delivery->blob_count; i++)
        fprintf(echo->file, " +%s %s", delivery->blobs[i].digest, delivery->blobs[i].type);
    fprintf(echo->file, " sheet %zu %s\n", sheet_len, sheet == NULL ? "none" : sheet);
}

static int echo_deliver(void *self, const struct vb_output_delivery *delivery,
                        struct vb_output_answer *answer)
{
    struct echo *echo = self;
    long times = strtol(echo->host->option(echo->host, "times"), NULL, 10);
    for (long i = 0; i < times; i++)
        put(echo, delivery);
    if (fflush(echo->file) == 0 && fdatasync(fileno(echo->file)) == 0)
        return VB_OUTPUT_DELIVERED;
    snprintf(answer->reason, sizeof answer->reason, "%s", strerror(errno));
    return VB_OUTPUT_RETRY;
}

static void echo_close(void *self)
{
    struct echo *echo = self;
    fclose(echo->file);
    free(echo);
}

VB_OUTPUT_EXPORT const struct vb_output *vb_output_entry(void)
{
    static const struct vb_output echo = {
        .size = sizeof echo,
        .abi_major = VB_OUTPUT_ABI_MAJOR,
        .abi_minor = VB_OUTPUT_ABI_MINOR,
        .name = "echo",
        .summary = "one line of a file for each delivery",
        .options = options,
        .option_count = sizeof options / sizeof options[0],
        .option_size = sizeof options[0],
        .open = echo_open,
        .deliver = echo_deliver,
        .close = echo_close,
    };
    return &echo;
}
