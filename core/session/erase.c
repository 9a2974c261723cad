#include "session/erase.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "data/json.h"
#include "session/round.h"

struct finding {
    struct vb_erase *out;
    struct vb_store *store;
    struct vb_arena *arena;
};

/* -- what goes --------------------------------------------------------------------------------- */

static bool person_goes(const struct vb_erase *erase, const char *person)
{
    for (size_t i = 0; person != NULL && i < erase->person_count; i++)
        if (vb_streq(erase->persons[i].id, person))
            return true;
    return false;
}

/* Not that of the stage together: it goes with any of those who took part. */
static bool session_goes(const struct vb_erase *erase, const struct vb_session_row *session)
{
    return erase->of == VB_ERASE_OF_PERSON ? person_goes(erase, session->person)
                                           : session->person != NULL;
}

static void look_at_sessions(const struct vb_erase *erase, struct vb_erase_round *round)
{
    bool left = false;
    for (size_t i = 0; i < round->session_count; i++) {
        const struct vb_session_row *session = &round->sessions[i];
        bool goes = session_goes(erase, session);
        round->goes += goes && !session->erased;
        left = left || (session->person != NULL && !goes && !session->erased);
    }
    round->whole = !left;
}

static enum vb_code count_pictures(struct finding *finding, const struct vb_erase_round *round,
                                   struct vb_err *err)
{
    struct vb_store *store = finding->store;
    enum vb_code code = VB_OK;
    for (size_t i = 0; code == VB_OK && i < round->session_count; i++) {
        const struct vb_session_row *session = &round->sessions[i];
        struct vb_blob_row *blobs;
        size_t count;
        if (session->erased || (session->person != NULL && !session_goes(finding->out, session)))
            continue;
        code = store->ops->session_blobs(store, session->id, finding->arena, &blobs, &count, err);
        for (size_t j = 0; code == VB_OK && j < count; j++)
            finding->out->picture_count += !blobs[j].erased;
    }
    return code;
}

static enum vb_code add_round(struct finding *finding, const struct vb_round_row *row,
                              struct vb_err *err)
{
    struct vb_erase *out = finding->out;
    struct vb_erase_round round = { .row = *row };
    enum vb_code code = finding->store->ops->sessions(finding->store, row->id, finding->arena,
                                                      &round.sessions, &round.session_count, err);
    if (code != VB_OK)
        return code;
    look_at_sessions(out, &round);
    bool changes = round.goes > 0 || (round.whole && row->state != VB_ROUND_ERASED);
    if (!changes)
        return VB_OK;
    *(struct vb_erase_round *)vb_arena_push(finding->arena, &out->rounds, out->round_count,
                                            &out->round_cap, sizeof round) = round;
    out->round_count++;
    out->session_count += round.goes;
    code = vb_erase_look_at_parcels(out, finding->store, row->id, finding->arena, err);
    return code == VB_OK ? count_pictures(finding, &round, err) : code;
}

static void add_person(struct finding *finding, const struct vb_person_row *row)
{
    struct vb_erase *out = finding->out;
    *(struct vb_person_row *)vb_arena_push(finding->arena, &out->persons, out->person_count,
                                           &out->person_cap, sizeof *row) = *row;
    out->person_count++;
}

/* -- a person, a round, a case ----------------------------------------------------------------- */

static enum vb_code find_person(struct finding *finding, const char *id, struct vb_err *err)
{
    struct vb_store *store = finding->store;
    struct vb_person_row person;
    struct vb_session_row *sessions;
    size_t count;
    enum vb_code code = vb_store_find_person(store, id, finding->arena, &person, err);
    if (code != VB_OK)
        return code;
    finding->out->id = person.id;
    if (person.erased)
        return vb_fail(err, VB_E_BUSY, "person %s was erased already", person.id);
    add_person(finding, &person);
    code = store->ops->person_sessions(store, person.id, finding->arena, &sessions, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        struct vb_round_row round;
        code = vb_store_find_round(store, sessions[i].round, finding->arena, &round, err);
        if (code == VB_OK)
            code = add_round(finding, &round, err);
    }
    return code;
}

