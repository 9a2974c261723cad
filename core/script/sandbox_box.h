/* sandbox_box.h - the sandbox from inside: shared by sandbox*.c, lib_*.c and output_*.c only. */
#ifndef VB_SANDBOX_BOX_H
#define VB_SANDBOX_BOX_H

#include <stdbool.h>

#include <lauxlib.h>
#include <lua.h>

#include "script/sandbox_lua.h"

/* Why a state is to be thrown away. Once set it stays. */
enum vb_verdict {
    VB_VERDICT_NONE,
    VB_VERDICT_FUEL,
    VB_VERDICT_DEADLINE,
    VB_VERDICT_MEMORY,
    VB_VERDICT_STRING,
    VB_VERDICT_BLOCK, /* one table, or the stack of calls */
};

enum {
    VB_HOOK_COUNT = 100, /* VM instructions from one hook to the next */
    /* Once a state holds something large, an instruction may take milliseconds (comparing two
     * strings of 256 KiB, making room in a table whose keys were chosen to collide). */
    VB_HOOK_COUNT_HEAVY = 10,
    VB_HEAVY_BYTES = 16 * 1024,
    VB_ARENA_BYTES = 32 * 1024, /* what a usual flow needs; the rest comes from malloc */
    VB_CELL_MAX = 256,          /* cells up to this size are kept for the next of their size */
    VB_CELL_STEP = 16,
    VB_PLACE_SIZE = LUA_IDSIZE + 16,
};

struct vb_sandbox {
    /* -- fixed after create -- */
    lua_State *L;
    struct vb_limits limits;
    struct vb_clock clock;
    int64_t fail_allocation;
    bool show_messages;
    const char *stopped; /* how a hidden error begins; NULL: as of a flow */

    /* -- the script's account -- */
    int64_t fuel;
    int hook_count;
    int64_t deadline_ns;
    int64_t slice_ns;     /* how long one resume may run, 0: to its end */
    int64_t slice_end_ns; /* of the resume that runs */
    int64_t left_ns;      /* sliced: what was left until the deadline */
    bool sliced;          /* stopped in mid-run, to go on with the next resume */
    enum vb_verdict verdict;
    char place[VB_PLACE_SIZE]; /* "file:line" where the verdict fell, or "" */
    lua_State *running;        /* the coroutine being resumed, NULL: the main state */
    bool collecting;           /* the collector was started */
    void *host;                /* of whoever made the sandbox */

    /* -- the allocator's -- */
    size_t used;         /* bytes Lua holds */
    int64_t allocations; /* that grew */
    bool pressed;        /* the last growth was refused: Lua collects and tries once more */
    size_t outside;      /* live blocks from malloc */
    char *arena;
    size_t arena_used;
    void *cells[VB_CELL_MAX / VB_CELL_STEP + 1];
};

/* lua_Alloc; ctx is the box. */
void *vb_sandbox_allocate(void *ctx, void *ptr, size_t osize, size_t nsize);
void vb_sandbox_arena_make(struct vb_sandbox *box);
void vb_sandbox_arena_free(struct vb_sandbox *box);

/* Passes sentence: the first verdict stays, and from now on every instruction meets the hook. */
void vb_sandbox_judge(struct vb_sandbox *box, lua_State *L, enum vb_verdict verdict);
void vb_sandbox_hook(lua_State *L, lua_Debug *ar);
/* The hook is called every VB_HOOK_COUNT_HEAVY instructions from now on. */
void vb_sandbox_look_closely(struct vb_sandbox *box, lua_State *L);
/* The most bytes of one table part or of the stack. A table of twice that could be filled with keys
 * that collide when it grows, and growing would take longer than the deadline. */
size_t vb_sandbox_block_max(const struct vb_sandbox *box);
/* Writes "file:line" of the innermost Lua function on L's stack, "" when there is none. */
void vb_sandbox_place(lua_State *L, char place[VB_PLACE_SIZE]);
/* The verdict as a sentence. */
enum vb_code vb_sandbox_sentence(const struct vb_sandbox *box, struct vb_err *err);

/* Raises past the string cap; else charges for a string of len bytes about to be made. */
void vb_sandbox_string(lua_State *L, size_t len);

/* -- libraries -- */

/* Gives the globals their lazily filled, read-only library. */
void vb_lib_open(lua_State *L);
/* Fills in every name that a script could reach, so that a test can walk them. */
void vb_lib_fill(lua_State *L);
/* Pushes a read-only table over the store at the top of the stack (which it replaces). what names
 * it in messages. */
void vb_lib_seal(lua_State *L, const char *what);

/* Is it one of the functions below? */
bool vb_lib_has(lua_CFunction function);
/* Is it error or assert, by which a script raises its own words? */
bool vb_lib_raises(lua_CFunction function);
/* The global name of the library table at index; NULL: it is none. Never raises. */
const char *vb_lib_name(lua_State *L, int index);

extern const luaL_Reg vb_lib_base[], vb_lib_math[], vb_lib_string[], vb_lib_table[], vb_lib_utf8[];
void vb_lib_math_constants(lua_State *L); /* sets them in the table on top */
int vb_string_format(lua_State *L);       /* lib_format.c */

#endif
