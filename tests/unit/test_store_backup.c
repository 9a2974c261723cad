/* Copies of what is kept: whole, in their place at once, and what is wrong with one is said. */
#include "tests.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "store/store_backup.h"
#include "store/store_file.h"
#include "store_place.h"

static const int64_t now = 1795255200000; /* 2026-11-21 */
static const int64_t day_ms = 24LL * 60 * 60 * 1000;

struct setting {
    char *place, *data, *into, *keys;
    struct vb_store *store;
    struct vb_arena arena;
    struct vb_err err;
};

static int set_up(void **state)
{
    struct setting *s = vb_new(struct setting);
    s->place = place_make();
    s->data = place_path(s->place, "data");
    s->into = place_path(s->place, "copy");
    s->keys = place_path(s->place, "keys");
    s->store = place_open(s->place);
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    struct setting *s = *state;
    vb_store_destroy(s->store);
    place_end(s->place);
    vb_arena_finish(&s->arena);
    free(s->data);
    free(s->into);
    free(s->keys);
    free(s);
    return 0;
}

static void put(struct setting *s, const char *id)
{
    struct vb_change change = { .kind = VB_PUT_CASE, .case_row = { id, 1000 } };
    assert_int_equal(vb_store_commit(s->store, &change, 1, &s->err), VB_OK);
}

static struct vb_backup head(void)
{
    return (struct vb_backup){
        .id = "b1", .made_at = "2026-11-21T10:00:00Z", .program = "0.1.0", .key = "0123456789abcdef"
    };
}

static enum vb_code make(struct setting *s)
{
    struct vb_backup backup = head();
    return vb_backup_make(&backup, s->data, s->into, &s->err);
}

static enum vb_code check(struct setting *s)
{
    struct vb_backup backup;
    enum vb_code code = vb_backup_read(&backup, s->into, &s->arena, &s->err);
    return code == VB_OK ? vb_backup_check(&backup, s->into, &s->err) : code;
}

static const char *in(struct setting *s, const char *dir, const char *name)
{
    return vb_arena_printf(&s->arena, "%s/%s", dir, name);
}

static void write_at(const char *path, long at, const char *bytes, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes, len, at), (ssize_t)len);
    close(fd);
}

static int count_in(const char *dir)
{
    int count = 0;
    DIR *list = opendir(dir);
    assert_non_null(list);
    for (const struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list))
        count += entry->d_name[0] != '.';
    closedir(list);
    return count;
}

static void a_copy_holds_what_was_committed_while_the_store_is_open(void **state)
{
    struct setting *s = *state;
    put(s, "c-1");
    assert_int_equal(make(s), VB_OK);
    put(s, "c-2");
    assert_int_equal(check(s), VB_OK);
    char *copy = place_path(s->into, "data"); /* a folder as the helpers know one */
    assert_int_equal(mkdir(copy, 0700), 0);
    assert_int_equal(rename(in(s, s->into, "verbond.db"), in(s, copy, "verbond.db")), 0);
    struct vb_store *opened = place_open(s->into);
    struct vb_case_row *rows;
    size_t count;
    assert_int_equal(opened->ops->cases(opened, &s->arena, &rows, &count, &s->err), VB_OK);
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].id, "c-1");
    vb_store_destroy(opened);
    free(copy);
}

