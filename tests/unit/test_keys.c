#include "tests.h"

#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "faulty_disk.h"
#include "keys_place.h"
#include "store/keys_inner.h"
#include "store_place.h"

static int set_up(void **state)
{
    *state = place_make();
    return 0;
}

static int tear_down(void **state)
{
    place_end(*state);
    return 0;
}

static void well(enum vb_code code, const struct vb_err *err)
{
    if (code != VB_OK)
        fail_msg("%d: %s", (int)code, err->text);
}

static void says(const struct vb_err *err, const char *text)
{
    if (strstr(err->text, text) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err->text, text);
}

static void make_person(struct vb_keys *keys, const char *person)
{
    struct vb_err err;
    well(vb_keys_make_person(keys, person, &err), &err);
}

static void make_session(struct vb_keys *keys, const char *session, const char *person)
{
    struct vb_err err;
    well(vb_keys_make_session(keys, session, person, &err), &err);
}

static void destroy(struct vb_keys *keys, enum vb_erasable what, const char *id)
{
    struct vb_err err;
    well(vb_keys_destroy(keys, what, id, &err), &err);
}

struct key {
    unsigned char bytes[VB_KEY_BYTES];
    enum vb_key_found found;
};

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
    well(code, &err);
    return key;
}

static struct key person_of(struct vb_keys *keys, const char *person)
{
    return key_of(keys, VB_ERASE_PERSON, person, NULL);
}
static struct key session_of(struct vb_keys *keys, const char *session)
{
    return key_of(keys, VB_ERASE_SESSION, session, NULL);
}
static struct key about_of(struct vb_keys *keys, const char *session, const char *member)
{
    return key_of(keys, VB_ERASE_SESSION, session, member);
}
static struct key blob_of(struct vb_keys *keys, const char *session, const char *name)
{
    return key_of(keys, VB_ERASE_BLOB, session, name);
}

static void assert_same(struct key a, struct key b)
{
    assert_int_equal(a.found, VB_KEY_HERE);
    assert_int_equal(b.found, VB_KEY_HERE);
    assert_memory_equal(a.bytes, b.bytes, VB_KEY_BYTES);
}

/* Persons p1 and p2, a session of each (s1, s2), one of both (joint), two pictures in s1. */
static void make_family(struct vb_keys *keys)
{
    const char *both[] = { "p2", "p1" };
    struct vb_err err;
    make_person(keys, "p1");
    make_person(keys, "p2");
    make_session(keys, "s1", "p1");
    make_session(keys, "s2", "p2");
    well(vb_keys_make_joint(keys, "joint", both, 2, &err), &err);
    well(vb_keys_make_blob(keys, "s1", "name-1", 0, &err), &err);
    well(vb_keys_make_blob(keys, "s1", "name-2", 5000, &err), &err);
}

/* -- the key file -- */

static void opening_alone_makes_nothing(void **state)
{
    char dir[256], master[256];
    struct vb_keys_options options = keys_place_options(*state, dir, master);
    struct vb_keys *keys;
    struct vb_err err;
    bool made = false;
    well(vb_keys_open(&keys, &options, &made, &err), &err);
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
    well(vb_keys_open(&keys, &options, &made, &err), &err);
    well(vb_keys_begin(keys, &err), &err);
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
    well(vb_keys_open(&keys, &options, &made, &err), &err);
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
    well(vb_keys_open(&keys, &options, NULL, &err), &err);
    well(vb_keys_begin(keys, &err), &err);
    vb_keys_close(keys);
    assert_int_equal(stat(above, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0700);
    well(keys_place_refused(*state, &err) == VB_E_CONFIG ? VB_OK : VB_E_INTERNAL, &err);
}

static void a_key_file_is_not_made_in_the_data_folder(void **state)
{
    char dir[256], master[256];
    struct vb_keys_options options = keys_place_options(*state, dir, master);
    struct vb_keys *keys;
    struct vb_err err;
    snprintf(master, sizeof master, "%s/data/keys/key", (char *)*state);
    well(vb_keys_open(&keys, &options, NULL, &err), &err);
    assert_int_equal(vb_keys_begin(keys, &err), VB_E_CONFIG);
    says(&err, "would lie in the data folder");
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
    says(&err, "there is no key file");
    assert_null(keys);
}

/* Refused, exit 3, and no digit of the key in the message. */
static void assert_key_file_refused(const char *place, const char *text)
{
    struct vb_err err;
    struct vb_buf line = keys_place_read(place, "key");
    assert_int_equal(keys_place_refused(place, &err), VB_E_CONFIG);
    says(&err, text);
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
    well(vb_keys_begin(keys, &err), &err);
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
        make_person(keys, "p1");
        snprintf(ids[i], VB_KEY_ID_SIZE, "%s", vb_keys_id(keys));
        vb_keys_close(keys);
    }
    assert_string_not_equal(ids[0], ids[1]);
    struct vb_buf line = keys_place_read(other, "key");
    keys_place_write(*state, "key", line.data, line.len);
    assert_int_equal(keys_place_refused(*state, &err), VB_E_CONFIG);
    says(&err, ids[0]);
    says(&err, ids[1]);
    says(&err, "VERBOND_KEY");
    vb_buf_finish(&line);
    place_end(other);
}

