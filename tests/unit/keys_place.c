#include "keys_place.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store_place.h"
#include "tests.h"

struct vb_keys_options keys_place_options(const char *place, char *dir, char *master)
{
    snprintf(dir, 256, "%s/data", place);
    snprintf(master, 256, "%s/key", place);
    mkdir(dir, 0700);
    return (struct vb_keys_options){ .dir = dir,
                                     .master_path = master,
                                     .may_make = true,
                                     .clock = vb_clock_system(),
                                     .random = vb_random_system() };
}

struct vb_keys *keys_place_open(const char *place)
{
    char dir[256], master[256];
    struct vb_keys_options options = keys_place_options(place, dir, master);
    struct vb_keys *keys = NULL;
    struct vb_err err;
    if (vb_keys_open(&keys, &options, NULL, &err) != VB_OK)
        fail_msg("%s", err.text);
    return keys;
}

enum vb_code keys_place_refused(const char *place, struct vb_err *err)
{
    char dir[256], master[256];
    struct vb_keys_options options = keys_place_options(place, dir, master);
    struct vb_keys *keys = NULL;
    enum vb_code code = vb_keys_open(&keys, &options, NULL, err);
    vb_keys_close(keys);
    return code;
}

struct vb_keys *keys_place_reopen(const char *place, struct vb_keys *keys)
{
    vb_keys_close(keys);
    return keys_place_open(place);
}

struct vb_buf keys_place_read(const char *place, const char *name)
{
    char *path = place_path(place, name);
    struct vb_buf bytes = { 0 };
    char chunk[4096];
    ssize_t n;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    vb_buf_puts(&bytes, "");
    while (fd >= 0 && (n = read(fd, chunk, sizeof chunk)) > 0)
        vb_buf_put(&bytes, chunk, (size_t)n);
    if (fd >= 0)
        close(fd);
    free(path);
    return bytes;
}

void keys_place_write(const char *place, const char *name, const void *bytes, size_t len)
{
    char *path = place_path(place, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), (ssize_t)len);
    close(fd);
    free(path);
}

bool keys_place_has(const char *place, const char *name)
{
    char *path = place_path(place, name);
    bool has = access(path, F_OK) == 0;
    free(path);
    return has;
}

void keys_place_remove(const char *place, const char *name)
{
    char *path = place_path(place, name);
    unlink(path);
    free(path);
}
