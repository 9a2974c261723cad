/* answer_file.h - an answer file as it was read, for the walk. Room term only; term.h is the seam.
 *
 * Everything hangs in the file's arena or in its JSON tree and lives until it is destroyed. */
#ifndef VB_ANSWER_FILE_H
#define VB_ANSWER_FILE_H

#include <cjson/cJSON.h>

#include "base/mem.h"
#include "term/term.h"

struct vb_answer_list {
    const char *const *names; /* NULL: the key is absent */
    int count;
};
struct vb_answer_person {
    const char *key;          /* as written: "client", "parent:Kim" */
    const char *role, *label; /* label NULL: none */
    bool absent;              /* null: named, but not there */
    const cJSON *answers;     /* the person's object, @keys included; NULL when absent */
    bool share, one_sided, earlier;
    bool correct; /* changes to what is on the table, then shared again */
    const char *mode, *helper, *form, *language; /* NULL: not said */
    struct vb_answer_list hold, private_yes, purposes;
    const enum vb_followed *last; /* what was done with each agreement of last time */
    int last_count;
};
struct vb_answer_file {
    char *name;         /* in messages */
    const char *folder; /* where {"file": path} begins: "." or the file's own folder */
    cJSON *tree;
    const char *text; /* as it was read, to say in which line something stands */
    struct vb_arena arena;
    struct vb_answer_person *persons;
    int person_count;
    bool release;
    const char *variant, *setting;
    struct vb_answer_list with;
    const cJSON *together, *talk; /* NULL: none */
};

/* "FILE: FIELD: message (line N)", VB_E_DATA. field NULL or "": of the whole file. The line stands
 * there when the text has more than one and the field is written in it. */
enum vb_code vb_answer_refuse(struct vb_err *err, const struct vb_answer_file *file,
                              const char *field, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* "FILE: FIELD: no such WHAT; did you mean NEAR?" */
enum vb_code vb_answer_unknown(struct vb_err *err, const struct vb_answer_file *file,
                               const char *field, const char *what, const char *word,
                               const char *const *candidates, size_t count);

/* "parent: Kim" gives "parent" and "Kim", in arena; *label NULL: none. field: for the message. */
enum vb_code vb_answer_split(const struct vb_answer_file *file, struct vb_arena *arena,
                             const char *field, const char *key, const char **role,
                             const char **label, struct vb_err *err);

#endif
