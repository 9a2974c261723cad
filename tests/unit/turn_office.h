/* turn_office.h - two workers of one case at their own turns, and what an office does with their
 * accounts and their cases. */
#ifndef TURN_OFFICE_H
#define TURN_OFFICE_H

#include "turn_scene.h"

#include "serve/auth_inner.h"

struct office { /* two workers of one case; kim has another browser */
    struct turn_place place;
    struct serve_browser kim, kim_home, noor, client;
};

static inline void office_begin(struct office *office, const char *instrument)
{
    memset(office, 0, sizeof *office);
    turn_begin(&office->place, instrument);
    turn_sign_in(&office->place, &office->kim, "kim", VB_WORKER);
    turn_sign_in(&office->place, &office->noor, "noor", VB_WORKER | VB_ADMIN);
}

static inline void office_end(struct office *office)
{
    turn_end(&office->place);
}

static inline const struct serve_reply *desk(struct office *office, struct serve_browser *browser,
                                             const char *method, const char *what, const char *body)
{
    char target[256];
    snprintf(target, sizeof target, "/api/v1/staff%s", what);
    browser->token[0] = '\0';
    serve_status(serve_ask(&office->place.scene, browser, "GET", "/api/v1/staff/me", NULL), 200);
    return serve_ask(&office->place.scene, browser, method, target, body);
}

static inline const struct serve_reply *act(struct office *office, struct serve_browser *browser,
                                            const char *what, const char *body)
{
    char path[128];
    snprintf(path, sizeof path, "/rounds/%s%s", office->place.round, what);
    return desk(office, browser, "POST", path, body);
}

static inline const struct serve_reply *sheet(struct office *office, struct serve_browser *browser)
{
    char path[128];
    snprintf(path, sizeof path, "/rounds/%s/sheet", office->place.round);
    return desk(office, browser, "GET", path, NULL);
}

static const char own[] = "{\"role\":\"professional\"}";

/* Sits at their own turn and has its token. */
static inline void sit(struct office *office, struct serve_browser *browser)
{
    serve_status(act(office, browser, "/turn", own), 200);
    serve_status(turn_get(&office->place, browser, ""), 200);
}

/* The professional's first answer, not shared; the seq of the step behind it. */
static inline int give_one(struct office *office, struct serve_browser *browser)
{
    sit(office, browser);
    const struct serve_reply *step = turn_post(&office->place, browser, "/begin", "{}");
    serve_status(step, 200);
    step = turn_post(&office->place, browser, "/answer", "{'after':%d,'id':'a','value':2}",
                     turn_seq(step));
    serve_status(step, 200);
    return turn_seq(step);
}

static inline void put(struct office *office, const struct vb_change *changes, size_t count)
{
    struct vb_err err;
    if (vb_store_commit(office->place.scene.store, changes, count, &err) != VB_OK)
        fail_msg("%s", err.text);
}

static inline struct vb_staff_row account(struct office *office, struct vb_arena *arena,
                                          const char *name)
{
    struct vb_staff_row row;
    struct vb_err err;
    assert_int_equal(vb_account_find(office->place.scene.store, name, arena, &row, &err), VB_OK);
    return row;
}

/* As `verbond staff unassign` writes it. */
static inline void unassign(struct office *office, const char *name)
{
    struct vb_store *store = office->place.scene.store;
    struct vb_arena arena = { 0 };
    struct vb_assignment_row *rows;
    struct vb_err err;
    size_t count;
    assert_int_equal(store->ops->assignments(store, name, &arena, &rows, &count, &err), VB_OK);
    for (size_t i = 0; i < count; i++) {
        struct vb_change change = { .kind = VB_PUT_ASSIGNMENT, .assignment = rows[i] };
        change.assignment.until_wall_ms = office->place.scene.wall_ms;
        put(office, &change, 1);
    }
    vb_arena_finish(&arena);
}

static inline void assign(struct office *office, const char *name)
{
    struct vb_err err;
    assert_int_equal(vb_auth_give_case(office->place.scene.serve.auth, name, "c-1", &err), VB_OK);
}

static inline int audited(struct office *office, const char *action, const char *by)
{
    struct vb_store *store = office->place.scene.store;
    struct vb_arena arena = { 0 };
    struct vb_audit_row *rows;
    struct vb_err err;
    size_t count;
    int found = 0;
    assert_int_equal(store->ops->audit(store, &arena, &rows, &count, &err), VB_OK);
    for (size_t i = 0; i < count; i++)
        found += vb_streq(rows[i].action, action) && vb_streq(rows[i].by, by);
    vb_arena_finish(&arena);
    return found;
}

#endif
