/* other - a plugin of another major version, whose struct is longer and laid out as nobody here
 * knows. */
#include <verbond/output.h>

VB_OUTPUT_EXPORT const struct vb_output *vb_output_entry(void)
{
    static const struct {
        size_t size;
        unsigned abi_major, abi_minor;
        size_t members[24];
    } other = {
        .size = sizeof other,
        .abi_major = VB_OUTPUT_ABI_MAJOR + 1,
        .abi_minor = VB_OUTPUT_ABI_MINOR,
        .members = { 1, 2, 3 }, /* no pointers: whoever follows them crashes */
    };
    return (const struct vb_output *)&other;
}
