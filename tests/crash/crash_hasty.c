/* crash_hasty.c - verbond as it is, but with less patience for its outputs.
 *
 *   hasty ARGUMENTS...     as verbond takes them
 *
 * An output has 30 seconds for a parcel, 10 to begin and 5 to end; a configuration shortens
 * that in whole seconds, HASTY_DEADLINE_MS, HASTY_READY_MS and HASTY_FINISH_MS in less, for tests
 * of outputs that use up all they have. Nothing is killed by it, but it is linked as those programs
 * are. */
#include <stdlib.h>

#include "outbox/delivery.h"
#include "outbox/outbox.h"

int verbond_main(int argc, char **argv);

enum vb_code __real_vb_outbox_create(struct vb_outbox **out,
                                     const struct vb_outbox_options *options, struct vb_err *err);
enum vb_code __wrap_vb_outbox_create(struct vb_outbox **out,
                                     const struct vb_outbox_options *options, struct vb_err *err);
void __real_vb_outbox_finish(struct vb_outbox *outbox, int64_t deadline_ms);
void __wrap_vb_outbox_finish(struct vb_outbox *outbox, int64_t deadline_ms);
enum vb_code __real_vb_delivery_start(struct vb_delivery **out,
                                      const struct vb_delivery_options *options,
                                      struct vb_err *err);
enum vb_code __wrap_vb_delivery_start(struct vb_delivery **out,
                                      const struct vb_delivery_options *options,
                                      struct vb_err *err);

static int64_t shortened(const char *name, int64_t otherwise)
{
    const char *given = getenv(name);
    return given == NULL ? otherwise : atoll(given);
}

enum vb_code __wrap_vb_outbox_create(struct vb_outbox **out,
                                     const struct vb_outbox_options *options, struct vb_err *err)
{
    struct vb_outbox_options hasty = *options;
    hasty.deadline_ms = shortened("HASTY_DEADLINE_MS", options->deadline_ms);
    return __real_vb_outbox_create(out, &hasty, err);
}

void __wrap_vb_outbox_finish(struct vb_outbox *outbox, int64_t deadline_ms)
{
    __real_vb_outbox_finish(outbox, shortened("HASTY_FINISH_MS", deadline_ms));
}

enum vb_code __wrap_vb_delivery_start(struct vb_delivery **out,
                                      const struct vb_delivery_options *options, struct vb_err *err)
{
    struct vb_delivery_options hasty = *options;
    hasty.ready_ms = shortened("HASTY_READY_MS", options->ready_ms);
    return __real_vb_delivery_start(out, &hasty, err);
}

int main(int argc, char **argv)
{
    return verbond_main(argc, argv);
}
