/* disk.c - the folder after a cut: which names and which bytes of a record arrived. */
#include "disk_inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "folder.h"

enum { SECTOR = 512 };

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
            code = disk_read_file(&bytes, path.data, err);
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
