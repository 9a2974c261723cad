#include "again.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "folder.h"

static char *put_together(const char *a, const char *b)
{
    struct vb_buf path = { 0 };
    vb_buf_printf(&path, "%s%s", a, b);
    return path.data;
}

_Noreturn static void be_the_opener(const struct again *again, const char *record)
{
    char *play = put_together(again->programs, "/play");
    setenv("CRASH_DIR", again->work, 1);
    setenv("CRASH_LOG", record, 1);
    setenv("CRASH_MARKS", "2", 1); /* what it may say besides is no mark: it begins otherwise */
    setenv("LD_PRELOAD", put_together(again->programs, "/record.so"), 1);
    setenv("VERBOND_KEY", put_together(again->work, "/key/master"), 1);
    if (freopen("/dev/null", "w", stderr) != NULL)
        execl(play, play, put_together(again->work, "/here/data"), "look", (char *)NULL);
    _exit(127);
}

static enum vb_code open_recorded(const struct again *again, const char *record, struct disk **out,
                                  struct vb_err *err)
{
    int status = -1;
    unlink(record);
    fflush(stdout);
    enum vb_code code = disk_put(again->image, again->work, err);
    pid_t child = code == VB_OK ? fork() : -1;
    if (child == 0)
        be_the_opener(again, record);
    if (child > 0)
        waitpid(child, &status, 0);
    if (code == VB_OK && status != 0)
        code =
            vb_fail(err, VB_E_DATA, "opened once more, it ended with status %x", (unsigned)status);
    return code == VB_OK ? disk_read(out, record, again->work, again->image, err) : code;
}

/* Was it opened, and shown, before this step? */
static bool was_shown(const struct disk *disk, size_t step)
{
    size_t count;
    const struct disk_mark *marks = disk_marks(disk, &count);
    return count > 0 && marks[count - 1].step <= step;
}

static enum vb_code cut_one(const struct again *again, const struct disk *disk,
                            const struct disk_cut *cut, struct dump_plans *plans, struct dump *dump,
                            struct vb_err *err)
{
    struct disk_image image = { 0 };
    size_t count;
    const struct disk_mark *marks = disk_marks(disk, &count);
    disk_build(disk, cut, &image);
    enum vb_code code = disk_put(&image, again->work, err);
    disk_image_finish(&image);
    if (code == VB_OK)
        code = folder_read(again->work, plans, dump, err);
    if (code != VB_OK)
        return code;
    bool right = witness_is(dump, &again->allowed[0]) || witness_is(dump, &again->allowed[1]);
    if (right && was_shown(disk, cut->step)) {
        struct witnessed shown = witness_read(marks[count - 1].text, marks[count - 1].len);
        right = witness_is(dump, &shown);
    }
    return right ? VB_OK
                 : vb_fail(err, VB_E_DATA, "cut again at %zu it is something else", cut->step);
}

enum vb_code again_cut(const struct again *again, struct dump_plans *plans, struct dump *dump,
                       long *cuts, struct vb_err *err)
{
    struct disk *disk = NULL;
    char *record = put_together(again->work, ".record");
    enum vb_code code = open_recorded(again, record, &disk, err);
    size_t first = code == VB_OK ? disk_first_trouble(disk) : 0;
    size_t range = code == VB_OK ? disk_steps(disk) + 1 - first : 0;
    for (int i = 0; code == VB_OK && i < again->cuts; i++) {
        const struct disk_cut cut = {
            .step = first + (size_t)i * range / (size_t)again->cuts,
            .luck = i % 4 == 0   ? DISK_NOTHING
                    : i % 4 == 1 ? DISK_TORN
                                 : DISK_CHANCE,
            .strict = i % 2 == 1,
            .seed = again->seed + (uint64_t)i,
        };
        code = cut_one(again, disk, &cut, plans, dump, err);
        ++*cuts;
    }
    disk_destroy(disk);
    free(record);
    return code;
}