static void a_missing_key_file_beside_keys_db_is_told_and_not_made_anew(void **state)
{
    struct vb_err err;
    struct vb_keys *keys = keys_place_open(*state);
    char id[VB_KEY_ID_SIZE];
    make_person(keys, "p1");
    snprintf(id, sizeof id, "%s", vb_keys_id(keys));
    vb_keys_close(keys);
    keys_place_remove(*state, "key");
    assert_int_equal(keys_place_refused(*state, &err), VB_E_CONFIG);
    says(&err, "there is no key file");
    says(&err, id);
    assert_false(keys_place_has(*state, "key"));
}

static void keys_db_may_not_be_missing_beside_erasures(void **state)
{
    struct vb_err err;
    struct vb_keys *keys = keys_place_open(*state);
    make_person(keys, "p1");
    destroy(keys, VB_ERASE_PERSON, "p1");
    vb_keys_close(keys);
    keys_place_remove(*state, "data/keys.db");
    assert_int_equal(keys_place_refused(*state, &err), VB_E_CONFIG);
    says(&err, "keys.db is not there");
    assert_false(keys_place_has(*state, "data/keys.db"));
}

static void keys_db_may_not_be_missing_where_none_may_be_made(void **state)
{
    char dir[256], master[256];
    struct vb_keys_options options = keys_place_options(*state, dir, master);
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_err err;
    make_person(keys, "p1");
    vb_keys_close(keys);
    options.may_make = false;
    well(vb_keys_open(&keys, &options, NULL, &err), &err);
    vb_keys_close(keys);
    keys_place_remove(*state, "data/keys.db");
    assert_int_equal(vb_keys_open(&keys, &options, NULL, &err), VB_E_CONFIG);
    says(&err, "put your newest copy of keys.db back");
}

static void a_keys_db_of_another_program_or_version_is_refused(void **state)
{
    struct vb_err err;
    sqlite3 *db;
    struct vb_keys *keys = keys_place_open(*state);
    make_person(keys, "p1");
    vb_keys_close(keys);
    char *path = place_path(*state, "data/keys.db");
    static const struct {
        const char *sql, *text;
        enum vb_code code;
    } cases[] = {
        { "PRAGMA user_version = 2", "use a newer verbond", VB_E_CONFIG },
        { "PRAGMA user_version = 1; PRAGMA application_id = 7", "another program", VB_E_CONFIG },
    };
    for (int i = 0; i < 2; i++) {
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, cases[i].sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        assert_int_equal(keys_place_refused(*state, &err), cases[i].code);
        says(&err, cases[i].text);
    }
    keys_place_write(*state, "data/keys.db", "no database at all, but a text of some length", 45);
    assert_int_equal(keys_place_refused(*state, &err), VB_E_DATA);
    free(path);
}

/* -- the tree -- */

static void keys_are_the_same_after_opening_again(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    make_family(keys);
    struct key before[] = { person_of(keys, "p1"), session_of(keys, "s1"),
                            session_of(keys, "joint"), about_of(keys, "s1", "p2"),
                            blob_of(keys, "s1", "name-1") };
    keys = keys_place_reopen(*state, keys);
    struct key after[] = { person_of(keys, "p1"), session_of(keys, "s1"), session_of(keys, "joint"),
                           about_of(keys, "s1", "p2"), blob_of(keys, "s1", "name-1") };
    for (int i = 0; i < 5; i++)
        assert_same(before[i], after[i]);
    vb_keys_close(keys);
}

static void no_two_keys_are_alike(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    make_family(keys);
    struct key all[] = { person_of(keys, "p1"),         person_of(keys, "p2"),
                         session_of(keys, "s1"),        session_of(keys, "s2"),
                         session_of(keys, "joint"),     about_of(keys, "s1", "p1"),
                         about_of(keys, "s1", "p2"),    about_of(keys, "s2", "p1"),
                         blob_of(keys, "s1", "name-1"), blob_of(keys, "s1", "name-2"),
                         { .found = VB_KEY_HERE },      { .found = VB_KEY_HERE },
                         { .found = VB_KEY_HERE } };
    vb_keys_purpose(keys, "audit", all[10].bytes);
    vb_keys_purpose(keys, "blob name", all[11].bytes);
    struct vb_buf line = keys_place_read(*state, "key");
    assert_int_equal(
        sodium_hex2bin(all[12].bytes, VB_KEY_BYTES, line.data + 14, 64, NULL, NULL, NULL), 0);
    for (int i = 0; i < 13; i++)
        for (int j = 0; j < i; j++)
            assert_memory_not_equal(all[i].bytes, all[j].bytes, VB_KEY_BYTES);
    vb_buf_finish(&line);
    vb_keys_close(keys);
}

