/* store.h - where rounds, sessions and their events lie.
 *
 * One write is one commit: a list of changes, all or none. Sessions never call a store's own
 * functions; they submit a request and go on when done is called. Here done runs before submit
 * returns; with the writer thread (store_queue.h) it runs later, on the loop's thread. The
 * interface below it (struct vb_store_ops) is blocking, one thread, and has a conformance suite
 * (tests/unit/store_suite.h) that every store must pass.
 *
 *      sessions --> stage --> queue --> sealed --> sqlite       what main puts together
 *                   (answer   (one      (bodies    (rows)
 *                    files)    writer)   under
 *                                        keys)
 *
 * Reads give strings that live in the caller's arena. Ids are random (base/id.h); a store may keep
 * integers of its own inside. Nothing here looks into an event's body. */
#ifndef VB_STORE_H
#define VB_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "data/content.h"
#include "data/event.h"
#include "store/store_staff.h"
#include "store/store_watch.h"

struct vb_case_row {
    const char *id; /* a pseudonym */
    int64_t opened_wall_ms;
};
struct vb_person_row {
    const char *id, *case_id; /* case_id NULL: an instrument without case */
    const char *role, *label; /* label NULL: none */
    const char *language;
    bool erased; /* read only (so are those below): a tombstone names this person */
};
enum vb_round_state { VB_ROUND_OPEN, VB_ROUND_RELEASED, VB_ROUND_WITHDRAWN, VB_ROUND_ERASED };
const char *vb_round_state_name(enum vb_round_state state);
/* As a sentence for people has it behind "is": withdrawn is a round that was closed, and nobody's
 * leaving. */
const char *vb_round_state_words(enum vb_round_state state);
struct vb_round_row {
    const char *id, *case_id; /* case_id NULL: none */
    const char *instrument, *version, *digest;
    const char *wave, *format, *form, *variant, *setting; /* form, variant, setting may be NULL */
    const char *with; /* included instruments, comma separated, sorted; "" none */
    enum vb_round_state state;
    int64_t created_wall_ms;
    bool simulated;
};
enum vb_session_state {
    VB_SESSION_OPEN,
    VB_SESSION_DONE,
    VB_SESSION_SHARED,
    VB_SESSION_STOPPED,
    VB_SESSION_WITHDRAWN
};
const char *vb_session_state_name(enum vb_session_state state);
struct vb_session_row {
    const char *id, *round, *person; /* person NULL: the together stage */
    enum vb_session_state state;
    int64_t last_seq;
    bool erased; /* nothing is added to it any more */
};
struct vb_event_row {
    const char *session;
    int64_t seq, wall_ms;
    const char *answer_id; /* "" none */
    const char *body;      /* as data/event.h writes it; "" when all of it stands in a part */
    size_t body_len;
    const struct vb_event_part *parts; /* the store on disk takes none: the sealed one packs them */
    int part_count;
    size_t
        room;    /* written only: answer id, body and parts (each with the id it is about and
                    VB_EVENT_PART_COST) together take, sealed, at least the place of so many bytes */
    bool erased; /* read only: its key was destroyed; body and answer_id are "", no parts */
};
struct vb_revision_row { /* what a released result rests on: the log up to here */
    const char *round;
    int number;
    const char *reason;
    int64_t wall_ms;
    const char *upto; /* canonical JSON object session id -> seq */
    bool recall;      /* written only: nothing is left, so its parcels are for those alone who may
                         have an earlier one */
};
struct vb_blob_row {
    const char *digest, *type, *session;
    const void *bytes;
    size_t len;
    int64_t until_wall_ms; /* its key is destroyed then; 0: no end date */
    bool erased;           /* only its name is left */
};
enum vb_erasable { VB_ERASE_PERSON, VB_ERASE_SESSION, VB_ERASE_BLOB };
const char *vb_erasable_name(enum vb_erasable what);
struct vb_erasure_row { /* a tombstone: what of it was kept under a key can never be read again */
    enum vb_erasable what;
    const char *id;     /* of the person or session; of a blob "SESSION DIGEST" */
    const char *reason; /* "asked", "retention", "end date" */
    int64_t wall_ms;
    bool done; /* the keys are destroyed: a tombstone that is not done is carried on at the start */
};
struct vb_setting_row {
    const char *name, *value;
};
/* -- what goes out: core/outbox sends it -- */

