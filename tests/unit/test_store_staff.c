/* What the sealed store promises of accounts and tokens: no secret and no name in a file, a row
 * that was moved is named, and a token falls with the key of the person it is for. */
#include "store_suite.h"

#include "sealed_place.h"
#include "store_place.h"

static struct vb_change account(void)
{
    return (struct vb_change){ .kind = VB_PUT_STAFF,
                               .staff = { .name = "els",
                                          .roles = "worker",
                                          .secrets = "{\"password\":\"MARKER-PASSWORD\"}" } };
}

static struct vb_change seat(const char *hash, const char *person, const char *body)
{
    return (struct vb_change){ .kind = VB_PUT_TOKEN,
                               .token = { .hash = hash,
                                          .kind = VB_TOKEN_SEAT,
                                          .round = "round-1",
                                          .person = person,
                                          .body = body,
                                          .until_wall_ms = 9000 } };
}

static int set_up(void **state)
{
    struct sealed_place *sealed = sealed_place_make();
    sealed_place_open(sealed, 1000);
    suite_begin_round(sealed->store);
    suite_one(sealed->store, account());
    suite_one(sealed->store, seat("h1", "p1", "{\"label\":\"MARKER-KNOWN\"}"));
    suite_one(sealed->store, seat("h2", NULL, "{\"label\":\"MARKER-UNKNOWN\"}"));
    *state = sealed;
    return 0;
}

static enum vb_code read_tokens(struct sealed_place *sealed, struct vb_arena *arena,
                                struct vb_token_row **rows, size_t *count, struct vb_err *err)
{
    return sealed->store->ops->tokens(sealed->store, &(struct vb_token_query){ 0 }, arena, rows,
                                      count, err);
}

static void no_secret_and_no_name_is_in_a_file(void **state)
{
    static const char *const markers[] = { "MARKER-PASSWORD", "MARKER-KNOWN", "MARKER-UNKNOWN" };
    struct sealed_place *sealed = *state;
    for (int open = 1; open >= 0; open--) {
        for (int i = 0; i < 3; i++)
            assert_int_equal(sealed_place_finds(sealed, markers[i], strlen(markers[i])), 0);
        sealed_place_close(sealed);
    }
}

static void what_was_sealed_is_read_by_the_next_opening(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_arena arena = { 0 };
    struct vb_staff_row *staff;
    struct vb_token_row *tokens;
    struct vb_err err;
    size_t count;
    sealed_place_close(sealed);
    sealed_place_open(sealed, 1000);
    assert_int_equal(read_tokens(sealed, &arena, &tokens, &count, &err), VB_OK);
    assert_int_equal(count, 2);
    assert_string_equal(tokens[0].body, "{\"label\":\"MARKER-KNOWN\"}");
    assert_string_equal(tokens[1].body, "{\"label\":\"MARKER-UNKNOWN\"}");
    assert_int_equal(sealed->store->ops->staff(sealed->store, "", &arena, &staff, &count, &err),
                     VB_OK);
    assert_string_equal(staff[0].secrets, "{\"password\":\"MARKER-PASSWORD\"}");
    vb_arena_finish(&arena);
}

/* Somebody with the file in hand gives one account the password of another, or one round's seat to
 * another round. */
static void a_row_that_was_moved_is_named(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_arena arena = { 0 };
    struct vb_staff_row *staff;
    struct vb_token_row *tokens;
    struct vb_err err;
    size_t count;
    sealed_place_close(sealed);
    place_sql(sealed->place, "UPDATE staff SET name = 'anna'; UPDATE token SET round = NULL");
    sealed_place_open(sealed, 1000);
    assert_int_equal(sealed->store->ops->staff(sealed->store, "", &arena, &staff, &count, &err),
                     VB_E_DATA);
    assert_non_null(strstr(err.text, "the account of anna"));
    assert_int_equal(read_tokens(sealed, &arena, &tokens, &count, &err), VB_E_DATA);
    assert_non_null(strstr(err.text, "token h1"));
    vb_arena_finish(&arena);
}

/* As a copy of the database from before has it. */
static void a_token_cannot_be_read_without_the_key_of_its_person(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_arena arena = { 0 };
    struct vb_token_row *tokens;
    struct vb_err err;
    size_t count;
    assert_int_equal(vb_keys_destroy(sealed->keys, VB_ERASE_PERSON, "p1", &err), VB_OK);
    assert_int_equal(read_tokens(sealed, &arena, &tokens, &count, &err), VB_OK);
    assert_string_equal(tokens[0].body, "");
    assert_true(tokens[0].over);
    assert_false(tokens[1].over);
    vb_arena_finish(&arena);
}

/* The list of erasures reaches a database that was put back. */
static void an_erasure_ends_tokens_of_a_database_from_before(void **state)
{
    struct sealed_place *sealed = *state;
    struct vb_arena arena = { 0 };
    struct vb_token_row *tokens;
    struct vb_err err;
    size_t count;
    sealed_place_close(sealed);
    struct vb_buf before = keys_place_read(sealed->place, "data/verbond.db");
    sealed_place_open(sealed, 1000);
    suite_one(sealed->store, suite_erase(VB_ERASE_PERSON, "p1"));
    sealed_place_close(sealed);
    keys_place_write(sealed->place, "data/verbond.db", before.data, before.len);
    vb_buf_finish(&before);
    sealed_place_open(sealed, 2000);
    assert_int_equal(read_tokens(sealed, &arena, &tokens, &count, &err), VB_OK);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        assert_true(tokens[i].over);
        assert_string_equal(tokens[i].body, "");
    }
    vb_arena_finish(&arena);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, sealed_place_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(no_secret_and_no_name_is_in_a_file),
        TEST(what_was_sealed_is_read_by_the_next_opening),
        TEST(a_row_that_was_moved_is_named),
        TEST(a_token_cannot_be_read_without_the_key_of_its_person),
        TEST(an_erasure_ends_tokens_of_a_database_from_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
