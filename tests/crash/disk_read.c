/* disk_read.c - what record.so wrote down, as steps, and from when each of them is durable. */
#include "disk_inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "preload.h"
#include "record.h"

/* -- names ------------------------------------------------------------------------------------ */

static int name_index(struct disk *disk, const char *name, size_t len)
{
    for (size_t i = 0; i < disk->name_count; i++)
        if (strlen(disk->names[i]) == len && memcmp(disk->names[i], name, len) == 0)
            return (int)i;
    char **place = vb_push(&disk->names, disk->name_count, &disk->name_cap, sizeof *place);
    *place = vb_alloc(len + 1);
    memcpy(*place, name, len);
    int *bound = vb_push(&disk->bound, disk->name_count, &disk->bound_cap, sizeof *bound);
    *bound = -1;
    return (int)disk->name_count++;
}

/* An absolute name as one below the folder. */
static int name_of(struct disk *disk, const char *path, size_t len)
{
    size_t above = strlen(disk->dir);
    if (len <= above)
        return 0;
    return name_index(disk, path + above + 1, len - above - 1);
}

static int parent_of(struct disk *disk, int name)
{
    const char *slash = strrchr(disk->names[name], '/');
    return slash == NULL ? 0
                         : name_index(disk, disk->names[name], (size_t)(slash - disk->names[name]));
}

static int add_file(struct disk *disk, bool is_folder)
{
    struct file *file = vb_push(&disk->files, disk->file_count, &disk->file_cap, sizeof *file);
    file->is_folder = is_folder;
    file->changed = true;
    return (int)disk->file_count++;
}

/* -- reading the record ----------------------------------------------------------------------- */

static struct step *add_step(struct disk *disk, enum step_kind kind, int file)
{
    struct step *step = vb_push(&disk->steps, disk->step_count, &disk->step_cap, sizeof *step);
    disk->step_count++;
    *step = (struct step){ .kind = kind, .file = file, .sure = { NEVER, NEVER } };
    return step;
}

/* A name of the folder changed: its next sync has something to say. */
static void touch_folder(struct disk *disk, int name)
{
    int folder = disk->bound[parent_of(disk, name)];
    if (folder >= 0)
        disk->files[folder].changed = true;
}

static void make(struct disk *disk, int name, bool is_folder)
{
    int file = add_file(disk, is_folder);
    disk->bound[name] = file;
    add_step(disk, STEP_MAKE, file)->name = name;
    touch_folder(disk, name);
}

static struct opened *find_opened(struct disk *disk, int pid, int fd)
{
    for (size_t i = 0; i < disk->opened_count; i++)
        if (disk->opened[i].pid == pid && disk->opened[i].fd == fd)
            return &disk->opened[i];
    struct opened *opened =
        vb_push(&disk->opened, disk->opened_count, &disk->opened_cap, sizeof *opened);
    disk->opened_count++;
    *opened = (struct opened){ pid, fd, -1 };
    return opened;
}

/* A sync says which steps are sure from now on, or, when it failed, which will never be. */
static void sync_file(struct disk *disk, int file, bool failed)
{
    int now = (int)disk->step_count;
    if (failed && disk->trouble == 0)
        disk->trouble = disk->step_count + 1;
    bool changed = disk->files[file].changed;
    add_step(disk, STEP_SYNC, file);
    for (int i = 0; i < now; i++) {
        struct step *step = &disk->steps[i];
        bool is_name = step->kind >= STEP_MAKE;
        if (step->kind == STEP_SYNC)
            continue;
        if (!is_name && step->file == file && step->sure[0] == NEVER)
            step->sure[0] = step->sure[1] = failed ? MOST : now;
        if (failed || !is_name)
            continue;
        if (step->sure[0] == NEVER && changed)
            step->sure[0] = now;
        int last = step->kind == STEP_MOVE ? step->to : step->name;
        if (step->sure[1] == NEVER && disk->bound[parent_of(disk, last)] == file)
            step->sure[1] = now;
    }
    disk->files[file].changed &= failed;
}

