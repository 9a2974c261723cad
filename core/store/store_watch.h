/* store_watch.h - who hears of every commit. Part of store.h.
 *
 * For what is remembered of a store (who may come in) or stands open because of it (an event
 * stream): it is told at the one place that every write passes, so that no verb can forget to.
 *
 *      commit, submit, batch -> the store -> watches, in the order they came -> done
 *
 * A watch hears of the commits that go through this store object, also of one that failed: nobody
 * knows then what of it is there. It may read the store, and commit; it may not take a watch away.
 * It runs on the thread that committed, and for submit on the loop's. */
#ifndef VB_STORE_WATCH_H
#define VB_STORE_WATCH_H

#include <stddef.h>

struct vb_change;
struct vb_store;
struct vb_store_watch { /* the watcher's own; stays where it is until vb_store_unwatch */
    void (*wrote)(void *ctx, const struct vb_change *changes, size_t count);
    void *ctx;
    struct vb_store *store; /* the rest is the store's */
    struct vb_store_watch *next;
};
void vb_store_watch(struct vb_store *store, struct vb_store_watch *watch);
void vb_store_unwatch(struct vb_store_watch *watch);
/* Said by a store that has a submit of its own, before each done. */
void vb_store_wrote(const struct vb_store *store, const struct vb_change *changes, size_t count);

#endif
