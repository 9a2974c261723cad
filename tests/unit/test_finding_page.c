/* The page of each code: its examples are tried, so that what it says stays true.
 *
 * The first example gives findings of exactly that code, the second none of it. An example that is
 * no whole instrument stands inside a small one. What no page can hold - bytes that are no UTF-8, a
 * file that is too large, a link - is made here. */
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "data/json.h"
#include "lint/finding_page.h"
#include "lints.h"

static struct vb_arena arena;
static const struct vb_finding_page *pages;
static size_t page_count;

/* -- the examples of a page -- */

enum { FILES_MAX = 4 };
struct example {
    struct vb_file files[FILES_MAX]; /* the first is the instrument */
    size_t count;
};

static const char head[] = "local v <const> = require \"verbond\"\n"
                           "return v.instrument {\n"
                           "id = \"one\", version = \"1.0.0\", licence = \"CC-BY-4.0\", basis = "
                           "\"own\", source = \"own\",\n"
                           "respondents = { \"client\", \"professional\" },\n";
static const char english[] =
    "title = { en = \"One\" }, languages = { \"en\" }, formats = { standard = v.answers {\n"
    "  { 1, en = \"no\" }, { 2, en = \"a little\" }, { 3, en = \"yes\" } } },\n";
static const char both[] =
    "title = { nl = \"Een\", en = \"One\" }, languages = { \"nl\", \"en\" },\n"
    "formats = { standard = v.answers { { 1, nl = \"nee\", en = \"no\" },\n"
    "  { 2, nl = \"soms\", en = \"a little\" }, { 3, nl = \"ja\", en = \"yes\" } } },\n";
static const char question[] = "v.yesno \"ok\" { text = { en = \"Is it well?\" } },\n";

/* A part of an instrument, put into one. */
static const char *whole(const char *text)
{
    if (vb_starts_with(text, "local ") || vb_starts_with(text, "return "))
        return text;
    bool asks = vb_starts_with(text, "v.") || strstr(text, "\nv.") != NULL;
    return vb_arena_printf(&arena, "%s%s%s%s}\n", head, strstr(text, "nl = ") ? both : english,
                           text, asks ? "" : question);
}

static void add_file(struct example *example, const char *text)
{
    assert_in_range(example->count, 0, FILES_MAX - 1);
    struct vb_file *file = &example->files[example->count];
    file->path = "one/instrument.lua";
    if (example->count++ > 0) {
        assert_true(vb_starts_with(text, "-- in "));
        file->path = vb_arena_strndup(&arena, text + 6, strcspn(text + 6, "\n"));
        file->bytes = text;
    } else {
        file->bytes = whole(text);
    }
    file->len = strlen(file->bytes);
}

/* All Lua blocks under the heading. */
static struct example example_under(const struct vb_finding_page *page, const char *heading)
{
    struct example out = { .count = 0 };
    const char *at = strstr(page->text, heading);
    if (at == NULL)
        fail_msg("%s has no %s", page->code, heading);
    at += strlen(heading);
    const char *next = strstr(at, "\n## ");
    for (at = strstr(at, "```lua\n"); at != NULL && (next == NULL || at < next);
         at = strstr(at, "```lua\n")) {
        at += 7;
        const char *end = strstr(at, "\n```");
        assert_non_null(end);
        add_file(&out, vb_arena_strndup(&arena, at, (size_t)(end + 1 - at)));
        at = end + 4;
    }
    return out;
}

/* -- trying them -- */

static enum vb_code read_example(void *ctx, const char *path, struct vb_buf *out,
                                 struct vb_err *err)
{
    const struct example *example = ctx;
    for (size_t i = 0; i < example->count; i++)
        if (strcmp(example->files[i].path, path) == 0) {
            vb_buf_put(out, example->files[i].bytes, example->files[i].len);
            return VB_OK;
        }
    return vb_fail(err, VB_E_ABSENT, "there is no %s", path);
}

/* The one picture that there is in all examples. */
static bool has_picture(void *ctx, const char *path)
{
    (void)ctx;
    return vb_ends_with(path, "/full.svg");
}

