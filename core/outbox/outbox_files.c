/* outbox_files.c - folders: one an output keeps, and one for what goes along with a parcel.
 *
 *      DIR/NAME-DIGEST         an output's own, by its name, plugin and options: kept from start to
 *                              start and from round to round
 *      DIR/.blobs/NAME-DIGEST  the sheet and pictures of the parcel that is on its way, readable:
 *                              gone as soon as it was answered, and after a kill when the data
 *                              folder is next opened (vb_outbox_clear)
 *
 * An output runs as the same user and may put anything there: no link is followed. */
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "outbox/outbox_inner.h"

static const char blobs[] = ".blobs";

void vb_box_name_folders(struct box_lane *lane, const char *name)
{
    struct vb_outbox *box = lane->box;
    lane->dir = vb_arena_printf(&box->arena, "%s/%s", box->options.dir, name);
    lane->blob_dir = vb_arena_printf(&box->arena, "%s/%s/%s", box->options.dir, blobs, name);
}

void vb_box_make_folders(const struct box_lane *lane)
{
    struct vb_buf above = { 0 };
    vb_buf_printf(&above, "%s/%s", lane->box->options.dir, blobs);
    mkdir(lane->box->options.dir, 0700);
    mkdir(lane->dir, 0700);
    mkdir(above.data, 0700);
    mkdir(lane->blob_dir, 0700);
    vb_buf_finish(&above);
}

static DIR *open_folder(int at, const char *name)
{
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (folder == NULL && fd >= 0)
        close(fd);
    return folder;
}

static void empty(int at, const char *name)
{
    DIR *folder = open_folder(at, name);
    if (folder == NULL)
        return;
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        if (!vb_streq(entry->d_name, ".") && !vb_streq(entry->d_name, ".."))
            unlinkat(dirfd(folder), entry->d_name, 0);
    closedir(folder);
}

void vb_box_empty_blobs(const struct box_lane *lane)
{
    empty(AT_FDCWD, lane->blob_dir);
}

void vb_box_leave_folders(const struct box_lane *lane)
{
    vb_box_empty_blobs(lane);
    rmdir(lane->blob_dir);
    rmdir(lane->dir); /* only when the output keeps nothing there */
}

void vb_outbox_clear(const char *dir)
{
    struct vb_buf path = { 0 };
    vb_buf_printf(&path, "%s/%s", dir, blobs);
    DIR *folder = open_folder(AT_FDCWD, path.data);
    vb_buf_finish(&path);
    if (folder == NULL)
        return;
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (vb_streq(entry->d_name, ".") || vb_streq(entry->d_name, ".."))
            continue;
        empty(dirfd(folder), entry->d_name);
        if (unlinkat(dirfd(folder), entry->d_name, AT_REMOVEDIR) != 0)
            unlinkat(dirfd(folder), entry->d_name, 0);
    }
    closedir(folder);
}
