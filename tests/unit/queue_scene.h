/* queue_scene.h - a place with a queue in it, over a store that waits when it is told to. */
#ifndef VB_QUEUE_SCENE_H
#define VB_QUEUE_SCENE_H

#include "store_suite.h"

#include <pthread.h>

#include "base/buf.h"
#include "store/store_memory.h"
#include "store/store_queue.h"
#include "store/store_sqlite.h"
#include "store_place.h"

static inline struct vb_store *queue_over(struct vb_store *writer, struct vb_store *reader,
                                          struct vb_loop *loop)
{
    struct vb_store *queue;
    struct vb_err err;
    const struct vb_store_queue_options options = { writer, reader, loop };
    if (vb_store_queue_create(&queue, &options, &err) != VB_OK)
        fail_msg("%s", err.text);
    return queue;
}

struct gated {
    struct vb_store store;
    struct vb_store_ops ops;
    struct vb_store *below;
    pthread_mutex_t lock;
    pthread_cond_t moved;
    bool closed, inside;
};

static inline void gated_batch(struct vb_store *store, struct vb_request *requests, size_t count)
{
    struct gated *gated = (struct gated *)store;
    pthread_mutex_lock(&gated->lock);
    gated->inside = true;
    pthread_cond_broadcast(&gated->moved);
    while (gated->closed)
        pthread_cond_wait(&gated->moved, &gated->lock);
    gated->inside = false;
    pthread_mutex_unlock(&gated->lock);
    vb_store_batch(gated->below, requests, count);
}

static inline void gated_destroy(struct vb_store *store)
{
    struct gated *gated = (struct gated *)store;
    vb_store_destroy(gated->below);
    pthread_cond_destroy(&gated->moved);
    pthread_mutex_destroy(&gated->lock);
    free(gated);
}

static inline struct gated *make_gated(struct vb_store *below)
{
    struct gated *gated = vb_new(struct gated);
    gated->store.ops = &gated->ops;
    gated->ops =
        (struct vb_store_ops){ .name = "gated", .batch = gated_batch, .destroy = gated_destroy };
    gated->below = below;
    pthread_mutex_init(&gated->lock, NULL);
    pthread_cond_init(&gated->moved, NULL);
    return gated;
}

static inline void set_gate(struct gated *gated, bool closed)
{
    pthread_mutex_lock(&gated->lock);
    gated->closed = closed;
    pthread_cond_broadcast(&gated->moved);
    pthread_mutex_unlock(&gated->lock);
}

static inline void wait_until_inside(struct gated *gated)
{
    pthread_mutex_lock(&gated->lock);
    while (!gated->inside)
        pthread_cond_wait(&gated->moved, &gated->lock);
    pthread_mutex_unlock(&gated->lock);
}

struct scene {
    char *place;
    struct vb_loop *loop;
    struct gated *gated; /* around the writer */
    struct vb_store *queue;
    struct vb_arena arena;
    struct vb_err err;
};

static inline int set_up(void **state)
{
    struct scene *scene = vb_new(struct scene);
    scene->place = place_make();
    assert_int_equal(vb_loop_create(&scene->loop, &scene->err), VB_OK);
    struct vb_store *writer = place_open(scene->place);
    suite_begin_round(writer);
    suite_one(writer, suite_person("p2", "c1"));
    suite_one(writer, suite_session("s2", "round-1", "p2"));
    scene->gated = make_gated(writer);
    scene->queue = queue_over(&scene->gated->store, vb_store_sqlite_reader(writer), scene->loop);
    *state = scene;
    return 0;
}

static inline int tear_down(void **state)
{
    struct scene *scene = *state;
    vb_store_destroy(scene->queue);
    vb_loop_destroy(scene->loop);
    vb_arena_finish(&scene->arena);
    place_end(scene->place);
    free(scene);
    return 0;
}

struct heard { /* what a done was called with */
    int times, order;
    enum vb_code code;
    struct vb_err err;
    pthread_t thread;
    struct heard_all *all;
};

struct heard_all {
    int count, expected;
    bool complete;
};

static inline void hear(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct heard *heard = ctx;
    heard->times++;
    heard->order = heard->all->count++;
    heard->code = code;
    heard->err = *err;
    heard->thread = pthread_self();
    heard->all->complete = heard->all->count == heard->all->expected;
}

static inline void wait_for_all(struct scene *scene, struct heard_all *all, int expected)
{
    all->expected = expected;
    all->complete = all->count == expected;
    assert_int_equal(vb_loop_until(scene->loop, &all->complete, &scene->err), VB_OK);
}

#endif
