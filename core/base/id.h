/* id.h - random ids: 80 bits in 16 characters of Crockford's base 32, lower case.
 *
 * Randomness is given: main hands over the system's, tests a seeded one. */
#ifndef VB_ID_H
#define VB_ID_H

#include <stdbool.h>
#include <stddef.h>

struct vb_random {
    void (*fill)(void *ctx, void *bytes, size_t len); /* never fails */
    void *ctx;
};
struct vb_random vb_random_system(void); /* getrandom; aborts when the kernel refuses */

enum { VB_ID_SIZE = 17, VB_ID_BYTES = 10 };
void vb_id_make(const struct vb_random *random, char out[VB_ID_SIZE]);
bool vb_id_valid(const char *id); /* 16 characters of the alphabet */
/* The bits of a valid id, and back. */
void vb_id_to_bytes(const char *id, unsigned char out[VB_ID_BYTES]);
void vb_id_of_bytes(const unsigned char bytes[VB_ID_BYTES], char out[VB_ID_SIZE]);

#endif
