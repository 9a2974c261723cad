/* serve.h - the web runner, server half: what main hands in, and starting and ending it.
 *
 * One thread, the loop's; passwords are hashed on a worker, commits wait on the store's writer.
 * libmicrohttpd is told what to do by the loop and has no thread of its own. */
#ifndef VB_SERVE_H
#define VB_SERVE_H

#include "loop/loop.h"
#include "session/round.h"
#include "store/store_queue.h"

struct vb_instrument_name { /* one that rounds may be begun with */
    const char *id, *version;
    const struct vb_text *title;
};
/* What the room needs and only main can give; everything borrowed. Functions may read files. */
struct vb_house {
    void *ctx;
    struct vb_loop *loop;
    struct vb_store *store;
    const struct vb_env *env;
    const char *data;      /* the data folder: audio lies under it */
    const char *reporting; /* the organisation's own text, NULL: it has none */
    /* Instruments that are found here, by id; those with errors are left out. The list is in arena,
     * the plans stay the house's until the next call. */
    enum vb_code (*instruments)(void *ctx, struct vb_arena *arena, struct vb_plan ***out,
                                int *count, struct vb_err *err);
    /* The newest of that id, and the one of a digest that the store pinned: one reference each. */
    enum vb_code (*plan)(void *ctx, const char *id, struct vb_plan **out, struct vb_err *err);
    enum vb_code (*pinned)(void *ctx, const char *digest, struct vb_plan **out, struct vb_err *err);
    /* The bytes of a picture that lies beside the instrument.lua of this id; NULL: none can be had.
     * name is one that a plan says, without a folder. VB_E_ABSENT. */
    enum vb_code (*picture)(void *ctx, const char *instrument, const char *name, struct vb_buf *out,
                            struct vb_err *err);
    /* The bytes of a recording, audio/NAME beside the instrument.lua of this id, NAME such as
     * "nl/item/trust.report/client.ogg"; NULL: none can be had. VB_E_ABSENT. */
    enum vb_code (*recording)(void *ctx, const char *instrument, const char *name,
                              struct vb_buf *out, struct vb_err *err);
    /* A round is begun, nothing of it is written yet: its outputs are written down, so that its
     * persons can be asked for their purposes. */
    enum vb_code (*outputs)(void *ctx, struct vb_round *round, struct vb_err *err);
    /* Something was released or changed: brings out what is due, without waiting for it. */
    void (*bring)(void *ctx);
    /* What the store's writer did since it was opened; NULL: it has none that counts. */
    struct vb_store_counts (*commits)(void *ctx);
};
struct vb_serve_options {
    const char *address;    /* "127.0.0.1", "::1"; */
    int port;               /* 0: any that is free */
    const char *cert, *key; /* paths of PEM files; NULL: plain HTTP */
    const char *origin;     /* how the outside calls it, "https://praat.example"; NULL: by Host */
    const char *proxy;      /* the address of a proxy that is believed when it says who asks
                               (X-Forwarded-For); NULL: nobody is */
    int connections, per_address; /* at most; 0: the engine's own numbers */
    int patience_s;               /* for the head of a request, and again for its body; 0: so too */
};
struct vb_serve;
/* Listens when it returns. */
enum vb_code vb_serve_start(struct vb_serve **out, const struct vb_house *house,
                            const struct vb_serve_options *options, struct vb_err *err);
int vb_serve_port(const struct vb_serve *serve);
/* New connections are refused, commits on their way end, every suspended one is answered; then
 * stopped runs. Streams are closed. */
void vb_serve_stop(struct vb_serve *serve, void (*stopped)(void *ctx), void *ctx);
void vb_serve_destroy(struct vb_serve *serve); /* behind stopped; NULL is fine */

#endif
