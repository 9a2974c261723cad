#include "faulty_disk.h"

#include <sqlite3.h>
#include <string.h>

static struct {
    sqlite3_vfs vfs;   /* ours */
    sqlite3_vfs *real; /* the one it stands before */
    enum faulty_call call;
    int left, code; /* left 0: nothing ordered */
    bool failed;
    int counts[FAULTY_DELETE + 1];
    faulty_watcher *watcher;
    bool (*full)(void);
} disk;

struct file { /* the real file's memory follows */
    sqlite3_file base;
    const char *path; /* SQLite's own, alive as long as the file is open; NULL: a nameless one */
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

/* Passes rc on, and tells the watcher when it is SQLITE_OK. */
static int tell(int rc, enum faulty_call call, const char *path, int64_t at, const void *bytes,
                int64_t len)
{
    if (rc == SQLITE_OK && disk.watcher != NULL && path != NULL)
        disk.watcher(call, path, at, bytes, len);
    return rc;
}

static const char *path_of(sqlite3_file *file)
{
    return ((struct file *)file)->path;
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
/* Would it need room that is not there? */
static bool is_full(sqlite3_file *file, sqlite3_int64 end)
{
    sqlite3_int64 size = 0;
    return disk.full != NULL && REAL(file, xFileSize, &size) == SQLITE_OK && end > size &&
           disk.full();
}
static int file_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at)
{
    int rc = meet(FAULTY_WRITE);
    if (rc == SQLITE_OK && is_full(file, at + len))
        return SQLITE_FULL;
    if (rc == SQLITE_OK)
        return tell(REAL(file, xWrite, bytes, len, at), FAULTY_WRITE, path_of(file), at, bytes,
                    len);
    REAL(file, xWrite, bytes, len / 2, at); /* half of it arrives, as it does on a full disk */
    return rc;
}
static int file_truncate(sqlite3_file *file, sqlite3_int64 len)
{
    int rc = meet(FAULTY_TRUNCATE);
    return rc != SQLITE_OK
               ? rc
               : tell(REAL(file, xTruncate, len), FAULTY_TRUNCATE, path_of(file), 0, NULL, len);
}
static int file_sync(sqlite3_file *file, int flags)
{
    int rc = meet(FAULTY_SYNC);
    if (rc == SQLITE_OK)
        return tell(REAL(file, xSync, flags), FAULTY_SYNC, path_of(file), 0, NULL, 0);
    tell(SQLITE_OK, FAULTY_SYNC, path_of(file), 0, NULL, -1);
    return rc;
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
    ((struct file *)file)->path = name;
    int rc = meet(FAULTY_OPEN);
    if (rc != SQLITE_OK)
        return rc;
    rc = disk.real->xOpen(disk.real, name, real_of(file), flags, out);
    if (rc == SQLITE_OK)
        file->pMethods = &methods;
    return rc;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    int rc = meet(FAULTY_DELETE);
    return rc != SQLITE_OK
               ? rc
               : tell(disk.real->xDelete(disk.real, name, sync), FAULTY_DELETE, name, 0, NULL, 0);
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
    disk.vfs.xDelete = disk_delete;
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

void faulty_disk_fill(bool (*full)(void))
{
    disk.full = full;
}

void faulty_disk_watch(faulty_watcher *watcher)
{
    disk.watcher = watcher;
}
