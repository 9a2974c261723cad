/* auth_passing.c - seats of rounds of which nothing is written down: they are in memory, as the
 * round is, and gone with it. */
#include <stdlib.h>
#include <string.h>

#include "serve/auth_inner.h"
#include "serve/serve_inner.h"
#include "serve/sight.h"

struct vb_passing {
    struct vb_passing *next;
    struct vb_known known;
};

static void end(struct vb_passing **link)
{
    struct vb_passing *gone = *link;
    *link = gone->next;
    vb_arena_finish(&gone->known.arena);
    free(gone);
}

static struct vb_passing **find(struct vb_auth *auth, const char *hash)
{
    struct vb_passing **link = &auth->passing;
    while (*link != NULL && !vb_token_same((*link)->known.hash, hash))
        link = &(*link)->next;
    return link;
}

bool vb_passing_end(struct vb_auth *auth, const char *hash)
{
    struct vb_passing **link = find(auth, hash);
    if (*link == NULL)
        return false;
    end(link);
    return true;
}

void vb_passing_end_all(struct vb_auth *auth)
{
    while (auth->passing != NULL)
        end(&auth->passing);
}

struct vb_known *vb_passing_find(struct vb_auth *auth, const struct vb_serve *serve,
                                 const char *hash)
{
    struct vb_passing **link = find(auth, hash);
    if (*link == NULL)
        return NULL;
    if (vb_live_is_passing(serve->live, (*link)->known.token.row.round))
        return &(*link)->known;
    end(link);
    return NULL;
}

const struct vb_known *vb_passing_sit(struct vb_auth *auth, const struct vb_token *seat,
                                      const char *case_id, char token[VB_TOKEN_SIZE])
{
    struct vb_passing *passing = vb_new(struct vb_passing);
    struct vb_known *known = &passing->known;
    struct vb_arena *arena = &known->arena;
    struct vb_change draft = vb_seat_draft(&auth->in, seat, token, arena);
    memcpy(known->hash, draft.token.hash, sizeof known->hash);
    known->token = (struct vb_token){ .role = vb_arena_strdup(arena, seat->role),
                                      .label = vb_arena_strdup(arena, seat->label),
                                      .language = vb_arena_strdup(arena, seat->language),
                                      .sight = vb_arena_strdup(arena, seat->sight),
                                      .from = vb_arena_strdup(arena, seat->from),
                                      .handed = seat->handed };
    known->token.row = draft.token;
    known->token.row.round = vb_arena_strdup(arena, seat->row.round);
    known->token.row.staff = vb_arena_strdup(arena, seat->row.staff);
    known->case_id = vb_arena_strdup(arena, case_id);
    passing->next = auth->passing;
    auth->passing = passing;
    return known;
}

void vb_passing_take_over(struct vb_auth *auth, const char *hash, int64_t last)
{
    struct vb_known *own = &(*find(auth, hash))->known;
    for (struct vb_passing *at = auth->passing; at != NULL; at = at->next) {
        struct vb_token *other = &at->known.token;
        if (vb_auth_same_person(other, &own->token))
            other->sight = vb_sight_closed(other->sight, last, &at->known.arena);
    }
    own->token.sight = vb_sight_opened(own->token.sight, last, &own->arena);
}