static struct loaded try_example(struct example *example)
{
    struct vb_source source = {
        .read = read_example, .has = has_picture, .ctx = example, .shown = ""
    };
    struct loaded loaded = load_from(&source, "one/instrument.lua");
    if (loaded.plan != NULL)
        vb_lint(loaded.plan, "", &loaded.findings);
    return loaded;
}

static void gives_only(const char *code, struct loaded *loaded, enum vb_level level)
{
    bool only = loaded->findings.count > 0;
    for (size_t i = 0; i < loaded->findings.count; i++)
        only = only && strcmp(loaded->findings.list[i].code, code) == 0 &&
               loaded->findings.list[i].level == level;
    if (!only) {
        print_findings(loaded);
        fail_msg("the wrong example of %s does not give just that", code);
    }
}

/* What is made below, or tried by a test of the command. */
static bool made_elsewhere(const char *code)
{
    static const char *const codes[] = {
        "bad-utf8",          "file-too-large", "source-too-large",
        "leaves-folder",     "folder-name", /* tests/cli/instruments.sh */
        "fuzzy-translation", "po-syntax",   /* tests/cli/i18n.sh */
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i], code) == 0)
            return true;
    return false;
}

static void the_wrong_example_of_each_page_gives_that_code_and_no_other(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < page_count; i++) {
        if (made_elsewhere(pages[i].code))
            continue;
        struct example example = example_under(&pages[i], "\n## Wrong\n");
        assert_true(example.count > 0);
        struct loaded loaded = try_example(&example);
        bool only = loaded.findings.count > 0;
        for (size_t j = 0; j < loaded.findings.count; j++)
            only = only && strcmp(loaded.findings.list[j].code, pages[i].code) == 0 &&
                   loaded.findings.list[j].level == pages[i].level;
        if (!only) {
            wrong++;
            fprintf(stderr, "%s gives:\n", pages[i].code);
            print_findings(&loaded);
        }
        unload(&loaded);
    }
    assert_int_equal(wrong, 0);
}

static void the_right_example_of_each_page_gives_nothing(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < page_count; i++) {
        if (made_elsewhere(pages[i].code))
            continue;
        struct example example = example_under(&pages[i], "\n## Right\n");
        assert_true(example.count > 0);
        struct loaded loaded = try_example(&example);
        if (loaded.findings.count > 0) {
            wrong++;
            fprintf(stderr, "%s, mended, gives:\n", pages[i].code);
            print_findings(&loaded);
        }
        unload(&loaded);
    }
    assert_int_equal(wrong, 0);
}

/* -- what no page can hold -- */

static struct loaded try_files(struct vb_file *files, size_t count)
{
    struct loaded loaded = load_files(files, count);
    if (loaded.plan != NULL)
        vb_lint(loaded.plan, "", &loaded.findings);
    return loaded;
}

/* An instrument whose file is filled up with blanks. */
static const char *filled(const char *text, size_t size)
{
    char *bytes = vb_arena_alloc(&arena, size + 1);
    memset(bytes, ' ', size);
    memcpy(bytes, text, strlen(text));
    return bytes;
}

static void bytes_that_are_no_letters_are_bad_utf8(void **state)
{
    (void)state;
    static const char *const texts[] = { "v.yesno \"ok\" { text = { en = \"Caf\xe9?\" } },",
                                         "v.yesno \"ok\" { text = { en = \"Caf\xc3\xa9?\" } }," };
    for (size_t i = 0; i < 2; i++) {
        struct example example = { .count = 0 };
        add_file(&example, texts[i]);
        struct loaded loaded = try_example(&example);
        if (i == 0)
            gives_only("bad-utf8", &loaded, VB_ERROR);
        else
            assert_int_equal(loaded.findings.count, 0);
        unload(&loaded);
    }
}

