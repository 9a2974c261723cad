/* test_host_load.c - what a plugin's struct may look like, and the options it declares and is
 * given.
 *
 * Whole plugins of other versions are in tests/output, see test_delivery.c. */
#include "tests.h"

#include "base/buf.h"
#include "include/verbond/output.h"
#include "outbox/host.h"
#include "outbox/options.h"

/* -- the struct ------------------------------------------------------------------------------- */

static void *open_nothing(const struct vb_output_host *host, char *error, size_t error_size)
{
    (void)host;
    (void)error;
    (void)error_size;
    return NULL;
}
static int deliver_nothing(void *self, const struct vb_output_delivery *delivery,
                           struct vb_output_answer *answer)
{
    (void)self;
    (void)delivery;
    (void)answer;
    return VB_OUTPUT_RETRY;
}
static void close_nothing(void *self)
{
    (void)self;
}

static struct vb_output good(const struct vb_output_option *options, size_t count)
{
    return (struct vb_output){
        .size = sizeof(struct vb_output),
        .abi_major = VB_OUTPUT_ABI_MAJOR,
        .abi_minor = VB_OUTPUT_ABI_MINOR,
        .name = "good",
        .summary = "is good",
        .options = options,
        .option_count = count,
        .option_size = sizeof(struct vb_output_option),
        .open = open_nothing,
        .deliver = deliver_nothing,
        .close = close_nothing,
    };
}

static void refused(const struct vb_output *raw, const char *message)
{
    struct vb_output_loaded *loaded = NULL;
    struct vb_err err;
    assert_int_equal(vb_output_read(&loaded, raw, NULL, &err), VB_E_CONFIG);
    assert_null(loaded);
    assert_string_equal(err.text, message);
}

static void a_struct_of_this_version_is_taken_whole(void **state)
{
    (void)state;
    static const struct vb_output_option option = { .name = "a", .example = "b", .help = "c" };
    const struct vb_output raw = good(&option, 1);
    struct vb_output_loaded *loaded;
    struct vb_err err;
    assert_int_equal(vb_output_read(&loaded, &raw, "good.so", &err), VB_OK);
    const struct vb_output *output = vb_output_loaded_get(loaded);
    assert_string_equal(output->name, "good");
    assert_true(output->close == close_nothing);
    assert_int_equal(output->option_count, 1);
    assert_string_equal(output->options[0].help, "c");
    vb_output_unload(loaded);
    vb_output_unload(NULL);
}

static void what_lies_behind_a_shorter_struct_is_not_read(void **state)
{
    (void)state;
    struct vb_output raw = good(NULL, 7);
    struct vb_output_loaded *loaded;
    struct vb_err err;
    raw.size = offsetof(struct vb_output, close);
    assert_int_equal(vb_output_read(&loaded, &raw, NULL, &err), VB_OK);
    assert_true(vb_output_loaded_get(loaded)->close == NULL);
    assert_int_equal(vb_output_loaded_get(loaded)->size, sizeof(struct vb_output));
    assert_int_equal(vb_output_loaded_get(loaded)->option_count, 0); /* there is no list of 7 */
    vb_output_unload(loaded);
    raw.size = offsetof(struct vb_output, deliver);
    refused(&raw, "its struct vb_output lacks the member deliver");
    raw.size = sizeof(size_t);
    refused(&raw, "its struct vb_output is 8 bytes: too small to hold a version");
    raw.size = sizeof raw + 8;
    char message[256];
    snprintf(message, sizeof message,
             "its struct vb_output is %zu bytes, and version 1.0 has no more than %zu",
             sizeof raw + 8, sizeof raw);
    refused(&raw, message);
    refused(NULL, "its vb_output_entry gives nothing back");
}

static void every_missing_member_is_named(void **state)
{
    (void)state;
    struct vb_output raw = good(NULL, 0);
    raw.name = NULL;
    refused(&raw, "its struct vb_output lacks the member name");
    raw = good(NULL, 0);
    raw.summary = NULL;
    refused(&raw, "its struct vb_output lacks the member summary");
    raw = good(NULL, 0);
    raw.open = NULL;
    refused(&raw, "its struct vb_output lacks the member open");
    raw = good(NULL, 0);
    raw.name = "Good one";
    refused(&raw, "its name is not made of a-z, 0-9 and -, beginning with a letter");
}

