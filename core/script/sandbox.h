/* sandbox.h - one Lua state that can hurt nobody.
 *
 * Text only, libraries by allow-list (docs/reference/sandbox.md, tests/fixtures/sandbox-names.txt),
 * memory ceiling and string cap in the allocator, a count hook that yields, fuel in VM
 * instructions. A function here that takes struct vb_sandbox * never raises; one whose first
 * parameter is lua_State * may. One thread. */
#ifndef VB_SANDBOX_H
#define VB_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct vb_limits {
    size_t memory_bytes; /* of the whole state */
    size_t string_bytes; /* of one string: 256 KiB */
    int64_t fuel;        /* VM instructions for one load, or from one ask to the next */
    int64_t deadline_ms; /* safety net; never the instrument's own outcome */
};
struct vb_limits vb_limits_load(void); /* 16 MiB, 256 KiB, 20 million, 2000 ms */
struct vb_limits vb_limits_flow(void); /* 8 MiB, 256 KiB, 2 million, 200 ms */

struct vb_sandbox;
struct lua_State;

/* fail_allocation: tests have every growth from the n-th on refused (0: never). show_messages: an
 * error passes on what the script said. Only where no person's answers are (a load, verbond test):
 * else its place and a sentence of the engine's own, because a script can put an answer into its
 * words, and Lua quotes keys. */
struct vb_sandbox_options {
    struct vb_limits limits;
    struct vb_clock clock;
    int64_t fail_allocation;
    bool show_messages;
};
enum vb_code vb_sandbox_create(struct vb_sandbox **out, const struct vb_sandbox_options *options,
                               struct vb_err *err);
void vb_sandbox_destroy(struct vb_sandbox *box); /* NULL is fine */

const char *vb_sandbox_version(void); /* Lua's, such as "5.4.4" */

#endif
