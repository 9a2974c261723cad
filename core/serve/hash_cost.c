#include "serve/hash_cost.h"

static const struct vb_hash_cost full = {
    .password = { .passes = 2, .memory = 64 << 20 },
    .code = { .passes = 2, .memory = 16 << 20 },
};

const struct vb_hash_cost *vb_hash_cost_or_full(const struct vb_hash_cost *given)
{
    return given == NULL ? &full : given;
}