static void every_option_is_checked(void **state)
{
    (void)state;
    static const struct {
        struct vb_output_option option;
        const char *message;
    } cases[] = {
        { { .example = "b", .help = "c" }, "option 1 lacks the member name" },
        { { .name = "a", .help = "c" }, "option a lacks the member example" },
        { { .name = "a", .example = "b" }, "option a lacks the member help" },
        { { .name = "a", .type = VB_OUTPUT_CHOICE, .example = "b", .help = "c" },
          "option a lacks the member choices" },
        { { .name = "a b", .example = "b", .help = "c" },
          "option 1: its name is not made of a-z, 0-9 and -, beginning with a letter" },
        { { .name = "purpose", .example = "b", .help = "c" },
          "option purpose: that name is the engine's own" },
        { { .name = "a", .type = 6, .example = "b", .help = "c" }, "option a: there is no type 6" },
        { { .name = "a", .type = -1, .example = "b", .help = "c" },
          "option a: there is no type -1" },
        { { .name = "a", .type = VB_OUTPUT_INT, .example = "b", .help = "c" },
          "option a: its example is not of its own type, int" },
        { { .name = "a",
            .type = VB_OUTPUT_BOOL,
            .default_value = "yes",
            .example = "true",
            .help = "c" },
          "option a: its default_value is not of its own type, bool" },
        { { .name = "a", .type = VB_OUTPUT_URL, .example = "x:y", .check = "y", .help = "c" },
          "option a: its check is not of its own type, url" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct vb_output raw = good(&cases[i].option, 1);
        refused(&raw, cases[i].message);
    }
    static const struct vb_output_option twice[] = { { .name = "a", .example = "b", .help = "c" },
                                                     { .name = "a", .example = "d", .help = "e" } };
    struct vb_output raw = good(twice, 2);
    refused(&raw, "option a stands twice");
    raw.option_size = 8;
    refused(&raw, "its option_size is 8 bytes: too small to hold an option");
    raw = good(twice, 65);
    refused(&raw, "it has 65 options; there may be 64");
}

/* -- the options ------------------------------------------------------------------------------ */

static const struct vb_wire_option known[] = {
    { .name = "path", .type = "path", .required = true, .example = "o.csv", .help = "where" },
    { .name = "layout",
      .type = "choice",
      .default_value = "long",
      .example = "wide",
      .help = "how",
      .choices = "long wide" },
    { .name = "book", .type = "path", .default_value = "book.csv", .example = "b", .help = "b" },
    { .name = "port", .type = "int", .example = "80", .help = "p" },
    { .name = "link", .type = "url", .example = "https://x", .help = "l" },
    { .name = "loud", .type = "bool", .example = "true", .help = "l" },
    { .name = "word", .type = "text", .example = "hi", .help = "w" },
};
enum { KNOWN = sizeof known / sizeof known[0] };

static void given(const char *json, const char *base, enum vb_code code, const char *want)
{
    struct vb_buf out = { 0 };
    struct vb_err err = { 0 };
    assert_int_equal(vb_options_check(&out, "csv", known, KNOWN, json, base, "/own", &err), code);
    assert_string_equal(code == VB_OK ? out.data : err.text, want);
    vb_buf_finish(&out);
}

static void what_is_given_comes_out_in_order_with_defaults_and_whole_paths(void **state)
{
    (void)state;
    given("{\"layout\":\"wide\",\"path\":\"/a/o\"}", NULL, VB_OK,
          "{\"path\":\"/a/o\",\"layout\":\"wide\",\"book\":\"/own/book.csv\"}");
    given("{\"path\":\"o \\\"x\\\"\",\"book\":\"b\",\"port\":\"-7\",\"link\":\"a+b:c\","
          "\"loud\":\"false\",\"word\":\"\"}",
          "/home/ann", VB_OK,
          "{\"path\":\"/home/ann/o \\\"x\\\"\",\"layout\":\"long\",\"book\":\"/home/ann/b\","
          "\"port\":\"-7\",\"link\":\"a+b:c\",\"loud\":\"false\",\"word\":\"\"}");
}

static void what_does_not_fit_is_refused_by_name_and_not_repeated(void **state)
{
    (void)state;
    given("{}", NULL, VB_E_CONFIG, "csv wants option path, such as path=o.csv (where)");
    given("{\"path\":\"o\"}", NULL, VB_E_CONFIG,
          "option path of csv wants a path that begins with /");
    given("{\"path\":\"\"}", "/", VB_E_CONFIG, "option path of csv wants a path, such as o.csv");
    given("{\"path\":\"/\",\"pord\":\"1\"}", NULL, VB_E_CONFIG,
          "csv has no option pord; did you mean port?");
    given("{\"path\":\"/\",\"zebra\":\"1\"}", NULL, VB_E_CONFIG, "csv has no option zebra");
    given("{\"path\":\"/\",\"layout\":\"lon\"}", NULL, VB_E_CONFIG,
          "option layout of csv is one of: long wide");
    given("{\"path\":\"/\",\"layout\":\"long wide\"}", NULL, VB_E_CONFIG,
          "option layout of csv is one of: long wide");
    given("{\"path\":\"/\",\"layout\":\"\"}", NULL, VB_E_CONFIG,
          "option layout of csv is one of: long wide");
    given("{\"path\":\"/\",\"port\":\"99999999999999999999\"}", NULL, VB_E_CONFIG,
          "option port of csv wants a whole number, such as 80");
    given("{\"path\":\"/\",\"port\":\"1 \"}", NULL, VB_E_CONFIG,
          "option port of csv wants a whole number, such as 80");
    given("{\"path\":\"/\",\"link\":\"secret-host\"}", NULL, VB_E_CONFIG,
          "option link of csv wants a URL with its scheme, such as https://x");
    given("{\"path\":\"/\",\"loud\":\"yes\"}", NULL, VB_E_CONFIG,
          "option loud of csv wants true or false, such as true");
    given("{\"path\":7}", NULL, VB_E_CONFIG, "option path of csv is not a text");
    given("[]", NULL, VB_E_CONFIG, "the options of csv are not an object");
    given("{", NULL, VB_E_DATA,
          "the options of csv: line 1, column 2: a name in double quotes was expected");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_struct_of_this_version_is_taken_whole),
        cmocka_unit_test(what_lies_behind_a_shorter_struct_is_not_read),
        cmocka_unit_test(every_missing_member_is_named),
        cmocka_unit_test(every_option_is_checked),
        cmocka_unit_test(what_is_given_comes_out_in_order_with_defaults_and_whole_paths),
        cmocka_unit_test(what_does_not_fit_is_refused_by_name_and_not_repeated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
