#include "base/id.h"

#include <stdint.h>
#include <string.h>
#include <sys/random.h>

#include "base/err.h"

static void system_fill(void *ctx, void *bytes, size_t len)
{
    char *p = bytes;
    (void)ctx;
    while (len > 0) {
        ssize_t n = getrandom(p, len, 0);
        vb_assert(n > 0);
        p += n;
        len -= (size_t)n;
    }
}

struct vb_random vb_random_system(void)
{
    return (struct vb_random){ system_fill, NULL };
}

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

void vb_id_of_bytes(const unsigned char bytes[VB_ID_BYTES], char out[VB_ID_SIZE])
{
    uint64_t bits = 0;
    int held = 0, n = 0;
    for (size_t i = 0; i < VB_ID_BYTES; i++) {
        bits = (bits << 8) | bytes[i];
        for (held += 8; held >= 5; held -= 5)
            out[n++] = alphabet[(bits >> (held - 5)) & 31];
    }
    out[n] = '\0';
}

void vb_id_to_bytes(const char *id, unsigned char out[VB_ID_BYTES])
{
    uint64_t bits = 0;
    int held = 0, n = 0;
    vb_assert(vb_id_valid(id));
    for (; *id != '\0'; id++) {
        bits = (bits << 5) | (uint64_t)(strchr(alphabet, *id) - alphabet);
        for (held += 5; held >= 8; held -= 8)
            out[n++] = (unsigned char)(bits >> (held - 8));
    }
}

void vb_id_make(const struct vb_random *random, char out[VB_ID_SIZE])
{
    unsigned char bytes[VB_ID_BYTES];
    random->fill(random->ctx, bytes, sizeof bytes);
    vb_id_of_bytes(bytes, out);
}

bool vb_id_valid(const char *id)
{
    return strlen(id) == VB_ID_SIZE - 1 && strspn(id, alphabet) == VB_ID_SIZE - 1;
}
