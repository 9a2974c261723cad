/* test_keys.c - keys while they are there: the tree, two threads, sealing. */
#include "tests.h"

#include <pthread.h>
#include <sodium.h>
#include <sqlite3.h>

#include "keys_place.h"
#include "store/keys_inner.h"
#include "store_place.h"

/* -- the tree -- */

static void keys_are_the_same_after_opening_again(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    keys_make_family(keys);
    struct key before[] = { keys_person_of(keys, "p1"), keys_session_of(keys, "s1"),
                            keys_session_of(keys, "joint"), keys_about_of(keys, "s1", "p2"),
                            keys_blob_of(keys, "s1", "name-1") };
    keys = keys_place_reopen(*state, keys);
    struct key after[] = { keys_person_of(keys, "p1"), keys_session_of(keys, "s1"),
                           keys_session_of(keys, "joint"), keys_about_of(keys, "s1", "p2"),
                           keys_blob_of(keys, "s1", "name-1") };
    for (int i = 0; i < 5; i++)
        keys_assert_same(before[i], after[i]);
    vb_keys_close(keys);
}

static void no_two_keys_are_alike(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    keys_make_family(keys);
    struct key all[] = { keys_person_of(keys, "p1"),
                         keys_person_of(keys, "p2"),
                         keys_session_of(keys, "s1"),
                         keys_session_of(keys, "s2"),
                         keys_session_of(keys, "joint"),
                         keys_about_of(keys, "s1", "p1"),
                         keys_about_of(keys, "s1", "p2"),
                         keys_about_of(keys, "s2", "p1"),
                         keys_blob_of(keys, "s1", "name-1"),
                         keys_blob_of(keys, "s1", "name-2"),
                         { .found = VB_KEY_HERE },
                         { .found = VB_KEY_HERE },
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
    keys_make_family(keys);
    struct key person = keys_person_of(keys, "p1"), session = keys_session_of(keys, "s1");
    keys_make_family(keys);
    keys_make_session(keys, "s1", "p2");
    keys = keys_place_reopen(*state, keys);
    keys_make_family(keys);
    keys_assert_same(person, keys_person_of(keys, "p1"));
    keys_assert_same(session, keys_session_of(keys, "s1"));
    keys_destroy(keys, VB_ERASE_PERSON, "p2");
    keys_assert_same(session, keys_session_of(keys, "s1")); /* it still hangs on p1 alone */
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
    place_says(&err, "p9");
    assert_int_equal(vb_keys_session(keys, "s1", key, &found, &err), VB_E_CONFIG);
    assert_int_equal(vb_keys_person(keys, "p1", key, &found, &err), VB_E_CONFIG);
    keys_well(vb_keys_make(keys, wishes, 2, &err), &err);
    struct key session = keys_session_of(keys, "s1");
    keys = keys_place_reopen(*state, keys);
    keys_assert_same(session, keys_session_of(keys, "s1"));
    vb_keys_close(keys);
}

static void a_missing_key_that_was_not_erased_is_told(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_err err;
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found;
    keys_make_family(keys);
    assert_int_equal(vb_keys_session(keys, "s7", key, &found, &err), VB_E_CONFIG);
    place_says(&err, "no key of session s7");
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
    keys_make_person(keys, "p1");
    for (int i = 0; i < MANY; i++) {
        snprintf(ids[i], sizeof ids[i], "s%d", i);
        wishes[i] = (struct vb_key_wish){
            .what = VB_ERASE_SESSION, .id = ids[i], .persons = &p1, .person_count = 1
        };
    }
    keys_well(vb_keys_make(keys, wishes, MANY, &err), &err);
    for (int i = 0; i < MANY; i++)
        first[i] = keys_session_of(keys, ids[i]);
    for (int i = 0; i < MANY; i++)
        keys_assert_same(first[i], keys_session_of(keys, ids[i]));
    vb_keys_close(keys);
}

static void a_row_of_keys_db_that_was_changed_is_told(void **state)
{
    struct vb_keys *keys = keys_place_open(*state);
    struct vb_err err;
    unsigned char key[VB_KEY_BYTES];
    enum vb_key_found found;
    sqlite3 *db;
    keys_make_family(keys);
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
    place_says(&err, "the key of session s1 was changed");
    assert_int_equal(vb_keys_session(keys, "joint", key, &found, &err), VB_E_DATA);
    assert_int_equal(vb_keys_session(keys, "s2", key, &found, &err), VB_OK);
    vb_keys_close(keys);
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
    keys_make_family(keys);
    struct reader reader = { .keys = keys, .first = keys_session_of(keys, "s1") };
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, read_until_erased, &reader), 0);
    for (int i = 0; i < 20; i++) {
        snprintf(id, sizeof id, "other%d", i);
        keys_make_session(keys, id, "p2");
        keys_destroy(keys, VB_ERASE_SESSION, id); /* forgets all that was remembered */
    }
    keys_destroy(keys, VB_ERASE_PERSON, "p1");
    pthread_join(thread, NULL);
    assert_int_equal(reader.wrong, 0);
    keys_assert_erased(keys_session_of(keys, "s1"));
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
    keys_well(vb_unseal(key, sealed.data, sealed.len, "event 1", &out, &err), &err);
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
    keys_well(vb_unseal(key, sealed.data, sealed.len, "event 1", &out, &err), &err);
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
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_set_up, place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(keys_are_the_same_after_opening_again),
        TEST(no_two_keys_are_alike),
        TEST(a_key_that_is_made_again_stays_the_first),
        TEST(wishes_are_granted_together_or_not_at_all),
        TEST(a_missing_key_that_was_not_erased_is_told),
        TEST(more_keys_than_are_remembered_are_all_right),
        TEST(a_row_of_keys_db_that_was_changed_is_told),
        TEST(a_reader_sees_a_key_whole_until_it_is_gone_for_good),
        TEST(what_is_sealed_opens_only_whole_and_where_it_belongs),
        TEST(words_that_run_into_each_other_derive_other_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
