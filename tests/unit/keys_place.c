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

/* -- keys made and looked at -- */

void keys_well(enum vb_code code, const struct vb_err *err)
{
    if (code != VB_OK)
        fail_msg("%d: %s", (int)code, err->text);
}

void keys_make_person(struct vb_keys *keys, const char *person)
{
    struct vb_err err;
    keys_well(vb_keys_make_person(keys, person, &err), &err);
}

void keys_make_session(struct vb_keys *keys, const char *session, const char *person)
{
    struct vb_err err;
    keys_well(vb_keys_make_session(keys, session, person, &err), &err);
}

void keys_destroy(struct vb_keys *keys, enum vb_erasable what, const char *id)
{
    struct vb_err err;
    keys_well(vb_keys_destroy(keys, what, id, &err), &err);
}

static struct key key_of(struct vb_keys *keys, enum vb_erasable what, const char *id,
                         const char *second)
{
    struct key key = { .found = VB_KEY_ERASED };
    struct vb_err err;
    enum vb_code code;
    if (what == VB_ERASE_PERSON)
        code = vb_keys_person(keys, id, key.bytes, &key.found, &err);
    else if (what == VB_ERASE_BLOB)
        code = vb_keys_blob(keys, id, second, key.bytes, &key.found, &err);
    else if (second == NULL)
        code = vb_keys_session(keys, id, key.bytes, &key.found, &err);
    else
        code = vb_keys_about(keys, id, second, key.bytes, &key.found, &err);
    keys_well(code, &err);
    return key;
}

struct key keys_person_of(struct vb_keys *keys, const char *person)
{
    return key_of(keys, VB_ERASE_PERSON, person, NULL);
}
struct key keys_session_of(struct vb_keys *keys, const char *session)
{
    return key_of(keys, VB_ERASE_SESSION, session, NULL);
}
struct key keys_about_of(struct vb_keys *keys, const char *session, const char *member)
{
    return key_of(keys, VB_ERASE_SESSION, session, member);
}
struct key keys_blob_of(struct vb_keys *keys, const char *session, const char *name)
{
    return key_of(keys, VB_ERASE_BLOB, session, name);
}

void keys_assert_same(struct key a, struct key b)
{
    assert_int_equal(a.found, VB_KEY_HERE);
    assert_int_equal(b.found, VB_KEY_HERE);
    assert_memory_equal(a.bytes, b.bytes, VB_KEY_BYTES);
}

void keys_make_family(struct vb_keys *keys)
{
    const char *both[] = { "p2", "p1" };
    struct vb_err err;
    keys_make_person(keys, "p1");
    keys_make_person(keys, "p2");
    keys_make_session(keys, "s1", "p1");
    keys_make_session(keys, "s2", "p2");
    keys_well(vb_keys_make_joint(keys, "joint", both, 2, &err), &err);
    keys_well(vb_keys_make_blob(keys, "s1", "name-1", 0, &err), &err);
    keys_well(vb_keys_make_blob(keys, "s1", "name-2", 5000, &err), &err);
}

void keys_assert_erased(struct key key)
{
    assert_int_equal(key.found, VB_KEY_ERASED);
}
