/* store_backup.c - the copy of the data and its manifest. */
#include "store/store_backup.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "data/json.h"
#include "store/store_db.h"
#include "store/store_file.h"
#include "store/store_folder.h"
#include "store/store_schema.h"

static const char schema[] = "verbond.backup/1";
static const char manifest[] = "manifest.json";
static const char *const names[VB_BACKUP_FILES_MAX] = { "verbond.db", "erasures" };
enum { MANIFEST_MOST = 65536 };

static char *join(struct vb_arena *arena, const char *dir, const char *name)
{
    return vb_arena_printf(arena, "%s/%s", dir, name);
}

/* -- a database in one file -------------------------------------------------------------------- */

enum vb_code vb_backup_database(const char *from, const char *to, struct vb_err *err)
{
    struct vb_store_db db;
    /* Made first and empty, so that it is nobody else's to read from the first byte on. */
    enum vb_code code = vb_store_file_write(to, "", 0, err);
    if (code != VB_OK)
        return code;
    vb_store_db_reader(&db, from);
    code = vb_store_db_ready(&db, err);
    if (code == VB_OK)
        code = vb_store_db_run(&db, "VACUUM INTO ?1", VB_BIND(vb_store_text(to)), NULL, err);
    vb_store_db_close(&db);
    if (code == VB_OK)
        code = vb_store_file_sync(to, err);
    if (code != VB_OK)
        unlink(to);
    return code == VB_OK ? VB_OK : vb_while(err, "copying %s", from);
}

/* -- making ------------------------------------------------------------------------------------ */

static bool is_empty(const char *dir)
{
    DIR *list = opendir(dir);
    int count = 0;
    if (list == NULL)
        return errno == ENOENT;
    for (const struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list))
        count += !vb_streq(entry->d_name, ".") && !vb_streq(entry->d_name, "..");
    closedir(list);
    return count == 0;
}

/* What a try that was cut off left beside its place. */
static enum vb_code clear_beside(struct vb_arena *arena, const char *beside, struct vb_err *err)
{
    static const char *const left[] = { "verbond.db", "verbond.db-journal", "erasures", manifest };
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        unlink(join(arena, beside, left[i]));
    if (rmdir(beside) == 0 || errno == ENOENT)
        return VB_OK;
    return vb_store_folder_fail(err, errno, "cannot take away", beside);
}

static enum vb_code add_file(struct vb_backup *backup, const char *dir, const char *name,
                             struct vb_arena *arena, struct vb_err *err)
{
    struct vb_backup_file *file = &backup->files[backup->file_count];
    enum vb_code code =
        vb_store_file_digest(join(arena, dir, name), file->digest, &file->bytes, err);
    file->name = name;
    backup->file_count += code == VB_OK;
    return code;
}

static void write_manifest(struct vb_buf *out, const struct vb_backup *backup)
{
    vb_buf_printf(out, "{\"schema\":\"%s\",\"id\":\"%s\",\"made_at\":\"%s\",\n \"verbond\":\"%s\",",
                  schema, backup->id, backup->made_at, backup->program);
    vb_buf_printf(out, "\"store_schema\":%d,\"key\":\"%s\",\n \"files\":[", backup->store_schema,
                  backup->key);
    for (int i = 0; i < backup->file_count; i++) {
        const struct vb_backup_file *file = &backup->files[i];
        vb_buf_printf(out, "%s\n  {\"name\":\"%s\",\"bytes\":%lld,\"digest\":\"%s\"}",
                      i > 0 ? "," : "", file->name, (long long)file->bytes, file->digest);
    }
    vb_buf_puts(out, "]}\n");
}

/* The list of erasures after the data: what is erased in between is in it all the same. */
static enum vb_code fill(struct vb_backup *backup, const char *data, const char *beside,
                         struct vb_arena *arena, struct vb_err *err)
{
    struct vb_buf text = { 0 };
    backup->file_count = 0;
    enum vb_code code =
        vb_backup_database(join(arena, data, names[0]), join(arena, beside, names[0]), err);
    if (code == VB_OK)
        code = add_file(backup, beside, names[0], arena, err);
    if (code != VB_OK)
        return code;
    code = vb_store_file_copy(join(arena, data, names[1]), join(arena, beside, names[1]), err);
    if (code == VB_OK)
        code = add_file(backup, beside, names[1], arena, err);
    else if (code == VB_E_ABSENT)
        code = VB_OK; /* nothing was ever erased */
    if (code != VB_OK)
        return code;
    write_manifest(&text, backup);
    code = vb_store_file_write(join(arena, beside, manifest), text.data, text.len, err);
    vb_buf_finish(&text);
    return code == VB_OK ? vb_store_folder_sync(beside, err) : code;
}

/* DIR without slashes at its end, so that DIR.new stands beside it and not inside. */
static char *plain(struct vb_arena *arena, const char *dir)
{
    char *copy = vb_arena_strdup(arena, dir);
    for (size_t len = strlen(copy); len > 1 && copy[len - 1] == '/'; len--)
        copy[len - 1] = '\0';
    return copy;
}

