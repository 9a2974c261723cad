/* newer - a plugin of a newer minor version, whose struct is longer and laid out as nobody here
 * knows. */
#include <verbond/output.h>

VB_OUTPUT_EXPORT const struct vb_output *vb_output_entry(void)
{
    static const struct {
        size_t size;
        unsigned abi_major, abi_minor;
        size_t members[24];
    } newer = {
        .size = sizeof newer,
        .abi_major = VB_OUTPUT_ABI_MAJOR,
        .abi_minor = VB_OUTPUT_ABI_MINOR + 1,
        .members = { 1, 2, 3 }, /* no pointers: whoever follows them crashes */
    };
    return (const struct vb_output *)&newer;
}
