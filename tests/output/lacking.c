/* lacking - a plugin that has no deliver. */
#include <verbond/output.h>

static void *lacking_open(const struct vb_output_host *host, char *error, size_t error_size)
{
    (void)error;
    (void)error_size;
    return (void *)host;
}

VB_OUTPUT_EXPORT const struct vb_output *vb_output_entry(void)
{
    static const struct vb_output lacking = {
        .size = sizeof lacking,
        .abi_major = VB_OUTPUT_ABI_MAJOR,
        .abi_minor = VB_OUTPUT_ABI_MINOR,
        .name = "lacking",
        .summary = "has no deliver",
        .open = lacking_open,
    };
    return &lacking;
}
