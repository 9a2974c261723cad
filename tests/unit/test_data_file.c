/* Files that are data and nothing else: what they may hold, and what is refused before Lua runs. */
#include <stdio.h>

#include "base/str.h"
#include "script/data_file.h"
#include "tests.h"

struct read {
    struct vb_arena arena;
    struct vb_findings findings;
    struct vb_datum *root;
    enum vb_code code;
    struct vb_err err;
};

static struct read read_bytes(const char *bytes, size_t len)
{
    struct read read = { 0 };
    read.code = vb_data_file_read(&read.root, &read.arena, "house.lua", bytes, len,
                                  vb_clock_system(), &read.findings, &read.err);
    assert_int_equal(read.code == VB_OK, read.root != NULL);
    assert_int_equal(read.code == VB_OK, read.findings.errors == 0);
    return read;
}

static struct read read_text(const char *text)
{
    return read_bytes(text, strlen(text));
}

static void finish(struct read *read)
{
    vb_findings_finish(&read->findings);
    vb_arena_finish(&read->arena);
}

/* The one finding is in that line and has these words. */
static void refuses(const char *text, int line, const char *words)
{
    struct read read = read_text(text);
    if (read.code != VB_E_DATA || read.findings.count != 1 || read.findings.list[0].line != line ||
        strstr(read.findings.list[0].message, words) == NULL)
        fail_msg("%.60s: code %d, line %d: %s", text, read.code,
                 read.findings.count == 0 ? 0 : read.findings.list[0].line,
                 read.findings.count == 0 ? "" : read.findings.list[0].message);
    assert_string_equal(read.findings.list[0].file, "house.lua");
    finish(&read);
}

static void tables_texts_numbers_true_and_false_are_read_with_their_lines(void **state)
{
    (void)state;
    struct read read = read_text("-- a house\nreturn {\n"
                                 "  word = \"a\\tb\", long = [[two\nlines]],\n"
                                 "  whole = -12, hex = 0x10, half = 0.5, yes = true, no = false;\n"
                                 "  [\"with a blank\"] = {\n    \"one\", 2, { deep = 3 },\n  },\n"
                                 "}\n");
    assert_int_equal(read.code, VB_OK);
    const struct vb_datum *root = read.root;
    assert_int_equal(root->count, 8);
    assert_string_equal(vb_datum_get(root, "word")->text, "a\tb");
    assert_string_equal(vb_datum_get(root, "long")->text, "two\nlines");
    assert_int_equal(vb_datum_get(root, "whole")->integer, -12);
    assert_int_equal(vb_datum_get(root, "whole")->line, 5);
    assert_int_equal(vb_datum_get(root, "hex")->integer, 16);
    assert_int_equal(vb_datum_get(root, "half")->type, VB_DATUM_NUMBER);
    assert_true(vb_datum_get(root, "half")->number == 0.5);
    assert_true(vb_datum_get(root, "yes")->truth);
    assert_int_equal(vb_datum_get(root, "no")->type, VB_DATUM_BOOL);
    assert_false(vb_datum_get(root, "no")->truth);
    const struct vb_datum *list = vb_datum_get(root, "with a blank");
    assert_int_equal(list->line, 6);
    assert_int_equal(list->count, 3);
    assert_null(list->entries[0].name);
    assert_string_equal(list->entries[0].text, "one");
    assert_int_equal(list->entries[1].integer, 2);
    assert_int_equal(list->entries[2].line, 7);
    assert_int_equal(vb_datum_get(&list->entries[2], "deep")->integer, 3);
    assert_null(vb_datum_get(root, "wrd"));
    finish(&read);
    read = read_text("\xef\xbb\xbfreturn {}");
    assert_int_equal(read.code, VB_OK);
    assert_int_equal(read.root->count, 0);
    finish(&read);
}