static void a_copy_is_for_its_owner_alone_and_one_file_without_a_log(void **state)
{
    struct setting *s = *state;
    struct stat status;
    put(s, "c-1");
    assert_int_equal(make(s), VB_OK);
    assert_int_equal(count_in(s->into), 2); /* verbond.db, manifest.json: nothing was erased */
    assert_int_equal(stat(s->into, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    assert_int_equal(stat(in(s, s->into, "verbond.db"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void the_list_of_erasures_goes_with_it_and_keys_never_do(void **state)
{
    struct setting *s = *state;
    write_at(in(s, s->data, "erasures"), 0, "a list", 6);
    write_at(in(s, s->data, "keys.db"), 0, "SECRET", 6);
    assert_int_equal(make(s), VB_OK);
    assert_int_equal(access(in(s, s->into, "erasures"), F_OK), 0);
    assert_int_not_equal(access(in(s, s->into, "keys.db"), F_OK), 0);
    assert_int_equal(check(s), VB_OK);
}

static void nothing_is_written_over(void **state)
{
    struct setting *s = *state;
    assert_int_equal(mkdir(s->into, 0700), 0);
    assert_int_equal(make(s), VB_OK); /* an empty folder will do */
    assert_int_equal(make(s), VB_E_CONFLICT);
    place_says(&s->err, "not an empty folder");
    assert_int_equal(check(s), VB_OK);
}

static void what_a_try_that_was_cut_off_left_is_in_nobodys_way(void **state)
{
    struct setting *s = *state;
    char *beside = place_path(s->place, "copy.new");
    assert_int_equal(mkdir(beside, 0700), 0);
    write_at(in(s, beside, "verbond.db"), 0, "half", 4);
    assert_int_equal(make(s), VB_OK);
    assert_int_equal(check(s), VB_OK);
    assert_int_not_equal(access(beside, F_OK), 0);
    free(beside);
}

static void a_slash_at_the_end_changes_nothing(void **state)
{
    struct setting *s = *state;
    struct vb_backup backup = head();
    assert_int_equal(vb_backup_make(&backup, s->data, in(s, s->into, ""), &s->err), VB_OK);
    assert_int_equal(check(s), VB_OK);
}

static void damage_is_found_and_named(void **state)
{
    struct setting *s = *state;
    put(s, "c-1");
    write_at(in(s, s->data, "erasures"), 0, "a list", 6);
    assert_int_equal(make(s), VB_OK);
    write_at(in(s, s->into, "verbond.db"), 5000, "x", 1);
    assert_int_equal(check(s), VB_E_DATA);
    place_says(&s->err, "verbond.db is not what the manifest says");
    write_at(in(s, s->into, "verbond.db"), 5000, "\0", 1);
    assert_int_equal(check(s), VB_OK);
    write_at(in(s, s->into, "erasures"), 6, "!", 1);
    assert_int_equal(check(s), VB_E_DATA);
    place_says(&s->err, "erasures is not what the manifest says (7 bytes, it says 6)");
    assert_int_equal(unlink(in(s, s->into, "erasures")), 0);
    assert_int_equal(check(s), VB_E_DATA);
    place_says(&s->err, "erasures is missing");
}

static void a_manifest_that_is_none_is_refused(void **state)
{
    static const struct {
        const char *text, *says;
        enum vb_code code;
    } cases[] = {
        { "{", "manifest.json", VB_E_DATA },
        { "{}", "no manifest", VB_E_DATA },
        { "{\"schema\":\"verbond.backup/2\"}", "no manifest", VB_E_DATA },
        { "{\"schema\":\"verbond.backup/1\"}", "a field is missing", VB_E_DATA },
        { "{\"schema\":\"verbond.backup/1\",\"id\":\"b\",\"made_at\":\"m\",\"verbond\":\"v\","
          "\"key\":\"k\",\"store_schema\":2,\"files\":[{\"name\":\"../x\",\"bytes\":1,"
          "\"digest\":\"sha256:0\"}]}",
          "a field is missing", VB_E_DATA },
        { "{\"schema\":\"verbond.backup/1\",\"id\":\"b\",\"made_at\":\"m\",\"verbond\":\"v\","
          "\"key\":\"k\",\"store_schema\":2,\"files\":[]}",
          "a field is missing", VB_E_DATA },
    };
    struct setting *s = *state;
    struct vb_backup backup;
    assert_int_equal(vb_backup_read(&backup, s->into, &s->arena, &s->err), VB_E_ABSENT);
    place_says(&s->err, "is no backup");
    assert_int_equal(mkdir(s->into, 0700), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = in(s, s->into, "manifest.json");
        unlink(path);
        write_at(path, 0, cases[i].text, strlen(cases[i].text));
        assert_int_equal(vb_backup_read(&backup, s->into, &s->arena, &s->err), cases[i].code);
        place_says(&s->err, cases[i].says);
    }
}

static void a_newer_backup_asks_for_a_newer_verbond(void **state)
{
    struct setting *s = *state;
    struct vb_backup backup;
    assert_int_equal(make(s), VB_OK);
    const char *path = in(s, s->into, "manifest.json");
    struct vb_buf text = { 0 };
    char chunk[4096];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = read(fd, chunk, sizeof chunk - 1);
    close(fd);
    chunk[n] = '\0';
    char *at = strstr(chunk, "\"store_schema\":");
    vb_buf_put(&text, chunk, (size_t)(at - chunk));
    vb_buf_printf(&text, "\"store_schema\":99%s", strchr(at, ','));
    unlink(path);
    write_at(path, 0, text.data, text.len);
    assert_int_equal(vb_backup_read(&backup, s->into, &s->arena, &s->err), VB_E_CONFIG);
    place_says(&s->err, "use a newer verbond");
    vb_buf_finish(&text);
}

/* -- keys -- */

static void make_keys_db(struct setting *s)
{
    assert_int_equal(
        vb_store_file_copy(in(s, s->data, "verbond.db"), in(s, s->data, "keys.db"), &s->err),
        VB_OK); /* any database will do */
}

static struct vb_backup_keys make_keys(struct setting *s, int64_t at, int days)
{
    struct vb_backup_keys made;
    enum vb_code code = vb_backup_keys_make(&made, s->data, s->keys, at, days, &s->arena, &s->err);
    if (code != VB_OK)
        print_error("%s\n", s->err.text);
    assert_int_equal(code, VB_OK);
    return made;
}

static void a_copy_of_the_keys_has_its_end_in_its_name(void **state)
{
    struct setting *s = *state;
    make_keys_db(s);
    struct vb_backup_keys made = make_keys(s, now, 30);
    const char *name = strrchr(made.path, '/') + 1;
    assert_true(vb_starts_with(name, "keys-2026-11-21T"));
    assert_true(vb_ends_with(name, "-until-2026-12-21.db"));
    assert_false(vb_backup_keys_expired(made.path, now + 30 * day_ms));
    assert_true(vb_backup_keys_expired(made.path, now + 31 * day_ms));
    assert_false(vb_backup_keys_expired("keys.db", now));
    assert_false(vb_backup_keys_expired("elsewhere/keys-x-until-2026.db", now));
}

static void the_next_copy_destroys_the_older_ones_and_nothing_else(void **state)
{
    struct setting *s = *state;
    make_keys_db(s);
    struct vb_backup_keys first = make_keys(s, now, 30);
    write_at(in(s, s->keys, "notes.txt"), 0, "mine", 4);
    int held = open(first.path, O_RDONLY | O_CLOEXEC); /* what is left of it under no name */
    struct vb_backup_keys second = make_keys(s, now + day_ms, 30);
    assert_int_equal(first.destroyed, 0);
    assert_int_equal(second.destroyed, 1);
    assert_int_equal(access(second.path, F_OK), 0);
    assert_int_not_equal(access(first.path, F_OK), 0);
    assert_int_equal(access(in(s, s->keys, "notes.txt"), F_OK), 0);
    char chunk[4096];
    for (ssize_t n; (n = read(held, chunk, sizeof chunk)) > 0;)
        for (ssize_t i = 0; i < n; i++)
            assert_int_equal(chunk[i], 0);
    close(held);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_copy_holds_what_was_committed_while_the_store_is_open,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_copy_is_for_its_owner_alone_and_one_file_without_a_log,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_list_of_erasures_goes_with_it_and_keys_never_do, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_written_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_try_that_was_cut_off_left_is_in_nobodys_way, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_slash_at_the_end_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damage_is_found_and_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_manifest_that_is_none_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_newer_backup_asks_for_a_newer_verbond, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_copy_of_the_keys_has_its_end_in_its_name, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_next_copy_destroys_the_older_ones_and_nothing_else,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
