/* live_inner.h - what live.c, live_streams.c and live_ended.c share. */
#ifndef VB_LIVE_INNER_H
#define VB_LIVE_INNER_H

#include "serve/live.h"
#include "serve/serve.h"

struct vb_timer;

enum { VB_LIVE_BUCKETS = 4096 };
struct vb_live_entry {
    struct vb_live_entry *next, *previous; /* of all, the newest first */
    struct vb_live_entry *same;            /* of the same bucket */
    struct vb_round *round;
    int held;
    int64_t seen_ms; /* monotonic */
    bool resting;    /* its sessions sleep */
    bool forgotten;  /* nobody finds it any more */
    char **came;     /* hashes of the tokens of those who came */
    size_t came_count, came_cap;
};
struct vb_live_waiting { /* for a session to stand still */
    struct vb_live_waiting *next;
    struct vb_live *live;
    struct vb_round *round;
    struct vb_session *session;
    void (*still)(void *ctx);
    void *ctx;
};
struct vb_live_stream { /* one open page */
    struct vb_live_stream *next;
    struct vb_live *live;
    struct vb_stream *stream;
    const struct vb_serve *serve;
    char *round, *role, *label; /* role NULL: staff */
    char *staff;                /* their name, also at a seat of their own; NULL: a person's */
    char *token;                /* hash of what they came with */
    uint32_t roles;             /* of staff, then */
};
struct vb_live {
    const struct vb_house *house;
    struct vb_live_entry *rounds;
    struct vb_live_entry *buckets[VB_LIVE_BUCKETS]; /* by the round's id */
    struct vb_live_waiting *waiting;
    struct vb_live_stream *streams;
    unsigned searched; /* commits for which all streams were looked through */
    struct vb_store_watch watch;
    struct vb_timer *timer; /* NULL: nobody turns a loop */
};

/* live_streams.c */
void vb_live_end_streams(struct vb_live *live);
int vb_live_stream_count(const struct vb_live *live);

/* live_ended.c */
bool vb_live_may_hear(void *stream); /* struct vb_live_stream */
/* Ends the streams whose right ends by what was written. A store's watch. */
void vb_live_wrote(void *live, const struct vb_change *changes, size_t count);

#endif
