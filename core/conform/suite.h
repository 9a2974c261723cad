/* suite.h - what the tests of the suite are written with. Of this room only.
 *
 *      suite   one plugin under test, what it said of itself, the receivers
 *      trial   one test: a fresh folder, a verdict
 *      life    one process of the plugin, from hello to its end (life.h)
 *
 * The first thing that goes wrong in a trial is its verdict; what follows is not looked at. */
#ifndef VB_CONFORM_SUITE_H
#define VB_CONFORM_SUITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "conform/conform.h"
#include "outbox/protocol.h"

enum vb_receiver { VB_TO_NOBODY, VB_TO_FILES, VB_TO_HTTP, VB_TO_NATS };
struct vb_suite {
    const struct vb_conform_options *asked;
    struct vb_arena arena;
    char *root;                           /* the folder of this run */
    const struct vb_wire_option *options; /* what ready said */
    size_t option_count;
    bool described;
    char undescribed[512];  /* why not */
    enum vb_receiver to;    /* where its results go, by its options */
    const char *unreceived; /* why there is no receiver for its url; NULL: there is one */
    bool set_otherwise; /* the trial before had other options: a server may hold what came of it */
    struct receiver *receiver; /* receiver.h; NULL: it needs none */
    int64_t patience_percent;  /* falls once a deadline was missed: a run stays bounded */
    enum vb_code broken;       /* the suite itself could not go on; err says why */
    struct vb_err err;
};
struct trial {
    struct vb_suite *suite;
    const char *name;
    struct vb_arena arena;
    char *folder, *dir, *files, *secrets, *handed; /* its own; handed holds blobs */
    enum vb_verdict verdict;
    char reason[1024];
};
typedef void trial_run(struct trial *trial);
struct vb_case {
    const char *name, *meaning;
    trial_run *run;
};
extern const struct vb_case vb_cases[]; /* catalogue.c; ends with name NULL */

/* The first one counts. Both give false back. */
bool trial_fail(struct trial *trial, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
bool trial_skip(struct trial *trial, const char *why);
/* No verdict yet but the first, that it passes: one that failed or was skipped is asked nothing
 * more. */
static inline bool trial_goes_on(const struct trial *trial)
{
    return trial->verdict == VB_PASSED;
}

/* Ends what plugins left (group.h), and spares the receiver. */
int suite_reap(struct vb_suite *suite, char *name, size_t name_size);

/* -- setting.c: what the plugin is set to --------------------------------------------------------
 */

struct changed_option {
    const char *name;
    const char *value; /* NULL: left out */
    bool added;        /* though the plugin has no such option */
};
/* A JSON object of texts, paths in the trial's folder; parents of paths and files of secrets are
 * made. change NULL: none. least: only what is required. In the trial's arena. */
const char *trial_options(struct trial *trial, const struct changed_option *change, bool least);
/* Does its name say that it is a secret? */
bool vb_option_is_secret(const char *name);
/* By what ready said: where results go. */
enum vb_receiver vb_receiver_of(const struct vb_wire_option *options, size_t count);

/* -- tree.c: folders ----------------------------------------------------------------------------
 */

bool tree_make(const char *path);   /* a folder, with those above it */
bool tree_remove(const char *path); /* with everything in it; one that is not there is fine */
bool tree_write(const char *path, const void *bytes, size_t len); /* a whole file, 0600 */
/* Where word stands below path, in a file's bytes or its name; NULL: nowhere. In arena. */
const char *tree_find(struct vb_arena *arena, const char *path, const char *word);
size_t tree_count(const char *path, const char *word); /* how often, in bytes of files */
/* Every file below path with its bytes, sorted by name. */
struct tree_file {
    const char *name; /* below path */
    struct vb_buf bytes;
};
struct tree {
    struct tree_file *files;
    size_t count, cap;
    struct vb_arena arena;
};
void tree_read(struct tree *out, const char *path);
void tree_finish(struct tree *tree);

#endif