static void a_key_that_is_made_again_stays_the_first(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    make_family(keys);
    struct key person = person_of(keys, "p1"), session = session_of(keys, "s1");
    make_family(keys);
    make_session(keys, "s1", "p2");
    keys = keys_place_reopen(*state, keys);
    make_family(keys);
    assert_same(person, person_of(keys, "p1"));
    assert_same(session, session_of(keys, "s1"));
    destroy(keys, VB_ERASE_PERSON, "p2");
    assert_same(session, session_of(keys, "s1")); /* it still hangs on p1 alone */
    vb_keys_close(keys);
}

static void wishes_are_granted_together_or_not_at_all(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    const char *p1 = "p1", *nobody = "p9";
    struct vb_err err;
    const struct vb_key_wish wishes[] = {
        { .what = VB_ERASE_PERSON, .id = "p1" },
        { .what = VB_ERASE_SESSION, .id = "s1", .persons = &p1, .person_count = 1 },
        { .what = VB_ERASE_SESSION, .id = "s9", .persons = &nobody, .person_count = 1 },
    };
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found;
    assert_int_equal(vb_keys_make(keys, wishes, 3, &err), VB_E_CONFIG);
    says(&err, "p9");
    assert_int_equal(vb_keys_session(keys, "s1", key, &found, &err), VB_E_CONFIG);
    assert_int_equal(vb_keys_person(keys, "p1", key, &found, &err), VB_E_CONFIG);
    well(vb_keys_make(keys, wishes, 2, &err), &err);
    struct key session = session_of(keys, "s1");
    keys = keys_place_reopen(*state, keys);
    assert_same(session, session_of(keys, "s1"));
    vb_keys_close(keys);
}

static void a_missing_key_that_was_not_erased_is_told(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_err err;
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found;
    make_family(keys);
    assert_int_equal(vb_keys_session(keys, "s7", key, &found, &err), VB_E_CONFIG);
    says(&err, "no key of session s7");
    assert_int_equal(vb_keys_blob(keys, "s1", "name-9", key, &found, &err), VB_E_CONFIG);
    assert_int_equal(vb_keys_about(keys, "s1", "p9", key, &found, &err), VB_E_CONFIG);
    vb_keys_close(keys);
}

static void more_keys_than_are_remembered_are_all_right(void **state)
{
    enum { MANY = 5000 };
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_err err;
    static struct key first[MANY];
    static struct vb_key_wish wishes[MANY];
    static char ids[MANY][16];
    const char *p1 = "p1";
    make_person(keys, "p1");
    for (int i = 0; i < MANY; i++) {
        snprintf(ids[i], sizeof ids[i], "s%d", i);
        wishes[i] = (struct vb_key_wish){
            .what = VB_ERASE_SESSION, .id = ids[i], .persons = &p1, .person_count = 1
        };
    }
    well(vb_keys_make(keys, wishes, MANY, &err), &err);
    for (int i = 0; i < MANY; i++)
        first[i] = session_of(keys, ids[i]);
    for (int i = 0; i < MANY; i++)
        assert_same(first[i], session_of(keys, ids[i]));
    vb_keys_close(keys);
}

