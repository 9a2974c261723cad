/* build.h - the parts of which FHIR JSON is built here, over cJSON.
 *
 * Numbers are written as text of our own, so that 70.0 does not become 70. A call that finds no
 * memory notes it: build_failed says so at the end, and what was built is thrown away. One thread.
 */
#ifndef FHIR_BUILD_H
#define FHIR_BUILD_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "result.h"

/* Before the first of the others: has cJSON tell of every allocation that fails. */
void build_begin(void);
bool build_failed(void); /* since it was asked last */
void build_fail(void);   /* one that is not cJSON's failed */

/* -- reading, beside result.h: NULL and "not there" are the same -- */
bool get_flag(const cJSON *object, const char *name);
bool list_has(const cJSON *texts, const char *text);
bool same(const char *a, const char *b); /* NULL is the same as NULL only */

/* -- adding: name NULL appends to a list. child is taken in any case -- */
cJSON *put(cJSON *parent, const char *name, cJSON *child);
cJSON *put_object(cJSON *parent, const char *name);
cJSON *put_list(cJSON *parent, const char *name); /* the one there is, else a new one */
void put_text(cJSON *parent, const char *name, const char *text); /* NULL: nothing */
void put_flag(cJSON *parent, const char *name, bool flag);
void put_int(cJSON *parent, const char *name, int64_t number);
/* At most three decimals, as everything of ours; at least `decimals` of them. */
void put_number(cJSON *parent, const char *name, double number, int decimals);
/* Of a minimal resource; in the order a reader expects. */
cJSON *new_resource(const char *type, const char *id);

/* -- the shapes that come back everywhere -- */
cJSON *put_extension(cJSON *element, const char *url); /* a new one, its value to be put in */
cJSON *put_coding(cJSON *parent, const char *name, const char *system, const char *code,
                  const char *display);
void put_reference(cJSON *parent, const char *name, const char *reference); /* NULL: nothing */

/* A text made piece by piece: fprintf to file, then text_done. */
struct text {
    FILE *file; /* never NULL between begin and done */
    char *bytes;
    size_t len;
};
bool text_begin(struct text *text); /* false: no memory, and noted */
char *text_done(struct text *text); /* the caller frees it; NULL: no memory, and noted */
char *text_of(const char *format, ...) __attribute__((format(printf, 1, 2))); /* the same */

#define FHIR_CORE "http://hl7.org/fhir/StructureDefinition/"
#define FHIR_SDC  "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
#define UCUM      "http://unitsofmeasure.org"

#endif