static void too_large_a_file_and_too_many_of_them_are_told(void **state)
{
    (void)state;
    const char *text = whole(question);
    struct vb_file one = { .path = "one/instrument.lua",
                           .bytes = filled(text, VB_SOURCE_MAX + 1),
                           .len = VB_SOURCE_MAX + 1 };
    struct loaded loaded = try_files(&one, 1);
    gives_only("file-too-large", &loaded, VB_ERROR);
    unload(&loaded);
    one.len = VB_SOURCE_MAX;
    loaded = try_files(&one, 1);
    assert_int_equal(loaded.findings.count, 0);
    unload(&loaded);

    struct vb_file all[6];
    struct vb_buf first = { 0 };
    for (int i = 1; i < 6; i++) {
        vb_buf_printf(&first, "local m%d <const> = require \"m.m%d\"\n", i, i);
        all[i] = (struct vb_file){ .path = vb_arena_printf(&arena, "m/m%d.lua", i),
                                   .bytes = filled("return {}", VB_SOURCE_MAX),
                                   .len = VB_SOURCE_MAX };
    }
    vb_buf_puts(&first, text);
    all[0] =
        (struct vb_file){ .path = "one/instrument.lua", .bytes = first.data, .len = first.len };
    loaded = try_files(all, 6);
    gives_only("source-too-large", &loaded, VB_ERROR);
    unload(&loaded);
    vb_buf_finish(&first);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void a_link_out_of_the_folder_is_told(void **state)
{
    (void)state;
    char root[] = "/tmp/verbond-page-XXXXXX";
    assert_non_null(mkdtemp(root));
    const char *outside = vb_arena_printf(&arena, "%s/words.lua", root);
    const char *house = vb_arena_printf(&arena, "%s/house", root);
    const char *inside = vb_arena_printf(&arena, "%s/one/words.lua", house);
    const char *main_file = vb_arena_printf(&arena, "%s/one/instrument.lua", house);
    assert_int_equal(mkdir(house, 0700), 0);
    assert_int_equal(mkdir(vb_arena_printf(&arena, "%s/one", house), 0700), 0);
    write_file(outside, "return {}");
    write_file(main_file, vb_arena_printf(&arena, "local words <const> = require \"one.words\"\n%s",
                                          whole(question)));
    assert_int_equal(symlink(outside, inside), 0);
    struct loaded loaded = load_folder(house, "one/instrument.lua");
    gives_only("leaves-folder", &loaded, VB_ERROR);
    unload(&loaded);
    assert_int_equal(unlink(inside), 0);
    write_file(inside, "return {}");
    loaded = load_folder(house, "one/instrument.lua");
    assert_int_equal(loaded.findings.count, 0);
    unload(&loaded);
    unlink(inside);
    unlink(main_file);
    unlink(outside);
    rmdir(vb_arena_printf(&arena, "%s/one", house));
    rmdir(house);
    rmdir(root);
}

/* -- pages and sources -- */

static bool has_page(const char *code, size_t len)
{
    for (size_t i = 0; i < page_count; i++)
        if (strlen(pages[i].code) == len && strncmp(pages[i].code, code, len) == 0)
            return true;
    return false;
}

/* Strings of the sources that look like a code and are none. */
static bool no_code(const char *text, size_t len)
{
    static const char *const strings[] = { "alliantie-monitor",
                                           "werkalliantie-monitor",
                                           "wai-s",
                                           "wai-sr",
                                           "softa-s",
                                           "softa-o",
                                           "e-softa",
                                           "dri-r",
                                           "one-word" };
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        if (strlen(strings[i]) == len && strncmp(strings[i], text, len) == 0)
            return true;
    return false;
}

/* Calls look for each string in the file that is all lower-case words joined by '-'. */
static void each_code(const char *text, void (*look)(const char *code, size_t len))
{
    for (const char *at = strchr(text, '"'); at != NULL; at = strchr(at + 1, '"')) {
        size_t len = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz0123456789-");
        if (at[1 + len] == '"' && len > 0 && memchr(at + 1, '-', len) != NULL && at[1] != '-' &&
            at[len] != '-')
            look(at + 1, len);
    }
}

static int unpaged;
static uint8_t seen[512];

static void look(const char *code, size_t len)
{
    for (size_t i = 0; i < page_count; i++)
        if (strlen(pages[i].code) == len && strncmp(pages[i].code, code, len) == 0)
            seen[i] = 1;
    if (has_page(code, len) || no_code(code, len))
        return;
    fprintf(stderr, "docs/reference/findings has no page for %.*s\n", (int)len, code);
    unpaged++;
}

static void look_in(const char *path)
{
    struct vb_buf text = { 0 };
    struct vb_err err;
    assert_int_equal(vb_file_read(&text, path, 1 << 20, &err), VB_OK);
    vb_buf_putc(&text, '\0');
    each_code(text.data, look);
    for (size_t i = 0; i < page_count; i++) /* codes of one word */
        if (strstr(text.data, vb_arena_printf(&arena, "\"%s\"", pages[i].code)) != NULL)
            seen[i] = 1;
    vb_buf_finish(&text);
}

static void look_in_room(const char *room)
{
    DIR *folder = opendir(room);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        if (vb_ends_with(entry->d_name, ".c"))
            look_in(vb_arena_printf(&arena, "%s/%s", room, entry->d_name));
    closedir(folder);
}

static void every_code_has_a_page_and_every_page_a_code(void **state)
{
    (void)state;
    assert_in_range(page_count, 100, sizeof seen);
    look_in_room("core/script");
    look_in_room("core/lint");
    look_in("core/main/cmd_check.c");
    look_in("core/author/i18n_merge.c");
    look_in("core/author/i18n_po.c");
    for (size_t i = 0; i < page_count; i++)
        if (seen[i] == 0) {
            fprintf(stderr, "no source has the code of the page %s\n", pages[i].code);
            unpaged++;
        }
    assert_int_equal(unpaged, 0);
}

static void every_page_has_its_parts_and_the_name_of_its_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < page_count; i++) {
        const struct vb_finding_page *page = &pages[i];
        const char *path = vb_arena_printf(&arena, "docs/reference/findings/%s.md", page->code);
        struct vb_buf file = { 0 };
        struct vb_err err;
        assert_int_equal(vb_file_read(&file, path, 1 << 20, &err), VB_OK);
        if (file.len != strlen(page->text) || memcmp(file.data, page->text, file.len) != 0)
            fail_msg("%s is not what is compiled in", path);
        vb_buf_finish(&file);
        const char *first = page->level == VB_ERROR ? "\n\nError. " : "\n\nWarning. ";
        if (strstr(page->text, first) != page->text + 2 + strlen(page->code) ||
            !vb_ends_with(page->summary, "."))
            fail_msg("%s does not begin with its level and a sentence", path);
    }
}

