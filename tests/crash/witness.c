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
