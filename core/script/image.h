/* image.h - a Lua function with all it stands on, kept outside Lua.
 *
 * A flow function usually needs little of the file it was written in: a list, a helper. An image
 * holds the function, the functions and plain tables it reaches through its upvalues, and which
 * upvalues they share; pushed into a fresh state it is what running the whole file again would
 * give. It is made from a state and pushed into states of the same process, never written anywhere.
 * Fixed once made; any thread may push it. */
#ifndef VB_IMAGE_H
#define VB_IMAGE_H

#include <lua.h>

struct vb_image;

/* The image of the Lua function at index, or NULL when it stands on something that cannot be kept
 * (nodes of the module verbond, other C functions, keys that are tables). verbond: index of the
 * table that require "verbond" gave. Never raises. */
struct vb_image *vb_image_take(lua_State *L, int function, int verbond);
void vb_image_destroy(struct vb_image *image); /* NULL is fine */

/* Pushes the function. push_verbond pushes the state's own module; called when it is needed. */
void vb_image_push(lua_State *L, const struct vb_image *image, void (*push_verbond)(lua_State *L));

#endif