static enum vb_code make(struct vb_backup *backup, const char *data, const char *into,
                         struct vb_arena *arena, struct vb_err *err)
{
    const char *beside = vb_arena_printf(arena, "%s.new", into);
    if (!is_empty(into))
        return vb_fail(err, VB_E_CONFLICT,
                       "%s is there already and not an empty folder: name "
                       "another one",
                       into);
    enum vb_code code = clear_beside(arena, beside, err);
    if (code == VB_OK)
        code = vb_store_folder_make(beside, err);
    if (code == VB_OK)
        code = fill(backup, data, beside, arena, err);
    if (code == VB_OK)
        code = vb_store_file_move(beside, into, err);
    if (code != VB_OK) {
        struct vb_err ignored; /* the first reason is the one to tell */
        (void)clear_beside(arena, beside, &ignored);
    }
    return code;
}

enum vb_code vb_backup_make(struct vb_backup *backup, const char *data, const char *into,
                            struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    backup->store_schema = VB_STORE_SCHEMA;
    enum vb_code code = make(backup, data, plain(&arena, into), &arena, err);
    vb_arena_finish(&arena);
    return code;
}

/* -- reading ----------------------------------------------------------------------------------- */

static const char *text_of(const cJSON *object, const char *name, struct vb_arena *arena)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(field) ? vb_arena_strdup(arena, field->valuestring) : NULL;
}

static bool read_file(struct vb_backup_file *out, const cJSON *file, struct vb_arena *arena)
{
    const cJSON *bytes = cJSON_GetObjectItemCaseSensitive(file, "bytes");
    const char *name = text_of(file, "name", arena), *digest = text_of(file, "digest", arena);
    out->name = NULL;
    for (int i = 0; i < VB_BACKUP_FILES_MAX; i++) /* no path that leads elsewhere */
        if (vb_streq(name, names[i]))
            out->name = names[i];
    if (out->name == NULL || digest == NULL || strlen(digest) != VB_DIGEST_SIZE - 1 ||
        !cJSON_IsNumber(bytes))
        return false;
    memcpy(out->digest, digest, VB_DIGEST_SIZE);
    out->bytes = (int64_t)bytes->valuedouble;
    return true;
}

static bool read_files(struct vb_backup *out, const cJSON *files, struct vb_arena *arena)
{
    const cJSON *file;
    bool data = false;
    cJSON_ArrayForEach(file, files)
    {
        if (out->file_count == VB_BACKUP_FILES_MAX ||
            !read_file(&out->files[out->file_count], file, arena))
            return false;
        data = data || out->files[out->file_count].name == names[0];
        out->file_count++;
    }
    return data;
}

static enum vb_code read_tree(struct vb_backup *out, const cJSON *tree, const char *path,
                              struct vb_arena *arena, struct vb_err *err)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(tree, "store_schema");
    const char *is = text_of(tree, "schema", arena);
    if (!vb_streq(is, schema))
        return vb_fail(err, VB_E_DATA, "%s is no manifest of a backup (%s)", path, schema);
    *out = (struct vb_backup){ .id = text_of(tree, "id", arena),
                               .made_at = text_of(tree, "made_at", arena),
                               .program = text_of(tree, "verbond", arena),
                               .key = text_of(tree, "key", arena) };
    if (out->id == NULL || out->made_at == NULL || out->program == NULL || out->key == NULL ||
        !cJSON_IsNumber(number) ||
        !read_files(out, cJSON_GetObjectItemCaseSensitive(tree, "files"), arena))
        return vb_fail(err, VB_E_DATA, "%s is damaged: a field is missing or not what it should be",
                       path);
    out->store_schema = number->valueint;
    if (out->store_schema > VB_STORE_SCHEMA)
        return vb_fail(err, VB_E_CONFIG,
                       "%s: the backup has store schema %d, this verbond knows %d: use a newer "
                       "verbond",
                       path, out->store_schema, VB_STORE_SCHEMA);
    return VB_OK;
}

enum vb_code vb_backup_read(struct vb_backup *out, const char *dir, struct vb_arena *arena,
                            struct vb_err *err)
{
    struct vb_buf text = { 0 };
    cJSON *tree = NULL;
    const char *path = join(arena, dir, manifest);
    enum vb_code code = vb_file_read(&text, path, MANIFEST_MOST, err);
    if (code == VB_E_ABSENT)
        code = vb_fail(err, VB_E_ABSENT, "%s is no backup: it has no %s", dir, manifest);
    else if (code == VB_OK)
        code = vb_json_parse(&tree, text.len == 0 ? "" : text.data, text.len, MANIFEST_MOST, err);
    if (code == VB_OK)
        code = read_tree(out, tree, path, arena, err);
    else if (tree == NULL && code == VB_E_DATA)
        code = vb_while(err, "%s is damaged", path);
    cJSON_Delete(tree);
    vb_buf_finish(&text);
    return code;
}

enum vb_code vb_backup_check(const struct vb_backup *backup, const char *dir, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = VB_OK;
    for (int i = 0; code == VB_OK && i < backup->file_count; i++) {
        const struct vb_backup_file *file = &backup->files[i];
        const char *path = join(&arena, dir, file->name);
        char digest[VB_DIGEST_SIZE];
        int64_t bytes;
        code = vb_store_file_digest(path, digest, &bytes, err);
        if (code == VB_E_ABSENT)
            code = vb_fail(err, VB_E_DATA, "the backup is damaged: %s is missing", path);
        else if (code == VB_OK && (bytes != file->bytes || !vb_streq(digest, file->digest)))
            code = vb_fail(err, VB_E_DATA,
                           "the backup is damaged: %s is not what the manifest says (%lld bytes, "
                           "it says %lld)",
                           path, (long long)bytes, (long long)file->bytes);
    }
    vb_arena_finish(&arena);
    return code;
}
