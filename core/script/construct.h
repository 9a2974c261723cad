/* construct.h - what `require "verbond"` gives: the constructors, in Lua.
 *
 * A constructor makes a node: userdata that remembers which constructor, which id, which file and
 * line, and the table it was given. Nothing is checked here but the shape of the call; the loader
 * reads nodes, a flow's state only runs them. Functions here take a lua_State * and may raise. */
#ifndef VB_CONSTRUCT_H
#define VB_CONSTRUCT_H

#include <lua.h>

#include "script/fields.h"

/* Told about a misuse of a constructor; must not raise. source is the chunk's name without '='.
 * With tell NULL (a flow's state) a misuse raises. ctx and this struct outlive the state. */
struct vb_construct {
    void (*tell)(void *ctx, const char *source, int line, const char *code, const char *message,
                 const char *mend);
    void *ctx;
    /* The constructors and the page that lists them; NULL: those of instruments. */
    const struct vb_constructor *list;
    int count;
    const char *page;
};

/* Pushes the module table. Once a state. */
void vb_construct_push(lua_State *L, const struct vb_construct *construct);

struct vb_node {
    const struct vb_constructor *constructor;
    int line;
    bool has_table;
};
/* The node at index, or NULL when it is something else. */
const struct vb_node *vb_node_at(lua_State *L, int index);
void vb_node_push_table(lua_State *L, int index);  /* its table (ARGS: its arguments in order) */
void vb_node_push_id(lua_State *L, int index);     /* its id or nil */
void vb_node_push_source(lua_State *L, int index); /* its chunk's name */

#endif