enum vb_purpose { VB_PURPOSE_LOCAL, VB_PURPOSE_DOSSIER, VB_PURPOSE_RESEARCH };
const char *vb_purpose_name(enum vb_purpose purpose); /* "local", "dossier", "research" */
bool vb_purpose_of(const char *name, enum vb_purpose *out);
enum { VB_MEMORY_NONE = -1 }; /* no limit on an output's memory */
struct vb_output_row {
    const char *round;  /* NULL: every round. One of a round takes the place of that name there */
    const char *name;   /* unique with round */
    const char *plugin; /* path */
    enum vb_purpose purpose;
    enum vb_content content;
    const char *options; /* canonical JSON object of strings; may hold paths and secrets: sealed */
    int64_t memory_mib;  /* of its process; 0: as whoever sends has it; VB_MEMORY_NONE */
    int64_t deadline_s;  /* for one result; 0: as whoever sends has it */
};
/* waiting goes on to any other; dead goes back to waiting (a retry) or is dropped; what was
 * replaced or dropped when it was on its way may turn out to be delivered. Else it stays what it
 * is. */
enum vb_parcel_state {
    VB_PARCEL_WAITING,
    VB_PARCEL_DELIVERED,
    VB_PARCEL_DEAD,
    VB_PARCEL_DROPPED,
    VB_PARCEL_REPLACED /* by a revision that takes something back: must never go out */
};
const char *vb_parcel_state_name(enum vb_parcel_state state);
struct vb_parcel_row {
    int64_t number; /* read only: order of arrival, from 1 */
    const char *round, *output;
    int revision;
    const char *case_id; /* read only; NULL: none */
    enum vb_parcel_state state;
    int attempts; /* that were begun: from the first on, the receiver may have it */
    int64_t due_wall_ms;
    int64_t lease_wall_ms;   /* on its way until then at most; 0: is not */
    const char *reason;      /* "" none. Sealed, and gone with whatever of its round is erased: a
                                plugin may say anything */
    int64_t changed_wall_ms; /* when this state began */
};
enum { VB_PARCEL_ANY = -1 };
struct vb_parcel_query { /* all 0: everything that waits */
    const char *round;   /* NULL: of every round */
    int state;           /* VB_PARCEL_ANY: whatever it is */
    int64_t after;       /* number: only those behind it */
    size_t most;         /* 0: all of them */
};
/* The subject of a look at all there is, such as a list of every round. */
#define VB_AUDIT_EVERYTHING "*"
struct vb_audit_row { /* who did what, when, on whose behalf; no content */
    int64_t wall_ms;
    const char *action, *subject, *by;
    const char *on_behalf;       /* NULL: nobody else's */
    const char *previous, *hash; /* the chain (docs/reference/store.md): the store fills them in */
};
/* A look at, or a copy of, all there is: everybody's. */
bool vb_audit_of_everything(const struct vb_audit_row *row);
struct vb_audit_head { /* where the audit ends, as the commit of its last row said */
    int64_t rows;
    const char *hash; /* of the last row, "" none */
    bool sealed;      /* it stands under a key that only the program has, so nobody made it anew */
};