static enum vb_code find_round(struct finding *finding, const char *id, struct vb_err *err)
{
    struct vb_round_row round;
    enum vb_code code = vb_store_find_round(finding->store, id, finding->arena, &round, err);
    if (code != VB_OK)
        return code;
    finding->out->id = round.id;
    if (round.state == VB_ROUND_ERASED)
        return vb_fail(err, VB_E_BUSY, "round %s was erased already", round.id);
    return add_round(finding, &round, err);
}

static enum vb_code find_case(struct finding *finding, const char *id, struct vb_err *err)
{
    struct vb_store *store = finding->store;
    struct vb_case_row row;
    struct vb_person_row *persons;
    struct vb_round_row *rounds;
    size_t person_count, round_count;
    enum vb_code code = store->ops->case_row(store, id, finding->arena, &row, err);
    if (code != VB_OK)
        return code;
    finding->out->id = row.id;
    code = store->ops->persons(store, id, finding->arena, &persons, &person_count, err);
    for (size_t i = 0; code == VB_OK && i < person_count; i++)
        if (!persons[i].erased)
            add_person(finding, &persons[i]);
    if (code == VB_OK)
        code = store->ops->case_rounds(store, id, finding->arena, &rounds, &round_count, err);
    for (size_t i = 0; code == VB_OK && i < round_count; i++)
        code = add_round(finding, &rounds[i], err);
    if (code == VB_OK && finding->out->person_count == 0 && finding->out->round_count == 0)
        return vb_fail(err, VB_E_BUSY, "case %s was erased already", row.id);
    return code;
}

/* -- who saw it -------------------------------------------------------------------------------- */

/* Not what went to an output: that is named, and told (erase_sent.c). */
static bool gives_out(const char *action)
{
    return vb_streq(action, "sheet") || vb_streq(action, "result") || vb_streq(action, "export") ||
           vb_streq(action, "replay --values") || vb_streq(action, "result --purpose research") ||
           vb_streq(action, "result --purpose dossier");
}

static bool is_subject(const struct vb_erase *erase, const char *subject)
{
    if (person_goes(erase, subject))
        return true;
    for (size_t i = 0; i < erase->round_count; i++) {
        const struct vb_erase_round *round = &erase->rounds[i];
        if (vb_streq(round->row.id, subject))
            return true;
        for (size_t j = 0; j < round->session_count; j++)
            if (session_goes(erase, &round->sessions[j]) &&
                vb_streq(round->sessions[j].id, subject))
                return true;
    }
    return false;
}

static enum vb_code count_looks(struct finding *finding, struct vb_err *err)
{
    struct vb_audit_row *rows;
    size_t count;
    enum vb_code code =
        finding->store->ops->audit(finding->store, finding->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        finding->out->look_count +=
            gives_out(rows[i].action) && is_subject(finding->out, rows[i].subject);
    return code;
}

enum vb_code vb_erase_find(struct vb_erase *out, struct vb_store *store, enum vb_erase_of of,
                           const char *id, struct vb_arena *arena, struct vb_err *err)
{
    struct finding finding = { out, store, arena };
    *out = (struct vb_erase){ .of = of };
    enum vb_code code = of == VB_ERASE_OF_PERSON  ? find_person(&finding, id, err)
                        : of == VB_ERASE_OF_ROUND ? find_round(&finding, id, err)
                                                  : find_case(&finding, id, err);
    return code == VB_OK ? count_looks(&finding, err) : code;
}

/* -- names without a purpose ------------------------------------------------------------------- */

static enum vb_code has_more(struct finding *finding, const char *person, bool *more,
                             struct vb_err *err)
{
    struct vb_session_row *sessions;
    size_t count;
    enum vb_code code = finding->store->ops->person_sessions(finding->store, person, finding->arena,
                                                             &sessions, &count, err);
    *more = false;
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        bool goes = sessions[i].erased;
        for (size_t j = 0; !goes && j < finding->out->round_count; j++)
            goes = vb_streq(sessions[i].round, finding->out->rounds[j].row.id);
        *more = *more || !goes;
    }
    return code;
}

