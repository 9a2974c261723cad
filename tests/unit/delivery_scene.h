/* delivery_scene.h - an output's process under a test: what it said, in order. The plugins are in
 * tests/output; they run in processes of the verbond beside the test program. */
#ifndef DELIVERY_SCENE_H
#define DELIVERY_SCENE_H

#include "base/buf.h"
#include "outbox/delivery.h"

enum { SOON_MS = 150, LONG_MS = 60000 };
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED true
#else
#define SANITIZED false
#endif

struct scene {
    struct vb_loop *loop;
    struct vb_delivery *delivery;
    struct vb_log log;
    struct vb_buf events; /* what was called, in order, one word each with its reason */
    struct vb_buf heard;  /* the log */
    bool free, broken, answered;
    const char *give_next; /* from within answered */
    char reason[512];
    int64_t after_ms;
    int log_lines;
    bool log_full; /* as many lines as one parcel may have */
};

struct given {
    const char *plugin, *options; /* options: "" for none, NULL to describe only */
    int64_t ready_ms, deadline_ms;
    size_t memory_max;
};

extern char scene_build[512], scene_folder[]; /* from scene_set_up to scene_tear_down */
int scene_set_up(void **state);
int scene_tear_down(void **state);

/* Starts an output called "mine", of a fresh loop unless the scene has one. */
void scene_start(struct scene *scene, struct given given);
/* As scene_start would, but for program, plugin, output and options. */
struct vb_delivery_options scene_options(struct scene *scene);
void scene_plugin(char out[1024], const char *plugin); /* its path */
/* The plugin echo with a file of the scene's folder; until it is free. */
void scene_begin_echo(struct scene *scene, const char *file);
/* A parcel without blobs, its second attempt. */
void scene_give(struct scene *scene, const char *parcel);
void scene_until(struct scene *scene, const bool *what);
void scene_until_answered(struct scene *scene);
void scene_finish(struct scene *scene); /* with its loop */

/* Files of the scene's folder: the whole of one, which is removed (the caller frees it); a new one.
 */
char *scene_content(const char *name);
void scene_write(const char *name, const char *text);

#endif