enum vb_change_kind {
    VB_PUT_INSTRUMENT, /* plan: its files under its digest; only id, version, digest, main_path and
                          files are read. VB_E_CHANGED when the version is kept under another
                          digest, unless it is a -dev version */
    VB_PUT_CASE,
    VB_PUT_PERSON,
    VB_PUT_ROUND,    /* VB_E_CONFLICT when the case has an open round of this instrument, wave */
    VB_PUT_SESSION,  /* begins empty, whatever last_seq says; one a round and person */
    VB_APPEND,       /* event: seq must be last_seq + 1, else VB_E_CONFLICT; the same answer_id at
                        that seq again is acknowledged again. Raises the session's last_seq */
    VB_SET_ROUND,    /* round id, its state; the tokens of one that is withdrawn or erased are over
                      */
    VB_SET_SESSION,  /* session id, its state */
    VB_PUT_REVISION, /* number must be the round's next. Writes a waiting parcel for every output of
                        its round (a recall: for those that may have an earlier one); with reason
                        erased or withdrawn, older ones that wait or are dead are replaced */
    VB_PUT_BLOB,
    VB_PUT_AUDIT,
    VB_ERASE, /* erasure: its tombstone, and what it names reads as erased. A person: the label,
                 its sessions (withdrawn from now on), the joint session of each of their rounds,
                 and parts about it wherever they lie. A session: its events and blobs. Both: the
                 tokens of that person in the rounds it reaches, and those of nobody known. A sealed
                 store destroys the keys after the commit. Again is fine; the first reason and
                 time stay, done only moves from false to true */
    VB_PUT_SETTING, /* setting, new or anew; value NULL takes it away */
    VB_PUT_OUTPUT,  /* output, new or anew; its round need not be there yet */
    VB_SET_PARCEL,  /* parcel by round, output, revision; VB_E_CONFLICT when it may not become that
                     */
    VB_PUT_STAFF,   /* staff, new or anew */
    VB_PUT_TOKEN,   /* token, new or anew; one that is over stays so, VB_E_CONFLICT */
    VB_END_TOKENS,  /* tokens: they are over, and what they held is gone */
    VB_FORGET_TOKENS, /* tokens: those that ended by themselves before that moment are no more */
    VB_PUT_ASSIGNMENT /* assignment, new, or with another end */
};
/* A change names what was put before it or stands earlier in the same commit (a round: its case and
 * its instrument; a session: its round and person; ...), else VB_E_ABSENT. Putting the same row
 * again is fine, so that a commit of unknown outcome can be sent again as it was; another row under
 * a taken id is VB_E_CONFLICT. */
struct vb_change {
    enum vb_change_kind kind;
    union {
        const struct vb_plan *plan;
        struct vb_case_row case_row;
        struct vb_person_row person;
        struct vb_round_row round;
        struct vb_session_row session;
        struct vb_event_row event;
        struct vb_revision_row revision;
        struct vb_blob_row blob;
        struct vb_audit_row audit;
        struct vb_erasure_row erasure;
        struct vb_setting_row setting;
        struct vb_output_row output;
        struct vb_parcel_row parcel;
        struct vb_staff_row staff;
        struct vb_token_row token;
        struct vb_token_query tokens;
        struct vb_assignment_row assignment;
    };
};

/* One commit of several that share one sync: each stands or falls by itself. */
struct vb_request {
    const struct vb_change *changes;
    size_t count;
    enum vb_code code; /* out */
    struct vb_err err; /* out, when code is not VB_OK */
};
/* How everything that has content is written anew: each changes one row in place, strings and bytes
 * in arena. changes go into the same commit. */
struct vb_store_rewrite {
    void *ctx;
    enum vb_code (*person)(void *ctx, struct vb_person_row *row, struct vb_arena *arena,
                           struct vb_err *err);
    enum vb_code (*event)(void *ctx, struct vb_event_row *row, struct vb_arena *arena,
                          struct vb_err *err);
    enum vb_code (*blob)(void *ctx, struct vb_blob_row *row, struct vb_arena *arena,
                         struct vb_err *err);
    enum vb_code (*output)(void *ctx, struct vb_output_row *row, struct vb_arena *arena,
                           struct vb_err *err);
    enum vb_code (*parcel)(void *ctx, struct vb_parcel_row *row, struct vb_arena *arena,
                           struct vb_err *err);
    enum vb_code (*staff)(void *ctx, struct vb_staff_row *row, struct vb_arena *arena,
                          struct vb_err *err);
    enum vb_code (*token)(void *ctx, struct vb_token_row *row, struct vb_arena *arena,
                          struct vb_err *err);
    const struct vb_change *changes;
    size_t count;
};
/* Runs when the commit is durable (or refused). code and err are borrowed for the call. */
typedef void vb_store_done(void *ctx, enum vb_code code, const struct vb_err *err);

/* Lists come in a fixed order: rounds by created_wall_ms, then id; cases, persons, sessions and
 * audit in order of creation; events by seq; revisions by number. A list of what is not there is
 * empty. */
