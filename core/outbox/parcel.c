#include "outbox/parcel.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

/* -- its name ---------------------------------------------------------------------------------- */

struct name {
    const char *round, *output;
    int revision;
};

static bool read_revision(const char *text, int *out)
{
    char *end;
    long number = strtol(text, &end, 10);
    if (text[0] < '1' || text[0] > '9' || *end != '\0' || number > 1000000)
        return false;
    *out = (int)number;
    return true;
}

/* An output's name may have a slash in it, the two others cannot. */
static bool read_name(const char *text, struct vb_arena *arena, struct name *out)
{
    const char *first = strchr(text, '/'), *last = strrchr(text, '/');
    if (first == NULL || last <= first + 1 || first == text)
        return false;
    out->round = vb_arena_strndup(arena, text, (size_t)(first - text));
    out->output = vb_arena_strndup(arena, first + 1, (size_t)(last - first - 1));
    return read_revision(last + 1, &out->revision);
}

enum vb_code vb_parcel_find(struct vb_store *store, const char *name, struct vb_arena *arena,
                            struct vb_parcel_row *out, struct vb_err *err)
{
    struct name wanted;
    struct vb_round_row round;
    struct vb_parcel_row *rows;
    size_t count = 0;
    if (!read_name(name, arena, &wanted))
        return vb_fail(err, VB_E_DATA, "\"%.80s\" names no parcel: ROUND/OUTPUT/REVISION does",
                       name);
    enum vb_code code = vb_store_find_round(store, wanted.round, arena, &round, err);
    if (code != VB_OK)
        return code;
    const struct vb_parcel_query query = { .round = round.id, .state = VB_PARCEL_ANY };
    code = store->ops->parcels(store, &query, arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        if (rows[i].revision != wanted.revision || !vb_streq(rows[i].output, wanted.output))
            continue;
        *out = rows[i];
        return VB_OK;
    }
    return code != VB_OK ? code
                         : vb_fail(err, VB_E_ABSENT, "there is no parcel %s/%.80s/%d", round.id,
                                   wanted.output, wanted.revision);
}

/* -- what may be done with it ------------------------------------------------------------------ */

static enum vb_code is_over(const struct vb_parcel_row *row, struct vb_err *err)
{
    if (row->state == VB_PARCEL_WAITING || row->state == VB_PARCEL_DEAD)
        return VB_OK;
    return vb_fail(err, VB_E_CONFLICT, "parcel %s/%s/%d is %s: nothing is to be done with it",
                   row->round, row->output, row->revision, vb_parcel_state_name(row->state));
}

static enum vb_code newer_arrived(struct vb_store *store, const struct vb_parcel_row *row,
                                  struct vb_err *err)
{
    const struct vb_parcel_query query = { .round = row->round,
                                           .state = VB_PARCEL_DELIVERED,
                                           .after = row->number };
    struct vb_arena arena = { 0 };
    struct vb_parcel_row *rows;
    size_t count = 0;
    enum vb_code code = store->ops->parcels(store, &query, &arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (vb_streq(rows[i].output, row->output) && rows[i].revision > row->revision)
            code = vb_fail(err, VB_E_CONFLICT,
                           "parcel %s/%s/%d is of an older revision than %d, which arrived: it "
                           "would come last and count",
                           row->round, row->output, row->revision, rows[i].revision);
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_parcel_retry(struct vb_store *store, const struct vb_parcel_row *row,
                             int64_t now_wall_ms, struct vb_change *out, struct vb_err *err)
{
    enum vb_code code = is_over(row, err);
    if (code == VB_OK && row->state == VB_PARCEL_DEAD)
        code = newer_arrived(store, row, err);
    if (code != VB_OK)
        return code;
    *out = (struct vb_change){ .kind = VB_SET_PARCEL, .parcel = *row };
    out->parcel.due_wall_ms = now_wall_ms;
    out->parcel.lease_wall_ms = 0;
    out->parcel.state = VB_PARCEL_WAITING;
    if (row->state == VB_PARCEL_DEAD)
        out->parcel.changed_wall_ms = now_wall_ms;
    return VB_OK;
}

enum vb_code vb_parcel_drop(const struct vb_parcel_row *row, const char *reason,
                            int64_t now_wall_ms, struct vb_change *out, struct vb_err *err)
{
    enum vb_code code = is_over(row, err);
    if (code != VB_OK)
        return code;
    *out = (struct vb_change){ .kind = VB_SET_PARCEL, .parcel = *row };
    out->parcel.state = VB_PARCEL_DROPPED;
    out->parcel.lease_wall_ms = 0;
    out->parcel.reason = reason;
    out->parcel.changed_wall_ms = now_wall_ms;
    return VB_OK;
}