static void a_row_of_keys_db_that_was_changed_is_told(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_err err;
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found;
    sqlite3 *db;
    make_family(keys);
    vb_keys_close(keys);
    char *path = place_path(*state, "data/keys.db");
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    /* p1's session is hung on p2, and the two pictures change places. */
    assert_int_equal(sqlite3_exec(db,
                                  "UPDATE key SET under = 'p2' WHERE id = 's1';"
                                  "UPDATE key SET until_wall_ms = 1 WHERE kind = 'blob';"
                                  "UPDATE key SET wrapped = randomblob(72) WHERE id = 'joint'",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    free(path);
    keys = keys_place_open(*state);
    assert_int_equal(vb_keys_session(keys, "s1", key, &found, &err), VB_E_DATA);
    says(&err, "the key of session s1 was changed");
    assert_int_equal(vb_keys_session(keys, "joint", key, &found, &err), VB_E_DATA);
    assert_int_equal(vb_keys_session(keys, "s2", key, &found, &err), VB_OK);
    vb_keys_close(keys);
}

/* -- ending -- */

static void assert_erased(struct key key)
{
    assert_int_equal(key.found, VB_KEY_ERASED);
}

static void all_that_hangs_on_a_person_goes_with_it(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    make_family(keys);
    struct key kept[] = { person_of(keys, "p2"), session_of(keys, "s2") };
    about_of(keys, "s2", "p1"); /* remembered, and gone all the same */
    destroy(keys, VB_ERASE_PERSON, "p1");
    for (int again = 0; again < 2; again++) {
        assert_erased(person_of(keys, "p1"));
        assert_erased(session_of(keys, "s1"));
        assert_erased(session_of(keys, "joint"));
        assert_erased(about_of(keys, "s1", "p2"));
        assert_erased(about_of(keys, "s2", "p1"));
        assert_erased(blob_of(keys, "s1", "name-1"));
        assert_same(kept[0], person_of(keys, "p2"));
        assert_same(kept[1], session_of(keys, "s2"));
        keys = keys_place_reopen(*state, keys);
    }
    vb_keys_close(keys);
}

static void a_session_and_a_picture_end_by_themselves(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    make_family(keys);
    destroy(keys, VB_ERASE_BLOB, "s1 name-1");
    assert_erased(blob_of(keys, "s1", "name-1"));
    assert_int_equal(blob_of(keys, "s1", "name-2").found, VB_KEY_HERE);
    assert_int_equal(session_of(keys, "s1").found, VB_KEY_HERE);
    destroy(keys, VB_ERASE_SESSION, "s1");
    assert_erased(session_of(keys, "s1"));
    assert_erased(about_of(keys, "s1", "p2"));
    assert_erased(blob_of(keys, "s1", "name-2"));
    assert_int_equal(person_of(keys, "p1").found, VB_KEY_HERE);
    assert_int_equal(session_of(keys, "joint").found, VB_KEY_HERE);
    vb_keys_close(keys);
}

static void nothing_is_made_under_who_was_erased(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_err err;
    make_family(keys);
    destroy(keys, VB_ERASE_PERSON, "p1");
    make_person(keys, "p1"); /* as a commit that is sent again does */
    make_session(keys, "s1", "p1");
    assert_erased(person_of(keys, "p1"));
    assert_erased(session_of(keys, "s1"));
    assert_int_equal(vb_keys_make_session(keys, "s3", "p1", &err), VB_E_ABSENT);
    assert_int_equal(vb_keys_make_blob(keys, "s1", "name-3", 0, &err), VB_E_ABSENT);
    says(&err, "was erased");
    vb_keys_close(keys);
}

static void destroying_again_writes_nothing_new(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    make_family(keys);
    destroy(keys, VB_ERASE_PERSON, "p1");
    struct vb_buf before = keys_place_read(*state, "data/erasures");
    destroy(keys, VB_ERASE_PERSON, "p1");
    destroy(keys, VB_ERASE_SESSION, "s1");
    keys = keys_place_reopen(*state, keys);
    destroy(keys, VB_ERASE_PERSON, "p1");
    struct vb_buf after = keys_place_read(*state, "data/erasures");
    assert_string_equal(before.data, after.data);
    vb_buf_finish(&before);
    vb_buf_finish(&after);
    vb_keys_close(keys);
}

static void the_list_says_what_was_asked_for_and_what_fell(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_arena arena = { 0 };
    struct vb_key_erased *rows;
    size_t count, asked = 0;
    make_family(keys);
    destroy(keys, VB_ERASE_BLOB, "s1 name-1");
    destroy(keys, VB_ERASE_PERSON, "p1");
    for (int again = 0; again < 2; again++) {
        vb_keys_erased(keys, &arena, &rows, &count);
        assert_int_equal(count, 5);
        assert_string_equal(rows[0].id, "s1 name-1");
        assert_int_equal(rows[0].what, VB_ERASE_BLOB);
        assert_string_equal(rows[1].id, "p1");
        assert_true(rows[1].wall_ms > 0);
        for (size_t i = 0; i < count; i++)
            asked += !rows[i].fell;
        assert_int_equal(asked, 2 + 2 * (size_t)again);
        keys = keys_place_reopen(*state, keys);
    }
    assert_true(vb_keys_is_erased(keys, VB_ERASE_SESSION, "joint"));
    assert_false(vb_keys_is_erased(keys, VB_ERASE_SESSION, "s2"));
    vb_arena_finish(&arena);
    vb_keys_close(keys);
}

static void pictures_end_on_their_date(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_arena arena = { 0 };
    struct vb_err err;
    const char **ids;
    size_t count;
    well(vb_keys_ended(keys, 9999, &arena, &ids, &count, &err), &err);
    assert_int_equal(count, 0); /* no keys.db yet */
    make_family(keys);
    well(vb_keys_ended(keys, 4999, &arena, &ids, &count, &err), &err);
    assert_int_equal(count, 0);
    well(vb_keys_ended(keys, 5000, &arena, &ids, &count, &err), &err);
    assert_int_equal(count, 1);
    assert_string_equal(ids[0], "s1 name-2");
    destroy(keys, VB_ERASE_BLOB, ids[0]);
    well(vb_keys_ended(keys, 5000, &arena, &ids, &count, &err), &err);
    assert_int_equal(count, 0);
    vb_arena_finish(&arena);
    vb_keys_close(keys);
}

/* An older copy of keys.db is put back: the list ends again what it ended, and what the copy has
 * under it. A power cut between the line and the rows looks the same. */
static void a_keys_db_that_is_put_back_brings_nothing_back(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    make_family(keys);
    struct key kept = session_of(keys, "s2");
    vb_keys_close(keys);
    struct vb_buf copy = keys_place_read(*state, "data/keys.db");
    keys = keys_place_open(*state);
    destroy(keys, VB_ERASE_PERSON, "p1");
    vb_keys_close(keys);
    keys_place_write(*state, "data/keys.db", copy.data, copy.len);
    keys = keys_place_open(*state);
    assert_erased(person_of(keys, "p1"));
    assert_erased(session_of(keys, "s1"));
    assert_same(kept, session_of(keys, "s2"));
    vb_keys_close(keys);
    sqlite3 *db;
    sqlite3_stmt *statement;
    char *path = place_path(*state, "data/keys.db");
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT group_concat(id) FROM key", -1, &statement, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(statement, 0), "p2,s2");
    sqlite3_finalize(statement);
    sqlite3_close(db);
    free(path);
    vb_buf_finish(&copy);
}

/* A session that a restored keys.db has, and that had no key any more when its person went. */
static void what_comes_back_under_who_was_erased_goes_again(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    make_family(keys);
    vb_keys_close(keys);
    struct vb_buf copy = keys_place_read(*state, "data/keys.db");
    sqlite3 *db;
    char *path = place_path(*state, "data/keys.db");
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM key WHERE id = 's1'", NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    free(path);
    keys = keys_place_open(*state);
    destroy(keys, VB_ERASE_PERSON, "p1");
    assert_false(vb_keys_is_erased(keys, VB_ERASE_SESSION, "s1"));
    vb_keys_close(keys);
    keys_place_write(*state, "data/keys.db", copy.data, copy.len);
    keys = keys_place_open(*state);
    assert_erased(session_of(keys, "s1"));
    keys = keys_place_reopen(*state, keys);
    assert_erased(session_of(keys, "s1"));
    vb_buf_finish(&copy);
    vb_keys_close(keys);
}

/* Every byte of a destroyed key's row, under whichever key it was wrapped. */
static void no_wrapped_key_is_left_in_keys_db(void **state)
{
    enum { MANY = 600 };
    static unsigned char wrapped[MANY][72];
    struct vb_keys *keys = keys_place_open(*state);
    char id[16];
    for (int i = 0; i < MANY; i++) {
        snprintf(id, sizeof id, "p%d", i);
        make_person(keys, id);
        if (i % 7 == 3) {
            snprintf(id, sizeof id, "p%d", i - 1);
            destroy(keys, VB_ERASE_PERSON, id);
        }
    }
    sqlite3 *db;
    sqlite3_stmt *statement;
    char *path = place_path(*state, "data/keys.db");
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT substr(id, 2) + 0, wrapped FROM key", -1, &statement, NULL),
        SQLITE_OK);
    int there = 0;
    for (; sqlite3_step(statement) == SQLITE_ROW; there++)
        memcpy(wrapped[sqlite3_column_int(statement, 0)], sqlite3_column_blob(statement, 1), 72);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    unsigned seed = 20261122;
    for (int left = MANY - 1, n = 0; left > 0; left--) { /* in no order at all */
        seed = seed * 1103515245u + 12345u;
        n = (int)(seed >> 8) % MANY;
        snprintf(id, sizeof id, "p%d", n);
        destroy(keys, VB_ERASE_PERSON, id);
    }
    struct vb_buf file = keys_place_read(*state, "data/keys.db");
    struct vb_buf journal = keys_place_read(*state, "data/keys.db-journal");
    int gone = 0;
    for (int i = 0; i < MANY; i++) {
        static const unsigned char none[72];
        snprintf(id, sizeof id, "p%d", i);
        if (memcmp(wrapped[i], none, 72) == 0)
            continue;
        bool erased = vb_keys_is_erased(keys, VB_ERASE_PERSON, id);
        bool found = false;
        for (int at = 0; at + 16 <= 72; at += 8)
            found = found || memmem(file.data, file.len, wrapped[i] + at, 16) != NULL;
        assert_int_equal(found, !erased); /* those that stay are the control */
        gone += erased;
    }
    assert_true(journal.len > 0);
    for (size_t i = 0; i < journal.len; i++)
        assert_int_equal(journal.data[i], 0);
    vb_buf_finish(&journal);
    assert_true(gone > MANY / 4);
    assert_true(gone < there);
    vb_buf_finish(&file);
    free(path);
    vb_keys_close(keys);
}

/* -- DIR/erasures after a crash, and after somebody's hands -- */

static void four_erasures(const char *place)
{
    struct vb_keys *keys = keys_place_open(place);
    make_family(keys);
    destroy(keys, VB_ERASE_BLOB, "s1 name-1");
    destroy(keys, VB_ERASE_SESSION, "s2");
    destroy(keys, VB_ERASE_BLOB, "s1 name-2");
    destroy(keys, VB_ERASE_SESSION, "s1");
    vb_keys_close(keys);
}

static size_t start_of_line(const struct vb_buf *text, int number)
{
    const char *at = text->data;
    while (--number > 0)
        at = strchr(at, '\n') + 1;
    return (size_t)(at - text->data);
}

static void a_torn_last_line_is_passed_over_and_written_anew(void **state)
{
    four_erasures(*state);
    struct vb_buf text = keys_place_read(*state, "data/erasures");
    struct vb_buf file = keys_place_read(*state, "data/keys.db");
    size_t last = start_of_line(&text, 5);
    for (size_t len = last; len < text.len; len++) {
        for (int zeroes = 0; zeroes < 2; zeroes++) { /* the rest may be there as zeroes */
            struct vb_buf torn = { 0 };
            vb_buf_put(&torn, text.data, len);
            for (size_t i = len; zeroes && i < text.len; i++)
                vb_buf_putc(&torn, '\0');
            keys_place_write(*state, "data/erasures", torn.data, torn.len);
            keys_place_write(*state, "data/keys.db", file.data, file.len);
            struct vb_keys *keys = keys_place_open(*state);
            assert_false(vb_keys_is_erased(keys, VB_ERASE_SESSION, "s1"));
            assert_true(vb_keys_is_erased(keys, VB_ERASE_BLOB, "s1 name-2"));
            destroy(keys, VB_ERASE_SESSION, "s1");
            keys = keys_place_reopen(*state, keys);
            assert_true(vb_keys_is_erased(keys, VB_ERASE_SESSION, "s1"));
            vb_keys_close(keys);
            struct vb_buf whole = keys_place_read(*state, "data/erasures");
            assert_int_equal(whole.len, text.len);
            vb_buf_finish(&whole);
            vb_buf_finish(&torn);
        }
    }
    vb_buf_finish(&text);
    vb_buf_finish(&file);
}

static void a_torn_first_line_is_passed_over(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    make_family(keys);
    vb_keys_close(keys);
    struct vb_buf file = keys_place_read(*state, "data/keys.db");
    keys = keys_place_open(*state);
    destroy(keys, VB_ERASE_PERSON, "p1");
    vb_keys_close(keys);
    struct vb_buf text = keys_place_read(*state, "data/erasures");
    for (size_t len = 0; len < text.len; len++) {
        keys_place_write(*state, "data/erasures", text.data, len);
        keys_place_write(*state, "data/keys.db", file.data, file.len);
        keys = keys_place_open(*state);
        assert_int_equal(person_of(keys, "p1").found, VB_KEY_HERE);
        destroy(keys, VB_ERASE_PERSON, "p1");
        keys = keys_place_reopen(*state, keys);
        assert_erased(person_of(keys, "p1"));
        vb_keys_close(keys);
    }
    vb_buf_finish(&text);
    vb_buf_finish(&file);
}

static void a_line_that_was_changed_taken_out_or_moved_is_named(void **state)
{
    struct vb_err err;
    four_erasures(*state);
    struct vb_buf text = keys_place_read(*state, "data/erasures");
    size_t third = start_of_line(&text, 3), fourth = start_of_line(&text, 4);
    struct vb_buf other = { 0 };
    for (size_t at = third; at < fourth; at++) { /* one byte */
        vb_buf_clear(&other);
        vb_buf_put(&other, text.data, text.len);
        other.data[at] ^= 1;
        keys_place_write(*state, "data/erasures", other.data, other.len);
        assert_int_equal(keys_place_refused(*state, &err), VB_E_DATA);
        says(&err, "line 3 is broken");
    }
    vb_buf_clear(&other); /* one line */
    vb_buf_put(&other, text.data, third);
    vb_buf_put(&other, text.data + fourth, text.len - fourth);
    keys_place_write(*state, "data/erasures", other.data, other.len);
    assert_int_equal(keys_place_refused(*state, &err), VB_E_DATA);
    size_t fifth = start_of_line(&text, 5); /* two lines */
    vb_buf_clear(&other);
    vb_buf_put(&other, text.data, third);
    vb_buf_put(&other, text.data + fourth, fifth - fourth);
    vb_buf_put(&other, text.data + third, fourth - third);
    vb_buf_put(&other, text.data + fifth, text.len - fifth);
    keys_place_write(*state, "data/erasures", other.data, other.len);
    assert_int_equal(keys_place_refused(*state, &err), VB_E_DATA);
    keys_place_write(*state, "data/erasures", "something else\n", 15);
    assert_int_equal(keys_place_refused(*state, &err), VB_E_DATA);
    says(&err, "no list of erasures");
    vb_buf_finish(&text);
    vb_buf_finish(&other);
}

/* The line is there, the disk fails before the rows are gone: erased for every reader, and carried
 * on with at the next start. */
static void an_erasure_that_stops_after_its_line_is_carried_on(void **state)
{
    faulty_disk_begin();
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_err err;
    make_family(keys);
    faulty_disk_order(FAULTY_SYNC, 1, SQLITE_IOERR_FSYNC);
    assert_int_equal(vb_keys_destroy(keys, VB_ERASE_PERSON, "p1", &err), VB_E_IO);
    says(&err, "erasing the key of person p1");
    assert_erased(session_of(keys, "s1"));
    vb_keys_close(keys);
    faulty_disk_end();
    keys = keys_place_open(*state);
    assert_erased(person_of(keys, "p1"));
    vb_keys_close(keys);
    struct vb_buf file = keys_place_read(*state, "data/keys.db");
    assert_null(memmem(file.data, file.len, "joint", 5));
    assert_non_null(memmem(file.data, file.len, "sessions2", 9));
    vb_buf_finish(&file);
}

/* -- a disk that fails -- */

static bool live_with(enum faulty_call call, int nth, int code)
{
    char *place = place_make();
    struct vb_err err;
    faulty_disk_order(call, nth, code);
    char dir[256], master[256];
    struct vb_keys_options options = keys_place_options(place, dir, master);
    struct vb_keys *keys;
    const char *p1 = "p1";
    const struct vb_key_wish wishes[] = {
        { .what = VB_ERASE_PERSON, .id = "p1" },
        { .what = VB_ERASE_SESSION, .id = "s1", .persons = &p1, .person_count = 1 },
        { .what = VB_ERASE_SESSION, .id = "s2", .persons = &p1, .person_count = 1 },
    };
    /* Each step once more when the disk failed; a key that was read stays what it was. */
#define TWICE(step)                                                                                \
    do {                                                                                           \
        enum vb_code code_ = (step);                                                               \
        if (code_ != VB_OK) {                                                                      \
            if (!faulty_disk_failed() || (code_ != VB_E_IO && code_ != VB_E_CONFIG))               \
                fail_msg("%d: %s", (int)code_, err.text);                                          \
            well((step), &err);                                                                    \
        }                                                                                          \
    } while (0)
    TWICE(vb_keys_open(&keys, &options, NULL, &err));
    TWICE(vb_keys_make(keys, wishes, 3, &err));
    struct key first = { 0 }, again = { 0 };
    TWICE(vb_keys_session(keys, "s1", first.bytes, &first.found, &err));
    TWICE(vb_keys_make(keys, wishes, 3, &err));
    vb_keys_close(keys);
    TWICE(vb_keys_open(&keys, &options, NULL, &err));
    TWICE(vb_keys_session(keys, "s1", again.bytes, &again.found, &err));
    assert_same(first, again);
    TWICE(vb_keys_destroy(keys, VB_ERASE_SESSION, "s2", &err));
    vb_keys_close(keys);
    TWICE(vb_keys_open(&keys, &options, NULL, &err));
    TWICE(vb_keys_session(keys, "s2", again.bytes, &again.found, &err));
    assert_erased(again);
    TWICE(vb_keys_session(keys, "s1", again.bytes, &again.found, &err));
    assert_same(first, again);
    vb_keys_close(keys);
#undef TWICE
    bool failed = faulty_disk_failed();
    faulty_disk_order(call, 0, 0);
    place_end(place);
    return failed;
}

static void live_through(enum faulty_call call, int code, int at_least)
{
    int nth = 1;
    faulty_disk_begin();
    while (live_with(call, nth, code))
        nth++;
    faulty_disk_end();
    if (nth <= at_least)
        fail_msg("call %d: only %d", (int)call, nth);
}

static void every_call_to_the_disk_may_fail(void **state)
{
    (void)state;
    live_through(FAULTY_WRITE, SQLITE_FULL, 10);
    live_through(FAULTY_WRITE, SQLITE_IOERR_WRITE, 10);
    live_through(FAULTY_SYNC, SQLITE_IOERR_FSYNC, 5);
    live_through(FAULTY_READ, SQLITE_IOERR_READ, 5);
    live_through(FAULTY_OPEN, SQLITE_CANTOPEN, 3);
    live_through(FAULTY_DELETE, SQLITE_IOERR_DELETE, 1);
}

/* -- two threads -- */

struct reader {
    struct vb_keys *keys;
    struct key first;
    int wrong;
};

static void *read_until_erased(void *ctx)
{
    struct reader *reader = ctx;
    struct key key;
    struct vb_err err;
    do {
        if (vb_keys_session(reader->keys, "s1", key.bytes, &key.found, &err) != VB_OK ||
            (key.found == VB_KEY_HERE &&
             memcmp(key.bytes, reader->first.bytes, VB_KEY_BYTES) != 0)) {
            reader->wrong++;
            break;
        }
    } while (key.found == VB_KEY_HERE);
    return NULL;
}

static void a_reader_sees_a_key_whole_until_it_is_gone_for_good(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    char id[24];
    make_family(keys);
    struct reader reader = { .keys = keys, .first = session_of(keys, "s1") };
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, read_until_erased, &reader), 0);
    for (int i = 0; i < 20; i++) {
        snprintf(id, sizeof id, "other%d", i);
        make_session(keys, id, "p2");
        destroy(keys, VB_ERASE_SESSION, id); /* forgets all that was remembered */
    }
    destroy(keys, VB_ERASE_PERSON, "p1");
    pthread_join(thread, NULL);
    assert_int_equal(reader.wrong, 0);
    assert_erased(session_of(keys, "s1"));
    vb_keys_close(keys);
}

