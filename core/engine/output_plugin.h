/* output_plugin.h - plugins of outputs: where they lie, and what they say of themselves.
 *
 * A plugin is looked for in the folder that is given, beside the program, and where verbond is
 * installed: NAME.so, NAME.lua, or NAME alone, a program. The first that is found is the one. One
 * thread. */
#ifndef VB_OUTPUT_PLUGIN_H
#define VB_OUTPUT_PLUGIN_H

#include "base/log.h"
#include "loop/loop.h"
#include "outbox/protocol.h"
#include "store/store.h"

struct vb_output_room { /* all borrowed; what is read lives in arena */
    struct vb_arena *arena;
    struct vb_loop *loop;     /* turned while the plugin is asked what it takes */
    const struct vb_log *log; /* NULL: nothing of what it says is written */
    const char *program; /* verbond itself: it runs the plugin, and plugins may lie beside it */
    const char *plugins; /* the folder where plugins are looked for first; NULL: none */
    size_t memory_max;   /* of the plugin while it is asked, and how long that may take: */
    int64_t ready_ms;    /* outbox/delivery.h; 0: as there */
};

/* name: one without a slash is looked for, one with a slash is a path. VB_E_CONFIG: it is not
 * there. *out: absolute. */
enum vb_code vb_output_plugin_find(const struct vb_output_room *room, const char *name,
                                   const char **out, struct vb_err *err);
/* What an output may be called: letters a-z, digits and -, a letter first. */
bool vb_output_name_ok(const char *name);

struct vb_output_plugin {
    const char *name, *path;
};
/* All that can be found by a name, by name. */
void vb_output_plugins(const struct vb_output_room *room, struct vb_output_plugin **out,
                       size_t *count);

struct vb_output_options { /* what a plugin takes */
    const struct vb_wire_option *list;
    size_t count;
};
/* Starts it, hears what it takes, ends it. memory_mib: as in struct vb_output_row. VB_E_CONFIG: it
 * cannot be loaded, or does not speak the protocol; the message says why. */
enum vb_code vb_output_plugin_ask(const struct vb_output_room *room, const char *path,
                                  const char *name, int64_t memory_mib,
                                  struct vb_output_options *out, struct vb_err *err);

#endif
