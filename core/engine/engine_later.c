/* engine_later.c - a call that is told of its end later.
 *
 *      its own loop      begin -> (verb says) ...................... return waits, and gives the
 * end a caller's loop   begin -> return: on its way -> (verb says) -> a turn of its own -> done
 *
 * On a caller's loop done never runs inside a verb, not even one that ended at once: so it may
 * close whatever it likes. */
#include "engine/engine_inner.h"

static struct vb_later *later_of(struct vb_turn *turn)
{
    return (struct vb_later *)((char *)turn - offsetof(struct vb_later, turn));
}

/* What goes with the end: a yes may release the round. */
static void finish(struct vb_later *later)
{
    if (later->code == VB_OK && later->after != NULL)
        later->code = later->after(later, &later->err);
}

static bool tell(struct vb_turn *turn)
{
    struct vb_later *later = later_of(turn);
    struct vb_engine_error error = { .size = sizeof error };
    vb_engine_done *done = later->done;
    void *ctx = later->ctx;
    finish(later);
    int code = vb_embed_end(&error, later->code, &later->err);
    later->active = false;
    if (later->abandoned != NULL) {
        later->abandoned(later);
        return false;
    }
    done(ctx, code, code == VB_ENGINE_OK ? NULL : &error); /* may free later: nothing comes after */
    return false;
}

int vb_later_begin(struct vb_later *later, const struct vb_engine *engine, vb_engine_done *done,
                   void *ctx, struct vb_engine_error *error)
{
    struct vb_err err;
    bool own = engine->turns == NULL;
    if (own && done != NULL)
        return vb_embed_misuse(error, "done is for an engine on a loop of the caller's: this one "
                                      "waits, so give NULL");
    if (!own && done == NULL)
        return vb_embed_misuse(error, "an engine on a caller's loop cannot wait: give done");
    if (later->active) {
        vb_fail(&err, VB_E_BUSY, "what was asked before is still on its way");
        return vb_embed_tell(error, &err);
    }
    *later = (struct vb_later){ .active = true, .here = true, .done = done, .ctx = ctx };
    later->turn.go = tell;
    return VB_ENGINE_OK;
}

void vb_later_say(struct vb_later *later, struct vb_engine *engine, enum vb_code code,
                  const struct vb_err *err)
{
    later->said = true;
    later->code = code;
    if (code != VB_OK)
        later->err = *err;
    if (!later->here)
        vb_turns_add(engine->turns, &later->turn);
}

int vb_later_return(struct vb_later *later, struct vb_engine *engine, struct vb_engine_error *error)
{
    bool own = engine->turns == NULL;
    if (own && !later->said) {
        enum vb_code code = vb_loop_until(engine->loop, &later->said, &later->err);
        if (code != VB_OK)
            later->code = code;
    }
    if (own)
        finish(later);
    later->here = false;
    if (own || (later->said && later->code != VB_OK)) {
        later->active = false;
        return vb_embed_end(error, later->code, &later->err);
    }
    if (later->said)
        vb_turns_add(engine->turns, &later->turn);
    return vb_embed_fine(error);
}

void vb_later_drop(struct vb_later *later, struct vb_engine *engine)
{
    if (engine->turns != NULL)
        vb_turns_drop(engine->turns, &later->turn);
    later->active = false;
}
