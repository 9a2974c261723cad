#include "tests.h"

#include <math.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "data/finding.h"
#include "data/json.h"

static enum vb_code parse(const char *text, struct vb_err *err)
{
    cJSON *tree;
    enum vb_code code = vb_json_parse(&tree, text, strlen(text), 1 << 20, err);
    assert_true((tree != NULL) == (code == VB_OK));
    cJSON_Delete(tree);
    return code;
}

static void refused(const char *text, const char *message)
{
    struct vb_err err;
    assert_int_equal(parse(text, &err), VB_E_DATA);
    assert_string_equal(err.text, message);
}

static void good_json_is_taken(void **state)
{
    (void)state;
    struct vb_err err;
    static const char *const good[] = {
        "{}",
        "[]",
        " [1, -2.5e3, 0, -0, 0.1] ",
        "\"\\u00e9 \\ud83d\\ude00 \\n\"",
        "null",
        "{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":2}]}",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_int_equal(parse(good[i], &err), VB_OK);
}

static void a_breach_is_named_with_line_and_column(void **state)
{
    (void)state;
    refused("{\n \"a\": 1,\n}", "line 3, column 1: a comma before the closing }");
    refused("{\"\xC3\xA9\": x}",
            "line 1, column 7: a value was expected; texts need double quotes");
    refused("[1, 2] 3", "line 1, column 8: text after the end");
    refused("[1,", "line 1, column 4: the text ends where a value was expected");
    refused("{\"a\" 1}", "line 1, column 6: a colon was expected after the name");
    refused("[01]", "line 1, column 2: a number does not begin with 0");
    refused("[1.]", "line 1, column 2: a number with nothing after its point");
    refused("\"a", "line 1, column 1: a text without its closing double quote");
    refused("\"a\nb\"",
            "line 1, column 3: a text runs on past its line; is a double quote missing?");
    refused("[tru]", "line 1, column 2: a value was expected; texts need double quotes");
}

static void what_cjson_would_let_pass_is_refused(void **state)
{
    (void)state;
    refused("[1e999]", "line 1, column 2: a number too large to keep");
    refused("[1.5e999]", "line 1, column 2: a number too large to keep");
    refused("\"\\u0000\"", "line 1, column 2: the character \\u0000 is not allowed");
    refused("\"\\ud83d\"", "line 1, column 2: half of a surrogate pair");
    refused("\"\\ud83d\\u0041\"", "line 1, column 2: half of a surrogate pair");
    refused("\"\\ud83d\\ud83d\"", "line 1, column 2: half of a surrogate pair");
    refused("\"\\ude00\"", "line 1, column 2: half of a surrogate pair");
    refused("\"\\x41\"", "line 1, column 2: no such escape after the backslash");
    refused("\"\x01\"", "line 1, column 2: a control character in a text; write it as \\u00XX");
    refused("\xEF\xBB\xBF{}",
            "line 1, column 1: a byte order mark; save the file as UTF-8 without it");
    refused("[\"\xFF\"]", "line 1, column 3: not UTF-8; save the file as UTF-8");
    refused("[\v1]", "line 1, column 2: a value was expected; texts need double quotes");
    refused("[1234567890123456789012345678901234567890123456789012345678901234]",
            "line 1, column 2: a number of more than 63 characters");
}

static void a_nul_byte_is_refused(void **state)
{
    (void)state;
    cJSON *tree;
    struct vb_err err;
    assert_int_equal(vb_json_parse(&tree, "[1\0]", 4, 100, &err), VB_E_DATA);
    assert_string_equal(err.text, "line 1, column 3: a NUL byte");
}

static void a_key_that_stands_twice_is_named(void **state)
{
    (void)state;
    refused("{\"a\":1,\"b\":{\"x\":1,\"y\":2,\"\\u0078\":3}}",
            "\"x\" stands twice in one object; leave one out");
    refused("[[{\"k\":1,\"k\":1}]]", "\"k\" stands twice in one object; leave one out");
}

