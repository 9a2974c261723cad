/* tree.c - folders of the suite: made, looked through, taken away. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "conform/suite.h"
#include "data/json.h"

enum { FILE_MAX_BYTES = 64 * 1024 * 1024 };

bool tree_make(const char *path)
{
    char *part = vb_strdup(path);
    bool made = true;
    for (char *at = strchr(part + 1, '/'); at != NULL && made; at = strchr(at + 1, '/')) {
        *at = '\0';
        made = mkdir(part, 0700) == 0 || errno == EEXIST;
        *at = '/';
    }
    made = made && (mkdir(path, 0700) == 0 || errno == EEXIST);
    free(part);
    return made;
}

bool tree_write(const char *path, const void *bytes, size_t len)
{
    FILE *file = fopen(path, "we");
    if (file == NULL)
        return false;
    bool written = fchmod(fileno(file), 0600) == 0 && fwrite(bytes, 1, len, file) == len;
    return fclose(file) == 0 && written;
}

/* -- walking ---------------------------------------------------------------------------------- */

static void read_into(struct tree *out, const char *root, const char *below);

static void take_file(struct tree *out, const char *path, const char *below)
{
    struct tree_file *file =
        vb_arena_push(&out->arena, &out->files, out->count, &out->cap, sizeof *file);
    struct vb_err err;
    file->name = vb_arena_strdup(&out->arena, below);
    (void)vb_file_read(&file->bytes, path, FILE_MAX_BYTES, &err); /* it went meanwhile: empty */
    out->count++;
}

static void take_entry(struct tree *out, const char *root, const char *below)
{
    struct stat about;
    const char *path = vb_arena_printf(&out->arena, "%s/%s", root, below);
    if (lstat(path, &about) != 0)
        return;
    if (S_ISDIR(about.st_mode))
        read_into(out, root, below);
    else if (S_ISREG(about.st_mode))
        take_file(out, path, below);
}

static void read_into(struct tree *out, const char *root, const char *below)
{
    const char *path = below == NULL ? root : vb_arena_printf(&out->arena, "%s/%s", root, below);
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        take_entry(out, root,
                   below == NULL ? entry->d_name
                                 : vb_arena_printf(&out->arena, "%s/%s", below, entry->d_name));
    }
    if (dir != NULL)
        closedir(dir);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct tree_file *)a)->name, ((const struct tree_file *)b)->name);
}

void tree_read(struct tree *out, const char *path)
{
    *out = (struct tree){ 0 };
    read_into(out, path, NULL);
    if (out->count > 1)
        qsort(out->files, out->count, sizeof *out->files, by_name);
}

void tree_finish(struct tree *tree)
{
    for (size_t i = 0; i < tree->count; i++)
        vb_buf_finish(&tree->files[i].bytes);
    vb_arena_finish(&tree->arena);
}

/* -- looking ---------------------------------------------------------------------------------- */

const char *tree_find(struct vb_arena *arena, const char *path, const char *word)
{
    struct tree tree;
    const char *found = NULL;
    tree_read(&tree, path);
    for (size_t i = 0; i < tree.count && found == NULL; i++) {
        const struct tree_file *file = &tree.files[i];
        if (strstr(file->name, word) != NULL ||
            (file->bytes.len > 0 &&
             memmem(file->bytes.data, file->bytes.len, word, strlen(word)) != NULL))
            found = vb_arena_strdup(arena, file->name);
    }
    tree_finish(&tree);
    return found;
}

size_t tree_count(const char *path, const char *word)
{
    struct tree tree;
    size_t count = 0, len = strlen(word);
    tree_read(&tree, path);
    for (size_t i = 0; i < tree.count; i++) {
        const char *at = tree.files[i].bytes.data, *end = at + tree.files[i].bytes.len;
        while (at != NULL && at < end && (at = memmem(at, (size_t)(end - at), word, len)) != NULL) {
            count++;
            at += len;
        }
    }
    tree_finish(&tree);
    return count;
}

/* -- taking away ------------------------------------------------------------------------------ */

bool tree_remove(const char *path)
{
    struct stat about;
    if (lstat(path, &about) != 0)
        return errno == ENOENT || errno == ENOTDIR;
    if (!S_ISDIR(about.st_mode))
        return unlink(path) == 0;
    DIR *dir = opendir(path);
    bool gone = dir != NULL;
    for (struct dirent *entry; gone && (entry = readdir(dir)) != NULL;) {
        struct vb_buf below = { 0 };
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        vb_buf_printf(&below, "%s/%s", path, entry->d_name);
        gone = tree_remove(below.data);
        vb_buf_finish(&below);
    }
    if (dir != NULL)
        closedir(dir);
    return gone && rmdir(path) == 0;
}
