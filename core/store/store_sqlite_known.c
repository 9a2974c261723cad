/* Which row a session has, so that an answer need not look it up. A row never moves and is never
 * given to another session; what was put in a transaction that was taken back is forgotten, and so
 * is everything when something is erased. */
#include <string.h>

#include "store/store_sqlite_inner.h"

static struct vb_known_session *place_of(struct sqlite_store *sqlite, const char *id)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    size_t len = 0;
    for (; id[len] != '\0'; len++)
        hash = (hash ^ (unsigned char)id[len]) * 16777619u;
    if (len >= sizeof sqlite->known[0].id)
        return NULL;
    return &sqlite->known[hash % VB_KNOWN_SESSIONS];
}

int64_t vb_store_sqlite_known(struct sqlite_store *sqlite, const char *session)
{
    const struct vb_known_session *place = place_of(sqlite, session);
    return place != NULL && strcmp(place->id, session) == 0 ? place->row : 0;
}

void vb_store_sqlite_know(struct sqlite_store *sqlite, const char *session, int64_t row)
{
    struct vb_known_session *place = place_of(sqlite, session);
    if (place == NULL)
        return;
    memcpy(place->id, session, strlen(session) + 1);
    place->row = row;
}

void vb_store_sqlite_forget(struct sqlite_store *sqlite)
{
    memset(sqlite->known, 0, sizeof sqlite->known);
}
