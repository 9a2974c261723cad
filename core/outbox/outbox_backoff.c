/* How long until the next try. Pure. */
#include <stdint.h>

#include "outbox/outbox.h"

enum { FIRST_MS = 1000, MOST_MS = 15 * 60 * 1000 };

int64_t vb_outbox_backoff_ms(int attempts, const struct vb_random *random)
{
    int64_t wait_ms = FIRST_MS;
    uint32_t drawn;
    for (int i = 1; i < attempts && wait_ms < MOST_MS; i++)
        wait_ms *= 2;
    if (wait_ms > MOST_MS)
        wait_ms = MOST_MS;
    random->fill(random->ctx, &drawn, sizeof drawn);
    int64_t spread = wait_ms / 4;
    return wait_ms - spread + (int64_t)(drawn % (uint64_t)(2 * spread + 1));
}
