/* output.h - what an output plugin is: one C shared object that gets the results of released
 * rounds.
 *
 * A plugin exports one function, vb_output_entry, and includes no other header of verbond. It runs
 * in a process of its own (verbond output-host), with one thread that calls open once, deliver for
 * one parcel after the other, and close at the end. Whatever it does, nobody else's results suffer.
 *
 *      open  ->  deliver, deliver, ...  ->  close
 *
 * Strings are UTF-8 and NUL-terminated, borrowed for the length of the call; what a plugin keeps it
 * copies. What it prints on stdout harms nothing (it goes where stderr goes). A plugin never exits
 * or aborts on purpose: it answers.
 *
 * VERSIONS. Every struct begins with its size, so that both sides know how much of it there is:
 * members are only ever added at the end, and one that is no longer used keeps its place. A plugin
 * built against an older minor version loads, and what its struct has not is taken as 0. One that
 * wants a newer minor, or another major, is refused with both versions in the message.
 *
 * Changes:
 *   1.0  2026-11-22  first version
 */
#ifndef VERBOND_OUTPUT_H
#define VERBOND_OUTPUT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define VB_OUTPUT_ABI_MAJOR 1
#define VB_OUTPUT_ABI_MINOR 0

#if defined(__GNUC__)
#define VB_OUTPUT_EXPORT __attribute__((visibility("default")))
#else
#define VB_OUTPUT_EXPORT
#endif

/* -- options ---------------------------------------------------------------------------------- */

enum vb_output_type {
    VB_OUTPUT_TEXT = 0,
    VB_OUTPUT_PATH,   /* a file or folder, absolute by the time the plugin sees it */
    VB_OUTPUT_URL,    /* with its scheme */
    VB_OUTPUT_INT,    /* decimal, fits int64_t */
    VB_OUTPUT_BOOL,   /* "true" or "false" */
    VB_OUTPUT_CHOICE, /* one word of choices */
};
struct vb_output_option {
    const char *name;          /* [a-z][a-z0-9-]*; purpose and content are the engine's */
    int type;                  /* enum vb_output_type */
    int required;              /* 0 or 1 */
    const char *default_value; /* NULL: none */
    const char *example;       /* never NULL: what a sample configuration shows */
    const char *check;         /* what a conformance test sets instead of example; NULL: example */
    const char *help;          /* one line */
    const char *choices;       /* of VB_OUTPUT_CHOICE: words with one blank between; else NULL */
};

/* -- what the engine offers ------------------------------------------------------------------- */

enum vb_output_level { VB_OUTPUT_DEBUG = 0, VB_OUTPUT_INFO, VB_OUTPUT_WARN, VB_OUTPUT_ERROR };

struct vb_output_delivery;
struct vb_output_host {
    size_t size;
    void *ctx;        /* the engine's own */
    const char *dir;  /* a folder of this output's own, kept from start to start */
    const char *name; /* what this output is called in the configuration */
    /* The value of an option, checked against its type; its default when it was not given; NULL:
     * neither. Lives until close. */
    const char *(*option)(const struct vb_output_host *host, const char *name);
    /* One line for the engine's log. Never an answer, a name or somebody's own words. */
    void (*log)(const struct vb_output_host *host, int level, const char *text);
    /* The conversation sheet of a delivery as one HTML page; only while deliver runs, borrowed
     * until it returns. NULL: this delivery has none (content event, scores); or, when the
     * blob sheet.html is listed, it cannot be read now, which is a reason for VB_OUTPUT_RETRY. */
    const char *(*render_sheet)(const struct vb_output_host *host,
                                const struct vb_output_delivery *delivery, size_t *len);
};

/* -- a delivery ------------------------------------------------------------------------------- */

struct vb_output_blob {
    const char *digest; /* "sha256:..." as the result names it; "sheet.html" for the sheet */
    const char *type;   /* such as "image/png"; strokes: docs/reference/answers.md */
    const char *file;   /* absolute; readable while deliver runs, gone afterwards */
};
struct vb_output_delivery {
    size_t size;
    const char *parcel;      /* ROUND/OUTPUT/REVISION: the same one may come again, see below */
    int attempt;             /* 1, 2, ... */
    int64_t deadline_ms;     /* from now; a plugin that takes longer is ended, and this waits */
    const char *result_json; /* verbond.result/1 */
    size_t result_len;
    const char *instrument_json; /* verbond.instrument/1 of the result's digest */
    size_t instrument_len;
    const struct vb_output_blob *blobs;
    size_t blob_count, blob_size; /* size of one, so that blobs can grow */
};

/* At least once: after a crash in the middle the same parcel comes again, with a higher attempt. A
 * receiver tells by the parcel's name that it has it. */
enum vb_output_outcome {
    VB_OUTPUT_DELIVERED = 0, /* durable with the receiver: it is never sent again */
    VB_OUTPUT_RETRY = 1,     /* not now; again after after_ms, or when the engine thinks */
    VB_OUTPUT_REJECTED = 2   /* never: a person has to look at it */
};
struct vb_output_answer {
    size_t size;
    int64_t after_ms; /* with VB_OUTPUT_RETRY: not before; 0: the engine chooses */
    char reason[256]; /* with retry and rejected: one line for a person; no answers, no names */
};

/* -- the plugin ------------------------------------------------------------------------------- */

struct vb_output {
    size_t size; /* sizeof(struct vb_output) when it was built */
    unsigned abi_major, abi_minor;
    const char *name;                       /* [a-z][a-z0-9-]*, as the file is called */
    const char *summary;                    /* one line */
    const struct vb_output_option *options; /* option_count of them; NULL: none */
    size_t option_count, option_size;       /* size of one when it was built */
    /* Begins with checked options. NULL: it cannot, and error (error_size bytes, NUL-terminated)
     * says why; nothing else is called then. What it gives back is self below. */
    void *(*open)(const struct vb_output_host *host, char *error, size_t error_size);
    /* One parcel; returns an enum vb_output_outcome. answer is all 0 but for size. */
    int (*deliver)(void *self, const struct vb_output_delivery *delivery,
                   struct vb_output_answer *answer);
    void (*close)(void *self); /* NULL: there is nothing to close */
};

/* The one symbol. What it points to lives as long as the library. */
VB_OUTPUT_EXPORT const struct vb_output *vb_output_entry(void);

#ifdef __cplusplus
}
#endif
#endif
