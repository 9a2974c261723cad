#include "ids.h"

#include <stdarg.h>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>
#include <string.h>

void fhir_id(char out[FHIR_ID_SIZE], const char *first, ...)
{
    crypto_hash_sha256_state state;
    unsigned char hash[crypto_hash_sha256_BYTES];
    va_list rest;
    crypto_hash_sha256_init(&state);
    va_start(rest, first);
    /* With its NUL, so that "ab" "c" is not "a" "bc". */
    for (const char *text = first; text != NULL; text = va_arg(rest, const char *))
        crypto_hash_sha256_update(&state, (const unsigned char *)text, strlen(text) + 1);
    va_end(rest);
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(out, FHIR_ID_SIZE, hash, 16);
}