static enum vb_code add_when_left(struct finding *finding, const char *person, struct vb_err *err)
{
    struct vb_person_row row;
    bool more;
    enum vb_code code =
        finding->store->ops->person(finding->store, person, finding->arena, &row, err);
    if (code != VB_OK || row.erased || person_goes(finding->out, person))
        return code;
    code = has_more(finding, person, &more, err);
    if (code == VB_OK && !more)
        add_person(finding, &row);
    return code;
}

/* Is this the last round of its case that holds anything? */
static enum vb_code is_last(struct finding *finding, const char *case_id, bool *last,
                            struct vb_err *err)
{
    struct vb_round_row *rounds;
    size_t count;
    enum vb_code code = finding->store->ops->case_rounds(finding->store, case_id, finding->arena,
                                                         &rounds, &count, err);
    *last = true;
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        bool goes = rounds[i].state == VB_ROUND_ERASED;
        for (size_t j = 0; !goes && j < finding->out->round_count; j++)
            goes = vb_streq(rounds[i].id, finding->out->rounds[j].row.id);
        *last = *last && goes;
    }
    return code;
}

/* Those who were named and never began go with the last round of their case. */
static enum vb_code add_named(struct finding *finding, const char *case_id, struct vb_err *err)
{
    struct vb_person_row *persons;
    size_t count = 0;
    bool last = false;
    enum vb_code code = is_last(finding, case_id, &last, err);
    if (code == VB_OK && last)
        code = finding->store->ops->persons(finding->store, case_id, finding->arena, &persons,
                                            &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        code = add_when_left(finding, persons[i].id, err);
    return code;
}

enum vb_code vb_erase_add_persons_left(struct vb_erase *erase, struct vb_store *store,
                                       struct vb_arena *arena, struct vb_err *err)
{
    struct finding finding = { erase, store, arena };
    enum vb_code code = VB_OK;
    vb_assert(erase->of == VB_ERASE_OF_ROUND);
    for (size_t i = 0; i < erase->round_count; i++) {
        const struct vb_erase_round *round = &erase->rounds[i];
        for (size_t j = 0; code == VB_OK && j < round->session_count; j++)
            if (round->sessions[j].person != NULL)
                code = add_when_left(&finding, round->sessions[j].person, err);
        if (code == VB_OK && round->row.case_id != NULL)
            code = add_named(&finding, round->row.case_id, err);
    }
    return code;
}

/* -- what a restore left untold ---------------------------------------------------------------- */

static bool erased_after(const struct vb_erasure_row *erasures, size_t count,
                         const struct vb_session_row *session, int64_t wall_ms)
{
    for (size_t i = 0; i < count; i++) {
        bool its =
            (erasures[i].what == VB_ERASE_SESSION && vb_streq(erasures[i].id, session->id)) ||
            (erasures[i].what == VB_ERASE_PERSON && vb_streq(erasures[i].id, session->person));
        if (its && erasures[i].wall_ms > wall_ms)
            return true;
    }
    return false;
}

/* Does a released round with something left have a revision from before an erasure as its last? */
static enum vb_code is_untold(struct finding *finding, const struct vb_erase_round *round,
                              const struct vb_erasure_row *erasures, size_t count, bool *untold,
                              struct vb_err *err)
{
    struct vb_revision_row *rows;
    size_t revisions;
    *untold = round->whole;
    if (round->whole || round->row.state != VB_ROUND_RELEASED)
        return VB_OK;
    enum vb_code code = finding->store->ops->revisions(finding->store, round->row.id,
                                                       finding->arena, &rows, &revisions, err);
    int64_t last = code == VB_OK && revisions > 0 ? rows[revisions - 1].wall_ms : 0;
    for (size_t i = 0; code == VB_OK && i < round->session_count; i++)
        *untold = *untold || (round->sessions[i].erased &&
                              erased_after(erasures, count, &round->sessions[i], last));
    return code;
}

static enum vb_code add_untold(struct finding *finding, const struct vb_round_row *row,
                               const struct vb_erasure_row *erasures, size_t count,
                               struct vb_err *err)
{
    struct vb_erase *out = finding->out;
    struct vb_erase_round round = { .row = *row };
    bool untold = false;
    enum vb_code code = finding->store->ops->sessions(finding->store, row->id, finding->arena,
                                                      &round.sessions, &round.session_count, err);
    if (code == VB_OK) {
        look_at_sessions(out, &round);
        code = is_untold(finding, &round, erasures, count, &untold, err);
    }
    if (code != VB_OK || !untold || round.session_count == 0)
        return code;
    *(struct vb_erase_round *)vb_arena_push(finding->arena, &out->rounds, out->round_count,
                                            &out->round_cap, sizeof round) = round;
    out->round_count++;
    return VB_OK;
}

enum vb_code vb_erase_find_untold(struct vb_erase *out, struct vb_store *store,
                                  struct vb_arena *arena, struct vb_err *err)
{
    struct finding finding = { out, store, arena };
    struct vb_erasure_row *erasures;
    struct vb_round_row *rounds;
    size_t erasure_count, round_count = 0;
    *out = (struct vb_erase){ .of = VB_ERASE_OF_PERSON };
    enum vb_code code = store->ops->erasures(store, arena, &erasures, &erasure_count, err);
    if (code == VB_OK)
        code = store->ops->rounds(store, arena, &rounds, &round_count, err);
    for (size_t i = 0; code == VB_OK && i < round_count; i++)
        if (rounds[i].state != VB_ROUND_ERASED)
            code = add_untold(&finding, &rounds[i], erasures, erasure_count, err);
    return code;
}

/* -- the commit -------------------------------------------------------------------------------- */

struct commit {
    struct vb_erase *erase;
    struct vb_store *store;
    const struct vb_erase_why *why;
    struct vb_arena *arena;
    struct vb_change *changes;
    size_t count, cap;
};

static struct vb_change *add(struct commit *commit, enum vb_change_kind kind)
{
    struct vb_change *change =
        vb_push(&commit->changes, commit->count, &commit->cap, sizeof *change);
    commit->count++;
    change->kind = kind;
    return change;
}

static void add_tombstone(struct commit *commit, enum vb_erasable what, const char *id)
{
    add(commit, VB_ERASE)->erasure = (struct vb_erasure_row){
        .what = what, .id = id, .reason = commit->why->reason, .wall_ms = commit->why->now_wall_ms
    };
}

static void add_audit(struct commit *commit, const char *action, const char *subject)
{
    add(commit, VB_PUT_AUDIT)->audit = (struct vb_audit_row){ .wall_ms = commit->why->now_wall_ms,
                                                              .action = action,
                                                              .subject = subject,
                                                              .by = commit->why->by,
                                                              .on_behalf = commit->why->on_behalf };
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct vb_session_row *)a)->id, ((const struct vb_session_row *)b)->id);
}

