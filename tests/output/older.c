/* older - a plugin whose struct ends before close, as one of before close was there would. */
#include <verbond/output.h>

#include <stdio.h>

/* Neither does it know choices. */
struct older_option {
    const char *name;
    int type, required;
    const char *default_value, *example, *check, *help;
};
struct older_output {
    size_t size;
    unsigned abi_major, abi_minor;
    const char *name, *summary;
    const struct older_option *options;
    size_t option_count, option_size;
    void *(*open)(const struct vb_output_host *host, char *error, size_t error_size);
    int (*deliver)(void *self, const struct vb_output_delivery *delivery,
                   struct vb_output_answer *answer);
};

static void *older_open(const struct vb_output_host *host, char *error, size_t error_size)
{
    (void)error;
    (void)error_size;
    host->log(host, VB_OUTPUT_INFO, host->option(host, "second"));
    return (void *)host;
}

static int older_deliver(void *self, const struct vb_output_delivery *delivery,
                         struct vb_output_answer *answer)
{
    (void)self;
    (void)delivery;
    (void)answer;
    return VB_OUTPUT_DELIVERED;
}

VB_OUTPUT_EXPORT const struct vb_output *vb_output_entry(void)
{
    static const struct older_option options[] = {
        { "first", VB_OUTPUT_TEXT, 0, NULL, "a", NULL, "the first" },
        { "second", VB_OUTPUT_INT, 0, "22", "2", NULL, "the second, a stride on" },
    };
    /* What lies behind a shorter struct is not its own: it must not be read as close. */
    static const struct {
        struct older_output output;
        const char *behind;
    } older = { {
                    .size = sizeof(struct older_output),
                    .abi_major = VB_OUTPUT_ABI_MAJOR,
                    .abi_minor = 0,
                    .name = "older",
                    .summary = "of an older version",
                    .options = options,
                    .option_count = 2,
                    .option_size = sizeof options[0],
                    .open = older_open,
                    .deliver = older_deliver,
                },
                "not a function" };
    return (const struct vb_output *)&older.output;
}
