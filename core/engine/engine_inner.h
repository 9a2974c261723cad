/* engine_inner.h - what stands behind the handles of verbond/engine.h. Room engine only.
 *
 *      engine --- round --- person        up: a pointer that is NULL once the one above was closed
 *                                         down: lists, so that closing ends what was given out
 *
 * A handle is freed by its own close alone; what it worked with goes when the one above is closed.
 */
#ifndef VB_ENGINE_INNER_H
#define VB_ENGINE_INNER_H

#include "data/text.h"
#include "engine/bring.h"
#include "engine/kept.h"
#include "loop/turns.h"
#include "session/round.h"
#include "include/verbond/engine.h"

struct vb_engine {
    struct vb_arena arena; /* what the options said */
    struct vb_loop *loop;
    struct vb_turns *turns; /* NULL on a loop of its own */
    struct vb_log log;
    struct vb_env env;
    struct vb_kept kept;
    struct vb_store *store; /* kept's, or one in memory */
    const char *data;       /* NULL: memory */
    const char *key_path, *reporting, *instruments, *plugins, *program;
    void (*write_log)(void *ctx, int level, const char *room, const char *text);
    void *write_ctx;
    struct vb_engine_round *rounds;
    void (*closed)(void *ctx);
    void *closed_ctx;
};

struct vb_engine_instrument {
    struct vb_plan *plan;
};

/* Something that was asked for and is told later. */
struct vb_later {
    struct vb_turn turn; /* on a caller's loop: done runs in one of its own */
    bool active;         /* asked, and not told */
    bool here;           /* the call that asked has not returned yet, or waits */
    bool said;           /* code and err stand */
    enum vb_code code;
    struct vb_err err;
    /* When it went well, before done; NULL: nothing to do. */
    enum vb_code (*after)(struct vb_later *later, struct vb_err *err);
    /* Instead of done, for a handle that was closed meanwhile: frees it; NULL: it was not. */
    void (*abandoned)(struct vb_later *later);
    vb_engine_done *done;
    void *ctx;
};

struct vb_engine_round {
    struct vb_engine *engine; /* NULL: closed */
    struct vb_engine_round *next;
    struct vb_round *round;
    struct vb_engine_person *persons;
    struct vb_bring *bring; /* being delivered; NULL: nothing is */
    struct vb_later later;  /* of the delivery */
    bool finishing;         /* its processes were asked to end */
};

struct vb_engine_person {
    struct vb_engine_round *round; /* NULL: closed */
    struct vb_engine_person *next;
    struct vb_session *session;
    char *id;              /* NULL: everybody together */
    struct vb_arena shown; /* of the last step */
    struct vb_arena given; /* of the verb that is on its way */
    struct vb_later later;
};

/* -- errors: engine_error.c -- */

int vb_embed_tell(struct vb_engine_error *error, const struct vb_err *err);
/* The same about something; file and field may be NULL, line 0. */
int vb_embed_tell_of(struct vb_engine_error *error, const struct vb_err *err, const char *file,
                     int line, const char *field);
int vb_embed_misuse(struct vb_engine_error *error, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
int vb_embed_no_out(struct vb_engine_error *error); /* where a result is to go is NULL */
int vb_embed_fine(struct vb_engine_error *error);   /* VB_ENGINE_OK, and error is emptied */
int vb_embed_end(struct vb_engine_error *error, enum vb_code code, const struct vb_err *err);

/* Copies what the caller's struct has of ours; given NULL: all zero. False: its size says nothing.
 */
bool vb_embed_take(void *into, size_t size, const void *given);
#define VB_EMBED_TAKE(into, given) vb_embed_take(&(into), sizeof(into), given)

/* Hands the text over and leaves the buffer empty. */
int vb_embed_give(struct vb_buf *text, char **out, size_t *len, struct vb_engine_error *error);

/* -- later: engine_later.c -- */

/* May something with a done begin? VB_ENGINE_OK, or the refusal. */
int vb_later_begin(struct vb_later *later, const struct vb_engine *engine, vb_engine_done *done,
                   void *ctx, struct vb_engine_error *error);
/* It is done, or failed; done runs when the call has returned. */
void vb_later_say(struct vb_later *later, struct vb_engine *engine, enum vb_code code,
                  const struct vb_err *err);
/* The end of the call that asked: waits on a loop of its own, and says what came of it. */
int vb_later_return(struct vb_later *later, struct vb_engine *engine,
                    struct vb_engine_error *error);
void vb_later_drop(struct vb_later *later, struct vb_engine *engine);

/* -- parts -- */

/* Ends what the round gave out and works with; the handle stays (engine_round.c). */
void vb_embed_round_end(struct vb_engine_round *round);
void vb_embed_person_end(struct vb_engine_person *person);
struct vb_engine_person *vb_embed_person_of(struct vb_later *later);
/* A vb_session_done whose ctx is the person. */
void vb_embed_said(void *ctx, enum vb_code code, const struct vb_err *err);

#endif
