/* mapping.h - verbond.result/1 and verbond.instrument/1 as FHIR R4
 * (docs/reference/fhir-mapping.md).
 *
 * One `struct mapping` lives as long as one delivery. What a result gives is put into `entries`, a
 * list of bundle entries; who is referred to is put there when the first reference is made. */
#ifndef FHIR_MAPPING_H
#define FHIR_MAPPING_H

#include <verbond/output.h>

#include "build.h"
#include "ids.h"

struct fhir_settings { /* options, checked; borrowed from the host */
    const char *base;  /* what every url of ours begins with; no slash at its end */
    const char *lang;  /* NULL: the instrument's first language */
    const char *category, *code_system; /* of Observations; code_system NULL: our own */
    const char *related;                /* roles that are RelatedPersons, blanks between */
    bool strict, attachments;
    int64_t attachment_limit; /* bytes */
};

struct mapping {
    const struct fhir_settings *settings;
    const struct vb_output_host *host;
    const struct vb_output_delivery *delivery;
    const cJSON *instrument, *result;
    const char *lang; /* of the instrument's */
    cJSON *entries;
    char why[160]; /* strict: what cannot be mapped; "": nothing */
};

/* -- mapping.c -- */
/* Everything of the result; false: refused, why says so. */
bool mapping_make(struct mapping *map);
/* An entry that puts the resource at its own id; the resource is taken. */
void mapping_put(struct mapping *map, cJSON *resource);
/* "BASE/StructureDefinition/NAME": an extension of our own. */
cJSON *mapping_extension(const struct mapping *map, cJSON *element, const char *name);
/* meta: of which round it is, and whether anybody gave these answers. */
void mapping_meta(const struct mapping *map, cJSON *resource);
/* words by language, such as an item's text: the chosen language as NAME, the others as its
 * translations in _NAME. With the variant's and the instrument's words for slots. */
void mapping_words(const struct mapping *map, cJSON *element, const char *name, const cJSON *words);
/* Only the chosen language of them: of what was answered the Questionnaire has the others. */
void mapping_word(const struct mapping *map, cJSON *element, const char *name, const cJSON *words);

/* -- unit.c: what one Questionnaire asks -- */
struct unit {
    const char *role;           /* NULL: of both together */
    const char *about;          /* role of the member it is about; NULL: about nobody */
    const char *format;         /* never NULL */
    const char *form, *variant; /* NULL: all of it; none */
    cJSON *items;               /* of the instrument, borrowed, in asked order */
    char id[FHIR_ID_SIZE];
    char *url; /* canonical, without version */
};
/* answers: of a result, by item id. False: nothing is asked, or no memory. */
bool unit_begin(struct unit *unit, const struct mapping *map, const char *role, const char *about,
                const cJSON *answers);
void unit_end(struct unit *unit);
const cJSON *unit_options(const struct unit *unit, const struct mapping *map, const cJSON *item);
/* "BASE/CodeSystem/...": of the options of an item; the caller frees it. */
char *unit_system(const struct unit *unit, const struct mapping *map, const cJSON *item);
/* How a scale counts in this unit. False: none of its items is asked. */
struct unit_scale {
    int of, wanted;
    double min, max;
    const cJSON *items[4096]; /* scored, as many as of */
};
bool unit_scale(struct unit_scale *out, const struct unit *unit, const struct mapping *map,
                const cJSON *scale);
bool unit_range(const struct unit *unit, const struct mapping *map, const cJSON *item, double *min,
                double *max);

/* -- questionnaire.c, item.c -- */
void questionnaire_put(struct mapping *map, const struct unit *unit);
void item_put(struct mapping *map, const struct unit *unit, cJSON *list, const cJSON *item);

/* -- expression.c: FHIRPath on %resource, a QuestionnaireResponse -- */
/* sum, answered, mean, pomp: as docs/reference/scores.md. The caller frees them; NULL: no memory.
 */
char *expression_score(const struct unit *unit, const struct mapping *map,
                       const struct unit_scale *scale, const char *what);
char *expression_total(const struct unit *unit, const struct mapping *map, const cJSON *total);
char *expression_when(const struct mapping *map, const cJSON *when);

/* -- response.c -- */
/* answers, scales, totals: of a result; NULL: none. authored by source, about subject: references
 * ("Patient/..."), NULL: none. Writes the reference of the response; "" when nothing was given. */
struct voice {
    const char *id;               /* of the response */
    const char *source, *subject; /* references; NULL: none */
    const char *language, *mode;  /* NULL: not said */
    const cJSON *answers, *scales, *totals;
};
void response_put(struct mapping *map, const struct unit *unit, const struct voice *voice);

/* -- observation.c -- */
void observation_scales(struct mapping *map, const struct voice *voice, const char *person,
                        const char *about, bool answered);
void observation_differences(struct mapping *map);

/* -- person.c -- */
/* The reference to somebody of the result, in out; makes the entry when it is the first. False:
 * nobody that can be named. */
enum { FHIR_REFERENCE_SIZE = FHIR_ID_SIZE + 20 };
bool person_voice(struct mapping *map, const char *person, char out[FHIR_REFERENCE_SIZE]);
/* Whom a response is about: the member, the person itself when of the roster, else the client. */
bool person_subject(struct mapping *map, const char *person, const char *about,
                    char out[FHIR_REFERENCE_SIZE]);
const cJSON *person_find(const struct mapping *map, const char *person); /* of respondents */

#endif