static void whatever_could_do_something_is_refused_before_it_does(void **state)
{
    (void)state;
    refuses("return {\n  a = function() end,\n}", 2, "'function' is code");
    refuses("while true do end return {}", 1, "does not begin with return");
    refuses("local x = 1\nreturn { x }", 1, "does not begin with return");
    refuses("return {\n  a = os.getenv(\"HOME\"),\n}", 2, "the name os");
    refuses("return {\n  a = require \"verbond\",\n}", 2, "the name require");
    refuses("return { a = (\"x\"):rep(1e9) }", 1, "nothing is called here");
    refuses("return { a = \"x\":rep(9) }", 1, "':'");
    refuses("return { a = \"x\" .. \"y\" }", 1, "'..'");
    refuses("return { a = 5 - 3 }", 1, "'-'");
    refuses("return { a = #\"x\" }", 1, "'#'");
    refuses("return { a = -\"5\" }", 1, "does not belong");
    refuses("return { a = not true }", 1, "'not' is code");
    refuses("return { a = 1 | 2 }", 1, "'|'");
    refuses("return { \"x\" { 1 } }", 1, "a comma is missing before {");
    refuses("return { ... }", 1, "'...'");
    refuses("return setmetatable({}, {})", 1, "does not return a table");
    refuses("return {} {}", 1, "does not belong");
    refuses("return {}, 2", 1, "does not belong");
    refuses("return {}\nos.exit()", 2, "the name os");
    refuses("return { [1 + 1] = 2 }", 1, "a key is a text");
    refuses("return { [1] = 2 }", 1, "a key is a text");
    refuses("return { [\"a\\98\"] = 2 }", 1, "this key cannot be read");
    refuses("return { a = nil }", 1, "nil is no value");
    refuses("return { v = v }", 1, "the name v means nothing");
}

static void slips_are_told_in_their_line(void **state)
{
    (void)state;
    refuses("", 1, "does not begin with return");
    refuses("return {\n  a = 1\n  b = 2,\n}", 3, "a comma is missing before b");
    refuses("return {\n  a = \"open,\n}", 2, "this text is not closed");
    refuses("return {\n  a = { 1,\n", 2, "this table has no end");
    refuses("return {\n  a = 1,\n\n  a = 2,\n}", 4, "a stands twice: in line 2 already");
    refuses("return { a = }", 1, "'}' does not belong");
    refuses("return { a = [[open }", 1, "not closed");
    refuses("return {\n  a = \"\\q\",\n}", 2, "invalid escape");
    refuses("return { a = 12abc }", 1, "malformed number");
    refuses("return {\n a = \"caf\xe9\" }", 2, "no UTF-8");
    refuses("return {\n a = \"caf\\233\" }", 2, "no letter");
    refuses("return {\n a = \"x\\0y\" }", 2, "no letter");
}

static void bytecode_is_refused(void **state)
{
    (void)state;
    refuses("\x1bLua\x54", 1, "bytecode");
    struct read read = read_bytes("return {}\0", 10);
    assert_int_equal(read.code, VB_E_DATA);
    finish(&read);
}

static void repeated(struct vb_buf *out, const char *piece, int times)
{
    for (int i = 0; i < times; i++)
        vb_buf_puts(out, piece);
}

static void what_is_too_deep_too_long_or_too_large_is_refused(void **state)
{
    (void)state;
    struct vb_buf text = { 0 };
    vb_buf_puts(&text, "return ");
    repeated(&text, "{", 100000);
    refuses(text.data, 1, "too deep");
    vb_buf_clear(&text);
    vb_buf_puts(&text, "return {");
    repeated(&text, "1,", VB_DATA_FILE_ENTRIES + 1);
    vb_buf_putc(&text, '}');
    refuses(text.data, 1, "more than 10000 entries");
    vb_buf_clear(&text);
    vb_buf_puts(&text, "return {");
    repeated(&text, "1,", VB_DATA_FILE_ENTRIES);
    vb_buf_putc(&text, '}');
    struct read read = read_text(text.data);
    assert_int_equal(read.code, VB_OK);
    assert_int_equal(read.root->count, VB_DATA_FILE_ENTRIES);
    finish(&read);
    vb_buf_clear(&text);
    repeated(&text, " ", VB_DATA_FILE_MOST);
    vb_buf_puts(&text, "return {}");
    refuses(text.data, 1, "larger than 256 KiB");
    vb_buf_finish(&text);
}

/* Whatever is cut off, nothing is read beyond it. */
static void a_file_that_is_cut_anywhere_is_refused(void **state)
{
    (void)state;
    static const char whole[] =
        "return { a = \"x\", [\"b\"] = { -1, true, [[z]] }, --[[ c ]] d = 2 }";
    for (size_t len = 0; len < sizeof whole - 1; len++) {
        char *cut = vb_alloc(len + 1);
        memcpy(cut, whole, len);
        struct read read = read_bytes(cut, len);
        assert_int_equal(read.code, VB_E_DATA);
        finish(&read);
        free(cut);
    }
    struct read read = read_text(whole);
    assert_int_equal(read.code, VB_OK);
    finish(&read);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_texts_numbers_true_and_false_are_read_with_their_lines),
        cmocka_unit_test(whatever_could_do_something_is_refused_before_it_does),
        cmocka_unit_test(slips_are_told_in_their_line),
        cmocka_unit_test(bytecode_is_refused),
        cmocka_unit_test(what_is_too_deep_too_long_or_too_large_is_refused),
        cmocka_unit_test(a_file_that_is_cut_anywhere_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
