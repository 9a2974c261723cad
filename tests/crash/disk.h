/* disk.h - a folder as it may lie on the disk after the power went.
 *
 * Reads what record.so wrote down and puts the folder together for a cut at any moment. What was
 * synced by then is there for certain. Of what was written since, in sectors of 512 bytes, nothing,
 * everything, or any part in any order may have arrived (enum disk_luck). Names (a file made,
 * moved, removed) are durable by one of two rules:
 *
 *   strict      when the folder they stand in was synced, and no sooner; those that were not may
 *               have arrived in any order
 *   journalled  when anything was synced that changed since (as ext4 and its kin do it, whose
 * journal commits everything before it); those that were not arrived up to some moment
 *
 * After a sync that failed, what was written before it stays in doubt for good, whatever later
 * syncs say: the kernel may have dropped it. */
#ifndef CRASH_DISK_H
#define CRASH_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct disk; /* a record, and the files it is about */
/* dir: the folder that was recorded, as $CRASH_DIR had it. start: what lay in it at the start, all
 * of it synced; NULL: nothing. VB_E_DATA: no record, or it holds what this model does not know. */
struct disk_image;
enum vb_code disk_read(struct disk **out, const char *path, const char *dir,
                       const struct disk_image *start, struct vb_err *err);
void disk_destroy(struct disk *disk);

size_t
disk_steps(const struct disk *disk); /* a cut lies before step 0, ... before step this many */
/* The first step after which something went wrong on purpose: a sync failed, or a process ended in
 * the middle of its work with files open. 0: nothing did. */
size_t disk_first_trouble(const struct disk *disk);
struct disk_mark {
    size_t step; /* it was said between step - 1 and step */
    const char *text;
    size_t len;
};
const struct disk_mark *disk_marks(const struct disk *disk, size_t *count);

enum disk_luck {
    DISK_NOTHING, /* nothing arrived */
    DISK_ALL,     /* all of it */
    DISK_TORN,    /* all of it but the end of the last write */
    DISK_LENGTHS, /* the lengths of the files, and zeros in the place of what is new */
    DISK_CHANCE,  /* some */
    DISK_LUCKS,
};
struct disk_cut {
    size_t step;
    enum disk_luck luck;
    bool strict;
    uint64_t seed; /* of TORN and CHANCE */
};
struct disk_file {
    const char *path; /* below the folder: "data/verbond.db" */
    bool is_folder;
    struct vb_buf bytes;
    const struct disk_file *same_as; /* the same file under another name; NULL: none */
};
struct disk_image {          /* zero-initialise; used again, its memory is kept */
    struct disk_file *files; /* folders before what lies in them */
    size_t count, made, cap; /* made: so many have memory of their own */
    uint64_t hash;           /* of all of it */
};
void disk_build(const struct disk *disk, const struct disk_cut *cut, struct disk_image *image);
void disk_image_finish(struct disk_image *image);

/* Makes the folder hold exactly this. It must exist. */
enum vb_code disk_put(const struct disk_image *image, const char *dir, struct vb_err *err);
/* Does the folder hold exactly this (-shm files aside)? VB_E_DATA names what differs. */
enum vb_code disk_same(const struct disk_image *image, const char *dir, struct vb_err *err);

#endif