struct vb_store;
struct vb_store_ops {
    const char *name;
    enum vb_code (*commit)(struct vb_store *store, const struct vb_change *changes, size_t count,
                           struct vb_err *err);
    /* Group commit: every request that is VB_OK afterwards is durable. When the sync fails none is.
     * NULL: one commit each (vb_store_batch). */
    void (*batch)(struct vb_store *store, struct vb_request *requests, size_t count);
    /* Nothing waits: what makes later commits cheaper may be done now. *worked: it was. A failure
     * loses nothing. NULL: nothing to do. */
    enum vb_code (*idle)(struct vb_store *store, bool *worked, struct vb_err *err);
    /* For a store that may hold what was kept before it was sealed; NULL: there is no such thing.
     */
    enum vb_code (*rewrite)(struct vb_store *store, const struct vb_store_rewrite *with,
                            struct vb_err *err);
    /* Afterwards no byte of what was deleted or overwritten is in any file of the store; nobody may
     * read meanwhile (VB_E_BUSY). NULL where rewrite is. */
    enum vb_code (*scrub)(struct vb_store *store, struct vb_err *err);
    /* NULL: commit, then done, before it returns. */
    void (*submit)(struct vb_store *store, const struct vb_change *changes, size_t count,
                   vb_store_done *done, void *ctx);
    enum vb_code (*rounds)(struct vb_store *store, struct vb_arena *arena,
                           struct vb_round_row **out, size_t *count, struct vb_err *err);
    /* Those of one case (NULL: those without case), and those whose id begins with prefix. */
    enum vb_code (*case_rounds)(struct vb_store *store, const char *case_id, struct vb_arena *arena,
                                struct vb_round_row **out, size_t *count, struct vb_err *err);
    enum vb_code (*prefix_rounds)(struct vb_store *store, const char *prefix,
                                  struct vb_arena *arena, struct vb_round_row **out, size_t *count,
                                  struct vb_err *err);
    /* By id, VB_E_ABSENT when it is not there: case_row, person, session, blob, instrument. Of
     * several blobs with one digest, one that was not erased. */
    enum vb_code (*case_row)(struct vb_store *store, const char *id, struct vb_arena *arena,
                             struct vb_case_row *out, struct vb_err *err);
    enum vb_code (*persons)(struct vb_store *store, const char *case_id, struct vb_arena *arena,
                            struct vb_person_row **out, size_t *count, struct vb_err *err);
    enum vb_code (*person)(struct vb_store *store, const char *id, struct vb_arena *arena,
                           struct vb_person_row *out, struct vb_err *err);
    enum vb_code (*session)(struct vb_store *store, const char *id, struct vb_arena *arena,
                            struct vb_session_row *out, struct vb_err *err);
    /* Every session of a person, in order of creation. */
    enum vb_code (*person_sessions)(struct vb_store *store, const char *person,
                                    struct vb_arena *arena, struct vb_session_row **out,
                                    size_t *count, struct vb_err *err);
    /* Those whose id begins with prefix, in order of creation. */
    enum vb_code (*prefix_persons)(struct vb_store *store, const char *prefix,
                                   struct vb_arena *arena, struct vb_person_row **out,
                                   size_t *count, struct vb_err *err);
    enum vb_code (*cases)(struct vb_store *store, struct vb_arena *arena, struct vb_case_row **out,
                          size_t *count, struct vb_err *err);
    enum vb_code (*sessions)(struct vb_store *store, const char *round, struct vb_arena *arena,
                             struct vb_session_row **out, size_t *count, struct vb_err *err);
    /* Events of a session in order of seq, from first_seq on. */
    enum vb_code (*events)(struct vb_store *store, const char *session, int64_t first_seq,
                           struct vb_arena *arena, struct vb_event_row **out, size_t *count,
                           struct vb_err *err);
    enum vb_code (*revisions)(struct vb_store *store, const char *round, struct vb_arena *arena,
                              struct vb_revision_row **out, size_t *count, struct vb_err *err);
    enum vb_code (*blob)(struct vb_store *store, const char *digest, struct vb_arena *arena,
                         struct vb_blob_row *out, struct vb_err *err);
    /* Of one session, in order of arrival: without their bytes (NULL, len as stored). */
    enum vb_code (*session_blobs)(struct vb_store *store, const char *session,
                                  struct vb_arena *arena, struct vb_blob_row **out, size_t *count,
                                  struct vb_err *err);
    /* The pinned files of a digest, and which of them is instrument.lua. */
    enum vb_code (*instrument)(struct vb_store *store, const char *digest, struct vb_arena *arena,
                               struct vb_file **files, size_t *count, const char **main_path,
                               struct vb_err *err);
    /* The digest kept for this id and version (of a -dev version the newest), or VB_E_ABSENT. */
    enum vb_code (*version)(struct vb_store *store, const char *instrument, const char *version,
                            struct vb_arena *arena, const char **digest, struct vb_err *err);
    enum vb_code (*audit)(struct vb_store *store, struct vb_arena *arena, struct vb_audit_row **out,
                          size_t *count, struct vb_err *err);
    enum vb_code (*audit_head)(struct vb_store *store, struct vb_arena *arena,
                               struct vb_audit_head *out, struct vb_err *err);
    /* In order of arrival. */
    enum vb_code (*erasures)(struct vb_store *store, struct vb_arena *arena,
                             struct vb_erasure_row **out, size_t *count, struct vb_err *err);
    /* By name; prefix "" gives all. */
    enum vb_code (*settings)(struct vb_store *store, const char *prefix, struct vb_arena *arena,
                             struct vb_setting_row **out, size_t *count, struct vb_err *err);
    /* Those a revision of the round goes to; NULL: every one there is. In order of arrival. */
    enum vb_code (*outputs)(struct vb_store *store, const char *round, struct vb_arena *arena,
                            struct vb_output_row **out, size_t *count, struct vb_err *err);
    /* By number. */
    enum vb_code (*parcels)(struct vb_store *store, const struct vb_parcel_query *query,
                            struct vb_arena *arena, struct vb_parcel_row **out, size_t *count,
                            struct vb_err *err);
    /* By name; those that begin with prefix. */
    enum vb_code (*staff)(struct vb_store *store, const char *prefix, struct vb_arena *arena,
                          struct vb_staff_row **out, size_t *count, struct vb_err *err);
    /* In order of arrival. */
    enum vb_code (*tokens)(struct vb_store *store, const struct vb_token_query *query,
                           struct vb_arena *arena, struct vb_token_row **out, size_t *count,
                           struct vb_err *err);
    /* Of one member of staff (NULL: all), in order of arrival. */
    enum vb_code (*assignments)(struct vb_store *store, const char *staff, struct vb_arena *arena,
                                struct vb_assignment_row **out, size_t *count, struct vb_err *err);
    void (*destroy)(struct vb_store *store);
};
struct vb_store { /* a store's own struct begins with this */
    const struct vb_store_ops *ops;
    struct vb_store_watch *watches; /* store_watch.h */
};

