/* output_inner.h - an output in Lua from inside: shared by output_*.c only.
 *
 * Functions that take a lua_State * may raise. What the C side holds while Lua may raise lies in
 * the struct, so that a raise loses nothing. */
#ifndef VB_OUTPUT_INNER_H
#define VB_OUTPUT_INNER_H

#include <cjson/cJSON.h>
#include <lua.h>

#include "script/construct.h"
#include "script/output.h"
#include "script/output_place.h"

enum vb_fault { VB_FAULT_NONE, VB_FAULT_MISUSE, VB_FAULT_TROUBLE };

struct vb_lua_output {
    /* -- fixed after load -- */
    char *file;           /* "diary.lua" */
    struct vb_buf source; /* its text: a state that was thrown away is made from it again */
    struct vb_clock clock;
    struct vb_construct construct;
    struct vb_output about;
    struct vb_arena arena; /* of about */

    /* -- the state; NULL: it met a limit and is gone -- */
    struct vb_sandbox *box;
    struct vb_findings *findings;              /* while the file runs */
    const struct vb_output_host *host;         /* from open to close */
    const struct vb_output_delivery *delivery; /* while deliver runs */

    struct vb_output_place *places; /* [0] its own folder, [1] its records */
    size_t place_count, place_cap;

    /* -- of the call that runs -- */
    enum vb_fault fault; /* what a function of ours raised last */
    char words[256];
    cJSON *json;
    struct vb_buf text;
};

/* -- output_host.c: the functions; the struct is the sandbox's host -- */
struct vb_lua_output *vb_output_of(lua_State *L);
/* Raises our own words, which may be shown: they hold nothing that the script made. MISUSE is the
 * script's fault, TROUBLE the disk's. */
int vb_output_misuse(lua_State *L, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int vb_output_trouble(lua_State *L, const struct vb_err *err);
/* Is the value on top of co what one of these raised, and nobody caught? */
enum vb_fault vb_output_fault(struct vb_lua_output *output, lua_State *co);
/* A string argument; raises when it is none. what: "host.log wants a text" */
const char *vb_output_string(lua_State *L, int index, size_t *len, const char *what);
/* Sets up what a script is handed, once a state: the host table in the registry. */
void vb_output_host_make(lua_State *L);
void vb_output_push_host(lua_State *L);
void vb_output_push_delivery(lua_State *L); /* of output->delivery */

/* -- output_json.c -- */
void vb_output_json_open(lua_State *L); /* once a state; adds null and list to the module on top */
void vb_output_push_json(lua_State *L, const cJSON *json);
/* The value at index as canonical JSON in output->text. */
void vb_output_put_json(lua_State *L, int index);

/* -- output_files.c -- */
void vb_output_files_make(lua_State *L); /* once a state */
int vb_output_host_file(lua_State *L);   /* host.file, host.folder, host.remember, host.recall */
int vb_output_host_folder(lua_State *L);
int vb_output_host_remember(lua_State *L);
int vb_output_host_recall(lua_State *L);
void vb_output_leave_places(struct vb_lua_output *output); /* lets other processes at them */

/* -- output_load.c -- */
/* Makes a state and runs the file in it; what it returned is kept there. */
enum vb_code vb_output_start(struct vb_lua_output *output, const struct vb_limits *limits,
                             struct vb_findings *findings, struct vb_err *err);
/* Pushes the table given to v.output. */
void vb_output_push_table(lua_State *L);

/* -- output_run.c -- */
int vb_output_deliver(void *self, const struct vb_output_delivery *delivery,
                      struct vb_output_answer *answer);
void vb_output_close(void *self);

#endif