/* As a revision is written by the round itself (session/revision.c): sorted by id. */
static const char *upto_of(struct commit *commit, struct vb_erase_round *round)
{
    struct vb_buf out = { 0 };
    if (round->session_count > 1)
        qsort(round->sessions, round->session_count, sizeof *round->sessions, by_id);
    vb_buf_putc(&out, '{');
    for (size_t i = 0; i < round->session_count; i++) {
        vb_buf_puts(&out, i > 0 ? "," : "");
        vb_json_text(&out, round->sessions[i].id);
        vb_buf_putc(&out, ':');
        vb_buf_int(&out, round->sessions[i].last_seq);
    }
    vb_buf_putc(&out, '}');
    const char *upto = vb_arena_strdup(commit->arena, out.data);
    vb_buf_finish(&out);
    return upto;
}

static enum vb_code add_revision(struct commit *commit, struct vb_erase_round *round,
                                 struct vb_err *err)
{
    struct vb_revision_row *rows;
    size_t count;
    enum vb_code code = commit->store->ops->revisions(commit->store, round->row.id, commit->arena,
                                                      &rows, &count, err);
    if (code != VB_OK)
        return code;
    round->revision = (int)count + 1;
    add(commit, VB_PUT_REVISION)->revision =
        (struct vb_revision_row){ .round = round->row.id,
                                  .number = round->revision,
                                  .reason = "erased",
                                  .wall_ms = commit->why->now_wall_ms,
                                  .upto = upto_of(commit, round),
                                  .recall = round->whole };
    return VB_OK;
}

