#include "session/export_shared.h"

#include <cjson/cJSON.h>

#include "base/str.h"

static const char left_out[] =
    "what was not shared, was held back or is private is left out here; \"verbond export\" on the "
    "server gives it to the person";

static bool is_seen(const struct vb_own_answer *answer)
{
    return answer->state == VB_OWN_SHOWN || answer->state == VB_OWN_UNSAID;
}

static bool is_in(const struct vb_own_answer *answer, const char *digest)
{
    if (answer->value.type != VB_VALUE_JSON)
        return false;
    cJSON *tree = cJSON_ParseWithLength(answer->value.text, answer->value.len);
    bool found =
        vb_streq(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "blob")), digest);
    cJSON_Delete(tree);
    return found;
}

static void keep_answers(struct vb_own_session *own, struct vb_arena *arena)
{
    struct vb_own_answer *kept =
        vb_arena_alloc(arena, sizeof *kept * ((size_t)own->answer_count + 1));
    int count = 0;
    for (int i = 0; i < own->answer_count; i++)
        if (is_seen(&own->answers[i]))
            kept[count++] = own->answers[i];
    own->answers = kept;
    own->answer_count = count;
}

static void keep_pictures(struct vb_own_session *own, struct vb_arena *arena)
{
    struct vb_own_picture *kept =
        vb_arena_alloc(arena, sizeof *kept * ((size_t)own->picture_count + 1));
    int count = 0;
    for (int i = 0; i < own->picture_count; i++)
        for (int j = 0; j < own->answer_count; j++)
            if (is_in(&own->answers[j], own->pictures[i].digest)) {
                kept[count++] = own->pictures[i];
                break;
            }
    own->pictures = kept;
    own->picture_count = count;
}

/* Of a log nothing is left: it holds what was changed before it was shared. */
static void keep(struct vb_exported_round *round, struct vb_arena *arena)
{
    const struct vb_own_session *whole = round->own;
    if (whole == NULL || whole->erased)
        return;
    struct vb_own_session *own = vb_arena_new(arena, struct vb_own_session);
    *own = *whole;
    keep_answers(own, arena);
    keep_pictures(own, arena);
    own->steps = NULL;
    own->step_count = 0;
    bool shared = vb_streq(round->state, "released") && vb_streq(own->state, "shared");
    round->own = shared && own->answer_count > 0 ? own : NULL;
}

const struct vb_export *vb_export_shared(const struct vb_export *whole, struct vb_arena *arena)
{
    struct vb_export *out = vb_arena_new(arena, struct vb_export);
    struct vb_exported_round *rounds =
        vb_arena_alloc(arena, sizeof *rounds * ((size_t)whole->round_count + 1));
    *out = *whole;
    for (int i = 0; i < whole->round_count; i++) {
        rounds[i] = whole->rounds[i];
        keep(&rounds[i], arena);
        if (rounds[i].unreadable == NULL)
            rounds[i].unreadable = left_out;
    }
    out->rounds = rounds;
    return out;
}
