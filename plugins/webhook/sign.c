#include "sign.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "secret_file.h"
#include "whole_file.h"

/* At most so many: a rotation needs two. */
enum { SECRET_MIN = 24, SECRET_MAX = 64, SECRETS_MAX = 8, FILE_MAX = 4096 };
static const char prefix[] = "whsec_";

struct secret {
    unsigned char bytes[SECRET_MAX];
    size_t len;
};
struct secrets {
    struct secret list[SECRETS_MAX];
    size_t count;
};

/* -- a file that is not there yet ------------------------------------------------------------- */

static bool write_secret(int fd)
{
    unsigned char bytes[32];
    char text[sodium_base64_ENCODED_LEN(sizeof bytes, sodium_base64_VARIANT_ORIGINAL)], line[128];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_ORIGINAL);
    int len = snprintf(line, sizeof line, "%s%s\n", prefix, text);
    bool written = write(fd, line, (size_t)len) == len && fsync(fd) == 0;
    sodium_memzero(bytes, sizeof bytes);
    sodium_memzero(text, sizeof text);
    sodium_memzero(line, sizeof line);
    return written;
}

/* Gets its name when it is whole: who reads meanwhile finds no half secret, and of two that make
 * one at once the first counts. */
static bool make(const char *path)
{
    char *beside = malloc(strlen(path) + sizeof ".XXXXXX");
    if (beside == NULL)
        return false;
    sprintf(beside, "%s.XXXXXX", path);
    int fd = mkostemp(beside, O_CLOEXEC); /* 0600 */
    bool made = fd >= 0 && write_secret(fd) && (link(beside, path) == 0 || errno == EEXIST);
    int kept = errno;
    if (fd >= 0) {
        close(fd);
        unlink(beside);
    }
    made = made && whole_file_sync_folder(path);
    if (!made && kept != 0)
        errno = kept;
    free(beside);
    return made;
}

/* -- reading ---------------------------------------------------------------------------------- */

static bool read_line(struct secrets *secrets, const char *line, size_t len)
{
    struct secret *secret = &secrets->list[secrets->count];
    if (len > strlen(prefix) && memcmp(line, prefix, strlen(prefix)) == 0) {
        line += strlen(prefix);
        len -= strlen(prefix);
    }
    if (sodium_base642bin(secret->bytes, sizeof secret->bytes, line, len, NULL, &secret->len, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        secret->len < SECRET_MIN)
        return false;
    secrets->count++;
    return true;
}

static bool read_lines(struct secrets *secrets, const char *path, const char *text, char *error,
                       size_t error_size)
{
    for (int number = 1; *text != '\0'; number++) {
        size_t len = strcspn(text, "\n"), shown = len;
        while (shown > 0 && strchr(" \t\r", text[shown - 1]) != NULL)
            shown--;
        if (shown > 0 && *text != '#') {
            if (secrets->count == SECRETS_MAX) {
                snprintf(error, error_size, "%s:%d: more than %d secrets", path, number,
                         SECRETS_MAX);
                return false;
            }
            if (!read_line(secrets, text, shown)) {
                snprintf(error, error_size,
                         "%s:%d: a secret is whsec_ and base64 of %d to %d bytes", path, number,
                         SECRET_MIN, SECRET_MAX);
                return false;
            }
        }
        text += len + (text[len] == '\n');
    }
    if (secrets->count == 0)
        snprintf(error, error_size, "%s: there is no secret in it", path);
    return secrets->count > 0;
}

static bool load(struct secrets *secrets, const char *path, char *error, size_t error_size)
{
    char *text = secret_file_read(path, FILE_MAX, error, error_size);
    bool loaded = text != NULL && read_lines(secrets, path, text, error, error_size);
    secret_file_free(text);
    return loaded;
}

struct secrets *secrets_open(const char *path, bool *made, char *error, size_t error_size)
{
    struct secrets *secrets = calloc(1, sizeof *secrets);
    if (secrets == NULL || sodium_init() < 0) {
        snprintf(error, error_size, "no memory");
        free(secrets);
        return NULL;
    }
    *made = access(path, F_OK) != 0 && errno == ENOENT;
    if (*made && !make(path))
        snprintf(error, error_size, "cannot make %s: %s", path, strerror(errno));
    else if (load(secrets, path, error, error_size))
        return secrets;
    secrets_close(secrets);
    return NULL;
}

void secrets_close(struct secrets *secrets)
{
    if (secrets == NULL)
        return;
    sodium_memzero(secrets, sizeof *secrets);
    free(secrets);
}

/* -- signing ---------------------------------------------------------------------------------- */

static void sign(const struct secret *secret, const char *head, const char *body, size_t len,
                 char *out, size_t out_size)
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, secret->bytes, secret->len);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)head, strlen(head));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)body, len);
    crypto_auth_hmacsha256_final(&state, mac);
    sodium_bin2base64(out, out_size, mac, sizeof mac, sodium_base64_VARIANT_ORIGINAL);
    sodium_memzero(&state, sizeof state);
}

char *secrets_sign(const struct secrets *secrets, const char *id, time_t when, const char *body,
                   size_t len)
{
    enum {
        MAC_TEXT =
            sodium_base64_ENCODED_LEN(crypto_auth_hmacsha256_BYTES, sodium_base64_VARIANT_ORIGINAL)
    };
    size_t head_size = strlen(id) + 32, out_size = secrets->count * (MAC_TEXT + sizeof " v1,");
    char *head = malloc(head_size), *out = malloc(out_size);
    if (head == NULL || out == NULL) {
        free(head);
        free(out);
        return NULL;
    }
    snprintf(head, head_size, "%s.%lld.", id, (long long)when);
    size_t at = 0;
    for (size_t i = 0; i < secrets->count; i++) {
        char mac[MAC_TEXT];
        sign(&secrets->list[i], head, body, len, mac, sizeof mac);
        at += (size_t)snprintf(out + at, out_size - at, "%sv1,%s", i == 0 ? "" : " ", mac);
    }
    free(head);
    return out;
}
