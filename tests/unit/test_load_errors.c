/* What is wrong with an instrument is said all at once, each with file, line, code and mend. */
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/json.h"
#include "loads.h"

/* -- tests/fixtures/broken -- */

/* "path:line: code words of the mend": is it among what was found? */
static bool found(const struct loaded *loaded, const char *line, size_t len)
{
    char wanted[600];
    snprintf(wanted, sizeof wanted, "%.*s", (int)len, line);
    for (size_t i = 0; i < loaded->findings.count; i++) {
        const struct vb_finding *finding = &loaded->findings.list[i];
        char head[400];
        const char *file = finding->file + strlen("tests/fixtures/broken/");
        int n = snprintf(head, sizeof head, "%s:%d: %s ", file, finding->line, finding->code);
        if (finding->level == VB_ERROR && strncmp(wanted, head, (size_t)n) == 0 &&
            strstr(finding->mend, wanted + n) != NULL)
            return true;
    }
    fprintf(stderr, "not found: %s\n", wanted);
    return false;
}

static void check_broken(const char *name)
{
    char path[300];
    struct vb_buf expected = { 0 };
    struct vb_err err;
    int lines = 0;
    snprintf(path, sizeof path, "tests/fixtures/broken/%s/expected.txt", name);
    if (vb_file_read(&expected, path, 65536, &err) != VB_OK)
        return; /* a part that others include */
    snprintf(path, sizeof path, "%s/instrument.lua", name);
    struct loaded loaded = load_folder("tests/fixtures/broken", path);
    bool right = loaded.code == VB_E_DATA && loaded.plan == NULL;
    for (const char *at = expected.data; *at != '\0'; lines++) {
        size_t len = strcspn(at, "\n");
        right = found(&loaded, at, len) && right;
        at += len + (at[len] == '\n');
    }
    if (!right || lines != loaded.findings.errors) {
        print_findings(&loaded);
        fail_msg("%s: %d errors expected", name, lines);
    }
    vb_buf_finish(&expected);
    unload(&loaded);
}

static void every_broken_instrument_says_exactly_what_is_wrong(void **state)
{
    (void)state;
    struct dirent **names;
    int count = scandir("tests/fixtures/broken", &names, NULL, alphasort);
    int checked = 0;
    assert_true(count > 0);
    for (int i = 0; i < count; i++) {
        if (names[i]->d_name[0] != '.') {
            check_broken(names[i]->d_name);
            checked++;
        }
        free(names[i]);
    }
    free(names);
    assert_true(checked >= 40);
}

/* -- sizes -- */

static void a_file_past_its_size_is_refused(void **state)
{
    (void)state;
    static char text[VB_SOURCE_MAX + 2];
    memset(text, '-', sizeof text - 1);
    struct loaded loaded = load_text(text);
    assert_int_equal(loaded.code, VB_E_DATA);
    assert_string_equal(finding(&loaded, "file-too-large")->file, "one/instrument.lua");
    unload(&loaded);
}

static void sources_past_their_size_together_are_refused(void **state)
{
    (void)state;
    enum { BIG = 250000 };
    static char comment[BIG + 1];
    memset(comment, '-', BIG);
    struct vb_file files[] = {
        { "one/instrument.lua",
          "require \"a\" require \"b\" require \"c\" require \"d\" require "
          "\"e\" return 1",
          0 },
        { "a.lua", comment, BIG },
        { "b.lua", comment, BIG },
        { "c.lua", comment, BIG },
        { "d.lua", comment, BIG },
        { "e.lua", comment, BIG },
    };
    files[0].len = strlen(files[0].bytes);
    struct loaded loaded = load_files(files, sizeof files / sizeof *files);
    assert_int_equal(loaded.code, VB_E_DATA);
    assert_string_equal(finding(&loaded, "source-too-large")->file, "e.lua");
    unload(&loaded);
}

/* -- the machine's own limits -- */

static void a_loop_without_end_is_a_limit_and_a_finding_with_its_line(void **state)
{
    (void)state;
    struct loaded loaded = load_text("while true do end");
    assert_int_equal(loaded.code, VB_E_LIMIT);
    assert_null(loaded.plan);
    assert_non_null(strstr(loaded.err.text, "one/instrument.lua:1"));
    assert_int_equal(loaded.findings.count, 1);
    assert_int_equal(finding(&loaded, "limit-reached")->line, 1);
    unload(&loaded);
}

/* One finding with this code on this line, and words that begin so. */
static void assert_told(const char *text, const char *code, int line, const char *words)
{
    struct loaded loaded = load_text(text);
    const struct vb_finding *told = finding(&loaded, code);
    if (told == NULL || told->line != line || strstr(told->message, words) != told->message)
        print_findings(&loaded);
    assert_int_equal(loaded.code, VB_E_DATA);
    assert_int_equal(loaded.findings.count, 1);
    assert_non_null(told);
    assert_int_equal(told->line, line);
    assert_ptr_equal(strstr(told->message, words), told->message);
    unload(&loaded);
}

