#include "session/retention.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "session/erase.h"

static const int64_t day_ms = 24LL * 60 * 60 * 1000;

bool vb_retention_days(const char *text, int *days)
{
    enum { DIGITS_MOST = 5 };
    size_t len = strlen(text);
    if (len == 0 || len > DIGITS_MOST || text[0] == '0' || strspn(text, "0123456789") != len)
        return false;
    *days = (int)strtol(text, NULL, 10);
    return *days <= VB_RETENTION_DAYS_MAX;
}

struct finding {
    struct vb_store *store;
    struct vb_arena *arena;
    const struct vb_log *log;
    int64_t until_wall_ms;
    struct vb_retention_due *list;
    size_t count, cap;
};

/* -- when a round was written in last ---------------------------------------------------------- */

static enum vb_code last_of_session(struct finding *finding, const struct vb_session_row *session,
                                    int64_t *last, struct vb_err *err)
{
    struct vb_event_row *rows;
    size_t count;
    if (session->last_seq == 0)
        return VB_OK;
    enum vb_code code = finding->store->ops->events(finding->store, session->id, session->last_seq,
                                                    finding->arena, &rows, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++)
        *last = rows[i].wall_ms > *last ? rows[i].wall_ms : *last;
    return code;
}

static enum vb_code last_of(struct finding *finding, const struct vb_round_row *round,
                            int64_t *last, struct vb_err *err)
{
    struct vb_store *store = finding->store;
    struct vb_session_row *sessions;
    struct vb_revision_row *revisions;
    size_t session_count, revision_count;
    *last = round->created_wall_ms;
    enum vb_code code =
        store->ops->sessions(store, round->id, finding->arena, &sessions, &session_count, err);
    for (size_t i = 0; code == VB_OK && i < session_count; i++)
        code = last_of_session(finding, &sessions[i], last, err);
    if (code == VB_OK)
        code = store->ops->revisions(store, round->id, finding->arena, &revisions, &revision_count,
                                     err);
    for (size_t i = 0; code == VB_OK && i < revision_count; i++)
        *last = revisions[i].wall_ms > *last ? revisions[i].wall_ms : *last;
    return code;
}

/* -- what is due ------------------------------------------------------------------------------- */

static enum vb_code look_at(struct finding *finding, const struct vb_round_row *round, int days,
                            struct vb_err *err)
{
    int64_t last;
    if (round->state == VB_ROUND_ERASED ||
        round->created_wall_ms + days * day_ms > finding->until_wall_ms)
        return VB_OK; /* nothing is written in a round before it is there */
    enum vb_code code = last_of(finding, round, &last, err);
    if (code == VB_E_CONFIG || code == VB_E_DATA) {
        vb_log(finding->log, VB_LOG_WARNING, "retention", "round %s is passed over: %s", round->id,
               err->text);
        return VB_OK;
    }
    if (code != VB_OK || last + days * day_ms > finding->until_wall_ms)
        return code;
    *(struct vb_retention_due *)vb_arena_push(finding->arena, &finding->list, finding->count,
                                              &finding->cap, sizeof *finding->list) =
        (struct vb_retention_due){ *round, last + days * day_ms };
    finding->count++;
    return VB_OK;
}

static enum vb_code look_for(struct finding *finding, const struct vb_setting_row *setting,
                             const struct vb_round_row *rounds, size_t count, struct vb_err *err)
{
    const char *instrument = setting->name + strlen(VB_RETENTION_PREFIX);
    enum vb_code code = VB_OK;
    int days;
    if (!vb_retention_days(setting->value, &days)) { /* not by config set: nothing is guessed */
        vb_log(finding->log, VB_LOG_WARNING, "retention",
               "%s wants whole days from 1 to %d and is not followed: set it again", setting->name,
               VB_RETENTION_DAYS_MAX);
        return VB_OK;
    }
    for (size_t i = 0; code == VB_OK && i < count; i++)
        if (vb_streq(rounds[i].instrument, instrument))
            code = look_at(finding, &rounds[i], days, err);
    return code;
}

static int soonest(const void *a, const void *b)
{
    const struct vb_retention_due *left = a, *right = b;
    if (left->due_wall_ms != right->due_wall_ms)
        return left->due_wall_ms < right->due_wall_ms ? -1 : 1;
    return strcmp(left->round.id, right->round.id);
}

enum vb_code vb_retention_find(struct vb_store *store, int64_t until_wall_ms,
                               const struct vb_setting_row *extra, const struct vb_log *log,
                               struct vb_arena *arena, struct vb_retention_due **out, size_t *count,
                               struct vb_err *err)
{
    struct finding finding = { store, arena, log, until_wall_ms, NULL, 0, 0 };
    struct vb_setting_row *settings;
    struct vb_round_row *rounds;
    size_t setting_count, round_count = 0;
    *count = 0;
    enum vb_code code =
        store->ops->settings(store, VB_RETENTION_PREFIX, arena, &settings, &setting_count, err);
    if (code != VB_OK || (setting_count == 0 && extra == NULL))
        return code;
    code = store->ops->rounds(store, arena, &rounds, &round_count, err);
    for (size_t i = 0; code == VB_OK && i < setting_count; i++)
        if (extra == NULL || !vb_streq(extra->name, settings[i].name))
            code = look_for(&finding, &settings[i], rounds, round_count, err);
    if (code == VB_OK && extra != NULL)
        code = look_for(&finding, extra, rounds, round_count, err);
    if (finding.count > 1)
        qsort(finding.list, finding.count, sizeof *finding.list, soonest);
    *out = finding.list;
    *count = finding.count;
    return code;
}

/* -- enforcing --------------------------------------------------------------------------------- */

static enum vb_code erase(struct vb_store *store, const char *round, int64_t now_wall_ms,
                          struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_erase erase;
    struct vb_erase_why why = { .reason = "retention", .by = "rule", .now_wall_ms = now_wall_ms };
    enum vb_code code = vb_erase_find(&erase, store, VB_ERASE_OF_ROUND, round, &arena, err);
    if (code == VB_OK)
        code = vb_erase_add_persons_left(&erase, store, &arena, err);
    if (code == VB_OK)
        code = vb_erase_commit(&erase, store, &why, &arena, err);
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_retention_enforce(struct vb_store *store, int64_t now_wall_ms,
                                  const struct vb_log *log, int *erased, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    struct vb_retention_due *due;
    size_t count;
    *erased = 0;
    enum vb_code code = vb_retention_find(store, now_wall_ms, NULL, log, &arena, &due, &count, err);
    for (size_t i = 0; code == VB_OK && i < count; i++) {
        code = erase(store, due[i].round.id, now_wall_ms, err);
        *erased += code == VB_OK;
    }
    vb_arena_finish(&arena);
    return code == VB_OK ? VB_OK : vb_while(err, "erasing what is no longer to be kept");
}
