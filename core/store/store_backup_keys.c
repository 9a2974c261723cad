/* store_backup_keys.c - copies of keys.db alone, in a folder of their own, each with its end in its
 * name. Only the newest is kept: every older one could bring back what was erased since. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "store/store_backup.h"
#include "store/store_file.h"
#include "store/store_folder.h"

static const char before[] = "keys-", until[] = "-until-", after[] = ".db";
enum { DATE_LENGTH = 10 };

/* "keys-2026-11-21T10-00-00Z-until-2026-12-21.db"; *end: the second date. */
static bool is_copy(const char *name, const char **end)
{
    const char *at = strstr(name, until);
    if (!vb_starts_with(name, before) || at == NULL || !vb_ends_with(name, after))
        return false;
    *end = at + strlen(until);
    return strlen(*end) == DATE_LENGTH + strlen(after);
}

static char *name_of(struct vb_arena *arena, int64_t now_wall_ms, int days)
{
    static const int64_t day_ms = 24LL * 60 * 60 * 1000;
    char made[VB_TIME_SIZE], end[VB_TIME_SIZE];
    vb_time_format(now_wall_ms, made);
    vb_time_format(now_wall_ms + days * day_ms, end);
    for (char *c = made; *c != '\0'; c++)
        *c = *c == ':' ? '-' : *c;
    return vb_arena_printf(arena, "%s%s%s%.*s%s", before, made, until, DATE_LENGTH, end, after);
}

static enum vb_code destroy_older(const char *dir, const char *newest, int *destroyed,
                                  struct vb_arena *arena, struct vb_err *err)
{
    const char *end;
    enum vb_code code = VB_OK;
    DIR *list = opendir(dir);
    if (list == NULL)
        return vb_store_folder_fail(err, errno, "cannot read the folder", dir);
    for (const struct dirent *entry = readdir(list); code == VB_OK && entry != NULL;
         entry = readdir(list)) {
        if (!is_copy(entry->d_name, &end) || vb_streq(entry->d_name, newest))
            continue;
        code = vb_store_file_destroy(vb_arena_printf(arena, "%s/%s", dir, entry->d_name), err);
        *destroyed += code == VB_OK;
    }
    closedir(list);
    return code;
}

enum vb_code vb_backup_keys_make(struct vb_backup_keys *out, const char *data, const char *into,
                                 int64_t now_wall_ms, int days, struct vb_arena *arena,
                                 struct vb_err *err)
{
    const char *name = name_of(arena, now_wall_ms, days);
    const char *beside = vb_arena_printf(arena, "%s/keys.new", into);
    *out = (struct vb_backup_keys){ .path = vb_arena_printf(arena, "%s/%s", into, name) };
    enum vb_code code = vb_store_folder_make(into, err);
    if (code == VB_OK)
        code = vb_store_file_destroy(beside, err); /* of a try that was cut off */
    if (code == VB_OK)
        code = vb_backup_database(vb_arena_printf(arena, "%s/keys.db", data), beside, err);
    if (code == VB_OK)
        code = vb_store_file_move(beside, out->path, err);
    return code == VB_OK ? destroy_older(into, name, &out->destroyed, arena, err) : code;
}

bool vb_backup_keys_expired(const char *path, int64_t now_wall_ms)
{
    char today[VB_TIME_SIZE];
    const char *slash = strrchr(path, '/'), *end;
    vb_time_format(now_wall_ms, today);
    return is_copy(slash == NULL ? path : slash + 1, &end) && strncmp(end, today, DATE_LENGTH) < 0;
}
