/* store_suite.h - what every store must do, whatever it is made of.
 *
 * Each test gets a new place. After every commit the suite asks the store to be opened again, so
 * that what it compares is what was kept, not what was remembered. */
#ifndef STORE_SUITE_H
#define STORE_SUITE_H

#include "tests.h"

#include "store/store.h"

struct store_maker {
    const char *name;
    void *(*begin)(void); /* an empty place */
    struct vb_store *(*open)(void *place);
    /* Closes and opens again; a store that cannot gives back what it got. */
    struct vb_store *(*reopen)(void *place, struct vb_store *store);
    void (*end)(void *place); /* after the store was destroyed */
    bool parts;               /* it takes events in parts */
    bool keys;                /* what it keeps lies under keys that it destroys by itself */
    /* Until what was submitted is done; NULL: it is when submit returns. */
    void (*wait)(struct vb_store *store);
};
/* Runs all of it; how many failed. */
int store_suite_run(const struct store_maker *maker);

/* -- rows to fill a store with; every field has a value -- */

extern const struct vb_plan suite_plan, suite_other_digest, suite_dev_plan, suite_dev_again;

struct vb_change suite_instrument(const struct vb_plan *plan);
struct vb_change suite_case(const char *id);
struct vb_change suite_person(const char *id, const char *case_id);
struct vb_change suite_round(const char *id, const char *case_id, const char *wave);
struct vb_change suite_session(const char *id, const char *round, const char *person);
struct vb_change suite_event(const char *session, int64_t seq, const char *answer_id);
struct vb_change suite_revision(const char *round, int number);
struct vb_change suite_blob(const char *digest, const char *session);
struct vb_change suite_audit(const char *action);
struct vb_change suite_erase(enum vb_erasable what, const char *id);
struct vb_change suite_setting(const char *name, const char *value);
/* Instrument, case "c1", person "p1", round "round-1" of wave t0, session "s1": one commit. */
void suite_begin_round(struct vb_store *store);

void suite_commit(struct vb_store *store, const struct vb_change *changes, size_t count);
void suite_one(struct vb_store *store, struct vb_change change);
/* The commit is refused with code, and its message holds says (NULL: any). */
void suite_refused(struct vb_store *store, const struct vb_change *changes, size_t count,
                   enum vb_code code, const char *says);
void suite_one_refused(struct vb_store *store, struct vb_change change, enum vb_code code,
                       const char *says);
int64_t suite_last_seq(struct vb_store *store, const char *session); /* -1: no such session */

#endif
