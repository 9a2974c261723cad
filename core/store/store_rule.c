#include "store/store_rule.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

bool vb_store_rule_free_version(const char *version)
{
    return vb_ends_with(version, "-dev");
}

bool vb_store_rule_token_asked_for(const struct vb_token_query *query,
                                   const struct vb_token_row *row)
{
    return (query->hash == NULL || vb_streq(query->hash, row->hash)) &&
           (query->round == NULL || vb_streq(query->round, row->round)) &&
           (query->staff == NULL || vb_streq(query->staff, row->staff)) &&
           (query->kinds == 0 || (query->kinds >> row->kind & 1) != 0);
}

bool vb_store_rule_ends_tokens(enum vb_round_state state)
{
    return state == VB_ROUND_WITHDRAWN || state == VB_ROUND_ERASED;
}

enum vb_code vb_store_rule_token_over(struct vb_err *err, const struct vb_token_row *row)
{
    return vb_fail(err, VB_E_CONFLICT, "%s %.12s is over, and stays so",
                   vb_token_kind_name(row->kind), row->hash);
}

bool vb_store_rule_same_person(const struct vb_person_row *a, const struct vb_person_row *b)
{
    return vb_streq(a->id, b->id) && vb_streq(a->case_id, b->case_id) &&
           vb_streq(a->role, b->role) && vb_streq(a->language, b->language) &&
           (a->erased || vb_streq(a->label, b->label));
}

bool vb_store_rule_same_round(const struct vb_round_row *a, const struct vb_round_row *b)
{
    return vb_streq(a->id, b->id) && vb_streq(a->case_id, b->case_id) &&
           vb_streq(a->instrument, b->instrument) && vb_streq(a->version, b->version) &&
           vb_streq(a->digest, b->digest) && vb_streq(a->wave, b->wave) &&
           vb_streq(a->format, b->format) && vb_streq(a->form, b->form) &&
           vb_streq(a->variant, b->variant) && vb_streq(a->setting, b->setting) &&
           vb_streq(a->with, b->with) && a->created_wall_ms == b->created_wall_ms &&
           a->simulated == b->simulated;
}

bool vb_store_rule_same_session(const struct vb_session_row *a, const struct vb_session_row *b)
{
    return vb_streq(a->id, b->id) && vb_streq(a->round, b->round) && vb_streq(a->person, b->person);
}

bool vb_store_rule_same_revision(const struct vb_revision_row *a, const struct vb_revision_row *b)
{
    return vb_streq(a->round, b->round) && a->number == b->number &&
           vb_streq(a->reason, b->reason) && a->wall_ms == b->wall_ms && vb_streq(a->upto, b->upto);
}

static int earlier(const void *a, const void *b)
{
    const struct vb_round_row *one = a, *two = b;
    if (one->created_wall_ms != two->created_wall_ms)
        return one->created_wall_ms < two->created_wall_ms ? -1 : 1;
    return strcmp(one->id, two->id);
}

void vb_store_rule_sort_rounds(struct vb_round_row *rows, size_t count)
{
    if (count > 1)
        qsort(rows, count, sizeof *rows, earlier);
}

static int by_name(const void *a, const void *b)
{
    const struct vb_setting_row *one = a, *two = b;
    return strcmp(one->name, two->name);
}

void vb_store_rule_sort_settings(struct vb_setting_row *rows, size_t count)
{
    if (count > 1)
        qsort(rows, count, sizeof *rows, by_name);
}

static bool goes_to(const struct vb_output_row *rows, size_t count, size_t at, const char *round)
{
    if (rows[at].round != NULL)
        return vb_streq(rows[at].round, round);
    for (size_t i = 0; i < count; i++)
        if (rows[i].round != NULL && vb_streq(rows[i].round, round) &&
            vb_streq(rows[i].name, rows[at].name))
            return false;
    return true;
}

void vb_store_rule_outputs_of(struct vb_output_row *rows, size_t *count, const char *round)
{
    size_t left = 0;
    bool *goes = vb_alloc((*count + 1) * sizeof *goes);
    for (size_t i = 0; i < *count; i++)
        goes[i] = goes_to(rows, *count, i, round);
    for (size_t i = 0; i < *count; i++)
        if (goes[i])
            rows[left++] = rows[i];
    *count = left;
    free(goes);
}

