/* data_file.h - a Lua file that is data and nothing else: return { ... }.
 *
 * It is read twice. First its tokens: whatever could do anything (a name, a call, an operator, a
 * function) is refused with its line before Lua sees it, and the line of every entry is noted. Then
 * Lua itself, in a sandbox of its own with nothing in reach, says what the texts and numbers are,
 * so that they mean what they mean in every Lua file. A configuration is such a file. Blocking; any
 * thread. */
#ifndef VB_DATA_FILE_H
#define VB_DATA_FILE_H

#include "base/clock.h"
#include "base/err.h"
#include "base/mem.h"
#include "data/finding.h"

enum {
    VB_DATA_FILE_MOST = 256 * 1024, /* bytes */
    VB_DATA_FILE_ENTRIES = 10000,   /* of all tables together */
    VB_DATA_FILE_DEPTH = 8          /* tables within tables */
};

enum vb_datum_type { VB_DATUM_BOOL, VB_DATUM_INT, VB_DATUM_NUMBER, VB_DATUM_TEXT, VB_DATUM_TABLE };
struct vb_datum {
    const char *name; /* NULL: an entry of a list */
    int line;         /* where it stands in the file */
    enum vb_datum_type type;
    bool truth;
    int64_t integer;
    double number;
    const char *text; /* holds no NUL */
    struct vb_datum *entries;
    size_t count, cap; /* of entries, in the order of the file */
};

/* Reads what a file holds. file: how messages name it. *out: the table it returns, in arena. What
 * is wrong goes to findings (one of them: a file is not read on behind it), and VB_E_DATA comes
 * back; VB_E_LIMIT when the sandbox gave up. */
enum vb_code vb_data_file_read(struct vb_datum **out, struct vb_arena *arena, const char *file,
                               const char *bytes, size_t len, struct vb_clock clock,
                               struct vb_findings *findings, struct vb_err *err);

/* The entry of that name; NULL: none. */
const struct vb_datum *vb_datum_get(const struct vb_datum *table, const char *name);
const char *vb_datum_type_name(enum vb_datum_type type); /* "a text" */

#endif
