/* again.h - the power goes once more, while what the first cut left is being opened. */
#ifndef CRASH_AGAIN_H
#define CRASH_AGAIN_H

#include "disk.h"
#include "witness.h"

struct again {
    const char *programs;            /* the folder with play and record.so */
    const char *work;                /* a folder to do it in */
    const struct disk_image *image;  /* what the first cut left */
    const struct witnessed *allowed; /* two: what it may hold afterwards */
    uint64_t seed;
    int cuts; /* so many of them, all over the opening */
};
/* Opens it in a process of its own that is recorded, and cuts. *cuts is raised by how many there
 * were. VB_E_DATA when one does not hold what it should, or not what the opening had shown. */
enum vb_code again_cut(const struct again *again, struct dump_plans *plans, struct dump *dump,
                       long *cuts, struct vb_err *err);

#endif
