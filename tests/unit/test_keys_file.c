/* test_keys_file.c - the key file and keys.db: when they are made, and when they are refused. */
#include "tests.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keys_place.h"
#include "store_place.h"

/* -- the key file -- */

static void opening_alone_makes_nothing(void **state)
{
    char dir[256], master[256];
    struct vb_keys_options options = keys_place_options(*state, dir, master);
    struct vb_keys *keys;
    struct vb_err err;
    bool made = false;
    keys_well(vb_keys_open(&keys, &options, &made, &err), &err);
    assert_true(made);
    assert_string_equal(vb_keys_folder(keys), "");
    vb_keys_close(keys);
    assert_false(keys_place_has(*state, "key"));
    assert_false(keys_place_has(*state, "data/keys.db"));
}

static void a_key_file_is_made_once_and_for_its_owner_only(void **state)
{
    char dir[256], master[256], id[VB_KEY_ID_SIZE];
    struct vb_keys_options options = keys_place_options(*state, dir, master);
    struct vb_keys *keys;
    struct vb_err err;
    struct stat info;
    bool made = false;
    keys_well(vb_keys_open(&keys, &options, &made, &err), &err);
    keys_well(vb_keys_begin(keys, &err), &err);
    assert_true(made);
    snprintf(id, sizeof id, "%s", vb_keys_id(keys));
    assert_int_equal(strlen(id), 16);
    vb_keys_close(keys);
    assert_int_equal(stat(master, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0600);
    assert_int_equal(info.st_nlink, 1); /* nothing is left beside it */
    struct vb_buf line = keys_place_read(*state, "key");
    assert_int_equal(line.len, 14 + 64 + 1);
    assert_memory_equal(line.data, "verbond-key-1 ", 14);
    assert_int_equal(line.data[line.len - 1], '\n');
    assert_null(strstr(line.data, id));
    keys_well(vb_keys_open(&keys, &options, &made, &err), &err);
    assert_false(made);
    assert_string_equal(vb_keys_id(keys), id);
    vb_keys_close(keys);
    vb_buf_finish(&line);
}

static void folders_on_the_way_to_the_key_file_are_made_for_its_owner_only(void **state)
{
    char dir[256], master[256], above[300];
    struct vb_keys_options options = keys_place_options(*state, dir, master);
    struct vb_keys *keys;
    struct vb_err err;
    struct stat info;
    snprintf(above, sizeof above, "%s/config/verbond", (char *)*state);
    snprintf(master, sizeof master, "%s/config/verbond/key", (char *)*state);
    keys_well(vb_keys_open(&keys, &options, NULL, &err), &err);
    keys_well(vb_keys_begin(keys, &err), &err);
    vb_keys_close(keys);
    assert_int_equal(stat(above, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0700);
    keys_well(keys_place_refused(*state, &err) == VB_E_CONFIG ? VB_OK : VB_E_INTERNAL, &err);
}

static void a_key_file_is_not_made_in_the_data_folder(void **state)
{
    char dir[256], master[256];
    struct vb_keys_options options = keys_place_options(*state, dir, master);
    struct vb_keys *keys;
    struct vb_err err;
    snprintf(master, sizeof master, "%s/data/keys/key", (char *)*state);
    keys_well(vb_keys_open(&keys, &options, NULL, &err), &err);
    assert_int_equal(vb_keys_begin(keys, &err), VB_E_CONFIG);
    place_says(&err, "would lie in the data folder");
    vb_keys_close(keys);
    assert_false(keys_place_has(*state, "data/keys/key"));
}

static void where_none_may_be_made_none_is(void **state)
{
    char dir[256], master[256];
    struct vb_keys_options options = keys_place_options(*state, dir, master);
    struct vb_keys *keys = NULL;
    struct vb_err err;
    options.may_make = false;
    assert_int_equal(vb_keys_open(&keys, &options, NULL, &err), VB_E_CONFIG);
    place_says(&err, "there is no key file");
    assert_null(keys);
}

/* Refused, exit 3, and no digit of the key in the message. */
static void assert_key_file_refused(const char *place, const char *text)
{
    struct vb_err err;
    struct vb_buf line = keys_place_read(place, "key");
    assert_int_equal(keys_place_refused(place, &err), VB_E_CONFIG);
    place_says(&err, text);
    for (size_t at = 14; at + 8 <= line.len && at + 8 <= 14 + 64; at++) {
        char digits[9] = { 0 };
        memcpy(digits, line.data + at, 8);
        if (digits[0] != '\0' && strstr(err.text, digits) != NULL)
            fail_msg("the message has digits of the key: %s", err.text);
    }
    vb_buf_finish(&line);
}

static void a_key_file_that_is_not_one_is_refused(void **state)
{
    struct vb_err err;
    struct vb_keys *keys = keys_place_open(*state);
    keys_well(vb_keys_begin(keys, &err), &err);
    vb_keys_close(keys);
    char *path = place_path(*state, "key");
    struct vb_buf line = keys_place_read(*state, "key");
    static const mode_t open_to_others[] = { 0640, 0604, 0660, 0610 };
    for (size_t i = 0; i < sizeof open_to_others / sizeof *open_to_others; i++) {
        assert_int_equal(chmod(path, open_to_others[i]), 0);
        assert_key_file_refused(*state, "can be read by others");
    }
    assert_int_equal(chmod(path, 0400), 0);
    assert_int_equal(keys_place_refused(*state, &err), VB_OK);
    assert_int_equal(chmod(path, 0600), 0);
    keys_place_write(*state, "key", line.data, line.len - 1);
    assert_key_file_refused(*state, "damaged (78 bytes");
    keys_place_write(*state, "key", line.data, 20);
    assert_key_file_refused(*state, "damaged (20 bytes");
    keys_place_write(*state, "key", "", 0);
    assert_key_file_refused(*state, "is no key file");
    vb_buf_puts(&line, "\n");
    keys_place_write(*state, "key", line.data, line.len);
    assert_key_file_refused(*state, "damaged (80 bytes");
    line.data[14 + 30] = 'g';
    keys_place_write(*state, "key", line.data, line.len - 1);
    assert_key_file_refused(*state, "damaged");
    keys_place_write(*state, "key", "verbond-key-2 whatever\n", 23);
    assert_key_file_refused(*state, "use a newer verbond");
    keys_place_write(*state, "key", "-----BEGIN PRIVATE KEY-----\n", 28);
    assert_key_file_refused(*state, "is no key file");
    keys_place_remove(*state, "key");
    assert_int_equal(mkdir(path, 0700), 0);
    assert_key_file_refused(*state, "is no file");
    vb_buf_finish(&line);
    free(path);
}

static void another_master_key_is_told_with_both_ids(void **state)
{
    char *other = place_make(), ids[2][VB_KEY_ID_SIZE];
    struct vb_err err;
    const char *places[] = { *state, other };
    for (int i = 0; i < 2; i++) {
        struct vb_keys *keys = keys_place_open(places[i]);
        keys_make_person(keys, "p1");
        snprintf(ids[i], VB_KEY_ID_SIZE, "%s", vb_keys_id(keys));
        vb_keys_close(keys);
    }
    assert_string_not_equal(ids[0], ids[1]);
    struct vb_buf line = keys_place_read(other, "key");
    keys_place_write(*state, "key", line.data, line.len);
    assert_int_equal(keys_place_refused(*state, &err), VB_E_CONFIG);
    place_says(&err, ids[0]);
    place_says(&err, ids[1]);
    place_says(&err, "VERBOND_KEY");
    vb_buf_finish(&line);
    place_end(other);
}

static void a_missing_key_file_beside_keys_db_is_told_and_not_made_anew(void **state)
{
    struct vb_err err;
    struct vb_keys *keys = keys_place_open(*state);
    char id[VB_KEY_ID_SIZE];
    keys_make_person(keys, "p1");
    snprintf(id, sizeof id, "%s", vb_keys_id(keys));
    vb_keys_close(keys);
    keys_place_remove(*state, "key");
    assert_int_equal(keys_place_refused(*state, &err), VB_E_CONFIG);
    place_says(&err, "there is no key file");
    place_says(&err, id);
    assert_false(keys_place_has(*state, "key"));
}

static void keys_db_may_not_be_missing_beside_erasures(void **state)
{
    struct vb_err err;
    struct vb_keys *keys = keys_place_open(*state);
    keys_make_person(keys, "p1");
    keys_destroy(keys, VB_ERASE_PERSON, "p1");
    vb_keys_close(keys);
    keys_place_remove(*state, "data/keys.db");
    assert_int_equal(keys_place_refused(*state, &err), VB_E_CONFIG);
    place_says(&err, "keys.db is not there");
    assert_false(keys_place_has(*state, "data/keys.db"));
}

static void keys_db_may_not_be_missing_where_none_may_be_made(void **state)
{
    char dir[256], master[256];
    struct vb_keys_options options = keys_place_options(*state, dir, master);
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_err err;
    keys_make_person(keys, "p1");
    vb_keys_close(keys);
    options.may_make = false;
    keys_well(vb_keys_open(&keys, &options, NULL, &err), &err);
    vb_keys_close(keys);
    keys_place_remove(*state, "data/keys.db");
    assert_int_equal(vb_keys_open(&keys, &options, NULL, &err), VB_E_CONFIG);
    place_says(&err, "put your newest copy of keys.db back");
}

static void a_keys_db_of_another_program_or_version_is_refused(void **state)
{
    struct vb_err err;
    sqlite3 *db;
    struct vb_keys *keys = keys_place_open(*state);
    keys_make_person(keys, "p1");
    vb_keys_close(keys);
    char *path = place_path(*state, "data/keys.db");
    static const struct {
        const char *sql, *text;
        enum vb_code code;
    } cases[] = {
        { "PRAGMA user_version = 2", "use a newer verbond", VB_E_CONFIG },
        { "PRAGMA user_version = 0", "put your newest copy of it back", VB_E_DATA },
        { "PRAGMA user_version = 1; PRAGMA application_id = 7", "another program", VB_E_CONFIG },
    };
    for (int i = 0; i < 3; i++) {
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, cases[i].sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        assert_int_equal(keys_place_refused(*state, &err), cases[i].code);
        place_says(&err, cases[i].text);
    }
    keys_place_write(*state, "data/keys.db", "no database at all, but a text of some length", 45);
    assert_int_equal(keys_place_refused(*state, &err), VB_E_DATA);
    place_says(&err, "put your newest copy of it back"); /* no backup has it */
    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(keys_place_refused(*state, &err), VB_E_DATA);
    place_says(&err, "holds no keys");
    free(path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(opening_alone_makes_nothing),
        TEST(a_key_file_is_made_once_and_for_its_owner_only),
        TEST(folders_on_the_way_to_the_key_file_are_made_for_its_owner_only),
        TEST(a_key_file_is_not_made_in_the_data_folder),
        TEST(where_none_may_be_made_none_is),
        TEST(a_key_file_that_is_not_one_is_refused),
        TEST(another_master_key_is_told_with_both_ids),
        TEST(a_missing_key_file_beside_keys_db_is_told_and_not_made_anew),
        TEST(keys_db_may_not_be_missing_beside_erasures),
        TEST(keys_db_may_not_be_missing_where_none_may_be_made),
        TEST(a_keys_db_of_another_program_or_version_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
