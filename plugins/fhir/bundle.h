/* bundle.h - one transaction Bundle in a file: an entry a line, in one order, so that the same
 * entries are the same bytes whatever came first. */
#ifndef FHIR_BUNDLE_H
#define FHIR_BUNDLE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

/* Is it empty, or a Bundle as it is written here? */
bool bundle_is_ours(const char *bytes, size_t len);

/* The file's bytes with the entries of one round in the place of those it has. What that round had
 * and has no longer becomes a DELETE; a person whom nothing refers to any more becomes an empty
 * resource without pseudonym. round: the text of meta.source. In memory of its own, NUL-terminated;
 * NULL: no memory, or foreign: somebody else wrote in the file. */
char *bundle_with(const char *bytes, size_t len, const cJSON *entries, const char *round,
                  bool *foreign);

#endif
