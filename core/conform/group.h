/* group.h - the processes of a plugin, as the system lists them. Linux. Of this room only. */
#ifndef VB_CONFORM_GROUP_H
#define VB_CONFORM_GROUP_H

#include <stdbool.h>
#include <stddef.h>

/* Resident memory of all processes of a group, in KiB; 0: there are none. */
long group_memory_kib(int group);

/* From here on a process whose parent ended becomes a child of ours, until end, so that none is
 * lost. begin gives back what end wants. */
int group_adopt_begin(void);
void group_adopt_end(int before);
/* Ends and reaps every adopted process. How many still ran when whoever started them had ended; the
 * name of one of them into name. spared: our own children, which stay. */
int group_reap_adopted(const int *spared, size_t spared_count, char *name, size_t name_size);

#endif