static void nesting_ends_at_the_limit(void **state)
{
    (void)state;
    char deep[2 * 40 + 1];
    struct vb_err err;
    for (int depth = VB_JSON_DEPTH_MAX; depth <= VB_JSON_DEPTH_MAX + 1; depth++) {
        memset(deep, '[', (size_t)depth);
        memset(deep + depth, ']', (size_t)depth);
        deep[2 * depth] = '\0';
        assert_int_equal(parse(deep, &err), depth > VB_JSON_DEPTH_MAX ? VB_E_DATA : VB_OK);
    }
}

static void width_is_not_depth(void **state)
{
    (void)state;
    struct vb_buf wide = { 0 };
    struct vb_err err;
    vb_buf_putc(&wide, '[');
    for (int i = 0; i < 100; i++)
        vb_buf_puts(&wide, "[{}],");
    vb_buf_puts(&wide, "[]]");
    assert_int_equal(parse(wide.data, &err), VB_OK);
    vb_buf_finish(&wide);
}

static void a_size_past_the_limit_is_refused_unread(void **state)
{
    (void)state;
    cJSON *tree;
    struct vb_err err;
    assert_int_equal(vb_json_parse(&tree, "[1,2]", 5, 4, &err), VB_E_LIMIT);
    assert_null(tree);
}

/* Every cut of a rich text, and every single byte of it changed, is answered; nothing crashes. */
static void broken_bytes_never_crash(void **state)
{
    (void)state;
    static const char rich[] = "{\"a\":[1,-2.5e+3,true,null,\"\\u00e9\\ud83d\\ude00\xC3\xA9\\n\"],"
                               "\"b\":{\"c\":false}}";
    char copy[sizeof rich];
    struct vb_err err;
    cJSON *tree;
    for (size_t len = 0; len < sizeof rich - 1; len++)
        assert_int_equal(vb_json_parse(&tree, rich, len, 1000, &err), VB_E_DATA);
    for (size_t i = 0; i < sizeof rich - 1; i++) {
        for (int byte = 0; byte < 256; byte++) {
            memcpy(copy, rich, sizeof rich);
            copy[i] = (char)byte;
            vb_json_parse(&tree, copy, sizeof rich - 1, 1000, &err);
            cJSON_Delete(tree);
        }
    }
}

static void canonical_gives_the_same_bytes_and_reads_back(void **state)
{
    (void)state;
    static const char text[] = "{ \"z\" : [1, 1.0, 0.1, -0.5, 1e3, 1e300, 9007199254740991, 3.14,"
                               " -0 ], \"a\" : \"\\u00e9\\t\\\"\\u001f/\", \"e\":{},\"n\":null }";
    struct vb_buf out = { 0 }, again = { 0 };
    struct vb_err err;
    cJSON *tree;
    assert_int_equal(vb_json_parse(&tree, text, strlen(text), 1000, &err), VB_OK);
    vb_json_canonical(&out, tree);
    cJSON_Delete(tree);
    assert_string_equal(out.data, "{\"z\":[1,1,0.1,-0.5,1000,1e+300,9007199254740991,3.14,0],"
                                  "\"a\":\"\xC3\xA9\\t\\\"\\u001f/\",\"e\":{},\"n\":null}");
    assert_int_equal(vb_json_parse(&tree, out.data, out.len, 1000, &err), VB_OK);
    vb_json_canonical(&again, tree);
    cJSON_Delete(tree);
    assert_string_equal(again.data, out.data);
    vb_buf_finish(&out);
    vb_buf_finish(&again);
}

static void a_file_is_read_whole_or_the_message_names_it(void **state)
{
    (void)state;
    char path[] = "/tmp/verbond-test-XXXXXX";
    struct vb_buf out = { 0 };
    struct vb_err err;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "12345", 5), 5);
    close(fd);
    assert_int_equal(vb_file_read(&out, path, 5, &err), VB_OK);
    assert_string_equal(out.data, "12345");
    vb_buf_finish(&out);
    assert_int_equal(vb_file_read(&out, path, 4, &err), VB_E_LIMIT);
    assert_null(out.data);
    unlink(path);
    assert_int_equal(vb_file_read(&out, path, 5, &err), VB_E_ABSENT);
    assert_non_null(strstr(err.text, path));
    assert_int_equal(vb_file_read(&out, "/tmp", 5, &err), VB_E_DATA);
    assert_string_equal(err.text, "/tmp: is a folder, not a file");
    assert_int_equal(vb_file_read(&out, "/etc/passwd/x", 5, &err), VB_E_ABSENT);
    assert_int_equal(symlink(path, path), 0);
    assert_int_equal(vb_file_read(&out, path, 5, &err), VB_E_DATA);
    unlink(path);
}

