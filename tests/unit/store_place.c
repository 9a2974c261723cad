#include "store_place.h"

#include <ftw.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/buf.h"
#include "store/store_sqlite.h"
#include "tests.h"

char *place_make(void)
{
    /* In memory where there is such a folder: hundreds of stores are made here, and none of these
     * tests cuts the power. */
    const char *above = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    char *place = place_path(above, "verbond-store-XXXXXX");
    assert_non_null(mkdtemp(place));
    return place;
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info, (void)type, (void)walk;
    return remove(path);
}

void place_end(void *place)
{
    nftw(place, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(place);
}

int place_set_up(void **state)
{
    *state = place_make();
    return 0;
}

int place_tear_down(void **state)
{
    place_end(*state);
    return 0;
}

char *place_path(const char *place, const char *name)
{
    struct vb_buf path = { 0 };
    vb_buf_printf(&path, "%s/%s", place, name);
    return path.data;
}

struct vb_store *place_open(void *place)
{
    char *dir = place_path(place, "data");
    struct vb_store *store = NULL;
    struct vb_err err;
    if (vb_store_sqlite_open(&store, dir, &err) != VB_OK)
        fail_msg("%s", err.text);
    free(dir);
    return store;
}

struct vb_store *place_reopen(void *place, struct vb_store *store)
{
    vb_store_destroy(store);
    return place_open(place);
}

enum vb_code place_refused(const char *place, struct vb_err *err)
{
    char *dir = place_path(place, "data");
    struct vb_store *store = NULL;
    enum vb_code code = vb_store_sqlite_open(&store, dir, err);
    if (code == VB_OK)
        vb_store_destroy(store);
    else
        assert_null(store);
    free(dir);
    return code;
}

static sqlite3 *connect(const char *place)
{
    char *path = place_path(place, "data/verbond.db");
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    free(path);
    return db;
}

void place_says(const struct vb_err *err, const char *text)
{
    if (strstr(err->text, text) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err->text, text);
}

void place_sql(const char *place, const char *sql)
{
    sqlite3 *db = connect(place);
    char *said = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK)
        fail_msg("%s", said);
    sqlite3_close(db);
}

int64_t place_number(const char *place, const char *sql)
{
    sqlite3 *db = connect(place);
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}
