/* ids.h - names of resources. The same thing has the same one in every bundle, so that what comes
 * twice is there once; none says a round, a person or a dossier. */
#ifndef FHIR_IDS_H
#define FHIR_IDS_H

enum { FHIR_ID_SIZE = 65 }; /* with its NUL: FHIR allows 64 */

/* 32 hexadecimal digits of the SHA-256 of the texts; the last one is NULL. */
void fhir_id(char out[FHIR_ID_SIZE], const char *first, ...) __attribute__((sentinel));

#endif