/* VERBOND_WRITE_PAGES=1 writes the list in it again. */
static void the_list_of_codes_is_the_one_of_the_pages(void **state)
{
    (void)state;
    static const char path[] = "docs/reference/findings.md", mark[] = "\n| code | |\n|---|---|\n";
    struct vb_buf kept = { 0 }, printed = { 0 };
    struct vb_err err;
    assert_int_equal(vb_file_read(&kept, path, 1 << 20, &err), VB_OK);
    vb_buf_putc(&kept, '\0');
    const char *list = strstr(kept.data, mark);
    assert_non_null(list);
    vb_buf_put(&printed, kept.data, (size_t)(list - kept.data));
    vb_buf_puts(&printed, mark);
    for (size_t i = 0; i < page_count; i++)
        vb_buf_printf(&printed, "| [%s](findings/%s.md) | %s%s |\n", pages[i].code, pages[i].code,
                      pages[i].level == VB_ERROR ? "" : "Warning. ", pages[i].summary);
    if (getenv("VERBOND_WRITE_PAGES") != NULL)
        write_file(path, printed.data);
    else if (strcmp(kept.data, printed.data) != 0)
        fail_msg("%s is old: VERBOND_WRITE_PAGES=1 build/tests/test_finding_page", path);
    vb_buf_finish(&kept);
    vb_buf_finish(&printed);
}

static int read_pages(void **state)
{
    (void)state;
    pages = vb_finding_pages(&arena, &page_count);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    vb_arena_finish(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_wrong_example_of_each_page_gives_that_code_and_no_other),
        cmocka_unit_test(the_right_example_of_each_page_gives_nothing),
        cmocka_unit_test(bytes_that_are_no_letters_are_bad_utf8),
        cmocka_unit_test(too_large_a_file_and_too_many_of_them_are_told),
        cmocka_unit_test(a_link_out_of_the_folder_is_told),
        cmocka_unit_test(every_code_has_a_page_and_every_page_a_code),
        cmocka_unit_test(every_page_has_its_parts_and_the_name_of_its_file),
        cmocka_unit_test(the_list_of_codes_is_the_one_of_the_pages),
    };
    return cmocka_run_group_tests(tests, read_pages, finish);
}
