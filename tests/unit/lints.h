/* lints.h - for tests of the lint: an instrument from text, loaded and gone over. */
#ifndef VB_TEST_LINTS_H
#define VB_TEST_LINTS_H

#include "lint/lint.h"
#include "loads.h"

static inline struct loaded lint_text(const char *text)
{
    struct loaded loaded = load_text(text);
    if (loaded.plan != NULL)
        vb_lint(loaded.plan, "", &loaded.findings);
    return loaded;
}

/* body: what stands in v.instrument after its head. */
static inline struct loaded lint_body(const char *body)
{
    char text[8192];
    snprintf(text, sizeof text, HEAD "%s }", body);
    return lint_text(text);
}

/* Exactly one finding, with this code and this in its message. */
static inline void finds_in(const char *body, const char *code, const char *says)
{
    struct loaded loaded = lint_body(body);
    const struct vb_finding *found = finding(&loaded, code);
    if (found == NULL || loaded.findings.count != 1 || found->mend == NULL || found->line < 1 ||
        strstr(found->message, says) == NULL) {
        print_findings(&loaded);
        fail_msg("%s expected, saying \"%s\", from: %s", code, says, body);
    }
    unload(&loaded);
}

static inline void finds_nothing_in(const char *body)
{
    struct loaded loaded = lint_body(body);
    if (loaded.findings.count != 0) {
        print_findings(&loaded);
        fail_msg("nothing expected from: %s", body);
    }
    unload(&loaded);
}

#define TITLED      "title = { nl = \"Een\", en = \"One\" }"
#define TEXTS(n, e) "text = { nl = \"" n "\", en = \"" e "\" }"
#define AGREE                                                                                      \
    "formats = { standard = v.answers { { 1, nl = \"nee\", en = \"no\" }, "                        \
    "{ 2, nl = \"soms\", en = \"sometimes\" }, { 3, nl = \"ja\", en = \"yes\" } } }, "

#endif
