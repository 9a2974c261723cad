/* kept.h - the real stack for the benches of the store: sessions over queue, sealed store, SQLite.
 *
 * Clock, randomness, disk and threads are the system's own. What only prepares is done without the
 * slowness that SLOW_SYNC_MS adds (tests/crash/preload_slow.c), which each sync looks up anew. */
#ifndef KEPT_H
#define KEPT_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "script/load.h"
#include "session/round.h"
#include "store/keys.h"
#include "store/store_queue.h"
#include "store/store_sealed.h"
#include "store/store_sqlite.h"
#include "store/store_stage.h"

struct kept {
    const char *dir;
    struct vb_plan *plan;
    struct vb_env env;
    struct vb_loop *loop;
    struct vb_keys *keys;
    struct vb_store *store;
    struct vb_arena arena;
    int cases; /* made so far */
};

static inline void demand(enum vb_code code, const struct vb_err *err)
{
    if (code == VB_OK)
        return;
    fprintf(stderr, "bench: %s\n", err->text);
    exit(1);
}

static inline double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static inline double median(double *list, int count)
{
    qsort(list, (size_t)count, sizeof *list, by_size);
    return list[count / 2];
}

/* What every sync costs more, in ms. Only while no sync is under way. */
static inline void sync_costs(const char *ms)
{
    setenv("SLOW_SYNC_MS", ms, 1);
}

static inline int remove_one(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info, (void)type, (void)walk;
    return remove(path);
}

static inline void remove_folder(const char *path)
{
    nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static inline long size_of(const char *dir, const char *name)
{
    char path[512];
    struct stat info;
    snprintf(path, sizeof path, "%s/%s", dir, name);
    return stat(path, &info) == 0 ? (long)info.st_size : 0;
}

/* -- the stack -- */

static inline enum vb_code keys_for(void *ctx, const char *dir, bool anew,
                                    unsigned char key[VB_AUDIT_KEY_BYTES], struct vb_err *err)
{
    struct kept *kept = ctx;
    char master[512];
    snprintf(master, sizeof master, "%s.key", kept->dir);
    struct vb_keys_options options = { .dir = dir,
                                       .master_path = master,
                                       .may_make = anew,
                                       .clock = kept->env.clock,
                                       .random = kept->env.random };
    enum vb_code code = vb_keys_open(&kept->keys, &options, NULL, err);
    if (code == VB_OK && anew)
        code = vb_keys_begin(kept->keys, err);
    if (code == VB_OK)
        vb_keys_purpose(kept->keys, "audit", key);
    return code;
}

/* As verbond does it (core/main/workplace_store.c). */
static inline void kept_open(struct kept *kept)
{
    struct vb_err err = { 0 };
    struct vb_store *disk;
    struct vb_store_queue_options stores = { 0 };
    const struct vb_store_sqlite_options options = { .dir = kept->dir,
                                                     .audit_key = { keys_for, kept } };
    kept->env.clock = vb_clock_system();
    kept->env.random = vb_random_system();
    demand(vb_store_sqlite_open_with(&disk, &options, &err), &err);
    stores.writer = vb_store_sealed_create(disk, kept->keys);
    demand(vb_store_sealed_settle(stores.writer, kept->env.clock.wall_ms(kept->env.clock.ctx), NULL,
                                  &err),
           &err);
    stores.reader = vb_store_sealed_create(vb_store_sqlite_reader(disk), kept->keys);
    demand(vb_loop_create(&kept->loop, &err), &err);
    stores.loop = kept->loop;
    demand(vb_store_queue_create(&kept->store, &stores, &err), &err);
}

static inline void kept_close(struct kept *kept)
{
    vb_store_destroy(kept->store);
    vb_keys_close(kept->keys);
    vb_loop_destroy(kept->loop);
    kept->store = NULL;
    kept->keys = NULL;
    kept->loop = NULL;
}

static inline void kept_load(struct kept *kept, const char *instruments, const char *name)
{
    char path[128];
    struct vb_folder folder = { .root = instruments };
    struct vb_source source = vb_source_folder(&folder);
    struct vb_sandbox_options options = { .limits = vb_limits_load(), .clock = vb_clock_system() };
    struct vb_findings findings = { 0 };
    struct vb_err err = { 0 };
    snprintf(path, sizeof path, "%s/instrument.lua", name);
    demand(vb_load(&kept->plan, &source, path, &options, &findings, &err), &err);
    vb_findings_finish(&findings);
    kept->env.sandbox.limits = vb_limits_flow();
    kept->env.sandbox.clock = vb_clock_system();
}

/* -- sessions -- */

/* New rounds with a client in each, all in one commit; *ids live in kept's arena. */
static inline void kept_begin(struct kept *kept, int count, const char **ids)
{
    struct vb_err err = { 0 };
    struct vb_store *stage = vb_store_stage_create(kept->store);
    for (int i = 0; i < count; i++) {
        struct vb_round *round;
        struct vb_session *session;
        char case_id[24];
        snprintf(case_id, sizeof case_id, "c-%d", kept->cases++);
        demand(vb_round_open(&round, stage, &kept->env, kept->plan,
                             &(struct vb_round_options){ .case_id = case_id }, &err),
               &err);
        demand(vb_round_join(round, &(struct vb_join){ .role = "client" }, &session, &err), &err);
        ids[i] = vb_arena_strdup(&kept->arena, vb_session_id(session));
        vb_round_destroy(round);
    }
    demand(vb_store_stage_flush(stage, &err), &err);
    vb_store_destroy(stage);
}

static inline struct vb_session *kept_session(struct kept *kept, const char *id)
{
    struct vb_session *session;
    struct vb_err err = { 0 };
    demand(vb_session_load(&session, kept->store, &kept->env, kept->plan, id, &err), &err);
    return session;
}

#endif