static enum vb_code take_open(struct disk *disk, const struct record *record, int name,
                              struct vb_err *err)
{
    if ((record->flags & RECORD_MADE) != 0)
        make(disk, name, false);
    else if (disk->bound[name] < 0)
        return vb_fail(err, VB_E_DATA, "%s was there before the record began", disk->names[name]);
    int file = disk->bound[name];
    find_opened(disk, record->pid, record->fd)->file = file;
    if ((record->flags & RECORD_CUTS) != 0 && disk->files[file].len > 0) {
        add_step(disk, STEP_CUT, file)->len = 0;
        disk->files[file].len = 0;
        disk->files[file].changed = true;
    }
    return VB_OK;
}

static void take_write(struct disk *disk, int file, const struct record *record, const char *bytes)
{
    struct step *step = add_step(disk, STEP_WRITE, file);
    step->at = record->at;
    step->len = record->len;
    step->bytes = bytes;
    if (record->at + record->len > disk->files[file].len) {
        disk->files[file].len = record->at + record->len;
        disk->files[file].changed = true;
    }
}

static void take_cut(struct disk *disk, int file, int64_t len)
{
    add_step(disk, STEP_CUT, file)->len = len;
    disk->files[file].changed |= disk->files[file].len != len;
    disk->files[file].len = len;
}

static void take_mark(struct disk *disk, const char *text, size_t len)
{
    struct disk_mark *mark = vb_push(&disk->marks, disk->mark_count, &disk->mark_cap, sizeof *mark);
    disk->mark_count++;
    *mark = (struct disk_mark){ disk->step_count, text, len };
}

/* What is done to a file that is open. */
static enum vb_code take_opened(struct disk *disk, const struct record *record, const char *bytes,
                                struct vb_err *err)
{
    struct opened *opened = find_opened(disk, record->pid, record->fd);
    if (opened->file < 0)
        return vb_fail(err, VB_E_DATA, "descriptor %d of process %d was not opened", record->fd,
                       record->pid);
    if (record->kind == CALL_WRITE)
        take_write(disk, opened->file, record, bytes);
    else if (record->kind == CALL_CUT)
        take_cut(disk, opened->file, record->len);
    else if (record->kind == CALL_GROW && record->at + record->len > disk->files[opened->file].len)
        take_cut(disk, opened->file, record->at + record->len);
    else if (record->kind == CALL_SYNC)
        sync_file(disk, opened->file, (record->flags & RECORD_FAILED) != 0);
    else if (record->kind == CALL_CLOSE)
        opened->file = -1;
    return VB_OK;
}

static void take_unlink(struct disk *disk, int name)
{
    add_step(disk, STEP_GONE, disk->bound[name])->name = name;
    disk->bound[name] = -1;
    touch_folder(disk, name);
}

static void take_rename(struct disk *disk, int name, int to)
{
    struct step *step = add_step(disk, STEP_MOVE, disk->bound[name]);
    step->name = name;
    step->to = to;
    disk->bound[to] = disk->bound[name];
    disk->bound[name] = -1;
    disk->files[disk->bound[to]].changed = true;
    touch_folder(disk, name);
    touch_folder(disk, to);
}

/* Another process goes on: the one before closed what it had open, or was killed. */
static void change_process(struct disk *disk, int pid)
{
    for (size_t i = 0; i < disk->opened_count; i++) {
        if (disk->opened[i].pid == disk->pid && disk->opened[i].file >= 0 && disk->trouble == 0)
            disk->trouble = disk->step_count + 1;
        disk->opened[i].file = -1;
    }
    disk->pid = pid;
}

static void take_link(struct disk *disk, int name, int to)
{
    int file = disk->bound[name];
    disk->bound[to] = file;
    add_step(disk, STEP_MAKE, file)->name = to;
    disk->files[file].changed = true;
    touch_folder(disk, to);
}

