/* conform.h - the conformance suite of outputs: does a plugin keep what docs/reference/output.md
 * promises?
 *
 * It plays the engine: each test starts the plugin in a process and a folder of its own, hands it
 * sample results and looks at what comes back, what is left on the disk and what arrived at a
 * receiver. Blocking; on the loop's thread. What each test asks is docs/reference/conformance.md.
 */
#ifndef VB_CONFORM_H
#define VB_CONFORM_H

#include "base/buf.h"
#include "base/mem.h"
#include "loop/loop.h"

enum vb_verdict { VB_PASSED, VB_FAILED, VB_SKIPPED };
struct vb_conform_test {
    const char *name;    /* stable, such as "options-unknown" */
    const char *meaning; /* one line */
    enum vb_verdict verdict;
    const char *reason; /* of one that failed or was skipped; NULL: it passed */
};
struct vb_conform_given {
    const char *name, *value; /* an option as it was typed; paths absolute */
};
struct vb_conform_options {
    struct vb_loop *loop;
    const char *program;  /* verbond itself: starts everything through output-host */
    const char *plugin;   /* absolute path of a .so, .lua or program */
    const char *output;   /* what it is called */
    const char *receiver; /* verbond-receiver; NULL: there is none, and what needs it is skipped */
    const struct vb_conform_given *given;
    size_t given_count;
    const char *const *only; /* names of tests; NULL: all */
    size_t only_count;
    void (*told)(void *ctx, const struct vb_conform_test *test); /* as each ends; NULL: nobody */
    void *ctx;
};
struct vb_conform_report {
    struct vb_conform_test *tests;
    size_t count;
    int passed, failed, skipped;
    struct vb_arena arena; /* owns all strings */
};
/* Runs the suite. VB_OK whatever the verdicts are. VB_E_USAGE: only names a test there is not, or
 * an option is given that the plugin does not have. VB_E_IO: the suite itself could not work.
 * VB_E_STOPPED. Zero-initialise the report; finish frees it. */
enum vb_code vb_conform_run(struct vb_conform_report *report,
                            const struct vb_conform_options *options, struct vb_err *err);
/* Every test there is, as if it had not run: skipped, without a reason. */
void vb_conform_tests(struct vb_conform_report *report);
void vb_conform_report_finish(struct vb_conform_report *report);

/* [{"name", "meaning", "verdict": "passed"|"failed"|"skipped", "reason": text or null}] */
void vb_conform_json(struct vb_buf *out, const struct vb_conform_report *report);
/* "N passed, N failed", and ", N skipped" when any was. */
void vb_conform_closing(struct vb_buf *out, const struct vb_conform_report *report);

#endif