/* In a child, because root may read everything. */
static void a_file_that_may_not_be_read_is_refused(void **state)
{
    (void)state;
    char path[] = "/tmp/verbond-json-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(fchmod(fd, 0), 0);
    close(fd);
    pid_t child = fork();
    if (child == 0) {
        struct vb_buf out = { 0 };
        struct vb_err err;
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(3);
        if (vb_file_read(&out, path, 5, &err) != VB_E_DATA)
            _exit(1);
        _exit(strstr(err.text, path) != NULL ? 0 : 2);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    unlink(path);
    assert_int_equal(status, 0);
}

static void findings_are_written_in_three_forms(void **state)
{
    (void)state;
    struct vb_findings findings = { 0 };
    struct vb_buf out = { 0 };
    vb_findings_add(&findings, VB_WARNING, "late", "b.lua", 2, NULL, "number %d", 7);
    vb_findings_add(&findings, VB_ERROR, "unknown-field", "a.lua", 12, "write \"text\"",
                    "no field \"%s\"", "tekst");
    vb_findings_add(&findings, VB_ERROR, "empty", NULL, 0, NULL, "nothing here");
    vb_findings_sort(&findings);
    assert_int_equal(findings.errors, 2);
    assert_int_equal(findings.warnings, 1);
    vb_findings_write(&out, &findings, VB_FINDINGS_TEXT);
    assert_string_equal(out.data, "error: nothing here [empty]\n"
                                  "a.lua:12: error: no field \"tekst\" [unknown-field]\n"
                                  "    write \"text\"\n"
                                  "b.lua:2: warning: number 7 [late]\n");
    vb_buf_clear(&out);
    vb_findings_write(&out, &findings, VB_FINDINGS_GCC);
    assert_non_null(strstr(out.data, "a.lua:12: error: no field \"tekst\" (write \"text\") ["));
    vb_buf_clear(&out);
    vb_findings_write(&out, &findings, VB_FINDINGS_JSON);
    struct vb_err err;
    assert_int_equal(parse(out.data, &err), VB_OK);
    assert_non_null(strstr(out.data, "\"message\":\"no field \\\"tekst\\\"\""));
    vb_buf_finish(&out);
    vb_findings_finish(&findings);
}

static void a_finding_cannot_steer_the_terminal(void **state)
{
    (void)state;
    struct vb_findings findings = { 0 };
    struct vb_err err;
    vb_findings_add(&findings, VB_ERROR, "c", "a\033[2J.lua", 1, "m\033", "x\033]0;\xFF");
    for (int format = VB_FINDINGS_TEXT; format <= VB_FINDINGS_JSON; format++) {
        struct vb_buf out = { 0 };
        vb_findings_write(&out, &findings, (enum vb_findings_format)format);
        assert_null(strchr(out.data, '\033'));
        assert_null(strchr(out.data, '\xFF'));
        if (format == VB_FINDINGS_JSON)
            assert_int_equal(parse(out.data, &err), VB_OK);
        vb_buf_finish(&out);
    }
    vb_findings_finish(&findings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_json_is_taken),
        cmocka_unit_test(a_breach_is_named_with_line_and_column),
        cmocka_unit_test(what_cjson_would_let_pass_is_refused),
        cmocka_unit_test(a_nul_byte_is_refused),
        cmocka_unit_test(a_key_that_stands_twice_is_named),
        cmocka_unit_test(nesting_ends_at_the_limit),
        cmocka_unit_test(width_is_not_depth),
        cmocka_unit_test(a_size_past_the_limit_is_refused_unread),
        cmocka_unit_test(broken_bytes_never_crash),
        cmocka_unit_test(canonical_gives_the_same_bytes_and_reads_back),
        cmocka_unit_test(a_file_is_read_whole_or_the_message_names_it),
        cmocka_unit_test(a_file_that_may_not_be_read_is_refused),
        cmocka_unit_test(findings_are_written_in_three_forms),
        cmocka_unit_test(a_finding_cannot_steer_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
