/* output_line.h - an output as it is written in one line: NAME[:key=value,...].
 *
 * purpose, content and name are the engine's own keys; a comma in a value is written \,. Without a
 * purpose it is local with content items; for a dossier content is event. One thread. */
#ifndef VB_OUTPUT_LINE_H
#define VB_OUTPUT_LINE_H

#include "loop/loop.h"
#include "base/log.h"
#include "store/store.h"

struct vb_output_room { /* all borrowed; what is read lives in arena */
    struct vb_arena *arena;
    struct vb_loop *loop; /* turned while the plugin is asked what it takes */
    const struct vb_log *log;
    const char *program; /* verbond itself: it runs the plugin, and plugins may lie beside it */
    const char *plugins; /* the folder where plugins are looked for first; NULL: none */
    size_t memory_max;   /* of the plugin while it is asked, and how long that may take: */
    int64_t ready_ms;    /* outbox/delivery.h; 0: as there */
};
/* The plugin is found (in plugins, beside the program, where it is installed), asked which options
 * it takes, and those that were given are checked; relative paths begin here. VB_E_USAGE:
 * the words are wrong; VB_E_CONFIG: there is no such output, or it refuses. */
enum vb_code vb_output_line_read(const struct vb_output_room *room, const char *line,
                                 struct vb_output_row *out, struct vb_err *err);

/* Written down for this round, durable (or on a stage), before anything is released to them. One of
 * a name that the round has for something else gets a number, csv-2, and replaces nothing. */
enum vb_code vb_output_line_put(struct vb_store *store, const struct vb_output_row *rows,
                                size_t count, const char *round, struct vb_err *err);

#endif