static enum vb_code take(struct disk *disk, const struct record *record, const char *rest,
                         struct vb_err *err)
{
    if (record->pid != disk->pid)
        change_process(disk, record->pid);
    const char *bytes = rest + record->path_len + record->to_len;
    int name = name_of(disk, rest, record->path_len);
    switch ((enum call_kind)record->kind) {
    case CALL_OPEN:
        return take_open(disk, record, name, err);
    case CALL_MKDIR:
        make(disk, name, true);
        return VB_OK;
    case CALL_UNLINK:
        take_unlink(disk, name);
        return VB_OK;
    case CALL_RENAME:
        take_rename(disk, name, name_of(disk, rest + record->path_len, record->to_len));
        return VB_OK;
    case CALL_LINK:
        take_link(disk, name, name_of(disk, rest + record->path_len, record->to_len));
        return VB_OK;
    case CALL_MARK:
        take_mark(disk, bytes, record->data_len);
        return VB_OK;
    case CALL_CLOSE:
    case CALL_WRITE:
    case CALL_CUT:
    case CALL_GROW:
    case CALL_SYNC:
        return take_opened(disk, record, bytes, err);
    case CALL_READ:
    case CALL_KINDS:
        break;
    }
    return vb_fail(err, VB_E_DATA, "a record of kind %u", record->kind);
}

enum vb_code disk_read_file(struct vb_buf *out, const char *path, struct vb_err *err)
{
    static char chunk[1 << 16];
    ssize_t n;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return vb_fail(err, VB_E_DATA, "cannot read %s: %s", path, strerror(errno));
    while ((n = read(fd, chunk, sizeof chunk)) > 0)
        vb_buf_put(out, chunk, (size_t)n);
    close(fd);
    return n == 0 ? VB_OK : vb_fail(err, VB_E_DATA, "cannot read %s: %s", path, strerror(errno));
}

/* What lies there at the start: made, written and synced before anything else. */
static void take_start(struct disk *disk, const struct disk_image *start)
{
    for (size_t i = 0; i < start->count; i++) {
        const struct disk_file *from = &start->files[i];
        int name = name_index(disk, from->path, strlen(from->path));
        make(disk, name, from->is_folder);
        int file = disk->bound[name];
        struct record whole = { .len = (int64_t)from->bytes.len };
        if (from->bytes.len > 0)
            take_write(disk, file, &whole, from->bytes.data);
        sync_file(disk, file, false);
        sync_file(disk, disk->bound[parent_of(disk, name)], false);
    }
    disk->trouble = disk->step_count;
}

enum vb_code disk_read(struct disk **out, const char *path, const char *dir,
                       const struct disk_image *start, struct vb_err *err)
{
    struct disk *disk = vb_new(struct disk);
    struct record record;
    enum vb_code code = disk_read_file(&disk->record, path, err);
    disk->dir = dir;
    disk->bound = NULL;
    name_index(disk, "", 0);
    disk->bound[0] = add_file(disk, true);
    if (start != NULL)
        take_start(disk, start);
    for (size_t at = 0; code == VB_OK && at < disk->record.len;) {
        memcpy(&record, disk->record.data + at, sizeof record);
        at += sizeof record;
        code = take(disk, &record, disk->record.data + at, err);
        at += record.path_len + record.to_len + record.data_len;
    }
    disk->dir = NULL;
    if (code == VB_OK)
        *out = disk;
    else
        disk_destroy(disk);
    return code;
}

void disk_destroy(struct disk *disk)
{
    if (disk == NULL)
        return;
    for (size_t i = 0; i < disk->name_count; i++)
        free(disk->names[i]);
    free(disk->names);
    free(disk->bound);
    free(disk->opened);
    free(disk->files);
    free(disk->marks);
    free(disk->steps);
    vb_buf_finish(&disk->record);
    free(disk);
}

size_t disk_steps(const struct disk *disk)
{
    return disk->step_count;
}

size_t disk_first_trouble(const struct disk *disk)
{
    return disk->trouble;
}

const struct disk_mark *disk_marks(const struct disk *disk, size_t *count)
{
    *count = disk->mark_count;
    return disk->marks;
}
