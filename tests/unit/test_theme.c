/* The organisation's own look: theme.css of the data folder. */
#include "serve_scene.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"

struct look {
    struct serve_scene scene;
    char folder[64], path[128];
};

static int begin(void **state)
{
    struct look *look = calloc(1, sizeof *look);
    serve_scene_begin(&look->scene, "instruments");
    snprintf(look->folder, sizeof look->folder, "/tmp/theme.XXXXXX");
    assert_non_null(mkdtemp(look->folder));
    snprintf(look->path, sizeof look->path, "%s/theme.css", look->folder);
    look->scene.house.data = look->folder;
    *state = look;
    return 0;
}

static int end(void **state)
{
    struct look *look = *state;
    unlink(look->path);
    rmdir(look->path);
    rmdir(look->folder);
    serve_scene_end(&look->scene);
    free(look);
    return 0;
}

static const struct serve_reply *ask(struct look *look)
{
    return serve_ask(&look->scene, NULL, "GET", "/assets/css/theme.css", NULL);
}

static void put(const struct look *look, const char *text, size_t times)
{
    FILE *file = fopen(look->path, "w");
    assert_non_null(file);
    while (times-- > 0)
        fputs(text, file);
    fclose(file);
}

static void without_a_theme_the_sheet_holds_nothing_but_its_comment(void **state)
{
    const struct serve_reply *reply = ask(*state);
    serve_status(reply, 200);
    assert_string_equal(reply->type, "text/css; charset=utf-8");
    assert_null(strchr(reply->text, '{'));
}

static void a_theme_of_the_data_folder_is_given_as_it_stands(void **state)
{
    struct look *look = *state;
    put(look, ":root { --nl-link-color: #005a3c; }\n", 1);
    const struct serve_reply *reply = ask(look);
    serve_status(reply, 200);
    assert_string_equal(reply->text, ":root { --nl-link-color: #005a3c; }\n");
    put(look, ":root { --nl-link-color: #6b2c91; }\n", 1);
    assert_non_null(strstr(ask(look)->text, "#6b2c91"));
}

static void a_theme_is_not_sent_again_while_it_is_the_same(void **state)
{
    struct look *look = *state;
    struct serve_browser browser = { .header = { "If-None-Match", NULL } };
    put(look, "/* one */", 1);
    browser.header[1] = serve_header(ask(look), "ETag");
    serve_status(serve_ask(&look->scene, &browser, "GET", "/assets/css/theme.css", NULL), 304);
    put(look, "/* two */", 1);
    serve_status(serve_ask(&look->scene, &browser, "GET", "/assets/css/theme.css", NULL), 200);
}

static void a_theme_that_is_too_large_is_left_out_and_the_log_says_so(void **state)
{
    struct look *look = *state;
    put(look, "/* a theme of many words */\n", 10000);
    const struct serve_reply *reply = ask(look);
    serve_status(reply, 200);
    assert_null(strstr(reply->text, "many words"));
    assert_non_null(strstr(look->scene.logged.data, "theme.css"));
}

static void a_folder_of_that_name_is_no_theme(void **state)
{
    struct look *look = *state;
    assert_int_equal(mkdir(look->path, 0700), 0);
    serve_status(ask(look), 200);
    assert_non_null(strstr(look->scene.logged.data, "theme.css"));
}

#define THEME_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        THEME_TEST(without_a_theme_the_sheet_holds_nothing_but_its_comment),
        THEME_TEST(a_theme_of_the_data_folder_is_given_as_it_stands),
        THEME_TEST(a_theme_is_not_sent_again_while_it_is_the_same),
        THEME_TEST(a_theme_that_is_too_large_is_left_out_and_the_log_says_so),
        THEME_TEST(a_folder_of_that_name_is_no_theme),
    };
    return cmocka_run_group_tests_name("theme", tests, NULL, NULL);
}
