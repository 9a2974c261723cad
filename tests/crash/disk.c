#include "disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "folder.h"
#include "preload.h"
#include "record.h"

enum { SECTOR = 512, NEVER = -1, MOST = 1 << 28 };

enum step_kind { STEP_WRITE, STEP_CUT, STEP_SYNC, STEP_MAKE, STEP_MOVE, STEP_GONE };
struct step {
    enum step_kind kind;
    int file;        /* what it is about: an index in files */
    int name, to;    /* MAKE, MOVE, GONE: indexes in names */
    int64_t at, len; /* WRITE; CUT: len */
    const char *bytes;
    /* The step that made it durable, NEVER: none did. Bytes: a sync of the file. Names, by rule:
     * [0] journalled, [1] strict. */
    int sure[2];
};
struct file {
    bool is_folder, changed; /* its length or its names, since it was synced */
    int64_t len;
};
struct opened {
    int pid, fd, file;
};
struct disk {
    struct vb_buf record; /* what steps and marks point into */
    struct step *steps;
    size_t step_count, step_cap;
    struct disk_mark *marks;
    size_t mark_count, mark_cap;
    size_t trouble;
    struct file *files; /* files[0]: the folder itself */
    size_t file_count, file_cap;
    char **names; /* below the folder, names[0] "" */
    size_t name_count, name_cap;

    /* -- while it is read -- */
    const char *dir;
    int *bound; /* [names]: the file that stands there, -1: none */
    size_t bound_cap;
    struct opened *opened;
    size_t opened_count, opened_cap;
    int pid; /* of the last record */
};

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

static enum vb_code read_file(struct vb_buf *out, const char *path, struct vb_err *err)
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
    enum vb_code code = read_file(&disk->record, path, err);
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

/* -- a cut ------------------------------------------------------------------------------------ */

/* What chance decides in one cut: how often names and sectors are lucky, in quarters, and the rest
 * of the stream. */
struct dice {
    uint64_t state;
    enum disk_luck luck;
    unsigned names, sectors;
};