/* -- sealing -- */

static void what_is_sealed_opens_only_whole_and_where_it_belongs(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    unsigned char key[VB_KEY_BYTES], other[VB_KEY_BYTES];
    struct vb_buf sealed = { 0 }, again = { 0 }, out = { 0 };
    struct vb_err err;
    vb_keys_purpose(keys, "one", key);
    vb_keys_purpose(keys, "two", other);
    vb_seal(keys, key, "an answer", 9, "event 1", &sealed);
    vb_seal(keys, key, "an answer", 9, "event 1", &again);
    assert_int_equal(sealed.len, 9 + VB_SEAL_BYTES);
    assert_memory_not_equal(sealed.data, again.data, sealed.len);
    assert_null(memmem(sealed.data, sealed.len, "answer", 6));
    well(vb_unseal(key, sealed.data, sealed.len, "event 1", &out, &err), &err);
    assert_int_equal(out.len, 9);
    assert_string_equal(out.data, "an answer");
    assert_int_equal(vb_unseal(key, sealed.data, sealed.len, "event 2", &out, &err), VB_E_DATA);
    assert_int_equal(vb_unseal(other, sealed.data, sealed.len, "event 1", &out, &err), VB_E_DATA);
    for (size_t len = 0; len < sealed.len; len++)
        assert_int_equal(vb_unseal(key, sealed.data, len, "event 1", &out, &err), VB_E_DATA);
    for (size_t at = 0; at < sealed.len; at++) {
        sealed.data[at] ^= 4;
        assert_int_equal(vb_unseal(key, sealed.data, sealed.len, "event 1", &out, &err), VB_E_DATA);
        sealed.data[at] ^= 4;
    }
    assert_int_equal(out.len, 9); /* nothing was put by what was refused */
    vb_buf_clear(&sealed);
    vb_seal(keys, key, NULL, 0, "event 1", &sealed);
    well(vb_unseal(key, sealed.data, sealed.len, "event 1", &out, &err), &err);
    assert_int_equal(out.len, 9);
    vb_buf_finish(&sealed);
    vb_buf_finish(&again);
    vb_buf_finish(&out);
    vb_keys_close(keys);
}

