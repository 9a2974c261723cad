/* store_table.h - rows by key and in order of arrival; for the stores that live in memory.
 *
 * A row is any struct that begins with its key. Rows and keys are borrowed: they stay where they
 * are for as long as the table has them. One thread. */
#ifndef VB_STORE_TABLE_H
#define VB_STORE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vb_table_row {
    const char *key;
};
struct vb_table { /* zero-initialise */
    struct vb_table_row **rows;
    size_t count, cap;
    uint32_t *slots; /* index of a row and one; 0: free */
    size_t slot_count;
};
void vb_table_finish(struct vb_table *table);
void *vb_table_find(const struct vb_table *table, const char *key); /* NULL: not there */
void vb_table_add(struct vb_table *table, void *row);               /* its key is not there yet */
void vb_table_drop_last(struct vb_table *table);                    /* takes the last add back */

#endif
