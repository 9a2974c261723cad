/* erase.h - taking out for good what a person gave, what a round holds, or a whole case.
 *
 *      find     what would go: persons, sessions, rounds
 *      commit   one commit: tombstones (VB_ERASE), rounds with nothing left become erased, released
 *               ones with something left get a revision "erased", a row of the audit each. Where
 *               nothing is left but the result was to go out, that revision is a recall
 *
 * Works on rows alone: no instrument is loaded, so that nobody's erasing waits for a script. The
 * store destroys the keys after the commit, and carries on at the next start when it was cut off.
 * Strings live in the arena that was given. One thread. */
#ifndef VB_ERASE_H
#define VB_ERASE_H

#include "store/store.h"

enum vb_erase_of { VB_ERASE_OF_PERSON, VB_ERASE_OF_ROUND, VB_ERASE_OF_CASE };

struct vb_erase_round {
    struct vb_round_row row;
    struct vb_session_row *sessions; /* every one of the round, in order of creation */
    size_t session_count;
    int goes;     /* how many of them go now */
    bool whole;   /* nothing of anybody is left: the round becomes erased */
    int revision; /* the new one "erased", 0: none; of a whole one, the recall */
};
struct vb_erase_sent { /* the last revision of a round that an output may have */
    const char *round, *output;
    int revision;
    bool arrived; /* false: it was tried, and nobody knows */
};
struct vb_erase {
    enum vb_erase_of of;
    const char *id; /* whole: of the person, round or case; NULL: nothing goes that is not gone */
    const char *subject; /* of the row of the audit about it; NULL: id. Find leaves it so */
    struct vb_person_row *persons;
    size_t person_count, person_cap;
    struct vb_erase_round *rounds; /* those that lose something */
    size_t round_count, round_cap;
    int session_count;          /* that go now */
    int picture_count;          /* that go with them */
    struct vb_erase_sent *sent; /* out of those rounds */
    size_t sent_count, sent_cap;
    int look_count; /* rows of the audit that say what was given out of them: sheet, result,
                       replay --values, export */
};

/* id: whole, or (person, round) a prefix of at least four characters. VB_E_ABSENT; VB_E_BUSY when
 * all of it was erased already. */
enum vb_code vb_erase_find(struct vb_erase *out, struct vb_store *store, enum vb_erase_of of,
                           const char *id, struct vb_arena *arena, struct vb_err *err);
/* Part of find: who may have this round's result. */
enum vb_code vb_erase_look_at_parcels(struct vb_erase *erase, struct vb_store *store,
                                      const char *round, struct vb_arena *arena,
                                      struct vb_err *err);
/* Takes along whoever of a round has nothing left in any other: names are kept for a purpose. */
enum vb_code vb_erase_add_persons_left(struct vb_erase *erase, struct vb_store *store,
                                       struct vb_arena *arena, struct vb_err *err);

/* After a restore: rounds of which something was erased and that do not say so yet. */
enum vb_code vb_erase_find_untold(struct vb_erase *out, struct vb_store *store,
                                  struct vb_arena *arena, struct vb_err *err);

struct vb_erase_why {
    const char *reason;    /* "asked", "retention" */
    const char *by;        /* who did it, for the audit */
    const char *on_behalf; /* NULL: for nobody else */
    int64_t now_wall_ms;
};
/* Durable when it returns; sets each round's revision. */
enum vb_code vb_erase_commit(struct vb_erase *erase, struct vb_store *store,
                             const struct vb_erase_why *why, struct vb_arena *arena,
                             struct vb_err *err);

#endif
