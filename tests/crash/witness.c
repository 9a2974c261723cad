#include "witness.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/str.h"

enum vb_code __real_vb_store_commit(struct vb_store *store, const struct vb_change *changes,
                                    size_t count, struct vb_err *err);
enum vb_code __wrap_vb_store_commit(struct vb_store *store, const struct vb_change *changes,
                                    size_t count, struct vb_err *err);
enum vb_code __real_vb_workplace_open(struct vb_workplace *place, struct vb_err *err);
enum vb_code __wrap_vb_workplace_open(struct vb_workplace *place, struct vb_err *err);
enum vb_code __real_vb_workplace_open_kept(struct vb_workplace *place, const char *what,
                                           struct vb_err *err);
enum vb_code __wrap_vb_workplace_open_kept(struct vb_workplace *place, const char *what,
                                           struct vb_err *err);
void __real_vb_store_submit(struct vb_store *store, const struct vb_change *changes, size_t count,
                            vb_store_done *done, void *ctx);
void __wrap_vb_store_submit(struct vb_store *store, const struct vb_change *changes, size_t count,
                            vb_store_done *done, void *ctx);

static void give_up(const char *why)
{
    fprintf(stderr, "witness: %s\n", why);
    _exit(99);
}

static void say(struct vb_store *store, int out)
{
    static struct dump_plans plans;
    static struct dump dump;
    static struct vb_buf mark;
    struct vb_workplace place;
    struct vb_err err;
    enum vb_code code = vb_workplace_begin(&place, "-", &err);
    place.store = store;
    dump.rows_only = getenv("CRASH_ROWS_ONLY") != NULL;
    if (code == VB_OK)
        code = dump_store(&place, &plans, &dump, &err);
    if (code != VB_OK)
        give_up(err.text);
    vb_arena_finish(&place.arena);
    vb_buf_clear(&mark);
    vb_buf_puts(&mark, WITNESS_MARK);
    vb_buf_put(&mark, dump.rows.data, dump.rows.len);
    vb_buf_puts(&mark, WITNESS_AUDIT);
    vb_buf_put(&mark, dump.audit.data, dump.audit.len);
    if (write(out, mark.data, mark.len) != (ssize_t)mark.len)
        give_up("the mark could not be written");
}

static void acknowledged(struct vb_store *store)
{
    const char *marks = getenv("CRASH_MARKS");
    if (marks != NULL && !vb_streq(store->ops->name, "stage") &&
        !vb_streq(store->ops->name, "memory"))
        say(store, atoi(marks));
}

enum vb_code __wrap_vb_workplace_open(struct vb_workplace *place, struct vb_err *err)
{
    enum vb_code code = __real_vb_workplace_open(place, err);
    if (code == VB_OK)
        acknowledged(place->store);
    return code;
}

enum vb_code __wrap_vb_workplace_open_kept(struct vb_workplace *place, const char *what,
                                           struct vb_err *err)
{
    enum vb_code code = __real_vb_workplace_open_kept(place, what, err);
    if (code == VB_OK)
        acknowledged(place->store);
    return code;
}

enum vb_code __wrap_vb_store_commit(struct vb_store *store, const struct vb_change *changes,
                                    size_t count, struct vb_err *err)
{
    enum vb_code code = __real_vb_store_commit(store, changes, count, err);
    if (code == VB_OK)
        acknowledged(store);
    return code;
}

struct told { /* who waits for a commit */
    struct vb_store *store;
    vb_store_done *done;
    void *ctx;
};

static void pass_on(void *ctx, enum vb_code code, const struct vb_err *err)
{
    struct told *told = ctx;
    if (code == VB_OK)
        acknowledged(told->store);
    told->done(told->ctx, code, err);
    free(told);
}

void __wrap_vb_store_submit(struct vb_store *store, const struct vb_change *changes, size_t count,
                            vb_store_done *done, void *ctx)
{
    struct told *told = vb_new(struct told);
    *told = (struct told){ store, done, ctx };
    __real_vb_store_submit(store, changes, count, pass_on, told);
}

