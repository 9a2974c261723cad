/* dump.h - everything a store holds, as text: two stores with the same text hold the same.
 *
 * A line for every row, bodies unsealed; for every session also where its walk stands, so that what
 * goes on at another question is another text; for every revision the digest of its result. Rows of
 * the audit stand apart: opening a store may add some. */
#ifndef CRASH_DUMP_H
#define CRASH_DUMP_H

#include "base/buf.h"
#include "main/workplace.h"

struct dump { /* zero-initialise; used again, its memory is kept */
    struct vb_buf rows, audit;
    bool rows_only; /* without what is computed from them: where walks stand, results */
};
struct dump_plans { /* loaded once: zero-initialise */
    struct vb_plan **list;
    size_t count, cap;
};
/* Of place->store. Plans of the rounds in it are taken from plans, or put there. */
enum vb_code dump_store(struct vb_workplace *place, struct dump_plans *plans, struct dump *out,
                        struct vb_err *err);
void dump_finish(struct dump *dump);
void dump_plans_finish(struct dump_plans *plans);

#endif