/* Where something may have gone out, or is to: what waits is replaced, who has something is told.
 */
static enum vb_code add_recall(struct commit *commit, struct vb_erase_round *round,
                               struct vb_err *err)
{
    const struct vb_parcel_query one = { .round = round->row.id,
                                         .state = VB_PARCEL_ANY,
                                         .most = 1 };
    struct vb_parcel_row *rows;
    size_t count = 0;
    enum vb_code code =
        commit->store->ops->parcels(commit->store, &one, commit->arena, &rows, &count, err);
    return code == VB_OK && count > 0 ? add_revision(commit, round, err) : code;
}

static void take_setting(struct commit *commit, const char *prefix, const char *id)
{
    add(commit, VB_PUT_SETTING)->setting =
        (struct vb_setting_row){ .name = vb_arena_printf(commit->arena, "%s%s", prefix, id),
                                 .value = NULL };
}

/* Who was named for its roster, and whose own turn its sessions were. */
static void take_settings(struct commit *commit, const struct vb_erase_round *round)
{
    take_setting(commit, VB_ROSTER_SETTINGS, round->row.id);
    for (size_t i = 0; i < round->session_count; i++)
        take_setting(commit, VB_TURN_SETTINGS, round->sessions[i].id);
}

static enum vb_code add_round_changes(struct commit *commit, struct vb_erase_round *round,
                                      struct vb_err *err)
{
    bool of_person = commit->erase->of == VB_ERASE_OF_PERSON;
    for (size_t i = 0; !of_person && i < round->session_count; i++)
        if (!round->sessions[i].erased)
            add_tombstone(commit, VB_ERASE_SESSION, round->sessions[i].id);
    if (!vb_streq(round->row.id, commit->erase->id)) /* else it has its row already */
        add_audit(commit, "erased", round->row.id);
    if (round->whole) {
        take_settings(commit, round);
        add(commit, VB_SET_ROUND)->round =
            (struct vb_round_row){ .id = round->row.id, .state = VB_ROUND_ERASED };
        return add_recall(commit, round, err);
    }
    return round->row.state == VB_ROUND_RELEASED ? add_revision(commit, round, err) : VB_OK;
}

enum vb_code vb_erase_commit(struct vb_erase *erase, struct vb_store *store,
                             const struct vb_erase_why *why, struct vb_arena *arena,
                             struct vb_err *err)
{
    struct commit commit = { erase, store, why, arena, NULL, 0, 0 };
    enum vb_code code = VB_OK;
    if (erase->id != NULL)
        add_audit(&commit, vb_streq(why->reason, "retention") ? "retention" : "erase",
                  erase->subject != NULL ? erase->subject : erase->id);
    for (size_t i = 0; i < erase->person_count; i++)
        add_tombstone(&commit, VB_ERASE_PERSON, erase->persons[i].id);
    for (size_t i = 0; code == VB_OK && i < erase->round_count; i++)
        code = add_round_changes(&commit, &erase->rounds[i], err);
    if (code == VB_OK && commit.count > 0)
        code = vb_store_commit(store, commit.changes, commit.count, err);
    free(commit.changes);
    return code == VB_OK ? VB_OK : vb_while(err, "erasing");
}
