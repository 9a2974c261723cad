/* explore.h - every path through an instrument, before a person walks one.
 *
 * Each kind of session (role, form, format, variant, includes, roster) is walked with every answer
 * that can lead elsewhere: docs/reference/explore.md says which answers stand for which, and why
 * that leaves no path out. Each path is walked twice, the second time by the session's own fold.
 * No store, no clock but the sandbox's. Blocking; any thread. */
#ifndef VB_EXPLORE_H
#define VB_EXPLORE_H

#include "data/instrument.h"
#include "script/sandbox.h"

enum { VB_EXPLORE_LIMIT = 1000000 };
struct vb_explore_options {
    /* again: of the second walk. The same, but where a test shows that a difference is told. */
    struct vb_sandbox_options sandbox, again;
    const char *role, *form; /* only these; NULL: every one */
    int64_t limit;           /* most paths; 0: VB_EXPLORE_LIMIT */
};

/* A way that leads nowhere, or that did not lead to the same twice. */
struct vb_dead_end {
    const char *message; /* one sentence, with file:line where a script stopped */
    bool differs;        /* the second walk came elsewhere */
    int64_t paths;       /* how many end so */
    int length;          /* answers of the shortest of them */
    const char *answers; /* a case for tests.lua that leads there */
};

struct vb_explored {
    int64_t paths;
    int sessions;           /* kinds of session that were walked */
    int longest, shortest;  /* questions of one person's session; both 0 when none came to an end */
    bool complete;          /* false: the limit came first, and more paths exist */
    const uint8_t *asked;   /* [item_count]: some session walked could have it */
    const uint8_t *reached; /* [item_count]: some path came to it */
    const uint8_t *partly;  /* [item_count]: a flow read it, and not every answer was tried */
    struct vb_dead_end *ends;
    size_t end_count, end_cap;
    bool deterministic;
    struct vb_arena arena; /* owns everything above */
};
/* VB_E_DATA: no such role or form. *out: vb_explored_finish it, whatever came of it. */
enum vb_code vb_explore(struct vb_explored *out, struct vb_plan *plan,
                        const struct vb_explore_options *options, struct vb_err *err);
void vb_explored_finish(struct vb_explored *explored);

/* Nothing is wrong: all that could be asked is reached, no dead end, the same twice. */
bool vb_explored_well(const struct vb_explored *explored, const struct vb_plan *plan);
/* In words, file names behind shown (vb_source); as one JSON object and a new line. */
void vb_explored_text(struct vb_buf *out, const struct vb_explored *explored,
                      const struct vb_plan *plan, const char *shown);
void vb_explored_json(struct vb_buf *out, const struct vb_explored *explored,
                      const struct vb_plan *plan);

#endif
