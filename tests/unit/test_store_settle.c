/* test_store_settle.c - what the start of a sealed store sets right: keys that are not its own, and
 * what was kept before anything was sealed. */
#include "sealed_family.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include "faulty_disk.h"
#include "store_place.h"

/* -- keys that belong elsewhere -- */

static void a_keys_db_that_is_missing_is_asked_for(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_err err;
    open_family(sealed);
    sealed_place_close(sealed);
    struct vb_buf keys = keys_place_read(sealed->place, "data/keys.db");
    keys_place_remove(sealed->place, "data/keys.db");
    keys_place_remove(sealed->place, "data/keys.db-journal");
    assert_int_equal(sealed_place_refused(sealed, &err), VB_E_CONFIG);
    place_says(&err, "put your newest copy of keys.db back");
    assert_false(keys_place_has(sealed->place, "data/keys.db"));
    keys_place_write(sealed->place, "data/keys.db", keys.data, keys.len);
    assert_all_there(sealed_place_open(sealed, 1000));
    vb_buf_finish(&keys);
}

static void a_keys_db_of_another_folder_is_refused(void **state)
{
    struct sealed_place *sealed = *state, *other = sealed_place_make();
    struct vb_err err;
    open_family(sealed);
    sealed_place_close(sealed);
    struct vb_buf master = keys_place_read(sealed->place, "key");
    struct vb_buf own = keys_place_read(sealed->place, "data/keys.db");
    keys_place_write(other->place, "key", master.data, master.len); /* one key for both folders */
    open_family(other);
    sealed_place_close(other);
    struct vb_buf strange = keys_place_read(other->place, "data/keys.db");
    keys_place_write(sealed->place, "data/keys.db", strange.data, strange.len);
    assert_int_equal(sealed_place_refused(sealed, &err), VB_E_CONFIG);
    place_says(&err, "is another folder's");
    keys_place_write(sealed->place, "data/keys.db", own.data, own.len);
    assert_all_there(sealed_place_open(sealed, 1000));
    vb_buf_finish(&master);
    vb_buf_finish(&own);
    vb_buf_finish(&strange);
    sealed_place_end(other);
}

static void opening_again_changes_nothing(void **state)
{
    struct sealed_place *sealed = *state;
    open_family(sealed);
    sealed_place_close(sealed);
    struct vb_buf before = keys_place_read(sealed->place, "data/verbond.db");
    sealed_place_open(sealed, 2000);
    assert_int_equal(sealed->ended, 0);
    sealed_place_close(sealed);
    struct vb_buf after = keys_place_read(sealed->place, "data/verbond.db");
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.data, after.data, before.len);
    vb_buf_finish(&before);
    vb_buf_finish(&after);
}

/* -- a database from before sealing -- */

static char *kept_sql(void)
{
    struct vb_buf text = { 0 };
    char block[4096];
    size_t n;
    FILE *file = fopen("tests/fixtures/store/schema-1.sql", "rb");
    if (file == NULL)
        fail_msg("the kept folder is not there: run from the top folder");
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        vb_buf_put(&text, block, n);
    fclose(file);
    return text.data;
}

static void make_kept(const char *place, const char *name)
{
    char *sql = kept_sql(), *said = NULL, *path = place_path(place, name);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, &said) != SQLITE_OK ||
        sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK)
        fail_msg("%s", said);
    sqlite3_close(db);
    free(sql);
    free(path);
}

static void make_old(struct sealed_place *sealed)
{
    char *dir = place_path(sealed->place, "data");
    mkdir(dir, 0700);
    free(dir);
    make_kept(sealed->place, "data/verbond.db");
}

/* What it holds, as text: every person's name, every event, every picture. */
static struct vb_buf dump(struct vb_store *store)
{
    struct vb_buf out = { 0 };
    struct vb_arena arena = { 0 };
    struct vb_err err;
    struct vb_round_row *rounds;
    struct vb_session_row *sessions;
    struct vb_event_row *events;
    struct vb_blob_row *blobs, blob;
    struct vb_person_row person;
    size_t round_count, session_count, count;
    assert_int_equal(store->ops->rounds(store, &arena, &rounds, &round_count, &err), VB_OK);
    for (size_t i = 0; i < round_count; i++) {
        assert_int_equal(
            store->ops->sessions(store, rounds[i].id, &arena, &sessions, &session_count, &err),
            VB_OK);
        for (size_t j = 0; j < session_count; j++) {
            const char *id = sessions[j].id;
            assert_int_equal(store->ops->person(store, sessions[j].person, &arena, &person, &err),
                             VB_OK);
            vb_buf_printf(&out, "%s %s %s\n", id, person.id,
                          person.label == NULL ? "-" : person.label);
            assert_int_equal(store->ops->events(store, id, 1, &arena, &events, &count, &err),
                             VB_OK);
            for (size_t k = 0; k < count; k++) {
                vb_buf_printf(&out, "%d %d %s ", (int)events[k].seq, (int)events[k].erased,
                              events[k].answer_id);
                vb_buf_put(&out, events[k].body, events[k].body_len);
                vb_buf_putc(&out, '\n');
            }
            assert_int_equal(store->ops->session_blobs(store, id, &arena, &blobs, &count, &err),
                             VB_OK);
            for (size_t k = 0; k < count; k++) {
                assert_int_equal(store->ops->blob(store, blobs[k].digest, &arena, &blob, &err),
                                 VB_OK);
                vb_buf_printf(&out, "%s %s %s ", blob.digest, blob.type, blob.session);
                vb_buf_put(&out, blob.bytes, blob.len);
                vb_buf_putc(&out, '\n');
            }
        }
    }
    vb_arena_finish(&arena);
    return out;
}

