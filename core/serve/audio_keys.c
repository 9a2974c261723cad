#include "serve/audio_keys.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum {
    LISTS = 64, /* of one hearer's ids */
    HOUSES = 256,
    SOUND_MOST = 48 * 1024 * 1024, /* bytes of all that is held in memory */
    SOUND_EACH = 8 * 1024 * 1024   /* and of one hearer: three minutes */
};

struct hearer {
    struct hearer *next; /* of its house */
    char *name;
    struct vb_audio_entry *entries;
    size_t count, room, oldest, swept, sound_len;
    int lists[LISTS];
    uint64_t used;
};
struct vb_audio_keys {
    struct hearer *houses[HOUSES]; /* by name */
    size_t count, sound_len;
    uint64_t clock;
};

/* -- one hearer ------------------------------------------------------------------------------- */

static void drop_sound(struct vb_audio_keys *keys, struct hearer *hearer,
                       struct vb_audio_entry *entry)
{
    keys->sound_len -= entry->sound.len;
    hearer->sound_len -= entry->sound.len;
    vb_buf_finish(&entry->sound);
    entry->sound = (struct vb_buf){ 0 };
}

static int *list_of(struct hearer *hearer, const unsigned char id[VB_AUDIO_ID_SIZE])
{
    return &hearer->lists[id[0] % LISTS];
}

static void empty(struct vb_audio_keys *keys, struct hearer *hearer, struct vb_audio_entry *entry)
{
    int *link = list_of(hearer, entry->id);
    while (&hearer->entries[*link] != entry)
        link = &hearer->entries[*link].next;
    *link = entry->next;
    drop_sound(keys, hearer, entry);
    sodium_memzero(entry->text, strlen(entry->text));
    free(entry->language);
    free(entry->text);
}

static void free_hearer(struct vb_audio_keys *keys, struct hearer *hearer)
{
    for (size_t i = 0; i < hearer->count; i++)
        empty(keys, hearer, &hearer->entries[i]);
    free(hearer->entries);
    free(hearer->name);
    free(hearer);
    keys->count--;
}

/* Where the next text of this hearer goes: its oldest makes room. */
static struct vb_audio_entry *place_for(struct vb_audio_keys *keys, struct hearer *hearer)
{
    struct vb_audio_entry *entry;
    if (hearer->count < VB_AUDIO_TEXTS) {
        entry = vb_push(&hearer->entries, hearer->count, &hearer->room, sizeof *entry);
        hearer->count++;
        return entry;
    }
    entry = &hearer->entries[hearer->oldest];
    hearer->oldest = (hearer->oldest + 1) % VB_AUDIO_TEXTS;
    empty(keys, hearer, entry);
    return entry;
}

/* -- all of them ------------------------------------------------------------------------------ */

static size_t house_of(const char *name)
{
    uint32_t hash = 5381;
    for (const char *at = name; *at != '\0'; at++)
        hash = hash * 33 + (unsigned char)*at;
    return hash % HOUSES;
}

static struct hearer *hearer_of(struct vb_audio_keys *keys, const char *name)
{
    struct hearer *hearer = keys->houses[house_of(name)];
    while (hearer != NULL && !vb_streq(hearer->name, name))
        hearer = hearer->next;
    if (hearer != NULL)
        hearer->used = ++keys->clock;
    return hearer;
}

/* sounding: of those that hold a sound. */
static struct hearer **quietest(struct vb_audio_keys *keys, bool sounding)
{
    struct hearer **found = NULL;
    for (size_t i = 0; i < HOUSES; i++)
        for (struct hearer **link = &keys->houses[i]; *link != NULL; link = &(*link)->next)
            if ((!sounding || (*link)->sound_len > 0) &&
                (found == NULL || (*link)->used < (*found)->used))
                found = link;
    return found;
}

static struct hearer *add_hearer(struct vb_audio_keys *keys, const char *name)
{
    if (keys->count == VB_AUDIO_HEARERS) {
        struct hearer **link = quietest(keys, false), *gone = *link;
        *link = gone->next;
        free_hearer(keys, gone);
    }
    struct hearer *hearer = vb_new(struct hearer), **house = &keys->houses[house_of(name)];
    *hearer = (struct hearer){ .next = *house, .name = vb_strdup(name), .used = ++keys->clock };
    for (int i = 0; i < LISTS; i++)
        hearer->lists[i] = -1;
    *house = hearer;
    keys->count++;
    return hearer;
}

struct vb_audio_keys *vb_audio_keys_create(void)
{
    return vb_new(struct vb_audio_keys);
}

void vb_audio_keys_destroy(struct vb_audio_keys *keys)
{
    for (size_t i = 0; keys != NULL && i < HOUSES; i++)
        while (keys->houses[i] != NULL) {
            struct hearer *hearer = keys->houses[i];
            keys->houses[i] = hearer->next;
            free_hearer(keys, hearer);
        }
    free(keys);
}

static struct vb_audio_entry *find(struct hearer *hearer, const unsigned char id[VB_AUDIO_ID_SIZE])
{
    for (int at = hearer == NULL ? -1 : *list_of(hearer, id); at >= 0;
         at = hearer->entries[at].next)
        if (memcmp(hearer->entries[at].id, id, VB_AUDIO_ID_SIZE) == 0)
            return &hearer->entries[at];
    return NULL;
}

struct vb_audio_entry *vb_audio_keys_find(struct vb_audio_keys *keys, const char *hearer,
                                          const unsigned char id[VB_AUDIO_ID_SIZE])
{
    return find(hearer_of(keys, hearer), id);
}

void vb_audio_keys_add(struct vb_audio_keys *keys, const char *name,
                       const unsigned char id[VB_AUDIO_ID_SIZE], const char *language,
                       const char *text)
{
    struct hearer *hearer = hearer_of(keys, name);
    if (find(hearer, id) != NULL)
        return;
    if (hearer == NULL)
        hearer = add_hearer(keys, name);
    struct vb_audio_entry *entry = place_for(keys, hearer);
    int *list = list_of(hearer, id);
    *entry = (struct vb_audio_entry){ .language = vb_strdup(language),
                                      .text = vb_strdup(text),
                                      .next = *list };
    memcpy(entry->id, id, VB_AUDIO_ID_SIZE);
    *list = (int)(entry - hearer->entries);
}

/* -- sound ------------------------------------------------------------------------------------ */

static void make_room(struct vb_audio_keys *keys, struct hearer *hearer, size_t len)
{
    for (size_t i = 0; i < hearer->count && hearer->sound_len + len > SOUND_EACH; i++) {
        hearer->swept = hearer->swept % hearer->count;
        drop_sound(keys, hearer, &hearer->entries[hearer->swept++]);
    }
    while (keys->sound_len + len > SOUND_MOST) {
        struct hearer **link = quietest(keys, true);
        if (link == NULL)
            return;
        for (size_t i = 0; i < (*link)->count; i++)
            drop_sound(keys, *link, &(*link)->entries[i]);
    }
}

void vb_audio_keys_hold(struct vb_audio_keys *keys, const char *name,
                        const unsigned char id[VB_AUDIO_ID_SIZE], const struct vb_buf *sound)
{
    struct hearer *hearer = hearer_of(keys, name);
    struct vb_audio_entry *entry = find(hearer, id);
    if (entry == NULL || entry->sound.len > 0)
        return;
    make_room(keys, hearer, sound->len);
    vb_buf_put(&entry->sound, sound->data, sound->len);
    keys->sound_len += sound->len;
    hearer->sound_len += sound->len;
}
