/* output_line.h - an output as it is written in one line: NAME[:key=value,...].
 *
 * purpose, content, name, memory (MiB, or none) and deadline (seconds) are the engine's own keys. A
 * comma in a value is written \,, a colon in a path of a plugin \:. Without a purpose it is local
 * with content items; for a dossier content is event. One thread. */
#ifndef VB_OUTPUT_LINE_H
#define VB_OUTPUT_LINE_H

#include "engine/output_plugin.h"
#include "store/store.h"

/* The plugin is found (in plugins, beside the program, where it is installed), asked which options
 * it takes, and those that were given are checked; relative paths begin here. VB_E_USAGE:
 * the words are wrong; VB_E_CONFIG: there is no such output, or it refuses. */
enum vb_code vb_output_line_read(const struct vb_output_room *room, const char *line,
                                 struct vb_output_row *out, struct vb_err *err);

/* The same of an output whose parts are known: out holds its name, purpose, content and limits.
 * plugin: a name or a path; options: a JSON object of texts; folder: where relative paths in them
 * begin. */
enum vb_code vb_output_known(const struct vb_output_room *room, const char *plugin,
                             const char *options, const char *folder, struct vb_output_row *out,
                             struct vb_err *err);

/* The two limits of an output as words: "none" is for memory alone. */
enum {
    VB_OUTPUT_MEMORY_LEAST = 16,
    VB_OUTPUT_MEMORY_MOST = 1 << 20,
    VB_OUTPUT_DEADLINE_MOST = 3600
};

/* Written down for this round, durable (or on a stage), before anything is released to them. One of
 * a name that the round has for something else gets a number, csv-2, and replaces nothing. */
enum vb_code vb_output_line_put(struct vb_store *store, const struct vb_output_row *rows,
                                size_t count, const char *round, struct vb_err *err);

#endif
