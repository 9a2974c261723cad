/* lua_words.h - Lua's own messages in words an author knows. */
#ifndef VB_LUA_WORDS_H
#define VB_LUA_WORDS_H

#include "script/build.h"

/* Tells of a message "place:line: words" that Lua raised; file is where it was raised when the
 * message names no file that was read. */
void vb_tell_lua(struct vb_loading *loading, const char *message, int file, bool compiling);
/* As vb_tell_lua, of a limit that ended the file. */
void vb_tell_limit(struct vb_loading *loading, const char *message, int file);
/* The line of the last return that begins a line: what the file gives stands there. 1: none. */
int vb_line_of_return(const struct vb_read_file *file);
/* The line where the word first stands in the code; 0: nowhere. */
int vb_line_of_word(const struct vb_read_file *file, const char *word);

#endif
