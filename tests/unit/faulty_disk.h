/* faulty_disk.h - a disk under SQLite that fails when it is told to.
 *
 * Registers itself as SQLite's default file system; every call goes through to the real one, except
 * the one that was ordered to fail. Counts what went by. One thread. */
#ifndef FAULTY_DISK_H
#define FAULTY_DISK_H

#include <stdbool.h>
#include <stdint.h>

enum faulty_call {
    FAULTY_OPEN,
    FAULTY_READ,
    FAULTY_WRITE,
    FAULTY_SYNC,
    FAULTY_TRUNCATE,
    FAULTY_DELETE,
};
void faulty_disk_begin(void);
void faulty_disk_end(void);
/* The nth call of that kind from now on fails with SQLite's code, once. */
void faulty_disk_order(enum faulty_call call, int nth, int code);
bool faulty_disk_failed(void);                /* the order was carried out */
int faulty_disk_count(enum faulty_call call); /* since begin */

/* As long as full() says so, no file can grow (SQLITE_FULL); NULL: there is room. */
void faulty_disk_fill(bool (*full)(void));

/* Is told of every write, sync, cut (len is the new length) and removal of a file that went well,
 * and of a sync that was made to fail (len -1); NULL: nobody is told. */
typedef void faulty_watcher(enum faulty_call call, const char *path, int64_t at, const void *bytes,
                            int64_t len);
void faulty_disk_watch(faulty_watcher *watcher);

#endif
