/* load.h - from Lua files to a plan, with everything that is wrong said at once.
 *
 * Reads instrument.lua and what it requires or includes through a source, in a sandbox of its own
 * that is gone afterwards. Blocking; any thread. */
#ifndef VB_LOAD_H
#define VB_LOAD_H

#include "base/buf.h"
#include "base/clock.h"
#include "data/finding.h"
#include "data/instrument.h"
#include "script/sandbox.h"
#include "store/store.h"

/* Where files come from: a folder of instruments, or the files a store pinned. */
struct vb_source {
    /* Appends the file at path (relative to the instruments folder, '/' between names).
     * VB_E_ABSENT, VB_E_LIMIT past VB_SOURCE_MAX, VB_E_IO. */
    enum vb_code (*read)(void *ctx, const char *path, struct vb_buf *out, struct vb_err *err);
    /* Is there a file at path? For pictures, which are not read. NULL: cannot be known (pinned). */
    bool (*has)(void *ctx, const char *path);
    void *ctx;
    const char *shown; /* put before paths in messages, such as "instruments/"; "" for none */
};

/* Loads path (such as "menger-monitor/instrument.lua"). *out: one reference, NULL when findings
 * holds errors. Warnings may stand in findings although it loaded. Returns VB_E_DATA when there are
 * errors in the files (err counts them and quotes the first), VB_E_ABSENT, VB_E_LIMIT, VB_E_IO. */
enum vb_code vb_load(struct vb_plan **out, const struct vb_source *source, const char *path,
                     const struct vb_sandbox_options *options, struct vb_findings *findings,
                     struct vb_err *err);

/* For who translates. Loads path as if language (a tag) were one of its languages and its texts
 * could be missing: a text that has none is "" in that language. Where the field translations does
 * not name the language, LANG.lua beside instrument.lua is read as if it did. Everything else is as
 * vb_load. */
struct vb_translation { /* one entry of LANG.lua */
    const char *key, *text;
    const char *source; /* vb_source_hash of what it was made from; NULL: not said */
};
struct vb_draft_language {
    const char *language;                          /* given */
    int index;                                     /* plan language index */
    bool in_languages, in_status, in_translations; /* of instrument.lua */
    const char *from;                  /* the language its translations are made from; NULL: none */
    const struct vb_translation *list; /* by key; strings and list hang in the plan */
    size_t count;
};
enum vb_code vb_load_draft(struct vb_plan **out, struct vb_draft_language *draft,
                           const struct vb_source *source, const char *path,
                           const struct vb_sandbox_options *options, struct vb_findings *findings,
                           struct vb_err *err);

/* A folder source: root is the instruments folder. Names that leave it are refused. Messages show
 * "root/" before paths, nothing for "."; change shown of the source for something else. */
struct vb_folder {
    const char *root;
    char shown[1024]; /* filled by vb_source_folder */
};
struct vb_source vb_source_folder(struct vb_folder *folder);
/* Pinned files, as the store gives them. */
struct vb_pinned {
    const struct vb_file *files;
    size_t count;
};
struct vb_source vb_source_pinned(struct vb_pinned *pinned);

/* What `run NAME` and `check PATH` mean: a path to a folder or an instrument.lua, else NAME in own
 * (the folder that is configured; NULL: none), ./instruments, PREFIX/share/verbond/instruments.
 * *root and *path are allocated in arena. VB_E_ABSENT says where it looked. */
enum vb_code vb_instrument_find(const char *name, const char *own, struct vb_arena *arena,
                                const char **root, const char **path, struct vb_err *err);

/* Cases of a tests.lua: each name, and canonical JSON of its answers (as an answer file) and its
 * expectations ("none" stands for v.none as {"none": true}). findings as vb_load has them;
 * VB_E_ABSENT when there is no such file. */
struct vb_test_case {
    const char *name;
    int line;
    const char *answers, *expect;
    const char *text; /* of the file, from the case's name up to the next case */
    size_t text_len;
};
/* The line of the case in which word is written, in quotes or before a "="; the case's own where it
 * is not. */
int vb_test_case_line(const struct vb_test_case *test, const char *word);
enum vb_code vb_load_tests(struct vb_test_case **out, size_t *count, struct vb_arena *arena,
                           const struct vb_source *source, const char *path,
                           const struct vb_sandbox_options *options, struct vb_findings *findings,
                           struct vb_err *err);

#endif
