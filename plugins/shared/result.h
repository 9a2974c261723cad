/* result.h - what output plugins look up in a result and in an instrument document. */
#ifndef RESULT_H
#define RESULT_H

#include <cjson/cJSON.h>
#include <stdbool.h>

/* A member, told by its exact name; NULL: it is not there, also when object is NULL. Borrowed. */
const cJSON *result_of(const cJSON *object, const char *name);
/* Its text; NULL: it is none. Borrowed. */
const char *result_text(const cJSON *object, const char *name);

/* What the receiver has of the round's earlier revisions is to go: somebody withdrew, was erased,
 * or corrected something. A correction may take back a yes to this very purpose: who gave it is not
 * to stay. */
bool result_takes_back(const cJSON *result);

#endif
