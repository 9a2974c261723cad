/* str.h - small questions about C strings. Pure; any thread. */
#ifndef VB_STR_H
#define VB_STR_H

#include <stdbool.h>
#include <stddef.h>

bool vb_streq(const char *a, const char *b); /* NULL equals only NULL */
bool vb_starts_with(const char *s, const char *prefix);
bool vb_ends_with(const char *s, const char *suffix);

/* The candidate a person most likely meant by word (edit distance at most a third of its length),
 * or NULL. candidates are borrowed; NULL entries are passed over. */
const char *vb_did_you_mean(const char *word, const char *const *candidates, size_t count);

#endif