static void words_that_run_into_each_other_derive_other_keys(void **state)
{
    (void)state;
    static const unsigned char key[VB_KEY_BYTES] = { 7 };
    unsigned char a[VB_KEY_BYTES], b[VB_KEY_BYTES], c[VB_KEY_BYTES];
    vb_seal_derive(key, "x", (struct vb_seal_word[]){ { "ab", 2 }, { "c", 1 } }, 2, a);
    vb_seal_derive(key, "x", (struct vb_seal_word[]){ { "a", 1 }, { "bc", 2 } }, 2, b);
    vb_seal_derive(key, "xa", (struct vb_seal_word[]){ { "b", 1 }, { "c", 1 } }, 2, c);
    assert_memory_not_equal(a, b, VB_KEY_BYTES);
    assert_memory_not_equal(a, c, VB_KEY_BYTES);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
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
        TEST(keys_are_the_same_after_opening_again),
        TEST(no_two_keys_are_alike),
        TEST(a_key_that_is_made_again_stays_the_first),
        TEST(wishes_are_granted_together_or_not_at_all),
        TEST(a_missing_key_that_was_not_erased_is_told),
        TEST(more_keys_than_are_remembered_are_all_right),
        TEST(a_row_of_keys_db_that_was_changed_is_told),
        TEST(all_that_hangs_on_a_person_goes_with_it),
        TEST(a_session_and_a_picture_end_by_themselves),
        TEST(nothing_is_made_under_who_was_erased),
        TEST(destroying_again_writes_nothing_new),
        TEST(the_list_says_what_was_asked_for_and_what_fell),
        TEST(pictures_end_on_their_date),
        TEST(a_keys_db_that_is_put_back_brings_nothing_back),
        TEST(what_comes_back_under_who_was_erased_goes_again),
        TEST(no_wrapped_key_is_left_in_keys_db),
        TEST(a_torn_last_line_is_passed_over_and_written_anew),
        TEST(a_torn_first_line_is_passed_over),
        TEST(a_line_that_was_changed_taken_out_or_moved_is_named),
        TEST(an_erasure_that_stops_after_its_line_is_carried_on),
        TEST(every_call_to_the_disk_may_fail),
        TEST(a_reader_sees_a_key_whole_until_it_is_gone_for_good),
        TEST(what_is_sealed_opens_only_whole_and_where_it_belongs),
        TEST(words_that_run_into_each_other_derive_other_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
