/* lua_slips.h - slips that Lua's own message does not name, seen in the words around the place.
 *
 * Who knows other languages, or no Lua, writes # and // for notes, != and =, ids without quotes, a
 * quote inside a text. Lua only says which word it did not expect. One thread; touches the loading.
 */
#ifndef VB_LUA_SLIPS_H
#define VB_LUA_SLIPS_H

#include "script/build.h"

/* words: what Lua says, without the place; near: what it names, NULL for nothing. Tells what was
 * most likely meant, with the line where it stands, and gives true; false: nothing told. */
bool vb_tell_slip(struct vb_loading *loading, struct vb_place *place, const char *words,
                  const char *near);

/* Does the line, up to its end, hold an odd number of double quotes? */
bool vb_odd_quotes(const char *line);

#endif
