/* disk_inner.h - a record as steps: disk_read.c makes it, disk.c cuts it off. */
#ifndef CRASH_DISK_INNER_H
#define CRASH_DISK_INNER_H

#include "disk.h"

enum { NEVER = -1, MOST = 1 << 28 };

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

/* The whole of a file, after what is in out. */
enum vb_code disk_read_file(struct vb_buf *out, const char *path, struct vb_err *err);

#endif
