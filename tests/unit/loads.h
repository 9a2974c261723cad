/* loads.h - for tests of the loader: an instrument from text or from a folder, and what was found.
 */
#ifndef VB_TEST_LOADS_H
#define VB_TEST_LOADS_H

#include "script/load.h"
#include "tests.h"

struct loaded {
    struct vb_plan *plan;
    struct vb_findings findings;
    struct vb_err err;
    enum vb_code code;
};

static inline struct vb_sandbox_options load_options(void)
{
    return (struct vb_sandbox_options){ .limits = vb_limits_load(), .clock = vb_clock_system() };
}

static inline struct loaded load_from(const struct vb_source *source, const char *path)
{
    struct loaded loaded = { 0 };
    struct vb_sandbox_options options = load_options();
    loaded.code = vb_load(&loaded.plan, source, path, &options, &loaded.findings, &loaded.err);
    return loaded;
}

static inline struct loaded load_files(const struct vb_file *files, size_t count)
{
    struct vb_pinned pinned = { .files = files, .count = count };
    struct vb_source source = vb_source_pinned(&pinned);
    return load_from(&source, files[0].path);
}

/* The text of one.lua's instrument, alone. */
static inline struct loaded load_text(const char *text)
{
    struct vb_file file = { .path = "one/instrument.lua", .bytes = text, .len = strlen(text) };
    return load_files(&file, 1);
}

/* Messages show root before paths, as for authors. */
static inline struct loaded load_folder(const char *root, const char *path)
{
    struct vb_folder folder = { .root = root };
    struct vb_source source = vb_source_folder(&folder);
    return load_from(&source, path);
}

static inline void unload(struct loaded *loaded)
{
    vb_plan_release(loaded->plan);
    vb_findings_finish(&loaded->findings);
}

static inline void print_findings(const struct loaded *loaded)
{
    struct vb_buf text = { 0 };
    vb_findings_write(&text, &loaded->findings, VB_FINDINGS_TEXT);
    fprintf(stderr, "%s%s\n", text.data == NULL ? "" : text.data, loaded->err.text);
    vb_buf_finish(&text);
}

/* Fails with what was found when it did not load. */
static inline struct vb_plan *plan_of(struct loaded *loaded)
{
    if (loaded->code != VB_OK)
        print_findings(loaded);
    assert_int_equal(loaded->code, VB_OK);
    assert_non_null(loaded->plan);
    return loaded->plan;
}

static inline const struct vb_finding *finding(const struct loaded *loaded, const char *code)
{
    for (size_t i = 0; i < loaded->findings.count; i++)
        if (strcmp(loaded->findings.list[i].code, code) == 0)
            return &loaded->findings.list[i];
    return NULL;
}

/* The head of an instrument for tests, up to its questions. */
#define HEAD_WITHOUT(languages, respondents)                                                       \
    "local v <const> = require \"verbond\"\n"                                                      \
    "return v.instrument { id = \"one\", version = \"1.0.0\", licence = \"CC0-1.0\", "             \
    "basis = \"own\", source = \"own\", title = { nl = \"Een\", en = \"One\" },\n"                 \
    "languages = " languages ", respondents = " respondents ",\n"
#define HEAD  HEAD_WITHOUT("{ \"nl\", \"en\" }", "{ \"client\", \"professional\" }")
#define WORDS "text = { nl = \"Hoe?\", en = \"How?\" }"

#endif
