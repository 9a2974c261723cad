/* folder.h - a data folder after something went wrong: does it open, is it whole, does it go on?
 *
 * By convention DIR has the data in DIR/here/data and the key in DIR/key/master, so that folders
 * are made on the way to both. */
#ifndef CRASH_FOLDER_H
#define CRASH_FOLDER_H

#include "dump.h"

/* Opens it as any command does, reads all of it, closes it, and has SQLite check each database.
 * Errors are those of the opening and reading, VB_E_DATA when a database is not whole. */
enum vb_code folder_read(const char *dir, struct dump_plans *plans, struct dump *out,
                         struct vb_err *err);
/* Plays the lives (lives.h) before this one. */
enum vb_code folder_play(const char *dir, const char *before, struct vb_err *err);
/* Plays this one (NULL: all), so that what was broken off goes on to its end, and how every walk
 * stands then: nothing random has part in that, so it is the same wherever the playing was broken
 * off. out is emptied first. */
enum vb_code folder_play_out(const char *dir, const char *only, struct dump_plans *plans,
                             struct dump *dump, struct vb_buf *out, struct vb_err *err);

/* Makes the folder empty, or makes it. */
enum vb_code folder_empty(const char *dir, struct vb_err *err);
/* Makes it hold what the other one holds. */
enum vb_code folder_copy(const char *from, const char *dir, struct vb_err *err);

#endif
