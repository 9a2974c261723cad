/* output.h - an output in Lua: the file NAME.lua as what a C plugin is, a struct vb_output.
 *
 * The file runs in a sandbox (sandbox.h): no network, no processes, and of the disk only what its
 * options of type path name and a folder of its own (docs/reference/lua-outputs.md). One thread;
 * everything blocks. Nothing here raises. */
#ifndef VB_SCRIPT_OUTPUT_H
#define VB_SCRIPT_OUTPUT_H

#include "base/clock.h"
#include "data/finding.h"
#include "include/verbond/output.h"
#include "script/sandbox.h"

struct vb_limits vb_limits_output(void); /* 128 MiB, 16 MiB, 200 million, 10 s */

/* Reads and runs the file. findings: everything that is wrong with it, by file and line.
 * VB_E_CONFIG: there is something; err has the first of them. VB_E_ABSENT, VB_E_LIMIT, VB_E_IO. */
struct vb_lua_output;
enum vb_code vb_lua_output_load(struct vb_lua_output **out, const char *path,
                                const struct vb_clock *clock, struct vb_findings *findings,
                                struct vb_err *err);
void vb_lua_output_destroy(struct vb_lua_output *output); /* NULL is fine */

/* What it says of itself. open is NULL: use vb_lua_output_open; deliver and close take the struct
 * vb_lua_output * as self. Lives as long as output. Values of options are not checked yet. */
const struct vb_output *vb_lua_output_about(const struct vb_lua_output *output);

/* The script's own open. host is kept until close. VB_E_CONFIG: it cannot begin, and err says why:
 * a sentence of the script's, or file and line of what went wrong, never a value. */
enum vb_code vb_lua_output_open(struct vb_lua_output *output, const struct vb_output_host *host,
                                struct vb_err *err);

#endif
