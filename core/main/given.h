/* given.h - arguments that several commands take: one instrument, paths, words given several times.
 *
 * The two parsers stand in the default: of a command's own; what they do not know either gives
 * ARGP_ERR_UNKNOWN. What they keep points into argv. */
#ifndef VB_GIVEN_H
#define VB_GIVEN_H

#include <argp.h>
#include <stddef.h>

#include "session/named.h"

/* INSTRUMENT, exactly one. *instrument is NULL before. */
error_t vb_given_instrument(const char **instrument, int key, char *arg, struct argp_state *state);

struct vb_given_paths {
    char **list;
    int count;
};
/* PATH..., at least one; what they mean: vb_workplace_instruments. */
error_t vb_given_paths(struct vb_given_paths *paths, int key, struct argp_state *state);

/* The words of one option that may stand several times, in their order. The caller frees list. */
struct vb_given_words {
    const char **list;
    size_t count, cap;
};
void vb_given_word(struct vb_given_words *words, const char *word);

/* A pseudonym or the name of a wave goes into the store and comes out in lists, file names and the
 * results that others get: a person's own name has no place there, and has its blank to tell it by.
 * Refuses what is not 1 to most of the letters a-z, digits, dots, dashes and underscores. NULL is
 * fine. */
enum { VB_GIVEN_PLAIN_MAX = VB_PLAIN_MAX };
enum vb_code vb_given_plain(const char *option, const char *word, size_t most, struct vb_err *err);

#endif
