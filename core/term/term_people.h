/* term_people.h - who is at the keyboard, and who comes next. Room term only. */
#ifndef VB_TERM_PEOPLE_H
#define VB_TERM_PEOPLE_H

#include "session/round.h"
#include "term/term_desk.h"

struct vb_due { /* somebody who still has to answer; strings live in the arena it was made with */
    const char *role, *label; /* label NULL: none */
    const char *language;     /* of the session that is open; NULL: not begun */
    bool begun;               /* something was answered */
};
struct vb_people {
    /* Who was named here and is no roster member: nobody else knows of them yet. */
    struct vb_due *list;
    size_t count, cap;
    /* Whose session cannot go on, and who read so. */
    const struct vb_session **told;
    size_t told_count, told_cap;
    /* Who is not here now, so staff said. */
    struct vb_due *away;
    size_t away_count, away_cap;
    struct vb_arena arena;
};
/* The session cannot go on: its person is not due again in this run. */
void vb_people_tell(struct vb_people *people, const struct vb_session *session);
/* They are not due again in this run. due lives as long as people. */
void vb_people_skip(struct vb_people *people, const struct vb_due *due);
/* The next one in the instrument's order; false: nobody. only: a role or role:label, NULL: all. */
bool vb_people_next(struct vb_round *round, const struct vb_people *people, const char *only,
                    struct vb_arena *arena, struct vb_due *out);
/* Is this person meant by only: a role, a role:label, NULL: everybody? */
bool vb_people_wanted(const char *only, const char *role, const char *label);

/* "de cliënt", "Sam": how somebody is called on the screens around the questions. */
const char *vb_people_name(enum vb_tongue tongue, const struct vb_due *due);

/* Asks who takes part, role by role: members of the roster are named in the round, others wait in
 * people until they join. */
enum vb_code vb_people_ask(struct vb_desk *desk, struct vb_round *round, struct vb_people *people,
                           struct vb_err *err);
/* Is there somebody to name first: roles for several, and nobody named yet? */
bool vb_people_unnamed(struct vb_round *round);
/* Asks for one of the plan's languages. */
enum vb_code vb_people_language(struct vb_desk *desk, const struct vb_plan *plan,
                                const char **language, struct vb_err *err);

#endif
