/* What somebody is known by: tokens, short codes, passwords, codes of an app, and how often they
 * may be tried. Nothing here touches a store. */
#include "tests.h"

#include <sodium.h>
#include <string.h>

#include "base/str.h"
#include "least_cost.h"
#include "serve/account.h"
#include "serve/limit.h"
#include "serve/token.h"
#include "serve/totp.h"

static const struct vb_random *chance(void)
{
    static struct vb_random random;
    random = vb_random_system();
    return &random;
}

/* -- tokens -- */

static void a_token_has_256_bits_and_only_its_hash_is_kept(void **state)
{
    (void)state;
    char token[VB_TOKEN_SIZE], other[VB_TOKEN_SIZE], hash[VB_TOKEN_HASH_SIZE];
    char again[VB_TOKEN_HASH_SIZE];
    vb_token_make(chance(), token);
    vb_token_make(chance(), other);
    assert_int_equal(strlen(token), 43);
    assert_string_not_equal(token, other);
    assert_true(vb_token_hash(token, hash));
    assert_true(vb_token_hash(token, again));
    assert_string_equal(hash, again);
    assert_int_equal(strlen(hash), 64);
    assert_null(strstr(hash, token));
    assert_true(vb_token_hash(other, again));
    assert_string_not_equal(hash, again);
}

static void what_is_no_token_has_no_hash(void **state)
{
    (void)state;
    char hash[VB_TOKEN_HASH_SIZE];
    assert_false(vb_token_hash(NULL, hash));
    assert_false(vb_token_hash("", hash));
    assert_false(vb_token_hash("abc", hash));
    assert_false(vb_token_hash("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", hash));
    assert_false(vb_token_hash("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'", hash));
}

static void the_pages_token_is_not_the_cookies(void **state)
{
    (void)state;
    char token[VB_TOKEN_SIZE], csrf[VB_TOKEN_SIZE], again[VB_TOKEN_SIZE];
    vb_token_make(chance(), token);
    vb_token_csrf(token, csrf);
    vb_token_csrf(token, again);
    assert_string_equal(csrf, again);
    assert_string_not_equal(csrf, token);
    assert_true(vb_token_same(csrf, again));
    assert_false(vb_token_same(csrf, token));
    assert_false(vb_token_same(csrf, NULL));
    assert_false(vb_token_same(NULL, NULL));
    assert_false(vb_token_same(csrf, "short"));
}

/* -- short codes -- */

static void a_short_code_forgives_case_dashes_and_look_alikes(void **state)
{
    (void)state;
    char code[VB_CODE_LENGTH + 1];
    assert_true(vb_code_read("k7mq-2xwd", code));
    assert_string_equal(code, "K7MQ2XWD");
    assert_true(vb_code_read(" K7MQ 2XWD ", code));
    assert_string_equal(code, "K7MQ2XWD");
    assert_true(vb_code_read("k7mqzxwd", code)); /* Z for 2 */
    assert_string_equal(code, "K7MQ2XWD");
    assert_true(vb_code_read("SBUZ-sbuz", code));
    assert_string_equal(code, "58V258V2");
}

static void what_cannot_be_a_code_is_none(void **state)
{
    (void)state;
    static const char *const wrong[] = { "",          "K7MQ-2XW",     "K7MQ-2XWDA",
                                         "K7MQ-2XW0", "K7MQ-2XW\xc3", "K7MQ'2XWD",
                                         "OOOO-OOOO", "11111111" };
    char code[VB_CODE_LENGTH + 1];
    assert_false(vb_code_read(NULL, code));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (vb_code_read(wrong[i], code))
            fail_msg("\"%s\" was read as %s", wrong[i], code);
}

static void every_code_that_is_made_can_be_typed(void **state)
{
    (void)state;
    char shown[VB_CODE_SHOWN_SIZE], code[VB_CODE_LENGTH + 1];
    for (int i = 0; i < 500; i++) {
        vb_code_make(chance(), shown);
        assert_int_equal(strlen(shown), 9);
        assert_int_equal(shown[4], '-');
        assert_true(vb_code_read(shown, code));
        assert_memory_equal(code, shown, 4);
        assert_memory_equal(code + 4, shown + 5, 4);
    }
}

static void a_codes_hash_depends_on_the_house(void **state)
{
    (void)state;
    char salt[VB_CODE_SALT_SIZE], other[VB_CODE_SALT_SIZE];
    char hash[VB_TOKEN_HASH_SIZE], again[VB_TOKEN_HASH_SIZE];
    struct vb_err err;
    vb_code_salt(chance(), salt);
    vb_code_salt(chance(), other);
    assert_int_equal(vb_code_hash(&least_cost, "K7MQ2XWD", salt, hash, &err), VB_OK);
    assert_int_equal(vb_code_hash(&least_cost, "K7MQ2XWD", salt, again, &err), VB_OK);
    assert_string_equal(hash, again);
    assert_int_equal(vb_code_hash(&least_cost, "K7MQ2XWD", other, again, &err), VB_OK);
    assert_string_not_equal(hash, again);
    assert_int_equal(vb_code_hash(&least_cost, "K7MQ2XWD", "what", again, &err), VB_E_DATA);
}