static uint64_t roll(struct dice *dice)
{
    uint64_t z = dice->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static struct dice begin_dice(const struct disk_cut *cut)
{
    struct dice dice = { .state = cut->seed + cut->step * 1000003u, .luck = cut->luck };
    dice.names = (unsigned)(roll(&dice) % 5);       /* none ... all */
    dice.sectors = 1 + (unsigned)(roll(&dice) % 3); /* a quarter, half, three quarters */
    return dice;
}

static bool lucky(struct dice *dice, unsigned quarters)
{
    if (dice->luck != DISK_CHANCE)
        return dice->luck != DISK_NOTHING;
    return roll(dice) % 4 < quarters;
}

static bool is_sure(const struct step *step, const struct disk_cut *cut)
{
    int sure = step->sure[cut->strict];
    return sure != NEVER && (size_t)sure < cut->step;
}

/* -- names of a cut -- */

/* Which file stands under each name. By the rule of a journal nothing that came after a step that
 * was lost has arrived. */
static void build_names(const struct disk *disk, const struct disk_cut *cut, struct dice *dice,
                        int *bound)
{
    bool lost = false;
    for (size_t i = 0; i < disk->name_count; i++)
        bound[i] = i == 0 ? 0 : -1;
    for (size_t i = 0; i < cut->step; i++) {
        const struct step *step = &disk->steps[i];
        if (step->kind < STEP_MAKE)
            continue;
        bool arrived = is_sure(step, cut) || (!lost && lucky(dice, dice->names));
        lost |= !cut->strict && !arrived;
        if (!arrived)
            continue;
        if (step->kind != STEP_MAKE && bound[step->name] == step->file)
            bound[step->name] = -1;
        if (step->kind != STEP_GONE)
            bound[step->kind == STEP_MOVE ? step->to : step->name] = step->file;
    }
}

/* -- bytes of a cut -- */

static void reach(struct vb_buf *bytes, size_t len)
{
    if (len <= bytes->len)
        return;
    vb_buf_reserve(bytes, len - bytes->len);
    memset(bytes->data + bytes->len, 0, len + 1 - bytes->len);
    bytes->len = len;
}

static void write_at(struct vb_buf *bytes, const struct step *step, int64_t from, int64_t len)
{
    reach(bytes, (size_t)(step->at + from + len));
    memcpy(bytes->data + step->at + from, step->bytes + from, (size_t)len);
}

/* Sector by sector: the first `whole` of them arrive, and of the others those that are lucky. */
static void write_some(struct vb_buf *bytes, const struct step *step, struct dice *dice, int whole)
{
    for (int64_t done = 0, len; done < step->len; done += len, whole--) {
        len = SECTOR - (step->at + done) % SECTOR;
        if (len > step->len - done)
            len = step->len - done;
        if (whole > 0 || (dice->luck == DISK_CHANCE && lucky(dice, dice->sectors)))
            write_at(bytes, step, done, len);
    }
}

static int sectors_of(const struct step *step)
{
    return (int)((step->at + step->len - 1) / SECTOR - step->at / SECTOR + 1);
}

static void apply(struct vb_buf *bytes, const struct step *step, struct dice *dice, bool sure,
                  bool torn)
{
    if (step->kind == STEP_CUT) {
        if (!sure && !lucky(dice, 2))
            return;
        reach(bytes, (size_t)step->len);
        bytes->len = (size_t)step->len;
    } else if (sure || (dice->luck == DISK_ALL) || (dice->luck == DISK_TORN && !torn)) {
        write_at(bytes, step, 0, step->len);
    } else if (dice->luck == DISK_LENGTHS) {
        reach(bytes, (size_t)(step->at + step->len));
    } else if (dice->luck == DISK_TORN) {
        write_some(bytes, step, dice, (int)(roll(dice) % (uint64_t)sectors_of(step)));
    } else if (dice->luck == DISK_CHANCE) {
        write_some(bytes, step, dice, 0);
    }
}

/* The last write before the cut that is not sure, or -1. */
static long last_write(const struct disk *disk, const struct disk_cut *cut)
{
    for (size_t i = cut->step; i > 0; i--)
        if (disk->steps[i - 1].kind == STEP_WRITE && !is_sure(&disk->steps[i - 1], cut))
            return (long)i - 1;
    return -1;
}

/* -- the image -- */

static void mix(uint64_t *hash, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    uint64_t word;
    for (; len >= sizeof word; len -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        *hash = (*hash ^ word) * UINT64_C(0x9fb21c651e98df25);
        *hash ^= *hash >> 29;
    }
    for (; len > 0; len--, at++)
        *hash = (*hash ^ *at) * UINT64_C(0x100000001b3);
}

static struct disk_file *add_image(struct disk_image *image, const char *path, bool is_folder)
{
    struct disk_file *file;
    if (image->count < image->made) {
        file = &image->files[image->count];
    } else {
        file = vb_push(&image->files, image->made, &image->cap, sizeof *file);
        image->made++;
    }
    image->count++;
    file->path = path;
    file->is_folder = is_folder;
    vb_buf_clear(&file->bytes);
    return file;
}

/* A name counts only when every folder above it is there. */
static bool is_reached(const struct disk_image *image, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return true;
    for (size_t i = 0; i < image->count; i++)
        if (image->files[i].is_folder && strlen(image->files[i].path) == (size_t)(slash - path) &&
            strncmp(image->files[i].path, path, (size_t)(slash - path)) == 0)
            return true;
    return false;
}

/* A file that has two names is filled once. */
static void fill_for(struct disk_file **of, int file, struct disk_file *image)
{
    image->same_as = of[file];
    if (of[file] == NULL)
        of[file] = image;
}

void disk_build(const struct disk *disk, const struct disk_cut *cut, struct disk_image *image)
{
    struct dice dice = begin_dice(cut);
    int *bound = vb_alloc((disk->name_count + 1) * sizeof *bound);
    struct disk_file **of = vb_alloc((disk->file_count + 1) * sizeof *of);
    long torn = last_write(disk, cut);
    build_names(disk, cut, &dice, bound);
    image->count = 0;
    image->hash = UINT64_C(0xcbf29ce484222325);
    /* A folder is named in the record before what lies in it, so it stands before it here too. */
    for (size_t i = 1; i < disk->name_count; i++)
        if (bound[i] >= 0 && is_reached(image, disk->names[i]))
            add_image(image, disk->names[i], disk->files[bound[i]].is_folder);
    for (size_t i = 1, k = 0; i < disk->name_count; i++)
        if (k < image->count && image->files[k].path == disk->names[i])
            fill_for(of, bound[i], &image->files[k++]);
    for (size_t i = 0; i < cut->step; i++) {
        const struct step *step = &disk->steps[i];
        if (step->kind <= STEP_CUT && of[step->file] != NULL)
            apply(&of[step->file]->bytes, step, &dice, is_sure(step, cut), (long)i == torn);
    }
    for (size_t i = 0; i < image->count; i++) {
        if (image->files[i].same_as != NULL)
            vb_buf_put(&image->files[i].bytes, image->files[i].same_as->bytes.data,
                       image->files[i].same_as->bytes.len);
        mix(&image->hash, image->files[i].path, strlen(image->files[i].path) + 1);
        mix(&image->hash, image->files[i].bytes.data, image->files[i].bytes.len);
    }
    free(of);
    free(bound);
}

void disk_image_finish(struct disk_image *image)
{
    for (size_t i = 0; i < image->made; i++)
        vb_buf_finish(&image->files[i].bytes);
    free(image->files);
    *image = (struct disk_image){ 0 };
}

/* -- on a real disk --------------------------------------------------------------------------- */

static enum vb_code put_one(const struct disk_file *file, const char *path, struct vb_err *err)
{
    if (file->is_folder && mkdir(path, 0700) == 0)
        return VB_OK;
    int fd = file->is_folder ? -1 : open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool whole =
        fd >= 0 && write(fd, file->bytes.data, file->bytes.len) == (ssize_t)file->bytes.len;
    if (fd >= 0)
        close(fd);
    return whole ? VB_OK : vb_fail(err, VB_E_IO, "cannot write %s: %s", path, strerror(errno));
}

enum vb_code disk_put(const struct disk_image *image, const char *dir, struct vb_err *err)
{
    struct vb_buf path = { 0 };
    enum vb_code code = folder_empty(dir, err);
    for (size_t i = 0; code == VB_OK && i < image->count; i++) {
        vb_buf_clear(&path);
        vb_buf_printf(&path, "%s/%s", dir, image->files[i].path);
        code = put_one(&image->files[i], path.data, err);
    }
    vb_buf_finish(&path);
    return code;
}

static size_t files_below(const char *dir)
{
    struct vb_buf command = { 0 };
    unsigned long count = 0;
    vb_buf_printf(&command, "find '%s' -mindepth 1 ! -name '*-shm' | wc -l", dir);
    FILE *said = popen(command.data, "r");
    if (said == NULL || fscanf(said, "%lu", &count) != 1)
        count = 0;
    if (said != NULL)
        pclose(said);
    vb_buf_finish(&command);
    return count;
}

enum vb_code disk_same(const struct disk_image *image, const char *dir, struct vb_err *err)
{
    struct vb_buf path = { 0 }, bytes = { 0 };
    enum vb_code code = VB_OK;
    for (size_t i = 0; code == VB_OK && i < image->count; i++) {
        const struct disk_file *file = &image->files[i];
        vb_buf_clear(&path);
        vb_buf_clear(&bytes);
        vb_buf_printf(&path, "%s/%s", dir, file->path);
        if (!file->is_folder)
            code = read_file(&bytes, path.data, err);
        if (code == VB_OK && (bytes.len != file->bytes.len ||
                              (bytes.len > 0 && memcmp(bytes.data, file->bytes.data, bytes.len))))
            code = vb_fail(err, VB_E_DATA, "%s is not as it was recorded", path.data);
    }
    if (code == VB_OK && files_below(dir) != image->count)
        code = vb_fail(err, VB_E_DATA, "%s holds %zu names, recorded were %zu", dir,
                       files_below(dir), image->count);
    vb_buf_finish(&path);
    vb_buf_finish(&bytes);
    return code;
}