#define FIRST "local v <const> = require \"verbond\"\n"

static void tables_that_hold_themselves_are_refused(void **state)
{
    (void)state;
    assert_told(FIRST "local t = {} t.talk = t t.title = t\n\nreturn v.instrument(t)", "too-deep",
                4, "a table holds itself");
    assert_told(FIRST "local t = {} t.talk = t\nif v == nil then return 1 end\n  return t",
                "too-deep", 4, "a table holds itself");
    assert_told(FIRST "local t = { nl = 'a' } t.t = { t }\nreturn v.instrument {\n id = 'one',\n"
                      " v.yesno 'a' { text = t } }",
                "too-deep", 5, "a table holds itself");
}

static void conditions_and_brackets_that_lie_too_deep_have_a_line(void **state)
{
    (void)state;
    struct vb_buf text = { 0 };
    assert_told(FIRST "local c = v.is('a', true)\n"
                      "for i = 1, 40 do c =\n v.all { c } end\nreturn v.instrument {\n"
                      " v.yesno 'a' { when = c } }",
                "too-deep", 4, "tables lie more than 16 deep");
    vb_buf_puts(&text, FIRST "\nlocal t =\n");
    for (int i = 0; i < 5000; i++)
        vb_buf_putc(&text, '{');
    assert_told(text.data, "too-deep", 4, "brackets, blocks or the parts");
    vb_buf_clear(&text);
    vb_buf_puts(&text, FIRST "\nlocal t = 1\n");
    for (int i = 0; i < 5000; i++)
        vb_buf_puts(&text, "- ");
    assert_told(text.data, "too-deep", 4, "brackets, blocks or the parts");
    vb_buf_finish(&text);
}

static void too_much_text_has_a_line(void **state)
{
    (void)state;
    assert_told(FIRST "local long = string.rep('x', 200000)\nlocal l = {}\n"
                      "for i = 1, 100 do l[i] = { nl = long } end\nreturn v.instrument {\n"
                      " v.yesno 'a' {\n text = l } }",
                "too-many", 6, "the file holds too much text");
}

static void a_table_shared_a_million_times_does_not_fill_the_memory(void **state)
{
    (void)state;
    struct loaded loaded = load_text("local v <const> = require \"verbond\"\n"
                                     "local t = {} for i = 1, 12 do local u = {}\n"
                                     "for j = 1, 12 do u[j] = t end t = u end\n"
                                     "return v.instrument { title = t }");
    assert_int_equal(loaded.code, VB_E_DATA);
    assert_null(loaded.plan);
    unload(&loaded);
}

static void nothing_outside_the_folder_is_read(void **state)
{
    (void)state;
    char folder[] = "/tmp/verbond-load-XXXXXX", path[300];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/inner", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/outer.lua", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("return 1\n", file);
    fclose(file);
    snprintf(path, sizeof path, "%s/inner/instrument.lua", folder);
    assert_int_equal(symlink("../outer.lua", path), 0);
    char root[300];
    snprintf(root, sizeof root, "%s/inner", folder);
    struct loaded loaded = load_folder(root, "instrument.lua");
    assert_int_equal(loaded.code, VB_E_DATA);
    assert_non_null(finding(&loaded, "leaves-folder"));
    unload(&loaded);
    assert_int_equal(unlink(path), 0);
    snprintf(path, sizeof path, "%s/outer.lua", folder);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(root), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void an_absent_instrument_is_absent(void **state)
{
    (void)state;
    struct loaded loaded = load_folder("instruments", "no-such-thing/instrument.lua");
    assert_int_equal(loaded.code, VB_E_ABSENT);
    assert_int_equal(loaded.findings.count, 0);
    unload(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_broken_instrument_says_exactly_what_is_wrong),
        cmocka_unit_test(a_file_past_its_size_is_refused),
        cmocka_unit_test(sources_past_their_size_together_are_refused),
        cmocka_unit_test(a_loop_without_end_is_a_limit_and_a_finding_with_its_line),
        cmocka_unit_test(tables_that_hold_themselves_are_refused),
        cmocka_unit_test(conditions_and_brackets_that_lie_too_deep_have_a_line),
        cmocka_unit_test(too_much_text_has_a_line),
        cmocka_unit_test(a_table_shared_a_million_times_does_not_fill_the_memory),
        cmocka_unit_test(nothing_outside_the_folder_is_read),
        cmocka_unit_test(an_absent_instrument_is_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