/* The numbers are written out here: 16 MiB, two passes. */
static void a_code_is_hashed_at_full_cost_unless_another_is_given(void **state)
{
    (void)state;
    static const char salt[] = "000102030405060708090a0b0c0d0e0f";
    unsigned char salted[crypto_pwhash_SALTBYTES], bytes[32];
    char hash[VB_TOKEN_HASH_SIZE], expected[VB_TOKEN_HASH_SIZE];
    struct vb_err err;
    for (size_t i = 0; i < sizeof salted; i++)
        salted[i] = (unsigned char)i;
    assert_int_equal(crypto_pwhash(bytes, sizeof bytes, "K7MQ2XWD", 8, salted, 2, 16777216,
                                   crypto_pwhash_ALG_ARGON2ID13),
                     0);
    sodium_bin2hex(expected, sizeof expected, bytes, sizeof bytes);
    assert_int_equal(vb_code_hash(NULL, "K7MQ2XWD", salt, hash, &err), VB_OK);
    assert_string_equal(hash, expected);
    assert_int_equal(vb_code_hash(&least_cost, "K7MQ2XWD", salt, hash, &err), VB_OK);
    assert_string_not_equal(hash, expected);
}

/* -- passwords and roles -- */

static void a_password_is_long_and_anything_else_goes(void **state)
{
    (void)state;
    struct vb_err err;
    assert_int_equal(vb_password_check("correct horse", "els", &err), VB_OK);
    assert_int_equal(vb_password_check("zéér lang!", "els", &err), VB_OK);
    assert_int_equal(vb_password_check("123456789", "els", &err), VB_E_DATA);
    assert_non_null(strstr(err.text, "at least 10 characters"));
    assert_int_equal(vb_password_check("éééééé", "els", &err), VB_E_DATA); /* 12 bytes, 6 letters */
    assert_int_equal(vb_password_check("elsbethjans", "elsbethjans", &err), VB_E_DATA);
    assert_int_equal(vb_password_check("0123456789\n", "els", &err), VB_E_DATA);
    assert_int_equal(vb_password_check("0123456789\xff", "els", &err), VB_E_DATA);
}

static void a_password_fits_its_own_hash_alone(void **state)
{
    (void)state;
    char hash[VB_PASSWORD_HASH_SIZE], again[VB_PASSWORD_HASH_SIZE];
    struct vb_err err;
    assert_int_equal(vb_password_hash(NULL, "correct horse", hash, &err), VB_OK);
    assert_int_equal(vb_password_hash(&least_cost, "correct horse", again, &err), VB_OK);
    assert_true(vb_starts_with(hash, "$argon2id$v=19$m=65536,t=2,p=1$"));
    assert_string_not_equal(hash, again);
    assert_true(vb_password_fits("correct horse", hash));
    assert_false(vb_password_fits("correct horsf", hash));
    assert_false(vb_password_fits("", hash));
}

/* Else a name that is no account could be told by the time its refusal takes. */
static void the_hash_of_nobody_costs_what_any_other_does(void **state)
{
    (void)state;
    char hash[VB_PASSWORD_HASH_SIZE];
    struct vb_err err;
    assert_int_equal(vb_password_hash(NULL, "correct horse", hash, &err), VB_OK);
    size_t cost = (size_t)(strstr(hash, ",p=1$") - hash);
    assert_memory_equal(hash, vb_password_nobody(), cost);
    assert_int_equal(strlen(hash), strlen(vb_password_nobody()));
    assert_false(vb_password_fits("correct horse", vb_password_nobody()));
}

static void a_made_password_is_long_enough_and_new(void **state)
{
    (void)state;
    char made[VB_PASSWORD_MADE_SIZE], other[VB_PASSWORD_MADE_SIZE];
    struct vb_err err;
    vb_password_make(chance(), made);
    vb_password_make(chance(), other);
    assert_int_equal(strlen(made), 23);
    assert_string_not_equal(made, other);
    assert_int_equal(vb_password_check(made, "els", &err), VB_OK);
}