struct witnessed witness_read(const char *mark, size_t len)
{
    const char *rows = mark + strlen(WITNESS_MARK), *end = mark + len;
    const char *split = memmem(mark, len, WITNESS_AUDIT, strlen(WITNESS_AUDIT));
    vb_assert(split != NULL);
    const char *audit = split + strlen(WITNESS_AUDIT);
    return (struct witnessed){ rows, audit, (size_t)(split - rows), (size_t)(end - audit) };
}

/* -- looking back ----------------------------------------------------------------------------- */

bool witness_is(const struct dump *dump, const struct witnessed *mark)
{
    return dump->rows.len == mark->rows_len &&
           memcmp(dump->rows.data, mark->rows, mark->rows_len) == 0 &&
           dump->audit.len >= mark->audit_len &&
           memcmp(dump->audit.data, mark->audit, mark->audit_len) == 0;
}

/* What stands for good once it was acknowledged: an event, a person, a revision. How a session or a
 * round stands may go on. */
static bool is_for_good(const char *line)
{
    static const char *const kinds[] = { " event ", " blob ", " revision ", "person ", "case " };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (vb_starts_with(line, kinds[i]))
            return true;
    return false;
}

static size_t line_of(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline == NULL ? (size_t)(end - at) : (size_t)(newline - at) + 1;
}

int witness_events(const char *rows, size_t len)
{
    int count = 0;
    for (const char *at = rows; at < rows + len; at += line_of(at, rows + len))
        count += vb_starts_with(at, " event ");
    return count;
}

static bool has(const struct dump *dump, const char *line, size_t len)
{
    return memmem(dump->rows.data, dump->rows.len, line, len) != NULL;
}

/* Is this a line "KIND ID ...", and was that person or session erased since? An erasing that was
 * refused may have come through, like any commit. */
static bool was_erased(const struct dump *dump, const char *line, const char *kind)
{
    char row[64], *end = NULL;
    size_t len = strlen(kind);
    if (strncmp(line, kind, len) != 0)
        return false;
    len += strcspn(line + len, " ");
    snprintf(row, sizeof row, "%.*s ", (int)len, line);
    const char *now = strstr(dump->rows.data, row);
    end = now == NULL ? NULL : strchr(now, '\n');
    return end != NULL && memmem(now, (size_t)(end - now), " erased", strlen(" erased")) != NULL;
}

/* The first line for good that is not there any more, or NULL. */
static const char *first_lost(const struct witnessed *kept, const struct dump *dump)
{
    const char *end = kept->rows + kept->rows_len;
    bool gone = false; /* the session these lines are of */
    for (const char *at = kept->rows; at < end; at += line_of(at, end)) {
        if (at[0] != ' ')
            gone = was_erased(dump, at, "session ") || was_erased(dump, at, "person ");
        if (is_for_good(at) && !gone && !has(dump, at, line_of(at, end)))
            return at;
    }
    return NULL;
}

enum vb_code witness_holds(const struct vb_buf *marks, const struct vb_buf *before,
                           const struct dump *dump, int events, struct vb_err *err)
{
    const char *last = NULL, *next = marks->data;
    struct witnessed kept = { before->data, "", before->len, 0 };
    while (next != NULL && (next = strstr(next, WITNESS_MARK)) != NULL)
        last = next++;
    if (last != NULL)
        kept = witness_read(last, (size_t)(marks->data + marks->len - last));
    const char *lost = first_lost(&kept, dump);
    if (lost != NULL)
        return vb_fail(err, VB_E_DATA, "acknowledged and lost: %.*s", (int)strcspn(lost, "\n"),
                       lost);
    int more =
        witness_events(dump->rows.data, dump->rows.len) - witness_events(kept.rows, kept.rows_len);
    if (more == 0 || more == events)
        return VB_OK;
    return vb_fail(err, VB_E_DATA, "%d events nobody acknowledged", more);
}
