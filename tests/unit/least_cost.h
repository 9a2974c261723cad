/* least_cost.h - the least libsodium hashes at, for tests that hash often and ask nothing of the
 * cost. That the program hashes at full cost is asked by test_signs and test_signin. */
#ifndef VB_LEAST_COST_H
#define VB_LEAST_COST_H

#include <sodium.h>

#include "serve/hash_cost.h"

static const struct vb_hash_cost least_cost = {
    .password = { crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN },
    .code = { crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN },
};

#endif
