/* folder.h - a data folder after something went wrong: does it open, is it whole, does it go on?
 *
 * By convention a recorded folder DIR has the data in DIR/data and the key in DIR/key/master. */
#ifndef CRASH_FOLDER_H
#define CRASH_FOLDER_H

#include "dump.h"

/* Opens it as any command does, reads all of it, closes it, and has SQLite check each database.
 * Errors are those of the opening and reading, VB_E_DATA when a database is not whole. */
enum vb_code folder_read(const char *dir, struct dump_plans *plans, struct dump *out,
                         struct vb_err *err);
/* Plays every life (player.h) on it, so that what was broken off goes on to its end. */
enum vb_code folder_go_on(const char *dir, struct vb_err *err);

#endif
