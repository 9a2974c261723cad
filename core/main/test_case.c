#include "main/test_case.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "main/test_expect.h"
#include "main/test_show.h"
#include "store/store_memory.h"
#include "term/term.h"

enum { CASE_MAX_BYTES = 4 * 1024 * 1024, WITH_MAX = 32 };

/* -- what a case says about its round --------------------------------------------------------- */

/* A string beside the persons, out of the tree, since an answer file does not know it. */
static const char *take_word(cJSON *answers, const char *key, struct vb_arena *arena)
{
    cJSON *word = cJSON_DetachItemFromObjectCaseSensitive(answers, key);
    const char *copy = cJSON_IsString(word) ? vb_arena_strdup(arena, word->valuestring) : NULL;
    cJSON_Delete(word);
    return copy;
}

static void take_with(cJSON *answers, struct vb_round_options *options, const char **with,
                      struct vb_arena *arena)
{
    cJSON *list = cJSON_DetachItemFromObjectCaseSensitive(answers, "with"), *name;
    cJSON_ArrayForEach(name, list)
    {
        if (cJSON_IsString(name) && options->with_count < WITH_MAX)
            with[options->with_count++] = vb_arena_strdup(arena, name->valuestring);
    }
    if (options->with_count > 0)
        options->with = with;
    cJSON_Delete(list);
}

/* -- the walk --------------------------------------------------------------------------------- */

struct run {
    const struct vb_env *env;
    struct vb_arena arena;
    struct vb_store *store;
    struct vb_round *round;
    struct vb_answer_file *file;
};

static enum vb_code walk(struct run *run, struct vb_plan *plan, const char *name,
                         const struct vb_test_case *test, struct vb_err *err)
{
    cJSON *answers = NULL;
    const char *with[WITH_MAX];
    struct vb_buf text = { 0 };
    struct vb_round_options options = { .simulated = true };
    enum vb_code rc =
        vb_json_parse(&answers, test->answers, strlen(test->answers), CASE_MAX_BYTES, err);
    if (rc != VB_OK)
        return rc;
    options.format = take_word(answers, "format", &run->arena);
    options.form = take_word(answers, "form", &run->arena);
    options.variant = take_word(answers, "variant", &run->arena);
    options.setting = take_word(answers, "setting", &run->arena);
    const char *language = take_word(answers, "language", &run->arena);
    take_with(answers, &options, with, &run->arena);
    vb_json_canonical(&text, answers);
    cJSON_Delete(answers);
    rc = vb_answer_file_parse(&run->file, name, text.data, text.len, err);
    vb_buf_finish(&text);
    if (rc == VB_OK)
        rc = vb_answer_file_fits(run->file, plan, err);
    if (rc == VB_OK)
        rc = vb_answer_file_options(run->file, &options, err);
    if (rc == VB_OK)
        rc = vb_round_open(&run->round, run->store, run->env, plan, &options, err);
    if (rc == VB_OK)
        rc = vb_answer_files_walk(&run->file, 1, run->round, language, run->env, err);
    return rc;
}

/* -- one case --------------------------------------------------------------------------------- */

static void say_unknown(struct vb_buf *said, const struct vb_test_case *test, const char *name)
{
    static const char *const known[] = { "path", "scale", "missing", "talk" };
    const char *meant = vb_did_you_mean(name, known, sizeof known / sizeof *known);
    vb_buf_printf(said, "  line %d: expect.%s: not known; ", vb_test_case_line(test, name), name);
    if (meant != NULL)
        vb_buf_printf(said, "did you mean %s? ", meant);
    vb_buf_puts(said, "there are path, scale, missing, talk\n");
}

static void compare(const struct run *run, const struct vb_test_case *test, struct vb_buf *said)
{
    struct vb_expect expect = { .round = run->round, .test = test, .said = said };
    struct vb_err err;
    cJSON *tree = NULL;
    if (vb_json_parse(&tree, test->expect, strlen(test->expect), CASE_MAX_BYTES, &err) != VB_OK) {
        vb_buf_printf(said, "  expect: %s\n", err.text);
        return;
    }
    const cJSON *part;
    cJSON_ArrayForEach(part, tree)
    {
        if (vb_streq(part->string, "path"))
            vb_expect_path(&expect, part);
        else if (vb_streq(part->string, "scale"))
            vb_expect_scale(&expect, part);
        else if (vb_streq(part->string, "missing"))
            vb_expect_missing(&expect, part);
        else if (vb_streq(part->string, "talk"))
            vb_expect_talk(&expect, part);
        else
            say_unknown(said, test, part->string);
    }
    cJSON_Delete(tree);
}

/* err: "FILE: client.trust.report: ..."; the line is that of the item, else of the person. */
static void say_refused(struct vb_buf *said, const struct vb_test_case *test, const char *name,
                        const struct vb_err *err)
{
    const char *field = err->text;
    char word[256];
    if (vb_starts_with(field, name))
        field += strlen(name) + strspn(field + strlen(name), ": ");
    const char *dot = memchr(field, '.', strcspn(field, " "));
    const char *from = dot == NULL ? field : dot + 1;
    size_t len = strcspn(from, " ");
    snprintf(word, sizeof word, "%.*s", (int)(len > 0 && from[len - 1] == ':' ? len - 1 : len),
             from);
    vb_buf_printf(said, "  line %d: the answers could not be walked: %s\n",
                  vb_test_case_line(test, word), field);
}

bool vb_test_case_run(const struct vb_env *env, struct vb_plan *plan, const char *name,
                      const struct vb_test_case *test, struct vb_buf *said, struct vb_buf *shown)
{
    struct run run = { .env = env, .store = vb_store_memory_create() };
    struct vb_err err;
    size_t before = said->len;
    if (walk(&run, plan, name, test, &err) != VB_OK) {
        say_refused(said, test, name, &err);
    } else {
        compare(&run, test, said);
        if (shown != NULL)
            vb_test_show(shown, run.round);
    }
    vb_round_destroy(run.round);
    vb_answer_file_destroy(run.file);
    vb_store_destroy(run.store);
    vb_arena_finish(&run.arena);
    return said->len == before;
}
