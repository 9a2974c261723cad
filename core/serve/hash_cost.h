/* hash_cost.h - what hashing a password or a short code costs whoever guesses: argon2id's passes
 * and memory. Pure; any thread.
 *
 * The numbers of the program lie in hash_cost.c alone. Where a cost is given, NULL is that one, and
 * the program gives nothing else; tests that hash by the hundred give a smaller one. What was
 * hashed says its own cost, so a password is tried at the cost it was kept with. */
#ifndef VB_HASH_COST_H
#define VB_HASH_COST_H

#include <stddef.h>

struct vb_cost {
    unsigned long long passes;
    size_t memory; /* bytes */
};
struct vb_hash_cost {
    struct vb_cost password;
    struct vb_cost code; /* typed short codes: 38 bits, and over in days */
};
/* The given one, or for NULL the full one: passwords 64 MiB and two passes (OWASP's floor is 19 MiB
 * and two), codes 16 MiB and two. */
const struct vb_hash_cost *vb_hash_cost_or_full(const struct vb_hash_cost *given);

#endif