/* The kept folder as an unsealed store reads it. */
static struct vb_buf plain_dump(void)
{
    char *place = place_make(), *dir = place_path(place, "data");
    mkdir(dir, 0700);
    free(dir);
    make_kept(place, "data/verbond.db");
    struct vb_store *store = place_open(place);
    struct vb_buf text = dump(store);
    vb_store_destroy(store);
    place_end(place);
    return text;
}

static void assert_sealed_as(struct sealed_place *sealed, const struct vb_buf *plain)
{
    struct vb_buf text = dump(sealed->store);
    assert_int_equal(text.len, plain->len);
    assert_memory_equal(text.data, plain->data, plain->len);
    vb_buf_finish(&text);
    assert_int_equal(number(sealed, "SELECT count(*) FROM setting WHERE name = 'sealed.scrub'"), 0);
    static const char *const markers[] = { "\"i\":\"trust",    "\"t\":\"answer\"", "\"t\":\"opened",
                                           "pasv81cfxx0b56cf", "image/png",        "Zo\xc3\xab" };
    for (int closed = 0; closed < 2; closed++) {
        for (size_t i = 0; i < sizeof markers / sizeof *markers; i++)
            if (sealed_place_finds(sealed, markers[i], strlen(markers[i])) > 0)
                fail_msg("%s is still in the folder", markers[i]);
        sealed_place_close(sealed);
    }
}

static void what_was_kept_before_is_sealed_at_the_first_opening(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_buf plain = plain_dump();
    make_old(sealed);
    assert_true(sealed_place_finds(sealed, "\"t\":\"answer\"", 12) > 50); /* the control */
    sealed_place_open(sealed, 1000);
    assert_sealed_as(sealed, &plain);
    sealed_place_open(sealed, 2000);
    assert_sealed_as(sealed, &plain);
    vb_buf_finish(&plain);
}

/* Whichever call fails meanwhile: the next opening has all of it sealed, and nothing is lost. */
static bool seal_with(enum faulty_call call, int nth, int code, const struct vb_buf *plain)
{
    struct sealed_place *sealed = sealed_place_make();
    struct vb_err err;
    make_old(sealed);
    faulty_disk_order(call, nth, code);
    enum vb_code said = sealed_place_refused(sealed, &err); /* opens and closes */
    bool failed = faulty_disk_failed();
    faulty_disk_order(call, 0, 0);
    if (said != VB_OK && !failed)
        fail_msg("%s", err.text);
    sealed_place_open(sealed, 1000);
    assert_sealed_as(sealed, plain);
    sealed_place_end(sealed);
    return failed;
}

static void every_call_may_fail_while_it_seals_what_was_kept_before(void **state)
{
    (void)state;
    static const struct {
        enum faulty_call call;
        int code, step;
    } kinds[] = { { FAULTY_WRITE, SQLITE_FULL, 31 },
                  { FAULTY_WRITE, SQLITE_IOERR_WRITE, 37 },
                  { FAULTY_SYNC, SQLITE_IOERR_FSYNC, 2 },
                  { FAULTY_TRUNCATE, SQLITE_IOERR_TRUNCATE, 1 } };
    struct vb_buf plain = plain_dump();
    faulty_disk_begin();
    for (int i = 0; i < 4; i++) {
        int nth = 1;
        while (seal_with(kinds[i].call, nth, kinds[i].code, &plain))
            nth += kinds[i].step;
        assert_true(nth > 1); /* it did meet some */
    }
    faulty_disk_end();
    vb_buf_finish(&plain);
}

int main(void)
{
#define TEST(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, sealed_place_set_up, sealed_place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_keys_db_that_is_missing_is_asked_for),
        TEST(a_keys_db_of_another_folder_is_refused),
        TEST(opening_again_changes_nothing),
        TEST(what_was_kept_before_is_sealed_at_the_first_opening),
        TEST(every_call_may_fail_while_it_seals_what_was_kept_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
