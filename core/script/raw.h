/* raw.h - what a Lua file returned, as plain C data.
 *
 * The loader copies everything out of the sandbox first and checks it without Lua afterwards, so
 * that no check can raise. Named entries are sorted by name: the same file gives the same order. */
#ifndef VB_RAW_H
#define VB_RAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "script/fields.h"

struct lua_State;

enum vb_raw_type {
    VB_RAW_NIL,
    VB_RAW_BOOL,
    VB_RAW_INT,
    VB_RAW_FLOAT,
    VB_RAW_STRING,
    VB_RAW_TABLE,
    VB_RAW_NODE,
    VB_RAW_FUNCTION,
    VB_RAW_OTHER, /* whatever else Lua has */
};
struct vb_raw {
    enum vb_raw_type type;
    size_t len; /* of string, its NUL not counted */
    union {
        bool boolean;
        int64_t integer;
        double number;
        const char *string;
        const struct vb_raw_table *table;
        const struct vb_raw_node *node;
    };
};
struct vb_raw_field {
    const char *name;
    struct vb_raw value;
};
struct vb_raw_table {
    const struct vb_raw_field *fields; /* by name */
    int field_count;
    const struct vb_raw *list; /* entries 1, 2, 3 ... */
    int list_count;
    int hole;      /* the first place of the list that is empty; 0: none */
    bool odd_keys; /* a key that is neither a string nor a place in the list */
};
struct vb_raw_node {
    const struct vb_constructor *constructor;
    const char *id; /* NULL: none */
    int file, line; /* file: as vb_raw_copying.file_of says */
    bool has_table;
    struct vb_raw_table table;
    void *built; /* the builder's own: what it made of a node that is used more than once */
};

struct vb_raw_copying {
    struct vb_arena *strings, *tables;
    int (*file_of)(void *ctx, const char *source);
    void *ctx;
    int left;           /* how many values may still be copied */
    size_t text_left;   /* how many bytes of strings */
    int memo;           /* stack index of a Lua table: nodes and tables copied already */
    const char *source; /* of the innermost node being copied, with its line; NULL: none yet */
    int line;
};
/* Copies the value at index. May raise (memory, too many values, too deep, a table in itself), with
 * the place of the innermost constructor. */
void vb_raw_copy(struct lua_State *L, int index, struct vb_raw_copying *copying,
                 struct vb_raw *out);

/* The named entry, or one of type NIL. */
const struct vb_raw *vb_raw_get(const struct vb_raw_table *table, const char *name);
const char *vb_raw_type_name(const struct vb_raw *raw); /* "a number", "v.likert" */

#endif
