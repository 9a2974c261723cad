/* export.h - everything there is about one person, verbond.export/1.
 *
 * core/session gathers it, this room writes it as JSON, core/sheet as a page. Of the person itself
 * it holds everything, also what was held back, never shared or taken back; of others only what
 * their shared result says (struct vb_result), so that nothing else of them can get in. Strings and
 * arrays are borrowed from whoever gathered it. */
#ifndef VB_EXPORT_H
#define VB_EXPORT_H

#include "data/event.h"
#include "data/result.h"

/* What became of an answer. */
enum vb_own_state {
    VB_OWN_KEPT,      /* not shared: nobody sees it */
    VB_OWN_WAITS,     /* said yes, and the round is not released: nobody sees it yet */
    VB_OWN_SHOWN,     /* on the table: everybody of the round sees it */
    VB_OWN_WORKER,    /* of a private scale that the person gave to the worker */
    VB_OWN_UNSAID,    /* on the table without an answer: others read "not filled in", no reason */
    VB_OWN_HELD,      /* held back by the person */
    VB_OWN_WITHDRAWN, /* taken back: nobody sees it any more */
};
const char *vb_own_state_name(enum vb_own_state state); /* "not_shared", "held_back" */

struct vb_own_answer { /* on the path, in its order */
    int item, member;  /* plan and roster index, -1: not per member */
    struct vb_value value;
    enum vb_own_state state;
};
struct vb_own_step { /* one event of the log */
    int64_t seq, wall_ms;
    const struct vb_event *event; /* NULL: erased, or it cannot be read */
    const char *raw;              /* its body where it cannot be read; NULL: none */
};
struct vb_own_picture {
    const char *digest, *type;
    const void *bytes; /* NULL: gone */
    size_t len;
    int64_t until_wall_ms; /* it goes then; 0: no end date */
};
struct vb_own_session {
    const char *id, *state;
    int64_t begun_wall_ms;
    bool erased;
    /* NULL and 0 where it was erased or cannot be read */
    const struct vb_opened *opened;
    const struct vb_sharing *sharing; /* NULL: never said yes */
    const struct vb_own_answer *answers;
    int answer_count;
    const struct vb_own_step *steps;
    int step_count;
    const struct vb_own_picture *pictures;
    int picture_count;
};
struct vb_exported_round {
    const char *id, *case_id, *wave, *state;
    const char *instrument, *version, *digest;
    int64_t created_wall_ms;
    bool simulated;
    const struct vb_plan *plan;     /* NULL: its instrument does not load any more */
    const char *unreadable;         /* why something of it cannot be shown; NULL: all is there */
    int format, variant, setting;   /* plan indexes, -1: none */
    const struct vb_member *roster; /* as the person's own session knows it */
    int roster_count;
    const struct vb_own_session *own; /* NULL: named, and never began */
    const struct vb_result *result;   /* the newest; NULL: there is none to see */
};
struct vb_export_look {
    int64_t wall_ms;
    const char *action, *subject, *by, *on_behalf; /* on_behalf may be NULL */
};
struct vb_export_erasure {
    const char *what, *id, *reason;
    int64_t wall_ms;
    bool done;
};
struct vb_export {
    const char *person, *role, *label, *language, *case_id; /* label, case_id may be NULL */
    bool erased;
    int64_t made_wall_ms;
    const struct vb_exported_round *rounds;
    int round_count;
    const struct vb_export_look *looks; /* who saw or changed something of it, in order of time */
    int look_count;
    const struct vb_export_erasure *erasures;
    int erasure_count;
};

/* Appends the JSON (docs/reference/export.schema.json), a newline at its end. language: of the
 * instruments' texts; NULL: the person's. */
void vb_export_write(struct vb_buf *out, const struct vb_export *export, const char *language);

/* What both writers need: the wording of an item for a role (else of the first that has one), with
 * its slots filled. member: whom it is about, or NULL. */
void vb_export_question(struct vb_buf *out, const struct vb_exported_round *round, int item,
                        int role, int language, int member);

#endif
