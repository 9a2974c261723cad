#include "faulty_disk.h"

#include <sqlite3.h>
#include <string.h>

static struct {
    sqlite3_vfs vfs;   /* ours */
    sqlite3_vfs *real; /* the one it stands before */
    enum faulty_call call;
    int left, code; /* left 0: nothing ordered */
    bool failed;
    int counts[FAULTY_TRUNCATE + 1];
} disk;

struct file { /* the real file's memory follows */
    sqlite3_file base;
};

static sqlite3_file *real_of(sqlite3_file *file)
{
    return (sqlite3_file *)((char *)file + sizeof(struct file));
}

/* The code to fail with, or SQLITE_OK to go through. */
static int meet(enum faulty_call call)
{
    disk.counts[call]++;
    if (disk.left == 0 || call != disk.call || --disk.left > 0)
        return SQLITE_OK;
    disk.failed = true;
    return disk.code;
}

#define REAL(file, method, ...) real_of(file)->pMethods->method(real_of(file), ##__VA_ARGS__)

static int file_close(sqlite3_file *file)
{
    return REAL(file, xClose);
}
static int file_read(sqlite3_file *file, void *bytes, int len, sqlite3_int64 at)
{
    int rc = meet(FAULTY_READ);
    return rc != SQLITE_OK ? rc : REAL(file, xRead, bytes, len, at);
}
static int file_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at)
{
    int rc = meet(FAULTY_WRITE);
    if (rc == SQLITE_OK)
        return REAL(file, xWrite, bytes, len, at);
    REAL(file, xWrite, bytes, len / 2, at); /* half of it arrives, as it does on a full disk */
    return rc;
}
static int file_truncate(sqlite3_file *file, sqlite3_int64 len)
{
    int rc = meet(FAULTY_TRUNCATE);
    return rc != SQLITE_OK ? rc : REAL(file, xTruncate, len);
}
static int file_sync(sqlite3_file *file, int flags)
{
    int rc = meet(FAULTY_SYNC);
    return rc != SQLITE_OK ? rc : REAL(file, xSync, flags);
}
static int file_size(sqlite3_file *file, sqlite3_int64 *len)
{
    return REAL(file, xFileSize, len);
}
static int file_lock(sqlite3_file *file, int level)
{
    return REAL(file, xLock, level);
}
static int file_unlock(sqlite3_file *file, int level)
{
    return REAL(file, xUnlock, level);
}
static int file_reserved(sqlite3_file *file, int *out)
{
    return REAL(file, xCheckReservedLock, out);
}
static int file_control(sqlite3_file *file, int op, void *arg)
{
    return REAL(file, xFileControl, op, arg);
}
static int file_sector(sqlite3_file *file)
{
    return REAL(file, xSectorSize);
}
static int file_device(sqlite3_file *file)
{
    return REAL(file, xDeviceCharacteristics);
}
static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return REAL(file, xShmMap, page, size, extend, out);
}
static int file_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return REAL(file, xShmLock, offset, n, flags);
}
static void file_shm_barrier(sqlite3_file *file)
{
    REAL(file, xShmBarrier);
}
static int file_shm_unmap(sqlite3_file *file, int remove)
{
    return REAL(file, xShmUnmap, remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_device,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    (void)vfs;
    file->pMethods = NULL;
    int rc = meet(FAULTY_OPEN);
    if (rc != SQLITE_OK)
        return rc;
    rc = disk.real->xOpen(disk.real, name, real_of(file), flags, out);
    if (rc == SQLITE_OK)
        file->pMethods = &methods;
    return rc;
}

void faulty_disk_begin(void)
{
    memset(&disk, 0, sizeof disk);
    disk.real = sqlite3_vfs_find(NULL);
    disk.vfs = *disk.real; /* what it does not replace goes to the real one's functions */
    disk.vfs.pNext = NULL;
    disk.vfs.zName = "faulty";
    disk.vfs.szOsFile = (int)sizeof(struct file) + disk.real->szOsFile;
    disk.vfs.xOpen = disk_open;
    sqlite3_vfs_register(&disk.vfs, 1);
}

void faulty_disk_end(void)
{
    sqlite3_vfs_unregister(&disk.vfs);
    sqlite3_vfs_register(disk.real, 1);
}

void faulty_disk_order(enum faulty_call call, int nth, int code)
{
    disk.call = call;
    disk.left = nth;
    disk.code = code;
    disk.failed = false;
}

bool faulty_disk_failed(void)
{
    return disk.failed;
}

int faulty_disk_count(enum faulty_call call)
{
    return disk.counts[call];
}
