/* Keys that were used lately, so that an answer costs no look into keys.db. Buckets of a few
 * places; a new key takes the place of the one that was put longest ago. An entry is known by a
 * 128-bit hash of its name, so that all have one size and no name lies beside a key. */
#include <sodium.h>
#include <string.h>

#include "store/keys_inner.h"

enum { BUCKETS = 512, PLACES = 4, NAME = crypto_generichash_BYTES_MIN };
struct place {
    unsigned char name[NAME];
    unsigned char key[VB_KEY_BYTES];
};
struct vb_keys_cache {
    unsigned char used[BUCKETS], next[BUCKETS]; /* places filled; the one to fill next */
    struct place places[BUCKETS][PLACES];
};

struct vb_keys_cache *vb_keys_cache_create(void)
{
    /* Kept out of core dumps and, as far as the system lets us, out of swap. */
    struct vb_keys_cache *cache = sodium_malloc(sizeof *cache);
    vb_assert(cache != NULL);
    vb_keys_cache_wipe(cache);
    return cache;
}

void vb_keys_cache_destroy(struct vb_keys_cache *cache)
{
    sodium_free(cache); /* wipes */
}

void vb_keys_cache_wipe(struct vb_keys_cache *cache)
{
    sodium_memzero(cache, sizeof *cache);
}

static size_t name_of(char kind, const char *id, const char *second, unsigned char name[NAME])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, NAME);
    crypto_generichash_update(&state, (const unsigned char *)&kind, 1);
    crypto_generichash_update(&state, (const unsigned char *)id, strlen(id) + 1);
    if (second != NULL)
        crypto_generichash_update(&state, (const unsigned char *)second, strlen(second));
    crypto_generichash_final(&state, name, NAME);
    return ((size_t)name[0] | (size_t)name[1] << 8) % BUCKETS;
}

bool vb_keys_cache_get(struct vb_keys_cache *cache, char kind, const char *id, const char *second,
                       unsigned char key[VB_KEY_BYTES])
{
    unsigned char name[NAME];
    size_t bucket = name_of(kind, id, second, name);
    for (int i = 0; i < cache->used[bucket]; i++) {
        const struct place *place = &cache->places[bucket][i];
        if (memcmp(place->name, name, NAME) == 0) {
            memcpy(key, place->key, VB_KEY_BYTES);
            return true;
        }
    }
    return false;
}

void vb_keys_cache_put(struct vb_keys_cache *cache, char kind, const char *id, const char *second,
                       const unsigned char key[VB_KEY_BYTES])
{
    unsigned char name[NAME];
    size_t bucket = name_of(kind, id, second, name);
    struct place *place = NULL;
    for (int i = 0; i < cache->used[bucket] && place == NULL; i++)
        if (memcmp(cache->places[bucket][i].name, name, NAME) == 0)
            place = &cache->places[bucket][i];
    if (place == NULL) {
        place = &cache->places[bucket][cache->next[bucket]];
        cache->next[bucket] = (unsigned char)((cache->next[bucket] + 1) % PLACES);
        if (cache->used[bucket] < PLACES)
            cache->used[bucket]++;
    }
    memcpy(place->name, name, NAME);
    memcpy(place->key, key, VB_KEY_BYTES);
}