/* Hands a request to the store. changes are borrowed until done was called. */
void vb_store_submit(struct vb_store *store, const struct vb_change *changes, size_t count,
                     vb_store_done *done, void *ctx);
/* Submits and waits: VB_OK only when the changes are durable. */
enum vb_code vb_store_commit(struct vb_store *store, const struct vb_change *changes, size_t count,
                             struct vb_err *err);
/* The op, or one commit after the other where a store has none. */
void vb_store_batch(struct vb_store *store, struct vb_request *requests, size_t count);
void vb_store_destroy(struct vb_store *store); /* NULL is fine */

/* Reads the whole audit, its chain and its head again. VB_E_DATA names the first row that was
 * changed, moved, added, or stands behind one that is gone, also where that was the last one. */
enum vb_code vb_store_audit_check(struct vb_store *store, struct vb_err *err);

/* A round by its id, or by a prefix of at least four characters that only one round has.
 * VB_E_ABSENT, or VB_E_DATA when several begin so or the prefix is shorter. */
enum vb_code vb_store_find_round(struct vb_store *store, const char *prefix, struct vb_arena *arena,
                                 struct vb_round_row *out, struct vb_err *err);
/* A person in the same way. */
enum vb_code vb_store_find_person(struct vb_store *store, const char *prefix,
                                  struct vb_arena *arena, struct vb_person_row *out,
                                  struct vb_err *err);

#endif