static void roles_are_read_and_written_in_one_order(void **state)
{
    (void)state;
    struct vb_arena arena = { 0 };
    struct vb_err err;
    uint32_t roles;
    assert_int_equal(vb_account_roles("admin,worker", &roles, &err), VB_OK);
    assert_int_equal(roles, VB_WORKER | VB_ADMIN);
    assert_string_equal(vb_account_role_list(&arena, roles), "worker,admin");
    assert_int_equal(vb_account_roles("privacy", &roles, &err), VB_OK);
    assert_int_equal(roles, VB_PRIVACY);
    assert_int_equal(vb_account_roles("researcher,convener", &roles, &err), VB_E_DATA);
    assert_non_null(strstr(err.text, "do you mean convenor"));
    assert_int_equal(vb_account_roles("", &roles, &err), VB_E_DATA);
    assert_int_equal(vb_account_roles("worker,", &roles, &err), VB_E_DATA);
    vb_arena_finish(&arena);
}

static void a_name_is_small_letters(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",         "Els",    "1els",
        "els jans", "els/..", "él",
        "-els",     "els\n",  "abcdefghijklmnopqrstuvwxyzabcdefg"
    };
    struct vb_err err;
    assert_int_equal(vb_account_name("els", &err), VB_OK);
    assert_int_equal(vb_account_name("els.jans-2_b", &err), VB_OK);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(vb_account_name(wrong[i], &err), VB_E_DATA);
}

static void secrets_come_back_as_they_were_written(void **state)
{
    (void)state;
    struct vb_arena arena = { 0 };
    const struct vb_secrets put = { "$argon2id$\"x", "ABCDEFGH", INT64_C(60000000000) };
    struct vb_staff_row row = { .name = "els", .secrets = vb_secrets_write(&arena, &put) };
    struct vb_secrets got;
    struct vb_err err;
    assert_int_equal(vb_secrets_read(&arena, &row, &got, &err), VB_OK);
    assert_string_equal(got.password, put.password);
    assert_string_equal(got.totp, put.totp);
    assert_int_equal(got.step, put.step);
    row.secrets = "{}";
    assert_int_equal(vb_secrets_read(&arena, &row, &got, &err), VB_E_DATA);
    assert_non_null(strstr(err.text, "els"));
    vb_arena_finish(&arena);
}

/* -- codes of an app -- */

/* RFC 6238, appendix B: SHA-1, 8 digits. */
static void the_vectors_of_rfc_6238_hold(void **state)
{
    (void)state;
    static const struct {
        int64_t second;
        uint32_t code;
    } vectors[] = { { 59, 94287082 },         { 1111111109, 7081804 },  { 1111111111, 14050471 },
                    { 1234567890, 89005924 }, { 2000000000, 69279037 }, { 20000000000, 65353130 } };
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++)
        assert_int_equal(vb_totp_at((const unsigned char *)"12345678901234567890", 20,
                                    vectors[i].second / VB_TOTP_STEP_S, 8),
                         vectors[i].code);
}

/* The secret of the vectors, in base 32. */
static const char rfc_secret[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

static void a_code_fits_one_step_on_either_side(void **state)
{
    (void)state;
    int64_t step;
    /* 287082 is the code of second 59, step 1. */
    static const int64_t fits[] = { 0, 29999, 30000, 59999, 60000, 89999 };
    for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
        assert_true(vb_totp_fits(rfc_secret, "287082", fits[i], 0, &step));
        assert_int_equal(step, 1);
    }
    assert_false(vb_totp_fits(rfc_secret, "287082", 90000, 0, &step));
    assert_false(vb_totp_fits(rfc_secret, "287083", 59000, 0, &step));
}

static void a_step_is_used_once(void **state)
{
    (void)state;
    int64_t step;
    assert_true(vb_totp_fits(rfc_secret, "287 082", 59000, 0, &step));
    assert_false(vb_totp_fits(rfc_secret, "287082", 59000, step, &step));
    assert_false(vb_totp_fits(rfc_secret, "287082", 59000, 2, &step));
}

static void what_is_no_code_fits_nothing(void **state)
{
    (void)state;
    int64_t step;
    assert_false(vb_totp_fits(rfc_secret, NULL, 59000, 0, &step));
    assert_false(vb_totp_fits(rfc_secret, "", 59000, 0, &step));
    assert_false(vb_totp_fits(rfc_secret, "2870820", 59000, 0, &step));
    assert_false(vb_totp_fits(rfc_secret, "28708x", 59000, 0, &step));
    assert_false(vb_totp_fits("short", "287082", 59000, 0, &step));
    assert_false(vb_totp_fits(NULL, "287082", 59000, 0, &step));
}

static void a_made_secret_can_be_read_again(void **state)
{
    (void)state;
    char secret[VB_TOTP_SECRET_SIZE], other[VB_TOTP_SECRET_SIZE];
    struct vb_buf uri = { 0 };
    int64_t step;
    vb_totp_secret(chance(), secret);
    vb_totp_secret(chance(), other);
    assert_int_equal(strlen(secret), 32);
    assert_string_not_equal(secret, other);
    assert_false(vb_totp_fits(secret, "12345x", 59000, 0, &step));
    vb_totp_uri(&uri, "els", rfc_secret);
    assert_string_equal(uri.data, "otpauth://totp/verbond:els?secret="
                                  "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=verbond");
    vb_buf_finish(&uri);
}

