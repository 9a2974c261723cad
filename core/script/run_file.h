/* run_file.h - runs one Lua file in the load's sandbox and copies out what it returned. */
#ifndef VB_RUN_FILE_H
#define VB_RUN_FILE_H

#include "script/build.h"

/* main: its chunk and flow are kept for flows. False after a finding or a fatal error. */
bool vb_run_file(struct vb_loading *loading, int file, bool main, struct vb_raw *out);

#endif
