/* erase_fixture.h - a round with somebody to erase, and what can be seen of it afterwards. */
#ifndef ERASE_FIXTURE_H
#define ERASE_FIXTURE_H

#include "round_fixture.h"

#include "base/str.h"
#include "session/erase.h"

struct look {
    struct scene scene;
    struct vb_arena arena;
    struct vb_erase erase;
};

static inline void look_begin(struct look *look, struct vb_plan *plan)
{
    *look = (struct look){ 0 };
    begin(&look->scene, plan);
}

static inline void look_end(struct look *look)
{
    vb_arena_finish(&look->arena);
    end(&look->scene);
}

static inline struct vb_store *store_of(const struct look *look)
{
    return look->scene.world.store;
}

static inline const char *round_id(const struct look *look)
{
    return vb_round_row(look->scene.round)->id;
}

static inline enum vb_code find(struct look *look, enum vb_erase_of of, const char *id)
{
    return vb_erase_find(&look->erase, store_of(look), of, id, &look->arena,
                         &look->scene.world.err);
}

static inline void erase(struct look *look, enum vb_erase_of of, const char *id)
{
    struct vb_erase_why why = { "asked", "tester", "team-4", 77000 };
    assert_int_equal(find(look, of, id), VB_OK);
    assert_int_equal(
        vb_erase_commit(&look->erase, store_of(look), &why, &look->arena, &look->scene.world.err),
        VB_OK);
}

static inline const char *person_of(struct look *look, const char *role)
{
    int count;
    const struct vb_participant *all = vb_round_participants(look->scene.round, &count);
    for (int i = 0; i < count; i++)
        if (vb_streq(all[i].role, role))
            return vb_arena_strdup(&look->arena, all[i].person);
    fail_msg("nobody is %s", role);
    return NULL;
}

static inline struct vb_round_row row_of(struct look *look, const char *id)
{
    struct vb_round_row row;
    assert_int_equal(
        vb_store_find_round(store_of(look), id, &look->arena, &row, &look->scene.world.err), VB_OK);
    return row;
}

static inline struct vb_person_row person_row(struct look *look, const char *id)
{
    struct vb_person_row row;
    assert_int_equal(
        store_of(look)->ops->person(store_of(look), id, &look->arena, &row, &look->scene.world.err),
        VB_OK);
    return row;
}

static inline struct vb_session_row *sessions_of(struct look *look, const char *round,
                                                 size_t *count)
{
    struct vb_session_row *rows;
    assert_int_equal(store_of(look)->ops->sessions(store_of(look), round, &look->arena, &rows,
                                                   count, &look->scene.world.err),
                     VB_OK);
    return rows;
}

static inline struct vb_revision_row *revisions_of(struct look *look, size_t *count)
{
    struct vb_revision_row *rows;
    assert_int_equal(store_of(look)->ops->revisions(store_of(look), round_id(look), &look->arena,
                                                    &rows, count, &look->scene.world.err),
                     VB_OK);
    return rows;
}

/* Rows of the audit with this action and subject; an erasure that was asked for has on whose
 * behalf.
 */
static inline int audited(struct look *look, const char *action, const char *subject)
{
    struct vb_audit_row *rows;
    size_t count;
    int found = 0;
    assert_int_equal(store_of(look)->ops->audit(store_of(look), &look->arena, &rows, &count,
                                                &look->scene.world.err),
                     VB_OK);
    for (size_t i = 0; i < count; i++) {
        found += vb_streq(rows[i].action, action) && vb_streq(rows[i].subject, subject);
        if (vb_streq(rows[i].action, "erase"))
            assert_string_equal(rows[i].on_behalf, "team-4");
    }
    return found;
}

/* Both fill in and share, and the round is released. */
static inline void released_dyad(struct look *look)
{
    look_begin(look, dyad());
    fill(join(&look->scene, "client", "Sam"), 4, marker);
    fill(join(&look->scene, "professional", NULL), 5, "fine");
    assert_true(settle(&look->scene));
}

#endif
