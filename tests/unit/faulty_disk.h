/* faulty_disk.h - a disk under SQLite that fails when it is told to.
 *
 * Registers itself as SQLite's default file system; every call goes through to the real one, except
 * the one that was ordered to fail. Counts what went by. One thread. */
#ifndef FAULTY_DISK_H
#define FAULTY_DISK_H

#include <stdbool.h>

enum faulty_call { FAULTY_OPEN, FAULTY_READ, FAULTY_WRITE, FAULTY_SYNC, FAULTY_TRUNCATE };
void faulty_disk_begin(void);
void faulty_disk_end(void);
/* The nth call of that kind from now on fails with SQLite's code, once. */
void faulty_disk_order(enum faulty_call call, int nth, int code);
bool faulty_disk_failed(void);                /* the order was carried out */
int faulty_disk_count(enum faulty_call call); /* since begin */

#endif
