#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "lives.h"

static enum vb_code is_whole(const char *path, struct vb_err *err)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_prepare_v2(db,
                                "SELECT group_concat(integrity_check) || ' foreign keys ' ||"
                                " (SELECT count(*) FROM pragma_foreign_key_check)"
                                " FROM pragma_integrity_check",
                                -1, &statement, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(statement);
    const char *said =
        rc == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : sqlite3_errmsg(db);
    enum vb_code code = vb_streq(said, "ok foreign keys 0")
                            ? VB_OK
                            : vb_fail(err, VB_E_DATA, "%s is not whole: %.200s", path, said);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return code;
}

static enum vb_code all_whole(const char *data, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    struct vb_buf path = { 0 };
    DIR *dir = opendir(data);
    if (dir == NULL)
        return vb_fail(err, VB_E_IO, "cannot look into %s", data);
    for (struct dirent *entry; code == VB_OK && (entry = readdir(dir)) != NULL;) {
        if (!vb_ends_with(entry->d_name, ".db"))
            continue;
        vb_buf_clear(&path);
        vb_buf_printf(&path, "%s/%s", data, entry->d_name);
        code = is_whole(path.data, err);
    }
    closedir(dir);
    vb_buf_finish(&path);
    return code;
}

static void use_key_of(const char *dir)
{
    struct vb_buf key = { 0 };
    vb_buf_printf(&key, "%s/key/master", dir);
    setenv("VERBOND_KEY", key.data, 1);
    vb_buf_finish(&key);
}

/* A workplace on DIR/data; ended with close_place whatever came of it. */
static enum vb_code begin_place(const char *dir, struct vb_workplace *place, struct vb_err *err)
{
    struct vb_buf data = { 0 };
    use_key_of(dir);
    vb_buf_printf(&data, "%s/here/data", dir);
    enum vb_code code = vb_workplace_begin(place, data.data, err);
    vb_buf_finish(&data);
    return code;
}

static void end_place(struct vb_workplace *place)
{
    vb_workplace_end(place, VB_OK, NULL);
}

enum vb_code folder_read(const char *dir, struct dump_plans *plans, struct dump *out,
                         struct vb_err *err)
{
    struct vb_workplace place;
    struct vb_buf data = { 0 };
    enum vb_code code = begin_place(dir, &place, err);
    vb_buf_puts(&data, place.data);
    if (code == VB_OK)
        code = vb_workplace_open(&place, err);
    if (code == VB_OK)
        code = dump_store(&place, plans, out, err);
    end_place(&place);
    if (code == VB_OK)
        code = all_whole(data.data, err);
    vb_buf_finish(&data);
    return code;
}

/* Quietly: what a command says on the way is not what is looked at here. */
static enum vb_code play(const char *dir, const struct life *life, struct vb_err *err)
{
    struct vb_workplace place;
    int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    enum vb_code code = begin_place(dir, &place, err);
    fflush(stderr);
    dup2(nowhere, STDERR_FILENO);
    if (code == VB_OK)
        code = life->play(&place, err);
    dup2(kept, STDERR_FILENO);
    close(nowhere);
    close(kept);
    if (code != VB_OK)
        vb_while(err, "life %s", life->name);
    end_place(&place);
    return code;
}

enum vb_code folder_play(const char *dir, const char *before, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    for (const struct life *life = lives; code == VB_OK && life->name != NULL; life++) {
        if (vb_streq(life->name, before))
            break;
        code = play(dir, life, err);
    }
    return code;
}

enum vb_code folder_play_out(const char *dir, const char *only, struct dump_plans *plans,
                             struct dump *dump, struct vb_buf *out, struct vb_err *err)
{
    static const char mark[] = " stands at ";
    vb_buf_clear(out);
    vb_buf_puts(out, "");
    enum vb_code code =
        only == NULL ? folder_play(dir, NULL, err) : play(dir, life_named(only), err);
    bool rows_only = dump->rows_only;
    dump->rows_only = false;
    if (code == VB_OK)
        code = folder_read(dir, plans, dump, err);
    dump->rows_only = rows_only;
    const char *at = code == VB_OK ? dump->rows.data : "";
    while ((at = strstr(at, mark)) != NULL) {
        size_t line = strcspn(at, "\n");
        vb_buf_put(out, at, line + 1);
        at += line;
    }
    return code;
}

/* -- files ------------------------------------------------------------------------------------ */

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info, (void)type;
    return walk->level == 0 ? 0 : remove(path);
}

enum vb_code folder_empty(const char *dir, struct vb_err *err)
{
    if (mkdir(dir, 0700) == 0 || nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0)
        return VB_OK;
    return vb_fail(err, VB_E_IO, "cannot empty %s: %s", dir, strerror(errno));
}

/* What is copied: nftw has no other way to tell. */
static const char *copied_from, *copied_to;

static int copy_one(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    struct vb_buf to = { 0 };
    vb_buf_printf(&to, "%s%s", copied_to, path + strlen(copied_from));
    int done = walk->level == 0 || (type == FTW_D && mkdir(to.data, 0700) == 0) ? 0 : -1;
    if (type == FTW_F) {
        int in = open(path, O_RDONLY | O_CLOEXEC);
        int out = open(to.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, info->st_mode & 0777);
        done =
            in >= 0 && out >= 0 && sendfile(out, in, NULL, (size_t)info->st_size) == info->st_size
                ? 0
                : -1;
        close(in);
        close(out);
    }
    vb_buf_finish(&to);
    return done;
}

enum vb_code folder_copy(const char *from, const char *dir, struct vb_err *err)
{
    enum vb_code code = folder_empty(dir, err);
    copied_from = from;
    copied_to = dir;
    if (code == VB_OK && nftw(from, copy_one, 8, FTW_PHYS) != 0)
        code = vb_fail(err, VB_E_IO, "cannot copy %s to %s: %s", from, dir, strerror(errno));
    return code;
}