/* -- limits -- */

static int tries(struct vb_limits *limits, const char *kind, const char *key, int64_t now_ms)
{
    int count = 0;
    while (count < 1000 && vb_limits_take(limits, kind, key, now_ms) == 0)
        count++;
    return count;
}

static void an_account_may_be_tried_ten_times_and_then_now_and_again(void **state)
{
    (void)state;
    struct vb_limits *limits = vb_limits_create();
    assert_int_equal(tries(limits, "account", "els", 5000), 10);
    assert_int_equal(vb_limits_take(limits, "account", "els", 5000), 30000);
    assert_int_equal(tries(limits, "account", "anna", 5000), 10); /* somebody else's are theirs */
    assert_int_equal(tries(limits, "account", "els", 34999), 0);
    assert_int_equal(tries(limits, "account", "els", 35000), 1);
    assert_int_equal(tries(limits, "account", "els", 5000 + 3600000), 10);
    vb_limits_destroy(limits);
}

static void what_fitted_does_not_count(void **state)
{
    (void)state;
    struct vb_limits *limits = vb_limits_create();
    for (int i = 0; i < 200; i++) {
        assert_int_equal(vb_limits_take(limits, "address", "10.0.0.1", 1000), 0);
        vb_limits_give_back(limits, "address", "10.0.0.1", 1000);
    }
    assert_int_equal(tries(limits, "address", "10.0.0.1", 1000), 30);
    vb_limits_give_back(limits, "address", "10.0.0.2", 1000); /* nothing was taken */
    assert_int_equal(tries(limits, "address", "10.0.0.2", 1000), 30);
    vb_limits_destroy(limits);
}

static void kinds_are_counted_apart(void **state)
{
    (void)state;
    struct vb_limits *limits = vb_limits_create();
    assert_int_equal(tries(limits, "code", "x", 0), 20);
    assert_int_equal(tries(limits, "codes", "", 0), 120);
    assert_int_equal(tries(limits, "handover", "x", 0), 10);
    assert_int_equal(tries(limits, "pause", "x", 0), 10);
    vb_limits_destroy(limits);
}

/* Somebody with a million addresses takes no more memory, and frees nobody who is being tried. */
static void a_flood_of_keys_is_bounded(void **state)
{
    (void)state;
    struct vb_limits *limits = vb_limits_create();
    char key[32];
    assert_int_equal(tries(limits, "account", "els", 1000), 10);
    for (int i = 0; i < 100000; i++) {
        snprintf(key, sizeof key, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);
        vb_limits_take(limits, "address", key, 1000);
    }
    assert_true(vb_limits_count(limits) <= VB_LIMIT_KEYS);
    assert_int_equal(tries(limits, "account", "els", 1000), 0);
    vb_limits_destroy(limits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_has_256_bits_and_only_its_hash_is_kept),
        cmocka_unit_test(what_is_no_token_has_no_hash),
        cmocka_unit_test(the_pages_token_is_not_the_cookies),
        cmocka_unit_test(a_short_code_forgives_case_dashes_and_look_alikes),
        cmocka_unit_test(what_cannot_be_a_code_is_none),
        cmocka_unit_test(every_code_that_is_made_can_be_typed),
        cmocka_unit_test(a_codes_hash_depends_on_the_house),
        cmocka_unit_test(a_code_is_hashed_at_full_cost_unless_another_is_given),
        cmocka_unit_test(a_password_is_long_and_anything_else_goes),
        cmocka_unit_test(a_password_fits_its_own_hash_alone),
        cmocka_unit_test(the_hash_of_nobody_costs_what_any_other_does),
        cmocka_unit_test(a_made_password_is_long_enough_and_new),
        cmocka_unit_test(roles_are_read_and_written_in_one_order),
        cmocka_unit_test(a_name_is_small_letters),
        cmocka_unit_test(secrets_come_back_as_they_were_written),
        cmocka_unit_test(the_vectors_of_rfc_6238_hold),
        cmocka_unit_test(a_code_fits_one_step_on_either_side),
        cmocka_unit_test(a_step_is_used_once),
        cmocka_unit_test(what_is_no_code_fits_nothing),
        cmocka_unit_test(a_made_secret_can_be_read_again),
        cmocka_unit_test(an_account_may_be_tried_ten_times_and_then_now_and_again),
        cmocka_unit_test(what_fitted_does_not_count),
        cmocka_unit_test(kinds_are_counted_apart),
        cmocka_unit_test(a_flood_of_keys_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