bool vb_store_rule_takes_back(const char *reason)
{
    return vb_streq(reason, "erased") || vb_streq(reason, "withdrawn");
}

bool vb_store_rule_asked_for(const struct vb_parcel_query *query, const struct vb_parcel_row *row,
                             size_t taken)
{
    return row->number > query->after && (query->most == 0 || taken < query->most) &&
           (query->state == VB_PARCEL_ANY || query->state == (int)row->state) &&
           (query->round == NULL || vb_streq(query->round, row->round));
}

bool vb_store_rule_parcel_may(enum vb_parcel_state from, enum vb_parcel_state to)
{
    if (from == to || from == VB_PARCEL_WAITING)
        return true;
    if (from == VB_PARCEL_DEAD)
        return to == VB_PARCEL_WAITING || to == VB_PARCEL_DROPPED;
    return from != VB_PARCEL_DELIVERED && to == VB_PARCEL_DELIVERED;
}

bool vb_store_rule_blob_name(struct vb_arena *arena, const char *id, const char **session,
                             const char **digest)
{
    const char *space = strchr(id, ' ');
    if (space == NULL)
        return false;
    *session = vb_arena_strndup(arena, id, (size_t)(space - id));
    *digest = vb_arena_strdup(arena, space + 1);
    return true;
}

enum vb_code vb_store_rule_erased(struct vb_err *err, const char *what, const char *id)
{
    return vb_fail(err, VB_E_ABSENT, "%s %.80s was erased: nothing is added to it", what, id);
}

enum vb_code vb_store_rule_absent(struct vb_err *err, const char *what, const char *id)
{
    return vb_fail(err, VB_E_ABSENT, "there is no %s \"%.80s\"", what, id);
}

enum vb_code vb_store_rule_version(struct vb_err *err, const char *instrument, const char *version)
{
    return vb_fail(err, VB_E_ABSENT, "%.80s %.40s is not kept", instrument, version);
}

enum vb_code vb_store_rule_taken(struct vb_err *err, const char *what, const char *id)
{
    return vb_fail(err, VB_E_CONFLICT, "%s \"%.80s\" is already there and differs", what, id);
}

enum vb_code vb_store_rule_changed(struct vb_err *err, const struct vb_plan *plan,
                                   const char *kept_digest)
{
    return vb_fail(err, VB_E_CHANGED,
                   "%s %s is kept as %s, but its files now give %s: raise the version in "
                   "instrument.lua",
                   plan->id, plan->version, kept_digest, plan->digest);
}

enum vb_code vb_store_rule_open_round(struct vb_err *err, const struct vb_round_row *row,
                                      const char *open_round)
{
    return vb_fail(err, VB_E_CONFLICT,
                   "round %s of this case is still open for %s, wave %s: continue that one",
                   open_round, row->instrument, row->wave);
}

enum vb_code vb_store_rule_second_session(struct vb_err *err, const char *round)
{
    return vb_fail(err, VB_E_CONFLICT, "this person already has a session in round %s", round);
}

enum vb_code vb_store_rule_seq(struct vb_err *err, const struct vb_event_row *row, int64_t last_seq)
{
    return vb_fail(err, VB_E_CONFLICT,
                   "session %s stands at %" PRId64 ", so %" PRId64
                   " does not come next: read it again",
                   row->session, last_seq, row->seq);
}

enum vb_code vb_store_rule_no_parcel(struct vb_err *err, const struct vb_parcel_row *row)
{
    return vb_fail(err, VB_E_ABSENT, "there is no parcel %.40s/%.80s/%d", row->round, row->output,
                   row->revision);
}

enum vb_code vb_store_rule_parcel(struct vb_err *err, const struct vb_parcel_row *row,
                                  enum vb_parcel_state now)
{
    return vb_fail(err, VB_E_CONFLICT, "parcel %.40s/%.80s/%d is %s: it cannot become %s",
                   row->round, row->output, row->revision, vb_parcel_state_name(now),
                   vb_parcel_state_name(row->state));
}

enum vb_code vb_store_rule_number(struct vb_err *err, const struct vb_revision_row *row, int last)
{
    return vb_fail(err, VB_E_CONFLICT,
                   "round %s has %d revisions, so %d does not come next: read it again", row->round,
                   last, row->number);
}
