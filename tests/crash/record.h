/* record.h - what record.so writes down: one struct record after the other, each with its names and
 * bytes behind it. Read back by disk.c. */
#ifndef CRASH_RECORD_H
#define CRASH_RECORD_H

#include <stdint.h>

enum {
    RECORD_MADE = 1,   /* OPEN: it was not there before */
    RECORD_CUTS = 2,   /* OPEN: O_TRUNC */
    RECORD_FAILED = 4, /* SYNC */
};
struct record {
    uint32_t kind; /* enum call_kind */
    uint32_t flags;
    int32_t pid, fd; /* who wrote, and where; fd belongs to pid */
    int64_t at, len; /* WRITE: so many bytes there; CUT: to len */
    uint32_t path_len, to_len, data_len;
    uint32_t unused;
    /* path, to, data */
};

#endif
