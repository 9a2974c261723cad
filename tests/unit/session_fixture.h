/* session_fixture.h - a clock, ids and a store for tests of sessions and rounds. */
#ifndef VB_SESSION_FIXTURE_H
#define VB_SESSION_FIXTURE_H

#include "session/round.h"
#include "store/store_memory.h"

struct world {
    struct vb_store *store;
    struct vb_env env;
    int64_t now_ms;
    uint64_t seed;
    struct vb_err err;
};

static inline int64_t world_wall(void *ctx)
{
    struct world *world = ctx;
    return world->now_ms += 1000;
}

static inline int64_t world_mono(void *ctx)
{
    return ((struct world *)ctx)->now_ms * 1000000;
}

static inline void world_random(void *ctx, void *bytes, size_t len)
{
    struct world *world = ctx;
    for (size_t i = 0; i < len; i++) {
        world->seed = world->seed * 6364136223846793005u + 1442695040888963407u;
        ((unsigned char *)bytes)[i] = (unsigned char)(world->seed >> 56);
    }
}

/* world must not move afterwards: the environment points into it. */
static inline void world_begin(struct world *world)
{
    *world = (struct world){ .now_ms = 1795255200000, .seed = 7 };
    world->store = vb_store_memory_create();
    world->env.clock = (struct vb_clock){ world_wall, world_mono, world };
    world->env.random = (struct vb_random){ world_random, world };
    world->env.sandbox =
        (struct vb_sandbox_options){ .limits = vb_limits_flow(), .clock = world->env.clock };
}

static inline void world_end(struct world *world)
{
    vb_store_destroy(world->store);
}

/* What a verb's done was called with. */
struct heard {
    int times;
    enum vb_code code;
    struct vb_err err;
};

static inline void hear(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct heard *heard = ctx;
    heard->times++;
    heard->code = code;
    heard->err = *err;
}

static inline enum vb_code give(struct vb_session *session, struct vb_value value)
{
    struct heard heard = { 0 };
    vb_session_answer(session, vb_session_view(session)->seq, NULL, &value, NULL, hear, &heard);
    assert_int_equal(heard.times, 1);
    return heard.code;
}

static inline enum vb_code share(struct vb_session *session)
{
    struct heard heard = { 0 };
    struct vb_sharing sharing = { 0 };
    vb_session_share(session, vb_session_view(session)->seq, &sharing, hear, &heard);
    assert_int_equal(heard.times, 1);
    return heard.code;
}

static inline enum vb_code hold(struct vb_session *session, int item, int member)
{
    struct heard heard = { 0 };
    vb_session_hold(session, vb_session_view(session)->seq, item, member, true, hear, &heard);
    return heard.code;
}

static inline enum vb_code stop(struct vb_session *session)
{
    struct heard heard = { 0 };
    vb_session_stop(session, vb_session_view(session)->seq, hear, &heard);
    return heard.code;
}

/* Answers each question with the next number of the list until the overview. */
static inline void give_all(struct vb_session *session, const int *numbers)
{
    for (; vb_session_view(session)->at == VB_AT_ITEM; numbers++)
        assert_int_equal(give(session, vb_value_int(*numbers)), VB_OK);
}

#endif
