/* sealed_family.h - two persons and what they said in a sealed store, and how much of it can still
 * be read. */
#ifndef SEALED_FAMILY_H
#define SEALED_FAMILY_H

#include "store_suite.h"

#include "sealed_place.h"
#include "store_place.h"

static inline int64_t number(struct sealed_place *sealed, const char *sql)
{
    return place_number(sealed->place, sql);
}

/* p1 and p2 with a session each and a joint one, a picture of p1's; s2 has said something of p1. */
static inline struct vb_store *open_family(struct sealed_place *sealed)
{
    const struct vb_event_part part = { "p1", "said of p1", 10 };
    struct vb_store *store = sealed_place_open(sealed, 1000);
    struct vb_change about = suite_event("s2", 1, "b");
    about.event.parts = &part;
    about.event.part_count = 1;
    suite_begin_round(store);
    const struct vb_change changes[] = {
        suite_person("p2", "c1"),
        suite_session("s2", "round-1", "p2"),
        suite_event("s1", 1, "a"),
        about,
        suite_session("joint", "round-1", NULL),
        suite_event("joint", 1, "c"),
        suite_blob("sha256:b", "s1"),
    };
    suite_commit(store, changes, sizeof changes / sizeof *changes);
    return store;
}

struct seen { /* of what open_family put: how much can still be read */
    int events;
    bool part, name, picture;
};

static inline struct seen look(struct vb_store *store)
{
    static const char *const sessions[] = { "s1", "s2", "joint" };
    struct vb_arena arena = { 0 };
    struct vb_event_row *rows;
    struct vb_person_row person;
    struct vb_blob_row blob;
    struct vb_err err;
    struct seen seen = { 0 };
    size_t count;
    for (int i = 0; i < 3; i++) {
        if (store->ops->events(store, sessions[i], 1, &arena, &rows, &count, &err) != VB_OK)
            fail_msg("%s", err.text);
        assert_int_equal(count, 1);
        seen.events += !rows[0].erased;
        if (i == 1)
            seen.part = !rows[0].erased && rows[0].parts[0].bytes != NULL;
    }
    if (store->ops->person(store, "p1", &arena, &person, &err) != VB_OK)
        fail_msg("%s", err.text);
    seen.name = person.label != NULL;
    if (store->ops->blob(store, "sha256:b", &arena, &blob, &err) == VB_OK)
        seen.picture = !blob.erased;
    vb_arena_finish(&arena);
    return seen;
}

static inline void assert_all_there(struct vb_store *store)
{
    struct seen seen = look(store);
    assert_int_equal(seen.events, 3);
    assert_true(seen.part && seen.name && seen.picture);
}

static inline void assert_p1_gone(struct vb_store *store)
{
    struct seen seen = look(store);
    assert_int_equal(seen.events, 1); /* what p2 said, but for what it said of p1 */
    assert_false(seen.part || seen.name || seen.picture);
}

static const char undone[] = "SELECT count(*) FROM erasure WHERE done = 0";
static const char done[] = "SELECT count(*) FROM erasure WHERE done = 1";

#endif
