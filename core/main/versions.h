/* versions.h - what this program is made of. */
#ifndef VB_VERSIONS_H
#define VB_VERSIONS_H

#include <stdio.h>

/* "verbond 0.1.0", then a line for each library. */
void vb_versions_print(FILE *out);

#endif
