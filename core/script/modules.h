/* modules.h - reading files and `require`, while an instrument loads. */
#ifndef VB_MODULES_H
#define VB_MODULES_H

#include <lua.h>

#include "script/build.h"
#include "script/construct.h"

/* What a function raises after a finding said it all. */
extern const char vb_already_told[];

/* Sets the global require and keeps the module verbond; may raise. */
void vb_modules_open(lua_State *L, const struct vb_construct *construct);
void vb_modules_push_verbond(lua_State *L);

/* Compiles a file that was read and pushes its function; raises vb_already_told. */
void vb_modules_compile(lua_State *L, struct vb_loading *loading, int file);
int vb_modules_file(const struct vb_loading *loading, const char *path); /* -1: not read */

#endif
