#include "serve/limit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"

static const struct kind {
    const char *name;
    int most;         /* tries in a row */
    int64_t every_ms; /* until one comes back */
} kinds[] = {
    { "account", 10, 30000 },  /* a password: 2,880 guesses a day at most */
    { "address", 30, 10000 },  /* names and passwords from one place */
    { "code", 20, 30000 },     /* short codes from one place */
    { "codes", 120, 2000 },    /* short codes from everywhere: 43,200 a day among 3 * 10^11 */
    { "password", 120, 500 },  /* passwords from everywhere: what the machine can bear */
    { "handover", 10, 30000 }, /* codes at one browser */
    { "pause", 10, 30000 },    /* own codes made there */
};

struct entry { /* an empty one has no tries out */
    unsigned char key[16];
    int64_t full_ms; /* when all of its tries will be back; before now: faded */
    bool used;
};
struct vb_limits {
    struct entry entries[VB_LIMIT_KEYS];
    size_t count;
    unsigned char secret[crypto_generichash_KEYBYTES]; /* so that nobody picks keys that meet */
};

struct vb_limits *vb_limits_create(void)
{
    struct vb_limits *limits = vb_new(struct vb_limits);
    randombytes_buf(limits->secret, sizeof limits->secret);
    return limits;
}

void vb_limits_destroy(struct vb_limits *limits)
{
    free(limits);
}

static const struct kind *kind_of(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (vb_streq(kinds[i].name, name))
            return &kinds[i];
    vb_assert(!"a kind of try that has no limit");
    return NULL;
}

enum { WAYS = 16 };

/* The key's own entry, an empty one, or the most faded of the few it may lie in. */
static struct entry *find(struct vb_limits *limits, const char *kind, const char *key)
{
    unsigned char hash[16];
    crypto_generichash_state state;
    crypto_generichash_init(&state, limits->secret, sizeof limits->secret, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)kind, strlen(kind) + 1);
    crypto_generichash_update(&state, (const unsigned char *)key, strlen(key));
    crypto_generichash_final(&state, hash, sizeof hash);
    size_t first = ((size_t)hash[0] << 8 | hash[1]) % (VB_LIMIT_KEYS / WAYS) * WAYS;
    struct entry *best = NULL;
    for (size_t i = first; i < first + WAYS; i++) {
        struct entry *entry = &limits->entries[i];
        if (entry->used && memcmp(entry->key, hash, sizeof hash) == 0)
            return entry;
        if (best == NULL || (best->used && (!entry->used || entry->full_ms < best->full_ms)))
            best = entry;
    }
    limits->count += !best->used;
    *best = (struct entry){ .used = true };
    memcpy(best->key, hash, sizeof hash);
    return best;
}

int64_t vb_limits_take(struct vb_limits *limits, const char *name, const char *key, int64_t now_ms)
{
    const struct kind *kind = kind_of(name);
    struct entry *entry = find(limits, name, key);
    int64_t full_ms = entry->full_ms > now_ms ? entry->full_ms : now_ms;
    int64_t over_ms = full_ms + kind->every_ms - now_ms - kind->most * kind->every_ms;
    if (over_ms > 0)
        return over_ms;
    entry->full_ms = full_ms + kind->every_ms;
    return 0;
}

void vb_limits_give_back(struct vb_limits *limits, const char *name, const char *key,
                         int64_t now_ms)
{
    struct entry *entry = find(limits, name, key);
    if (entry->full_ms > now_ms)
        entry->full_ms -= kind_of(name)->every_ms;
}

size_t vb_limits_count(const struct vb_limits *limits)
{
    return limits->count;
}
