/* Open addressing with linear probing. Slots are always filled in order of arrival, also when the
 * table grows, so the row that came last stands on nobody's probe path and can simply go. */
#include "store/store_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

static uint64_t hash(const char *key)
{
    uint64_t sum = 14695981039346656037u; /* FNV-1a */
    for (const unsigned char *c = (const unsigned char *)key; *c != 0; c++)
        sum = (sum ^ *c) * 1099511628211u;
    return sum ^ sum >> 32;
}

/* The slot that holds key, or the free one where it would go. */
static uint32_t *slot_of(const struct vb_table *table, const char *key)
{
    size_t at = hash(key) & (table->slot_count - 1);
    while (table->slots[at] != 0 && strcmp(table->rows[table->slots[at] - 1]->key, key) != 0)
        at = (at + 1) & (table->slot_count - 1);
    return &table->slots[at];
}

static void grow(struct vb_table *table)
{
    free(table->slots);
    table->slot_count = table->slot_count == 0 ? 16 : table->slot_count * 2;
    table->slots = vb_alloc(table->slot_count * sizeof *table->slots);
    for (size_t i = 0; i < table->count; i++)
        *slot_of(table, table->rows[i]->key) = (uint32_t)i + 1;
}

void vb_table_finish(struct vb_table *table)
{
    free(table->rows);
    free(table->slots);
    *table = (struct vb_table){ 0 };
}

void *vb_table_find(const struct vb_table *table, const char *key)
{
    if (table->slot_count == 0)
        return NULL;
    uint32_t index = *slot_of(table, key);
    return index == 0 ? NULL : table->rows[index - 1];
}

void vb_table_add(struct vb_table *table, void *row)
{
    struct vb_table_row *keyed = row;
    vb_assert(table->count < UINT32_MAX / 2);
    if ((table->count + 1) * 4 > table->slot_count * 3)
        grow(table);
    uint32_t *slot = slot_of(table, keyed->key);
    vb_assert(*slot == 0);
    vb_push(&table->rows, table->count, &table->cap, sizeof(struct vb_table_row *));
    table->rows[table->count++] = keyed;
    *slot = (uint32_t)table->count;
}

void vb_table_drop_last(struct vb_table *table)
{
    vb_assert(table->count > 0);
    *slot_of(table, table->rows[table->count - 1]->key) = 0;
    table->count--;
}
